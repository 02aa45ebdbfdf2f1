//! What the form shows, and whether it is filled in right.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::events::Order;
use super::record::{
    Book, BookCenter, BookFault, BookPart, BookService, BookVehicle, MovedBooking, TimeOfDay,
};
use super::scene::BookScene;
use super::when::{Meant, Unclear, today};
use crate::error::{Error, Refusal};
use crate::model::rules::{self, NOTES};
use crate::model::{
    Booking, BookingStatus, CenterId, NewBooking, ServiceCenter, ServiceType, VehicleId, VehicleSummary,
};
use crate::screens::form::fault;
use crate::screens::{Day, Phase, Problem, Quantity, Remedy, Standing, Text, TextKey, Unit, WallTime, words};

/// The services, in the order in which they are shown.
const SERVICES: [ServiceType; 5] = [
    ServiceType::GeneralService,
    ServiceType::OilChange,
    ServiceType::BrakeService,
    ServiceType::Inspection,
    ServiceType::Repair,
];

pub(super) fn service_named(word: &str) -> Option<ServiceType> {
    SERVICES.into_iter().find(|service| service.as_word() == word)
}

/// A time at which every centre is open.
const MORNING: TimeOfDay = TimeOfDay { hour: 10, minute: 0 };

/// A word to the centre, or none.
fn notes(typed: &str) -> Result<(), Text> {
    rules::text(typed, 0, NOTES).map_err(fault)
}

fn notes_left(typed: &str) -> i32 {
    let left = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    left(NOTES).saturating_sub(left(typed.chars().count()))
}

impl BookScene {
    pub(super) fn shown(&self, now: Timestamp) -> Book {
        let (zone, typed) = (self.zone(), self.types_time());
        let (day_problem, time_problem) = self.when.problems(&self.when.meant(&zone, typed), &zone, now);
        let said = |problem: Option<TextKey>| problem.filter(|_| self.visited).map(Text::from);
        let is_moving = self.moving.is_some();
        let problem = self.problem.clone().or_else(|| self.hindrance());
        let mut shown = Book {
            standing: self.standing(),
            moving: self.moved().map(moved),
            vehicles: self.vehicle_choices(),
            vehicle_problem: said(self.vehicle_problem()),
            services: if is_moving {
                Vec::new()
            } else {
                self.service_choices()
            },
            service_problem: said(self.service_problem()),
            choose_center: !self.listed_centers().is_empty(),
            centers_standing: self
                .offers_centers()
                .then(|| self.centers.standing(self.reach, Vec::is_empty)),
            centers: self.center_choices(),
            center_problem: self
                .center_refused
                .clone()
                .or_else(|| said(self.center_problem())),
            zone: zone_name(&zone, now),
            first_day: Day::from(today(&zone, now)),
            days: self.when.shown_days(today(&zone, now)),
            day: self.when.day,
            day_problem,
            slots: self.when.shown_slots(self.reach, now),
            type_time: typed,
            time: self.when.time,
            time_begins: self.time_begins(),
            time_problem,
            clocks: self.when.shown_clocks(&self.when.choices(&zone, typed)),
            notes: self.notes.shown(notes(self.notes.text())),
            notes_left: notes_left(self.notes.text()),
            takes_photos: self.takes_photos(),
            photos: self.photos.shown(),
            can_add_photo: self.takes_photos() && !self.photos.is_full(),
            photo_problem: self.photos.problem(),
            draft: self.draft(),
            fault: None,
            stops: self.stops.count(),
            can_submit: self.can_submit(),
            busy: self.busy,
            problem,
            accepted: self.accepted.clone(),
        };
        shown.fault = self.fault(&shown);
        shown
    }

    /// Where it was stopped last, with what is still said there.
    fn fault(&self, shown: &Book) -> Option<BookFault> {
        let part = self.stops.fault(|_| true)?;
        let part = match part {
            // A day that is over is seen when it is sent.
            BookPart::Time if shown.day_problem.is_some() => BookPart::Day,
            part => part,
        };
        let problem = match part {
            BookPart::Vehicle => shown.vehicle_problem.clone(),
            BookPart::Service => shown.service_problem.clone(),
            BookPart::Center => shown.center_problem.clone(),
            BookPart::Day => shown.day_problem.clone(),
            BookPart::Time => shown.time_problem.clone(),
            BookPart::Notes => shown.notes.problem.clone(),
            BookPart::Photos => shown.photo_problem.clone(),
        };
        problem.map(|problem| BookFault { part, problem })
    }

