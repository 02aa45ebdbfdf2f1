import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// Signing in.
struct SignInView: View {
    @Environment(\.speech) private var speech
    let entrance: Entrance
    let model: ScreenModel<SignIn, SignInIntent>

    var body: some View {
        ScreenHost(model) { form in
            Page(speech(.signInTitle)) {
                if let why = form.why { IconLine(.info, speech(why)) }
                Field(
                    name: speech(.fieldEmail), field: form.email, kind: .email,
                    change: { model.send(.email(text: $0)) }, left: { model.send(.emailLeft) })
                SecretEntry(
                    name: speech(.fieldPassword), field: form.password,
                    change: { model.send(.password(text: $0)) }, left: {})
                MaybeProblem(problem: form.problem) { model.send(.submit) }
                MainButton(title: speech(.signInSubmit), isBusy: form.busy) { model.send(.submit) }
                if form.canReset {
                    Button(speech(.signInForgotten)) { entrance.path.append(.forgottenPassword) }.controlSize(.large)
                }
                Button(speech(.signInRegister)) { entrance.path = [.register] }.controlSize(.large)
            }
            .onSubmit { model.send(.submit) }
        }
    }
}
