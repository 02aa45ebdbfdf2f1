//! Scenarios 11 and 12: who leaves, with everything under way, leaves nothing that can be read, in any spelling and with any
//! key; and who comes after finds nothing.

use std::time::Duration;

use pmi_core::model::{Freshness, NewBooking, Password, Unsent};
use pmi_core::{Error, PmiClient, SessionState};
use pmi_e2e::canary::Canaries;
use pmi_e2e::desk::{done, first_vehicle, oil_change};
use pmi_e2e::{Device, World, both_dialects};
use pmi_platform::{Dialect, Fault, Gate, Match};
use rusqlite::Connection;

const NOTES: &str = "the clutch of A rattles at dawn";

/// What is sealed in the files of this device, byte for byte.
fn sealed(device: &Device, table: &str, column: &str) -> Vec<Vec<u8>> {
    let file = if table == "answer" {
        "cache/cache.sqlite3"
    } else {
        "data/durable.sqlite3"
    };
    let connection = Connection::open(device.dir().join(file)).expect("it opens");
    let sql = format!("SELECT {column} FROM {table} WHERE {column} IS NOT NULL");
    let mut statement = connection.prepare(&sql).expect("such a column");
    let rows = statement.query_map([], |row| row.get(0)).expect("rows");
    rows.map(|row| row.expect("bytes")).collect()
}

/// All that must be gone with the session: the words themselves, and the sealed bytes that a key could open.
async fn of_the_session(world: &World, device: &Device, client: &PmiClient) -> Canaries {
    let mut canaries = Canaries::default();
    let me = client
        .account()
        .me(Freshness::NetworkOnly)
        .await
        .expect("who it is")
        .value;
    let garage = client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("the garage")
        .value;
    client
        .bookings()
        .list(Freshness::NetworkOnly)
        .await
        .expect("the bookings");
    canaries.add("the e-mail address", &world.customer().email);
    canaries.add("the password", &world.customer().password);
    canaries.add("the phone number", me.phone.expect("a phone number"));
    canaries.add("the VIN", &garage[0].vehicle.vin);
    canaries.add("the notes", NOTES);
    for (table, column) in [("token", "sealed"), ("account", "profile"), ("answer", "sealed")] {
        let rows = sealed(device, table, column);
        assert!(!rows.is_empty(), "{table}");
        for row in rows {
            canaries.add(&format!("{column} of {table}"), row);
        }
    }
    canaries
}

/// What of it is in the files.
#[track_caller]
fn holds_nothing(device: &Device, canaries: &Canaries, when: &str) {
    assert_eq!(canaries.search_folder(device.dir(), None), [], "{when}");
}

fn keys(device: &Device, purpose: &str) -> Vec<String> {
    let mut names = device.secrets.names();
    names.retain(|name| name.contains(&format!("/{purpose}-")));
    names
}

async fn book(client: &PmiClient) -> pmi_core::model::OutboxItem {
    let new = NewBooking {
        notes: Some(NOTES.to_owned()),
        ..oil_change(first_vehicle(client).await, 10)
    };
    client.bookings().book(new, None).await.expect("accepted")
}

