//! The Kotlin package's own tests, run by Maven against the library of this very build.
#![expect(clippy::expect_used, clippy::print_stderr, reason = "this is a test")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;

/// What the suite needs, and the Debian packages it is in.
const TOOLS: [&str; 3] = ["mvn", "javac", "javap"];
const PACKAGES: [&str; 2] = ["maven", "openjdk-17-jdk-headless"];

#[test]
fn the_kotlin_package_does_what_its_cases_say() {
    if let Err(missing) = tools() {
        let hint = format!("{missing}: install {}", PACKAGES.join(" and "));
        assert!(std::env::var_os("CI").is_none(), "{hint}");
        eprintln!("the Kotlin tests were not run; {hint}");
        return;
    }
    let built = built();
    let out = built.join("kotlin-tests");
    let library = format!(
        "{}pmi_ffi{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    pmi_pack::kotlin::stage(&built.join("deps").join(library), &out).expect("the code is generated");
    let server = built.join(format!("pmi{}", std::env::consts::EXE_SUFFIX));
    assert!(
        server.exists(),
        "no `pmi` here: cargo build --workspace --bin pmi"
    );

    maven("pom.xml", "test", &out, &server);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    if let Err(why) = pmi_pack::kotlin::surface(&root, &out, false) {
        panic!("{why}");
    }
    // What Android adds, against the framework's own classes.
    maven("android/pom.xml", "compile", &out, &server);
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

fn maven(project: &str, goal: &str, out: &Path, server: &Path) {
    let begun = Instant::now();
    // Without a network first: what was downloaded once is not asked for again.
    let mut tried = try_maven(project, &["-o", goal], out, server);
    if !tried.status.success() && shown(&tried).contains("in offline mode") {
        tried = try_maven(project, &[goal], out, server);
    }
    assert!(tried.status.success(), "{}", shown(&tried));
    eprintln!("{project} {goal} took {} s", begun.elapsed().as_secs());
}

fn try_maven(project: &str, more: &[&str], out: &Path, server: &Path) -> Output {
    let projects = Path::new(env!("CARGO_MANIFEST_DIR")).join("kotlin");
    let mut maven = Command::new("mvn");
    maven
        .args(["-q", "-B", "-f"])
        .arg(projects.join(project))
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

/// Installs what is missing, where that is allowed.
fn tools() -> Result<(), String> {
    let missing = || TOOLS.into_iter().find(|tool| !is_there(tool));
    let Some(first) = missing() else {
        return Ok(());
    };
    let apt = |args: &[&str]| Command::new("apt-get").arg("-y").args(args).output();
    // Whoever may not is told what to install; so is who has no network.
    let _ = apt(&["update"])
        .and_then(|_| apt(&[&["install", "--no-install-recommends"], &PACKAGES[..]].concat()));
    match missing() {
        None => Ok(()),
        Some(_) => Err(format!("there is no {first}")),
    }
}

fn is_there(tool: &str) -> bool {
    Command::new(tool)
        .arg(if tool == "javap" { "-version" } else { "--version" })
        .output()
        .is_ok_and(|output| output.status.success())
}
