//  A customer's day with either platform, through the models that the views draw. What the server has in the end is asked of the server.

import Foundation
import Person
import Pmi
import Testing

@testable import PmiModels

extension OneAtATime {
    @MainActor
    @Suite(.timeLimit(.minutes(3)))
    struct DayTests {
        @Test(arguments: Dialect.allCases)
        func aCustomersDayThroughTheModels(_ dialect: Dialect) async throws {
            let database = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).sqlite3")
            let server = try Server.start(dialect, database: database)
            let phone = try await Phone(server.url)
            let home = try await phone.signIn(server.email, server.password)
            #expect(phone.app.session?.entrance == nil)

            // The vehicle that needs it most.
            try await until("garage") { home.garage.record?.standing.isSettled == true }
            let worst = try required(home.garage.record?.vehicles.first, "vehicle")
            home.open(.vehicle(worst.id))
            let vehicle = home.vehicle(worst.id)
            phone.shows(vehicle)
            try await until("vehicle") { vehicle.record?.canBook == true && vehicle.record?.standing.phase == .shown }
            #expect(vehicle.record?.components.count == 10)
            #expect(vehicle.record?.components.contains { $0.tone == .critical } == true)

            // Booked from its page.
            home.open(.book(worst.id))
            let accepted = try await book(home.booking(for: worst.id), at: 10, phone)
            home.leave(.book(worst.id), accepted)
            #expect(home.route[.garage] == [.vehicle(worst.id)] && home.route.part == .bookings)
            #expect(home.accepted == accepted && !accepted.waitsForNetwork)
            try await until("booking") { home.upcoming(at: 10) != nil && home.bookings.record?.pending.isEmpty == true }
            #expect(try await server.booked() == ["10:00 scheduled"])

            home.show(.notifications)
            try await until("messages") { (home.notifications.record?.unread ?? 0) > 0 }
            home.notifications.send(.markAllRead)
            #expect(home.notifications.record?.unread == 0, "shown at once")
            try await until("read") { home.notifications.record?.rows.allSatisfy { $0.pending == nil } == true }

            // In the underground car park.
            server.cut()
            let conditions = Conditions()
            let session = try required(phone.app.session, "session")
            let told = Task { await session.follow(conditions.stream) }
            conditions.tell(network: false)
            try await until("offline") { home.bookings.record?.standing.offline == true }
            home.show(.bookings)
            home.open(.book(nil))
            let waiting = try await book(home.booking(for: nil), at: 11, phone)
            #expect(waiting.waitsForNetwork)
            home.leave(.book(nil), waiting)
            try await until("waiting booking") { home.bookings.record?.pending.first?.startsAt.hour == 11 }
            #expect(home.bookings.record?.pending.first?.pending?.text.key == .pendingNetwork)
            try server.comeBack()
            conditions.tell(network: true)
            try await until("sent booking") { home.upcoming(at: 11) != nil && home.bookings.record?.pending.isEmpty == true }
            #expect(try await server.booked() == ["10:00 scheduled", "11:00 scheduled"])

            // Somebody at home moves the same booking, by another device: decided in two taps.
            let booking = try required(home.upcoming(at: 11), "booking at 11").id
            conditions.tell(network: false)
            try await until("offline") { home.bookings.record?.standing.offline == true }
            home.open(.move(booking))
            home.leave(.move(booking), try await move(home.moving(booking), to: 12, phone))
            #expect(home.accepted?.waitsForNetwork == true && home.route[.bookings].isEmpty)
            let other = try await Phone(server.url)
            let there = try await other.signIn(server.email, server.password)
            try await until("booking there") { there.bookings.record?.upcoming.contains { $0.id == booking } == true }
            there.open(.move(booking))
            try await move(there.moving(booking), to: 15, other)
            try await until("moved there") { there.upcoming(at: 15) != nil && there.bookings.record?.pending.isEmpty == true }
            conditions.tell(network: true)
            try await until("decision") { home.bookings.record?.decisions.isEmpty == false }
            try await until("attention") { home.garage.record?.attention?.count == 1 }
            let decision = try required(home.bookings.record?.decisions.first, "decision")
            #expect(decision.server?.startsAt.hour == 15 && decision.ways.count == 2)
            home.bookings.send(decision.ways[1].intent)
            try await until("decided") { home.bookings.record?.decisions.isEmpty == true && home.upcoming(at: 15) != nil }

