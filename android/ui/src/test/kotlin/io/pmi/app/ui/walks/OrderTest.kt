package io.pmi.app.ui.walks

import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.input.key.Key
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.isFocused
import androidx.compose.ui.test.isRoot
import androidx.compose.ui.test.onLast
import androidx.compose.ui.test.performKeyInput
import androidx.compose.ui.test.pressKey
import androidx.compose.ui.test.v2.runDesktopComposeUiTest
import io.pmi.app.ui.pictures.SCENES
import io.pmi.app.ui.pictures.Staged
import io.pmi.app.ui.pictures.VARIANTS
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

/** On each page a screen reader and the keyboard go from one thing to the next as one reads, and everything has a name. */
@OptIn(ExperimentalTestApi::class)
class OrderTest {
    @Test
    fun `what is said comes in reading order, and what can be pressed has a name`() = onEachPage { name, wrong ->
        val stops = onAllNodes(SemanticsMatcher("said") { said(it).isNotEmpty() }).fetchSemanticsNodes(false)
        stops.filter { canBePressed(it) && named(it).isBlank() }.forEach { wrong.add("$name: without a name: ${said(it)}") }
        wrong += disorder(name, stops)
        stops.size
    }

    @Test
    fun `the keyboard goes through a page in reading order, and past nothing`() = onEachPage { name, wrong ->
        // Material's own pickers have their own ways between their parts.
        if (name in PICKERS) return@onEachPage 0
        val wanted = onAllNodes(SemanticsMatcher("pressed") { canBePressed(it) && SemanticsProperties.Disabled !in it.config }).fetchSemanticsNodes(false)
        // A sheet is a window of its own, which no scene is.
        if (wanted.any { said(it).startsWith("Close") } && wanted.any { said(it).endsWith("Tab") }) return@onEachPage 0
        val seen = LinkedHashMap<Int, SemanticsNode>()
        for (step in 0..wanted.size * 2) {
            onAllNodes(isRoot()).onLast().performKeyInput { pressKey(Key.Tab) }
            val focused = onAllNodes(isFocused()).fetchSemanticsNodes(false).lastOrNull() ?: continue
            if (focused.id in seen) break
            seen[focused.id] = focused
        }
        wanted.filter { it.id !in seen }.forEach { wrong.add("$name: passed ${said(it)}") }
        wrong += disorder(name, seen.values.toList())
        seen.size
    }

    /** Tall enough for the longest. */
    private fun onEachPage(look: ComposeUiTest.(String, MutableList<String>) -> Int) = runDesktopComposeUiTest(360, 6000) {
        var shown by mutableStateOf(SCENES.first())
        setContent { key(shown) { Staged(shown, VARIANTS.first()) } }
        val wrong = mutableListOf<String>()
        var looked = 0
        for (scene in SCENES.filter { it.width == 360 }) {
            shown = scene
            waitForIdle()
            looked += look(scene.name, wrong)
        }
        assertTrue("$looked", looked > 100)
        assertEquals("", wrong.distinct().joinToString("\n"))
    }

    private fun disorder(page: String, stops: List<SemanticsNode>): List<String> {
        // The spots lie where the components are on the drawing, and go from one to the next as the list of them does.
        val read = stops.filterNot { said(it).startsWith(DRAWING) || groups(it).any { group -> group.children.any { said(it).startsWith(DRAWING) } } }
        return read.zipWithNext().filter { (one, next) ->
            val (before, after) = groups(one).zip(groups(next)).firstOrNull { (a, b) -> a.id != b.id } ?: return@filter false
            // A sheet lies over the page.
            before.root() == after.root() && isBefore(after, before)
        }.map { (one, next) -> "$page: ${said(next)} after ${said(one)}" }
    }

    /** What is gone through as a whole, from the outermost on; itself at the end. */
    private fun groups(node: SemanticsNode): List<SemanticsNode> =
        generateSequence(node.parent) { it.parent }.filter { it.config.getOrNull(SemanticsProperties.IsTraversalGroup) == true }.toList().reversed() + node

    private fun SemanticsNode.root() = generateSequence(this) { it.parent }.last().id

    /** Wholly above, or beside and wholly to the left. What lies within another comes after it. */
    private fun isBefore(one: SemanticsNode, other: SemanticsNode): Boolean {
        val shared = minOf(one.bottom, other.bottom) - maxOf(one.top, other.top)
        val isBeside = shared > minOf(one.size.height, other.size.height) / 2
        return if (isBeside) one.left + one.size.width <= other.left + 1 else one.bottom <= other.top + 1
    }

    // Where it is, also where it has to be pushed along to be seen.
    private val SemanticsNode.top get() = positionInRoot.y
    private val SemanticsNode.left get() = positionInRoot.x
    private val SemanticsNode.bottom get() = positionInRoot.y + size.height

    private companion object {
        const val DRAWING = "Drawing of the vehicle"
        val PICKERS = setOf("book: calendar", "book: clock")
    }
}
