// Every screen in every state that is looked at.

package io.pmi.app.ui.pictures

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.width
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import io.pmi.app.ui.look.Appearance
import io.pmi.app.ui.parts.SheetCard
import io.pmi.app.ui.samples.*
import io.pmi.app.ui.screens.AccountPage
import io.pmi.app.ui.screens.AddForm
import io.pmi.app.ui.screens.BookPage
import io.pmi.app.ui.screens.BookingsPage
import io.pmi.app.ui.screens.DiagnosticsPage
import io.pmi.app.ui.screens.ForgottenPasswordPage
import io.pmi.app.ui.screens.GaragePage
import io.pmi.app.ui.screens.NotificationsPage
import io.pmi.app.ui.screens.RegisterPage
import io.pmi.app.ui.screens.SignInPage
import io.pmi.app.ui.screens.VehiclePage
import io.pmi.app.ui.screens.WelcomePage
import io.pmi.app.ui.shell.Crash
import io.pmi.app.ui.shell.Destination
import io.pmi.app.ui.shell.Frame
import io.pmi.app.ui.shell.Room
import io.pmi.app.ui.shell.Settings
import io.pmi.app.ui.parts.say
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.Account
import io.pmi.core.Book
import io.pmi.core.Bookings
import io.pmi.core.Garage
import io.pmi.core.Phase
import io.pmi.core.Start
import io.pmi.app.design.Label

/** One screen in one state. */
class Scene(val name: String, val width: Int = 360, val height: Int = 720, val content: @Composable () -> Unit)

internal fun garage(record: Garage) = @Composable { Frame(Room.NARROW, Destination.Garage, {}) { GaragePage(record, {}, {}, {}) } }

private fun bookings(record: Bookings) = @Composable { Frame(Room.NARROW, Destination.Bookings, {}) { BookingsPage(record, {}, {}, {}) } }

private fun account(record: Account) = @Composable {
    Frame(Room.NARROW, Destination.Account, {}) {
        AccountPage(record, {}, {}) { Settings(LocalWords.current.language, Appearance.SYSTEM, {}, {}) }
    }
}

private fun book(record: Book) = @Composable { BookPage(record, {}, {}, {}) }

val SCENES: List<Scene> = listOf(
    Scene("welcome") { WelcomePage(WELCOME, {}, {}, {}, {}) },
    Scene("welcome-back") { WelcomePage(WELCOME_BACK, {}, {}, {}, {}) },
    Scene("welcome-locked") { WelcomePage(WELCOME_LOCKED, {}, {}, {}, {}) },
    Scene("welcome-deciding") { WelcomePage(WELCOME.copy(start = Start.DECIDING), {}, {}, {}, {}) },
    Scene("sign-in") { SignInPage(SIGN_IN, {}, {}, {}, {}, {}) },
    Scene("sign-in-wrong") { SignInPage(SIGN_IN_WRONG, {}, {}, {}, {}, {}) },
    Scene("sign-in-busy") { SignInPage(SIGN_IN_BUSY, {}, {}, {}, {}, {}) },
    Scene("register") { RegisterPage(REGISTER, {}, {}, {}) },
    Scene("register-wrong") { RegisterPage(REGISTER_WRONG, {}, {}, {}) },
    Scene("reset-ask") { ForgottenPasswordPage(RESET, {}, {}, {}) },
    Scene("reset-set") { ForgottenPasswordPage(RESET_SET, {}, {}, {}) },
    Scene("reset-done") { ForgottenPasswordPage(RESET_DONE, {}, {}, {}) },
    Scene("reset-none") { ForgottenPasswordPage(RESET_NONE, {}, {}, {}) },
    Scene("garage", content = garage(GARAGE)),
    Scene("garage-attention", content = garage(GARAGE_ATTENTION)),
    Scene("garage-offline", content = garage(GARAGE_OFFLINE)),
    Scene("garage-loading", content = garage(GARAGE.copy(standing = LOADING, vehicles = emptyList()))),
    Scene("garage-empty", content = garage(GARAGE.copy(standing = EMPTY, vehicles = emptyList()))),
    Scene("garage-failed", content = garage(GARAGE.copy(standing = FAILED, vehicles = emptyList()))),
    Scene("garage-troubled", content = garage(GARAGE.copy(standing = TROUBLED))),
    Scene("garage-add") { SheetCard(say(Label.ADD_VEHICLE), {}) { AddForm(ADD_WRONG, {}, {}) } },
    Scene("vehicle") { VehiclePage(VEHICLE, {}, {}, {}) },
    Scene("vehicle-whole", height = 2900) { VehiclePage(VEHICLE, {}, {}, {}) },
    Scene("vehicle-loading") { VehiclePage(VEHICLE_LOADING, {}, {}, {}) },
    Scene("vehicle-offline") { VehiclePage(VEHICLE.copy(standing = OFFLINE), {}, {}, {}) },
    Scene("book", content = book(BOOK_BEGUN)),
    Scene("book-filled", height = 2100, content = book(BOOK_FILLED)),
    Scene("book-wrong", height = 2000, content = book(BOOK_WRONG)),
    Scene("book-typed", height = 1500, content = book(BOOK_FIRST)),
    Scene("book-move", content = book(BOOK_MOVE)),
    Scene("book-empty", content = book(BOOK_EMPTY)),
    Scene("bookings", content = bookings(BOOKINGS)),
    Scene("bookings-offline", content = bookings(BOOKINGS_OFFLINE)),
    Scene("bookings-decide", height = 1000, content = bookings(BOOKINGS_DECIDE)),
    Scene("bookings-question", content = bookings(BOOKINGS_QUESTION)),
    Scene("bookings-empty", content = bookings(BOOKINGS.copy(standing = EMPTY, upcoming = emptyList(), past = emptyList()))),
    Scene("notifications") { Frame(Room.NARROW, Destination.Notifications, {}) { NotificationsPage(NOTIFICATIONS, {}, {}) } },
    Scene("notifications-empty") {
        Frame(Room.NARROW, Destination.Notifications, {}) { NotificationsPage(NOTIFICATIONS.copy(standing = EMPTY, rows = emptyList(), unread = 0u, canMarkAll = false), {}, {}) }
    },
    Scene("account", height = 1200, content = account(ACCOUNT)),
    Scene("account-offline", content = account(ACCOUNT_OFFLINE)),
    Scene("account-edit", content = account(ACCOUNT_EDIT)),
    Scene("account-password", content = account(ACCOUNT_PASSWORD)),
    Scene("account-delete", content = account(ACCOUNT_DELETE)),
    Scene("account-unsent", content = account(ACCOUNT_UNSENT)),
    Scene("diagnostics", height = 1300) { DiagnosticsPage(DIAGNOSTICS, {}, {}) },
    Scene("diagnostics-failed") { DiagnosticsPage(DIAGNOSTICS.copy(phase = Phase.FAILED, problem = BROKEN), {}, {}) },
    Scene("crash") { Crash {} },
    Scene("desk", 1000, 720) {
        Frame(Room.WIDE, Destination.Garage, {}) {
            Row {
                Box(Modifier.width(400.dp)) { GaragePage(GARAGE, {}, {}, {}, chosen = 1) }
                Box(Modifier.weight(1f)) { VehiclePage(VEHICLE, {}, null, {}) }
            }
        }
    },
    Scene("tablet", 720, 720) { Frame(Room.MEDIUM, Destination.Garage, {}) { GaragePage(GARAGE, {}, {}, {}) } },
)
