//! What is said to a person, as a key with arguments. The sentences are the shells', in each of their languages.
//!
//! The catalogue of the shells is made of the same keys ([`TextKey`]), and a test there keeps the two together.

use jiff::Timestamp;

pub use super::text_keys::TextKey;
use super::values::{Quantity, WallTime};

/// Something said to a person.
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Text {
    /// What.
    pub key: TextKey,
    /// What stands in its places, in the order of their numbers.
    pub args: Vec<TextArg>,
}

/// What stands in a place of a text.
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum TextArg {
    /// How many: chooses between singular and plural.
    Count {
        /// So many.
        count: i64,
    },
    /// Words as they are: a name, or a server's sentence.
    Words {
        /// The words.
        text: String,
    },
    /// Another text.
    Key {
        /// Which; it has no places.
        key: TextKey,
    },
    /// A number with its unit.
    Quantity {
        /// The number.
        quantity: Quantity,
    },
    /// A moment, to be shown in this device's zone.
    Moment {
        /// When.
        at: Timestamp,
    },
    /// A time to be shown with these digits.
    Wall {
        /// When.
        at: WallTime,
    },
}

impl Text {
    /// A text with something in each of its places.
    pub(crate) fn new(key: TextKey, args: Vec<TextArg>) -> Self {
        debug_assert_eq!(args.len(), key.places(), "the places of {key:?}");
        Self { key, args }
    }

    /// A text without places.
    #[must_use]
    pub fn plain(key: TextKey) -> Self {
        Self::new(key, Vec::new())
    }

    /// A text with one place.
    #[must_use]
    pub fn with(key: TextKey, arg: TextArg) -> Self {
        Self::new(key, vec![arg])
    }

    /// Words that are no text of ours: a server's, or a name.
    #[must_use]
    pub fn words(text: impl Into<String>) -> Self {
        Self::with(TextKey::Words, TextArg::Words { text: text.into() })
    }
}

impl TextKey {
    /// How many arguments it has.
    pub(crate) fn places(self) -> usize {
        let is_there = |number: &usize| self.english().contains(&format!("{{{number}}}"));
        (0..).take_while(is_there).count()
    }
}

impl From<TextKey> for Text {
    fn from(key: TextKey) -> Self {
        Self::plain(key)
    }
}

// Names and a server's sentences can be about a person.
impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}{:?}", self.key, self.args)
    }
}

impl std::fmt::Debug for TextArg {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Count { count } => write!(f, "{count}"),
            Self::Words { .. } => f.write_str("(words)"),
            Self::Key { key } => write!(f, "{key:?}"),
            Self::Quantity { quantity } => write!(f, "{} {:?}", quantity.value, quantity.unit),
            Self::Moment { at } => write!(f, "{at}"),
            Self::Wall { at } => write!(f, "{} {}", at.at, at.zone),
        }
    }
}

/// Defines the keys, their names in a catalogue, and the list of all.
macro_rules! text_keys {
    ($($(#[doc = $english:literal])+ $key:ident = $name:literal,)+) => {
        /// Every text there is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
        pub enum TextKey {
            $($(#[doc = $english])+ $key,)+
        }

        impl TextKey {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$key,)+];

            /// Its name in a catalogue: lower case, digits and underscores.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$key => $name,)+
                }
            }

            /// Its English sentence, with `{0}` where its first argument stands.
            #[must_use]
            pub fn english(self) -> &'static str {
                match self {
                    $(Self::$key => concat!($($english),+).trim_ascii(),)+
                }
            }
        }
    };
}

pub(super) use text_keys;

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_text_has_a_name_of_its_own_and_an_english_sentence() {
        let names: HashSet<&str> = TextKey::ALL.iter().map(|key| key.name()).collect();
        assert_eq!(names.len(), TextKey::ALL.len());
        for key in TextKey::ALL {
            let name = key.name();
            assert!(
                name.bytes()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_'),
                "{name}"
            );
            assert!(!key.english().is_empty(), "{name}");
            assert!(!key.english().ends_with('.'), "{name}");
        }
    }

    #[test]
    #[cfg(debug_assertions)]
    fn a_text_is_not_made_with_another_number_of_arguments_than_it_has_places() {
        let count = || TextArg::Count { count: 1 };
        for key in TextKey::ALL.iter().copied() {
            for given in 0..3 {
                let args = (0..given).map(|_| count()).collect();
                let made = std::panic::catch_unwind(|| Text::new(key, args));
                assert_eq!(made.is_ok(), given == key.places(), "{key:?}");
            }
        }
        assert_eq!(TextKey::TrailWritePutOff.places(), 2);
    }

    #[test]
    fn s37_words_about_a_person_are_not_in_debug() {
        let text = Text::words("SECRET NAME");
        assert_eq!(format!("{text:?}"), "Words[(words)]");
    }
}
