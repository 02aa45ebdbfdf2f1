package io.pmi.app.ui.walks

import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.unit.DpSize
import androidx.compose.ui.unit.dp
import io.pmi.app.design.Label
import io.pmi.device
import io.pmi.open
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test

/** A newcomer sees it all without a server. */
class DemoTest {
    @get:Rule
    val rule = createComposeRule()

    private val hand by lazy { Hand(rule) }

    @Test
    fun `the demo shows every part of the app without a server`() = open("http://localhost:1", device()).use { client ->
        val phone = Phone()
        hand.holds(client, phone)
        hand.presses(Label.WELCOME_SIGN_IN)
        hand.presses(Label.WELCOME_DEMO)
        hand.sees(Label.DEMO_BANNER)
        hand.sees(Label.GARAGE_TITLE)
        hand.presses(hasContentDescription("Health", substring = true))
        hand.scrollsTo(hasText(hand.words(Label.VEHICLE_TELEMETRY)))
        hand.pressesIcon(Label.BACK)
        hand.sees(Label.GARAGE_TITLE)
        hand.presses(Label.TAB_BOOKINGS)
        hand.sees(hasContentDescription(hand.words(Label.BOOKINGS_NEW)))
        hand.presses(Label.TAB_NOTIFICATIONS)
        hand.sees("unread")
        hand.presses(Label.TAB_ACCOUNT)
        hand.presses(Label.DIAGNOSTICS_TITLE)
        hand.sees(Label.DIAGNOSTICS_SERVER)
        hand.pressesIcon(Label.BACK)
        hand.presses("हिन्दी")
        hand.sees("खाता")
        hand.presses("English")
        goesOffline()
        books()
        hand.presses(Label.DEMO_BANNER)
        hand.presses(Label.DEMO_END)
        hand.sees(Label.WELCOME_TITLE)
        assertEquals(emptyList<Throwable>(), phone.reported)
    }

    @Test
    fun `on a wide window a vehicle is shown beside the garage`() = open("http://localhost:1", device()).use { client ->
        val state = hand.holds(client, size = DpSize(1000.dp, 740.dp))
        state.beginDemo()
        hand.presses(hasContentDescription("Health", substring = true))
        hand.sees(hasContentDescription(hand.words(Label.VEHICLE_DRAWING)))
        hand.sees(Label.GARAGE_TITLE)
        // Beside the garage there is nothing to go back from.
        assertEquals(false, hand.isThere(hasContentDescription(hand.words(Label.BACK))))
    }

    @Test
    fun `whose session in the demo has expired comes in again`() = open("http://localhost:1", device()).use { client ->
        hand.holds(client).beginDemo()
        hand.sees(Label.GARAGE_TITLE)
        hand.presses(Label.DEMO_BANNER)
        hand.presses(Label.DEMO_EXPIRED_SESSION)
        hand.pressesIcon(Label.CLOSE)
        hand.pulls()
        hand.sees("Your session has expired")
        hand.presses(Label.DEMO_BANNER)
        hand.presses(Label.DEMO_EXPIRED_SESSION)
        hand.pressesIcon(Label.CLOSE)
        hand.presses(Label.WELCOME_DEMO)
        hand.sees(Label.GARAGE_TITLE)
    }

    private fun books() {
        hand.presses(Label.TAB_BOOKINGS)
        hand.pressesIcon(Label.BOOKINGS_NEW)
        hand.presses("General service")
        hand.presses("Bengaluru")
        hand.chooses(ahead = 1, hour = 9)
        hand.writes(Label.BOOK_NOTES, "in the demo")
        hand.presses(Label.BOOK_SUBMIT)
        hand.scrollsTo("in the demo")
        hand.scrollsUp()
        hand.seesNoMore(Label.BOOKINGS_PENDING)
    }

    private fun goesOffline() {
        hand.presses(Label.DEMO_BANNER)
        hand.presses(Label.DEMO_OFFLINE)
        hand.pressesIcon(Label.CLOSE)
        hand.presses(Label.TAB_GARAGE)
        hand.sees(hasContentDescription("Health", substring = true))
        hand.pulls()
        hand.scrollsTo(hasText("offline", substring = true, ignoreCase = true))
        hand.presses(Label.DEMO_BANNER)
        hand.presses(hasText(hand.words(Label.DEMO_OFFLINE)) and hasClickAction())
        hand.pressesIcon(Label.CLOSE)
    }
}
