//  The app as a whole: who sees what, what is kept, and what is done when something is broken.

import Foundation
import Person
import Pmi
import Testing

@testable import PmiModels

extension OneAtATime {
    @MainActor
    @Suite(.timeLimit(.minutes(2)))
    struct AppTests {
        @Test func theDemonstrationRunsTheWholeAppWithoutAServer() async throws {
            let phone = Phone { () throws(PmiError) in try PmiClient(Self.unopenable) }
            let app = phone.app
            await app.showAround()
            let session = try required(app.session, "demonstration")
            phone.follow(session)
            try await until("home") { session.home != nil }
            let home = try required(session.home, "home")
            phone.shows(home.garage)
            try await until("vehicles") { home.garage.record?.vehicles.count == 4 }
            #expect(session.demo != nil)
            // Where somebody looked around is nobody's place in the app.
            home.open(.vehicle(1))
            #expect(app.kept == nil)

            await home.garage.send(.refresh) { !$0.standing.refreshing }
            #expect(home.garage.record?.standing.refreshing == false, "a pull lasts as long as what it asked for")
            session.demo?[.offline] = true
            home.garage.send(.refresh)
            try await until("offline") { home.garage.record?.standing.offline == true }
            #expect(home.garage.record?.standing.phase == .shown)
            session.demo?[.offline] = false
            home.garage.send(.refresh)
            try await until("online") { home.garage.record?.standing.offline == false }

            // Its session ends as a real one does, and the same demonstration goes on.
            session.demo?[.expiredSession] = true
            home.garage.send(.refresh)
            try await until("entrance") { session.entrance != nil }
            await app.showAround()
            try await until("home") { session.home != nil }
            #expect(app.session === session && session.home !== home && session.demo?[.expiredSession] == false)

            await app.restart()
            guard case .failed(.storage) = app.phase else { throw Missing("failure") }
            #expect(app.session == nil)
        }

        @Test func theNextPersonSeesNothingOfTheOneBefore() async throws {
            let server = try Server.start(.v2)
            let phone = try await Phone(server.url)
            let session = try required(phone.app.session, "session")
            let first = try await phone.signIn(server.email, server.password)
            try await until("garage") { first.garage.record?.standing.isSettled == true }
            let vehicle = try required(first.garage.record?.vehicles.first, "vehicle")
            first.open(.vehicle(vehicle.id))
            first.show(.account)
            let kept = try required(phone.app.kept, "kept route")
            first.account.send(.signOut)
            try await until("entrance") { session.entrance != nil }
            #expect(session.home == nil && phone.app.kept.flatMap(Kept.init)?.home == nil)

            let other = try required(server.others.first, "other customer")
            let second = try await phone.signIn(other, server.password)
            #expect(second !== first)
            #expect(second.route == Route())
            try await until("garage") { second.garage.record?.standing.isSettled == true }
            #expect(second.garage.record?.vehicles.contains { $0.id == vehicle.id } == false)
            let page = second.vehicle(vehicle.id)
            phone.shows(page)
            try await until("answer") { page.record?.standing.phase == .failed }
            #expect(page.record?.heading == nil)
            try await until("profile") { second.account.record?.profile != nil }
            #expect(second.account.record?.profile?.email == other)
            second.account.send(.signOut)
            try await until("entrance") { session.entrance != nil }
            session.client.close()

            // What the system kept of somebody who is gone is nobody's: the app begins with the entrance.
            let third = try await Phone(server.url, phone.device, kept: kept)
            #expect(try await third.signIn(other, server.password).route == Route())
        }

        @Test func whereThePersonWasIsTakenUpAfterARestart() async throws {
            let server = try Server.start(.v2)
            let phone = try await Phone(server.url)
            let home = try await phone.signIn(server.email, server.password)
            try await until("garage") { home.garage.record?.vehicles.isEmpty == false }
            let vehicle = try required(home.garage.record?.vehicles.first, "vehicle").id
            home.open(.vehicle(vehicle))
            home.open(.book(vehicle))
            home.show(.bookings)
            let (kept, route) = (try required(phone.app.kept, "what is kept"), home.route)
            #expect(Kept(kept)?.home?.route == route)
            #expect(Kept(Data("?".utf8)) == nil)

            phone.app.session?.client.close()
            let again = try await Phone(server.url, phone.device, kept: kept)
            let session = try required(again.app.session, "session")
            try await until("home") { session.home != nil }
            #expect(session.home?.route == route)
            #expect(session.home?.route[.garage] == [.vehicle(vehicle), .book(vehicle)])
            // What cannot be shown is not taken up for ever.
            await again.app.restart()
            let anew = try required(again.app.session, "session")
            again.follow(anew)
            try await until("home") { anew.home != nil }
            #expect(anew.home?.route == Route())
        }

        @Test func aScreenIsOpenAsLongAsItIsOnAStack() async throws {
            let app = AppModel(opening: { () throws(PmiError) in throw .closed })
            await app.showAround()
            let phone = try required(app.session, "demonstration")
            let following = Task { await phone.follow() }
            defer { following.cancel() }
            try await until("home") { phone.home != nil }
            let home = try required(phone.home, "home")
            home.open(.vehicle(1))
            let vehicle = home.vehicle(1)
            #expect(home.vehicle(1) === vehicle)
            home.open(.book(1))
            let form = home.booking(for: 1)
            // On another part's stack the same screen is the same.
            home.show(.bookings)
            #expect(home.booking(for: 1) === form)
            home.leave(.book(1), AcceptedBooking(booking: "1", waitsForNetwork: false))
            home.route[.garage] = []
            #expect(home.vehicle(1) !== vehicle && home.booking(for: 1) !== form)
        }

