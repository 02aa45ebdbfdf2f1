//! The state of the form.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::events::{BookEffect, BookEvent, Order};
use super::form::service_named;
use super::photos::Photos;
use super::record::{AcceptedBooking, Book, BookIntent, BookPart};
use super::when::When;
use crate::error::{Error, Result};
use crate::model::{
    Booking, BookingId, Capabilities, CenterId, Connectivity, Freshness, OutboxItem, Permission,
    ServiceCenter, ServiceType, Slot, Snapshot, VehicleId, VehicleSummary, Waiting,
};
use crate::screens::cue::{Cue, Heard};
use crate::screens::form::{self, Input, Stops};
use crate::screens::scene::Scene;
use crate::screens::standing::Seen;
use crate::screens::{Problem, Text, TextArg, TextKey};
use crate::services::SLOTS_GOOD_FOR;

/// The state of the form.
pub(crate) struct BookScene {
    /// The booking that is moved, by the id it was opened with.
    pub(super) moving: Option<BookingId>,
    /// The same as it is now.
    pub(super) moved: Option<Result<Booking>>,
    /// Looked at while one is moved: it can change meanwhile.
    pub(super) bookings: Seen<Vec<Booking>>,
    pub(super) vehicles: Seen<Vec<VehicleSummary>>,
    pub(super) centers: Seen<Vec<ServiceCenter>>,
    /// The clock of centres that do not say theirs.
    pub(super) home: TimeZone,
    pub(super) vehicle: Option<VehicleId>,
    pub(super) service: Option<ServiceType>,
    pub(super) center: Option<CenterId>,
    pub(super) center_refused: Option<Text>,
    pub(super) when: When,
    pub(super) notes: Input,
    pub(super) photos: Photos,
    pub(super) can: Capabilities,
    /// Whether the person may book; nothing while that is not known.
    pub(super) may: Option<bool>,
    pub(super) reach: Connectivity,
    pub(super) stops: Stops<BookPart>,
    /// It was sent once: what is missing is said from then on.
    pub(super) visited: bool,
    /// What the form as it is goes under.
    pub(super) operation: Option<String>,
    /// It went, or may have before the form was taken up.
    pub(super) was_sent: bool,
    /// Whose form it is: counts the persons.
    pub(super) person: u64,
    pub(super) busy: bool,
    pub(super) problem: Option<Problem>,
    pub(super) accepted: Option<AcceptedBooking>,
}

impl Scene for BookScene {
    type Record = Book;
    type Intent = BookIntent;
    type Event = BookEvent;
    type Effect = BookEffect;

    fn opened(&self) -> Vec<BookEffect> {
        let of = match self.moving {
            Some(_) => BookEffect::WatchBookings,
            None => BookEffect::WatchVehicles,
        };
        vec![
            of,
            BookEffect::WatchReach,
            BookEffect::AskCapabilities,
            BookEffect::AskMay,
            BookEffect::NewOperation(self.person),
        ]
    }

    fn record(&self, now: Timestamp) -> Book {
        self.shown(now)
    }

    fn intend(&mut self, intent: BookIntent) -> Vec<BookEffect> {
        let as_sent = self.was_sent.then(|| (self.draft(), self.photos.shown()));
        match intent {
            BookIntent::Refresh => return self.refresh(),
            // What is being sent is what was filled in.
            _ if self.busy || self.accepted.is_some() => return Vec::new(),
            BookIntent::Submit => return self.submit(),
            BookIntent::TakeUp { draft } => {
                let mut effects = self.take_up(&draft);
                effects.extend(self.look_for_slots());
                return effects;
            }
            BookIntent::NotesLeft => {
                self.notes.visit();
                return Vec::new();
            }
            BookIntent::Vehicle { id } => self.vehicle = Some(id),
            BookIntent::Service { word } => self.service = service_named(&word),
            BookIntent::Center { id } => {
                self.center = Some(id);
                self.center_refused = None;
            }
            BookIntent::Day { day } => self.when.choose_day(day),
            BookIntent::Slot { at } => self.when.choose_slot(at.at),
            BookIntent::Time { time } => self.when.choose_time(time),
            BookIntent::Clock { at } => self.when.choose_clock(at.at),
            BookIntent::Notes { text } => self.notes.set(text),
            BookIntent::AddPhoto { bytes } => self.photos.add(bytes),
            BookIntent::RemovePhoto { number } => self.photos.remove(number),
        }
        let mut effects = self.look_for_slots();
        // Filled in otherwise, it is another wish.
        if as_sent.is_some_and(|as_sent| as_sent != (self.draft(), self.photos.shown())) {
            (self.operation, self.was_sent) = (None, false);
            effects.push(BookEffect::NewOperation(self.person));
        }
        effects
    }

