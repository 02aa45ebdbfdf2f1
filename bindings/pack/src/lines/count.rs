//! Lines of code in a folder.

use std::collections::BTreeSet;
use std::ops::AddAssign;
use std::path::{Path, PathBuf};

use crate::design;

/// What is built, and what uniffi generates for Swift: nobody commits them.
const BUILT: [&str; 6] = [
    "build",
    "target",
    ".build",
    ".gradle",
    "PmiGenerated",
    "Generated.swift",
];

/// How many, of what is given to a person and of what tests it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Lines {
    pub(super) code: usize,
    pub(super) tests: usize,
}

impl AddAssign for Lines {
    fn add_assign(&mut self, other: Self) {
        self.code += other.code;
        self.tests += other.tests;
    }
}

/// Those of the files of this ending in a folder, from `root`: what the tokens made, or all else. None where there is no such folder.
pub(super) fn counted(root: &Path, folder: &Path, ending: &str, made: bool) -> Result<Lines, String> {
    let mut files = Vec::new();
    read(root, folder, ending, &mut files)?;
    files.retain(|(_, text)| design::is_made(text) == made);
    let only_tests: BTreeSet<PathBuf> = files
        .iter()
        .flat_map(|(path, text)| test_modules(path, text))
        .collect();
    let mut lines = Lines::default();
    for (path, text) in &files {
        let (code, tests) = split(text);
        let is_test = is_test(path)
            || path
                .ancestors()
                .any(|part| only_tests.contains(&part.with_extension("")));
        if is_test {
            lines.tests += code + tests;
        } else {
            lines.code += code;
            lines.tests += tests;
        }
    }
    Ok(lines)
}

fn read(root: &Path, folder: &Path, ending: &str, files: &mut Vec<(PathBuf, String)>) -> Result<(), String> {
    let cannot = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    let entries = match std::fs::read_dir(root.join(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(cannot(folder, error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| cannot(folder, error))?;
        if BUILT.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        let path = folder.join(entry.file_name());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            read(root, &path, ending, files)?;
        } else if path.extension().is_some_and(|own| own == ending) {
            let text = std::fs::read_to_string(root.join(&path)).map_err(|error| cannot(&path, error))?;
            files.push((path, text));
        }
    }
    Ok(())
}

/// Whether a file is one of tests by its name or its folder's.
fn is_test(path: &Path) -> bool {
    let is_rust = path.extension().is_some_and(|ending| ending == "rs");
    path.iter().filter_map(|part| part.to_str()).any(|part| {
        let name = part.strip_suffix(".rs").unwrap_or(part);
        let by_name = [
            "test",
            "tests",
            "Tests",
            "androidTest",
            "testing",
            "test_support",
            "Examples",
            "example",
        ];
        by_name.contains(&name) || name.ends_with("Tests") || is_rust && name.ends_with("_tests")
    })
}

/// The modules that Rust compiles for tests only, by their paths without an ending.
fn test_modules(path: &Path, text: &str) -> Vec<PathBuf> {
    let stem = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    let folder = path.parent().unwrap_or(Path::new(""));
    let folder = match stem {
        "mod" | "lib" | "main" => folder.to_path_buf(),
        _ => folder.join(stem),
    };
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines
        .windows(2)
        .filter(|pair| pair[0] == "#[cfg(test)]")
        .filter_map(|pair| pair[1].strip_suffix(';')?.rsplit_once("mod "))
        .map(|(_, name)| folder.join(name))
        .collect()
}

/// Lines of code, and those of what Rust compiles for tests only.
fn split(text: &str) -> (usize, usize) {
    let (mut code, mut tests) = (0, 0);
    let (mut in_comment, mut in_tests) = (false, false);
    let lines: Vec<&str> = text.lines().collect();
    for (index, line) in lines.iter().enumerate() {
        let trimmed = line.trim();
        let opens = *line == "#[cfg(test)]"
            && lines
                .get(index + 1)
                .is_some_and(|next| next.starts_with("mod ") && next.ends_with('{'));
        in_tests |= opens;
        if in_comment || trimmed.starts_with("/*") {
            in_comment = !trimmed.contains("*/");
        } else if !trimmed.is_empty() && !trimmed.starts_with("//") {
            *(if in_tests { &mut tests } else { &mut code }) += 1;
        }
        if *line == "}" {
            in_tests = false;
        }
    }
    (code, tests)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_blank_lines_are_no_code_and_tests_are_counted_apart() {
        let rust = "//! A\n\nfn a() {\n    // b\n    b(); // c\n}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn c() {}\n}\n\nfn d() {}\n";
        assert_eq!(split(rust), (4, 5));
        assert_eq!(split("/**\n * A\n */\nfun a() = 1 /* b */\n/* c */\n"), (1, 0));
    }

    #[test]
    fn a_module_for_tests_only_is_one_of_tests() {
        let text = "#[cfg(test)]\nmod samples;\n#[cfg(test)]\npub(crate) mod world;\nmod real;\n#[cfg(test)]\nmod tests {\n";
        let paths = |path: &str| test_modules(Path::new(path), text);
        assert_eq!(
            paths("core/src/lib.rs"),
            ["core/src/samples", "core/src/world"].map(PathBuf::from)
        );
        assert_eq!(paths("core/src/a.rs")[0], Path::new("core/src/a/samples"));
    }

    #[test]
    fn what_is_a_test_by_its_name() {
        for path in [
            "core/src/a/tests.rs",
            "core/src/a/tests/b.rs",
            "core/src/a_tests.rs",
            "android/ui/src/test/kotlin/A.kt",
            "ios/AppTests/A.swift",
        ] {
            assert!(is_test(Path::new(path)), "{path}");
        }
        for path in [
            "core/src/a.rs",
            "android/ui/src/main/kotlin/Contest.kt",
            "ios/App/A.swift",
        ] {
            assert!(!is_test(Path::new(path)), "{path}");
        }
    }

    #[test]
    fn files_are_counted_by_what_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("src/lib.rs", "mod a;\n#[cfg(test)]\nmod world;\n");
        write("src/a.rs", "fn a() {}\nfn b() {}\n");
        write("src/world.rs", "fn c() {}\n");
        write("src/world/d.rs", "fn d() {}\n");
        write("src/e.txt", "e\n");
        let counted = |made| counted(folder.path(), Path::new("src"), "rs", made).unwrap();
        assert_eq!(counted(false), Lines { code: 5, tests: 2 });
        assert_eq!(counted(true), Lines::default());
    }
}
