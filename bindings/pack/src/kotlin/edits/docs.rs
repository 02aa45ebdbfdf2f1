//! Rust's words in the documentation, as a reader of Kotlin knows them.
//!
//! Promised: `null` for `None`, `@throws` for a heading of errors, names as they are in Kotlin. Not promised: that a name in a
//! sentence is a link.

use std::collections::BTreeMap;

/// What is called otherwise in Kotlin: the constants of enumerations, by their names in Rust.
pub(super) struct Names(BTreeMap<String, Option<String>>);

impl Names {
    /// Of all that is generated.
    pub(super) fn of(code: &str) -> Self {
        let mut names = BTreeMap::new();
        let mut in_enum = false;
        for line in code.lines() {
            let word = |line: &str| {
                line.split(['(', ' ', ':', ',', ';'])
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            };
            let trimmed = line.trim_start();
            for class in [
                "data class ",
                "sealed class ",
                "enum class ",
                "class ",
                "data object ",
                "object ",
            ] {
                if let Some(rest) = trimmed.strip_prefix(class) {
                    in_enum = class == "enum class ";
                    // What is a type as well is not a constant for certain.
                    names.insert(word(rest), None);
                }
            }
            let is_constant = in_enum && trimmed.ends_with([',', ';']) && is_constant(&word(trimmed));
            if is_constant {
                names
                    .entry(camel(&word(trimmed), true))
                    .or_insert_with(|| Some(word(trimmed)));
            }
        }
        Self(names)
    }

    fn in_kotlin(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_deref()
    }
}

/// The same code with its documentation so.
pub(super) fn reworded(code: &str, names: &Names) -> String {
    let mut made = String::with_capacity(code.len());
    let mut errors = false;
    for line in code.lines() {
        let Some(at) = line.find("* ").filter(|at| line[..*at].trim().is_empty()) else {
            made.push_str(line);
            made.push('\n');
            continue;
        };
        let (indent, text) = line.split_at(at + 2);
        if text == "# Errors" {
            errors = true;
            continue;
        }
        made.push_str(indent);
        if std::mem::take(&mut errors) {
            made.push_str("@throws PmiException ");
        }
        made.push_str(&sentence(text, names));
        made.push('\n');
    }
    made
}

/// One line: what is between backticks is looked at.
fn sentence(text: &str, names: &Names) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    // A code span that goes on in the next line, if there is one.
    let is_even = parts.len().is_multiple_of(2);
    let mut made = String::with_capacity(text.len());
    let mut skip_target = false;
    for (at, part) in parts.iter().enumerate() {
        if at % 2 == 1 && !(is_even && at + 1 == parts.len()) {
            made.push('`');
            made.push_str(&name(part, names));
            made.push('`');
            skip_target = made.len() > 2;
            continue;
        }
        let mut plain = *part;
        if skip_target && let Some(rest) = plain.strip_prefix(']') {
            // A link to something of Rust's: its name alone.
            plain = match rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
                Some((_, after)) => after,
                None => rest,
            };
        }
        if at % 2 == 1 {
            made.push('`');
        }
        let opens_link = at + 1 < parts.len();
        made.push_str(if opens_link {
            plain.strip_suffix('[').unwrap_or(plain)
        } else {
            plain
        });
    }
    made
}

fn name(rust: &str, names: &Names) -> String {
    if rust == "None" {
        return "null".to_owned();
    }
    if let Some((owner, member)) = rust.split_once("::") {
        let is_path = owner.chars().next().is_some_and(char::is_lowercase);
        return match names.in_kotlin(member) {
            _ if is_path => rust.to_owned(),
            Some(constant) => format!("{owner}.{constant}"),
            // A method of a service that Kotlin does not have.
            None if member.starts_with(char::is_lowercase) => camel(member, false),
            None => format!("{owner}.{member}"),
        };
    }
    if let Some(constant) = names.in_kotlin(rust) {
        return constant.to_owned();
    }
    let is_snake = rust.contains('_') && rust.bytes().all(|c| c.is_ascii_lowercase() || c == b'_');
    if is_snake {
        camel(rust, false)
    } else {
        rust.to_owned()
    }
}

fn is_constant(word: &str) -> bool {
    !word.is_empty()
        && word
            .bytes()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == b'_')
}

/// `SOME_NAME` or `some_name` as `SomeName` or `someName`.
fn camel(name: &str, upper: bool) -> String {
    let mut made = String::with_capacity(name.len());
    for (at, word) in name.split('_').enumerate() {
        let word = word.to_lowercase();
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if at > 0 || upper => made.extend(first.to_uppercase()),
            Some(first) => made.push(first),
            None => {}
        }
        made.push_str(letters.as_str());
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rusts_words_are_kotlins() {
        let names = Names::of(
            "enum class Phase {\n    FIRST_LOAD,\n    EMPTY;\n}\nenum class Start {\n    WELCOME,\n    EXPORT_TAKEN;\n}\ndata class Welcome (\n",
        );
        for (rust, kotlin) in [
            (
                "     * The next; `None` once it is closed.",
                "     * The next; `null` once it is closed.",
            ),
            (
                "     * `Empty` means none, `FirstLoad` a skeleton.",
                "     * `EMPTY` means none, `FIRST_LOAD` a skeleton.",
            ),
            (
                "     * Until [`Start::ExportTaken`].",
                "     * Until `Start.EXPORT_TAKEN`.",
            ),
            (
                "     * Sent with [`BookIntent::Slot`], say.",
                "     * Sent with `BookIntent.Slot`, say.",
            ),
            (
                "     * [`Outbox::drop_item`](crate::Outbox::drop_item): gone.",
                "     * `dropItem`: gone.",
            ),
            (
                "     * Say `as_of` beside it, in `Welcome`.",
                "     * Say `asOf` beside it, in `Welcome`.",
            ),
            (
                "     * Such as `pmi_core::session`.",
                "     * Such as `pmi_core::session`.",
            ),
            ("    val `None`: kotlin.String", "    val `None`: kotlin.String"),
        ] {
            assert_eq!(reworded(rust, &names), format!("{kotlin}\n"));
        }
        let errors = "     *\n     * # Errors\n     * `Closed`.\n     */\n";
        assert_eq!(
            reworded(errors, &names),
            "     *\n     * @throws PmiException `Closed`.\n     */\n"
        );
    }
}
