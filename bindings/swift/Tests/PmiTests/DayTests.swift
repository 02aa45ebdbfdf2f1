//  A customer's day with either platform, through the screens alone. What the server has in the end is asked of the server.

import Foundation
import Person
import Pmi
import Testing

extension OneAtATime {
    @Suite(.timeLimit(.minutes(3)))
    struct DayTests {
        let device = Device()

        /// A server whose data outlive it.
        func server(_ dialect: Dialect) throws -> Server {
            try FileManager.default.createDirectory(at: device.folder, withIntermediateDirectories: true)
            return try Server.start(dialect, database: device.folder.appendingPathComponent("server.sqlite3"))
        }

        @Test(arguments: Dialect.allCases)
        func aCustomersDayFromSignInToConflict(_ dialect: Dialect) async throws {
            let server = try server(dialect)
            let client = try device.open(server.url)
            let welcome = client.welcome()
            _ = try await welcome.records.until { $0.start == .welcome }
            #expect(try await client.signIn(server.email, server.password).done)
            _ = try await welcome.records.until { $0.start == .home }

            // The vehicle that needs it most.
            let garage = try await client.garage().records.until { $0.standing.isSettled }
            let worst = try required(garage.vehicles.first, "vehicle")
            // The lists of the two judge a vehicle as a whole each in their own way.
            #expect(worst.health?.tone == (dialect == .v1 ? .warning : .critical))
            let page = try await client.vehicle(id: worst.id).records.until { $0.standing.phase == .shown && $0.canBook }
            #expect(page.heading?.name == worst.name)
            #expect(page.components.count == 10 && page.telemetry != nil)
            #expect(page.components.contains { $0.tone == .critical })

            let bookings = client.bookings()
            #expect(try await !client.book(at: 10).waitsForNetwork)
            _ = try await bookings.records.until { $0.pending.isEmpty && $0.upcoming.contains(at: 10) }
            #expect(try await server.booked() == ["10:00 scheduled"])

            let notifications = client.notifications()
            let told = try await notifications.records.until { $0.standing.phase == .shown }
            #expect(told.unread > 0 && told.canMarkAll)
            notifications.send(.markAllRead)
            let read = try await notifications.records.until { $0.unread == 0 && $0.rows.allSatisfy { $0.pending == nil } }
            #expect(read.rows.count == told.rows.count && read.problem == nil)

            // In the underground car park.
            server.cut()
            client.setNetwork(up: false)
            #expect(try await client.book(at: 11).waitsForNetwork)
            let waits = try await bookings.records.until { $0.pending.contains(at: 11) }
            #expect(waits.pending.first?.pending?.text.key == .pendingNetwork)
            #expect(waits.upcoming.contains(at: 10) && waits.decisions.isEmpty)
            try server.comeBack()
            client.setNetwork(up: true)
            let sent = try await bookings.records.until { $0.pending.isEmpty && $0.upcoming.contains(at: 11) }
            #expect(sent.upcoming.contains(at: 10) && sent.decisions.isEmpty)
            #expect(try await server.booked() == ["10:00 scheduled", "11:00 scheduled"])

            // Somebody at home moves the same booking, by another device.
            let booking = try required(sent.upcoming.first { $0.startsAt.hour == 11 }, "booking at 11").id
            let decision = try await conflict(over: booking, of: client, at: 12, with: 15, on: server)
            bookings.send(decision.ways[1].intent)
            _ = try await bookings.records.until { $0.decisions.isEmpty && $0.upcoming.contains(at: 15) }
            bookings.send(.callOff(booking: booking))
            #expect(try await bookings.records.until { $0.question != nil }.question?.booking.id == booking)
            bookings.send(.confirm)
            let calledOff = try await bookings.records.until { $0.pending.isEmpty && $0.past.contains(at: 15) }
            #expect(calledOff.question == nil && calledOff.problem == nil && calledOff.decisions.isEmpty)
            #expect(try await server.booked() == ["10:00 scheduled", "15:00 cancelled"])

            let account = client.account()
            let own = try await account.records.until { $0.profile != nil && !$0.standing.refreshing }
            #expect(own.profile?.email == server.email)
            if dialect == .v2 {
                _ = try await account.records.until { $0.canEdit }
                account.send(.edit)
                account.send(.change(field: .phone, text: "+919811111111"))
                account.send(.submit)
                let saved = try await account.records.until { !$0.busy && $0.profile?.phone == "+919811111111" }
                #expect(saved.note?.key == .accountProfileSaved && saved.problem == nil)
            } else {
                #expect(!own.canEdit)
            }

            client.setNetwork(up: false)
            try await client.book(at: 14)
            account.send(.signOut)
            #expect(try await account.records.until { $0.unsent != nil }.unsent?.count == 1)
            account.send(.discardUnsent)
            _ = try await account.records.until { $0.done }
            #expect(client.session == .signedOut)
            #expect(try await server.booked() == ["10:00 scheduled", "15:00 cancelled"])
        }

