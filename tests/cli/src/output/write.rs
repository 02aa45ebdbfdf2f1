//! A write in words: what it is to do, where it stands, and what to type about it.

use jiff::Zoned;
use pmi_core::model::{Booking, ConflictKind, OutboxItem, Waiting, Write, WriteState};

use super::show::{one_of, words};

/// A time as the centre's clock shows it.
pub(crate) fn at_the_centre(at: &Zoned) -> String {
    at.strftime("%a %Y-%m-%d %H:%M %Z").to_string()
}

/// A time as `--at` takes it, unmistakably.
pub(crate) fn as_typed(at: &Zoned) -> String {
    at.strftime("%Y-%m-%dT%H:%M%:z").to_string()
}

/// What a write is to do.
pub(crate) fn what(item: &OutboxItem) -> String {
    // The item's own name of the booking is the newer one.
    let name = |named| item.booking.as_ref().unwrap_or(named).to_string();
    match &item.write {
        Write::Book {
            vehicle_id,
            service,
            at,
            ..
        } => format!(
            "{} for vehicle {vehicle_id} on {}",
            words(service.as_word()),
            at_the_centre(at)
        ),
        Write::Reschedule { booking, at } => {
            format!("move booking {} to {}", name(booking), at_the_centre(at))
        }
        Write::Cancel { booking } => format!("cancel booking {}", name(booking)),
        Write::MarkRead { notification } => format!("notification {notification} read"),
        Write::AddPhoto { booking, size, .. } => {
            format!("photo of {} for booking {}", bytes(*size), name(booking))
        }
    }
}

/// Where a write stands, in a few words.
pub(crate) fn state(item: &OutboxItem) -> String {
    match &item.state {
        WriteState::Queued => format!(
            "queued{}{}",
            part_way(item),
            match item.waiting {
                Some(Waiting::Network) => ": waits for the network",
                Some(Waiting::Server) => ": waits for the server",
                Some(Waiting::DataSaver) => ": waits for a better network",
                _ => "",
            }
        ),
        WriteState::Sending => format!("sending{}", part_way(item)),
        WriteState::Unknown => "sent, not known yet whether it arrived".to_owned(),
        WriteState::Blocked { by } => format!("waits for item {by}"),
        WriteState::Done { .. } => "done".to_owned(),
        WriteState::Rejected { reason, .. } => format!("refused: {reason}"),
        WriteState::Conflict(conflict) => format!("conflict: {}", conflict.reason),
        WriteState::Withdrawn => "taken back".to_owned(),
    }
}

/// How much of a photo the server has, if it is some of it.
fn part_way(item: &OutboxItem) -> String {
    match item.upload {
        Some(upload) if upload.sent > 0 => format!(", {} of {} sent", bytes(upload.sent), bytes(upload.size)),
        _ => String::new(),
    }
}

/// A number of bytes in a person's words.
pub(crate) fn bytes(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} bytes"),
        1_024..1_048_576 => format!("{} KiB", bytes / 1_024),
        _ => format!("{}.{} MiB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

/// What came of a write that was accepted, or what will.
pub(crate) fn outcome(item: &OutboxItem) -> String {
    let (what, id) = (what(item), item.id);
    match &item.state {
        WriteState::Done { booking: None } => format!("done: {what}"),
        WriteState::Done {
            booking: Some(booking),
        } => format!("done: {what}\nthe server has {}", booking_in_words(booking)),
        WriteState::Withdrawn if item.attempts > 0 => format!("given up: {what}"),
        WriteState::Withdrawn => format!("taken back before it was sent: {what}"),
        WriteState::Rejected { .. } => format!(
            "not done: {what}\nit stays here as outbox item {id}: {}`pmi outbox retry {id}` tries again, \
             `pmi outbox drop {id}` gives it up",
            match (&item.write, &item.booking) {
                (Write::Book { .. } | Write::Reschedule { .. }, Some(booking)) =>
                    format!("`pmi reschedule {booking} --at TIME` asks for another time, "),
                _ => String::new(),
            }
        ),
        WriteState::Conflict(_) => conflict(item, &what),
        WriteState::Blocked { by } => format!(
            "accepted, on disk as outbox item {id}: {what}\nit waits for item {by}, which needs you: see `pmi outbox`"
        ),
        WriteState::Unknown => format!(
            "accepted, on disk as outbox item {id}: {what}\nit was sent and no answer came; any later online command finds out \
             what became of it, and it is never done twice"
        ),
        WriteState::Queued | WriteState::Sending => format!(
            "accepted, on disk as outbox item {id}: {what}\nit will be sent by itself by any later online command (now: \
             {})",
            state(item)
        ),
    }
}

fn conflict(item: &OutboxItem, what: &str) -> String {
    let WriteState::Conflict(conflict) = &item.state else {
        return String::new();
    };
    let (id, booking) = (item.id, one_of(item.booking.as_ref()));
    let mut lines = vec![format!("not as asked: {what}")];
    if let Some(current) = &conflict.current {
        lines.push(format!("the server has {}", booking_in_words(current)));
    }
    if !conflict.free_slots.is_empty() {
        lines.push("free, and how to take it:".to_owned());
    }
    for slot in &conflict.free_slots {
        lines.push(format!(
            "  {}  pmi reschedule {booking} --at {}",
            at_the_centre(&slot.starts_at),
            as_typed(&slot.starts_at)
        ));
    }
    lines.push(match conflict.kind {
        ConflictKind::SlotTaken => format!(
            "`pmi reschedule {booking} --at TIME` asks for another time, `pmi outbox retry {id}` for the same one again, \
             `pmi outbox drop {id}` gives it up"
        ),
        ConflictKind::Moved => format!(
            "`pmi reschedule {booking} --at TIME` moves it, `pmi cancel {booking}` calls it off, `pmi outbox drop {id}` keeps it \
             so"
        ),
        ConflictKind::Changed | ConflictKind::NotChangeable => {
            format!("`pmi outbox retry {id}` does it all the same, `pmi outbox drop {id}` gives it up")
        }
    });
    lines.join("\n")
}

fn booking_in_words(booking: &Booking) -> String {
    let center = booking
        .center
        .as_ref()
        .map_or_else(String::new, |center| format!(", {center}"));
    format!(
        "booking {}: {} on {}, {}{center}",
        booking.id,
        words(booking.service.as_word()),
        at_the_centre(&booking.starts_at),
        words(booking.status.as_word()),
    )
}
