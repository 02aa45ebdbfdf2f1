//! v1's refusals: five shapes of body (Q8), and statuses that do not mean what they say.
//!
//! Promised: no text of a 5xx is kept, and of a 422 neither `input` nor a message that repeats it (it can be a password).

use serde::Deserialize;
use serde_json::Value;

use crate::api::answer::{
    by_status, field_name, invalid, json, not_found, one_line, other, server_fault, token_refused,
    wrong_dialect,
};
use crate::api::loose::{FromLoose as _, Lax, Rows};
use crate::api::v2::is_envelope;
use crate::api::{ApiError, WireAnswer};
use crate::error::FieldProblem;

/// What a body that is no success says.
pub(super) enum Said {
    /// `{"detail": "text"}`.
    Text(String),
    /// `{"detail": [..]}`: which fields of the request are wrong.
    Fields(Vec<FieldProblem>),
    /// `{"error": "Validation Error", "detail": [..]}`: which fields of the *server's* data are wrong.
    OwnData,
    /// v2's envelope: the server is no longer v1.
    Envelope,
    /// None of these.
    Odd,
}

impl Said {
    pub(super) fn of(answer: &WireAnswer) -> Self {
        let Some(mut body) = json(answer) else {
            return Self::Odd;
        };
        if is_envelope(&body) {
            return Self::Envelope;
        }
        if body.get("error").is_some() {
            return Self::OwnData;
        }
        match body.get_mut("detail").map(Value::take) {
            Some(Value::String(text)) => Self::Text(text),
            Some(list @ Value::Array(_)) => match serde_json::from_value::<Rows<Problem>>(list) {
                Ok(problems) => Self::Fields(problems.readable().map(Problem::into_model).collect()),
                Err(_) => Self::Odd,
            },
            _ => Self::Odd,
        }
    }
}

/// What an answer that is no success means, where the route has no meaning of its own for it.
pub(in crate::api) fn fault(answer: &WireAnswer, noun: &str) -> ApiError {
    if let Some(error) = by_status(answer) {
        return error;
    }
    match (answer.status.as_u16(), Said::of(answer)) {
        (_, Said::Envelope) => wrong_dialect(answer),
        // The route does not exist. Every route asked here does exist on v1, so this is another server.
        (404, Said::Text(text)) if text == "Not Found" => wrong_dialect(answer),
        (401, Said::Text(_)) => token_refused(answer),
        (401, _) if answer.has_challenge => token_refused(answer),
        // Q3: v1 says 403 to a missing token.
        (403, Said::Text(text))
            if text == "Not authenticated" || text == "Invalid authentication credentials" =>
        {
            token_refused(answer)
        }
        (404, Said::Text(_)) => not_found(answer, noun),
        (422, Said::OwnData) => server_fault(answer, "its own data is not valid"),
        (422, Said::Fields(fields)) => invalid(answer, fields),
        _ => other(answer, None),
    }
}

/// One item of a 422. `ctx` and `url` are not read.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Problem {
    #[serde(rename = "type")]
    kind: Lax<String>,
    loc: Rows<Value>,
    msg: Lax<String>,
    input: Value,
}

impl Problem {
    fn into_model(self) -> FieldProblem {
        let path: Vec<String> = self
            .loc
            .readable()
            .enumerate()
            .filter_map(|(at, part)| match part {
                Value::String(part) if at == 0 && ["body", "query", "path"].contains(&part.as_str()) => None,
                Value::String(part) => Some(field_name(&part)),
                // A place in a list. Right after "body" it is the byte at which JSON broke, and names nothing.
                Value::Number(_) if at <= 1 => None,
                place @ Value::Number(_) => i64::from_loose(place).map(|place| place.to_string()),
                _ => None,
            })
            .collect();
        let field = if path.is_empty() {
            "request".to_owned()
        } else {
            path.join(".")
        };
        let reason = match self.kind.as_str() {
            "missing" => "is missing".to_owned(),
            "string_type" => "must be text".to_owned(),
            "int_parsing" | "int_from_float" | "int_type" => "must be a whole number".to_owned(),
            "datetime_parsing" | "datetime_from_date_parsing" => "must be a date and a time".to_owned(),
            "json_invalid" | "model_attributes_type" => "cannot be read".to_owned(),
            _ if self.msg.0.is_none() || repeats(&self.input, self.msg.as_str()) => {
                "is not accepted".to_owned()
            }
            _ => one_line(self.msg.as_str()),
        };
        FieldProblem { field, reason }
    }
}

/// Whether a message has something of the input in it, in any case. One that has by chance is dropped too.
fn repeats(input: &Value, message: &str) -> bool {
    let message = message.to_lowercase();
    let within = |text: &str| {
        let text = text.trim().to_lowercase();
        !text.is_empty() && message.contains(&text)
    };
    match input {
        Value::String(text) => within(text),
        Value::Number(number) => within(&number.to_string()),
        Value::Array(items) => items.iter().any(|item| repeats(item, &message)),
        Value::Object(fields) => fields.values().any(|field| repeats(field, &message)),
        Value::Null | Value::Bool(_) => false,
    }
}
