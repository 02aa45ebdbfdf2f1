// A health, a prediction, a booking, a write that waits: each the same wherever it stands.

package io.pmi.app.ui.parts

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.design.Space
import io.pmi.app.design.of
import io.pmi.app.design.softOf
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.look.LocalType
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.BookingMark
import io.pmi.core.HealthMark
import io.pmi.core.Pending
import io.pmi.core.PredictionMark
import io.pmi.core.Tone

/** A health as a ring with its number. */
@Composable
fun HealthRing(health: HealthMark, modifier: Modifier = Modifier) {
    val palette = LocalPalette.current
    val number = LocalWords.current.quantity(health.score)
    val score = say(Label.VEHICLE_HEALTH_SCORE, number)
    // As large as its number.
    val side = with(LocalDensity.current) { 28.sp.toDp() } + 28.dp
    Box(modifier.size(side).saysOnly(score), Alignment.Center) {
        Canvas(Modifier.matchParentSize()) {
            val width = 6.dp.toPx()
            val inside = Size(size.width - width, size.height - width)
            val corner = Offset(width / 2, width / 2)
            drawArc(palette.softOf(health.tone), 0f, 360f, false, corner, inside, style = Stroke(width))
            val part = (health.score.value / 100.0).toFloat() * 360f
            drawArc(palette.of(health.tone), -90f, part, false, corner, inside, style = Stroke(width, cap = StrokeCap.Round))
        }
        Text(number, color = palette.text, style = LocalType.current.heading, maxLines = 1, softWrap = false)
    }
}

/** What is predicted to fail. */
@Composable
fun PredictionRow(prediction: PredictionMark, modifier: Modifier = Modifier) {
    val words = LocalWords.current
    Column(modifier.fillMaxWidth().semantics(mergeDescendants = true) {}, Arrangement.spacedBy(Space.xs)) {
        Pair({ Strong(words.text(prediction.component)) }) { Mark(words.text(prediction.severity), prediction.tone) }
        Part((prediction.probability.value / 100.0).toFloat(), prediction.tone)
        Quiet(
            listOfNotNull(
                words.say(Label.VEHICLE_PROBABILITY, words.quantity(prediction.probability)),
                prediction.daysLeft?.let { words.say(Label.VEHICLE_DAYS_LEFT, words.quantity(it)) },
            ).joinToString(" · "),
        )
    }
}

/** How much of the whole, as a bar. */
@Composable
fun Part(part: Float, tone: Tone, modifier: Modifier = Modifier) {
    val palette = LocalPalette.current
    Canvas(modifier.fillMaxWidth().height(6.dp)) {
        val inset = size.height / 2
        fun at(part: Float) = Offset(inset + (size.width - size.height) * part, inset)
        drawLine(palette.surfaceRaised, at(0f), at(1f), size.height, StrokeCap.Round)
        drawLine(palette.of(tone), at(0f), at(part), size.height, StrokeCap.Round)
    }
}

/** A booking in one line. */
@Composable
fun BookingLine(booking: BookingMark, modifier: Modifier = Modifier) {
    val words = LocalWords.current
    Column(modifier.fillMaxWidth().semantics(mergeDescendants = true) {}, Arrangement.spacedBy(Space.xs)) {
        Pair({ Strong(words.text(booking.service)) }) { Mark(words.text(booking.status), booking.tone) }
        Line(Icon.CALENDAR, words.wall(booking.startsAt))
        booking.pending?.let { PendingLine(it) }
    }
}

/** A write that is not done. */
@Composable
fun PendingLine(pending: Pending, modifier: Modifier = Modifier) {
    val words = LocalWords.current
    Column(modifier.semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Polite }, Arrangement.spacedBy(Space.xs)) {
        Line(
            if (pending.tone == Tone.CRITICAL) Icon.CRITICAL else Icon.WAITING,
            words.text(pending.text),
            color = LocalPalette.current.of(pending.tone),
        )
        Under {
            pending.retryAt?.let { Quiet(words.say(Label.RETRY_AT, words.moment(it))) }
            pending.progressPercent?.let { Part(it.toInt() / 100f, Tone.NEUTRAL) }
        }
    }
}

/** Two things beside each other; below each other where the text is large. */
@Composable
fun Pair(first: @Composable () -> Unit, second: @Composable () -> Unit) =
    FlowRow(Modifier.fillMaxWidth(), Arrangement.SpaceBetween, Arrangement.spacedBy(Space.xs), Alignment.CenterVertically) {
        first()
        second()
    }

/** Two things that belong beside each other, below each other where there is no room. */
@Composable
fun Beside(first: @Composable () -> Unit, second: @Composable () -> Unit) =
    FlowRow(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.m), Arrangement.spacedBy(Space.s), Alignment.CenterVertically) {
        first()
        second()
    }

/** Things beside each other as long as there is room. */
@Composable
fun Flowing(modifier: Modifier = Modifier, content: @Composable () -> Unit) =
    FlowRow(modifier.fillMaxWidth(), Arrangement.spacedBy(Space.s), Arrangement.spacedBy(Space.s)) { content() }

/** Two things beside each other, of which the first has the room. */
@Composable
fun Wide(modifier: Modifier = Modifier, first: @Composable () -> Unit, second: @Composable () -> Unit) =
    Row(modifier.fillMaxWidth(), Arrangement.spacedBy(Space.m), Alignment.CenterVertically) {
        Box(Modifier.weight(1f)) { first() }
        second()
    }
