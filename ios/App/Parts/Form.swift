import PmiDesign
import PmiModels
import SwiftUI

/// The fields of a form in their order, the one that has the cursor, and how the form is sent.
@MainActor
struct FormFields<Name: Hashable> {
    let order: [Name]
    let focus: FocusState<Name?>.Binding
    /// The first field that something is wrong with, as the record has it now.
    let fault: () -> Name?
    let submit: () -> Void

    /// What follows a field; none after the last.
    func next(after name: Name?) -> Name? {
        guard let name, let at = order.firstIndex(of: name), order.indices.contains(at + 1) else { return nil }
        return order[at + 1]
    }

    /// Sends it; the cursor goes to the first field that something is wrong with, and the page with it.
    func send() {
        submit()
        lead()
    }

    func lead() {
        if let fault = fault() { focus.wrappedValue = fault }
    }

    /// The return key goes on to the next field, and sends the form from the last.
    func returned() {
        if let next = next(after: focus.wrappedValue) { focus.wrappedValue = next } else { send() }
    }
}

extension View {
    /// What the keyboard does in a form, and where the cursor goes when the server found something wrong with what was sent.
    func fills<Name: Hashable>(_ fields: FormFields<Name>, isBusy: Bool) -> some View {
        modifier(Filling(fields: fields, isBusy: isBusy))
    }
}

private struct Filling<Name: Hashable>: ViewModifier {
    @Environment(\.speech) private var speech
    let fields: FormFields<Name>
    let isBusy: Bool

    func body(content: Content) -> some View {
        content
            .onSubmit { fields.returned() }
            .onChange(of: isBusy) { wasBusy, isBusy in
                if wasBusy && !isBusy { fields.lead() }
            }
            .toolbar {
                // A telephone's keys have no return key, and in an address it begins a line.
                ToolbarItemGroup(placement: .keyboard) {
                    Spacer()
                    Button(speech(.done)) { fields.focus.wrappedValue = nil }
                }
            }
    }
}
