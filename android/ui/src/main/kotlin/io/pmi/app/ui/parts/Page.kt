// A page: its title, the way back, what can be done on all of it, and what it shows.

package io.pmi.app.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.design.Size
import io.pmi.app.design.Space
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.look.LocalType

/** A page below its title. */
@Composable
fun Page(title: String, back: (() -> Unit)? = null, actions: @Composable RowScope.() -> Unit = {}, content: @Composable ColumnScope.() -> Unit) =
    Column(Modifier.fillMaxSize().background(LocalPalette.current.background).imePadding()) {
        Row(
            Modifier.fillMaxWidth().heightIn(min = 64.dp).padding(if (back == null) Space.m else Space.xs, Space.s, Space.xs, Space.s),
            Arrangement.spacedBy(Space.xs),
            Alignment.CenterVertically,
        ) {
            if (back != null) IconPress(Icon.BACK, say(Label.BACK), onPress = back)
            // What is large already grows less, as on the system's own pages: a title is one line.
            Heading(title, Modifier.weight(1f).padding(end = Space.xs), if (isLarge()) LocalType.current.heading else LocalType.current.title)
            actions()
        }
        content()
    }

/** What a form has, below each other. */
@Composable
fun Form(content: @Composable ColumnScope.() -> Unit) = Column(
    Modifier.fillMaxSize().verticalScroll(rememberScrollState()),
    horizontalAlignment = Alignment.CenterHorizontally,
) {
    Column(
        Modifier.widthIn(max = Size.column).fillMaxWidth().padding(Space.m, Space.s, Space.m, Space.xl),
        Arrangement.spacedBy(Space.m),
        content = content,
    )
}
