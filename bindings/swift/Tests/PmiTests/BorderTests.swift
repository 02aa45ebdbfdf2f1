//  What the border itself promises, against the server in memory.

import Foundation
import Observation
import Person
@testable import Pmi
import Testing

import struct PmiGenerated.AppIdentity
import func PmiGenerated.defectForTests
import func PmiGenerated.defectForTestsLater
import func PmiGenerated.defectsForTests

extension OneAtATime {
    @Suite(.timeLimit(.minutes(2)))
    struct BorderTests {
        @Test func aCollectorCancelledAtAnyPointLeavesNothingBehind() async throws {
            let client = try await PmiClient.signedIn()
            let garage = client.garage()
            _ = try await garage.records.until { $0.standing.phase == .shown }
            let before = try await settledObjects()
            for turn in 0..<500 {
                let collecting = Task {
                    for await _ in garage.records { garage.send(.refresh) }
                }
                try await Task.sleep(for: .microseconds(turn * 7919 % 2000))
                collecting.cancel()
                // It ends although nothing changes any more: that is what a cancelled watch is for.
                try #require(await ends(collecting))
            }
            #expect(try await settledObjects() == before)
            _ = try await garage.records.until { $0.standing.phase == .shown }
        }

        @Test func aCallThatIsCancelledIsWaitedForNoLonger() async throws {
            let server = MemoryServer()
            let client = try await PmiClient.signedIn(to: server)
            server.set(.slow)
            let begun = ContinuousClock.now
            let call = Task { await thrown { try await client.sync() } }
            try await Task.sleep(for: .milliseconds(50))
            call.cancel()
            #expect(await call.value == .cancelled)
            #expect(ContinuousClock.now - begun < .seconds(2))
        }

        @Test func everyCallAfterCloseIsClosed() async throws {
            let client = try await PmiClient.signedIn()
            let garage = client.garage()
            var watch = garage.records.makeAsyncIterator()
            let collecting = Task { for await _ in garage.records {} }
            #expect(await watch.next() != nil)
            client.close()
            client.close()
            // What was open ends; nothing throws by itself.
            try #require(await ends(collecting))
            while await watch.next() != nil {}
            for await _ in client.sessions { Issue.record("a session of a closed client") }
            garage.send(.refresh)
            for await _ in garage.records { Issue.record("a record of a closed client") }
            for await _ in client.garage().records { Issue.record("a record of a closed client") }
            client.setNetwork(up: true)
            #expect(await thrown { try await client.capabilities() } == .closed)
            #expect(await thrown { try await client.sync() } == .closed)
            #expect(await thrown { try await client.signOut() } == .closed)
            #expect(await thrown { try await client.suspend(within: .milliseconds(1)) } == .closed)
            #expect(await thrown { try await client.resume() } == .closed)
        }

        @Test func tenThousandObjectsLeftOrClosedAreFreed() async throws {
            let client = try await PmiClient.signedIn()
            let before = try await settledObjects()
            var kept: [Screen<Garage, GarageIntent>] = []
            for turn in 0..<10_000 {
                let garage = client.garage()
                if turn % 2 == 0 { kept.append(garage) }
            }
            kept.removeAll()
            #expect(try await settledObjects() == before)
            #expect(try await client.shownGarage().vehicles.count == 3)
        }

        @Test func collectorsThatThrowBlockAndCallBackHarmNobody() async throws {
            let client = try await PmiClient.signedIn()
            let garage = client.garage()
            let blocking = Task.detached { for await _ in garage.records { block() } }
            let calling = Task {
                for await _ in garage.records {
                    _ = try? client.garage().now
                    _ = try? await client.capabilities()
                }
            }
            for _ in 0..<20 {
                await #expect(throws: Missing.self) {
                    for await _ in garage.records { throw Missing("patience") }
                }
            }
            #expect(try await client.shownGarage().vehicles.count == 3)
            blocking.cancel()
            calling.cancel()
            try #require(await ends(blocking))
            try #require(await ends(calling))
        }

