//! Where things are kept: what must not be lost apart from what can be read again.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::exit::Exit;
use crate::failure::Failure;

/// The directories of one user's `pmi`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dirs {
    /// The session; later also what is not sent yet.
    pub(crate) data: PathBuf,
    /// What can be read again. The system may empty it at any time.
    pub(crate) cache: PathBuf,
}

impl Dirs {
    /// Those asked for, or those XDG names.
    ///
    /// # Errors
    /// Wrong usage if neither is possible: no home directory.
    pub(crate) fn find(asked: Option<&Path>) -> Result<Self, Failure> {
        match asked {
            Some(data) if data.as_os_str().is_empty() => Err(Failure::new(
                Exit::Usage,
                "usage",
                "the data directory has no name: leave PMI_DATA_DIR unset, or give one with --data-dir DIR",
            )),
            Some(data) => Ok(Self::below(data)),
            None => Self::by_xdg(|name| std::env::var_os(name)).ok_or_else(|| {
                Failure::new(
                    Exit::Usage,
                    "usage",
                    "there is no home directory to keep the session in: give one with --data-dir DIR",
                )
            }),
        }
    }

    /// Both in one folder.
    pub(crate) fn below(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            cache: data.join("cache"),
        }
    }

    fn by_xdg(var: impl Fn(&str) -> Option<OsString>) -> Option<Self> {
        // The XDG specification: a path that is not absolute is to be ignored.
        let absolute = |name: &str| var(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let home = |below: &str| absolute("HOME").map(|home| home.join(below));
        Some(Self {
            data: absolute("XDG_DATA_HOME")
                .or_else(|| home(".local/share"))?
                .join("pmi"),
            cache: absolute("XDG_CACHE_HOME").or_else(|| home(".cache"))?.join("pmi"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn xdg(pairs: &[(&str, &str)]) -> Option<Dirs> {
        Dirs::by_xdg(|name| {
            let found = pairs.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn the_defaults_are_those_of_xdg() {
        let dirs = xdg(&[("HOME", "/h")]).expect("a home");
        assert_eq!(dirs.data, Path::new("/h/.local/share/pmi"));
        assert_eq!(dirs.cache, Path::new("/h/.cache/pmi"));
        let dirs = xdg(&[("XDG_DATA_HOME", "/d"), ("XDG_CACHE_HOME", "/c")]).expect("no home is needed");
        assert_eq!((dirs.data, dirs.cache), ("/d/pmi".into(), "/c/pmi".into()));
    }

    #[test]
    fn a_relative_xdg_path_is_ignored_and_no_home_is_told() {
        let dirs = xdg(&[("HOME", "/h"), ("XDG_DATA_HOME", "d")]).expect("a home");
        assert_eq!(dirs.data, Path::new("/h/.local/share/pmi"));
        assert_eq!(xdg(&[]), None);
    }

    #[test]
    fn a_data_directory_holds_the_cache_too() {
        let dirs = Dirs::find(Some(Path::new("/x"))).expect("given");
        assert_eq!(dirs, Dirs::below(Path::new("/x")));
        assert!(Dirs::find(Some(Path::new(""))).is_err());
    }
}
