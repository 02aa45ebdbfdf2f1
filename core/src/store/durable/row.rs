//! An account as it is read.

use jiff::Timestamp;
use rusqlite::{Connection, Params, Row};

use super::AccountId;
use crate::error::SignInReason;

/// Where an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AccountState {
    /// It has tokens.
    SignedIn,
    /// Its session ended by itself; its keys and what they seal are kept.
    SignInNeeded,
    /// The person signed out.
    SignedOut,
}

impl AccountState {
    pub(super) fn as_word(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::SignInNeeded => "sign_in_needed",
            Self::SignedOut => "signed_out",
        }
    }
}

/// A row of the table of accounts.
#[derive(Debug, Clone)]
#[cfg_attr(
    not(test),
    expect(
        dead_code,
        reason = "a row is read whole; the person's other accounts and their age are for sync"
    )
)]
pub(crate) struct AccountRow {
    /// Its id here.
    pub(crate) id: AccountId,
    /// The server it belongs to.
    pub(crate) origin: String,
    /// Who it is, see [`super::DurableFile::person`]; `None` once they are to be forgotten.
    pub(crate) person: Option<[u8; 32]>,
    /// Where it stands.
    pub(crate) state: AccountState,
    /// Why a sign-in is needed.
    pub(crate) reason: Option<SignInReason>,
    /// [`crate::ports::SecretStore::id`] of the store that holds its keys.
    pub(crate) secret_store: String,
    /// The name of its session key there.
    pub(crate) session_key_name: String,
    /// The name of its outbox key there.
    pub(crate) outbox_key_name: String,
    /// Sealed, see [`crate::store::unseal_profile`].
    pub(crate) profile: Option<Vec<u8>>,
    /// The highest generation its tokens ever had.
    pub(crate) last_generation: i64,
    /// When it first signed in here.
    pub(crate) created_at: Timestamp,
}

/// The accounts for which `condition` holds, in the order they first signed in.
pub(super) fn select(
    connection: &Connection,
    condition: &str,
    params: impl Params,
) -> rusqlite::Result<Vec<AccountRow>> {
    connection
        .prepare_cached(&format!(
            "SELECT account.id, origin.url, person, state, reason, secret_store, session_key_name, outbox_key_name,
                 profile, last_generation, created_at
             FROM account JOIN origin ON origin.id = account.origin_id WHERE {condition}
             ORDER BY account.created_at, account.rowid"
        ))?
        .query_map(params, read)?
        .collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<AccountRow> {
    let state: String = row.get(3)?;
    let reason: Option<String> = row.get(4)?;
    Ok(AccountRow {
        id: row.get(0)?,
        origin: row.get(1)?,
        person: row.get(2)?,
        state: match state.as_str() {
            "signed_in" => AccountState::SignedIn,
            "signed_out" => AccountState::SignedOut,
            _ => AccountState::SignInNeeded,
        },
        reason: reason.and_then(|word| serde_json::from_value(serde_json::Value::String(word)).ok()),
        secret_store: row.get(5)?,
        session_key_name: row.get(6)?,
        outbox_key_name: row.get(7)?,
        profile: row.get(8)?,
        last_generation: row.get(9)?,
        created_at: Timestamp::from_millisecond(row.get(10)?).unwrap_or_default(),
    })
}
