// What a sensor said, as a small chart.

package io.pmi.app.ui.parts

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.unit.dp
import io.pmi.app.design.Label
import io.pmi.app.design.Palette
import io.pmi.app.design.of
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.words.LocalWords
import io.pmi.app.ui.words.Words
import io.pmi.core.ReadingRange
import io.pmi.core.VehicleReading

/** One sensor: its name, its value, its chart, and what is good. */
@Composable
fun Reading(reading: VehicleReading, modifier: Modifier = Modifier) {
    val palette = LocalPalette.current
    val words = LocalWords.current
    val name = words.text(reading.label)
    val value = words.quantity(reading.value)
    val said = say(Label.VEHICLE_CHART, name, value)
    Block(modifier) {
        Quiet(name)
        Pair({ Heading(value) }) { if (reading.good != null) Sign(signOf(reading.tone), tint = palette.of(reading.tone)) }
        if (reading.points.size > 1 || reading.gauge != null) {
            Canvas(Modifier.fillMaxWidth().height(36.dp).saysOnly(said)) {
                if (reading.points.size > 1) course(reading, palette) else reading.gauge?.let { gauge(reading, it, palette) }
            }
        }
        reading.good?.let { Quiet(words.good(reading, it)) }
    }
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
    val values = reading.points.map { it.value }
    val ends = listOfNotNull(reading.gauge?.from, reading.gauge?.to).takeIf { it.size == 2 } ?: values
    val low = minOf(ends.min(), values.min())
    val high = maxOf(ends.max(), values.max())
    val span = (high - low).takeIf { it > 0 } ?: 1.0
    fun y(value: Double) = (size.height * (1 - (value - low) / span)).toFloat().coerceIn(0f, size.height)
    reading.good?.let {
        val top = it.to?.let(::y) ?: 0f
        val bottom = it.from?.let(::y) ?: size.height
        drawRect(palette.goodSoft, Offset(0f, top), Size(size.width, (bottom - top).coerceAtLeast(0f)))
    }
    val line = Path()
    val step = size.width / (values.size - 1)
    values.forEachIndexed { number, value -> if (number == 0) line.moveTo(0f, y(value)) else line.lineTo(number * step, y(value)) }
    drawPath(line, palette.of(reading.tone), style = Stroke(2.dp.toPx(), cap = StrokeCap.Round, join = StrokeJoin.Round))
    drawCircle(palette.of(reading.tone), 3.dp.toPx(), Offset(size.width, y(values.last())))
}

/** Where it is between what it can be. */
private fun DrawScope.gauge(reading: VehicleReading, range: ReadingRange, palette: Palette) {
    val low = range.from ?: return
    val span = ((range.to ?: return) - low).takeIf { it > 0 } ?: return
    val width = 8.dp.toPx()
    val middle = size.height / 2
    fun x(value: Double) = (((value - low) / span).coerceIn(0.0, 1.0) * (size.width - width)).toFloat() + width / 2
    drawLine(palette.skeleton, Offset(width / 2, middle), Offset(size.width - width / 2, middle), width, StrokeCap.Round)
    reading.good?.let {
        drawLine(palette.goodSoft, Offset(x(it.from ?: low), middle), Offset(x(it.to ?: (low + span)), middle), width, StrokeCap.Round)
    }
    drawCircle(palette.surface, width * 0.9f, Offset(x(reading.value.value), middle))
    drawCircle(palette.of(reading.tone), width * 0.65f, Offset(x(reading.value.value), middle))
}
