//! What an access token says of itself. Not verified: it came from the server over the connection that proved it, and it is
//! believed only in what concerns this client (how long to use it, which role to show).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::loose::{Lax, Rows};

/// The claims both dialects make.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Claims {
    pub(super) sub: Lax<i64>,
    pub(super) role: Lax<String>,
    pub(super) permissions: Rows<String>,
    iat: Lax<i64>,
    exp: Lax<i64>,
}

impl Claims {
    /// Reads the claims; a token of another make has none.
    pub(super) fn of(token: &str) -> Self {
        token
            .split('.')
            .nth(1)
            .and_then(|payload| URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok())
            .map(Zeroizing::new)
            .and_then(|payload| serde_json::from_slice(&payload).ok())
            .unwrap_or_default()
    }

    /// How many seconds the token lives. A difference of two times of the server, so no clock of ours matters.
    pub(super) fn lifetime(&self) -> Option<u64> {
        let seconds = self.exp.0?.checked_sub(self.iat.0?)?;
        u64::try_from(seconds).ok().filter(|seconds| *seconds > 0)
    }
}
