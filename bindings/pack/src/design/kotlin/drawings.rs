//! Icons, and the drawing of a vehicle.

use std::fmt::Write as _;

use super::super::Made;
use super::super::core::{SPOTS, name};
use super::super::data::{Design, Ink};
use super::super::drawing::{Drawing, Step};
use super::super::rules::ICON;
use super::super::word::{number, shouted};
use super::file;

/// How long a line of a path gets.
const WIDTH: usize = 120;

pub(super) fn icons(design: &Design) -> Result<Made, String> {
    let mut code = String::from(
        "\
/** The icons: drawn in black, to be tinted. */
enum class Icon(private val drawn: ImageVector.Builder.() -> Unit) {
",
    );
    let count = design.icons.icons.iter().count();
    for (index, (name, icon)) in design.icons.icons.iter().enumerate() {
        let _ = writeln!(code, "    {}({{", shouted(name));
        for (how, paths) in [("stroke", &icon.strokes), ("fill", &icon.fills)] {
            if !paths.is_empty() {
                let steps = paths
                    .iter()
                    .map(|path| steps(path, 12))
                    .collect::<Result<Vec<_>, _>>()?;
                let _ = writeln!(code, "        {how} {{\n{}        }}", steps.concat());
            }
        }
        let _ = writeln!(code, "    }}){}", if index + 1 == count { ";" } else { "," });
    }
    let (size, stroke) = (number(ICON), number(design.icons.stroke));
    let _ = write!(
        code,
        "
    val vector: ImageVector by lazy {{
        ImageVector.Builder(name, {size}.dp, {size}.dp, {size}f, {size}f).apply(drawn).build()
    }}
}}

private fun ImageVector.Builder.stroke(steps: PathBuilder.() -> Unit) {{
    path(
        stroke = SolidColor(Color.Black),
        strokeLineWidth = {stroke}f,
        strokeLineCap = StrokeCap.Round,
        strokeLineJoin = StrokeJoin.Round,
        pathBuilder = steps,
    )
}}

private fun ImageVector.Builder.fill(steps: PathBuilder.() -> Unit) {{
    path(fill = SolidColor(Color.Black), pathBuilder = steps)
}}
"
    );
    let graphics = [
        "Color",
        "SolidColor",
        "StrokeCap",
        "StrokeJoin",
        "vector.ImageVector",
        "vector.PathBuilder",
        "vector.path",
    ]
    .map(|name| format!("androidx.compose.ui.graphics.{name}"));
    let mut imports: Vec<&str> = graphics.iter().map(String::as_str).collect();
    imports.push("androidx.compose.ui.unit.dp");
    Ok(file("Icon", &imports, &code))
}

pub(super) fn machine(design: &Design) -> Result<Made, String> {
    let machine = &design.machine;
    let inks = Ink::ALL.map(|(_, ink)| shouted(ink)).join(", ");
    let mut code = format!(
        "\
/** What a part of the drawing of a vehicle is drawn in. */
enum class MachineInk {{ {inks} }}

/** A part of the drawing that stands for no component. */
class MachinePanel internal constructor(val ink: MachineInk, val outline: List<PathNode>)

/** A component on the drawing, with a point in it. */
class MachinePart internal constructor(val x: Float, val y: Float, val outline: List<PathNode>)

/** A vehicle from its side, in units of its own: `width` by `height`. */
object Machine {{
    const val width: Float = {}f
    const val height: Float = {}f

    /** Drawn first, in this order. */
    val body: List<MachinePanel> = listOf(
",
        number(machine.width),
        number(machine.height)
    );
    for panel in &machine.body {
        let steps = steps(&panel.path, 12)?;
        let ink = shouted(panel.ink.name());
        let _ = writeln!(
            code,
            "        MachinePanel(MachineInk.{ink}, PathData {{\n{steps}        }}),"
        );
    }
    code.push_str("    )\n\n");
    for spot in SPOTS.map(name) {
        if let Some(region) = machine.spots.get(&spot) {
            let (x, y) = (number(region.x), number(region.y));
            let steps = steps(&region.path, 8)?;
            let _ = writeln!(
                code,
                "    private val {spot} = MachinePart({x}f, {y}f, PathData {{\n{steps}    }})\n"
            );
        }
    }
    code.push_str("    /** Where a component is; `null` for one that has no place on the drawing. */\n");
    code.push_str("    fun spot(spot: ComponentSpot): MachinePart? = when (spot) {\n");
    for spot in SPOTS.map(name) {
        let _ = writeln!(code, "        ComponentSpot.{} -> {spot}", shouted(&spot));
    }
    code.push_str("        ComponentSpot.ELSEWHERE -> null\n    }\n}\n");
    let imports = [
        "androidx.compose.ui.graphics.vector.PathData",
        "androidx.compose.ui.graphics.vector.PathNode",
        "io.pmi.core.ComponentSpot",
    ];
    Ok(file("Machine", &imports, &code))
}

/// The calls that make a path, in lines of their own.
fn steps(path: &str, indent: usize) -> Result<String, String> {
    let mut text = String::new();
    let margin = " ".repeat(indent);
    let mut line = String::new();
    for step in Drawing::parse(path)?.steps() {
        let call = match step {
            Step::Move(to) => format!("moveTo({})", floats(&[to])),
            Step::Line(to) => format!("lineTo({})", floats(&[to])),
            Step::Curve(one, two, to) => format!("curveTo({})", floats(&[one, two, to])),
            Step::Close => "close()".to_owned(),
        };
        let begins = matches!(step, Step::Move(_));
        if !line.is_empty() && (begins || indent + line.len() + call.len() + 1 > WIDTH) {
            let _ = writeln!(text, "{margin}{line}");
            line.clear();
        }
        if !line.is_empty() {
            line.push('.');
        }
        line.push_str(&call);
    }
    let _ = writeln!(text, "{margin}{line}");
    Ok(text)
}

fn floats(points: &[kurbo::Point]) -> String {
    let each: Vec<String> = points
        .iter()
        .flat_map(|point| [point.x, point.y])
        .map(|value| format!("{}f", number(value)))
        .collect();
    each.join(", ")
}
