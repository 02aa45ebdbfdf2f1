//  What is done with an account, through the model that its views draw.

import Foundation
import Person
import Pmi
import Testing

@testable import PmiModels

extension OneAtATime {
    @MainActor
    @Suite(.timeLimit(.minutes(2)))
    struct AccountTests {
        @Test(arguments: Dialect.allCases)
        func aProfileIsChanged(_ dialect: Dialect) async throws {
            let server = try Server.start(dialect)
            let phone = try await Phone(server.url)
            let account = try await phone.signIn(server.email, server.password).account
            try await until("profile") { account.record?.standing.isSettled == true && account.record?.profile != nil }
            // What a platform cannot do is not offered.
            #expect(account.record?.canEdit == (dialect == .v2))
            guard dialect == .v2 else { return }

            account.send(.edit)
            #expect(account.record?.sheet?.id == .profile)
            account.send(.change(field: .phone, text: "half of a"))
            account.send(.close)
            #expect(account.record?.sheet == nil)

            account.send(.edit)
            account.send(.change(field: .phone, text: ""))
            #expect(account.record?.edit?.phone.problem == nil, "not while it is typed")
            account.send(.left(field: .phone))
            #expect(account.record?.edit?.phone.problem != nil && account.record?.fault == nil, "the cursor is elsewhere by now")
            account.send(.submit)
            #expect(account.record?.fault == .phone)
            account.send(.change(field: .firstName, text: ""))
            account.send(.submit)
            #expect(account.record?.fault == .firstName, "the first of them")
            account.send(.change(field: .firstName, text: "Asha"))
            account.send(.change(field: .phone, text: "+91 98450 11111"))
            account.send(.submit)
            try await until("saved") { account.record?.sheet == nil && account.record?.note != nil }
            #expect(account.record?.profile?.phone == "+91 98450 11111")
            await account.send(.refresh) { !$0.standing.refreshing }
            #expect(account.record?.profile?.phone == "+91 98450 11111", "the server has it")
        }

        @Test func aPasswordIsChanged() async throws {
            let server = try Server.start(.v2)
            let phone = try await Phone(server.url)
            let account = try await phone.signIn(server.email, server.password).account
            try await until("profile") { account.record?.canChangePassword == true }
            account.send(.changePassword)
            #expect(account.record?.sheet?.id == .password)
            account.send(.change(field: .currentPassword, text: "not-this-one"))
            account.send(.change(field: .newPassword, text: "a-new-one-4321"))
            account.send(.change(field: .repeatedPassword, text: "another-one-4321"))
            account.send(.submit)
            #expect(account.record?.fault == .repeatedPassword)
            account.send(.change(field: .repeatedPassword, text: "a-new-one-4321"))
            account.send(.submit)
            #expect(account.record?.busy == true)
            try await until("refusal") { account.record?.busy == false }
            #expect(account.record?.fault == .currentPassword, "what the server found is at its field")
            for (field, text) in [
                (AccountField.currentPassword, server.password), (.newPassword, "a-new-one-4321"), (.repeatedPassword, "a-new-one-4321"),
            ] { account.send(.change(field: field, text: text)) }
            account.send(.submit)
            try await until("changed") { account.record?.sheet == nil && account.record?.note != nil }
            account.send(.signOut)
            try await until("entrance") { phone.app.session?.entrance != nil }
            _ = try await phone.signIn(server.email, "a-new-one-4321")
        }

        @Test(arguments: Dialect.allCases)
        func aCopyOfAllThatIsHeldIsMadeAndForgotten(_ dialect: Dialect) async throws {
            let server = try Server.start(dialect)
            let phone = try await Phone(server.url)
            let account = try await phone.signIn(server.email, server.password).account
            try await until("profile") { account.record?.profile != nil }
            #expect(account.record?.canExport == (dialect == .v2))
            guard dialect == .v2 else { return }
            let client = try required(phone.app.session, "session").client
            client.setNetwork(up: false)
            account.send(.export)
            try await until("problem") { account.record?.problem != nil }
            #expect(account.record?.exporting == false && account.record?.problem?.step(AppLinks()) == .retry)
            client.setNetwork(up: true)
            account.send(.tryAgain)
            #expect(account.record?.exporting == true)
            try await until("copy") { account.record?.exported != nil }
            let copy = try required(account.record?.exported, "copy")
            #expect(copy.content.contains(server.email) && copy.fileName.hasSuffix(".json"))
            account.send(.exportTaken)
            #expect(account.record?.exported == nil)
        }

        @Test func anAccountIsDeletedOnceThatIsConfirmed() async throws {
            let server = try Server.start(.v2)
            let phone = try await Phone(server.url)
            let account = try await phone.signIn(server.email, server.password).account
            try await until("profile") { account.record?.canDelete == true }
            account.send(.delete)
            #expect(account.record?.sheet?.id == .deletion)
            account.send(.submit)
            #expect(account.record?.fault == .currentPassword)
            account.send(.change(field: .currentPassword, text: server.password))
            account.send(.submit)
            guard case .deletion(let form) = account.record?.sheet else { throw Missing("deletion") }
            #expect(form.confirm != nil)
            account.send(.confirm)
            try await until("entrance") { phone.app.session?.entrance != nil }
            let form2 = try await phone.entrance().signIn()
            phone.shows(form2)
            form2.send(.email(text: server.email))
            form2.send(.password(text: server.password))
            form2.send(.submit)
            try await until("refusal") { form2.record?.problem != nil }
        }

        @Test(arguments: Dialect.allCases)
        func whatWasNotSentIsKeptForThisPersonsNextSignIn(_ dialect: Dialect) async throws {
            let server = try Server.start(dialect)
            let phone = try await Phone(server.url)
            let home = try await phone.signIn(server.email, server.password)
            let session = try required(phone.app.session, "session")
            _ = try await session.client.shownGarage()
            session.client.setNetwork(up: false)
            try await session.client.book(at: 11)
            home.account.send(.signOut)
            try await until("question") { home.account.record?.sheet?.id == .unsent }
            #expect(home.account.record?.sheet?.closing == .stay)
            home.account.send(.stay)
            #expect(home.account.record?.sheet == nil && session.home === home, "closed, it is as if nothing was asked")
            home.account.send(.signOut)
            try await until("question again") { home.account.record?.sheet?.id == .unsent }
            home.account.send(.keepUnsent)
            try await until("entrance") { session.entrance != nil }
            session.client.setNetwork(up: true)
            #expect(try await server.booked().isEmpty)
            _ = try await phone.signIn(server.email, server.password)
            try await until("sent") { try await !server.booked().isEmpty }
            #expect(try await server.booked() == ["11:00 scheduled"])
        }
    }
}
