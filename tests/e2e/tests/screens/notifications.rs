//! What the platform told the person.

use std::time::Duration;

use pmi_core::PmiClient;
use pmi_core::model::{Freshness, NewCustomer, Password, Unsent};
use pmi_core::screens::{Notifications, NotificationsIntent, NotificationsScreen, Phase, Remedy, TextKey};
use pmi_e2e::{Device, SkippingSleeps, World, both_dialects};
use pmi_platform::{Dialect, Fault, Match};
use serde_json::json;

use crate::watch::{is_still, until};

fn is_shown(list: &Notifications) -> bool {
    list.standing.phase == Phase::Shown
}

async fn opened(client: &PmiClient) -> (NotificationsScreen, Notifications) {
    let mut screen = client.screens().notifications();
    let list = until(&mut screen, is_shown).await;
    (screen, list)
}

/// The notification that is not read and was sent last.
fn unread(list: &Notifications) -> NotificationsIntent {
    let row = list.rows.iter().find(|row| !row.read);
    NotificationsIntent::Open {
        id: row.expect("the seed has one").id,
    }
}

fn marked(world: &World) -> u64 {
    world.control().requests("PUT", "/api/notifications/")
}

both_dialects!(shown => what_the_platform_told_is_shown_newest_first_v1, what_the_platform_told_is_shown_newest_first_v2);

async fn shown(world: World) {
    let (_device, client) = world.signed_in().await;
    let (_screen, list) = opened(&client).await;
    assert_eq!((list.rows.len(), list.unread), (3, 2));
    let sent: Vec<_> = list.rows.iter().map(|row| row.sent_at).collect();
    assert!(
        sent[0].is_some() && sent.is_sorted_by(|one, next| one >= next),
        "{sent:?}"
    );
    assert_eq!(list.rows[0].kind.key, TextKey::NotificationFailureAlert);
    assert!(list.rows.iter().all(|row| !row.text.is_empty()));
    let named = list.rows.iter().filter_map(|row| row.vehicle.as_deref());
    assert!(named.clone().count() == 3 && named.into_iter().all(|name| !name.contains('(')));
    let has_id = world.dialect == Dialect::V2;
    assert!(list.rows.iter().all(|row| row.vehicle_id.is_some() == has_id));
}

both_dialects!(offline => s22_offline_what_is_opened_is_read_at_once_and_sent_once_v1, s22_offline_what_is_opened_is_read_at_once_and_sent_once_v2);

async fn offline(world: World) {
    let (device, client) = world.signed_in().await;
    let (mut screen, list) = opened(&client).await;
    client.set_network(false);
    let open = unread(&list);
    screen.send(open.clone());
    assert_eq!(screen.now().unread, 1, "at once");
    screen.send(open.clone());
    let waits = until(&mut screen, |list| {
        list.rows.iter().any(|row| row.pending.is_some())
    })
    .await;
    let row = waits
        .rows
        .iter()
        .find(|row| row.pending.is_some())
        .expect("marked");
    assert!(row.read && waits.unread == 1 && waits.problem.is_none());
    screen.send(open);
    assert_eq!(marked(&world), 0);

    let _skipping = world.skip_sleeps(&device);
    client.set_network(true);
    let sent = until(&mut screen, |list| {
        list.rows.iter().all(|row| row.pending.is_none())
    })
    .await;
    assert_eq!((sent.unread, marked(&world)), (1, 1));
    screen.send(NotificationsIntent::Refresh);
    let asked = until(&mut screen, |list| !list.standing.refreshing).await;
    assert_eq!(asked.unread, 1, "the server has it");
}

both_dialects!(all => all_are_marked_read_and_each_is_sent_once_v1, all_are_marked_read_and_each_is_sent_once_v2);

async fn all(world: World) {
    let (device, client) = world.signed_in().await;
    let (mut screen, list) = opened(&client).await;
    assert!(list.can_mark_all);
    client.set_network(false);
    screen.send(NotificationsIntent::MarkAllRead);
    screen.send(NotificationsIntent::MarkAllRead);
    let now = screen.now();
    assert_eq!((now.unread, now.can_mark_all), (0, false), "at once");
    let pending = |list: &Notifications| list.rows.iter().filter(|row| row.pending.is_some()).count();
    until(&mut screen, |list| pending(list) == 2).await;
    let _skipping = world.skip_sleeps(&device);
    client.set_network(true);
    let sent = until(&mut screen, |list| pending(list) == 0).await;
    assert_eq!((sent.unread, marked(&world)), (0, 2));
}

both_dialects!(left => what_was_opened_is_noted_though_the_screen_is_closed_at_once_v1, what_was_opened_is_noted_though_the_screen_is_closed_at_once_v2);

