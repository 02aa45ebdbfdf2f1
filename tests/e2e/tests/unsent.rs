//! Scenarios 5, 9 and 11: what was not sent yet, and the session: kept, asked about, never another's.

use std::time::Duration;

use futures_util::FutureExt as _;
use pmi_core::model::{Freshness, Unsent, WriteState};
use pmi_core::ports::{Clock as _, SecretError};
use pmi_core::{Error, SessionState};
use pmi_e2e::desk::{book, done, first_vehicle, oil_change, read_garage, shown};
use pmi_e2e::{World, both_dialects};
use pmi_platform::Match;

const AT_TEN: [&str; 1] = ["2026-12-25T10:00:00 scheduled"];

async fn unsent_writes_are_asked_about(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    let item = book(&client, 10).await;
    let account = client.account();
    let sign_out = |unsent| account.sign_out(unsent);
    assert_eq!(sign_out(Unsent::Ask).await, Err(Error::Unsent { count: 1 }));
    assert_eq!(client.outbox().count().await, Ok(1), "nothing was done");
    sign_out(Unsent::Keep).await.expect("signed out");

    // Another person sees nothing of it, and does not send it.
    client.set_offline(false);
    let other = world.other_customer();
    let password = pmi_core::model::Password::new(other.password.as_str());
    client
        .account()
        .sign_in(&other.email, password)
        .await
        .expect("B signs in");
    assert_eq!(client.outbox().history().await, Ok(Vec::new()));
    assert!(
        shown(&client)
            .await
            .iter()
            .all(|booking| booking.pending.is_none())
    );
    client.sync(Duration::from_secs(60)).await.expect("a report");
    assert_eq!(world.create_requests(), 0);
    client
        .account()
        .sign_out(Unsent::Ask)
        .await
        .expect("B has nothing unsent");

    world.sign_in(&client).await.expect("A comes back");
    done(&client, &item).await;
    assert_eq!(world.made().await, AT_TEN);
    first_vehicle(&client).await;
    client.set_offline(true);
    book(&client, 11).await;
    sign_out(Unsent::Discard).await.expect("signed out");
    client.set_offline(false);
    drop(client);
    let client = device.open();
    world.sign_in(&client).await.expect("A once more");
    assert_eq!(client.outbox().count().await, Ok(0));
    client.sync(Duration::from_secs(60)).await.expect("a report");
    assert_eq!(world.made().await, AT_TEN);
}
both_dialects!(unsent_writes_are_asked_about => s11_unsent_writes_are_asked_about_kept_or_discarded_v1,
    s11_unsent_writes_are_asked_about_kept_or_discarded_v2);

async fn a_sign_out_that_was_only_asked_for(world: World) {
    let (device, client) = world.signed_in().await;
    let mut observation = client.vehicles().observe_list().await.expect("observed");
    loop {
        let update = observation.next().await.expect("an update");
        if update.snapshot.is_some() && !update.loading {
            break;
        }
    }
    first_vehicle(&client).await;
    client.set_offline(true);
    book(&client, 10).await;
    let mut states = client.account().states().expect("states");
    states.mark_unchanged();
    let asked = client.account().sign_out(Unsent::Ask).await;
    assert_eq!(asked, Err(Error::Unsent { count: 1 }));
    assert!(!states.has_changed().expect("open"), "nor did it seem to");
    assert_eq!(*states.borrow(), SessionState::SignedIn);

    // What waits is sent though nobody calls anything.
    let gate = world.hold_next(Match::post("/api/bookings"));
    client.set_offline(false);
    let soon = |what| tokio::time::timeout(Duration::from_secs(60), what);
    soon(gate.arrived().boxed()).await.expect("it is sent");
    gate.release();
    // Who observes sees what is read.
    device.clock.advance(Duration::from_secs(60));
    world.server_clock.advance(Duration::from_secs(60));
    let just_now = device.clock.wall() - Duration::from_secs(30);
    read_garage(&client).await;
    let seen = async {
        loop {
            let update = observation.next().await.expect("an update");
            if update.snapshot.is_some_and(|seen| seen.fetched_at > just_now) {
                break;
            }
        }
    };
    soon(seen.boxed()).await.expect("it is seen");
}
both_dialects!(a_sign_out_that_was_only_asked_for => s11_a_sign_out_that_was_only_asked_for_changes_nothing_v1,
    s11_a_sign_out_that_was_only_asked_for_changes_nothing_v2);

async fn a_session_that_is_over(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    world.control().rotate_signing_key().await.expect("rotated");
    // v1 looks at tokens in two places only; a refresh is one of them.
    world.expire_tokens(&device);
    let item = book(&client, 10).await;
    let report = client.sync(Duration::from_secs(60)).await.expect("a report");
    assert!(
        matches!(report.stopped, Some(Error::SignInNeeded { .. })),
        "{report:?}"
    );
    assert_eq!(
        client.outbox().get(item.id).await.expect("kept").state,
        WriteState::Queued
    );
    world.sign_in(&client).await.expect("the sign-in");
    done(&client, &item).await;
    assert_eq!(world.made().await, AT_TEN);
    drop(device);
}
both_dialects!(a_session_that_is_over => s09_the_outbox_outlives_the_session_and_goes_on_after_the_sign_in_v1,
    s09_the_outbox_outlives_the_session_and_goes_on_after_the_sign_in_v2);

async fn a_locked_store(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let locked = SecretError::Locked("the test said so".to_owned());
    device.secrets.fail_with(Some(locked));
    let new = oil_change(first_vehicle(&client).await, 10);
    let refused = client.bookings().book(new.clone(), None).await;
    assert!(matches!(refused, Err(Error::Locked { .. })), "{refused:?}");
    let list = client.bookings().list(Freshness::NetworkFirst).await;
    assert!(list.is_ok(), "reads go on: {list:?}");
    assert_eq!(client.outbox().count().await, Ok(0), "nothing was accepted");
    device.secrets.fail_with(None);
    let item = client.bookings().book(new, None).await.expect("accepted");
    done(&client, &item).await;
    assert_eq!(world.made().await, AT_TEN);
}
both_dialects!(a_locked_store => s05_with_a_locked_store_nothing_is_accepted_and_reads_go_on_v1,
    s05_with_a_locked_store_nothing_is_accepted_and_reads_go_on_v2);

async fn lost_keys(world: World) {
    let (device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    book(&client, 9).await;
    client.close();
    device.secrets.lose_keys();
    let client = device.open();
    // What nobody can read any more is dropped by the sign-in, and nothing else is in its way.
    world.sign_in(&client).await.expect("the sign-in");
    assert_eq!(client.outbox().history().await, Ok(Vec::new()));
    done(&client, &book(&client, 10).await).await;
    assert_eq!(world.made().await, AT_TEN);
}
both_dialects!(lost_keys => s05_only_what_cannot_be_read_any_more_is_dropped_v1,
    s05_only_what_cannot_be_read_any_more_is_dropped_v2);
