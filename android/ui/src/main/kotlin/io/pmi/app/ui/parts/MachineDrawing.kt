// The drawing of the machine: its components coloured by how they are doing, each to be pressed.

package io.pmi.app.ui.parts

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.offset
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.graphics.drawscope.scale
import androidx.compose.ui.graphics.vector.toPath
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.selected
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import io.pmi.app.design.Label
import io.pmi.app.design.Machine
import io.pmi.app.design.MachinePart
import io.pmi.app.design.of
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.ComponentSpot
import io.pmi.core.VehicleComponent

/** The machine with these components; the [chosen] one is set off. */
@Composable
fun MachineDrawing(components: List<VehicleComponent>, chosen: ComponentSpot?, modifier: Modifier = Modifier, choose: (ComponentSpot) -> Unit) {
    val palette = LocalPalette.current
    val words = LocalWords.current
    val description = say(Label.VEHICLE_DRAWING)
    val body = remember { Machine.body.map { it.ink to it.outline.toPath() } }
    val spots = remember(components) { components.mapNotNull { one -> Machine.spot(one.spot)?.let { Spot(one, it, it.outline.toPath()) } } }
    BoxWithConstraints(modifier.aspectRatio(Machine.width / Machine.height).semantics { isTraversalGroup = true }) {
        val unit = maxWidth / Machine.width
        Canvas(Modifier.matchParentSize().saysOnly(description)) {
            scale(size.width / Machine.width, size.height / Machine.height, androidx.compose.ui.geometry.Offset.Zero) {
                for ((ink, path) in body) drawPath(path, palette.of(ink))
                for (spot in spots) {
                    val alpha = if (chosen == null || chosen == spot.component.spot) 1f else 0.45f
                    drawPath(spot.path, palette.of(spot.component.tone), alpha * 0.85f)
                    drawPath(spot.path, palette.surface, alpha, Stroke(1.2f))
                }
            }
        }
        for (spot in spots) {
            val component = spot.component
            val said = say(Label.VEHICLE_COMPONENT_STATE, words.text(component.label), words.text(component.text))
            Box(
                Modifier
                    .offset(unit * spot.part.x - TOUCH / 2, unit * spot.part.y - TOUCH / 2)
                    .size(TOUCH)
                    .clickable(role = Role.Button) { choose(component.spot) }
                    .semantics {
                        contentDescription = said
                        selected = chosen == component.spot
                    },
                Alignment.Center,
            ) {
                Box(
                    Modifier
                        .size(if (chosen == component.spot) 24.dp else 18.dp)
                        .background(palette.surface, CircleShape)
                        .border(1.dp, palette.of(component.tone), CircleShape),
                    Alignment.Center,
                ) { Sign(signOf(component.tone), tint = palette.of(component.tone), size = if (chosen == component.spot) 18.dp else 13.dp) }
            }
        }
    }
}

private class Spot(val component: VehicleComponent, val part: MachinePart, val path: Path)

/** The list below has each at full size; here ten have to fit. */
private val TOUCH = 36.dp
