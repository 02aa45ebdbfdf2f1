//! What is known to be wrong is not sent (Q14: v1 answers an id over 32 bits, a NUL byte or a long telephone number with a
//! 500, which for a write is an unknown outcome).
//!
//! A reason says what would be right, and never what was given: that can be a secret.

use super::{ApiError, Dialect, Surroundings};
use crate::model::BookingId;

/// The longest address a server stores.
const EMAIL: usize = 254;
/// The longest notes that are sent.
pub(super) const NOTES: usize = 1000;
/// The longest password a server looks at.
const PASSWORD: usize = 128;
/// The shortest password v2 takes for a new one.
const NEW_PASSWORD: usize = 8;

fn wrong(field: &'static str, reason: impl Into<String>) -> ApiError {
    ApiError::InvalidInput {
        field,
        reason: reason.into(),
    }
}

/// A number that names something: 1 and up, and on v1 within 32 bits. 0 is refused because v1 reads it as "everybody's".
pub(super) fn id(dialect: &Dialect, field: &'static str, id: i64) -> Result<i64, ApiError> {
    let most = match dialect {
        Dialect::V1 => i64::from(i32::MAX),
        Dialect::V2 { .. } => i64::MAX,
    };
    if (1..=most).contains(&id) {
        Ok(id)
    } else {
        Err(wrong(field, format!("must be a number from 1 to {most}")))
    }
}

/// Whose data is asked for.
pub(super) fn customer(around: &Surroundings<'_>) -> Result<i64, ApiError> {
    let customer = around
        .customer
        .ok_or_else(|| wrong("customer", "must be known: sign in first"))?;
    id(around.dialect, "customer", customer.0)
}

/// A booking the server has.
pub(super) fn booking(dialect: &Dialect, booking: &BookingId) -> Result<i64, ApiError> {
    let number = booking
        .server_number()
        .ok_or_else(|| wrong("booking", "must be the number of a booking the server has"))?;
    id(dialect, "booking", number)
}

/// Text of at least `least` and at most `most` characters, without control characters that v1's database refuses.
pub(super) fn text(field: &'static str, text: &str, least: usize, most: usize) -> Result<(), ApiError> {
    let filled = text.trim().chars().count();
    if filled < least || text.chars().count() > most {
        return Err(wrong(
            field,
            match least {
                0 => format!("must be at most {most} characters"),
                _ => format!("must be {least} to {most} characters"),
            },
        ));
    }
    no_nul(field, text)
}

fn no_nul(field: &'static str, text: &str) -> Result<(), ApiError> {
    if text.contains('\0') {
        return Err(wrong(field, "must not contain a NUL character"));
    }
    Ok(())
}

/// An e-mail address that can be one. Lenient: the server has the last word.
pub(super) fn email(email: &str) -> Result<(), ApiError> {
    text("email", email, 3, EMAIL)?;
    let plausible = email.rsplit_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !local.contains('@')
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
    });
    if !plausible || email.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(wrong("email", "must be an e-mail address like name@example.com"));
    }
    Ok(())
}

/// A password that exists already. Its rules were another day's.
pub(super) fn password(field: &'static str, password: &str) -> Result<(), ApiError> {
    if password.is_empty() || password.chars().count() > PASSWORD {
        return Err(wrong(field, format!("must be 1 to {PASSWORD} characters")));
    }
    no_nul(field, password)
}

/// A password to be set. Characters are counted, as v2 does.
pub(super) fn new_password(
    dialect: &Dialect,
    field: &'static str,
    new_password: &str,
) -> Result<(), ApiError> {
    if dialect.checks_owner() && new_password.chars().count() < NEW_PASSWORD {
        return Err(wrong(
            field,
            format!("must be {NEW_PASSWORD} to {PASSWORD} characters"),
        ));
    }
    password(field, new_password)
}

/// A telephone number as far as length goes.
pub(super) fn phone(phone: &str) -> Result<(), ApiError> {
    text("phone", phone, 1, 20)
}

/// A key of a repeatable write: 1 to 128 printable ASCII characters.
pub(super) fn key(field: &'static str, key: &str) -> Result<(), ApiError> {
    if (1..=128).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(())
    } else {
        Err(wrong(
            field,
            "must be 1 to 128 printable characters without spaces",
        ))
    }
}

/// A vehicle identification number (ISO 3779), trimmed and in capitals, with its check digit checked.
pub(super) fn vin(vin: &str) -> Result<String, ApiError> {
    let vin = vin.trim().to_ascii_uppercase();
    if vin.len() != 17 || !vin.bytes().all(|byte| value_of(byte).is_some()) {
        return Err(wrong(
            "vin",
            "must be 17 letters and digits without I, O and Q: look at the frame or the registration papers",
        ));
    }
    let sum: u32 = vin
        .bytes()
        .zip(WEIGHTS)
        .map(|(byte, weight)| value_of(byte).unwrap_or_default() * weight)
        .sum();
    let right = match sum % 11 {
        10 => b'X',
        digit => b"0123456789"[digit as usize],
    };
    if vin.as_bytes()[8] != right {
        return Err(wrong(
            "vin",
            "has a typing error: its ninth character does not fit the others, check each one",
        ));
    }
    Ok(vin)
}

const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/// What a character counts in the check digit; I, O and Q do not occur.
fn value_of(byte: u8) -> Option<u32> {
    Some(match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'H' => u32::from(byte - b'A') + 1,
        b'J'..=b'N' => u32::from(byte - b'J') + 1,
        b'P' => 7,
        b'R' => 9,
        b'S'..=b'Z' => u32::from(byte - b'S') + 2,
        _ => return None,
    })
}
