//! The public surface: what an app sees of `Pmi`, and of the records that `Pmi` has aliases of, as the compiler writes it, compared with the
//! committed one.
//!
//! Promised: a change of any name, parameter, case or field is seen in a review. Not promised: documentation, which is no part of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::check::{Check, prefixed, succeed, swift_files};
use super::generate::write_if_changed;
use super::{Failure, cannot};

/// Compares both modules' with the committed ones, or writes these.
pub(super) fn check(check: &Check<'_>, build: &Path, bless: bool) -> Result<(), Failure> {
    let pmi = written(check, build, "Pmi", check.typecheck(build)?)?;
    let pmi: String = lines(pmi.lines().filter(|line| is_surface(line)));
    let generated = written(check, build, "PmiGenerated", generated(check, build)?)?;
    let generated = records(&generated, &aliased(&pmi));
    let mut differences = String::new();
    for (name, surface) in [("Pmi", &pmi), ("PmiGenerated", &generated)] {
        let golden = check.package.join(format!("api/{name}.swiftinterface"));
        if bless {
            write_if_changed(&golden, surface)?;
            continue;
        }
        let committed = fs::read_to_string(&golden).unwrap_or_default();
        if committed != *surface {
            differences += &format!("{}:\n{}", golden.display(), difference(&committed, surface));
        }
    }
    if differences.is_empty() {
        return Ok(());
    }
    Err(format!(
        "the public surface is not the committed one; if that is meant, run this with --bless:\n{differences}"
    ))
}

/// A module's interface, by a command that checks its files.
fn written(check: &Check<'_>, build: &Path, module: &str, mut command: Command) -> Result<String, Failure> {
    let name = format!("{module}.swiftinterface");
    command
        .args(["-suppress-warnings", "-emit-module-interface-path"])
        .arg(check.path("build", build).join(&name));
    succeed(&mut command, "swiftc -emit-module-interface")?;
    let made = build.join(name);
    fs::read_to_string(&made).map_err(cannot(made.display()))
}

/// A check of the generated files.
fn generated(check: &Check<'_>, build: &Path) -> Result<Command, Failure> {
    let package = check.path("package", check.package);
    let folder = "Sources/PmiGenerated";
    let mut command = check.command(build)?;
    command
        .args([
            "swiftc",
            "-typecheck",
            "-swift-version",
            "5",
            "-module-name",
            "PmiGenerated",
            "-Xcc",
        ])
        .arg(prefixed(
            "-fmodule-map-file=",
            &package.join("Sources/PmiFFI/module.modulemap"),
        ));
    for name in swift_files(&check.package.join(folder))? {
        command.arg(package.join(folder).join(name));
    }
    Ok(command)
}

/// Whether a line of an interface says something to a person who uses it.
fn is_surface(line: &str) -> bool {
    let words = line.trim_start();
    // Which compiler it was, what it derived by itself, and what only the module sees.
    ![
        "// swift-",
        "#",
        "@_implements",
        "public typealias __",
        "public func hash(",
        "import ",
    ]
    .iter()
    .any(|start| words.starts_with(start))
        && !["internal let ", "private let ", "private var "]
            .iter()
            .any(|part| words.contains(part))
}

/// The names that `Pmi` has aliases of.
fn aliased(surface: &str) -> BTreeSet<&str> {
    surface
        .lines()
        .filter_map(|line| line.strip_prefix("public typealias ")?.split(' ').next())
        .collect()
}

/// What an interface declares of these names, without what only the border uses.
fn records(interface: &str, names: &BTreeSet<&str>) -> String {
    let mut kept = String::new();
    let mut within = false;
    // What the compiler derives has a body of lines of its own.
    let mut hidden_until: Option<String> = None;
    for line in interface.lines() {
        if !line.starts_with([' ', '}']) {
            within = subject(line).is_some_and(|name| names.contains(name));
        }
        if let Some(end) = &hidden_until {
            if line == end {
                hidden_until = None;
            }
            continue;
        }
        if !within || !is_surface(line) {
            continue;
        }
        if is_of_the_border(line) {
            if line.ends_with('{') {
                let indent = line.len() - line.trim_start().len();
                hidden_until = Some(format!("{}}}", " ".repeat(indent)));
            }
            continue;
        }
        kept += line;
        kept.push('\n');
    }
    kept
}

