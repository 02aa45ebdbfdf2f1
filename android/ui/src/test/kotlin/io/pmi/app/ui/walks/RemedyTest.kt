package io.pmi.app.ui.walks

import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.test.hasClickAction
import io.pmi.app.design.Label
import io.pmi.app.ui.look.Appearance
import io.pmi.app.ui.look.Look
import io.pmi.app.ui.parts.ProblemCard
import io.pmi.app.ui.parts.ProblemLine
import io.pmi.app.ui.shell.LocalOutside
import io.pmi.core.Problem
import io.pmi.core.Remedy
import io.pmi.core.Text
import io.pmi.core.TextKey
import java.time.Instant
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Test

/** What went wrong is said with the one thing to do, and its button does that. */
class RemedyTest : Walk() {
    @Test
    fun `each remedys button does its thing`() {
        val phone = Phone()
        var remedy by mutableStateOf<Remedy>(Remedy.Nothing)
        var isCard by mutableStateOf(false)
        rule.setContent {
            Look(Appearance.LIGHT) {
                CompositionLocalProvider(LocalOutside provides phone) {
                    val problem = Problem(Text(TextKey.PROBLEM_SERVER, emptyList()), remedy, "r-7")
                    val retry: () -> Unit = { phone.asked.add("retry") }
                    Column { if (isCard) ProblemCard(problem, retry) else ProblemLine(problem, retry) }
                }
            }
        }
        for (shape in listOf(false, true)) {
            isCard = shape
            for ((one, button, asked) in BUTTONS) {
                remedy = one
                phone.asked.clear()
                rule.waitForIdle()
                hand.hears("The server has a problem")
                hand.hears("Reference for support: r-7")
                hand.presses(button)
                assertEquals("$one", listOf(asked), phone.asked)
            }
            for (one in listOf(Remedy.Nothing, Remedy.Wait(Instant.now()))) {
                remedy = one
                rule.waitForIdle()
                assertFalse("$one: there is nothing to press", hand.isThere(hasClickAction()))
            }
        }
        val all = Remedy::class.java.declaredClasses.map { it.simpleName }.filter { it != "Companion" }.toSet()
        val tried = (BUTTONS.map { it.first.javaClass.simpleName } + "Nothing" + "Wait").toSet()
        assertEquals("none is left out", all, tried)
    }

    @Test
    fun `s13 a network that asks for a login is said, and its page opened`() = signedIn {
        server.does("html", "GET", "/api/")
        hand.pulls()
        hand.hears("This network asks you to log in first")
        hand.presses(Label.REMEDY_OPEN_BROWSER)
        assertEquals(listOf("browser"), phone.asked)
        hand.sees(" km")
        server.heal()
        hand.pulls()
        hand.seesNoMore("This network asks you to log in first")
    }

    @Test
    fun `an app that is too old is updated`() = signedIn {
        server.fail("/api/vehicles", 426, """{"error":"upgrade_required","message":"no","request_id":"r"}""")
        hand.pulls()
        hand.hears("This version of the app is too old")
        hand.presses(Label.REMEDY_UPDATE_APP)
        assertEquals(listOf("update"), phone.asked)
    }

    @Test
    fun `s14 a server that asks to wait is waited for`() = signedIn {
        server.does("status", "GET", "/api/", more = ""","status":429,"headers":[["Retry-After","3600"]]""")
        hand.pulls()
        hand.hears("The server is busy. Try again at ")
        hand.hears("Please wait until ")
        assertFalse(hand.isThere(Label.REMEDY_RETRY))
        server.heal()
        server.countsAnew()
        hand.presses(Label.TAB_BOOKINGS)
        hand.hears("The server is busy")
        hand.pulls()
        assertEquals("it is left alone", 0, server.asked("GET", "/api/bookings"))
    }

    private companion object {
        /** A remedy, its button, and what that does. */
        val BUTTONS = listOf(
            Triple(Remedy.Retry, Label.REMEDY_RETRY, "retry"),
            Triple(Remedy.Unlock, Label.REMEDY_UNLOCK, "retry"),
            Triple(Remedy.SignIn, Label.REMEDY_SIGN_IN, "sign in"),
            Triple(Remedy.OpenBrowser, Label.REMEDY_OPEN_BROWSER, "browser"),
            Triple(Remedy.ChangeNetwork, Label.REMEDY_CHANGE_NETWORK, "network"),
            Triple(Remedy.FreeSpace, Label.REMEDY_FREE_SPACE, "space"),
            Triple(Remedy.UpdateApp, Label.REMEDY_UPDATE_APP, "update"),
            Triple(Remedy.RestartApp, Label.REMEDY_RESTART_APP, "restart"),
            Triple(Remedy.ContactSupport, Label.REMEDY_CONTACT_SUPPORT, "support r-7"),
        )
    }
}
