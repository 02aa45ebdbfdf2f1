package io.pmi.example

import io.pmi.AppIdentity
import io.pmi.KeyStore
import io.pmi.MemoryFault
import io.pmi.MemoryServer
import io.pmi.PmiClient
import io.pmi.PmiConfig
import io.pmi.Server
import io.pmi.core.GarageIntent
import io.pmi.core.Remedy
import io.pmi.core.Text
import io.pmi.core.TextKey
import io.pmi.device
import io.pmi.open
import io.pmi.signIn
import io.pmi.test
import io.pmi.until
import java.nio.file.Path
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancel
import kotlinx.coroutines.cancelChildren
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** What bindings/README.md shows, run. */
class ExampleTest {
    @Test
    fun `from nothing to a signed in list of vehicles`() = test {
        Server.start().use { server ->
            desktop(server.url, device()).use { pmi ->
                val scope = CoroutineScope(coroutineContext + Job())
                val vehicles = Vehicles(pmi, scope)
                assertEquals(Remedy.SignIn, vehicles.list.until { it.standing.problem != null }.standing.problem?.remedy)
                vehicles.signIn(server.email, "not-the-password")
                vehicles.form.until { it.problem?.text?.key == TextKey.PROBLEM_WRONG_CREDENTIALS }
                vehicles.signIn(server.email, server.password)
                vehicles.form.until { it.done }
                assertEquals(1, vehicles.list.until { it.vehicles.isNotEmpty() }.vehicles.size)
                scope.cancel()
            }
        }
    }

    @Test
    fun `an app that is too old is told by what it shows`() = test {
        Server.start().use { server ->
            desktop(server.url, device()).use { pmi ->
                server.fail("/", 426, """{"error":"upgrade_required","message":"no","request_id":"r"}""")
                var asked: Text? = null
                fun openStorePage(why: Text) {
                    asked = why
                }
                val problem = pmi.signIn(server.email, server.password).problem
                // README
                if (problem?.remedy == Remedy.UpdateApp) openStorePage(problem.text)
                // README ends
                assertEquals(TextKey.PROBLEM_UPGRADE, asked?.key)
            }
        }
    }

    @Test
    fun `a preview shows what a fault looks like`() = test {
        // README
        val server = MemoryServer(vehicles = 12u)
        val pmi = server.open()
        val vehicles = Vehicles(pmi, this)
        vehicles.signIn(server.email(), server.password())
        // README ends
        assertEquals(12, vehicles.list.until { it.vehicles.isNotEmpty() && !it.standing.refreshing }.vehicles.size)
        pmi.garage().use { garage ->
            // README
            server.setFault(MemoryFault.SERVER_ERROR, true)
            garage.send(GarageIntent.Refresh)
            // README ends
            // What was there stays, with a line beside it.
            vehicles.list.until { it.standing.problem != null && it.vehicles.size == 12 }
        }
        pmi.close()
        coroutineContext.cancelChildren()
    }

    private fun desktop(url: String, folder: Path): PmiClient {
        // README
        val pmi = PmiClient.open(
            PmiConfig(
                server = url,
                dataDir = "$folder/data",
                cacheDir = "$folder/cache",
                app = AppIdentity("fleet-tool", "1.0.0"),
                keyStore = KeyStore.File("$folder/keys"),
            ),
        )
        // README ends
        return pmi
    }
}
