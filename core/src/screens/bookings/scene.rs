//! The state of the bookings.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, Zoned};

use super::deciding::Again;
use super::decision::{current, shown, slots};
use super::record::{BookingRow, Bookings, BookingsIntent, CallOffQuestion};
use super::row::{Allowed, Section, is_photo, passes_at, photos, row, section};
use crate::error::Result;
use crate::model::{
    Booking, BookingId, BookingStatus, BookingTime, Capabilities, Connectivity, Freshness, OutboxItem,
    OutboxItemId, Permission, WriteAction,
};
use crate::query::Update;
use crate::screens::cue::{Cue, Heard};
use crate::screens::problem::Failure;
use crate::screens::scene::Scene;
use crate::screens::standing::Seen;
use crate::screens::{Text, TextArg, TextKey, WallTime};

/// Of so many bookings that are to come the photos are counted. Each is a request when it is old.
const COUNTED: usize = 8;

/// The state of the bookings.
#[derive(Default)]
pub(crate) struct BookingsScene {
    pub(super) bookings: Seen<Vec<Booking>>,
    /// What is not done; nothing while that is not known.
    items: Option<Vec<OutboxItem>>,
    /// How many photos each has, where that was read.
    photos: BTreeMap<BookingId, u32>,
    /// Of which bookings that was asked.
    counted: BTreeSet<BookingId>,
    can: Capabilities,
    may_change: bool,
    may_call_off: bool,
    reach: Connectivity,
    /// What would be called off, and whether that is being done.
    pub(super) question: Option<(Booking, bool)>,
    /// What is being decided, and how.
    pub(super) busy: BTreeMap<OutboxItemId, BookingsIntent>,
    pub(super) failure: Option<Failure<Again>>,
    /// Counts the people who were shown.
    person: u64,
}

/// What they hear.
pub(crate) enum BookingsEvent {
    Refreshed,
    Bookings(Heard<Update<Vec<Booking>>>),
    Outbox(Heard<Vec<OutboxItem>>),
    /// What is not done, and whose it is.
    Looked(u64, Vec<OutboxItem>),
    Photos(BookingId, u32),
    Reach(Connectivity),
    Can(Capabilities),
    MayChange(bool),
    MayCallOff(bool),
    Decided(OutboxItemId, Result<()>),
    CalledOff(Result<()>),
}

/// What they do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BookingsEffect {
    Watch,
    WatchOutbox,
    LookOutbox(u64),
    WatchReach,
    AskCapabilities,
    AskMayChange,
    AskMayCallOff,
    Refresh,
    Count(BookingId),
    Retry(OutboxItemId),
    Drop(OutboxItemId),
    Move {
        item: OutboxItemId,
        booking: BookingId,
        to: Zoned,
    },
    CallOff(BookingId),
}

impl Scene for BookingsScene {
    type Record = Bookings;
    type Intent = BookingsIntent;
    type Event = BookingsEvent;
    type Effect = BookingsEffect;

    fn opened(&self) -> Vec<BookingsEffect> {
        use BookingsEffect::{AskCapabilities, AskMayCallOff, AskMayChange, Watch, WatchOutbox, WatchReach};
        vec![
            Watch,
            WatchOutbox,
            WatchReach,
            AskCapabilities,
            AskMayChange,
            AskMayCallOff,
        ]
    }

    fn record(&self, now: Timestamp) -> Bookings {
        let deciding = self.deciding();
        let decisions: Vec<_> = deciding
            .iter()
            .filter_map(|item| {
                let booking = self.about(item).map(|booking| self.row(booking, now));
                let busy = self.busy.contains_key(&item.id);
                shown(item, booking, self.allowed(), busy, now)
            })
            .collect();
        let is_empty = |all: &Vec<Booking>| all.is_empty() && decisions.is_empty();
        Bookings {
            standing: self.bookings.standing(self.reach, is_empty),
            pending: self.section(Section::Pending, &deciding, now),
            upcoming: self.section(Section::Upcoming, &deciding, now),
            past: self.section(Section::Past, &deciding, now),
            decisions,
            question: self.question.as_ref().map(|(asked, busy)| {
                // It may be another time by now; or gone, and named anew.
                let booking = self.known(&asked.id).unwrap_or(asked);
                CallOffQuestion {
                    text: called_off(booking),
                    booking: self.row(booking, now),
                    busy: *busy,
                }
            }),
            problem: Failure::shown(self.failure.as_ref()),
            can_book: self.allowed().change,
        }
    }

