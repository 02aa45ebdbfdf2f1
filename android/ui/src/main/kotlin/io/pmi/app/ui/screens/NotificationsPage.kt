package io.pmi.app.ui.screens

import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.stateDescription
import androidx.compose.ui.semantics.semantics
import io.pmi.app.design.Counted
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.ui.parts.Block
import io.pmi.app.ui.parts.Body
import io.pmi.app.ui.parts.Flowing
import io.pmi.app.ui.parts.Heading
import io.pmi.app.ui.parts.IconPress
import io.pmi.app.ui.parts.Line
import io.pmi.app.ui.parts.Listing
import io.pmi.app.ui.parts.Mark
import io.pmi.app.ui.parts.Notice
import io.pmi.app.ui.parts.Page
import io.pmi.app.ui.parts.Pair
import io.pmi.app.ui.parts.PendingLine
import io.pmi.app.ui.parts.ProblemLine
import io.pmi.app.ui.parts.Quiet
import io.pmi.app.ui.parts.SideButton
import io.pmi.app.ui.parts.say
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.NotificationRow
import io.pmi.core.Notifications
import io.pmi.core.NotificationsIntent
import io.pmi.core.Tone
import io.pmi.core.VehicleId

/** What the platform told the person, day by day. */
@Composable
fun NotificationsPage(record: Notifications, send: (NotificationsIntent) -> Unit, vehicle: (VehicleId) -> Unit) {
    val words = LocalWords.current
    Page(
        say(Label.NOTIFICATIONS_TITLE),
        actions = { if (record.canMarkAll) IconPress(Icon.CHECK, say(Label.NOTIFICATIONS_MARK_ALL)) { send(NotificationsIntent.MarkAllRead) } },
    ) {
        Listing(
            record.standing, { send(NotificationsIntent.Refresh) },
            empty = { Notice(Icon.BELL, say(Label.NOTIFICATIONS_EMPTY_TITLE), say(Label.NOTIFICATIONS_EMPTY_BODY)) },
        ) {
            record.problem?.let { item("problem") { ProblemLine(it, { send(NotificationsIntent.TryAgain) }) } }
            if (record.unread > 0u) item("unread") { Quiet(words.count(Counted.UNREAD, record.unread.toLong())) }
            record.rows.groupBy { words.dayOf(it.sentAt) }.forEach { (day, rows) ->
                item(day) { Heading(day) }
                items(rows, { it.id }) { Row(it, send, vehicle) }
            }
        }
    }
}

@Composable
private fun Row(row: NotificationRow, send: (NotificationsIntent) -> Unit, vehicle: (VehicleId) -> Unit) {
    val words = LocalWords.current
    val state = say(if (row.read) Label.NOTIFICATION_READ else Label.NOTIFICATION_UNREAD)
    val open = {
        send(NotificationsIntent.Open(row.id))
        row.vehicleId?.let(vehicle) ?: Unit
    }
    Block(Modifier.semantics { stateDescription = state }, onPress = open) {
        Pair({ Mark(words.text(row.kind), row.tone) }) { if (!row.read) Mark(state, Tone.NEUTRAL, icon = Icon.MAIL) }
        Body(row.text)
        row.vehicle?.let { Line(Icon.CAR, it) }
        Quiet(listOfNotNull(row.sentAt?.let(words::moment), words.text(row.channel)).joinToString(" · "))
        row.pending?.let { PendingLine(it) }
        if (row.ways.isNotEmpty()) Flowing { row.ways.forEach { way -> SideButton(words.text(way.text)) { send(way.intent) } } }
    }
}
