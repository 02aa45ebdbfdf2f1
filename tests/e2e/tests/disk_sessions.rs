//! Scenario 30 at a first start and at the two ends of a session: signing in and signing out on a disk that fails at each call in turn. And a file
//! that another process does not let go of.

use std::time::Duration;

use pmi_core::SessionState;
use pmi_core::error::StorageFault;
use pmi_core::model::{Freshness, Unsent};
use pmi_core::{Error, Result};
use pmi_e2e::desk::{first_vehicle, oil_change, read_garage};
use pmi_e2e::faults::{Code, Faults};
use pmi_e2e::sessions::state;
use pmi_e2e::{Device, World, both_dialects};
use pmi_platform::Dialect;

/// In the machine's own time: what takes longer hangs.
const LONG: Duration = Duration::from_secs(60);

/// Goes through `live` with each call failing in turn, once and for good, and then through `check` on a mended disk.
async fn each_call<T>(
    device: &Device,
    code: Code,
    prepare: impl AsyncFn(),
    live: impl AsyncFn() -> Result<T>,
    check: impl AsyncFn(Result<T>, String),
) {
    let faults = Faults::under(device.dir());
    let mut cases = 0;
    for lasting in [false, true] {
        let mut call = 0;
        loop {
            prepare().await;
            faults.arm(call + 1, code, lasting);
            let lived = tokio::time::timeout(LONG, live()).await;
            let hits = faults.mend();
            let what = format!("{code:?} from call {}, lasting: {lasting}", call + 1);
            let lived = lived.unwrap_or_else(|_| panic!("it hangs: {what}"));
            if let Err(error) = &lived {
                assert!(code.is_told_by(error), "{error:?}: {what}");
            }
            tokio::time::timeout(LONG, check(lived, what))
                .await
                .expect("mended, it hangs");
            let Some((met, _)) = hits.first() else { break };
            (call, cases) = (*met, cases + 1);
        }
    }
    println!("{code:?}: {cases} cases");
    assert!(cases > 10, "the faults are not met");
}

async fn signing_in(dialect: Dialect, code: Code) {
    let world = World::start(dialect).await;
    let device = world.device();
    device.open().close();
    let live = async || -> Result<()> {
        let client = device.try_open()?;
        let signed_in = world.sign_in(&client).await;
        client.close();
        signed_in
    };
    let check = async |lived: Result<()>, what: String| {
        let client = device.open();
        let now = state(&client).await;
        assert!(lived.is_err() || now == SessionState::SignedIn, "{now:?}: {what}");
        if now == SessionState::SignedIn {
            read_garage(&client).await;
            client.account().sign_out(Unsent::Discard).await.expect("out");
        } else {
            assert_eq!(now, SessionState::SignedOut, "{what}");
        }
        client.close();
        let client = device.open();
        assert_eq!(state(&client).await, SessionState::SignedOut);
        client.close();
    };
    each_call(&device, code, async || {}, live, check).await;
}

async fn signing_out(dialect: Dialect, code: Code) {
    let world = World::start(dialect).await;
    let device = world.device();
    let prepare = async || {
        let client = device.open();
        if state(&client).await != SessionState::SignedIn {
            world.sign_in(&client).await.expect("signed in");
        }
        client.close();
    };
    let live = async || -> Result<bool> {
        let client = device.try_open()?;
        let signed_out = client.account().sign_out(Unsent::Discard).await;
        client.close();
        signed_out
    };
    let check = async |lived: Result<bool>, what: String| {
        let client = device.open();
        let now = state(&client).await;
        match lived {
            Ok(_) => {
                assert_eq!(now, SessionState::SignedOut, "{what}");
                assert!(device.secrets.names().is_empty(), "a key is left: {what}");
            }
            // As it was, or as it was to be; never in between.
            Err(_) if now == SessionState::SignedIn => read_garage(&client).await,
            Err(_) => assert_eq!(now, SessionState::SignedOut, "{what}"),
        }
        client.close();
    };
    each_call(&device, code, prepare, live, check).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s30_a_first_start_on_a_disk_that_fails_leaves_nothing_in_the_way_of_the_next() {
    let world = World::start(Dialect::V2).await;
    for code in Code::ALL {
        let device = world.device();
        let prepare = async || {
            for folder in ["data", "cache"] {
                let _ = std::fs::remove_dir_all(device.dir().join(folder));
            }
        };
        let live = async || -> Result<SessionState> {
            let client = device.try_open()?;
            let now = client.account().state().await;
            client.close();
            now
        };
        let check = async |lived: Result<SessionState>, what: String| {
            assert!(
                !matches!(&lived, Ok(now) if *now != SessionState::SignedOut),
                "{lived:?}: {what}"
            );
            let client = device.open();
            assert_eq!(state(&client).await, SessionState::SignedOut, "{what}");
            client.close();
        };
        each_call(&device, code, prepare, live, check).await;
    }
}

macro_rules! sessions {
    ($($scene:ident, $dialect:ident, $code:ident => $name:ident;)*) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            $scene(Dialect::$dialect, Code::$code).await;
        }
    )*};
}

