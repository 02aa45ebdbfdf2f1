import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// The vehicle from its side, each component in its tone; one that is tapped says more.
struct MachineCard: View {
    @Environment(\.speech) private var speech
    let components: [VehicleComponent]
    @Binding var chosen: ComponentSpot?

    var body: some View {
        Card {
            ZStack {
                ForEach(Array(Machine.body.enumerated()), id: \.offset) { panel in
                    Outline(steps: panel.element.outline, width: Machine.width, height: Machine.height)
                        .fill(Color(panel.element.ink))
                        .accessibilityHidden(true)
                }
                ForEach(components, id: \.spot) { component in
                    if let part = Machine.spot(component.spot) {
                        Spot(component: component, part: part, isChosen: chosen == component.spot) {
                            chosen = component.spot
                        }
                    }
                }
            }
            .aspectRatio(Machine.width / Machine.height, contentMode: .fit)
            .accessibilityElement(children: .contain)
            .accessibilityLabel(Text(speech(.vehicleDrawing)))
            ForEach(components.filter { $0.spot == chosen }, id: \.spot) { component in
                Divider()
                ComponentRow(component: component, isOpen: true)
            }
        }
    }
}

/// A component on the drawing: its outline in its tone, its sign, and room for a finger.
private struct Spot: View {
    @Environment(\.speech) private var speech
    let component: VehicleComponent
    let part: MachinePart
    let isChosen: Bool
    let choose: @MainActor () -> Void

    var body: some View {
        Button(action: choose) {
            Outline(steps: part.outline, width: Machine.width, height: Machine.height)
                .fill(Color(component.tone))
                .overlay {
                    Outline(steps: part.outline, width: Machine.width, height: Machine.height)
                        .stroke(Color(isChosen ? \.text : \.surface), lineWidth: isChosen ? 3 : 1)
                }
                // Where a finger finds it, and where VoiceOver does.
                .contentShape([.interaction, .accessibility], Finger(part: part))
        }
        .buttonStyle(.plain)
        .accessibilityLabel(Text(speech(component.label)))
        .accessibilityValue(Text(speech(component.text)))
        .accessibilityAddTraits(isChosen ? .isSelected : [])
    }
}

/// A circle around a component that is large enough to be touched.
private struct Finger: Shape {
    let part: MachinePart

    func path(in rect: CGRect) -> Path {
        let scale = min(rect.width / Machine.width, rect.height / Machine.height)
        let (x, y) = (rect.midX + (part.x - Machine.width / 2) * scale, rect.midY + (part.y - Machine.height / 2) * scale)
        return Path(ellipseIn: CGRect(x: x - 22, y: y - 22, width: 44, height: 44))
    }
}

extension Color {
    /// What a part of the drawing is drawn in.
    fileprivate init(_ ink: MachineInk) {
        switch ink {
        case .body: self.init(\.machineBody)
        case .shade: self.init(\.machineShade)
        case .glass: self.init(\.machineGlass)
        case .tyre: self.init(\.machineTyre)
        case .rim: self.init(\.machineRim)
        case .line: self.init(\.machineLine)
        }
    }
}
