// The smallest parts: words, icons, buttons, cards, marks.

package io.pmi.app.ui.parts

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Button
import androidx.compose.material3.ButtonDefaults
import androidx.compose.material3.Card
import androidx.compose.material3.CardDefaults
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.IconButton
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.stateDescription
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.design.Radius
import io.pmi.app.design.Size
import io.pmi.app.design.Space
import io.pmi.app.design.of
import io.pmi.app.design.softOf
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.look.LocalType
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.Tone

/** One of the app's own texts. */
@Composable
fun say(label: Label, vararg places: String): String = LocalWords.current.say(label, *places)

/** Running text. */
@Composable
fun Body(text: String, modifier: Modifier = Modifier, color: Color = LocalContentColor.current, align: TextAlign? = null) =
    Text(text, modifier, color, style = LocalType.current.body, textAlign = align)

/** What is read second. */
@Composable
fun Quiet(text: String, modifier: Modifier = Modifier, align: TextAlign? = null) =
    Text(text, modifier, LocalPalette.current.textQuiet, style = LocalType.current.note, textAlign = align)

/** A name within a card. */
@Composable
fun Strong(text: String, modifier: Modifier = Modifier, color: Color = LocalContentColor.current) =
    Text(text, modifier, color, style = LocalType.current.label)

/** A heading, which a reader of the screen can jump to. */
@Composable
fun Heading(text: String, modifier: Modifier = Modifier, style: TextStyle = LocalType.current.heading) =
    Text(text, modifier.semantics { heading() }, LocalPalette.current.text, style = style)

/** An icon that says nothing that words beside it do not say. */
@Composable
fun Sign(icon: Icon, modifier: Modifier = Modifier, tint: Color = LocalContentColor.current, size: Dp = Size.icon) =
    androidx.compose.material3.Icon(icon.vector, null, modifier.size(size), tint)

/** As large as the text it stands beside. */
@Composable
fun beside(size: Dp): Dp = size * LocalDensity.current.fontScale.coerceIn(1f, 2f)

/** Larger with large text, as far as there is room on a bar. */
@Composable
fun onBar(size: Dp): Dp = size * LocalDensity.current.fontScale.coerceIn(1f, 1.5f)

/** Whether two things beside each other are too narrow on a phone, so large is the text. */
@Composable
fun isLarge(): Boolean = LocalDensity.current.fontScale > 1.3f

/** An icon that is pressed. */
@Composable
fun IconPress(icon: Icon, label: String, modifier: Modifier = Modifier, enabled: Boolean = true, onPress: () -> Unit) =
    IconButton(onPress, modifier.size(onBar(Size.touch)), enabled) {
        androidx.compose.material3.Icon(icon.vector, label, Modifier.size(onBar(Size.icon)))
    }

/** An icon on a round ground of its own. */
@Composable
fun Badge(icon: Icon, tint: Color, ground: Color, modifier: Modifier = Modifier, size: Dp = 40.dp) =
    Box(modifier.size(onBar(size)).background(ground, CircleShape), Alignment.Center) { Sign(icon, tint = tint, size = onBar(size) * 0.55f) }

/** The one thing to do. */
@Composable
fun MainButton(text: String, modifier: Modifier = Modifier, busy: Boolean = false, enabled: Boolean = true, icon: Icon? = null, onPress: () -> Unit) {
    val working = say(Label.WORKING)
    Button(
        onPress,
        modifier.fillMaxWidth().heightIn(min = Size.touch).semantics { if (busy) stateDescription = working },
        enabled = enabled && !busy,
        shape = RoundedCornerShape(Radius.m),
    ) { ButtonWords(text, busy, icon) }
}

/** Something else that can be done. */
@Composable
fun SideButton(text: String, modifier: Modifier = Modifier, busy: Boolean = false, enabled: Boolean = true, icon: Icon? = null, onPress: () -> Unit) =
    OutlinedButton(
        onPress,
        modifier.heightIn(min = Size.touch),
        enabled = enabled && !busy,
        shape = RoundedCornerShape(Radius.m),
        colors = ButtonDefaults.outlinedButtonColors(contentColor = LocalPalette.current.accent),
        border = BorderStroke(1.dp, LocalPalette.current.outlineStrong),
    ) { ButtonWords(text, busy, icon) }

/** Something that is seldom done. */
@Composable
fun PlainButton(text: String, modifier: Modifier = Modifier, enabled: Boolean = true, icon: Icon? = null, onPress: () -> Unit) =
    TextButton(onPress, modifier.heightIn(min = Size.touch), enabled = enabled) { ButtonWords(text, false, icon) }

/** What destroys. */
@Composable
fun DangerButton(text: String, modifier: Modifier = Modifier, busy: Boolean = false, onPress: () -> Unit) {
    val palette = LocalPalette.current
    Button(
        onPress,
        modifier.heightIn(min = Size.touch),
        enabled = !busy,
        shape = RoundedCornerShape(Radius.m),
        colors = ButtonDefaults.buttonColors(palette.critical, palette.onCritical),
    ) { ButtonWords(text, busy, null) }
}

