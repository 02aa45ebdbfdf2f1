package io.pmi

import io.pmi.core.Garage
import io.pmi.core.GarageIntent
import io.pmi.core.Phase
import io.pmi.core.SignIn
import io.pmi.core.SignInIntent
import java.nio.file.Files
import java.nio.file.Path
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout

/** Longer than anything that is waited for. */
val PATIENCE = 60.seconds

/** A test that may wait, on several threads. */
fun test(body: suspend CoroutineScope.() -> Unit) = runBlocking(Dispatchers.Default) { withTimeout(PATIENCE * 3, body) }

/** The first record of this kind. */
suspend fun <T> Flow<T>.until(fits: (T) -> Boolean): T = withTimeout(PATIENCE) { first(fits) }

/** A folder of a device; it outlives the clients on it. */
fun device(): Path = Files.createTempDirectory("pmi-kotlin-")

/** A client on this device, as a new process would open it. */
fun open(url: String, device: Path, app: AppIdentity? = null): PmiClient = PmiClient.open(
    PmiConfig(
        server = url,
        dataDir = "$device/data",
        cacheDir = "$device/cache",
        app = app,
        keyStore = KeyStore.File("$device/keys"),
    ),
)

/** Fills the form in and sends it. */
fun SignInScreen.submit(email: String, password: String) {
    send(SignInIntent.Email(email))
    send(SignInIntent.Password(password))
    send(SignInIntent.Submit)
}

/** Signs in through the screen. */
suspend fun PmiClient.signIn(email: String, password: String): SignIn = signIn().use { screen ->
    screen.submit(email, password)
    screen.records.until { it.done || it.problem != null }
}

/** The garage with its vehicles. */
suspend fun PmiClient.shownGarage(): Garage = garage().use { screen ->
    screen.send(GarageIntent.Refresh)
    screen.records.until { it.standing.phase == Phase.SHOWN && !it.standing.refreshing }
}

/** A client of a server in memory, signed in. */
suspend fun inMemory(server: MemoryServer = MemoryServer()): PmiClient = server.open().also {
    check(it.signIn(server.email(), server.password()).done)
}
