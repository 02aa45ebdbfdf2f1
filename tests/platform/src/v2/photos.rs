//! Photos of a fault, which a customer sends along with a booking, in parts.
//!
//! It promises that every step can be made again: declaring what is declared, sending what is here already, deleting what is
//! gone. A photo is there once all of its bytes are, and they are the ones that were declared. Its type is what its bytes are;
//! what a header or a name says of it is not looked at, and it is served so that no browser takes it for anything else.

use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderValue, StatusCode};
use serde_json::{Value, json};

use super::call::{Call, Outcome, json, ok};
use super::failure::Failure;
use crate::auth::digest;
use crate::store::{Appointment, Photo, Write};
use crate::time::utc;

/// The largest photo, in bytes.
const LARGEST: i64 = 8 * 1024 * 1024;

/// The largest part of one, in bytes.
const LARGEST_PART: usize = 256 * 1024;

/// So many photos a booking has at most.
const MOST: usize = 6;

/// So many bytes tell what a photo is.
const HEAD: usize = 12;

/// The type of these bytes by how they begin; none if that is no photo.
fn sniff(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Some("image/jpeg");
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some("image/png");
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some("image/webp");
    }
    let brand = bytes.get(8..12).filter(|_| bytes.get(4..8) == Some(b"ftyp"))?;
    let heic: [&[u8]; 8] = [
        b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1",
    ];
    heic.contains(&brand).then_some("image/heic")
}

/// A photo as the wire has it.
pub(super) fn show(photo: &Photo) -> Value {
    json!({
        "photo_id": photo.id,
        "appointment_id": photo.booking,
        "size": photo.size,
        "sha256": photo.sha256,
        "received": photo.received,
        "complete": photo.is_complete(),
        "content_type": photo.content_type,
        "created_at": utc(photo.created_us),
    })
}

/// The `{photo_id}` of the path. What cannot be one names nothing.
fn photo_id(call: &Call) -> Result<&str, Failure> {
    let given = call.params.iter().find(|(name, _)| name == "photo_id");
    given
        .map(|(_, id)| id.as_str())
        .filter(|id| {
            let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
            (1..=64).contains(&id.len()) && id.bytes().all(fits)
        })
        .ok_or_else(Failure::not_found)
}

/// The customer's booking of the path, for a write.
async fn own(call: &Call, write: &mut Write) -> Result<Appointment, Failure> {
    let owner = call.customer()?.id;
    let found = write.lock_appointment(call.id()?).await?;
    found
        .filter(|booking| booking.customer_id == owner)
        .ok_or_else(Failure::not_found)
}

/// The customer's booking of the path, for a read.
async fn readable(call: &Call) -> Result<i64, Failure> {
    let owner = call.customer()?.id;
    let found = call.app.store.appointment(call.id()?).await?;
    found
        .filter(|booking| booking.customer_id == owner)
        .map(|booking| booking.id)
        .ok_or_else(Failure::not_found)
}

fn conflict(code: &'static str, message: &str) -> Failure {
    Failure::new(StatusCode::CONFLICT, code, message)
}

fn unprocessable(code: &'static str, message: &str) -> Failure {
    Failure::new(StatusCode::UNPROCESSABLE_ENTITY, code, message)
}

/// `PUT .../photos/{photo_id}`: says what is to come, or learns how much of it came.
pub(super) async fn declare(call: Call) -> Outcome {
    let id = photo_id(&call)?.to_owned();
    let mut fields = call.object()?;
    let size = fields.number("size");
    match size {
        None => fields.missing("size"),
        Some(size) if !(1..=LARGEST).contains(&size) => fields.wrong("size", "is not 1 to 8388608"),
        Some(_) => {}
    }
    let sha256 = fields.text("sha256", 1, 64);
    let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let is_digest = sha256.len() == 64 && sha256.bytes().all(hex);
    if !sha256.is_empty() && !is_digest {
        fields.wrong("sha256", "is not 64 lower-case hexadecimal digits");
    }
    fields.check()?;
    let size = size.ok_or_else(|| Failure::bad_request("The body is not complete."))?;
    let mut write = call.app.store.write().await?;
    let booking = own(&call, &mut write).await?;
    let photos = write.photos(booking.id).await?;
    if let Some(known) = photos.iter().find(|photo| photo.id == id) {
        if (known.size, &known.sha256) != (size, &sha256) {
            return Err(conflict(
                "photo_id_reused",
                "This photo_id was declared with another size or digest.",
            ));
        }
        return ok(&show(known));
    }
    if ["cancelled", "completed"].contains(&booking.status.as_str()) {
        return Err(conflict(
            "not_changeable",
            "The booking is over or was called off: it takes no more photos.",
        ));
    }
    if photos.len() >= MOST {
        return Err(conflict(
            "too_many_photos",
            "The booking has 6 photos, the most it takes.",
        ));
    }
    let photo = Photo {
        booking: booking.id,
        id,
        size,
        sha256,
        received: 0,
        content_type: None,
        created_us: call.now_us(),
    };
    write.add_photo(&photo).await?;
    write.commit().await?;
    json(StatusCode::CREATED, &show(&photo))
}

