//! Vehicle identification numbers: 17 characters without I, O and Q, the ninth a check digit (ISO 3779, weights of 49 CFR 565).

const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

fn value(c: char) -> Option<u32> {
    Some(match c {
        '0'..='9' => c.to_digit(10)?,
        'A' | 'J' => 1,
        'B' | 'K' | 'S' => 2,
        'C' | 'L' | 'T' => 3,
        'D' | 'M' | 'U' => 4,
        'E' | 'N' | 'V' => 5,
        'F' | 'W' => 6,
        'G' | 'P' | 'X' => 7,
        'H' | 'Y' => 8,
        'R' | 'Z' => 9,
        _ => return None,
    })
}

/// The check digit of 17 characters, whatever stands at its place; nothing if they could not be a VIN.
fn check_digit(vin: &str) -> Option<char> {
    if vin.chars().count() != 17 {
        return None;
    }
    let mut sum = 0;
    for (c, weight) in vin.chars().zip(WEIGHTS) {
        sum += value(c)? * weight;
    }
    match sum % 11 {
        10 => Some('X'),
        rest => char::from_digit(rest, 10),
    }
}

/// Whether these are 17 characters a VIN may have.
pub(crate) fn looks_like_vin(vin: &str) -> bool {
    check_digit(vin).is_some()
}

/// Whether the ninth character is the check digit of the others.
pub(crate) fn check_digit_holds(vin: &str) -> bool {
    check_digit(vin).is_some_and(|digit| vin.chars().nth(8) == Some(digit))
}

/// A VIN: maker (3), type (5), year and plant (2), serial (6).
pub(super) fn build(maker: &str, kind: &str, year: char, plant: char, serial: u32) -> String {
    let draft = format!("{maker}{kind}0{year}{plant}{serial:06}");
    let digit = check_digit(&draft).unwrap_or('0');
    draft
        .chars()
        .enumerate()
        .map(|(at, c)| if at == 8 { digit } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_textbook_number_has_a_valid_check_digit() {
        assert!(check_digit_holds("1M8GDM9AXKP042788"));
        assert!(check_digit_holds("11111111111111111"));
    }

    #[test]
    fn one_changed_character_is_noticed() {
        assert!(!check_digit_holds("1M8GDM9AXKP042789"));
        assert!(!check_digit_holds("1M8GDM9AXKP04278"));
        assert!(!looks_like_vin("1M8GDM9AXKPO42788"));
    }

    #[test]
    fn what_is_built_holds() {
        for serial in 0..500 {
            assert!(check_digit_holds(&build("MBL", "HAR07", 'N', 'H', serial)));
        }
    }
}
