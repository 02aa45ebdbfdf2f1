package io.pmi.app.ui.pictures

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.v2.runDesktopComposeUiTest
import androidx.compose.ui.text.TextLayoutResult
import androidx.compose.ui.unit.Density
import io.pmi.app.design.Language
import io.pmi.app.ui.look.Appearance
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

/** With text at twice its size, nothing that is said is cut off, in either language. */
@OptIn(ExperimentalTestApi::class)
class LargeTextTest {
    @Test
    fun `no text is cut off at twice its size`() = runDesktopComposeUiTest(360, 6000) {
        var shown by mutableStateOf(SCENES.first() to VARIANTS.first())
        setContent {
            val (scene, variant) = shown
            CompositionLocalProvider(LocalDensity provides Density(1f, 2f)) { key(shown) { Staged(scene, variant) } }
        }
        val cut = mutableListOf<String>()
        var looked = 0
        for (language in Language.entries) {
            for (scene in SCENES.filter { it.width == 360 }) {
                shown = scene to Variant("large", Appearance.LIGHT, language, 2f)
                waitForIdle()
                val texts = onAllNodes(SemanticsMatcher.keyIsDefined(SemanticsActions.GetTextLayoutResult), useUnmergedTree = true).fetchSemanticsNodes()
                for (node in texts) {
                    val layouts = mutableListOf<TextLayoutResult>()
                    node.config[SemanticsActions.GetTextLayoutResult].action?.invoke(layouts)
                    val text = node.config.getOrNull(SemanticsProperties.Text)?.joinToString().orEmpty()
                    looked += layouts.size
                    val over = layouts.any { it.isCut() }
                    // A part of it lies outside of what shows it.
                    val out = node.boundsInRoot.width + 1 < node.size.width
                    if (over || (out && !node.scrolls())) cut.add("${scene.name} in $language: $text")
                }
            }
        }
        assertTrue("$looked", looked > 1000)
        assertEquals("", cut.joinToString("\n"))
    }

    /** What lies outside of a row that can be pushed along is not cut off. */
    private fun SemanticsNode.scrolls(): Boolean =
        generateSequence(this) { it.parent }.any { SemanticsProperties.HorizontalScrollAxisRange in it.config }

    /** `hasVisualOverflow`, but for what is rounded. */
    private fun TextLayoutResult.isCut(): Boolean {
        val lines = 0 until lineCount
        return multiParagraph.didExceedMaxLines || multiParagraph.height > size.height + 2 ||
            lines.any { isLineEllipsized(it) || getLineRight(it) - getLineLeft(it) > size.width + 2 }
    }
}
