// Every screen in every state that is looked at, a part of the app after the other.

package io.pmi.app.ui.pictures

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.width
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import io.pmi.app.design.Label
import io.pmi.app.ui.look.Appearance
import io.pmi.app.ui.parts.SheetCard
import io.pmi.app.ui.parts.say
import io.pmi.app.ui.samples.*
import io.pmi.app.ui.screens.AccountPage
import io.pmi.app.ui.screens.AddForm
import io.pmi.app.ui.screens.BookPage
import io.pmi.app.ui.screens.BookingsPage
import io.pmi.app.ui.screens.Calendar
import io.pmi.app.ui.screens.DiagnosticsPage
import io.pmi.app.ui.screens.ForgottenPasswordPage
import io.pmi.app.ui.screens.GaragePage
import io.pmi.app.ui.screens.NotificationsPage
import io.pmi.app.ui.screens.RegisterPage
import io.pmi.app.ui.screens.SignInPage
import io.pmi.app.ui.screens.TimeForm
import io.pmi.app.ui.screens.VehiclePage
import io.pmi.app.ui.screens.WelcomePage
import io.pmi.app.ui.shell.Crash
import io.pmi.app.ui.shell.Destination
import io.pmi.app.ui.shell.Frame
import io.pmi.app.ui.shell.Room
import io.pmi.app.ui.shell.Settings
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.Account
import io.pmi.core.AddVehicle
import io.pmi.core.Book
import io.pmi.core.Bookings
import io.pmi.core.ComponentSpot
import io.pmi.core.Day
import io.pmi.core.Diagnostics
import io.pmi.core.ForgottenPassword
import io.pmi.core.Garage
import io.pmi.core.Notifications
import io.pmi.core.Phase
import io.pmi.core.Register
import io.pmi.core.SignIn
import io.pmi.core.Start
import io.pmi.core.VehiclePage
import io.pmi.core.Welcome
import java.time.LocalTime

/** One screen in one state: as a phone shows it, or the [whole] page. */
class Scene(screen: String, state: String, val whole: Boolean = false, val width: Int = 360, val height: Int = 720, val content: @Composable () -> Unit) {
    val name = "$screen: $state"
}

/** What is on one sheet. */
class Part(val name: String, val scenes: List<Scene>) {
    /** Some variants show only what a phone does, their colours and language being whole in others; large text is looked at whole. */
    fun scenes(variant: Variant): List<Scene> {
        val whole = scenes.filter { it.whole }.map { it.name }
        return if (!variant.whole) scenes.filter { !it.whole } else if (variant.scale > 1) scenes.filter { "${it.name}, whole" !in whole } else scenes
    }
}

/** A screen as a phone shows it in each of these states. */
private fun <R> seen(screen: String, draw: (R) -> @Composable () -> Unit, vararg states: Pair<String, R>) =
    states.map { (state, record) -> Scene(screen, state, content = draw(record)) }

/** The same from its beginning to its end. */
private fun <R> whole(screen: String, draw: (R) -> @Composable () -> Unit, vararg states: Pair<String, R>) =
    states.map { (state, record) -> Scene(screen, "$state, whole", true, content = draw(record)) }

private fun tab(part: Destination, page: @Composable () -> Unit) = @Composable { Frame(Room.NARROW, part, {}, page) }

private fun welcome(record: Welcome) = @Composable { WelcomePage(record, {}, {}, {}, {}) }

private fun signIn(record: SignIn) = @Composable { SignInPage(record, {}, {}, {}, {}, {}) }

private fun register(record: Register) = @Composable { RegisterPage(record, {}, {}, {}) }

private fun reset(record: ForgottenPassword) = @Composable { ForgottenPasswordPage(record, {}, {}, {}) }

private fun vehicles(record: Garage) = @Composable { GaragePage(record, {}, {}, {}) }

internal fun garage(record: Garage) = tab(Destination.Garage, vehicles(record))

private fun add(record: AddVehicle) = @Composable { SheetCard(say(Label.ADD_VEHICLE), {}) { AddForm(record, {}, {}) } }

private fun vehicle(record: VehiclePage) = @Composable { VehiclePage(record, {}, {}) {} }

