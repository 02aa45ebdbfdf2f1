package io.pmi.app.ui.walks

import androidx.compose.ui.test.hasText
import io.pmi.BY_TESTS
import io.pmi.Dialect
import io.pmi.Wish
import io.pmi.app.design.Label
import io.pmi.bookService
import io.pmi.bookingsWhen
import io.pmi.fillIn
import io.pmi.settledBookings
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.junit.runners.Parameterized

/** Scenario 24: what was changed elsewhere meanwhile is decided by the person. */
@RunWith(Parameterized::class)
class ConflictTest(private val dialect: Dialect) : Walk() {
    @Test
    fun `s24 a conflict is resolved in two taps`() = contradicted(bookings = 1) {
        hand.hears("1 booking change needs your decision")
        val before = hand.taps
        hand.presses(Label.GARAGE_DECIDE)
        hand.presses("Keep what the service centre has")
        hand.seesNoMore(Label.BOOKINGS_DECISIONS)
        assertEquals(2, hand.taps - before)
        hand.scrollsTo("4:00\u00a0pm")
        hand.presses(Label.TAB_GARAGE)
        hand.seesNoMore("needs your decision")
        assertEquals(listOf("16:00:00"), times())
    }

    @Test
    fun `s24 of two conflicts one is insisted on, and of the other another time is asked for`() = contradicted(bookings = 2) {
        hand.sees("2 booking changes need your decision")
        hand.presses(Label.GARAGE_DECIDE)
        hand.hears("The booking was changed elsewhere")
        hand.presses("Ask for mine all the same")
        hand.waits("the server has what was insisted on") { "13:00:00" in times() }
        hand.presses(Label.BOOKING_OTHER_TIME)
        hand.chooses(ahead = 5, hour = 11)
        hand.presses(Label.BOOK_MOVE_SUBMIT)
        hand.waits("the server has the other time") { times() == listOf("11:00:00", "13:00:00") }
        hand.seesNoMore(Label.BOOKINGS_DECISIONS)
        hand.seesNoMore(Label.BOOKINGS_PENDING)
        hand.scrollsTo("1:00\u00a0pm")
        hand.scrollsTo("11:00\u00a0am")
    }

    @Test
    fun `s25 what is refused for good is tried again or given up, and what comes after it goes`() = signedIn(dialect) {
        refuses("POST", booking, times = 3)
        books(ahead = 1, hour = 10)
        hand.scrollsTo("Not accepted: ")
        hand.presses("Try again")
        hand.waits("it was asked for again") { server.asked("POST", booking) == 2 }
        hand.scrollsTo("Not accepted: ")
        books(ahead = 2, hour = 11)
        hand.waits("the second was refused too") { hand.isThere(hasText("Not accepted: ", substring = true)) && server.asked("POST", booking) == 3 }
        books(ahead = 3, hour = 12)
        hand.waits("the third goes") { times() == listOf("12:00:00") }
        hand.scrollsUp()
        hand.presses("Try again")
        hand.waits("the first is taken now") { times() == listOf("10:00:00", "12:00:00") }
        hand.presses("Give up this booking")
        hand.seesNoMore(Label.BOOKINGS_DECISIONS)
        assertEquals(listOf("10:00:00", "12:00:00"), times())
    }

    @Test
    fun `what waits is sent now or left, as it is asked`() = signedIn(dialect) {
        behind { checkNotNull(client.bookService(Wish(days = 1, hour = 10)).accepted) }
        isSent(1)
        losesTheNetwork()
        hand.scrollsUp()
        hand.presses(Label.BOOKING_MOVE)
        hand.chooses(ahead = 4, hour = 13)
        hand.presses(Label.BOOK_MOVE_SUBMIT)
        hand.hears("Waiting for a connection")
        hand.presses("Leave the booking as it is")
        hand.seesNoMore(Label.BOOKINGS_PENDING)
        hand.scrollsTo("10:00\u00a0am")
        books(ahead = 2, hour = 15)
        hand.hears("Waiting for a connection")
        hand.presses("Send now")
        hand.hears("Waiting for a connection")
        findsTheNetwork()
        isSent(2)
        assertEquals(listOf("10:00:00", "15:00:00"), times())
    }

    /** Moved here without a network, and at the service centre's desk too. */
    private fun contradicted(bookings: Int, act: Pocket.() -> Unit) = signedIn(dialect) {
        behind {
            repeat(bookings) { checkNotNull(client.bookService(Wish(days = 1L + it, hour = 10)).accepted) }
            client.settledBookings(own = bookings)
        }
        hand.presses(Label.TAB_BOOKINGS)
        hand.scrollsTo(Label.BOOKING_MOVE)
        client.setNetwork(false)
        hand.presses(Label.BOOKING_MOVE)
        hand.chooses(ahead = 4, hour = 13)
        hand.presses(Label.BOOK_MOVE_SUBMIT)
        hand.scrollsTo(Label.BOOKINGS_PENDING)
        behind {
            val others = client.bookingsWhen { it.pending.size == 1 }.upcoming.filter { it.notes == BY_TESTS }
            for (booking in others) client.moveBooking(booking.id).use { checkNotNull(it.fillIn(Wish(days = 4, hour = 13)).accepted) }
        }
        server.booked(person).forEach { server.moves(it.id, it.wallTime.substringBefore('T') + "T16:00:00") }
        hand.presses(Label.TAB_GARAGE)
        client.setNetwork(true)
        act()
    }

    private fun Pocket.times() = server.booked(person).map { it.wallTime.substringAfter('T') }.sorted()

    companion object {
        @JvmStatic
        @Parameterized.Parameters(name = "{0}")
        fun dialects() = Dialect.entries
    }
}
