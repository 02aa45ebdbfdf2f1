//! Texts, by their names in the String Catalog, which has the sentences.

use std::fmt::Write as _;

use pmi_core::screens::TextKey;

use super::super::Made;
use super::super::catalogue::{counted_name, label_name, text_name, unit_name};
use super::super::core::{UNITS, name};
use super::super::data::{Design, Form};
use super::super::word::camel;
use super::{case, file, string};

/// The shells' own texts.
pub(super) fn labels(design: &Design) -> Made {
    let names = design.labels.labels.iter();
    let cases = names.map(|(name, said)| (name, label_name(name), said.en.as_str()));
    let code = names_of(
        "Label",
        "One of the shells' own texts; those of the core are `TextKey`s.",
        cases,
    );
    file("Label", &[], &code)
}

/// What changes with a number.
pub(super) fn counted(design: &Design) -> Made {
    let names = design.labels.counted.iter();
    let cases = names.map(|(name, said)| (name, counted_name(name), said.en.other.as_str()));
    let mut code = names_of(
        "Counted",
        "One of the shells' own texts that changes with its number: a format with an `Int` in it.",
        cases,
    );
    code.push_str(
        "
extension PmiUnit {
    /// The name of what stands around its number in the String Catalog.
    public var catalogueName: String {
        switch self {
",
    );
    let units = UNITS.map(name);
    for unit in &units {
        let _ = writeln!(code, "        case .{unit}: {}", string(&unit_name(unit)));
    }
    let counts = |unit: &&String| {
        let said = design.labels.units.get(unit);
        said.is_some_and(|said| matches!(said.en, Form::Counted(_)))
    };
    let counted: Vec<String> = units
        .iter()
        .filter(counts)
        .map(|unit| format!(".{unit}"))
        .collect();
    let _ = write!(
        code,
        "        }}
    }}

    /// Whether that changes with the number: it is a format with an `Int` in it then.
    public var isCounted: Bool {{
        switch self {{
        case {}: true
        default: false
        }}
    }}
}}
",
        counted.join(", ")
    );
    file("Counted", &["Pmi"], &code)
}

/// The core's texts.
pub(super) fn texts() -> Made {
    let mut code = String::from(
        "\
extension TextKey {
    /// Its name in the String Catalog.
    public var catalogueName: String {
        switch self {
",
    );
    for key in TextKey::ALL {
        let case = camel(&format!("{key:?}"));
        let _ = writeln!(code, "        case .{case}: {}", string(&text_name(*key)));
    }
    code.push_str("        }\n    }\n}\n");
    file("Texts", &["Pmi"], &code)
}

/// An enum of names in the String Catalog, with the English beside each.
fn names_of<'a>(of: &str, doc: &str, cases: impl Iterator<Item = (&'a str, String, &'a str)>) -> String {
    let mut code = format!("/// {doc}\npublic enum {of}: String, CaseIterable, Sendable {{\n");
    for (name, catalogue, english) in cases {
        let _ = writeln!(
            code,
            "    case {} = {}  // {english}",
            case(name),
            string(&catalogue)
        );
    }
    code.push_str(
        "\n    /// Its name in the String Catalog.\n    public var catalogueName: String { rawValue }\n}\n",
    );
    code
}
