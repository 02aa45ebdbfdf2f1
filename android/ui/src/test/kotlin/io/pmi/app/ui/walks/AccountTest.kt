package io.pmi.app.ui.walks

import androidx.compose.ui.test.junit4.v2.createComposeRule
import io.pmi.Dialect
import io.pmi.PmiClient
import io.pmi.Server
import io.pmi.Wish
import io.pmi.app.design.Label
import io.pmi.bookService
import io.pmi.device
import io.pmi.open
import io.pmi.signIn
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test

/** What is done with an account, by hand, against the real platform. */
class AccountTest {
    @get:Rule
    val rule = createComposeRule()

    private val hand by lazy { Hand(rule) }

    @Test
    fun `a profile and a password are changed`() = signedIn { server, client ->
        hand.presses(Label.ACCOUNT_EDIT)
        hand.writes(Label.FIELD_PHONE, "")
        hand.presses(Label.SAVE)
        hand.sees("Enter a phone number")
        hand.writes(Label.FIELD_PHONE, "+91 98450 11111")
        hand.presses(Label.SAVE)
        hand.sees("Your profile is saved")
        hand.sees("+91 98450 11111")
        hand.presses(Label.ACCOUNT_CHANGE_PASSWORD)
        hand.writes(Label.FIELD_PASSWORD_CURRENT, server.password)
        hand.writes(Label.FIELD_PASSWORD_NEW, NEW)
        hand.writes(Label.FIELD_PASSWORD_REPEATED, NEW)
        hand.presses(Label.ACCOUNT_CHANGE_PASSWORD)
        hand.sees("Your password is changed")
        hand.presses(Label.ACCOUNT_SIGN_OUT)
        hand.sees(Label.WELCOME_TITLE)
        assertEquals(true, runBlocking { client.signIn(server.email, NEW) }.done)
    }

    @Test
    fun `an account is deleted, once that is confirmed`() = signedIn { server, client ->
        hand.presses(Label.ACCOUNT_DELETE)
        hand.writes(Label.FIELD_PASSWORD, server.password)
        hand.presses(Label.ACCOUNT_DELETE_NEXT)
        hand.presses(Label.ACCOUNT_DELETE_CONFIRM)
        hand.sees(Label.WELCOME_TITLE)
        assertEquals(false, runBlocking { client.signIn(server.email, server.password) }.done)
    }

    @Test
    fun `s12 who signs out is asked about what was not sent, and keeps it`() = signedIn { server, client ->
        client.setNetwork(false)
        runBlocking { checkNotNull(client.bookService(Wish(days = 4, hour = 11)).accepted) }
        hand.presses(Label.ACCOUNT_SIGN_OUT)
        hand.sees(Label.ACCOUNT_UNSENT_TITLE)
        hand.presses(Label.ACCOUNT_UNSENT_STAY)
        hand.seesNoMore(hand.words(Label.ACCOUNT_UNSENT_TITLE))
        hand.presses(Label.ACCOUNT_SIGN_OUT)
        hand.presses(Label.ACCOUNT_UNSENT_KEEP)
        hand.sees(Label.WELCOME_TITLE)
        client.setNetwork(true)
        assertEquals(emptyList<Any>(), server.booked(server.people[0]))
        assertEquals(true, runBlocking { client.signIn(server.email, server.password) }.done)
        hand.waits("it was sent") { server.booked(server.people[0]).size == 1 }
    }

    /** Somebody who looks at their account. */
    private fun signedIn(act: (Server, PmiClient) -> Unit) = Server.start(Dialect.V2).use { server ->
        open(server.url, device()).use { client ->
            val phone = Phone()
            check(runBlocking { client.signIn(server.email, server.password) }.done)
            hand.holds(client, phone)
            hand.presses(Label.TAB_ACCOUNT)
            act(server, client)
            assertEquals(emptyList<Throwable>(), phone.reported)
        }
    }

    private companion object {
        const val NEW = "a-new-one-4321"
    }
}
