//  What only Apple's systems can show: the XCFramework, on a simulator. Run by `.ci/on-simulator`.

import Foundation
import Pmi
import Testing

@Suite(.serialized)
struct SimulatorTests {
    @Test func theServerInMemoryRunsHere() async throws {
        let server = MemoryServer()
        let client = try PmiClient(inMemory: server)
        try await client.signIn(server.email, server.password)
        #expect(try await client.shownGarage().vehicles.count == 3)
        client.close()
    }

    @Test func whoeverSignedInIsStillSignedInAfterTheAppWasClosed() async throws {
        let address = try #require(ProcessInfo.processInfo.environment["PMI_SERVER"])
        let server = try #require(URL(string: address))
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        // A test without an app has no keychain: its keys are in a file.
        let configuration = PmiConfiguration(
            server: server,
            folders: PmiFolders(
                data: folder.appendingPathComponent("data"), caches: folder.appendingPathComponent("cache")),
            keys: .file(folder.appendingPathComponent("keys")))

        let first = try PmiClient(configuration)
        // Of the reference platform's believable fleet: no person.
        try await first.signIn("priya.iyer@example.com", "ride-safe-2026")
        first.close()
        let second = try PmiClient(configuration)
        #expect(try await second.shownGarage().vehicles.isEmpty == false)
        second.close()
    }
}

extension PmiClient {
    fileprivate func signIn(_ email: String, _ password: String) async throws {
        let screen = signIn()
        screen.send(.email(text: email))
        screen.send(.password(text: password))
        screen.send(.submit)
        for await record in screen.records where record.done { return }
        Issue.record("the client was closed")
    }

    fileprivate func shownGarage() async throws -> Garage {
        for await record in garage().records where record.standing.phase == .shown { return record }
        throw CancellationError()
    }
}
