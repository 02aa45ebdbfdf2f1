import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// A form of the account on a page of its own, which can be closed.
private struct FormPage<Content: View>: View {
    @Environment(\.speech) private var speech
    let title: String
    let model: ScreenModel<Account, AccountIntent>
    let account: Account
    @ViewBuilder let content: () -> Content

    var body: some View {
        NavigationStack {
            Page(title) {
                content()
                MaybeProblem(problem: account.problem) { model.send(.submit) }
            }
            .toolbar {
                ToolbarItem(placement: .cancellationAction) { Button(speech(.cancel)) { model.send(.close) } }
            }
        }
        .interactiveDismissDisabled(account.busy)
    }
}

/// The profile while it is edited.
struct ProfileFormView: View {
    @Environment(\.speech) private var speech
    let model: ScreenModel<Account, AccountIntent>
    let account: Account
    let form: ProfileForm

    var body: some View {
        FormPage(title: speech(.accountEdit), model: model, account: account) {
            field(.firstName, speech(.fieldFirstName), form.firstName, .givenName)
            field(.lastName, speech(.fieldLastName), form.lastName, .familyName)
            field(.phone, speech(.fieldPhone), form.phone, .phone)
            field(.address, speech(.fieldAddressOptional), form.address, .address)
            MainButton(title: speech(.save), isBusy: account.busy) { model.send(.submit) }
        }
    }

    private func field(_ which: AccountField, _ name: String, _ field: PmiTextField, _ kind: FieldKind) -> some View {
        Field(
            name: name, field: field, kind: kind,
            change: { model.send(.change(field: which, text: $0)) }, left: { model.send(.left(field: which)) })
    }
}

/// The password while it is changed.
struct PasswordFormView: View {
    @Environment(\.speech) private var speech
    let model: ScreenModel<Account, AccountIntent>
    let account: Account
    let form: PasswordForm

    var body: some View {
        FormPage(title: speech(.accountChangePassword), model: model, account: account) {
            secret(.currentPassword, speech(.fieldPasswordCurrent), form.current, isNew: false)
            secret(.newPassword, speech(.fieldPasswordNew), form.new, isNew: true)
            secret(.repeatedPassword, speech(.fieldPasswordRepeated), form.repeated, isNew: true)
            MainButton(title: speech(.save), isBusy: account.busy) { model.send(.submit) }
        }
    }

    private func secret(_ which: AccountField, _ name: String, _ field: SecretField, isNew: Bool) -> some View {
        SecretEntry(
            name: name, field: field, isNew: isNew,
            change: { model.send(.change(field: which, text: $0)) }, left: { model.send(.left(field: which)) })
    }
}

/// The account while it is to be deleted: first the password, then the confirmation.
struct DeletionFormView: View {
    @Environment(\.speech) private var speech
    let model: ScreenModel<Account, AccountIntent>
    let account: Account
    let form: DeletionForm

    var body: some View {
        FormPage(title: speech(.accountDelete), model: model, account: account) {
            if let confirm = form.confirm {
                IconLine(.critical, speech(confirm), ink: Color(\.critical))
                MainButton(title: speech(.accountDeleteConfirm), isBusy: account.busy, role: .destructive) {
                    model.send(.confirm)
                }
            } else {
                Text(speech(.accountDeleteBody)).typed(TypeScale.body).foregroundStyle(Color(\.textQuiet))
                SecretEntry(
                    name: speech(.fieldPasswordCurrent), field: form.password,
                    change: { model.send(.change(field: .currentPassword, text: $0)) },
                    left: { model.send(.left(field: .currentPassword)) })
                MainButton(title: speech(.accountDeleteNext), isBusy: account.busy) { model.send(.submit) }
            }
        }
    }
}

/// What is to be done with what was not sent yet, before the person is signed out.
struct UnsentView: View {
    @Environment(\.speech) private var speech
    let model: ScreenModel<Account, AccountIntent>
    let unsent: UnsentQuestion

    var body: some View {
        NavigationStack {
            Page(speech(.accountUnsentTitle)) {
                Text(speech(unsent.text)).typed(TypeScale.body).foregroundStyle(Color(\.text))
                MainButton(title: speech(.accountUnsentKeep), isBusy: false) { model.send(.keepUnsent) }
                Button(role: .destructive) { model.send(.discardUnsent) } label: {
                    Text(speech(.accountUnsentDiscard)).typed(TypeScale.label).frame(maxWidth: .infinity)
                }
                .buttonStyle(.bordered)
                .controlSize(.large)
                Button { model.send(.stay) } label: {
                    Text(speech(.accountUnsentStay)).typed(TypeScale.label).frame(maxWidth: .infinity)
                }
                .buttonStyle(.bordered)
                .controlSize(.large)
            }
        }
    }
}
