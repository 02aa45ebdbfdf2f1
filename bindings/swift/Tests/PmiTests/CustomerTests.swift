//  Against the real platform in a child process.

import Foundation
import Person
import Pmi
import Testing

extension OneAtATime {
    @Suite(.timeLimit(.minutes(2)))
    struct CustomerTests {
        let server: Server
        let device = Device()

        init() throws {
            server = try Server.start()
        }

        @Test func aPersonSignsInAndSeesTheGarage() async throws {
            let client = try device.open(server.url)
            let garage = client.garage()
            let before = try await garage.records.until { $0.standing.phase == .failed }
            #expect(before.standing.problem?.remedy == .signIn)
            let done = try await client.signIn(server.email, server.password)
            #expect(done.done && !done.busy && !done.password.filled && done.problem == nil)
            let shown = try await garage.records.until { $0.standing.phase == .shown && $0.vehicles.first?.health != nil }
            #expect(shown.vehicles.count == 1)
            #expect(shown.vehicles[0].health?.tone == .critical)
            #expect(!shown.vehicles[0].name.isEmpty)
            #expect(try garage.now.vehicles.map(\.id) == shown.vehicles.map(\.id))
        }

        @Test func aWrongPasswordIsSaidAndTheRightOneIsTaken() async throws {
            let client = try device.open(server.url)
            let screen = client.signIn()
            screen.submit(server.email, "not-the-password")
            let wrong = try await screen.records.until { $0.problem != nil }
            #expect(wrong.problem?.text.key == .problemWrongCredentials)
            #expect(!wrong.done)
            screen.submit(server.email, server.password)
            _ = try await screen.records.until { $0.done }
        }

        @Test func theSessionIsWatchedFromSignInToSignOut() async throws {
            let client = try device.open(server.url)
            // By one who asks in between: who is slow is told the latest only.
            var states = client.sessions.makeAsyncIterator()
            try await client.signIn(server.email, server.password)
            while let state = await states.next(), state != .signedIn {}
            let heard = try await client.signOut()
            #expect(heard)
            while let state = await states.next(), state != .signedOut {}
            #expect(client.session == .signedOut)
        }

        @Test func fiftyCallsAtOnce() async throws {
            let client = try device.open(server.url)
            try await client.signIn(server.email, server.password)
            try await withThrowingTaskGroup(of: Bool.self) { calls in
                for call in 0..<50 {
                    calls.addTask {
                        switch call % 3 {
                        case 0: try await client.shownGarage().vehicles.count == 1
                        case 1: try await client.capabilities().book
                        default: try await client.sync(within: .seconds(10)).remaining == 0
                        }
                    }
                }
                var good = 0
                for try await one in calls where one { good += 1 }
                #expect(good == 50)
            }
        }

        @Test func killedAndOpenedAgainIsStillSignedIn() async throws {
            let child = try Child(built("Child"), [server.url.absoluteString, device.folder.path, server.email, server.password])
            #expect(try child.line() == "signed in")
            child.kill()
            let client = try device.open(server.url)
            #expect(try await client.shownGarage().vehicles.count == 1)
            #expect(client.session == .signedIn)
        }

        @Test func suspendedAndResumedItGoesOn() async throws {
            let client = try device.open(server.url)
            try await client.signIn(server.email, server.password)
            let garage = client.garage()
            _ = try await garage.records.until { $0.standing.phase == .shown }
            #expect(try await !client.suspend(within: .seconds(5)).resumed)
            #expect(await thrown { try await client.capabilities() } == .suspended)
            #expect(try garage.now.standing.phase == .shown)
            try await client.resume()
            #expect(try await client.capabilities().book)
            #expect(try await !client.suspend(within: .zero).resumed)
            #expect(try await client.sync().remaining == 0)
        }

        @Test func aSynchronisationSaysWhatItDid() async throws {
            let client = try device.open(server.url)
            guard case .signInNeeded(let problem, _) = await thrown({ try await client.sync() }) else {
                throw Missing("such error")
            }
            #expect(problem.remedy == .signIn)
            #expect(await client.backgroundSync() == .done)
            try await client.signIn(server.email, server.password)
            let report = try await client.sync()
            #expect(report.failed == 0 && report.refreshed > 0 && report.stopped == nil)
            #expect(await client.backgroundSync() == .done)
            client.setNetwork(up: false)
            client.setConditions(dataSaver: true, lowBattery: true)
            #expect(try await client.sync().refreshed == 0)
        }

        @Test func theServerSeesTheNameAndVersionOfTheApp() async throws {
            let client = try device.open(server.url, app: PmiApp(name: "pmi-swift-test", version: "1.2.3"))
            _ = try await client.capabilities()
            #expect(try await server.seen().contains("pmi-swift-test/1.2.3 pmi-core/"))
        }

        @Test func anAppThatIsTooOldIsToldToUpdate() async throws {
            let client = try device.open(server.url)
            try await server.fail(
                "/", status: 426, body: #"{"error":"upgrade_required","message":"no","request_id":"r"}"#)
            guard case .upgradeRequired(let problem, _) = await thrown({ try await client.capabilities() }) else {
                throw Missing("such error")
            }
            #expect(problem.remedy == .updateApp)
            let screen = try await client.signIn(server.email, server.password)
            #expect(screen.problem?.text.key == .problemUpgrade)
        }

        /// The process has one log: no other test sets it.
        @Test func aLogSinkMayThrowBlockAndCallBackAndHearsNoSecret() async throws {
            let lines = Lines()
            let client = try device.open(server.url)
            try PmiLog.send(from: .trace) { line in
                let count = lines.append(line)
                _ = client.session
                if count % 3 == 0 { throw Missing("patience") }
                Thread.sleep(forTimeInterval: 0.001)
            }
            try await client.signIn(server.email, "not-the-password")
            try await client.signIn(server.email, server.password)
            try await server.fail("/api/vehicles", status: 500, body: #"{"detail":"INSERT secret-of-the-server"}"#)
            _ = try await client.garage().records.until { $0.standing.phase == .failed }
            try await client.signOut(.discard)
            try PmiLog.stop()
            let heard = lines.all
            #expect(!heard.isEmpty)
            #expect(heard.allSatisfy { $0.target.hasPrefix("pmi_") })
            let text = heard.map(\.text).joined(separator: "\n")
            for secret in [server.email, server.password, "not-the-password", "secret-of-the-server", "Bearer", "eyJ"] {
                #expect(!text.contains(secret))
            }
        }

        @Test func theExampleShowsTheVehicles() throws {
            let child = try Child(built("Vehicles"), [server.url.absoluteString, server.email, server.password])
            #expect(try child.text().contains("critical"))
        }
    }
}

private final class Lines: @unchecked Sendable {
    private let lock = NSLock()
    private var lines: [LogLine] = []

    var all: [LogLine] { lock.withLock { lines } }

    func append(_ line: LogLine) -> Int {
        lock.withLock {
            lines.append(line)
            return lines.count
        }
    }
}
