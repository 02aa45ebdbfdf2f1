//! HS256 access tokens by `jsonwebtoken`, signed by ring: its own providers bring `rsa` (RUSTSEC-2023-0071) or aws-lc.

use std::sync::Once;

use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{ErrorKind, Result};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use ring::hmac;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use signature::{Signer, Verifier};

use super::Key;

/// What a v2 access token says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct AccessClaims {
    pub(crate) sub: String,
    pub(crate) email: String,
    pub(crate) role: String,
    pub(crate) permissions: Vec<String>,
    /// Family, generation and a random part.
    pub(crate) jti: String,
    pub(crate) iat: i64,
    pub(crate) exp: i64,
    #[serde(rename = "type")]
    pub(crate) kind: String,
}

/// What a v1 token says. A refresh token has neither address nor role. The order is the deployed platform's.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct V1Claims {
    pub(crate) sub: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) role: Option<String>,
    pub(crate) exp: i64,
    pub(crate) iat: i64,
    #[serde(rename = "type")]
    pub(crate) kind: String,
}

/// Signs claims. Nothing if they cannot be written as JSON.
pub(crate) fn sign(key: &Key, claims: &impl Serialize) -> Option<String> {
    install();
    encode(
        &Header::new(Algorithm::HS256),
        claims,
        &EncodingKey::from_secret(key.bytes()),
    )
    .ok()
}

/// The claims of a token this key signed. Expiry is the caller's to judge, by the server's clock.
pub(crate) fn open<T: DeserializeOwned>(key: &Key, token: &str) -> Option<T> {
    install();
    let mut validation = Validation::new(Algorithm::HS256);
    validation.validate_exp = false;
    validation.required_spec_claims.clear();
    decode(token, &DecodingKey::from_secret(key.bytes()), &validation)
        .ok()
        .map(|data| data.claims)
}

struct Hs256(hmac::Key);

impl Signer<Vec<u8>> for Hs256 {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, signature::Error> {
        Ok(hmac::sign(&self.0, message).as_ref().to_vec())
    }
}

impl Verifier<Vec<u8>> for Hs256 {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> std::result::Result<(), signature::Error> {
        hmac::verify(&self.0, message, signature).map_err(|_| signature::Error::new())
    }
}

impl JwtSigner for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

impl JwtVerifier for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

fn signer(algorithm: &Algorithm, key: &EncodingKey) -> Result<Box<dyn JwtSigner>> {
    match algorithm {
        Algorithm::HS256 => Ok(Box::new(Hs256(hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes())))),
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>> {
    match algorithm {
        Algorithm::HS256 => Ok(Box::new(Hs256(hmac::Key::new(
            hmac::HMAC_SHA256,
            key.try_get_as_bytes()?,
        )))),
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: signer,
    verifier_factory: verifier,
    key_utils: KeyUtils::new_unimplemented(),
};

fn install() {
    static ONCE: Once = Once::new();
    // Another provider installed by the process does as well.
    ONCE.call_once(|| {
        let _ = PROVIDER.install_default();
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_signed_by_another_key_does_not_open() {
        let claims = V1Claims {
            sub: "7".into(),
            email: None,
            role: None,
            exp: 2,
            iat: 1,
            kind: "refresh".into(),
        };
        let (key, other) = (Key::random(), Key::random());
        let token = sign(&key, &claims).unwrap();
        assert!(open::<V1Claims>(&key, &token).is_some());
        assert!(open::<V1Claims>(&other, &token).is_none());
    }
}