/// `PUT .../photos/{photo_id}/content?offset=`: takes the next part.
pub(super) async fn receive(call: Call) -> Outcome {
    let id = photo_id(&call)?.to_owned();
    let offset = call.query("offset").and_then(|offset| offset.parse::<u32>().ok());
    let Some(offset) = offset.map(i64::from) else {
        return Err(Failure::fields(&[("offset", "is not a number of bytes")]));
    };
    if call.body.len() > LARGEST_PART {
        return Err(Failure::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "payload_too_large",
            "A part is at most 262144 bytes.",
        ));
    }
    let length = i64::try_from(call.body.len()).unwrap_or(i64::MAX);
    let mut write = call.app.store.write().await?;
    let booking = own(&call, &mut write).await?;
    let photos = write.photos(booking.id).await?;
    let Some(mut photo) = photos.into_iter().find(|photo| photo.id == id) else {
        return Err(Failure::not_found());
    };
    if offset + length > photo.size {
        return Err(Failure::fields(&[("content", "is longer than was declared")]));
    }
    if offset + length <= photo.received {
        return ok(&show(&photo));
    }
    if offset != photo.received {
        let failure = conflict("wrong_offset", "The next part begins elsewhere.");
        return Err(failure.detail(json!({ "received": photo.received })));
    }
    // Known from the first bytes, before the rest is sent in vain.
    if offset == 0 && call.body.len() >= HEAD && sniff(&call.body).is_none() {
        return Err(not_a_photo());
    }
    write.append_photo(&mut photo, &call.body).await?;
    if photo.received == photo.size {
        let whole = write.photo_content(booking.id, &id).await?;
        let refused = match sniff(&whole) {
            _ if digest(&whole) != photo.sha256 => Some(unprocessable(
                "digest_mismatch",
                "What arrived is not what was declared: send it anew.",
            )),
            None => Some(not_a_photo()),
            Some(kind) => {
                photo.content_type = Some(kind.to_owned());
                write.update_photo(&photo).await?;
                None
            }
        };
        if let Some(refused) = refused {
            write.empty_photo(&mut photo).await?;
            write.commit().await?;
            return Err(refused);
        }
    }
    write.commit().await?;
    ok(&show(&photo))
}

fn not_a_photo() -> Failure {
    unprocessable("not_a_photo", "This is no JPEG, PNG, WebP or HEIC picture.")
}

/// `GET .../photos`
pub(super) async fn list(call: Call) -> Outcome {
    let booking = readable(&call).await?;
    let photos = call.app.store.photos(booking).await?;
    let items: Vec<Value> = photos.iter().map(show).collect();
    ok(&json!({ "items": items, "next_cursor": null }))
}

/// `GET .../photos/{photo_id}/content`
pub(super) async fn content(call: Call) -> Outcome {
    let (booking, id) = (readable(&call).await?, photo_id(&call)?);
    let photos = call.app.store.photos(booking).await?;
    let kind = photos
        .into_iter()
        .find(|photo| photo.id == id)
        .and_then(|photo| photo.content_type)
        .and_then(|kind| HeaderValue::from_str(&kind).ok());
    let Some(kind) = kind else {
        return Err(Failure::missing(
            "There is no such photo, or it is not whole yet.",
        ));
    };
    let bytes = call.app.store.photo_content(booking, id).await?;
    let mut answer = http::Response::new(bytes::Bytes::from(bytes));
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, kind);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    Ok(answer)
}

/// `DELETE .../photos/{photo_id}`: it is gone then, whether it was there or not.
pub(super) async fn delete(call: Call) -> Outcome {
    let id = photo_id(&call)?.to_owned();
    let mut write = call.app.store.write().await?;
    let booking = own(&call, &mut write).await?;
    write.delete_photo(booking.id, &id).await?;
    write.commit().await?;
    ok(&json!({ "message": "The photo is deleted." }))
}

#[cfg(test)]
mod tests {
    use super::sniff;

    #[test]
    fn a_photo_is_told_by_how_it_begins() {
        let table: [(&[u8], Option<&str>); 10] = [
            (b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01", Some("image/jpeg")),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Some("image/png")),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some("image/webp")),
            (b"\0\0\0\x18ftypheic\0\0\0\0", Some("image/heic")),
            (b"\0\0\0\x18ftypmif1\0\0\0\0", Some("image/heic")),
            (b"\0\0\0\x18ftypisom\0\0\0\0", None),
            (b"RIFF\x10\0\0\0WAVEfmt ", None),
            (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
            (b"GIF89a\x01\0\x01\0\0\0", None),
            (b"", None),
        ];
        for (bytes, kind) in table {
            assert_eq!(sniff(bytes), kind, "{bytes:?}");
        }
    }
}
