// Pictures as small files.

package io.pmi.app.ui.pictures

import java.awt.image.BufferedImage
import java.awt.image.IndexColorModel
import java.io.File
import javax.imageio.IIOImage
import javax.imageio.ImageIO
import javax.imageio.ImageWriteParam
import kotlin.math.abs

/** How far two colours are apart: the most of red, green and blue. */
fun distance(one: Int, other: Int): Int =
    maxOf(abs((one and 0xff) - (other and 0xff)), abs((one shr 8 and 0xff) - (other shr 8 and 0xff)), abs((one shr 16 and 0xff) - (other shr 16 and 0xff)))

/** Writes it with few colours: a quarter of the size, and nobody sees it. */
fun save(picture: BufferedImage, file: File) {
    val pixels = picture.getRGB(0, 0, picture.width, picture.height, null, 0, picture.width)
    val counts = HashMap<Int, Int>()
    for (pixel in pixels) counts.merge(pixel and 0xffffff, 1, Int::plus)
    val few = mutableListOf<Int>()
    counts.entries.sortedByDescending { it.value }.forEachIndexed { place, (colour, _) ->
        // Grounds and letters as they are; of the edges of letters one for those that are alike.
        val apart = if (place < COMMON) NEAR else APART
        if (few.size < COLOURS && few.none { distance(it, colour) < apart }) few.add(colour)
    }
    val model = IndexColorModel(
        8, few.size, ByteArray(few.size) { (few[it] shr 16).toByte() }, ByteArray(few.size) { (few[it] shr 8).toByte() }, ByteArray(few.size) { few[it].toByte() },
    )
    val nearest = counts.keys.associateWith { colour -> few.indices.minBy { distance(few[it], colour) } }
    val small = BufferedImage(picture.width, picture.height, BufferedImage.TYPE_BYTE_INDEXED, model)
    small.raster.setPixels(0, 0, picture.width, picture.height, IntArray(pixels.size) { nearest.getValue(pixels[it] and 0xffffff) })
    file.parentFile.mkdirs()
    val writer = ImageIO.getImageWritersByFormatName("png").next()
    val how = writer.defaultWriteParam.apply {
        compressionMode = ImageWriteParam.MODE_EXPLICIT
        compressionQuality = 0f
    }
    ImageIO.createImageOutputStream(file.also { it.delete() }).use { to ->
        writer.output = to
        writer.write(null, IIOImage(small, null, null), how)
    }
    writer.dispose()
}

private const val COLOURS = 96

/** So many of the commonest are looked at closely. */
private const val COMMON = 60

/** Nobody sees a difference of this, of 255. */
private const val NEAR = 7

/** Of 255. */
private const val APART = 44
