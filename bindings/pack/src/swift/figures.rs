//! What the border costs, measured by a program of the package (`Tests/Figures`), with Swift's optimiser and a library of the release
//! profile.

use std::fs;
use std::path::Path;

use super::check::{Check, succeed};
use super::toolchain::{Toolchain, beside, cache, lock};
use super::{Failure, cannot};

/// Builds the program, runs it, and gives what it printed.
pub(super) fn figures(toolchain: &Toolchain, package: &Path, library: &Path) -> Result<String, Failure> {
    let build = cache()?.join("swift-build-release");
    fs::create_dir_all(&build).map_err(cannot(build.display()))?;
    let _one_at_a_time = lock(&beside(&build, ".lock"))?;
    let check = Check {
        toolchain,
        package,
        library,
        // Nothing is asked of it.
        program: library,
    };
    let mut command = check.command(&build)?;
    command.args(["swift", "build", "-c", "release", "--product", "Figures"]);
    check.links(&mut command, &build)?;
    succeed(&mut command, "swift build")?;
    let mut command = check.command(&build)?;
    command.arg(check.path("build", &build).join("release/Figures"));
    succeed(&mut command, "the measurement")
}
