package io.pmi.app.ui.walks

import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import io.pmi.Dialect
import io.pmi.app.design.Label
import io.pmi.app.ui.shell.Destination
import io.pmi.device
import io.pmi.open
import io.pmi.records
import io.pmi.shownGarage
import io.pmi.signIn
import io.pmi.until
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.junit.runners.Parameterized

/** Somebody who was never here: an account, a vehicle, and a password that was forgotten. */
@RunWith(Parameterized::class)
class NewcomerTest(private val dialect: Dialect) : Walk() {
    @Test
    fun `a newcomer registers and adds a vehicle, where this server lets them`() = walk(dialect) {
        hand.presses(Label.WELCOME_REGISTER)
        hand.writes(Label.FIELD_EMAIL, "nila")
        hand.writes(Label.FIELD_PASSWORD_NEW, "short")
        hand.writes(Label.FIELD_PASSWORD_REPEATED, "other")
        hand.writes(Label.FIELD_ADDRESS_OPTIONAL, "12 Church Street")
        hand.presses(Label.REGISTER_SUBMIT)
        hand.scrollsTo("Enter an email address like")
        hand.hears("Enter an email address like")
        hand.hears("At least ")
        hand.hears("The two passwords differ")
        hand.hears("Required")
        assertEquals("nothing was sent", 0, server.asked("POST", "/api/auth/register"))
        hand.writes(Label.FIELD_EMAIL, person.email)
        hand.writes(Label.FIELD_PASSWORD_NEW, SECRET)
        hand.writes(Label.FIELD_PASSWORD_REPEATED, SECRET)
        hand.writes(Label.FIELD_FIRST_NAME, "Nila")
        hand.writes(Label.FIELD_LAST_NAME, "Rao")
        hand.writes(Label.FIELD_PHONE, "+91 98000 00001")
        hand.presses(Label.REGISTER_SUBMIT)
        hand.hears("There is an account with this email already")
        hand.writes(Label.FIELD_EMAIL, "new.rider@example.com")
        hand.presses(Label.REGISTER_SUBMIT)
        if (dialect == Dialect.V2) adds() else isToldWhoAdds()
        hand.presses(Label.TAB_ACCOUNT)
        hand.sees("Nila Rao")
    }

    private fun Pocket.adds() {
        hand.presses(hasContentDescription(hand.words(Label.ADD_VEHICLE)))
        hand.writes(Label.FIELD_VIN, "1M8GDM9AXKP042789")
        hand.presses(Label.ADD_VEHICLE_SUBMIT)
        hand.hears("There is a typing error in this vehicle number")
        hand.pressesIcon(Label.CLOSE)
        hand.presses(hasContentDescription(hand.words(Label.ADD_VEHICLE)))
        assertFalse("what stood there is dropped", hand.isThere(hasText("1M8GDM9AXKP042789")))
        val taken = behind { other(person.email, person.password) }
        hand.writes(Label.FIELD_VIN, taken)
        hand.presses(Label.ADD_VEHICLE_SUBMIT)
        hand.hears("This vehicle belongs to another account")
        hand.presses(Label.REMEDY_CONTACT_SUPPORT)
        assertTrue("${phone.asked}", phone.asked.single().startsWith("support ") && phone.asked.single() != "support null")
        hand.writes(Label.FIELD_VIN, server.unclaimedVin)
        hand.presses(Label.ADD_VEHICLE_SUBMIT)
        hand.seesNoMore(Label.FIELD_VIN)
        val vehicle = behind { client.shownGarage() }.vehicles.single()
        hand.presses(vehicle.name)
        hand.scrollsTo(server.unclaimedVin)
    }

    /** The number of a vehicle that is somebody's. */
    private suspend fun Pocket.other(email: String, password: String): String = open(server.url, device()).use { other ->
        check(other.signIn(email, password).done)
        val id = other.shownGarage().vehicles.single().id
        other.vehicle(id).use { screen -> screen.records.until { it.heading != null }.heading!!.vin }
    }

    private fun isToldWhoAdds() {
        hand.sees(Label.GARAGE_EMPTY_CANNOT_ADD)
        assertFalse(hand.isThere(hasContentDescription(hand.words(Label.ADD_VEHICLE))))
        assertFalse(hand.isThere(Label.ADD_VEHICLE))
    }

    @Test
    fun `a forgotten password is set anew with the code from the email`() = walk(dialect) {
        hand.presses(Label.WELCOME_SIGN_IN)
        if (dialect == Dialect.V1) {
            hand.writes(Label.FIELD_EMAIL, person.email)
            assertFalse("this server cannot", hand.isThere(Label.SIGN_IN_FORGOTTEN))
            return@walk
        }
        hand.presses(Label.SIGN_IN_FORGOTTEN)
        hand.writes(Label.FIELD_EMAIL, "nobody")
        hand.presses(Label.RESET_ASK_SUBMIT)
        hand.hears("Enter an email address like")
        hand.presses(Label.RESET_HAVE_CODE)
        hand.writes(Label.FIELD_CODE, "not-it")
        hand.writes(Label.FIELD_PASSWORD_NEW, SECRET)
        hand.writes(Label.FIELD_PASSWORD_REPEATED, SECRET)
        hand.writes(Label.FIELD_CODE, "not-it-either")
        hand.presses(Label.RESET_SET_SUBMIT)
        hand.hears("This code is wrong or too old")
        hand.presses(Label.RESET_ASK_AGAIN)
        hand.writes(Label.FIELD_EMAIL, person.email)
        hand.presses(Label.RESET_ASK_SUBMIT)
        hand.hears("a code is on its way")
        hand.writes(Label.FIELD_CODE, server.resetCode(person.email))
        hand.writes(Label.FIELD_PASSWORD_NEW, SECRET)
        hand.writes(Label.FIELD_PASSWORD_REPEATED, SECRET)
        hand.presses(Label.RESET_SET_SUBMIT)
        hand.sees(Label.RESET_DONE_TITLE)
        hand.presses(Label.WELCOME_SIGN_IN)
        hand.writes(Label.FIELD_EMAIL, person.email)
        hand.writes(Label.FIELD_PASSWORD, SECRET)
        hand.presses(Label.SIGN_IN_SUBMIT)
        hand.sees(Label.GARAGE_TITLE)
    }

    @Test
    fun `what this server can about a password is asked again when it answers`() = walk(dialect) {
        server.stop()
        state.door.to(Destination.ForgottenPassword)
        hand.hears("The server cannot be reached")
        server.startAgain()
        hand.presses(Label.REMEDY_RETRY)
        hand.sees(if (dialect == Dialect.V2) Label.RESET_ASK_BODY else Label.RESET_UNAVAILABLE)
    }

    companion object {
        @JvmStatic
        @Parameterized.Parameters(name = "{0}")
        fun dialects() = Dialect.entries

        private const val SECRET = "a-long-enough-secret"
    }
}
