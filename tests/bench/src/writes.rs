//! Accepting a booking without a network: a promise to a person, on the disk when the call returns.

use pmi_core::model::{BookingTime, Freshness, NewBooking, ServiceType};
use rusqlite::{Connection, params};

use crate::Outcome;
use crate::measure::Samples;
use crate::report::Report;
use crate::stage::Stage;

const COMMIT: &str = "floor: two rows in one synced transaction";
const CLONE: &str = "floor: clone the decoded bookings";

/// Accepts `count` bookings, each given up again, in turn with the floor; then reads the list with one of them over it.
pub(crate) fn measure(stage: &Stage, count: usize, report: &mut Report) -> Outcome {
    let client = stage.open()?;
    client.set_offline(true);
    let floor = synced(stage)?;
    let (mut commits, mut accepted) = (Samples::default(), Samples::default());
    for number in 0..count {
        commits.time(|| two_rows(&floor, number))?;
        let booking = booking(stage);
        let item = accepted.time(|| stage.wait(client.bookings().book(booking, None)))?;
        stage.wait(client.outbox().drop_item(item.id))?;
    }
    report.floor(COMMIT, &commits);
    report.row("accept a booking without a network", &accepted, COMMIT);

    let bookings = client.bookings();
    let list = || bookings.list(Freshness::CacheOnly);
    let decoded = stage.wait(list())?.value;
    let (mut clones, mut plain, mut pending) = (Samples::default(), Samples::default(), Samples::default());
    for _ in 0..count {
        drop(clones.time(|| decoded.clone()));
        drop(plain.time(|| stage.wait(list()))?);
    }
    let item = stage.wait(client.bookings().book(booking(stage), None))?;
    for _ in 0..count {
        drop(pending.time(|| stage.wait(list()))?);
    }
    stage.wait(client.outbox().drop_item(item.id))?;
    report.floor(CLONE, &clones);
    report.row("bookings from memory, nothing pending", &plain, CLONE);
    report.row("bookings from memory, one pending", &pending, CLONE);
    client.close();
    Ok(())
}

fn booking(stage: &Stage) -> NewBooking {
    NewBooking {
        vehicle_id: stage.vehicle(),
        service: ServiceType::OilChange,
        at: BookingTime::at_the_centre(jiff::civil::date(2099, 12, 25).at(10, 0, 0, 0)),
        center_id: None,
        notes: None,
        photos: Vec::new(),
    }
}

/// A file as durable as the core's.
fn synced(stage: &Stage) -> Outcome<Connection> {
    let connection = Connection::open(stage.fresh("synced", 0))?;
    connection.execute_batch(
        "PRAGMA journal_mode = wal; PRAGMA synchronous = full;
         CREATE TABLE chain (id TEXT PRIMARY KEY, lane BLOB) STRICT;
         CREATE TABLE outbox (seq INTEGER PRIMARY KEY, chain TEXT, command BLOB) STRICT;",
    )?;
    Ok(connection)
}

fn two_rows(connection: &Connection, number: usize) -> Outcome {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let name = number.to_string();
    connection
        .prepare_cached("INSERT INTO chain VALUES (?1, ?2)")?
        .execute(params![name, [7_u8; 32]])?;
    connection
        .prepare_cached("INSERT INTO outbox (chain, command) VALUES (?1, ?2)")?
        .execute(params![name, [7_u8; 400]])?;
    connection.execute_batch("COMMIT")?;
    Ok(())
}
