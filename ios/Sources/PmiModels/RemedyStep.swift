//  The one thing to do about a problem, as this system does it.

import Foundation
import Pmi
import PmiDesign

/// Where a remedy leads outside the app.
public struct AppLinks: Sendable, Equatable {
    /// Where the newer version of the app is.
    public var store: URL?
    /// Whom to tell.
    public var support: String?
    /// The system's settings.
    public var settings: URL?

    public init(store: URL? = nil, support: String? = nil, settings: URL? = nil) {
        self.store = store
        self.support = support
        self.settings = settings
    }
}

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
    /// Leave the app for this.
    case open(URL)
    /// Begin anew.
    case restart
}

extension Problem {
    /// What its remedy is here.
    public func step(_ links: AppLinks) -> RemedyStep {
        func leave(to url: URL?) -> RemedyStep { url.map(RemedyStep.open) ?? .nothing }
        return switch remedy {
        case .nothing: .nothing
        case .retry, .unlock: .retry
        case .wait(let until): .wait(until: until)
        case .signIn: .signIn
        case .openBrowser: leave(to: Self.anyPage)
        case .changeNetwork, .freeSpace: leave(to: links.settings)
        case .updateApp: leave(to: links.store)
        case .restartApp: .restart
        case .contactSupport: leave(to: mail(to: links.support))
        }
    }

    /// A page in the clear: the login page of a network answers in its place.
    private static let anyPage = URL(string: "http://captive.apple.com")

    private func mail(to address: String?) -> URL? {
        guard let address else { return nil }
        var mail = URLComponents()
        mail.scheme = "mailto"
        mail.path = address
        mail.queryItems = requestId.map { [URLQueryItem(name: "subject", value: $0)] }
        return mail.url
    }
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
