//! The Swift package: the code generated for it, its tests on a machine without Xcode, and the XCFramework made on one with it.
//!
//! Promised: `swift test` builds and tests the package on any Linux machine where it may install packages, with a toolchain of its
//! own in the user's cache; what is generated changes on disk only where it differs, so that a second build is quick; the public
//! surface is compared with the committed one. Not promised: an XCFramework without a Mac; there the commands are shown.
//!
//! ```text
//! toolchain   this machine's Swift, or a folder with one     generate   what uniffi makes, put into the package
//! edits       what is changed in it
//! check       build, test                                     surface    what an app sees, compared
//! names       what is in `Pmi` of each record and screen      words      its documentation
//! figures     what the border costs                           docs       the documentation archive
//! apple       the XCFramework                             app        the iOS app's models and views
//! ```

mod app;
mod apple;
mod check;
mod docs;
mod edits;
mod figures;
mod generate;
mod names;
mod surface;
mod toolchain;
mod words;

use std::path::{Path, PathBuf};

use clap::Subcommand;

pub use self::app::views;
pub use self::toolchain::Toolchain;

/// What can be done for Swift.
#[derive(Debug, Subcommand)]
pub enum Swift {
    /// Makes a folder with a Swift toolchain in the cache, where this machine has none
    Toolchain,
    /// Generates the package's code from a built library
    Generate {
        /// The library
        #[arg(long)]
        library: PathBuf,
    },
    /// Generates, builds and tests the package, and compares its public surface with the committed one
    Test {
        /// The built library
        #[arg(long)]
        library: PathBuf,
        /// The program `pmi`
        #[arg(long)]
        program: PathBuf,
        /// Writes the public surface instead of comparing it
        #[arg(long)]
        bless: bool,
        /// Only the tests whose names hold this
        #[arg(long)]
        filter: Option<String>,
    },
    /// Builds and tests the models of the iOS app, and checks its views
    App {
        /// The built library
        #[arg(long)]
        library: PathBuf,
        /// The program `pmi`
        #[arg(long)]
        program: PathBuf,
        /// Only the tests whose names hold this
        #[arg(long)]
        filter: Option<String>,
    },
    /// Measures what the border costs, with a library of the release profile, and prints it
    Figures {
        /// The built library; `cargo rustc --release -p pmi-ffi --lib --crate-type cdylib` with CARGO_PROFILE_RELEASE_STRIP=none
        /// makes one that code can be generated from
        #[arg(long)]
        library: PathBuf,
    },
    /// Makes the documentation of `Pmi`, and fails where it names what is not there
    Docs {
        /// The built library
        #[arg(long)]
        library: PathBuf,
        /// Where the archive goes
        #[arg(long)]
        out_dir: PathBuf,
    },
    /// Makes the XCFramework and a package that is ready to be released, on a Mac
    Xcframework {
        /// Only shows the commands
        #[arg(long)]
        dry_run: bool,
    },
}

/// Why it was not done, for whoever typed the command.
pub type Failure = String;

impl Swift {
    /// Does it, in the repository at `root`.
    ///
    /// # Errors
    /// What went wrong, and what to do about it.
    pub fn run(self, root: &Path) -> Result<(), Failure> {
        let package = root.join("bindings/swift");
        match self {
            Self::Toolchain => Toolchain::find_or_make().map(drop),
            Self::Generate { library } => generate::into_package(&library, &package),
            Self::Test {
                library,
                program,
                bless,
                filter,
            } => {
                let toolchain = Toolchain::find_or_make()?;
                let printed = checked(&toolchain, root, &library, &program, bless, filter.as_deref())?;
                say(&printed)
            }
            Self::App {
                library,
                program,
                filter,
            } => {
                let toolchain = Toolchain::find_or_make()?;
                let printed = app_checked(&toolchain, root, &library, &program, filter.as_deref())?;
                say(&printed)
            }
            Self::Figures { library } => {
                generate::into_package(&library, &package)?;
                let toolchain = Toolchain::find_or_make()?;
                say(&figures::figures(&toolchain, &package, &library)?)
            }
            Self::Docs { library, out_dir } => {
                generate::into_package(&library, &package)?;
                let toolchain = Toolchain::find_or_make()?;
                docs::docs(&toolchain, &package, &library, &out_dir)
            }
            Self::Xcframework { dry_run } => apple::xcframework(root, &package, dry_run),
        }
    }
}

/// The package's own tests, and what else is checked of it, with this library; `program` is `pmi`. Gives what the tests printed.
///
/// # Errors
/// What failed, with all it printed.
pub fn test(toolchain: &Toolchain, root: &Path, library: &Path, program: &Path) -> Result<String, Failure> {
    checked(toolchain, root, library, program, false, None)
}

/// The iOS app's models tested and its views checked, with this library; `program` is `pmi`. Gives what the tests printed.
///
/// # Errors
/// What failed, with all it printed.
pub fn test_app(
    toolchain: &Toolchain,
    root: &Path,
    library: &Path,
    program: &Path,
) -> Result<String, Failure> {
    app_checked(toolchain, root, library, program, None)
}

fn app_checked(
    toolchain: &Toolchain,
    root: &Path,
    library: &Path,
    program: &Path,
    filter: Option<&str>,
) -> Result<String, Failure> {
    generate::into_package(library, &root.join("bindings/swift"))?;
    let app = app::App {
        toolchain,
        root,
        library,
        program,
    };
    app.run(filter)
}

fn checked(
    toolchain: &Toolchain,
    root: &Path,
    library: &Path,
    program: &Path,
    bless: bool,
    filter: Option<&str>,
) -> Result<String, Failure> {
    let package = &root.join("bindings/swift");
    generate::into_package(library, package)?;
    let check = check::Check {
        toolchain,
        package,
        library,
        program,
    };
    check.run(bless, filter)
}

/// The core as a shared library.
fn library_in(target: &Path) -> PathBuf {
    target.join(format!(
        "{}pmi_ffi{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    ))
}

/// Words for a failed step.
fn cannot(what: impl std::fmt::Display) -> impl FnOnce(std::io::Error) -> Failure {
    move |error| format!("{what}: {error}")
}

/// Prints what was asked for.
fn say(text: &str) -> Result<(), Failure> {
    use std::io::Write as _;
    std::io::stdout()
        .write_all(text.as_bytes())
        .map_err(cannot("standard output"))
}
