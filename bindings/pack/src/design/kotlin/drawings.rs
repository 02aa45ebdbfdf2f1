//! Icons, and the drawing of a vehicle.

use std::fmt::Write as _;

use super::super::Made;
use super::super::core::{SPOTS, name};
use super::super::data::{Design, Icon, Ink};
use super::super::drawing::{Drawing, Step};
use super::super::rules::ICON;
use super::super::word::{number, shouted, wrapped};
use super::file;

/// The icons, what of them is drawn as lines, and what is filled.
pub(super) fn icons(design: &Design) -> Result<[Made; 3], String> {
    let names: Vec<String> = design.icons.icons.names().map(shouted).collect();
    let (size, stroke) = (number(ICON), number(design.icons.stroke));
    let code = format!(
        "\
/** The icons: drawn in black, to be tinted. */
enum class Icon {{
    {};

    val vector: ImageVector by lazy {{
        val drawn = ImageVector.Builder(name, {size}.dp, {size}.dp, {size}f, {size}f)
        drawn.lines(this)
        drawn.areas(this)
        drawn.build()
    }}
}}

internal fun ImageVector.Builder.line(steps: PathBuilder.() -> Unit) {{
    path(
        stroke = SolidColor(Color.Black),
        strokeLineWidth = {stroke}f,
        strokeLineCap = StrokeCap.Round,
        strokeLineJoin = StrokeJoin.Round,
        pathBuilder = steps,
    )
}}

internal fun ImageVector.Builder.area(steps: PathBuilder.() -> Unit) {{
    path(fill = SolidColor(Color.Black), pathBuilder = steps)
}}
",
        wrapped(&names, ", ", ",\n    ")
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
    Ok([
        file("Icon", &imports, &code),
        icon_paths(design, "line", "What of an icon is drawn as lines.", |icon| {
            &icon.strokes
        })?,
        icon_paths(design, "area", "What of an icon is filled.", |icon| &icon.fills)?,
    ])
}

fn icon_paths(
    design: &Design,
    how: &str,
    doc: &str,
    paths: impl Fn(&Icon) -> &Vec<String>,
) -> Result<Made, String> {
    let mut code =
        format!("/** {doc} */\ninternal fun ImageVector.Builder.{how}s(icon: Icon): Unit = when (icon) {{\n");
    let mut all = true;
    for (name, icon) in design.icons.icons.iter() {
        if paths(icon).is_empty() {
            all = false;
            continue;
        }
        let (name, steps) = (shouted(name), steps(paths(icon), 8)?);
        let _ = match steps.lines().collect::<Vec<_>>()[..] {
            [only] => writeln!(code, "    Icon.{name} -> {how} {{ {} }}", only.trim_start()),
            _ => writeln!(code, "    Icon.{name} -> {how} {{\n{steps}    }}"),
        };
    }
    if !all {
        code.push_str("    else -> Unit\n");
    }
    code.push('}');
    let name = if how == "line" { "IconLines" } else { "IconAreas" };
    Ok(file(
        name,
        &["androidx.compose.ui.graphics.vector.ImageVector"],
        &code,
    ))
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

/** A component on the drawing, with a point in it; a line leads from there to where its mark is. */
class MachinePart internal constructor(
    val x: Float,
    val y: Float,
    val markX: Float,
    val markY: Float,
    val outline: List<PathNode>,
)

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
        let steps = steps(std::slice::from_ref(&panel.path), 12)?;
        let ink = shouted(panel.ink.name());
        let _ = writeln!(
            code,
            "        MachinePanel(MachineInk.{ink}, PathData {{\n{steps}        }}),"
        );
    }
    code.push_str("    )\n\n");
    for spot in SPOTS.map(name) {
        if let Some(region) = machine.spots.get(&spot) {
            let places =
                [region.x, region.y, region.mark.x, region.mark.y].map(|place| format!("{}f", number(place)));
            let (places, steps) = (places.join(", "), steps(std::slice::from_ref(&region.path), 8)?);
            let _ = writeln!(
                code,
                "    private val {spot} = MachinePart({places}, PathData {{\n{steps}    }})\n"
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

/// The calls that make some paths.
fn steps(paths: &[String], indent: usize) -> Result<String, String> {
    let mut calls = Vec::new();
    for path in paths {
        calls.extend(Drawing::parse(path)?.steps().map(|step| match step {
            Step::Move(to) => format!("moveTo({})", floats(&[to])),
            Step::Line(to) => format!("lineTo({})", floats(&[to])),
            Step::Curve(one, two, to) => format!("curveTo({})", floats(&[one, two, to])),
            Step::Close => "close()".to_owned(),
        }));
    }
    // A line that begins with a dot goes on with the one before.
    let margin = format!("\n{}    .", " ".repeat(indent));
    Ok(format!(
        "{}{}\n",
        " ".repeat(indent),
        wrapped(&calls, ".", &margin)
    ))
}

fn floats(points: &[kurbo::Point]) -> String {
    let each: Vec<String> = points
        .iter()
        .flat_map(|point| [point.x, point.y])
        .map(|value| format!("{}f", number(value)))
        .collect();
    each.join(", ")
}
