//! The Android app, run by Maven against the library of this very build and the real server: its screens on the desktop, and the app itself,
//! its libraries and resources as Gradle would put them together, in Robolectric.
#![expect(clippy::expect_used, clippy::print_stderr, reason = "this is a test")]

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use common::intents::{all, plain};
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

/// What puts the app together besides.
const LINKING: [(Need, &str); 2] = [
    (Need::File("/usr/bin/aapt2"), "aapt"),
    (Need::File("/usr/bin/unzip"), "unzip"),
];

/// The newest Android whose classes the app is compiled against: `compileSdk` of its build file.
const COMPILE_SDK: u32 = 37;

#[test]
fn the_android_screens_do_what_their_tests_say() {
    if !is_ready(&DRAWING) {
        return;
    }
    let out = out().join("ui");
    let walked = out.join("intents.txt");
    if walked.exists() {
        std::fs::remove_file(&walked).expect("the walks of before are forgotten");
    }
    maven("android/ui/pom.xml", &["test", jar()], &out);
    is_each_intent_walked(&walked);
}

#[test]
fn the_android_app_does_what_its_tests_say() {
    if !is_ready(&LINKING) {
        return;
    }
    let out = out().join("android-app");
    maven("android/app/androidx/pom.xml", &["process-sources"], &out);
    the_libraries_are_for_this_sdk(&out.join("aars/main"));
    maven("android/app/pom.xml", &["package", jar()], &out);
}

#[test]
fn gradle_takes_the_libraries_that_were_tested() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).expect("a file");
    let (gradle, maven) = (
        read("android/gradle/libs.versions.toml"),
        read("android/app/androidx/pom.xml"),
    );
    for name in [
        "compose",
        "material3",
        "activity",
        "work",
        "lifecycle",
        "coroutines",
    ] {
        let tested = between(&maven, &format!("<{name}.version>"), "<");
        assert_eq!(
            between(&gradle, &format!("\n{name} = \""), "\""),
            tested,
            "{name}"
        );
    }
    assert!(
        read("android/app/build.gradle.kts").contains(&format!("compileSdk = {COMPILE_SDK}")),
        "compileSdk"
    );
}

/// Gradle refuses a library that wants to be compiled against a newer Android than the app is.
fn the_libraries_are_for_this_sdk(libraries: &Path) {
    let mut known = 0;
    for library in std::fs::read_dir(libraries).expect("the libraries") {
        let path = library.expect("a library").path();
        let says = path.join("META-INF/com/android/build/gradle/aar-metadata.properties");
        let Ok(says) = std::fs::read_to_string(says) else {
            continue;
        };
        let wanted: u32 = between(&says, "minCompileSdk=", "\n")
            .trim()
            .parse()
            .expect("a number");
        assert!(wanted <= COMPILE_SDK, "{}: {wanted}", path.display());
        known += 1;
    }
    assert!(known > 20, "{known}");
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).expect(before);
    rest.split_once(after).map_or(rest, |(found, _)| found)
}

fn out() -> PathBuf {
    built().join("android-tests")
}

/// The jar of the core as Maven is told of it; made once.
fn jar() -> &'static str {
    static JAR: OnceLock<String> = OnceLock::new();
    JAR.get_or_init(|| {
        let bindings = out().join("bindings");
        pmi_pack::kotlin::stage(&library(), &bindings).expect("the code is generated");
        maven(
            "bindings/kotlin/pom.xml",
            &["package", "-Dmaven.test.skip=true"],
            &bindings,
        );
        format!("-Dpmi.jar={}", bindings.join("pmi-0.1.0.jar").display())
    })
}

/// What no walk presses, and why.
const NOT_WALKED: [(&str, &str); 4] = [
    (
        "BookIntent.TakeUp",
        "the process of a walk does not end: the app's own test, in Robolectric, ends it",
    ),
    ("BookingsIntent.TryAgain", DISK),
    ("DiagnosticsIntent.TryAgain", DISK),
    ("NotificationsIntent.TryAgain", DISK),
];

const DISK: &str = "only a disk that fails leads there: the core's own tests of that screen make it fail";

/// What the walks have sent, by the screens' own account of it.
fn is_each_intent_walked(walked: &Path) {
    let walked = std::fs::read_to_string(walked).expect("the walks say what they sent");
    let walked: BTreeSet<String> = walked.lines().map(plain).collect();
    let all = all();
    let unknown: Vec<&String> = walked
        .iter()
        .filter(|one| !all.keys().any(|known| plain(known) == **one))
        .collect();
    assert!(unknown.is_empty(), "the core has no {unknown:?}");
    let not: Vec<&String> = all.keys().filter(|one| !walked.contains(&plain(one))).collect();
    let expected: Vec<&str> = NOT_WALKED.iter().map(|(one, _)| *one).collect();
    assert_eq!(not, expected, "what no walk presses");
}

/// What comes with a record, and is sent as it came: no page names it.
const CARRIED: [&str; 4] = [
    "BookingsIntent.Drop",
    "BookingsIntent.KeepServers",
    "BookingsIntent.Retry",
    "NotificationsIntent.LeaveUnread",
];

#[test]
fn each_intent_is_sent_by_a_page_of_android_or_carried_by_a_record() {
    let mut files = Vec::new();
    kotlin(
        &root().join("android/ui/src/main/kotlin/io/pmi/app/ui/screens"),
        &mut files,
    );
    let code: String = files
        .iter()
        .map(|file| std::fs::read_to_string(file).expect("a source"))
        .collect();
    let code = plain(&code);
    let says = |name: &str| {
        let name = plain(name);
        let longer = |at: usize| code[at + name.len()..].starts_with(|next: char| next.is_alphanumeric());
        code.match_indices(&name).any(|(at, _)| !longer(at))
    };
    let all = all();
    assert!(all.len() > 70, "{}", all.len());
    let is_sent = |intent: &str, field: Option<&str>| {
        let case: Vec<&str> = intent.split('.').take(2).collect();
        says(&case.join(".")) && field.is_none_or(&says)
    };
    let missing: Vec<&String> = all
        .iter()
        .filter(|(intent, field)| !is_sent(intent, field.as_deref()))
        .map(|(intent, _)| intent)
        .collect();
    assert_eq!(missing, CARRIED, "no page sends");
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
