// Made by `pmi-pack design` from bindings/design: change it there.
package io.pmi.app.design

import androidx.compose.runtime.Immutable
import androidx.compose.ui.graphics.Color
import io.pmi.core.Tone

/** The colours of the app, each with a purpose. */
@Immutable
class Palette private constructor(
    /** Behind everything. */
    val background: Color,
    /** A card. */
    val surface: Color,
    /** What lies on a card: a field, a chip, a bar. */
    val surfaceRaised: Color,
    /** A thin line between things. */
    val outline: Color,
    /** The edge of what can be touched: a field, a chip. */
    val outlineStrong: Color,
    /** What is read first. */
    val text: Color,
    /** What is read second. */
    val textQuiet: Color,
    /** What can be pressed, and what is chosen. */
    val accent: Color,
    /** On the accent. */
    val onAccent: Color,
    /** Behind what is chosen. */
    val accentSoft: Color,
    /** Neither good nor bad. */
    val neutral: Color,
    /** Behind what is neither. */
    val neutralSoft: Color,
    /** All is well. */
    val good: Color,
    /** Behind what is well. */
    val goodSoft: Color,
    /** To be looked at. */
    val warning: Color,
    /** Behind what is to be looked at. */
    val warningSoft: Color,
    /** Something is to be done now. */
    val critical: Color,
    /** Behind what is to be done now. */
    val criticalSoft: Color,
    /** On the colour of what is critical: a button that destroys. */
    val onCritical: Color,
    /** What stands for what is still to be loaded. */
    val skeleton: Color,
    /** Over what is not to be touched now. */
    val scrim: Color,
    /** The drawing of a vehicle: its sheet metal. */
    val machineBody: Color,
    /** The drawing of a vehicle: sheet metal in the shade. */
    val machineShade: Color,
    /** The drawing of a vehicle: its windows. */
    val machineGlass: Color,
    /** The drawing of a vehicle: its tyres. */
    val machineTyre: Color,
    /** The drawing of a vehicle: its rims. */
    val machineRim: Color,
    /** The drawing of a vehicle: seams and edges. */
    val machineLine: Color,
) {
    companion object {
        val light: Palette = Palette(
            background = Color(0xFFF4F6FA),
            surface = Color(0xFFFFFFFF),
            surfaceRaised = Color(0xFFEDF1F7),
            outline = Color(0xFFD3DBE6),
            outlineStrong = Color(0xFF6F7D8F),
            text = Color(0xFF131D2A),
            textQuiet = Color(0xFF526073),
            accent = Color(0xFF1D5CB8),
            onAccent = Color(0xFFFFFFFF),
            accentSoft = Color(0xFFDEE9FB),
            neutral = Color(0xFF526073),
            neutralSoft = Color(0xFFE7ECF3),
            good = Color(0xFF166B3D),
            goodSoft = Color(0xFFDCF2E4),
            warning = Color(0xFF835400),
            warningSoft = Color(0xFFFCEFD3),
            critical = Color(0xFFAE2119),
            criticalSoft = Color(0xFFFBE3E0),
            onCritical = Color(0xFFFFFFFF),
            skeleton = Color(0xFFE3E9F1),
            scrim = Color(0x66101820),
            machineBody = Color(0xFFDCE4EF),
            machineShade = Color(0xFFC6D2E1),
            machineGlass = Color(0xFFF3F8FE),
            machineTyre = Color(0xFF46536A),
            machineRim = Color(0xFFB4C1D2),
            machineLine = Color(0xFF93A3B8),
        )

        val dark: Palette = Palette(
            background = Color(0xFF0E141B),
            surface = Color(0xFF17202B),
            surfaceRaised = Color(0xFF212C39),
            outline = Color(0xFF364455),
            outlineStrong = Color(0xFF8494A7),
            text = Color(0xFFE9EFF6),
            textQuiet = Color(0xFFA9B6C6),
            accent = Color(0xFF93BBFF),
            onAccent = Color(0xFF06244B),
            accentSoft = Color(0xFF1C3459),
            neutral = Color(0xFFA9B6C6),
            neutralSoft = Color(0xFF263240),
            good = Color(0xFF74D6A0),
            goodSoft = Color(0xFF14372A),
            warning = Color(0xFFF3C463),
            warningSoft = Color(0xFF3C2F12),
            critical = Color(0xFFFFA299),
            criticalSoft = Color(0xFF4A211E),
            onCritical = Color(0xFF490B07),
            skeleton = Color(0xFF263240),
            scrim = Color(0x99000000),
            machineBody = Color(0xFF2C3A4A),
            machineShade = Color(0xFF23303E),
            machineGlass = Color(0xFF3F536A),
            machineTyre = Color(0xFF0A1017),
            machineRim = Color(0xFF56687D),
            machineLine = Color(0xFF627589),
        )
    }
}

/** What something of this tone is written and drawn in. */
fun Palette.of(tone: Tone): Color = when (tone) {
    Tone.NEUTRAL -> neutral
    Tone.GOOD -> good
    Tone.WARNING -> warning
    Tone.CRITICAL -> critical
}

/** What lies behind something of this tone. */
fun Palette.softOf(tone: Tone): Color = when (tone) {
    Tone.NEUTRAL -> neutralSoft
    Tone.GOOD -> goodSoft
    Tone.WARNING -> warningSoft
    Tone.CRITICAL -> criticalSoft
}

/** What a part of the drawing of a vehicle is drawn in. */
fun Palette.of(ink: MachineInk): Color = when (ink) {
    MachineInk.BODY -> machineBody
    MachineInk.SHADE -> machineShade
    MachineInk.GLASS -> machineGlass
    MachineInk.TYRE -> machineTyre
    MachineInk.RIM -> machineRim
    MachineInk.LINE -> machineLine
}
