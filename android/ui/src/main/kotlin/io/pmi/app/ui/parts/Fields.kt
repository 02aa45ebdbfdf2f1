// What a person types into. What stands in a field is the shell's while it is typed; the core is told each change, and what it says
// otherwise is taken over.

package io.pmi.app.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.OutlinedTextField
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusDirection
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.focus.onFocusChanged
import androidx.compose.ui.input.key.Key
import androidx.compose.ui.input.key.KeyEventType
import androidx.compose.ui.input.key.isShiftPressed
import androidx.compose.ui.input.key.key
import androidx.compose.ui.input.key.onPreviewKeyEvent
import androidx.compose.ui.input.key.type
import androidx.compose.ui.platform.LocalFocusManager
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.contentType
import androidx.compose.ui.semantics.error
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.autofill.ContentType
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.input.PasswordVisualTransformation
import androidx.compose.ui.text.input.VisualTransformation
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.design.Radius
import io.pmi.app.design.Space
import io.pmi.app.ui.look.LocalType
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.SecretField
import io.pmi.core.Text
import io.pmi.core.TextField

/** How a field is typed into. */
class Typing(
    val keyboard: KeyboardType = KeyboardType.Text,
    val fills: ContentType? = null,
    val lines: Int = 1,
    val last: Boolean = false,
    val submit: (() -> Unit)? = null,
)

/** A field whose text is shown. */
@Composable
fun Field(
    label: String,
    field: TextField,
    change: (String) -> Unit,
    left: () -> Unit,
    typing: Typing = Typing(),
    help: String? = null,
    example: String? = null,
    enabled: Boolean = true,
    cursor: FocusRequester? = null,
) {
    // Kept while the app does not run, and told again to a core that begins anew.
    var typed by rememberSaveable { mutableStateOf<String?>(null) }
    var text by remember { mutableStateOf(typed ?: field.value) }
    // What was typed and not heard back yet.
    val under = remember { ArrayDeque<String>() }
    LaunchedEffect(Unit) {
        typed?.takeIf { it != field.value }?.let {
            under.addLast(it)
            change(it)
        }
    }
    LaunchedEffect(field.value) {
        val heard = under.indexOf(field.value)
        if (heard >= 0) {
            repeat(heard + 1) { under.removeFirst() }
        } else if (under.isEmpty()) {
            text = field.value
            typed = null
        }
    }
    Typed(label, text, field.problem, typing, help, example, enabled, left, cursor) {
        text = it
        typed = it
        under.addLast(it)
        change(it)
    }
}

/** A field whose text is hidden, and not kept by the core in what it shows. */
@Composable
fun Secret(
    label: String,
    field: SecretField,
    change: (String) -> Unit,
    left: () -> Unit,
    typing: Typing = Typing(KeyboardType.Password),
    enabled: Boolean = true,
    cursor: FocusRequester? = null,
) {
    // Not saveable: a password is in no saved state.
    var text by remember { mutableStateOf("") }
    var shown by remember { mutableStateOf(false) }
    LaunchedEffect(field.filled) { if (!field.filled) text = "" }
    val hidden = if (shown) VisualTransformation.None else PasswordVisualTransformation()
    val eye: @Composable () -> Unit = {
        IconPress(if (shown) Icon.EYE_OFF else Icon.EYE, say(if (shown) Label.HIDE_PASSWORD else Label.SHOW_PASSWORD)) { shown = !shown }
    }
    Typed(label, text, field.problem, typing, null, null, enabled, left, cursor, hidden, eye) {
        text = it
        change(it)
    }
}

@Composable
private fun Typed(
    label: String,
    text: String,
    problem: Text?,
    typing: Typing,
    help: String?,
    example: String?,
    enabled: Boolean,
    left: () -> Unit,
    cursor: FocusRequester?,
    shown: VisualTransformation = VisualTransformation.None,
    behind: (@Composable () -> Unit)? = null,
    change: (String) -> Unit,
) {
    var focused by remember { mutableStateOf(false) }
    val focus = LocalFocusManager.current
    val said = problem?.let(LocalWords.current::text)
    // In large text a name that takes two lines does not fit into the edge of its field: it stands above.
    val above = isLarge()
    Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        if (above) Strong(label, Modifier.clearAndSetSemantics {})
        OutlinedTextField(
            text,
            change,
            Modifier
                .fillMaxWidth()
                .then(cursor?.let { Modifier.focusRequester(it) } ?: Modifier)
                // In several lines it would be written, and who has no pointer would never get out.
                .onPreviewKeyEvent { pressed ->
                    val leaves = Key.Tab == pressed.key && pressed.type == KeyEventType.KeyDown
                    if (leaves) focus.moveFocus(if (pressed.isShiftPressed) FocusDirection.Previous else FocusDirection.Next)
                    leaves
                }
                .onFocusChanged {
                    if (focused && !it.isFocused) left()
                    focused = it.isFocused
                }
                .semantics {
                    if (said != null) error(said)
                    if (above) contentDescription = label
                    typing.fills?.let { contentType = it }
                },
            enabled = enabled,
            textStyle = LocalType.current.body,
            label = if (above) null else ({ androidx.compose.material3.Text(label) }),
            // An address has no place to break at.
            placeholder = example?.let { { if (above) Quiet(it) else Body(it) } },
            trailingIcon = behind,
            supportingText = (said ?: help)?.let {
                {
                    androidx.compose.material3.Text(
                        it,
                        Modifier.semantics { if (said != null) liveRegion = LiveRegionMode.Polite },
                        style = LocalType.current.note,
                    )
                }
            },
            isError = said != null,
            visualTransformation = shown,
            keyboardOptions = KeyboardOptions(
                keyboardType = typing.keyboard,
                imeAction = if (typing.last) ImeAction.Done else if (typing.lines > 1) ImeAction.Default else ImeAction.Next,
            ),
            keyboardActions = typing.submit?.let { KeyboardActions(onDone = { it() }) } ?: KeyboardActions.Default,
            singleLine = typing.lines == 1,
            minLines = typing.lines,
            shape = RoundedCornerShape(Radius.m),
        )
    }
}
