//! Fields read leniently, so that a server may add, drop, or rewrite them without breaking an app in the field.
//!
//! Promised (scenario 21): an unknown field is ignored; a missing, null or unreadable one is "not said", never an error; a
//! number may come as `12000`, `12000.0` or `"12000"`. What is required is decided where the model is built, not here.

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::Value;
use zeroize::Zeroizing;

/// A scalar that can be read from more than one JSON form.
pub(super) trait FromLoose: Sized {
    /// The value, or nothing if the JSON cannot mean one.
    fn from_loose(value: Value) -> Option<Self>;
}

impl FromLoose for i64 {
    fn from_loose(value: Value) -> Option<Self> {
        match value {
            Value::Number(number) => number.as_i64().or_else(|| number.as_f64().and_then(whole)),
            Value::String(text) => {
                let text = text.trim();
                text.parse().ok().or_else(|| text.parse().ok().and_then(whole))
            }
            _ => None,
        }
    }
}

/// A float as an integer, if it is one; beyond 2^53 a float cannot name one id.
fn whole(float: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[allow(clippy::cast_possible_truncation)]
    (float.fract() == 0.0 && float.abs() <= EXACT).then_some(float as i64)
}

impl FromLoose for f64 {
    fn from_loose(value: Value) -> Option<Self> {
        match value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
            _ => None,
        }
    }
}

impl FromLoose for bool {
    fn from_loose(value: Value) -> Option<Self> {
        match value {
            Value::Bool(flag) => Some(flag),
            Value::Number(number) => number.as_f64().map(|number| number != 0.0),
            _ => None,
        }
    }
}

impl FromLoose for String {
    fn from_loose(value: Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

/// A scalar field: there, or not said.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lax<T>(pub(super) Option<T>);

impl<T> Default for Lax<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: FromLoose> Deserialize<'de> for Lax<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(|value| Self(T::from_loose(value)))
    }
}

impl Lax<String> {
    /// The text if there is any.
    pub(super) fn filled(self) -> Option<String> {
        self.0.filter(|text| !text.trim().is_empty())
    }

    /// The text, empty if not said.
    pub(super) fn or_empty(self) -> String {
        self.0.unwrap_or_default()
    }

    pub(super) fn as_str(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }
}

impl Lax<i64> {
    /// As a count or a number of minutes.
    pub(super) fn small(&self) -> Option<u32> {
        self.0.and_then(|number| number.try_into().ok())
    }
}

/// A nested object: there, or not said.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part<T>(pub(super) Option<T>);

impl<T> Default for Part<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Part<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(|value| Self(serde_json::from_value(value).ok()))
    }
}

/// A list; an item that cannot be read is left out, and a list that is none is "not said".
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rows<T>(pub(super) Option<Vec<Part<T>>>);

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Rows<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Value::deserialize(deserializer)? {
            Value::Array(items) => {
                let part = |item| Part(serde_json::from_value(item).ok());
                Self(Some(items.into_iter().map(part).collect()))
            }
            _ => Self(None),
        })
    }
}

impl<T> Rows<T> {
    /// What can be read; nothing if the list was not said.
    pub(super) fn readable(self) -> impl Iterator<Item = T> {
        self.0.into_iter().flatten().filter_map(|part| part.0)
    }
}

/// A secret: kept out of the untyped tree, wiped when dropped, and without `Debug`.
pub(super) struct Secret(pub(super) Zeroizing<String>);

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Zeroizing::new(text)))
    }
}
