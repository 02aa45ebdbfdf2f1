package io.pmi.app.ui.parts

import androidx.compose.foundation.layout.width
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SkikoComposeUiTest
import androidx.compose.ui.test.click
import androidx.compose.ui.test.isSelected
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.performTouchInput
import androidx.compose.ui.test.v2.runDesktopComposeUiTest
import androidx.compose.ui.unit.dp
import io.pmi.app.design.Label
import io.pmi.app.design.Language
import io.pmi.app.design.Machine
import io.pmi.app.design.say
import io.pmi.app.ui.look.Appearance
import io.pmi.app.ui.look.Look
import io.pmi.app.ui.samples.VEHICLE
import io.pmi.core.ComponentSpot
import org.junit.Assert.assertEquals
import org.junit.Test

/** Each component is chosen where it is, and by its mark; on the drawing of the narrowest phone. */
@OptIn(ExperimentalTestApi::class)
class MachineDrawingTest {
    private val spots = VEHICLE.components.associate { it.spot to checkNotNull(Machine.spot(it.spot)) }
    private var chosen by mutableStateOf<ComponentSpot?>(null)

    @Test
    fun `a component is chosen where it is`() = drawing {
        for ((spot, part) in spots) {
            taps(part.x, part.y)
            assertEquals(spot, chosen)
            val said = onAllNodes(isSelected()).fetchSemanticsNodes().map { it.config[SemanticsProperties.ContentDescription].single() }
            assertEquals("one is set off: $said", 1, said.size)
        }
    }

    @Test
    fun `a component is chosen by its mark`() = drawing {
        for ((spot, part) in spots) {
            taps(part.markX, part.markY)
            assertEquals(spot, chosen)
        }
    }

    @Test
    fun `beside the components nothing is chosen`() = drawing {
        taps(150f, 120f)
        assertEquals(null, chosen)
    }

    private fun drawing(test: SkikoComposeUiTest.() -> Unit) = runDesktopComposeUiTest(256, 400) {
        setContent {
            Look(Appearance.LIGHT) { MachineDrawing(VEHICLE.components, chosen, Modifier.width(256.dp)) { chosen = it } }
        }
        test()
    }

    private fun SkikoComposeUiTest.taps(x: Float, y: Float) {
        val unit = 256 / Machine.width
        onNodeWithContentDescription(Language.ENGLISH.say(Label.VEHICLE_DRAWING)).performTouchInput { click(Offset(x * unit, y * unit)) }
        waitForIdle()
    }
}
