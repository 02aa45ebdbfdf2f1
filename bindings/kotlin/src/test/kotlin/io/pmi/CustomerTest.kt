package io.pmi

import io.pmi.core.Phase
import io.pmi.core.Remedy
import io.pmi.core.TextKey
import io.pmi.core.Tone
import io.pmi.core.Unsent
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.flow.produceIn
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** Against the real platform in a child process. */
class CustomerTest {
    @AfterEach
    fun heal() = server.heal()

    @Test
    fun `a person signs in and sees the garage`() = test {
        open(server.url, device()).use { client ->
            client.garage().use { garage ->
                val before = garage.records.until { it.standing.phase == Phase.FAILED }
                assertEquals(Remedy.SignIn, before.standing.problem?.remedy)
                val done = client.signIn(server.email, server.password)
                assertTrue(done.done && !done.busy && !done.password.filled && done.problem == null)
                val shown = garage.records.until { it.vehicles.any { vehicle -> vehicle.prediction != null } }
                val vehicle = shown.vehicles.single()
                assertEquals(Phase.SHOWN, shown.standing.phase)
                assertEquals(Tone.CRITICAL, vehicle.health?.tone)
                assertTrue(vehicle.name.isNotBlank())
                assertEquals(vehicle.id, garage.now().vehicles.single().id)
            }
        }
    }

    @Test
    fun `a wrong password is said and the right one is taken`() = test {
        open(server.url, device()).use { client ->
            client.signIn().use { screen ->
                screen.submit(server.email, "not-the-password")
                val wrong = screen.records.until { it.problem != null }
                assertEquals(TextKey.PROBLEM_WRONG_CREDENTIALS, wrong.problem?.text?.key)
                assertFalse(wrong.done)
                screen.submit(server.email, server.password)
                screen.records.until { it.done }
            }
        }
    }

    @Test
    fun `the session is watched from sign in to sign out`() = test {
        open(server.url, device()).use { client ->
            val states = client.sessions.produceIn(this)
            client.signIn(server.email, server.password)
            assertTrue(client.signOut())
            val seen = mutableListOf<SessionState>()
            do seen += states.receive() while (seen.last() != SessionState.SignedOut || SessionState.SignedIn !in seen)
            assertEquals(SessionState.SignedOut, client.session())
            states.cancel()
        }
    }

    @Test
    fun `fifty calls at once`() = test {
        open(server.url, device()).use { client ->
            client.signIn(server.email, server.password)
            val calls = List(50) {
                async {
                    when (it % 3) {
                        0 -> client.shownGarage().vehicles.size == 1
                        1 -> client.capabilities().book
                        else -> client.sync(10.seconds).remaining == 0u
                    }
                }
            }
            assertEquals(List(50) { true }, calls.awaitAll())
        }
    }

    @Test
    fun `killed and opened again is still signed in`() = test {
        val device = device()
        killedAfter(Errand.SIGN_IN, server, server.people[0], device)
        open(server.url, device).use { client ->
            assertEquals(1, client.shownGarage().vehicles.size)
            assertEquals(SessionState.SignedIn, client.session())
        }
    }

    @Test
    fun `suspended and resumed it goes on`() = test {
        open(server.url, device()).use { client ->
            client.signIn(server.email, server.password)
            client.garage().use { garage ->
                garage.records.until { it.standing.phase == Phase.SHOWN }
                assertFalse(client.suspend(5.seconds).resumed)
                assertThrows<PmiException.Suspended> { client.capabilities() }
                assertEquals(Phase.SHOWN, garage.now().standing.phase)
                client.resume()
                assertTrue(client.capabilities().book)
                assertFalse(client.suspend(Duration.ZERO).resumed)
                assertEquals(0u, client.sync().remaining)
            }
        }
    }

    @Test
    fun `a synchronisation says what it did`() = test {
        open(server.url, device()).use { client ->
            assertThrows<PmiException.SignInNeeded> { client.sync() }
            assertEquals(BackgroundSync.DONE, client.backgroundSync())
            client.signIn(server.email, server.password)
            val report = client.sync()
            assertEquals(0u, report.failed)
            assertTrue(report.refreshed > 0u && report.stopped == null)
            assertEquals(BackgroundSync.DONE, client.backgroundSync())
            client.setNetwork(false)
            client.setConditions(dataSaver = true, lowBattery = true)
            assertEquals(0u, client.sync().refreshed)
        }
    }

    @Test
    fun `a log sink may throw block and call back and hears no secret`() = test {
        val lines = java.util.concurrent.ConcurrentLinkedQueue<LogLine>()
        open(server.url, device()).use { client ->
            PmiLog.to(LogLevel.TRACE) { line ->
                lines += line
                client.session()
                if (lines.size % 3 == 0) error("a sink that throws")
                Thread.sleep(1)
            }
            try {
                client.signIn(server.email, "not-the-password")
                client.signIn(server.email, server.password)
                server.fail("/api/vehicles", 500, """{"detail":"INSERT secret-of-the-server"}""")
                client.garage().use { garage -> garage.records.until { it.standing.phase == Phase.FAILED } }
                client.signOut(Unsent.DISCARD)
            } finally {
                PmiLog.off()
            }
        }
        assertTrue(lines.isNotEmpty())
        assertTrue(lines.all { it.target.startsWith("pmi_") })
        val all = lines.joinToString("\n") { it.text }
        for (secret in listOf(server.email, server.password, "not-the-password", "secret-of-the-server", "Bearer", "eyJ")) {
            assertFalse(all.contains(secret), secret)
        }
    }

    @Test
    fun `the server sees the name and version of the app`() = test {
        open(server.url, device(), AppIdentity("pmi-kotlin-test", "1.2.3")).use { client ->
            client.capabilities()
            assertTrue(server.seen().contains("pmi-kotlin-test/1.2.3 pmi-core/"))
        }
    }

    @Test
    fun `an app that is too old is told to update`() = test {
        open(server.url, device()).use { client ->
            server.fail("/", 426, """{"error":"upgrade_required","message":"no","request_id":"r"}""")
            val error = assertThrows<PmiException.UpgradeRequired> { client.capabilities() }
            assertEquals(Remedy.UpdateApp, error.problem.remedy)
            val screen = client.signIn(server.email, server.password)
            assertEquals(TextKey.PROBLEM_UPGRADE, screen.problem?.text?.key)
        }
    }

    companion object {
        private lateinit var server: Server

        @BeforeAll
        @JvmStatic
        fun start() {
            server = Server.start()
        }

        @AfterAll
        @JvmStatic
        fun stop() = server.close()
    }
}
