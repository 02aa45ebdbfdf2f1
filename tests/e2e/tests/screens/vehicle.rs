//! One vehicle.

use pmi_core::model::{Freshness, Password, Unsent, VehicleId};
use pmi_core::screens::{Phase, Remedy, TextKey, Tone, VehicleIntent, VehiclePage};
use pmi_e2e::{World, both_dialects};
use pmi_platform::{Fault, Match};

use crate::watch::until;

/// The vehicle of [`World::customer`] that is in a critical state.
fn critical(world: &World) -> VehicleId {
    VehicleId(world.customer().critical_vehicle_ids[0])
}

fn is_shown(page: &VehiclePage) -> bool {
    page.standing.phase == Phase::Shown
}

both_dialects!(shown => a_vehicle_is_shown_part_by_part_with_its_history_v1, a_vehicle_is_shown_part_by_part_with_its_history_v2);

async fn shown(world: World) {
    let (_device, client) = world.signed_in().await;
    let id = critical(&world);
    let mut screen = client.screens().vehicle(id);
    assert_eq!(screen.now().components.len(), 10, "there at once");
    let page = until(&mut screen, |page| {
        is_shown(page) && page.can_book && page.history.standing.phase == Phase::Shown
    })
    .await;

    let known = client.vehicles().details(id, Freshness::CacheOnly).await;
    let known = known.expect("read").value;
    let heading = page.heading.expect("shown");
    assert_eq!((heading.id, &heading.vin), (id, &known.vehicle.vin));
    assert!(heading.warranty.is_some() && heading.purchased_on.is_some());
    assert_eq!(page.health.map(|mark| mark.tone), Some(Tone::Critical));
    assert_eq!((page.components.len(), page.others.len()), (10, 0));
    assert!(page.components.iter().all(|one| one.score.is_some()));
    assert!(page.components.iter().any(|one| !one.issues.is_empty()));
    let risks: Vec<f64> = page.predictions.iter().map(|one| one.probability.value).collect();
    assert!(
        !risks.is_empty() && risks.is_sorted_by(|one, next| one >= next),
        "{risks:?}"
    );
    assert!(page.predictions[0].days_left.is_some());
    let telemetry = page.telemetry.expect("measured");
    assert_eq!(telemetry.readings.len(), 9);
    assert!(telemetry.readings.iter().all(|one| one.points.len() == 1));

    let booked = world.control().bookings(Some(world.customer().id)).await;
    let booked = booked.expect("a list");
    let own = booked.iter().filter(|one| one.vehicle_id == id.0).count();
    assert_eq!(page.history.bookings.len(), own);
    let times: Vec<_> = page.history.bookings.iter().map(|one| one.starts_at.at).collect();
    assert!(times.is_sorted_by(|one, next| one >= next), "{times:?}");
}

both_dialects!(series => what_is_measured_while_somebody_looks_becomes_a_series_v1, what_is_measured_while_somebody_looks_becomes_a_series_v2);

async fn series(world: World) {
    let (_device, client) = world.signed_in().await;
    let mut screen = client.screens().vehicle(critical(&world));
    until(&mut screen, is_shown).await;
    let newer = |answer: &mut serde_json::Value| {
        answer["telemetry"]["timestamp"] = "2027-01-01T00:00:00+00:00".into();
        answer["telemetry"]["battery_voltage"] = 11.5.into();
    };
    world
        .control()
        .on(Match::get("/api/vehicles/"))
        .then(Fault::MapJson(std::sync::Arc::new(newer)));
    screen.send(VehicleIntent::Refresh);
    let page = until(&mut screen, |page| {
        let telemetry = page.telemetry.iter().flat_map(|it| &it.readings);
        telemetry.clone().count() == 9 && telemetry.into_iter().all(|one| one.points.len() == 2)
    })
    .await;
    let readings = page.telemetry.expect("measured").readings;
    let battery = &readings[3];
    assert_eq!((battery.value.value, battery.tone), (11.5, Tone::Warning));
    assert_eq!(battery.points[1].value, 11.5);
}

both_dialects!(offline => offline_a_vehicle_says_so_and_stays_v1, offline_a_vehicle_says_so_and_stays_v2);

async fn offline(world: World) {
    let (_device, client) = world.signed_in().await;
    let mut screen = client.screens().vehicle(critical(&world));
    until(&mut screen, is_shown).await;
    client.set_network(false);
    screen.send(VehicleIntent::Refresh);
    let page = until(&mut screen, |page| {
        page.standing.offline && page.standing.problem.is_some()
    })
    .await;
    assert!(is_shown(&page) && page.heading.is_some());
    let problem = page.standing.problem.expect("said why");
    assert_eq!(
        (problem.text.key, problem.remedy),
        (TextKey::ProblemOfflineByRequest, Remedy::Retry)
    );
    client.set_network(true);
    until(&mut screen, |page| {
        !page.standing.offline && page.standing.problem.is_none()
    })
    .await;
}

both_dialects!(cold => a_vehicle_opened_offline_for_the_first_time_comes_with_the_network_v1, a_vehicle_opened_offline_for_the_first_time_comes_with_the_network_v2);

