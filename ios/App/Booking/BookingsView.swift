import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// The person's bookings: what they must decide first.
struct BookingsView: View {
    @Environment(\.speech) private var speech
    let home: Home

    var body: some View {
        ScreenHost(home.bookings) { list in
            Page(speech(.bookingsTitle), refresh: refresh) {
                if let accepted = home.accepted { AcceptedCard(accepted: accepted) { home.accepted = nil } }
                MaybeProblem(problem: list.problem) { home.bookings.send(.dismiss) }
                Stand(standing: list.standing) {
                    home.bookings.send(.refresh)
                } content: {
                    if !list.decisions.isEmpty {
                        Heading(speech(.bookingsDecisions))
                        ForEach(list.decisions) { decision in DecisionCard(home: home, decision: decision) }
                    }
                    rows(speech(.bookingsPending), list.pending)
                    rows(speech(.bookingsUpcoming), list.upcoming)
                    rows(speech(.bookingsPast), list.past)
                } nothing: {
                    Empty(icon: .calendar, title: speech(.bookingsEmptyTitle), text: speech(.bookingsEmptyBody)) {
                        if list.canBook {
                            MainButton(title: speech(.bookingsNew), isBusy: false) { home.open(.book(nil)) }
                        }
                    }
                }
            }
            .toolbar {
                ToolbarItem(placement: .primaryAction) {
                    if list.canBook {
                        Button { home.open(.book(nil)) } label: { IconView(.plus) }
                            .accessibilityLabel(Text(speech(.bookingsNew)))
                    }
                }
            }
            .sheet(isPresented: Binding(shown: list.question != nil) { home.bookings.send(.dismiss) }) {
                if let question = list.question { CallOffView(model: home.bookings, question: question) }
            }
        }
    }

    @ViewBuilder
    private func rows(_ title: String, _ rows: [BookingRow]) -> some View {
        if !rows.isEmpty {
            Heading(title)
            ForEach(rows) { row in BookingCard(home: home, row: row) }
        }
    }

    private var refresh: @Sendable () async -> Void {
        { [bookings = home.bookings] in await bookings.send(.refresh) { !$0.standing.refreshing } }
    }
}

/// That a booking was accepted, also where it waits for a network.
private struct AcceptedCard: View {
    @Environment(\.speech) private var speech
    let accepted: AcceptedBooking
    let seen: @MainActor () -> Void

    var body: some View {
        Card {
            IconLine(
                accepted.waitsForNetwork ? .waiting : .check,
                accepted.waitsForNetwork ? speech(.bookAcceptedOffline) : speech(.bookAccepted), ink: Color(\.text))
            Button(speech(.close), action: seen).buttonStyle(.bordered)
        }
    }
}

/// Asked before a booking is called off.
private struct CallOffView: View {
    @Environment(\.speech) private var speech
    let model: ScreenModel<Bookings, BookingsIntent>
    let question: CallOffQuestion

    var body: some View {
        NavigationStack {
            Page(speech(.bookingCallOff)) {
                Text(speech(question.text)).typed(TypeScale.heading).foregroundStyle(Color(\.text))
                Card { BookingFacts(row: question.booking) }
                MainButton(title: speech(.bookingCallOffConfirm), isBusy: question.busy, role: .destructive) {
                    model.send(.confirm)
                }
                Button { model.send(.dismiss) } label: {
                    Text(speech(.bookingCallOffStay)).typed(TypeScale.label).frame(maxWidth: .infinity)
                }
                .buttonStyle(.bordered)
                .controlSize(.large)
            }
        }
    }
}
