package io.pmi.app.ui.walks

import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.SemanticsNodeInteractionCollection
import androidx.compose.ui.test.hasAnyAncestor
import androidx.compose.ui.test.isDialog
import androidx.compose.ui.test.junit4.ComposeContentTestRule
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.performSemanticsAction
import androidx.compose.ui.test.performTextReplacement

/** What is said of it: its description, its words; its state; what it is. Nothing, if there is nothing to stop at. */
fun said(node: SemanticsNode): String {
    val config = node.config
    if (SemanticsProperties.HideFromAccessibility in config) return ""
    val described = config.getOrNull(SemanticsProperties.ContentDescription).orEmpty()
    val written = config.getOrNull(SemanticsProperties.Text).orEmpty().map { it.text }
    val state = listOfNotNull(
        config.getOrNull(SemanticsProperties.StateDescription),
        "selected".takeIf { config.getOrNull(SemanticsProperties.Selected) == true },
        config.getOrNull(SemanticsProperties.ToggleableState)?.name,
        config.getOrNull(SemanticsProperties.Error)?.let { "wrong: $it" },
        "heading".takeIf { SemanticsProperties.Heading in config },
        "off".takeIf { SemanticsProperties.Disabled in config },
        config.getOrNull(SemanticsProperties.Role)?.takeIf { it != Role.Image }?.toString(),
    )
    // What is merged is said one after the other.
    val name = described + written
    return if (name.isEmpty() && !canBePressed(node)) "" else (name + state).joinToString(", ")
}

/** What it is called. */
fun named(node: SemanticsNode): String = node.config.getOrNull(SemanticsProperties.ContentDescription).orEmpty().joinToString() +
    node.config.getOrNull(SemanticsProperties.Text).orEmpty().joinToString { it.text }

fun canBePressed(node: SemanticsNode): Boolean = SemanticsActions.OnClick in node.config || SemanticsActions.SetText in node.config

/** Somebody who goes by what is said, and touches nothing: each action is asked for, as a screen reader does. */
class Ear(private val rule: ComposeContentTestRule, private val hand: Hand) {
    /** Presses what is said so. */
    fun presses(words: String) {
        val node = reaches(SemanticsMatcher("pressed: $words") { words in said(it) && "off" !in said(it).split(", ") && canBePressed(it) })
        node.onFirst().performSemanticsAction(SemanticsActions.OnClick)
        rule.waitForIdle()
        isAllNamed()
    }

    /** Writes where it is said that this is written. */
    fun writes(words: String, text: String) {
        reaches(SemanticsMatcher("written: $words") { SemanticsActions.SetText in it.config && words in said(it) })
            .onFirst().performTextReplacement(text)
        rule.waitForIdle()
    }

    /** Is told this when it stops there. */
    fun hears(words: String) = hand.scrollsTo(SemanticsMatcher("said: $words") { words in said(it) })

    /** Is told this without going there. */
    fun isTold(words: String) = hand.hears(words)

    private fun reaches(matcher: SemanticsMatcher): SemanticsNodeInteractionCollection {
        hand.scrollsTo(matcher)
        val above = matcher and hasAnyAncestor(isDialog())
        return rule.onAllNodes(if (hand.isThere(isDialog())) above else matcher)
    }

    /** Nothing that can be pressed is without a name. */
    private fun isAllNamed() {
        val mute = rule.onAllNodes(SemanticsMatcher("mute") { canBePressed(it) && named(it).isBlank() }).fetchSemanticsNodes(false)
        check(mute.isEmpty()) { "without a name: ${mute.map { "${it.boundsInRoot} ${it.config}" }}" }
    }
}
