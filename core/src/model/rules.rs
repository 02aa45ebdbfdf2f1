//! What a server takes of what a person types: the same rules for a form, while it is filled in, and for a request, before it is
//! sent. Lenient: the server has the last word.

/// The longest address a server stores.
pub(crate) const EMAIL: usize = 254;
/// The longest given or family name.
pub(crate) const NAME: usize = 100;
/// The longest postal address.
pub(crate) const ADDRESS: usize = 500;
/// The longest telephone number.
pub(crate) const PHONE: usize = 20;
/// The longest notes that are sent.
pub(crate) const NOTES: usize = 1000;
/// The longest password a server looks at.
pub(crate) const PASSWORD: usize = 128;
/// The shortest password v2 takes for a new one.
pub(crate) const NEW_PASSWORD: usize = 8;

/// What is wrong with something typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing but white space.
    Empty,
    /// Fewer characters than this.
    Short(usize),
    /// More characters than this.
    Long(usize),
    /// Not of the form that it must have.
    Malformed,
    /// Of the right form, and mistyped: its check digit does not fit.
    Mistyped,
    /// A NUL character, which v1's database refuses (Q14).
    Nul,
}

/// Text of at least `least` and at most `most` characters.
pub(crate) fn text(text: &str, least: usize, most: usize) -> Result<(), Fault> {
    let filled = text.trim().chars().count();
    if filled < least {
        return Err(if filled == 0 {
            Fault::Empty
        } else {
            Fault::Short(least)
        });
    }
    if text.chars().count() > most {
        return Err(Fault::Long(most));
    }
    no_nul(text)
}

fn no_nul(text: &str) -> Result<(), Fault> {
    if text.contains('\0') {
        return Err(Fault::Nul);
    }
    Ok(())
}

/// An e-mail address that can be one.
pub(crate) fn email(email: &str) -> Result<(), Fault> {
    text(email, 1, EMAIL)?;
    let plausible = email.rsplit_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !local.contains('@')
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
    });
    if !plausible || email.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(Fault::Malformed);
    }
    Ok(())
}

/// A password that exists already. Its rules were another day's. White space counts.
pub(crate) fn password(password: &str) -> Result<(), Fault> {
    if password.is_empty() {
        return Err(Fault::Empty);
    }
    if password.chars().count() > PASSWORD {
        return Err(Fault::Long(PASSWORD));
    }
    no_nul(password)
}

/// A password to be set, by v2's rule. Characters are counted, as v2 does.
pub(crate) fn new_password(new: &str) -> Result<(), Fault> {
    password(new)?;
    if new.chars().count() < NEW_PASSWORD {
        return Err(Fault::Short(NEW_PASSWORD));
    }
    Ok(())
}

/// A telephone number as far as length goes.
pub(crate) fn phone(phone: &str) -> Result<(), Fault> {
    text(phone, 1, PHONE)
}

/// A vehicle identification number (ISO 3779), trimmed and in capitals, with its check digit checked.
pub(crate) fn vin(vin: &str) -> Result<String, Fault> {
    let vin = vin.trim().to_ascii_uppercase();
    if vin.is_empty() {
        return Err(Fault::Empty);
    }
    if vin.len() != 17 || !vin.bytes().all(|byte| value_of(byte).is_some()) {
        return Err(Fault::Malformed);
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
        return Err(Fault::Mistyped);
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
