//! The Kotlin package: the generated code, the JVM jar with this machine's library, the parts of the AAR.
//!
//! Promised: what is generated comes from the very library that is packed with it, into folders that no commit holds, so that it
//! cannot be stale; what is changed in it is stated here, and an unexpected form of it is an error.

mod api;
mod edits;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use clap::Subcommand;

use crate::release::{LIBRARY, for_apps, run, strip, target};
use crate::{Language, generated};

/// Android's ABIs by their names in an AAR, with the Rust targets.
const ABIS: [&str; 4] = ["arm64-v8a", "armeabi-v7a", "x86_64", "x86"];

/// The oldest Android that is supported (8.0): what the native library is linked for.
const PLATFORM: &str = "26";

/// A desktop has a keyring besides.
const DESKTOP: [&str; 2] = ["--features", "secret-service"];

/// How many JVMs are started to see how long that takes.
const FRESH: usize = 15;

/// The committed surface.
const SURFACE: &str = "bindings/kotlin/api/pmi.txt";

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
    /// Builds the library for this machine and the jar with it, and puts it with its sources and its pom into a folder that is a Maven repository
    Jar,
    /// Builds the jar, and measures what calls cost with it
    Figures,
    /// Compares the public surface with the one that is committed
    Api {
        /// The build folder of Maven, with the classes in it
        #[arg(long)]
        out_dir: PathBuf,
        /// Writes it down instead
        #[arg(long)]
        bless: bool,
    },
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
            Self::Jar => jar(root).and_then(|out_dir| say(text(&out_dir.join("repository"))?)),
            Self::Figures => figures(root, &jar(root)?),
            Self::Api { out_dir, bless } => surface(root, &out_dir, bless),
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

/// Compares the public surface of the classes in `out_dir` with the committed one, or writes it.
///
/// # Errors
/// What is not as it was, and how to accept it; or what failed, in a line.
pub fn surface(root: &Path, out_dir: &Path, bless: bool) -> Result<(), String> {
    let golden = root.join(SURFACE);
    let now = api::surface(&out_dir.join("classes"))?;
    if bless {
        return fs::write(&golden, now).map_err(at(&golden));
    }
    let was = fs::read_to_string(&golden).map_err(at(&golden))?;
    if was == now {
        return Ok(());
    }
    let missing = |from: &str, of: &str, sign: &str| -> String {
        let there: Vec<&str> = from.lines().collect();
        let gone = of.lines().filter(|line| !there.contains(line));
        gone.map(|line| format!("{sign}{line}\n")).collect()
    };
    Err(format!(
        "the public surface is not as in {SURFACE}:\n{}{}if that is meant: cargo run --bin pmi-pack -- kotlin api --out-dir {} --bless",
        missing(&now, &was, "-"),
        missing(&was, &now, "+"),
        out_dir.display()
    ))
}

