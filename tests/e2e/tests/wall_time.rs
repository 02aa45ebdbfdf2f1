//! Scenario 28: 10:00 at the centre is 10:00 on the server and on the screen, wherever and whenever it is typed.

use jiff::Zoned;
use jiff::civil::date;
use pmi_core::Error;
use pmi_core::model::{BookingTime, Freshness, NewBooking};
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s28_the_chosen_one_of_two_half_past_twos_is_the_one_that_is_booked() {
    let world = World::start_with(Config {
        dialect: Dialect::V2,
        opening_hours: 0..24,
        ..Config::default()
    })
    .await;
    let (_device, client) = world.signed_in().await;
    let vehicle = first_vehicle(&client).await;
    let centers = client
        .centers()
        .list(Freshness::CacheFirst)
        .await
        .expect("the centres");
    let center = centers.value[0].id;
    let berlin = Some("Europe/Berlin".to_owned());
    let moved = world.control().set_center(center.0, None, berlin);
    moved.await.expect("the centre moves to Berlin");
    client
        .centers()
        .list(Freshness::NetworkOnly)
        .await
        .expect("and is read again");
    let ask = NewBooking {
        at: BookingTime::at_the_centre(date(2027, 10, 31).at(2, 30, 0, 0)),
        center_id: Some(center),
        ..oil_change(vehicle, 0)
    };
    let Err(Error::AmbiguousTime { choices, .. }) = client.bookings().book(ask.clone(), None).await else {
        panic!("it was guessed");
    };
    for (choice, offset) in choices.into_iter().zip(["+02:00", "+01:00"]) {
        let new = NewBooking {
            at: choice.into(),
            ..ask.clone()
        };
        let item = client.bookings().book(new, None).await.expect("accepted");
        let item = done(&client, &item).await;
        let screen = shown_once(&client, &item.booking.expect("a booking")).await;
        let expected: Zoned = format!("2027-10-31T02:30{offset}[Europe/Berlin]")
            .parse()
            .expect("a time");
        assert_eq!(screen.starts_at, expected);
        let slots = client
            .centers()
            .slots(center, date(2027, 10, 31), Freshness::NetworkOnly)
            .await
            .expect("the slots");
        assert!(slots.value.iter().any(|slot| slot.starts_at == expected));
    }
}
