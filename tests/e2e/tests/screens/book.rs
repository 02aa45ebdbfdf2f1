//! The form that books service, and moves a booking.

use std::time::Duration;

use pmi_core::PmiClient;
use pmi_core::model::{BookingId, Freshness, OutboxItem, Unsent};
use pmi_core::screens::{
    AcceptedBooking, Book, BookIntent, BookScreen, BookSlot, Day, Phase, Remedy, TextKey, TimeOfDay,
};
use pmi_e2e::desk::{book, done, first_vehicle, name, shown_once};
use pmi_e2e::photos::jpeg;
use pmi_e2e::{World, both_dialects};
use pmi_platform::{Config, Dialect, Fault, Match};

use crate::watch::seen;

pub(crate) const AT_TEN: &str = "2026-12-25T10:00:00 scheduled";

const CHRISTMAS: Day = Day {
    year: 2026,
    month: 12,
    day: 25,
};

/// Fills in an oil change at this hour on Christmas Day, as a person would: a free time where some are shown, else a typed one.
pub(crate) async fn fill(screen: &mut BookScreen, hour: u8) {
    let form = seen(screen, |form| {
        form.standing.phase == Phase::Shown && form.can_submit
    })
    .await;
    screen.send(BookIntent::Vehicle {
        id: form.vehicles[0].id,
    });
    screen.send(BookIntent::Service {
        word: form.services[1].word.clone(),
    });
    choose_time(screen, hour).await;
}

async fn choose_time(screen: &mut BookScreen, hour: u8) {
    let form = seen(screen, |form| {
        form.type_time || form.choose_center || form.moving.is_some()
    })
    .await;
    if let Some(center) = form.centers.first() {
        screen.send(BookIntent::Center { id: center.id });
    }
    screen.send(BookIntent::Day { day: CHRISTMAS });
    let free = |form: &Book| -> Option<BookSlot> {
        let free = &form.slots.as_ref()?.free;
        free.iter()
            .find(|slot| (slot.at.hour, slot.at.minute) == (hour, 0))
            .cloned()
    };
    let form = seen(screen, |form| {
        form.day.is_some() && (form.type_time || free(form).is_some())
    })
    .await;
    match free(&form) {
        Some(slot) => screen.send(BookIntent::Slot { at: slot.at }),
        None => screen.send(BookIntent::Time {
            time: TimeOfDay { hour, minute: 0 },
        }),
    }
}

pub(crate) async fn submit(screen: &mut BookScreen) -> AcceptedBooking {
    screen.send(BookIntent::Submit);
    let form = seen(screen, |form| !form.busy).await;
    let accepted = form.accepted.clone();
    accepted.unwrap_or_else(|| panic!("not accepted: {form:#?}"))
}

/// The newest write.
async fn newest(client: &PmiClient) -> OutboxItem {
    let all = client.outbox().history().await.expect("the outbox");
    all.into_iter().next_back().expect("a write")
}

both_dialects!(books => the_form_books_once_however_often_it_is_sent_v1, the_form_books_once_however_often_it_is_sent_v2);

