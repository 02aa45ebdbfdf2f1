//! The garage.

use pmi_core::model::Freshness;
use pmi_core::screens::{GarageIntent, Phase, Remedy, TextKey};
use pmi_core::{Error, PmiClient};
use pmi_e2e::{World, both_dialects};

use crate::watch::{is_still, until};

both_dialects!(shown => the_garage_is_there_and_the_worst_prediction_is_first_v1, the_garage_is_there_and_the_worst_prediction_is_first_v2);

async fn shown(world: World) {
    let (_device, client) = world.signed_in().await;
    let mut screen = client.screens().garage();
    let at_once = screen.now().standing.phase;
    assert!(matches!(at_once, Phase::FirstLoad | Phase::Shown), "{at_once:?}");
    let own = client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("read")
        .value
        .len();
    let garage = until(&mut screen, |garage| {
        garage.vehicles.len() == own && garage.vehicles.iter().any(|one| one.prediction.is_some())
    })
    .await;
    assert_eq!(garage.standing.phase, Phase::Shown);
    assert_eq!(garage.standing.problem, None);
    assert!(garage.standing.as_of.is_some() && !garage.standing.stale);
    let risks: Vec<f64> = garage
        .vehicles
        .iter()
        .map(|one| one.prediction.as_ref().map_or(0.0, |mark| mark.probability.value))
        .collect();
    assert!(risks.is_sorted_by(|one, next| one >= next), "{risks:?}");
}

both_dialects!(offline => offline_the_garage_says_so_and_stays_v1, offline_the_garage_says_so_and_stays_v2);

async fn offline(world: World) {
    let (_device, client) = world.signed_in().await;
    let mut screen = client.screens().garage();
    until(&mut screen, |garage| garage.standing.phase == Phase::Shown).await;
    client.set_network(false);
    screen.send(GarageIntent::Refresh);
    let garage = until(&mut screen, |garage| {
        garage.standing.offline && garage.standing.problem.is_some()
    })
    .await;
    assert_eq!(garage.standing.phase, Phase::Shown);
    assert!(!garage.vehicles.is_empty(), "still there");
    let problem = garage.standing.problem.expect("said why");
    assert_eq!(
        (problem.text.key, problem.remedy),
        (TextKey::ProblemOfflineByRequest, Remedy::Retry)
    );
    client.set_network(true);
    until(&mut screen, |garage| {
        !garage.standing.offline && garage.standing.problem.is_none()
    })
    .await;
}

both_dialects!(grows_old => s27_what_grows_old_on_the_screen_is_asked_for_by_itself_v1,
    s27_what_grows_old_on_the_screen_is_asked_for_by_itself_v2);

/// Everything that the garage looks at has come.
async fn all_has_come(client: &PmiClient) -> u64 {
    let vehicles = client.vehicles();
    let all = vehicles.list(Freshness::NetworkOnly).await.expect("read").value;
    for one in &all {
        let details = vehicles.details(one.vehicle.id, Freshness::NetworkOnly);
        details.await.expect("read");
    }
    all.len() as u64
}

async fn grows_old(world: World) {
    let (device, client) = world.signed_in().await;
    let details = || world.control().requests("GET", "/api/vehicles/");
    let asked_until = async |count: u64| {
        while details() < count {
            tokio::task::yield_now().await;
        }
    };
    let mut screen = client.screens().garage();
    let before = until(&mut screen, |garage| {
        garage.vehicles.iter().any(|one| one.prediction.is_some())
    })
    .await;
    let count = all_has_come(&client).await;
    let asked = details();
    screen.send(GarageIntent::Refresh);
    asked_until(asked + count).await;

    all_has_come(&client).await;
    let asked = details();
    let a_while = std::time::Duration::from_secs(16 * 60);
    world.server_clock.advance(a_while);
    device.clock.advance(a_while);
    let after = until(&mut screen, |garage| {
        garage.standing.as_of > before.standing.as_of && !garage.standing.stale
    })
    .await;
    assert_eq!(after.standing.problem, None);
    asked_until(asked + count).await;
}

both_dialects!(b_after_a => s26_a_garage_that_stays_open_shows_b_nothing_of_a_v1, s26_a_garage_that_stays_open_shows_b_nothing_of_a_v2);