    fn intend(&mut self, intent: BookingsIntent) -> Vec<BookingsEffect> {
        let asked = intent.clone();
        match intent {
            BookingsIntent::Refresh => {
                self.bookings.ask();
                self.counted.clear();
                vec![BookingsEffect::Refresh]
            }
            BookingsIntent::Retry { item } => self.decide(item, WriteAction::Retry, asked, |_| {
                Some(BookingsEffect::Retry(item))
            }),
            BookingsIntent::KeepServers { item } | BookingsIntent::Drop { item } => {
                self.decide(item, WriteAction::Drop, asked, |_| {
                    Some(BookingsEffect::Drop(item))
                })
            }
            BookingsIntent::ChooseSlot { item, at } => {
                self.decide(item, WriteAction::Change, asked, |found| {
                    let mut free = slots(found, Timestamp::MIN);
                    Some(BookingsEffect::Move {
                        item,
                        booking: found.booking.clone()?,
                        to: free.find(|slot| slot.timestamp() == at.at)?.clone(),
                    })
                })
            }
            BookingsIntent::CallOff { booking } => {
                let is_busy = self.question.as_ref().is_some_and(|(_, busy)| *busy);
                if !is_busy && self.can_call_off(&booking) {
                    self.failure = None;
                    self.question = self.known(&booking).map(|booking| (booking.clone(), false));
                }
                Vec::new()
            }
            BookingsIntent::Confirm => {
                let Some((booking, busy @ false)) = &mut self.question else {
                    return Vec::new();
                };
                *busy = true;
                vec![BookingsEffect::CallOff(booking.id.clone())]
            }
            BookingsIntent::Dismiss => {
                self.question.take_if(|(_, busy)| !*busy);
                self.failure = None;
                Vec::new()
            }
            BookingsIntent::TryAgain => self.try_again(),
        }
    }

    fn hear(&mut self, event: BookingsEvent) -> Vec<BookingsEffect> {
        match event {
            BookingsEvent::Refreshed => self.bookings.answered(),
            BookingsEvent::Bookings(heard) => {
                let is_over = matches!(heard, Heard::Over);
                if is_over {
                    self.forget();
                }
                self.bookings.hear(heard);
                let mut effects = self.count();
                // What the next person has may have been told before, or be the same.
                effects.extend(is_over.then_some(BookingsEffect::LookOutbox(self.person)));
                return effects;
            }
            BookingsEvent::Outbox(Heard::Now(items)) => return self.hear_items(items),
            BookingsEvent::Outbox(_) => self.items = None,
            // What was told since is newer.
            BookingsEvent::Looked(person, items) if person == self.person && self.items.is_none() => {
                return self.hear_items(items);
            }
            BookingsEvent::Looked(..) => {}
            BookingsEvent::Photos(id, count) => {
                if self.counted.contains(&id) {
                    self.photos.insert(id, count);
                }
            }
            BookingsEvent::Reach(reach) => self.reach = reach,
            BookingsEvent::Can(can) => {
                self.can = can;
                return self.count();
            }
            BookingsEvent::MayChange(may) => self.may_change = may,
            BookingsEvent::MayCallOff(may) => self.may_call_off = may,
            BookingsEvent::Decided(item, answer) => self.decided(item, answer),
            BookingsEvent::CalledOff(answer) => self.called_off(answer),
        }
        Vec::new()
    }

