//  Waiting for a call of the core. Promised: whoever is cancelled waits no longer, and what was begun runs to its end all the same
//  (the core's refreshes and sends are detached from their callers, and Swift's cancellation does not reach them).

import Foundation

/// Waits for `call`, or until the `Task` is cancelled. A `Task` that is cancelled already begins nothing.
func waiting<Value: Sendable>(
    for call: @escaping @Sendable () async throws -> Value
) async throws(PmiError) -> Value {
    if Task.isCancelled { throw .cancelled }
    let end = End<Result<Value, PmiError>>()
    let result = await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
            end.awaited(by: continuation)
            Task.detached(priority: Task.currentPriority) {
                do {
                    end.came(.success(try await call()))
                } catch {
                    end.came(.failure(PmiError(error)))
                }
            }
        }
    } onCancel: {
        end.came(.failure(.cancelled))
    }
    return try result.get()
}

/// The first of the ends a call can have.
private final class End<Value: Sendable>: @unchecked Sendable {
    // Every access holds the lock; none resumes anybody under it.
    private let lock = NSLock()
    private var value: Value?
    private var waiter: CheckedContinuation<Value, Never>?

    func awaited(by continuation: CheckedContinuation<Value, Never>) {
        let value = lock.withLock {
            if self.value == nil { waiter = continuation }
            return self.value
        }
        if let value { continuation.resume(returning: value) }
    }

    func came(_ value: Value) {
        let waiter = lock.withLock {
            guard self.value == nil else { return nil as CheckedContinuation<Value, Never>? }
            self.value = value
            return self.waiter.take()
        }
        waiter?.resume(returning: value)
    }
}
