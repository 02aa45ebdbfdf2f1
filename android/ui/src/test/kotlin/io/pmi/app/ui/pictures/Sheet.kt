// The pictures of one part of the app in one variant, each with its name, on one sheet.

package io.pmi.app.ui.pictures

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.material3.Text
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.sp
import io.pmi.app.design.Language
import java.awt.Rectangle
import java.awt.image.BufferedImage

/** A scene on a sheet: its picture, and where it is. */
class Tile(val scene: Scene, val picture: BufferedImage, val place: Rectangle)

/** The sheet of a part of the app. */
class Sheet(part: Part, variant: Variant) {
    val name = "${part.name}.${variant.name}.png"
    val tiles: List<Tile>
    val picture: BufferedImage

    init {
        // What a phone shows first, then whole pages, then what is wider: each kind begins a row.
        val drawn = part.scenes(variant).map { it to drawn(it, variant) }.sortedBy { (scene, _) -> if (scene.width > PHONE) 2 else if (scene.whole) 1 else 0 }
        val all = mutableListOf<Tile>()
        var y = TITLE
        for ((_, alike) in drawn.groupBy { (scene, _) -> scene.width to scene.whole }) {
            val columns = (WIDTH / (alike.first().first.width + GAP)).coerceAtLeast(1)
            for (row in alike.chunked(columns)) {
                row.forEachIndexed { number, (scene, picture) ->
                    all.add(Tile(scene, picture, Rectangle(GAP + number * (scene.width + GAP), y + CAPTION, picture.width, picture.height)))
                }
                y += CAPTION + row.maxOf { (_, picture) -> picture.height } + GAP
            }
        }
        tiles = all
        picture = BufferedImage(GAP + all.maxOf { it.place.x + it.place.width }, y, BufferedImage.TYPE_INT_RGB)
        val pen = picture.createGraphics()
        pen.color = java.awt.Color(GROUND.toInt())
        pen.fillRect(0, 0, picture.width, y)
        pen.drawImage(words("${part.name}: ${variant.name}", 480, TITLE, 22), GAP, 0, null)
        for (tile in all) {
            pen.drawImage(captions.getOrPut(tile.scene.name) { words(tile.scene.name, 360, CAPTION, 15) }, tile.place.x, tile.place.y - CAPTION, null)
            pen.drawImage(tile.picture, tile.place.x, tile.place.y, null)
        }
        pen.dispose()
    }

    private companion object {
        const val PHONE = 360
        const val WIDTH = 6 * (PHONE + 24)
        const val GAP = 24
        const val TITLE = 56
        const val CAPTION = 32
        const val GROUND = 0xff2b3440

        /** They are the same in all variants. */
        val captions = HashMap<String, BufferedImage>()

        fun words(text: String, width: Int, height: Int, size: Int) = drawn(width, height, 1f) {
            Box(Modifier.fillMaxSize().background(Color(GROUND)), Alignment.CenterStart) {
                Text(text, color = Color.White, fontSize = size.sp, fontWeight = FontWeight.Bold, fontFamily = FAMILIES.getValue(Language.ENGLISH))
            }
        }
    }
}
