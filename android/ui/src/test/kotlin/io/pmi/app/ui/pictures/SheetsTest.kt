package io.pmi.app.ui.pictures

import java.awt.Color
import java.awt.RenderingHints
import java.awt.image.BufferedImage
import java.io.File
import org.junit.Assume.assumeTrue
import org.junit.Test

/** Makes the sheets of docs/screens: all that is looked at, beside each other. */
class SheetsTest {
    @Test
    fun `the sheets are made when they are asked for`() {
        assumeTrue(System.getProperty("pmi.bless").toBoolean())
        val docs = File(System.getProperty("pmi.ui"), "../../docs/screens")
        for (variant in VARIANTS) save(sheet(variant), File(docs, "${variant.name}.png"))
    }

    private fun sheet(variant: Variant): BufferedImage {
        val tiles = SCENES.map { drawn(it, variant) }
        val rows = (tiles.size + COLUMNS - 1) / COLUMNS
        val sheet = BufferedImage(COLUMNS * (WIDTH + GAP) + GAP, rows * (HEIGHT + GAP) + GAP, BufferedImage.TYPE_INT_RGB)
        val pen = sheet.createGraphics()
        pen.color = Color(0x7f8894)
        pen.fillRect(0, 0, sheet.width, sheet.height)
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC)
        pen.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY)
        tiles.forEachIndexed { number, whole ->
            // Of what is longer than a phone, as much as a phone shows.
            val tile = whole.getSubimage(0, 0, whole.width, minOf(whole.height, whole.width * HEIGHT / WIDTH))
            val scale = minOf(WIDTH.toDouble() / tile.width, HEIGHT.toDouble() / tile.height)
            val (width, height) = (tile.width * scale).toInt() to (tile.height * scale).toInt()
            val x = GAP + (number % COLUMNS) * (WIDTH + GAP) + (WIDTH - width) / 2
            val y = GAP + (number / COLUMNS) * (HEIGHT + GAP)
            pen.drawImage(tile, x, y, width, height, null)
        }
        pen.dispose()
        return sheet
    }

    private companion object {
        const val COLUMNS = 8
        const val WIDTH = 180
        const val HEIGHT = 360
        const val GAP = 8
    }
}
