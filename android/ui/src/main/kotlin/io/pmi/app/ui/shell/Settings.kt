// What a person chooses of the app itself: its language and its look.

package io.pmi.app.ui.shell

import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.semantics
import io.pmi.app.design.Label
import io.pmi.app.design.Language
import io.pmi.app.ui.look.Appearance
import io.pmi.app.ui.look.LocalType
import io.pmi.app.ui.parts.Block
import io.pmi.app.ui.parts.Flowing
import io.pmi.app.ui.parts.Heading
import io.pmi.app.ui.parts.Tile
import io.pmi.app.ui.parts.say
import java.util.Locale

/** Language and look. */
@Composable
fun Settings(language: Language, appearance: Appearance, speak: (Language) -> Unit, look: (Appearance) -> Unit) = Block {
    Heading(say(Label.ACCOUNT_LANGUAGE))
    Flowing(Modifier.selectableGroup()) {
        Language.entries.forEach { one -> Chip(own(one), one == language) { speak(one) } }
    }
    Heading(say(Label.ACCOUNT_APPEARANCE))
    Flowing(Modifier.selectableGroup()) {
        Appearance.entries.forEach { one -> Chip(say(name(one)), one == appearance) { look(one) } }
    }
}

@Composable
private fun Chip(text: String, chosen: Boolean, choose: () -> Unit) =
    Tile(chosen, choose, Modifier.semantics(true) {}) { Text(text, style = LocalType.current.label) }

/** A language by its own name. */
private fun own(language: Language): String = Locale.forLanguageTag(language.tag).let { it.getDisplayLanguage(it) }

private fun name(appearance: Appearance): Label = when (appearance) {
    Appearance.SYSTEM -> Label.APPEARANCE_SYSTEM
    Appearance.LIGHT -> Label.APPEARANCE_LIGHT
    Appearance.DARK -> Label.APPEARANCE_DARK
}
