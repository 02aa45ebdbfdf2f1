//! Passwords, access tokens and refresh tokens: pure functions over a key and a clock reading, and the store's rows.

pub(crate) mod jwt;
mod key;
pub(crate) mod password;
pub(crate) mod refresh;
pub(crate) mod roles;

pub(crate) use key::{Key, digest, hex, random_bytes, random_name, random_uuid};
