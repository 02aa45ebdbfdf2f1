// The look: the tokens as Material has them.

package io.pmi.app.ui.look

import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Shapes
import androidx.compose.material3.Typography
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.ProvidableCompositionLocal
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontFamily
import io.pmi.app.design.Palette
import io.pmi.app.design.Radius
import io.pmi.app.design.TypeScale
import io.pmi.app.design.TypeStyle

/** The colours that are drawn with. */
val LocalPalette: ProvidableCompositionLocal<Palette> = staticCompositionLocalOf { Palette.light }

/** How the app looks. */
enum class Appearance {
    /** As the device is set. */
    SYSTEM,

    /** Light. */
    LIGHT,

    /** Dark. */
    DARK,
}

/** Text styles of the tokens. */
class Type(family: FontFamily?) {
    val title = TypeScale.title.style(family)
    val heading = TypeScale.heading.style(family)
    val body = TypeScale.body.style(family)
    val label = TypeScale.label.style(family)
    val note = TypeScale.note.style(family)
    val number = TypeScale.number.style(family)

    private fun TypeStyle.style(family: FontFamily?) =
        TextStyle(fontSize = size, lineHeight = line, fontWeight = weight, fontFamily = family)
}

val LocalType: ProvidableCompositionLocal<Type> = staticCompositionLocalOf { Type(null) }

/** Draws in this look. [family] is the device's own by default. */
@Composable
fun Look(appearance: Appearance, family: FontFamily? = null, content: @Composable () -> Unit) {
    val dark = when (appearance) {
        Appearance.SYSTEM -> isSystemInDarkTheme()
        Appearance.LIGHT -> false
        Appearance.DARK -> true
    }
    val palette = if (dark) Palette.dark else Palette.light
    val type = Type(family)
    MaterialTheme(colours(palette, dark), shapes, typography(type)) {
        CompositionLocalProvider(
            LocalPalette provides palette,
            LocalType provides type,
            LocalContentColor provides palette.text,
            content = content,
        )
    }
}

private fun colours(palette: Palette, dark: Boolean) = (if (dark) darkColorScheme() else lightColorScheme()).copy(
    primary = palette.accent,
    onPrimary = palette.onAccent,
    primaryContainer = palette.accentSoft,
    onPrimaryContainer = palette.text,
    secondary = palette.accent,
    onSecondary = palette.onAccent,
    secondaryContainer = palette.accentSoft,
    onSecondaryContainer = palette.text,
    tertiary = palette.accent,
    onTertiary = palette.onAccent,
    background = palette.background,
    onBackground = palette.text,
    surface = palette.background,
    onSurface = palette.text,
    surfaceVariant = palette.surfaceRaised,
    onSurfaceVariant = palette.textQuiet,
    surfaceContainerLowest = palette.surface,
    surfaceContainerLow = palette.surface,
    surfaceContainer = palette.surface,
    surfaceContainerHigh = palette.surface,
    surfaceContainerHighest = palette.surfaceRaised,
    outline = palette.outlineStrong,
    outlineVariant = palette.outline,
    error = palette.critical,
    onError = palette.onCritical,
    errorContainer = palette.criticalSoft,
    onErrorContainer = palette.critical,
    scrim = palette.scrim,
)

private val shapes = Shapes(
    extraSmall = RoundedCornerShape(Radius.s),
    small = RoundedCornerShape(Radius.s),
    medium = RoundedCornerShape(Radius.m),
    large = RoundedCornerShape(Radius.m),
    extraLarge = RoundedCornerShape(Radius.l),
)

private fun typography(type: Type) = Typography(
    displayLarge = type.number,
    displayMedium = type.number,
    displaySmall = type.number,
    headlineLarge = type.title,
    headlineMedium = type.title,
    headlineSmall = type.title,
    titleLarge = type.title,
    titleMedium = type.heading,
    titleSmall = type.label,
    bodyLarge = type.body,
    bodyMedium = type.body,
    bodySmall = type.note,
    labelLarge = type.label,
    labelMedium = type.label,
    labelSmall = type.note,
)
