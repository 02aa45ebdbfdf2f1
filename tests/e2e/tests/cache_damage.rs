//! Scenarios 31 and 33 through the front door: what becomes of reads when the cache is damaged or taken away while it is open,
//! or was written by another version.

use std::fs;
use std::path::Path;
use std::time::Duration;

use pmi_core::Error;
use pmi_core::error::OfflineReason;
use pmi_core::model::{Freshness, Origin, Snapshot, VehicleId};
use pmi_e2e::{Device, World, both_dialects};
use pmi_platform::{Fault, Gate};
use rusqlite::Connection;

/// The file, as somebody else opens it.
fn raw(device: &Device) -> Connection {
    Connection::open(device.cache_dir().join("cache.sqlite3")).expect("the file")
}

/// Lets time pass, for the device and the server.
fn pass(world: &World, device: &Device, seconds: u64) {
    let by = Duration::from_secs(seconds);
    device.clock.advance(by);
    world.server_clock.advance(by);
}

fn kept<T: std::fmt::Debug>(read: Result<Snapshot<T>, Error>) -> bool {
    match read {
        Ok(snapshot) => snapshot.origin != Origin::Network,
        Err(Error::Offline {
            why: OfflineReason::NotCached,
            ..
        }) => false,
        Err(error) => panic!("{error}"),
    }
}

/// Writes noise over all but the header of the file and over its WAL, as a failing disk would: they stay the same files.
fn damage(device: &Device) {
    for (name, from) in [("cache.sqlite3", 100), ("cache.sqlite3-wal", 0)] {
        let path = device.cache_dir().join(name);
        let mut bytes = fs::read(&path).expect("the file");
        bytes.iter_mut().skip(from).for_each(|byte| *byte = 0xa7);
        let file = fs::OpenOptions::new().write(true).open(&path).expect("opened");
        std::io::Write::write_all(&mut &file, &bytes).expect("written");
    }
}

fn set_aside(dir: &Path) -> usize {
    let names = fs::read_dir(dir).expect("the folder");
    names
        .filter(|name| {
            let name = name.as_ref().expect("a file").file_name();
            let name = name.to_string_lossy();
            name.contains(".bad-") && !name.ends_with("-wal")
        })
        .count()
}

async fn damage_is_met_while_open(world: World) {
    let (device, client) = world.signed_in().await;
    let vehicle = VehicleId(world.customer().vehicle_ids[0]);
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read once");
    client
        .bookings()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read once");
    client.close();
    for round in 1..=3 {
        let client = device.open();
        damage(&device);
        let list = client.vehicles().list(Freshness::CacheFirst).await;
        assert_eq!(list.expect("the read goes on").origin, Origin::Network, "{round}");
        let bookings = client
            .bookings()
            .list(Freshness::NetworkFirst)
            .await
            .expect("so does this");
        assert_eq!((bookings.origin, bookings.refresh_error), (Origin::Network, None));
        client
            .vehicles()
            .details(vehicle, Freshness::CacheFirst)
            .await
            .expect("and this");
        client.close();
        assert_eq!(
            set_aside(&device.cache_dir()),
            round.min(2),
            "made anew once for each"
        );

        let again = device.open();
        let list = again.vehicles().list(Freshness::CacheOnly).await.expect("kept");
        assert_eq!(list.origin, Origin::Disk, "{round}");
        assert!(kept(
            again.vehicles().details(vehicle, Freshness::CacheOnly).await
        ));
        again.close();
        pass(&world, &device, 61);
    }
}
both_dialects!(damage_is_met_while_open => s31_damage_met_while_open_costs_no_read_and_the_file_is_made_anew_v1,
    s31_damage_met_while_open_costs_no_read_and_the_file_is_made_anew_v2);

async fn the_folder_is_emptied_while_open(world: World) {
    let (device, client) = world.signed_in().await;
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read once");
    fs::remove_dir_all(device.cache_dir()).expect("the system empties it");
    client
        .bookings()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read");
    assert!(device.cache_dir().join("cache.sqlite3").exists(), "made anew");
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read again");
    let other = device.open();
    assert!(kept(other.bookings().list(Freshness::CacheOnly).await));
    assert!(kept(other.vehicles().list(Freshness::CacheOnly).await));
    assert_eq!(set_aside(&device.cache_dir()), 0);
    other.close();

    // And again at once, with something in its place: then there is no cache, and there are reads.
    fs::remove_dir_all(device.cache_dir()).expect("emptied");
    fs::write(device.cache_dir(), "in the way").expect("written");
    for freshness in [
        Freshness::NetworkOnly,
        Freshness::CacheFirst,
        Freshness::NetworkFirst,
    ] {
        client.bookings().list(freshness).await.expect("read");
        pass(&world, &device, 61);
        client.centers().list(freshness).await.expect("read");
    }
    fs::remove_file(device.cache_dir()).expect("gone");
    pass(&world, &device, 61);
    client
        .bookings()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read");
    client.close();
    let other = device.open();
    assert!(
        kept(other.bookings().list(Freshness::CacheOnly).await),
        "there is one again"
    );
}
both_dialects!(the_folder_is_emptied_while_open => s31_a_folder_emptied_while_open_is_made_anew_v1,
    s31_a_folder_emptied_while_open_is_made_anew_v2);

async fn a_closed_client_makes_no_file(world: World) {
    let (device, client) = world.signed_in().await;
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read once");
    let gate = Gate::new();
    world
        .control()
        .on(pmi_platform::Match::get("/api"))
        .times(1)
        .then(Fault::HoldAfter(gate.clone()));
    let late = client.clone();
    let late = tokio::spawn(async move { late.bookings().list(Freshness::NetworkOnly).await });
    gate.arrived().await;
    client.close();
    fs::remove_dir_all(device.cache_dir()).expect("emptied");
    gate.release();
    let _ = late.await.expect("no panic");
    assert!(!device.cache_dir().exists());
}
both_dialects!(a_closed_client_makes_no_file => s31_a_closed_client_makes_no_file_anew_v1,
    s31_a_closed_client_makes_no_file_anew_v2);

async fn rows_of_another_layout(world: World) {
    let (device, client) = world.signed_in().await;
    let first = client
        .bookings()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read");
    client.close();
    // As after an update of the app whose layout is another.
    let changed = raw(&device).execute("UPDATE answer SET schema = schema + 1", []);
    assert_eq!(changed, Ok(1));
    let client = device.open();
    assert!(!kept(client.bookings().list(Freshness::CacheOnly).await));
    let left = raw(&device).query_row("SELECT count(*) FROM answer", [], |row| row.get::<_, i64>(0));
    assert_eq!(left, Ok(0), "it takes no place");
    let again = client
        .bookings()
        .list(Freshness::NetworkFirst)
        .await
        .expect("asked for");
    assert_eq!((again.origin, again.value), (Origin::Network, first.value));
    let unchanged = world
        .control()
        .outcomes("GET", "/api/bookings")
        .get(&304)
        .copied();
    assert_eq!(unchanged, None, "asked for whole");
}
both_dialects!(rows_of_another_layout => s33_answers_of_another_layout_are_asked_for_again_v1,
    s33_answers_of_another_layout_are_asked_for_again_v2);