            home.bookings.send(.callOff(booking: booking))
            #expect(home.bookings.record?.question?.booking.id == booking, "asked at once")
            home.bookings.send(.confirm)
            try await until("called off") {
                home.bookings.record?.past.contains { $0.id == booking && $0.pending == nil } == true
            }
            #expect(try await server.booked() == ["10:00 scheduled", "15:00 cancelled"])

            home.show(.account)
            try await until("profile") { home.account.record?.profile?.email == server.email }
            conditions.tell(network: false)
            try await until("offline") { home.bookings.record?.standing.offline == true }
            home.open(.book(nil))
            try await book(home.booking(for: nil), at: 14, phone)
            home.account.send(.signOut)
            try await until("question") { home.account.record?.unsent?.count == 1 }
            home.account.send(.discardUnsent)
            try await until("entrance") { session.home == nil && session.entrance != nil }
            #expect(phone.app.kept.flatMap(Kept.init)?.home == nil)
            #expect(try await server.booked() == ["10:00 scheduled", "15:00 cancelled"])
            told.cancel()
        }

        /// Fills the form in and sends it, as its view does.
        @discardableResult
        func book(_ form: BookModel, at hour: UInt8, _ phone: Phone) async throws -> AcceptedBooking {
            let screen = form.screen
            phone.shows(screen)
            try await until("form") { screen.record?.standing.phase == .shown && screen.record?.canSubmit == true }
            if screen.record?.vehicles.contains(where: \.chosen) == false, let first = screen.record?.vehicles.first {
                screen.send(.vehicle(id: first.id))
            }
            screen.send(.service(word: try required(screen.record?.services.first, "service").word))
            return try await move(form, to: hour, phone)
        }

        @discardableResult
        func move(_ form: BookModel, to hour: UInt8, _ phone: Phone) async throws -> AcceptedBooking {
            let screen = form.screen
            phone.shows(screen)
            try await until("form") {
                guard let form = screen.record else { return false }
                return form.canSubmit && (form.typeTime || form.chooseCenter || form.moving != nil)
            }
            if let center = screen.record?.centers.first { screen.send(.center(id: center.id)) }
            let day = try required(screen.record, "form").firstDay
            // As the calendar gives it.
            let later = try required(calendar.date(byAdding: .day, value: 5, to: try required(day.date(in: calendar), "day")), "day")
            let tapped = Set([calendar.dateComponents([.calendar, .era, .year, .month, .day], from: later)])
            screen.send(.day(day: try required(Day.chosen(among: tapped, besides: screen.record?.day), "chosen day")))
            func slot() -> BookSlot? { screen.record?.slots?.free.first { $0.at.hour == hour && $0.at.minute == 0 } }
            try await until("times") { screen.record?.typeTime == true || slot() != nil }
            if let slot = slot() {
                screen.send(.slot(at: slot.at))
                #expect(slot.at == screen.record?.slots?.free.first { $0.chosen }?.at, "shown at once")
            } else {
                screen.send(.time(time: TimeOfDay(hour: hour, minute: 0)))
            }
            screen.send(.submit)
            try await until("acceptance") { screen.record?.accepted != nil || screen.record?.problem != nil }
            return try required(screen.record?.accepted, "acceptance")
        }

        private var calendar: Calendar { Calendar(identifier: .gregorian) }
    }
}

extension Home {
    /// The booking to come that begins then.
    func upcoming(at hour: UInt8) -> BookingRow? {
        bookings.record?.upcoming.first { $0.startsAt.hour == hour && $0.startsAt.minute == 0 }
    }
}

/// What the system would say of the device.
struct Conditions {
    let stream: AsyncStream<DeviceConditions>
    private let teller: AsyncStream<DeviceConditions>.Continuation

    init() {
        (stream, teller) = AsyncStream.makeStream()
    }

    func tell(network: Bool) {
        teller.yield(DeviceConditions(network: network, dataSaver: false, lowBattery: false))
    }
}
