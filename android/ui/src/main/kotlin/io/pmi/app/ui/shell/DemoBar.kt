// That this is the demo, the way out of it, and what can go wrong in it.

package io.pmi.app.ui.shell

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.Switch
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateListOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import io.pmi.MemoryFault
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.design.Size
import io.pmi.app.design.Space
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.parts.Body
import io.pmi.app.ui.parts.Heading
import io.pmi.app.ui.parts.Line
import io.pmi.app.ui.parts.Sheet
import io.pmi.app.ui.parts.SideButton
import io.pmi.app.ui.parts.say

/** Above everything while the demo goes on. */
@Composable
internal fun DemoBar(demo: Demo, end: () -> Unit) {
    var open by remember { mutableStateOf(false) }
    val on = remember(demo) { mutableStateListOf<MemoryFault>() }
    Row(
        Modifier
            .fillMaxWidth()
            .background(LocalPalette.current.accentSoft)
            .clickable(role = Role.Button) { open = true }
            .heightIn(min = Size.touch)
            .padding(horizontal = Space.m),
        verticalAlignment = Alignment.CenterVertically,
    ) { Line(Icon.PLAY, say(Label.DEMO_BANNER), color = LocalPalette.current.text) }
    if (open) {
        Sheet(say(Label.DEMO_TITLE), { open = false }) {
            Body(say(Label.DEMO_BODY))
            Heading(say(Label.DEMO_FAULTS))
            MemoryFault.entries.forEach { fault ->
                Fault(fault, fault in on) { now ->
                    demo.server.setFault(fault, now)
                    if (now) on.add(fault) else on.remove(fault)
                }
            }
            SideButton(say(Label.DEMO_END), Modifier.fillMaxWidth(), icon = Icon.SIGN_OUT, onPress = end)
        }
    }
}

@Composable
private fun Fault(fault: MemoryFault, on: Boolean, set: (Boolean) -> Unit) = Row(
    Modifier.fillMaxWidth().heightIn(min = Size.touch).toggleable(on, role = Role.Switch, onValueChange = set),
    verticalAlignment = Alignment.CenterVertically,
) {
    Body(say(name(fault)), Modifier.weight(1f))
    Switch(on, null)
}

private fun name(fault: MemoryFault): Label = when (fault) {
    MemoryFault.OFFLINE -> Label.DEMO_OFFLINE
    MemoryFault.SLOW -> Label.DEMO_SLOW
    MemoryFault.SERVER_ERROR -> Label.DEMO_SERVER_ERROR
    MemoryFault.EXPIRED_SESSION -> Label.DEMO_EXPIRED_SESSION
}
