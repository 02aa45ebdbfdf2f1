//! Building and testing the package.
//!
//! Promised: the files that only Apple's SDKs can compile fit the rest of the package, because they are checked against as much of
//! SwiftUI, UIKit and BackgroundTasks as they use. Not promised: that these are as Apple's.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use super::toolchain::{Toolchain, beside, cache, lock};
use super::{Failure, cannot, surface};

/// Seconds that building and testing may take.
const LIMIT: &str = "600";

/// Makes modules in the first folder of the files in the second.
const STUBS: &str = r#"
set -eu
mkdir -p "$1"
cd "$1"
for file in "$2"/*.swift; do
    module=$(basename "$file" .swift)
    if [ "$module.swiftmodule" -nt "$file" ]; then continue; fi
    swiftc -swift-version 6 -emit-module -parse-as-library -module-name "$module" "$file"
done
"#;

/// A check of the package.
pub(super) struct Check<'a> {
    /// With what.
    pub(super) toolchain: &'a Toolchain,
    /// The package.
    pub(super) package: &'a Path,
    /// The core, as a shared library.
    pub(super) library: &'a Path,
    /// The program `pmi`, for a server to test against.
    pub(super) program: &'a Path,
}

impl Check<'_> {
    /// Does all of it, and gives what the tests printed; `bless` writes the public surface instead of comparing it.
    pub(super) fn run(&self, bless: bool, filter: Option<&str>) -> Result<String, Failure> {
        let build = cache()?.join("swift-build");
        fs::create_dir_all(&build).map_err(cannot(build.display()))?;
        // Two checkouts share what was built.
        let _one_at_a_time = lock(&beside(&build, ".lock"))?;
        let printed = self.test(&build, filter)?;
        if filter.is_none() && cfg!(target_os = "linux") {
            self.apple(&build)?;
        }
        // Another compiler writes the same in another way.
        if filter.is_none() && matches!(self.toolchain, Toolchain::Folder(_)) {
            surface::check(self, &build, bless)?;
        }
        Ok(printed)
    }

    fn test(&self, build: &Path, filter: Option<&str>) -> Result<String, Failure> {
        let mut command = self.command(build)?;
        command.args(["timeout", "--kill-after=10", LIMIT, "swift", "test"]);
        self.links(&mut command, build)?;
        if let Some(filter) = filter {
            command.args(["--filter", filter]);
        }
        tested(&mut command, "swift test")
    }

    /// Says to `swift build` and `swift test` where everything is.
    pub(super) fn links(&self, command: &mut Command, build: &Path) -> Result<(), Failure> {
        command
            .arg("--package-path")
            .arg(self.path("package", self.package));
        command.arg("--scratch-path").arg(self.path("build", build));
        let library = self.path("library", folder(self.library)?);
        command.arg("-Xlinker").arg(prefixed("-L", &library));
        if cfg!(target_os = "linux") {
            // Swift's own Observation library lacks a symbol that nothing here calls.
            command.args(["-Xlinker", "--allow-shlib-undefined"]);
        } else {
            command.args(["-Xlinker", "-rpath", "-Xlinker"]).arg(&library);
        }
        Ok(())
    }

    /// What only Apple's SDKs can compile, against stubs of them.
    fn apple(&self, build: &Path) -> Result<(), Failure> {
        let stubs = self.path("build", build).join("stubs");
        let sources = self.path("package", self.package).join("Tests/AppleStubs");
        let mut command = self.command(build)?;
        command.args(["sh", "-c", STUBS, "sh"]).arg(&stubs).arg(&sources);
        succeed(&mut command, "swiftc of stubs of Apple's modules")?;
        // The module as an app on iOS sees it.
        let module = stubs.join("Pmi.swiftmodule");
        let mut command = self.compile(build, &["-emit-module", "-parse-as-library"])?;
        command.arg("-warnings-as-errors").arg("-I").arg(&stubs);
        command.arg("-o").arg(&module);
        self.add(&mut command, "Sources/Pmi/Apple")?;
        succeed(&mut command, "swiftc of what is for Apple's systems")?;
        let mut command = self.swiftc(build, &["-typecheck", "-parse-as-library", "-module-name", "App"])?;
        command.arg("-warnings-as-errors").arg("-I").arg(&stubs);
        command
            .arg("-I")
            .arg(self.path("build", build).join("debug/Modules"));
        self.add(&mut command, "Examples/App")?;
        succeed(&mut command, "swiftc of the example for iOS").map(drop)
    }

    /// Adds the Swift files of a folder of the package.
    fn add(&self, command: &mut Command, folder: &str) -> Result<(), Failure> {
        for name in swift_files(&self.package.join(folder))? {
            command.arg(self.path("package", self.package).join(folder).join(name));
        }
        Ok(())
    }

    /// A check of `Pmi`'s own files, to be given more.
    pub(super) fn typecheck(&self, build: &Path) -> Result<Command, Failure> {
        self.compile(build, &["-typecheck"])
    }

    fn compile(&self, build: &Path, what: &[&str]) -> Result<Command, Failure> {
        let mut command = self.swiftc(build, what)?;
        command
            .args(["-module-name", "Pmi", "-I"])
            .arg(self.path("build", build).join("debug/Modules"));
        self.add(&mut command, "Sources/Pmi")?;
        Ok(command)
    }

    /// The compiler, in Swift 6 mode, which sees the core's C.
    fn swiftc(&self, build: &Path, what: &[&str]) -> Result<Command, Failure> {
        let modules = self
            .path("package", self.package)
            .join("Sources/PmiFFI/module.modulemap");
        let mut command = self.command(build)?;
        command
            .args(["swiftc", "-swift-version", "6"])
            .args(what)
            .arg("-Xcc")
            .arg(prefixed("-fmodule-map-file=", &modules));
        Ok(command)
    }

    pub(super) fn command(&self, build: &Path) -> Result<Command, Failure> {
        let (libraries, programs) = (folder(self.library)?, folder(self.program)?);
        let library = self.path("library", libraries);
        let program = self
            .path("program", programs)
            .join(self.program.file_name().unwrap_or_default());
        let variables: [(&str, &OsStr); 3] = [
            ("LD_LIBRARY_PATH", library.as_os_str()),
            ("PMI_PROGRAM", program.as_os_str()),
            ("PMI_SYSTEM_LIBRARY", OsStr::new("1")),
        ];
        let folders = [
            ("package", self.package),
            ("build", build),
            ("library", libraries),
            ("program", programs),
        ];
        Ok(self.toolchain.command(&folders, &variables))
    }

    pub(super) fn path(&self, name: &str, folder: &Path) -> PathBuf {
        self.toolchain.path(name, folder)
    }
}

/// What a program's exit says that a fault has ended, as shells say it.
const FAULT: i32 = 139;

/// What a `swift test` printed. It is run once more if it was ended by a fault of its own, which 6.0.3 was seen to have once in
/// some dozens of runs; a test that has one is an exit of 1.
pub(super) fn tested(command: &mut Command, what: &str) -> Result<String, Failure> {
    match output(command, what)? {
        (status, printed) if status.code() == Some(FAULT) => {
            super::say(&format!(
                "{printed}\n{what} was ended by a fault of its own, and is run again"
            ))?;
            succeed(command, what)
        }
        (status, printed) => judged(status, printed, what),
    }
}

/// What it printed; as the error, if it failed.
pub(super) fn succeed(command: &mut Command, what: &str) -> Result<String, Failure> {
    let (status, printed) = output(command, what)?;
    judged(status, printed, what)
}

fn output(command: &mut Command, what: &str) -> Result<(ExitStatus, String), Failure> {
    let output = command.output().map_err(cannot(what))?;
    let printed = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
    Ok((output.status, printed.concat()))
}

fn judged(status: ExitStatus, printed: String, what: &str) -> Result<String, Failure> {
    if status.success() {
        return Ok(printed);
    }
    Err(format!("{printed}\n{what}: {status}"))
}

fn folder(file: &Path) -> Result<&Path, Failure> {
    file.parent()
        .ok_or_else(|| format!("{} is in no folder", file.display()))
}

/// The names of the Swift files in a folder, in order, without those of folders in it.
pub(super) fn swift_files(dir: &Path) -> Result<Vec<OsString>, Failure> {
    let mut names = Vec::new();
    for entry in fs::read_dir(dir).map_err(cannot(dir.display()))? {
        let name = entry.map_err(cannot(dir.display()))?.file_name();
        if Path::new(&name).extension().is_some_and(|end| end == "swift") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

pub(super) fn prefixed(prefix: &str, path: &Path) -> OsString {
    let mut word = OsString::from(prefix);
    word.push(path);
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_tool_is_tried_once_more_and_a_failed_test_is_not() {
        let dir = tempfile::tempdir().expect("a folder");
        let run = |code: i32, again: i32| {
            let once = dir.path().join(format!("{code}-{again}"));
            let mut command = Command::new("sh");
            let script = format!("test -e \"$0\" && exit {again}; touch \"$0\"; exit {code}");
            command.args(["-c", &script]).arg(once);
            tested(&mut command, "a test").is_ok()
        };
        assert!(run(FAULT, 0));
        assert!(!run(FAULT, FAULT), "once");
        assert!(!run(1, 0), "a test failed");
        assert!(run(0, 1));
    }
}
