//! How many lines of code there are of what, as a table for the README.
//!
//! A line is code if it is neither blank nor a comment by itself. Tests are what is in a folder or a file of tests, and what Rust
//! compiles for tests only. Generated code is counted apart: nobody reads it.

mod count;

use std::fmt::Write as _;
use std::path::Path;

use self::count::{Lines, counted};

/// A row: what it is, and where it is.
struct Row {
    name: &'static str,
    folders: &'static [&'static str],
    ending: &'static str,
    /// Only what begins with who made it, or only what does not.
    made: bool,
}

const ROWS: [Row; 9] = [
    Row::of("core", &["core/src", "tests/e2e"], "rs"),
    Row::of("bindings, Rust", &["bindings/src", "bindings/tests"], "rs"),
    Row::of("bindings, what makes the packages", &["bindings/pack/src"], "rs"),
    Row::of("bindings, Kotlin by hand", &["bindings/kotlin"], "kt"),
    Row::of("bindings, Swift by hand", &["bindings/swift"], "swift"),
    Row::of("Android shell", &["android"], "kt"),
    Row::made("Android shell, generated from the tokens", &["android"], "kt"),
    Row::of("iOS shell", &["ios"], "swift"),
    Row::made("iOS shell, generated from the tokens", &["ios"], "swift"),
];

impl Row {
    const fn of(name: &'static str, folders: &'static [&'static str], ending: &'static str) -> Self {
        let made = false;
        Self {
            name,
            folders,
            ending,
            made,
        }
    }

    const fn made(name: &'static str, folders: &'static [&'static str], ending: &'static str) -> Self {
        let made = true;
        Self {
            name,
            folders,
            ending,
            made,
        }
    }
}

/// The table, of the repository at `root`.
///
/// # Errors
/// A file that cannot be read.
pub fn table(root: &Path) -> Result<String, String> {
    let mut table = String::from("| | lines of code | of tests |\n|---|--:|--:|\n");
    for row in ROWS {
        let mut lines = Lines::default();
        for folder in row.folders {
            lines += counted(root, Path::new(folder), row.ending, row.made)?;
        }
        let tests = if row.made {
            String::new()
        } else {
            grouped(lines.tests)
        };
        let _ = writeln!(table, "| {} | {} | {tests} |", row.name, grouped(lines.code));
    }
    Ok(table)
}

/// A number with its thousands apart.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_apart() {
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(grouped),
            ["0", "999", "1,000", "1,234,567"]
        );
    }
}
