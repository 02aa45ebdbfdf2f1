//! What is known to be wrong is not sent (Q14: v1 answers an id over 32 bits, a NUL byte or a long telephone number with a
//! 500, which for a write is an unknown outcome).
//!
//! A reason says what would be right, and never what was given: that can be a secret.

use super::{ApiError, Dialect, Surroundings};
use crate::model::BookingId;
use crate::model::rules::{self, Fault};

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
    rules::text(text, least, most).map_err(|fault| {
        let range = match least {
            0 => format!("must be at most {most} characters"),
            _ => format!("must be {least} to {most} characters"),
        };
        because(field, fault, range)
    })
}

/// An e-mail address that can be one. Lenient: the server has the last word.
pub(super) fn email(email: &str) -> Result<(), ApiError> {
    rules::email(email).map_err(|fault| match fault {
        Fault::Malformed | Fault::Empty => wrong("email", "must be an e-mail address like name@example.com"),
        _ => because(
            "email",
            fault,
            format!("must be at most {} characters", rules::EMAIL),
        ),
    })
}

/// A password that exists already. Its rules were another day's.
pub(super) fn password(field: &'static str, password: &str) -> Result<(), ApiError> {
    rules::password(password).map_err(|fault| {
        because(
            field,
            fault,
            format!("must be 1 to {} characters", rules::PASSWORD),
        )
    })
}

/// A password to be set. v1 has no rule of its own.
pub(super) fn new_password(
    dialect: &Dialect,
    field: &'static str,
    new_password: &str,
) -> Result<(), ApiError> {
    if !dialect.checks_owner() {
        return password(field, new_password);
    }
    let range = || {
        format!(
            "must be {} to {} characters",
            rules::NEW_PASSWORD,
            rules::PASSWORD
        )
    };
    rules::new_password(new_password).map_err(|fault| because(field, fault, range()))
}

/// A telephone number as far as length goes.
pub(super) fn phone(phone: &str) -> Result<(), ApiError> {
    text("phone", phone, 1, rules::PHONE)
}

/// `range` says what would be right where the length is wrong.
fn because(field: &'static str, fault: Fault, range: String) -> ApiError {
    match fault {
        Fault::Nul => wrong(field, "must not contain a NUL character"),
        _ => wrong(field, range),
    }
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
    rules::vin(vin).map_err(|fault| {
        wrong(
            "vin",
            match fault {
                Fault::Mistyped => {
                    "has a typing error: its ninth character does not fit the others, check each one"
                }
                _ => {
                    "must be 17 letters and digits without I, O and Q: look at the frame or the registration papers"
                }
            },
        )
    })
}
