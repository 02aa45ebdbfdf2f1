//! The same work with bare SQLite, a cipher and a decoder.

use std::path::Path;

use pmi_core::model::VehicleDetails;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use rusqlite::{Connection, OpenFlags, params};

use super::numbers;
use crate::Outcome;

/// Account and query, hashed.
type Name = ([u8; 32], [u8; 32]);

/// Either of the floors.
pub(super) struct Floor {
    connection: Connection,
    names: Vec<Name>,
    next: u64,
    plain: Vec<u8>,
    sealed: Vec<u8>,
}

impl Floor {
    /// A file to insert rows into, without a cap or a second index.
    pub(super) fn in_a_file_of_its_own(path: &Path, answer: &VehicleDetails) -> Outcome<Self> {
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "PRAGMA journal_mode = wal; PRAGMA synchronous = normal;
             CREATE TABLE answer (account BLOB, query BLOB, sealed BLOB, fetched_at INTEGER,
                 PRIMARY KEY (account, query)) STRICT",
        )?;
        Self::new(connection, Vec::new(), answer)
    }

    /// Inserts one more, as large as the core's and with a name as random.
    pub(super) fn insert(&mut self) -> Outcome {
        self.next += 1;
        let name = self.next.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_le_bytes();
        self.connection
            .prepare_cached("INSERT INTO answer VALUES (?1, ?2, ?3, 0)")?
            .execute(params![[1_u8; 32], name.repeat(4), self.sealed])?;
        Ok(())
    }

    /// So many random rows of the core's own file.
    pub(super) fn on_the_cache(
        path: &Path,
        count: usize,
        rows: i64,
        answer: &VehicleDetails,
    ) -> Outcome<Self> {
        // The names come from the index alone, and by somebody else: no row is in anybody's memory for having been looked up.
        let names = {
            let looking = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            let account: [u8; 32] =
                looking.query_row("SELECT account FROM answer LIMIT 1", [], |row| row.get(0))?;
            let mut random = numbers(rows + 1);
            let mut select = looking.prepare(
                "SELECT query FROM answer WHERE account = ?1 AND query <= ?2 ORDER BY query DESC LIMIT 1",
            )?;
            let mut names: Vec<Name> = Vec::with_capacity(count);
            while names.len() < count {
                let above = random().to_be_bytes().repeat(4);
                let mut found = select.query(params![account, above])?;
                if let Some(row) = found.next()? {
                    names.push((account, row.get(0)?));
                }
            }
            names
        };
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        Self::new(connection, names, answer)
    }

    /// Reads the next of them. What it holds only the core can open: a copy of another answer is opened instead.
    pub(super) fn read(&mut self) -> Outcome<(Vec<u8>, VehicleDetails)> {
        let at = usize::try_from(self.next)? % self.names.len();
        self.next += 1;
        let (account, query) = self.names[at];
        let read = self
            .connection
            .prepare_cached(
                "SELECT schema, sealed, fetched_at, etag, revision FROM answer WHERE account = ?1 AND query = ?2",
            )?
            .query_row(params![account, query], |row| row.get(1))?;
        let mut sealed = self.sealed.clone();
        let plain = key()?
            .open_in_place(nonce(), Aad::empty(), &mut sealed)
            .map_err(|_| "cannot unseal")?;
        Ok((read, serde_json::from_slice(plain)?))
    }

    /// Bytes of an answer's JSON.
    pub(super) fn plain(&self) -> usize {
        self.plain.len()
    }

    fn new(connection: Connection, names: Vec<Name>, answer: &VehicleDetails) -> Outcome<Self> {
        let plain = serde_json::to_vec(answer)?;
        let mut sealed = plain.clone();
        key()?
            .seal_in_place_append_tag(nonce(), Aad::empty(), &mut sealed)
            .map_err(|_| "cannot seal")?;
        Ok(Self {
            connection,
            names,
            next: 0,
            plain,
            sealed,
        })
    }
}

fn key() -> Outcome<LessSafeKey> {
    let key = UnboundKey::new(&AES_256_GCM, &[42; 32]).map_err(|_| "no key")?;
    Ok(LessSafeKey::new(key))
}

fn nonce() -> Nonce {
    Nonce::assume_unique_for_key([7; NONCE_LEN])
}
