//! Scenario 10: the device's clock is wrong, jumps, or starts anew; refreshes and ages go by the server's.

use std::time::Duration;

use jiff::SignedDuration;
use pmi_core::PmiClient;
use pmi_core::model::{Freshness, Origin};
use pmi_core::ports::Clock as _;
use pmi_e2e::desk::read_garage;
use pmi_e2e::{Device, World, both_dialects};
use pmi_platform::{Fault, Match};
use rusqlite::Connection;

const FIVE_MINUTES: Duration = Duration::from_secs(300);

/// What happens to the device's clock, and when.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Clock {
    Right,
    /// From the beginning.
    Off(i64),
    /// In the middle.
    Jumps(i64),
    /// In the middle, and to and fro from then on.
    JumpsAbout,
    /// In the middle, with the clock off by so much from the beginning.
    Reboots(i64),
}

const MINUTES: i64 = 60;
const DAY: i64 = 86_400;

fn shift(device: &Device, seconds: i64) {
    let wall = device.clock.wall();
    let shifted = wall.checked_add(SignedDuration::from_secs(seconds));
    device.clock.set_wall(shifted.expect("a time"));
}

fn pass(world: &World, device: &Device, by: Duration) {
    device.clock.advance(by);
    world.server_clock.advance(by);
}

/// How many refreshes two hours of use need, on a device with such a clock.
async fn refreshes(world: &World, clock: Clock) -> u64 {
    let device = world.device();
    match clock {
        Clock::Off(by) | Clock::Reboots(by) => shift(&device, by),
        _ => {}
    }
    let mut client = device.open();
    world.sign_in(&client).await.expect("the sign-in");
    world.control().reset_counts();
    for step in 0..24 {
        pass(world, &device, FIVE_MINUTES);
        match (step, clock) {
            (7, Clock::Jumps(by)) => shift(&device, by),
            (7.., Clock::JumpsAbout) => shift(&device, if step % 2 == 0 { DAY } else { -DAY }),
            (7, Clock::Reboots(_)) => {
                client.close();
                device.clock.reboot();
                client = device.open();
            }
            _ => {}
        }
        let me = client.account().me(Freshness::NetworkOnly).await;
        me.unwrap_or_else(|error| panic!("{clock:?}, step {step}: {error}"));
    }
    let refused = world.control().outcomes("GET", "/api/auth/me").get(&401).copied();
    assert!(refused.unwrap_or_default() <= 1, "{clock:?}: {refused:?} refused");
    client.close();
    world.control().refresh_requests()
}

async fn a_wrong_clock_costs_no_refresh(world: World) {
    let right = refreshes(&world, Clock::Right).await;
    assert!((4..=5).contains(&right), "half an hour each: {right}");
    for clock in [
        Clock::Off(10 * MINUTES),
        Clock::Off(-10 * MINUTES),
        Clock::Off(DAY),
        Clock::Off(-DAY),
        Clock::Jumps(10 * MINUTES),
        Clock::Jumps(DAY),
        Clock::Jumps(-DAY),
        Clock::JumpsAbout,
    ] {
        assert_eq!(refreshes(&world, clock).await, right, "{clock:?}");
    }
    let rebooted = refreshes(&world, Clock::Reboots(0)).await;
    for by in [DAY, -DAY] {
        assert_eq!(refreshes(&world, Clock::Reboots(by)).await, rebooted, "{by}");
    }
}
both_dialects!(a_wrong_clock_costs_no_refresh =>
    s10_a_wrong_or_jumping_clock_makes_as_many_refreshes_as_a_right_one_v1,
    s10_a_wrong_or_jumping_clock_makes_as_many_refreshes_as_a_right_one_v2);

/// The age of the cached garage, as a screen computes it, and whether it is old.
async fn shown_age(client: &PmiClient, device: &Device) -> (u64, bool) {
    let shown = client
        .vehicles()
        .list(Freshness::CacheOnly)
        .await
        .expect("cached");
    (shown.age(device.clock.wall()).as_secs(), shown.stale)
}

async fn the_age_shown_is_right(world: World) {
    for by in [0, 10 * MINUTES, -10 * MINUTES, DAY, -DAY] {
        let device = world.device();
        shift(&device, by);
        let client = device.open();
        world.sign_in(&client).await.expect("the sign-in");
        let fresh = client
            .vehicles()
            .list(Freshness::NetworkOnly)
            .await
            .expect("read");
        assert_eq!(fresh.age(device.clock.wall()), Duration::ZERO, "{by}");

        pass(&world, &device, 7 * Duration::from_secs(60));
        assert_eq!(shown_age(&client, &device).await, (420, false), "{by}");
        shift(&device, -3 * DAY);
        assert_eq!(shown_age(&client, &device).await, (420, false), "{by}, set back");
        shift(&device, 6 * DAY);
        assert_eq!(
            shown_age(&client, &device).await,
            (420, false),
            "{by}, set forward"
        );
        client.close();

        // Nothing answers from here on.
        world.control().network(false);
        let client = device.open();
        assert_eq!(
            shown_age(&client, &device).await,
            (420, false),
            "{by}, another process"
        );
        pass(&world, &device, 9 * Duration::from_secs(60));
        assert_eq!(shown_age(&client, &device).await, (960, true), "{by}, and later");
        client.close();
        world.control().network(true);
    }
}
both_dialects!(the_age_shown_is_right => s10_the_age_of_an_answer_is_right_on_a_wrong_clock_v1,
    s10_the_age_of_an_answer_is_right_on_a_wrong_clock_v2);

