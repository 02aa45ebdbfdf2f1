//! Colours, spacing and type.

use std::fmt::Write as _;

use super::super::Made;
use super::super::colour::Colour;
use super::super::data::{Design, Ink};
use super::super::rules::{COLOURS, machine_role};
use super::super::word::{number, shouted};
use super::file;

pub(super) fn palette(design: &Design) -> Result<Made, String> {
    let role = |name: &&'static str| Some((*name, design.tokens.colours.get(name)?));
    let roles = || COLOURS.iter().filter_map(role);
    let mut code = String::from(
        "\
/** The colours of the app, each with a purpose. */
@Immutable
class Palette private constructor(
",
    );
    for (name, role) in roles() {
        let _ = writeln!(code, "    /** {} */\n    val {name}: Color,", role.doc);
    }
    code.push_str(") {\n    companion object {\n");
    for (mode, is_light) in [("light", true), ("dark", false)] {
        let _ = writeln!(code, "        val {mode}: Palette = Palette(");
        for (name, role) in roles() {
            let colour = Colour::parse(if is_light { &role.light } else { &role.dark })?;
            let _ = writeln!(code, "            {name} = Color({}),", colour.hex());
        }
        code.push_str(if is_light { "        )\n\n" } else { "        )\n" });
    }
    code.push_str(
        "    }
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
",
    );
    for (_, ink) in Ink::ALL {
        let _ = writeln!(code, "    MachineInk.{} -> {}", shouted(ink), machine_role(ink));
    }
    code.push('}');
    let imports = [
        "androidx.compose.runtime.Immutable",
        "androidx.compose.ui.graphics.Color",
        "io.pmi.core.Tone",
    ];
    Ok(file("Palette", &imports, &code))
}

pub(super) fn sizes(design: &Design) -> Made {
    let tokens = &design.tokens;
    let mut code = String::new();
    for (object, doc, values) in [
        ("Space", "Between things.", &tokens.space),
        ("Radius", "Of corners.", &tokens.radius),
        (
            "Size",
            "Of what is not text. `touch` is the least of what is touched, `column` the widest a column of text gets.",
            &tokens.size,
        ),
    ] {
        let _ = writeln!(code, "/** {doc} */\nobject {object} {{");
        for (name, value) in values.iter() {
            let _ = writeln!(code, "    val {name}: Dp = {}.dp", number(*value));
        }
        code.push_str("}\n\n");
    }
    code.push_str(
        "\
/** How a text is set. Size and line grow with the person's text size. */
@Immutable
class TypeStyle internal constructor(val size: TextUnit, val line: TextUnit, val weight: FontWeight)

/** How texts are set. */
object TypeScale {
",
    );
    for (name, text) in tokens.texts.iter() {
        let (size, line, weight) = (number(text.size), number(text.line), text.weight);
        let style = format!("TypeStyle({size}.sp, {line}.sp, FontWeight({weight}))");
        let _ = writeln!(code, "    val {name}: TypeStyle = {style}");
    }
    code.push('}');
    let imports = [
        "androidx.compose.runtime.Immutable",
        "androidx.compose.ui.text.font.FontWeight",
        "androidx.compose.ui.unit.Dp",
        "androidx.compose.ui.unit.TextUnit",
        "androidx.compose.ui.unit.dp",
        "androidx.compose.ui.unit.sp",
    ];
    file("Sizes", &imports, &code)
}
