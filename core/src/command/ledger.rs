//! Rows of the outbox, opened and sealed.

use zeroize::Zeroizing;

use super::stored::{About, Outcome, Stored};
use crate::model::{Conflict, ConflictKind, OutboxItemId};
use crate::ports::Random;
use crate::store::{
    Chain, ItemState, OutboxKeys, OutboxRow, OutboxTx, Progress, StoreError, seal_outbox, unseal_outbox,
};

const COMMAND: &str = "command";
const OUTCOME: &str = "outcome";
const NAME: &str = "name";
const ABOUT: &str = "attachment 0";

/// What a part of an attachment is bound to besides its row.
fn part(number: u64) -> String {
    format!("{ABOUT} part {number}")
}

/// One write, opened.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) row: OutboxRow,
    pub(super) stored: Stored,
    pub(super) outcome: Option<Outcome>,
}

impl Entry {
    pub(super) fn id(&self) -> OutboxItemId {
        OutboxItemId(self.row.seq)
    }

    pub(super) fn state(&self) -> ItemState {
        self.row.progress.state
    }

    /// To be sent, or being sent, or not known to have been.
    pub(super) fn is_open(&self) -> bool {
        matches!(
            self.state(),
            ItemState::Queued | ItemState::Sending | ItemState::Unknown
        )
    }

    /// Waits for a person.
    pub(super) fn needs_a_person(&self) -> bool {
        matches!(self.state(), ItemState::Rejected | ItemState::Conflict)
    }

    /// The same, and what is behind it in its chain waits too. Nothing depends on a photo.
    pub(super) fn holds_its_chain(&self) -> bool {
        self.needs_a_person() && !self.is_photo()
    }

    pub(super) fn is_photo(&self) -> bool {
        self.stored.command.is_photo()
    }

    pub(super) fn conflict(&self) -> Option<&Conflict> {
        match &self.outcome {
            Some(Outcome::Conflict(conflict)) if self.state() == ItemState::Conflict => Some(conflict),
            _ => None,
        }
    }

    /// A create that the server made at another time: the booking exists.
    pub(super) fn was_moved(&self) -> bool {
        self.conflict()
            .is_some_and(|conflict| conflict.kind == ConflictKind::Moved)
    }
}

/// Opens and seals what one account's rows hold.
#[derive(Clone, Copy)]
pub(super) struct Ledger<'a> {
    pub(super) keys: &'a OutboxKeys,
    pub(super) random: &'a dyn Random,
}

impl Ledger<'_> {
    /// The rows that open. One that does not is left as it is: it may be another version's.
    pub(super) fn open_all(&self, rows: Vec<OutboxRow>) -> Vec<Entry> {
        rows.into_iter().filter_map(|row| self.open(row)).collect()
    }

    /// `None` if the row does not open.
    pub(super) fn open(&self, row: OutboxRow) -> Option<Entry> {
        let stored = unseal_outbox(self.keys, &row.uid, COMMAND, &row.command)
            .and_then(|json| serde_json::from_slice(&json).ok());
        let Some(stored) = stored else {
            tracing::warn!(item = row.seq, "a write cannot be read and is left as it is");
            return None;
        };
        let outcome = row
            .progress
            .outcome
            .as_deref()
            .and_then(|sealed| unseal_outbox(self.keys, &row.uid, OUTCOME, sealed))
            .and_then(|json| serde_json::from_slice(&json).ok());
        Some(Entry { row, stored, outcome })
    }

    pub(super) fn seal_command(&self, uid: &[u8], stored: &Stored) -> Result<Vec<u8>, StoreError> {
        seal_outbox(self.keys, uid, COMMAND, &json(stored), self.random)
    }

    pub(super) fn seal_outcome(&self, uid: &[u8], outcome: &Outcome) -> Result<Vec<u8>, StoreError> {
        seal_outbox(self.keys, uid, OUTCOME, &json(outcome), self.random)
    }

    /// What the attachment of this row is.
    pub(super) fn seal_about(&self, uid: &[u8], about: &About) -> Result<Vec<u8>, StoreError> {
        seal_outbox(self.keys, uid, ABOUT, &json(about), self.random)
    }

    /// `None` if it does not open.
    pub(super) fn about(&self, uid: &[u8], sealed: &[u8]) -> Option<About> {
        let about = unseal_outbox(self.keys, uid, ABOUT, sealed)?;
        serde_json::from_slice(&about).ok()
    }

    /// The part with this number of the attachment of this row.
    pub(super) fn seal_part(&self, uid: &[u8], number: u64, bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
        seal_outbox(self.keys, uid, &part(number), bytes, self.random)
    }

    /// `None` if it does not open.
    pub(super) fn part(&self, uid: &[u8], number: u64, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        unseal_outbox(self.keys, uid, &part(number), sealed)
    }

    /// The server's number of what a chain is about.
    pub(super) fn number(&self, chain: &Chain) -> Option<i64> {
        let name = unseal_outbox(
            self.keys,
            chain.id.as_str().as_bytes(),
            NAME,
            chain.name.as_deref()?,
        )?;
        std::str::from_utf8(&name).ok()?.parse().ok()
    }

    pub(super) fn seal_number(&self, chain: &str, number: i64) -> Result<Vec<u8>, StoreError> {
        seal_outbox(
            self.keys,
            chain.as_bytes(),
            NAME,
            number.to_string().as_bytes(),
            self.random,
        )
    }

    /// Every write of the chain, opened.
    pub(super) fn chain(&self, tx: &OutboxTx<'_>, chain: &Chain) -> Result<Vec<Entry>, StoreError> {
        Ok(self.open_all(tx.items(&chain.id)?))
    }

    /// Writes a write's progress with what came of it.
    pub(super) fn save(
        &self,
        tx: &OutboxTx<'_>,
        entry: &Entry,
        progress: Progress,
        outcome: Option<&Outcome>,
        now: jiff::Timestamp,
    ) -> Result<(), StoreError> {
        let outcome = outcome
            .map(|outcome| self.seal_outcome(&entry.row.uid, outcome))
            .transpose()?;
        tx.save(entry.row.seq, &Progress { outcome, ..progress }, now)
    }
}

fn json(value: &impl serde::Serialize) -> Zeroizing<Vec<u8>> {
    // Our own records of strings and numbers into memory: cannot fail.
    Zeroizing::new(serde_json::to_vec(value).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::SecretKey;
    use crate::ports::fakes::SeededRandom;
    use crate::store::AccountId;

    #[test]
    fn s37_a_part_opens_only_in_its_row_and_at_its_place() {
        let account = AccountId::parse(&"0".repeat(32)).unwrap();
        let keys = OutboxKeys::derive(&SecretKey::new([1; 32]), &account);
        let random = SeededRandom::new(1);
        let ledger = Ledger {
            keys: &keys,
            random: &random,
        };
        let sealed = ledger.seal_part(b"row", 1, b"bytes").unwrap();
        assert!(!sealed.windows(5).any(|window| window == b"bytes"));
        let open = |row: &[u8], number| ledger.part(row, number, &sealed).map(|bytes| bytes.to_vec());
        assert_eq!(open(b"row", 1).unwrap(), b"bytes");
        assert_eq!(open(b"row", 2), None);
        assert_eq!(open(b"other", 1), None);
        assert_eq!(ledger.about(b"row", &sealed), None);
        let about = About {
            name: "n".to_owned(),
            sha256: "s".to_owned(),
        };
        let sealed = ledger.seal_about(b"row", &about).unwrap();
        assert_eq!(ledger.about(b"row", &sealed), Some(about));
        assert_eq!(ledger.about(b"other", &sealed), None);
    }
}
