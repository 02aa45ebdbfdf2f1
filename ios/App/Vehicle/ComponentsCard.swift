import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// The components one below the other: what the drawing shows, in words.
struct ComponentsCard: View {
    let components: [VehicleComponent]
    @Binding var chosen: ComponentSpot?

    var body: some View {
        Card {
            ForEach(Array(components.enumerated()), id: \.offset) { component in
                let spot = component.element.spot
                Button { chosen = chosen == spot ? nil : spot } label: {
                    ComponentRow(component: component.element, isOpen: chosen == spot || spot == .elsewhere)
                        .frame(maxWidth: .infinity, minHeight: Size.touch, alignment: .leading)
                        .contentShape(Rectangle())
                }
                .buttonStyle(.plain)
                .accessibilityElement(children: .combine)
                .accessibilityAddTraits(chosen == spot ? .isSelected : [])
            }
        }
    }
}

/// One component, and what is wrong with it.
struct ComponentRow: View {
    @Environment(\.speech) private var speech
    let component: VehicleComponent
    let isOpen: Bool

    var body: some View {
        VStack(alignment: .leading, spacing: Space.xs) {
            Sides { name } trailing: { mark }
            if isOpen {
                if let score = component.score {
                    Text(speech(.vehicleHealthScore, speech(score))).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
                }
                if component.issues.isEmpty {
                    Text(speech(.vehicleNoIssues)).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
                }
                ForEach(Array(component.issues.enumerated()), id: \.offset) { issue in
                    IssueRow(issue: issue.element)
                }
            }
        }
        .multilineTextAlignment(.leading)
    }

    private var name: some View {
        HStack(spacing: Space.s) {
            IconView(component.spot.icon, size: Size.iconSmall)
            Text(speech(component.label)).typed(TypeScale.body)
        }
        .foregroundStyle(Color(\.text))
    }

    private var mark: some View { ToneMark(text: speech(component.text), tone: component.tone) }
}

/// Something that is wrong, or predicted to go wrong.
private struct IssueRow: View {
    @Environment(\.speech) private var speech
    let issue: VehicleIssue

    var body: some View {
        VStack(alignment: .leading, spacing: Space.xs) {
            ToneMark(text: speech(issue.severity), tone: issue.tone)
            Text(speech(issue.description)).typed(TypeScale.body).foregroundStyle(Color(\.text))
            if let action = issue.action {
                IconLine(.wrench, speech(.vehicleAction, speech(action)))
            }
            if let probability = issue.probability {
                Text(speech(.vehicleProbability, speech(probability))).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
            }
            if let days = issue.daysLeft { IconLine(.clock, speech(.vehicleDaysLeft, speech(days))) }
        }
        .padding(.leading, Space.m)
        .accessibilityElement(children: .combine)
    }
}

extension ComponentSpot {
    var icon: Icon {
        switch self {
        case .engine: .engine
        case .transmission: .transmission
        case .brakes: .brakes
        case .battery: .battery
        case .coolingSystem: .cooling
        case .oilSystem: .oil
        case .suspension: .suspension
        case .tires: .tyres
        case .exhaust: .exhaust
        case .fuelSystem: .fuel
        case .elsewhere: .car
        }
    }
}
