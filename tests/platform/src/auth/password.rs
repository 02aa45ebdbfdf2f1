//! Argon2id, on a thread where it blocks nobody.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

/// Hashes a password. Nothing if hashing failed.
pub(crate) async fn hash(password: &str) -> Option<String> {
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || {
        let hash: PasswordHash = Argon2::default().hash_password(password.as_bytes()).ok()?;
        Some(hash.to_string())
    })
    .await
    .ok()?
}

/// Whether the password is the one hashed. Without a hash the work is done all the same, and the answer is no.
pub(crate) async fn verify(password: &str, hash: Option<&str>) -> bool {
    let password = password.to_owned();
    let known = hash.is_some();
    let hash = hash
        .map(str::to_owned)
        .or_else(|| seeded("nobody has this password"));
    tokio::task::spawn_blocking(move || {
        let hash = hash.unwrap_or_default();
        let Ok(hash) = PasswordHash::new(&hash) else {
            return false;
        };
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
            && known
    })
    .await
    .unwrap_or(false)
}

/// The hash of a seeded password, made once per process.
pub(crate) fn seeded(password: &str) -> Option<String> {
    static HASHES: LazyLock<Mutex<HashMap<String, String>>> = LazyLock::new(Mutex::default);
    let mut hashes = HASHES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(hash) = hashes.get(password) {
        return Some(hash.clone());
    }
    let hash: PasswordHash = Argon2::default().hash_password(password.as_bytes()).ok()?;
    hashes.insert(password.to_owned(), hash.to_string());
    Some(hash.to_string())
}