async fn b_after_a(world: World) {
    let (_device, client) = world.signed_in().await;
    let mut screen = client.screens().garage();
    let of_a = until(&mut screen, |garage| garage.standing.phase == Phase::Shown).await;
    client
        .account()
        .sign_out(pmi_core::model::Unsent::Ask)
        .await
        .expect("signed out");
    let nobody = until(&mut screen, |garage| garage.vehicles.is_empty()).await;
    assert_eq!(nobody.standing.phase, Phase::Failed);
    assert_eq!(
        nobody.standing.problem.map(|problem| problem.remedy),
        Some(Remedy::SignIn)
    );

    let b = world.other_customer();
    let password = pmi_core::model::Password::new(&b.password);
    client
        .account()
        .sign_in(&b.email, password)
        .await
        .expect("signed in");
    let of_b = until(&mut screen, |garage| {
        matches!(garage.standing.phase, Phase::Shown | Phase::Empty)
    })
    .await;
    for vehicle in &of_b.vehicles {
        assert!(of_a.vehicles.iter().all(|one| one.id != vehicle.id));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s36_a_screen_of_a_closed_client_ends() {
    let world = World::start(pmi_platform::Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    let mut screen = client.screens().garage();
    until(&mut screen, |garage| garage.standing.phase == Phase::Shown).await;
    client.close();
    while screen.next().await.is_some() {}
    screen.send(GarageIntent::Refresh);
    let mut late = client.screens().garage();
    assert_eq!(late.next().await, None);
    let _: Error = client.capabilities().await.expect_err("closed");
}

both_dialects!(suspended => s34_a_garage_goes_on_after_a_suspension_v1, s34_a_garage_goes_on_after_a_suspension_v2);

async fn suspended(world: World) {
    let (_device, client) = world.signed_in().await;
    client
        .suspend(std::time::Duration::ZERO)
        .await
        .expect("suspended");
    let mut screen = client.screens().garage();
    assert_eq!(
        screen.next().await.expect("open").standing.phase,
        Phase::FirstLoad
    );
    client.resume().await.expect("goes on");
    until(&mut screen, |garage| garage.standing.phase == Phase::Shown).await;
}

fn typed(text: &str) -> GarageIntent {
    GarageIntent::Vin {
        text: text.to_owned(),
    }
}

both_dialects!(adds => where_it_can_be_a_vehicle_is_added_once_v1, where_it_can_be_a_vehicle_is_added_once_v2);

async fn adds(world: World) {
    let (_device, client) = world.signed_in().await;
    let vin = world.platform.seeded().unclaimed_vins[0].clone();
    let mut screen = client.screens().garage();
    client.capabilities().await.expect("known");
    let before = until(&mut screen, |garage| garage.standing.phase == Phase::Shown).await;
    screen.send(typed(&vin));
    if world.dialect == pmi_platform::Dialect::V1 {
        // What the server can do is heard of meanwhile.
        is_still(&screen, |garage| !garage.can_add).await;
        screen.send(GarageIntent::Add);
        is_still(&screen, |garage| !garage.add.busy).await;
        assert_eq!(world.control().requests("POST", "/api/vehicles"), 0);
        return;
    }
    until(&mut screen, |garage| garage.can_add).await;
    screen.send(GarageIntent::Add);
    screen.send(GarageIntent::Add);
    let garage = until(&mut screen, |garage| {
        let listed = garage.vehicles.len() > before.vehicles.len();
        garage.add.problem.is_some() || garage.add.added.is_some() && listed
    })
    .await;
    assert_eq!(garage.add.problem, None);
    assert!(garage.vehicles.iter().any(|one| Some(one.id) == garage.add.added));
    assert_eq!((garage.add.busy, garage.add.vin.value.as_str()), (false, ""));
    assert_eq!(world.control().requests("POST", "/api/vehicles/claim"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_keeps_a_vehicle_from_being_added_is_said_and_the_number_stays() {
    let world = World::start(pmi_platform::Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    let mut screen = client.screens().garage();
    until(&mut screen, |garage| garage.can_add).await;
    let taken = world.other_customer();
    let (_other, owner) = world.device_of(taken).await;
    let list = owner.vehicles().list(Freshness::NetworkOnly).await;
    let taken = list.expect("read").value[0].vehicle.vin.clone();
    let said =
        |garage: &pmi_core::screens::Garage| garage.add.problem.as_ref().map(|it| (it.text.key, it.remedy));
    for (vin, key, remedy) in [
        ("1M8GDM9AXKP042788", TextKey::ProblemVinUnknown, Remedy::Nothing),
        (
            taken.as_str(),
            TextKey::ProblemVehicleClaimed,
            Remedy::ContactSupport,
        ),
    ] {
        screen.send(typed(vin));
        screen.send(GarageIntent::Add);
        let garage = until(&mut screen, |garage| {
            !garage.add.busy && said(garage).is_some_and(|it| it.0 == key)
        })
        .await;
        assert_eq!(said(&garage), Some((key, remedy)));
        assert_eq!(garage.add.vin.value, vin);
    }
    screen.send(typed(&world.platform.seeded().unclaimed_vins[0]));
    client.set_network(false);
    screen.send(GarageIntent::Add);
    let garage = until(&mut screen, |garage| !garage.add.busy && said(garage).is_some()).await;
    assert_eq!(
        said(&garage),
        Some((TextKey::ProblemOfflineByRequest, Remedy::Retry))
    );
    client.set_network(true);
    screen.send(GarageIntent::Add);
    until(&mut screen, |garage| garage.add.added.is_some()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_vehicle_is_added_though_the_screen_is_closed_at_once() {
    let world = World::start(pmi_platform::Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    let mut screen = client.screens().garage();
    let before = until(&mut screen, |garage| {
        garage.can_add && garage.standing.phase == Phase::Shown
    })
    .await;
    screen.send(typed(&world.platform.seeded().unclaimed_vins[0]));
    screen.send(GarageIntent::Add);
    drop(screen);
    let mut screen = client.screens().garage();
    until(&mut screen, |garage| {
        garage.vehicles.len() > before.vehicles.len()
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_vehicle_that_is_added_while_the_list_is_on_its_way_is_in_the_garage() {
    let world = World::start(pmi_platform::Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    let mut screen = client.screens().garage();
    let before = until(&mut screen, |garage| {
        garage.can_add && garage.vehicles.iter().any(|one| one.prediction.is_some())
    })
    .await;
    let gate = world.hold_next(pmi_platform::Match::get("/api/vehicles"));
    screen.send(GarageIntent::Refresh);
    gate.arrived().await;
    screen.send(typed(&world.platform.seeded().unclaimed_vins[0]));
    screen.send(GarageIntent::Add);
    while world.control().outcomes("POST", "/api/vehicles/claim").is_empty() {
        tokio::task::yield_now().await;
    }
    // The answer reaches the device, and the list is asked for again.
    for _ in 0..10_000 {
        tokio::task::yield_now().await;
    }
    gate.release();
    until(&mut screen, |garage| {
        garage.vehicles.len() > before.vehicles.len()
    })
    .await;
}
