//  What the tests share: a device, a client on it, and what a person does.

import Foundation
import Pmi
import Testing

import func PmiGenerated.liveObjectsForTests

/// All tests: some count what is alive in this process, and it has one log.
@Suite(.serialized)
enum OneAtATime {}

/// A folder of a device; it outlives the clients on it.
struct Device {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pmi-swift-\(UUID().uuidString)")

    /// A client on this device, as a new process would open it.
    func open(_ server: URL, app: PmiApp? = nil) throws -> PmiClient {
        try PmiClient(
            PmiConfiguration(
                server: server,
                app: app,
                folders: PmiFolders(
                    data: folder.appendingPathComponent("data"), caches: folder.appendingPathComponent("cache")),
                keys: .file(folder.appendingPathComponent("keys"))))
    }
}

extension Records {
    /// The first record of this kind.
    func until(_ fits: (Record) -> Bool) async throws -> Record {
        for await record in self where fits(record) { return record }
        throw Missing("such record before the end")
    }
}

extension Screen where Record == SignIn, Intent == SignInIntent {
    /// Fills the form in and sends it.
    func submit(_ email: String, _ password: String) {
        send(.email(text: email))
        send(.password(text: password))
        send(.submit)
    }
}

extension PmiClient {
    /// Signs in through the screen.
    @discardableResult
    func signIn(_ email: String, _ password: String) async throws -> SignIn {
        let screen = signIn()
        screen.submit(email, password)
        return try await screen.records.until { $0.done || $0.problem != nil }
    }

    /// The garage with its vehicles.
    func shownGarage() async throws -> Garage {
        let screen = garage()
        screen.send(.refresh)
        return try await screen.records.until { $0.standing.phase == .shown && !$0.standing.refreshing }
    }

    /// A client of a server in memory, signed in.
    static func signedIn(to server: MemoryServer = MemoryServer()) async throws -> PmiClient {
        let client = try PmiClient(inMemory: server)
        guard try await client.signIn(server.email(), server.password()).done else { throw Missing("session") }
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
