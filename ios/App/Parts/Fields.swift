import Pmi
import PmiDesign
import PmiModels
import SwiftUI
import UIKit

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
struct Field<Name: Hashable>: View {
    @Environment(\.speech) private var speech
    let place: Name
    let fields: FormFields<Name>
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
                .entry(place, fields, problem: field.problem.map { speech($0) })
            FieldProblem(problem: field.problem).accessibilityHidden(true)
        }
        .onChange(of: fields.focus.wrappedValue == place) { wasFocused, _ in
            if wasFocused { left() }
        }
    }
}

/// A field for a password. What is typed stays here and in the core, and is in no record.
struct SecretEntry<Name: Hashable>: View {
    @Environment(\.speech) private var speech
    @Environment(\.scenePhase) private var phase
    @State private var typed = ""
    @State private var isShown = false
    let place: Name
    let fields: FormFields<Name>
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
                .entry(place, fields, problem: field.problem.map { speech($0) }, isBoxed: false)
                Button {
                    isShown.toggle()
                    // The field is another one now, and the cursor stays.
                    fields.focus.wrappedValue = place
                } label: {
                    IconView(isShown ? .eyeOff : .eye).frame(minWidth: Size.touch, minHeight: Size.touch)
                }
                .accessibilityLabel(Text(speech(isShown ? .hidePassword : .showPassword)))
            }
            .boxed(fields.focus.wrappedValue == place)
            FieldProblem(problem: field.problem).accessibilityHidden(true)
        }
        .onChange(of: typed) { _, typed in change(typed) }
        .onChange(of: field.filled) { _, isFilled in
            // The core has forgotten it: after it was sent, or when another is to be typed.
            if !isFilled { typed = "" }
        }
        .onChange(of: fields.focus.wrappedValue == place) { wasFocused, _ in
            if wasFocused { left() }
        }
        .onChange(of: phase) { _, phase in
            // The app switcher has a picture of the screen.
            if phase != .active { isShown = false }
        }
        // Drawn anew, as in a window of another width, it is empty: the core is not to have what nobody sees.
        .onAppear { if field.filled && typed.isEmpty { change("") } }
    }
}

extension View {
    /// The place of a field in its form, for the keyboard and for VoiceOver, which says what is wrong with it together with its name.
    fileprivate func entry<Name: Hashable>(
        _ place: Name, _ fields: FormFields<Name>, problem: String?, isBoxed: Bool = true
    ) -> some View {
        focused(fields.focus, equals: place)
            .submitLabel(fields.next(after: place) == nil ? .go : .next)
            .accessibilityHint(Text(problem ?? ""))
            .modifier(Boxed(isFocused: fields.focus.wrappedValue == place, isBoxed: isBoxed))
    }

    fileprivate func boxed(_ isFocused: Bool) -> some View {
        modifier(Boxed(isFocused: isFocused, isBoxed: true))
    }
}

/// The edge of what is typed into.
private struct Boxed: ViewModifier {
    let isFocused: Bool
    let isBoxed: Bool

    func body(content: Content) -> some View {
        if isBoxed {
            content
                .padding(.horizontal, Space.m)
                .padding(.vertical, Space.s)
                .frame(minHeight: Size.touch)
                .background(Color(\.surfaceRaised), in: RoundedRectangle(cornerRadius: Radius.s))
                .overlay {
                    RoundedRectangle(cornerRadius: Radius.s)
                        .stroke(Color(isFocused ? \.accent : \.outlineStrong), lineWidth: isFocused ? 2 : 1)
                }
        } else {
            content
        }
    }
}
