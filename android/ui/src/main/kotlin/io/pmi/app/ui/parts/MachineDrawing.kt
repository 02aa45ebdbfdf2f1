// The drawing of the machine: its components coloured by how they are doing, each with a mark to be pressed.

package io.pmi.app.ui.parts

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.gestures.detectTapGestures
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.offset
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.ripple
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.PathOperation
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.graphics.drawscope.scale
import androidx.compose.ui.graphics.drawscope.translate
import androidx.compose.ui.graphics.vector.toPath
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.selected
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.design.Machine
import io.pmi.app.design.MachinePart
import io.pmi.app.design.Palette
import io.pmi.app.design.Size
import io.pmi.app.design.of
import io.pmi.app.design.softOf
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.ComponentSpot
import io.pmi.core.Tone
import io.pmi.core.VehicleComponent

/** The machine with these components; the [chosen] one is set off. */
@Composable
fun MachineDrawing(components: List<VehicleComponent>, chosen: ComponentSpot?, modifier: Modifier = Modifier, choose: (ComponentSpot) -> Unit) {
    val palette = LocalPalette.current
    val description = say(Label.VEHICLE_DRAWING)
    val spots = remember(components) { components.mapNotNull { one -> Machine.spot(one.spot)?.let { Spot(one, it) } } }
    Box(modifier, Alignment.Center) {
        BoxWithConstraints(
            Modifier.widthIn(max = Size.drawing).aspectRatio(Machine.width / Machine.height).semantics { isTraversalGroup = true },
        ) {
            val unit = maxWidth / Machine.width
            Canvas(
                Modifier
                    .matchParentSize()
                    .pointerInput(spots) {
                        val step = unit.toPx()
                        detectTapGestures { at -> spots.find { it.holds(at / step) }?.let { choose(it.component.spot) } }
                    }
                    .saysOnly(description),
            ) {
                scale(size.width / Machine.width, Offset.Zero) {
                    body(palette)
                    spots.forEach { region(it, chosen, palette) }
                    spots.forEach { leader(it, chosen, palette) }
                }
            }
            for (spot in spots) {
                val modifierThere = Modifier.offset(unit * spot.part.markX - Size.touch / 2, unit * spot.part.markY - Size.touch / 2)
                SpotMark(spot.component, chosen == spot.component.spot, modifierThere) { choose(spot.component.spot) }
            }
        }
    }
}

/** The machine alone, which says nothing. */
@Composable
fun MachinePicture(modifier: Modifier = Modifier) {
    val palette = LocalPalette.current
    val takes = remember { BODY.map { it.second.getBounds() }.reduce { all, one -> all.around(one) } }
    Canvas(modifier.widthIn(max = Size.drawing).aspectRatio(takes.width / takes.height)) {
        scale(size.width / takes.width, Offset.Zero) { translate(-takes.left, -takes.top) { body(palette) } }
    }
}

private val BODY by lazy { Machine.body.map { it.ink to it.outline.toPath() } }

private fun Rect.around(other: Rect) = Rect(minOf(left, other.left), minOf(top, other.top), maxOf(right, other.right), maxOf(bottom, other.bottom))

private class Spot(val component: VehicleComponent, val part: MachinePart) {
    val path: Path = part.outline.toPath()

    /** Whether a finger there is on it. */
    fun holds(at: Offset): Boolean {
        val both = Path().apply { addOval(Rect(at, FINGER)) }
        both.op(both, path, PathOperation.Intersect)
        return !both.isEmpty
    }
}

private fun DrawScope.body(palette: Palette) = BODY.forEach { (ink, path) -> drawPath(path, palette.of(ink)) }

private fun DrawScope.region(spot: Spot, chosen: ComponentSpot?, palette: Palette) {
    val component = spot.component
    val strength = when {
        component.spot == chosen -> 1f
        chosen != null -> 0.3f
        // What is well is not what is to be seen first.
        component.tone == Tone.GOOD || component.tone == Tone.NEUTRAL -> 0.55f
        else -> 1f
    }
    drawPath(spot.path, palette.surface)
    drawPath(spot.path, palette.of(component.tone), strength)
    drawPath(spot.path, palette.surface, style = Stroke(1.2f))
}

/** The line from a mark to what it marks, set off from what it crosses. */
private fun DrawScope.leader(spot: Spot, chosen: ComponentSpot?, palette: Palette) {
    val tone = palette.of(spot.component.tone)
    val (from, to) = Offset(spot.part.markX, spot.part.markY) to Offset(spot.part.x, spot.part.y)
    val isChosen = spot.component.spot == chosen
    drawLine(palette.surface, from, to, 3.6f, StrokeCap.Round)
    drawLine(if (isChosen) tone else palette.outlineStrong, from, to, if (isChosen) 2.4f else 1.4f, StrokeCap.Round)
    drawCircle(palette.surface, 5f, to)
    drawCircle(tone, 3.6f, to)
}

/** A component's own sign, with the sign of its tone on its edge. */
@Composable
private fun SpotMark(component: VehicleComponent, chosen: Boolean, modifier: Modifier, press: () -> Unit) {
    val palette = LocalPalette.current
    val words = LocalWords.current
    val said = say(Label.VEHICLE_COMPONENT_STATE, words.text(component.label), words.text(component.text))
    val tone = palette.of(component.tone)
    val calm = component.tone == Tone.GOOD || component.tone == Tone.NEUTRAL
    Box(
        modifier.size(Size.touch).clickable(null, ripple(bounded = false, radius = Size.touch / 2), role = Role.Button, onClick = press).semantics {
            contentDescription = said
            selected = chosen
        },
        Alignment.Center,
    ) {
        val ground = if (chosen) tone else if (calm) palette.surface else palette.softOf(component.tone)
        val edge = if (calm && !chosen) palette.outlineStrong else tone
        Box(Modifier.size(40.dp).background(ground, CircleShape).border(if (calm) 1.dp else 2.dp, edge, CircleShape), Alignment.Center) {
            Sign(signOf(component.spot), tint = if (chosen) palette.surface else if (calm) palette.textQuiet else tone, size = 22.dp)
        }
        Box(Modifier.align(Alignment.BottomEnd).size(18.dp).background(palette.surface, CircleShape), Alignment.Center) {
            Sign(signOf(component.tone), tint = tone, size = 16.dp)
        }
    }
}

/** The icon of a component. */
fun signOf(spot: ComponentSpot): Icon = when (spot) {
    ComponentSpot.ENGINE -> Icon.ENGINE
    ComponentSpot.TRANSMISSION -> Icon.TRANSMISSION
    ComponentSpot.BRAKES -> Icon.BRAKES
    ComponentSpot.BATTERY -> Icon.BATTERY
    ComponentSpot.COOLING_SYSTEM -> Icon.COOLING
    ComponentSpot.OIL_SYSTEM -> Icon.OIL
    ComponentSpot.SUSPENSION -> Icon.SUSPENSION
    ComponentSpot.TIRES -> Icon.TYRES
    ComponentSpot.EXHAUST -> Icon.EXHAUST
    ComponentSpot.FUEL_SYSTEM -> Icon.FUEL
    ComponentSpot.ELSEWHERE -> Icon.CAR
}

/** So far around a finger's middle it touches, in units of the drawing. */
private const val FINGER = 4f
