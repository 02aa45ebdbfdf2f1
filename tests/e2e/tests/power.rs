//! Scenario 30: the power is cut before each write and each sync of the account file in turn. Then what was not synced is lost, or
//! some sectors of it are there and others not.
//!
//! A device lives through one day after another, of a booking with a photo, a move and a refresh; in each, the power holds for one
//! call more. Then it is started anew: what was accepted is at the server, once, and the session lives. The secret store and the
//! cache are not cut: the one syncs for itself, and nothing of the other is a promise.

use std::time::Duration;

use jiff::ToSpan as _;
use jiff::civil::{DateTime, date};
use pmi_core::model::{BookingTime, Freshness, NewBooking, ServiceType, VehicleId};
use pmi_core::{Result, SessionState};
use pmi_e2e::desk::read_garage;
use pmi_e2e::faults::{Cut, Faults, Left};
use pmi_e2e::photos::{KIB, jpeg, photo};
use pmi_e2e::{Device, World, asleep};
use pmi_platform::{Dialect, SeenBooking};

/// Longer than anything that is waited for.
const PATIENCE: Duration = Duration::from_secs(3600);

/// In the machine's own time: a day that takes longer hangs.
const A_DAY: Duration = Duration::from_secs(60);

/// What of a day was accepted.
#[derive(Debug, Default)]
struct Accepted {
    booked: bool,
    moved: bool,
}

/// A device to go through days.
struct Life {
    world: World,
    device: Device,
    power: Faults,
    vehicle: VehicleId,
    day: DateTime,
}

impl Life {
    async fn begin(dialect: Dialect) -> Self {
        let world = World::start(dialect).await;
        let (device, client) = world.signed_in().await;
        read_garage(&client).await;
        let centers = client.centers().list(Freshness::NetworkOnly).await;
        centers.expect("the centres");
        client.close();
        Self {
            vehicle: VehicleId(world.customer().vehicle_ids[0]),
            power: Faults::under(&device.dir().join("data")),
            day: date(2026, 12, 1).at(10, 0, 0, 0),
            world,
            device,
        }
    }

    /// The photo of this day; v1 has none.
    fn photo(&self) -> Option<Vec<u8>> {
        let seed = self.day.day().unsigned_abs();
        (self.world.dialect == Dialect::V2).then(|| jpeg(20 * KIB, seed))
    }

    /// One day until the power is cut so; whether it was.
    async fn day(&mut self, cut: Cut, left: Left) -> bool {
        self.day += 1.day();
        self.world.expire_tokens(&self.device);
        let _skipping = self.world.skip_waits(&self.device);
        self.power.cut_power(cut);
        let mut accepted = Accepted::default();
        let lived = tokio::time::timeout(A_DAY, self.live(&mut accepted)).await;
        let is_cut = self.power.power_returns(left).is_some();
        let what = format!("cut {cut:?}, {left:?} left, {accepted:?}");
        match lived {
            Ok(result) => assert!(result.is_ok() || is_cut, "{result:?}: {what}"),
            Err(_) => panic!("it hangs: {what}"),
        }
        let checked = tokio::time::timeout(A_DAY, self.check(&accepted, &what)).await;
        checked.unwrap_or_else(|_| panic!("with power again, it hangs: {what}"));
        is_cut
    }

    async fn live(&self, accepted: &mut Accepted) -> Result<()> {
        let client = self.device.try_open()?;
        client.set_offline(true);
        let new = NewBooking {
            vehicle_id: self.vehicle,
            service: ServiceType::OilChange,
            at: BookingTime::at_the_centre(self.day),
            center_id: None,
            notes: None,
            photos: self.photo().iter().map(|bytes| photo(bytes)).collect(),
        };
        let all = match client.bookings().book(new, None).await {
            Err(error) => Err(error),
            Ok(item) => {
                accepted.booked = true;
                let id = item.booking.expect("a booking");
                client.set_offline(false);
                let sent = client.sync(PATIENCE).await;
                let later = BookingTime::at_the_centre(self.day + 2.hours());
                let moved = client.bookings().reschedule(&id, &later, None).await;
                accepted.moved = moved.is_ok();
                sent.and(moved).map(drop)
            }
        };
        let all = all.and(client.sync(PATIENCE).await.map(drop));
        client.close();
        all
    }

    async fn check(&self, accepted: &Accepted, what: &str) {
        let client = self.device.open();
        assert_eq!(client.set_aside(), Vec::<std::path::PathBuf>::new(), "{what}");
        let report = client.sync(PATIENCE).await;
        let report = report.unwrap_or_else(|error| panic!("{error:?}: {what}"));
        assert_eq!((report.remaining, report.attention), (0, 0), "{report:?}: {what}");
        let signed_in = asleep::read(&client).await;
        signed_in.unwrap_or_else(|error| panic!("{error:?}: {what}"));
        assert_eq!(
            client.account().state().await,
            Ok(SessionState::SignedIn),
            "{what}"
        );
        client.close();

        let (first, second) = (
            self.made_at(self.day).await,
            self.made_at(self.day + 2.hours()).await,
        );
        let right = match (accepted.moved, accepted.booked) {
            (true, _) => (first.len(), second.len()) == (0, 1),
            (false, true) => first.len() + second.len() == 1,
            (false, false) => first.len() + second.len() <= 1,
        };
        assert!(right, "{first:?} and {second:?}: {what}");
        for booking in first.iter().chain(&second) {
            let photos = self.world.control().photos(booking.id).await.expect("asked");
            let bytes: Vec<&Vec<u8>> = photos.iter().map(|photo| &photo.bytes).collect();
            assert_eq!(photos.len(), usize::from(self.photo().is_some()), "{what}");
            assert!(photos.iter().all(|photo| photo.complete), "{what}");
            assert!(bytes.into_iter().eq(self.photo().iter()), "{what}");
        }
    }

    /// What there is at the server at this time of ours.
    async fn made_at(&self, at: DateTime) -> Vec<SeenBooking> {
        let at = at.strftime("%Y-%m-%dT%H:%M:%S").to_string();
        let customer = self.world.customer().id;
        let mut seen = self
            .world
            .control()
            .bookings(Some(customer))
            .await
            .expect("asked");
        seen.retain(|one| one.wall_time.starts_with(&at));
        seen
    }
}

/// A new device, so that none has too many bookings to read each day.
const DAYS_OF_A_DEVICE: usize = 60;

/// Cuts one call later each day until there is none; how many there are in a day.
async fn cut_at_each(dialect: Dialect, cut: fn(usize) -> Cut, left: Left) -> usize {
    let mut life = Life::begin(dialect).await;
    for at in 1.. {
        if at % DAYS_OF_A_DEVICE == 0 {
            life = Life::begin(dialect).await;
        }
        if !life.day(cut(at), left).await {
            println!("{dialect:?}, {left:?} left: cut before each of {} calls", at - 1);
            return at - 1;
        }
    }
    0
}

async fn cut_at_each_call(dialect: Dialect) {
    let changes = cut_at_each(dialect, Cut::AtChange, Left::Nothing).await;
    for seed in 1..=4 {
        let syncs = cut_at_each(dialect, Cut::AtSync, Left::Some(seed)).await;
        assert!(
            syncs > 10 && changes > 2 * syncs,
            "the calls are not met: {syncs}, {changes}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s30_a_power_cut_at_any_call_loses_nothing_that_was_accepted_v1() {
    cut_at_each_call(Dialect::V1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s30_a_power_cut_at_any_call_loses_nothing_that_was_accepted_v2() {
    cut_at_each_call(Dialect::V2).await;
}
