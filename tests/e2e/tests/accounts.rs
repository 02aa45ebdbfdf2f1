//! Signing in and out, more than one person, and what a person changes about their account.

use pmi_core::error::{Refusal, SignInReason};
use pmi_core::model::{Freshness, NewCustomer, Password, ProfileChange, Unsent};
use pmi_core::{Error, SessionState};
use pmi_e2e::{World, both_dialects};
use pmi_platform::Dialect;

fn newcomer(email: &str) -> NewCustomer {
    NewCustomer {
        email: email.to_owned(),
        password: Password::new("a long enough one"),
        first_name: "New".to_owned(),
        last_name: "Rider".to_owned(),
        phone: "+919800000001".to_owned(),
        address: None,
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused { why, .. }) => why,
        other => panic!("not refused: {other:?}"),
    }
}

async fn a_wrong_password_is_refused(world: World) {
    let (device, client) = world.signed_in().await;
    let other = world
        .platform
        .seeded()
        .all_with_single_vehicle()
        .nth(1)
        .expect("another customer");
    for email in [other.email.as_str(), "nobody@example.com"] {
        let refused = client
            .account()
            .sign_in(email, Password::new("not the password"))
            .await;
        assert_eq!(refusal(refused), Refusal::WrongCredentials);
    }
    assert_eq!(
        client.account().state().await,
        Ok(SessionState::SignedIn),
        "whoever was signed in still is"
    );
    let me = device
        .open()
        .account()
        .me(Freshness::CacheFirst)
        .await
        .expect("and a new process agrees")
        .value;
    assert_eq!(me.email, world.customer().email);
}
both_dialects!(a_wrong_password_is_refused => a_wrong_password_changes_nothing_v1, a_wrong_password_changes_nothing_v2);

async fn b_signs_in_after_a(world: World) {
    b_replaces_a(world, false).await;
}

async fn b_signs_in_after_a_session_that_ended(world: World) {
    b_replaces_a(world, true).await;
}

async fn b_replaces_a(world: World, ended: bool) {
    let (device, client) = world.signed_in().await;
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("A's garage");
    let before = device.secrets.names();
    if ended {
        world.control().rotate_signing_key().await.expect("a new key");
        let me = client.account().me(Freshness::NetworkOnly).await;
        assert!(matches!(me, Err(Error::SignInNeeded { .. })), "{me:?}");
    }
    let b = world
        .platform
        .seeded()
        .all_with_single_vehicle()
        .find(|c| c.id != world.customer().id)
        .expect("B");
    client
        .account()
        .sign_in(&b.email, Password::new(b.password.as_str()))
        .await
        .expect("B signs in");
    let cached = client.vehicles().list(Freshness::CacheOnly).await;
    assert!(
        matches!(cached, Err(Error::Offline { .. })),
        "B sees nothing of A's: {cached:?}"
    );
    let seen = client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("B's garage")
        .value;
    assert_eq!(seen[0].vehicle.id.0, b.vehicle_ids[0]);
    let sessions = |names: &[String]| {
        names
            .iter()
            .filter(|n| n.contains("/session"))
            .cloned()
            .collect::<Vec<_>>()
    };
    let (old, new) = (sessions(&before), sessions(&device.secrets.names()));
    assert_eq!((old.len(), new.len()), (1, 1), "one session key at a time");
    assert_ne!(old, new, "A's is destroyed");
    let again = device
        .open()
        .account()
        .me(Freshness::CacheFirst)
        .await
        .expect("B in a new process")
        .value;
    assert_eq!(again.email, b.email);
}
both_dialects!(b_signs_in_after_a => s12_b_after_a_sees_nothing_of_a_v1, s12_b_after_a_sees_nothing_of_a_v2);
both_dialects!(b_signs_in_after_a_session_that_ended => s12_with_b_what_an_ended_session_of_a_has_left_is_destroyed_v1,
    s12_with_b_what_an_ended_session_of_a_has_left_is_destroyed_v2);

