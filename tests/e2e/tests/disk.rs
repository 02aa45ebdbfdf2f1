//! Scenario 30: SQLite's file system fails at each of its calls in turn, with each of its codes, once or from then on.
//!
//! A device lives through one day after another; in each, one call more of the day goes well before the fault comes. Then the
//! disk is mended and the device started anew: what was accepted is at the server, once, and the session lives.

use std::time::Duration;

use jiff::ToSpan as _;
use jiff::civil::{DateTime, date};
use pmi_core::model::{BookingTime, Freshness, NewBooking, NotificationId, ServiceType, VehicleId};
use pmi_core::{Result, SessionState};
use pmi_e2e::desk::read_garage;
use pmi_e2e::faults::{Call, Code, Faults};
use pmi_e2e::{Device, World};
use pmi_platform::Dialect;

/// Longer than anything that is waited for.
const PATIENCE: Duration = Duration::from_secs(3600);

/// In the machine's own time: a day that takes longer hangs.
const A_DAY: Duration = Duration::from_secs(60);

/// A new device, so that none has too many bookings to read each day.
const DAYS_OF_A_DEVICE: usize = 60;

/// Its day has fewer calls than that of an old one, by less than this.
const SHORTER: usize = 100;

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
    faults: Faults,
    vehicle: VehicleId,
    notification: NotificationId,
    day: DateTime,
}

impl Life {
    async fn begin(dialect: Dialect) -> Self {
        let world = World::start(dialect).await;
        let (device, client) = world.signed_in().await;
        read_garage(&client).await;
        let centers = client.centers().list(Freshness::NetworkOnly).await;
        centers.expect("the centres");
        let told = client.notifications().list(Freshness::NetworkOnly).await;
        let notification = told.expect("notifications").value[0].id;
        client.close();
        Self {
            vehicle: VehicleId(world.customer().vehicle_ids[0]),
            faults: Faults::under(device.dir()),
            notification,
            day: date(2026, 12, 1).at(10, 0, 0, 0),
            world,
            device,
        }
    }

    /// One day with this fault in it; what failed.
    async fn day(&mut self, at: usize, code: Code, lasting: bool) -> Vec<(usize, Call)> {
        self.day += 1.day();
        let _skipping = self.world.skip_waits(&self.device);
        self.faults.arm(at, code, lasting);
        let mut accepted = Accepted::default();
        let lived = tokio::time::timeout(A_DAY, self.live(code, &mut accepted)).await;
        let hits = self.faults.mend();
        let (first, count) = (hits.first(), hits.len());
        let what =
            || format!("{code:?} from call {at}, lasting: {lasting}, {first:?} of {count}, {accepted:?}");
        match lived {
            Ok(Ok(())) => {}
            Ok(Err(error)) => assert!(code.is_told_by(&error), "{error:?}: {}", what()),
            Err(_) => panic!("it hangs: {}", what()),
        }
        let mended = tokio::time::timeout(A_DAY, self.check(&accepted, &what)).await;
        mended.unwrap_or_else(|_| panic!("mended, it hangs: {}", what()));
        hits
    }

    async fn live(&self, code: Code, accepted: &mut Accepted) -> Result<()> {
        let client = self.device.try_open()?;
        let mut worst = Ok(());
        let mut note = |result: Result<()>| {
            if let (Err(error), Ok(())) = (result, &worst) {
                worst = Err(error);
            }
        };
        client.set_offline(true);
        let new = NewBooking {
            vehicle_id: self.vehicle,
            service: ServiceType::OilChange,
            at: BookingTime::at_the_centre(self.day),
            center_id: None,
            notes: None,
            photos: Vec::new(),
        };
        match client.bookings().book(new, None).await {
            Err(error) => note(Err(error)),
            Ok(item) => {
                accepted.booked = true;
                let id = item.booking.expect("a booking");
                let later = BookingTime::at_the_centre(self.day + 2.hours());
                let moved = client.bookings().reschedule(&id, &later, None).await;
                accepted.moved = moved.is_ok();
                note(moved.map(drop));
            }
        }
        let read = client.notifications().mark_read(self.notification).await;
        note(read.map(drop));
        client.set_offline(false);
        let garage = client.vehicles().list(Freshness::NetworkOnly).await;
        if code.is_of_writing() {
            let garage = garage.expect("reads go on when only writing fails");
            assert!(!garage.value.is_empty());
        } else {
            note(garage.map(drop));
        }
        match client.sync(PATIENCE).await {
            Ok(report) => note(report.stopped.map_or(Ok(()), Err)),
            Err(error) => note(Err(error)),
        }
        client.close();
        worst
    }

