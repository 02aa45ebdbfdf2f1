import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// Something a person must decide on: what they asked for, what stands against it, and each way out one tap away.
struct DecisionCard: View {
    @Environment(\.speech) private var speech
    let home: Home
    let decision: BookingDecision

    var body: some View {
        Card {
            ToneMark(text: speech(decision.why), tone: decision.tone)
            Text(speech(decision.asked)).typed(TypeScale.heading).foregroundStyle(Color(\.text))
            Text(speech(.askedAt, speech(decision.acceptedAt))).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
            if let vehicle = decision.booking?.vehicle { IconLine(.car, vehicle) }
            if let server = decision.server {
                Divider()
                Text(speech(.bookingServerHas)).typed(TypeScale.label).foregroundStyle(Color(\.textQuiet))
                BookingLine(booking: server)
            }
            Divider()
            if decision.busy { ProgressView().accessibilityLabel(Text(speech(.working))) }
            Ways(ways: decision.ways, isBusy: decision.busy, send: home.bookings.send)
            if !decision.slots.isEmpty {
                Text(speech(.bookingFreeInstead)).typed(TypeScale.label).foregroundStyle(Color(\.textQuiet))
                ForEach(decision.slots, id: \.self) { slot in
                    Choice(title: speech(.bookingTakeTime, speech(slot)), isChosen: false) {
                        home.bookings.send(.chooseSlot(item: decision.item, at: slot))
                    }
                    .disabled(decision.busy)
                }
            }
            if let booking = decision.booking {
                if decision.canMove {
                    SideButton(speech(.bookingOtherTime)) { home.open(.move(booking.id)) }.disabled(decision.busy)
                }
                if decision.canCallOff {
                    SideButton(speech(.bookingCallOff), role: .destructive) {
                        home.bookings.send(.callOff(booking: booking.id))
                    }
                    .disabled(decision.busy)
                }
            }
            if let id = decision.requestId {
                Text(speech(.requestId, id))
                    .typed(TypeScale.note)
                    .foregroundStyle(Color(\.textQuiet))
                    .textSelection(.enabled)
            }
        }
    }
}
