//  What outlives the process, what the system takes back, and what the person chooses of the app itself.

import Foundation
import Person
import Pmi
import Testing

@testable import PmiModels

extension OneAtATime {
    @MainActor
    @Suite(.timeLimit(.minutes(2)))
    struct KeptTests {
        @Test(arguments: Dialect.allCases)
        func aFormIsAsItWasFilledInBeforeTheProcessEnded(_ dialect: Dialect) async throws {
            let server = try Server.start(dialect)
            let phone = try await Phone(server.url)
            let home = try await phone.signIn(server.email, server.password)
            home.open(.book(nil))
            let form = home.booking(for: nil).screen
            phone.shows(form)
            try await until("form") {
                form.record?.vehicles.isEmpty == false && (form.record?.typeTime == true || form.record?.centers.isEmpty == false)
            }
            let shown = try required(form.record, "form")
            form.send(.vehicle(id: try required(shown.vehicles.last, "vehicle").id))
            form.send(.service(word: try required(shown.services.last, "service").word))
            if let center = shown.centers.last { form.send(.center(id: center.id)) }
            form.send(.day(day: shown.days[6].day))
            form.send(.time(time: TimeOfDay(hour: 16, minute: 30)))
            form.send(.notes(text: "It squeaks when it rains"))
            let filled = try required(form.record, "form").draft.text
            #expect(filled.contains("It squeaks when it rains"))
            home.isAdding = true
            home.garage.send(.vin(text: "WVWZZZ1JZ3W"))
            let kept = try required(phone.app.kept, "what is kept")
            phone.app.session?.client.close()

            let again = try await Phone(server.url, phone.device, kept: kept)
            let session = try required(again.app.session, "session")
            try await until("home") { session.home != nil }
            let home2 = try required(session.home, "home")
            #expect(Kept(try required(again.app.kept, "what is kept"))?.home?.drafts == [.book(nil): filled], "also before it is opened again")
            #expect(home2.isAdding && home2.garage.record?.add.vin.value == "WVWZZZ1JZ3W")
            let form2 = home2.booking(for: nil).screen
            again.shows(form2)
            try await until("form again") { form2.record?.standing.phase == .shown && form2.record?.draft.text == filled }
            let there = try required(form2.record, "form again")
            #expect(there.notes.value == "It squeaks when it rains" && there.day == shown.days[6].day && there.time?.minute == 30)
            #expect(there.vehicles.last?.chosen == true && there.services.last?.chosen == true)
            home2.route[.garage] = []
            #expect(Kept(try required(again.app.kept, "what is kept"))?.home?.drafts.isEmpty == true, "what was left is gone")
            var route = Route()
            route[.garage] = [.book(nil)]
            let unopened = Home(session.client, Home.Kept(route: route, drafts: [.book(nil): filled]))
            unopened.route[.garage] = []
            #expect(unopened.kept.drafts.isEmpty, "also where it was not opened again")
        }

        @Test func whatSomebodyTypedWhoIsNotSignedInIsKeptWithoutASecret() async throws {
            let server = try Server.start(.v2)
            let phone = try await Phone(server.url)
            let entrance = try await phone.entrance()
            entrance.path = [.signIn, .register]
            entrance.signIn().send(.email(text: "asha@example.com"))
            entrance.signIn().send(.password(text: "kept-by-nobody-1"))
            for (field, text) in [
                (RegisterField.email, "meera@example.com"), (.password, "kept-by-nobody-2"), (.repeated, "kept-by-nobody-3"),
                (.firstName, "Meera"), (.lastName, "Rao"), (.phone, "+91 98450 22222"), (.address, "4 Church Street"),
            ] { entrance.register().send(.change(field: field, text: text)) }
            let registering = try required(phone.app.kept, "what is kept")
            entrance.path = [.signIn, .forgottenPassword]
            let reset = entrance.forgottenPassword()
            phone.shows(reset)
            try await until("form") { reset.record?.available == true }
            reset.send(.change(field: .email, text: server.email))
            reset.send(.submit)
            try await until("step") { reset.record?.step == .set }
            reset.send(.change(field: .code, text: "kept-by-nobody-4"))
            let resetting = try required(phone.app.kept, "what is kept")
            for kept in [registering, resetting] {
                #expect(kept.range(of: Data("kept-by-nobody".utf8)) == nil && kept.range(of: Data("asha@example.com".utf8)) != nil)
            }
            phone.app.session?.client.close()

            let first = try await Phone(server.url, phone.device, kept: registering)
            let there = try await first.entrance()
            #expect(there.path == [.signIn, .register] && there.signIn().record?.email.value == "asha@example.com")
            let form = try required(there.register().record, "registration")
            #expect(form.draft == RegisterDraft(
                email: "meera@example.com", firstName: "Meera", lastName: "Rao", phone: "+91 98450 22222", address: "4 Church Street"))
            #expect(!form.password.filled && !form.repeated.filled)
            first.app.session?.client.close()

