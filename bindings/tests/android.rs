//! The Android app's screens, run by Maven on the desktop against the library of this very build and the real server.
#![expect(clippy::expect_used, clippy::print_stderr, reason = "this is a test")]

mod common;

use std::path::{Path, PathBuf};

use common::maven::{Need, is_ready, maven};
use common::{built, library, root};

/// What the pictures need besides: the fonts they are drawn with, and what Skia asks of the system.
const DRAWING: [(Need, &str); 3] = [
    (
        Need::File("/usr/share/fonts/truetype/noto/NotoSansDevanagari-Regular.ttf"),
        "fonts-noto-core",
    ),
    (Need::Library("libfontconfig.so.1"), "libfontconfig1"),
    (Need::Library("libGL.so.1"), "libgl1"),
];

#[test]
fn the_android_screens_do_what_their_tests_say() {
    if !is_ready(&DRAWING) {
        return;
    }
    let out = built().join("android-tests");
    let bindings = out.join("bindings");
    pmi_pack::kotlin::stage(&library(), &bindings).expect("the code is generated");
    let jar = format!("-Dpmi.jar={}", bindings.join("pmi-0.1.0.jar").display());
    maven(
        "bindings/kotlin/pom.xml",
        &["package", "-Dmaven.test.skip=true"],
        &bindings,
    );
    maven("android/ui/pom.xml", &["test", &jar], &out.join("ui"));
    // The app, against the framework's own classes.
    maven("android/app/pom.xml", &["compile", &jar], &out.join("app"));
}

#[test]
fn the_android_screens_are_pure_compose_and_compare_no_texts() {
    let root = root().join("android");
    let mut files = Vec::new();
    kotlin(&root.join("ui/src/main/kotlin/io/pmi/app/ui"), &mut files);
    assert!(files.len() > 30, "{}", files.len());
    let mut found = Vec::new();
    for file in &files {
        let code = std::fs::read_to_string(file).expect("a source");
        for word in ["import android.", "TextKey.", ".key =="] {
            if code.contains(word) {
                found.push(format!("{}: `{word}`", file.display()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn kotlin(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            kotlin(&path, files);
        } else {
            files.push(path);
        }
    }
}
