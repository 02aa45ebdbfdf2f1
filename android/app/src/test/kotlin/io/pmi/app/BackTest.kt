package io.pmi.app

import androidx.activity.BackEventCompat
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasTestTag
import io.pmi.app.design.Label
import io.pmi.app.ui.shell.Destination
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test

/** Back leads where it should, and out of the app from its beginning; a gesture is followed, and may be taken back. */
class BackTest : AppTest() {
    private val drawing by lazy { hasContentDescription(device.words(Label.VEHICLE_DRAWING)) }

    private val back get() = device.activity.onBackPressedDispatcher

    private val home get() = checkNotNull(device.app.state).home

    @Test
    fun `a button leads back through the pages, to the first part, and out of the app`() {
        vehicle()
        back.onBackPressed()
        device.sees(Label.GARAGE_TITLE)
        device.presses(Label.TAB_BOOKINGS)
        device.waits("the bookings") { home.shown == Destination.Bookings }
        back.onBackPressed()
        device.waits("the garage") { home.shown == Destination.Garage }
        device.waits("nothing hears it any more") { !back.hasEnabledCallbacks() }
        assertFalse(device.activity.isFinishing)
        back.onBackPressed()
        device.waits("the app is left") { device.activity.isFinishing || device.activity.isTaskRoot }
    }

    @Test
    fun `before the door a button leads back too`() {
        device.opens()
        device.presses(Label.WELCOME_SIGN_IN)
        device.sees(device.field(Label.FIELD_EMAIL))
        back.onBackPressed()
        device.sees(Label.WELCOME_TITLE)
    }

    @Test
    fun `the page follows the finger, and comes back when the person thinks better of it`() {
        vehicle()
        val whole = bounds()
        pull(0.6f)
        device.waits("it is smaller") { bounds().width < whole.width * 0.97f }
        val pulled = bounds()
        assertTrue("to the right: $pulled of $whole", pulled.center.x > whole.center.x)
        assertTrue("less of it with less: $pulled", pulled.width > whole.width * 0.89f)
        back.dispatchOnBackCancelled()
        device.waits("it is back") { bounds() == whole }
        device.sees(drawing)
        assertTrue(home.shown is Destination.Vehicle)
    }

    @Test
    fun `from the right edge it goes to the left`() {
        vehicle()
        val whole = bounds()
        pull(0.6f, BackEventCompat.EDGE_RIGHT)
        device.waits("to the left") { bounds().center.x < whole.center.x }
        back.dispatchOnBackCancelled()
        device.waits("it is back") { bounds() == whole }
    }

    @Test
    fun `let go, it leads back, and the next one further`() {
        vehicle()
        device.presses(Label.VEHICLE_BOOK)
        device.waits("the form") { home.shown is Destination.Book }
        pull(0.9f)
        back.onBackPressed()
        device.waits("the vehicle") { home.shown is Destination.Vehicle }
        back.onBackPressed()
        device.waits("the garage") { home.shown == Destination.Garage }
        device.sees(Label.GARAGE_TITLE)
        assertEquals(listOf<Destination>(Destination.Garage), home.all)
    }

    private fun vehicle() {
        device.opens()
        device.presses(Label.WELCOME_DEMO)
        device.presses(hasContentDescription("Health", substring = true))
        device.sees(drawing)
    }

    private fun pull(part: Float, edge: Int = BackEventCompat.EDGE_LEFT) {
        back.dispatchOnBackStarted(BackEventCompat(0f, 400f, 0f, edge))
        device.passes()
        back.dispatchOnBackProgressed(BackEventCompat(300f, 400f, part, edge))
        device.passes()
    }

    private fun bounds(): Rect = rule.onNode(hasTestTag("shown")).fetchSemanticsNode().boundsInRoot
}
