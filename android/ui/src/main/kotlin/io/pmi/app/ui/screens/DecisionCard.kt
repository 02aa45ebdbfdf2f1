package io.pmi.app.ui.screens

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.HorizontalDivider
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.design.of
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.parts.Block
import io.pmi.app.ui.parts.BookingLine
import io.pmi.app.ui.parts.Flowing
import io.pmi.app.ui.parts.Line
import io.pmi.app.ui.parts.MainButton
import io.pmi.app.ui.parts.Quiet
import io.pmi.app.ui.parts.SAID
import io.pmi.app.ui.parts.SideButton
import io.pmi.app.ui.parts.Strong
import io.pmi.app.ui.parts.say
import io.pmi.app.ui.parts.signOf
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.BookingDecision
import io.pmi.core.BookingId
import io.pmi.core.BookingsIntent
import io.pmi.core.Tone

/** Something a person must decide on: what was asked, what stands against it, and each way out with one tap. */
@Composable
fun DecisionCard(decision: BookingDecision, send: (BookingsIntent) -> Unit, move: (BookingId) -> Unit) = Block {
    val words = LocalWords.current
    Line(signOf(decision.tone), words.text(decision.why), SAID, color = LocalPalette.current.of(decision.tone))
    Strong(words.text(decision.asked))
    val server = decision.server
    val booking = decision.booking
    if (server != null) {
        Quiet(say(Label.BOOKING_SERVER_HAS))
        Block(tone = Tone.NEUTRAL) { BookingLine(server) }
    } else {
        booking?.let { BookingFacts(it) }
    }
    decision.ways.forEachIndexed { number, way ->
        val press = { send(way.intent) }
        if (number == 0) {
            MainButton(words.text(way.text), busy = decision.busy, onPress = press)
        } else {
            SideButton(words.text(way.text), Modifier.fillMaxWidth(), enabled = !decision.busy, onPress = press)
        }
    }
    if (decision.slots.isNotEmpty()) {
        HorizontalDivider(color = LocalPalette.current.outline)
        Quiet(say(Label.BOOKING_FREE_INSTEAD))
        Flowing {
            decision.slots.forEach { slot ->
                SideButton(words.wall(slot), enabled = !decision.busy, icon = Icon.CLOCK) { send(BookingsIntent.ChooseSlot(decision.item, slot)) }
            }
        }
    }
    if (booking != null && (decision.canMove || decision.canCallOff)) {
        Flowing {
            if (decision.canMove) SideButton(say(Label.BOOKING_OTHER_TIME), enabled = !decision.busy) { move(booking.id) }
            if (decision.canCallOff) SideButton(say(Label.BOOKING_CALL_OFF), enabled = !decision.busy) { send(BookingsIntent.CallOff(booking.id)) }
        }
    }
    Quiet(say(Label.ASKED_AT, words.moment(decision.acceptedAt)))
    decision.requestId?.let { Quiet(say(Label.REQUEST_ID, it)) }
}
