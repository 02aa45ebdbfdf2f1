package io.pmi.app.ui.pictures

import io.pmi.app.ui.samples.GARAGE
import java.awt.image.BufferedImage
import java.io.File
import javax.imageio.ImageIO
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Test

/** Each screen in each state looks as it did when somebody last looked at it. */
class PicturesTest {
    private val golden = File(System.getProperty("pmi.ui"), "src/test/pictures")
    private val bless = System.getProperty("pmi.bless").toBoolean()

    @Test
    fun `every screen looks as it did`() {
        val others = mutableListOf<String>()
        val names = mutableSetOf<String>()
        for (variant in VARIANTS) {
            for (scene in SCENES) {
                val name = "${scene.name}.${variant.name}.png"
                names.add(name)
                val now = drawn(scene, variant)
                val file = File(golden, name)
                when {
                    bless -> save(now, file)
                    !file.exists() -> others.add("$name: there is none")
                    else -> difference(ImageIO.read(file), now)?.let {
                        others.add("$name: $it")
                        save(now, File(System.getProperty("pmi.out"), "pictures/$name"))
                    }
                }
            }
        }
        val gone = golden.list().orEmpty().filter { it !in names }
        if (bless) gone.forEach { File(golden, it).delete() } else others.addAll(gone.map { "$it: shows nothing any more" })
        assertEquals("what is drawn is in ${System.getProperty("pmi.out")}/pictures; if that is meant: -Dpmi.bless=true\n", "", others.joinToString("\n"))
    }

    @Test
    fun `a name that is another makes another picture`() {
        val one = drawn(Scene("one", content = garage(GARAGE)), VARIANTS[0])
        val renamed = GARAGE.copy(vehicles = listOf(GARAGE.vehicles[0].copy(name = "Tata Harrier")) + GARAGE.vehicles.drop(1))
        val other = drawn(Scene("other", content = garage(renamed)), VARIANTS[0])
        assertNotNull(difference(one, other))
        assertNull(difference(one, drawn(Scene("one", content = garage(GARAGE)), VARIANTS[0])))
    }

    /** What is not the same; the edges of letters may differ a little from machine to machine. */
    private fun difference(was: BufferedImage, now: BufferedImage): String? {
        if (was.width != now.width || was.height != now.height) return "another size"
        var far = 0
        for (y in 0 until now.height) for (x in 0 until now.width) if (distance(was.getRGB(x, y), now.getRGB(x, y)) > NEAR) far++
        val share = far.toDouble() / (now.width * now.height)
        return if (share > MOST) "%.2f %% of it is another".format(share * 100) else null
    }

    private companion object {
        /** Of a pixel's colour, of 255. */
        const val NEAR = 48

        /** Of a picture's pixels. */
        const val MOST = 0.0005
    }
}
