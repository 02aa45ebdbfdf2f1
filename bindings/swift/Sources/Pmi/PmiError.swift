//  Why a call did not give what was asked for. Promised: a closed set with fields, never text to compare; whatever goes wrong below,
//  a panic of the core among it, is one of these.

import Foundation
import PmiGenerated

/// Why a call did not give what was asked for.
///
/// Each case answers what the app should do now. `reason` is for a log and holds nothing of the person's; what to say to a person is in
/// `problem`, or in the record of a screen.
public enum PmiError: Error, Sendable, Equatable {
    /// Nobody is signed in, or the session ended for good: show the sign-in screen.
    case signInNeeded(problem: Problem, reason: String)
    /// The keys of this account cannot be read now. Unlock and try again; nobody was signed out.
    case locked(reason: String)
    /// No answer came, or a login page in its place.
    case offline(problem: Problem, reason: String)
    /// The server's identity could not be proven. Nothing secret was sent.
    case untrusted(reason: String)
    /// The server asked to be left alone until then, by this device's clock.
    case busy(until: Date)
    /// The server understood and said no.
    case refused(problem: Problem, reason: String)
    /// There are changes that were not sent yet: keep them or discard them.
    case unsent(count: Int)
    /// The server failed. `requestId` is its id of the exchange, for support.
    case serverFault(reason: String, requestId: String?)
    /// The server takes no calls from this version of the app any more: have the person install the newer one. Nobody was signed out,
    /// and unsent changes are kept.
    case upgradeRequired(problem: Problem, reason: String)
    /// An argument cannot be right. Nothing was done.
    case invalidInput(field: String, reason: String)
    /// The disk, or a file of this library on it, failed. What was accepted before is kept.
    case storage(problem: Problem, reason: String)
    /// The client is suspended: resume it first.
    case suspended
    /// The client was closed: open another one.
    case closed
    /// The `Task` that waited was cancelled. What was begun goes on, and loses nothing.
    case cancelled
    /// A defect of this library. Please report it.
    case `internal`(reason: String)
}

extension PmiError {
    /// What to say to a person, where there is something to say.
    public var problem: Problem? {
        switch self {
        case .signInNeeded(let problem, _), .offline(let problem, _), .refused(let problem, _), .upgradeRequired(let problem, _),
            .storage(let problem, _):
            problem
        default: nil
        }
    }
}

extension PmiError {
    /// Of whatever the generated code throws.
    init(_ error: any Error) {
        switch error {
        case let error as PmiError: self = error
        case let error as PmiGenerated.PmiError: self.init(error)
        case is CancellationError: self = .cancelled
        // A panic of the core, or a library and a package that do not belong together.
        default: self = .internal(reason: String(describing: error))
        }
    }

    private init(_ error: PmiGenerated.PmiError) {
        switch error {
        case .SignInNeeded(let problem, let reason): self = .signInNeeded(problem: problem, reason: reason)
        case .Locked(let reason): self = .locked(reason: reason)
        case .Offline(let problem, let reason): self = .offline(problem: problem, reason: reason)
        case .Untrusted(let reason): self = .untrusted(reason: reason)
        case .Busy(let until): self = .busy(until: until)
        case .Refused(let problem, let reason): self = .refused(problem: problem, reason: reason)
        case .Unsent(let count): self = .unsent(count: Int(count))
        case .ServerFault(let reason, let requestId): self = .serverFault(reason: reason, requestId: requestId)
        case .UpgradeRequired(let problem, let reason): self = .upgradeRequired(problem: problem, reason: reason)
        case .InvalidInput(let field, let reason): self = .invalidInput(field: field, reason: reason)
        case .Storage(let problem, let reason): self = .storage(problem: problem, reason: reason)
        case .Suspended: self = .suspended
        case .Closed: self = .closed
        case .Internal(let reason): self = .internal(reason: reason)
        }
    }
}
