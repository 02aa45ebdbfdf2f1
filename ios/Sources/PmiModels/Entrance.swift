//  What somebody who is not signed in sees.

import Observation
import Pmi

// What is public here is made of records: the compiler wants to see where these are said to be `Sendable`.
import struct PmiGenerated.LogLine

/// A screen that is opened from the welcome.
public enum Door: String, Hashable, Codable, Sendable {
    case signIn, register, forgottenPassword, diagnostics
}

/// The screens that lead in. A form is open as long as it is on the stack: what was typed there is gone with it.
@MainActor
@Observable
public final class Entrance {
    /// What is open, the one on top last.
    public var path: [Door] = [] {
        didSet { closeWhatIsLeft() }
    }

    @ObservationIgnored private let client: PmiClient
    @ObservationIgnored private var signing: ScreenModel<SignIn, SignInIntent>?
    @ObservationIgnored private var registering: ScreenModel<Register, RegisterIntent>?
    @ObservationIgnored private var forgetting: ScreenModel<ForgottenPassword, ForgottenPasswordIntent>?
    @ObservationIgnored private var diagnosis: ScreenModel<Diagnostics, DiagnosticsIntent>?

    init(_ client: PmiClient, _ kept: Kept = Kept()) {
        self.client = client
        path = kept.path
        if let email = kept.signIn { signIn().send(.email(text: email)) }
        for intent in kept.register?.intents ?? [] { register().send(intent) }
        if let reset = kept.reset { resume(reset) }
    }

    /// What is kept of it while the app does not run. No password and no code is.
    struct Kept: Codable {
        var path: [Door] = []
        var signIn: String?
        var register: RegisterDraft?
        var reset: ResetDraft?
    }

    var kept: Kept {
        Kept(
            path: path, signIn: signing?.record?.email.value, register: registering?.record?.draft,
            reset: forgetting?.record?.draft)
    }

    /// Signing in.
    public func signIn() -> ScreenModel<SignIn, SignInIntent> {
        opened(&signing) { client.signIn() }
    }

    /// Registering.
    public func register() -> ScreenModel<Register, RegisterIntent> {
        opened(&registering) { client.register() }
    }

    /// A forgotten password.
    public func forgottenPassword() -> ScreenModel<ForgottenPassword, ForgottenPasswordIntent> {
        opened(&forgetting) { client.forgottenPassword() }
    }

    /// Why things are as they are.
    public func diagnostics() -> ScreenModel<Diagnostics, DiagnosticsIntent> {
        opened(&diagnosis) { client.diagnostics() }
    }

    /// Back to the sign-in: the way on after a new password, and after a registration that may have been made.
    public func goToSignIn() {
        path = [.signIn]
    }

    /// The code is asked for once it is known that the server takes one.
    private func resume(_ draft: ResetDraft) {
        let model = forgottenPassword()
        model.send(.change(field: .email, text: draft.email))
        guard draft.hasCode else { return }
        Task {
            await model.send(.refresh) { $0.phase == .shown }
            model.send(.haveCode)
        }
    }

    private func opened<Record, Intent>(
        _ model: inout ScreenModel<Record, Intent>?, _ screen: () -> Screen<Record, Intent>
    ) -> ScreenModel<Record, Intent> {
        let open = model ?? ScreenModel(screen())
        model = open
        return open
    }

    private func closeWhatIsLeft() {
        if !path.contains(.signIn) { signing = nil }
        if !path.contains(.register) { registering = nil }
        if !path.contains(.forgottenPassword) { forgetting = nil }
        if !path.contains(.diagnostics) { diagnosis = nil }
    }
}
