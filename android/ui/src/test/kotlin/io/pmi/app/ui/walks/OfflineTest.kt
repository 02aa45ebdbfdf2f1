package io.pmi.app.ui.walks

import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import io.pmi.Dialect
import io.pmi.app.design.Label
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.junit.runners.Parameterized

/** The part of the day without a network, or with a bad one. */
@RunWith(Parameterized::class)
class OfflineTest(private val dialect: Dialect) : Walk() {
    @Test
    fun `s27 what was read is there without a network, with its age, and after a restart`() = signedIn(dialect) {
        val seen = PAGES.map { (tab, what) -> hand.presses(tab).let { read(what) } }
        losesTheNetwork()
        for (again in 1..2) {
            PAGES.zip(seen).forEach { (page, text) ->
                val (tab, _) = page
                hand.presses(tab)
                hand.pulls()
                hand.hears(", offline")
                hand.hears("As of ")
                hand.sees(text)
            }
            hand.presses(Label.TAB_GARAGE)
            hand.presses(hasContentDescription("Health", substring = true))
            hand.sees(hasContentDescription(hand.words(Label.VEHICLE_DRAWING)))
            hand.hears(", offline")
            restarts(hasNetwork = false)
        }
        findsTheNetwork()
        hand.presses(Label.TAB_GARAGE)
        hand.pulls()
        hand.seesNoMore(", offline")
        hand.sees(seen.first())
        assertEquals("still signed in", 0, server.asked("POST", "/api/auth/login"))
    }

    @Test
    fun `s22 what is booked without a network is sent once, though it was tapped twice and the app was restarted`() = signedIn(dialect, PHOTO) {
        hand.presses(Label.TAB_BOOKINGS)
        hand.sees(hasContentDescription(hand.words(Label.BOOKINGS_NEW)))
        losesTheNetwork()
        books(ahead = 3, hour = 12, withPhoto = dialect == Dialect.V2)
        hand.hears("Waiting for a connection")
        hand.hears("offline")
        hand.pressesIcon(Label.BOOKINGS_NEW)
        fillsIn(ahead = 4, hour = 15)
        hand.pressesTwice(Label.BOOK_SUBMIT)
        hand.sees(hasContentDescription(hand.words(Label.BOOKINGS_NEW)))
        hand.scrollsTo("3:00\u00a0pm")
        isTakenBack()
        restarts(hasNetwork = false)
        hand.presses(Label.TAB_BOOKINGS)
        hand.sees(Label.BOOKINGS_PENDING)
        hand.scrollsTo("12:00\u00a0pm")
        hand.scrollsTo("3:00\u00a0pm")
        findsTheNetwork()
        isSent(2)
        assertEquals(listOf("12:00:00", "15:00:00"), server.booked(person).map { it.wallTime.substringAfter('T') }.sorted())
        assertEquals("each was sent once", 2, server.asked("POST", booking))
        if (dialect == Dialect.V2) {
            hand.scrollsTo("1 photo")
            hand.seesNoMore("still to be sent")
        }
    }

    /** Booked, and called off before it was sent: nothing of it is left. */
    private fun Pocket.isTakenBack() {
        books(ahead = 1, hour = 9)
        hand.scrollsTo("9:00\u00a0am")
        hand.scrollsUp()
        // The soonest is the first.
        hand.presses(Label.BOOKING_CALL_OFF)
        hand.presses(Label.BOOKING_CALL_OFF_CONFIRM)
        hand.seesNoMore("9:00\u00a0am")
    }

    @Test
    fun `s23 a lost answer doubles nothing, and neither does an app that dies while it sends`() = signedIn(dialect) {
        server.does("cut_after", "POST", "/api/bookings", times = 1)
        books(ahead = 1, hour = 10)
        isSent(1)
        server.does("hold_after", "POST", "/api/bookings", times = 1, more = ""","gate":"sending"""")
        books(ahead = 2, hour = 11)
        hand.waits("it is being sent") { server.arrived("sending") == 1 }
        restarts()
        server.releases("sending")
        isSent(2)
    }

    @Test
    fun `an outage is said, what was read stays, and it goes on when asked`() = signedIn(dialect) {
        hand.presses(Label.TAB_BOOKINGS)
        hand.sees(hasContentDescription(hand.words(Label.BOOKINGS_NEW)))
        hand.presses(Label.TAB_GARAGE)
        server.stop()
        hand.pulls()
        hand.hears("The server cannot be reached")
        hand.sees(hasContentDescription("Health", substring = true))
        hand.presses(Label.REMEDY_RETRY)
        hand.hears("The server cannot be reached")
        server.startAgain()
        hand.presses(Label.REMEDY_RETRY)
        hand.seesNoMore("The server cannot be reached")
        hand.seesNoMore("offline")
        // Up, and failing.
        server.fail("/api/", 500, """{"error":"internal","message":"no","detail":"no","request_id":"r-77"}""")
        hand.presses(Label.TAB_BOOKINGS)
        hand.pulls()
        hand.hears("The server has a problem")
        server.heal()
        hand.presses(Label.REMEDY_RETRY)
        hand.seesNoMore("The server has a problem")
    }

    /** What a person reads there, of all that says so. */
    private fun read(what: String): String {
        hand.scrollsTo(what)
        val node = rule.onAllNodes(hasText(what, substring = true)).fetchSemanticsNodes().first()
        return node.config[SemanticsProperties.Text].first { what in it.text }.text
    }

    companion object {
        @JvmStatic
        @Parameterized.Parameters(name = "{0}")
        fun dialects() = Dialect.entries

        private val PHOTO = DayTest.JPEG + ByteArray(50_000)

        /** A page, and something on it. */
        private val PAGES = listOf(Label.TAB_GARAGE to " km", Label.TAB_BOOKINGS to "Takes", Label.TAB_NOTIFICATIONS to "unread", Label.TAB_ACCOUNT to "@")
    }
}
