//! Accounts: signing in, ending a session, signing out.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::attachment::delete_writes;
use super::row::{AccountRow, AccountState, select};
use super::{AccountId, DurableFile, origin};
use crate::error::SignInReason;
use crate::store::StoreError;
use crate::store::database::WorkError;

/// What a sign-in writes.
#[derive(Debug, Clone)]
pub(crate) struct NewAccount {
    /// Of [`DurableFile::account_of`] if the person was here before, else [`AccountId::random`].
    pub(crate) id: AccountId,
    /// The server.
    pub(crate) origin: String,
    /// See [`DurableFile::person`].
    pub(crate) person: [u8; 32],
    /// [`crate::ports::SecretStore::id`] of the store that holds the keys.
    pub(crate) secret_store: String,
    /// The name of its session key: new at each sign-in, so that destroying an old key can never hit a new one.
    pub(crate) session_key_name: String,
    /// The name of its outbox key: the old one if the person was here before and it still opens.
    pub(crate) outbox_key_name: String,
    /// What its tokens are sealed for: one more than [`AccountRow::last_generation`], or 1.
    pub(crate) generation: i64,
}

/// A key to be destroyed in its secret store, and then reported by [`DurableFile::key_destroyed`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DoomedKey {
    /// Which store.
    pub(crate) secret_store: String,
    /// Its name there.
    pub(crate) name: String,
}

impl DurableFile {
    /// Everyone who signed in at this server from here, the current one or not, in the order they first did.
    #[cfg(test)]
    pub(crate) fn accounts(&self, origin: &str) -> Result<Vec<AccountRow>, StoreError> {
        self.database
            .with(|connection| Ok(select(connection, "origin.url = ?1", [origin])?))
    }

    /// The account of this person at this server, if they were here before and have not asked to be forgotten.
    pub(crate) fn account_of(
        &self,
        origin: &str,
        person: &[u8; 32],
    ) -> Result<Option<AccountRow>, StoreError> {
        self.database.with(|connection| {
            Ok(select(
                connection,
                "origin.url = ?1 AND account.person = ?2",
                params![origin, person],
            )?
            .pop())
        })
    }

    /// The account with this id.
    pub(crate) fn account(&self, id: &AccountId) -> Result<Option<AccountRow>, StoreError> {
        self.database
            .with(|connection| Ok(select(connection, "account.id = ?1", [id])?.pop()))
    }

