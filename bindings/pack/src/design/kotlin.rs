//! What Compose draws with. No `android.*`: the same code runs on the desktop.

use super::data::Design;
use super::{MADE, Made};

mod drawings;
mod looks;
mod texts;

/// Where it goes, from the repository's root.
pub(super) const FOLDER: &str = "android/ui/src/main/kotlin/io/pmi/app/design";

/// The files.
pub(super) fn files(design: &Design) -> Result<Vec<Made>, String> {
    let [icon, lines, areas] = drawings::icons(design)?;
    Ok(vec![
        texts::labels(design),
        texts::counted(design),
        texts::texts("English", |key| Some(key.english())),
        texts::texts("Hindi", |key| design.hindi.get(key.name()).map(String::as_str)),
        looks::palette(design)?,
        looks::sizes(design),
        icon,
        lines,
        areas,
        drawings::machine(design)?,
    ])
}

/// A file of this name, with the imports that its code needs.
fn file(name: &str, imports: &[&str], code: &str) -> Made {
    let mut text = format!("// {MADE}\npackage io.pmi.app.design\n\n");
    for import in imports {
        text.push_str(&format!("import {import}\n"));
    }
    if !imports.is_empty() {
        text.push('\n');
    }
    text.push_str(code.trim_end());
    text.push('\n');
    Made {
        path: [FOLDER, &format!("{name}.kt")].iter().collect(),
        text,
    }
}

/// A string of Kotlin's.
fn string(text: &str) -> String {
    super::word::quoted(text, &['"', '\\', '$'])
}
