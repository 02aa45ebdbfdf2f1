// What lies over a page for a while: a form of its own, or a question.

package io.pmi.app.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import androidx.compose.ui.window.Dialog
import androidx.compose.ui.window.DialogProperties
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.design.Radius
import io.pmi.app.design.Space
import io.pmi.app.ui.look.LocalPalette

/** A card over the page, as wide as the window where it needs the [whole] width; closed by pressing beside it, by the gesture back, or by its cross. */
@Composable
fun Sheet(title: String, close: () -> Unit, whole: Boolean = false, content: @Composable ColumnScope.() -> Unit) =
    Dialog(close, DialogProperties(usePlatformDefaultWidth = !whole)) { SheetCard(title, close, whole, content) }

/** What is on it. */
@Composable
fun SheetCard(title: String, close: () -> Unit, whole: Boolean = false, content: @Composable ColumnScope.() -> Unit) =
    Surface(Modifier.widthIn(max = 480.dp), RoundedCornerShape(Radius.l), LocalPalette.current.surface, LocalPalette.current.text) {
        Column(Modifier.verticalScroll(rememberScrollState()).padding(if (whole) 0.dp else Space.m, Space.m), Arrangement.spacedBy(Space.m)) {
            Row(Modifier.fillMaxWidth().padding(horizontal = if (whole) Space.m else 0.dp), verticalAlignment = Alignment.CenterVertically) {
                Heading(title, Modifier.weight(1f).padding(start = Space.xs))
                IconPress(Icon.CLOSE, say(Label.CLOSE), onPress = close)
            }
            content()
        }
    }
