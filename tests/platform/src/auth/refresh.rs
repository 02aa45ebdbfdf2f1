//! Rotating refresh tokens. A token is derived from the server's key, its family and its generation, so a successor can be
//! given again without having been kept; the database holds hashes.
//!
//! The rule: the newest token rotates. The one before it is answered with the same successor, however late, as long as
//! neither that successor nor an access token issued with it has been used: then the answer was lost. Anything else is a
//! stolen token, and ends the family.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;

use super::{Key, digest, random_name};
use crate::store::{Family, Write};

/// A token given out.
pub(crate) struct Issued {
    pub(crate) family: String,
    pub(crate) generation: i64,
    pub(crate) customer_id: i64,
    pub(crate) token: String,
    /// Whether it had been given out before.
    pub(crate) again: bool,
}

/// Why a refresh token got nothing.
pub(crate) enum Refused {
    /// Unknown, expired, revoked, or signed by another key.
    Invalid,
    /// Used after its successor: the family has just ended, or had ended so before.
    Reused,
    /// The database failed; nothing is known.
    Database(sqlx::Error),
}

impl From<sqlx::Error> for Refused {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

const REUSED: &str = "reused";

/// The token of a family's generation.
fn derive(key: &Key, family: &str, generation: i64) -> String {
    let tag = hmac::sign(
        &hmac::Key::new(hmac::HMAC_SHA256, key.bytes()),
        format!("refresh\0{family}\0{generation}").as_bytes(),
    );
    format!("pmir_{family}_{generation}_{}", URL_SAFE_NO_PAD.encode(tag))
}

/// The family and generation a token names, if this key made it.
fn parse(key: &Key, token: &str) -> Option<(String, i64)> {
    let mut parts = token.strip_prefix("pmir_")?.splitn(3, '_');
    let family = parts.next()?;
    let generation: i64 = parts.next()?.parse().ok()?;
    let tag = URL_SAFE_NO_PAD.decode(parts.next()?).ok()?;
    let message = format!("refresh\0{family}\0{generation}");
    hmac::verify(
        &hmac::Key::new(hmac::HMAC_SHA256, key.bytes()),
        message.as_bytes(),
        &tag,
    )
    .ok()?;
    Some((family.to_owned(), generation))
}

/// Starts a family.
pub(crate) async fn start(
    write: &mut Write,
    key: &Key,
    customer_id: i64,
    now_us: i64,
    ttl_us: i64,
) -> Result<Issued, sqlx::Error> {
    let id = random_name();
    let token = derive(key, &id, 1);
    let family = Family {
        id: id.clone(),
        customer_id,
        generation: 1,
        confirmed: 0,
        token_hash: digest(token.as_bytes()),
        previous_hash: None,
        expires_us: now_us.saturating_add(ttl_us),
        revoked: None,
    };
    write.add_family(&family, now_us).await?;
    Ok(Issued {
        family: id,
        generation: 1,
        customer_id,
        token,
        again: false,
    })
}

/// Exchanges a token for its successor. A refusal for reuse has to be committed too.
pub(crate) async fn rotate(
    write: &mut Write,
    key: &Key,
    token: &str,
    now_us: i64,
    ttl_us: i64,
) -> Result<Issued, Refused> {
    let (id, generation) = parse(key, token).ok_or(Refused::Invalid)?;
    let mut family = write.family(&id).await?.ok_or(Refused::Invalid)?;
    match family.revoked.as_deref() {
        Some(REUSED) => return Err(Refused::Reused),
        Some(_) => return Err(Refused::Invalid),
        None => {}
    }
    if family.expires_us <= now_us {
        return Err(Refused::Invalid);
    }
    let hash = digest(token.as_bytes());
    let (newest, customer_id) = (family.generation, family.customer_id);
    if generation == newest && hash == family.token_hash {
        let successor = derive(key, &id, newest + 1);
        family.previous_hash = Some(std::mem::replace(
            &mut family.token_hash,
            digest(successor.as_bytes()),
        ));
        family.generation = newest + 1;
        family.confirmed = newest;
        family.expires_us = now_us.saturating_add(ttl_us);
        write.update_family(&family).await?;
        return Ok(Issued {
            family: id,
            generation: newest + 1,
            customer_id,
            token: successor,
            again: false,
        });
    }
    let previous = generation == newest - 1 && family.previous_hash.as_deref() == Some(hash.as_str());
    if previous && family.confirmed < newest {
        let successor = derive(key, &id, newest);
        return Ok(Issued {
            family: id,
            generation: newest,
            customer_id,
            token: successor,
            again: true,
        });
    }
    family.revoked = Some(REUSED.to_owned());
    write.update_family(&family).await?;
    Err(Refused::Reused)
}
