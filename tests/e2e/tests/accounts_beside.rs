//! Scenarios 6, 11, 12 and 35: two processes on one device, of which one shows a person whom the other has signed out, another
//! one in their place. Neither destroys what the other's person did, and nothing of two people is ever shown as one.

use std::time::Duration;

use futures_util::FutureExt as _;
use pmi_core::model::{Booking, BookingId, Freshness, OutboxItem, Password, Role, Unsent};
use pmi_core::ports::SecretError;
use pmi_core::{Error, Observation, PmiClient, SessionState};
use pmi_e2e::asleep::{DEADLINE, state};
use pmi_e2e::desk::{book, done, first_vehicle, name};
use pmi_e2e::{Device, World, both_dialects};
use pmi_platform::Dialect;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(10);

const AT_TEN: [&str; 1] = ["2026-12-25T10:00:00 scheduled"];

/// What a process knows of A when B signs in in another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    SignedIn,
    Ended,
    SignedOut,
}

/// A device with two processes: of the first this is known of A, and in the second B has signed in and booked, offline.
async fn b_takes_over(world: &World, known: Known) -> (Device, PmiClient, PmiClient, OutboxItem) {
    let (device, first) = world.signed_in().await;
    first_vehicle(&first).await;
    match known {
        Known::SignedIn => {}
        Known::Ended => {
            end_session(world, &device, &first).await;
        }
        Known::SignedOut => {
            let signed_out = first.account().sign_out(Unsent::Discard).await;
            signed_out.expect("signed out");
        }
    }
    let second = device.open();
    sign_in_b(world, &second).await;
    first_vehicle(&second).await;
    second.set_offline(true);
    first.set_offline(true);
    let item = book(&second, 10).await;
    first.set_offline(false);
    (device, first, second, item)
}

/// Has the server end the session.
async fn end_session(world: &World, device: &Device, client: &PmiClient) {
    world.control().rotate_signing_key().await.expect("rotated");
    world.expire_tokens(device);
    let ended = client.account().me(Freshness::NetworkOnly).await;
    assert!(matches!(ended, Err(Error::SignInNeeded { .. })), "{ended:?}");
}

async fn sign_in_b(world: &World, client: &PmiClient) {
    let b = world.other_customer();
    let password = Password::new(b.password.as_str());
    let signed_in = client.account().sign_in(&b.email, password).await;
    signed_in.expect("B signs in");
}

/// Who is signed in, as the server says it.
async fn is_b(world: &World, client: &PmiClient) {
    assert_eq!(state(client).await, SessionState::SignedIn);
    let me = client.account().me(Freshness::NetworkOnly).await.expect("B");
    assert_eq!(me.value.email, world.other_customer().email);
}

/// B goes on in both processes, and what B booked is done.
async fn b_goes_on(world: &World, first: &PmiClient, second: &PmiClient, item: &OutboxItem) {
    first.set_offline(true);
    for client in [second, first] {
        assert_eq!(state(client).await, SessionState::SignedIn, "B is");
        assert_eq!(client.outbox().count().await, Ok(1));
    }
    let asked = first.account().sign_out(Unsent::Ask).await;
    assert_eq!(asked, Err(Error::Unsent { count: 1 }), "now it is B who is asked");
    second.close();
    first.set_offline(false);
    is_b(world, first).await;
    done(first, item).await;
    assert_eq!(world.made_by(world.other_customer().id).await, AT_TEN);
}

async fn a_signs_out(world: World) {
    for (known, unsent) in [
        (Known::SignedIn, Unsent::Discard),
        (Known::SignedIn, Unsent::Ask),
        (Known::Ended, Unsent::Discard),
        (Known::SignedOut, Unsent::Keep),
    ] {
        let world = World::start(world.dialect).await;
        let (device, first, second, item) = b_takes_over(&world, known).await;
        let keys = device.secrets.names();
        let mut of_a = match known {
            Known::SignedIn => Some(seen_bookings(&first).await),
            // An observation would look, and find B.
            Known::Ended | Known::SignedOut => None,
        };
        let signed_out = first.account().sign_out(unsent).await;
        assert!(signed_out.is_ok(), "{known:?} {unsent:?}: {signed_out:?}");
        assert_eq!(device.secrets.names(), keys, "{known:?} {unsent:?}");
        if let Some(of_a) = &mut of_a {
            assert_eq!(of_a.next().now_or_never(), Some(None), "nothing of A is shown");
        }
        b_goes_on(&world, &first, &second, &item).await;
    }
}
both_dialects!(a_signs_out => s12_a_sign_out_of_a_leaves_b_of_another_process_alone_v1,
    s12_a_sign_out_of_a_leaves_b_of_another_process_alone_v2);

/// A list of bookings that is up to date.
async fn seen_bookings(client: &PmiClient) -> Observation<Vec<Booking>> {
    let mut bookings = client.bookings().observe_list().await.expect("observed");
    while bookings.next().await.expect("an update").loading {}
    bookings
}

/// Waits until this one is in it.
async fn sees(bookings: &mut Observation<Vec<Booking>>, id: &BookingId) {
    let seeing = async {
        loop {
            let update = bookings.next().await.expect("an update");
            let shown = update.snapshot.map(|shown| shown.value).unwrap_or_default();
            if shown.iter().any(|booking| booking.id == *id) {
                break;
            }
        }
    };
    tokio::time::timeout(PATIENCE, seeing).await.expect("it is seen");
}

