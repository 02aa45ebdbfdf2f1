//! The short reference that ties a v1 booking to the write that made it (scenario 23).
//!
//! v1's create is not idempotent (Q10) and knows no operation ids, but it keeps notes as they are. So the reference stands
//! at their end, as `[pmi:k7f3q2xa]`; a list is looked through for it before a create is sent again. It is taken off again
//! when a booking is read, so that nobody sees it in the app. A hash, because the start of an operation id may be a time.

use ring::digest::{SHA256, digest};

/// 40 bits: among the bookings of one customer two are not equal by chance.
const LENGTH: usize = 8;
const OPEN: &str = "[pmi:";
const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The reference of an operation. Compare it with `Booking::operation` of a v1 booking; on v2 that is the operation id itself.
pub(crate) fn reference_of(operation_id: &str) -> String {
    digest(&SHA256, operation_id.as_bytes())
        .as_ref()
        .iter()
        .take(LENGTH)
        .map(|byte| char::from(LETTERS[usize::from(byte & 31)]))
        .collect()
}

/// Notes with the reference at their end.
pub(super) fn attach(notes: Option<&str>, operation_id: &str) -> String {
    let mark = format!("{OPEN}{}]", reference_of(operation_id));
    match notes.map(str::trim_end).filter(|notes| !notes.is_empty()) {
        Some(notes) => format!("{notes}\n{mark}"),
        None => mark,
    }
}

/// Takes the reference off again: what the customer wrote, and the reference.
pub(super) fn detach(notes: &str) -> (Option<String>, Option<String>) {
    let whole = |notes: &str| Some(notes.to_owned()).filter(|notes| !notes.trim().is_empty());
    let found = notes.trim_end().strip_suffix(']').and_then(|rest| {
        let (before, reference) = rest.rsplit_once(OPEN)?;
        let ours = reference.len() == LENGTH && reference.bytes().all(|byte| LETTERS.contains(&byte));
        ours.then(|| (whole(before.trim_end()), reference.to_owned()))
    });
    match found {
        Some((notes, reference)) => (notes, Some(reference)),
        None => (whole(notes), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_attached_comes_off_again_and_ties_to_its_operation_only() {
        for notes in [None, Some("squeaks when braking"), Some("see [pmi:old] or ]")] {
            let sent = attach(notes, "op-1");
            assert_eq!(
                detach(&sent),
                (notes.map(str::to_owned), Some(reference_of("op-1"))),
                "{sent}"
            );
        }
        assert_ne!(reference_of("op-1"), reference_of("op-2"));
        assert_eq!(reference_of("op-1"), reference_of("op-1"));
    }

    #[test]
    fn notes_of_others_are_left_alone() {
        for notes in ["worn pads", "[pmi:]", "[pmi:UPPER123]", "[pmi:abcdefgh] and more"] {
            assert_eq!(detach(notes), (Some(notes.to_owned()), None));
        }
        assert_eq!(detach("  "), (None, None));
    }
}
