package io.pmi.app.ui.pictures

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.SkikoComposeUiTest
import androidx.compose.ui.test.v2.runDesktopComposeUiTest
import androidx.compose.ui.text.TextLayoutResult
import androidx.compose.ui.unit.Density
import io.pmi.app.design.Language
import io.pmi.app.ui.look.Appearance
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

/** Whatever the size of the text, there is room: for each word, and for a finger. */
@OptIn(ExperimentalTestApi::class)
class RoomTest {
    @Test
    fun `no text is cut off or lies on another at twice its size`() = texts(360)

    @Test
    fun `no text is cut off or lies on another at twice its size on the narrowest phone`() = texts(320)

    @Test
    fun `what is pressed has room for a finger of its own and is said`() = fingers(360, listOf(1f, 2f))

    @Test
    fun `what is pressed has room for a finger of its own on the narrowest phone`() = fingers(320, listOf(1f))

    private fun fingers(width: Int, scales: List<Float>) = runDesktopComposeUiTest(width, TALL) {
        val show = shows()
        val found = sortedSetOf<String>()
        var looked = 0
        // The calendar and the clock are Material's.
        for (scale in scales) for (scene in SCENES.filter { it.width == 360 && !it.name.endsWith("calendar") && !it.name.endsWith("clock") }) {
            show(scene, Language.ENGLISH, scale)
            val pressed = onAllNodes(PRESSED).fetchSemanticsNodes()
            looked += pressed.size
            for (node in pressed) {
                val said = node.said()
                if (said.isBlank()) found.add("${scene.name} at $scale: ${node.boundsInRoot} says nothing")
                if (node.size.width < FINGER || node.size.height < FINGER) found.add("${scene.name} at $scale: $said has ${node.size}")
                pressed.filter { it.id > node.id && it.root() == node.root() && node.lies(it) }.forEach { found.add("${scene.name} at $scale: $said lies on ${it.said()}") }
            }
        }
        assertTrue("$looked", looked > 700)
        assertEquals("", found.joinToString("\n"))
    }

    private fun texts(width: Int) = runDesktopComposeUiTest(width, TALL) {
        val show = shows()
        val found = mutableListOf<String>()
        var looked = 0
        for (language in Language.entries) {
            for (scene in SCENES.filter { it.width == 360 }) {
                show(scene, language, 2f)
                val all = onAllNodes(SemanticsMatcher.keyIsDefined(SemanticsActions.GetTextLayoutResult), useUnmergedTree = true).fetchSemanticsNodes()
                val texts = all.map { it to it.words() }
                looked += texts.size
                for ((node, text) in texts) {
                    val layouts = mutableListOf<TextLayoutResult>()
                    node.config[SemanticsActions.GetTextLayoutResult].action?.invoke(layouts)
                    // A part of it lies outside of what shows it.
                    val out = node.boundsInRoot.width + 1 < node.size.width
                    if (layouts.any { it.isCut() } || (out && !node.scrolls())) found.add("${scene.name} in $language: $text is cut")
                }
                // A dialog lies on its page.
                texts.groupBy { (node, _) -> node.root() }.values.forEach { within ->
                    within.forEachIndexed { number, (node, text) ->
                        within.drop(number + 1).filter { (other, _) -> node.lies(other) }
                            .forEach { (_, other) -> found.add("${scene.name} in $language: $text lies on $other") }
                    }
                }
            }
        }
        assertTrue("$looked", looked > 1000)
        assertEquals("", found.joinToString("\n"))
    }

    /** Shows a scene in the place of the one before. */
    private fun SkikoComposeUiTest.shows(): (Scene, Language, Float) -> Unit {
        var shown by mutableStateOf(SCENES.first() to VARIANTS.first())
        setContent {
            val (scene, variant) = shown
            CompositionLocalProvider(LocalDensity provides Density(1f, variant.scale)) { key(shown) { Staged(scene, variant) } }
        }
        return { scene, language, scale ->
            shown = scene to Variant("large", Appearance.LIGHT, language, scale)
            waitForIdle()
        }
    }

    private fun SemanticsNode.words() = config.getOrNull(SemanticsProperties.Text)?.joinToString().orEmpty()

    private fun SemanticsNode.said() = listOfNotNull(
        config.getOrNull(SemanticsProperties.ContentDescription)?.joinToString(), words(), config.getOrNull(SemanticsProperties.EditableText)?.text,
    ).joinToString(" ")

    private fun SemanticsNode.root(): Int = generateSequence(this) { it.parent }.last().id

    private fun SemanticsNode.lies(on: SemanticsNode): Boolean {
        val both = boundsInRoot.intersect(on.boundsInRoot)
        return both.isThick() && !(holds(on) || on.holds(this))
    }

    private fun Rect.isThick() = width > 1 && height > 1

    private fun SemanticsNode.holds(other: SemanticsNode) = generateSequence(other) { it.parent }.any { it.id == id }

    /** What lies outside of a row that can be pushed along is not cut off. */
    private fun SemanticsNode.scrolls(): Boolean =
        generateSequence(this) { it.parent }.any { SemanticsProperties.HorizontalScrollAxisRange in it.config }

    /** `hasVisualOverflow`, but for what is rounded. */
    private fun TextLayoutResult.isCut(): Boolean {
        val lines = 0 until lineCount
        return multiParagraph.didExceedMaxLines || multiParagraph.height > size.height + 2 ||
            lines.any { isLineEllipsized(it) || getLineRight(it) - getLineLeft(it) > size.width + 2 }
    }

    private companion object {
        const val TALL = 8000
        const val FINGER = 48

        val PRESSED = SemanticsMatcher.keyIsDefined(SemanticsActions.OnClick)
    }
}
