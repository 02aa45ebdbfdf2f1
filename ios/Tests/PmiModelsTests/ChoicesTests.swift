//  What a person chooses on the form of a booking, and decides on afterwards, through the models that the views draw.

import Foundation
import Person
import Pmi
import Testing

@testable import PmiModels

extension OneAtATime {
    @MainActor
    @Suite(.timeLimit(.minutes(3)))
    struct ChoicesTests {
        private let day = DayTests()

        @Test(arguments: Dialect.allCases)
        func aBookingIsMovedOnline(_ dialect: Dialect) async throws {
            let server = try Server.start(dialect)
            let phone = try await Phone(server.url)
            let home = try await phone.signIn(server.email, server.password)
            home.leave(.book(nil), try await day.book(home.booking(for: nil), at: 10, phone))
            try await until("booking") { home.upcoming(at: 10)?.canMove == true && home.bookings.record?.pending.isEmpty == true }
            let booking = try required(home.upcoming(at: 10), "booking").id
            home.open(.move(booking))
            let form = home.moving(booking)
            phone.shows(form.screen)
            try await until("form") { form.screen.record?.moving != nil }
            let shown = try required(form.screen.record, "form")
            #expect(shown.timeBegins == TimeOfDay(hour: 10, minute: 0), "a picker begins with the time there is")
            #expect(shown.vehicles.isEmpty && !shown.takesPhotos)
            let moved = try await day.move(form, to: 14, phone)
            #expect(!moved.waitsForNetwork)
            home.leave(.move(booking), moved)
            try await until("moved") { home.upcoming(at: 14) != nil && home.bookings.record?.pending.isEmpty == true }
            #expect(home.upcoming(at: 10) == nil && home.route[.bookings].isEmpty)
            #expect(try await server.booked() == ["14:00 scheduled"])
        }

        @Test(arguments: Dialect.allCases)
        func theFormLeadsToWhatIsMissing(_ dialect: Dialect) async throws {
            let server = try Server.start(dialect)
            let phone = try await Phone(server.url)
            let home = try await phone.signIn(server.email, server.password)
            let form = home.booking(for: nil).screen
            phone.shows(form)
            try await until("form") { form.record?.canSubmit == true && form.record?.vehicles.isEmpty == false }
            await form.send(.refresh) { !$0.standing.refreshing }
            let vehicle = try required(form.record?.vehicles.first, "vehicle").id
            let missing: BookPart = form.record?.vehicles.contains(where: \.chosen) == true ? .service : .vehicle
            form.send(.submit)
            #expect(form.record?.fault?.part == missing)
            form.send(.vehicle(id: vehicle))
            form.send(.submit)
            #expect(form.record?.fault?.part == .service)
            form.send(.service(word: try required(form.record?.services.first, "service").word))
            #expect(form.record?.fault?.part != .service)
            form.send(.notes(text: String(repeating: "long ", count: 1000)))
            form.send(.notesLeft)
            #expect(form.record?.notes.problem != nil && (form.record?.notesLeft ?? 0) < 0)
            form.send(.notes(text: "It squeaks"))
            #expect(form.record?.notes.problem == nil)
        }

        @Test func aTimeThatTheClocksShowTwiceIsAskedAbout() async throws {
            let server = try Server.start(.v1)
            let device = Device()
            let berlin = try required(TimeZone(identifier: "Europe/Berlin"), "zone")
            let phone = Phone { () throws(PmiError) in
                let folder = device.folder
                return try PmiClient(
                    PmiConfiguration(
                        server: server.url,
                        folders: PmiFolders(data: folder.appendingPathComponent("data"), caches: folder.appendingPathComponent("cache")),
                        keys: .file(folder.appendingPathComponent("keys")), centerTimeZone: berlin))
            }
            await phone.app.open()
            phone.follow(try required(phone.app.session, "session"))
            let home = try await phone.signIn(server.email, server.password)
            let form = home.booking(for: nil).screen
            phone.shows(form)
            try await until("form") { form.record?.typeTime == true }
            #expect(form.record?.zone == "Europe/Berlin")
            form.send(.day(day: try required(berlin.nextDayWithOneHourMore, "such day")))
            form.send(.time(time: TimeOfDay(hour: 2, minute: 30)))
            try await until("question") { form.record?.clocks.count == 2 }
            #expect(form.record?.timeProblem?.key == .fieldTimeTwice)
            let later = try required(form.record?.clocks.last, "later one").at
            form.send(.clock(at: later))
            #expect(form.record?.clocks.last?.chosen == true && form.record?.timeProblem == nil)
        }