async fn books(world: World) {
    let (_device, client) = world.signed_in().await;
    let mut screen = client.screens().book(None);
    fill(&mut screen, 10).await;
    let form = screen.now();
    let has_all = world.dialect == Dialect::V2;
    assert_eq!(
        (form.choose_center, form.takes_photos, form.slots.is_some()),
        (has_all, has_all, has_all)
    );
    assert_eq!(form.type_time, !has_all);
    screen.send(BookIntent::Submit);
    let accepted = submit(&mut screen).await;
    screen.send(BookIntent::Submit);
    let item = done(&client, &newest(&client).await).await;
    let made = shown_once(&client, &name(&item)).await;
    assert_eq!(made.wall_time().to_string(), "2026-12-25T10:00:00");
    assert_eq!(world.made().await, [AT_TEN]);
    assert_eq!(world.create_requests(), 1);
    assert!(!accepted.waits_for_network);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn free_times_that_grow_old_are_asked_for_by_themselves() {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    let mut screen = client.screens().book(None);
    fill(&mut screen, 10).await;
    let as_of = |form: &Book| form.slots.as_ref().and_then(|slots| slots.standing.as_of);
    let before = as_of(&screen.now());
    let server = world.server_clock.clone();
    let minutes = |left: Duration| (40..100).contains(&left.as_secs());
    let _passing = device.clock.skip_sleeps(minutes, move |by| server.advance(by));
    let twice = before.map(|at| at + Duration::from_secs(120));
    let form = seen(&mut screen, |form| as_of(form) >= twice).await;
    assert!(
        form.slots
            .is_some_and(|slots| slots.free.iter().any(|one| one.chosen))
    );
    let asked = world.control().requests("GET", "/api/service-centers/");
    assert!(asked <= 4, "no more than once a minute: {asked}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s14_free_times_that_were_put_off_come_by_themselves() {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    let later = Fault::status_with(503, "Retry-After", "600");
    let slots = Match::get("/api/service-centers/");
    world.control().on(slots).times(1).then(later);
    let mut screen = client.screens().book(None);
    let form = seen(&mut screen, |form| {
        form.standing.phase == Phase::Shown && form.choose_center
    })
    .await;
    let id = form.centers[0].id;
    screen.send(BookIntent::Center { id });
    screen.send(BookIntent::Day { day: CHRISTMAS });
    let phase = |form: &Book| form.slots.as_ref().map(|slots| slots.standing.phase);
    let failed = seen(&mut screen, |form| phase(form) == Some(Phase::Failed)).await;
    assert!(failed.type_time);
    let server = world.server_clock.clone();
    let minutes = |left: Duration| left.as_secs() <= 10 || (100..700).contains(&left.as_secs());
    let _passing = device.clock.skip_sleeps(minutes, move |by| server.advance(by));
    seen(&mut screen, |form| phase(form) == Some(Phase::Shown)).await;
}

both_dialects!(lost => s23_a_lost_answer_and_the_button_pressed_again_book_once_v1, s23_a_lost_answer_and_the_button_pressed_again_book_once_v2);

async fn lost(world: World) {
    let (device, client) = world.signed_in().await;
    let mut screen = client.screens().book(None);
    fill(&mut screen, 10).await;
    world.control().on(world.creates()).times(1).then(Fault::CutAfter);
    screen.send(BookIntent::Submit);
    screen.send(BookIntent::Submit);
    submit(&mut screen).await;
    let _skipping = world.skip_waits(&device);
    screen.send(BookIntent::Submit);
    done(&client, &newest(&client).await).await;
    assert_eq!(world.made().await, [AT_TEN]);
    assert_eq!(client.outbox().history().await.expect("the outbox").len(), 1);
}

both_dialects!(taken_up => s22_a_form_whose_process_ended_after_it_was_sent_is_found_to_be_accepted_v1, s22_a_form_whose_process_ended_after_it_was_sent_is_found_to_be_accepted_v2);

async fn taken_up(world: World) {
    let (device, client) = world.signed_in().await;
    let mut screen = client.screens().book(None);
    fill(&mut screen, 10).await;
    let draft = screen.now().draft;
    let accepted = submit(&mut screen).await;
    drop((screen, client));

    let client = device.open();
    let _skipping = world.skip_waits(&device);
    let mut screen = client.screens().book(None);
    screen.send(BookIntent::TakeUp { draft });
    let form = seen(&mut screen, |form| form.accepted.is_some()).await;
    let found = form.accepted.clone().expect("accepted");
    assert_eq!(found.booking, accepted.booking);
    assert_eq!(client.outbox().history().await.expect("the outbox").len(), 1);
    done(&client, &newest(&client).await).await;
    assert_eq!(world.made().await, [AT_TEN]);
}

both_dialects!(unsent => a_form_whose_process_ended_is_filled_in_again_v1, a_form_whose_process_ended_is_filled_in_again_v2);

async fn unsent(world: World) {
    let (device, client) = world.signed_in().await;
    let mut screen = client.screens().book(None);
    fill(&mut screen, 10).await;
    let draft = screen.now().draft;
    drop((screen, client));

    let client = device.open();
    let mut screen = client.screens().book(None);
    screen.send(BookIntent::TakeUp { draft });
    let is_chosen = |form: &Book| {
        let slots = form.slots.iter().flat_map(|slots| &slots.free);
        form.type_time || slots.clone().any(|slot| slot.chosen)
    };
    seen(&mut screen, |form| form.can_submit && is_chosen(form)).await;
    submit(&mut screen).await;
    done(&client, &newest(&client).await).await;
    assert_eq!(world.made().await, [AT_TEN]);
}

both_dialects!(suspended => s34_a_form_sent_while_suspended_is_accepted_once_afterwards_v1, s34_a_form_sent_while_suspended_is_accepted_once_afterwards_v2);

async fn suspended(world: World) {
    let (_device, client) = world.signed_in().await;
    let mut screen = client.screens().book(None);
    fill(&mut screen, 10).await;
    seen(&mut screen, |form| {
        form.time.is_some()
            || form
                .slots
                .as_ref()
                .is_some_and(|slots| slots.free.iter().any(|one| one.chosen))
    })
    .await;
    client.suspend(Duration::ZERO).await.expect("suspended");
    screen.send(BookIntent::Submit);
    assert!(screen.now().busy);
    // What a person has begun goes on without its screen.
    drop(screen);
    client.resume().await.expect("goes on");
    let mut outbox = client.outbox().observe().await.expect("observed");
    while client.outbox().history().await.expect("the outbox").is_empty() {
        outbox.next().await.expect("open").expect("a list");
    }
    done(&client, &newest(&client).await).await;
    assert_eq!(world.made().await, [AT_TEN]);
}

both_dialects!(moved => the_form_moves_a_booking_v1, the_form_moves_a_booking_v2);

async fn moved(world: World) {
    let (_device, client) = world.signed_in().await;
    let made = done(&client, &book(&client, 10).await).await;
    let booking = shown_once(&client, &name(&made)).await;
    let mut screen = client.screens().move_booking(booking.id.clone());
    let form = seen(&mut screen, |form| form.can_submit).await;
    assert_eq!(form.moving.expect("which").starts_at.hour, 10);
    choose_time(&mut screen, 11).await;
    assert_eq!(submit(&mut screen).await.booking, booking.id);
    done(&client, &newest(&client).await).await;
    assert_eq!(world.made().await, ["2026-12-25T11:00:00 scheduled"]);
    let mut gone = client.screens().move_booking(BookingId::parse("new-nothing"));
    let form = seen(&mut gone, |form| form.standing.phase == Phase::Failed).await;
    assert_eq!(
        form.standing.problem.map(|problem| problem.text.key),
        Some(TextKey::ProblemNotFound)
    );
}

both_dialects!(moved_unsent => a_booking_that_was_not_sent_yet_is_moved_before_it_is_sent_v1, a_booking_that_was_not_sent_yet_is_moved_before_it_is_sent_v2);

async fn moved_unsent(world: World) {
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    client.set_offline(true);
    let item = book(&client, 10).await;
    let mut screen = client.screens().move_booking(name(&item));
    seen(&mut screen, |form| form.can_submit).await;
    choose_time(&mut screen, 12).await;
    assert!(submit(&mut screen).await.waits_for_network);
    client.set_offline(false);
    done(&client, &item).await;
    assert_eq!(world.made().await, ["2026-12-25T12:00:00 scheduled"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn photos_added_to_the_form_are_sent_with_the_booking_and_counted() {
    let world = World::start(Dialect::V2).await;
    let (_device, client) = world.signed_in().await;
    let mut bookings = client.screens().bookings();
    let mut screen = client.screens().book(None);
    fill(&mut screen, 10).await;
    for seed in 0..2 {
        screen.send(BookIntent::AddPhoto {
            bytes: jpeg(5000, seed),
        });
    }
    let form = seen(&mut screen, |form| form.photos.len() == 2).await;
    assert_eq!(form.photos[0].size.value, 5.0, "kilobytes");
    submit(&mut screen).await;
    assert!(screen.now().photos.is_empty(), "their bytes are not kept twice");
    let shown = seen(&mut bookings, |shown| {
        shown.upcoming.iter().any(|row| {
            row.photos
                .as_ref()
                .is_some_and(|photos| (photos.count, photos.unsent) == (2, 0))
        })
    })
    .await;
    let row = shown.upcoming.iter().find(|row| row.photos.is_some());
    let id = row.expect("the booking").id.clone();
    let complete = world
        .photos_of(&id)
        .await
        .iter()
        .filter(|one| one.complete)
        .count();
    assert_eq!(complete, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s28_the_form_asks_which_of_two_half_past_twos_is_meant_and_books_that_one() {
    let world = World::start_with(Config {
        dialect: Dialect::V2,
        opening_hours: 0..24,
        ..Config::default()
    })
    .await;
    let (_device, client) = world.signed_in().await;
    first_vehicle(&client).await;
    let centers = client.centers().list(Freshness::CacheFirst).await;
    let center = centers.expect("the centres").value[0].id;
    let berlin = Some("Europe/Berlin".to_owned());
    let moved = world.control().set_center(center.0, None, berlin);
    moved.await.expect("the centre moves to Berlin");
    let again = client.centers().list(Freshness::NetworkOnly).await;
    again.expect("and is read again");
    client.set_offline(true);
    let mut screen = client.screens().book(None);
    fill(&mut screen, 10).await;
    screen.send(BookIntent::Day {
        day: Day {
            year: 2027,
            month: 10,
            day: 31,
        },
    });
    screen.send(BookIntent::Time {
        time: TimeOfDay { hour: 2, minute: 30 },
    });
    let form = seen(&mut screen, |form| form.clocks.len() == 2).await;
    assert_eq!(
        form.time_problem.map(|text| text.key),
        Some(TextKey::FieldTimeTwice)
    );
    assert_eq!(form.zone, "Europe/Berlin");
    let later = form.clocks[1].at.clone();
    assert_eq!(later.offset_seconds, 3600);
    screen.send(BookIntent::Clock { at: later.clone() });
    submit(&mut screen).await;
    client.set_offline(false);
    let item = done(&client, &newest(&client).await).await;
    let made = shown_once(&client, &name(&item)).await;
    assert_eq!(made.starts_at.timestamp(), later.at);
}

both_dialects!(b_after_a => s26_a_form_that_stays_open_keeps_nothing_of_a_for_b_v1, s26_a_form_that_stays_open_keeps_nothing_of_a_for_b_v2);

async fn b_after_a(world: World) {
    let (_device, client) = world.signed_in().await;
    let mut screen = client.screens().book(None);
    fill(&mut screen, 10).await;
    screen.send(BookIntent::Notes {
        text: "of A".to_owned(),
    });
    let of_a = seen(&mut screen, |form| !form.notes.value.is_empty()).await;
    client.account().sign_out(Unsent::Ask).await.expect("signed out");
    let nobody = seen(&mut screen, |form| form.standing.phase == Phase::Failed).await;
    assert!(nobody.vehicles.is_empty() && nobody.notes.value.is_empty() && nobody.day.is_none());
    assert!(!nobody.can_submit);
    assert_eq!(
        nobody.standing.problem.map(|problem| problem.remedy),
        Some(Remedy::SignIn)
    );
    let b = world.other_customer();
    let password = pmi_core::model::Password::new(&b.password);
    let signed_in = client.account().sign_in(&b.email, password).await;
    signed_in.expect("signed in");
    let of_b = seen(&mut screen, |form| !form.vehicles.is_empty() && form.can_submit).await;
    for vehicle in &of_b.vehicles {
        assert!(of_a.vehicles.iter().all(|one| one.id != vehicle.id));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_only_look_is_told_on_the_form() {
    let world = World::start(Dialect::V2).await;
    let customer = world.customer().id;
    let viewer = world.control().set_role(customer, "viewer");
    viewer.await.expect("the role is changed");
    let (_device, client) = world.signed_in().await;
    let mut screen = client.screens().book(None);
    let form = seen(&mut screen, |form| {
        form.standing.phase == Phase::Shown && form.problem.is_some()
    })
    .await;
    assert_eq!(
        form.problem.map(|problem| problem.text.key),
        Some(TextKey::ProblemNotAllowed)
    );
    assert!(!form.can_submit);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s26_what_a_may_not_do_is_no_matter_when_b_signs_in_in_their_place() {
    let world = World::start(Dialect::V2).await;
    let customer = world.customer().id;
    let viewer = world.control().set_role(customer, "viewer");
    viewer.await.expect("the role is changed");
    let (_device, client) = world.signed_in().await;
    let mut form = client.screens().book(None);
    let mut bookings = client.screens().bookings();
    let vehicle = first_vehicle(&client).await;
    let mut page = client.screens().vehicle(vehicle);
    let of_a = seen(&mut form, |form| form.problem.is_some()).await;
    assert!(!of_a.vehicles.is_empty() && !of_a.can_submit);
    for one in [
        form.now().can_submit,
        bookings.now().can_book,
        page.now().can_book,
    ] {
        assert!(!one);
    }
    // Nobody signs out in between.
    let b = world.other_customer();
    let password = pmi_core::model::Password::new(&b.password);
    let signed_in = client.account().sign_in(&b.email, password).await;
    signed_in.expect("signed in");
    let of_b = seen(&mut form, |form| {
        let mut vehicles = form.vehicles.iter();
        form.can_submit && vehicles.any(|one| one.id != of_a.vehicles[0].id)
    })
    .await;
    assert_eq!(of_b.problem, None);
    seen(&mut bookings, |shown| shown.can_book).await;
    let own = of_b.vehicles[0].id;
    page = client.screens().vehicle(own);
    seen(&mut page, |page| page.can_book).await;

    world.sign_in(&client).await.expect("and A again");
    seen(&mut form, |form| form.problem.is_some() && !form.can_submit).await;
    seen(&mut bookings, |shown| !shown.can_book).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_time_that_is_over_is_not_sent() {
    let world = World::start(Dialect::V1).await;
    let (_device, client) = world.signed_in().await;
    let mut screen = client.screens().book(None);
    fill(&mut screen, 10).await;
    screen.send(BookIntent::Day {
        day: Day {
            year: 2026,
            month: 11,
            day: 23,
        },
    });
    screen.send(BookIntent::Submit);
    // Nine in the morning in UTC is half past two in the afternoon there.
    let form = seen(&mut screen, |form| form.time_problem.is_some() && !form.busy).await;
    assert_eq!(
        form.time_problem.map(|text| text.key),
        Some(TextKey::FieldTimePast)
    );
    assert_eq!(client.outbox().count().await, Ok(0));
}
