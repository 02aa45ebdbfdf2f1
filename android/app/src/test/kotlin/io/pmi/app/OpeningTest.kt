package io.pmi.app

import androidx.compose.ui.test.hasContentDescription
import io.pmi.app.design.Label
import org.junit.Test

/** The app begins, and shows what it has. */
class OpeningTest : AppTest() {
    @Test
    fun `the app opens its first screen`() {
        device.opens()
        device.sees(Label.WELCOME_TITLE)
    }

    @Test
    fun `a newcomer sees a vehicle in the demo`() {
        device.opens()
        device.presses(Label.WELCOME_DEMO)
        device.presses(hasContentDescription("Health", substring = true))
        device.sees(hasContentDescription(device.words(Label.VEHICLE_DRAWING)))
    }
}
