//! A device as a process: a client on one thread whose ports are taken by steps, so that the order of its steps is the same in
//! every run, and at one of which it dies or stops when told to.
//!
//! `device DIR SERVER CLOCK_FILE count|kill:K|stop:K|point:K [hasty]` opens the client in `DIR` and then obeys lines: `read` (the garage, from
//! the server), `cached`, `outbox`, `sync`, `state`, `close`, `steps`, `finish` (sends what there is), `do NAME DAY` (see
//! [`pmi_e2e::processes::acts`]), `synchronise SECONDS` (as a background task does, and what it reports), `book DAY HOUR`, `hold`
//! (takes the right to write to both files), `let go`. Each is answered by a line, `steps` by a number and as many lines more, `do`
//! by a line for each write that was accepted and one in the end. It ends with its standard input.

use std::collections::BTreeMap;
use std::io::BufRead as _;
use std::path::PathBuf;
use std::time::Duration;

use jiff::civil::Date;
use pmi_core::model::{BookingId, BookingTime, Freshness, NewBooking, OutboxItem, ServiceType, VehicleId};
use pmi_core::{ClientConfig, PmiClient};
use pmi_e2e::photos::photo;
use pmi_e2e::processes::{Act, SharedClock, Steps, Then, acts, day, ports, say, the_photo};

/// The longest a synchronisation may take; as a deadline it stands on a hasty clock.
const PATIENCE: Duration = Duration::from_secs(15);

/// So often it is tried to send everything.
const ROUNDS: usize = 200;

/// Longer than any synchronisation takes.
const A_WHILE: Duration = Duration::from_secs(600);

fn main() {
    let mut args = std::env::args().skip(1);
    let mut next = || args.next().expect("DIR SERVER CLOCK_FILE THEN");
    let (dir, server, clock) = (PathBuf::from(next()), next(), SharedClock::of(next().into()));
    let then = Then::parse(&next()).expect("count, kill:K, stop:K or point:K");
    let clock = if args.next().is_some() {
        clock.hasty()
    } else {
        clock
    };

    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let config = ClientConfig::new(server, &dir);
        let steps = Steps::new(then, config.data_dir.join("durable.sqlite3-wal"));
        let ports = steps.over(ports(&dir, &clock).expect("a network"));
        let opened = PmiClient::open_on(&config, ports, tokio::runtime::Handle::current());
        let client = opened.expect("it opens");
        obey(&client, &steps, &config).await;
    });
}

async fn obey(client: &PmiClient, steps: &Steps, config: &ClientConfig) {
    let mut held = Vec::new();
    // While it waits for a line this thread stands still, and all of the client with it: so the order of its steps does not
    // hang on when a line comes.
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("UTF-8");
        match line.as_str() {
            "read" => say(&read(client, Freshness::NetworkOnly).await),
            "cached" => say(&read(client, Freshness::CacheOnly).await),
            "outbox" => say(&match client.outbox().list().await {
                Ok(items) => items.len().to_string(),
                Err(error) => format!("{error:?}"),
            }),
            "sync" => say(&match client.outbox().send(A_WHILE).await {
                Ok(report) => format!("{} remain", report.remaining),
                Err(error) => format!("{error:?}"),
            }),
            "state" => say(&format!("{:?}", client.account().state().await)),
            "steps" => {
                let taken = steps.taken();
                say(&taken.len().to_string());
                for step in taken {
                    say(&format!("{} {}", step.commits, step.name));
                }
            }
            "close" => {
                client.close();
                say("closed");
            }
            "finish" => say(&finish(client).await),
            "hold" => {
                held = hold(config);
                say("held");
            }
            "let go" => {
                held.clear();
                say("let go");
            }
            other => match other.split(' ').collect::<Vec<_>>()[..] {
                ["do", name, number] => {
                    let number = number.parse().expect("a number");
                    perform(client, acts(name).expect("acts"), number).await;
                }
                ["synchronise", seconds] => say(&synchronise(client, seconds).await),
                ["book", number, hour] => say(&match book(client, number, hour).await {
                    Ok(_) => "accepted".to_owned(),
                    Err(error) => format!("{error:?}"),
                }),
                _ => panic!("what is {other:?}?"),
            },
        }
    }
}

