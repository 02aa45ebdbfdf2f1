import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// The day, and one of its free times or one that is typed.
struct WhenSection: View {
    @Environment(\.speech) private var speech
    let book: Book
    let send: @MainActor (BookIntent) -> Void

    var body: some View {
        let calendar = Calendar.ofDays
        Heading(speech(.bookDay)).id(BookPart.day)
        Text(speech(.bookZone, speech.zone(book.zone))).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
        Card {
            MultiDatePicker(
                speech(.bookChooseDay),
                selection: Binding(get: { Set([book.day?.chosen(in: calendar)].compactMap { $0 }) }, set: choose),
                in: (book.firstDay.date(in: calendar) ?? .distantPast)...
            )
            .environment(\.calendar, calendar)
        }
        if let day = book.day { IconLine(.calendar, speech(day), ink: Color(\.text)) }
        FieldProblem(problem: book.dayProblem)
        TimeSection(book: book, send: send)
    }

    private func choose(_ days: Set<DateComponents>) {
        // The one that was chosen already is not given up by a tap: the calendar is to show it again.
        if let day = Day.chosen(among: days, besides: book.day) ?? book.day { send(.day(day: day)) }
    }
}

/// The time of the day.
private struct TimeSection: View {
    @Environment(\.speech) private var speech
    let book: Book
    let send: @MainActor (BookIntent) -> Void

    var body: some View {
        Heading(speech(.bookTime)).id(BookPart.time)
        if let slots = book.slots {
            Stand(standing: slots.standing) {
                send(.refresh)
            } content: {
                Slots(title: speech(.bookFreeTimes), slots: slots.free) { at in send(.slot(at: at)) }
            } nothing: {
                IconLine(.info, speech(.bookNoFreeTimes))
            }
        }
        if book.typeTime { TypedTime(book: book, send: send) }
        if !book.clocks.isEmpty {
            Slots(title: speech(.bookWhichTime), slots: book.clocks) { at in send(.clock(at: at)) }
        }
        FieldProblem(problem: book.timeProblem)
    }
}

/// Times to choose among, as many in a row as there is room for.
private struct Slots: View {
    @Environment(\.speech) private var speech
    @ScaledMetric private var width = 130.0
    let title: String
    let slots: [BookSlot]
    let choose: @MainActor (WallTime) -> Void

    var body: some View {
        Text(title).typed(TypeScale.label).foregroundStyle(Color(\.textQuiet))
        LazyVGrid(columns: [GridItem(.adaptive(minimum: width), spacing: Space.s)], spacing: Space.s) {
            ForEach(slots) { slot in
                Choice(
                    title: speech.hour(slot.at), detail: slot.left.map { speech(.placesLeft, $0) }, isChosen: slot.chosen
                ) { choose(slot.at) }
            }
        }
    }
}

/// A time that is typed, as the centre's clock shows it.
private struct TypedTime: View {
    @Environment(\.speech) private var speech
    let book: Book
    let send: @MainActor (BookIntent) -> Void

    var body: some View {
        if let date = book.time?.date(in: .ofDays) {
            DatePicker(
                speech(.bookTime),
                selection: Binding(get: { date }, set: choose),
                displayedComponents: .hourAndMinute)
        } else {
            SideButton(speech(.bookChooseTime)) { send(.time(time: book.timeBegins)) }
        }
    }

    private func choose(_ date: Date) {
        if let time = TimeOfDay(date, in: .ofDays) { send(.time(time: time)) }
    }
}
