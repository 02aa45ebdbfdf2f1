//! Texts: code, because a desktop has no resources of Android's. Looking one up allocates nothing.

use std::fmt::Write as _;

use pmi_core::screens::TextKey;

use super::super::Made;
use super::super::core::{UNITS, name};
use super::super::data::{Design, Form, Plural, Said};
use super::super::word::shouted;
use super::{file, string};

/// The shells' own texts, and the languages.
pub(super) fn labels(design: &Design) -> Made {
    let mut code = String::from(
        "\
/** A language of the app, with its BCP 47 tag. */
enum class Language(val tag: String) { ENGLISH(\"en\"), HINDI(\"hi\") }

/** The shells' own texts; those of the core are [io.pmi.core.TextKey]s. */
enum class Label(internal val english: String, internal val hindi: String) {
",
    );
    for (name, said) in design.labels.labels.iter() {
        let (english, hindi) = (string(&said.en), string(&said.hi));
        let _ = writeln!(code, "    {}({english}, {hindi}),", shouted(name));
    }
    code.push_str(
        "\
}

/** A text of the shells' own, with `{0}` where its first argument goes. */
fun Language.say(label: Label): String = when (this) {
    Language.ENGLISH -> label.english
    Language.HINDI -> label.hindi
}
",
    );
    file("Label", &[], &code)
}

/// What changes with a number.
pub(super) fn counted(design: &Design) -> Made {
    let mut code = String::from(
        "\
/** One of the shells' own texts that changes with its number, which goes to `{0}`. */
enum class Counted(
    internal val englishOne: String,
    internal val english: String,
    internal val hindiOne: String,
    internal val hindi: String,
) {
",
    );
    for (name, said) in design.labels.counted.iter() {
        let forms = [&said.en.one, &said.en.other, &said.hi.one, &said.hi.other].map(|text| string(text));
        let _ = writeln!(code, "    {}({}),", shouted(name), forms.join(", "));
    }
    code.push_str(
        "\
}

/** One of the shells' own texts for so many, with `{0}` where the number goes. */
fun Language.pattern(counted: Counted, count: Long): String {
    val one = isOne(count.toDouble())
    return when (this) {
        Language.ENGLISH -> if (one) counted.englishOne else counted.english
        Language.HINDI -> if (one) counted.hindiOne else counted.hindi
    }
}

/** What stands around a quantity's number, which goes to `{0}`. */
fun Language.pattern(unit: QuantityUnit, count: Double): String {
    val one = isOne(count)
    return when (this) {
        Language.ENGLISH -> when (unit) {
",
    );
    code.push_str(&units(design, |said| &said.en));
    code.push_str("        }\n        Language.HINDI -> when (unit) {\n");
    code.push_str(&units(design, |said| &said.hi));
    code.push_str(
        "\
        }
    }
}

/** Whether the language has its singular for it, by CLDR's rules. */
private fun Language.isOne(count: Double): Boolean = when (this) {
    Language.ENGLISH -> count == 1.0
    Language.HINDI -> count in 0.0..1.0
}
",
    );
    file("Counted", &["io.pmi.core.QuantityUnit"], &code)
}

fn units(design: &Design, of: impl Fn(&Said<Form>) -> &Form) -> String {
    let mut code = String::new();
    for unit in UNITS.map(name) {
        if let Some(said) = design.labels.units.get(&unit) {
            let says = match of(said) {
                Form::Same(text) => string(text),
                Form::Counted(Plural { one, other }) => {
                    format!("if (one) {} else {}", string(one), string(other))
                }
            };
            let _ = writeln!(code, "            QuantityUnit.{} -> {says}", shouted(&unit));
        }
    }
    code
}

/// The core's texts in one language.
pub(super) fn texts<'a>(language: &str, said: impl Fn(&TextKey) -> Option<&'a str>) -> Made {
    let name = language.to_ascii_lowercase();
    let mut code = String::new();
    if language == "English" {
        code.push_str(
            "\
/** A text of the core, with `{0}` where its first argument goes. */
fun Language.pattern(key: TextKey): String = when (this) {
    Language.ENGLISH -> english(key)
    Language.HINDI -> hindi(key)
}

",
        );
    }
    let _ = writeln!(code, "internal fun {name}(key: TextKey): String = when (key) {{");
    for key in TextKey::ALL {
        if let Some(text) = said(key) {
            let _ = writeln!(
                code,
                "    TextKey.{} -> {}",
                shouted(&format!("{key:?}")),
                string(text)
            );
        }
    }
    code.push('}');
    file(&format!("Texts{language}"), &["io.pmi.core.TextKey"], &code)
}
