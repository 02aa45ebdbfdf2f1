import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// Signing in.
struct SignInView: View {
    @Environment(\.speech) private var speech
    @FocusState private var focus: SignInField?
    let entrance: Entrance
    let model: ScreenModel<SignIn, SignInIntent>

    var body: some View {
        ScreenHost(model) { form in
            Page(speech(.signInTitle)) {
                if let why = form.why { IconLine(.info, speech(why)) }
                Field(
                    place: .email, fields: fields, name: speech(.fieldEmail), field: form.email, kind: .email,
                    change: { model.send(.email(text: $0)) }, left: { model.send(.emailLeft) })
                SecretEntry(
                    place: .password, fields: fields, name: speech(.fieldPassword), field: form.password,
                    change: { model.send(.password(text: $0)) }, left: {})
                MaybeProblem(problem: form.problem, retry: fields.send)
                MainButton(title: speech(.signInSubmit), isBusy: form.busy, action: fields.send)
                if form.canReset {
                    Button(speech(.signInForgotten)) { entrance.path.append(.forgottenPassword) }.controlSize(.large)
                }
                Button(speech(.signInRegister)) { entrance.path = [.register] }.controlSize(.large)
            }
            .fills(fields, isBusy: form.busy)
        }
    }

    private var fields: FormFields<SignInField> {
        FormFields(order: [.email, .password], focus: $focus, fault: { model.record?.fault }, submit: { model.send(.submit) })
    }
}