// What is on disk hardly depends on the dialect: each code meets one of them at each end.
sessions! {
    signing_in, V1, Full => s30_a_sign_in_on_a_full_disk_is_whole_or_not_at_all_v1;
    signing_in, V2, IoErr => s30_a_sign_in_on_a_broken_disk_is_whole_or_not_at_all_v2;
    signing_in, V1, Busy => s30_a_sign_in_on_a_busy_file_is_whole_or_not_at_all_v1;
    signing_in, V2, ReadOnly => s30_a_sign_in_on_a_read_only_file_is_whole_or_not_at_all_v2;
    signing_in, V1, Corrupt => s30_a_sign_in_on_a_damaged_file_is_whole_or_not_at_all_v1;
    signing_out, V2, Full => s30_a_sign_out_on_a_full_disk_is_whole_or_not_at_all_v2;
    signing_out, V1, IoErr => s30_a_sign_out_on_a_broken_disk_is_whole_or_not_at_all_v1;
    signing_out, V2, Busy => s30_a_sign_out_on_a_busy_file_is_whole_or_not_at_all_v2;
    signing_out, V1, ReadOnly => s30_a_sign_out_on_a_read_only_file_is_whole_or_not_at_all_v1;
    signing_out, V2, Corrupt => s30_a_sign_out_on_a_damaged_file_is_whole_or_not_at_all_v2;
}

async fn another_process_holds_the_file(world: World) {
    let (device, client) = world.signed_in().await;
    let vehicle = first_vehicle(&client).await;
    client.close();
    let faults = Faults::under(device.dir());
    faults.hurry();
    let client = device.open();
    assert_eq!(state(&client).await, SessionState::SignedIn);
    let holders: Vec<_> = ["data/durable.sqlite3", "cache/cache.sqlite3"]
        .map(|file| {
            let holder = rusqlite::Connection::open(device.dir().join(file)).expect("it opens");
            holder.execute_batch("BEGIN IMMEDIATE").expect("its lock");
            holder
        })
        .into();
    let refused = client.bookings().book(oil_change(vehicle, 10), None).await;
    assert!(
        matches!(
            &refused,
            Err(Error::Storage {
                why: StorageFault::Busy,
                ..
            })
        ),
        "{refused:?}"
    );
    for freshness in [Freshness::NetworkOnly, Freshness::CacheOnly] {
        let read = client.vehicles().list(freshness).await;
        assert!(!read.expect("reads go on").value.is_empty());
    }
    drop(holders);
    let _skipping = world.skip_waits(&device);
    client
        .bookings()
        .book(oil_change(vehicle, 11), None)
        .await
        .expect("accepted");
    client.sync(Duration::from_secs(3600)).await.expect("sent");
    assert_eq!(world.made().await, ["2026-12-25T11:00:00 scheduled"]);
}
both_dialects!(another_process_holds_the_file => s30_a_file_that_another_process_holds_is_busy_and_reads_go_on_v1,
    s30_a_file_that_another_process_holds_is_busy_and_reads_go_on_v2);
