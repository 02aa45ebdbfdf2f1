import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// What somebody sees who is not signed in.
struct EntranceView: View {
    @Bindable var entrance: Entrance
    let session: AppSession
    let welcome: Welcome

    var body: some View {
        NavigationStack(path: $entrance.path) {
            WelcomeView(entrance: entrance, session: session, welcome: welcome)
                .navigationDestination(for: Door.self) { door in
                    switch door {
                    case .signIn: SignInView(entrance: entrance, model: entrance.signIn())
                    case .register: RegisterView(entrance: entrance, model: entrance.register())
                    case .forgottenPassword: ForgottenPasswordView(entrance: entrance, model: entrance.forgottenPassword())
                    case .diagnostics: DiagnosticsView(model: entrance.diagnostics())
                    }
                }
        }
    }
}

/// The first screen there is.
private struct WelcomeView: View {
    @Environment(AppModel.self) private var app
    @Environment(\.speech) private var speech
    let entrance: Entrance
    let session: AppSession
    let welcome: Welcome

    var body: some View {
        Page(speech(.appName)) {
            Banner(session: session, welcome: welcome)
            IconView(.car, size: Size.iconLarge).foregroundStyle(Color(\.accent)).frame(maxWidth: .infinity)
            Text(speech(.welcomeTitle)).typed(TypeScale.title).foregroundStyle(Color(\.text)).accessibilityAddTraits(.isHeader)
            Text(speech(.welcomeBody)).typed(TypeScale.body).foregroundStyle(Color(\.textQuiet))
            if let why = welcome.why { Card { IconLine(.info, speech(why), ink: Color(\.text)) } }
            if let unsent = welcome.unsent { Card { IconLine(.waiting, speech(unsent), ink: Color(\.text)) } }
            MaybeProblem(problem: welcome.problem) { session.send(.tryAgain) }
            MainButton(title: speech(.welcomeSignIn), isBusy: welcome.busy) { entrance.path = [.signIn] }
            SideButton(speech(.welcomeRegister)) { entrance.path = [.register] }
            Button { Task { await app.showAround() } } label: {
                Text(speech(.welcomeDemo)).typed(TypeScale.label).frame(maxWidth: .infinity, minHeight: Size.touch)
            }
        }
        .toolbar {
            ToolbarItem(placement: .primaryAction) {
                Button { entrance.path = [.diagnostics] } label: { IconView(.info) }
                    .accessibilityLabel(Text(speech(.diagnosticsTitle)))
            }
        }
    }
}