async fn a_newcomer_registers(world: World) {
    let device = world.device();
    let client = device.open();
    let never = Err(Error::SignInNeeded {
        why: SignInReason::NeverSignedIn,
    });
    assert_eq!(
        client
            .vehicles()
            .list(Freshness::CacheFirst)
            .await
            .map(|s| s.value),
        never
    );
    client
        .account()
        .register(newcomer("new.rider@example.com"))
        .await
        .expect("registered");
    let me = client
        .account()
        .me(Freshness::NetworkOnly)
        .await
        .expect("signed in at once")
        .value;
    assert_eq!(
        (me.first_name.as_str(), me.role),
        ("New", pmi_core::model::Role::Customer)
    );
    assert!(
        client
            .vehicles()
            .list(Freshness::NetworkOnly)
            .await
            .expect("an empty garage")
            .value
            .is_empty()
    );

    let second = world.device();
    let elsewhere = second.open();
    let taken = elsewhere
        .account()
        .register(newcomer("new.rider@example.com"))
        .await;
    assert_eq!(refusal(taken), Refusal::EmailTaken);
    assert_eq!(elsewhere.account().state().await, Ok(SessionState::SignedOut));
    let bad = elsewhere.account().register(newcomer("no address")).await;
    assert!(
        matches!(&bad, Err(Error::InvalidInput { field, .. }) if field == "email"),
        "{bad:?}"
    );

    let vin = world.platform.seeded().unclaimed_vins[0].clone();
    let claimed = client.vehicles().claim(&vin).await;
    if world.dialect == Dialect::V1 {
        assert!(matches!(claimed, Err(Error::Unsupported { .. })), "{claimed:?}");
        assert!(
            !client
                .platform()
                .capabilities()
                .await
                .expect("known")
                .claim_vehicle
        );
        return;
    }
    assert_eq!(claimed.expect("claimed").vin, vin);
    assert_eq!(
        client
            .vehicles()
            .list(Freshness::CacheOnly)
            .await
            .expect("and listed")
            .value
            .len(),
        1
    );
    client
        .vehicles()
        .claim(&vin)
        .await
        .expect("again is as good as once");
    elsewhere
        .account()
        .register(newcomer("second.rider@example.com"))
        .await
        .expect("registered");
    assert_eq!(
        refusal(elsewhere.vehicles().claim(&vin).await),
        Refusal::VehicleClaimed
    );
    let typo = elsewhere.vehicles().claim("MAT627113TH495951").await;
    assert!(
        matches!(&typo, Err(Error::InvalidInput { field, .. }) if field == "vin"),
        "{typo:?}"
    );
}
both_dialects!(a_newcomer_registers => a_newcomer_registers_and_where_possible_claims_a_vehicle_v1,
    a_newcomer_registers_and_where_possible_claims_a_vehicle_v2);

