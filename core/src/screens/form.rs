//! What a person types: a field says what is wrong with it once it was left or the form was sent, not while it is filled in.

use zeroize::Zeroizing;

use super::text::{Text, TextArg, TextKey};
use crate::error::{Error, Refusal};
use crate::model::redacted::debug_shows;
use crate::model::rules::Fault;

/// A field of a form.
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct TextField {
    /// What was typed.
    pub value: String,
    /// What is wrong with it, to be said below it.
    pub problem: Option<Text>,
}

/// A field whose text is not shown back: a password.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct SecretField {
    /// Whether something was typed. The shell empties its own field when this turns `false`: what was typed has been used.
    pub filled: bool,
    /// What is wrong with it, to be said below it.
    pub problem: Option<Text>,
}

// What a person types is theirs.
debug_shows!(TextField: problem);

/// One field as its scene keeps it. Wiped when it is emptied or dropped.
#[derive(Clone, Default)]
pub(crate) struct Input {
    text: Zeroizing<String>,
    /// Whether the person has been there: what is wrong is said from then on.
    visited: bool,
    /// What the server found wrong with this very text.
    refused: Option<String>,
}

impl Input {
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn set(&mut self, text: String) {
        self.text = Zeroizing::new(text);
        self.refused = None;
    }

    /// The person left the field, or sent the form.
    pub(crate) fn visit(&mut self) {
        self.visited = true;
    }

    /// What was typed has been used.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    fn refuse(&mut self, reason: &str) {
        self.refused = Some(reason.to_owned());
        self.visited = true;
    }

    pub(crate) fn shown(&self, checked: Result<(), Text>) -> TextField {
        TextField {
            value: self.text.as_str().to_owned(),
            problem: self.problem(checked),
        }
    }

    pub(crate) fn shown_secret(&self, checked: Result<(), Text>) -> SecretField {
        SecretField {
            filled: !self.text.is_empty(),
            problem: self.problem(checked),
        }
    }

    fn problem(&self, checked: Result<(), Text>) -> Option<Text> {
        if !self.visited {
            return None;
        }
        let refused = || {
            let text = self.refused.clone()?;
            Some(Text::with(TextKey::FieldRefused, TextArg::Words { text }))
        };
        checked.err().or_else(refused)
    }
}

/// What is wrong with a field, where nothing more particular can be said of its form.
pub(crate) fn fault(fault: Fault) -> Text {
    let count = |key, count: usize| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        Text::with(key, TextArg::Count { count })
    };
    match fault {
        Fault::Empty => TextKey::FieldRequired.into(),
        Fault::Short(least) => count(TextKey::FieldTooShort, least),
        Fault::Long(most) => count(TextKey::FieldTooLong, most),
        Fault::Malformed | Fault::Mistyped => TextKey::FieldMalformed.into(),
        Fault::Nul => TextKey::FieldBadCharacters.into(),
    }
}

pub(crate) fn email(typed: &str) -> Result<(), Text> {
    crate::model::rules::email(typed.trim()).map_err(|wrong| match wrong {
        Fault::Empty => TextKey::FieldEmailEmpty.into(),
        Fault::Malformed => TextKey::FieldEmailMalformed.into(),
        other => fault(other),
    })
}

pub(crate) fn password(typed: &str) -> Result<(), Text> {
    crate::model::rules::password(typed).map_err(|wrong| match wrong {
        Fault::Empty => TextKey::FieldPasswordEmpty.into(),
        other => fault(other),
    })
}

/// What the server found wrong is shown at the fields it named. Gives whether it named one of these.
pub(crate) fn refuse(error: &Error, fields: &mut [(&str, &mut Input)]) -> bool {
    let named: Vec<(&str, &str)> = match error {
        Error::Refused {
            why: Refusal::Invalid { fields },
            ..
        } => fields
            .iter()
            .map(|one| (one.field.as_str(), one.reason.as_str()))
            .collect(),
        Error::InvalidInput { field, reason } => vec![(field, reason)],
        _ => Vec::new(),
    };
    let mut any = false;
    for (name, reason) in named {
        for (_, input) in fields.iter_mut().filter(|(own, _)| *own == name) {
            input.refuse(reason);
            any = true;
        }
    }
    any
}