    fn hear(&mut self, event: BookEvent) -> Vec<BookEffect> {
        match event {
            BookEvent::VehiclesRefreshed => self.vehicles.answered(),
            BookEvent::BookingsRefreshed => self.bookings.answered(),
            BookEvent::Vehicles(heard) => {
                let anew = matches!(heard, Heard::Over).then(|| self.forget());
                self.vehicles.hear(heard);
                let mut effects = self.look_for_slots();
                effects.extend(anew.into_iter().flatten());
                return effects;
            }
            BookEvent::Bookings(heard) => {
                let anew = matches!(heard, Heard::Over).then(|| self.forget());
                let is_there = matches!(heard, Heard::Now(_));
                self.bookings.hear(heard);
                let id = self.moving.clone().filter(|_| is_there);
                let look_at = id.map(|id| BookEffect::LookAt(self.person, id));
                return look_at.into_iter().chain(anew.into_iter().flatten()).collect();
            }
            // It was another's.
            BookEvent::Moved(person, _)
            | BookEvent::TooLate(person)
            | BookEvent::NewOperation(person, _)
            | BookEvent::Answered(person, ..)
            | BookEvent::Found(person, ..)
                if person != self.person => {}
            BookEvent::Moved(_, booking) => {
                // What was shown once is not taken away because it cannot be looked at now.
                if booking.is_ok() || self.moved().is_none() {
                    self.moved = Some(booking);
                }
            }
            BookEvent::Centers(heard) => self.centers.hear(heard),
            BookEvent::Slots(place, answer) => {
                self.when.hear(place, answer);
                return Vec::new();
            }
            // Nobody chooses any more.
            BookEvent::SlotsDue(..) if self.accepted.is_some() => return Vec::new(),
            BookEvent::SlotsDue(place, of) => {
                let is_due = self.when.renew(place, of);
                let ask = is_due.then_some(BookEffect::AskSlots(place, Freshness::NetworkFirst));
                return ask.into_iter().collect();
            }
            BookEvent::Reach(reach) => return self.hear_reach(reach),
            BookEvent::Can(can) => {
                let begins = can.choose_center && !self.can.choose_center && self.moving.is_none();
                self.can = can;
                let mut effects = self.look_for_slots();
                effects.extend(begins.then_some(BookEffect::WatchCenters));
                return effects;
            }
            BookEvent::May(may) => self.may = Some(may),
            // What was told since is newer.
            BookEvent::LookedMay(person, may) if person == self.person && self.may.is_none() => {
                self.may = Some(may);
            }
            BookEvent::LookedMay(..) => {}
            // It is said at its field.
            BookEvent::TooLate(_) => {
                self.busy = false;
                self.stops.note(Some(BookPart::Time));
            }
            BookEvent::NewOperation(_, operation) => {
                self.operation.get_or_insert(operation);
            }
            BookEvent::Answered(_, operation, answer) => self.answered(operation, answer),
            // Filled in otherwise since, it is not this form any more.
            BookEvent::Found(_, operation, item) if self.operation.as_ref() == Some(&operation) => {
                self.answered(operation, Ok(item));
            }
            BookEvent::Found(..) => {}
        }
        self.look_for_slots()
    }

