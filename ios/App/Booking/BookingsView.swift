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
                MaybeProblem(problem: list.problem) { home.bookings.send(.tryAgain) }
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
                            MainButton(title: speech(.bookingsNew)) { home.open(.book(nil)) }
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
            .sheet(item: Binding(asked: list.callingOff) { home.bookings.send(.dismiss) }) { asked in
                CallOffView(model: home.bookings, question: asked.question)
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
            SideButton(speech(.close), action: seen)
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
                SideButton(speech(.bookingCallOffStay)) { model.send(.dismiss) }.keyboardShortcut(.cancelAction)
            }
        }
        .interactiveDismissDisabled(question.busy)
    }
}
