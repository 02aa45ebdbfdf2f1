//  What the tests share.

import Foundation
import Person
import Pmi
import Testing

import func PmiGenerated.liveObjectsForTests

/// All tests: some count what is alive in this process, and it has one log.
@Suite(.serialized)
enum OneAtATime {}

extension PmiClient {
    /// A client of a server in memory, signed in.
    static func signedIn(to server: MemoryServer = MemoryServer()) async throws -> PmiClient {
        let client = try PmiClient(inMemory: server)
        guard try await client.signIn(server.email, server.password).done else { throw Missing("session") }
        return client
    }
}

/// How many screens and watches are alive once those that end did.
func settledObjects() async throws -> UInt64 {
    var fewest = UInt64.max
    for _ in 0..<20 {
        try await Task.sleep(for: .milliseconds(20))
        fewest = min(fewest, liveObjectsForTests())
    }
    return fewest
}

/// Whether a task ends in time. What never ends would otherwise hold up the run without a word.
func ends(_ task: Task<Void, Never>, within limit: Duration = .seconds(30)) async -> Bool {
    let (answers, answer) = AsyncStream.makeStream(of: Bool.self)
    Task {
        await task.value
        answer.yield(true)
    }
    let waiting = Task {
        try await Task.sleep(for: limit)
        answer.yield(false)
    }
    defer { waiting.cancel() }
    return await answers.first { _ in true } ?? false
}

/// What a call threw.
func thrown(_ call: () async throws -> Any) async -> PmiError? {
    do {
        _ = try await call()
        return nil
    } catch {
        return error as? PmiError
    }
}
