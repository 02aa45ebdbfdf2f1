//! Whom to trust, as the arguments say: root certificates from files, and pins.

use std::path::Path;

use pmi_core::ports::{HttpClientConfig, Pins, RootCertificate};

use crate::args::Global;
use crate::exit::Exit;
use crate::failure::Failure;

/// How to connect. Reads the files of `--root-cert`.
///
/// # Errors
/// Wrong usage: a file that cannot be read or holds no certificate, or fewer than two different pins.
pub(crate) fn of(global: &Global) -> Result<HttpClientConfig, Failure> {
    let mut config = HttpClientConfig::default();
    for path in &global.root_cert {
        config.extra_roots.extend(roots(path)?);
    }
    if !global.pin.is_empty() {
        let pins = Pins::new(global.pin.iter().copied());
        config.pins = Some(pins.map_err(|error| usage(format!("--pin: {error}")))?);
    }
    Ok(config)
}

fn roots(path: &Path) -> Result<Vec<RootCertificate>, Failure> {
    let told = |why: String| usage(format!("--root-cert {}: {why}", path.display()));
    let text = std::fs::read(path).map_err(|error| told(error.to_string()))?;
    RootCertificate::from_pem(&text).map_err(|error| told(error.to_string()))
}

fn usage(message: String) -> Failure {
    Failure::new(Exit::Usage, "usage", message)
}
