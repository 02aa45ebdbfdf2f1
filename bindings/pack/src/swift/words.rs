//! Rust's words in the documentation of generated Swift, in Swift's: `None`, names with underscores, variants, links.

use std::collections::BTreeSet;

/// The same code, documented in Swift's words.
pub(super) fn in_swifts_words(code: &str) -> String {
    let names = Names::of(code);
    let mut text = String::with_capacity(code.len());
    for line in code.lines() {
        let is_documentation = line.trim_start().starts_with('*');
        if is_documentation && line.contains('`') {
            text += &names.said(line);
        } else {
            text += line;
        }
        text.push('\n');
    }
    text
}

/// What the code declares.
#[derive(Default)]
struct Names<'a> {
    types: BTreeSet<&'a str>,
    cases: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    fn of(code: &'a str) -> Self {
        let mut names = Self::default();
        let word = |rest: &'a str| rest.split(|c: char| !c.is_alphanumeric()).next();
        for line in code.lines().map(str::trim_start) {
            let types = ["public struct ", "public enum ", "open class "];
            names.types.extend(
                types
                    .iter()
                    .find_map(|kind| line.strip_prefix(kind))
                    .and_then(word),
            );
            names.cases.extend(line.strip_prefix("case ").and_then(word));
        }
        names
    }

    fn said(&self, line: &str) -> String {
        // Every second part is code.
        let parts: Vec<String> = line
            .split('`')
            .enumerate()
            .map(|(at, part)| match at % 2 {
                0 => unlinked(part),
                _ => self.named(part),
            })
            .collect();
        parts.join("`")
    }

    fn named(&self, name: &str) -> String {
        if name == "None" {
            return "nil".to_owned();
        }
        if let Some((owner, member)) = name.rsplit_once("::") {
            return match self.types.contains(owner) {
                true => format!("{owner}.{}", camel(member)),
                false if owner.starts_with(char::is_uppercase) => camel(member),
                // A path in a log.
                false => name.to_owned(),
            };
        }
        let lower = camel(name);
        let is_case = !self.types.contains(name) && self.cases.contains(lower.as_str());
        let is_word = name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        if is_case || is_word {
            return lower;
        }
        name.to_owned()
    }
}

/// Text between code, without the marks and the aim of a link.
fn unlinked(text: &str) -> String {
    let mut text = text.strip_suffix('[').unwrap_or(text);
    if let Some(rest) = text.strip_prefix(']') {
        text = rest;
        if let Some((_, after)) = rest.strip_prefix("(crate::").and_then(|aim| aim.split_once(')')) {
            text = after;
        }
    }
    text.to_owned()
}

/// `as_of` and `ChooseSlot` as `asOf` and `chooseSlot`.
fn camel(name: &str) -> String {
    let mut made = String::new();
    for (at, part) in name.split('_').enumerate() {
        let (first, rest) = part.split_at(part.chars().next().map_or(0, char::len_utf8));
        made += &match at {
            0 => first.to_lowercase(),
            _ => first.to_uppercase(),
        };
        made += rest;
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documentation_speaks_of_swifts_names_and_code_is_left_alone() {
        let code = "\
/**
 * `None` while [`Phase::FirstLoad`] is drawn: say `as_of`, or `Empty`. See `https://pmi.example` and `pmi_core::session`.
 * [`OutboxService::drop_item`](crate::OutboxService::drop_item): gone. A `Phase`, a `Standing`, `true`.
 */
public enum Phase {
    case firstLoad
    case empty
    let `None` = x::y
}
";
        let said = in_swifts_words(code);
        let mut lines = said.lines().skip(1);
        assert_eq!(
            lines.next(),
            Some(
                " * `nil` while `Phase.firstLoad` is drawn: say `asOf`, or `empty`. See `https://pmi.example` and `pmi_core::session`."
            )
        );
        assert_eq!(
            lines.next(),
            Some(" * `dropItem`: gone. A `Phase`, a `Standing`, `true`.")
        );
        assert!(said.ends_with("    let `None` = x::y\n}\n"));
    }
}