/// The code alone, as the generator makes it but for [`edits`].
fn code(library: &Path, out_dir: &Path) -> Result<(), String> {
    // What was generated before may hold types that are gone.
    if out_dir.exists() {
        fs::remove_dir_all(out_dir).map_err(at(out_dir))?;
    }
    fs::create_dir_all(out_dir).map_err(at(out_dir))?;
    generated(Language::Kotlin, text(library)?, text(out_dir)?)?;
    let paths = ["io/pmi/pmi_ffi.kt", "io/pmi/core/pmi_core.kt"].map(|path| out_dir.join(path));
    let made: Vec<String> = paths
        .iter()
        .map(|path| fs::read_to_string(path).map_err(at(path)))
        .collect::<Result<_, _>>()?;
    for (path, edited) in paths.iter().zip(edits::edit(&made)?) {
        fs::write(path, edited).map_err(at(path))?;
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

/// Gives the build folder, in which `repository` is.
fn jar(root: &Path) -> Result<PathBuf, String> {
    let target = target(root);
    run(for_apps(&mut Command::new("cargo"), root)
        .args(LIBRARY)
        .args(DESKTOP)
        .current_dir(root))?;
    let out_dir = target.join("kotlin-package");
    let name = format!("{}pmi_ffi{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
    stage(&target.join("release").join(&name), &out_dir)?;
    strip(&out_dir.join(RESOURCES).join(platform()).join(name))?;
    run(maven(&root.join("bindings/kotlin/pom.xml"), &out_dir)?.args(["-Dmaven.test.skip=true", "deploy"]))?;
    Ok(out_dir)
}

/// Runs the program of the figures as anybody's would run that uses the jar: from the folder that is a repository.
fn figures(root: &Path, out_dir: &Path) -> Result<(), String> {
    let program = root.join("bindings/kotlin/figures/pom.xml");
    // What Maven kept of an earlier jar of the same version is not asked for again otherwise.
    let forget = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:purge-local-repository";
    run(maven(&program, out_dir)?.args([forget, "-DmanualInclude=io.pmi:pmi", "-DreResolve=false"]))?;
    run(maven(&program, out_dir)?.arg("compile"))?;
    let built = out_dir.join("figures");
    let list = built.join("classpath");
    let others = fs::read_to_string(&list).map_err(at(&list))?;
    let classes = built.join("classes");
    let path = env::join_paths([classes].into_iter().chain(env::split_paths(others.trim())))
        .map_err(|error| format!("no class path: {error}"))?;
    let java = || {
        let mut java = Command::new("java");
        java.arg("-cp").arg(&path).arg("io.pmi.figures.MainKt");
        java.env_remove("LD_LIBRARY_PATH");
        java
    };
    let mut steps: [Vec<u64>; 4] = Default::default();
    for _ in 0..FRESH {
        let ended = java().arg("load").output();
        let ended = ended.map_err(|error| format!("java cannot be started: {error}"))?;
        let said = String::from_utf8_lossy(&ended.stdout).into_owned();
        for (step, word) in steps.iter_mut().zip(said.split_whitespace()) {
            step.push(word.parse().map_err(|_| said.clone())?);
        }
    }
    say(&format!("{FRESH} fresh JVMs, in milliseconds: median (slowest)"))?;
    for (step, mut taken) in [
        "JNA itself",
        "the library",
        "a client in memory",
        "its first call",
    ]
    .into_iter()
    .zip(steps)
    {
        taken.sort_unstable();
        let slowest = taken.last().ok_or("the program said nothing")?;
        say(&format!("{step:<58} {:>10} ({slowest})", taken[taken.len() / 2]))?;
    }
    run(&mut java())
}

/// Maven with this project, building into that folder.
fn maven(project: &Path, out_dir: &Path) -> Result<Command, String> {
    let mut maven = Command::new("mvn");
    maven.args(["-q", "-B", "-f"]).arg(project);
    maven.arg(format!("-Dpmi.out={}", text(out_dir)?));
    // Cargo's, in which a library of another build would be found before the one in the jar.
    for path in ["LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"] {
        maven.env_remove(path);
    }
    Ok(maven)
}

fn android(root: &Path) -> Result<(), String> {
    let module = root.join("bindings/kotlin/android");
    let libraries = module.join("build/jniLibs");
    let mut ndk = Command::new("cargo");
    for_apps(&mut ndk, root).args(["ndk", "--platform", PLATFORM, "-o", text(&libraries)?]);
    for abi in ABIS {
        ndk.args(["-t", abi]);
    }
    run(ndk.args(LIBRARY).current_dir(root))?;
    // Any of them: they hold the same interface.
    let library = libraries.join(ABIS[0]).join("libpmi_ffi.so");
    code(&library, &module.join("build/generated/kotlin"))?;
    say("now: gradle -p bindings/kotlin/android assembleRelease")
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(at(folder))?;
    }
    fs::copy(from, to).map_err(at(from)).map(drop)
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
