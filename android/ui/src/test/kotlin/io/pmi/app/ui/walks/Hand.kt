package io.pmi.app.ui.walks

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.requiredSize
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ComposeTimeoutException
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.SemanticsNodeInteraction
import androidx.compose.ui.test.TouchInjectionScope
import androidx.compose.ui.test.hasAnyAncestor
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isDialog
import androidx.compose.ui.test.isEnabled
import androidx.compose.ui.test.isSelected
import androidx.compose.ui.test.junit4.ComposeContentTestRule
import androidx.compose.ui.test.onFirst
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

/** A hand that goes by what is written on the screen. It waits for a condition, never for a time. */
@OptIn(ExperimentalTestApi::class)
class Hand(private val rule: ComposeContentTestRule) {
    private var app by mutableStateOf<(@Composable () -> Unit)?>(null)
    private var isOn = false

    /** How often the screen was touched; a swipe is none. */
    var taps = 0
        private set

    /** The app on a phone, or what is as large as this, in the place of the one before. [kept] is where the person was before. */
    fun holds(client: PmiClient, phone: Phone = Phone(), size: DpSize = PHONE, kept: List<Destination> = emptyList()): AppState {
        val state = AppState(Overheard(client), System.getProperty("java.io.tmpdir"), Language.ENGLISH, Appearance.LIGHT)
        state.home.restore(kept)
        app = { Box(Modifier.requiredSize(size)) { App(state, phone) } }
        if (!isOn) rule.setContent { app?.let { key(it) { it() } } }
        isOn = true
        rule.waitForIdle()
        return state
    }

    /** Nothing of the app is left on the screen. */
    fun putsDown() {
        app = null
        rule.waitForIdle()
    }

    fun words(label: Label): String = Language.ENGLISH.say(label)

    fun sees(matcher: SemanticsMatcher) = waits("seen: ${matcher.description}") { isThere(matcher) }

    fun sees(text: String) = sees(hasText(text, substring = true))

    fun sees(label: Label) = sees(hasText(words(label)))

    /** Sees it where who cannot see is told of it. */
    fun hears(text: String) = sees(hasText(text, substring = true) and IS_SAID)

    fun seesNoMore(text: String) = waits("gone: $text") { !isThere(hasText(text, substring = true)) }

    fun seesNoMore(label: Label) = seesNoMore(words(label))

    fun waits(why: String, until: () -> Boolean) = try {
        rule.waitUntil(why, PATIENCE, until)
    } catch (late: ComposeTimeoutException) {
        throw AssertionError("not $why; but ${texts()}", late)
    }

    /** All that is written or described on the screen. */
    private fun texts(): String = rule.onAllNodes(SemanticsMatcher("anything") { true }).fetchSemanticsNodes(false).mapNotNull { node ->
        val said = node.config.getOrNull(SemanticsProperties.Text).orEmpty().map { it.text } +
            node.config.getOrNull(SemanticsProperties.ContentDescription).orEmpty()
        said.joinToString(" / ").ifEmpty { null }
    }.joinToString(" | ")

    fun isThere(matcher: SemanticsMatcher): Boolean = rule.onAllNodes(matcher).fetchSemanticsNodes(false).isNotEmpty()

    fun isThere(label: Label): Boolean = isThere(hasText(words(label)))

    /** Presses the button or the row that says so; scrolls to it first. */
    fun presses(text: String) = presses(hasText(text, substring = true) and hasClickAction())

    fun presses(label: Label) = presses(hasText(words(label)) and hasClickAction())

    /** Presses the icon that is described so. */
    fun pressesIcon(label: Label) = presses(hasContentDescription(words(label)) and hasClickAction())

    fun presses(matcher: SemanticsMatcher) {
        reaches(matcher and isEnabled()).performTouchInput { tap() }
        taps++
        rule.waitForIdle()
    }

    /** Within one frame: what comes from the core in between would move what is pressed from under the finger. */
    private fun TouchInjectionScope.tap() {
        down(center)
        up()
    }

