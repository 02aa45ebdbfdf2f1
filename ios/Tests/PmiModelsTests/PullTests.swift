//  A pull lasts as long as what it asked for.

import Foundation
import Person
import Pmi
import Testing

@testable import PmiModels

extension OneAtATime {
    @MainActor
    @Suite(.timeLimit(.minutes(2)))
    struct PullTests {
        @Test func aPullLastsUntilItsAnswer() async throws {
            let server = try Server.start(.v2)
            let phone = try await Phone(server.url)
            let home = try await phone.signIn(server.email, server.password)
            try await until("garage") { home.garage.record?.vehicles.isEmpty == false && home.garage.record?.standing.isSettled == true }
            let id = try required(home.garage.record?.vehicles.first, "vehicle").id
            home.open(.vehicle(id))
            let vehicle = home.vehicle(id)
            phone.shows(vehicle)
            home.open(.book(id))
            let book = home.booking(for: id).screen
            phone.shows(book)
            home.open(.diagnostics)
            let diagnostics = home.diagnostics()
            phone.shows(diagnostics)
            try await until("all") {
                [
                    home.garage.record?.standing, home.bookings.record?.standing, home.notifications.record?.standing,
                    home.account.record?.standing, vehicle.record?.standing, book.record?.standing,
                ].allSatisfy { $0?.isSettled == true } && diagnostics.record?.phase == .shown && diagnostics.record?.refreshing == false
            }
            try await lasts("garage", server) { await home.garage.send(.refresh) { !$0.standing.refreshing } }
            try await lasts("bookings", server) { await home.bookings.send(.refresh) { !$0.standing.refreshing } }
            try await lasts("notifications", server) { await home.notifications.send(.refresh) { !$0.standing.refreshing } }
            try await lasts("account", server) { await home.account.send(.refresh) { !$0.standing.refreshing } }
            try await lasts("vehicle", server) { await vehicle.send(.refresh) { !$0.standing.refreshing } }
            try await lasts("book", server) { await book.send(.refresh) { !$0.standing.refreshing } }
            try await lasts("diagnostics", server) { await diagnostics.send(.refresh) { !$0.refreshing } }
        }

        /// Whether it is under way as long as the server holds what it asks for, and over afterwards.
        private func lasts(_ what: String, _ server: Server, _ pull: @escaping @MainActor () async -> Void) async throws {
            try await server.hold("/", what)
            var isOver = false
            let pulling = Task {
                await pull()
                isOver = true
            }
            try await until("\(what): request") { try await server.held(what) > 0 }
            #expect(!isOver, "\(what)")
            try await server.release(what)
            await pulling.value
        }
    }
}
