//  The one thing to do about a problem, as this system does it.

import Foundation
import Pmi
import PmiDesign

/// What a remedy is on this system.
public enum RemedyStep: Equatable, Sendable {
    /// It is said, and that is all.
    case nothing
    /// Ask again what was asked.
    case retry
    /// Nothing before then.
    case wait(until: Timestamp)
    /// Show the sign-in.
    case signIn
    /// Open this page.
    case open(URL)
    /// Open the system's settings.
    case settings
    /// Begin anew.
    case restart
    /// Tell support, with this.
    case tell(requestId: String?)
}

extension Problem {
    /// What its remedy is here; `store` is where the newer version of the app is.
    public func step(store: URL?) -> RemedyStep {
        switch remedy {
        case .nothing: .nothing
        case .retry, .unlock: .retry
        case .wait(let until): .wait(until: until)
        case .signIn: .signIn
        case .openBrowser: .open(Self.anyPage)
        case .changeNetwork, .freeSpace: .settings
        case .updateApp: store.map { .open($0) } ?? .nothing
        case .restartApp: .restart
        case .contactSupport: .tell(requestId: requestId)
        }
    }

    /// A page in the clear, which the login of a network can answer in the place of.
    private static let anyPage = URL(string: "http://captive.apple.com")!
}

extension Remedy {
    /// What its button is called; none where there is nothing to be tapped.
    public var label: Label? {
        switch self {
        case .nothing, .wait: nil
        case .retry: .remedyRetry
        case .signIn: .remedySignIn
        case .unlock: .remedyUnlock
        case .openBrowser: .remedyOpenBrowser
        case .changeNetwork: .remedyChangeNetwork
        case .freeSpace: .remedyFreeSpace
        case .updateApp: .remedyUpdateApp
        case .restartApp: .remedyRestartApp
        case .contactSupport: .remedyContactSupport
        }
    }
}
