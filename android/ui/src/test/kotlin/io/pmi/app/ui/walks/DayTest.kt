package io.pmi.app.ui.walks

import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasStateDescription
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import io.pmi.Dialect
import io.pmi.app.design.Label
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Test
import org.junit.runner.RunWith
import org.junit.runners.Parameterized

/** The customer's day, as `pmi demo` tells it, by hand: everything is pressed and read on the app, against the real platform. */
@RunWith(Parameterized::class)
class DayTest(private val dialect: Dialect) : Walk() {
    @Test
    fun `a customers day from sign in to sign out`() = walk(dialect, JPEG + ByteArray(50_000)) {
        signsIn()
        looks()
        booksAndChangesIt()
        readsWhatItWasTold()
        isRefreshedWithoutASignIn()
        signsOutWithSomethingUnsent()
    }

    private fun Pocket.signsIn() {
        hand.presses(Label.WELCOME_SIGN_IN)
        hand.writes(Label.FIELD_EMAIL, person.email)
        hand.writes(Label.FIELD_PASSWORD, "wrong-9876")
        hand.presses(Label.SIGN_IN_SUBMIT)
        hand.hears("Email or password is wrong")
        hand.writes(Label.FIELD_PASSWORD, person.password)
        hand.presses(Label.SIGN_IN_SUBMIT)
        hand.sees(Label.GARAGE_TITLE)
        assertEquals("once is enough", 2, server.asked("POST", "/api/auth/login"))
    }

    /** The garage, and the one thing in it that cannot wait. */
    private fun looks() {
        hand.sees(hasContentDescription("Health", substring = true))
        hand.sees("% likely")
        hand.presses(hasContentDescription("Health", substring = true))
        hand.sees(hasContentDescription(hand.words(Label.VEHICLE_DRAWING)))
        hand.presses(hasContentDescription("Brakes: ", substring = true))
        hand.scrollsTo(Label.VEHICLE_TELEMETRY)
        hand.scrollsTo(Label.VEHICLE_HISTORY)
        hand.pulls()
        hand.sees(hasContentDescription(hand.words(Label.VEHICLE_DRAWING)))
    }

    private fun Pocket.booksAndChangesIt() {
        hand.presses(Label.VEHICLE_BOOK)
        fillsIn(ahead = 1, hour = 10, withPhoto = dialect == Dialect.V2)
        assertEquals("free times are listed", dialect == Dialect.V2, hand.isThere(hasTestTag("slot 10:0")))
        hand.presses(Label.BOOK_SUBMIT)
        isSent(1)
        hand.scrollsTo("10:00\u00a0am")
        if (dialect == Dialect.V2) hand.scrollsTo("1 photo")
        movesIt()
        callsItOff()
    }

    private fun Pocket.movesIt() {
        hand.scrollsUp()
        hand.presses(Label.BOOKING_MOVE)
        hand.sees("Now: ")
        hand.chooses(ahead = 2, hour = 14)
        hand.presses(Label.BOOK_MOVE_SUBMIT)
        hand.waits("it is moved at the server") { server.booked(person).single().wallTime.endsWith("T14:00:00") }
        hand.scrollsTo("2:00\u00a0pm")
        hand.seesNoMore(Label.BOOKINGS_PENDING)
    }

    private fun Pocket.callsItOff() {
        hand.scrollsUp()
        hand.presses(Label.BOOKING_CALL_OFF)
        hand.sees("Call off the booking on ")
        hand.presses(Label.BOOKING_CALL_OFF_STAY)
        hand.seesNoMore("Call off the booking on ")
        assertFalse(server.booked(person).single().status == "cancelled")
        hand.presses(Label.BOOKING_CALL_OFF)
        hand.presses(Label.BOOKING_CALL_OFF_CONFIRM)
        hand.waits("it is called off at the server") { server.booked(person).single().status == "cancelled" }
        hand.scrollsTo(Label.BOOKINGS_PAST)
        hand.scrollsTo("Called off")
    }

    private fun Pocket.readsWhatItWasTold() {
        hand.presses(Label.TAB_NOTIFICATIONS)
        hand.sees("unread")
        server.countsAnew()
        val before = unread()
        hand.presses(UNREAD)
        // It has shown the vehicle that it is about, where the server says which.
        hand.presses(Label.TAB_NOTIFICATIONS)
        hand.waits("one is read") { unread() == before - 1 }
        hand.pressesIcon(Label.NOTIFICATIONS_MARK_ALL)
        hand.waits("all are read") { unread() == 0 }
        hand.waits("each was noted") { noted() == before }
        hand.pulls()
        hand.seesNoMore("unread")
        assertEquals("each once", before, noted())
    }

    private fun Pocket.noted() = NOTED.findAll(server.seen()).count()

    private fun unread(): Int {
        val line = rule.onAllNodes(hasText("unread", substring = true)).fetchSemanticsNodes(false).firstOrNull() ?: return 0
        return line.config[SemanticsProperties.Text].single().text.substringBefore(' ').toInt()
    }

    /** The token is over by the server's clock; the device's has not moved. */
    private fun Pocket.isRefreshedWithoutASignIn() {
        server.countsAnew()
        server.isAhead(seconds = 31 * 60)
        hand.presses(Label.TAB_GARAGE)
        hand.pulls()
        for (tab in listOf(Label.TAB_BOOKINGS, Label.TAB_NOTIFICATIONS, Label.TAB_ACCOUNT, Label.TAB_GARAGE)) {
            hand.presses(tab)
            hand.pulls()
        }
        hand.sees(hasContentDescription("Health", substring = true))
        hand.waits("a new token was asked for") { server.refreshes() > 0 }
        assertEquals("asked for once", 1, server.refreshes())
        assertEquals("and nobody signed in", 0, server.asked("POST", "/api/auth/login"))
        server.isAhead(seconds = 0)
    }

    private fun Pocket.signsOutWithSomethingUnsent() {
        losesTheNetwork()
        books(ahead = 3, hour = 11)
        hand.scrollsTo("Waiting for a connection")
        hand.presses(Label.TAB_ACCOUNT)
        hand.presses(Label.ACCOUNT_SIGN_OUT)
        hand.sees(Label.ACCOUNT_UNSENT_TITLE)
        hand.presses(Label.ACCOUNT_UNSENT_DISCARD)
        hand.sees(Label.WELCOME_TITLE)
        findsTheNetwork()
        hand.presses(Label.WELCOME_SIGN_IN)
        hand.writes(Label.FIELD_EMAIL, person.email)
        hand.writes(Label.FIELD_PASSWORD, person.password)
        hand.presses(Label.SIGN_IN_SUBMIT)
        hand.presses(Label.TAB_BOOKINGS)
        hand.scrollsTo(Label.BOOKINGS_PAST)
        assertEquals("discarded is never sent", 1, server.booked(person).size)
        hand.presses(Label.TAB_ACCOUNT)
        hand.presses(Label.ACCOUNT_SIGN_OUT)
        hand.sees(Label.WELCOME_TITLE)
    }

    companion object {
        @JvmStatic
        @Parameterized.Parameters(name = "{0}")
        fun dialects() = Dialect.entries

        val JPEG = byteArrayOf(0xff.toByte(), 0xd8.toByte(), 0xff.toByte(), 0xe0.toByte())

        /** A message that was not read. */
        private val UNREAD = hasStateDescription("Unread")

        private val NOTED = Regex(""""method":"[A-Z]+","path":"/api/[^"?]*\d/(mark-)?read""")
    }
}
