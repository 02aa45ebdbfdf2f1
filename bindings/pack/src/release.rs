//! How a library for apps is compiled, whatever it is packed into, and how large it then is.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds the library. Of one kind only: beside an rlib cargo leaves link-time optimisation out, which more than doubles it.
pub(crate) const LIBRARY: [&str; 7] = [
    "rustc",
    "--release",
    "-p",
    "pmi-ffi",
    "--lib",
    "--crate-type",
    "cdylib",
];

/// Between the flags that cargo is given in one variable.
const SEPARATOR: char = '\u{1f}';

/// Where cargo builds.
pub(crate) fn target(root: &Path) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

/// Compiles for apps: with frame pointers, by which unwind tables are a fifth smaller and a profiler sees whole stacks (as on
/// Apple's systems and Android anyway), and without the folders of the machine that builds, which would be in each panic's text.
/// What is left are symbols: the generator reads them, so they are taken out after it, here or by Android's Gradle plugin.
pub(crate) fn for_apps<'a>(cargo: &'a mut Command, root: &Path) -> &'a mut Command {
    let mut flags: Vec<String> = env::var("RUSTFLAGS")
        .unwrap_or_default()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    flags.push("-Cforce-frame-pointers=yes".to_owned());
    let home = env::home_dir().unwrap_or_default();
    let cargo_home = env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    for (folder, shown) in [(root, "pmi"), (&cargo_home.join("registry/src"), "crates")] {
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        flags.push(format!("--remap-path-prefix={}={shown}", folder.display()));
    }
    cargo
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join(&SEPARATOR.to_string()))
        .env("CARGO_PROFILE_RELEASE_STRIP", "none")
}

/// Takes out what only generators and debuggers read.
pub(crate) fn strip(library: &Path) -> Result<(), String> {
    let all = if cfg!(target_os = "macos") {
        "-x"
    } else {
        "--strip-all"
    };
    run(Command::new("strip").arg(all).arg(library))
}

pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let ended = command
        .status()
        .map_err(|error| format!("{name} cannot be started: {error}"))?;
    if ended.success() {
        return Ok(());
    }
    Err(format!("{name} failed: {ended}"))
}

/// Builds the library as phones have it, but for this machine, and says how large it is.
///
/// # Errors
/// What cargo or the linker says.
pub fn size(root: &Path) -> Result<(), String> {
    run(for_apps(&mut Command::new("cargo"), root)
        .args(LIBRARY)
        .current_dir(root))?;
    let name = format!("{}pmi_ffi{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
    let (built, stripped) = (
        target(root).join("release").join(&name),
        target(root).join("release").join(format!("stripped-{name}")),
    );
    let of = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    std::fs::copy(&built, &stripped).map_err(|error| of(&built, error))?;
    strip(&stripped)?;
    let size = std::fs::metadata(&stripped).map_err(|error| of(&stripped, error))?;
    say(size.len());
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a command says what it found")]
fn say(bytes: u64) {
    println!("{bytes} bytes, stripped");
}
