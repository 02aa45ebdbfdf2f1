//! A Swift toolchain: this machine's, or, on a Linux machine without one, a folder with a Debian 13 and its `swiftlang` inside.
//!
//! The folder is made once, in the user's cache (`PMI_SWIFT_ROOT` names another place), under a lock, beside its place, and moved there
//! when it is complete: one that was left half made is made anew. Packages come from the mirror that this machine's own come from.
//! What runs in it sees a private mount and process namespace: nothing stays mounted, and nothing that it started outlives it.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Failure, cannot};

/// What is inside. A folder that was made for another is made anew.
const RECIPE: &str = "trixie: swiftlang libc6-dev libstdc++-14-dev, 1\n";
/// Holds the recipe, in a folder that is complete.
const MARK: &str = "etc/pmi-toolchain";

const MAKE: &str = r#"
set -eu
root=$1 mirror=$2
export DEBIAN_FRONTEND=noninteractive
if ! command -v debootstrap; then
    apt-get update
    apt-get install --yes --no-install-recommends debootstrap
fi
debootstrap --variant=minbase trixie "$root" "$mirror"
mount -t proc proc "$root/proc"
chroot "$root" apt-get install --yes --no-install-recommends swiftlang libc6-dev libstdc++-14-dev
chroot "$root" apt-get clean
mkdir -p "$root/pmi"
"#;

const ENTER: &str = r#"
set -eu
root=$1
shift
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/tmp"
while [ "$1" != -- ]; do
    mkdir -p "$root/pmi/$1"
    mount --bind "$2" "$root/pmi/$1"
    shift 2
done
shift
set +e
# Not `exec`: the first process of the namespace must be one that outlives what the program starts.
chroot "$root" /usr/bin/env --ignore-environment PATH=/usr/bin:/bin HOME=/tmp LANG=C.UTF-8 "$@"
exit $?
"#;

/// A shell in namespaces of its own. What runs in it ends with this process, however that ends.
const APART: [&str; 11] = [
    "--pdeathsig",
    "KILL",
    "unshare",
    "--mount",
    "--propagation",
    "private",
    "--pid",
    "--fork",
    "--kill-child",
    "sh",
    "-c",
];

/// A Swift toolchain.
#[derive(Debug)]
pub enum Toolchain {
    /// What this machine has.
    OfThisMachine,
    /// A folder with one.
    Folder(PathBuf),
}

impl Toolchain {
    /// This machine's, else the folder, which is made if need be.
    ///
    /// # Errors
    /// What is missing, and what to install.
    pub fn find_or_make() -> Result<Self, Failure> {
        if of_this_machine() {
            return Ok(Self::OfThisMachine);
        }
        if !cfg!(target_os = "linux") {
            return Err("Swift 6 is not on the PATH: install Xcode 16 or newer".to_owned());
        }
        let root = match std::env::var_os("PMI_SWIFT_ROOT") {
            Some(root) => PathBuf::from(root),
            None => cache()?.join("swift-trixie"),
        };
        let parent = root.parent().ok_or("PMI_SWIFT_ROOT is no folder to be made")?;
        fs::create_dir_all(parent).map_err(cannot(parent.display()))?;
        let _one_at_a_time = lock(&beside(&root, ".lock"))?;
        match fs::read_to_string(root.join(MARK)) {
            Ok(recipe) if recipe == RECIPE => return Ok(Self::Folder(root)),
            Ok(_) => remove(&root)?,
            Err(_) if root.exists() => {
                let root = root.display();
                return Err(format!(
                    "{root} is no toolchain of this tool: remove it, or set PMI_SWIFT_ROOT"
                ));
            }
            Err(_) => {}
        }
        make(&root)?;
        Ok(Self::Folder(root))
    }

    /// A command of this toolchain that sees these folders, each by its name.
    pub(super) fn command(&self, folders: &[(&str, &Path)], env: &[(&str, &OsStr)]) -> Command {
        match self {
            Self::OfThisMachine => {
                let mut command = Command::new("env");
                for (name, value) in env {
                    command.arg(assignment(name, value));
                }
                command
            }
            Self::Folder(root) => {
                let mut command = Command::new("setpriv");
                command.args(APART).args([ENTER, "sh"]).arg(root);
                for (name, folder) in folders {
                    command.arg(name).arg(folder);
                }
                command.arg("--");
                for (name, value) in env {
                    command.arg(assignment(name, value));
                }
                command
            }
        }
    }

    /// Where a command of this toolchain sees a folder.
    pub(super) fn path(&self, name: &str, folder: &Path) -> PathBuf {
        match self {
            Self::OfThisMachine => folder.to_owned(),
            Self::Folder(_) => Path::new("/pmi").join(name),
        }
    }
}

/// The folder of this tool in the user's cache.
pub(super) fn cache() -> Result<PathBuf, Failure> {
    let home = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache"));
    std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|dir| dir.is_absolute())
        .or_else(home)
        .map(|dir| dir.join("pmi"))
        .ok_or_else(|| "neither XDG_CACHE_HOME nor HOME is set".to_owned())
}

