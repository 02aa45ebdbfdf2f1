//! The keys of one account, all derived from the one random session key that the secret store holds.
//!
//! Promised: each purpose has a key of its own (HKDF-SHA256), so that a tokens blob pasted over a profile opens nowhere;
//! destroying the session key makes all of them, and what they sealed, unreadable (scenarios 11 and 12); no key is ever
//! shown, and each is wiped when dropped (scenario 37). Not promised: ring's expanded key schedules, which live on the
//! stack during one operation, are not wiped; that is why keys are kept raw and expanded each time (some 0.2 us).

use std::sync::Arc;

use ring::{hkdf, hmac};
use zeroize::Zeroizing;

use super::durable::AccountId;
use super::seal::framed;
use crate::ports::SecretKey;

const SALT: &[u8] = b"pmi-core account keys v1";
const OUTBOX_SALT: &[u8] = b"pmi-core outbox keys v1";

/// Thirty-two derived bytes at a fixed address, so that moving the owner leaves no copy behind.
pub(super) type RawKey = Box<Zeroizing<[u8; 32]>>;

/// Everything the session key of one account opens. Cheap to clone; the clones share the keys.
#[derive(Clone)]
pub(crate) struct AccountKeys(Arc<Inner>);

struct Inner {
    account: AccountId,
    tokens: RawKey,
    profile: RawKey,
    cache: CacheKeys,
}

impl AccountKeys {
    /// Derives the keys of `account` from its session key.
    pub(crate) fn derive(session_key: &SecretKey, account: &AccountId) -> Self {
        let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, SALT).extract(session_key.expose());
        let index = expand(&prk, b"cache index");
        let account_hash = hash(&index, &[b"account", account.as_str().as_bytes()]);
        Self(Arc::new(Inner {
            account: account.clone(),
            tokens: expand(&prk, b"tokens"),
            profile: expand(&prk, b"profile"),
            cache: CacheKeys(Arc::new(CacheInner {
                seal: expand(&prk, b"cache"),
                index,
                account: account_hash,
            })),
        }))
    }

    /// Whose keys these are.
    pub(crate) fn account(&self) -> &AccountId {
        &self.0.account
    }

    /// The part that the cache needs.
    pub(crate) fn cache(&self) -> &CacheKeys {
        &self.0.cache
    }

    pub(super) fn tokens_key(&self) -> &RawKey {
        &self.0.tokens
    }

    pub(super) fn profile_key(&self) -> &RawKey {
        &self.0.profile
    }
}

impl std::fmt::Debug for AccountKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccountKeys(..)")
    }
}

/// What the cache needs of an account's keys: one to seal, one to name rows. Cheap to clone.
#[derive(Clone)]
pub(crate) struct CacheKeys(Arc<CacheInner>);

struct CacheInner {
    seal: RawKey,
    index: RawKey,
    account: [u8; 32],
}

impl CacheKeys {
    /// The column `account` of this account's rows.
    pub(super) fn account_hash(&self) -> &[u8; 32] {
        &self.0.account
    }

    /// The column `query` of this query's row.
    pub(super) fn query_hash(&self, query: &str) -> [u8; 32] {
        hash(&self.0.index, &[b"query", query.as_bytes()])
    }

    pub(super) fn seal_key(&self) -> &RawKey {
        &self.0.seal
    }
}

impl std::fmt::Debug for CacheKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CacheKeys(..)")
    }
}

/// What the outbox of one account needs: one key to seal, one to name rows. Of a secret of its own, so that unsent writes can
/// outlive a sign-out if the person says so. Cheap to clone.
#[derive(Clone)]
pub(crate) struct OutboxKeys(Arc<OutboxInner>);

struct OutboxInner {
    account: AccountId,
    seal: RawKey,
    index: RawKey,
}

