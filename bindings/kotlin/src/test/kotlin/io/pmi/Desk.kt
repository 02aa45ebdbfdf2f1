package io.pmi

import io.pmi.core.Book
import io.pmi.core.BookIntent
import io.pmi.core.BookingRow
import io.pmi.core.Bookings
import io.pmi.core.BookingsIntent
import io.pmi.core.Garage
import io.pmi.core.GarageIntent
import io.pmi.core.Phase
import io.pmi.core.SignIn
import io.pmi.core.SignInIntent
import java.nio.file.Files
import java.nio.file.Path
import java.time.LocalTime
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.withTimeoutOrNull

/** Longer than anything that is waited for. */
val PATIENCE = 60.seconds

/** What bookings of the tests have in their notes. */
const val BY_TESTS = "a test's"

/** A test that may wait, on several threads. */
fun test(body: suspend CoroutineScope.() -> Unit) = runBlocking(Dispatchers.Default) { withTimeout(PATIENCE * 3, body) }

/** The first record of this kind. */
suspend fun <T> Flow<T>.until(fits: (T) -> Boolean): T {
    var last: T? = null
    return withTimeoutOrNull(PATIENCE) { onEach { last = it }.first(fits) } ?: error("not in time; the last was $last")
}

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

/** A time to book: so many days from today, and where no free times are listed, this one. */
data class Wish(val days: Long, val hour: Int)

/** Chooses what there is to choose, and sends the form. What is given comes from it: the accepted booking, or what stands against it. */
suspend fun BookScreen.fillIn(wish: Wish, photo: ByteArray? = null): Book {
    val form = records.until { it.canSubmit && (it.moving != null || it.vehicles.isNotEmpty()) }
    if (form.moving == null) {
        send(BookIntent.Vehicle(form.vehicles.first().id))
        send(BookIntent.Service(form.services.first().word))
        send(BookIntent.Notes(BY_TESTS))
        photo?.let { send(BookIntent.AddPhoto(it)) }
    }
    send(BookIntent.Day(form.firstDay.toLocalDate().plusDays(wish.days).toDay()))
    fun Book.hasTimes() = day != null && (typeTime || slots?.standing?.phase == Phase.SHOWN)
    fun Book.wantsCenter() = day != null && centers.isNotEmpty() && centers.none { it.chosen }
    var times = records.until { it.hasTimes() || it.wantsCenter() }
    if (times.wantsCenter()) {
        send(BookIntent.Center(times.centers.first().id))
        times = records.until { it.hasTimes() && !it.wantsCenter() }
    }
    if (times.typeTime) {
        send(BookIntent.Time(LocalTime.of(wish.hour, 0).toTimeOfDay()))
    } else {
        send(BookIntent.Slot(times.slots!!.free.first { it.at.hour.toInt() == wish.hour }.at))
    }
    send(BookIntent.Submit)
    return records.until { it.accepted != null || (!it.busy && (it.problem ?: it.timeProblem ?: it.dayProblem) != null) }
}

/** Books through the form. */
suspend fun PmiClient.bookService(wish: Wish, photo: ByteArray? = null): Book = book(null).use { it.fillIn(wish, photo) }

/** The bookings when they are so. */
suspend fun PmiClient.bookingsWhen(fits: (Bookings) -> Boolean): Bookings = bookings().use { screen ->
    screen.send(BookingsIntent.Refresh)
    screen.records.until(fits)
}

/** The bookings when nothing of them waits any more, and so many of the tests' are there and so. */
suspend fun PmiClient.settledBookings(own: Int, fits: (BookingRow) -> Boolean = { true }): Bookings = bookingsWhen { shown ->
    val there = (shown.upcoming + shown.past).count { it.notes == BY_TESTS && fits(it) }
    shown.standing.phase != Phase.FIRST_LOAD && !shown.standing.refreshing && shown.pending.isEmpty() && there == own
}

/** A client of a server in memory, signed in. */
suspend fun inMemory(server: MemoryServer = MemoryServer()): PmiClient = server.open().also {
    check(it.signIn(server.email(), server.password()).done)
}
