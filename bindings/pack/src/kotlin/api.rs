//! The public surface as `javap` shows it, so that a change of it is seen in review.
//!
//! Left out: what the generator needs public for itself (converters, buffers, handles, the classes' own life), what every data class has
//! (`copy`, `componentN`, `equals`, `hashCode`, `toString`), and what only a debug library has.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::{at, text};

/// Beginnings of the names of classes that are the generator's.
const ITS_CLASSES: [&str; 12] = [
    "Disposable",
    "FfiConverter",
    "ForeignBytes",
    "IntegrityChecking",
    "InternalException",
    "JavaLangRef",
    "LogSinkImpl",
    "NoHandle",
    "Pmi_coreKt",
    "RustBuffer",
    "Uniffi",
    "uniffi",
];

/// Parts of the members that are left out.
const LEFT_OUT: [&str; 26] = [
    "$default(",
    "$pmi(",
    "(kotlin.jvm.internal.DefaultConstructorMarker)",
    "ErrorHandler",
    "ForTests",
    "IDX_CALLBACK",
    "NoHandle",
    "RustBuffer",
    "UNIFFI",
    "UniffiWithHandle",
    "access$",
    "uniffi",
    "Uniffi",
    " Companion;",
    " component",
    " copy(",
    " copy-",
    " destroy()",
    " equals(",
    " getEntries()",
    " hashCode()",
    " toString()",
    " use(T",
    " valueOf(",
    " values()",
    " watching(",
];

/// How Kotlin marks a member that gives a number without a sign.
const UNSIGNED: [(&str, &str, &str); 4] = [
    ("-w2LRezQ", "byte ", "kotlin.UByte "),
    ("-Mh2AYeg", "short ", "kotlin.UShort "),
    ("-pVg5ArA", "int ", "kotlin.UInt "),
    ("-s-VKNKU", "long ", "kotlin.ULong "),
];

/// The surface of these classes, one paragraph each, in the order of their names.
///
/// # Errors
/// What failed, in a line.
pub(super) fn surface(classes: &Path) -> Result<String, String> {
    let mut javap = Command::new("javap");
    javap.args(["-public", "-cp", text(classes)?]);
    for package in ["io/pmi", "io/pmi/core"] {
        javap.args(names(classes, package)?);
    }
    let shown = javap
        .output()
        .map_err(|error| format!("javap cannot be started: {error}"))?;
    if !shown.status.success() {
        return Err(format!("javap: {}", String::from_utf8_lossy(&shown.stderr)));
    }
    Ok(normal(&String::from_utf8_lossy(&shown.stdout)))
}

/// The classes of a package, as javap takes them.
fn names(classes: &Path, package: &str) -> Result<Vec<String>, String> {
    let folder = classes.join(package);
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).map_err(at(&folder))? {
        let file = entry.map_err(at(&folder))?.file_name();
        let name = file.to_string_lossy();
        if let Some(class) = name.strip_suffix(".class").filter(|class| is_ours(class)) {
            names.push(format!("{}.{class}", package.replace('/', ".")));
        }
    }
    Ok(names)
}

fn is_ours(class: &str) -> bool {
    let nested = class.split('$').skip(1);
    let is_plain = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_uppercase())
            && !["Companion", "ErrorHandler", "WhenMappings"].contains(&part)
    };
    nested.into_iter().all(is_plain) && !ITS_CLASSES.iter().any(|its| class.starts_with(its))
}

/// What javap said, sorted, without what is left out.
fn normal(shown: &str) -> String {
    let mut classes: BTreeMap<&str, (String, Vec<String>)> = BTreeMap::new();
    let mut open: Option<&str> = None;
    for line in shown.lines() {
        if line.starts_with("Compiled from") {
            continue;
        }
        if let Some(head) = line.strip_suffix(" {") {
            let name = head.split(' ').find(|word| word.starts_with("io.pmi."));
            open = name.filter(|_| head.starts_with("public "));
            if let Some(name) = open {
                classes.insert(name, (head.replace("io.pmi.Disposable,", ""), Vec::new()));
            }
        } else if let Some((_, members)) = open.and_then(|name| classes.get_mut(name))
            && line.starts_with("  ")
            && !LEFT_OUT.iter().any(|part| line.contains(part))
        {
            members.push(member(line));
        }
    }
    let paragraph = |(head, mut members): (String, Vec<String>)| {
        members.sort_unstable();
        format!("{head}\n{}\n", members.concat())
    };
    classes.into_values().map(paragraph).collect()
}

fn member(line: &str) -> String {
    let marked = UNSIGNED.iter().find(|(mark, ..)| line.contains(mark));
    let line = marked.map_or_else(
        || line.to_owned(),
        |(mark, plain, unsigned)| line.replace(mark, "").replacen(plain, unsigned, 1),
    );
    format!("{}\n", line.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surface_is_sorted_and_holds_what_an_app_can_call() {
        let shown = "Compiled from \"a.kt\"\npublic class io.pmi.B implements io.pmi.Disposable,java.lang.AutoCloseable {\n  public void \
                     send(io.pmi.core.X);\n  public final int getLeft-pVg5ArA();\n  public void destroy();\n  public io.pmi.B(io.pmi.NoHandle);\n}\n\
                     Compiled from \"b.kt\"\npublic final class io.pmi.A {\n  public void now();\n}\nclass io.pmi.Hidden {\n  public void x();\n}\n";
        assert_eq!(
            normal(shown),
            "public final class io.pmi.A\n  public void now();\n\npublic class io.pmi.B implements java.lang.AutoCloseable\n  public \
             final kotlin.UInt getLeft();\n  public void send(io.pmi.core.X);\n\n"
        );
    }

    #[test]
    fn the_generators_own_classes_are_not_the_surface() {
        for its in [
            "FfiConverterLong",
            "RustBuffer$ByValue",
            "PmiClient$Companion",
            "PmiClient$sync$1",
        ] {
            assert!(!is_ours(its), "{its}");
        }
        for ours in ["PmiClient", "core".to_uppercase().as_str(), "Remedy$Wait"] {
            assert!(is_ours(ours), "{ours}");
        }
    }
}
