package io.pmi.app.ui.walks

import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createComposeRule
import io.pmi.BY_TESTS
import io.pmi.Dialect
import io.pmi.Person
import io.pmi.PmiClient
import io.pmi.Server
import io.pmi.app.design.Label
import io.pmi.app.ui.shell.AppState
import io.pmi.device
import io.pmi.open
import io.pmi.signIn
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Rule

/** A test that walks through the app, against the platform in a child process. */
abstract class Walk {
    @get:Rule
    val rule = createComposeRule()

    protected val hand by lazy { Hand(rule) }

    /** With the app in the hand, and nobody signed in. Nothing may have thrown in it. */
    protected fun walk(dialect: Dialect = Dialect.V2, photo: ByteArray? = null, act: Pocket.() -> Unit) = Server.start(dialect).use { server ->
        Pocket(server, dialect, hand, photo).use(act)
    }

    /** With the app in the hand of a customer, who looks at the garage. */
    protected fun signedIn(dialect: Dialect = Dialect.V2, photo: ByteArray? = null, act: Pocket.() -> Unit) = walk(dialect, photo) {
        check(behind { client.signIn(person.email, person.password) }.done)
        hand.sees(hasContentDescription("Health", substring = true))
        act()
    }

    /** What goes on elsewhere meanwhile. */
    protected fun <T> behind(act: suspend () -> T): T = runBlocking(Dispatchers.Default) { act() }

    /** Fills the form for a booking in; on the page of it. */
    protected fun Pocket.fillsIn(ahead: Int, hour: Int, withPhoto: Boolean = false) {
        hand.presses("General service")
        if (dialect == Dialect.V2) choosesACenter()
        hand.chooses(ahead, hour)
        hand.writes(Label.BOOK_NOTES, BY_TESTS)
        if (withPhoto) {
            hand.presses(Label.BOOK_ADD_PHOTO)
            hand.scrollsTo("Photo 1, ")
        }
    }

    /** Where they were never seen on this device, the choice is the server's. */
    private fun choosesACenter() {
        hand.scrollsTo(hasText(", Bengaluru", substring = true) or hasText(hand.words(Label.BOOK_CENTER_BY_SERVER)))
        if (!hand.isThere(Label.BOOK_CENTER_BY_SERVER)) hand.presses(", Bengaluru")
    }

    /** Books service, from wherever the person is. */
    protected fun Pocket.books(ahead: Int, hour: Int, withPhoto: Boolean = false) {
        hand.presses(Label.TAB_BOOKINGS)
        hand.pressesIcon(Label.BOOKINGS_NEW)
        fillsIn(ahead, hour, withPhoto)
        hand.presses(Label.BOOK_SUBMIT)
        // Accepted, it is among the bookings.
        hand.sees(hasContentDescription(hand.words(Label.BOOKINGS_NEW)))
    }

    /** Nothing waits any more, and the server has so many. */
    protected fun Pocket.isSent(bookings: Int) {
        hand.waits("the server has $bookings") { server.booked(person).size == bookings }
        hand.presses(Label.TAB_BOOKINGS)
        hand.scrollsUp()
        hand.sees(Label.BOOKINGS_UPCOMING)
        hand.seesNoMore(Label.BOOKINGS_PENDING)
        assertEquals(bookings, server.booked(person).size)
    }
}

/** A customer's device with the app on it. */
class Pocket(val server: Server, val dialect: Dialect, private val hand: Hand, photo: ByteArray?) : AutoCloseable {
    val person: Person = server.people[0]
    val phone = Phone(photo)
    private val device = device()

    /** Where this server takes bookings. */
    val booking = if (dialect == Dialect.V2) "/api/bookings" else "/api/bookings/create"

    var client: PmiClient = open(server.url, device)
        private set

    /** Where the person is in it. */
    var state: AppState = hand.holds(client, phone)
        private set

    /** The app is ended, and started again. */
    fun restarts(hasNetwork: Boolean = true) {
        hand.putsDown()
        client.close()
        client = open(server.url, device)
        client.setNetwork(hasNetwork)
        state = hand.holds(client, phone)
    }

    /** No network, and no server in it. */
    fun losesTheNetwork() {
        server.stop()
        client.setNetwork(false)
    }

    fun findsTheNetwork() {
        server.startAgain()
        client.setNetwork(true)
    }

    override fun close() {
        hand.putsDown()
        client.close()
        assertEquals(emptyList<Throwable>(), phone.reported)
    }
}
