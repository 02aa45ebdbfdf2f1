package io.pmi.app.ui.walks

import androidx.compose.ui.test.hasContentDescription
import io.pmi.Dialect
import io.pmi.Server
import io.pmi.app.design.Label
import io.pmi.device
import io.pmi.open
import io.pmi.signIn
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.createDirectory
import kotlin.io.path.deleteExisting
import kotlin.io.path.moveTo
import kotlin.io.path.writeText
import org.junit.Assert.assertEquals
import org.junit.Test

/** How the app begins where the device was not left as it was. */
class BeginningTest : Walk() {
    @Test
    fun `s05 whose keys cannot be read now is not signed out, and tries again`() = Server.start(Dialect.V2).use { server ->
        val device = wasSignedIn(server)
        open(server.url, device).use { client ->
            val keys = device.resolve("keys/secrets.json")
            val aside = keys.resolveSibling("aside")
            keys.moveTo(aside)
            keys.createDirectory()
            hand.holds(client)
            hand.sees(Label.UNLOCK_TITLE)
            hand.presses(Label.REMEDY_UNLOCK)
            hand.sees(Label.UNLOCK_TITLE)
            keys.deleteExisting()
            aside.moveTo(keys)
            hand.presses(Label.REMEDY_UNLOCK)
            hand.sees(hasContentDescription("Health", substring = true))
            assertEquals("once is enough", 1, server.asked("POST", "/api/auth/login"))
            hand.putsDown()
        }
    }

    @Test
    fun `s32 what became of a damaged file is told until it was read`() = Server.start(Dialect.V2).use { server ->
        val device = wasSignedIn(server)
        Files.list(device.resolve("data")).use { files -> files.filter { "durable" in "$it" && "$it".endsWith("sqlite3") }.forEach { it.writeText("noise") } }
        open(server.url, device).use { client ->
            hand.holds(client)
            hand.sees(Label.WELCOME_SALVAGE_TITLE)
            // Once it is known that nobody is signed in, nothing moves any more.
            hand.sees(Label.WELCOME_SIGN_IN)
            hand.presses(Label.WELCOME_SALVAGE_SEEN)
            hand.seesNoMore(Label.WELCOME_SALVAGE_TITLE)
            hand.putsDown()
        }
        open(server.url, device).use { client ->
            hand.holds(client)
            hand.sees(Label.WELCOME_TITLE)
            hand.seesNoMore(Label.WELCOME_SALVAGE_TITLE)
            hand.putsDown()
        }
    }

    private fun wasSignedIn(server: Server): Path = device().also { device ->
        open(server.url, device).use { client -> check(behind { client.signIn(server.email, server.password) }.done) }
    }
}
