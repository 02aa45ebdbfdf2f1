//! v2's photos of a booking.

use serde::Deserialize;

use super::fault::wrong_offset;
use super::{page, read};
use crate::api::answer::{record, refused, server_fault};
use crate::api::loose::Lax;
use crate::api::{ApiError, Page, Stands, WireAnswer};
use crate::error::Refusal;
use crate::model::{BookingPhoto, ConflictKind, PhotoKind};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Row {
    photo_id: Lax<String>,
    content_type: Lax<String>,
    size: Lax<i64>,
    received: Lax<i64>,
    complete: Lax<bool>,
}

/// The photos of a booking, in the order they were declared.
pub(in crate::api) fn list(answer: &WireAnswer) -> Result<Page<BookingPhoto>, ApiError> {
    page(answer, "booking", Row::into_model)
}

/// How far a photo has come, as declaring it or sending a part of it answers.
pub(in crate::api) fn stands(answer: &WireAnswer) -> Result<Stands, ApiError> {
    if let Some(received) = wrong_offset(answer) {
        return Ok(Stands {
            received: whole(received),
            complete: false,
        });
    }
    let row: Row = match read(answer, "booking") {
        // Not of the photo: nothing of what the customer changed is in conflict.
        Err(ApiError::Conflict {
            kind: ConflictKind::NotChangeable,
            ..
        }) => {
            return Err(refused(
                answer,
                Refusal::Other {
                    code: "not_changeable".to_owned(),
                },
                "the booking is over or was called off: it takes no more photos",
            ));
        }
        value => record(answer, value?)?,
    };
    let received = row.received.0.map(whole);
    received
        .map(|received| Stands {
            received,
            complete: row.complete.0.unwrap_or_default(),
        })
        .ok_or_else(|| server_fault(answer, "it does not say how much of the photo it has"))
}

impl Row {
    fn into_model(self) -> Option<BookingPhoto> {
        Some(BookingPhoto {
            name: self.photo_id.filled()?,
            kind: self.content_type.filled().map(|kind| PhotoKind::from_word(&kind)),
            size: whole(self.size.0?),
            arrived: self.received.0.map(whole).unwrap_or_default(),
            complete: self.complete.0.unwrap_or_default(),
            pending: None,
        })
    }
}

fn whole(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}
