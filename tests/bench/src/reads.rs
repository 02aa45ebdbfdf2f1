//! Reads that need no network: the first of a new client, the next from disk, and from memory.

use pmi_core::model::{Freshness, Origin, Snapshot, VehicleDetails, VehicleSummary};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::de::DeserializeOwned;

use crate::Outcome;
use crate::measure::Samples;
use crate::report::Report;
use crate::stage::Stage;

const FIRST: &str = "floor: prepare, SELECT, unseal, decode a garage";
const NEXT: &str = "floor: SELECT, unseal, decode one vehicle";
const CLONE: &str = "floor: clone a decoded garage";

/// How often each new client is asked again.
const AGAIN: usize = 10;

/// Measures them in `count` new clients, in turn with their floors.
pub(crate) fn measure(stage: &Stage, count: usize, report: &mut Report) -> Outcome {
    let client = stage.open()?;
    let garage = stage.wait(client.vehicles().list(Freshness::CacheOnly))?.value;
    let details = stage.wait(client.vehicles().details(stage.vehicle(), Freshness::CacheOnly))?;
    client.close();
    let path = stage.fresh("floor", 0);
    let garage_row = Sealed::store(&path, 1, &serde_json::to_vec(&garage)?)?;
    let details_row = Sealed::store(&path, 2, &serde_json::to_vec(&details.value)?)?;

    let (mut first, mut next, mut memory, mut shown) = four();
    let (mut first_floor, mut next_floor, mut clone, mut decode) = four();
    for _ in 0..count {
        let raw = Connection::open(&path)?;
        raw.execute_batch("PRAGMA journal_mode = wal; SELECT count(*) FROM sqlite_schema")?;
        let same: Vec<VehicleSummary> = first_floor.time(|| garage_row.read(&raw))?;
        // The second statement of this text is prepared already.
        let _: VehicleDetails = next_floor.time(|| details_row.read(&raw))?;
        let _: VehicleDetails = decode.time(|| serde_json::from_slice(&details_row.plain))?;

        let mut open = Samples::default();
        let client = open.time(|| stage.open())?;
        let answer = first.time(|| stage.wait(client.vehicles().list(Freshness::CacheOnly)))?;
        shown.push(open.last() + first.last());
        from(&answer, Origin::Disk)?;
        if answer.value != same {
            return Err("the floor reads something else".into());
        }
        let vehicle = || stage.wait(client.vehicles().details(stage.vehicle(), Freshness::CacheOnly));
        from(&next.time(vehicle)?, Origin::Disk)?;
        for _ in 0..AGAIN {
            drop(clone.time(|| same.clone()));
            let answer = memory.time(|| stage.wait(client.vehicles().list(Freshness::CacheOnly)))?;
            from(&answer, Origin::Memory)?;
        }
        client.close();
    }
    report.floor(FIRST, &first_floor);
    report.row("first read of a new client, from disk", &first, FIRST);
    report.row("open and that read: what a start costs", &shown, FIRST);
    report.floor(NEXT, &next_floor);
    report.floor("part: decode one vehicle", &decode);
    report.row("next read from disk", &next, NEXT);
    report.floor(CLONE, &clone);
    report.row("read from memory", &memory, CLONE);
    Ok(())
}

fn four() -> (Samples, Samples, Samples, Samples) {
    Default::default()
}

fn from<T>(answer: &Snapshot<T>, origin: Origin) -> Outcome {
    if answer.origin == origin {
        return Ok(());
    }
    Err(format!("an answer came from {:?}, not {origin:?}", answer.origin).into())
}

/// A row as the core would store it, without the core.
struct Sealed {
    id: [u8; 32],
    key: [u8; 32],
    plain: Vec<u8>,
}

impl Sealed {
    const NONCE: [u8; NONCE_LEN] = [7; NONCE_LEN];

    fn store(path: &std::path::Path, number: u8, plain: &[u8]) -> Outcome<Self> {
        let row = Self {
            id: [number; 32],
            key: [42; 32],
            plain: plain.to_vec(),
        };
        let mut sealed = plain.to_vec();
        row.key()?
            .seal_in_place_append_tag(Self::nonce(), Aad::from(row.id), &mut sealed)
            .map_err(|_| "cannot seal")?;
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "PRAGMA journal_mode = wal;
             CREATE TABLE IF NOT EXISTS answer (account BLOB, query BLOB, sealed BLOB, fetched_at INTEGER,
                 PRIMARY KEY (account, query)) STRICT",
        )?;
        connection.execute(
            "INSERT INTO answer VALUES (?1, ?1, ?2, 0)",
            params![row.id, sealed],
        )?;
        Ok(row)
    }

    fn read<T: DeserializeOwned>(&self, connection: &Connection) -> Outcome<T> {
        let mut sealed: Vec<u8> = connection
            .prepare_cached("SELECT sealed, fetched_at FROM answer WHERE account = ?1 AND query = ?1")?
            .query_row(params![self.id], |row| row.get(0))
            .optional()?
            .ok_or("the row is gone")?;
        let plain = self
            .key()?
            .open_in_place(Self::nonce(), Aad::from(self.id), &mut sealed)
            .map_err(|_| "cannot unseal")?;
        Ok(serde_json::from_slice(plain)?)
    }

    fn key(&self) -> Outcome<LessSafeKey> {
        let key = UnboundKey::new(&AES_256_GCM, &self.key).map_err(|_| "no key")?;
        Ok(LessSafeKey::new(key))
    }

    fn nonce() -> Nonce {
        Nonce::assume_unique_for_key(Self::NONCE)
    }
}
