//! The documentation of `Pmi` as an archive for Xcode and the web. A link to what is not there is an error.

use std::fs;
use std::path::Path;

use super::check::{Check, succeed};
use super::toolchain::{Toolchain, beside, cache, lock};
use super::{Failure, cannot};

/// From the symbols of the module and the article in the package: the graph of the symbols, then the archive.
const MAKE: &str = r#"
set -eu
package=$1 build=$2
rm -rf "$build/graphs" "$build/Pmi.doccarchive"
mkdir -p "$build/graphs"
docc=$(command -v docc || ls /usr/libexec/swift/bin/docc)
extract=$(command -v swift-symbolgraph-extract || ls /usr/libexec/swift/bin/swift-symbolgraph-extract)
for module in Pmi PmiGenerated; do
    "$extract" -module-name "$module" -I "$build/debug/Modules" \
        -Xcc -fmodule-map-file="$package/Sources/PmiFFI/module.modulemap" \
        -target "$(swiftc -print-target-info | sed -n 's/.*"triple": "\(.*\)",/\1/p' | head -n 1)" -minimum-access-level public -output-dir "$build/graphs"
done
"$docc" convert "$package/Sources/Pmi/Pmi.docc" --additional-symbol-graph-dir "$build/graphs" \
    --fallback-display-name Pmi --fallback-bundle-identifier io.pmi --warnings-as-errors \
    --output-path "$build/Pmi.doccarchive"
"#;

/// Builds the module, and makes the archive of it in `out_dir`.
pub(super) fn docs(
    toolchain: &Toolchain,
    package: &Path,
    library: &Path,
    out_dir: &Path,
) -> Result<(), Failure> {
    let build = cache()?.join("swift-build");
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
    command.args(["swift", "build", "--target", "Pmi"]);
    check.links(&mut command, &build)?;
    succeed(&mut command, "swift build")?;
    let mut command = check.command(&build)?;
    command.args(["sh", "-c", MAKE, "sh"]);
    command
        .arg(check.path("package", package))
        .arg(check.path("build", &build));
    super::say(&succeed(&mut command, "docc")?)?;
    let (made, out) = (build.join("Pmi.doccarchive"), out_dir.join("Pmi.doccarchive"));
    copy(&made, &out)
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to).map_err(cannot(to.display()))?;
    for entry in fs::read_dir(from).map_err(cannot(from.display()))? {
        let entry = entry.map_err(cannot(from.display()))?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to)?;
        } else {
            fs::copy(&from, &to).map_err(cannot(to.display()))?;
        }
    }
    Ok(())
}
