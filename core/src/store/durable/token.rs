//! Token pairs: replaced by compare-and-set, the old one kept until the new one has worked.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, TransactionBehavior, params};

use super::{AccountId, DurableFile};
use crate::store::StoreError;

/// The stored token pair of an account, sealed for `generation`.
#[derive(Clone)]
#[allow(
    dead_code,
    reason = "durable rotation and the lease read the rest; the columns are theirs"
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

/// What became of an attempt to replace a token pair.
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
    pub(crate) fn tokens(&self, account: &AccountId) -> Result<Option<TokenRow>, StoreError> {
        self.database.with(|connection| {
            Ok(connection
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
                .optional()?)
        })
    }

    /// Stores a new pair, sealed for `expected_generation + 1`, if `expected_generation` is still the current one. The
    /// pair it replaces stays as the previous one until [`DurableFile::prove_tokens`].
    ///
    /// An unproven pair that is replaced takes its own previous one with it: the server has just accepted its refresh
    /// token, which proves it.
    pub(crate) fn replace_tokens(
        &self,
        account: &AccountId,
        expected_generation: i64,
        sealed: &[u8],
        now: Timestamp,
    ) -> Result<Replaced, StoreError> {
        self.database.with(|connection| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let current: Option<i64> = tx
                .prepare_cached("SELECT generation FROM token WHERE account_id = ?1")?
                .query_row([account], |row| row.get(0))
                .optional()?;
            let next = expected_generation + 1;
            match current {
                None => return Ok(Replaced::Gone),
                Some(current) if current != expected_generation => return Ok(Replaced::Stale(current)),
                Some(_) => {}
            }
            tx.prepare_cached(
                "UPDATE token SET previous = sealed, previous_generation = generation,
                     generation = ?2, sealed = ?3, proven = 0, saved_at = ?4
                 WHERE account_id = ?1",
            )?
            .execute(params![account, next, sealed, now.as_millisecond()])?;
            tx.prepare_cached("UPDATE account SET last_generation = ?2 WHERE id = ?1")?
                .execute(params![account, next])?;
            tx.commit()?;
            Ok(Replaced::Saved(next))
        })
    }

    /// The server has accepted the pair of this generation: the one before it is dropped. False, and nothing done, if
    /// another generation is current by now.
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