/// Of which type a line that is not indented begins to speak.
fn subject(line: &str) -> Option<&str> {
    let mut words = line.split([' ', ':', '<', '(']).filter(|word| !word.is_empty());
    let kinds = ["struct", "enum", "class", "typealias", "extension"];
    words.find(|word| kinds.contains(word))?;
    let name = words.next()?;
    Some(name.strip_prefix("PmiGenerated.").unwrap_or(name))
}

fn is_of_the_border(line: &str) -> bool {
    let words = line.trim_start();
    [
        "uniffiCloneHandle",
        "unsafeFromHandle",
        "NoHandle",
        "var hashValue",
    ]
    .iter()
    .any(|part| words.contains(part))
        || words.starts_with("@objc deinit")
        || words == "deinit"
}

fn lines<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The lines that are in one only.
fn difference(old: &str, new: &str) -> String {
    let only = |sign: char, one: &str, other: &str| -> String {
        let other: BTreeSet<&str> = other.lines().collect();
        one.lines()
            .filter(|line| !other.contains(line))
            .map(|line| format!("{sign} {line}\n"))
            .collect()
    };
    only('-', old, new) + &only('+', new, old)
}

#[cfg(test)]
mod tests {
    use super::*;

    const INTERFACE: &str = "\
// swift-compiler-version: 6
import Swift
public struct Vehicle : Swift.Equatable, Swift.Hashable {
  public var id: PmiGenerated.VehicleId
  public init(id: PmiGenerated.VehicleId)
  public static func == (a: PmiGenerated.Vehicle, b: PmiGenerated.Vehicle) -> Swift.Bool
  public func hash(into hasher: inout Swift.Hasher)
  public var hashValue: Swift.Int {
    get
  }
}
extension PmiGenerated.Vehicle : Swift.Sendable {
}
public struct FfiConverterTypeVehicle : PmiGenerated.FfiConverterRustBuffer {
  public static func read(from buf: Swift.Int) throws -> PmiGenerated.Vehicle
}
open class Server : PmiGenerated.ServerProtocol, @unchecked Swift.Sendable {
  public struct NoHandle {
    public init()
  }
  required public init(unsafeFromHandle handle: Swift.UInt64)
  public func uniffiCloneHandle() -> Swift.UInt64
  @objc deinit
  open func email() -> Swift.String
}
public typealias VehicleId = Swift.Int64
";

    #[test]
    fn an_app_sees_the_fields_of_records_and_nothing_of_the_border() {
        let names = aliased(
            "public typealias Server = A.Server\npublic typealias Vehicle = A.Vehicle\npublic typealias VehicleId = A.V\n",
        );
        assert_eq!(
            records(INTERFACE, &names),
            "public struct Vehicle : Swift.Equatable, Swift.Hashable {\n  public var id: PmiGenerated.VehicleId\n  \
             public init(id: PmiGenerated.VehicleId)\n  \
             public static func == (a: PmiGenerated.Vehicle, b: PmiGenerated.Vehicle) -> Swift.Bool\n}\n\
             extension PmiGenerated.Vehicle : Swift.Sendable {\n}\n\
             open class Server : PmiGenerated.ServerProtocol, @unchecked Swift.Sendable {\n  \
             open func email() -> Swift.String\n}\npublic typealias VehicleId = Swift.Int64\n"
        );
    }

    #[test]
    fn what_changed_is_told_by_line() {
        assert_eq!(difference("a\nb\n", "a\nc\n"), "- b\n+ c\n");
    }
}
