//! The Android app's screens, run by Maven on the desktop against the library of this very build and the real server.
#![expect(clippy::expect_used, clippy::print_stderr, reason = "this is a test")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;

/// What the suite needs: how it is seen to be there, and the Debian package it is in.
const NEEDED: [(Need, &str); 5] = [
    (Need::Tool("mvn"), "maven"),
    (Need::Tool("javac"), "openjdk-17-jdk-headless"),
    (
        Need::File("/usr/share/fonts/truetype/noto/NotoSansDevanagari-Regular.ttf"),
        "fonts-noto-core",
    ),
    (Need::Library("libfontconfig.so.1"), "libfontconfig1"),
    (Need::Library("libGL.so.1"), "libgl1"),
];

/// How something is seen to be there.
enum Need {
    Tool(&'static str),
    File(&'static str),
    Library(&'static str),
}

#[test]
fn the_android_screens_do_what_their_tests_say() {
    if let Err(missing) = tools() {
        let hint = format!("install {missing}");
        assert!(std::env::var_os("CI").is_none(), "{hint}");
        eprintln!("the Android tests were not run; {hint}");
        return;
    }
    let built = built();
    let out = built.join("android-tests");
    let library = format!(
        "{}pmi_ffi{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    let bindings = out.join("bindings");
    pmi_pack::kotlin::stage(&built.join("deps").join(library), &bindings).expect("the code is generated");
    let server = built.join(format!("pmi{}", std::env::consts::EXE_SUFFIX));
    assert!(
        server.exists(),
        "no `pmi` here: cargo build --workspace --bin pmi"
    );
    let jar = format!("-Dpmi.jar={}", bindings.join("pmi-0.1.0.jar").display());
    maven(
        "bindings/kotlin/pom.xml",
        &["package", "-Dmaven.test.skip=true"],
        &bindings,
        &server,
    );
    maven("android/ui/pom.xml", &["test", &jar], &out.join("ui"), &server);
    // The app, against the framework's own classes.
    maven(
        "android/app/pom.xml",
        &["compile", &jar],
        &out.join("app"),
        &server,
    );
}

#[test]
fn the_android_screens_are_pure_compose_and_compare_no_texts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../android");
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

fn maven(project: &str, more: &[&str], out: &Path, server: &Path) {
    let begun = Instant::now();
    // Without a network first: what was downloaded once is not asked for again.
    let mut tried = try_maven(project, &[&["-o"], more].concat(), out, server);
    if !tried.status.success() && shown(&tried).contains("in offline mode") {
        tried = try_maven(project, more, out, server);
    }
    assert!(tried.status.success(), "{}", shown(&tried));
    eprintln!("{project} took {} s", begun.elapsed().as_secs());
}

fn try_maven(project: &str, more: &[&str], out: &Path, server: &Path) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut maven = Command::new("mvn");
    maven
        .args(["-q", "-B", "-f"])
        .arg(root.join(project))
        .args(more)
        .arg(format!("-Dpmi.out={}", out.display()))
        // A test leaves no process behind.
        .arg("-Dkotlin.compiler.daemon=false")
        .env("PMI_SERVER_BINARY", server);
    // Cargo's, in which a library of another build would be found before the one in the jar.
    for path in ["LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"] {
        maven.env_remove(path);
    }
    maven.output().expect("Maven starts")
}

fn shown(output: &Output) -> String {
    [&output.stdout, &output.stderr]
        .map(|text| String::from_utf8_lossy(text).into_owned())
        .concat()
}

/// The folder of this build: above the one this test is in.
fn built() -> PathBuf {
    let own = std::env::current_exe().expect("a path");
    let folder = own.parent().and_then(Path::parent);
    folder.expect("a build folder").to_path_buf()
}

/// Installs what is missing, where that is allowed. Gives what is missing still.
fn tools() -> Result<(), String> {
    let missing = || -> Vec<&str> {
        NEEDED
            .iter()
            .filter_map(|(need, package)| (!is_there(need)).then_some(*package))
            .collect()
    };
    let first = missing();
    if first.is_empty() {
        return Ok(());
    }
    let apt = |args: &[&str]| Command::new("apt-get").arg("-y").args(args).output();
    // Whoever may not is told what to install; so is who has no network.
    let _ =
        apt(&["update"]).and_then(|_| apt(&[&["install", "--no-install-recommends"], &first[..]].concat()));
    match missing() {
        still if still.is_empty() => Ok(()),
        still => Err(still.join(" and ")),
    }
}

fn is_there(need: &Need) -> bool {
    match need {
        Need::Tool(tool) => Command::new(tool)
            .arg("--version")
            .output()
            .is_ok_and(|output| output.status.success()),
        Need::File(path) => Path::new(path).exists(),
        Need::Library(name) => Command::new("ldconfig")
            .arg("-p")
            .output()
            .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(name)),
    }
}
