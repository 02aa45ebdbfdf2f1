package io.pmi.app

import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import org.junit.After
import org.junit.Rule
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** The app as it is: the merged manifest, the linked resources, AndroidX, and the core itself. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34], shadows = [Begun::class, DesktopCore::class], qualifiers = "w411dp-h891dp-xxhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
abstract class AppTest {
    @get:Rule
    val rule = createEmptyComposeRule()

    protected val device by lazy { Device(rule) }

    @After
    fun closed() {
        device.app.state?.endDemo()
        device.app.client?.close()
        DesktopCore.server = null
    }
}
