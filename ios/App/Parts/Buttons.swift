import PmiDesign
import PmiModels
import SwiftUI

/// The button of a form, which shows that it works.
struct MainButton: View {
    @Environment(\.speech) private var speech
    let title: String
    var isBusy = false
    var isEnabled = true
    var role: ButtonRole?
    let action: @MainActor () -> Void

    var body: some View {
        Button(role: role, action: action) {
            HStack(spacing: Space.s) {
                if isBusy { ProgressView().accessibilityLabel(Text(speech(.working))) }
                Text(title).typed(TypeScale.label)
            }
            // The system writes white on every tint, and in the dark ours are light.
            .foregroundStyle(Color(isBusy || !isEnabled ? \.textQuiet : role == .destructive ? \.onCritical : \.onAccent))
            .frame(maxWidth: .infinity)
        }
        .buttonStyle(.borderedProminent)
        .tint(Color(role == .destructive ? \.critical : \.accent))
        .controlSize(.large)
        .disabled(isBusy || !isEnabled)
    }
}

/// What else can be done.
struct SideButton: View {
    let title: String
    var role: ButtonRole?
    let action: @MainActor () -> Void

    init(_ title: String, role: ButtonRole? = nil, action: @escaping @MainActor () -> Void) {
        self.title = title
        self.role = role
        self.action = action
    }

    var body: some View {
        Button(role: role, action: action) {
            Text(title).typed(TypeScale.label).frame(maxWidth: .infinity)
        }
        .buttonStyle(.bordered)
        .tint(Color(role == .destructive ? \.critical : \.accent))
        .controlSize(.large)
    }
}
