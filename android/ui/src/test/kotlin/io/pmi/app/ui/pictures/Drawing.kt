// Draws a scene off screen.

package io.pmi.app.ui.pictures

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.ImageComposeScene
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.toComposeImageBitmap
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.platform.Font
import androidx.compose.ui.unit.Density
import io.pmi.app.design.Language
import io.pmi.app.ui.look.Appearance
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.look.Look
import io.pmi.app.ui.samples.TODAY
import io.pmi.app.ui.samples.ZONE
import io.pmi.app.ui.words.LocalWords
import io.pmi.app.ui.words.Words
import java.awt.image.BufferedImage
import java.io.File

/** In which look, language and size of text; with [whole] pages too. */
class Variant(val name: String, val appearance: Appearance, val language: Language, val scale: Float, val whole: Boolean = true)

/** As pictures are taken. */
val VARIANTS = listOf(
    Variant("light-en", Appearance.LIGHT, Language.ENGLISH, 1f),
    Variant("light-hi", Appearance.LIGHT, Language.HINDI, 1f, whole = false),
    Variant("dark-en", Appearance.DARK, Language.ENGLISH, 1f, whole = false),
    Variant("dark-hi", Appearance.DARK, Language.HINDI, 1f),
    Variant("large-en", Appearance.LIGHT, Language.ENGLISH, 2f),
    Variant("large-hi", Appearance.DARK, Language.HINDI, 2f),
)

private fun font(name: String, weight: FontWeight) = Font(File(System.getProperty("pmi.fonts"), "$name.ttf"), weight)

private fun family(name: String) = FontFamily(font("$name-Regular", FontWeight.Normal), font("$name-Bold", FontWeight.Bold))

val FAMILIES = mapOf(Language.ENGLISH to family("NotoSans"), Language.HINDI to family("NotoSansDevanagari"))

/** The scene in this variant. */
@Composable
fun Staged(scene: Scene, variant: Variant) = Look(variant.appearance, FAMILIES.getValue(variant.language)) {
    CompositionLocalProvider(LocalWords provides Words(variant.language, ZONE) { TODAY }) {
        Box(Modifier.fillMaxSize().background(LocalPalette.current.background)) { scene.content() }
    }
}

/** Its picture: as much as a phone shows, or all of it where it is drawn whole. */
fun drawn(scene: Scene, variant: Variant): BufferedImage {
    val picture = drawn(scene.width, if (scene.whole) (TALLEST * variant.scale).toInt() else scene.height, variant.scale) { Staged(scene, variant) }
    return if (scene.whole) picture.getSubimage(0, 0, picture.width, picture.filled() + BELOW) else picture
}

/** What is drawn on so much room. */
fun drawn(width: Int, height: Int, scale: Float, content: @Composable () -> Unit): BufferedImage {
    val drawn = ImageComposeScene(width, height, Density(1f, scale), content = content)
    try {
        // What is measured in one frame is drawn in a later one.
        repeat(2) { drawn.render(it * 1_000_000_000L / 60) }
        val pixels = IntArray(width * height)
        drawn.render(2_000_000_000L).toComposeImageBitmap().readPixels(pixels)
        return BufferedImage(width, height, BufferedImage.TYPE_INT_RGB).apply { setRGB(0, 0, width, height, pixels, 0, width) }
    } finally {
        drawn.close()
    }
}

/** How far down something is drawn. */
private fun BufferedImage.filled(): Int {
    val ground = getRGB(0, height - 1)
    val last = (height - 1 downTo 0).first { y -> (0 until width).any { getRGB(it, y) != ground } } + 1
    check(last + BELOW < height) { "it is taller than $height" }
    return last
}

/** At a text size of 100 %. */
private const val TALLEST = 3_600

/** What is left below a whole page. */
private const val BELOW = 24
