package io.pmi

import android.content.Context
import androidx.test.ext.junit.runners.AndroidJUnit4
import androidx.test.platform.app.InstrumentationRegistry
import io.pmi.core.Garage
import io.pmi.core.Phase
import io.pmi.core.SignInIntent
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith

/** What only a device can show: the library for its ABI, and Android's key store. Run by `.ci/on-emulator`. */
@RunWith(AndroidJUnit4::class)
class OnDeviceTest {
    private val context: Context = InstrumentationRegistry.getInstrumentation().targetContext

    @Before
    fun initialise() {
        PmiAndroid.initialise(context)
    }

    @Test
    fun whoever_signed_in_is_still_signed_in_after_the_app_was_closed() = within {
        PmiClient.open(PmiAndroid.config(context, SERVER)).use { client ->
            client.signIn(EMAIL, PASSWORD)
            assertTrue(client.shownGarage().vehicles.isNotEmpty())
        }
        // The keys come out of Android's key store now.
        PmiClient.open(PmiAndroid.config(context, SERVER)).use { client ->
            assertTrue(client.shownGarage().vehicles.isNotEmpty())
            client.signOut()
        }
    }

    @Test
    fun the_server_in_memory_runs_on_a_device() = within {
        val server = MemoryServer()
        server.open(context.cacheDir.path).use { client ->
            client.signIn(server.email(), server.password())
            assertEquals(3, client.shownGarage().vehicles.size)
        }
    }

    private suspend fun PmiClient.signIn(email: String, password: String) {
        signIn().use { screen ->
            screen.send(SignInIntent.Email(email))
            screen.send(SignInIntent.Password(password))
            screen.send(SignInIntent.Submit)
            screen.records.first { it.done }
        }
    }

    private suspend fun PmiClient.shownGarage(): Garage =
        garage().use { screen -> screen.records.first { it.standing.phase == Phase.SHOWN } }

    private fun within(test: suspend () -> Unit) = runBlocking { withTimeout(LIMIT) { test() } }

    private companion object {
        const val SERVER = "http://127.0.0.1:8800"

        // Of the reference platform's believable fleet: no person.
        const val EMAIL = "priya.iyer@example.com"
        const val PASSWORD = "ride-safe-2026"
        const val LIMIT = 60_000L
    }
}
