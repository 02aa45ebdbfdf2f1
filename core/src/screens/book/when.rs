//! The day and the time on the form: one of the day's free times, or one that is typed.
//!
//! Promised (scenario 28): the digits are those of the centre's clock; where the clocks skip them or show them twice, the person
//! is asked which moment is meant. Pure.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _, Zoned};

use super::draft::FilledWhen;
use super::record::{BookDay, BookSlot, BookSlots, TimeOfDay};
use crate::error::Error;
use crate::model::{BookingTime, CenterId, Connectivity, Slot, Snapshot};
use crate::query::Update;
use crate::screens::cue::Heard;
use crate::screens::standing::Seen;
use crate::screens::{Day, Phase, Standing, Text, TextArg, TextKey, WallTime};

/// Two weeks can be chosen at once.
const DAYS: usize = 14;

/// Where and on which day free times are looked for.
pub(super) type Place = (CenterId, Date);

/// The day and the time.
#[derive(Default)]
pub(super) struct When {
    pub(super) day: Option<Day>,
    pub(super) time: Option<TimeOfDay>,
    /// The free time that was chosen.
    slot: Option<Timestamp>,
    /// The one that was chosen there when the form was left.
    kept: Option<(Place, Timestamp)>,
    /// Of those a typed time can mean, the one that is meant.
    clock: Option<Timestamp>,
    slots: Option<(Place, Seen<Vec<Slot>>)>,
    /// What was found of this very time when it was sent: the clocks skip it (true) or show it twice, and what it can mean.
    asked: Option<(bool, Vec<Zoned>)>,
    /// The form was sent: what is wrong is said from then on.
    visited: bool,
    /// What was found wrong with this very time.
    refused: Option<Text>,
}

/// The moment the form means, and the words it is asked for in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Meant {
    pub(super) at: Zoned,
    pub(super) words: BookingTime,
}

/// Why the form means no moment yet.
pub(super) enum Unclear {
    Day(TextKey),
    Time(TextKey),
    /// The clocks skip it, or show it twice.
    Clock(TextKey, Vec<Zoned>),
}

impl When {
    pub(super) fn choose_day(&mut self, day: Day) {
        self.day = Some(day);
        (self.slot, self.kept) = (None, None);
        (self.clock, self.asked, self.refused) = (None, None, None);
    }

    pub(super) fn choose_time(&mut self, time: TimeOfDay) {
        self.time = Some(time);
        (self.clock, self.asked, self.refused) = (None, None, None);
    }

    pub(super) fn choose_slot(&mut self, at: Timestamp) {
        (self.slot, self.kept, self.refused) = (Some(at), None, None);
    }

    pub(super) fn choose_clock(&mut self, at: Timestamp) {
        self.clock = Some(at);
        self.refused = None;
    }

    pub(super) fn visit(&mut self) {
        self.visited = true;
    }

    pub(super) fn refuse(&mut self, reason: &str) {
        let text = reason.to_owned();
        self.refused = Some(Text::with(TextKey::FieldRefused, TextArg::Words { text }));
    }

    pub(super) fn is_refused(&self) -> bool {
        self.refused.is_some()
    }

    pub(super) fn ask(&mut self, skipped: bool, choices: Vec<Zoned>) {
        self.asked = Some((skipped, choices));
    }

    pub(super) fn date(&self) -> Option<Date> {
        let day = self.day?;
        Date::new(day.year, day.month.try_into().ok()?, day.day.try_into().ok()?).ok()
    }

    pub(super) fn filled(&self) -> FilledWhen {
        FilledWhen {
            day: self.date(),
            center: self
                .place()
                .or(self.kept.map(|(place, _)| place))
                .map(|(center, _)| center),
            time: self.time.map(|time| (time.hour, time.minute)),
            slot: self.slot.or(self.kept.map(|(_, at)| at)),
            clock: self.clock,
        }
    }

    /// As it was filled in. A free time is chosen once those of its day are looked for.
    pub(super) fn take_up(&mut self, filled: &FilledWhen) {
        let place = filled.center.zip(filled.day);
        self.day = filled.day.map(Day::from);
        self.time = filled.time.map(|(hour, minute)| TimeOfDay { hour, minute });
        (self.slot, self.clock) = (filled.slot, filled.clock);
        self.kept = place.zip(filled.slot);
        (self.asked, self.refused) = (None, None);
    }

