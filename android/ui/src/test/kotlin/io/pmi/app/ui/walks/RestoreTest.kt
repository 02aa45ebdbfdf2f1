package io.pmi.app.ui.walks

import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.junit4.v2.createComposeRule
import io.pmi.Dialect
import io.pmi.Server
import io.pmi.app.design.Label
import io.pmi.app.ui.shell.Destination
import io.pmi.device
import io.pmi.open
import io.pmi.shownGarage
import io.pmi.signIn
import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.io.ObjectInputStream
import java.io.ObjectOutputStream
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Rule
import org.junit.Test

/** The system has ended the app, and the person comes back to it. */
class RestoreTest {
    @get:Rule
    val rule = createComposeRule()

    private val hand by lazy { Hand(rule) }

    private val drawing get() = hasContentDescription(hand.words(Label.VEHICLE_DRAWING))

    @Test
    fun `who looked at a vehicle sees it again`() = Server.start(Dialect.V2).use { server ->
        val device = device()
        val vehicle = open(server.url, device).use {
            runBlocking {
                it.signIn(server.email, server.password)
                it.shownGarage().vehicles.single().id
            }
        }
        open(server.url, device).use { client ->
            hand.holds(client, kept = asKept(listOf(Destination.Garage, Destination.Vehicle(vehicle))))
            hand.sees(drawing)
            hand.pressesIcon(Label.BACK)
            hand.sees(Label.GARAGE_TITLE)
        }
    }

    @Test
    fun `s26 where one person was the next is not`() = Server.start(Dialect.V2).use { server ->
        open(server.url, device()).use { client ->
            hand.holds(client, kept = asKept(listOf(Destination.Garage, Destination.Vehicle(1))))
            hand.sees(Label.WELCOME_TITLE)
            runBlocking { client.signIn(server.email, server.password) }
            hand.sees(Label.GARAGE_TITLE)
            assertFalse(hand.isThere(drawing))
        }
    }

    @Test
    fun `every place can be kept`() {
        val places = listOf(
            Destination.Welcome, Destination.SignIn, Destination.Register, Destination.ForgottenPassword, Destination.Garage, Destination.Vehicle(7),
            Destination.Book(null), Destination.Book(7), Destination.Move("b"), Destination.Bookings, Destination.Notifications,
            Destination.Account, Destination.Diagnostics,
        )
        assertEquals(places, asKept(places))
    }

    /** As the system keeps it: in bytes. */
    private fun asKept(places: List<Destination>): List<Destination> {
        val bytes = ByteArrayOutputStream()
        ObjectOutputStream(bytes).use { it.writeObject(ArrayList(places)) }
        return (ObjectInputStream(ByteArrayInputStream(bytes.toByteArray())).use { it.readObject() } as List<*>).filterIsInstance<Destination>()
    }
}
