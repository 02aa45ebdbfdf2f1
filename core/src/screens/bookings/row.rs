//! One booking as a row, with what its status, the server and the person's role allow.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::record::{BookingPhotos, BookingRow, BookingWay, BookingsIntent};
use crate::model::{Booking, BookingId, BookingStatus, OutboxItem, Upload, Write, WriteAction, WriteState};
use crate::screens::marks::is_upcoming;
use crate::screens::words;
use crate::screens::{Pending, Quantity, TextKey, Unit, WallTime};

/// What the server and the person's role allow.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Allowed {
    pub(super) change: bool,
    pub(super) call_off: bool,
}

/// Which section a booking belongs to, if nothing about it is to be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Pending,
    Upcoming,
    Past,
}

pub(super) fn section(booking: &Booking, now: Timestamp) -> Section {
    let is_pending = booking.pending.as_deref().and_then(Pending::of).is_some();
    match is_upcoming(booking, now) {
        _ if is_pending => Section::Pending,
        true => Section::Upcoming,
        false => Section::Past,
    }
}

/// When it passes from upcoming to past by time alone.
pub(super) fn passes_at(booking: &Booking, now: Timestamp) -> Option<Timestamp> {
    let waits = section(booking, now) == Section::Upcoming && booking.status != BookingStatus::InProgress;
    let starts_at = waits.then(|| booking.starts_at.timestamp())?;
    // At its very time it is not over yet.
    starts_at.checked_add(SignedDuration::from_nanos(1)).ok()
}

pub(super) fn row(
    booking: &Booking,
    photos: Option<BookingPhotos>,
    allowed: Allowed,
    busy: bool,
    now: Timestamp,
) -> BookingRow {
    let (status, tone) = words::booking_status(&booking.status);
    let pending = booking.pending.as_deref();
    let actions = pending.map(OutboxItem::actions);
    let is_open = is_changeable(&booking.status) && (pending.is_some() || is_upcoming(booking, now));
    let allows = |action| actions.as_ref().is_none_or(|actions| actions.contains(&action));
    BookingRow {
        id: booking.id.clone(),
        vehicle_id: booking.vehicle_id,
        vehicle: booking.vehicle.clone(),
        service: words::service(&booking.service),
        center: booking.center.clone(),
        starts_at: WallTime::from(&booking.starts_at),
        minutes: booking
            .minutes
            .map(|minutes| Quantity::whole(f64::from(minutes), Unit::Minutes)),
        status,
        tone,
        notes: booking.notes.clone(),
        pending: pending.and_then(Pending::of),
        photos,
        can_move: is_open && allowed.change && allows(WriteAction::Change),
        can_call_off: is_open && allowed.call_off,
        ways: pending.map(ways_of_pending).unwrap_or_default(),
        busy,
    }
}

/// As [`changeable`](crate::services) judges it.
fn is_changeable(status: &BookingStatus) -> bool {
    matches!(
        status,
        BookingStatus::Scheduled | BookingStatus::Confirmed | BookingStatus::Unknown(_)
    )
}

/// What can be done about a write that goes on by itself. To give up a booking that was not sent yet is to call it off.
fn ways_of_pending(item: &OutboxItem) -> Vec<BookingWay> {
    let way = |text: TextKey, intent| BookingWay {
        text: text.into(),
        intent,
    };
    let ways = item.actions().into_iter().filter_map(|action| match action {
        WriteAction::Retry => Some(way(TextKey::WaySendNow, BookingsIntent::Retry { item: item.id })),
        WriteAction::Drop if !matches!(item.write, Write::Book { .. }) => {
            Some(way(TextKey::WayLeave, BookingsIntent::Drop { item: item.id }))
        }
        WriteAction::Drop | WriteAction::Change | WriteAction::Cancel => None,
    });
    ways.collect()
}

/// The photos of a booking: those of the outbox, and how many there are in all where that was read.
pub(super) fn photos(
    id: &BookingId,
    items: &[OutboxItem],
    counted: &BTreeMap<BookingId, u32>,
) -> Option<BookingPhotos> {
    let of_it = |item: &&OutboxItem| is_photo(item) && item.booking.as_ref() == Some(id);
    let here = items.iter().filter(of_it).count();
    let unsent: Vec<&OutboxItem> = items
        .iter()
        .filter(of_it)
        .filter(|item| !item.state.is_settled())
        .collect();
    let count = counted.get(id).copied().unwrap_or_default().max(small(here));
    let (sent, size) = unsent
        .iter()
        .filter_map(|item| upload(item))
        .fold((0, 0), |(sent, size), one| (sent + one.sent, size + one.size));
    let next = unsent.iter().find(|item| item.state == WriteState::Sending);
    (count > 0).then(|| BookingPhotos {
        count,
        unsent: small(unsent.len()),
        progress: (!unsent.is_empty()).then(|| percent(sent, size)),
        next: next
            .or_else(|| unsent.first())
            .and_then(|item| Some(Pending::of(item)?.text)),
    })
}

pub(super) fn is_photo(item: &OutboxItem) -> bool {
    matches!(item.write, Write::AddPhoto { .. })
}

/// One that was not begun has all of its size before it.
fn upload(item: &OutboxItem) -> Option<Upload> {
    match item.write {
        Write::AddPhoto { size, .. } => Some(item.upload.unwrap_or(Upload { sent: 0, size })),
        _ => None,
    }
}

fn percent(sent: u64, size: u64) -> Quantity {
    let hundredths = sent.saturating_mul(100).checked_div(size).unwrap_or_default();
    let hundredths = u32::try_from(hundredths.min(100)).unwrap_or(100);
    Quantity::whole(f64::from(hundredths), Unit::Percent)
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