async fn cold(world: World) {
    let (_device, client) = world.signed_in().await;
    client.set_network(false);
    let mut screen = client.screens().vehicle(critical(&world));
    let failed = until(&mut screen, |page| page.standing.phase == Phase::Failed).await;
    assert!(failed.standing.offline && !failed.can_book);
    let remedy = failed.standing.problem.map(|problem| problem.remedy);
    assert_eq!(remedy, Some(Remedy::Retry));
    client.set_network(true);
    until(&mut screen, is_shown).await;
}

both_dialects!(asked_again => a_vehicle_that_could_not_be_opened_is_there_when_the_person_asks_again_v1, a_vehicle_that_could_not_be_opened_is_there_when_the_person_asks_again_v2);

async fn asked_again(world: World) {
    let (device, client) = world.signed_in().await;
    let _skipping = world.skip_sleeps(&device);
    let broken = [
        world
            .control()
            .on(Match::get("/api/fixes/"))
            .then(Fault::json(500, &serde_json::json!({}))),
        world
            .control()
            .on(Match::get("/api/vehicles/"))
            .then(Fault::json(500, &serde_json::json!({}))),
    ];
    let mut screen = client.screens().vehicle(critical(&world));
    let failed = until(&mut screen, |page| page.standing.phase == Phase::Failed).await;
    let problem = failed.standing.problem.expect("said");
    assert_eq!(
        (problem.text.key, problem.remedy),
        (TextKey::ProblemServer, Remedy::Retry)
    );
    for rule in broken {
        world.control().remove(rule);
    }
    screen.send(VehicleIntent::Refresh);
    until(&mut screen, is_shown).await;
}

both_dialects!(not_own => a_vehicle_of_somebody_else_is_not_there_v1, a_vehicle_of_somebody_else_is_not_there_v2);

async fn not_own(world: World) {
    let (_device, client) = world.signed_in().await;
    let other = VehicleId(world.other_customer().vehicle_ids[0]);
    let mut screen = client.screens().vehicle(other);
    let page = until(&mut screen, |page| page.standing.phase == Phase::Failed).await;
    let said = page.standing.problem.map(|problem| problem.text.key);
    assert_eq!(said, Some(TextKey::ProblemNotFound));
    assert_eq!((page.heading, page.telemetry, page.can_book), (None, None, false));
}

both_dialects!(viewer => who_may_only_look_cannot_book_v1, who_may_only_look_cannot_book_v2);

async fn viewer(world: World) {
    let id = world.customer().id;
    world.control().set_role(id, "viewer").await.expect("set");
    let (_device, client) = world.signed_in().await;
    assert!(client.capabilities().await.expect("known").book);
    let mut screen = client.screens().vehicle(critical(&world));
    let page = until(&mut screen, |page| {
        is_shown(page) && page.history.standing.phase == Phase::Shown
    })
    .await;
    assert!(!page.can_book);
}

both_dialects!(b_after_a => s26_a_vehicle_that_stays_open_shows_b_nothing_of_a_v1, s26_a_vehicle_that_stays_open_shows_b_nothing_of_a_v2);

async fn b_after_a(world: World) {
    let (_device, client) = world.signed_in().await;
    let mut screen = client.screens().vehicle(critical(&world));
    until(&mut screen, |page| {
        is_shown(page) && page.history.standing.phase == Phase::Shown
    })
    .await;
    client.account().sign_out(Unsent::Ask).await.expect("signed out");
    let nobody = until(&mut screen, |page| {
        page.heading.is_none() && page.history.bookings.is_empty() && !page.can_book
    })
    .await;
    let remedy = nobody.standing.problem.map(|problem| problem.remedy);
    assert_eq!(remedy, Some(Remedy::SignIn));
    assert_eq!((nobody.health, nobody.telemetry), (None, None));

    let b = world.other_customer();
    let password = Password::new(&b.password);
    client
        .account()
        .sign_in(&b.email, password)
        .await
        .expect("signed in");
    let of_b = until(&mut screen, |page| {
        let said = page.standing.problem.as_ref().map(|problem| problem.text.key);
        said == Some(TextKey::ProblemNotFound) && page.history.standing.phase == Phase::Empty
    })
    .await;
    assert_eq!((of_b.heading, of_b.standing.phase), (None, Phase::Failed));
}

both_dialects!(suspended => s34_a_vehicle_goes_on_after_a_suspension_v1, s34_a_vehicle_goes_on_after_a_suspension_v2);

async fn suspended(world: World) {
    let (_device, client) = world.signed_in().await;
    client
        .suspend(std::time::Duration::ZERO)
        .await
        .expect("suspended");
    let mut screen = client.screens().vehicle(critical(&world));
    let first = screen.next().await.expect("open");
    assert_eq!(first.standing.phase, Phase::FirstLoad);
    client.resume().await.expect("goes on");
    until(&mut screen, |page| is_shown(page) && page.can_book).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s36_a_vehicle_of_a_closed_client_ends() {
    let world = World::start(pmi_platform::Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    let mut screen = client.screens().vehicle(critical(&world));
    until(&mut screen, is_shown).await;
    client.close();
    while screen.next().await.is_some() {}
    screen.send(VehicleIntent::Refresh);
    assert_eq!(client.screens().vehicle(critical(&world)).next().await, None);
}
