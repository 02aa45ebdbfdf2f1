//! The state of the list of notifications.
//!
//! Promised: what was opened shows as read at once, with a network or without, and is noted once however often it is opened;
//! noting it outlives the screen (scenario 22). What the server does not accept can be tried again or left (25).

use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::Timestamp;

use super::record::{NotificationRow, NotificationWay, Notifications, NotificationsIntent};
use crate::error::Error;
use crate::model::{Connectivity, Freshness, Notification, NotificationId, OutboxItemId, WriteAction};
use crate::query::Update;
use crate::screens::cue::{Cue, Heard};
use crate::screens::problem::Failure;
use crate::screens::scene::Scene;
use crate::screens::standing::Seen;
use crate::screens::{Pending, TextKey, words};

/// The state of the list of notifications.
#[derive(Default)]
pub(crate) struct NotificationsScene {
    list: Seen<Vec<Notification>>,
    /// Read here, and the list does not show it yet.
    reading: BTreeSet<NotificationId>,
    /// Being left as they are.
    leaving: BTreeSet<NotificationId>,
    /// Counts the people who were shown; an answer to one of before is not taken.
    person: u64,
    failure: Option<Failure<Again>>,
    reach: Connectivity,
}

/// What would do again what could not be noted.
#[derive(Debug, Clone)]
enum Again {
    Note(Vec<NotificationId>),
    Leave(NotificationId),
}

/// What it hears.
pub(crate) enum NotificationsEvent {
    Refreshed,
    List(Heard<Update<Vec<Notification>>>),
    Reach(Connectivity),
    /// These could not be noted, and whose they are.
    NotNoted(u64, Vec<NotificationId>, Error),
    /// What came of leaving one as it is, and whose it is.
    Left(u64, NotificationId, Result<(), Error>),
}

/// What it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotificationsEffect {
    Watch,
    WatchReach,
    Refresh,
    /// Note that these were read, by this person.
    Note(u64, Vec<NotificationId>),
    /// Give up that this was read.
    Leave(u64, NotificationId, OutboxItemId),
}

impl Scene for NotificationsScene {
    type Record = Notifications;
    type Intent = NotificationsIntent;
    type Event = NotificationsEvent;
    type Effect = NotificationsEffect;

    fn opened(&self) -> Vec<NotificationsEffect> {
        vec![NotificationsEffect::Watch, NotificationsEffect::WatchReach]
    }

    fn record(&self, _now: Timestamp) -> Notifications {
        let mut rows: Vec<NotificationRow> = self.all().iter().map(|one| self.row(one)).collect();
        rows.sort_by_key(|row| Reverse(row.sent_at));
        let unread = rows.iter().filter(|row| !row.read).count();
        Notifications {
            standing: self.list.standing(self.reach, Vec::is_empty),
            rows,
            unread: u32::try_from(unread).unwrap_or(u32::MAX),
            can_mark_all: unread > 0,
            problem: Failure::shown(self.failure.as_ref()),
        }
    }

    fn intend(&mut self, intent: NotificationsIntent) -> Vec<NotificationsEffect> {
        match intent {
            NotificationsIntent::Refresh => {
                self.list.ask();
                vec![NotificationsEffect::Refresh]
            }
            NotificationsIntent::Open { id } => self.note(|one| one.id == id),
            NotificationsIntent::LeaveUnread { id } => self.leave(id),
            NotificationsIntent::MarkAllRead => self.note(|_| true),
            NotificationsIntent::TryAgain => match self.failure.take().map(|failure| failure.again) {
                None => Vec::new(),
                Some(Again::Note(ids)) => self.note(|one| ids.contains(&one.id)),
                Some(Again::Leave(id)) => self.leave(id),
            },
        }
    }

    fn hear(&mut self, event: NotificationsEvent) -> Vec<NotificationsEffect> {
        match event {
            NotificationsEvent::Refreshed => self.list.answered(),
            NotificationsEvent::List(heard) => {
                if let Heard::Over = heard {
                    self.person += 1;
                    self.leaving.clear();
                    self.failure = None;
                }
                self.list.hear(heard);
                let waits: BTreeSet<NotificationId> = self
                    .all()
                    .iter()
                    .filter(|one| !one.read && one.pending.is_none())
                    .map(|one| one.id)
                    .collect();
                self.reading.retain(|id| waits.contains(id));
            }
            NotificationsEvent::Reach(reach) => self.reach = reach,
            NotificationsEvent::NotNoted(person, ..) | NotificationsEvent::Left(person, ..)
                if person != self.person => {}
            NotificationsEvent::Left(_, id, answer) => {
                self.leaving.remove(&id);
                if let Err(error) = answer {
                    self.failure = Some(Failure::of(&error, Again::Leave(id)));
                }
            }
            NotificationsEvent::NotNoted(_, ids, error) => {
                self.reading.retain(|id| !ids.contains(id));
                self.failure = Some(Failure::of(&error, Again::Note(ids)));
            }
        }
        Vec::new()
    }

