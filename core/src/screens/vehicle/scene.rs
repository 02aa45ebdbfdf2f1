//! The state of the screen of one vehicle.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::parts;
use super::reading::readings;
use super::record::{
    VehicleHeading, VehicleHistory, VehicleIntent, VehiclePage, VehicleTelemetry, VehicleWarranty,
};
use super::series::Series;
use crate::model::{Booking, Capabilities, Connectivity, Freshness, Permission, VehicleDetails, VehicleId};
use crate::query::Update;
use crate::screens::cue::{Cue, Heard};
use crate::screens::marks::Foreseen;
use crate::screens::scene::Scene;
use crate::screens::standing::Seen;
use crate::screens::{BookingMark, Day, HealthMark, PredictionMark, Quantity, TextKey, Tone, Unit};

/// The state of the screen of one vehicle.
pub(crate) struct VehicleScene {
    id: VehicleId,
    details: Seen<VehicleDetails>,
    bookings: Seen<Vec<Booking>>,
    series: Series,
    can: Capabilities,
    may_book: bool,
    reach: Connectivity,
}

/// What it hears.
pub(crate) enum VehicleEvent {
    DetailsRefreshed,
    BookingsRefreshed,
    Details(Box<Heard<Update<VehicleDetails>>>),
    Bookings(Box<Heard<Update<Vec<Booking>>>>),
    Reach(Connectivity),
    Can(Capabilities),
    MayBook(bool),
}

/// What it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum VehicleEffect {
    Watch(VehicleId),
    WatchBookings,
    WatchReach,
    AskCapabilities,
    AskPermission,
    Refresh(VehicleId),
    RefreshBookings,
}

impl Scene for VehicleScene {
    type Record = VehiclePage;
    type Intent = VehicleIntent;
    type Event = VehicleEvent;
    type Effect = VehicleEffect;

    fn opened(&self) -> Vec<VehicleEffect> {
        use VehicleEffect::{AskCapabilities, AskPermission, Watch, WatchBookings, WatchReach};
        vec![
            Watch(self.id),
            WatchBookings,
            WatchReach,
            AskCapabilities,
            AskPermission,
        ]
    }

    fn record(&self, now: Timestamp) -> VehiclePage {
        let details = self.details.value();
        let components = details.map_or(&[][..], |details| &details.components);
        let predictions = details.map_or(&[][..], |details| &details.predictions);
        VehiclePage {
            standing: self.details.standing(self.reach, |_| false),
            heading: details.map(|details| heading(details, now)),
            health: details.map(|details| HealthMark::from(&details.health)),
            components: parts::placed(components, now),
            others: parts::others(components, now),
            predictions: predictions
                .iter()
                .map(|one| PredictionMark::of(one, now))
                .collect(),
            telemetry: details
                .and_then(|details| details.telemetry.as_ref())
                .map(|latest| VehicleTelemetry {
                    measured_at: latest.measured_at,
                    readings: readings(latest, &self.series),
                }),
            history: VehicleHistory {
                standing: self
                    .bookings
                    .standing(self.reach, |all| self.own(all).next().is_none()),
                bookings: self.history(),
            },
            can_book: self.can.book && self.may_book && details.is_some(),
        }
    }

    fn intend(&mut self, intent: VehicleIntent) -> Vec<VehicleEffect> {
        match intent {
            VehicleIntent::Refresh => {
                self.details.ask();
                self.bookings.ask();
                vec![VehicleEffect::Refresh(self.id), VehicleEffect::RefreshBookings]
            }
        }
    }

    fn hear(&mut self, event: VehicleEvent) -> Vec<VehicleEffect> {
        match event {
            VehicleEvent::DetailsRefreshed => self.details.answered(),
            VehicleEvent::BookingsRefreshed => self.bookings.answered(),
            VehicleEvent::Details(heard) => {
                self.details.hear(*heard);
                match self.details.value() {
                    Some(details) => {
                        if let Some(telemetry) = &details.telemetry {
                            self.series.note(telemetry);
                        }
                    }
                    None => self.series.clear(),
                }
            }
            VehicleEvent::Bookings(heard) => self.bookings.hear(*heard),
            VehicleEvent::Reach(reach) => self.reach = reach,
            VehicleEvent::Can(can) => self.can = can,
            VehicleEvent::MayBook(may) => self.may_book = may,
        }
        Vec::new()
    }

