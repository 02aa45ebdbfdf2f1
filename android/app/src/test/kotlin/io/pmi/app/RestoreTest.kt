package io.pmi.app

import android.app.Activity
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isSelected
import io.pmi.Dialect
import io.pmi.Server
import io.pmi.app.design.Label
import io.pmi.app.design.Language
import io.pmi.app.design.say
import io.pmi.core.SignInIntent
import io.pmi.app.ui.shell.Destination
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotSame
import org.junit.Test
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf

/** The system makes the activity anew, or ends the process: the person is where they were, and what they typed is there. */
class RestoreTest : AppTest() {
    private val drawing by lazy { hasContentDescription(device.words(Label.VEHICLE_DRAWING)) }

    @Test
    fun `turned and in the dark, the same activity goes on with what was typed`() {
        typed()
        val before = device.activity
        changes("+land")
        changes("+night")
        assertEquals(before, device.activity)
        device.sees(filled())
    }

    @Test
    fun `in larger text and another language another activity goes on with what was typed`() {
        typed()
        val before = device.activity
        RuntimeEnvironment.setFontScale(2f)
        device.shown.recreate()
        device.sees(filled())
        RuntimeEnvironment.setQualifiers("+hi")
        device.shown.recreate()
        device.sees(hasText(Language.HINDI.say(Label.SIGN_IN_TITLE)))
        device.sees(filled())
        assertNotSame(before, device.activity)
    }

    @Test
    fun `a language chosen in the app is not the device's to change`() {
        device.opens()
        checkNotNull(device.app.state).speak(Language.ENGLISH)
        RuntimeEnvironment.setQualifiers("+hi")
        device.shown.recreate()
        device.sees(Label.WELCOME_TITLE)
    }

    @Test
    fun `in a new process a form has what was typed, but no password`() {
        typed()
        device.writes(Label.FIELD_PASSWORD, SECRET)
        val kept = device.ends()
        assertFalse(SECRET in everything(kept))
        device.begins()
        device.opens(kept)
        device.sees(device.field(Label.FIELD_EMAIL))
        device.sees(filled())
        assertFalse(device.isThere(hasSetTextAction() and hasText(SECRET)))
        // It is the core's again, too: with a password there is something to send.
        device.writes(Label.FIELD_PASSWORD, SECRET)
        device.presses(Label.SIGN_IN_SUBMIT)
        device.sees(Label.REMEDY_RETRY)
    }

    @Test
    fun `in a new process whoever looked at a vehicle sees it again`() = Server.start(Dialect.V2).use { server ->
        signsIn(server)
        device.presses(hasContentDescription("Health", substring = true))
        device.sees(drawing)
        val kept = device.ends()
        device.begins()
        device.opens(kept)
        device.sees(drawing)
        device.pressesIcon(Label.BACK)
        device.sees(Label.GARAGE_TITLE)
    }

    @Test
    fun `in a new process a booking is filled in as it was, and has the photo that was being chosen`() = Server.start(Dialect.V2).use { server ->
        signsIn(server)
        device.presses(hasContentDescription("Health", substring = true))
        device.presses(Label.VEHICLE_BOOK)
        device.presses(hasText(OIL_CHANGE))
        device.writes(Label.BOOK_NOTES, WORDS)
        device.presses(Label.BOOK_ADD_PHOTO)
        val asked = checkNotNull(shadowOf(device.activity).nextStartedActivityForResult)
        val kept = device.ends()
        device.begins()
        device.opens(kept)
        shadowOf(device.app.contentResolver).registerInputStream(PLACE, PHOTO.inputStream())
        device.activity.activityResultRegistry.dispatchResult(asked.requestCode, Activity.RESULT_OK, Intent().setData(PLACE))
        device.shows(hasText(OIL_CHANGE) and isSelected())
        device.shows(hasSetTextAction() and hasText(WORDS, substring = true))
        device.shows(hasContentDescription(Language.ENGLISH.say(Label.BOOK_REMOVE_PHOTO).replace("{0}", "1")))
    }

    @Test
    fun `the demo is over with its process`() {
        device.opens()
        device.presses(Label.WELCOME_DEMO)
        device.presses(Label.TAB_BOOKINGS)
        val kept = device.ends()
        device.begins()
        device.opens(kept)
        device.sees(Label.WELCOME_TITLE)
        assertEquals(listOf<Destination>(Destination.Garage), device.app.state?.home?.all)
    }

    private fun signsIn(server: Server) {
        DesktopCore.server = server.url
        device.app.client?.close()
        device.begins()
        device.opens()
        checkNotNull(device.app.client).signIn().use {
            it.send(SignInIntent.Email(server.email))
            it.send(SignInIntent.Password(server.password))
            it.send(SignInIntent.Submit)
        }
    }

    private fun typed() {
        device.opens()
        device.presses(Label.WELCOME_SIGN_IN)
        device.writes(Label.FIELD_EMAIL, EMAIL)
        device.sees(filled())
    }

    private fun filled(): SemanticsMatcher = hasSetTextAction() and hasText(EMAIL, substring = true)

    private fun changes(qualifiers: String) {
        RuntimeEnvironment.setQualifiers(qualifiers)
        device.shown.configurationChange()
        device.passes()
    }

    /** All that is in it, as one text. */
    private fun everything(kept: Bundle): String = buildString {
        fun put(one: Any?) {
            when (one) {
                is Bundle -> one.keySet().forEach { @Suppress("DEPRECATION") put(one.get(it)) }
                is Iterable<*> -> one.forEach(::put)
                else -> append(one).append('\n')
            }
        }
        put(kept)
    }

    private companion object {
        const val EMAIL = "rider@example.com"
        const val SECRET = "ride-safe-or-not"
        const val OIL_CHANGE = "Oil change"
        const val WORDS = "It squeaks when it rains"
        val PLACE: Uri = Uri.parse("content://elsewhere/1")
        val PHOTO = byteArrayOf(-1, -40, -1, -32, 1)
    }
}
