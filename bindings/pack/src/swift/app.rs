//! The iOS app: its models built and tested, its views checked.
//!
//! Promised: the models do with the real server what the views draw; the views are Swift 6 that fits the models, the records and the
//! tokens, without a warning. Not promised: that they fit Apple's own modules, of which there are stand-ins here
//! (`ios/Tests/AppleStandIns`); Xcode in the hosted workflow shows that.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::check::{prefixed, succeed, tested};
use super::toolchain::{Toolchain, beside, cache, lock};
use super::{Failure, cannot};

/// Seconds that building and testing may take.
const LIMIT: &str = "600";

/// The stand-ins, in the order in which they import each other; then what an app imports besides.
const VIEWS: &str = r#"
set -eu
repo=$1 build=$2
modules=$build/stand-ins
mkdir -p "$modules"
cd "$modules"
swift() {
    swiftc -swift-version 6 -parse-as-library -I "$modules" -I "$build/debug/Modules" \
        -Xcc -fmodule-map-file="$repo/bindings/swift/Sources/PmiFFI/module.modulemap" "$@"
}
module() {
    name=$1
    shift
    swift -suppress-warnings -emit-module -module-name "$name" "$@"
}
for name in UniformTypeIdentifiers CoreTransferable UIKit BackgroundTasks Network SwiftUI PhotosUI; do
    module "$name" "$repo/ios/Tests/AppleStandIns/$name"*.swift
done
module Pmi "$repo"/bindings/swift/Sources/Pmi/*.swift "$repo"/bindings/swift/Sources/Pmi/Apple/*.swift
for name in PmiDesign PmiModels; do
    module "$name" "$repo/ios/Sources/$name"/*.swift
done
shift 2
swift -typecheck -warnings-as-errors -module-name PmiApp "$@"
swift -typecheck -warnings-as-errors -module-name PmiAppTests "$repo"/ios/AppTests/*.swift
"#;

/// The app, and with what it is checked.
pub(super) struct App<'a> {
    /// With what.
    pub(super) toolchain: &'a Toolchain,
    /// The repository.
    pub(super) root: &'a Path,
    /// The core, as a shared library.
    pub(super) library: &'a Path,
    /// The program `pmi`, for a server to test against.
    pub(super) program: &'a Path,
}

impl App<'_> {
    /// Tests the models and checks the views; gives what the tests printed.
    pub(super) fn run(&self, filter: Option<&str>) -> Result<String, Failure> {
        let build = cache()?.join("swift-build-app");
        fs::create_dir_all(&build).map_err(cannot(build.display()))?;
        // Two checkouts share what was built.
        let _one_at_a_time = lock(&beside(&build, ".lock"))?;
        let printed = self.test(&build, filter)?;
        if filter.is_none() && cfg!(target_os = "linux") {
            self.views(&build)?;
        }
        Ok(printed)
    }

    fn test(&self, build: &Path, filter: Option<&str>) -> Result<String, Failure> {
        let mut command = self.command(build)?;
        command.args([
            "timeout",
            "--kill-after=10",
            LIMIT,
            "swift",
            "test",
            "--package-path",
        ]);
        command.arg(self.repo().join("ios"));
        command
            .arg("--scratch-path")
            .arg(self.toolchain.path("build", build));
        let library = self.toolchain.path("library", folder(self.library)?);
        command.arg("-Xlinker").arg(prefixed("-L", &library));
        if cfg!(target_os = "linux") {
            // Swift's own Observation library lacks a symbol that nothing here calls.
            command.args(["-Xlinker", "--allow-shlib-undefined"]);
        } else {
            command.args(["-Xlinker", "-rpath", "-Xlinker"]).arg(&library);
        }
        if let Some(filter) = filter {
            command.args(["--filter", filter]);
        }
        tested(&mut command, "swift test of the iOS app's models")
    }

    fn views(&self, build: &Path) -> Result<(), Failure> {
        let mut command = self.command(build)?;
        command.args(["sh", "-c", VIEWS, "sh"]).arg(self.repo());
        command.arg(self.toolchain.path("build", build));
        let ios = self.root.join("ios");
        for view in views(&ios)? {
            command.arg(self.repo().join("ios").join(view));
        }
        succeed(&mut command, "swiftc of the iOS app's views").map(drop)
    }

    fn command(&self, build: &Path) -> Result<Command, Failure> {
        let (libraries, programs) = (folder(self.library)?, folder(self.program)?);
        let library = self.toolchain.path("library", libraries);
        let name = self.program.file_name().unwrap_or_default();
        let program = self.toolchain.path("program", programs).join(name);
        let variables: [(&str, &OsStr); 3] = [
            ("LD_LIBRARY_PATH", library.as_os_str()),
            ("PMI_PROGRAM", program.as_os_str()),
            ("PMI_SYSTEM_LIBRARY", OsStr::new("1")),
        ];
        let folders = [
            ("repo", self.root),
            ("build", build),
            ("library", libraries),
            ("program", programs),
        ];
        Ok(self.toolchain.command(&folders, &variables))
    }

    fn repo(&self) -> PathBuf {
        self.toolchain.path("repo", self.root)
    }
}

/// The Swift files of the app's views, named from `ios`, in order.
///
/// # Errors
/// What cannot be read.
pub fn views(ios: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut views = Vec::new();
    let mut folders = vec![PathBuf::from("App")];
    while let Some(folder) = folders.pop() {
        let full = ios.join(&folder);
        for entry in fs::read_dir(&full).map_err(cannot(full.display()))? {
            let path = folder.join(entry.map_err(cannot(full.display()))?.file_name());
            if ios.join(&path).is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "swift") {
                views.push(path);
            }
        }
    }
    views.sort();
    Ok(views)
}

fn folder(file: &Path) -> Result<&Path, Failure> {
    file.parent()
        .ok_or_else(|| format!("{} is in no folder", file.display()))
}
