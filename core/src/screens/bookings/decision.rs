//! What a person must decide on: what was asked, what stands against it, and what can be done.

use jiff::{Timestamp, Zoned};

use super::record::{BookingDecision, BookingRow, BookingWay, BookingsIntent};
use super::row::{Allowed, is_photo};
use crate::model::{Booking, Conflict, ConflictKind, OutboxItem, Write, WriteAction, WriteState};
use crate::screens::{BookingMark, Pending, Text, TextArg, TextKey, WallTime};

/// The item, if a person must decide on it and it is about a booking.
pub(crate) fn is_decision(item: &OutboxItem) -> bool {
    item.state.needs_attention() && !matches!(item.write, Write::MarkRead { .. })
}

/// What the server has now, where it said it.
pub(super) fn current(item: &OutboxItem) -> Option<&Booking> {
    conflict(item)?.current.as_deref()
}

/// Times that were free when it was refused, and are still to come.
pub(super) fn slots(item: &OutboxItem, now: Timestamp) -> impl Iterator<Item = &Zoned> {
    let all = conflict(item).map(|conflict| conflict.free_slots.as_slice());
    let free = all
        .unwrap_or_default()
        .iter()
        .filter(|slot| slot.available != Some(0));
    free.map(|slot| &slot.starts_at)
        .filter(move |at| at.timestamp() > now)
}

pub(super) fn shown(
    item: &OutboxItem,
    booking: Option<BookingRow>,
    allowed: Allowed,
    busy: bool,
    now: Timestamp,
) -> Option<BookingDecision> {
    let actions = item.actions();
    let can = |action| actions.contains(&action);
    let can_move = can(WriteAction::Change) && allowed.change && item.booking.is_some();
    let slots = slots(item, now).filter(|_| can_move).map(WallTime::from);
    let pending = Pending::of(item)?;
    Some(BookingDecision {
        item: item.id,
        // What can be done is said once.
        booking: booking.map(|row| BookingRow {
            can_move: false,
            can_call_off: false,
            ways: Vec::new(),
            busy: false,
            ..row
        }),
        asked: asked(&item.write)?,
        why: pending.text,
        tone: pending.tone,
        server: current(item).map(BookingMark::from),
        slots: slots.collect(),
        ways: ways(item, &actions, allowed),
        can_move,
        can_call_off: can(WriteAction::Cancel) && allowed.call_off,
        busy,
        accepted_at: item.accepted_at,
        request_id: match &item.state {
            WriteState::Rejected { request_id, .. } => request_id.clone(),
            WriteState::Conflict(conflict) => conflict.request_id.clone(),
            _ => None,
        },
    })
}

fn conflict(item: &OutboxItem) -> Option<&Conflict> {
    match &item.state {
        WriteState::Conflict(conflict) => Some(conflict),
        _ => None,
    }
}

fn asked(write: &Write) -> Option<Text> {
    let wall = |key, at: &Zoned| {
        let at = WallTime::from(at);
        Text::with(key, TextArg::Wall { at })
    };
    Some(match write {
        Write::Book { at, .. } => wall(TextKey::AskedBook, at),
        Write::Reschedule { at, .. } => wall(TextKey::AskedMove, at),
        Write::Cancel { .. } => TextKey::AskedCallOff.into(),
        Write::AddPhoto { .. } => TextKey::AskedPhoto.into(),
        Write::MarkRead { .. } => return None,
    })
}

fn ways(item: &OutboxItem, actions: &[WriteAction], allowed: Allowed) -> Vec<BookingWay> {
    let ways = actions.iter().filter_map(|action| {
        let (text, intent) = match action {
            WriteAction::Retry if may_retry(item, allowed) => {
                (retry(item), BookingsIntent::Retry { item: item.id })
            }
            WriteAction::Drop => drop(item),
            // Asked in the form, or before it is done.
            WriteAction::Retry | WriteAction::Change | WriteAction::Cancel => return None,
        };
        Some(BookingWay {
            text: text.into(),
            intent,
        })
    });
    ways.collect()
}

fn may_retry(item: &OutboxItem, allowed: Allowed) -> bool {
    match item.write {
        Write::Cancel { .. } => allowed.call_off,
        _ => allowed.change,
    }
}

fn retry(item: &OutboxItem) -> TextKey {
    match conflict(item).map(|conflict| conflict.kind) {
        None | Some(ConflictKind::SlotTaken) => TextKey::WayTryAgain,
        Some(ConflictKind::Changed | ConflictKind::NotChangeable | ConflictKind::Moved) => TextKey::WayInsist,
    }
}

/// What it means to forget what was asked: what then stays.
fn drop(item: &OutboxItem) -> (TextKey, BookingsIntent) {
    let give_up = BookingsIntent::Drop { item: item.id };
    match conflict(item).map(|conflict| conflict.kind) {
        _ if is_photo(item) => (TextKey::WayRemovePhoto, give_up),
        Some(ConflictKind::Changed | ConflictKind::NotChangeable | ConflictKind::Moved) => {
            let item = item.id;
            (TextKey::WayKeepServers, BookingsIntent::KeepServers { item })
        }
        _ if matches!(item.write, Write::Book { .. }) => (TextKey::WayGiveUp, give_up),
        _ => (TextKey::WayLeave, give_up),
    }
}
