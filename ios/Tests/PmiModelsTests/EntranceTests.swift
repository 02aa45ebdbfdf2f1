//  The ways in, and what somebody new does first, through the models that the views draw.

import Foundation
import Person
import Pmi
import Testing

@testable import PmiModels

extension OneAtATime {
    @MainActor
    @Suite(.timeLimit(.minutes(2)))
    struct EntranceTests {
        @Test(arguments: Dialect.allCases)
        func somebodyNewRegistersAndAddsAVehicle(_ dialect: Dialect) async throws {
            let server = try Server.start(dialect)
            let phone = try await Phone(server.url)
            let session = try required(phone.app.session, "session")
            let entrance = try await phone.entrance()
            entrance.path = [.register]
            let form = entrance.register()
            phone.shows(form)
            form.send(.submit)
            #expect(form.record?.fault == .email, "the first of all that is missing")
            let filled: [(RegisterField, String)] = [
                (.email, "meera.rao@example.com"), (.password, "ride-safe-2027"), (.repeated, "ride-safe-2026"), (.firstName, "Meera"),
                (.lastName, "Rao"), (.phone, "+91 98450 22222"), (.address, "4 Church Street, Bengaluru"),
            ]
            for (field, text) in filled { form.send(.change(field: field, text: text)) }
            form.send(.left(field: .repeated))
            #expect(form.record?.repeated.problem != nil && form.record?.fault == nil, "the cursor is elsewhere by now")
            form.send(.submit)
            #expect(form.record?.fault == .repeated)
            form.send(.change(field: .repeated, text: "ride-safe-2027"))
            #expect(form.record?.fault == nil)
            form.send(.submit)
            try await until("home") { session.home != nil }
            let home = try required(session.home, "home")
            phone.shows(home.garage)
            try await until("garage") { home.garage.record?.standing.isSettled == true }
            #expect(home.garage.record?.vehicles.isEmpty == true)
            #expect(home.garage.record?.canAdd == (dialect == .v2))
            guard dialect == .v2 else { return }

            home.isAdding = true
            home.garage.send(.vin(text: "WVWZZZ"))
            #expect(home.garage.record?.add.vin.problem == nil, "not while it is typed")
            home.garage.send(.vinLeft)
            #expect(home.garage.record?.add.vin.problem != nil)
            home.garage.send(.addClosed)
            #expect(home.garage.record?.add.vin.value == "")
            home.garage.send(.vin(text: try required(server.unclaimed.first, "vehicle of nobody")))
            home.garage.send(.add)
            try await until("added") { home.garage.record?.add.added != nil }
            try await until("vehicle") { home.garage.record?.vehicles.count == 1 }
        }

        @Test(arguments: Dialect.allCases)
        func aForgottenPasswordIsReset(_ dialect: Dialect) async throws {
            let server = try Server.start(dialect)
            let phone = try await Phone(server.url)
            let entrance = try await phone.entrance()
            let signIn = entrance.signIn()
            phone.shows(signIn)
            signIn.send(.email(text: "no address"))
            signIn.send(.emailLeft)
            #expect(signIn.record?.email.problem != nil && signIn.record?.fault == nil)
            signIn.send(.submit)
            #expect(signIn.record?.fault == .email)
            signIn.send(.email(text: server.email))
            #expect(signIn.record?.fault == nil)
            signIn.send(.submit)
            #expect(signIn.record?.fault == .password)

            entrance.path = [.signIn, .forgottenPassword]
            let form = entrance.forgottenPassword()
            phone.shows(form)
            try await until("form") { form.record?.phase == .shown }
            #expect(form.record?.available == (dialect == .v2))
            guard dialect == .v2 else { return }
            form.send(.left(field: .email))
            #expect(form.record?.email.problem != nil && form.record?.fault == nil)
            form.send(.submit)
            #expect(form.record?.fault == .email)
            form.send(.change(field: .email, text: server.email))
            form.send(.submit)
            try await until("step") { form.record?.step == .set }
            form.send(.askAgain)
            #expect(form.record?.step == .ask)
            form.send(.haveCode)
            #expect(form.record?.step == .set)
            form.send(.change(field: .code, text: try await server.code()))
            form.send(.change(field: .password, text: "a-new-one-4321"))
            form.send(.change(field: .repeated, text: "a-new-one-4322"))
            form.send(.submit)
            #expect(form.record?.fault == .repeated)
            form.send(.change(field: .repeated, text: "a-new-one-4321"))
            form.send(.submit)
            try await until("new password") { form.record?.step == .done }
            entrance.goToSignIn()
            _ = try await phone.signIn(server.email, "a-new-one-4321")
        }

