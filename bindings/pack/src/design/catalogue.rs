//! The String Catalog: every text of the core and of the shells, in both languages.
//!
//! A text's places stay `{0}` and `{1}`; one that changes with its number has a plural variation and `%lld` for the number, because the
//! system chooses the form only where it formats the number itself.

use pmi_core::screens::TextKey;
use serde_json::{Value, json};

use super::Made;
use super::core::{UNITS, name};
use super::data::{Design, Form, Plural, Said};
use super::word::snake;

/// Where it goes, from the repository's root.
const FILE: &str = "ios/App/Resources/Localizable.xcstrings";

pub(super) fn file(design: &Design) -> Result<Made, String> {
    let mut strings = serde_json::Map::new();
    for key in TextKey::ALL {
        let hindi = design
            .hindi
            .get(key.name())
            .map(String::as_str)
            .unwrap_or_default();
        strings.insert(text_name(*key), entry(unit(key.english()), unit(hindi)));
    }
    for (name, Said { en, hi }) in design.labels.labels.iter() {
        strings.insert(label_name(name), entry(unit(en), unit(hi)));
    }
    for (name, Said { en, hi }) in design.labels.counted.iter() {
        strings.insert(counted_name(name), entry(plural(en), plural(hi)));
    }
    for unit in UNITS.map(name) {
        if let Some(Said { en, hi }) = design.labels.units.get(&unit) {
            strings.insert(unit_name(&unit), entry(form(en), form(hi)));
        }
    }
    let catalogue = json!({ "sourceLanguage": "en", "strings": strings, "version": "1.0" });
    let text = serde_json::to_string_pretty(&catalogue).map_err(|error| error.to_string())?;
    // As Xcode writes it, which would otherwise change the file when it builds: one key to a line, and nothing at the end.
    let lines: Vec<String> = text
        .lines()
        .map(|line| line.replacen("\": ", "\" : ", 1))
        .collect();
    Ok(Made {
        path: FILE.into(),
        text: lines.join("\n"),
    })
}

/// The name of a text of the core's in the catalogue.
pub(super) fn text_name(key: TextKey) -> String {
    format!("text_{}", key.name())
}

/// The name of one of the shells' own.
pub(super) fn label_name(name: &str) -> String {
    format!("label_{}", snake(name))
}

/// The name of one of those that change with a number.
pub(super) fn counted_name(name: &str) -> String {
    format!("counted_{}", snake(name))
}

/// The name of a unit.
pub(super) fn unit_name(name: &str) -> String {
    format!("unit_{}", snake(name))
}

fn entry(english: Value, hindi: Value) -> Value {
    // Xcode takes out what it finds in no code, unless it is told that a person looks after it.
    json!({ "extractionState": "manual", "localizations": { "en": english, "hi": hindi } })
}

fn unit(text: &str) -> Value {
    json!({ "stringUnit": { "state": "translated", "value": text } })
}

fn plural(Plural { one, other }: &Plural) -> Value {
    // Formatted by the system, where a percent sign of its own is written twice.
    let counted = |text: &str| unit(&text.replace('%', "%%").replace("{0}", "%lld"));
    json!({ "variations": { "plural": { "one": counted(one), "other": counted(other) } } })
}

fn form(form: &Form) -> Value {
    match form {
        Form::Same(text) => unit(text),
        Form::Counted(both) => plural(both),
    }
}