async fn left(world: World) {
    let (_device, client) = world.signed_in().await;
    let (screen, list) = opened(&client).await;
    client.set_network(false);
    screen.send(unread(&list));
    drop(screen);
    let mut screen = client.screens().notifications();
    until(&mut screen, |list| list.unread == 1).await;
}

both_dialects!(nothing => who_was_told_nothing_has_an_empty_list_v1, who_was_told_nothing_has_an_empty_list_v2);

async fn nothing(world: World) {
    let device = world.device();
    let client = device.open();
    let newcomer = NewCustomer {
        email: "new.rider@example.com".to_owned(),
        password: Password::new("a-new-password"),
        first_name: "New".to_owned(),
        last_name: "Rider".to_owned(),
        phone: "+15550000009".to_owned(),
        address: None,
    };
    client.account().register(newcomer).await.expect("registered");
    let mut screen = client.screens().notifications();
    let list = until(&mut screen, |list| list.standing.phase == Phase::Empty).await;
    assert_eq!((list.rows.len(), list.unread, list.can_mark_all), (0, 0, false));
}

both_dialects!(b_after_a => s26_a_list_that_stays_open_shows_b_nothing_of_a_v1, s26_a_list_that_stays_open_shows_b_nothing_of_a_v2);

async fn b_after_a(world: World) {
    let (_device, client) = world.signed_in().await;
    let (mut screen, of_a) = opened(&client).await;
    client.account().sign_out(Unsent::Ask).await.expect("signed out");
    let nobody = until(&mut screen, |list| list.rows.is_empty()).await;
    let remedy = nobody.standing.problem.map(|problem| problem.remedy);
    assert_eq!((nobody.unread, remedy), (0, Some(Remedy::SignIn)));

    let b = world.other_customer();
    let password = Password::new(&b.password);
    client
        .account()
        .sign_in(&b.email, password)
        .await
        .expect("signed in");
    let of_b = until(&mut screen, is_shown).await;
    for row in &of_b.rows {
        assert!(of_a.rows.iter().all(|one| one.id != row.id));
    }
}

both_dialects!(read_by_a => s26_what_a_read_is_not_noted_as_read_by_b_v1, s26_what_a_read_is_not_noted_as_read_by_b_v2);

async fn read_by_a(world: World) {
    let (device, client) = world.signed_in().await;
    let (mut screen, _) = opened(&client).await;
    client.suspend(Duration::ZERO).await.expect("suspended");
    screen.send(NotificationsIntent::MarkAllRead);
    assert_eq!(screen.now().unread, 0);
    // Another process signs B in meanwhile.
    let elsewhere = device.open();
    let b = world.other_customer();
    let password = Password::new(&b.password);
    let signed_in = elsewhere.account().sign_in(&b.email, password).await;
    signed_in.expect("signed in");
    elsewhere.close();
    client.resume().await.expect("goes on");
    let all_of_b = client.notifications().list(Freshness::NetworkOnly).await;
    let of_b = until(&mut screen, |list| {
        let all_of_b = &all_of_b.as_ref().expect("read").value;
        is_shown(list)
            && list
                .rows
                .iter()
                .all(|row| all_of_b.iter().any(|one| one.id == row.id))
    })
    .await;
    assert_eq!(of_b.problem, None);
    assert!(of_b.rows.iter().all(|row| row.pending.is_none()));
    assert_eq!(client.outbox().history().await, Ok(Vec::new()));
    assert_eq!(marked(&world), 0);
}

both_dialects!(suspended => s34_what_is_opened_while_suspended_is_noted_afterwards_v1, s34_what_is_opened_while_suspended_is_noted_afterwards_v2);

async fn suspended(world: World) {
    let (_device, client) = world.signed_in().await;
    let (mut screen, list) = opened(&client).await;
    client.set_network(false);
    client.suspend(Duration::ZERO).await.expect("suspended");
    screen.send(unread(&list));
    assert_eq!(screen.now().unread, 1);
    client.resume().await.expect("goes on");
    let list = until(&mut screen, |list| {
        list.rows.iter().any(|row| row.pending.is_some())
    })
    .await;
    assert_eq!((list.unread, list.problem), (1, None));
}

/// The next time the list is asked for it is put off by ten minutes.
fn puts_off(world: &World) {
    let later = Fault::status_with(503, "Retry-After", "600");
    let list = Match::get("/api/notifications");
    world.control().on(list).times(1).then(later);
}

