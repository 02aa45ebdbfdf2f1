//! Closed sets of words that a server may one day extend: an unknown word is kept, not refused (scenario 21).

/// Defines an enum of wire words with an `Unknown` variant, and its text and serde forms. Reading folds case, spaces and
/// hyphens, because v1 writes `Cooling System`, `cooling_system` and `Critical` (Q13).
macro_rules! wire_words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)+
            /// A word this version of the library does not know, as the server wrote it.
            Unknown(String),
        }

        impl $name {
            /// Reads the word in any case, with spaces, hyphens or underscores; an unknown one is kept.
            #[must_use]
            pub fn from_word(word: &str) -> Self {
                match $crate::model::wire_word::fold(word).as_str() {
                    $($word => Self::$variant,)+
                    _ => Self::Unknown(word.to_owned()),
                }
            }

            /// The word as v2 writes it.
            #[must_use]
            pub fn as_word(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Unknown(word) => word,
                }
            }

            /// Every word this version knows.
            #[must_use]
            pub fn known() -> Vec<Self> {
                vec![$(Self::$variant,)+]
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_word())
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_word())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Ok(Self::from_word(&word))
            }
        }
    };
}

pub(crate) use wire_words;

/// Lower case, with underscores for spaces and hyphens.
pub(crate) fn fold(word: &str) -> String {
    word.trim()
        .chars()
        .map(|c| {
            if c == ' ' || c == '-' {
                '_'
            } else {
                c.to_ascii_lowercase()
            }
        })
        .collect()
}