    async fn perform(effect: NotificationsEffect, cue: Cue<Self>) {
        match effect {
            NotificationsEffect::Watch => {
                let open = |cue: &Cue<Self>| {
                    let notifications = cue.notifications();
                    async move { notifications.observe_list().await }
                };
                cue.follow(open, NotificationsEvent::List).await;
            }
            NotificationsEffect::WatchReach => {
                cue.watch(cue.connectivity(), NotificationsEvent::Reach).await;
            }
            NotificationsEffect::Refresh => {
                cue.ask_again();
                // What comes of it is observed.
                let _ = cue.notifications().list(Freshness::NetworkFirst).await;
                cue.tell(NotificationsEvent::Refreshed);
            }
            NotificationsEffect::Note(person, ids) => {
                // Whoever is signed in by then has not read them.
                let whose = cue.whose();
                for (done, id) in ids.iter().copied().enumerate() {
                    let note = |cue: &Cue<Self>| {
                        let (notifications, whose) = (cue.notifications(), whose.clone());
                        async move { notifications.mark_read_by(whose, id).await }
                    };
                    if let Err(error) = cue.awoken(note).await {
                        let left = ids.get(done..).unwrap_or_default().to_vec();
                        return cue.tell(NotificationsEvent::NotNoted(person, left, error));
                    }
                }
            }
            NotificationsEffect::Leave(person, id, item) => {
                let leave = |cue: &Cue<Self>| {
                    let outbox = cue.outbox();
                    async move { outbox.drop_item(item).await.map(drop) }
                };
                cue.tell(NotificationsEvent::Left(person, id, cue.awoken(leave).await));
            }
        }
    }

    fn is_begun(effect: &NotificationsEffect) -> bool {
        matches!(
            effect,
            NotificationsEffect::Note(..) | NotificationsEffect::Leave(..)
        )
    }
}

impl NotificationsScene {
    fn all(&self) -> &[Notification] {
        self.list.value().map_or(&[][..], Vec::as_slice)
    }

    fn is_read(&self, one: &Notification) -> bool {
        one.read || self.reading.contains(&one.id)
    }

    /// Those of these that are not read yet.
    fn note(&mut self, which: impl Fn(&Notification) -> bool) -> Vec<NotificationsEffect> {
        self.failure = None;
        let unread = self.all().iter().filter(|one| which(one) && !self.is_read(one));
        let ids: Vec<NotificationId> = unread.map(|one| one.id).collect();
        if ids.is_empty() {
            return Vec::new();
        }
        self.reading.extend(&ids);
        vec![NotificationsEffect::Note(self.person, ids)]
    }

    fn leave(&mut self, id: NotificationId) -> Vec<NotificationsEffect> {
        let found = self.all().iter().find(|one| one.id == id);
        let Some(item) = found.and_then(|one| self.refused(one)) else {
            return Vec::new();
        };
        self.failure = None;
        self.leaving.insert(id);
        vec![NotificationsEffect::Leave(self.person, id, item)]
    }

    /// What the server did not accept of one, and can be given up.
    fn refused(&self, one: &Notification) -> Option<OutboxItemId> {
        let item = one.pending.as_deref()?;
        let is_refused = item.state.needs_attention() && item.actions().contains(&WriteAction::Drop);
        (is_refused && !self.leaving.contains(&one.id) && !self.is_read(one)).then_some(item.id)
    }

    fn ways(&self, one: &Notification) -> Vec<NotificationWay> {
        let id = one.id;
        let way = |text: TextKey, intent| NotificationWay {
            text: text.into(),
            intent,
        };
        match self.refused(one) {
            None => Vec::new(),
            Some(_) => vec![
                way(TextKey::WayTryAgain, NotificationsIntent::Open { id }),
                way(TextKey::WayLeaveUnread, NotificationsIntent::LeaveUnread { id }),
            ],
        }
    }

    fn row(&self, one: &Notification) -> NotificationRow {
        let (kind, tone) = words::notification_kind(&one.kind);
        NotificationRow {
            id: one.id,
            kind,
            tone,
            channel: words::notification_channel(&one.channel),
            text: one.text.clone(),
            vehicle: one.vehicle.as_deref().map(without_vin),
            vehicle_id: one.vehicle_id,
            sent_at: one.sent_at,
            read: self.is_read(one),
            pending: one.pending.as_deref().and_then(Pending::of),
            ways: self.ways(one),
        }
    }
}

/// v1 puts the vehicle's number behind its name, in brackets.
fn without_vin(vehicle: &str) -> String {
    let name = vehicle.strip_suffix(')').and_then(|rest| {
        let (name, vin) = rest.rsplit_once(" (")?;
        let is_vin = vin.len() == 17 && vin.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_vin.then_some(name)
    });
    name.unwrap_or(vehicle).to_owned()
}
