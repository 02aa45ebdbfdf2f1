//! What the suites of other languages share: what this build made, Maven, a Swift toolchain.
#![allow(dead_code, reason = "each suite takes what it needs")]

pub(crate) mod intents;
pub(crate) mod maven;

use std::path::{Path, PathBuf};

use pmi_pack::swift::Toolchain;

/// The repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The folder of this build: above the one this test is in.
pub(crate) fn built() -> PathBuf {
    let own = std::env::current_exe().expect("a path");
    let folder = own.parent().and_then(Path::parent);
    folder.expect("a build folder").to_path_buf()
}

/// The library of this build.
pub(crate) fn library() -> PathBuf {
    use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
    built()
        .join("deps")
        .join(format!("{DLL_PREFIX}pmi_ffi{DLL_SUFFIX}"))
}

/// `pmi` of this build, which serves the reference platform.
pub(crate) fn program() -> PathBuf {
    let program = built().join(format!("pmi{}", std::env::consts::EXE_SUFFIX));
    assert!(
        program.exists(),
        "no `pmi` here: cargo build --workspace --bin pmi"
    );
    program
}

/// The Swift toolchain, made where it is not there yet. Under `CI` one that cannot be had fails the test.
pub(crate) fn toolchain() -> Option<Toolchain> {
    let missing = match Toolchain::find_or_make() {
        Ok(toolchain) => return Some(toolchain),
        Err(missing) => missing,
    };
    assert!(std::env::var_os("CI").is_none(), "{missing}");
    eprintln!("not tested: {missing}");
    None
}