    async fn perform(effect: BookEffect, cue: Cue<Self>) {
        match effect {
            BookEffect::WatchVehicles => {
                let open = |cue: &Cue<Self>| {
                    let vehicles = cue.vehicles();
                    async move { vehicles.observe_list().await }
                };
                cue.follow(open, BookEvent::Vehicles).await;
            }
            BookEffect::WatchBookings => {
                let open = |cue: &Cue<Self>| {
                    let bookings = cue.bookings();
                    async move { bookings.observe_list().await }
                };
                cue.follow(open, BookEvent::Bookings).await;
            }
            BookEffect::WatchCenters => {
                let open = |cue: &Cue<Self>| {
                    let centers = cue.centers();
                    async move { centers.observe_list().await }
                };
                cue.follow(open, BookEvent::Centers).await;
            }
            BookEffect::WatchReach => cue.watch(cue.connectivity(), BookEvent::Reach).await,
            BookEffect::AskCapabilities => cue.capabilities(BookEvent::Can).await,
            BookEffect::AskMay => cue.may(&Permission::BookAppointment, BookEvent::May).await,
            BookEffect::LookMay(person) => {
                let may = cue.may_now(&Permission::BookAppointment).await;
                cue.tell(BookEvent::LookedMay(person, may.unwrap_or(false)));
            }
            BookEffect::LookAt(person, id) => {
                let look = |cue: &Cue<Self>| {
                    let (bookings, id) = (cue.bookings(), id.clone());
                    async move { bookings.shown(&id).await }
                };
                cue.tell(BookEvent::Moved(person, cue.awoken(look).await));
            }
            BookEffect::AskSlots((center, date), freshness) => {
                let ask = |cue: &Cue<Self>| {
                    let centers = cue.centers();
                    async move { centers.slots(center, date, freshness).await }
                };
                let answer = cue.awoken(ask).await;
                let (due, of) = (due(&answer), fetched_at(&answer));
                cue.tell(BookEvent::Slots((center, date), answer));
                if let Some(due) = due {
                    cue.until(due).await;
                    cue.tell(BookEvent::SlotsDue((center, date), of));
                }
            }
            // Where none can be drawn now, one is when it is sent.
            BookEffect::NewOperation(person) => {
                if let Ok(operation) = cue.draw() {
                    cue.tell(BookEvent::NewOperation(person, operation));
                }
            }
            BookEffect::LookSent(person, operation) => {
                let history = |cue: &Cue<Self>| {
                    let outbox = cue.outbox();
                    async move { outbox.history().await }
                };
                let all = cue.awoken(history).await.unwrap_or_default();
                if let Some(item) = all.into_iter().find(|item| item.operation_id == operation) {
                    cue.tell(BookEvent::Found(person, operation, item));
                }
            }
            // What comes of them is observed.
            BookEffect::RefreshVehicles => {
                cue.ask_again();
                drop(cue.vehicles().list(Freshness::NetworkFirst).await);
                cue.tell(BookEvent::VehiclesRefreshed);
            }
            BookEffect::RefreshCenters => {
                drop(cue.centers().list(Freshness::NetworkFirst).await);
            }
            BookEffect::RefreshBookings => {
                cue.ask_again();
                drop(cue.bookings().list(Freshness::NetworkFirst).await);
                cue.tell(BookEvent::BookingsRefreshed);
            }
            BookEffect::Send {
                person,
                order,
                at,
                operation,
            } => {
                if at.timestamp() <= cue.now() {
                    return cue.tell(BookEvent::TooLate(person));
                }
                let (operation, answer) = send(&cue, order, operation).await;
                cue.tell(BookEvent::Answered(person, operation, answer));
            }
        }
    }

    fn is_begun(effect: &BookEffect) -> bool {
        matches!(effect, BookEffect::Send { .. })
    }

    fn changes_at(&self, now: Timestamp) -> Option<Timestamp> {
        let zone = self.zone();
        let meant = self.when.meant(&zone, self.types_time());
        self.when.changes_at(meant, &zone, now)
    }
}

/// When free times are to be asked for again: when they are old, or when the server said.
fn due(answer: &Result<Snapshot<Vec<Slot>>>) -> Option<Timestamp> {
    let (snapshot, error) = match answer {
        Ok(snapshot) => (Some(snapshot), snapshot.refresh_error.as_ref()),
        Err(error) => (None, Some(error)),
    };
    match error {
        Some(Error::Busy { until }) => Some(*until),
        Some(_) => None,
        None => snapshot?.fetched_at.checked_add(SLOTS_GOOD_FOR).ok(),
    }
}

fn fetched_at(answer: &Result<Snapshot<Vec<Slot>>>) -> Option<Timestamp> {
    Some(answer.as_ref().ok()?.fetched_at)
}

/// Accepted once a suspension is over, under one operation id however often it is tried.
async fn send(cue: &Cue<BookScene>, order: Order, operation: Option<String>) -> (String, Result<OutboxItem>) {
    let operation = match operation.map_or_else(|| cue.draw(), Ok) {
        Ok(operation) => operation,
        Err(error) => return (String::new(), Err(error)),
    };
    let accept = |cue: &Cue<BookScene>| {
        let (bookings, order, operation) = (cue.bookings(), order.clone(), operation.clone());
        async move {
            match order {
                Order::Book(new) => bookings.book(new, Some(operation)).await,
                Order::Move(id, to) => bookings.reschedule(&id, &to, Some(operation)).await,
            }
        }
    };
    let answer = cue.awoken(accept).await;
    (operation, answer)
}

