// Where somebody is signed in: the four parts of the app, on a phone, a tablet and a desk.

package io.pmi.app.ui.shell

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.text.BasicText
import androidx.compose.foundation.text.TextAutoSize
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.LocalTextStyle
import androidx.compose.material3.NavigationBar
import androidx.compose.material3.NavigationBarItem
import androidx.compose.material3.NavigationRail
import androidx.compose.material3.NavigationRailItem
import androidx.compose.material3.VerticalDivider
import androidx.compose.runtime.Composable
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.design.Space
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.parts.Sign
import io.pmi.app.ui.parts.say
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

private class Tab(val root: Destination, val icon: Icon, val label: Label)

private val TABS = listOf(
    Tab(Destination.Garage, Icon.GARAGE, Label.TAB_GARAGE),
    Tab(Destination.Bookings, Icon.CALENDAR, Label.TAB_BOOKINGS),
    Tab(Destination.Notifications, Icon.BELL, Label.TAB_NOTIFICATIONS),
    Tab(Destination.Account, Icon.PERSON, Label.TAB_ACCOUNT),
)

/** The app of somebody who is signed in. */
@Composable
internal fun Home(state: AppState, hook: BackHook) {
    hook(state.home.canGoBack, state.home::back)
    BoxWithConstraints(Modifier.fillMaxSize()) {
        val room = when {
            maxWidth < 600.dp -> Room.NARROW
            maxWidth < 840.dp -> Room.MEDIUM
            else -> Room.WIDE
        }
        Frame(room, state.home.all.first(), state.home::root) { Place(state, room) }
    }
}

/** The way between the parts, beside what is shown. */
@Composable
fun Frame(room: Room, part: Destination, go: (Destination) -> Unit, content: @Composable () -> Unit) {
    if (room == Room.NARROW) {
        Column {
            Box(Modifier.weight(1f)) { content() }
            NavigationBar(containerColor = LocalPalette.current.surface, tonalElevation = 0.dp) {
                TABS.forEach { tab ->
                    NavigationBarItem(tab.root == part, { go(tab.root) }, { Sign(tab.icon) }, label = { TabName(tab) })
                }
            }
        }
    } else {
        Row {
            NavigationRail(Modifier.fillMaxHeight().verticalScroll(rememberScrollState()), containerColor = LocalPalette.current.surface) {
                Spacer(Modifier.height(Space.m))
                TABS.forEach { tab ->
                    NavigationRailItem(tab.root == part, { go(tab.root) }, { Sign(tab.icon) }, label = { TabName(tab) })
                }
            }
            Box(Modifier.weight(1f)) { content() }
        }
    }
}

@Composable
private fun TabName(tab: Tab) = BasicText(
    say(tab.label),
    style = LocalTextStyle.current.copy(color = LocalContentColor.current),
    maxLines = 1,
    // There is no more room than this: large text is set smaller here, not cut off.
    autoSize = TextAutoSize.StepBased(6.sp, (14 / LocalDensity.current.fontScale.coerceIn(1f, 2f) * 1.3f).coerceAtMost(14f).sp, 0.25.sp),
)

@Composable
private fun Place(state: AppState, room: Room) {
    val kept = rememberSaveableStateHolder()
    val stack = state.home
    val shown = stack.shown
    val list = shown == Destination.Garage || shown is Destination.Vehicle
    if (room == Room.WIDE && list) {
        Row {
            Box(Modifier.width(400.dp)) { Garage(state, (shown as? Destination.Vehicle)?.id) }
            VerticalDivider(color = LocalPalette.current.outline)
            Box(Modifier.weight(1f)) {
                (shown as? Destination.Vehicle)?.let { kept.SaveableStateProvider("$it") { Vehicle(state, it.id, null) } }
            }
        }
    } else {
        kept.SaveableStateProvider("$shown") { Shown(state, shown) }
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
