//! Scenario 28: 10:00 at the centre is 10:00 on the server and on the screen, wherever and whenever it is typed.

use jiff::Zoned;
use jiff::civil::date;
use pmi_core::model::{BookingTime, CenterId, Freshness, NewBooking, OutboxItem};
use pmi_core::{Error, PmiClient};
use pmi_e2e::desk::{done, first_vehicle, oil_change, shown_once};
use pmi_e2e::{World, both_dialects};
use pmi_platform::{Config, Dialect};

/// Books from Berlin on both sides of the day the clocks go forward there (2027-03-28); India's stand still.
async fn from_berlin_across_a_change_of_the_clocks(world: World) {
    let (_device, client) = world.signed_in().await;
    let vehicle = first_vehicle(&client).await;
    for (day, typed_hour) in [(27, 5), (29, 6)] {
        // 10:00 in India, said in the words of the centre and in those of Berlin, half an hour later there.
        let words = [
            BookingTime::at_the_centre(date(2027, 3, day).at(10, 0, 0, 0)),
            BookingTime::Wall {
                at: date(2027, 3, day).at(typed_hour, 30, 0, 0),
                zone: Some("Europe/Berlin".to_owned()),
            },
        ];
        for (at, expected) in words.into_iter().zip(["10:00", "10:00"]) {
            let new = NewBooking {
                at,
                ..oil_change(vehicle, 0)
            };
            let item = client.bookings().book(new, None).await.expect("accepted");
            let item = done(&client, &item).await;
            let screen = shown_once(&client, &item.booking.expect("a booking")).await;
            assert_eq!(
                screen.starts_at.strftime("%H:%M %:z %Q").to_string(),
                format!("{expected} +05:30 Asia/Kolkata")
            );
            let server = world.made().await;
            let last = server.last().expect("a booking");
            assert_eq!(last, &format!("2027-03-{day}T{expected}:00 scheduled"));
        }
    }
}
both_dialects!(from_berlin_across_a_change_of_the_clocks => s28_ten_oclock_is_ten_oclock_on_the_server_and_the_screen_v1,
    s28_ten_oclock_is_ten_oclock_on_the_server_and_the_screen_v2);

async fn a_gap_and_an_overlap(world: World) {
    let (_device, client) = world.signed_in().await;
    let vehicle = first_vehicle(&client).await;
    for (at, skipped) in [
        (date(2027, 3, 28).at(2, 30, 0, 0), true),
        (date(2027, 10, 31).at(2, 30, 0, 0), false),
    ] {
        let new = NewBooking {
            at: BookingTime::Wall {
                at,
                zone: Some("Europe/Berlin".to_owned()),
            },
            ..oil_change(vehicle, 0)
        };
        match client.bookings().book(new, None).await {
            Err(Error::AmbiguousTime { skipped: is, choices }) => {
                assert_eq!((is, choices.len()), (skipped, 2));
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(client.outbox().count().await, Ok(0), "nothing was guessed");
}
both_dialects!(a_gap_and_an_overlap => s28_a_time_the_clocks_skip_or_repeat_is_asked_not_guessed_v1,
    s28_a_time_the_clocks_skip_or_repeat_is_asked_not_guessed_v2);

/// At a centre in Berlin: what its own clock skips or repeats is asked, for a new booking and for a new time, and what is chosen is
/// booked to the digit. v1 has digits only, so there the two half past twos are one.
async fn at_a_centre_whose_clock_changes(dialect: Dialect) {
    let world = World::start_with(Config {
        dialect,
        opening_hours: 0..24,
        ..Config::default()
    })
    .await;
    let mut device = world.device();
    "Europe/Berlin".clone_into(&mut device.center_time_zone);
    let client = device.open();
    world.sign_in(&client).await.expect("the sign-in");
    let center = center_in_berlin(&world, &client).await;
    let vehicle = first_vehicle(&client).await;
    let ask = |at: BookingTime| NewBooking {
        at,
        center_id: center,
        ..oil_change(vehicle, 0)
    };
    for (day, skipped, expected) in [
        (
            date(2027, 3, 28),
            true,
            ["2027-03-28T01:30:00+01:00", "2027-03-28T03:30:00+02:00"],
        ),
        (
            date(2027, 10, 31),
            false,
            ["2027-10-31T02:30:00+02:00", "2027-10-31T02:30:00+01:00"],
        ),
    ] {
        let half_past_two = BookingTime::at_the_centre(day.at(2, 30, 0, 0));
        let asked = client.bookings().book(ask(half_past_two.clone()), None).await;
        let choices = asked_back(asked, skipped);
        assert_eq!(client.outbox().count().await, Ok(0), "nothing was guessed");
        for (choice, expected) in choices.into_iter().zip(expected) {
            assert_eq!(choice.strftime("%FT%T%:z").to_string(), expected);
            let item = client.bookings().book(ask(choice.clone().into()), None).await;
            let item = done(&client, &item.expect("accepted")).await;
            let id = item.booking.expect("a booking");
            let screen = shown_once(&client, &id).await;
            assert_eq!(screen.wall_time(), choice.datetime());
            assert_eq!(screen.starts_at.time_zone().iana_name(), Some("Europe/Berlin"));
            if dialect == Dialect::V2 || skipped {
                assert_eq!(screen.starts_at, choice);
            }
            if let Some(center) = center {
                let centers = client.centers();
                let slots = centers.slots(center, day, Freshness::NetworkOnly).await;
                let slots = slots.expect("the slots").value;
                assert!(slots.iter().any(|slot| slot.starts_at == choice));
            }
            let server = world.made().await;
            let digits = choice.strftime("%FT%T scheduled").to_string();
            assert_eq!(server.last(), Some(&digits));
            let asked = client.bookings().reschedule(&id, &half_past_two, None).await;
            asked_back(asked, skipped);
        }
    }
    assert_eq!(client.outbox().count().await, Ok(0));
}

/// The two that can be chosen.
#[track_caller]
fn asked_back(asked: Result<OutboxItem, Error>, expected: bool) -> Vec<Zoned> {
    match asked {
        Err(Error::AmbiguousTime { skipped, choices }) => {
            assert_eq!((skipped, choices.len()), (expected, 2));
            choices
        }
        other => panic!("it was guessed: {other:?}"),
    }
}

/// The first centre, which is in Berlin from now on; v1 has no choice of one.
async fn center_in_berlin(world: &World, client: &PmiClient) -> Option<CenterId> {
    let centers = client.centers().list(Freshness::CacheFirst).await;
    let center = centers.expect("the centres").value[0].id;
    if world.dialect == Dialect::V1 {
        return None;
    }
    let berlin = Some("Europe/Berlin".to_owned());
    let moved = world.control().set_center(center.0, None, berlin);
    moved.await.expect("the centre moves to Berlin");
    let centers = client.centers().list(Freshness::NetworkOnly).await;
    centers.expect("and is read again");
    Some(center)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s28_what_the_centres_clock_skips_or_repeats_is_asked_and_booked_as_chosen_v1() {
    at_a_centre_whose_clock_changes(Dialect::V1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s28_what_the_centres_clock_skips_or_repeats_is_asked_and_booked_as_chosen_v2() {
    at_a_centre_whose_clock_changes(Dialect::V2).await;
}
