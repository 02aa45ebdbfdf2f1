// Made by `pmi-pack design` from bindings/design: change it there.
package io.pmi.app.design

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.graphics.vector.PathBuilder
import androidx.compose.ui.graphics.vector.path
import androidx.compose.ui.unit.dp

/** The icons: drawn in black, to be tinted. */
enum class Icon {
    BACK, FORWARD, CLOSE, PLUS, CHECK, EDIT, TRASH, SHARE, DOWNLOAD, SEND, REFRESH, OFFLINE, WAITING, GLOBE, WARNING, CRITICAL, GOOD,
    NEUTRAL, UNKNOWN, INFO, GARAGE, CAR, CALENDAR, CALENDAR_PLUS, CLOCK, HISTORY, BELL, PERSON, MAIL, PHONE, MESSAGE, LOCK, KEY, EYE,
    EYE_OFF, SIGN_IN, SIGN_OUT, PHOTO, CAMERA, LOCATION, WRENCH, NOTES, GAUGE, PULSE, SERVER, PLAY, ENGINE, TRANSMISSION, BRAKES, BATTERY,
    COOLING, OIL, SUSPENSION, TYRES, EXHAUST, FUEL;

    val vector: ImageVector by lazy {
        val drawn = ImageVector.Builder(name, 24.dp, 24.dp, 24f, 24f)
        drawn.lines(this)
        drawn.areas(this)
        drawn.build()
    }
}

internal fun ImageVector.Builder.line(steps: PathBuilder.() -> Unit) {
    path(
        stroke = SolidColor(Color.Black),
        strokeLineWidth = 1.75f,
        strokeLineCap = StrokeCap.Round,
        strokeLineJoin = StrokeJoin.Round,
        pathBuilder = steps,
    )
}

internal fun ImageVector.Builder.area(steps: PathBuilder.() -> Unit) {
    path(fill = SolidColor(Color.Black), pathBuilder = steps)
}
