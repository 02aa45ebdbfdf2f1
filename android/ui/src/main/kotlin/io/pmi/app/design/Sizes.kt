// Made by `pmi-pack design` from bindings/design: change it there.
package io.pmi.app.design

import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.Dp
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
    val chart: Dp = 72.dp
    val column: Dp = 640.dp
}

/** How texts are set. Sizes and lines grow with the person's text size. */
object TypeScale {
    val title: TextStyle = TextStyle(fontSize = 24.sp, lineHeight = 32.sp, fontWeight = FontWeight(700))
    val heading: TextStyle = TextStyle(fontSize = 18.sp, lineHeight = 26.sp, fontWeight = FontWeight(600))
    val body: TextStyle = TextStyle(fontSize = 16.sp, lineHeight = 24.sp, fontWeight = FontWeight(400))
    val label: TextStyle = TextStyle(fontSize = 14.sp, lineHeight = 20.sp, fontWeight = FontWeight(600))
    val note: TextStyle = TextStyle(fontSize = 13.sp, lineHeight = 18.sp, fontWeight = FontWeight(400))
    val number: TextStyle = TextStyle(fontSize = 32.sp, lineHeight = 40.sp, fontWeight = FontWeight(700))
}
