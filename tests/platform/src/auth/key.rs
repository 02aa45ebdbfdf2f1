//! The signing key, randomness and digests.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SecureRandom as _;

/// The server's signing key. Changing it ends every token.
#[derive(Clone)]
pub(crate) struct Key([u8; 32]);

impl Key {
    /// A new one.
    pub(crate) fn random() -> Self {
        Self(random_bytes())
    }

    /// What is kept in the database.
    pub(crate) fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What was kept in the database.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        Some(Self(URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?))
    }

    /// The key's bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Bytes nobody can guess. All zeros if the system has no randomness, which no system this runs on lacks.
pub(crate) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if ring::rand::SystemRandom::new().fill(&mut bytes).is_err() {
        tracing::error!("the system has no randomness");
    }
    bytes
}

/// A random name of 16 bytes, in hexadecimal.
pub(crate) fn random_name() -> String {
    hex(&random_bytes::<16>())
}

/// A random UUID, version 4.
pub(crate) fn random_uuid() -> String {
    let mut bytes = random_bytes::<16>();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let text = hex(&bytes);
    format!(
        "{}-{}-{}-{}-{}",
        &text[..8],
        &text[8..12],
        &text[12..16],
        &text[16..20],
        &text[20..]
    )
}

/// A SHA-256 digest, in hexadecimal.
pub(crate) fn digest(bytes: &[u8]) -> String {
    hex(ring::digest::digest(&ring::digest::SHA256, bytes).as_ref())
}

/// Hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
