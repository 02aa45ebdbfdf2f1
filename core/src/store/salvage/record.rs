//! One record as SQLite writes it: the types of its values, and then the values.

use rusqlite::types::Value;

/// The values, or `None` if it is no record: its parts must fill it exactly.
pub(super) fn decode(bytes: &[u8]) -> Option<Vec<Value>> {
    let (head, mut at) = varint(bytes, 0)?;
    let mut value_at = usize::try_from(head).ok()?;
    let mut values = Vec::new();
    while at < usize::try_from(head).ok()? {
        let (kind, next) = varint(bytes, at)?;
        at = next;
        let (value, next) = value(bytes, value_at, kind)?;
        value_at = next;
        values.push(value);
    }
    (at == usize::try_from(head).ok()? && value_at == bytes.len()).then_some(values)
}

/// A value of this type, and where the next one is.
fn value(bytes: &[u8], at: usize, kind: i64) -> Option<(Value, usize)> {
    let length = match kind {
        0 | 8 | 9 => 0,
        1..=4 => usize::try_from(kind).ok()?,
        5 => 6,
        6 | 7 => 8,
        // Blobs by even numbers, text by odd ones.
        12.. => usize::try_from((kind - 12) / 2).ok()?,
        _ => return None,
    };
    let end = at.checked_add(length)?;
    let part = bytes.get(at..end)?;
    let value = match kind {
        0 => Value::Null,
        1..=6 => Value::Integer(integer(part)),
        7 => Value::Real(f64::from_be_bytes(part.try_into().ok()?)),
        8 => Value::Integer(0),
        9 => Value::Integer(1),
        _ if kind % 2 == 0 => Value::Blob(part.to_vec()),
        _ => Value::Text(String::from_utf8(part.to_vec()).ok()?),
    };
    Some((value, end))
}

fn integer(bytes: &[u8]) -> i64 {
    let negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
    let start = if negative { -1 } else { 0 };
    bytes
        .iter()
        .fold(start, |number, byte| (number << 8) | i64::from(*byte))
}

/// A number of one to nine bytes, and where the next thing is.
pub(super) fn varint(bytes: &[u8], at: usize) -> Option<(i64, usize)> {
    let mut number = 0_i64;
    for length in 0..8 {
        let byte = *bytes.get(at.checked_add(length)?)?;
        number = (number << 7) | i64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((number, at + length + 1));
        }
    }
    let last = *bytes.get(at.checked_add(8)?)?;
    Some(((number << 8) | i64::from(last), at + 9))
}
