//! Every intent there is, by the core's own records: `GarageIntent.Add`, and `RegisterIntent.Change.Email` where it is one of a
//! field. A name is compared without case and `_`, which each language has its own way with.

use std::collections::BTreeMap;
use std::path::Path;

use super::root;

/// The cases of all enums named so, each with the enum its `field` is of.
type Enums = BTreeMap<String, Vec<(String, Option<String>)>>;

/// All of them, each with the field that it is of.
pub(crate) fn all() -> BTreeMap<String, Option<String>> {
    let mut enums = Enums::new();
    read(&root().join("core/src/screens"), &mut enums);
    let mut all = BTreeMap::new();
    for (name, cases) in enums.iter().filter(|(name, _)| name.ends_with("Intent")) {
        for (case, field) in cases {
            let Some(field) = field else {
                all.insert(format!("{name}.{case}"), None);
                continue;
            };
            for (one, _) in enums.get(field).expect("the enum of a field is a record's") {
                all.insert(format!("{name}.{case}.{one}"), Some(format!("{field}.{one}")));
            }
        }
    }
    all
}

/// The same name in every language.
pub(crate) fn plain(name: &str) -> String {
    name.replace('_', "").to_lowercase()
}

fn read(folder: &Path, enums: &mut Enums) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(&path, enums);
        } else if path.ends_with("record.rs") {
            cases(&std::fs::read_to_string(&path).expect("a record"), enums);
        }
    }
}

/// As rustfmt leaves them: a case is indented by four, its fields by eight.
fn cases(code: &str, enums: &mut Enums) {
    let mut name: Option<String> = None;
    for line in code.lines() {
        if let Some(begun) = line.strip_prefix("pub enum ") {
            name = Some(begun.trim_end_matches(" {").to_owned());
        } else if line == "}" {
            name = None;
        }
        let Some(of) = &name else { continue };
        let cases = enums.entry(of.clone()).or_default();
        let word = line.trim_end_matches([',', '{', ' ']).trim_start();
        if line.starts_with("    ")
            && word.starts_with(|first: char| first.is_ascii_uppercase())
            && !line.starts_with("     ")
        {
            cases.push((word.to_owned(), None));
        } else if let Some(field) = word.strip_prefix("field: ")
            && let Some(last) = cases.last_mut()
        {
            last.1 = Some(field.to_owned());
        }
    }
}