async fn the_age_is_right_after_a_reboot(world: World) {
    for by in [0, DAY, -DAY] {
        let device = world.device();
        shift(&device, by);
        let client = device.open();
        world.sign_in(&client).await.expect("the sign-in");
        read_garage(&client).await;
        client.close();

        world.control().network(false);
        pass(&world, &device, FIVE_MINUTES);
        device.clock.reboot();
        let client = device.open();
        // Nothing is known in this boot: the wall clock is believed to be off by as much as it was.
        assert_eq!(shown_age(&client, &device).await, (300, false), "{by}");
        client.close();
        world.control().network(true);
    }
}
both_dialects!(the_age_is_right_after_a_reboot => s10_the_age_is_right_after_a_reboot_without_a_network_v1,
    s10_the_age_is_right_after_a_reboot_without_a_network_v2);

async fn an_answer_from_the_future(world: World) {
    let (device, client) = world.signed_in().await;
    read_garage(&client).await;
    // The server's clock was a day ahead, and is set right.
    let now = world.server_clock.clone();
    now.set("2026-11-22T09:00:00Z".parse().expect("a time"));
    client.platform().health().await.expect("an answer of today");
    let shown = client
        .vehicles()
        .list(Freshness::CacheOnly)
        .await
        .expect("cached");
    assert!(shown.stale, "its age is unknown");
    let again = client
        .vehicles()
        .list(Freshness::CacheFirst)
        .await
        .expect("asked for");
    assert_eq!((again.origin, again.stale), (Origin::Network, false));
    assert_eq!(again.age(device.clock.wall()), Duration::ZERO);
}
both_dialects!(an_answer_from_the_future => s10_an_answer_from_the_future_is_never_fresh_v1,
    s10_an_answer_from_the_future_is_never_fresh_v2);

async fn what_is_not_the_servers_says_nothing_of_its_clock(world: World) {
    let next_year = ("Date".to_owned(), "Tue, 23 Nov 2027 09:00:00 GMT".to_owned());
    let kept = ("Age".to_owned(), "600".to_owned());
    let answer = |status, content_type: &str, headers: Vec<(String, String)>| Fault::Status {
        status,
        headers,
        body: "{}".into(),
        content_type: content_type.into(),
    };
    let page = |status| answer(status, "text/html", vec![next_year.clone()]);
    let record = |headers| answer(404, "application/json", headers);
    for (what, fault, counts) in [
        ("a portal's page", page(200), false),
        ("a portal's 511", page(511), false),
        ("a proxy's page", page(502), false),
        ("a cache's answer", record(vec![next_year.clone(), kept]), false),
        ("the server's own word", record(vec![next_year.clone()]), true),
    ] {
        let (device, client) = world.signed_in().await;
        read_garage(&client).await;
        let rule = world.control().on(Match::get("/")).then(fault);
        let skipping = world.skip_sleeps(&device);
        let asked = client.centers().list(Freshness::NetworkOnly).await;
        asked.expect_err(what);
        drop(skipping);
        world.control().remove(rule);
        let (age, stale) = shown_age(&client, &device).await;
        assert_eq!(stale, counts, "{what}: {age} s old");
        client.close();
    }
}
both_dialects!(what_is_not_the_servers_says_nothing_of_its_clock =>
    s10_a_portals_a_proxys_or_a_caches_date_is_not_the_servers_time_v1,
    s10_a_portals_a_proxys_or_a_caches_date_is_not_the_servers_time_v2);

/// What the file has of the server's clock: this device's boot clock, the server's, how far off that can be, and this device's
/// wall clock, all in ms.
fn kept(device: &Device) -> (i64, i64, i64, i64) {
    let file = Connection::open(device.dir().join("data/durable.sqlite3")).expect("opens");
    let row = "SELECT boot_ms, at, error_ms, wall FROM server_time";
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    file.query_row(row, (), read).expect("a row")
}

async fn what_the_file_has_of_the_time(world: World) {
    let (device, client) = world.signed_in().await;
    read_garage(&client).await;
    let (boot, wall) = (device.clock.elapsed(), device.clock.wall().as_millisecond());
    let boot = i64::try_from(boot.as_millis()).expect("a time");
    let first = kept(&device);
    assert_eq!(first, (boot, wall + 500, 500, wall));

    let a_minute = Duration::from_secs(60);
    pass(&world, &device, a_minute);
    read_garage(&client).await;
    assert_eq!(kept(&device), first, "the same is not written again");
    client.close();
    let client = device.open();
    pass(&world, &device, a_minute);
    read_garage(&client).await;
    assert_eq!(kept(&device), first, "nor by another process");

    world.server_clock.advance(Duration::from_secs(10));
    read_garage(&client).await;
    let (boot, wall) = (boot + 120_000, wall + 120_000);
    assert_eq!(kept(&device), (boot, wall + 10_500, 500, wall));

    // Twenty minutes later this device's clock has been set, and an answer out of a cache says nothing of the time.
    pass(&world, &device, 20 * a_minute);
    shift(&device, DAY);
    let of_a_cache = Fault::Status {
        status: 404,
        headers: vec![("Age".to_owned(), "600".to_owned())],
        body: "{}".into(),
        content_type: "application/json".into(),
    };
    world.control().on(Match::get("/")).then(of_a_cache);
    let asked = client.centers().list(Freshness::NetworkOnly).await;
    asked.expect_err("no list");
    let (boot, wall) = (boot + 1_200_000, wall + 1_200_000);
    let drift = 600;
    assert_eq!(
        kept(&device),
        (boot, wall + 10_500, 500 + drift, wall + DAY * 1000)
    );
}
both_dialects!(what_the_file_has_of_the_time => s10_the_servers_time_is_written_down_when_it_is_news_v1,
    s10_the_servers_time_is_written_down_when_it_is_news_v2);
