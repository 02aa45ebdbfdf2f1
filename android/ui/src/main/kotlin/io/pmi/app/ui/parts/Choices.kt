// One of several.

package io.pmi.app.ui.parts

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.RadioButton
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.scale
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import io.pmi.app.design.Icon
import io.pmi.app.design.Radius
import io.pmi.app.design.Size
import io.pmi.app.design.Space
import io.pmi.app.ui.look.LocalPalette

/** A list of which one is chosen, with what is wrong with the choice below it. */
@Composable
fun <T> Choices(title: String, all: List<T>, chosen: (T) -> Boolean, choose: (T) -> Unit, wrong: String?, draw: @Composable (T) -> Unit) = Block {
    Heading(title)
    Column(Modifier.selectableGroup()) {
        all.forEach { one ->
            Row(
                Modifier.fillMaxWidth().heightIn(min = Size.touch).selectable(chosen(one), role = Role.RadioButton) { choose(one) }.padding(vertical = Space.xs),
                Arrangement.spacedBy(12.dp),
                Alignment.CenterVertically,
            ) {
                Box(Modifier.size(onBar(Size.icon)), Alignment.Center) { RadioButton(chosen(one), null, Modifier.scale(onBar(1.dp).value)) }
                Column { draw(one) }
            }
        }
    }
    wrong?.let { Wrong(it) }
}

/** A tile of which one is chosen. */
@Composable
fun Tile(chosen: Boolean, choose: () -> Unit, modifier: Modifier = Modifier, content: @Composable () -> Unit) {
    val palette = LocalPalette.current
    Surface(
        modifier.widthIn(min = Size.touch).heightIn(min = Size.touch).selectable(chosen, role = Role.RadioButton, onClick = choose),
        RoundedCornerShape(Radius.m),
        if (chosen) palette.accent else palette.surface,
        if (chosen) palette.onAccent else palette.text,
        border = BorderStroke(1.dp, if (chosen) palette.accent else palette.outlineStrong),
    ) {
        Column(Modifier.padding(horizontal = 12.dp, vertical = Space.s), Arrangement.Center, Alignment.CenterHorizontally) { content() }
    }
}

/** What is wrong with something that was chosen. */
@Composable
fun Wrong(text: String) = Line(
    Icon.WARNING, text, Modifier.semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Polite }, LocalPalette.current.critical,
)
