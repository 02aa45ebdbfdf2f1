// What a sensor said, as a small chart.

package io.pmi.app.ui.parts

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.CornerRadius
import androidx.compose.ui.geometry.Size as Rect
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import io.pmi.app.design.Label
import io.pmi.app.design.Palette
import io.pmi.app.design.Size
import io.pmi.app.design.Space
import io.pmi.app.design.of
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.words.LocalWords
import io.pmi.app.ui.words.Words
import io.pmi.core.ReadingPoint
import io.pmi.core.ReadingRange
import io.pmi.core.QuantityUnit
import io.pmi.core.VehicleReading

/** One sensor: its name, its value, its chart between the ends of what it can be, and what is good. */
@Composable
fun Reading(reading: VehicleReading, modifier: Modifier = Modifier) {
    val palette = LocalPalette.current
    val words = LocalWords.current
    val name = words.text(reading.label)
    val value = words.quantity(reading.value)
    val said = say(Label.VEHICLE_CHART, name, value)
    Block(modifier.semantics { isTraversalGroup = true }) {
        Quiet(name)
        Pair({ Heading(value) }) { if (reading.good != null) Sign(signOf(reading.tone), tint = palette.of(reading.tone), size = beside(Size.iconSmall)) }
        val newest = reading.points.lastOrNull()
        if (reading.points.size > 1) {
            Row(Modifier.height(beside(Size.chart)), Arrangement.spacedBy(Space.s)) {
                Canvas(Modifier.weight(1f).fillMaxHeight().saysOnly(said)) { course(reading, palette) }
                reading.gauge?.let { gauge ->
                    Column(Modifier.fillMaxHeight(), Arrangement.SpaceBetween, Alignment.End) {
                        End(reading, gauge.to)
                        End(reading, gauge.from)
                    }
                }
            }
        } else if (newest != null && reading.gauge != null) {
            Canvas(Modifier.fillMaxWidth().height(24.dp).saysOnly(said)) { gauge(reading, newest, palette) }
            Row(Modifier.fillMaxWidth(), Arrangement.SpaceBetween) {
                End(reading, reading.gauge?.from)
                End(reading, reading.gauge?.to)
            }
        }
        reading.good?.let { Quiet(words.good(reading, it)) }
    }
}

/** An end of what it can be; the unit stands beside the value. */
@Composable
private fun End(reading: VehicleReading, value: Double?) {
    value?.let { Quiet(LocalWords.current.quantity(reading.value.copy(value = it, unit = QuantityUnit.PLAIN)), Modifier.clearAndSetSemantics {}) }
}

private fun Words.good(reading: VehicleReading, range: ReadingRange): String {
    fun end(value: Double) = quantity(reading.value.copy(value = value))
    val from = range.from?.let(::end)
    val to = range.to?.let(::end)
    return when {
        from != null && to != null -> say(Label.VEHICLE_GOOD_RANGE, from, to)
        to != null -> say(Label.VEHICLE_GOOD_AT_MOST, to)
        else -> say(Label.VEHICLE_GOOD_AT_LEAST, from.orEmpty())
    }
}

/** What it said since the screen was opened, over what is good. */
private fun DrawScope.course(reading: VehicleReading, palette: Palette) {
    fun place(point: ReadingPoint) = Offset((point.x * size.width).toFloat(), (point.y * size.height).toFloat())
    reading.goodBand?.let {
        val top = (it.top * size.height).toFloat()
        drawRoundRect(palette.goodSoft, Offset(0f, top), Rect(size.width, (it.bottom * size.height).toFloat() - top), CornerRadius(4.dp.toPx()))
    } ?: drawRoundRect(palette.surfaceRaised, cornerRadius = CornerRadius(4.dp.toPx()))
    val line = Path()
    val places = reading.points.map(::place)
    places.forEachIndexed { number, at -> if (number == 0) line.moveTo(at.x, at.y) else line.lineTo(at.x, at.y) }
    drawPath(line, palette.of(reading.tone), style = Stroke(2.dp.toPx(), cap = StrokeCap.Round, join = StrokeJoin.Round))
    val last = places.last().let { Offset(it.x.coerceAtMost(size.width - 5.dp.toPx()), it.y) }
    drawCircle(palette.surface, 6.dp.toPx(), last)
    drawCircle(palette.of(reading.tone), 4.dp.toPx(), last)
}

/** Where it is between what it can be: its chart on its side. */
private fun DrawScope.gauge(reading: VehicleReading, newest: ReadingPoint, palette: Palette) {
    val width = 8.dp.toPx()
    val middle = size.height / 2
    fun at(down: Double) = Offset(((1 - down) * (size.width - width)).toFloat() + width / 2, middle)
    drawLine(palette.surfaceRaised, at(1.0), at(0.0), width, StrokeCap.Round)
    reading.goodBand?.let { drawLine(palette.goodSoft, at(it.bottom), at(it.top), width, StrokeCap.Round) }
    drawCircle(palette.surface, width * 0.9f, at(newest.y))
    drawCircle(palette.of(reading.tone), width * 0.65f, at(newest.y))
}