/// Takes the right to write to both files from everybody else.
fn hold(config: &ClientConfig) -> Vec<rusqlite::Connection> {
    let files = [
        config.data_dir.join("durable.sqlite3"),
        config.cache_dir.join("cache.sqlite3"),
    ];
    let held = files.map(|file| {
        let holder = rusqlite::Connection::open(file).expect("it opens");
        holder.execute_batch("BEGIN IMMEDIATE").expect("its lock");
        holder
    });
    held.into()
}

/// What a synchronisation within this time reports.
async fn synchronise(client: &PmiClient, seconds: &str) -> String {
    let deadline = Duration::from_secs(seconds.parse().expect("a number"));
    match client.sync(deadline).await {
        Ok(report) => format!(
            "{} sent, {} remain, {} for the person, stopped: {:?}",
            report.sent, report.remaining, report.attention, report.stopped
        ),
        Err(error) => format!("{error:?}"),
    }
}

/// Books the first vehicle of the garage.
async fn book(client: &PmiClient, number: &str, hour: &str) -> pmi_core::Result<OutboxItem> {
    let (number, hour) = (number.parse().expect("a day"), hour.parse().expect("an hour"));
    let garage = client.vehicles().list(Freshness::CacheOnly).await?.value;
    let new = oil_change(garage[0].vehicle.id, day(number), hour);
    client.bookings().book(new, None).await
}

fn oil_change(vehicle_id: VehicleId, day: Date, hour: i8) -> NewBooking {
    NewBooking {
        vehicle_id,
        service: ServiceType::OilChange,
        at: BookingTime::at_the_centre(day.at(hour, 0, 0, 0)),
        center_id: None,
        notes: None,
        photos: Vec::new(),
    }
}

/// Does one thing after the other, and says what was accepted.
async fn perform(client: &PmiClient, acts: &[Act], number: i64) {
    let garage = client.vehicles().list(Freshness::CacheOnly).await;
    let garage = garage.expect("the garage").value;
    let at = |hour| BookingTime::at_the_centre(day(number).at(hour, 0, 0, 0));
    let bookings = client.bookings();
    let mut made: BTreeMap<usize, BookingId> = BTreeMap::new();
    for act in acts {
        match *act {
            Act::Offline => client.set_offline(true),
            Act::Online => client.set_offline(false),
            Act::Settle => say(&finish(client).await),
            Act::Book(vehicle) | Act::BookWithPhoto(vehicle) => {
                let has_photo = matches!(act, Act::BookWithPhoto(_));
                let mut new = oil_change(garage[vehicle].vehicle.id, day(number), 10);
                new.photos = has_photo.then(|| photo(&the_photo())).into_iter().collect();
                let item = bookings.book(new, None).await.expect("accepted");
                made.insert(vehicle, item.booking.expect("a booking"));
            }
            Act::Move(vehicle, hour) => {
                let to = at(hour);
                let moved = bookings.reschedule(&made[&vehicle], &to, None);
                moved.await.expect("accepted");
            }
            Act::Cancel(vehicle) => {
                let cancelled = bookings.cancel(&made[&vehicle], None);
                cancelled.await.expect("accepted");
            }
        }
        if act.is_write() {
            say("accepted");
        }
    }
    say("done");
}

/// Sends what there is, and what is left then.
async fn finish(client: &PmiClient) -> String {
    if let Err(error) = client.account().state().await {
        return format!("{error:?}");
    }
    for _ in 0..ROUNDS {
        match client.sync(PATIENCE).await {
            Ok(report) if report.remaining > 0 => {}
            Ok(report) => return format!("0 left, {} for the person", report.attention),
            Err(error) => return format!("{error:?}"),
        }
        let items = client.outbox().list().await.unwrap_or_default();
        if let Some(item) = items.iter().find(|item| !item.state.is_settled()) {
            // Lets a moment pass.
            let _ = client.outbox().settled(item.id, Duration::from_secs(1)).await;
        }
    }
    format!("never quiet: {:?}", client.outbox().list().await)
}

async fn read(client: &PmiClient, freshness: Freshness) -> String {
    match client.vehicles().list(freshness).await {
        Ok(garage) if garage.value.is_empty() => "an empty garage".to_owned(),
        Ok(_) => "ok".to_owned(),
        Err(error) => format!("{error:?}"),
    }
}
