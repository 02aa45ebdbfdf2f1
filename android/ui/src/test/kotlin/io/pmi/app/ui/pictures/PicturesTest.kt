package io.pmi.app.ui.pictures

import io.pmi.app.ui.samples.GARAGE
import java.awt.Rectangle
import java.awt.image.BufferedImage
import java.io.File
import javax.imageio.ImageIO
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Test

/** Each screen in each state looks as it did when somebody last looked at it: the sheets of docs/screens. */
class PicturesTest {
    private val golden = File(System.getProperty("pmi.ui"), "../../docs/screens")
    private val bless = System.getProperty("pmi.bless").toBoolean()

    @Test
    fun `every screen looks as it did`() {
        val others = mutableListOf<String>()
        val names = mutableSetOf<String>()
        for (variant in VARIANTS) {
            for (part in PARTS) {
                val sheet = Sheet(part, variant)
                names.add(sheet.name)
                val file = File(golden, sheet.name)
                val wrong = if (bless) save(sheet.picture, file).let { emptyList() } else compared(sheet, file)
                if (wrong.isNotEmpty()) save(sheet.picture, File(System.getProperty("pmi.out"), "pictures/${sheet.name}"))
                others.addAll(wrong)
            }
        }
        val gone = golden.list().orEmpty().filter { it.endsWith(".png") && it !in names }
        if (bless) gone.forEach { File(golden, it).delete() } else others.addAll(gone.map { "$it: shows nothing any more" })
        val listed = File(golden, "README.md").readText()
        others.addAll(names.filter { "($it)" !in listed }.map { "$it: README.md does not list it" })
        assertEquals("what is drawn is in ${System.getProperty("pmi.out")}/pictures; if that is meant: -Dpmi.bless=true\n", "", others.joinToString("\n"))
    }

    @Test
    fun `a name that is another makes another picture`() {
        val one = drawn(Scene("garage", "one", content = garage(GARAGE)), VARIANTS[0])
        val renamed = GARAGE.copy(vehicles = listOf(GARAGE.vehicles[0].copy(name = "Tata Harrier")) + GARAGE.vehicles.drop(1))
        val other = drawn(Scene("garage", "other", content = garage(renamed)), VARIANTS[0])
        val all = Rectangle(one.width, one.height)
        assertNotNull(difference(one, other, all))
        assertNull(difference(one, drawn(Scene("garage", "one", content = garage(GARAGE)), VARIANTS[0]), all))
    }

    private fun compared(sheet: Sheet, file: File): List<String> {
        if (!file.exists()) return listOf("${sheet.name}: there is none")
        val was = ImageIO.read(file)
        if (was.width != sheet.picture.width || was.height != sheet.picture.height) return listOf("${sheet.name}: another size")
        return sheet.tiles.mapNotNull { tile -> difference(was, sheet.picture, tile.place)?.let { "${sheet.name}, ${tile.scene.name}: $it" } }
    }

    /** What is not the same there; the edges of letters may differ a little from machine to machine. */
    private fun difference(was: BufferedImage, now: BufferedImage, place: Rectangle): String? {
        fun pixels(of: BufferedImage) = of.getRGB(place.x, place.y, place.width, place.height, null, 0, place.width)
        val (old, new) = pixels(was) to pixels(now)
        val far = old.indices.count { distance(old[it], new[it]) > NEAR }
        return if (far > MOST) "$far pixels are others" else null
    }

    private companion object {
        /** Of a pixel's colour, of 255. */
        const val NEAR = 48

        /** Pixels: fewer than a letter has. */
        const val MOST = 60
    }
}