async fn leaves_in_the_middle(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let canaries = of_the_session(&world, &device, &client).await;
    assert!(
        !canaries.search_folder(device.dir(), None).is_empty(),
        "the search itself works"
    );

    // Two reads wait for their answers, and a booking is queued behind one that the server is applying.
    let (reading, writing) = (Gate::new(), Gate::new());
    world
        .control()
        .on(world.creates())
        .then(Fault::HoldAfter(writing.clone()));
    let read = Match::get("/api/");
    let item = book(&client).await;
    writing.arrived().await;
    world.control().on(read).then(Fault::HoldAfter(reading.clone()));
    // v1 has two places: one is the write's, and the sign-out tells the server in the other.
    let reads = if world.dialect == Dialect::V1 { 0 } else { 2 };
    let calls: Vec<_> = (0..reads)
        .map(|which| {
            let client = client.clone();
            tokio::spawn(async move {
                if which == 0 {
                    client.vehicles().list(Freshness::NetworkOnly).await.map(drop)
                } else {
                    client.account().me(Freshness::NetworkOnly).await.map(drop)
                }
            })
        })
        .collect();
    reading.arrived_at_least(reads).await;
    let account = client.account();
    assert_eq!(
        account.sign_out(Unsent::Ask).await,
        Err(Error::Unsent { count: 1 }),
        "asked first"
    );
    assert_eq!(
        account.state().await,
        Ok(SessionState::SignedIn),
        "and nothing was done"
    );
    account.sign_out(Unsent::Keep).await.expect("signed out");
    holds_nothing(&device, &canaries, "when the sign-out returns");
    assert_eq!(
        (keys(&device, "session").len(), keys(&device, "outbox").len()),
        (0, 1)
    );

    // Now the answers come.
    world.control().clear();
    reading.release();
    writing.release();
    for call in calls {
        let _ = call.await.expect("no panic");
    }
    holds_nothing(&device, &canaries, "after the late answers");
    assert_eq!(
        sealed(&device, "token", "sealed").len() + sealed(&device, "answer", "sealed").len(),
        0
    );
    assert_eq!(sealed(&device, "outbox", "command").len(), 1, "kept, sealed");
    client.close();
    holds_nothing(&device, &canaries, "when the client is closed");

    // What was kept goes on with A alone.
    let client = device.open();
    let b = world.other_customer();
    let password = Password::new(b.password.as_str());
    client
        .account()
        .sign_in(&b.email, password)
        .await
        .expect("B signs in");
    assert_eq!(
        client.outbox().history().await,
        Ok(Vec::new()),
        "B sees nothing of it"
    );
    client
        .account()
        .sign_out(Unsent::Ask)
        .await
        .expect("nor is asked about it");
    let _skipping = world.skip_waits(&device);
    world.sign_in(&client).await.expect("A comes back");
    client.sync(Duration::from_secs(300)).await.expect("a report");
    done(&client, &item).await;
    assert_eq!(world.made().await.len(), 1, "and is made once");
}
both_dialects!(leaves_in_the_middle => s11_a_sign_out_with_calls_in_flight_and_items_queued_leaves_nothing_to_read_v1,
    s11_a_sign_out_with_calls_in_flight_and_items_queued_leaves_nothing_to_read_v2);

async fn discards(world: World) {
    let (device, client) = world.signed_in().await;
    client.set_offline(false);
    first_vehicle(&client).await;
    let mut canaries = of_the_session(&world, &device, &client).await;
    client.set_offline(true);
    book(&client).await;
    for column in ["command", "uid"] {
        for row in sealed(&device, "outbox", column) {
            canaries.add(&format!("{column} of the outbox"), row);
        }
    }
    client
        .account()
        .sign_out(Unsent::Discard)
        .await
        .expect("signed out");
    holds_nothing(&device, &canaries, "when the sign-out returns");
    assert!(device.secrets.names().is_empty(), "no key is left");
    client.close();
    holds_nothing(&device, &canaries, "when the client is closed");
}
both_dialects!(discards => s11_what_is_discarded_leaves_neither_row_nor_key_v1, s11_what_is_discarded_leaves_neither_row_nor_key_v2);

/// B signs in without A having signed out.
async fn b_takes_over(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let canaries = of_the_session(&world, &device, &client).await;
    let of_a = keys(&device, "session");
    let b = world.other_customer();
    let password = Password::new(b.password.as_str());
    client
        .account()
        .sign_in(&b.email, password)
        .await
        .expect("B signs in");
    holds_nothing(&device, &canaries, "when B is signed in");
    let now = device.secrets.names();
    assert!(
        of_a.iter().all(|name| !now.contains(name)),
        "A's key is destroyed: {now:?}"
    );
    let garage = client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("B's garage")
        .value;
    assert_eq!(garage[0].vehicle.id.0, b.vehicle_ids[0]);
    client.close();
    holds_nothing(&device, &canaries, "when the client is closed");

    let client = device.open();
    let me = client
        .account()
        .me(Freshness::CacheFirst)
        .await
        .expect("who it is")
        .value;
    assert_eq!(me.email, b.email);
    let told = client.diagnostics().export().await.expect("a report");
    assert_eq!(canaries.search("the report B may export", told.as_bytes()), []);
}
both_dialects!(b_takes_over => s12_b_after_a_finds_no_row_file_or_key_of_a_v1, s12_b_after_a_finds_no_row_file_or_key_of_a_v2);