    /// Free times are looked for there from now on. Whether they are to be asked for.
    pub(super) fn look(&mut self, place: Option<Place>) -> bool {
        let Some(place) = place else {
            self.slots = None;
            return false;
        };
        if self.slots.as_ref().is_some_and(|(known, _)| *known == place) {
            return false;
        }
        // At another place it is another choice.
        let kept = self.kept.take().filter(|(of, _)| *of == place);
        self.slot = kept.map(|(_, at)| at);
        self.slots = Some((place, Seen::default()));
        true
    }

    pub(super) fn hear(&mut self, place: Place, answer: Result<Snapshot<Vec<Slot>>, Error>) {
        if let Some((_, seen)) = self.slots.as_mut().filter(|(known, _)| *known == place) {
            let (snapshot, error) = match answer {
                Ok(snapshot) => {
                    let error = snapshot.refresh_error.clone();
                    (Some(snapshot), error)
                }
                Err(error) => (None, Some(error)),
            };
            seen.hear(Heard::Now(Update {
                snapshot,
                loading: false,
                error,
            }));
        }
    }

    pub(super) fn place(&self) -> Option<Place> {
        self.slots.as_ref().map(|(place, _)| *place)
    }

    /// The free times could not be had.
    pub(super) fn is_failed(&self) -> bool {
        self.standing()
            .is_some_and(|standing| standing.phase == Phase::Failed)
    }

    /// The free times, or newer ones, could not be had.
    pub(super) fn is_behind(&self) -> bool {
        self.standing().is_some_and(|standing| standing.problem.is_some())
    }

    /// The days from this one on that can be chosen at once.
    pub(super) fn shown_days(&self, first: Date) -> Vec<BookDay> {
        let days = first.series(1.day()).take(DAYS).map(Day::from);
        days.map(|day| BookDay {
            day,
            chosen: self.day == Some(day),
        })
        .collect()
    }

    fn standing(&self) -> Option<Standing> {
        let (_, seen) = self.slots.as_ref()?;
        Some(seen.standing(Connectivity::default(), Vec::is_empty))
    }

    /// Whether those there of this time are to be asked for again now: once, and not while they are.
    pub(super) fn renew(&mut self, place: Place, fetched_at: Option<Timestamp>) -> bool {
        let known = self.slots.as_mut().filter(|(known, _)| *known == place);
        known.is_some_and(|(_, seen)| seen.renew(fetched_at))
    }

    /// What is free and still to come.
    fn free(&self, now: Timestamp) -> impl Iterator<Item = &Slot> {
        let all = self.slots.as_ref().and_then(|(_, seen)| seen.value());
        let free = all.into_iter().flatten().filter(|slot| slot.available != Some(0));
        free.filter(move |slot| slot.starts_at.timestamp() > now)
    }

    pub(super) fn shown_slots(&self, reach: Connectivity, now: Timestamp) -> Option<BookSlots> {
        let (_, seen) = self.slots.as_ref()?;
        let free: Vec<BookSlot> = self
            .free(now)
            .map(|slot| BookSlot {
                at: WallTime::from(&slot.starts_at),
                left: slot.available,
                chosen: self.slot == Some(slot.starts_at.timestamp()),
            })
            .collect();
        Some(BookSlots {
            standing: seen.standing(reach, |_| free.is_empty()),
            free,
        })
    }

    pub(super) fn shown_clocks(&self, choices: &[Zoned]) -> Vec<BookSlot> {
        let shown = choices.iter().map(|at| BookSlot {
            at: WallTime::from(at),
            left: None,
            chosen: self.clock == Some(at.timestamp()),
        });
        shown.collect()
    }

    /// What is meant, as far as that can be said without a clock. `typed`: the time is typed.
    pub(super) fn meant(&self, zone: &TimeZone, typed: bool) -> Result<Meant, Unclear> {
        if self.day.is_none() {
            return Err(Unclear::Day(TextKey::FieldDayEmpty));
        }
        let date = self.date().ok_or(Unclear::Day(TextKey::FieldDayMalformed))?;
        if typed {
            return self.typed(date, zone);
        }
        let chosen = self.slot.ok_or(Unclear::Time(TextKey::FieldTimeEmpty))?;
        let mut free = self.free(Timestamp::MIN);
        let slot = free.find(|slot| slot.starts_at.timestamp() == chosen);
        let at = slot
            .ok_or(Unclear::Time(TextKey::FieldTimeTaken))?
            .starts_at
            .clone();
        Ok(Meant {
            words: BookingTime::from(at.clone()),
            at,
        })
    }