            // Back from their mail with the code.
            let second = try await Phone(server.url, phone.device, kept: resetting)
            let back = try await second.entrance()
            let step = back.forgottenPassword()
            second.shows(step)
            try await until("step") { step.record?.phase == .shown && step.record?.step == .set }
            #expect(back.path == [.signIn, .forgottenPassword] && step.record?.code.value == "")
            // What is kept of a phone that nobody is signed in on is nothing for somebody who is.
            let home = try await second.signIn(server.email, server.password)
            #expect(home.route == Route())
            #expect(Kept(try required(second.app.kept, "what is kept"))?.entrance == nil)
        }

        @Test func aBackgroundTaskThatRunsOutOfTimeHoldsNoFile() async throws {
            let server = try Server.start(.v2)
            let phone = try await Phone(server.url)
            _ = try await phone.signIn(server.email, server.password)
            phone.app.session?.client.close()
            let device = phone.device
            for isShown in [false, true] {
                let app = AppModel(opening: { () throws(PmiError) in try device.open(server.url) })
                if isShown {
                    await app.open()
                    try await required(app.session, "session").client.suspend()
                }
                try await server.hold("/", "\(isShown)")
                let task = Task { await app.syncInBackground() }
                try await until("held request") { try await server.held("\(isShown)") > 0 }
                #expect(device.openFiles.contains("durable.sqlite3"))
                // The system takes its time back.
                task.cancel()
                #expect(await task.value == .again)
                #expect(device.openFiles == [])
                let client = try required(app.session, "session").client
                await #expect(throws: PmiError.suspended) { try await client.capabilities() }
                try await server.release("\(isShown)")
                try await client.resume()
                _ = try await client.capabilities()
                client.close()
            }
        }

        @Test func anAppThatCameToTheFrontGoesOn() async throws {
            let server = try Server.start(.v2)
            let phone = try await Phone(server.url)
            _ = try await phone.signIn(server.email, server.password)
            phone.app.session?.client.close()
            let device = phone.device
            let app = AppModel(opening: { () throws(PmiError) in try device.open(server.url) })
            await app.open()
            app.isInFront = true
            let client = try required(app.session, "session").client
            try await server.hold("/", "it")
            let task = Task { await app.syncInBackground() }
            try await until("held request") { try await server.held("it") > 0 }
            task.cancel()
            _ = await task.value
            try await server.release("it")
            _ = try await client.capabilities()
        }

        @Test func howItLooksIsKept() throws {
            let name = "pmi-\(UUID().uuidString)"
            let defaults = try required(UserDefaults(suiteName: name), "defaults")
            defer { defaults.removePersistentDomain(forName: name) }
            func app() -> AppModel { AppModel(defaults: defaults, opening: { () throws(PmiError) in throw .closed }) }
            #expect(app().appearance == .system)
            for appearance in Appearance.allCases {
                app().appearance = appearance
                #expect(app().appearance == appearance)
            }
            defaults.set("sepia", forKey: Appearance.key)
            #expect(app().appearance == .system, "of a later version")
        }

        @Test func aPickerBeginsWithTheTimeThatTheRecordHas() async throws {
            let client = try PmiClient(inMemory: MemoryServer())
            let record = try required(ScreenModel(client.book(vehicle: nil)).record, "form")
            #expect(record.moving == nil && record.timeBegins == TimeOfDay(hour: 10, minute: 0))
            client.close()
        }
    }
}

extension Device {
    /// Which of its files this process has open.
    fileprivate var openFiles: Set<String> {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        let open = all.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)") }
        return Set(open.filter { $0.hasPrefix(folder.path) }.map { URL(fileURLWithPath: $0).lastPathComponent })
    }
}
