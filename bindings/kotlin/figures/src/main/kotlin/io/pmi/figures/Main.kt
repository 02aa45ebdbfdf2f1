// What a call costs, each with a floor that was measured in the same run. `load` measures one fresh JVM.

package io.pmi.figures

import com.sun.jna.Native
import io.pmi.GarageScreen
import io.pmi.MemoryServer
import io.pmi.PmiClient
import io.pmi.SignInScreen
import io.pmi.core.GarageIntent
import io.pmi.core.SignInIntent
import io.pmi.open
import io.pmi.records
import io.pmi.sessions
import java.util.Locale
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.produceIn
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext

private const val WARM_UP = 20_000
private const val CALLS = 20_000
private const val SLOW_CALLS = 4_000

/** A call of the library that does nothing, without the generated code around it. */
internal object Bare {
    init {
        Native.register(Bare::class.java, "pmi_ffi")
    }

    @JvmStatic
    external fun ffi_pmi_ffi_uniffi_contract_version(): Int
}

fun main(arguments: Array<String>): Unit = runBlocking(Dispatchers.Default) {
    if (arguments.firstOrNull() == "load") {
        load()
        return@runBlocking
    }
    println("%-58s %10s %10s".format("each in microseconds", "median", "p99"))
    floors()
    signedIn(3u).use { client ->
        measured("session(): an enumeration", CALLS) { client.session() }
        measured("setNetwork(true): nothing comes back", CALLS) { client.setNetwork(true) }
        measured("capabilities(): a suspend function, a record of 16 fields", SLOW_CALLS) { client.capabilities() }
        measured("sessions.first(): a watch, begun and ended", SLOW_CALLS) { client.sessions.first() }
        client.signIn().use { screen ->
            measured("SignInScreen.now(): a record", CALLS) { screen.now() }
            measured("SignInScreen.send(): an intent with a text", CALLS) { screen.send(SignInIntent.Email("asha@example.com")) }
            updates(screen)
        }
    }
    for (vehicles in listOf(1u, 10u, 100u)) {
        signedIn(vehicles).use { client ->
            client.garage().use { garage ->
                garage.records.first { it.vehicles.size == vehicles.toInt() && !it.standing.refreshing }
                measured("GarageScreen.now(): $vehicles vehicles", SLOW_CALLS) { garage.now() }
                updates(garage, vehicles)
            }
        }
    }
}

/** In milliseconds: JNA itself, the library with its checks, a client in memory, its first call. */
private fun load() {
    val times = mutableListOf(System.nanoTime())
    Native.getNativeSize(java.lang.Long.TYPE)
    times += System.nanoTime()
    val server = MemoryServer()
    times += System.nanoTime()
    server.open().use { client ->
        times += System.nanoTime()
        client.session()
        times += System.nanoTime()
    }
    println(times.zipWithNext { begun, ended -> (ended - begun) / 1_000_000 }.joinToString(" "))
}

private suspend fun CoroutineScope.floors() {
    measured("floor: the clock", CALLS) { }
    measured("floor: a call through JNA that does nothing", CALLS) { Bare.ffi_pmi_ffi_uniffi_contract_version() }
    measured("floor: a suspend function on another thread", SLOW_CALLS) { withContext(Dispatchers.IO) { } }
    val state = MutableStateFlow(0)
    val received = state.produceIn(this)
    received.receive()
    var number = 0
    measured("floor: an update through a Flow of Kotlin's own", SLOW_CALLS) {
        state.value = ++number
        received.receive()
    }
    coroutineContext.cancelChildren()
}

/** From the intent to the record that shows it, by one who is collecting. */
private suspend fun CoroutineScope.updates(screen: SignInScreen) {
    var number = 0
    update("SignInScreen: send, and its record through a Flow", screen.records, { it.email.value.toIntOrNull() == number }) {
        screen.send(SignInIntent.Email("${++number}"))
    }
}

private suspend fun CoroutineScope.updates(screen: GarageScreen, vehicles: UInt) {
    var number = 0
    update("GarageScreen, $vehicles vehicles: the same", screen.records, { it.add.vin.value.toIntOrNull() == number }) {
        screen.send(GarageIntent.Vin("${++number}"))
    }
}

private suspend fun <T> CoroutineScope.update(name: String, records: Flow<T>, fits: (T) -> Boolean, send: () -> Unit) {
    val received = records.filter(fits).produceIn(this)
    measured(name, SLOW_CALLS) {
        send()
        received.receive()
    }
    received.cancel()
}

private inline fun measured(name: String, calls: Int, call: () -> Any?) {
    var kept: Any? = null
    repeat(minOf(WARM_UP, calls * 2)) { kept = call() }
    val taken = LongArray(calls) {
        val begun = System.nanoTime()
        kept = call()
        System.nanoTime() - begun
    }
    check(kept != Unit.javaClass)
    taken.sort()
    println(String.format(Locale.ROOT, "%-58s %10.2f %10.2f", name, taken[calls / 2] / 1e3, taken[calls * 99 / 100] / 1e3))
}

private suspend fun signedIn(vehicles: UInt): PmiClient {
    val server = MemoryServer(vehicles)
    return server.open().also { client ->
        client.signIn().use { screen ->
            screen.send(SignInIntent.Email(server.email()))
            screen.send(SignInIntent.Password(server.password()))
            screen.send(SignInIntent.Submit)
            screen.records.first { it.done }
        }
    }
}
