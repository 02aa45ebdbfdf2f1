//! Colours, spacing and type, and what makes SwiftUI's own of a path.

use std::fmt::Write as _;

use super::super::Made;
use super::super::colour::Colour;
use super::super::data::{Design, Ink};
use super::super::rules::{COLOURS, machine_role};
use super::super::word::number;
use super::file;

pub(super) fn palette(design: &Design) -> Result<Made, String> {
    let roles = || {
        COLOURS
            .iter()
            .filter_map(|name| Some((*name, design.tokens.colours.get(name)?)))
    };
    let mut code = String::from(
        "\
/// A colour in sRGB; each part is 0 to 1.
public struct Tint: Sendable, Hashable {
    public let red: Double
    public let green: Double
    public let blue: Double
    public let alpha: Double

    init(_ argb: UInt32) {
        func part(_ shift: UInt32) -> Double { Double(argb >> shift & 0xFF) / 255 }
        (alpha, red, green, blue) = (part(24), part(16), part(8), part(0))
    }
}

/// The colours of the app, each with a purpose.
public struct Palette: Sendable, Hashable {
",
    );
    for (name, role) in roles() {
        let _ = writeln!(code, "    /// {}\n    public let {name}: Tint", role.doc);
    }
    for (mode, is_light) in [("light", true), ("dark", false)] {
        let mut each = Vec::new();
        for (name, role) in roles() {
            let colour = Colour::parse(if is_light { &role.light } else { &role.dark })?;
            each.push(format!("        {name}: Tint({})", colour.hex()));
        }
        let _ = writeln!(
            code,
            "\n    public static let {mode} = Palette(\n{})",
            each.join(",\n")
        );
    }
    code.push_str(
        "
    /// What something of this tone is written and drawn in.
    public func of(_ tone: Tone) -> Tint {
        switch tone {
        case .neutral: neutral
        case .good: good
        case .warning: warning
        case .critical: critical
        }
    }

    /// What lies behind something of this tone.
    public func softOf(_ tone: Tone) -> Tint {
        switch tone {
        case .neutral: neutralSoft
        case .good: goodSoft
        case .warning: warningSoft
        case .critical: criticalSoft
        }
    }

    /// What a part of the drawing of a vehicle is drawn in.
    public func of(_ ink: MachineInk) -> Tint {
        switch ink {
",
    );
    for (_, ink) in Ink::ALL {
        let _ = writeln!(code, "        case .{ink}: {}", machine_role(ink));
    }
    code.push_str("        }\n    }\n}\n");
    Ok(file("Palette", &["Pmi"], &code))
}

pub(super) fn sizes(design: &Design) -> Made {
    let tokens = &design.tokens;
    let mut code = String::new();
    for (object, doc, values) in [
        ("Space", "Between things, in points.", &tokens.space),
        ("Radius", "Of corners, in points.", &tokens.radius),
        (
            "Size",
            "Of what is not text, in points. `touch` is the least of what is touched, `column` the widest a column of text gets.",
            &tokens.size,
        ),
    ] {
        let _ = writeln!(code, "/// {doc}\npublic enum {object} {{");
        for (name, value) in values.iter() {
            let _ = writeln!(code, "    public static let {name}: Double = {}", number(*value));
        }
        code.push_str("}\n\n");
    }
    code.push_str(
        "\
/// How a text is set, at a text size of 100 %.
public struct TypeStyle: Sendable, Hashable {
    /// In points.
    public let size: Double
    /// From one line to the next, in points.
    public let line: Double
    /// 100 to 900.
    public let weight: Int
}

/// How texts are set. Sizes and lines grow with the person's text size.
public enum TypeScale {
",
    );
    for (name, text) in tokens.texts.iter() {
        let (size, line, weight) = (number(text.size), number(text.line), text.weight);
        let _ = writeln!(
            code,
            "    public static let {name} = TypeStyle(size: {size}, line: {line}, weight: {weight})"
        );
    }
    code.push('}');
    file("Sizes", &[], &code)
}

/// What makes SwiftUI's own of a path. Colours are the views' to make: they follow the system's light and dark.
pub(super) fn bridge() -> Made {
    let code = "\
#if canImport(SwiftUI)
    import SwiftUI

    extension Path {
        /// A path of the design's, so many times as large.
        public init(_ steps: [PathStep], scale: Double) {
            self.init()
            func at(_ x: Double, _ y: Double) -> CGPoint { CGPoint(x: x * scale, y: y * scale) }
            for step in steps {
                switch step {
                case .move(let x, let y): move(to: at(x, y))
                case .line(let x, let y): addLine(to: at(x, y))
                case .curve(let x1, let y1, let x2, let y2, let x, let y):
                    addCurve(to: at(x, y), control1: at(x1, y1), control2: at(x2, y2))
                case .close: closeSubpath()
                }
            }
        }
    }
#endif
";
    file("SwiftUIBridge", &[], code)
}
