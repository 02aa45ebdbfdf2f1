package io.pmi.app.ui.walks

import androidx.compose.ui.test.hasStateDescription
import io.pmi.Dialect
import io.pmi.app.design.Label
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.junit.runners.Parameterized

/** Messages that the server does not let be read. */
@RunWith(Parameterized::class)
class MessagesTest(private val dialect: Dialect) : Walk() {
    @Test
    fun `s25 that a message was read and is refused is left, or tried again`() = signedIn(dialect) {
        refuses("PUT", "/api/notifications/")
        hand.presses(Label.TAB_NOTIFICATIONS)
        hand.presses(hasStateDescription("Unread"))
        hand.presses(Label.TAB_NOTIFICATIONS)
        hand.scrollsTo("Leave it unread")
        hand.hears("Not accepted: ")
        val asked = asked()
        hand.presses("Try again")
        hand.waits("it was asked for again") { asked() == asked + 1 }
        hand.presses("Leave it unread")
        hand.seesNoMore("Not accepted: ")
        server.heal()
        assertEquals(asked + 1, asked())
    }

    private fun Pocket.asked() = Regex(""""method":"PUT","path":"/api/notifications/""").findAll(server.seen()).count()

    companion object {
        @JvmStatic
        @Parameterized.Parameters(name = "{0}")
        fun dialects() = Dialect.entries
    }
}