impl BookScene {
    /// Booking service for this vehicle, or for one that is chosen.
    pub(crate) fn new(vehicle: Option<VehicleId>, home: TimeZone) -> Self {
        Self {
            moving: None,
            moved: None,
            bookings: Seen::default(),
            vehicles: Seen::default(),
            centers: Seen::default(),
            home,
            vehicle,
            service: None,
            center: None,
            center_refused: None,
            when: When::default(),
            notes: Input::default(),
            photos: Photos::default(),
            can: Capabilities::default(),
            may: None,
            reach: Connectivity::default(),
            stops: Stops::default(),
            visited: false,
            operation: None,
            was_sent: false,
            person: 0,
            busy: false,
            problem: None,
            accepted: None,
        }
    }

    /// Another time for this booking.
    pub(crate) fn moving(booking: BookingId, home: TimeZone) -> Self {
        Self {
            moving: Some(booking),
            ..Self::new(None, home)
        }
    }

    fn submit(&mut self) -> Vec<BookEffect> {
        self.visited = true;
        self.when.visit();
        self.notes.visit();
        self.problem = None;
        let order = self.order();
        let fault = if order.is_none() { self.first_fault() } else { None };
        self.stops.note(fault);
        let Some((order, meant)) = order.filter(|_| self.can_submit()) else {
            return Vec::new();
        };
        (self.busy, self.was_sent) = (true, true);
        vec![BookEffect::Send {
            person: self.person,
            order,
            at: meant.at,
            operation: self.operation.clone(),
        }]
    }

    fn answered(&mut self, operation: String, answer: Result<OutboxItem>) {
        self.busy = false;
        let error = match answer {
            Ok(item) => {
                self.accepted = accepted(item);
                self.notes.clear();
                self.photos = Photos::default();
                return;
            }
            Err(error) => error,
        };
        self.operation = Some(operation).filter(|operation| !operation.is_empty());
        let fault = if self.said_at_a_field(&error) {
            self.first_fault()
        } else {
            self.problem = Some(Problem::from(&error));
            None
        };
        self.stops.note(fault);
    }

    fn said_at_a_field(&mut self, error: &Error) -> bool {
        let refused = |reason: &str| {
            let text = reason.to_owned();
            Text::with(TextKey::FieldRefused, TextArg::Words { text })
        };
        match error {
            Error::AmbiguousTime { skipped, choices } => self.when.ask(*skipped, choices.clone()),
            Error::InvalidInput { field, reason } => match field.as_str() {
                "at" => self.when.refuse(reason),
                "center" => self.center_refused = Some(refused(reason)),
                "photo" | "photos" => self.photos.refuse(refused(reason)),
                _ => return form::refuse(error, &mut [("notes", &mut self.notes)]),
            },
            _ => return false,
        }
        true
    }

    fn refresh(&mut self) -> Vec<BookEffect> {
        let of = match self.moving {
            Some(_) => {
                self.bookings.ask();
                BookEffect::RefreshBookings
            }
            None => {
                self.vehicles.ask();
                BookEffect::RefreshVehicles
            }
        };
        let centers = self.offers_centers().then_some(BookEffect::RefreshCenters);
        let slots = self.when.place();
        let slots = slots.map(|place| BookEffect::AskSlots(place, Freshness::NetworkFirst));
        [of].into_iter().chain(centers).chain(slots).collect()
    }

    /// With a network again, what could not be had is asked for again.
    fn hear_reach(&mut self, reach: Connectivity) -> Vec<BookEffect> {
        let is_back = self.reach != Connectivity::Online && reach == Connectivity::Online;
        self.reach = reach;
        let place = self.when.place().filter(|_| is_back && self.when.is_behind());
        let ask = place.map(|place| BookEffect::AskSlots(place, Freshness::CacheFirst));
        ask.into_iter().collect()
    }

    fn look_for_slots(&mut self) -> Vec<BookEffect> {
        let center = self.center_id().filter(|_| self.can.slots);
        let place = center.zip(self.when.date());
        if !self.when.look(place) {
            return Vec::new();
        }
        let ask = place.map(|place| BookEffect::AskSlots(place, Freshness::CacheFirst));
        ask.into_iter().collect()
    }

    /// Nothing of one person is left for the next, of whom it is asked what they may do.
    fn forget(&mut self) -> [BookEffect; 2] {
        *self = Self {
            moving: self.moving.take(),
            can: self.can,
            reach: self.reach,
            centers: std::mem::take(&mut self.centers),
            person: self.person + 1,
            ..Self::new(None, self.home.clone())
        };
        [
            BookEffect::LookMay(self.person),
            BookEffect::NewOperation(self.person),
        ]
    }
}

fn accepted(item: OutboxItem) -> Option<AcceptedBooking> {
    Some(AcceptedBooking {
        waits_for_network: item.waiting == Some(Waiting::Network),
        booking: item.booking?,
    })
}
