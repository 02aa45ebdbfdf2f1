package io.pmi

import io.pmi.core.Garage
import io.pmi.core.GarageIntent
import io.pmi.core.Phase
import io.pmi.core.SignInReason
import kotlin.random.Random
import kotlin.time.Duration.Companion.microseconds
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** What the border itself promises, against the server in memory. */
class BorderTest {
    @Test
    fun `a collector cancelled at any point leaves nothing behind`() = test {
        inMemory().use { client ->
            client.garage().use { garage ->
                garage.records.first()
                val before = settledObjects()
                val random = Random(7)
                repeat(500) {
                    val collecting = launch { garage.records.collect { garage.send(GarageIntent.Refresh) } }
                    delay(random.nextInt(2_000).microseconds)
                    collecting.cancelAndJoin()
                }
                assertEquals(before, settledObjects())
                garage.records.until { it.standing.phase == Phase.SHOWN }
            }
        }
    }

    @Test
    fun `every call after close is closed`() = test {
        val client = inMemory()
        val garage = client.garage()
        val watch = garage.watch()
        val session = client.watchSession()
        val collecting = launch { garage.records.collect() }
        assertTrue(watch.next() != null)
        client.close()
        client.close()
        // What was open ends; nothing throws by itself.
        collecting.join()
        assertEquals(null, watch.next())
        assertEquals(null, session.next())
        garage.send(GarageIntent.Refresh)
        assertEquals(emptyList<Any>(), garage.records.toList())
        garage.close()
        watch.close()
        for (call in listOf<suspend () -> Any?>(
            { client.capabilities() },
            { client.sync() },
            { client.signOut() },
            { client.suspend(1.milliseconds) },
            { client.resume() },
            { client.session() },
            { client.garage() },
            { client.setNetwork(true) },
            { client.shutDown() },
            { garage.now() },
            { garage.send(GarageIntent.Refresh) },
            { garage.records.first() },
            { watch.next() },
        )) {
            assertThrows<PmiException.Closed> { call() }
        }
        session.close()
    }

    @Test
    fun `ten thousand objects left or closed are freed`() = test {
        inMemory().use { client ->
            val before = settledObjects()
            repeat(10_000) {
                val garage = client.garage()
                if (it % 2 == 0) garage.close()
            }
            assertEquals(before, settledObjects())
            assertEquals(3, client.shownGarage().vehicles.size)
        }
    }

    @Test
    fun `collectors that throw block and call back harm nobody`() = test {
        inMemory().use { client ->
            client.garage().use { garage ->
                val blocking = launch { garage.records.collect { Thread.sleep(200) } }
                val calling = launch {
                    garage.records.collect {
                        client.garage().use { other -> other.now() }
                        client.capabilities()
                    }
                }
                repeat(20) {
                    assertThrows<IllegalStateException> { garage.records.collect { error("a collector that throws") } }
                }
                assertEquals(3, client.shownGarage().vehicles.size)
                blocking.cancelAndJoin()
                calling.cancelAndJoin()
            }
        }
    }

    @Test
    fun `closed by one thread while others call`() = test {
        repeat(20) {
            val client = inMemory()
            val calls = List(8) {
                launch {
                    try {
                        while (true) {
                            client.garage().use { it.now() }
                            client.capabilities()
                        }
                    } catch (_: PmiException.Closed) {
                        // That is how it ends.
                    }
                }
            }
            delay(Random(it).nextInt(20).milliseconds)
            client.close()
            calls.joinAll()
        }
    }

    @Test
    fun `a panic is an error of the call`() = test {
        assertThrows<PmiException.Internal> { defectForTests() }
        assertThrows<PmiException.Internal> { defectForTestsLater() }
        inMemory().use { assertEquals(3, it.shownGarage().vehicles.size) }
    }

    @Test
    fun `an argument that cannot be right is named`() {
        val device = device()
        fun refused(url: String, app: AppIdentity? = null) =
            assertThrows<PmiException.InvalidInput> { open(url, device, app) }.`field`
        assertEquals("server", refused("not a server"))
        assertEquals("app_name", refused("http://localhost:1", AppIdentity("my app", "1.0")))
        assertEquals("app_version", refused("http://localhost:1", AppIdentity("app", "")))
    }

    @Test
    fun `each fault in memory shows as it would on a phone`() = test {
        val server = MemoryServer()
        inMemory(server).use { client ->
            val shown = client.shownGarage()
            assertEquals("Hero Splendor Plus", shown.vehicles.first().name)
            client.garage().use { garage ->
                suspend fun refreshed(fits: (Garage) -> Boolean) {
                    garage.send(GarageIntent.Refresh)
                    garage.records.until { !it.standing.refreshing && fits(it) }
                }
                // One that is on its way already would bring what was before the fault.
                garage.records.until { it.standing.phase == Phase.SHOWN && !it.standing.refreshing }
                server.setFault(MemoryFault.OFFLINE, true)
                refreshed { it.standing.offline && it.standing.phase == Phase.SHOWN }
                server.setFault(MemoryFault.OFFLINE, false)
                client.setNetwork(true)
                refreshed { !it.standing.offline && it.standing.problem == null }
                server.setFault(MemoryFault.SERVER_ERROR, true)
                // One that was asked too often is left alone for some seconds: then the remedy is no retry, but to wait.
                refreshed { it.standing.problem != null && !it.standing.offline }
                server.setFault(MemoryFault.SERVER_ERROR, false)
                refreshed { it.standing.problem == null }
                server.setFault(MemoryFault.SLOW, true)
                garage.send(GarageIntent.Refresh)
                garage.records.until { it.standing.refreshing }
                server.setFault(MemoryFault.SLOW, false)
                server.setFault(MemoryFault.EXPIRED_SESSION, true)
                garage.send(GarageIntent.Refresh)
                client.sessions.until { it is SessionState.SignInNeeded && it.why == SignInReason.SESSION_EXPIRED }
                assertTrue(client.signIn(server.email(), server.password()).done)
                assertFalse(client.shownGarage().vehicles.isEmpty())
            }
        }
    }

    /** How many screens and watches are alive once what is garbage was collected. */
    private suspend fun settledObjects(): ULong {
        var fewest = ULong.MAX_VALUE
        repeat(20) {
            System.gc()
            delay(50.milliseconds)
            fewest = minOf(fewest, liveObjectsForTests())
        }
        return fewest
    }
}