    async fn check(&self, accepted: &Accepted, what: &impl Fn() -> String) {
        let client = self.device.open();
        let state = client.account().state().await;
        assert_eq!(state, Ok(SessionState::SignedIn), "{}", what());
        let report = client.sync(PATIENCE).await;
        let report = report.unwrap_or_else(|error| panic!("{error:?}: {}", what()));
        assert!(
            report.remaining == 0 && report.attention == 0,
            "{report:?}: {}",
            what()
        );
        let made = self.world.made().await;
        let count = |at: DateTime| {
            let at = at.strftime("%Y-%m-%dT%H:%M:%S").to_string();
            made.iter().filter(|one| one.starts_with(&at)).count()
        };
        let (first, second) = (count(self.day), count(self.day + 2.hours()));
        let right = if accepted.moved {
            (first, second) == (0, 1)
        } else if accepted.booked {
            first + second == 1
        } else {
            first + second <= 1
        };
        assert!(right, "{first} and {second}: {}", what());
        client.close();
    }
}

async fn each_call_fails(dialect: Dialect, code: Code) {
    let (mut cases, mut calls) = (0, [0, 0]);
    for (lasting, calls) in [false, true].into_iter().zip(&mut calls) {
        let mut life = Life::begin(dialect).await;
        let (mut days, mut is_last) = (0, false);
        loop {
            // Calls that cannot fail so are passed over.
            match life.day(*calls + 1, code, lasting).await.first() {
                Some((met, _)) => (cases, *calls, days) = (cases + 1, *met, days + 1),
                // A new device's day is shorter: the end of it was not met yet.
                None if days == 0 && !is_last => {
                    is_last = true;
                    *calls = calls.saturating_sub(SHORTER);
                }
                None => break,
            }
            if days == DAYS_OF_A_DEVICE && !is_last {
                life = Life::begin(dialect).await;
                days = 0;
            }
        }
    }
    println!("{dialect:?} {code:?}: {cases} cases, over {calls:?} calls");
    assert!(cases > 20, "the faults are not met");
}

/// A test of each code for each dialect.
macro_rules! each_call {
    ($($code:ident => $v1:ident, $v2:ident;)*) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $v1() {
            each_call_fails(Dialect::V1, Code::$code).await;
        }

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $v2() {
            each_call_fails(Dialect::V2, Code::$code).await;
        }
    )*};
}

each_call! {
    Full => s30_a_disk_that_is_full_at_any_call_loses_nothing_v1, s30_a_disk_that_is_full_at_any_call_loses_nothing_v2;
    IoErr => s30_a_disk_that_breaks_at_any_call_loses_nothing_v1, s30_a_disk_that_breaks_at_any_call_loses_nothing_v2;
    Busy => s30_a_file_that_is_busy_at_any_call_loses_nothing_v1, s30_a_file_that_is_busy_at_any_call_loses_nothing_v2;
    ReadOnly => s30_a_file_that_is_read_only_at_any_call_loses_nothing_v1,
        s30_a_file_that_is_read_only_at_any_call_loses_nothing_v2;
    Corrupt => s30_a_file_that_reads_as_damaged_at_any_call_loses_nothing_v1,
        s30_a_file_that_reads_as_damaged_at_any_call_loses_nothing_v2;
}