impl OutboxKeys {
    /// Derives the keys of the outbox of `account` from its outbox key.
    pub(crate) fn derive(outbox_key: &SecretKey, account: &AccountId) -> Self {
        let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, OUTBOX_SALT).extract(outbox_key.expose());
        Self(Arc::new(OutboxInner {
            account: account.clone(),
            seal: expand(&prk, b"outbox"),
            index: expand(&prk, b"outbox index"),
        }))
    }

    /// Whose outbox it is.
    pub(crate) fn account(&self) -> &AccountId {
        &self.0.account
    }

    /// The column `operation` of this operation id.
    pub(crate) fn operation_hash(&self, operation_id: &str) -> [u8; 32] {
        hash(&self.0.index, &[b"operation", operation_id.as_bytes()])
    }

    /// The column `subject` of what the server calls so.
    pub(crate) fn subject_hash(&self, kind: &str, number: i64) -> [u8; 32] {
        hash(
            &self.0.index,
            &[b"subject", kind.as_bytes(), &number.to_be_bytes()],
        )
    }

    /// The column `lane` of this vehicle.
    pub(crate) fn lane_hash(&self, vehicle: i64) -> [u8; 32] {
        hash(&self.0.index, &[b"lane", &vehicle.to_be_bytes()])
    }

    pub(super) fn seal_key(&self) -> &RawKey {
        &self.0.seal
    }
}

impl std::fmt::Debug for OutboxKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OutboxKeys(..)")
    }
}

/// HMAC-SHA256 of the parts, framed so that no two lists of parts give the same bytes.
pub(super) fn hash(key: &RawKey, parts: &[&[u8]]) -> [u8; 32] {
    hash_with(key.as_slice(), parts)
}

/// The same under a key that is no secret, such as an installation's salt.
pub(super) fn hash_with(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), &framed(parts));
    let mut out = [0; 32];
    out.copy_from_slice(tag.as_ref());
    out
}

fn expand(prk: &hkdf::Prk, purpose: &[u8]) -> RawKey {
    let mut key = Box::new(Zeroizing::new([0_u8; 32]));
    // Neither call can fail: both lengths are those of HKDF_SHA256.
    if let Ok(okm) = prk.expand(&[purpose], hkdf::HKDF_SHA256) {
        let filled = okm.fill(key.as_mut_slice());
        debug_assert!(filled.is_ok());
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(byte: u8, id: &str) -> AccountKeys {
        AccountKeys::derive(&SecretKey::new([byte; 32]), &AccountId::parse(id).unwrap())
    }

    const A: &str = "000102030405060708090a0b0c0d0e0f";
    const B: &str = "ff0102030405060708090a0b0c0d0e0f";

    #[test]
    fn every_purpose_has_its_own_key() {
        let keys = keys(1, A);
        let all = [
            keys.tokens_key(),
            keys.profile_key(),
            keys.cache().seal_key(),
            &keys.0.cache.0.index,
        ];
        for (i, one) in all.iter().enumerate() {
            assert_ne!(one.as_slice(), [0; 32]);
            assert!(
                all.iter()
                    .skip(i + 1)
                    .all(|other| other.as_slice() != one.as_slice())
            );
        }
    }

    #[test]
    fn row_names_differ_by_key_account_and_query() {
        let one = keys(1, A);
        assert_eq!(
            one.cache().query_hash("vehicles"),
            keys(1, A).cache().query_hash("vehicles")
        );
        assert_ne!(
            one.cache().query_hash("vehicles"),
            one.cache().query_hash("bookings")
        );
        assert_ne!(
            one.cache().query_hash("vehicles"),
            keys(2, A).cache().query_hash("vehicles")
        );
        assert_ne!(one.cache().account_hash(), keys(1, B).cache().account_hash());
    }

    #[test]
    fn the_outbox_of_each_account_and_secret_has_names_of_its_own() {
        let outbox = |byte: u8, id: &str| {
            OutboxKeys::derive(&SecretKey::new([byte; 32]), &AccountId::parse(id).unwrap())
        };
        let one = outbox(1, A);
        assert_eq!(one.operation_hash("op"), outbox(1, A).operation_hash("op"));
        assert_ne!(one.operation_hash("op"), outbox(2, A).operation_hash("op"));
        assert_ne!(
            one.subject_hash("booking", 7),
            one.subject_hash("notification", 7)
        );
        assert_ne!(one.lane_hash(7).as_slice(), one.seal_key().as_slice());
    }

    #[test]
    fn s37_debug_shows_no_key() {
        let keys = keys(7, A);
        assert_eq!(
            format!("{keys:?} {:?}", keys.cache()),
            "AccountKeys(..) CacheKeys(..)"
        );
    }
}
