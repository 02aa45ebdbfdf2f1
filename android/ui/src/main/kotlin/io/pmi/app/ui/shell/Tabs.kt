// The names and icons of the app's four parts: below what is shown on a phone, beside it on what is wider.

package io.pmi.app.ui.shell

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.NavigationBar
import androidx.compose.material3.NavigationBarItem
import androidx.compose.material3.NavigationRail
import androidx.compose.material3.NavigationRailItem
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.layout.Layout
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.design.Size
import io.pmi.app.design.Space
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.look.LocalType
import io.pmi.app.ui.parts.Sign
import io.pmi.app.ui.parts.isLarge
import io.pmi.app.ui.parts.onBar
import io.pmi.app.ui.parts.say

private class Tab(val root: Destination, val icon: Icon, val label: Label)

private val TABS = listOf(
    Tab(Destination.Garage, Icon.GARAGE, Label.TAB_GARAGE),
    Tab(Destination.Bookings, Icon.CALENDAR, Label.TAB_BOOKINGS),
    Tab(Destination.Notifications, Icon.BELL, Label.TAB_NOTIFICATIONS),
    Tab(Destination.Account, Icon.PERSON, Label.TAB_ACCOUNT),
)

/** Along the lower edge. */
@Composable
internal fun TabBar(part: Destination, go: (Destination) -> Unit) {
    if (isLarge()) return LargeBar(part, go)
    NavigationBar(containerColor = LocalPalette.current.surface, tonalElevation = 0.dp) {
        TABS.forEach { tab ->
            NavigationBarItem(tab.root == part, { go(tab.root) }, { Sign(tab.icon) }, label = { Name(tab) })
        }
    }
}

/** Four names of large text have no room beside each other: the one that is chosen is written below, the others are said. */
@Composable
private fun LargeBar(part: Destination, go: (Destination) -> Unit) {
    val palette = LocalPalette.current
    Column(Modifier.fillMaxWidth().background(palette.surface).padding(vertical = Space.xs)) {
        Row(Modifier.fillMaxWidth().selectableGroup()) {
            TABS.forEach { tab ->
                val chosen = tab.root == part
                val name = say(tab.label)
                Box(
                    Modifier
                        .weight(1f)
                        .heightIn(min = onBar(Size.touch))
                        .selectable(chosen, role = Role.Tab) { go(tab.root) }
                        .semantics { contentDescription = name },
                    Alignment.Center,
                ) {
                    val ground = if (chosen) Modifier.background(palette.accentSoft, CircleShape) else Modifier
                    Box(ground.size(72.dp, onBar(32.dp)), Alignment.Center) {
                        Sign(tab.icon, tint = if (chosen) palette.accent else palette.textQuiet, size = onBar(Size.icon))
                    }
                }
            }
        }
        // Below its icon, as far as the edges let it.
        val number = TABS.indexOfFirst { it.root == part }
        Layout({ TABS.getOrNull(number)?.let { Text(say(it.label), Modifier.clearAndSetSemantics {}, palette.accent, style = LocalType.current.label, maxLines = 1) } }) { all, room ->
            val name = all.firstOrNull()?.measure(room.copy(minWidth = 0))
            val wide = name?.width ?: 0
            val edge = Space.s.roundToPx()
            val middle = room.maxWidth * (2 * number + 1) / (2 * TABS.size)
            layout(room.maxWidth, name?.height ?: 0) { name?.place((middle - wide / 2).coerceIn(edge, maxOf(edge, room.maxWidth - edge - wide)), 0) }
        }
    }
}

/** Along the left edge. */
@Composable
internal fun TabRail(part: Destination, go: (Destination) -> Unit) =
    NavigationRail(Modifier.fillMaxHeight().verticalScroll(rememberScrollState()), containerColor = LocalPalette.current.surface) {
        Spacer(Modifier.height(Space.m))
        TABS.forEach { tab ->
            NavigationRailItem(tab.root == part, { go(tab.root) }, { Sign(tab.icon, size = onBar(Size.icon)) }, label = { Name(tab) })
        }
    }

@Composable
private fun Name(tab: Tab) = Text(say(tab.label), style = LocalType.current.note, maxLines = 1)