        @Test func closedByOneThreadWhileOthersCall() async throws {
            for turn in 0..<20 {
                let client = try await PmiClient.signedIn()
                try await withThrowingTaskGroup(of: PmiError?.self) { calls in
                    for _ in 0..<8 {
                        calls.addTask {
                            while true {
                                _ = try client.garage().now
                                if let error = await thrown({ try await client.capabilities() }) { return error }
                            }
                        }
                    }
                    try await Task.sleep(for: .milliseconds(turn))
                    client.close()
                    for try await error in calls { #expect(error == .closed) }
                }
            }
        }

        @Test func aPanicIsAnErrorOfTheCall() async throws {
            #expect(throws: (any Error).self) { try defectForTests() }
            await #expect(throws: (any Error).self) { try await defectForTestsLater() }
            let client = try await PmiClient.signedIn()
            #expect(try await client.shownGarage().vehicles.count == 3)
        }

        @Test func aDefectAnywhereDoesNotEndTheApp() async throws {
            let server = MemoryServer()
            let client = try await PmiClient.signedIn(to: server)
            let open = client.garage()
            var watch = open.records.makeAsyncIterator()
            #expect(await watch.next() != nil)
            let before = client.session
            defectsForTests(on: true)
            do {
                defer { defectsForTests(on: false) }
                // What cannot tell of it gives what is harmless; what can, does.
                #expect(await thrown { try open.now } == .internal(reason: "a defect in `now`"))
                open.send(.refresh)
                #expect(await watch.next() == nil)
                for await _ in open.records { Issue.record("a record of a watch that could not begin") }
                let opened = [client.garage(), client.garage()]
                #expect(await thrown { try opened[0].now } == .internal(reason: "a defect in `now`"))
                _ = (client.moveBooking("1"), client.signIn(), client.vehicle(id: 1))
                client.setNetwork(up: true)
                client.setConditions(dataSaver: false, lowBattery: false)
                #expect(client.session == .unknown)
                for await _ in client.sessions { Issue.record("a session of a watch that could not begin") }
                // Not switched, either.
                server.set(.offline)
                defectsForTests(on: false)
                // What could not be opened stays so, whatever is done with it.
                opened[1].send(.refresh)
                for await _ in opened[1].records { Issue.record("a record of what could not be opened") }
                #expect(await thrown { try opened[1].now } == .internal(reason: "a defect in `now`"))
            }
            #expect(client.session == before)
            #expect(try await client.shownGarage().vehicles.count == 3)
            _ = try await open.records.until { $0.vehicles.count == 3 }
            #expect(try open.now.vehicles.count == 3)
        }

        @Test func anArgumentThatCannotBeRightIsNamed() async throws {
            func refused(_ url: String, _ app: PmiApp? = nil) async throws -> String? {
                let url = try required(URL(string: url), "such URL")
                guard case .invalidInput(let field, _) = await thrown({ try Device().open(url, app: app) }) else { return nil }
                return field
            }
            #expect(try await refused("not-a-server") == "server")
            #expect(try await refused("http://localhost:1", PmiApp(name: "my app", version: "1.0")) == "app_name")
            #expect(try await refused("http://localhost:1", PmiApp(name: "app", version: "")) == "app_version")
        }

        @Test func aConfigurationIsHandedOnWhole() async throws {
            let server = try required(URL(string: "https://pmi.example"), "such URL")
            let plain = PmiConfiguration(server: server, app: nil).lowered()
            #expect(plain.server == "https://pmi.example" && plain.app == nil)
            #expect(plain.dataDir.hasSuffix("/io.pmi") && plain.cacheDir.hasSuffix("/io.pmi") && plain.dataDir != plain.cacheDir)
            #expect(plain.fileProtection == .completeUntilFirstUserAuthentication)
            #expect(plain.centerTimeZone == nil && plain.cacheCap == nil)
            guard case .system("io.pmi", nil) = plain.keyStore else { throw Missing("the Keychain by default") }
            let folder = Device().folder
            let own = PmiConfiguration(
                server: server, app: PmiApp(name: "app", version: "1"), folders: PmiFolders(data: folder, caches: folder),
                keys: .system(accessGroup: "TEAMID.group"), centerTimeZone: TimeZone(identifier: "Europe/Berlin"), cacheCap: 2_000_000,
                fileProtection: .complete)
            let lowered = own.lowered()
            #expect(lowered.app == AppIdentity(name: "app", version: "1") && lowered.dataDir == folder.path)
            #expect(lowered.centerTimeZone == "Europe/Berlin" && lowered.cacheCap == 2_000_000)
            #expect(lowered.fileProtection == .complete)
            guard case .system("io.pmi", "TEAMID.group") = lowered.keyStore else { throw Missing("access group") }
            let shared = PmiFolders(inContainer: folder)
            #expect(shared.data.path == folder.path + "/Library/Application Support/io.pmi")
            #expect(shared.caches.path == folder.path + "/Library/Caches/io.pmi")
            #expect(await thrown { try PmiFolders.appGroup("group.nobody") } != nil)
            #if os(Linux)
                // Only Apple's systems have them: it is refused, not left out.
                guard case .invalidInput("access_group", _) = await thrown({ try PmiClient(own) }) else {
                    throw Missing("refusal")
                }
            #endif
        }

        @MainActor
        @Test func whatAModelShowsIsObserved() async throws {
            let client = try await PmiClient.signedIn()
            let model = ScreenModel(client.garage())
            #expect(model.record != nil)
            let following = Task { await model.follow() }
            while model.record?.vehicles.count != 3 {
                let (changes, changed) = AsyncStream.makeStream(of: Void.self)
                withObservationTracking { _ = model.record } onChange: { changed.yield() }
                for await _ in changes { break }
                // It is told before it is changed.
                await Task.yield()
            }
            model.send(.refresh)
            client.close()
            try #require(await ends(following))
        }

        @Test func rowsAndTimesAreAsSwiftUIAndFoundationHaveThem() async throws {
            let client = try await PmiClient.signedIn(to: MemoryServer(vehicles: 100))
            let vehicles = try await client.shownGarage().vehicles
            #expect(vehicles.count == 100 && Set(vehicles.map(\.id)).count == 100)
            let day = Day(year: 2026, month: 12, day: 25)
            #expect(Day(day.components) == day)
            #expect(Day(DateComponents(year: 2026, month: 13, day: 1)) == nil)
            #expect(TimeOfDay(DateComponents(hour: 23, minute: 59)) == TimeOfDay(hour: 23, minute: 59))
            #expect(TimeOfDay(DateComponents(hour: 24, minute: 0)) == nil)
            let at = WallTime(
                at: Date(timeIntervalSince1970: 0), year: 1970, month: 1, day: 1, hour: 5, minute: 30, zone: "no/zone", offsetSeconds: 19_800)
            #expect(at.timeZone?.secondsFromGMT() == 19_800)
            #expect(ComponentSpot.allCases.count == 11 && TextKey.allCases.count > 100)
        }

        @Test func eachFaultInMemoryShowsAsItWouldOnAPhone() async throws {
            let server = MemoryServer()
            let client = try await PmiClient.signedIn(to: server)
            #expect(try await client.shownGarage().vehicles.first?.name == "Hero Splendor Plus")
            let garage = client.garage()
            func refreshed(_ fits: @escaping @Sendable (Garage) -> Bool) async throws {
                // As a person would: again and again. What was asked before the fault was switched may answer after it.
                let pressing = Task {
                    while !Task.isCancelled {
                        garage.send(.refresh)
                        try await Task.sleep(for: .milliseconds(300))
                    }
                }
                defer { pressing.cancel() }
                _ = try await garage.records.until { !$0.standing.refreshing && fits($0) }
            }
            server.set(.offline)
            try await refreshed { $0.standing.offline && $0.standing.phase == .shown }
            server.set(.offline, on: false)
            client.setNetwork(up: true)
            try await refreshed { !$0.standing.offline && $0.standing.problem == nil }
            server.set(.serverError)
            // One that was asked too often is left alone for some seconds: then the remedy is no retry, but to wait.
            try await refreshed { $0.standing.problem != nil && !$0.standing.offline }
            server.set(.serverError, on: false)
            try await refreshed { $0.standing.problem == nil }
            server.set(.slow)
            garage.send(.refresh)
            _ = try await garage.records.until { $0.standing.refreshing }
            server.set(.slow, on: false)
            server.set(.expiredSession)
            garage.send(.refresh)
            _ = try await client.sessions.until { $0 == .signInNeeded(why: .sessionExpired) }
            #expect(try await client.signIn(server.email, server.password).done)
            #expect(try await !client.shownGarage().vehicles.isEmpty)
        }
    }
}

/// Holds a thread, as no task should.
private func block() {
    Thread.sleep(forTimeInterval: 0.2)
}
