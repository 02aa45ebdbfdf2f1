//! What uniffi makes, put into the package: Swift in one target, the C headers and one module map in another; and what `Pmi` itself
//! has of each record and each screen.
//!
//! A file that would not change is not written: a build that follows sees by its time that nothing is to be done.

use std::fs;
use std::path::Path;

use super::edits::edit;
use super::names::{own, rows};
use super::words::in_swifts_words;
use super::{Failure, cannot};
use crate::{Language, generated};

/// What is generated of `Pmi` itself.
const OWN: &str = "Sources/Pmi/Generated.swift";

/// Generates into the package at `package`, from a built library.
pub(super) fn into_package(library: &Path, package: &Path) -> Result<(), Failure> {
    let made = package.join(".build/generated");
    fs::remove_dir_all(&made)
        .or_else(absent)
        .map_err(cannot(made.display()))?;
    fs::create_dir_all(&made).map_err(cannot(made.display()))?;
    generated(Language::Swift, utf8(library)?, utf8(&made)?)
        .map_err(|error| format!("{}: {error}", library.display()))?;

    let mut files = Vec::new();
    // Each crate has a module map of its own; a target has one file for all.
    let mut modules = String::new();
    for (name, text) in read(&made)? {
        match name.rsplit_once('.').map(|(_, end)| end) {
            Some("swift") => {
                let path = package.join("Sources/PmiGenerated").join(name);
                files.push((path, in_swifts_words(&edit(&text)?)));
            }
            Some("h") => files.push((package.join("Sources/PmiFFI").join(name), text)),
            Some("modulemap") => modules.push_str(&text),
            _ => return Err(format!("the generator made {name}, which belongs nowhere")),
        }
    }
    files.push((package.join("Sources/PmiFFI/module.modulemap"), modules));
    let swift: String = files.iter().map(|(_, text)| text.as_str()).collect();
    files.push((package.join("Sources/PmiGenerated/Rows.swift"), rows(&swift)));
    files.push((package.join(OWN), own(&swift)?));
    for (path, text) in &files {
        write_if_changed(path, text)?;
    }
    for dir in ["Sources/PmiGenerated", "Sources/PmiFFI"] {
        let dir = package.join(dir);
        for (name, _) in read(&dir)? {
            let path = dir.join(name);
            if !files.iter().any(|(made, _)| *made == path) {
                fs::remove_file(&path).map_err(cannot(path.display()))?;
            }
        }
    }
    Ok(())
}

/// The files of a folder, by name.
fn read(dir: &Path) -> Result<Vec<(String, String)>, Failure> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).map_err(cannot(dir.display()))? {
        let entry = entry.map_err(cannot(dir.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let text = fs::read_to_string(entry.path()).map_err(cannot(&name))?;
        files.push((name, text));
    }
    files.sort();
    Ok(files)
}

/// Writes a file, unless it is there as it should be.
pub(super) fn write_if_changed(path: &Path, text: &str) -> Result<(), Failure> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir).map_err(cannot(dir.display()))?;
    }
    fs::write(path, text).map_err(cannot(path.display()))
}

fn utf8(path: &Path) -> Result<&str, Failure> {
    path.to_str()
        .ok_or_else(|| format!("{} is no UTF-8", path.display()))
}

fn absent(error: std::io::Error) -> std::io::Result<()> {
    match error.kind() {
        std::io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    }
}
