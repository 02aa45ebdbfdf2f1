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
import io.pmi.core.ReadingPoint
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
        val newest = reading.points.lastOrNull()
        if (newest != null && (reading.points.size > 1 || reading.gauge != null)) {
            Canvas(Modifier.fillMaxWidth().height(36.dp).saysOnly(said)) {
                if (reading.points.size > 1) course(reading, palette) else gauge(reading, newest, palette)
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
    fun place(point: ReadingPoint) = Offset((point.x * size.width).toFloat(), (point.y * size.height).toFloat())
    reading.goodBand?.let {
        val top = (it.top * size.height).toFloat()
        drawRect(palette.goodSoft, Offset(0f, top), Size(size.width, (it.bottom * size.height).toFloat() - top))
    }
    val line = Path()
    val places = reading.points.map(::place)
    places.forEachIndexed { number, at -> if (number == 0) line.moveTo(at.x, at.y) else line.lineTo(at.x, at.y) }
    drawPath(line, palette.of(reading.tone), style = Stroke(2.dp.toPx(), cap = StrokeCap.Round, join = StrokeJoin.Round))
    drawCircle(palette.of(reading.tone), 3.dp.toPx(), places.last())
}

/** Where it is between what it can be: its chart on its side. */
private fun DrawScope.gauge(reading: VehicleReading, newest: ReadingPoint, palette: Palette) {
    val width = 8.dp.toPx()
    val middle = size.height / 2
    fun at(down: Double) = Offset(((1 - down) * (size.width - width)).toFloat() + width / 2, middle)
    drawLine(palette.skeleton, at(1.0), at(0.0), width, StrokeCap.Round)
    reading.goodBand?.let { drawLine(palette.goodSoft, at(it.bottom), at(it.top), width, StrokeCap.Round) }
    drawCircle(palette.surface, width * 0.9f, at(newest.y))
    drawCircle(palette.of(reading.tone), width * 0.65f, at(newest.y))
}
