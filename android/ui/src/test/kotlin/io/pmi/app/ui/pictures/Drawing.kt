// Draws a scene off screen.

package io.pmi.app.ui.pictures

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.ImageComposeScene
import androidx.compose.ui.Modifier
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
import java.io.ByteArrayInputStream
import java.io.File
import javax.imageio.ImageIO

/** In which look, language and size of text. */
class Variant(val name: String, val appearance: Appearance, val language: Language, val scale: Float)

/** As pictures are taken. */
val VARIANTS = listOf(
    Variant("light-en", Appearance.LIGHT, Language.ENGLISH, 1f),
    Variant("dark-hi", Appearance.DARK, Language.HINDI, 1f),
    Variant("large-en", Appearance.LIGHT, Language.ENGLISH, 2f),
)

private fun font(name: String, weight: FontWeight) = Font(File(System.getProperty("pmi.fonts"), "$name.ttf"), weight)

private fun family(name: String) = FontFamily(font("$name-Regular", FontWeight.Normal), font("$name-Bold", FontWeight.Bold))

private val FAMILIES = mapOf(Language.ENGLISH to family("NotoSans"), Language.HINDI to family("NotoSansDevanagari"))

/** The scene in this variant. */
@Composable
fun Staged(scene: Scene, variant: Variant) = Look(variant.appearance, FAMILIES.getValue(variant.language)) {
    CompositionLocalProvider(LocalWords provides Words(variant.language, ZONE) { TODAY }) {
        Box(Modifier.fillMaxSize().background(LocalPalette.current.background)) { scene.content() }
    }
}

/** Its picture. */
fun drawn(scene: Scene, variant: Variant): BufferedImage {
    val drawn = ImageComposeScene(scene.width, scene.height, Density(1f, variant.scale)) { Staged(scene, variant) }
    try {
        // What is measured in one frame is drawn in a later one.
        repeat(3) { drawn.render(it * 1_000_000_000L / 60) }
        val png = checkNotNull(drawn.render(2_000_000_000L).encodeToData()) { scene.name }
        return ImageIO.read(ByteArrayInputStream(png.bytes))
    } finally {
        drawn.close()
    }
}