        @Test func aFormOfTheEntranceForgetsWhatWasTypedWhenItIsLeft() async throws {
            let client = try PmiClient(inMemory: MemoryServer())
            let entrance = Entrance(client)
            entrance.path = [.signIn, .forgottenPassword]
            entrance.signIn().send(.email(text: "asha@example.com"))
            #expect(entrance.signIn().record?.email.value == "asha@example.com", "typed, and there at once")
            entrance.path = [.signIn]
            #expect(entrance.signIn().record?.email.value == "asha@example.com")
            entrance.path = []
            #expect(entrance.signIn().record?.email.value == "")
            client.close()
        }

        @Test func aPhotoIsShownByItsNumberUntilItIsRemoved() async throws {
            let server = try Server.start(.v2)
            let phone = try await Phone(server.url)
            let home = try await phone.signIn(server.email, server.password)
            home.open(.book(nil))
            let form = home.booking(for: nil)
            phone.shows(form.screen)
            try await until("form") { form.screen.record?.canAddPhoto == true }
            let picture = Data([0xff, 0xd8, 0xff, 0xe0] + Array(repeating: 7, count: 1000))
            form.add(photo: picture)
            try await until("photo") { form.screen.record?.photos.count == 1 }
            let number = try required(form.screen.record?.photos.first, "photo").number
            #expect(form.pictures == [number: picture])
            form.add(photo: Data("no picture".utf8))
            #expect(form.screen.record?.photoProblem?.key == .fieldPhotoKind)
            #expect(form.pictures.count == 1)
            form.remove(photo: number)
            #expect(form.pictures.isEmpty && form.screen.record?.photos.isEmpty == true)
        }

        /// Its folders would be in what is a device.
        private nonisolated static var unopenable: PmiConfiguration {
            get throws(PmiError) {
                guard let server = URL(string: "http://localhost:8800") else { throw .closed }
                let nowhere = URL(filePath: "/dev/null/pmi")
                return PmiConfiguration(server: server, folders: PmiFolders(data: nowhere, caches: nowhere), keys: .memory)
            }
        }

        @Test func whatCannotBeOpenedIsShownReportedAndTriedAgain() async throws {
            let (server, tries) = (MemoryServer(), Tries())
            let phone = Phone { () throws(PmiError) in
                if tries.first() { return try PmiClient(Self.unopenable) }
                return try PmiClient(inMemory: server)
            }
            await phone.app.open()
            guard case .failed(let error) = phone.app.phase else { throw Missing("failure") }
            guard case .storage(let problem, let reason) = error else { throw Missing("storage") }
            #expect(problem.remedy == .restartApp)
            #expect(phone.app.log.report(error).contains(reason))
            #expect(await phone.app.syncInBackground() == .done)
            await phone.app.restart()
            #expect(phone.app.session != nil)
            phone.app.session?.client.close()
        }

        @Test func aBackgroundTaskOpensTheAppAndSendsWhatWaits() async throws {
            let server = try Server.start(.v2)
            let phone = try await Phone(server.url)
            _ = try await phone.signIn(server.email, server.password)
            #expect(await phone.app.syncInBackground() == .done)
            let session = try required(phone.app.session, "session")
            _ = try await session.client.shownGarage()
            session.client.setNetwork(up: false)
            try await session.client.book(at: 10)
            #expect(try await server.booked().isEmpty)
            session.client.close()
            // iOS starts the app for its background task alone: no view is there.
            let (device, tries) = (phone.device, Tries())
            let app = AppModel(opening: { () throws(PmiError) in
                guard tries.first() else { throw .closed }
                return try device.open(server.url)
            })
            async let one = app.syncInBackground()
            async let other = app.syncInBackground()
            #expect(await [one, other] == [.done, .done])
            #expect(tries.count == 1)
            #expect(try await server.booked() == ["10:00 scheduled"])
            let client = try required(app.session, "session").client
            await #expect(throws: PmiError.suspended, "it holds no file") { try await client.capabilities() }
            try await client.resume()
            _ = try await client.capabilities()
            // The person comes, and is where they were; a second scene changes nothing.
            for path in [[Destination.vehicle(7)], [.diagnostics]] {
                var route = Route(.notifications)
                route[.garage] = path
                await app.open(kept: Kept(home: Home.Kept(route: route)).encoded)
                let session = try required(app.session, "session")
                phone.follow(session)
                try await until("home") { session.home != nil }
                #expect(session.client === client && session.home?.route[.garage] == [.vehicle(7)])
            }
        }
    }
}

/// How often it was tried.
private final class Tries: @unchecked Sendable {
    private let lock = NSLock()
    private var tries = 0

    func first() -> Bool {
        lock.withLock {
            tries += 1
            return tries == 1
        }
    }

    var count: Int { lock.withLock { tries } }
}