async fn a_changed_role(world: World) {
    let customer = world.customer();
    let control = world.control();
    control.set_role(customer.id, "viewer").await.expect("a viewer");
    let (device, client) = world.signed_in().await;
    assert_ne!(client.account().role().await, Ok(Role::Customer));
    let mut bookings = seen_bookings(&client).await;
    control
        .set_role(customer.id, "customer")
        .await
        .expect("a customer");
    world.expire_tokens(&device);
    let me = client.account().me(Freshness::NetworkOnly).await;
    me.expect("with the next token");
    assert_eq!(client.account().role().await, Ok(Role::Customer));

    // Both were made with another device, so that nothing here knows of them.
    let (_far, elsewhere) = world.device_of(customer).await;
    let nine = done(&elsewhere, &book(&elsewhere, 9).await).await;
    done(&client, &book(&client, 10).await).await;
    sees(&mut bookings, &name(&nine)).await;
    let noon = done(&elsewhere, &book(&elsewhere, 12).await).await;
    client.suspend(DEADLINE).await.expect("suspended");
    world.expire_tokens(&device);
    client.resume().await.expect("it goes on");
    sees(&mut bookings, &name(&noon)).await;
}
both_dialects!(a_changed_role => s35_observers_are_told_of_what_is_new_after_a_change_of_role_v1,
    s35_observers_are_told_of_what_is_new_after_a_change_of_role_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s12_deleting_a_leaves_b_of_another_process_alone() {
    for known in [Known::SignedIn, Known::Ended] {
        let world = World::start(Dialect::V2).await;
        let (device, first, second, item) = b_takes_over(&world, known).await;
        let password = Password::new(world.customer().password.as_str());
        let deleted = first.account().delete(password).await;
        if known == Known::SignedIn {
            deleted.expect("A is deleted");
            assert_eq!(device.secrets.names().len(), 2, "both are B's");
            let again = world.sign_in(&device.open()).await;
            assert!(matches!(again, Err(Error::Refused { .. })), "{again:?}");
        } else {
            let why = pmi_core::error::SignInReason::SignedOut;
            assert_eq!(deleted, Err(Error::SignInNeeded { why }));
        }
        b_goes_on(&world, &first, &second, &item).await;
    }
}

async fn kept_and_asked_again(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    let item = book(&client, 10).await;
    client.account().sign_out(Unsent::Keep).await.expect("signed out");
    client.account().sign_out(Unsent::Ask).await.expect("once more");
    client.set_offline(false);
    world.sign_in(&client).await.expect("A comes back");
    done(&client, &item).await;
    assert_eq!(world.made().await, AT_TEN);
}
both_dialects!(kept_and_asked_again => s11_what_was_kept_outlives_a_second_sign_out_that_asks_v1,
    s11_what_was_kept_outlives_a_second_sign_out_that_asks_v2);

/// How another process leaves A.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    /// Signed in again.
    AgainA,
    /// Signed out, B signed in.
    B,
    /// B signed in, without a sign-out.
    BInstead,
}

async fn another_epoch(world: World) {
    for (then, known) in [
        (Then::AgainA, Known::SignedIn),
        (Then::B, Known::SignedIn),
        (Then::BInstead, Known::SignedIn),
        (Then::BInstead, Known::Ended),
    ] {
        let world = World::start(world.dialect).await;
        let (device, first) = world.signed_in().await;
        first_vehicle(&first).await;
        if known == Known::Ended {
            end_session(&world, &device, &first).await;
        }
        let mut bookings = seen_bookings(&first).await;
        let second = device.open();
        if then != Then::BInstead {
            let signed_out = second.account().sign_out(Unsent::Discard).await;
            signed_out.expect("signed out");
        }
        match then {
            Then::AgainA => world.sign_in(&second).await.expect("A again"),
            Then::B | Then::BInstead => sign_in_b(&world, &second).await,
        }
        second.close();

        // The keychain is locked by now.
        let locked = SecretError::Locked("the test said so".to_owned());
        device.secrets.fail_with(Some(locked));
        world.expire_tokens(&device);
        let states = first.account().states().expect("states");
        let shown = states.borrow().clone();
        let me = first.account().me(Freshness::NetworkOnly).await;
        assert!(
            matches!(me, Err(Error::Locked { .. })),
            "{then:?} {known:?}: {me:?}"
        );
        if then != Then::AgainA {
            let over = bookings.next().now_or_never();
            assert_eq!(over, Some(None), "{then:?} {known:?}, which was {shown:?}");
        }
        device.secrets.fail_with(None);
        if then == Then::AgainA {
            let me = first.account().me(Freshness::NetworkOnly).await.expect("A");
            assert_eq!(me.value.email, world.customer().email);
        } else {
            is_b(&world, &first).await;
        }
        assert_eq!(bookings.next().now_or_never(), Some(None), "{then:?} {known:?}");
        // Who observes anew sees what is there.
        let mut bookings = seen_bookings(&first).await;
        let made = done(&first, &book(&first, 10).await).await;
        sees(&mut bookings, &name(&made)).await;
    }
}
both_dialects!(another_epoch => s12_observations_end_with_a_session_that_another_process_replaced_v1,
    s12_observations_end_with_a_session_that_another_process_replaced_v2);
