//! The XCFramework: what an app links, for phones, simulators and Macs. Made on a Mac with Xcode and the five Rust targets.

use std::path::Path;
use std::process::Command;

use super::{Failure, cannot, generate, library_in};
use crate::release::for_apps;

/// The oldest systems it runs on, as `Package.swift` says.
const OLDEST: [(&str, &str); 2] = [
    ("IPHONEOS_DEPLOYMENT_TARGET", "17.0"),
    ("MACOSX_DEPLOYMENT_TARGET", "14.0"),
];

/// One library of the XCFramework, of several architectures, and the Rust targets it is made of.
const SLICES: [(&str, &[&str]); 3] = [
    ("ios", &["aarch64-apple-ios"]),
    ("ios-simulator", &["aarch64-apple-ios-sim", "x86_64-apple-ios"]),
    ("macos", &["aarch64-apple-darwin", "x86_64-apple-darwin"]),
];

/// The C modules that are generated.
const MODULES: [&str; 2] = ["PmiCoreGeneratedFFI", "PmiGeneratedFFI"];

/// Generates the code, builds each target, and puts the XCFramework and its zip into the package.
pub(super) fn xcframework(root: &Path, package: &Path, dry_run: bool) -> Result<(), Failure> {
    let steps = steps();
    if dry_run {
        return super::say(&steps.iter().map(|step| step.join(" ") + "\n").collect::<String>());
    }
    for (at, step) in steps.iter().enumerate() {
        let (program, arguments) = step.split_first().ok_or("an empty step")?;
        let mut command = Command::new(program);
        if arguments.iter().any(|word| word == "--release") {
            for_apps(&mut command, root);
        }
        let status = command
            .args(arguments)
            .envs(OLDEST)
            .current_dir(root)
            .status()
            .map_err(cannot(program))?;
        if !status.success() {
            return Err(format!("{}: {status}", step.join(" ")));
        }
        if at == 0 {
            generate::into_package(&library_in(&root.join("target/debug")), package)?;
        }
    }
    Ok(())
}

/// The commands, from the repository's root. The first builds what the code is generated from.
fn steps() -> Vec<Vec<String>> {
    const OUT: &str = "target/xcframework";
    const PACKAGE: &str = "bindings/swift";
    let mut steps = vec![words("cargo build --locked -p pmi-ffi --lib")];
    for target in SLICES.iter().flat_map(|(_, targets)| *targets) {
        steps.push(words(&format!(
            "cargo rustc --locked --release -p pmi-ffi --lib --crate-type staticlib --target {target}"
        )));
    }
    steps.push(words(&format!(
        "rm -rf {OUT} {PACKAGE}/PmiFFI.xcframework {PACKAGE}/PmiFFI.xcframework.zip"
    )));
    // Each in a folder of its name, where a compiler looks for it: an app with several XCFrameworks would else find their module maps
    // on top of each other.
    for module in MODULES {
        let (made, folder) = (
            format!("{PACKAGE}/.build/generated/{module}"),
            format!("{OUT}/include/{module}"),
        );
        steps.push(words(&format!("mkdir -p {folder}")));
        steps.push(words(&format!("cp {made}.h {folder}")));
        steps.push(words(&format!("cp {made}.modulemap {folder}/module.modulemap")));
    }
    let mut create = words("xcodebuild -create-xcframework");
    for (slice, targets) in SLICES {
        steps.push(words(&format!("mkdir -p {OUT}/{slice}")));
        let mut lipo = words("lipo -create");
        lipo.extend(
            targets
                .iter()
                .map(|target| format!("target/{target}/release/libpmi_ffi.a")),
        );
        lipo.extend(words(&format!("-output {OUT}/{slice}/libpmi_ffi.a")));
        steps.push(lipo);
        create.extend(words(&format!(
            "-library {OUT}/{slice}/libpmi_ffi.a -headers {OUT}/include"
        )));
    }
    create.extend(words(&format!("-output {PACKAGE}/PmiFFI.xcframework")));
    steps.push(create);
    steps.push(words(&format!(
        "ditto -c -k --sequesterRsrc --keepParent {PACKAGE}/PmiFFI.xcframework {PACKAGE}/PmiFFI.xcframework.zip"
    )));
    steps.push(words(&format!(
        "swift package compute-checksum {PACKAGE}/PmiFFI.xcframework.zip"
    )));
    steps
}

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slice_that_is_built_is_in_the_xcframework() {
        let steps = steps();
        let built: Vec<&String> = steps
            .iter()
            .filter(|step| step[1] == "rustc")
            .filter_map(|step| step.last())
            .collect();
        assert_eq!(built.len(), 5);
        for target in built {
            assert!(
                steps
                    .iter()
                    .any(|step| step[0] == "lipo" && step.iter().any(|word| word.contains(&**target)))
            );
        }
        let create = steps.iter().find(|step| step[0] == "xcodebuild").unwrap();
        assert_eq!(
            create.iter().filter(|word| *word == "-library").count(),
            SLICES.len()
        );
    }
}