    async fn perform(effect: BookingsEffect, cue: Cue<Self>) {
        use BookingsEvent::{CalledOff, Can, Decided, MayCallOff, MayChange, Outbox, Photos, Reach};
        match effect {
            BookingsEffect::Watch => {
                let open = |cue: &Cue<Self>| {
                    let bookings = cue.bookings();
                    async move { bookings.observe_list().await }
                };
                cue.follow(open, BookingsEvent::Bookings).await;
            }
            BookingsEffect::WatchOutbox => {
                let open = |cue: &Cue<Self>| {
                    let outbox = cue.outbox();
                    async move { outbox.observe().await }
                };
                cue.follow(open, Outbox).await;
            }
            BookingsEffect::LookOutbox(person) => {
                cue.look_at_outbox(|items| BookingsEvent::Looked(person, items))
                    .await;
            }
            BookingsEffect::WatchReach => cue.watch(cue.connectivity(), Reach).await,
            BookingsEffect::AskCapabilities => cue.capabilities(Can).await,
            BookingsEffect::AskMayChange => cue.may(&Permission::BookAppointment, MayChange).await,
            BookingsEffect::AskMayCallOff => cue.may(&Permission::CancelOwnAppointment, MayCallOff).await,
            BookingsEffect::Refresh => {
                cue.ask_again();
                // What comes of it is observed.
                drop(cue.bookings().list(Freshness::NetworkFirst).await);
                cue.tell(BookingsEvent::Refreshed);
            }
            BookingsEffect::Count(id) => {
                // How many there are is not known then.
                if let Ok(photos) = cue.bookings().photos(&id, Freshness::CacheFirst).await {
                    let count = u32::try_from(photos.value.len()).unwrap_or(u32::MAX);
                    cue.tell(Photos(id, count));
                }
            }
            BookingsEffect::Retry(item) => {
                let answer = awoken(&cue, |_| {
                    let outbox = cue.outbox();
                    async move { outbox.retry(item).await }
                });
                cue.tell(Decided(item, answer.await));
            }
            BookingsEffect::Drop(item) => {
                let answer = awoken(&cue, |_| {
                    let outbox = cue.outbox();
                    async move { outbox.drop_item(item).await }
                });
                let answer = answer.await;
                let stays = answer.is_ok();
                cue.tell(Decided(item, answer));
                // What the server has is shown from now on: not as it was when it was last asked.
                if stays {
                    drop(cue.bookings().list(Freshness::NetworkFirst).await);
                }
            }
            BookingsEffect::Move { item, booking, to } => {
                let at = BookingTime::from(to);
                let answer = awoken(&cue, |operation| {
                    let (bookings, id, at) = (cue.bookings(), booking.clone(), at.clone());
                    async move { bookings.reschedule(&id, &at, Some(operation)).await }
                });
                cue.tell(Decided(item, answer.await));
            }
            BookingsEffect::CallOff(booking) => {
                let answer = awoken(&cue, |operation| {
                    let (bookings, id) = (cue.bookings(), booking.clone());
                    async move { bookings.cancel(&id, Some(operation)).await }
                });
                cue.tell(CalledOff(answer.await));
            }
        }
    }

    fn is_begun(effect: &BookingsEffect) -> bool {
        use BookingsEffect::{CallOff, Drop, Move, Retry};
        matches!(effect, Retry(_) | Drop(_) | Move { .. } | CallOff(_))
    }

    fn changes_at(&self, now: Timestamp) -> Option<Timestamp> {
        let bookings = self.bookings.value().into_iter().flatten();
        let passing = bookings.filter_map(|booking| passes_at(booking, now));
        let deciding = self.deciding();
        let gone = deciding
            .iter()
            .flat_map(|item| slots(item, now).map(Zoned::timestamp));
        passing.chain(gone).min()
    }
}

/// Done once a suspension is over, under one operation id however often it is tried.
async fn awoken<F>(cue: &Cue<BookingsScene>, work: impl Fn(String) -> F + Send + Sync) -> Result<()>
where
    F: Future<Output = Result<OutboxItem>> + Send,
{
    let operation = cue.draw()?;
    cue.awoken(|_| work(operation.clone())).await.map(drop)
}

fn called_off(booking: &Booking) -> Text {
    let at = WallTime::from(&booking.starts_at);
    Text::with(TextKey::CallOffAsk, TextArg::Wall { at })
}

impl BookingsScene {
    pub(super) fn allowed(&self) -> Allowed {
        Allowed {
            change: self.can.book && self.may_change,
            call_off: self.can.book && self.may_call_off,
        }
    }

