import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// The vehicle from its side, each component in its tone, with a mark above or below; one that is tapped says more.
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
                        Region(component: component, part: part, chosen: chosen) { chosen = component.spot }
                    }
                }
                // Marks lie on every region.
                ForEach(components, id: \.spot) { component in
                    if let part = Machine.spot(component.spot) {
                        Mark(component: component, part: part, isChosen: chosen == component.spot) { chosen = component.spot }
                    }
                }
            }
            .aspectRatio(Machine.width / Machine.height, contentMode: .fit)
            .frame(maxWidth: Size.drawing)
            .frame(maxWidth: .infinity)
            .accessibilityElement(children: .contain)
            .accessibilityLabel(Text(speech(.vehicleDrawing)))
            ForEach(components.filter { $0.spot == chosen }, id: \.spot) { component in
                Divider()
                ComponentRow(component: component, isOpen: true)
            }
        }
    }
}

/// Where a component is: its outline in its tone. VoiceOver has its mark.
private struct Region: View {
    let component: VehicleComponent
    let part: MachinePart
    let chosen: ComponentSpot?
    let choose: @MainActor () -> Void

    var body: some View {
        Button(action: choose) {
            ZStack {
                outline.fill(Color(\.surface))
                outline.fill(ink)
                outline.stroke(Color(\.surface), lineWidth: 1)
            }
            .contentShape(outline)
        }
        .buttonStyle(.plain)
        .accessibilityHidden(true)
    }

    private var outline: Outline { Outline(steps: part.outline, width: Machine.width, height: Machine.height) }

    private var ink: Color {
        if component.spot == chosen { return Color(component.tone) }
        if chosen != nil { return Color(component.tone, part: 0.3) }
        // What is well is not what is to be seen first.
        return switch component.tone {
        case .good, .neutral: Color(component.tone, part: 0.55)
        case .warning, .critical: Color(component.tone)
        }
    }
}

/// A component's own sign with the sign of its tone on its edge, and the line to where it is.
private struct Mark: View {
    @Environment(\.speech) private var speech
    let component: VehicleComponent
    let part: MachinePart
    let isChosen: Bool
    let choose: @MainActor () -> Void

    var body: some View {
        Button(action: choose) {
            ZStack {
                Leader(part: part).stroke(Color(\.surface), lineWidth: 3)
                Leader(part: part).stroke(isChosen ? tone : Color(\.outlineStrong), lineWidth: isChosen ? 2 : 1)
                Round(part: part, of: .point, side: 8).fill(Color(\.surface))
                Round(part: part, of: .point, side: 6).fill(tone)
                Round(part: part, of: .mark, side: 40).fill(ground)
                Round(part: part, of: .mark, side: 40).stroke(edge, lineWidth: isCalm ? 1 : 2)
                Sign(icon: component.spot.icon, part: part, of: .mark, side: 22, ink: ink)
                Round(part: part, of: .edge, side: 18).fill(Color(\.surface))
                Sign(icon: component.tone.icon, part: part, of: .edge, side: 16, ink: tone)
            }
            // Where a finger finds it, and where VoiceOver does.
            .contentShape([.interaction, .accessibility], Round(part: part, of: .mark, side: Size.touch))
        }
        .buttonStyle(.plain)
        .accessibilityLabel(Text(speech(component.label)))
        .accessibilityValue(Text(speech(component.text)))
        .accessibilityAddTraits(isChosen ? .isSelected : [])
    }

    private var tone: Color { Color(component.tone) }

    private var isCalm: Bool {
        switch component.tone {
        case .good, .neutral: true
        case .warning, .critical: false
        }
    }

    private var ground: Color { isChosen ? tone : isCalm ? Color(\.surface) : Color(soft: component.tone) }
    private var edge: Color { isCalm && !isChosen ? Color(\.outlineStrong) : tone }
    private var ink: Color { isChosen ? Color(\.surface) : isCalm ? Color(\.textQuiet) : tone }
}

/// A place of a component on the drawing.
private enum Place {
    /// In the component.
    case point
    /// The middle of its mark.
    case mark
    /// The lower right of its mark.
    case edge

    func of(_ part: MachinePart, in rect: CGRect) -> CGPoint {
        let scale = min(rect.width / Machine.width, rect.height / Machine.height)
        func at(_ x: Double, _ y: Double, _ aside: Double) -> CGPoint {
            CGPoint(
                x: rect.midX + (x - Machine.width / 2) * scale + aside, y: rect.midY + (y - Machine.height / 2) * scale + aside)
        }
        return switch self {
        case .point: at(part.x, part.y, 0)
        case .mark: at(part.markX, part.markY, 0)
        case .edge: at(part.markX, part.markY, 15)
        }
    }
}

/// From a mark to what it marks.
private struct Leader: Shape {
    let part: MachinePart

    func path(in rect: CGRect) -> Path {
        Path { path in path.addLines([Place.mark.of(part, in: rect), Place.point.of(part, in: rect)]) }
    }
}

/// A circle, as large on every screen.
private struct Round: Shape {
    let part: MachinePart
    let of: Place
    let side: Double

    func path(in rect: CGRect) -> Path {
        let middle = of.of(part, in: rect)
        return Path(ellipseIn: CGRect(x: middle.x - side / 2, y: middle.y - side / 2, width: side, height: side))
    }
}

/// An icon there.
private struct Sign: View {
    let icon: Icon
    let part: MachinePart
    let of: Place
    let side: Double
    let ink: Color

    var body: some View {
        ZStack {
            Glyph(steps: icon.lines, part: part, of: of, side: side)
                .stroke(ink, style: StrokeStyle(lineWidth: Icon.lineWidth * side / Icon.size, lineCap: .round, lineJoin: .round))
            Glyph(steps: icon.areas, part: part, of: of, side: side).fill(ink)
        }
    }
}

private struct Glyph: Shape {
    let steps: [PathStep]
    let part: MachinePart
    let of: Place
    let side: Double

    func path(in rect: CGRect) -> Path {
        let middle = of.of(part, in: rect)
        return Path(steps, scale: side / Icon.size).offsetBy(dx: middle.x - side / 2, dy: middle.y - side / 2)
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

    /// So much of what a tone is drawn in.
    fileprivate init(_ tone: Tone, part: Double) {
        self.init(uiColor: UIColor { traits in
            let ink = (traits.userInterfaceStyle == .dark ? Palette.dark : Palette.light).of(tone)
            return UIColor(red: ink.red, green: ink.green, blue: ink.blue, alpha: part)
        })
    }
}
