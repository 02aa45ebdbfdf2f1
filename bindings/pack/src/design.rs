//! Texts, colours, icons and spacing of both shells, from the token files in `bindings/design`.
//!
//! Promised: what is generated says the same in Kotlin and in Swift; a token file with a fault in it generates nothing, and every
//! fault in it is named at once; every text of the core has its sentence in each language, with the same places. Not promised:
//! that a sentence is well put, or a drawing handsome: that is looked at.
//!
//! ```text
//! named     an object of a token file, in its order and without a name twice
//! data      what stands in the token files            rules      what must hold of it
//! colour    a colour, and the contrast of two         drawing    a path
//! core      what the core says there is               word       a name in each language's fashion
//! kotlin    for Compose                               swift      for SwiftUI
//! catalogue the String Catalog
//! ```

mod catalogue;
mod colour;
mod core;
mod data;
mod drawing;
mod kotlin;
mod named;
mod rules;
mod swift;
mod word;

use std::path::{Path, PathBuf};

pub use self::data::Design;

/// Where the token files are, from the repository's root.
const TOKENS: &str = "bindings/design";

/// What a generated file begins with.
const MADE: &str = "Made by `pmi-pack design` from bindings/design: change it there.";

/// Whether a file is one of those that are generated.
pub(crate) fn is_made(text: &str) -> bool {
    text.lines().next().is_some_and(|line| line.ends_with(MADE))
}

/// The text of each token file.
#[derive(Debug, Clone)]
pub struct Sources {
    /// Colours, spacing, type.
    pub tokens: String,
    /// The icons.
    pub icons: String,
    /// The drawing of a vehicle.
    pub machine: String,
    /// The shells' own texts, and units.
    pub labels: String,
    /// Hindi for the core's texts.
    pub hindi: String,
}

impl Sources {
    /// Those of the repository at `root`.
    ///
    /// # Errors
    /// The file that cannot be read.
    pub fn of(root: &Path) -> Result<Self, String> {
        let read = |name: &str| {
            let path = root.join(TOKENS).join(name);
            std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        Ok(Self {
            tokens: read("tokens.json")?,
            icons: read("icons.json")?,
            machine: read("machine.json")?,
            labels: read("labels.json")?,
            hindi: read("hindi.json")?,
        })
    }
}

/// A generated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Where it goes, from the repository's root.
    pub path: PathBuf,
    /// What is in it.
    pub text: String,
}

/// Everything that is generated from these token files.
///
/// # Errors
/// Each fault in them, one to a line.
pub fn made(sources: &Sources) -> Result<Vec<Made>, String> {
    let design = Design::of(sources)?;
    let faults = rules::faults(&design);
    if !faults.is_empty() {
        return Err(faults.join("\n"));
    }
    let mut files = kotlin::files(&design)?;
    files.extend(swift::files(&design)?);
    files.push(catalogue::file(&design)?);
    Ok(files)
}

/// The generated files that are not as the token files want them, from the repository's root; those that are left over, too.
///
/// # Errors
/// As of [`made`]; a file that cannot be read.
pub fn stale(root: &Path) -> Result<Vec<PathBuf>, String> {
    let made = made(&Sources::of(root)?)?;
    let differs =
        |file: &&Made| std::fs::read_to_string(root.join(&file.path)).ok().as_ref() != Some(&file.text);
    let mut stale: Vec<PathBuf> = made
        .iter()
        .filter(differs)
        .map(|file| file.path.clone())
        .collect();
    for folder in [kotlin::FOLDER, swift::FOLDER] {
        let Ok(entries) = std::fs::read_dir(root.join(folder)) else {
            continue;
        };
        for entry in entries {
            let entry = entry.map_err(|error| format!("{folder}: {error}"))?;
            let path = Path::new(folder).join(entry.file_name());
            let ours = std::fs::read_to_string(entry.path()).is_ok_and(|text| is_made(&text));
            if ours && made.iter().all(|file| file.path != path) {
                stale.push(path);
            }
        }
    }
    Ok(stale)
}

/// Generates everything, or only says whether everything is fresh.
///
/// # Errors
/// The faults of the token files; with `check` what is not fresh.
pub fn run(root: &Path, check: bool) -> Result<(), String> {
    let stale = stale(root)?;
    if check {
        if stale.is_empty() {
            return Ok(());
        }
        let list: Vec<String> = stale.iter().map(|path| path.display().to_string()).collect();
        return Err(format!(
            "not as bindings/design wants it, run `pmi-pack design`:\n{}",
            list.join("\n")
        ));
    }
    let made = made(&Sources::of(root)?)?;
    for path in stale {
        let to = root.join(&path);
        let done = match made.iter().find(|file| file.path == path) {
            Some(file) => {
                let folder = to.parent().unwrap_or(root);
                std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&to, &file.text))
            }
            None => std::fs::remove_file(&to),
        };
        done.map_err(|error| format!("{}: {error}", to.display()))?;
    }
    Ok(())
}