    pub(super) fn all_items(&self) -> Box<dyn Iterator<Item = &OutboxItem> + '_> {
        match &self.items {
            Some(items) => Box::new(items.iter()),
            None => {
                let bookings = self.bookings.value().into_iter().flatten();
                Box::new(bookings.filter_map(|booking| booking.pending.as_deref()))
            }
        }
    }

    /// The booking that an item is about, as it shows now.
    fn about<'a>(&'a self, item: &'a OutboxItem) -> Option<&'a Booking> {
        let listed = item.booking.as_ref().and_then(|id| self.known(id));
        listed.or_else(|| current(item))
    }

    pub(super) fn known(&self, id: &BookingId) -> Option<&Booking> {
        let mut listed = self.bookings.value().into_iter().flatten();
        let found = listed.find(|booking| booking.id == *id);
        // One that the list does not have any more can still have something to be decided.
        found.or_else(|| {
            let mut of_it = self.all_items().filter(|item| item.booking.as_ref() == Some(id));
            of_it.find_map(current)
        })
    }

    pub(super) fn row(&self, booking: &Booking, now: Timestamp) -> BookingRow {
        let items = self.items.as_deref().unwrap_or_default();
        let photos = photos(&booking.id, items, &self.photos);
        let pending = booking.pending.as_ref();
        let busy = pending.is_some_and(|pending| self.busy.contains_key(&pending.id));
        row(booking, photos, self.allowed(), busy, now)
    }

    /// The bookings of one section, those left out about which something is to be decided.
    fn section(&self, which: Section, deciding: &[&OutboxItem], now: Timestamp) -> Vec<BookingRow> {
        let is_decided = |booking: &&Booking| {
            let about_it =
                |item: &&&OutboxItem| !is_photo(item) && item.booking.as_ref() == Some(&booking.id);
            !deciding.iter().any(|item| about_it(&item))
        };
        let all = self.bookings.value().into_iter().flatten();
        let mut found: Vec<&Booking> = all
            .filter(|booking| section(booking, now) == which)
            .filter(is_decided)
            .collect();
        found.sort_by_key(|booking| booking.starts_at.timestamp());
        if which == Section::Past {
            found.reverse();
        }
        found.into_iter().map(|booking| self.row(booking, now)).collect()
    }

    fn hear_items(&mut self, items: Vec<OutboxItem>) -> Vec<BookingsEffect> {
        let before = self.items.take().unwrap_or_default();
        let of = |items: &[OutboxItem], id: &BookingId| {
            let of_it = items
                .iter()
                .filter(|item| is_photo(item) && item.booking.as_ref() == Some(id));
            u32::try_from(of_it.count()).unwrap_or(u32::MAX)
        };
        // Of a booking that has fewer photos to be sent, some have arrived or were given up.
        let fewer: BTreeSet<BookingId> = before
            .iter()
            .filter(|item| is_photo(item))
            .filter_map(|item| item.booking.clone())
            .filter(|id| of(&items, id) < of(&before, id) && id.server_number().is_some())
            .collect();
        for id in &fewer {
            let known = self.photos.entry(id.clone()).or_default();
            *known = (*known).max(of(&before, id));
        }
        self.items = Some(items);
        self.counted.extend(fewer.iter().cloned());
        fewer.into_iter().map(BookingsEffect::Count).collect()
    }

    /// The bookings whose photos are to be counted and were not yet.
    fn count(&mut self) -> Vec<BookingsEffect> {
        if !self.can.photos {
            return Vec::new();
        }
        let to_come = |booking: &&Booking| {
            use BookingStatus::{Cancelled, Completed};
            booking.id.server_number().is_some() && !matches!(booking.status, Cancelled | Completed)
        };
        let listed = self.bookings.value().into_iter().flatten();
        let ids = listed.filter(to_come).take(COUNTED).map(|booking| &booking.id);
        let new: Vec<BookingId> = ids.filter(|id| !self.counted.contains(id)).cloned().collect();
        self.counted.extend(new.iter().cloned());
        new.into_iter().map(BookingsEffect::Count).collect()
    }

    /// Nothing of one person is left for the next.
    fn forget(&mut self) {
        self.person += 1;
        self.items = None;
        self.photos.clear();
        self.counted.clear();
        self.question = None;
        self.busy.clear();
        self.failure = None;
    }
}