    /// The first part that keeps it from being sent, as far as that can be said without a clock.
    pub(super) fn first_fault(&self) -> Option<BookPart> {
        let meant = self.when.meant(&self.zone(), self.types_time());
        let all = [
            (BookPart::Vehicle, self.vehicle_problem().is_some()),
            (BookPart::Service, self.service_problem().is_some()),
            (
                BookPart::Center,
                self.center_refused.is_some() || self.center_problem().is_some(),
            ),
            (BookPart::Day, matches!(meant, Err(Unclear::Day(_)))),
            (BookPart::Time, meant.is_err() || self.when.is_refused()),
            (BookPart::Notes, self.notes.is_wrong(notes(self.notes.text()))),
            (BookPart::Photos, self.photos.problem().is_some()),
        ];
        let first = all.into_iter().find(|(_, is_wrong)| *is_wrong);
        first.map(|(part, _)| part)
    }

    fn time_begins(&self) -> TimeOfDay {
        let now = self
            .moved()
            .map(|booking| TimeOfDay::of(booking.starts_at.time()));
        self.when.time.or(now).unwrap_or(MORNING)
    }

    /// Whether it can be sent, however it is filled in.
    pub(super) fn can_submit(&self) -> bool {
        let is_ready = self.moving.is_none() || self.moved().is_some_and(is_changeable);
        is_ready && self.can.book && self.may == Some(true) && !self.busy && self.accepted.is_none()
    }

    /// What stands against it, however it is filled in.
    fn hindrance(&self) -> Option<Problem> {
        if self.may == Some(false) && self.is_known() {
            let refused = Error::Refused {
                why: Refusal::MissingPermission { permission: None },
                reason: String::new(),
                request_id: None,
            };
            return Some(Problem::from(&refused));
        }
        let is_fixed = self.moved().is_some_and(|booking| !is_changeable(booking));
        is_fixed.then(|| Problem {
            text: TextKey::PendingNotChangeable.into(),
            remedy: Remedy::Nothing,
            request_id: None,
        })
    }

    /// Somebody is signed in, as far as what is shown tells.
    fn is_known(&self) -> bool {
        self.vehicles.value().is_some() || self.moved().is_some()
    }

    pub(super) fn moved(&self) -> Option<&Booking> {
        self.moved.as_ref()?.as_ref().ok()
    }

    fn standing(&self) -> Standing {
        if self.moving.is_none() {
            return self.vehicles.standing(self.reach, Vec::is_empty);
        }
        let standing = self.bookings.standing(self.reach, |_| false);
        match &self.moved {
            Some(Ok(_)) => Standing {
                phase: Phase::Shown,
                ..standing
            },
            Some(Err(error)) => Standing {
                phase: Phase::Failed,
                problem: Some(Problem::from(error)),
                ..standing
            },
            None if standing.phase == Phase::Failed => standing,
            None => Standing {
                phase: Phase::FirstLoad,
                ..standing
            },
        }
    }

    fn listed_vehicles(&self) -> &[VehicleSummary] {
        self.vehicles.value().map(Vec::as_slice).unwrap_or_default()
    }

    /// A centre is chosen on this server, where its centres are known.
    pub(super) fn offers_centers(&self) -> bool {
        self.can.choose_center && self.moving.is_none()
    }

    fn listed_centers(&self) -> &[ServiceCenter] {
        let centers = self.centers.value().filter(|_| self.offers_centers());
        centers.map(Vec::as_slice).unwrap_or_default()
    }

    /// The one that was chosen, or the only one there is.
    pub(super) fn vehicle_id(&self) -> Option<VehicleId> {
        self.vehicle.or(match self.listed_vehicles() {
            [only] => Some(only.vehicle.id),
            _ => None,
        })
    }

    pub(super) fn center_id(&self) -> Option<CenterId> {
        if self.moving.is_some() {
            return self.moved()?.center_id;
        }
        match self.listed_centers() {
            [only] => Some(only.id),
            all => self.center.filter(|id| all.iter().any(|center| center.id == *id)),
        }
    }

    /// The clock that is meant.
    pub(super) fn zone(&self) -> TimeZone {
        if let Some(booking) = self.moved() {
            return booking.starts_at.time_zone().clone();
        }
        let (centers, chosen) = (self.listed_centers(), self.center_id());
        let of_chosen = centers.iter().find(|center| Some(center.id) == chosen);
        // Where one is not chosen but all go by the same clock, it is that one.
        let of_all = centers.first().filter(|first| {
            let mut all = centers.iter();
            all.all(|center| center.time_zone == first.time_zone)
        });
        let named = of_chosen.or(of_all).map(|center| center.time_zone.as_str());
        let zone = named.and_then(|name| TimeZone::get(name).ok());
        zone.unwrap_or_else(|| self.home.clone())
    }

