//! The simple model of both servers that the schedules run against.

use std::time::Duration;

use jiff::Zoned;

use crate::model::{Booking, BookingId, BookingStatus};

/// What a server was asked to do, perhaps to be done later.
#[derive(Clone)]
pub(super) enum Request {
    Create { key: String, at: Zoned },
    Move { at: Zoned },
    Cancel,
}

pub(super) struct Server {
    pub(super) has_keys: bool,
    /// What made it, its time, and whether it was called off.
    pub(super) bookings: Vec<(String, Zoned, bool)>,
    /// A v1 that is still at work on what its client has given up.
    pub(super) at_work: Vec<(Duration, Request)>,
}

impl Server {
    pub(super) fn apply(&mut self, request: Request) {
        match request {
            Request::Create { key, at } => {
                let known = self.has_keys && self.bookings.iter().any(|(made_by, ..)| *made_by == key);
                if !known {
                    self.bookings.push((key, at, false));
                }
            }
            Request::Move { at } => {
                if let Some(booking) = self.bookings.last_mut() {
                    // v1 revives what was cancelled.
                    (booking.1, booking.2) = (at, false);
                }
            }
            Request::Cancel => {
                if let Some(booking) = self.bookings.last_mut() {
                    booking.2 = true;
                }
            }
        }
    }

    pub(super) fn booking(&self) -> Option<Booking> {
        let (_, at, cancelled) = self.bookings.last()?;
        Some(Booking {
            id: BookingId::from_server(7),
            vehicle_id: None,
            vehicle: None,
            service: crate::model::ServiceType::OilChange,
            starts_at: at.clone(),
            status: if *cancelled {
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
        })
    }
}