    fn typed(&self, date: Date, zone: &TimeZone) -> Result<Meant, Unclear> {
        let time = self.time.ok_or(Unclear::Time(TextKey::FieldTimeEmpty))?;
        let malformed = Unclear::Time(TextKey::FieldTimeMalformed);
        let (Ok(hour), Ok(minute)) = (time.hour.try_into(), time.minute.try_into()) else {
            return Err(malformed);
        };
        let Ok(time) = Time::new(hour, minute, 0, 0) else {
            return Err(malformed);
        };
        let words = BookingTime::at_the_centre(date.to_datetime(time));
        let (skipped, choices) = match (words.resolve(zone), &self.asked) {
            (Err(Error::AmbiguousTime { skipped, choices }), _) => (skipped, choices),
            (Ok(_), Some(asked)) => asked.clone(),
            (Ok(at), None) => return Ok(Meant { at, words }),
            (Err(_), _) => return Err(malformed),
        };
        match choices.iter().find(|at| self.clock == Some(at.timestamp())) {
            Some(at) => Ok(Meant {
                at: at.clone(),
                words: BookingTime::from(at.clone()),
            }),
            None if skipped => Err(Unclear::Clock(TextKey::FieldTimeSkipped, choices)),
            None => Err(Unclear::Clock(TextKey::FieldTimeTwice, choices)),
        }
    }

    /// The moments a typed time can mean, if it is more than one, whichever was chosen.
    pub(super) fn choices(&self, zone: &TimeZone, typed: bool) -> Vec<Zoned> {
        let asked = Self {
            day: self.day,
            time: self.time,
            asked: self.asked.clone(),
            ..Self::default()
        };
        match asked.meant(zone, typed) {
            Err(Unclear::Clock(_, choices)) => choices,
            _ => Vec::new(),
        }
    }

    /// What is wrong with the day, and with the time.
    pub(super) fn problems(
        &self,
        meant: &Result<Meant, Unclear>,
        zone: &TimeZone,
        now: Timestamp,
    ) -> (Option<Text>, Option<Text>) {
        let is_over = self.date().is_some_and(|date| date < today(zone, now));
        let (day, time) = match meant {
            // A question is asked at once.
            Err(Unclear::Clock(key, _)) => return (None, Some((*key).into())),
            // So is a day or a time said that was chosen and cannot be.
            _ if is_over => return (Some(TextKey::FieldDayPast.into()), None),
            Ok(meant) if meant.at.timestamp() <= now => return (None, Some(TextKey::FieldTimePast.into())),
            Err(Unclear::Day(key)) => (Some(*key), None),
            Err(Unclear::Time(key)) => (None, Some(*key)),
            Ok(_) => (None, None),
        };
        let is_said =
            |key: &TextKey| self.visited || !matches!(key, TextKey::FieldDayEmpty | TextKey::FieldTimeEmpty);
        let said = |key: Option<TextKey>| key.filter(is_said).map(Text::from);
        (said(day), said(time).or_else(|| self.refused.clone()))
    }

    /// When what is shown of it changes by time alone.
    pub(super) fn changes_at(
        &self,
        meant: Result<Meant, Unclear>,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Option<Timestamp> {
        let slots = self.free(now).map(|slot| slot.starts_at.timestamp());
        let meant = meant.ok().map(|meant| meant.at.timestamp());
        let tomorrow = today(zone, now).tomorrow().ok();
        let midnight = tomorrow.and_then(|day| day.to_zoned(zone.clone()).ok());
        let all = slots.chain(meant).chain(midnight.map(|at| at.timestamp()));
        all.filter(|at| *at > now).min()
    }
}

/// Today at the centre.
pub(super) fn today(zone: &TimeZone, now: Timestamp) -> Date {
    now.to_zoned(zone.clone()).date()
}
