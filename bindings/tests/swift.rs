//! The Swift package's own tests, run against the library of this very build.
#![expect(clippy::expect_used, clippy::print_stderr, reason = "this is a test")]

mod common;

use std::path::Path;
use std::time::Instant;

use pmi_pack::swift::test;

use common::{library, program, root, toolchain};

#[test]
fn the_swift_package_does_what_its_cases_say() {
    let begun = Instant::now();
    let Some(toolchain) = toolchain() else {
        return;
    };
    let found = begun.elapsed().as_secs();
    let begun = Instant::now();
    if let Err(why) = test(&toolchain, &root(), &library(), &program()) {
        panic!("{why}");
    }
    eprintln!(
        "the Swift tests took {} s, their toolchain {found} s",
        begun.elapsed().as_secs()
    );
}

#[test]
fn every_case_of_both_languages_is_a_swift_test() {
    let bindings = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tests: String = std::fs::read_dir(bindings.join("swift/Tests/PmiTests"))
        .expect("the tests")
        .map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("text"))
        .collect();
    let table = std::fs::read_to_string(bindings.join("CASES.md")).expect("the cases");
    let cases = table
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" |").next())
        .skip(1);
    let mut count = 0;
    for case in cases {
        let mut words = case.split(' ');
        let first = words.next().expect("a word").to_owned();
        let name = words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..]);
        // One that is done with either platform takes it as an argument, and has its attribute on a line of its own.
        let is_there = tests.contains(&format!("@Test func {name}()"))
            || tests.contains(&format!("        func {name}(_ dialect: Dialect)"));
        assert!(is_there, "{case}: {name}");
        count += 1;
    }
    assert!(count >= 18, "the table was not read: {count}");
}

#[test]
fn the_page_for_ios_shows_code_that_is_compiled_and_run() {
    let bindings = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(bindings.join(path)).expect(path);
    let page = read("README.md");
    let app = read("swift/Examples/App/VehiclesApp.swift");
    let more = read("swift/Examples/App/More.swift");
    let blocks: Vec<&str> = page
        .split("```swift\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    assert_eq!(blocks[0], app, "whole");
    for block in &blocks {
        assert!(
            app.contains(block) || more.contains(block),
            "not compiled:\n{block}"
        );
    }
    assert!(blocks.len() >= 6, "the page was not read: {}", blocks.len());
    let code = app.lines().filter(|line| !line.is_empty());
    assert_eq!(code.filter(|line| !line.starts_with("import ")).count(), 20);

    // What needs no SwiftUI is run, but for whose it is.
    let run = read("swift/Examples/Vehicles/main.swift");
    let task = app.split(".task {\n").nth(1).expect("a task");
    for line in task.lines().map(str::trim).take_while(|line| *line != "}") {
        let line = line
            .replace("\"asha@example.com\"", "email")
            .replace("\"demo-1234\"", "password");
        assert!(run.lines().any(|one| one == line), "not run: {line}");
    }
}