private fun book(record: Book) = @Composable { BookPage(record, {}, {}, {}) }

private fun booked(record: Bookings) = @Composable { BookingsPage(record, {}, {}, {}) }

private fun bookings(record: Bookings) = tab(Destination.Bookings, booked(record))

private fun told(record: Notifications) = @Composable { NotificationsPage(record, {}, {}) }

private fun messages(record: Notifications) = tab(Destination.Notifications, told(record))

private fun person(record: Account) = @Composable { AccountPage(record, {}, {}) { Settings(LocalWords.current.language, Appearance.SYSTEM, {}, {}) } }

private fun account(record: Account) = tab(Destination.Account, person(record))

private fun diagnostics(record: Diagnostics) = @Composable { DiagnosticsPage(record, {}, {}) }

private val ENTRANCE = seen(
    "welcome", ::welcome, "first" to WELCOME, "back" to WELCOME_BACK, "offline" to WELCOME.copy(banner = UNREACHED), "locked" to WELCOME_LOCKED,
    "deciding" to WELCOME.copy(start = Start.DECIDING), "failed" to WELCOME.copy(start = Start.DECIDING, problem = BROKEN),
) + seen("sign in", ::signIn, "empty" to SIGN_IN, "wrong" to SIGN_IN_WRONG, "busy" to SIGN_IN_BUSY, "offline" to SIGN_IN.copy(problem = UNREACHED)) +
    seen(
        "reset", ::reset, "loading" to RESET.copy(phase = Phase.FIRST_LOAD), "ask" to RESET, "set" to RESET_SET, "done" to RESET_DONE,
        "none" to RESET_NONE, "failed" to RESET.copy(phase = Phase.FAILED, problem = UNREACHED),
    ) + whole("welcome", ::welcome, "back" to WELCOME_BACK) +
    whole("register", ::register, "empty" to REGISTER, "wrong" to REGISTER_WRONG)

private val GARAGES = seen(
    "garage", ::garage, "online" to GARAGE, "decision needed" to GARAGE_ATTENTION, "offline" to GARAGE_OFFLINE, "stale" to GARAGE_STALE,
    "troubled" to GARAGE.copy(standing = TROUBLED), "loading" to GARAGE.copy(standing = LOADING, vehicles = emptyList()),
    "empty" to GARAGE.copy(standing = EMPTY, vehicles = emptyList()), "empty, none to add" to GARAGE.copy(standing = EMPTY, vehicles = emptyList(), canAdd = false),
    "failed" to GARAGE.copy(standing = FAILED, vehicles = emptyList()), "failed, offline" to GARAGE.copy(standing = UNREACHABLE, vehicles = emptyList()),
) + whole("garage", ::vehicles, "online" to GARAGE_ATTENTION) +
    whole("add vehicle", ::add, "empty" to ADD, "wrong" to ADD_WRONG, "claimed" to ADD_CLAIMED, "busy" to ADD_BUSY)

private val VEHICLES = seen(
    "vehicle", ::vehicle, "online" to VEHICLE, "offline" to VEHICLE.copy(standing = OFFLINE), "loading" to VEHICLE_LOADING, "failed" to VEHICLE_FAILED,
    "failed, offline" to VEHICLE_LOADING.copy(standing = UNREACHABLE),
) + whole("vehicle", ::vehicle, "online" to VEHICLE, "new" to VEHICLE_BARE, "troubled" to VEHICLE_MORE) +
    Scene("vehicle", "brakes chosen", content = { VehiclePage(VEHICLE, {}, {}, ComponentSpot.BRAKES) {} })

private val BOOKS = seen(
    "book", ::book, "begun" to BOOK_BEGUN, "offline" to BOOK_FIRST, "loading" to BOOK_LOADING, "empty" to BOOK_EMPTY,
    "failed" to BOOK_LOADING.copy(standing = FAILED), "move" to BOOK_MOVE, "move, none free" to BOOK_NONE_FREE, "move, being accepted" to BOOK_BUSY,
) + whole(
    "book", ::book, "filled" to BOOK_FILLED, "wrong" to BOOK_WRONG, "time taken" to BOOK_TAKEN, "waiting" to BOOK_WAITING, "time typed, twice" to BOOK_TWICE, "move" to BOOK_MOVE,
) + Scene("book", "calendar", true) { SheetCard(say(Label.BOOK_CHOOSE_DAY), {}, true) { Calendar(Day(2026, 11u, 22u), null) {} } } +
    Scene("book", "clock", true) { SheetCard(say(Label.PICK_TIME), {}) { TimeForm(LocalTime.of(10, 30)) {} } }

