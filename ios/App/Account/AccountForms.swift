import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// What is asked on top of the account.
struct AccountSheetView: View {
    let sheet: AccountSheet
    let model: ScreenModel<Account, AccountIntent>

    var body: some View {
        if let account = model.record {
            switch sheet {
            case .profile(let form): ProfileFormView(model: model, account: account, form: form)
            case .password(let form): PasswordFormView(model: model, account: account, form: form)
            case .deletion(let form): DeletionFormView(model: model, account: account, form: form)
            case .unsent(let unsent): UnsentView(model: model, unsent: unsent)
            }
        }
    }
}

/// A form of the account on a page of its own, which can be closed.
private struct FormPage<Content: View>: View {
    @Environment(\.speech) private var speech
    let title: String
    let model: ScreenModel<Account, AccountIntent>
    let account: Account
    let fields: FormFields<AccountField>
    @ViewBuilder let content: () -> Content

    var body: some View {
        NavigationStack {
            Page(title) {
                content()
                MaybeProblem(problem: account.problem, retry: fields.send)
            }
            .fills(fields, isBusy: account.busy)
            .toolbar {
                ToolbarItem(placement: .cancellationAction) {
                    Button(speech(.cancel)) { model.send(.close) }.keyboardShortcut(.cancelAction).disabled(account.busy)
                }
            }
        }
        .interactiveDismissDisabled(account.busy)
    }
}

extension ScreenModel where Record == Account, Intent == AccountIntent {
    fileprivate func fields(_ order: [AccountField], _ focus: FocusState<AccountField?>.Binding) -> FormFields<AccountField> {
        FormFields(order: order, focus: focus, fault: { self.record?.fault }, submit: { self.send(.submit) })
    }

    fileprivate func field(
        _ fields: FormFields<AccountField>, _ which: AccountField, _ name: String, _ field: PmiTextField, _ kind: FieldKind
    ) -> some View {
        Field(
            place: which, fields: fields, name: name, field: field, kind: kind,
            change: { self.send(.change(field: which, text: $0)) }, left: { self.send(.left(field: which)) })
    }

    fileprivate func secret(
        _ fields: FormFields<AccountField>, _ which: AccountField, _ name: String, _ field: SecretField, isNew: Bool = false
    ) -> some View {
        SecretEntry(
            place: which, fields: fields, name: name, field: field, isNew: isNew,
            change: { self.send(.change(field: which, text: $0)) }, left: { self.send(.left(field: which)) })
    }
}

/// The profile while it is edited.
private struct ProfileFormView: View {
    @Environment(\.speech) private var speech
    @FocusState private var focus: AccountField?
    let model: ScreenModel<Account, AccountIntent>
    let account: Account
    let form: ProfileForm

    var body: some View {
        let fields = model.fields([.firstName, .lastName, .phone, .address], $focus)
        FormPage(title: speech(.accountEdit), model: model, account: account, fields: fields) {
            model.field(fields, .firstName, speech(.fieldFirstName), form.firstName, .givenName)
            model.field(fields, .lastName, speech(.fieldLastName), form.lastName, .familyName)
            model.field(fields, .phone, speech(.fieldPhone), form.phone, .phone)
            model.field(fields, .address, speech(.fieldAddressOptional), form.address, .address)
            MainButton(title: speech(.save), isBusy: account.busy, action: fields.send).keyboardShortcut(.defaultAction)
        }
    }
}

/// The password while it is changed.
private struct PasswordFormView: View {
    @Environment(\.speech) private var speech
    @FocusState private var focus: AccountField?
    let model: ScreenModel<Account, AccountIntent>
    let account: Account
    let form: PasswordForm

    var body: some View {
        let fields = model.fields([.currentPassword, .newPassword, .repeatedPassword], $focus)
        FormPage(title: speech(.accountChangePassword), model: model, account: account, fields: fields) {
            model.secret(fields, .currentPassword, speech(.fieldPasswordCurrent), form.current)
            model.secret(fields, .newPassword, speech(.fieldPasswordNew), form.new, isNew: true)
            model.secret(fields, .repeatedPassword, speech(.fieldPasswordRepeated), form.repeated, isNew: true)
            MainButton(title: speech(.save), isBusy: account.busy, action: fields.send).keyboardShortcut(.defaultAction)
        }
    }
}

/// The account while it is to be deleted: first the password, then the confirmation.
private struct DeletionFormView: View {
    @Environment(\.speech) private var speech
    @FocusState private var focus: AccountField?
    let model: ScreenModel<Account, AccountIntent>
    let account: Account
    let form: DeletionForm

    var body: some View {
        let fields = model.fields([.currentPassword], $focus)
        FormPage(title: speech(.accountDelete), model: model, account: account, fields: fields) {
            if let confirm = form.confirm {
                IconLine(.critical, speech(confirm), ink: Color(\.critical))
                MainButton(title: speech(.accountDeleteConfirm), isBusy: account.busy, role: .destructive) {
                    model.send(.confirm)
                }
            } else {
                Text(speech(.accountDeleteBody)).typed(TypeScale.body).foregroundStyle(Color(\.textQuiet))
                model.secret(fields, .currentPassword, speech(.fieldPasswordCurrent), form.password)
                MainButton(title: speech(.accountDeleteNext), isBusy: account.busy, action: fields.send)
            }
        }
    }
}

/// What is to be done with what was not sent yet, before the person is signed out.
private struct UnsentView: View {
    @Environment(\.speech) private var speech
    let model: ScreenModel<Account, AccountIntent>
    let unsent: UnsentQuestion

    var body: some View {
        NavigationStack {
            Page(speech(.accountUnsentTitle)) {
                Text(speech(unsent.text)).typed(TypeScale.body).foregroundStyle(Color(\.text))
                MainButton(title: speech(.accountUnsentKeep)) { model.send(.keepUnsent) }
                SideButton(speech(.accountUnsentDiscard), role: .destructive) { model.send(.discardUnsent) }
                SideButton(speech(.accountUnsentStay)) { model.send(.stay) }.keyboardShortcut(.cancelAction)
            }
        }
    }
}
