//! The Kotlin package's own tests, run by Maven against the library of this very build.
#![expect(clippy::expect_used, clippy::print_stderr, reason = "this is a test")]

mod common;

use std::path::Path;

use common::maven::{is_ready, maven};
use common::{built, library, root};

#[test]
fn the_kotlin_package_does_what_its_cases_say() {
    if !is_ready(&[]) {
        return;
    }
    let out = built().join("kotlin-tests");
    pmi_pack::kotlin::stage(&library(), &out).expect("the code is generated");
    maven("bindings/kotlin/pom.xml", &["test"], &out);
    if let Err(why) = pmi_pack::kotlin::surface(&root(), &out, false) {
        panic!("{why}");
    }
    // What Android adds, against the framework's own classes.
    maven("bindings/kotlin/android/pom.xml", &["compile"], &out);
}

#[test]
fn the_readmes_kotlin_is_what_is_compiled_and_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("the page");
    let sources = [
        "kotlin/src/test/kotlin/io/pmi/example/ExampleTest.kt",
        "kotlin/src/test/kotlin/io/pmi/example/Vehicles.kt",
        "kotlin/android/src/example/kotlin/io/pmi/example/App.kt",
    ];
    let sources = sources.map(|path| std::fs::read_to_string(root.join(path)).expect(path));
    let ran: Vec<String> = sources
        .iter()
        .flat_map(|code| between(code, "// README", "// README ends"))
        .collect();
    let shown = between(&readme, "```kotlin", "```");
    for block in &shown {
        assert!(ran.contains(block), "not in the examples:\n{block}");
    }
    assert_eq!(shown.len(), ran.len(), "each is shown once");
    let lines = |block: &String| block.lines().filter(|line| !line.is_empty()).count();
    let first: usize = shown.iter().take(2).map(lines).sum();
    assert!(first <= 20, "twenty lines are promised, not {first}");
}

/// The pieces between lines that say so, each from its own left margin.
fn between(text: &str, begins: &str, ends: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for line in text.lines() {
        match &mut open {
            Some(_) if line.trim() == ends => pieces.extend(open.take().map(|(_, piece)| piece)),
            Some((margin, piece)) => {
                piece.push_str(line.get(*margin..).unwrap_or_default());
                piece.push('\n');
            }
            None if line.trim() == begins => {
                open = Some((line.len() - line.trim_start().len(), String::new()))
            }
            None => {}
        }
    }
    pieces
}