@Composable
private fun ButtonWords(text: String, busy: Boolean, icon: Icon?) {
    Row(horizontalArrangement = Arrangement.spacedBy(Space.s), verticalAlignment = Alignment.CenterVertically) {
        if (busy) {
            CircularProgressIndicator(Modifier.size(Size.iconSmall), LocalPalette.current.textQuiet, strokeWidth = 2.dp)
        } else if (icon != null) {
            Sign(icon, size = beside(Size.iconSmall))
        }
        Text(text, style = LocalType.current.label, textAlign = TextAlign.Center)
    }
}

/** What belongs together. Where [onPress] is given the whole of it is one button. */
@Composable
fun Block(modifier: Modifier = Modifier, tone: Tone? = null, onPress: (() -> Unit)? = null, content: @Composable ColumnScope.() -> Unit) {
    val palette = LocalPalette.current
    val colors = CardDefaults.cardColors(
        containerColor = tone?.let(palette::softOf) ?: palette.surface,
        contentColor = palette.text,
    )
    val shape = RoundedCornerShape(Radius.m)
    val inside: @Composable ColumnScope.() -> Unit = {
        Column(Modifier.fillMaxWidth().padding(Space.m), Arrangement.spacedBy(Space.s), content = content)
    }
    if (onPress == null) {
        Card(modifier.fillMaxWidth(), shape, colors, content = inside)
    } else {
        Card(onPress, modifier.fillMaxWidth().semantics(mergeDescendants = true) {}, shape = shape, colors = colors, content = inside)
    }
}

/** Rows of one card, with lines between them; each has its own room. */
@Composable
fun <T> Rowed(all: List<T>, draw: @Composable (T) -> Unit) {
    val palette = LocalPalette.current
    Card(Modifier.fillMaxWidth(), RoundedCornerShape(Radius.m), CardDefaults.cardColors(palette.surface, palette.text)) {
        all.forEachIndexed { number, one ->
            if (number > 0) HorizontalDivider(Modifier.padding(horizontal = Space.m), color = palette.outline)
            draw(one)
        }
    }
}

/** What leads somewhere, with what stands [below] its name. */
class WayTo(val icon: Icon, val name: Label, val below: Label? = null, val busy: Boolean = false, val press: () -> Unit)

/** Its row. */
@Composable
fun Way(way: WayTo) {
    val palette = LocalPalette.current
    val working = say(Label.WORKING)
    Row(
        Modifier
            .fillMaxWidth()
            .clickable(!way.busy, role = Role.Button, onClick = way.press)
            .semantics { if (way.busy) stateDescription = working }
            .heightIn(min = 56.dp)
            .padding(Space.m, 12.dp),
        Arrangement.spacedBy(12.dp),
        Alignment.CenterVertically,
    ) {
        Badge(way.icon, palette.accent, palette.accentSoft)
        Column(Modifier.weight(1f)) {
            Strong(say(way.name))
            way.below?.let { Quiet(say(it)) }
        }
        if (way.busy) {
            CircularProgressIndicator(Modifier.size(Size.iconSmall), palette.textQuiet, strokeWidth = 2.dp)
        } else {
            Sign(Icon.FORWARD, tint = palette.textQuiet, size = beside(Size.iconSmall))
        }
    }
}

/** The icon of a tone, so that colour is never the only sign. */
fun signOf(tone: Tone): Icon = when (tone) {
    Tone.NEUTRAL -> Icon.INFO
    Tone.GOOD -> Icon.GOOD
    Tone.WARNING -> Icon.WARNING
    Tone.CRITICAL -> Icon.CRITICAL
}

/** A word in its tone: icon and text on a soft ground. */
@Composable
fun Mark(text: String, tone: Tone, modifier: Modifier = Modifier, icon: Icon = signOf(tone)) {
    val palette = LocalPalette.current
    Row(
        modifier.background(palette.softOf(tone), RoundedCornerShape(Radius.s)).padding(horizontal = Space.s, vertical = Space.xs),
        Arrangement.spacedBy(6.dp),
        Alignment.CenterVertically,
    ) {
        Sign(icon, tint = palette.of(tone), size = beside(16.dp))
        Text(text, color = palette.of(tone), style = LocalType.current.note)
    }
}

/** An icon and a line of words. */
@Composable
fun Line(icon: Icon, text: String, modifier: Modifier = Modifier, color: Color = LocalPalette.current.textQuiet) =
    Row(modifier, Arrangement.spacedBy(Space.s), Alignment.Top) {
        Sign(icon, Modifier.padding(top = 1.dp), color, beside(Size.iconSmall))
        Text(text, color = color, style = LocalType.current.note)
    }

/** What belongs to a [Line] above it, under its words. */
@Composable
fun Under(content: @Composable ColumnScope.() -> Unit) =
    Column(Modifier.fillMaxWidth().padding(start = beside(Size.iconSmall) + Space.s), Arrangement.spacedBy(Space.xs), content = content)

/** A name and what it is. */
@Composable
fun Fact(name: String, value: String, modifier: Modifier = Modifier) =
    Box(modifier.semantics(mergeDescendants = true) {}) { Pair({ Quiet(name) }) { Body(value) } }

/** Read out when it comes or changes, as one. */
val SAID: Modifier = Modifier.semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Polite }

/** Says one sentence in the place of all it contains. */
fun Modifier.saysOnly(words: String): Modifier = clearAndSetSemantics { contentDescription = words }
