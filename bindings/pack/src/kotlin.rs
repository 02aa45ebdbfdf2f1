//! The Kotlin package: the generated code, the JVM jar with this machine's library, the parts of the AAR.
//!
//! Promised: what is generated comes from the very library that is packed with it, into folders that no commit holds, so that it
//! cannot be stale; what is changed in it is stated here, and an unexpected form of it is an error.

mod edits;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use clap::Subcommand;

use crate::{Language, generated};

/// Android's ABIs by their names in an AAR, with the Rust targets.
const ABIS: [&str; 4] = ["arm64-v8a", "armeabi-v7a", "x86_64", "x86"];

/// The oldest Android that is supported (8.0): what the native library is linked for.
const PLATFORM: &str = "26";

/// Builds the library. Of one kind only: beside an rlib cargo leaves link-time optimisation out, which more than doubles it.
const LIBRARY: [&str; 7] = [
    "rustc",
    "--release",
    "-p",
    "pmi-ffi",
    "--lib",
    "--crate-type",
    "cdylib",
];

/// Below the build folder: what is put into the jar as it is.
const RESOURCES: &str = "generated/resources";

/// What can be made for Kotlin.
#[derive(Debug, Subcommand)]
pub enum Kotlin {
    /// Generates the code and puts the library where the jar takes it from
    Stage {
        /// The built library
        #[arg(long)]
        library: PathBuf,
        /// The build folder of Maven (`pmi.out`)
        #[arg(long)]
        out_dir: PathBuf,
    },
    /// Builds the library for this machine, and the jar with it
    Jar,
    /// Builds the libraries of all Android ABIs and generates the code: what bindings/kotlin/android makes the AAR of. Needs cargo-ndk, an
    /// NDK and the four Rust targets
    Android,
}

impl Kotlin {
    /// Makes it. `root` is the repository's.
    ///
    /// # Errors
    /// What failed, in a line.
    pub fn run(self, root: &Path) -> Result<(), String> {
        match self {
            Self::Stage { library, out_dir } => stage(&library, &out_dir),
            Self::Jar => jar(root),
            Self::Android => android(root),
        }
    }
}

/// The code into `generated/kotlin`, the library into `generated/resources`, both below `out_dir`, for Maven.
///
/// # Errors
/// What failed, in a line.
pub fn stage(library: &Path, out_dir: &Path) -> Result<(), String> {
    code(library, &out_dir.join("generated/kotlin"))?;
    let name = library.file_name().ok_or("the library has no name")?;
    copy(library, &out_dir.join(RESOURCES).join(platform()).join(name))
}

/// The code alone, as the generator makes it but for [`edits`].
fn code(library: &Path, out_dir: &Path) -> Result<(), String> {
    // What was generated before may hold types that are gone.
    if out_dir.exists() {
        fs::remove_dir_all(out_dir).map_err(at(out_dir))?;
    }
    fs::create_dir_all(out_dir).map_err(at(out_dir))?;
    generated(Language::Kotlin, text(library)?, text(out_dir)?)?;
    for package in ["io/pmi/pmi_ffi.kt", "io/pmi/core/pmi_core.kt"] {
        let path = out_dir.join(package);
        let made = fs::read_to_string(&path).map_err(at(&path))?;
        fs::write(&path, edits::edit(&made)?).map_err(at(&path))?;
    }
    Ok(())
}

/// JNA's name for this platform.
fn platform() -> String {
    let system = match env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let machine = match env::consts::ARCH {
        "x86_64" => "x86-64",
        other => other,
    };
    format!("{system}-{machine}")
}

/// The generator reads the symbols that a release is stripped of; so that is done after it, here or by Android's Gradle plugin.
fn unstripped(cargo: &mut Command) -> &mut Command {
    cargo.env("CARGO_PROFILE_RELEASE_STRIP", "none")
}

fn strip(library: &Path) -> Result<(), String> {
    let all = if cfg!(target_os = "macos") {
        "-x"
    } else {
        "--strip-all"
    };
    run(Command::new("strip").arg(all).arg(library))
}

fn jar(root: &Path) -> Result<(), String> {
    let target = target(root);
    run(unstripped(&mut Command::new("cargo"))
        .args(LIBRARY)
        .current_dir(root))?;
    let out_dir = target.join("kotlin-package");
    let name = format!("{}pmi_ffi{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
    stage(&target.join("release").join(&name), &out_dir)?;
    strip(&out_dir.join(RESOURCES).join(platform()).join(name))?;
    run(Command::new("mvn")
        .args(["-q", "-B", "-f"])
        .arg(root.join("bindings/kotlin/pom.xml"))
        .arg(format!("-Dpmi.out={}", text(&out_dir)?))
        .args(["-Dmaven.test.skip=true", "package"]))?;
    say(&format!("{}/pmi-0.1.0.jar", text(&out_dir)?))
}

fn android(root: &Path) -> Result<(), String> {
    let module = root.join("bindings/kotlin/android");
    let libraries = module.join("build/jniLibs");
    let mut ndk = Command::new("cargo");
    unstripped(&mut ndk).args(["ndk", "--platform", PLATFORM, "-o", text(&libraries)?]);
    for abi in ABIS {
        ndk.args(["-t", abi]);
    }
    run(ndk.args(LIBRARY).current_dir(root))?;
    // Any of them: they hold the same interface.
    let library = libraries.join(ABIS[0]).join("libpmi_ffi.so");
    code(&library, &module.join("build/generated/kotlin"))?;
    say("now: gradle -p bindings/kotlin/android assembleRelease")
}

/// Where cargo builds.
fn target(root: &Path) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(at(folder))?;
    }
    fs::copy(from, to).map_err(at(from)).map(drop)
}

fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let ended = command
        .status()
        .map_err(|error| format!("{name} cannot be started: {error}"))?;
    if ended.success() {
        return Ok(());
    }
    Err(format!("{name} failed: {ended}"))
}

#[expect(clippy::print_stdout, reason = "a command says what it made")]
fn say(words: &str) -> Result<(), String> {
    println!("{words}");
    Ok(())
}

fn text(path: &Path) -> Result<&str, String> {
    path.to_str()
        .ok_or_else(|| format!("{} is no UTF-8", path.display()))
}

fn at(path: &Path) -> impl FnOnce(std::io::Error) -> String {
    move |error| format!("{}: {error}", path.display())
}