    /// Free times are listed for a chosen centre, where they can be had. A centre that is to be chosen is chosen first.
    pub(super) fn types_time(&self) -> bool {
        let has_centre = self.center_id().is_some() || self.center_problem().is_some();
        !self.can.slots || !has_centre || self.when.is_failed()
    }

    fn takes_photos(&self) -> bool {
        self.can.photos && self.moving.is_none()
    }

    fn vehicle_choices(&self) -> Vec<BookVehicle> {
        if self.moving.is_some() {
            return Vec::new();
        }
        let chosen = self.vehicle_id();
        let all = self.listed_vehicles().iter().map(|one| &one.vehicle);
        all.map(|vehicle| BookVehicle {
            id: vehicle.id,
            name: format!("{} {}", vehicle.make, vehicle.model),
            year: vehicle.year,
            chosen: Some(vehicle.id) == chosen,
        })
        .collect()
    }

    fn service_choices(&self) -> Vec<BookService> {
        let all = SERVICES.iter().map(|service| BookService {
            word: service.as_word().to_owned(),
            text: words::service(service),
            minutes: service
                .minutes()
                .map(|minutes| Quantity::whole(f64::from(minutes), Unit::Minutes)),
            chosen: self.service.as_ref() == Some(service),
        });
        all.collect()
    }

    fn center_choices(&self) -> Vec<BookCenter> {
        let chosen = self.center_id();
        let all = self.listed_centers().iter().map(|center| BookCenter {
            id: center.id,
            name: center.name.clone(),
            address: center.address.clone(),
            city: center.city.clone(),
            chosen: Some(center.id) == chosen,
        });
        all.collect()
    }

    fn vehicle_problem(&self) -> Option<TextKey> {
        let missing = self.moving.is_none() && self.vehicle_id().is_none();
        missing.then_some(TextKey::FieldVehicleEmpty)
    }

    fn service_problem(&self) -> Option<TextKey> {
        let missing = self.moving.is_none() && self.service.is_none();
        missing.then_some(TextKey::FieldServiceEmpty)
    }

    /// Where the centres are not on this device, the choice is left to the server.
    fn center_problem(&self) -> Option<TextKey> {
        let is_loading = self.centers.standing(self.reach, Vec::is_empty).phase == Phase::FirstLoad;
        let is_needed = self.offers_centers() && (is_loading || !self.listed_centers().is_empty());
        (is_needed && self.center_id().is_none()).then_some(TextKey::FieldCenterEmpty)
    }

    /// What is to be sent, if everything is filled in right. That its time is not over is looked at when it is sent.
    pub(super) fn order(&self) -> Option<(Order, Meant)> {
        let meant = self.when.meant(&self.zone(), self.types_time()).ok()?;
        if let Some(id) = &self.moving {
            return Some((Order::Move(id.clone(), meant.words.clone()), meant));
        }
        let is_right = self.center_problem().is_none() && notes(self.notes.text()).is_ok();
        let new = NewBooking {
            vehicle_id: self.vehicle_id().filter(|_| is_right)?,
            service: self.service.clone()?,
            at: meant.words.clone(),
            center_id: self.center_id(),
            notes: Some(self.notes.text().to_owned()).filter(|notes| !notes.trim().is_empty()),
            photos: if self.takes_photos() {
                self.photos.all()
            } else {
                Vec::new()
            },
        };
        Some((Order::Book(new), meant))
    }
}

fn is_changeable(booking: &Booking) -> bool {
    use BookingStatus::{Confirmed, Scheduled, Unknown};
    // What stands against an earlier change must still be settled.
    let is_deciding = booking
        .pending
        .as_ref()
        .is_some_and(|pending| pending.state.needs_attention());
    is_deciding || matches!(booking.status, Scheduled | Confirmed | Unknown(_))
}

fn moved(booking: &Booking) -> MovedBooking {
    let (status, tone) = words::booking_status(&booking.status);
    MovedBooking {
        id: booking.id.clone(),
        vehicle: booking.vehicle.clone(),
        service: words::service(&booking.service),
        center: booking.center.clone(),
        starts_at: WallTime::from(&booking.starts_at),
        status,
        tone,
    }
}

fn zone_name(zone: &TimeZone, now: Timestamp) -> String {
    match zone.iana_name() {
        Some(name) => name.to_owned(),
        None => zone.to_offset(now).to_string(),
    }
}
