package io.pmi.app.ui.walks

import androidx.compose.material3.Text
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.ImageComposeScene
import androidx.compose.ui.test.junit4.v2.createComposeRule
import io.pmi.MemoryServer
import io.pmi.PmiException
import io.pmi.app.design.Label
import io.pmi.app.design.Language
import io.pmi.app.ui.look.Appearance
import io.pmi.app.ui.look.Look
import io.pmi.app.ui.shell.App
import io.pmi.app.ui.shell.AppState
import io.pmi.app.ui.shell.Bind
import io.pmi.app.ui.shell.LocalOutside
import io.pmi.app.ui.shell.Opened
import io.pmi.app.ui.words.Words
import io.pmi.open
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Rule
import org.junit.Test

/** What throws is shown, reported, and tried again. */
class BoundaryTest {
    @get:Rule
    val rule = createComposeRule()

    private val hand by lazy { Hand(rule) }
    private val phone = Phone()
    private var closed = 0

    @Test
    fun `a screen that cannot be opened is opened again`() {
        var tries = 0
        bound { if (++tries == 1) error("no such screen") else opened(steady("here")) }
        hand.presses(Label.CRASH_RETRY)
        hand.sees("here")
        assertEquals(listOf("no such screen"), phone.reported.map { it.message })
    }

    @Test
    fun `a screen whose records end in a failure is closed and opened again`() {
        var tries = 0
        bound { opened(if (++tries == 1) flow { error("no more of them") } else steady("here")) }
        hand.sees(Label.CRASH_TITLE)
        hand.presses(Label.CRASH_RETRY)
        hand.sees("here")
        assertEquals(1, closed)
        assertEquals(listOf("no more of them"), phone.reported.map { it.message })
    }

    @Test
    fun `an intent that cannot be sent is no crash`() {
        bound { Opened<String, Unit>({ "first" }, steady("press me"), { error("not taken") }) { closed++ } }
        hand.presses("press me")
        hand.sees(Label.CRASH_TITLE)
    }

    @Test
    fun `a client that was closed is no failure`() {
        bound { throw PmiException.Closed() }
        rule.waitForIdle()
        assertEquals(emptyList<Throwable>(), phone.reported)
    }

    @Test
    fun `what throws while it is drawn is said by the next drawing and drawn again when asked`() {
        val server = MemoryServer()
        server.open().use { client ->
            val state = AppState(client, System.getProperty("java.io.tmpdir"), Language.ENGLISH, Appearance.LIGHT)
            var broken = true
            val draw = {
                val scene = ImageComposeScene(360, 720) { App(state, phone, words = { if (broken) error("cannot be drawn") else Words(it) }) }
                try {
                    scene.render()
                } finally {
                    scene.close()
                }
            }
            assertEquals("cannot be drawn", runCatching { draw() }.exceptionOrNull()?.message)
            // What a system's boundary does, then.
            state.fail(IllegalStateException())
            broken = false
            draw()
            assertNotNull(state.failure)
            state.tryAgain()
            draw()
        }
    }

    private fun opened(records: Flow<String>) = Opened<String, Unit>({ "first" }, records, {}) { closed++ }

    private fun steady(record: String) = flow {
        emit(record)
        awaitCancellation()
    }

    private fun bound(open: () -> Opened<String, Unit>) = rule.setContent {
        Look(Appearance.LIGHT) {
            CompositionLocalProvider(LocalOutside provides phone) {
                Bind("screen", open) { record, send -> androidx.compose.material3.Button({ send(Unit) }) { Text(record) } }
            }
        }
    }
}
