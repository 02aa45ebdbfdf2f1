//! A colour, and the contrast of two by WCAG 2.2.

/// A colour in sRGB: alpha, red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub(super) [u8; 4]);

impl Colour {
    /// From `#RRGGBB` or `#AARRGGBB`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no colour such as #1D5CB8");
        let digits = text.strip_prefix('#').ok_or_else(wrong)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| wrong())?;
        match digits.len() {
            6 => Ok(Self((0xFF00_0000 | number).to_be_bytes())),
            8 => Ok(Self(number.to_be_bytes())),
            _ => Err(wrong()),
        }
    }

    /// As Compose writes it.
    pub(super) fn hex(self) -> String {
        format!("0x{:08X}", u32::from_be_bytes(self.0))
    }

    /// How different two are in light: 1 to 21.
    pub(super) fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn luminance(self) -> f64 {
        let [_, red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

fn linear(channel: u8) -> f64 {
    let channel = f64::from(channel) / 255.0;
    if channel <= 0.04045 {
        channel / 12.92
    } else {
        ((channel + 0.055) / 1.055).powf(2.4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let of = |one, two| Colour::parse(one).unwrap().contrast(Colour::parse(two).unwrap());
        assert!((of("#000000", "#FFFFFF") - 21.0).abs() < 1e-9);
        assert!((of("#777777", "#FFFFFF") - 4.478).abs() < 0.001);
        assert!((of("#FFFFFF", "#777777") - 4.478).abs() < 0.001);
    }

    #[test]
    fn a_colour_has_six_or_eight_digits() {
        assert_eq!(
            Colour::parse("#1D5CB8").map(Colour::hex),
            Ok("0xFF1D5CB8".to_owned())
        );
        assert_eq!(
            Colour::parse("#661D5CB8").map(Colour::hex),
            Ok("0x661D5CB8".to_owned())
        );
        for wrong in ["1D5CB8", "#1D5CB", "#1D5CBG", "#", "#+1D5CB8"] {
            assert!(Colour::parse(wrong).is_err(), "{wrong}");
        }
    }
}
