package io.pmi.app.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.pulltorefresh.PullToRefreshBox
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.semantics
import io.pmi.app.design.Counted
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.design.Space
import io.pmi.app.design.of
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.parts.Block
import io.pmi.app.ui.parts.Fact
import io.pmi.app.ui.parts.Heading
import io.pmi.app.ui.parts.Line
import io.pmi.app.ui.parts.Mark
import io.pmi.app.ui.parts.Page
import io.pmi.app.ui.parts.Pair
import io.pmi.app.ui.parts.ProblemCard
import io.pmi.app.ui.parts.ProblemLine
import io.pmi.app.ui.parts.Quiet
import io.pmi.app.ui.parts.Rows
import io.pmi.app.ui.parts.Sharing
import io.pmi.app.ui.parts.SideButton
import io.pmi.app.ui.parts.Skeletons
import io.pmi.app.ui.parts.Under
import io.pmi.app.ui.parts.say
import io.pmi.app.ui.parts.signOf
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.Diagnostics
import io.pmi.core.DiagnosticsIntent
import io.pmi.core.OutboxCounts
import io.pmi.core.Phase
import io.pmi.core.Text
import io.pmi.core.Tone
import io.pmi.core.TrailRow

/** How things stand, and what was decided of late. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
fun DiagnosticsPage(record: Diagnostics, send: (DiagnosticsIntent) -> Unit, back: () -> Unit) {
    val refresh = { send(DiagnosticsIntent.REFRESH) }
    val again = { send(DiagnosticsIntent.TRY_AGAIN) }
    Page(say(Label.DIAGNOSTICS_TITLE), back) {
        PullToRefreshBox(record.refreshing && record.phase != Phase.FIRST_LOAD, refresh) {
            Rows {
                when (record.phase) {
                    Phase.FIRST_LOAD -> item("skeleton") { Skeletons() }
                    Phase.FAILED -> item("failed") { record.problem?.let { ProblemCard(it, again) } }
                    Phase.SHOWN, Phase.EMPTY -> {
                        record.problem?.let { item("problem") { ProblemLine(it, again) } }
                        item("server") { Server(record) }
                        item("here") { Here(record) }
                        record.outbox?.let { item("outbox") { Outbox(it) } }
                        item("export") {
                            SideButton(say(Label.DIAGNOSTICS_EXPORT), busy = record.exporting, icon = Icon.SHARE) { send(DiagnosticsIntent.EXPORT) }
                        }
                        item("trail") { Heading(say(Label.DIAGNOSTICS_TRAIL)) }
                        if (record.trail.isEmpty()) item("none") { Quiet(say(Label.DIAGNOSTICS_TRAIL_EMPTY)) }
                        items(record.trail) { Trail(it) }
                    }
                }
            }
        }
    }
    Sharing(record.exported) { send(DiagnosticsIntent.EXPORT_TAKEN) }
}

@Composable
private fun Server(record: Diagnostics) = Block {
    val words = LocalWords.current
    Heading(say(Label.DIAGNOSTICS_SERVER))
    Quiet(record.server)
    Fact(say(Label.DIAGNOSTICS_DIALECT), words.text(record.dialect))
    record.serverVersion?.let { Fact(say(Label.DIAGNOSTICS_SERVER_VERSION), it) }
    record.serverHealth?.let { Judged(Label.DIAGNOSTICS_SERVER_HEALTH, it, record.serverTone) }
    Judged(Label.DIAGNOSTICS_CONNECTION, record.connectivity, record.connectivityTone)
    record.coolUntil?.let { Line(Icon.CLOCK, say(Label.DIAGNOSTICS_COOL_UNTIL, words.moment(it))) }
    record.breakerUntil?.let { Line(Icon.WARNING, say(Label.DIAGNOSTICS_BREAKER_UNTIL, words.moment(it))) }
}

@Composable
private fun Here(record: Diagnostics) = Block {
    Judged(Label.DIAGNOSTICS_SESSION, record.session, record.sessionTone)
    Fact(say(Label.DIAGNOSTICS_LIBRARY), record.library)
    if (record.setAside > 0u) Fact(say(Label.DIAGNOSTICS_SET_ASIDE), record.setAside.toString())
}

@Composable
private fun Judged(label: Label, text: Text, tone: Tone) =
    Box(Modifier.semantics(mergeDescendants = true) {}) { Pair({ Quiet(say(label)) }) { Mark(LocalWords.current.text(text), tone) } }

@Composable
private fun Outbox(counts: OutboxCounts) = Block {
    val words = LocalWords.current
    Heading(say(Label.DIAGNOSTICS_OUTBOX))
    Fact(say(Label.DIAGNOSTICS_OUTBOX_WAITING), counts.waiting.toString())
    Fact(say(Label.DIAGNOSTICS_OUTBOX_UNKNOWN), counts.unknown.toString())
    Fact(say(Label.DIAGNOSTICS_OUTBOX_ATTENTION), counts.attention.toString())
    counts.notBefore?.let { Quiet(say(Label.DIAGNOSTICS_OUTBOX_NOT_BEFORE, words.moment(it))) }
}

@Composable
private fun Trail(row: TrailRow) = Column(Modifier.semantics(mergeDescendants = true) {}, Arrangement.spacedBy(Space.xs)) {
    val words = LocalWords.current
    Line(signOf(row.tone), words.text(row.text), color = LocalPalette.current.of(row.tone))
    Under {
        Pair({ Quiet(words.moment(row.at)) }) {
            if (row.times > 1u) {
                Quiet("${words.count(Counted.TIMES, row.times.toLong())} · ${words.say(Label.DIAGNOSTICS_TRAIL_UNTIL, words.moment(row.until))}")
            }
        }
    }
}
