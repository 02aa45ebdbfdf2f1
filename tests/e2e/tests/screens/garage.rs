//! The garage.

use pmi_core::Error;
use pmi_core::screens::{GarageIntent, Phase, Remedy, TextKey};
use pmi_e2e::{World, both_dialects};

use crate::watch::until;

both_dialects!(shown => the_garage_is_there_and_the_worst_prediction_is_first_v1, the_garage_is_there_and_the_worst_prediction_is_first_v2);

async fn shown(world: World) {
    let (_device, client) = world.signed_in().await;
    let mut screen = client.screens().garage();
    assert_eq!(screen.now().standing.phase, Phase::FirstLoad, "there at once");
    let own = client
        .vehicles()
        .list(pmi_core::model::Freshness::NetworkOnly)
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