        /// Moved here without a network, and moved elsewhere meanwhile: what the person can then do.
        @Test(arguments: ["retry", "keepServers", "drop"])
        func whatStandsAgainstABookingIsDecided(_ decided: String) async throws {
            let server = try Server.start(.v2)
            let phone = try await Phone(server.url)
            let home = try await phone.signIn(server.email, server.password)
            let session = try required(phone.app.session, "session")
            home.leave(.book(nil), try await day.book(home.booking(for: nil), at: 10, phone))
            try await until("booking") { home.upcoming(at: 10) != nil && home.bookings.record?.pending.isEmpty == true }
            let booking = try required(home.upcoming(at: 10), "booking").id
            session.client.setNetwork(up: false)
            home.leave(.move(booking), try await day.move(home.moving(booking), to: 12, phone))
            let other = try await Phone(server.url)
            let there = try await other.signIn(server.email, server.password)
            try await until("booking there") { there.upcoming(at: 10) != nil }
            try await other.app.session?.client.move(try required(there.upcoming(at: 10), "booking").id, to: 15)
            try await until("moved there") { there.upcoming(at: 15) != nil && there.bookings.record?.pending.isEmpty == true }
            session.client.setNetwork(up: true)
            try await until("decision") { home.bookings.record?.decisions.isEmpty == false }
            let decision = try required(home.bookings.record?.decisions.first, "decision")
            let ways = decision.ways.map(\.intent)
            switch decided {
            case "retry":
                #expect(ways.contains(.retry(item: decision.item)))
                home.bookings.send(.retry(item: decision.item))
                try await until("sent anew") { home.bookings.record?.decisions.isEmpty == true && home.upcoming(at: 12) != nil }
                #expect(try await server.booked() == ["12:00 scheduled"])
            case "drop":
                home.bookings.send(.drop(item: decision.item))
                try await until("given up") { home.bookings.record?.decisions.isEmpty == true && home.upcoming(at: 15) != nil }
                #expect(try await server.booked() == ["15:00 scheduled"])
            default:
                #expect(ways.contains(.keepServers(item: decision.item)))
                home.bookings.send(.keepServers(item: decision.item))
                try await until("left at that") { home.bookings.record?.decisions.isEmpty == true && home.upcoming(at: 15) != nil }
                #expect(try await server.booked() == ["15:00 scheduled"])
            }
            home.bookings.send(.callOff(booking: booking))
            #expect(home.bookings.record?.callingOff?.id == home.bookings.record?.question?.booking.id)
            home.bookings.send(.dismiss)
            #expect(home.bookings.record?.callingOff == nil)
            home.bookings.send(.tryAgain)
            #expect(home.bookings.record?.callingOff == nil && home.bookings.record?.problem == nil, "nothing went wrong")
            await home.bookings.send(.refresh) { !$0.standing.refreshing }
        }

        @Test func aSlotThatWasTakenIsChosenAnew() async throws {
            let server = try Server.start(.v2)
            let phone = try await Phone(server.url)
            let home = try await phone.signIn(server.email, server.password)
            let session = try required(phone.app.session, "session")
            let form = home.booking(for: nil)
            phone.shows(form.screen)
            try await until("centres") { form.screen.record?.centers.isEmpty == false }
            try await server.holds(1, at: try required(form.screen.record?.centers.first, "centre").id)
            session.client.setNetwork(up: false)
            home.leave(.book(nil), try await day.book(form, at: 10, phone))
            let other = try await Phone(server.url)
            _ = try await other.signIn(try required(server.others.first, "other customer"), server.password)
            let there = try required(other.app.session, "session").client
            try await there.book(at: 10)
            _ = try await there.sync()
            session.client.setNetwork(up: true)
            try await until("decision") { home.bookings.record?.decisions.first?.slots.isEmpty == false }
            let decision = try required(home.bookings.record?.decisions.first, "decision")
            let slot = try required(decision.slots.first, "free time")
            home.bookings.send(.chooseSlot(item: decision.item, at: slot))
            try await until("booked") {
                home.bookings.record?.decisions.isEmpty == true && home.bookings.record?.upcoming.isEmpty == false
                    && home.bookings.record?.pending.isEmpty == true
            }
            #expect(try await server.booked().count == 1)
        }

