//! Sealing: AES-256-GCM with a random nonce, bound to what the bytes are and where they belong.
//!
//! Promised: what was sealed for one row, account, generation or purpose does not open as another, and a changed byte
//! does not open at all. Not promised: that an old row put back whole is noticed, and nothing at all once 2^32 blobs were
//! sealed under one key (a phone that stores an answer a second gets there in 136 years).
//!
//! A sealed blob is `1 | nonce (12 bytes) | ciphertext | tag (16 bytes)`; the first byte is the version of this layout.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use zeroize::Zeroizing;

use super::StoreError;
use super::keys::{AccountKeys, OutboxKeys, RawKey};
use crate::ports::Random;

const LAYOUT: u8 = 1;

/// So many bytes longer than what it seals is a sealed blob.
pub(super) const OVERHEAD: usize = 1 + NONCE_LEN + 16;

/// Seals a token pair for this account and generation. What the bytes mean is the session's business.
pub(crate) fn seal_tokens(
    keys: &AccountKeys,
    generation: i64,
    tokens: &[u8],
    random: &dyn Random,
) -> Result<Vec<u8>, StoreError> {
    seal(
        keys.tokens_key(),
        &tokens_binding(keys, generation),
        tokens,
        random,
    )
}

/// Opens what [`seal_tokens`] sealed, or `None` if it is damaged, another account's or another generation's.
pub(crate) fn unseal_tokens(
    keys: &AccountKeys,
    generation: i64,
    sealed: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    unseal(keys.tokens_key(), &tokens_binding(keys, generation), sealed)
}

/// Seals what is known of the person for this account.
pub(crate) fn seal_profile(
    keys: &AccountKeys,
    profile: &[u8],
    random: &dyn Random,
) -> Result<Vec<u8>, StoreError> {
    seal(keys.profile_key(), &profile_binding(keys), profile, random)
}

/// Opens what [`seal_profile`] sealed, or `None` if it is damaged or another account's.
pub(crate) fn unseal_profile(keys: &AccountKeys, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    unseal(keys.profile_key(), &profile_binding(keys), sealed)
}

/// Seals one column of one row of the outbox, or of what belongs to it, for this account.
pub(crate) fn seal_outbox(
    keys: &OutboxKeys,
    row: &[u8],
    column: &str,
    plain: &[u8],
    random: &dyn Random,
) -> Result<Vec<u8>, StoreError> {
    seal(keys.seal_key(), &outbox_binding(keys, row, column), plain, random)
}

/// Opens what [`seal_outbox`] sealed, or `None` if it is damaged, another row's, another column's or another account's.
pub(crate) fn unseal_outbox(
    keys: &OutboxKeys,
    row: &[u8],
    column: &str,
    sealed: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    unseal(keys.seal_key(), &outbox_binding(keys, row, column), sealed)
}

fn outbox_binding(keys: &OutboxKeys, row: &[u8], column: &str) -> Vec<u8> {
    framed(&[
        b"pmi outbox",
        keys.account().as_str().as_bytes(),
        row,
        column.as_bytes(),
    ])
}

fn tokens_binding(keys: &AccountKeys, generation: i64) -> Vec<u8> {
    framed(&[
        b"pmi tokens",
        keys.account().as_str().as_bytes(),
        &generation.to_be_bytes(),
    ])
}

fn profile_binding(keys: &AccountKeys) -> Vec<u8> {
    framed(&[b"pmi profile", keys.account().as_str().as_bytes()])
}

/// Joins the parts, each after its length, so that no two lists of parts give the same bytes.
pub(super) fn framed(parts: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum());
    for part in parts {
        out.extend_from_slice(&(part.len() as u64).to_be_bytes());
        out.extend_from_slice(part);
    }
    out
}

