//! What the bookings show of what they heard.

mod decisions;
mod list;

use jiff::{Timestamp, Zoned};

use super::record::{Bookings, BookingsIntent};
use super::scene::{BookingsEffect, BookingsEvent, BookingsScene};
use crate::error::{Error, OfflineReason, Refusal};
use crate::model::{
    Booking, BookingId, BookingStatus, Capabilities, Conflict, ConflictKind, NotificationId, Origin,
    OutboxItem, OutboxItemId, PhotoKind, ServiceType, Slot, Snapshot, Upload, VehicleId, Waiting, Write,
    WriteState,
};
use crate::query::Update;
use crate::screens::cue::Heard;
use crate::screens::scene::Scene;
use crate::screens::{Phase, Remedy, TextArg, TextKey, Tone, WallTime};

use BookingStatus::{Cancelled, Completed, Confirmed, InProgress, Scheduled};

fn now() -> Timestamp {
    "2026-12-10T06:00:00Z".parse().unwrap()
}

fn at(text: &str) -> Zoned {
    format!("{text}+05:30[Asia/Kolkata]").parse().unwrap()
}

fn booking(id: i64, starts_at: &str, status: BookingStatus) -> Booking {
    Booking {
        id: BookingId::from_server(id),
        vehicle_id: Some(VehicleId(7)),
        vehicle: Some("SECRET Xpulse".to_owned()),
        service: ServiceType::OilChange,
        starts_at: at(starts_at),
        status,
        center_id: None,
        center: Some("North".to_owned()),
        minutes: Some(30),
        notes: Some("SECRET notes".to_owned()),
        created_at: None,
        operation: None,
        pending: None,
    }
}

fn item(id: i64, about: i64, write: Write, state: WriteState) -> OutboxItem {
    OutboxItem {
        id: OutboxItemId(id),
        operation_id: format!("op-{id}"),
        write,
        booking: Some(BookingId::from_server(about)),
        state,
        waiting: None,
        attempts: 0,
        upload: None,
        accepted_at: Timestamp::UNIX_EPOCH,
        changed_at: Timestamp::UNIX_EPOCH,
        retry_at: None,
    }
}

fn moves(about: i64, to: &str) -> Write {
    Write::Reschedule {
        booking: BookingId::from_server(about),
        at: at(to),
    }
}

fn conflict(kind: ConflictKind, current: Option<Booking>, free: &[&str]) -> WriteState {
    let slot = |text: &&str| Slot {
        starts_at: at(text),
        available: Some(1),
    };
    WriteState::Conflict(Conflict {
        kind,
        reason: "SECRET".to_owned(),
        current: current.map(Box::new),
        free_slots: free.iter().map(slot).collect(),
        request_id: Some("r-1".to_owned()),
    })
}

fn refused() -> WriteState {
    WriteState::Rejected {
        why: Refusal::NotFound,
        reason: "no such vehicle".to_owned(),
        request_id: None,
    }
}

fn heard(bookings: Vec<Booking>) -> BookingsEvent {
    BookingsEvent::Bookings(Heard::Now(Update {
        snapshot: Some(Snapshot {
            value: bookings,
            origin: Origin::Network,
            fetched_at: now(),
            stale: false,
            refresh_error: None,
        }),
        loading: false,
        error: None,
    }))
}

/// A customer of a server that can all.
fn opened() -> BookingsScene {
    let mut scene = BookingsScene::default();
    scene.hear(BookingsEvent::Can(Capabilities {
        book: true,
        photos: true,
        ..Capabilities::default()
    }));
    scene.hear(BookingsEvent::MayChange(true));
    scene.hear(BookingsEvent::MayCallOff(true));
    scene
}

/// One that shows these bookings, and has these writes in its outbox, each beside the booking it is about.
fn showing(mut bookings: Vec<Booking>, items: Vec<OutboxItem>) -> BookingsScene {
    for item in &items {
        for booking in bookings
            .iter_mut()
            .filter(|one| item.booking.as_ref() == Some(&one.id))
        {
            if !matches!(item.write, Write::AddPhoto { .. }) {
                booking.pending = Some(Box::new(item.clone()));
            }
        }
    }
    let mut scene = opened();
    scene.hear(heard(bookings));
    scene.hear(BookingsEvent::Outbox(Heard::Now(items)));
    scene
}

fn ids(rows: &[super::BookingRow]) -> Vec<&str> {
    rows.iter().map(|row| row.id.as_str()).collect()
}

fn sections(shown: &Bookings) -> [Vec<&str>; 3] {
    [ids(&shown.pending), ids(&shown.upcoming), ids(&shown.past)]
}
