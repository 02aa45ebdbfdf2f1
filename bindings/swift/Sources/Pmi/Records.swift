//  What is watched, as an `AsyncSequence`. Promised: every iteration is a watch of its own, which ends with its `Task`, with its iterator
//  or with the client; one that is slow, throws or never comes back holds up no other (scenario 35).

import PmiGenerated

/// What is watched, from now on: how it stands first, then each change.
///
/// What is in between is left out if whoever iterates is slow. It ends when the client is closed and when the `Task` is cancelled. It can
/// be iterated any number of times, by several at once.
public struct Records<Record: Sendable>: AsyncSequence, Sendable {
    public typealias Element = Record

    let client: PmiClient
    // Not a closure: the optimiser of Swift 6.0 fails on one that gives an `any`.
    let source: any WatchSource<Record>

    /// Begins to watch.
    public func makeAsyncIterator() -> Iterator {
        Iterator(client: client, watch: source.watching())
    }

    /// One who watches.
    public struct Iterator: AsyncIteratorProtocol {
        let client: PmiClient
        let watch: any WatchObject<Record>

        /// The next record; `nil` once the client is closed or the `Task` is cancelled, and from then on.
        public mutating func next() async -> Record? {
            await withTaskCancellationHandler { [watch] in
                await watch.next()
            } onCancel: { [watch] in
                // The core's future is not dropped with this Task: without this it would wait for a change that may never come.
                watch.cancel()
            }
        }
    }
}

/// What every generated watch is.
protocol WatchObject<Record>: Sendable {
    associatedtype Record: Sendable

    func next() async -> Record?
    func cancel()
}

/// What can be watched.
protocol WatchSource<Record>: Sendable {
    associatedtype Record: Sendable

    /// A watch of its own for each who asks.
    func watching() -> any WatchObject<Record>
}

// No screen, and watched like one.
extension SessionWatch: WatchObject {}

extension PmiGenerated.PmiClient: WatchSource {
    func watching() -> any WatchObject<SessionState> { watchSession() }
}
