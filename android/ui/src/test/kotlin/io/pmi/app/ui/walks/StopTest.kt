package io.pmi.app.ui.walks

import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isFocused
import io.pmi.app.design.Label
import org.junit.Assert.assertFalse
import org.junit.Test

/** A form that cannot be sent leads to what stops it. */
class StopTest : Walk() {
    @Test
    fun `the form for a booking shows the part, however far up that is`() = signedIn {
        hand.presses(Label.TAB_BOOKINGS)
        hand.pressesIcon(Label.BOOKINGS_NEW)
        hand.scrollsTo(Label.BOOK_SUBMIT)
        assertFalse("out of sight", hand.isThere(hasText(GENERAL)))
        hand.presses(Label.BOOK_SUBMIT)
        hand.sees(hasText("Choose a service"))
        hand.presses(GENERAL)
        hand.presses(Label.BOOK_SUBMIT)
        hand.sees(hasText("Choose a service centre"))
    }

    @Test
    fun `one that is typed has the cursor in the field`() = walk {
        hand.presses(Label.WELCOME_SIGN_IN)
        hand.presses(Label.SIGN_IN_SUBMIT)
        hand.sees(cursorAt(Label.FIELD_EMAIL))
        hand.writes(Label.FIELD_EMAIL, person.email)
        hand.presses(Label.SIGN_IN_SUBMIT)
        hand.sees(cursorAt(Label.FIELD_PASSWORD))
        hand.presses(Label.SIGN_IN_REGISTER)
        hand.presses(Label.REGISTER_SUBMIT)
        hand.sees(cursorAt(Label.FIELD_EMAIL))
        hand.writes(Label.FIELD_EMAIL, "meera.rao@example.com")
        hand.writes(Label.FIELD_PHONE, "1")
        hand.presses(Label.REGISTER_SUBMIT)
        hand.sees(cursorAt(Label.FIELD_PASSWORD_NEW))
    }

    @Test
    fun `one in a sheet too`() = signedIn {
        hand.presses(Label.TAB_ACCOUNT)
        hand.presses(Label.ACCOUNT_CHANGE_PASSWORD)
        hand.writes(Label.FIELD_PASSWORD_NEW, "a-new-one-4321")
        hand.presses(Label.ACCOUNT_CHANGE_PASSWORD)
        hand.sees(cursorAt(Label.FIELD_PASSWORD_CURRENT))
    }

    private fun cursorAt(field: Label) = hasSetTextAction() and isFocused() and hasText(hand.words(field), substring = true)

    private companion object {
        const val GENERAL = "General service"
    }
}
