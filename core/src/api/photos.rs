//! Photos of a booking, sent in parts. v1 has none.
//!
//! Every one of these can be sent again: what was declared, or is there already, changes nothing.

use http::Method;
use serde::Serialize;
use zeroize::Zeroizing;

use super::{ApiError, Dialect, Operation, Page, Replay, Surroundings, WireAnswer, WireRequest, check, v2};
use crate::model::{BookingId, BookingPhoto};

/// How much of a photo the server has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stands {
    /// Bytes: the next part begins there.
    pub(crate) received: u64,
    /// Whether that is all, and what was declared.
    pub(crate) complete: bool,
}

/// Says which photo is to come, or learns how much of it came.
pub(crate) struct DeclarePhoto {
    pub(crate) booking: BookingId,
    /// What the server is to call it: 1 to 64 letters, digits, `_` and `-`.
    pub(crate) name: String,
    pub(crate) size: u64,
    /// Of the whole, in lower-case hexadecimal.
    pub(crate) sha256: String,
}

/// Sends a part of a photo.
pub(crate) struct SendPart {
    pub(crate) booking: BookingId,
    pub(crate) name: String,
    pub(crate) offset: u64,
    /// At most 256 KiB.
    pub(crate) bytes: Zeroizing<Vec<u8>>,
}

/// Reads a booking's photos, in the order they were declared.
pub(crate) struct ListPhotos {
    pub(crate) booking: BookingId,
    pub(crate) cursor: Option<String>,
}

#[derive(Serialize)]
struct Declared<'a> {
    size: u64,
    sha256: &'a str,
}

/// The path of a booking's photos, on a server that has them.
fn path(around: &Surroundings<'_>, booking: &BookingId) -> Result<String, ApiError> {
    around.dialect.must("photos", |can| can.photos)?;
    let booking = check::booking(around.dialect, booking)?;
    Ok(format!("/api/bookings/{booking}/photos"))
}

fn none_on_v1<T>() -> Result<T, ApiError> {
    Err(ApiError::Unsupported("photos"))
}

impl Operation for DeclarePhoto {
    type Output = Stands;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        let path = path(around, &self.booking)?;
        check::key("photo", &self.name)?;
        let body = Declared {
            size: self.size,
            sha256: &self.sha256,
        };
        Ok(WireRequest::new(Method::PUT, format!("{path}/{}", self.name), Replay::Safe).json(&body))
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Stands, ApiError> {
        match around.dialect {
            Dialect::V1 => none_on_v1(),
            Dialect::V2 { .. } => v2::photos::stands(answer),
        }
    }
}

impl Operation for SendPart {
    type Output = Stands;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        let path = path(around, &self.booking)?;
        check::key("photo", &self.name)?;
        let path = format!("{path}/{}/content", self.name);
        Ok(WireRequest::new(Method::PUT, path, Replay::Safe)
            .query("offset", self.offset.to_string())
            .bytes(self.bytes.clone()))
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Stands, ApiError> {
        match around.dialect {
            Dialect::V1 => none_on_v1(),
            Dialect::V2 { .. } => v2::photos::stands(answer),
        }
    }
}

impl Operation for ListPhotos {
    type Output = Page<BookingPhoto>;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        let path = path(around, &self.booking)?;
        Ok(v2::list_request(&path, self.cursor.as_deref()))
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Self::Output, ApiError> {
        match around.dialect {
            Dialect::V1 => none_on_v1(),
            Dialect::V2 { .. } => v2::photos::list(answer),
        }
    }
}
