package io.pmi.app.ui.walks

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.test.captureToImage
import androidx.compose.ui.test.isRoot
import androidx.compose.ui.test.onFirst
import io.pmi.Dialect
import io.pmi.app.design.Label
import io.pmi.app.design.Language
import io.pmi.app.ui.look.Appearance
import io.pmi.signIn
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test

/** What is done with an account, by hand, against the real platform. */
class AccountTest : Walk() {
    @Test
    fun `a profile and a password are changed`() = looking {
        hand.presses(Label.ACCOUNT_EDIT)
        hand.pressesIcon(Label.CLOSE)
        hand.seesNoMore(Label.SAVE)
        hand.presses(Label.ACCOUNT_EDIT)
        hand.writes(Label.FIELD_PHONE, "")
        hand.presses(Label.SAVE)
        hand.hears("Enter a phone number")
        hand.writes(Label.FIELD_FIRST_NAME, "Meera")
        hand.writes(Label.FIELD_LAST_NAME, "Kulkarni-Das")
        hand.writes(Label.FIELD_ADDRESS_OPTIONAL, "12 Church Street")
        hand.writes(Label.FIELD_PHONE, "+91 98450 11111")
        hand.presses(Label.SAVE)
        hand.hears("Your profile is saved")
        for (said in listOf("Meera Kulkarni-Das", "+91 98450 11111", "12 Church Street")) hand.sees(said)
        hand.presses(Label.ACCOUNT_CHANGE_PASSWORD)
        hand.writes(Label.FIELD_PASSWORD_CURRENT, "not-mine-1234")
        hand.writes(Label.FIELD_PASSWORD_NEW, NEW)
        hand.writes(Label.FIELD_PASSWORD_REPEATED, NEW)
        hand.presses(Label.ACCOUNT_CHANGE_PASSWORD)
        hand.hears("This is not your current password")
        hand.writes(Label.FIELD_PASSWORD_CURRENT, person.password)
        hand.presses(Label.ACCOUNT_CHANGE_PASSWORD)
        hand.hears("Your password is changed")
        hand.presses(Label.ACCOUNT_SIGN_OUT)
        hand.sees(Label.WELCOME_TITLE)
        assertEquals(true, behind { client.signIn(person.email, NEW) }.done)
    }

    @Test
    fun `an account is deleted, once that is confirmed`() = looking {
        hand.presses(Label.ACCOUNT_DELETE)
        hand.writes(Label.FIELD_PASSWORD, "not-mine-1234")
        hand.presses(Label.ACCOUNT_DELETE_NEXT)
        hand.presses(Label.ACCOUNT_DELETE_CONFIRM)
        hand.hears("This is not your current password")
        hand.writes(Label.FIELD_PASSWORD, person.password)
        hand.presses(Label.ACCOUNT_DELETE_NEXT)
        hand.sees("will be deleted for good")
        hand.presses(Label.ACCOUNT_DELETE_CONFIRM)
        hand.sees(Label.WELCOME_TITLE)
        assertEquals(false, behind { client.signIn(person.email, person.password) }.done)
    }

    @Test
    fun `a copy of all that the platform holds is saved`() = looking {
        server.fail("/api/", 500, """{"error":"internal","message":"no","request_id":"r-5"}""")
        hand.presses(Label.ACCOUNT_EXPORT)
        hand.scrollsUp()
        hand.hears("The server has a problem")
        server.heal()
        hand.presses(Label.REMEDY_RETRY)
        hand.presses(Label.ACCOUNT_EXPORT_SAVE)
        hand.seesNoMore(Label.ACCOUNT_EXPORT_SAVE)
        assertTrue(phone.shared.single().content.contains(person.email))
    }

    @Test
    fun `what an older server cannot do is not offered`() = signedIn(Dialect.V1) {
        hand.presses(Label.TAB_ACCOUNT)
        hand.sees(person.email)
        hand.scrollsTo(Label.ACCOUNT_SIGN_OUT)
        for (label in listOf(Label.ACCOUNT_EDIT, Label.ACCOUNT_CHANGE_PASSWORD, Label.ACCOUNT_EXPORT, Label.ACCOUNT_DELETE)) {
            assertFalse(label.name, hand.isThere(label))
        }
    }

    @Test
    fun `the app speaks another language and has another look`() = looking {
        hand.presses("हिन्दी")
        hand.sees("खाता")
        assertEquals(Language.HINDI, state.language)
        hand.presses("English")
        hand.sees(Label.ACCOUNT_TITLE)
        val before = brightness()
        hand.presses(Label.APPEARANCE_DARK)
        assertEquals(Appearance.DARK, state.appearance)
        assertTrue("$before", brightness() < before / 2)
        hand.presses(Label.APPEARANCE_LIGHT)
        assertEquals(before, brightness(), 0.05f)
        hand.presses(Label.APPEARANCE_SYSTEM)
        assertEquals(Appearance.SYSTEM, state.appearance)
    }

    /** Of the ground at the edge of the page. */
    private fun brightness(): Float = rule.onAllNodes(isRoot()).onFirst().captureToImage().let { image ->
        val pixels = IntArray(1)
        image.readPixels(pixels, image.width / 2 - 190, image.height / 2, 1, 1)
        Color(pixels[0]).run { red + green + blue }
    }

    @Test
    fun `s12 who signs out is asked about what was not sent, and keeps it`() = looking {
        losesTheNetwork()
        books(ahead = 4, hour = 11)
        hand.hears("Waiting for a connection")
        hand.presses(Label.TAB_ACCOUNT)
        hand.presses(Label.ACCOUNT_SIGN_OUT)
        hand.sees(Label.ACCOUNT_UNSENT_TITLE)
        hand.presses(Label.ACCOUNT_UNSENT_STAY)
        hand.seesNoMore(Label.ACCOUNT_UNSENT_TITLE)
        hand.presses(Label.ACCOUNT_SIGN_OUT)
        hand.presses(Label.ACCOUNT_UNSENT_KEEP)
        hand.sees(Label.WELCOME_TITLE)
        findsTheNetwork()
        assertEquals(emptyList<Any>(), server.booked(person))
        assertEquals(true, behind { client.signIn(person.email, person.password) }.done)
        isSent(1)
    }

    @Test
    fun `who cannot be shown can still sign out, and choose a language`() = walk {
        check(behind { client.signIn(person.email, person.password) }.done)
        losesTheNetwork()
        restarts(hasNetwork = false)
        hand.presses(Label.TAB_ACCOUNT)
        hand.sees(Label.REMEDY_RETRY)
        hand.presses("हिन्दी")
        hand.presses("English")
        hand.presses(Label.ACCOUNT_SIGN_OUT)
        hand.sees(Label.WELCOME_TITLE)
    }

    /** Somebody who looks at their account. */
    private fun looking(act: Pocket.() -> Unit) = signedIn {
        hand.presses(Label.TAB_ACCOUNT)
        hand.sees(person.email)
        act()
    }

    private companion object {
        const val NEW = "a-new-one-4321"
    }
}
