//! Token pairs: replaced by compare-and-set, the old one kept until the new one has worked.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::{AccountId, DurableFile};
use crate::store::StoreError;

/// The stored token pair of an account, sealed for `generation`.
#[derive(Clone)]
#[cfg_attr(
    not(test),
    expect(
        dead_code,
        reason = "a row is read whole; fence and age are for whoever explains a session"
    )
)]
pub(crate) struct TokenRow {
    /// Counts up with each new pair.
    pub(crate) generation: i64,
    /// See [`crate::store::unseal_tokens`].
    pub(crate) sealed: Vec<u8>,
    /// The pair before it with its generation, until the newer one is proven.
    pub(crate) previous: Option<(i64, Vec<u8>)>,
    /// Whether the server has accepted the newer one.
    pub(crate) proven: bool,
    /// The fencing number of the lease it was written under.
    pub(crate) fence: i64,
    /// When it was written.
    #[allow(dead_code)]
    pub(crate) saved_at: Timestamp,
}

impl std::fmt::Debug for TokenRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenRow")
            .field("generation", &self.generation)
            .field("proven", &self.proven)
            .finish_non_exhaustive()
    }
}

/// What became of an attempt to replace a token pair without a lease.
#[cfg(test)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Replaced {
    /// It is on disk under this generation.
    Saved(i64),
    /// Somebody else was first: this generation is current. Nothing was written.
    Stale(i64),
    /// The session has ended meanwhile. Nothing was written.
    Gone,
}

impl DurableFile {
    /// The token pair of the account, or `None` if it has no session.
    #[cfg(test)]
    pub(crate) fn tokens(&self, account: &AccountId) -> Result<Option<TokenRow>, StoreError> {
        self.database.with(|connection| Ok(select(connection, account)?))
    }

    /// What [`DurableFile::save_rotation`] does to the tokens, without lease and journal.
    #[cfg(test)]
    pub(crate) fn replace_tokens(
        &self,
        account: &AccountId,
        expected_generation: i64,
        sealed: &[u8],
        now: Timestamp,
    ) -> Result<Replaced, StoreError> {
        self.database.with(|connection| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            match generation(&tx, account)? {
                None => return Ok(Replaced::Gone),
                Some(current) if current != expected_generation => return Ok(Replaced::Stale(current)),
                Some(_) => {}
            }
            replace(&tx, account, expected_generation + 1, sealed, 0, now)?;
            tx.commit()?;
            Ok(Replaced::Saved(expected_generation + 1))
        })
    }

    /// A session that ended by itself goes on with a pair that was granted before that was known here. False, and nothing done,
    /// unless it ended so, is still its server's current one and under this key, and `generation` is the next one.
    pub(crate) fn revive(
        &self,
        account: &AccountId,
        key_name: &str,
        generation: i64,
        sealed: &[u8],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.database.with(|connection| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let revived = tx
                .prepare_cached(
                    "UPDATE account SET state = 'signed_in', reason = NULL, ended_reason = NULL, ended_at = NULL,
                         last_generation = ?2
                     WHERE id = ?1 AND state = 'sign_in_needed' AND last_generation = ?2 - 1
                         AND session_key_name = ?3 AND id IN (SELECT current_account FROM origin)",
                )?
                .execute(params![account, generation, key_name])?
                > 0;
            if revived {
                tx.prepare_cached(
                    "INSERT INTO token (account_id, generation, sealed, proven, saved_at) VALUES (?1, ?2, ?3, 0, ?4)",
                )?
                .execute(params![account, generation, sealed, now.as_millisecond()])?;
            }
            tx.commit()?;
            Ok(revived)
        })
    }

    /// The server has accepted the pair of this generation: the one before it is dropped. False, and nothing done, if another
    /// generation is current by now.
    pub(crate) fn prove_tokens(&self, account: &AccountId, generation: i64) -> Result<bool, StoreError> {
        self.database.with(|connection| {
            let changed = connection
                .prepare_cached(
                    "UPDATE token SET proven = 1, previous = NULL, previous_generation = NULL
                     WHERE account_id = ?1 AND generation = ?2",
                )?
                .execute(params![account, generation])?;
            Ok(changed > 0)
        })
    }
}

pub(super) fn select(connection: &Connection, account: &AccountId) -> rusqlite::Result<Option<TokenRow>> {
    connection
        .prepare_cached(
            "SELECT generation, sealed, previous_generation, previous, proven, fence, saved_at
             FROM token WHERE account_id = ?1",
        )?
        .query_row([account], |row| {
            let previous_generation: Option<i64> = row.get(2)?;
            Ok(TokenRow {
                generation: row.get(0)?,
                sealed: row.get(1)?,
                previous: previous_generation.zip(row.get(3)?),
                proven: row.get(4)?,
                fence: row.get(5)?,
                saved_at: Timestamp::from_millisecond(row.get(6)?).unwrap_or_default(),
            })
        })
        .optional()
}

/// The generation that is current.
pub(super) fn generation(connection: &Connection, account: &AccountId) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT generation FROM token WHERE account_id = ?1")?
        .query_row([account], |row| row.get(0))
        .optional()
}

/// Puts a new pair in the place of the newest, which becomes the one before it.
///
/// An unproven pair that is replaced takes its own previous one with it: the server has just accepted its refresh token,
/// which proves it.
pub(super) fn replace(
    tx: &Transaction<'_>,
    account: &AccountId,
    next: i64,
    sealed: &[u8],
    fence: i64,
    now: Timestamp,
) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "UPDATE token SET previous = sealed, previous_generation = generation WHERE account_id = ?1",
    )?
    .execute([account])?;
    put(tx, account, next, sealed, fence, now)
}

/// Puts a new pair in the place of the newest and leaves the one before it as it is: that is the one it came from.
pub(super) fn put(
    tx: &Transaction<'_>,
    account: &AccountId,
    next: i64,
    sealed: &[u8],
    fence: i64,
    now: Timestamp,
) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "UPDATE token SET generation = ?2, sealed = ?3, proven = 0, fence = ?4, saved_at = ?5 WHERE account_id = ?1",
    )?
    .execute(params![account, next, sealed, fence, now.as_millisecond()])?;
    tx.prepare_cached("UPDATE account SET last_generation = ?2 WHERE id = ?1")?
        .execute(params![account, next])?;
    Ok(())
}