        @Test(arguments: Dialect.allCases)
        func aBookingMadeOfflineIsSentOnceWhenTheNetworkIsBack(_ dialect: Dialect) async throws {
            let server = try server(dialect)
            let client = try device.open(server.url)
            try await client.signIn(server.email, server.password)
            _ = try await client.shownGarage()
            let bookings = client.bookings()
            let before = try await bookings.records.until { $0.standing.isSettled && $0.canBook }
            server.cut()
            client.setNetwork(up: false)
            #expect(try await client.book(at: 10).waitsForNetwork)
            let waits = try await bookings.records.until { $0.pending.contains(at: 10) }
            #expect(waits.pending.count == 1 && waits.pending[0].canCallOff)
            try server.comeBack()
            // Asked for again and again, it goes once.
            for _ in 0..<5 { client.setNetwork(up: true) }
            let report = try await client.sync()
            #expect(report.remaining == 0 && report.attention == 0)
            let sent = try await bookings.records.until { $0.pending.isEmpty && $0.upcoming.contains(at: 10) }
            #expect(sent.upcoming.count == before.upcoming.count + 1)
            #expect(try await server.booked() == ["10:00 scheduled"])
        }

        @Test(arguments: Dialect.allCases)
        func aBookingAnotherDeviceChangedIsDecidedByThePerson(_ dialect: Dialect) async throws {
            let server = try server(dialect)
            let client = try device.open(server.url)
            try await client.signIn(server.email, server.password)
            _ = try await client.shownGarage()
            let bookings = client.bookings()
            try await client.book(at: 10)
            let made = try await bookings.records.until { $0.pending.isEmpty && $0.upcoming.contains(at: 10) }
            let booking = try required(made.upcoming.first { $0.startsAt.hour == 10 }, "booking at 10").id

            // What the other device did stays.
            let first = try await conflict(over: booking, of: client, at: 11, with: 15, on: server)
            bookings.send(first.ways[1].intent)
            let kept = try await bookings.records.until { $0.decisions.isEmpty && $0.upcoming.contains(at: 15) }
            #expect(kept.problem == nil)
            #expect(try await server.booked() == ["15:00 scheduled"])

            // What was asked here is done.
            let second = try await conflict(over: booking, of: client, at: 12, with: 16, on: server)
            bookings.send(second.ways[0].intent)
            let insisted = try await bookings.records.until {
                $0.decisions.isEmpty && $0.pending.isEmpty && $0.upcoming.contains(at: 12)
            }
            #expect(insisted.problem == nil)
            #expect(try await server.booked() == ["12:00 scheduled"])
        }

        @Test(arguments: Dialect.allCases)
        func signingOutWithSomethingUnsentAsksFirst(_ dialect: Dialect) async throws {
            let server = try server(dialect)
            let client = try device.open(server.url)
            try await client.signIn(server.email, server.password)
            _ = try await client.shownGarage()
            client.setNetwork(up: false)
            try await client.book(at: 10)
            #expect(await thrown { try await client.signOut() } == .unsent(count: 1))

            let account = client.account()
            account.send(.signOut)
            let asked = try await account.records.until { $0.unsent != nil }
            #expect(asked.unsent?.count == 1 && !asked.done)
            account.send(.stay)
            _ = try await account.records.until { $0.unsent == nil && !$0.signingOut }
            #expect(client.session == .signedIn)
            account.send(.signOut)
            _ = try await account.records.until { $0.unsent != nil }
            account.send(.keepUnsent)
            _ = try await account.records.until { $0.done }
            #expect(client.session == .signedOut)

            // It was kept for the same person, and goes with them.
            client.setNetwork(up: true)
            #expect(try await server.booked().isEmpty)
            #expect(try await client.signIn(server.email, server.password).done)
            _ = try await client.bookings().records.until { $0.pending.isEmpty && $0.upcoming.contains(at: 10) }
            #expect(try await server.booked() == ["10:00 scheduled"])
        }

