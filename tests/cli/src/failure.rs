//! Why a run failed: in words for a person, as JSON for a program, with the code to leave with.

use pmi_core::Error;
use pmi_core::error::Refusal;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::exit::Exit;

/// Why a run failed. Holds no password, token or URL with one: neither does anything it is made from.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    /// The code to leave with.
    pub(crate) exit: Exit,
    /// One word for programs; part of the contract.
    pub(crate) kind: &'static str,
    /// One sentence for a person.
    pub(crate) message: String,
    /// What to do, if the message does not say it.
    pub(crate) hint: Option<String>,
    /// More, for programs: `request_id`, `why`, `until`, `field`, ...
    pub(crate) details: Map<String, Value>,
}

impl Failure {
    /// A failure of the shell's own.
    pub(crate) fn new(exit: Exit, kind: &'static str, message: impl Into<String>) -> Self {
        Self {
            exit,
            kind,
            message: message.into(),
            hint: None,
            details: Map::new(),
        }
    }

    /// A defect of this program.
    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self::new(Exit::Internal, "internal", message)
    }

    /// What was typed is no command.
    pub(crate) fn usage(error: &clap::Error) -> Self {
        let text = error.to_string();
        let text = text.trim();
        Self::new(Exit::Usage, "usage", text.strip_prefix("error: ").unwrap_or(text))
    }

    /// The same with what to do.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The object under `"error"`.
    pub(crate) fn json(&self) -> Value {
        let mut object = self.details.clone();
        object.insert("kind".to_owned(), self.kind.into());
        object.insert("message".to_owned(), self.message.clone().into());
        if let Some(hint) = &self.hint {
            object.insert("hint".to_owned(), hint.clone().into());
        }
        object.insert("exit_code".to_owned(), self.exit.code().into());
        Value::Object(object)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self {
            exit: Exit::of(&error),
            kind: kind(&error),
            message: error.to_string(),
            hint: None,
            details: details(&error),
        }
    }
}

/// The word for each error of the core.
pub(crate) fn kind(error: &Error) -> &'static str {
    match error {
        Error::SignInNeeded { .. } => "sign_in_needed",
        Error::Locked { .. } => "locked",
        Error::Offline { .. } => "offline",
        Error::CaptivePortal => "captive_portal",
        Error::Untrusted { .. } => "untrusted",
        Error::Busy { .. } => "busy",
        Error::Refused { .. } => "refused",
        Error::Conflict { .. } => "conflict",
        Error::AmbiguousTime { .. } => "ambiguous_time",
        Error::Unsent { .. } => "unsent",
        Error::ServerFault { .. } => "server_fault",
        Error::UpgradeRequired { .. } => "upgrade_required",
        Error::InvalidInput { .. } => "invalid_input",
        Error::Unsupported { .. } => "unsupported",
        Error::Storage { .. } => "storage",
        Error::Suspended => "suspended",
        Error::Closed => "closed",
        Error::Internal { .. } => "internal",
    }
}

fn details(error: &Error) -> Map<String, Value> {
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() {
            object.insert(name.to_owned(), value);
        }
    };
    match error {
        Error::SignInNeeded { why } => put("why", word(why)),
        Error::Offline { why, .. } => put("why", word(why)),
        Error::Storage { why, .. } => put("why", word(why)),
        Error::Busy { until } => put("until", json!(until)),
        Error::InvalidInput { field, .. } => put("field", json!(field)),
        Error::Unsupported { capability } => put("capability", json!(capability)),
        Error::Conflict { conflict } => {
            put("request_id", json!(conflict.request_id));
            put("conflict", json!(conflict));
        }
        Error::AmbiguousTime { skipped, choices } => {
            put("skipped", json!(skipped));
            put("choices", json!(choices));
        }
        Error::Unsent { count } => put("count", json!(count)),
        Error::ServerFault { request_id, .. } | Error::UpgradeRequired { request_id } => {
            put("request_id", json!(request_id));
        }
        Error::Refused { why, request_id, .. } => {
            put("request_id", json!(request_id));
            put("why", word(why).get("kind").cloned().unwrap_or_default());
            match why {
                Refusal::MissingPermission { permission } => put("permission", json!(permission)),
                Refusal::Invalid { fields } => put("fields", json!(fields)),
                Refusal::Other { code } => put("code", json!(code)),
                _ => {}
            }
        }
        Error::Locked { .. }
        | Error::CaptivePortal
        | Error::Untrusted { .. }
        | Error::Suspended
        | Error::Closed
        | Error::Internal { .. } => {}
    }
    object
}

fn word(why: impl Serialize) -> Value {
    serde_json::to_value(why).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_tells_its_kind_why_and_request() {
        let failure = Failure::from(Error::Refused {
            why: Refusal::WrongCredentials,
            reason: "no".to_owned(),
            request_id: Some("r-1".to_owned()),
        });
        assert_eq!(
            failure.json(),
            json!({"kind": "refused", "why": "wrong_credentials", "message": "no", "request_id": "r-1", "exit_code": 5})
        );
    }

    #[test]
    fn what_is_unknown_is_left_out() {
        let failure = Failure::from(Error::ServerFault {
            reason: "ill".to_owned(),
            request_id: None,
        });
        assert_eq!(
            failure.json(),
            json!({"kind": "server_fault", "message": "ill", "exit_code": 4})
        );
    }
}