        @Test(arguments: Dialect.allCases)
        func whatWasToldIsOpened(_ dialect: Dialect) async throws {
            let server = try Server.start(dialect)
            let phone = try await Phone(server.url)
            let home = try await phone.signIn(server.email, server.password)
            try await until("messages") { (home.notifications.record?.unread ?? 0) > 0 }
            let row = try required(home.notifications.record?.rows.first { !$0.read }, "unread one")
            home.notifications.send(.open(id: row.id))
            #expect(home.notifications.record?.rows.first { $0.id == row.id }?.read == true)
            let unread = home.notifications.record?.unread
            home.notifications.send(.tryAgain)
            #expect(home.notifications.record?.unread == unread && home.notifications.record?.problem == nil, "nothing went wrong")
            try await until("noted") { home.notifications.record?.rows.first { $0.id == row.id }?.pending == nil }
            home.show(.notifications)
            home.refresh()
            try await until("list") { home.notifications.record?.standing.isSettled == true }
            #expect(home.notifications.record?.rows.first { $0.id == row.id }?.read == true)
        }

        @Test func whatCannotBeNotedAsReadIsLeftAtThat() async throws {
            let server = try Server.start(.v2)
            let phone = try await Phone(server.url)
            let home = try await phone.signIn(server.email, server.password)
            try await until("messages") { (home.notifications.record?.unread ?? 0) > 0 }
            let row = try required(home.notifications.record?.rows.first { !$0.read }, "unread one").id
            func shown() -> NotificationRow? { home.notifications.record?.rows.first { $0.id == row } }
            try await server.fail(
                "/api/notifications/", status: 404, body: #"{"error": {"code": "not_found", "message": "gone", "details": {}}}"#)
            home.notifications.send(.open(id: row))
            try await until("refusal") { shown()?.ways.map(\.intent) == [.open(id: row), .leaveUnread(id: row)] }
            home.notifications.send(.leaveUnread(id: row))
            try await until("left at that") { shown()?.pending == nil && shown()?.read == false }
        }

        @Test func aKeyboardAsksForWhatIsShown() async throws {
            let server = try Server.start(.v2)
            let phone = try await Phone(server.url)
            let home = try await phone.signIn(server.email, server.password)
            try await until("garage") { home.garage.record?.vehicles.isEmpty == false }
            let id = try required(home.garage.record?.vehicles.first, "vehicle").id
            home.open(.vehicle(id))
            let vehicle = home.vehicle(id)
            phone.shows(vehicle)
            try await until("vehicle") { vehicle.record?.standing.isSettled == true }
            try await pulls(home) { vehicle.record?.standing.asOf }
            home.show(.bookings)
            try await pulls(home) { home.bookings.record?.standing.asOf }
            home.show(.notifications)
            try await pulls(home) { home.notifications.record?.standing.asOf }
            home.show(.account)
            try await pulls(home) { home.account.record?.standing.asOf }
            home.route[.garage] = []
            home.show(.garage)
            try await pulls(home) { home.garage.record?.standing.asOf }
            home.open(.book(id))
            let form = home.booking(for: id).screen
            phone.shows(form)
            try await until("form") { form.record?.standing.isSettled == true }
            try await pulls(home) { form.record?.standing.asOf }
            home.open(.diagnostics)
            let diagnostics = home.diagnostics()
            phone.shows(diagnostics)
            try await until("diagnostics") { diagnostics.record?.phase == .shown }
            try await server.control("POST", "reset-counts", nil)
            home.refresh()
            try await until("question how it is") { try await server.seen().contains("health") }
        }

        /// What is shown is newer after it was asked for.
        private func pulls(_ home: Home, _ asOf: @MainActor () -> Timestamp?) async throws {
            try await until("answer") { asOf() != nil }
            let before = asOf()
            home.refresh()
            try await until("newer answer") { asOf() != before }
        }
    }
}

extension TimeZone {
    /// The next day on which the clocks are set back.
    var nextDayWithOneHourMore: Day? {
        var at = nextDaylightSavingTimeTransition
        while let transition = at, isDaylightSavingTime(for: transition) { at = nextDaylightSavingTimeTransition(after: transition) }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = self
        return at.flatMap { Day(calendar.dateComponents([.year, .month, .day], from: $0)) }
    }
}