async fn put_off(screen: &mut NotificationsScreen) -> Phase {
    let list = until(screen, |list| list.standing.problem.is_some()).await;
    let problem = list.standing.problem.expect("said why");
    assert_eq!(problem.text.key, TextKey::ProblemBusy);
    assert!(matches!(problem.remedy, Remedy::Wait { .. }), "{problem:?}");
    list.standing.phase
}

/// Ends each sleep of some minutes, and short ones, until it is dropped.
fn minutes_pass(world: &World, device: &Device) -> SkippingSleeps {
    let server = world.server_clock.clone();
    let passes = |left: Duration| left.as_secs() <= 10 || (100..700).contains(&left.as_secs());
    device.clock.skip_sleeps(passes, move |by| server.advance(by))
}

both_dialects!(refused => s25_a_reading_that_is_refused_can_be_tried_again_or_left_v1,
    s25_a_reading_that_is_refused_can_be_tried_again_or_left_v2);

async fn refused(world: World) {
    let (_device, client) = world.signed_in().await;
    let (mut screen, list) = opened(&client).await;
    let mut garage = client.screens().garage();
    let no = match world.dialect {
        Dialect::V1 => json!({"detail": "Vehicle not found or doesn't belong to customer"}),
        Dialect::V2 => json!({"error": "not_found", "message": "no such thing", "request_id": "r"}),
    };
    let no = Fault::json(404, &no);
    let rule = world.control().on(Match::put("/api/notifications/")).then(no);
    let open = unread(&list);
    screen.send(open.clone());
    let refused = |list: &Notifications| list.rows.iter().any(|row| row.ways.len() == 2);
    let shown = until(&mut screen, refused).await;
    assert_eq!((shown.unread, shown.problem), (2, None));
    let deciding = client.outbox().list().await.expect("the outbox");
    assert_eq!(deciding.len(), 1);
    until(&mut garage, |garage| garage.standing.phase == Phase::Shown).await;
    assert_eq!(garage.now().attention, None, "nothing that the bookings show");

    // Opened again, it is the same one that is tried again.
    screen.send(open.clone());
    let shown = until(&mut screen, |list| refused(list) && marked(&world) == 2).await;
    assert_eq!(client.outbox().list().await.expect("the outbox").len(), 1);
    let row = shown.rows.iter().find(|row| !row.ways.is_empty());
    let leave = row.expect("offered").ways[1].clone();
    assert_eq!(leave.text.key, TextKey::WayLeaveUnread);
    screen.send(leave.intent.clone());
    screen.send(leave.intent);
    let left = until(&mut screen, |list| {
        list.rows.iter().all(|row| row.pending.is_none())
    })
    .await;
    assert_eq!((left.unread, left.problem), (2, None));
    assert_eq!(client.outbox().count().await, Ok(0));

    world.control().remove(rule);
    screen.send(open);
    until(&mut screen, |list| {
        let is_done = list.rows.iter().all(|row| row.pending.is_none());
        list.unread == 1 && is_done && marked(&world) == 3
    })
    .await;
}

both_dialects!(busy => s14_a_list_that_was_put_off_comes_by_itself_when_the_server_said_v1,
    s14_a_list_that_was_put_off_comes_by_itself_when_the_server_said_v2);

async fn busy(world: World) {
    let (device, client) = world.signed_in().await;
    puts_off(&world);
    let mut screen = client.screens().notifications();
    assert_eq!(put_off(&mut screen).await, Phase::Failed);
    is_still(&screen, |list| list.standing.phase == Phase::Failed).await;
    assert_eq!(world.control().requests("GET", "/api/notifications"), 1);
    let _passing = minutes_pass(&world, &device);
    until(&mut screen, is_shown).await;
}

both_dialects!(busy_and_suspended => s34_a_list_that_was_put_off_comes_though_the_app_slept_meanwhile_v1,
    s34_a_list_that_was_put_off_comes_though_the_app_slept_meanwhile_v2);

async fn busy_and_suspended(world: World) {
    let (device, client) = world.signed_in().await;
    let (mut screen, _) = opened(&client).await;
    puts_off(&world);
    screen.send(NotificationsIntent::Refresh);
    assert_eq!(put_off(&mut screen).await, Phase::Shown);
    client.suspend(Duration::ZERO).await.expect("suspended");
    client.resume().await.expect("goes on");
    let _passing = minutes_pass(&world, &device);
    until(&mut screen, |list| list.standing.problem.is_none()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s36_a_list_of_a_closed_client_ends() {
    let world = World::start(Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    let (mut screen, list) = opened(&client).await;
    client.close();
    while screen.next().await.is_some() {}
    screen.send(unread(&list));
    assert_eq!(client.screens().notifications().next().await, None);
}
