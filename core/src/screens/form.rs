//! What a person types: a field says what is wrong with it once it was left or the form was sent, not while it is filled in.

use zeroize::Zeroizing;

use super::text::{Text, TextArg, TextKey};
use crate::error::{Error, OfflineReason, Refusal};
use crate::model::redacted::debug_shows;
use crate::model::rules::{self, Fault};

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
    refused: Option<Text>,
}

impl Input {
    /// One that begins with what is there already.
    pub(crate) fn of(text: &str) -> Self {
        Self {
            text: Zeroizing::new(text.to_owned()),
            ..Self::default()
        }
    }

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

    /// The server does not take this very text.
    pub(crate) fn refuse(&mut self, why: impl Into<Text>) {
        self.refused = Some(why.into());
        self.visited = true;
    }

    /// Whether something is said to be wrong with it.
    pub(crate) fn is_wrong(&self, checked: Result<(), Text>) -> bool {
        self.problem(checked).is_some()
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
        checked.err().or_else(|| self.refused.clone())
    }
}

/// Where a form that was to be sent was stopped.
pub(crate) struct Stops<F> {
    fault: Option<F>,
    count: u32,
}

impl<F> Default for Stops<F> {
    fn default() -> Self {
        Self {
            fault: None,
            count: 0,
        }
    }
}

impl<F: Copy> Stops<F> {
    /// It was to be sent, and this is the first of its fields that something is wrong with.
    pub(crate) fn note(&mut self, fault: Option<F>) {
        self.fault = fault;
        self.count = self.count.wrapping_add(u32::from(fault.is_some()));
    }

    /// The field it was stopped at last, while something `is_wrong` with it.
    pub(crate) fn fault(&self, is_wrong: impl FnOnce(&F) -> bool) -> Option<F> {
        self.fault.filter(is_wrong)
    }

    pub(crate) fn count(&self) -> u32 {
        self.count
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
    rules::email(typed.trim()).map_err(|wrong| match wrong {
        Fault::Empty => TextKey::FieldEmailEmpty.into(),
        Fault::Malformed => TextKey::FieldEmailMalformed.into(),
        other => fault(other),
    })
}

pub(crate) fn password(typed: &str) -> Result<(), Text> {
    rules::password(typed).map_err(|wrong| match wrong {
        Fault::Empty => TextKey::FieldPasswordEmpty.into(),
        other => fault(other),
    })
}

/// A password to be set. The rule is v2's, everywhere: v1 takes any.
pub(crate) fn new_password(typed: &str) -> Result<(), Text> {
    rules::new_password(typed).map_err(|wrong| match wrong {
        Fault::Empty => TextKey::FieldPasswordEmpty.into(),
        other => fault(other),
    })
}

/// The same password once more.
pub(crate) fn repeated(first: &str, again: &str) -> Result<(), Text> {
    if first == again {
        return Ok(());
    }
    Err(TextKey::FieldPasswordsDiffer.into())
}

/// A given or a family name.
pub(crate) fn name(typed: &str) -> Result<(), Text> {
    rules::text(typed.trim(), 1, rules::NAME).map_err(fault)
}

pub(crate) fn phone(typed: &str) -> Result<(), Text> {
    rules::phone(typed.trim()).map_err(|wrong| match wrong {
        Fault::Empty => TextKey::FieldPhoneMalformed.into(),
        other => fault(other),
    })
}

/// A postal address, or none.
pub(crate) fn address(typed: &str) -> Result<(), Text> {
    rules::text(typed.trim(), 0, rules::ADDRESS).map_err(fault)
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
            let text = reason.to_owned();
            input.refuse(Text::with(TextKey::FieldRefused, TextArg::Words { text }));
            any = true;
        }
    }
    any
}

/// Whether the server may have done what was sent although no good answer came.
pub(crate) fn may_have_arrived(error: &Error) -> bool {
    match error {
        Error::Offline { why, .. } => matches!(why, OfflineReason::Interrupted | OfflineReason::TimedOut),
        // It was under way when the app was suspended.
        Error::ServerFault { .. } | Error::Suspended => true,
        _ => false,
    }
}