async fn a_customer_with_two_vehicles(world: World) {
    let many = world
        .platform
        .seeded()
        .with_many_vehicles()
        .expect("a customer with two vehicles")
        .clone();
    let device = world.device();
    let client = device.open();
    // A 500 is tried once more.
    let _skipping = world.skip_sleeps(&device);
    let signed_in = client
        .account()
        .sign_in(&many.email, Password::new(many.password.as_str()))
        .await;
    match world.dialect {
        Dialect::V1 => assert_eq!(refusal(signed_in), Refusal::KnownServerDefect),
        Dialect::V2 => {
            signed_in.expect("v2 has no such defect");
            let garage = client
                .vehicles()
                .list(Freshness::NetworkOnly)
                .await
                .expect("the garage")
                .value;
            assert_eq!(garage.len(), many.vehicle_ids.len());
        }
    }
}
both_dialects!(a_customer_with_two_vehicles => v1s_defect_with_two_vehicles_is_told_as_one_v1,
    v1s_defect_with_two_vehicles_is_told_as_one_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_password_ends_every_other_session_and_not_this_one() {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    let second = world.device();
    let elsewhere = second.open();
    world.sign_in(&elsewhere).await.expect("a second device");
    let old = Password::new(world.customer().password.as_str());
    let wrong = client
        .account()
        .change_password(
            Password::new("not the password"),
            Password::new("another long one"),
        )
        .await;
    assert_eq!(refusal(wrong), Refusal::WrongCredentials);
    world.expire_tokens_unseen();
    client
        .account()
        .change_password(old, Password::new("another long one"))
        .await
        .expect("changed");
    client
        .account()
        .me(Freshness::NetworkOnly)
        .await
        .expect("this session goes on");
    device
        .open()
        .account()
        .me(Freshness::NetworkOnly)
        .await
        .expect("in a new process too");
    let ended = elsewhere.account().me(Freshness::NetworkOnly).await;
    assert!(matches!(ended, Err(Error::SignInNeeded { .. })), "{ended:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forgotten_password_is_reset_with_the_mailed_token() {
    let world = World::start(Dialect::V2).await;
    let device = world.device();
    let client = device.open();
    let email = world.customer().email.clone();
    client
        .account()
        .request_password_reset(&email)
        .await
        .expect("asked");
    client
        .account()
        .request_password_reset("nobody@example.com")
        .await
        .expect("the same answer for nobody");
    let mail = world.control().password_resets().pop().expect("one mail");
    assert_eq!(mail.to, email);
    client
        .account()
        .reset_password(&mail.token, Password::new("another long one"))
        .await
        .expect("reset");
    let again = client
        .account()
        .reset_password(&mail.token, Password::new("a third long one"))
        .await;
    assert!(
        matches!(again, Err(Error::Refused { .. })),
        "a token works once: {again:?}"
    );
    client
        .account()
        .sign_in(&email, Password::new("another long one"))
        .await
        .expect("the new one works");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_profile_changes_an_export_has_it_and_a_deletion_ends_it() {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    let change = ProfileChange {
        phone: Some("+919811111111".to_owned()),
        ..ProfileChange::default()
    };
    let changed = client.account().change_profile(change).await.expect("changed");
    assert_eq!(changed.phone.as_deref(), Some("+919811111111"));
    let cached = client
        .account()
        .me(Freshness::CacheOnly)
        .await
        .expect("cached")
        .value;
    assert_eq!(cached.phone, changed.phone);
    assert!(
        client
            .account()
            .export_data()
            .await
            .expect("exported")
            .contains("+919811111111")
    );
    let wrong = client.account().delete(Password::new("not the password")).await;
    assert_eq!(refusal(wrong), Refusal::WrongCredentials);
    client
        .account()
        .delete(Password::new(world.customer().password.as_str()))
        .await
        .expect("deleted");
    assert!(device.secrets.names().is_empty());
    assert_eq!(refusal(world.sign_in(&client).await), Refusal::WrongCredentials);
}

async fn another_server_gets_nothing(world: World) {
    let (device, client) = world.signed_in().await;
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read once");
    let other = World::start(world.dialect).await;
    let elsewhere = device
        .try_open_at(&other.platform.url())
        .expect("the same device, another server");
    let never = Err(Error::SignInNeeded {
        why: SignInReason::NeverSignedIn,
    });
    for freshness in [Freshness::CacheOnly, Freshness::NetworkOnly] {
        assert_eq!(elsewhere.vehicles().list(freshness).await.map(|s| s.value), never);
    }
    other.sign_in(&elsewhere).await.expect("a session of its own");
    assert!(
        elsewhere.vehicles().list(Freshness::CacheOnly).await.is_err(),
        "and answers of its own"
    );
    elsewhere
        .account()
        .sign_out(Unsent::Ask)
        .await
        .expect("signed out there");
    client
        .account()
        .me(Freshness::NetworkOnly)
        .await
        .expect("still signed in here");
    device
        .open()
        .vehicles()
        .list(Freshness::CacheOnly)
        .await
        .expect("with everything that was read here");
}
both_dialects!(another_server_gets_nothing => a_session_belongs_to_its_server_v1, a_session_belongs_to_its_server_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_becomes_v2_is_noticed() {
    let world = World::start(Dialect::V1).await;
    let (_device, client) = world.signed_in().await;
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("on v1");
    assert!(!client.capabilities().await.expect("known").claim_vehicle);
    world.control().set_dialect(Dialect::V2);

    let first = client.vehicles().list(Freshness::NetworkOnly).await;
    assert!(
        matches!(first, Err(Error::SignInNeeded { .. })),
        "v1's tokens are not good on v2: {first:?}"
    );
    assert!(client.capabilities().await.expect("asked again").claim_vehicle);
    client
        .vehicles()
        .list(Freshness::CacheFirst)
        .await
        .expect("what was read can still be shown");
    world.sign_in(&client).await.expect("and one sign-in later");
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("it goes on, on v2");
}
