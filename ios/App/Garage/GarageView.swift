import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// The person's vehicles, the one that needs them most first.
struct GarageView: View {
    @Environment(\.speech) private var speech
    @Bindable var home: Home

    var body: some View {
        ScreenHost(home.garage) { garage in
            Page(speech(.garageTitle), refresh: refresh) {
                if let attention = garage.attention {
                    Card {
                        ToneMark(text: speech(.attention, attention.count), tone: attention.tone)
                        SideButton(speech(.garageDecide)) { home.show(.bookings) }
                    }
                }
                Stand(standing: garage.standing) {
                    home.garage.send(.refresh)
                } content: {
                    ForEach(garage.vehicles) { vehicle in
                        Button { home.open(.vehicle(vehicle.id)) } label: { VehicleCard(vehicle: vehicle) }
                            .buttonStyle(.plain)
                            .accessibilityHint(Text(speech(.garageOpenVehicle, vehicle.name)))
                    }
                } nothing: {
                    Empty(
                        icon: .car, title: speech(.garageEmptyTitle),
                        text: garage.canAdd ? speech(.garageEmptyBody) : speech(.garageEmptyCannotAdd)
                    ) {
                        if garage.canAdd {
                            MainButton(title: speech(.addVehicle)) { home.isAdding = true }
                        }
                    }
                }
            }
            .toolbar {
                ToolbarItem(placement: .primaryAction) {
                    if garage.canAdd {
                        Button { home.isAdding = true } label: { IconView(.plus) }
                            .accessibilityLabel(Text(speech(.addVehicle)))
                    }
                }
            }
            .sheet(isPresented: $home.isAdding, onDismiss: { home.garage.send(.addClosed) }) {
                AddVehicleView(model: home.garage, form: garage.add) { home.isAdding = false }
            }
        }
    }

    private var refresh: @Sendable () async -> Void {
        { [garage = home.garage] in await garage.send(.refresh) { !$0.standing.refreshing } }
    }
}

/// One vehicle.
private struct VehicleCard: View {
    @Environment(\.speech) private var speech
    let vehicle: GarageVehicle

    var body: some View {
        Card {
            HStack(alignment: .firstTextBaseline) {
                Text(vehicle.name).typed(TypeScale.heading).foregroundStyle(Color(\.text))
                Spacer(minLength: Space.s)
                IconView(.forward, size: Size.iconSmall)
                    .flipsForRightToLeftLayoutDirection(true)
                    .foregroundStyle(Color(\.textQuiet))
            }
            if let year = vehicle.year {
                Text(speech.year(year)).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
            }
            if let health = vehicle.health {
                ToneMark(text: speech(health.text), tone: health.tone)
                    .accessibilityHint(Text(speech(.vehicleHealthScore, speech(health.score))))
            } else {
                ToneMark(text: speech(.garageNoHealth), tone: .neutral)
            }
            if let prediction = vehicle.prediction { PredictionRow(prediction: prediction) }
            if let mileage = vehicle.mileage { IconLine(.gauge, speech(mileage)) }
            if let booking = vehicle.booking {
                Divider()
                Text(speech(.garageNextBooking)).typed(TypeScale.label).foregroundStyle(Color(\.textQuiet))
                BookingLine(booking: booking)
            }
        }
        .multilineTextAlignment(.leading)
        .accessibilityElement(children: .combine)
    }
}
