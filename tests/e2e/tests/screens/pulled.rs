//! Who pulls for what is newer sees that it is under way from the pull until the answer, and no longer.

use pmi_core::PmiClient;
use pmi_core::screens::{
    AccountIntent, BookIntent, BookingsIntent, DiagnosticsIntent, GarageIntent, NotificationsIntent, Phase,
    Screen, VehicleIntent,
};
use pmi_e2e::{World, both_dialects};
use pmi_platform::Match;

use crate::watch::seen;

both_dialects!(pulled => a_pull_lasts_until_the_server_has_answered_v1, a_pull_lasts_until_the_server_has_answered_v2);

async fn pulled(world: World) {
    let (_device, client) = world.signed_in().await;
    let screens = client.screens();
    let mut garage = screens.garage();
    let shown = seen(&mut garage, |shown| shown.standing.phase == Phase::Shown).await;
    let vehicle = shown.vehicles.first().expect("the seed has one").id;
    let (w, c) = (&world, &client);
    lasts(w, c, garage, Match::any(), GarageIntent::Refresh, |shown| {
        shown.standing.refreshing
    })
    .await;
    lasts(
        w,
        c,
        screens.bookings(),
        Match::any(),
        BookingsIntent::Refresh,
        |shown| shown.standing.refreshing,
    )
    .await;
    lasts(
        w,
        c,
        screens.notifications(),
        Match::any(),
        NotificationsIntent::Refresh,
        |shown| shown.standing.refreshing,
    )
    .await;
    lasts(
        w,
        c,
        screens.account(),
        Match::any(),
        AccountIntent::Refresh,
        |shown| shown.standing.refreshing,
    )
    .await;
    lasts(
        w,
        c,
        screens.vehicle(vehicle),
        Match::any(),
        VehicleIntent::Refresh,
        |shown| shown.standing.refreshing,
    )
    .await;
    lasts(
        w,
        c,
        screens.book(Some(vehicle)),
        Match::any(),
        BookIntent::Refresh,
        |shown| shown.standing.refreshing,
    )
    .await;
    lasts(
        w,
        c,
        screens.diagnostics(),
        Match::path("/health"),
        DiagnosticsIntent::Refresh,
        |shown| shown.refreshing,
    )
    .await;
}

async fn lasts<R, I>(
    world: &World,
    client: &PmiClient,
    mut screen: Screen<R, I>,
    asked: Match,
    pull: I,
    refreshing: impl Fn(&R) -> bool,
) where
    R: Clone + Send + Sync + std::fmt::Debug + 'static,
    I: Clone + std::fmt::Debug + 'static,
{
    seen(&mut screen, |shown| !refreshing(shown)).await;
    let gate = world.hold_next(asked);
    screen.send(pull.clone());
    assert!(refreshing(&screen.now()), "{pull:?}: at once");
    gate.arrived().await;
    assert!(refreshing(&screen.now()), "{pull:?}: until its answer");
    gate.release();
    seen(&mut screen, |shown| !refreshing(shown)).await;

    // What cannot be asked for is waited for no longer.
    client.set_offline(true);
    screen.send(pull);
    seen(&mut screen, |shown| !refreshing(shown)).await;
    client.set_offline(false);
}
