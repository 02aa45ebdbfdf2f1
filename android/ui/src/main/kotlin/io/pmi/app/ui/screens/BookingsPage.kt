package io.pmi.app.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.semantics
import io.pmi.app.design.Counted
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.design.Space
import io.pmi.app.ui.parts.Block
import io.pmi.app.ui.parts.Body
import io.pmi.app.ui.parts.DangerButton
import io.pmi.app.ui.parts.Flowing
import io.pmi.app.ui.parts.Heading
import io.pmi.app.ui.parts.IconPress
import io.pmi.app.ui.parts.Line
import io.pmi.app.ui.parts.Listing
import io.pmi.app.ui.parts.MainButton
import io.pmi.app.ui.parts.Mark
import io.pmi.app.ui.parts.Notice
import io.pmi.app.ui.parts.Page
import io.pmi.app.ui.parts.Pair
import io.pmi.app.ui.parts.Part
import io.pmi.app.ui.parts.PendingLine
import io.pmi.app.ui.parts.ProblemLine
import io.pmi.app.ui.parts.Quiet
import io.pmi.app.ui.parts.Sheet
import io.pmi.app.ui.parts.SideButton
import io.pmi.app.ui.parts.Strong
import io.pmi.app.ui.parts.Under
import io.pmi.app.ui.parts.say
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.BookingId
import io.pmi.core.BookingPhotos
import io.pmi.core.BookingRow
import io.pmi.core.Bookings
import io.pmi.core.BookingsIntent
import io.pmi.core.CallOffQuestion
import io.pmi.core.Tone

/** The person's bookings: what is to be decided first. */
@Composable
fun BookingsPage(record: Bookings, send: (BookingsIntent) -> Unit, book: () -> Unit, move: (BookingId) -> Unit) {
    Page(
        say(Label.BOOKINGS_TITLE),
        actions = { if (record.canBook) IconPress(Icon.CALENDAR_PLUS, say(Label.BOOKINGS_NEW), onPress = book) },
    ) {
        Listing(record.standing, { send(BookingsIntent.Refresh) }, empty = { NoBookings(record.canBook, book) }) {
            record.problem?.let { item("problem") { ProblemLine(it, { send(BookingsIntent.TryAgain) }) } }
            if (record.decisions.isNotEmpty()) {
                item("decisions") { Heading(say(Label.BOOKINGS_DECISIONS)) }
                items(record.decisions, { "decision ${it.item}" }) { DecisionCard(it, send, move) }
            }
            group(Label.BOOKINGS_PENDING, record.pending, send, move)
            group(Label.BOOKINGS_UPCOMING, record.upcoming, send, move)
            group(Label.BOOKINGS_PAST, record.past, send, move)
        }
    }
    record.question?.let { Sheet(LocalWords.current.text(it.text), { send(BookingsIntent.Dismiss) }) { Question(it, send) } }
}

private fun LazyListScope.group(title: Label, rows: List<BookingRow>, send: (BookingsIntent) -> Unit, move: (BookingId) -> Unit) {
    if (rows.isEmpty()) return
    item(title.name) { Heading(say(title)) }
    items(rows, { "booking ${it.id}" }) { Row(it, send, move) }
}

@Composable
private fun Row(row: BookingRow, send: (BookingsIntent) -> Unit, move: (BookingId) -> Unit) = Block {
    BookingFacts(row)
    if (row.canMove || row.canCallOff || row.ways.isNotEmpty()) {
        Flowing {
            if (row.canMove) SideButton(say(Label.BOOKING_MOVE), enabled = !row.busy, icon = Icon.CLOCK) { move(row.id) }
            if (row.canCallOff) SideButton(say(Label.BOOKING_CALL_OFF), busy = row.busy) { send(BookingsIntent.CallOff(row.id)) }
            row.ways.forEach { way -> SideButton(LocalWords.current.text(way.text), enabled = !row.busy) { send(way.intent) } }
        }
    }
}

/** What a booking is. */
@Composable
fun BookingFacts(row: BookingRow) = Column(Modifier.semantics(mergeDescendants = true) {}, Arrangement.spacedBy(Space.s)) {
    val words = LocalWords.current
    Pair({ Strong(words.text(row.service)) }) { Mark(words.text(row.status), row.tone) }
    Line(Icon.CALENDAR, words.wall(row.startsAt))
    row.minutes?.let { Line(Icon.CLOCK, words.say(Label.BOOKING_DURATION, words.quantity(it))) }
    row.vehicle?.let { Line(Icon.CAR, it) }
    row.center?.let { Line(Icon.LOCATION, it) }
    row.notes?.let { Line(Icon.NOTES, it) }
    row.photos?.let { Photos(it) }
    row.pending?.let { PendingLine(it) }
}

@Composable
private fun Photos(photos: BookingPhotos) {
    val words = LocalWords.current
    Line(Icon.PHOTO, words.count(Counted.PHOTOS, photos.count.toLong()))
    Under {
        if (photos.unsent > 0u) Quiet(words.count(Counted.PHOTOS_UNSENT, photos.unsent.toLong()))
        photos.next?.let { Quiet(words.text(it)) }
        photos.progress?.let { progress ->
            Quiet(words.say(Label.BOOKING_PHOTOS_SENT, words.quantity(progress)))
            Part((progress.value / 100.0).toFloat(), Tone.NEUTRAL)
        }
    }
}

@Composable
private fun NoBookings(canBook: Boolean, book: () -> Unit) =
    Notice(Icon.CALENDAR, say(Label.BOOKINGS_EMPTY_TITLE), say(Label.BOOKINGS_EMPTY_BODY)) {
        if (canBook) MainButton(say(Label.BOOKINGS_NEW), icon = Icon.CALENDAR_PLUS, onPress = book)
    }

/** Whether a booking is to be called off. */
@Composable
fun Question(question: CallOffQuestion, send: (BookingsIntent) -> Unit) {
    Body(LocalWords.current.text(question.booking.service))
    question.booking.vehicle?.let { Quiet(it) }
    DangerButton(say(Label.BOOKING_CALL_OFF_CONFIRM), Modifier.fillMaxWidth(), question.busy) { send(BookingsIntent.Confirm) }
    SideButton(say(Label.BOOKING_CALL_OFF_STAY), Modifier.fillMaxWidth(), enabled = !question.busy) { send(BookingsIntent.Dismiss) }
}
