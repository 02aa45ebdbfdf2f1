import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// One vehicle: the drawing, what is predicted, what its sensors say, its bookings.
struct VehicleView: View {
    @Environment(\.speech) private var speech
    @State private var chosen: ComponentSpot?
    let home: Home
    let model: ScreenModel<VehiclePage, VehicleIntent>
    let id: VehicleId

    var body: some View {
        ScreenHost(model) { page in
            Page(page.heading?.name ?? speech(.vehicleTitle), refresh: refresh) {
                Stand(standing: page.standing) {
                    model.send(.refresh)
                } content: {
                    if let health = page.health { HealthCard(health: health) }
                    MachineCard(components: page.components, chosen: $chosen)
                    if page.canBook {
                        MainButton(title: speech(.vehicleBook)) { home.open(.book(id)) }
                    }
                    Heading(speech(.vehiclePredictions))
                    PredictionsCard(predictions: page.predictions)
                    Heading(speech(.vehicleComponents))
                    ComponentsCard(components: page.components, chosen: $chosen)
                    if !page.others.isEmpty {
                        Heading(speech(.vehicleOtherComponents))
                        ComponentsCard(components: page.others, chosen: .constant(nil))
                    }
                    Heading(speech(.vehicleTelemetry))
                    TelemetryCards(telemetry: page.telemetry)
                    Heading(speech(.vehicleHistory))
                    HistoryCard(history: page.history) { model.send(.refresh) }
                    if let heading = page.heading {
                        Heading(speech(.vehicleDetails))
                        DetailsCard(heading: heading)
                    }
                } nothing: {
                    EmptyView()
                }
            }
        }
    }

    private var refresh: @Sendable () async -> Void {
        { [model] in await model.send(.refresh) { !$0.standing.refreshing } }
    }
}

/// How the vehicle is doing as a whole.
private struct HealthCard: View {
    @Environment(\.speech) private var speech
    let health: HealthMark

    var body: some View {
        Card {
            Text(speech(.vehicleHealth)).typed(TypeScale.label).foregroundStyle(Color(\.textQuiet))
            Sides {
                Text(speech(health.score)).typed(TypeScale.number).foregroundStyle(Color(health.tone))
            } trailing: {
                ToneMark(text: speech(health.text), tone: health.tone)
            }
        }
        .accessibilityElement(children: .ignore)
        .accessibilityLabel(Text(speech(.vehicleHealthScore, speech(health.score))))
        .accessibilityValue(Text(speech(health.text)))
    }
}

/// What is predicted to fail.
private struct PredictionsCard: View {
    @Environment(\.speech) private var speech
    let predictions: [PredictionMark]

    var body: some View {
        Card {
            if predictions.isEmpty {
                IconLine(.good, speech(.vehiclePredictionsEmpty))
            }
            ForEach(Array(predictions.enumerated()), id: \.offset) { prediction in
                PredictionRow(prediction: prediction.element)
            }
        }
    }
}

/// Its bookings.
private struct HistoryCard: View {
    @Environment(\.speech) private var speech
    let history: VehicleHistory
    let retry: @MainActor () -> Void

    var body: some View {
        Stand(standing: history.standing, retry: retry) {
            Card {
                ForEach(history.bookings) { booking in
                    BookingLine(booking: booking)
                }
            }
        } nothing: {
            Card { IconLine(.calendar, speech(.vehicleHistoryEmpty)) }
        }
    }
}

/// What it is.
private struct DetailsCard: View {
    @Environment(\.speech) private var speech
    let heading: VehicleHeading

    var body: some View {
        Card {
            if let year = heading.year { Fact(name: speech(.vehicleYear), value: speech.year(year)) }
            if !heading.vin.isEmpty { Fact(name: speech(.vehicleVin), value: heading.vin).privacySensitive() }
            if let mileage = heading.mileage { Fact(name: speech(.vehicleMileage), value: speech(mileage)) }
            if let day = heading.purchasedOn { Fact(name: speech(.vehiclePurchased), value: speech(day)) }
            if let warranty = heading.warranty {
                Text(speech(.vehicleWarranty)).typed(TypeScale.body).foregroundStyle(Color(\.textQuiet))
                ToneMark(
                    text: speech(.vehicleWarrantyUntil, speech(warranty.text), speech(warranty.until)), tone: warranty.tone)
            }
        }
    }
}
