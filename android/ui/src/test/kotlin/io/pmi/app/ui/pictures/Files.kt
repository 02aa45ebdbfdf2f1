// Pictures as small files.

package io.pmi.app.ui.pictures

import java.awt.image.BufferedImage
import java.awt.image.IndexColorModel
import java.io.File
import javax.imageio.ImageIO
import kotlin.math.abs

/** How far two colours are apart: the most of red, green and blue. */
fun distance(one: Int, other: Int): Int =
    maxOf(abs((one and 0xff) - (other and 0xff)), abs((one shr 8 and 0xff) - (other shr 8 and 0xff)), abs((one shr 16 and 0xff) - (other shr 16 and 0xff)))

/** Writes it with its commonest colours only: a quarter of the size, and nobody sees it. */
fun save(picture: BufferedImage, file: File) {
    val pixels = picture.getRGB(0, 0, picture.width, picture.height, null, 0, picture.width)
    val common = mutableListOf<Int>()
    for ((colour, _) in pixels.toList().groupingBy { it and 0xffffff }.eachCount().entries.sortedByDescending { it.value }) {
        if (common.size < COLOURS && common.none { distance(it, colour) < APART }) common.add(colour)
    }
    val nearest = HashMap<Int, Int>()
    val model = IndexColorModel(
        8, common.size,
        ByteArray(common.size) { (common[it] shr 16).toByte() }, ByteArray(common.size) { (common[it] shr 8).toByte() }, ByteArray(common.size) { common[it].toByte() },
    )
    val small = BufferedImage(picture.width, picture.height, BufferedImage.TYPE_BYTE_INDEXED, model)
    val indices = IntArray(pixels.size) { at ->
        val colour = pixels[at] and 0xffffff
        nearest.getOrPut(colour) { common.indices.minBy { distance(common[it], colour) } }
    }
    small.raster.setPixels(0, 0, picture.width, picture.height, indices)
    file.parentFile.mkdirs()
    ImageIO.write(small, "png", file)
}

private const val COLOURS = 128

/** Of 255. */
private const val APART = 6
