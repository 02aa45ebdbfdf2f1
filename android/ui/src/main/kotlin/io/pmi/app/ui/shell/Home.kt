// Where somebody is signed in: the four parts of the app, on a phone, a tablet and a desk.

package io.pmi.app.ui.shell

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.width
import androidx.compose.material3.VerticalDivider
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.screens.AccountPage
import io.pmi.app.ui.screens.BookPage
import io.pmi.app.ui.screens.BookingsPage
import io.pmi.app.ui.screens.DiagnosticsPage
import io.pmi.app.ui.screens.GaragePage
import io.pmi.app.ui.screens.NotificationsPage
import io.pmi.app.ui.screens.VehiclePage
import io.pmi.core.VehicleId

/** How much room there is. */
enum class Room { NARROW, MEDIUM, WIDE }

/** The app of somebody who is signed in. */
@Composable
internal fun Home(state: AppState, hook: BackHook) {
    BoxWithConstraints(Modifier.fillMaxSize()) {
        val room = when {
            maxWidth < 600.dp -> Room.NARROW
            maxWidth < 840.dp -> Room.MEDIUM
            else -> Room.WIDE
        }
        Frame(room, state.home.all.first(), state.home::root) { Place(state, room, hook) }
    }
}

/** The way between the parts, beside what is shown. */
@Composable
fun Frame(room: Room, part: Destination, go: (Destination) -> Unit, content: @Composable () -> Unit) {
    if (room == Room.NARROW) {
        Column {
            Box(Modifier.weight(1f)) { content() }
            TabBar(part, go)
        }
    } else {
        Row {
            TabRail(part, go)
            Box(Modifier.weight(1f)) { content() }
        }
    }
}

@Composable
private fun Place(state: AppState, room: Room, hook: BackHook) {
    val stack = state.home
    val kept = rememberKept(stack)
    val shown = stack.shown
    val list = shown == Destination.Garage || shown is Destination.Vehicle
    if (room == Room.WIDE && list) {
        Row {
            Box(Modifier.width(400.dp)) { Garage(state, (shown as? Destination.Vehicle)?.id) }
            VerticalDivider(color = LocalPalette.current.outline)
            Box(Modifier.weight(1f)) {
                // The garage is beside it, not under it.
                Backing(stack, hook, isUnder = false) { one ->
                    (one as? Destination.Vehicle)?.let { kept.SaveableStateProvider("$it") { Vehicle(state, it.id, null) } }
                }
            }
        }
    } else {
        Backing(stack, hook) { one -> kept.SaveableStateProvider("$one") { Shown(state, one) } }
    }
}

@Composable
private fun Shown(state: AppState, shown: Destination) {
    val client = state.shown
    val stack = state.home
    val back = stack::back
    when (shown) {
        is Destination.Vehicle -> Vehicle(state, shown.id, back)
        is Destination.Book -> Bind(shown, { client.openBook(shown.vehicle) }) { record, send ->
            BookPage(record, send, back) { stack.root(Destination.Bookings) }
        }
        is Destination.Move -> Bind(shown, { client.openMove(shown.booking) }) { record, send ->
            BookPage(record, send, back) { stack.root(Destination.Bookings) }
        }
        Destination.Bookings -> Bind(shown, client::openBookings) { record, send ->
            BookingsPage(record, send, { stack.to(Destination.Book(null)) }) { stack.to(Destination.Move(it)) }
        }
        Destination.Notifications -> Bind(shown, client::openNotifications) { record, send ->
            NotificationsPage(record, send) { stack.to(Destination.Vehicle(it)) }
        }
        Destination.Account -> Bind(shown, client::openAccount) { record, send ->
            AccountPage(record, send, { stack.to(Destination.Diagnostics) }) {
                Settings(state.language, state.appearance, state::speak, state::look)
            }
        }
        Destination.Diagnostics -> Bind(shown, client::openDiagnostics) { record, send -> DiagnosticsPage(record, send, back) }
        else -> Garage(state, null)
    }
}

@Composable
private fun Garage(state: AppState, chosen: VehicleId?) = Bind(Destination.Garage, state.shown::openGarage) { record, send ->
    val stack = state.home
    GaragePage(record, send, { stack.to(Destination.Vehicle(it)) }, { stack.root(Destination.Bookings) }, chosen)
}

@Composable
private fun Vehicle(state: AppState, id: VehicleId, back: (() -> Unit)?) = Bind(id, { state.shown.openVehicle(id) }) { record, send ->
    VehiclePage(record, send, back) { state.home.to(Destination.Book(id)) }
}