        @Test func whatTheServerCanDoIsAskedAgain() async throws {
            let server = try Server.start(.v2)
            server.cut()
            let phone = try await Phone(server.url)
            let entrance = try await phone.entrance()
            let form = entrance.forgottenPassword()
            phone.shows(form)
            try await until("failure") { form.record?.phase == .failed }
            try server.comeBack()
            form.send(.refresh)
            try await until("form") { form.record?.phase == .shown && form.record?.available == true }
        }

        @Test(arguments: Dialect.allCases)
        func howThingsStandIsReadReportedAndForgotten(_ dialect: Dialect) async throws {
            let server = try Server.start(dialect)
            let phone = try await Phone(server.url)
            let screen = try await phone.entrance().diagnostics()
            phone.shows(screen)
            try await until("diagnostics") { screen.record?.phase == .shown }
            screen.send(.refresh)
            try await until("how the server is") { screen.record?.serverHealth != nil }
            screen.send(.tryAgain)
            #expect(screen.record?.problem == nil && screen.record?.exporting == false, "nothing went wrong")
            screen.send(.export)
            try await until("report") { screen.record?.exported != nil }
            #expect(screen.record?.exported?.content.contains(server.email) == false)
            screen.send(.exportTaken)
            #expect(screen.record?.exported == nil)
        }

        @Test func whatWasLostOfADamagedFileIsToldOnce() async throws {
            let server = try Server.start(.v2)
            let phone = try await Phone(server.url)
            _ = try await phone.signIn(server.email, server.password)
            phone.app.session?.client.close()
            let durable = phone.device.folder.appendingPathComponent("data/durable.sqlite3")
            try Data(repeating: 0x5a, count: 20_000).write(to: durable)
            let again = try await Phone(server.url, phone.device)
            let session = try required(again.app.session, "session")
            try await until("what became of it") { session.welcome?.salvaged != nil }
            session.send(.salvageSeen)
            try await until("it is told no more") { session.welcome?.salvaged == nil }
        }

        @Test func keysThatCannotBeReadAreLookedForAgain() async throws {
            let server = try Server.start(.v2)
            let phone = try await Phone(server.url)
            _ = try await phone.signIn(server.email, server.password)
            phone.app.session?.client.close()
            let keys = phone.device.folder.appendingPathComponent("keys/secrets.json")
            let aside = phone.device.folder.appendingPathComponent("aside.json")
            let device = phone.device
            let again = Phone { () throws(PmiError) in
                let client = try device.open(server.url)
                // Locked just now, as a phone's keys are before it is unlocked for the first time.
                try? FileManager.default.moveItem(at: keys, to: aside)
                try? FileManager.default.createDirectory(at: keys, withIntermediateDirectories: true)
                return client
            }
            await again.app.open()
            again.follow(try required(again.app.session, "session"))
            let session = try required(again.app.session, "session")
            try await until("problem") { session.welcome?.problem != nil }
            #expect(session.home == nil && session.entrance == nil, "nobody is signed out for it")
            try FileManager.default.removeItem(at: keys)
            try FileManager.default.moveItem(at: aside, to: keys)
            session.send(.tryAgain)
            try await until("home") { session.home != nil }
        }
    }
}
