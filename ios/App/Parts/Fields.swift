import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// What is typed into a field: which keyboard, and what the system may offer.
enum FieldKind {
    case words, email, phone, givenName, familyName, address, code, vin

    var content: UITextContentType? {
        switch self {
        case .words, .vin: nil
        case .email: .username
        case .phone: .telephoneNumber
        case .givenName: .givenName
        case .familyName: .familyName
        case .address: .fullStreetAddress
        case .code: .oneTimeCode
        }
    }

    var keyboard: UIKeyboardType {
        switch self {
        case .email: .emailAddress
        case .phone: .phonePad
        case .code, .vin: .asciiCapable
        case .words, .givenName, .familyName, .address: .default
        }
    }

    /// Words may take several lines; what is sent by the return key is one.
    var axis: Axis {
        switch self {
        case .words, .address: .vertical
        default: .horizontal
        }
    }

    var capitals: TextInputAutocapitalization {
        switch self {
        case .email, .code: .never
        case .vin: .characters
        case .givenName, .familyName, .address: .words
        case .words, .phone: .sentences
        }
    }
}

/// A field with its name above and what is wrong with it below.
struct Field: View {
    @Environment(\.speech) private var speech
    @FocusState private var isFocused: Bool
    let name: String
    let field: PmiTextField
    var kind = FieldKind.words
    let change: @MainActor (String) -> Void
    let left: () -> Void

    var body: some View {
        VStack(alignment: .leading, spacing: Space.xs) {
            Text(name).typed(TypeScale.label).foregroundStyle(Color(\.textQuiet)).accessibilityHidden(true)
            TextField(name, text: Binding(get: { field.value }, set: change), axis: kind.axis)
                .typed(TypeScale.body)
                .textContentType(kind.content)
                .keyboardType(kind.keyboard)
                .textInputAutocapitalization(kind.capitals)
                .autocorrectionDisabled(kind != .words)
                .focused($isFocused)
                .boxed(isFocused)
            FieldProblem(problem: field.problem)
        }
        .onChange(of: isFocused) { wasFocused, _ in
            if wasFocused { left() }
        }
    }
}

/// A field for a password. What is typed stays here and in the core, and is in no record.
struct SecretEntry: View {
    @Environment(\.speech) private var speech
    @FocusState private var isFocused: Bool
    @State private var typed = ""
    @State private var isShown = false
    let name: String
    let field: SecretField
    var isNew = false
    let change: @MainActor (String) -> Void
    let left: () -> Void

    var body: some View {
        VStack(alignment: .leading, spacing: Space.xs) {
            Text(name).typed(TypeScale.label).foregroundStyle(Color(\.textQuiet)).accessibilityHidden(true)
            HStack(spacing: Space.s) {
                Group {
                    if isShown {
                        TextField(name, text: $typed)
                    } else {
                        SecureField(name, text: $typed)
                    }
                }
                .typed(TypeScale.body)
                .textContentType(isNew ? .newPassword : .password)
                .textInputAutocapitalization(.never)
                .autocorrectionDisabled(true)
                .focused($isFocused)
                Button { isShown.toggle() } label: {
                    IconView(isShown ? .eyeOff : .eye).frame(minWidth: 44, minHeight: 44)
                }
                .accessibilityLabel(Text(speech(isShown ? .hidePassword : .showPassword)))
            }
            .boxed(isFocused)
            FieldProblem(problem: field.problem)
        }
        .onChange(of: typed) { _, typed in change(typed) }
        .onChange(of: field.filled) { _, isFilled in
            // The core has forgotten it: after it was sent, or when another is to be typed.
            if !isFilled { typed = "" }
        }
        .onChange(of: isFocused) { wasFocused, _ in
            if wasFocused { left() }
        }
    }
}

extension View {
    /// The edge of what is typed into.
    func boxed(_ isFocused: Bool) -> some View {
        padding(.horizontal, Space.m)
            .padding(.vertical, Space.s)
            .frame(minHeight: Size.touch)
            .background(Color(\.surfaceRaised), in: RoundedRectangle(cornerRadius: Radius.s))
            .overlay {
                RoundedRectangle(cornerRadius: Radius.s)
                    .stroke(Color(isFocused ? \.accent : \.outlineStrong), lineWidth: isFocused ? 2 : 1)
            }
    }
}

/// The button of a form, which shows that it works.
struct MainButton: View {
    @Environment(\.speech) private var speech
    let title: String
    let isBusy: Bool
    var isEnabled = true
    var role: ButtonRole?
    let action: @MainActor () -> Void

    var body: some View {
        Button(role: role, action: action) {
            HStack(spacing: Space.s) {
                if isBusy { ProgressView().accessibilityLabel(Text(speech(.working))) }
                Text(title).typed(TypeScale.label)
            }
            .frame(maxWidth: .infinity)
        }
        .buttonStyle(.borderedProminent)
        .controlSize(.large)
        .disabled(isBusy || !isEnabled)
    }
}