/// Seals `plain` so that it opens only with the same key and binding.
pub(super) fn seal(
    key: &RawKey,
    binding: &[u8],
    plain: &[u8],
    random: &dyn Random,
) -> Result<Vec<u8>, StoreError> {
    let mut nonce = [0_u8; NONCE_LEN];
    random.fill(&mut nonce)?;
    let mut out = Vec::with_capacity(1 + NONCE_LEN + plain.len() + AES_256_GCM.tag_len());
    out.push(LAYOUT);
    out.extend_from_slice(&nonce);
    out.extend_from_slice(plain);
    let body = out.get_mut(1 + NONCE_LEN..).unwrap_or_default();
    let tag = expanded(key)
        .and_then(|key| {
            key.seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(binding), body)
                .ok()
        })
        .ok_or(StoreError::Unsealable)?;
    out.extend_from_slice(tag.as_ref());
    Ok(out)
}

/// Opens what [`seal`] sealed, or `None`.
pub(super) fn unseal(key: &RawKey, binding: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (layout, rest) = sealed.split_first()?;
    if *layout != LAYOUT {
        return None;
    }
    let (nonce, body) = rest.split_at_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut plain = Zeroizing::new(body.to_vec());
    let length = expanded(key)?
        .open_in_place(nonce, Aad::from(binding), &mut plain)
        .ok()?
        .len();
    plain.truncate(length);
    Some(plain)
}

fn expanded(key: &RawKey) -> Option<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, key.as_slice())
        .ok()
        .map(LessSafeKey::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::SecretKey;
    use crate::store::durable::AccountId;
    use crate::store::test_support::CountingRandom;

    fn keys(byte: u8, id: u8) -> AccountKeys {
        let id = AccountId::parse(&format!("{id:032x}")).unwrap();
        AccountKeys::derive(&SecretKey::new([byte; 32]), &id)
    }

    #[test]
    fn tokens_open_only_for_their_key_account_and_generation() {
        let random = CountingRandom::default();
        let sealed = seal_tokens(&keys(1, 1), 5, b"access and refresh", &random).unwrap();
        assert_eq!(
            &**unseal_tokens(&keys(1, 1), 5, &sealed).unwrap(),
            b"access and refresh"
        );
        assert!(unseal_tokens(&keys(1, 1), 6, &sealed).is_none());
        assert!(unseal_tokens(&keys(1, 2), 5, &sealed).is_none());
        assert!(unseal_tokens(&keys(2, 1), 5, &sealed).is_none());
        assert!(unseal_profile(&keys(1, 1), &sealed).is_none());
    }

    #[test]
    fn a_write_opens_only_in_its_own_row_and_column() {
        let random = CountingRandom::default();
        let outbox = |byte: u8, id: u8| {
            let id = AccountId::parse(&format!("{id:032x}")).unwrap();
            OutboxKeys::derive(&SecretKey::new([byte; 32]), &id)
        };
        let sealed = seal_outbox(&outbox(1, 1), b"row", "command", b"a booking", &random).unwrap();
        let open = |keys: &OutboxKeys, row: &[u8], column| {
            unseal_outbox(keys, row, column, &sealed).map(|plain| plain.to_vec())
        };
        assert_eq!(open(&outbox(1, 1), b"row", "command").unwrap(), b"a booking");
        assert!(open(&outbox(1, 1), b"other", "command").is_none());
        assert!(open(&outbox(1, 1), b"row", "outcome").is_none());
        assert!(open(&outbox(1, 2), b"row", "command").is_none());
        assert!(open(&outbox(2, 1), b"row", "command").is_none());
    }

    #[test]
    fn no_changed_or_missing_byte_goes_unnoticed() {
        let random = CountingRandom::default();
        let keys = keys(1, 1);
        let sealed = seal_profile(&keys, b"name", &random).unwrap();
        for at in 0..sealed.len() {
            let mut bad = sealed.clone();
            bad[at] ^= 1;
            assert!(unseal_profile(&keys, &bad).is_none(), "byte {at}");
            assert!(unseal_profile(&keys, &sealed[..at]).is_none(), "cut at {at}");
        }
    }

    #[test]
    fn the_same_bytes_never_look_the_same_twice() {
        let random = CountingRandom::default();
        let keys = keys(1, 1);
        assert_ne!(
            seal_profile(&keys, b"name", &random).unwrap(),
            seal_profile(&keys, b"name", &random).unwrap()
        );
    }
}
