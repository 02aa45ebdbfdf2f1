//! Source files of a shell, and what in them is code.

use std::path::{Path, PathBuf};

use crate::Language;

/// Whether what is in a folder of this name is no part of what a person is given: a test, or built.
fn is_left_out(name: &str) -> bool {
    let built = ["build", "target", ".build", ".gradle"];
    built.contains(&name) || name.ends_with("Test") || name.ends_with("Tests") || name == "test"
}

/// The files of a language in a folder, from the repository's root, in order; none where there is no such folder. Tests are left out.
pub(super) fn files(root: &Path, folder: &str, language: Language) -> Result<Vec<PathBuf>, String> {
    let ending = match language {
        Language::Kotlin => "kt",
        Language::Swift => "swift",
    };
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(root.join(&folder)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(format!("{}: {error}", folder.display())),
        };
        for entry in entries {
            let entry = entry.map_err(|error| format!("{}: {error}", folder.display()))?;
            let (name, path) = (entry.file_name(), folder.join(entry.file_name()));
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && !name.to_str().is_some_and(is_left_out) {
                folders.push(path);
            } else if !is_folder && path.extension().is_some_and(|own| own == ending) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Where a letter is.
enum In {
    /// In code; of what stands in a text as code, how deep in its brackets.
    Code { brackets: Option<usize> },
    /// In a text with so many quotation marks, and so many `#` before them.
    Text { marks: usize, hashes: usize },
}

/// The text with the same lines, in which comments and the insides of texts are blank. What stands in a text as code is kept.
pub(super) fn code(text: &str, language: Language) -> String {
    let letters: Vec<char> = text.chars().collect();
    let at = |index: usize| letters.get(index).copied().unwrap_or('\n');
    let run = |index: usize, letter: char| (index..).take_while(|index| at(*index) == letter).count();
    let mut code = String::with_capacity(text.len());
    let mut inside = vec![In::Code { brackets: None }];
    let (open, close) = match language {
        Language::Kotlin => ('{', '}'),
        Language::Swift => ('(', ')'),
    };
    let mut index = 0;
    while index < letters.len() {
        let letter = at(index);
        let mut taken = 1;
        match inside.last_mut() {
            Some(In::Code { .. }) | None if letter == '/' && at(index + 1) == '/' => {
                taken = (index..letters.len())
                    .take_while(|index| at(*index) != '\n')
                    .count();
            }
            Some(In::Code { .. }) | None if letter == '/' && at(index + 1) == '*' => {
                taken = comment(&letters[index..]);
                code.extend(
                    letters[index..index + taken]
                        .iter()
                        .filter(|letter| **letter == '\n'),
                );
            }
            // A letter of its own: 'x', '\'', '"'.
            Some(In::Code { .. }) | None
                if language == Language::Kotlin && letter == '\'' && at(index + 1) != '\n' =>
            {
                let escaped = usize::from(at(index + 1) == '\\');
                let end = (index + 2 + escaped..).take_while(|index| !['\'', '\n'].contains(&at(*index)));
                taken = 3 + escaped + end.count();
                code.push_str("' '");
            }
            Some(In::Code { .. }) | None if letter == '"' || letter == '#' => {
                let hashes = run(index, '#');
                let marks = run(index + hashes, '"');
                match marks {
                    0 => {
                        taken = hashes.max(1);
                        code.extend(&letters[index..index + taken]);
                    }
                    // An empty one.
                    2 => {
                        taken = hashes * 2 + marks;
                        code.push_str("\"\"");
                    }
                    _ => {
                        let marks = if marks >= 3 { 3 } else { 1 };
                        taken = hashes + marks;
                        code.push('"');
                        inside.push(In::Text { marks, hashes });
                    }
                }
            }
            Some(In::Code { brackets }) => {
                let mut ends = false;
                if let Some(depth) = brackets {
                    if letter == open {
                        *depth += 1;
                    } else if letter == close {
                        *depth -= 1;
                        ends = *depth == 0;
                    }
                }
                code.push(letter);
                if ends {
                    inside.pop();
                }
            }
            Some(In::Text { marks, hashes }) => {
                let (marks, hashes) = (*marks, *hashes);
                if letter == '"' && run(index, '"') >= marks && run(index + marks, '#') >= hashes {
                    taken = marks + hashes;
                    code.push('"');
                    inside.pop();
                } else if letter == '\n' {
                    code.push('\n');
                } else if let Some(length) = begins_code(language, &letters[index..], hashes) {
                    taken = length;
                    code.push(' ');
                    code.push(open);
                    inside.push(In::Code { brackets: Some(1) });
                } else if letter == '\\' && (marks == 1 || language == Language::Swift) && hashes == 0 {
                    taken = 2;
                    code.push(' ');
                } else {
                    code.push(' ');
                }
            }
            None => code.push(letter),
        }
        index += taken;
    }
    code
}

/// How long a comment is that may have others in it.
fn comment(letters: &[char]) -> usize {
    let (mut depth, mut index) = (0_usize, 0);
    while index + 1 < letters.len() {
        match (letters[index], letters[index + 1]) {
            ('/', '*') => (depth, index) = (depth + 1, index + 2),
            ('*', '/') => (depth, index) = (depth - 1, index + 2),
            _ => index += 1,
        }
        if depth == 0 {
            return index;
        }
    }
    letters.len()
}

/// How long what begins code in a text is, `${` or `\(`, where one begins.
fn begins_code(language: Language, letters: &[char], hashes: usize) -> Option<usize> {
    let begin: String = match language {
        Language::Kotlin => "${".to_owned(),
        Language::Swift => format!("\\{}(", "#".repeat(hashes)),
    };
    let begin: Vec<char> = begin.chars().collect();
    letters.starts_with(&begin).then_some(begin.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_texts_are_blank_and_what_is_code_in_a_text_is_not() {
        for (kotlin, left) in [
            ("a // b \"c\"\nd", "a \nd"),
            ("a /* b /* c\n */ d */ e", "a \n e"),
            ("a(\"b.split(c)\")", "a(\"          \")"),
            ("a(\"b \\\" c\") d", "a(\"     \") d"),
            ("a(\"${b.split(\"c\")} d\") e", "a(\" {b.split(\" \")}  \") e"),
            ("a(\"\"\"b\n\"c\" \\\"\"\") d", "a(\" \n     \") d"),
            ("a('\"') + b('\\'') // c", "a(' ') + b(' ') "),
            ("\"\" == a", "\"\" == a"),
        ] {
            assert_eq!(code(kotlin, Language::Kotlin), left, "{kotlin}");
        }
        for (swift, left) in [
            ("a(\"\\(b.split(c)) d\")", "a(\" (b.split(c))  \")"),
            ("a(#\"b \"c\" \\(d)\"#) e", "a(\"          \") e"),
            ("#if canImport(SwiftUI)", "#if canImport(SwiftUI)"),
            ("a(\"\"\"\n  b // c\n  \"\"\") d", "a(\"\n        \n  \") d"),
        ] {
            assert_eq!(code(swift, Language::Swift), left, "{swift}");
        }
    }
}