private val BOOKINGSES = seen(
    "bookings", ::bookings, "online" to BOOKINGS, "offline" to BOOKINGS_OFFLINE, "decision needed" to BOOKINGS_DECIDE, "call off" to BOOKINGS_QUESTION,
    "loading" to BOOKINGS.copy(standing = LOADING, upcoming = emptyList(), past = emptyList()),
    "empty" to BOOKINGS.copy(standing = EMPTY, upcoming = emptyList(), past = emptyList()),
    "failed" to BOOKINGS.copy(standing = FAILED, upcoming = emptyList(), past = emptyList()),
) + whole("bookings", ::booked, "offline" to BOOKINGS_OFFLINE, "photo being sent" to BOOKINGS_SENDING, "decision needed" to BOOKINGS_DECIDE, "photo refused" to BOOKINGS_REFUSED)

private val NONE_TOLD = NOTIFICATIONS.copy(rows = emptyList(), unread = 0u, canMarkAll = false)

private val MESSAGES = seen(
    "messages", ::messages, "online" to NOTIFICATIONS, "offline" to NOTIFICATIONS.copy(standing = OFFLINE), "loading" to NONE_TOLD.copy(standing = LOADING),
    "empty" to NONE_TOLD.copy(standing = EMPTY), "failed" to NONE_TOLD.copy(standing = FAILED), "not noted" to NOTIFICATIONS.copy(problem = BROKEN),
) + whole("messages", ::told, "online" to NOTIFICATIONS, "refused" to NOTIFICATIONS_REFUSED)

private val ACCOUNTS = seen(
    "account", ::account, "online" to ACCOUNT, "offline" to ACCOUNT_OFFLINE, "loading" to ACCOUNT_LOADING, "failed" to ACCOUNT_FAILED, "edit" to ACCOUNT_EDIT,
    "password" to ACCOUNT_PASSWORD, "delete, asked" to ACCOUNT_DELETE_ASKED, "delete, last" to ACCOUNT_DELETE, "unsent" to ACCOUNT_UNSENT,
) + whole("account", ::person, "online" to ACCOUNT, "offline" to ACCOUNT_OFFLINE, "busy" to ACCOUNT_BUSY)

private val OTHERS = seen(
    "diagnostics", ::diagnostics, "loading" to DIAGNOSTICS.copy(phase = Phase.FIRST_LOAD), "failed" to DIAGNOSTICS.copy(phase = Phase.FAILED, problem = BROKEN),
) + Scene("app", "crashed") { Crash(IllegalStateException()) {} } + whole("diagnostics", ::diagnostics, "online" to DIAGNOSTICS, "troubled" to DIAGNOSTICS_TROUBLED) +
    Scene("tablet", "garage", width = 720, height = 720) { Frame(Room.MEDIUM, Destination.Garage, {}) { GaragePage(GARAGE, {}, {}, {}) } } +
    Scene("desk", "garage and vehicle", width = 1100, height = 760) {
        Frame(Room.WIDE, Destination.Garage, {}) {
            Row {
                Box(Modifier.width(400.dp)) { GaragePage(GARAGE, {}, {}, {}, chosen = 1) }
                Box(Modifier.weight(1f)) { VehiclePage(VEHICLE, {}, null) {} }
            }
        }
    }

val PARTS: List<Part> = listOf(
    Part("entrance", ENTRANCE), Part("garage", GARAGES), Part("vehicle", VEHICLES), Part("book", BOOKS), Part("bookings", BOOKINGSES),
    Part("messages", MESSAGES), Part("account", ACCOUNTS), Part("others", OTHERS),
)

val SCENES: List<Scene> = PARTS.flatMap { it.scenes }
