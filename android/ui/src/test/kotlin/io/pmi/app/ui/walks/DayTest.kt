package io.pmi.app.ui.walks

import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createComposeRule
import io.pmi.BY_TESTS
import io.pmi.Dialect
import io.pmi.Person
import io.pmi.PmiClient
import io.pmi.Server
import io.pmi.Wish
import io.pmi.app.design.Label
import io.pmi.bookingsWhen
import io.pmi.device
import io.pmi.fillIn
import io.pmi.open
import io.pmi.settledBookings
import io.pmi.shownGarage
import io.pmi.signIn
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.junit.runners.Parameterized

/** The customer's day, by hand: everything is pressed and read on the app, against the real platform in a child process. */
@RunWith(Parameterized::class)
class DayTest(private val dialect: Dialect) {
    @get:Rule
    val rule = createComposeRule()

    private val hand by lazy { Hand(rule) }

    @Test
    fun `a customers day from sign in to conflict`() = Server.start(dialect).use { server ->
        open(server.url, device()).use { client ->
            val person = server.people[0]
            val phone = Phone(JPEG + ByteArray(50_000))
            hand.holds(client, phone)
            signsIn(person)
            looks(client)
            booksOnline(server, person)
            booksOffline(client, server, person)
            isContradicted(client, server, person)
            hand.presses(Label.TAB_ACCOUNT)
            hand.presses(Label.ACCOUNT_SIGN_OUT)
            hand.sees(Label.WELCOME_TITLE)
            assertEquals(emptyList<Throwable>(), phone.reported)
        }
    }

    private fun signsIn(person: Person) {
        hand.presses(Label.WELCOME_SIGN_IN)
        hand.writes(Label.FIELD_EMAIL, person.email)
        hand.writes(Label.FIELD_PASSWORD, "wrong-9876")
        hand.presses(Label.SIGN_IN_SUBMIT)
        hand.sees("Email or password is wrong")
        hand.writes(Label.FIELD_PASSWORD, person.password)
        hand.presses(Label.SIGN_IN_SUBMIT)
        hand.sees(Label.GARAGE_TITLE)
    }

    private fun looks(client: PmiClient) {
        val vehicle = runBlocking { client.shownGarage() }.vehicles.single()
        hand.presses(vehicle.name)
        hand.sees(hasContentDescription(hand.words(Label.VEHICLE_DRAWING)))
        hand.presses(hasContentDescription("Brakes: ", substring = true))
        hand.scrollsTo(hasText(hand.words(Label.VEHICLE_TELEMETRY)))
        hand.scrollsTo(hasText(hand.words(Label.VEHICLE_HISTORY)))
    }

    private fun booksOnline(server: Server, person: Person) {
        hand.presses(Label.TAB_GARAGE)
        hand.presses(hasContentDescription("Health", substring = true))
        hand.presses(Label.VEHICLE_BOOK)
        fillsIn(ahead = 1, hour = 10, withPhoto = dialect == Dialect.V2)
        hand.waits("the server has it") { server.booked(person).size == 1 }
        hand.scrollsTo(hasText("10:00 am", substring = true))
        if (dialect == Dialect.V2) hand.scrollsTo(hasText("1 photo", substring = true))
    }

    private fun fillsIn(ahead: Int, hour: Int, withPhoto: Boolean = false) {
        hand.presses("General service")
        if (dialect == Dialect.V2) hand.presses(", Bengaluru")
        hand.chooses(ahead, hour)
        hand.writes(Label.BOOK_NOTES, BY_TESTS)
        if (withPhoto) {
            hand.presses(Label.BOOK_ADD_PHOTO)
            hand.scrollsTo(hasText("Photo 1, ", substring = true))
        }
        hand.presses(Label.BOOK_SUBMIT)
    }

    private fun booksOffline(client: PmiClient, server: Server, person: Person) {
        server.stop()
        client.setNetwork(false)
        hand.presses(Label.TAB_BOOKINGS)
        hand.pressesIcon(Label.BOOKINGS_NEW)
        fillsIn(ahead = 3, hour = 12)
        hand.scrollsTo(hasText("Waiting for a connection"))
        hand.scrollsTo(hasText("offline", substring = true, ignoreCase = true))
        server.startAgain()
        client.setNetwork(true)
        hand.waits("it was sent") { server.booked(person).size == 2 }
        hand.seesNoMore("Waiting for a connection")
    }

    /** Another device of the same person moves what is moved here; the server's time is kept. */
    private fun isContradicted(client: PmiClient, server: Server, person: Person) {
        runBlocking(Dispatchers.Default) { client.settledBookings(own = 2) }
        client.setNetwork(false)
        val booking = runBlocking(Dispatchers.Default) { client.bookingsWhen { shown -> shown.upcoming.any { it.notes == BY_TESTS && it.canMove } } }
            .upcoming.first { it.canMove }
        hand.scrollsUp()
        hand.presses(Label.BOOKING_MOVE)
        hand.chooses(ahead = 5, hour = 13)
        hand.presses(Label.BOOK_MOVE_SUBMIT)
        hand.scrollsTo(hasText(hand.words(Label.BOOKINGS_PENDING)))
        runBlocking(Dispatchers.Default) {
            open(server.url, device()).use { other ->
                check(other.signIn(person.email, person.password).done)
                other.moveBooking(booking.id).use { checkNotNull(it.fillIn(Wish(days = 6, hour = 15)).accepted) }
                other.bookingsWhen { shown -> shown.pending.isEmpty() && shown.upcoming.any { it.startsAt.hour.toInt() == 15 } }
            }
        }
        client.setNetwork(true)
        // Two taps: to where it is to be decided, and the decision.
        hand.presses(Label.TAB_GARAGE)
        hand.presses(Label.GARAGE_DECIDE)
        hand.presses("Keep what the service centre has")
        hand.seesNoMore(hand.words(Label.BOOKINGS_DECISIONS))
        hand.scrollsTo(hasText("3:00 pm", substring = true))
    }

    companion object {
        @JvmStatic
        @Parameterized.Parameters(name = "{0}")
        fun dialects() = Dialect.entries

        private val JPEG = byteArrayOf(0xff.toByte(), 0xd8.toByte(), 0xff.toByte(), 0xe0.toByte())
    }
}
