//! Icons, and the drawing of a vehicle.

use std::fmt::Write as _;

use super::super::Made;
use super::super::core::{SPOTS, name};
use super::super::data::{Design, Icon, Ink};
use super::super::drawing::{Drawing, Step};
use super::super::rules::ICON;
use super::super::word::{number, wrapped};
use super::{case, file};

/// The icons, what of them is drawn as lines, and what is filled.
pub(super) fn icons(design: &Design) -> Result<[Made; 3], String> {
    let names: Vec<String> = design.icons.icons.names().map(case).collect();
    let code = format!(
        "\
/// A step of a path.
public enum PathStep: Sendable, Hashable {{
    case move(Double, Double)
    case line(Double, Double)
    /// Two points that it is drawn to, and where it ends.
    case curve(Double, Double, Double, Double, Double, Double)
    case close
}}

/// An icon, in units of which it is `size` wide and high.
public enum Icon: String, CaseIterable, Sendable {{
    case {}

    /// How wide and high it is.
    public static let size: Double = {}
    /// How thick its lines are, with round ends and corners.
    public static let lineWidth: Double = {}
}}
",
        wrapped(&names, ", ", ",\n        "),
        number(ICON),
        number(design.icons.stroke),
    );
    Ok([
        file("Icon", &[], &code),
        icon_paths(design, "lines", "What is drawn as lines.", |icon| &icon.strokes)?,
        icon_paths(design, "areas", "What is filled.", |icon| &icon.fills)?,
    ])
}

fn icon_paths(
    design: &Design,
    how: &str,
    doc: &str,
    paths: impl Fn(&Icon) -> &Vec<String>,
) -> Result<Made, String> {
    let mut code = format!(
        "extension Icon {{\n    /// {doc}\n    public var {how}: [PathStep] {{\n        switch self {{\n"
    );
    let mut all = true;
    for (name, icon) in design.icons.icons.iter() {
        if paths(icon).is_empty() {
            all = false;
            continue;
        }
        let steps = steps(paths(icon), 16)?;
        let _ = match steps.lines().collect::<Vec<_>>()[..] {
            [only] => writeln!(code, "        case .{name}: [{}]", only.trim()),
            _ => writeln!(code, "        case .{name}:\n            [\n{steps}            ]"),
        };
    }
    if !all {
        code.push_str("        default: []\n");
    }
    code.push_str("        }\n    }\n}\n");
    let name = if how == "lines" { "IconLines" } else { "IconAreas" };
    Ok(file(name, &[], &code))
}

pub(super) fn machine(design: &Design) -> Result<Made, String> {
    let machine = &design.machine;
    let inks = Ink::ALL.map(|(_, ink)| ink).join(", ");
    let mut code = format!(
        "\
/// What a part of the drawing of a vehicle is drawn in.
public enum MachineInk: CaseIterable, Sendable {{
    case {inks}
}}

/// A part of the drawing that stands for no component.
public struct MachinePanel: Sendable {{
    public let ink: MachineInk
    public let outline: [PathStep]
}}

/// A component on the drawing, with a point in it; a line leads from there to where its mark is.
public struct MachinePart: Sendable {{
    public let x: Double
    public let y: Double
    public let markX: Double
    public let markY: Double
    public let outline: [PathStep]
}}

/// A vehicle from its side, in units of its own: `width` by `height`.
public enum Machine {{
    public static let width: Double = {}
    public static let height: Double = {}

    /// Drawn first, in this order.
    public static let body: [MachinePanel] = [
",
        number(machine.width),
        number(machine.height)
    );
    for panel in &machine.body {
        let steps = steps(std::slice::from_ref(&panel.path), 16)?;
        let _ = writeln!(
            code,
            "        MachinePanel(\n            ink: .{},\n            outline: [\n{steps}            ]),",
            panel.ink.name()
        );
    }
    code.push_str("    ]\n\n");
    for spot in SPOTS.map(name) {
        if let Some(region) = machine.spots.get(&spot) {
            let (x, y) = (number(region.x), number(region.y));
            let mark = region.mark;
            let (mark_x, mark_y) = (number(mark.x), number(mark.y));
            let steps = steps(std::slice::from_ref(&region.path), 12)?;
            let _ = writeln!(
                code,
                "    private static let {spot} = MachinePart(\n        x: {x}, y: {y}, markX: {mark_x}, markY: {mark_y},\n        outline: [\n{steps}        ])\n"
            );
        }
    }
    code.push_str("    /// Where a component is; `nil` for one that has no place on the drawing.\n");
    code.push_str(
        "    public static func spot(_ spot: ComponentSpot) -> MachinePart? {\n        switch spot {\n",
    );
    for spot in SPOTS.map(name) {
        let _ = writeln!(code, "        case .{spot}: {spot}");
    }
    code.push_str("        case .elsewhere: nil\n        }\n    }\n}\n");
    Ok(file("Machine", &["Pmi"], &code))
}

/// The steps of some paths, in lines.
fn steps(paths: &[String], indent: usize) -> Result<String, String> {
    let mut cases = Vec::new();
    for path in paths {
        cases.extend(Drawing::parse(path)?.steps().map(|step| match step {
            Step::Move(to) => format!(".move({}),", numbers(&[to])),
            Step::Line(to) => format!(".line({}),", numbers(&[to])),
            Step::Curve(one, two, to) => format!(".curve({}),", numbers(&[one, two, to])),
            Step::Close => ".close,".to_owned(),
        }));
    }
    let margin = " ".repeat(indent);
    Ok(format!(
        "{margin}{}\n",
        wrapped(&cases, " ", &format!("\n{margin}"))
    ))
}

fn numbers(points: &[kurbo::Point]) -> String {
    let each: Vec<String> = points
        .iter()
        .flat_map(|point| [point.x, point.y])
        .map(number)
        .collect();
    each.join(", ")
}