/// Waits until this process is the only one that holds it.
#[expect(clippy::disallowed_methods, reason = "this never runs on a phone")]
pub(super) fn lock(path: &Path) -> Result<File, Failure> {
    let file = File::create(path).map_err(cannot(path.display()))?;
    file.lock().map_err(cannot(path.display()))?;
    Ok(file)
}

/// A file beside another, with a longer name.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Whether there is a Swift of version 6 or newer on the PATH.
fn of_this_machine() -> bool {
    let output = Command::new("swift").arg("--version").output();
    output
        .is_ok_and(|output| version(&String::from_utf8_lossy(&output.stdout)).is_some_and(|major| major >= 6))
}

/// The first number of `Swift version 6.0.3 (...)`.
fn version(text: &str) -> Option<u32> {
    let (_, rest) = text.split_once("Swift version ")?;
    rest.split(['.', ' ', '-']).next()?.parse().ok()
}

fn make(root: &Path) -> Result<(), Failure> {
    let mirror = ["/etc/apt/sources.list", "/etc/apt/sources.list.d"]
        .iter()
        .flat_map(|path| texts(Path::new(path)))
        .find_map(|text| mirror(&text));
    let (Some(mirror), true) = (mirror, may_mount()) else {
        return Err(
            "there is no Swift on the PATH, and a folder with one can be made only by root on Debian: install Swift 6 \
                    (https://www.swift.org/install), or run this as root on Debian 12 or newer"
                .to_owned(),
        );
    };
    let making = beside(root, ".making");
    remove(&making)?;
    let log = beside(root, ".log");
    let output = File::create(&log).map_err(cannot(log.display()))?;
    let errors = output.try_clone().map_err(cannot(log.display()))?;
    let _ = writeln!(
        std::io::stderr(),
        "making a Swift toolchain in {}: some 90 s, 600 MB to download, 2.6 GB on the disk",
        root.display()
    );
    let status = Command::new("setpriv")
        .args(APART)
        .args([MAKE, "sh"])
        .arg(&making)
        .arg(mirror)
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(errors)
        .status()
        .map_err(cannot("setpriv"))?;
    if !status.success() {
        let tail = fs::read_to_string(&log).unwrap_or_default();
        let tail: Vec<&str> = tail.lines().rev().take(15).collect();
        let tail: Vec<&str> = tail.into_iter().rev().collect();
        return Err(format!(
            "the toolchain could not be made ({status}; all of it is in {}):\n{}",
            log.display(),
            tail.join("\n")
        ));
    }
    let mark = making.join(MARK);
    fs::write(&mark, RECIPE).map_err(cannot(mark.display()))?;
    fs::rename(&making, root).map_err(cannot(root.display()))
}

/// Whether this process may make mounts of its own.
fn may_mount() -> bool {
    let tried = Command::new("unshare")
        .args(["--mount", "--propagation", "private", "true"])
        .stderr(Stdio::null())
        .status();
    tried.is_ok_and(|status| status.success())
}

/// A file's text, or those of all files in a folder.
fn texts(path: &Path) -> Vec<String> {
    match fs::read_dir(path) {
        Ok(entries) => entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| {
                path.extension()
                    .is_some_and(|end| end == "list" || end == "sources")
            })
            .flat_map(|path| texts(&path))
            .collect(),
        Err(_) => fs::read_to_string(path).into_iter().collect(),
    }
}

/// The first Debian archive that a file of apt's names: not one of security fixes, and nobody else's.
fn mirror(sources: &str) -> Option<String> {
    sources
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with("deb ") || line.starts_with("URIs:"))
        .flat_map(str::split_whitespace)
        .find(|word| word.contains("://") && word.trim_end_matches('/').ends_with("/debian"))
        .map(str::to_owned)
}

fn remove(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(cannot(folder.display())(error)),
        _ => Ok(()),
    }
}

fn assignment(name: &str, value: &OsStr) -> std::ffi::OsString {
    let mut word = std::ffi::OsString::from(name);
    word.push("=");
    word.push(value);
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mirror_is_the_first_debian_archive_of_either_form() {
        let lines = "# deb http://old.example/debian stable main\ndeb [signed-by=/k] https://a.example/debian/ bookworm main\n";
        assert_eq!(mirror(lines).as_deref(), Some("https://a.example/debian/"));
        let stanza =
            "Types: deb\nURIs: http://b.example/debian-security http://b.example/debian\nSuites: bookworm\n";
        assert_eq!(mirror(stanza).as_deref(), Some("http://b.example/debian"));
        assert_eq!(mirror("deb https://c.example/ubuntu noble main\n"), None);
    }

    #[test]
    fn a_version_is_read_of_either_system() {
        assert_eq!(version("Swift version 6.0.3 (swift-6.0.3-RELEASE)\n"), Some(6));
        assert_eq!(
            version("Apple Swift version 5.10 (swiftlang-5.10.0.13)\n"),
            Some(5)
        );
        assert_eq!(version("swift: not found"), None);
    }
}