    /** As who is impatient does: before anything can have come of the first time. */
    fun pressesTwice(label: Label) {
        reaches(hasText(words(label)) and hasClickAction() and isEnabled()).performTouchInput {
            tap()
            tap()
        }
        taps += 2
        rule.waitForIdle()
    }

    /** Scrolls the list to it, where it is in one and not there yet. */
    fun scrollsTo(matcher: SemanticsMatcher) {
        rule.waitForIdle()
        val list = hasScrollToNodeAction() and !hasAnyAncestor(isDialog())
        waits("there, or in a list: ${matcher.description}") {
            isThere(matcher) || (isThere(list) && runCatching { rule.onAllNodes(list).onFirst().performScrollToNode(matcher) }.isSuccess)
        }
    }

    fun scrollsTo(text: String) = scrollsTo(hasText(text, substring = true))

    fun scrollsTo(label: Label) = scrollsTo(hasText(words(label)))

    /** To the beginning of the list. */
    fun scrollsUp() {
        rule.onAllNodes(hasScrollToNodeAction()).onFirst().performScrollToIndex(0)
        rule.waitForIdle()
    }

    /** Pulls the list to have it refreshed. */
    fun pulls() {
        sees(hasScrollToNodeAction())
        scrollsUp()
        rule.onAllNodes(hasScrollToNodeAction()).onFirst().performTouchInput { swipeDown() }
        rule.waitForIdle()
    }

    /** Writes into the field that is called so. */
    fun writes(label: Label, text: String) {
        reaches(hasSetTextAction() and hasText(words(label), substring = true) and isEnabled()).performTextReplacement(text)
        rule.waitForIdle()
    }

    /** Sets the clock of the open dialog. */
    fun setsTime(hour: Int) {
        reaches(hasSetTextAction()).performTextReplacement(hour.toString())
        rule.waitForIdle()
        presses(Label.DONE)
    }

    /** Chooses day and time on the form for a booking: a free one, or where none are listed this one. */
    fun chooses(ahead: Int, hour: Int) {
        val day = hasTestTag("day $ahead")
        presses(day)
        sees(day and isSelected())
        val slot = hasTestTag("slot $hour:0")
        val typed = hasText(words(Label.BOOK_CHOOSE_TIME)) and hasClickAction()
        scrollsTo(slot or typed)
        if (isThere(slot)) {
            presses(slot)
        } else {
            presses(typed)
            setsTime(hour)
        }
    }

    /** The first of these that can be touched: on the dialog, if there is one. */
    private fun reaches(matcher: SemanticsMatcher): SemanticsNodeInteraction {
        scrollsTo(matcher)
        val wanted = if (isThere(isDialog())) matcher and hasAnyAncestor(isDialog()) else matcher
        sees(wanted)
        val node = rule.onAllNodes(wanted).onFirst()
        shows(node)
        return node
    }

    /** Each list and each row it is in is pushed along until it is seen, the outermost first: within what is not seen there is no measure. */
    private fun shows(what: SemanticsNodeInteraction) {
        val lists = generateSequence(what.fetchSemanticsNode().parent) { it.parent }.filter { SemanticsActions.ScrollBy in it.config }.toList()
        for (list in lists.asReversed()) {
            val node = what.fetchSemanticsNode()
            val view = rule.onNode(SemanticsMatcher("the same") { it.id == list.id }).fetchSemanticsNode().boundsInRoot
            val (left, top) = node.positionInRoot
            val across = over(left, left + node.size.width, view.left, view.right)
            val down = over(top, top + node.size.height, view.top, view.bottom)
            rule.runOnUiThread { list.config[SemanticsActions.ScrollBy].action?.invoke(across, down) }
            rule.waitForIdle()
        }
    }

    private fun over(from: Float, to: Float, first: Float, last: Float) = if (from < first) from - first else maxOf(0f, to - last)

    companion object {
        private const val PATIENCE = 40_000L
        private val PHONE = DpSize(400.dp, 740.dp)

        /** It, or what it is part of, is said when it changes. */
        val IS_SAID = SemanticsMatcher("is said by itself") { node ->
            generateSequence(node) { it.parent }.any { SemanticsProperties.LiveRegion in it.config }
        }
    }
}
