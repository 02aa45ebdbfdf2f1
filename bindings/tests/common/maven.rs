//! Maven, and what else a suite of the JVM needs of the machine.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::{program, root};

/// How something is seen to be there.
pub(crate) enum Need {
    Tool(&'static str),
    File(&'static str),
    Library(&'static str),
}

/// What every one needs, and the Debian package it is in.
pub(crate) const JVM: [(Need, &str); 3] = [
    (Need::Tool("mvn"), "maven"),
    (Need::Tool("javac"), "openjdk-17-jdk-headless"),
    (Need::Tool("javap"), "openjdk-17-jdk-headless"),
];

/// Only one at a time can install.
static INSTALLING: Mutex<()> = Mutex::new(());

/// Whether all of it is there; installed where that is allowed. Under `CI` what is missing fails the test.
pub(crate) fn is_ready(needed: &[(Need, &'static str)]) -> bool {
    let _alone = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
    let missing = || -> Vec<&str> {
        let all = JVM.iter().chain(needed);
        all.filter(|(need, _)| !is_there(need))
            .map(|(_, package)| *package)
            .collect()
    };
    let first = missing();
    if first.is_empty() {
        return true;
    }
    let said = install(&first);
    let still = missing();
    if still.is_empty() {
        return true;
    }
    // Whoever may not install is told what is missing; so is who has no network.
    let hint = format!("install {}; apt-get could not: {said}", still.join(" and "));
    assert!(std::env::var_os("CI").is_none(), "{hint}");
    eprintln!("not tested; {hint}");
    false
}

/// Gives what went wrong, if something did.
fn install(packages: &[&str]) -> String {
    let apt = |args: &[&str]| {
        let output = Command::new("apt-get")
            .args(["-y", "-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=3"])
            .args(args)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .output();
        match output {
            Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
            Err(error) => error.to_string(),
        }
    };
    let updated = apt(&["update"]);
    updated + &apt(&[&["install", "--no-install-recommends"], packages].concat())
}

/// Runs Maven on a project of this repository, to build into `out`.
pub(crate) fn maven(project: &str, more: &[&str], out: &Path) {
    let begun = Instant::now();
    // All is compiled anew in any case; what was compiled of a source that is gone would be found beside it.
    for stale in ["classes", "test-classes"] {
        let stale = out.join(stale);
        if stale.exists() {
            std::fs::remove_dir_all(&stale).expect("what was compiled before is gone");
        }
    }
    // Without a network first: what was downloaded once is not asked for again.
    let mut tried = try_maven(project, &[&["-o"], more].concat(), out);
    if !tried.status.success() && shown(&tried).contains("in offline mode") {
        tried = try_maven(project, more, out);
    }
    assert!(tried.status.success(), "{}", shown(&tried));
    eprintln!("{project} took {} s", begun.elapsed().as_secs());
}

fn try_maven(project: &str, more: &[&str], out: &Path) -> Output {
    let mut maven = Command::new("mvn");
    maven
        .args(["-q", "-B", "-f"])
        .arg(root().join(project))
        .args(more)
        .arg(format!("-Dpmi.out={}", out.display()))
        // A test leaves no process behind.
        .arg("-Dkotlin.compiler.daemon=false")
        .env("PMI_SERVER_BINARY", program());
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

fn is_there(need: &Need) -> bool {
    match need {
        Need::Tool(tool) => Command::new(tool)
            .arg(if *tool == "javap" { "-version" } else { "--version" })
            .output()
            .is_ok_and(|output| output.status.success()),
        Need::File(path) => Path::new(path).exists(),
        Need::Library(name) => Command::new("ldconfig")
            .arg("-p")
            .output()
            .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(name)),
    }
}
