//! The token files with a fault in them.

use std::path::{Path, PathBuf};

use pmi_pack::design::{Sources, made};

/// Why these token files generate nothing, after a change.
pub(crate) fn refused(change: impl FnOnce(&mut Sources)) -> String {
    let mut sources = Sources::of(&root()).expect("the token files");
    change(&mut sources);
    match made(&sources) {
        Err(why) => why,
        Ok(_) => "no fault".to_owned(),
    }
}

/// Changes the one place where this stands first.
pub(crate) fn change(text: &mut String, from: &str, to: &str) {
    assert!(text.contains(from), "not there: {from}");
    *text = text.replacen(from, to, 1);
}

/// The repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
