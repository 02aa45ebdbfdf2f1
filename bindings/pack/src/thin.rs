//! A shell only draws: what in its code would decide something is found, and it is said what to do instead.
//!
//! Promised: what the rules name is found wherever code is, and nowhere else: not in comments and not in texts, but in what stands in a
//! text as code; a line that is let off has a reason, and a reason that lets nothing off is found too. Not promised: that a shell decides
//! nothing; a reader finds what no rule names.

mod rules;
mod source;

use std::fmt;
use std::path::{Path, PathBuf};

use regex::Regex;

pub use self::rules::{RULES, Rule};
use crate::Language;

/// A line that would decide something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file, from the repository's root.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The name of the rule.
    pub rule: &'static str,
    /// What to do instead.
    pub instead: &'static str,
    /// What stands there.
    pub code: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, line) = (self.path.display(), self.line);
        write!(
            f,
            "{path}:{line}: {}: {}\n    {}",
            self.rule, self.instead, self.code
        )
    }
}

/// A line that is let off.
#[derive(Debug, Clone, Copy)]
pub struct Allowed {
    /// The file, from the repository's root.
    pub path: &'static str,
    /// The name of the rule.
    pub rule: &'static str,
    /// What stands in the line, or a part of it that stands in no other.
    pub code: &'static str,
    /// Why it decides nothing.
    pub why: &'static str,
}

/// What in this text of a file would decide something.
///
/// # Errors
/// A rule that cannot be read.
pub fn findings(path: &Path, text: &str, language: Language) -> Result<Vec<Finding>, String> {
    Ok(found(path, text, language, &patterns(language)?))
}

/// Each rule with what it looks like in a language.
fn patterns(language: Language) -> Result<Vec<(&'static Rule, Regex)>, String> {
    let pattern = |rule: &'static Rule| {
        let pattern = match language {
            Language::Kotlin => rule.kotlin,
            Language::Swift => rule.swift,
        };
        let pattern = Regex::new(pattern).map_err(|error| format!("{}: {error}", rule.name))?;
        Ok((rule, pattern))
    };
    RULES.iter().map(pattern).collect()
}

fn found(path: &Path, text: &str, language: Language, patterns: &[(&'static Rule, Regex)]) -> Vec<Finding> {
    let code = source::code(text, language);
    let mut findings = Vec::new();
    for (number, (code, line)) in code.lines().zip(text.lines()).enumerate() {
        for (rule, _) in patterns.iter().filter(|(_, pattern)| pattern.is_match(code)) {
            findings.push(Finding {
                path: path.to_path_buf(),
                line: number + 1,
                rule: rule.name,
                instead: rule.instead,
                code: line.trim().to_owned(),
            });
        }
    }
    findings
}

/// What of both shells in the repository at `root` would decide something and is not let off, and what is let off and not there: each
/// in words. Tests are not looked at.
///
/// # Errors
/// A file that cannot be read; a folder of `must_hold` in which no code is.
pub fn complaints(root: &Path, must_hold: &[&str], allowed: &[Allowed]) -> Result<Vec<String>, String> {
    let shells = [("android", Language::Kotlin), ("ios", Language::Swift)];
    let mut findings = Vec::new();
    let mut files = Vec::new();
    for (shell, language) in shells {
        let patterns = patterns(language)?;
        for path in source::files(root, shell, language)? {
            let text = std::fs::read_to_string(root.join(&path));
            let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
            findings.extend(found(&path, &text, language, &patterns));
            files.push(path);
        }
    }
    for folder in must_hold {
        if !files.iter().any(|path| path.starts_with(folder)) {
            return Err(format!("there is no code in {folder}"));
        }
    }
    let mut used = vec![false; allowed.len()];
    let mut complaints = Vec::new();
    for found in findings {
        let is_its = |one: &Allowed| {
            Path::new(one.path) == found.path && one.rule == found.rule && found.code.contains(one.code)
        };
        match allowed.iter().position(is_its) {
            Some(index) => used[index] = true,
            None => complaints.push(found.to_string()),
        }
    }
    for (one, used) in allowed.iter().zip(used) {
        let (path, rule, code) = (one.path, one.rule, one.code);
        if !used {
            complaints.push(format!("{path}: {rule}: let off and not there: {code}"));
        }
        if one.why.split_whitespace().count() < 3 || code.trim().is_empty() {
            complaints.push(format!("{path}: {rule}: let off without a reason: {code}"));
        }
    }
    Ok(complaints)
}
