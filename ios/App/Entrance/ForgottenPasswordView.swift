import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// The way to a new password.
struct ForgottenPasswordView: View {
    @Environment(\.speech) private var speech
    @FocusState private var focus: ResetField?
    let entrance: Entrance
    let model: ScreenModel<ForgottenPassword, ForgottenPasswordIntent>

    var body: some View {
        ScreenHost(model) { form in
            Page(speech(.resetTitle)) {
                switch form.phase {
                case .firstLoad: Skeleton()
                case .failed: MaybeProblem(problem: form.problem) { model.send(.refresh) }
                case .shown, .empty:
                    if form.available {
                        steps(form)
                    } else {
                        IconLine(.info, speech(.resetUnavailable))
                    }
                }
            }
            .fills(fields(form), isBusy: form.busy)
        }
    }

    private func fields(_ form: ForgottenPassword) -> FormFields<ResetField> {
        FormFields(
            order: form.step == .ask ? [.email] : [.code, .password, .repeated], focus: $focus, fault: { model.record?.fault },
            submit: { model.send(.submit) })
    }

    @ViewBuilder
    private func steps(_ form: ForgottenPassword) -> some View {
        if let note = form.note { Card { IconLine(.mail, speech(note), ink: Color(\.text)) } }
        switch form.step {
        case .ask:
            Text(speech(.resetAskBody)).typed(TypeScale.body).foregroundStyle(Color(\.textQuiet))
            field(form, .email, speech(.fieldEmail), form.email, .email)
            sending(speech(.resetAskSubmit), form)
            Button(speech(.resetHaveCode)) { model.send(.haveCode) }.controlSize(.large)
        case .set:
            field(form, .code, speech(.fieldCode), form.code, .code)
            secret(form, .password, speech(.fieldPasswordNew), form.password)
            secret(form, .repeated, speech(.fieldPasswordRepeated), form.repeated)
            sending(speech(.resetSetSubmit), form)
            Button(speech(.resetAskAgain)) { model.send(.askAgain) }.controlSize(.large)
        case .done:
            IconLine(.check, speech(.resetDoneTitle), ink: Color(\.good))
            MainButton(title: speech(.signInSubmit)) { entrance.goToSignIn() }
        }
    }

    @ViewBuilder
    private func sending(_ title: String, _ form: ForgottenPassword) -> some View {
        MaybeProblem(problem: form.problem, retry: fields(form).send)
        MainButton(title: title, isBusy: form.busy, action: fields(form).send)
    }

    private func field(
        _ form: ForgottenPassword, _ which: ResetField, _ name: String, _ field: PmiTextField, _ kind: FieldKind
    ) -> some View {
        Field(
            place: which, fields: fields(form), name: name, field: field, kind: kind,
            change: { model.send(.change(field: which, text: $0)) }, left: { model.send(.left(field: which)) })
    }

    private func secret(_ form: ForgottenPassword, _ which: ResetField, _ name: String, _ field: SecretField) -> some View {
        SecretEntry(
            place: which, fields: fields(form), name: name, field: field, isNew: true,
            change: { model.send(.change(field: which, text: $0)) }, left: { model.send(.left(field: which)) })
    }
}
