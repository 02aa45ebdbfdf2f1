// Made by `pmi-pack design` from bindings/design: change it there.
package io.pmi.app.design

import androidx.compose.runtime.Immutable
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.TextUnit
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp

/** Between things. */
object Space {
    val xs: Dp = 4.dp
    val s: Dp = 8.dp
    val m: Dp = 16.dp
    val l: Dp = 24.dp
    val xl: Dp = 32.dp
}

/** Of corners. */
object Radius {
    val s: Dp = 8.dp
    val m: Dp = 16.dp
    val l: Dp = 28.dp
}

/** Of what is not text. `touch` is the least of what is touched, `column` the widest a column of text gets. */
object Size {
    val iconSmall: Dp = 18.dp
    val icon: Dp = 24.dp
    val iconLarge: Dp = 56.dp
    val touch: Dp = 48.dp
    val chart: Dp = 56.dp
    val drawing: Dp = 420.dp
    val column: Dp = 640.dp
}

/** How a text is set. Size and line grow with the person's text size. */
@Immutable
class TypeStyle internal constructor(val size: TextUnit, val line: TextUnit, val weight: FontWeight)

/** How texts are set. */
object TypeScale {
    val title: TypeStyle = TypeStyle(24.sp, 32.sp, FontWeight(700))
    val heading: TypeStyle = TypeStyle(18.sp, 26.sp, FontWeight(600))
    val body: TypeStyle = TypeStyle(16.sp, 24.sp, FontWeight(400))
    val label: TypeStyle = TypeStyle(14.sp, 20.sp, FontWeight(600))
    val note: TypeStyle = TypeStyle(13.sp, 18.sp, FontWeight(400))
    val number: TypeStyle = TypeStyle(32.sp, 40.sp, FontWeight(700))
}
