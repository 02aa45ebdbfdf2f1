//! What SwiftUI draws with. Everything but the last file compiles without SwiftUI, on Linux too.

use std::fmt::Write as _;

use pmi_core::screens::TextKey;

use super::catalogue::{counted_name, label_name, text_name, unit_name};
use super::core::{UNITS, name};
use super::data::{Design, Form};
use super::word::{camel, quoted};
use super::{MADE, Made};

mod drawings;
mod looks;

/// Where it goes, from the repository's root.
pub(super) const FOLDER: &str = "ios/Sources/PmiDesign";

/// The files.
pub(super) fn files(design: &Design) -> Result<Vec<Made>, String> {
    Ok(vec![
        labels(design),
        texts(),
        looks::palette(design)?,
        looks::sizes(design),
        drawings::icons(design)?,
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

/// The shells' own texts, by their names in the String Catalog.
fn labels(design: &Design) -> Made {
    let mut code = String::from(
        "/// The shells' own texts, by their names in the String Catalog; those of the core are `TextKey`s.\npublic enum Label: String, CaseIterable, Sendable {\n",
    );
    for (name, said) in design.labels.labels.iter() {
        let _ = writeln!(
            code,
            "    /// {}\n    case {} = {}",
            said.en,
            case(name),
            string(&label_name(name))
        );
    }
    code.push_str(
        "\n    /// Its name in the String Catalog.\n    public var catalogueName: String { rawValue }\n}\n",
    );
    code.push_str("\n/// One of the shells' own texts that changes with its number: a format of the String Catalog with an `Int` in it.\npublic enum Counted: String, CaseIterable, Sendable {\n");
    for (name, said) in design.labels.counted.iter() {
        let _ = writeln!(
            code,
            "    /// {}\n    case {} = {}",
            said.en.other,
            case(name),
            string(&counted_name(name))
        );
    }
    code.push_str(
        "\n    /// Its name in the String Catalog.\n    public var catalogueName: String { rawValue }\n}\n",
    );
    code.push_str("\nextension PmiUnit {\n    /// The name of its pattern in the String Catalog.\n    public var catalogueName: String {\n        switch self {\n");
    for unit in UNITS.map(name) {
        let _ = writeln!(code, "        case .{unit}: {}", string(&unit_name(&unit)));
    }
    code.push_str("        }\n    }\n\n    /// Whether its pattern is a format with an `Int` in it, because its words change with the number.\n    public var isCounted: Bool {\n        switch self {\n");
    let counted: Vec<String> = UNITS
        .map(name)
        .into_iter()
        .filter(|unit| {
            let said = design.labels.units.get(unit);
            said.is_some_and(|said| {
                matches!(said.en, Form::Counted(_)) || matches!(said.hi, Form::Counted(_))
            })
        })
        .map(|unit| format!(".{unit}"))
        .collect();
    let _ = writeln!(
        code,
        "        case {}: true\n        default: false\n        }}\n    }}\n}}",
        counted.join(", ")
    );
    file("Label", &["Pmi"], &code)
}

fn texts() -> Made {
    let mut code = String::from(
        "extension TextKey {\n    /// Its name in the String Catalog.\n    public var catalogueName: String {\n        switch self {\n",
    );
    for key in TextKey::ALL {
        let _ = writeln!(
            code,
            "        case .{}: {}",
            camel(&format!("{key:?}")),
            string(&text_name(*key))
        );
    }
    code.push_str("        }\n    }\n}\n");
    file("Texts", &["Pmi"], &code)
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
