import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// Registering.
struct RegisterView: View {
    @Environment(\.speech) private var speech
    @FocusState private var focus: RegisterField?
    let entrance: Entrance
    let model: ScreenModel<Register, RegisterIntent>

    var body: some View {
        ScreenHost(model) { form in
            Page(speech(.registerTitle)) {
                field(.email, speech(.fieldEmail), form.email, .email)
                secret(.password, speech(.fieldPassword), form.password)
                secret(.repeated, speech(.fieldPasswordRepeated), form.repeated)
                Heading(speech(.registerAboutYou))
                field(.firstName, speech(.fieldFirstName), form.firstName, .givenName)
                field(.lastName, speech(.fieldLastName), form.lastName, .familyName)
                field(.phone, speech(.fieldPhone), form.phone, .phone)
                field(.address, speech(.fieldAddressOptional), form.address, .address)
                if let hint = form.hint { Card { IconLine(.info, speech(hint), ink: Color(\.text)) } }
                MaybeProblem(problem: form.problem, retry: fields.send)
                MainButton(title: speech(.registerSubmit), isBusy: form.busy, action: fields.send)
                Button(speech(.registerSignIn)) { entrance.goToSignIn() }.controlSize(.large)
            }
            .fills(fields, isBusy: form.busy)
        }
    }

    private var fields: FormFields<RegisterField> {
        FormFields(
            order: [.email, .password, .repeated, .firstName, .lastName, .phone, .address], focus: $focus,
            fault: { model.record?.fault }, submit: { model.send(.submit) })
    }

    private func field(_ which: RegisterField, _ name: String, _ field: PmiTextField, _ kind: FieldKind) -> some View {
        Field(
            place: which, fields: fields, name: name, field: field, kind: kind,
            change: { model.send(.change(field: which, text: $0)) }, left: { model.send(.left(field: which)) })
    }

    private func secret(_ which: RegisterField, _ name: String, _ field: SecretField) -> some View {
        SecretEntry(
            place: which, fields: fields, name: name, field: field, isNew: true,
            change: { model.send(.change(field: which, text: $0)) }, left: { model.send(.left(field: which)) })
    }
}
