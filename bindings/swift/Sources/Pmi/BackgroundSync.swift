//  A synchronisation in the words of a scheduler of background tasks.

import PmiGenerated

extension PmiClient {
    /// What a background task tells its scheduler.
    public enum BackgroundSync: Sendable, Equatable {
        /// All is done that can be done.
        case done
        /// Something is left for another time.
        case again
    }

    /// ``sync(within:)`` for a background task. It throws nothing; what is left, or failed, is for another time.
    public func backgroundSync(within limit: Duration = .seconds(25)) async -> BackgroundSync {
        do {
            let report = try await sync(within: limit)
            return report.remaining > 0 || report.stopped != nil ? .again : .done
        } catch .signInNeeded, .closed {
            // Nothing can be done until the person comes back.
            return .done
        } catch {
            return .again
        }
    }
}