    /// Stores a sign-in whole: account, tokens (proven: the server has just issued them), profile, and that it is the
    /// current account of its server. An account that was current before it and not signed out goes to `displaced_to`
    /// (as by [`DurableFile::sign_out`] with unsent items kept, if that is [`AccountState::SignedOut`]; not at all, if it is
    /// [`AccountState::SignedIn`]). Keys that nothing names any more are doomed.
    ///
    /// # Errors
    /// [`StoreError::Crossed`] if another sign-in of the same person took the generation, or made the account, since
    /// they were looked up: look them up again.
    pub(crate) fn save_sign_in(
        &self,
        new: &NewAccount,
        sealed_tokens: &[u8],
        sealed_profile: &[u8],
        displaced_to: AccountState,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let crossed = || WorkError::Store(StoreError::Crossed(self.database.place().clone()));
        let at = now.as_millisecond();
        self.database.with(|connection| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let origin_id = origin::id_of(&tx, &new.origin)?;
            let same_person = select(
                &tx,
                "origin.id = ?1 AND (account.person = ?2 OR account.id = ?3)",
                params![origin_id, new.person, new.id],
            )?;
            if same_person
                .iter()
                .any(|row| row.id != new.id || row.last_generation >= new.generation)
            {
                return Err(crossed());
            }
            if let Some(old) = same_person.first() {
                for name in [&old.session_key_name, &old.outbox_key_name] {
                    doom(&tx, &old.secret_store, name, at)?;
                }
                // Under another key nobody can read them any more.
                if old.outbox_key_name != new.outbox_key_name {
                    delete_writes(&tx, &new.id)?;
                }
            }
            if let Some(before) = select(
                &tx,
                "origin.id = ?1 AND account.id = origin.current_account",
                [origin_id],
            )?
            .pop()
            .filter(|before| before.id != new.id && before.state != AccountState::SignedOut)
                && displaced_to != AccountState::SignedIn
            {
                if displaced_to == AccountState::SignedOut {
                    sign_out(&tx, &before, true, at)?;
                } else {
                    end(&tx, &before.id, displaced_to, None)?;
                }
            }
            tx.prepare_cached(
                "INSERT INTO account (id, origin_id, person, state, reason, secret_store, session_key_name,
                     outbox_key_name, profile, last_generation, created_at)
                 VALUES (?1, ?2, ?3, 'signed_in', NULL, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT (id) DO UPDATE SET
                     person = excluded.person, state = excluded.state, reason = NULL,
                     secret_store = excluded.secret_store, session_key_name = excluded.session_key_name,
                     outbox_key_name = excluded.outbox_key_name, profile = excluded.profile,
                     last_generation = excluded.last_generation",
            )?
            .execute(params![
                new.id,
                origin_id,
                new.person,
                new.secret_store,
                new.session_key_name,
                new.outbox_key_name,
                sealed_profile,
                new.generation,
                at
            ])?;
            tx.prepare_cached(
                "INSERT OR REPLACE INTO token (account_id, generation, sealed, proven, saved_at)
                 VALUES (?1, ?2, ?3, 1, ?4)",
            )?
            .execute(params![new.id, new.generation, sealed_tokens, at])?;
            // What was under way with the pair before it, and what held it back, is over.
            for sql in [
                "DELETE FROM refresh_intent WHERE account_id = ?1",
                "DELETE FROM refresh_guard WHERE account_id = ?1",
            ] {
                tx.prepare_cached(sql)?.execute([&new.id])?;
            }
            tx.prepare_cached("DELETE FROM doomed_key WHERE secret_store = ?1 AND name IN (?2, ?3)")?
                .execute([&new.secret_store, &new.session_key_name, &new.outbox_key_name])?;
            tx.prepare_cached("UPDATE origin SET current_account = ?2 WHERE id = ?1")?
                .execute(params![origin_id, new.id])?;
            // Those who asked to be forgotten were kept only so that the current account could say "signed out".
            tx.prepare_cached(
                "DELETE FROM account WHERE origin_id = ?1 AND person IS NULL AND state = 'signed_out'
                     AND id NOT IN (SELECT account_id FROM chain)",
            )?
            .execute([origin_id])?;
            tx.commit()?;
            // Nothing of whoever was displaced stays in the WAL; a reader elsewhere only delays it to a later checkpoint.
            let _ = connection.query_row("PRAGMA wal_checkpoint(truncate)", [], |_| Ok(()));
            Ok(())
        })
    }

    /// Stores what is known of the person, sealed. False if the account has no session any more: then nothing is written.
    pub(crate) fn save_profile(&self, account: &AccountId, sealed: &[u8]) -> Result<bool, StoreError> {
        self.database.with(|connection| {
            let changed = connection
                .prepare_cached("UPDATE account SET profile = ?2 WHERE id = ?1 AND state <> 'signed_out'")?
                .execute(params![account, sealed])?;
            Ok(changed > 0)
        })
    }

    /// How the account's last session ended by itself, and when, unless the person has signed out since.
    pub(crate) fn last_ended(
        &self,
        account: &AccountId,
    ) -> Result<Option<(SignInReason, Timestamp)>, StoreError> {
        let found: Option<(Option<String>, Option<i64>)> = self.database.with(|connection| {
            Ok(connection
                .prepare_cached("SELECT ended_reason, ended_at FROM account WHERE id = ?1")?
                .query_row([account], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?)
        })?;
        Ok(found.and_then(|(why, at)| {
            let why = serde_json::from_value(serde_json::Value::String(why?)).ok()?;
            Some((why, Timestamp::from_millisecond(at?).ok()?))
        }))
    }

    /// Writes down that the session cannot be opened any more because its keys are gone, unless that was done. The row stays as it
    /// is otherwise: should the keys come back, so does the session.
    pub(crate) fn note_lost_keys(
        &self,
        account: &AccountId,
        why: SignInReason,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.database.with(|connection| {
            connection
                .prepare_cached(
                    "UPDATE account SET ended_reason = ?2, ended_at = ?3
                     WHERE id = ?1 AND state = 'signed_in' AND NOT (ended_reason IS ?2 AND ended_at >= ifnull(
                         (SELECT saved_at FROM token WHERE account_id = account.id), ended_at))",
                )?
                .execute(params![account, word(why), now.as_millisecond()])?;
            Ok(())
        })
    }

    /// Takes back what [`DurableFile::note_lost_keys`] wrote, unless it was of an earlier session.
    pub(crate) fn forget_lost_keys(&self, account: &AccountId, why: SignInReason) -> Result<(), StoreError> {
        self.database.with(|connection| {
            connection
                .prepare_cached(
                    "UPDATE account SET ended_reason = NULL, ended_at = NULL
                     WHERE id = ?1 AND ended_reason = ?2
                         AND ended_at > (SELECT saved_at FROM token WHERE account_id = account.id)",
                )?
                .execute(params![account, word(why)])?;
            Ok(())
        })
    }

    /// The person signed out: tokens and profile are removed, the session key is doomed. Unless `keep_unsent`, so is the
    /// outbox key, and the person is forgotten. Answers the keys that the caller must destroy now; those that cannot be
    /// destroyed now stay in [`DurableFile::doomed_keys`].
    pub(crate) fn sign_out(
        &self,
        account: &AccountId,
        keep_unsent: bool,
        now: Timestamp,
    ) -> Result<Vec<DoomedKey>, StoreError> {
        let missing = || WorkError::Store(StoreError::Missing(self.database.place().clone(), "account"));
        self.database.with(|connection| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let row = select(&tx, "account.id = ?1", [account])?
                .pop()
                .ok_or_else(missing)?;
            let doomed = sign_out(&tx, &row, keep_unsent, now.as_millisecond())?;
            tx.commit()?;
            // Nothing of the person stays in the WAL; a reader elsewhere only delays it to a later checkpoint.
            let _ = connection.query_row("PRAGMA wal_checkpoint(truncate)", [], |_| Ok(()));
            Ok(doomed)
        })
    }

    /// Keys that outlived what they opened: destroy each in its store, now or at the next start.
    pub(crate) fn doomed_keys(&self) -> Result<Vec<DoomedKey>, StoreError> {
        self.database.with(|connection| {
            Ok(connection
                .prepare_cached("SELECT secret_store, name FROM doomed_key ORDER BY doomed_at, name")?
                .query_map([], |row| {
                    Ok(DoomedKey {
                        secret_store: row.get(0)?,
                        name: row.get(1)?,
                    })
                })?
                .collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The secret store has confirmed that the key is gone.
    pub(crate) fn key_destroyed(&self, key: &DoomedKey) -> Result<(), StoreError> {
        self.database.with(|connection| {
            connection
                .prepare_cached("DELETE FROM doomed_key WHERE secret_store = ?1 AND name = ?2")?
                .execute([&key.secret_store, &key.name])?;
            Ok(())
        })
    }
}

/// A reason as the file keeps it.
fn word(reason: SignInReason) -> Option<String> {
    serde_json::to_value(reason).ok()?.as_str().map(str::to_owned)
}

/// Ends the session of an account within a transaction: its tokens are gone.
pub(super) fn end(
    tx: &Transaction<'_>,
    account: &AccountId,
    state: AccountState,
    reason: Option<SignInReason>,
) -> rusqlite::Result<()> {
    tx.prepare_cached("UPDATE account SET state = ?2, reason = ?3 WHERE id = ?1")?
        .execute(params![account, state.as_word(), reason.and_then(word)])?;
    tx.prepare_cached("DELETE FROM token WHERE account_id = ?1")?
        .execute([account])?;
    for sql in [
        "DELETE FROM refresh_intent WHERE account_id = ?1",
        "DELETE FROM refresh_guard WHERE account_id = ?1",
    ] {
        tx.prepare_cached(sql)?.execute([account])?;
    }
    Ok(())
}

/// Signs an account out within a transaction. See [`DurableFile::sign_out`].
fn sign_out(
    tx: &Transaction<'_>,
    row: &AccountRow,
    keep_unsent: bool,
    at: i64,
) -> rusqlite::Result<Vec<DoomedKey>> {
    end(
        tx,
        &row.id,
        AccountState::SignedOut,
        Some(SignInReason::SignedOut),
    )?;
    tx.prepare_cached(
        "UPDATE account SET profile = NULL, person = iif(?2, person, NULL), ended_reason = NULL, ended_at = NULL
         WHERE id = ?1",
    )?
        .execute(params![row.id, keep_unsent])?;
    if !keep_unsent {
        delete_writes(tx, &row.id)?;
    }
    let mut names = vec![row.session_key_name.clone()];
    if !keep_unsent {
        names.push(row.outbox_key_name.clone());
    }
    let mut doomed = Vec::new();
    for name in names {
        doom(tx, &row.secret_store, &name, at)?;
        doomed.push(DoomedKey {
            secret_store: row.secret_store.clone(),
            name,
        });
    }
    Ok(doomed)
}

fn doom(tx: &Transaction<'_>, secret_store: &str, name: &str, at: i64) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO doomed_key (name, secret_store, doomed_at) VALUES (?1, ?2, ?3)",
    )?
    .execute(params![name, secret_store, at])?;
    Ok(())
}