    async fn perform(effect: VehicleEffect, cue: Cue<Self>) {
        match effect {
            VehicleEffect::Watch(id) => {
                let open = |cue: &Cue<Self>| {
                    let vehicles = cue.vehicles();
                    async move { vehicles.observe_details(id).await }
                };
                cue.follow(open, |heard| VehicleEvent::Details(Box::new(heard)))
                    .await;
            }
            VehicleEffect::WatchBookings => {
                let open = |cue: &Cue<Self>| {
                    let bookings = cue.bookings();
                    async move { bookings.observe_list().await }
                };
                cue.follow(open, |heard| VehicleEvent::Bookings(Box::new(heard)))
                    .await;
            }
            VehicleEffect::WatchReach => cue.watch(cue.connectivity(), VehicleEvent::Reach).await,
            VehicleEffect::AskCapabilities => cue.capabilities(VehicleEvent::Can).await,
            VehicleEffect::AskPermission => {
                cue.may(&Permission::BookAppointment, VehicleEvent::MayBook).await;
            }
            // What comes of these is observed.
            VehicleEffect::Refresh(id) => {
                cue.ask_again();
                let _ = cue.vehicles().details(id, Freshness::NetworkFirst).await;
                cue.tell(VehicleEvent::DetailsRefreshed);
            }
            VehicleEffect::RefreshBookings => {
                let _ = cue.bookings().list(Freshness::NetworkFirst).await;
                cue.tell(VehicleEvent::BookingsRefreshed);
            }
        }
    }

    fn changes_at(&self, now: Timestamp) -> Option<Timestamp> {
        let details = self.details.value()?;
        let predictions = details.predictions.iter();
        let days = predictions.filter_map(|one| Foreseen::from(one).changes_at(now));
        let issues = parts::changes_at(&details.components, now);
        let warranty = details.warranty_until.and_then(over_at).filter(|at| *at > now);
        days.chain(issues).chain(warranty).min()
    }
}

impl VehicleScene {
    pub(crate) fn of(id: VehicleId) -> Self {
        Self {
            id,
            details: Seen::default(),
            bookings: Seen::default(),
            series: Series::default(),
            can: Capabilities::default(),
            may_book: false,
            reach: Connectivity::default(),
        }
    }

    /// One that does not say which vehicle it is of is nobody's here: by its name alone it could be another of the same model.
    fn own<'a>(&self, all: &'a [Booking]) -> impl Iterator<Item = &'a Booking> + use<'a> {
        let id = self.id;
        all.iter().filter(move |booking| booking.vehicle_id == Some(id))
    }

    /// The server puts the newest first, and what waits is put among them.
    fn history(&self) -> Vec<BookingMark> {
        let all = self.bookings.value().map_or(&[][..], Vec::as_slice);
        self.own(all).map(BookingMark::from).collect()
    }
}

fn heading(details: &VehicleDetails, now: Timestamp) -> VehicleHeading {
    let vehicle = &details.vehicle;
    VehicleHeading {
        id: vehicle.id,
        name: format!("{} {}", vehicle.make, vehicle.model),
        year: vehicle.year,
        vin: vehicle.vin.clone(),
        mileage: vehicle.mileage_km.map(|km| Quantity::whole(km, Unit::Kilometres)),
        purchased_on: details.purchased_on.map(Day::from),
        warranty: details.warranty_until.map(|until| warranty(until, now)),
    }
}

fn warranty(until: Date, now: Timestamp) -> VehicleWarranty {
    let over = over_at(until).is_some_and(|at| now >= at);
    let (text, tone) = if over {
        (TextKey::WarrantyOver, Tone::Neutral)
    } else {
        (TextKey::WarrantyRuns, Tone::Good)
    };
    VehicleWarranty {
        until: Day::from(until),
        over,
        text: text.into(),
        tone,
    }
}

/// When a day is over. Both dialects name the days of UTC.
fn over_at(day: Date) -> Option<Timestamp> {
    let begins = day.to_zoned(TimeZone::UTC).ok()?.timestamp();
    begins.checked_add(SignedDuration::from_hours(24)).ok()
}
