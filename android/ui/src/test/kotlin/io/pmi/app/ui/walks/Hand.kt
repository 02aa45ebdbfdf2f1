// A person's hand on the app: presses what it reads, and waits until it reads something.

package io.pmi.app.ui.walks

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.requiredSize
import androidx.compose.ui.Modifier
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasAnyAncestor
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isDialog
import androidx.compose.ui.test.junit4.ComposeContentTestRule
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performScrollToIndex
import androidx.compose.ui.test.performScrollToNode
import androidx.compose.ui.test.performTextReplacement
import androidx.compose.ui.test.performTouchInput
import androidx.compose.ui.test.swipeDown
import androidx.compose.ui.unit.DpSize
import androidx.compose.ui.unit.dp
import io.pmi.PmiClient
import io.pmi.app.design.Label
import io.pmi.app.design.Language
import io.pmi.app.design.say
import io.pmi.app.ui.look.Appearance
import io.pmi.app.ui.shell.App
import io.pmi.app.ui.shell.AppState
import io.pmi.app.ui.shell.Destination
import io.pmi.app.ui.shell.NoOutside

/** A system with one photo, which remembers what was reported. */
class Phone(private val photo: ByteArray? = null) : NoOutside() {
    val reported = mutableListOf<Throwable>()

    override suspend fun pickPhoto(): ByteArray? = photo

    override fun report(failure: Throwable) {
        reported.add(failure)
    }
}

@OptIn(ExperimentalTestApi::class)
class Hand(private val rule: ComposeContentTestRule) {
    /** The app on a phone, or what is as large as this. [kept] is where the person was before. */
    fun holds(client: PmiClient, phone: Phone = Phone(), size: DpSize = PHONE, kept: List<Destination> = emptyList()): AppState {
        val state = AppState(client, System.getProperty("java.io.tmpdir"), Language.ENGLISH, Appearance.LIGHT)
        state.home.restore(kept)
        rule.setContent { Box(Modifier.requiredSize(size)) { App(state, phone) } }
        return state
    }

    fun words(label: Label): String = Language.ENGLISH.say(label)

    fun sees(matcher: SemanticsMatcher) = rule.waitUntilAtLeastOneExists(matcher, PATIENCE)

    fun sees(text: String) = sees(hasText(text, substring = true))

    fun sees(label: Label) = sees(hasText(words(label)))

    fun seesNoMore(text: String) = rule.waitUntilDoesNotExist(hasText(text, substring = true), PATIENCE)

    fun waits(why: String, until: () -> Boolean) = rule.waitUntil(why, PATIENCE, until)

    fun isThere(matcher: SemanticsMatcher): Boolean = rule.onAllNodes(matcher).fetchSemanticsNodes().isNotEmpty()

    /** Presses the button or the row that says so; scrolls to it first. */
    fun presses(text: String) = presses(hasText(text, substring = true) and hasClickAction())

    fun presses(label: Label) = presses(hasText(words(label)) and hasClickAction())

    /** Presses the icon that is described so. */
    fun pressesIcon(label: Label) = presses(hasContentDescription(words(label)) and hasClickAction())

    fun presses(matcher: SemanticsMatcher) {
        scrollsTo(matcher)
        sees(matcher)
        val above = matcher and hasAnyAncestor(isDialog())
        val node = rule.onAllNodes(if (isThere(isDialog())) above else matcher).onFirst()
        runCatching { node.performScrollTo() }
        node.performClick()
        rule.waitForIdle()
    }

    /** Scrolls the list to it, where it is in one and not there yet. */
    fun scrollsTo(matcher: SemanticsMatcher) {
        rule.waitForIdle()
        val list = hasScrollToNodeAction() and !hasAnyAncestor(isDialog())
        waits("it is there, or a list is") { isThere(matcher) || isThere(list) }
        if (!isThere(matcher)) {
            waits("a list has it") { runCatching { rule.onAllNodes(list).onFirst().performScrollToNode(matcher) }.isSuccess }
        }
    }

    /** To the beginning of the list. */
    fun scrollsUp() {
        rule.onAllNodes(hasScrollToNodeAction()).onFirst().performScrollToIndex(0)
        rule.waitForIdle()
    }

    /** Pulls the list to have it refreshed. */
    fun pulls() {
        scrollsUp()
        rule.onAllNodes(hasScrollToNodeAction()).onFirst().performTouchInput { swipeDown() }
        rule.waitForIdle()
    }

    /** Writes into the field that is called so. */
    fun writes(label: Label, text: String) {
        val field = hasSetTextAction() and hasText(words(label), substring = true)
        scrollsTo(field)
        rule.onNode(field).performTextReplacement(text)
        rule.waitForIdle()
    }

    /** Sets the clock of the open dialog. */
    fun setsTime(hour: Int) {
        val fields = rule.onAllNodes(hasSetTextAction() and hasAnyAncestor(isDialog()))
        fields.onFirst().performTextReplacement(hour.toString())
        rule.waitForIdle()
        presses(Label.DONE)
    }

    /** Chooses day and time on the form for a booking. */
    fun chooses(ahead: Int, hour: Int) {
        presses(hasTestTag("day $ahead"))
        val slot = hasTestTag("slot $hour:0")
        val typed = hasText(words(Label.BOOK_CHOOSE_TIME)) and hasClickAction()
        waits("a time can be chosen") {
            listOf(slot, typed).any { wanted -> runCatching { scrolled(wanted) }.isSuccess }
        }
        if (isThere(slot)) {
            presses(slot)
        } else {
            presses(typed)
            setsTime(hour)
        }
    }

    private fun scrolled(matcher: SemanticsMatcher) {
        if (!isThere(matcher)) rule.onAllNodes(hasScrollToNodeAction()).onFirst().performScrollToNode(matcher)
    }

    private companion object {
        const val PATIENCE = 40_000L
        val PHONE = DpSize(400.dp, 740.dp)
    }
}
