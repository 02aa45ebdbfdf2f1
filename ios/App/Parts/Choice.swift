import PmiDesign
import PmiModels
import SwiftUI

/// One of several to be chosen: a sign, and not a colour alone, says which it is.
struct Choice: View {
    @Environment(\.speech) private var speech
    let title: String
    var detail: String?
    let isChosen: Bool
    let choose: @MainActor () -> Void

    var body: some View {
        Button(action: choose) {
            HStack(spacing: Space.s) {
                VStack(alignment: .leading, spacing: Space.xs) {
                    Text(title).typed(TypeScale.body).foregroundStyle(Color(\.text))
                    if let detail { Text(detail).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet)) }
                }
                Spacer(minLength: Space.s)
                if isChosen { IconView(.check).foregroundStyle(Color(\.accent)) }
            }
            .padding(Space.m)
            .frame(maxWidth: .infinity, minHeight: Size.touch, alignment: .leading)
            .background(Color(isChosen ? \.accentSoft : \.surfaceRaised), in: RoundedRectangle(cornerRadius: Radius.s))
            .contentShape(Rectangle())
        }
        .buttonStyle(.plain)
        .multilineTextAlignment(.leading)
        .accessibilityAddTraits(isChosen ? .isSelected : [])
    }
}

extension Binding {
    /// What a record asks, until it is closed.
    init<Asked: Sendable>(asked: Asked?, close: @escaping @MainActor () -> Void) where Value == Asked? {
        self.init(get: { asked }, set: { @MainActor newer in if newer == nil { close() } })
    }
}
