//! The two servers, as far as bookings and notifications go; and one that becomes the other.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::Zoned;

use crate::model::{Booking, BookingId, BookingStatus, ServiceType, VehicleId};

/// How long v2 keeps the answer of a key.
const KEY_LIVES: Duration = Duration::from_secs(24 * 3600);

/// What is asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Create { hour: i64 },
    Move { hour: i64 },
    Cancel,
    Read { notification: i64 },
}

/// A request, and for which write it is.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) seq: i64,
    pub(super) chain: usize,
    pub(super) key: String,
    pub(super) what: What,
    /// The version that was read before.
    pub(super) if_match: Option<u32>,
}

/// What the server says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    Applied,
    SlotTaken,
    /// Somebody else was there first.
    Changed,
    Refused,
    NotFound,
}

/// What the server says, and what it shows with it.
pub(super) type Said = (Answer, Option<Row>);

/// A booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) made_by: String,
    /// v1 keeps what made it in its notes only.
    pub(super) by_v2: bool,
    pub(super) hour: i64,
    pub(super) cancelled: bool,
    pub(super) version: u32,
    /// How often somebody else has changed it.
    pub(super) others: u32,
}

pub(super) struct Server {
    pub(super) has_keys: bool,
    /// By chain; at most one of each, or it was made twice.
    pub(super) rows: BTreeMap<usize, Row>,
    pub(super) removed: BTreeSet<usize>,
    pub(super) read: BTreeSet<i64>,
    keys: BTreeMap<String, (Duration, Said)>,
    /// Hours that nobody has asked for: each is given once.
    fresh: i64,
    /// What it never makes.
    pub(super) cursed: BTreeSet<usize>,
}

impl Row {
    /// As it is shown.
    pub(super) fn booking(&self) -> Booking {
        Booking {
            id: BookingId::from_server(7),
            vehicle_id: Some(VehicleId(51)),
            vehicle: None,
            service: ServiceType::OilChange,
            starts_at: at(self.hour),
            status: if self.cancelled {
                BookingStatus::Cancelled
            } else {
                BookingStatus::Scheduled
            },
            center_id: None,
            center: None,
            minutes: None,
            notes: None,
            created_at: None,
            operation: None,
            pending: None,
        }
    }
}

impl Server {
    pub(super) fn new(has_keys: bool) -> Self {
        Self {
            has_keys,
            rows: BTreeMap::new(),
            removed: BTreeSet::new(),
            read: BTreeSet::new(),
            keys: BTreeMap::new(),
            fresh: 1000,
            cursed: BTreeSet::new(),
        }
    }

    /// Answers, and whether anything was changed by it. `taken`: v2 finds the slot taken; v1 books the next free one (Q9).
    pub(super) fn handle(
        &mut self,
        asked: &Asked,
        taken: bool,
        now: Duration,
    ) -> Result<(Said, bool), String> {
        if self.has_keys
            && let Some((since, said)) = self.keys.get(&asked.key)
            && now < *since + KEY_LIVES
        {
            return Ok((said.clone(), false));
        }
        let before = (self.rows.get(&asked.chain).cloned(), self.read.len());
        let answer = self.judge(asked, taken)?;
        let said = (answer, self.rows.get(&asked.chain).cloned());
        if self.has_keys {
            self.keys.insert(asked.key.clone(), (now, said.clone()));
        }
        let after = (self.rows.get(&asked.chain), self.read.len());
        let value = |row: Option<&Row>| row.map(|row| (row.hour, row.cancelled));
        let changed = (value(before.0.as_ref()), before.1) != (value(after.0), after.1);
        Ok((said, changed))
    }

    fn judge(&mut self, asked: &Asked, taken: bool) -> Result<Answer, String> {
        let chain = asked.chain;
        let has_keys = self.has_keys;
        let wanted = match asked.what {
            What::Read { notification } => {
                self.read.insert(notification);
                return Ok(Answer::Applied);
            }
            What::Create { .. } if self.cursed.contains(&chain) => return Ok(Answer::Refused),
            What::Create { .. } | What::Move { .. } if has_keys && taken => return Ok(Answer::SlotTaken),
            What::Create { hour } => {
                if self.rows.contains_key(&chain) || self.removed.contains(&chain) {
                    return Err("a booking was made twice".to_owned());
                }
                let hour = if taken { self.another_hour() } else { hour };
                let row = Row {
                    made_by: asked.key.clone(),
                    by_v2: has_keys,
                    hour,
                    cancelled: false,
                    version: 1,
                    others: 0,
                };
                self.rows.insert(chain, row);
                return Ok(Answer::Applied);
            }
            What::Move { hour } => Some(hour),
            What::Cancel => None,
        };
        let Some(row) = self.rows.get_mut(&chain) else {
            return Ok(Answer::NotFound);
        };
        if has_keys && asked.if_match.is_some_and(|version| version != row.version) {
            return Ok(Answer::Changed);
        }
        match wanted {
            Some(_) if has_keys && row.cancelled => return Ok(Answer::Refused),
            // v1 revives what was cancelled.
            Some(hour) => (row.hour, row.cancelled) = (hour, false),
            None => row.cancelled = true,
        }
        row.version += 1;
        Ok(Answer::Applied)
    }

    fn another_hour(&mut self) -> i64 {
        self.fresh += 1;
        self.fresh
    }

    /// Somebody else moves the booking, calls it off, or has it removed.
    pub(super) fn change(&mut self, chain: usize, how: u64) {
        let hour = self.another_hour();
        let Some(row) = self.rows.get_mut(&chain).filter(|row| !row.cancelled) else {
            return;
        };
        (row.version, row.others) = (row.version + 1, row.others + 1);
        match how {
            0..=2 => {
                self.rows.remove(&chain);
                self.removed.insert(chain);
            }
            3..=5 => row.cancelled = true,
            _ => row.hour = hour,
        }
    }

    /// Another version of it is started: it knows no key, and nothing of what was asked of the old one.
    pub(super) fn becomes_v2(&mut self) {
        self.has_keys = true;
    }
}

/// The time of this hour, counted from Christmas.
pub(super) fn at(hour: i64) -> Zoned {
    jiff::Timestamp::from_second(MIDNIGHT + hour * 3600)
        .unwrap()
        .to_zoned(jiff::tz::TimeZone::UTC)
}

/// The hour of this time.
pub(super) fn hour(at: &Zoned) -> i64 {
    (at.timestamp().as_second() - MIDNIGHT) / 3600
}

/// 2026-12-25, in seconds.
const MIDNIGHT: i64 = 1_798_156_800;
