//! What SwiftUI draws with. Everything but the last file compiles without SwiftUI, on Linux too.

use std::fmt::Write as _;

use super::data::Design;
use super::word::quoted;
use super::{MADE, Made};

mod drawings;
mod looks;
mod texts;

/// Where it goes, from the repository's root.
pub(super) const FOLDER: &str = "ios/Sources/PmiDesign";

/// The files.
pub(super) fn files(design: &Design) -> Result<Vec<Made>, String> {
    let [icon, lines, areas] = drawings::icons(design)?;
    Ok(vec![
        texts::labels(design),
        texts::counted(design),
        texts::texts(),
        looks::palette(design)?,
        looks::sizes(design),
        icon,
        lines,
        areas,
        drawings::machine(design)?,
        looks::bridge(),
    ])
}

/// A file of this name.
fn file(name: &str, imports: &[&str], code: &str) -> Made {
    let mut text = format!("// {MADE}\n\n");
    for import in imports {
        let _ = writeln!(text, "import {import}");
    }
    if !imports.is_empty() {
        text.push('\n');
    }
    text.push_str(code.trim_end());
    text.push('\n');
    Made {
        path: [FOLDER, &format!("{name}.swift")].iter().collect(),
        text,
    }
}

/// A string of Swift's.
fn string(text: &str) -> String {
    quoted(text, &['"', '\\'])
}

/// The name of a case: Swift's own words are quoted.
fn case(name: &str) -> String {
    match name {
        "default" | "continue" | "repeat" | "return" | "in" | "is" | "as" | "case" | "import" | "init" => {
            format!("`{name}`")
        }
        _ => name.to_owned(),
    }
}