        @Test(arguments: Dialect.allCases)
        func everyScreenOpensAndShowsWithoutAnError(_ dialect: Dialect) async throws {
            let server = try server(dialect)
            let client = try device.open(server.url)
            #expect(try await client.welcome().records.until { $0.start == .welcome && !$0.busy }.problem == nil)
            #expect(try client.signIn().now.problem == nil)
            #expect(try client.register().now.problem == nil)
            #expect(try client.forgottenPassword().now.problem == nil)
            try await client.signIn(server.email, server.password)
            _ = try await client.capabilities()
            #expect(try await client.welcome().records.until { $0.start == .home }.problem == nil)
            let garage = try await client.garage().records.until { $0.standing.isSettled }
            let vehicle = try required(garage.vehicles.first, "vehicle").id
            try await client.book(at: 10)
            let bookings = try await client.bookings().records.until { $0.standing.isSettled && $0.upcoming.contains(at: 10) }
            let booking = try required(bookings.upcoming.first { $0.canMove }, "booking that can be moved").id
            let standings = [
                garage.standing,
                bookings.standing,
                try await client.account().records.until { $0.standing.isSettled }.standing,
                try await client.book(vehicle: vehicle).records.until { $0.standing.isSettled }.standing,
                try await client.moveBooking(booking).records.until { $0.standing.isSettled }.standing,
                try await client.notifications().records.until { $0.standing.isSettled }.standing,
                try await client.vehicle(id: vehicle).records.until { $0.standing.isSettled }.standing,
            ]
            let diagnostics = try await client.diagnostics().records.until { $0.phase == .shown && !$0.refreshing }
            #expect(diagnostics.problem == nil && diagnostics.outbox?.waiting == 0 && !diagnostics.trail.isEmpty)
            for standing in standings {
                #expect(standing.phase == .shown && standing.problem == nil && !standing.offline && !standing.stale)
                #expect(standing.asOf != nil)
            }
        }

        @Test(arguments: Dialect.allCases)
        func killedWhileABookingWaitsItIsSentAfterTheNextStart(_ dialect: Dialect) async throws {
            let server = try server(dialect)
            let child = try Child(
                built("Child"), [server.url.absoluteString, device.folder.path, server.email, server.password, "10"])
            #expect(try child.line() == "waits")
            child.kill()
            #expect(try await server.booked().isEmpty)
            let client = try device.open(server.url)
            let bookings = client.bookings()
            let sent = try await bookings.records.until { $0.pending.isEmpty && $0.upcoming.contains(at: 10) }
            #expect(sent.decisions.isEmpty)
            #expect(try await server.booked() == ["10:00 scheduled"])
        }

        /// Moves a booking here without a network, and meanwhile elsewhere with one; gives what is to be decided then.
        func conflict(
            over booking: BookingId, of client: PmiClient, at hour: UInt8, with others: UInt8, on server: Server
        ) async throws -> BookingDecision {
            client.setNetwork(up: false)
            #expect(try await client.move(booking, to: hour).waitsForNetwork)
            let other = try Device().open(server.url)
            try await other.signIn(server.email, server.password)
            _ = try await other.capabilities()
            _ = try await other.bookings().records.until { list in list.upcoming.contains { $0.id == booking } }
            try await other.move(booking, to: others)
            _ = try await other.bookings().records.until { $0.pending.isEmpty && $0.upcoming.contains(at: others) }
            client.setNetwork(up: true)
            let shown = try await client.bookings().records.until { !$0.decisions.isEmpty && $0.canBook }
            let decision = shown.decisions[0]
            #expect(decision.why.key == .pendingChanged && decision.asked.key == .askedMove)
            #expect(decision.server?.startsAt.hour == others)
            #expect(decision.ways.map(\.text.key) == [.wayInsist, .wayKeepServers])
            return decision
        }
    }
}

extension [BookingRow] {
    func contains(at hour: UInt8) -> Bool { contains { $0.startsAt.hour == hour && $0.startsAt.minute == 0 } }
}
