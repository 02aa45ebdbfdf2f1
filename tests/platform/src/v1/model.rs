//! Request validation as FastAPI and pydantic 2.5 do it: what is coerced, what is refused, and in which words.

use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde_json::{Map, Value, json};

use super::reply::{invalid, problem};
use super::when;
use crate::wire::Answer;

/// What a field is.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Text,
    Email,
    Int,
    /// Becomes its UTC digits, in microseconds.
    When,
    Bool,
}

/// A field of a body.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// Whether it may be absent or null.
    pub(super) optional: bool,
}

/// A field that must be there.
pub(super) const fn required(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        optional: false,
    }
}

/// A field that may be absent or null.
pub(super) const fn optional(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        optional: true,
    }
}

/// A body that passed: coerced, and absent ones null.
pub(super) struct Values(Map<String, Value>);

impl Values {
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    pub(super) fn some_text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    pub(super) fn int(&self, name: &str) -> i64 {
        self.some_int(name).unwrap_or_default()
    }

    pub(super) fn some_int(&self, name: &str) -> Option<i64> {
        self.0.get(name).and_then(Value::as_i64)
    }

    pub(super) fn some_bool(&self, name: &str) -> Option<bool> {
        self.0.get(name).and_then(Value::as_bool)
    }
}

/// Reads a body by its fields.
pub(super) fn read(headers: &HeaderMap, body: &Bytes, fields: &[Field]) -> Result<Values, Box<Answer>> {
    let top = json!(["body"]);
    if body.is_empty() {
        return Err(invalid(vec![problem(
            "missing",
            &top,
            "Field required",
            &Value::Null,
            None,
        )]));
    }
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or("application/json");
    let json_type = kind.split(';').next().is_some_and(|kind| {
        let kind = kind.trim().to_ascii_lowercase();
        kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
    });
    let parsed = if json_type {
        serde_json::from_slice(body)
    } else {
        Ok(json!(String::from_utf8_lossy(body)))
    };
    let map = match parsed {
        Ok(Value::Object(map)) => map,
        Ok(other) => {
            let msg = "Input should be a valid dictionary or object to extract fields from";
            return Err(invalid(vec![problem(
                "model_attributes_type",
                &top,
                msg,
                &other,
                None,
            )]));
        }
        Err(error) => {
            let ctx = Some(json!({ "error": "Expecting value" }));
            let loc = json!(["body", error.column()]);
            return Err(invalid(vec![problem(
                "json_invalid",
                &loc,
                "JSON decode error",
                &json!({}),
                ctx,
            )]));
        }
    };
    let mut problems = Vec::new();
    let mut values = Map::new();
    for field in fields {
        let loc = json!(["body", field.name]);
        let value = match map.get(field.name) {
            None if field.optional => Ok(Value::Null),
            None => {
                let whole = Value::Object(map.clone());
                Err(problem("missing", &loc, "Field required", &whole, None))
            }
            Some(Value::Null) if field.optional => Ok(Value::Null),
            Some(value) => coerce(field.kind, &loc, value),
        };
        match value {
            Ok(value) => drop(values.insert(field.name.to_owned(), value)),
            Err(one) => problems.push(one),
        }
    }
    if problems.is_empty() {
        Ok(Values(values))
    } else {
        Err(invalid(problems))
    }
}

fn coerce(kind: Kind, loc: &Value, value: &Value) -> Result<Value, Value> {
    match (kind, value) {
        (Kind::Text, Value::String(_)) => Ok(value.clone()),
        (Kind::Email, Value::String(text)) => email(text).map_err(|reason| {
            let msg = format!("value is not a valid email address: {reason}");
            problem("value_error", loc, &msg, value, Some(json!({ "reason": reason })))
        }),
        (Kind::Text | Kind::Email, _) => Err(problem(
            "string_type",
            loc,
            "Input should be a valid string",
            value,
            None,
        )),
        (Kind::Int, _) => int(loc, value),
        (Kind::When, Value::String(text)) => when::parse(text).map(Value::from).map_err(|reason| {
            let msg = format!("Input should be a valid datetime, {reason}");
            problem(
                "datetime_parsing",
                loc,
                &msg,
                value,
                Some(json!({ "error": reason })),
            )
        }),
        (Kind::When, Value::Number(epoch)) => Ok(Value::from(
            (epoch.as_f64().unwrap_or_default() * 1_000_000.0) as i64,
        )),
        (Kind::When, _) => Err(problem(
            "datetime_type",
            loc,
            "Input should be a valid datetime",
            value,
            None,
        )),
        (Kind::Bool, Value::Bool(_)) => Ok(value.clone()),
        (Kind::Bool, _) => Err(problem(
            "bool_type",
            loc,
            "Input should be a valid boolean",
            value,
            None,
        )),
    }
}

fn int(loc: &Value, value: &Value) -> Result<Value, Value> {
    match value {
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(int), _) => Ok(Value::from(int)),
            (None, Some(float)) if float.fract() == 0.0 => Ok(Value::from(float as i64)),
            _ => {
                let msg = "Input should be a valid integer, got a number with a fractional part";
                Err(problem("int_from_float", loc, msg, value, None))
            }
        },
        Value::String(text) => text
            .trim()
            .parse::<i64>()
            .map(Value::from)
            .map_err(|_| unparsable(loc, value)),
        Value::Bool(flag) => Ok(Value::from(i64::from(*flag))),
        _ => Err(problem(
            "int_type",
            loc,
            "Input should be a valid integer",
            value,
            None,
        )),
    }
}

fn unparsable(loc: &Value, value: &Value) -> Value {
    let msg = "Input should be a valid integer, unable to parse string as an integer";
    problem("int_parsing", loc, msg, value, None)
}

/// Reserved names no mail goes to.
const RESERVED: [&str; 6] = ["test", "local", "localhost", "invalid", "onion", "arpa"];

/// An address with its domain in lower case, or what is wrong with it.
fn email(text: &str) -> Result<Value, &'static str> {
    let Some((local, domain)) = text.split_once('@').filter(|(_, domain)| !domain.contains('@')) else {
        return Err("The email address is not valid. It must have exactly one @-sign.");
    };
    let domain = domain.to_lowercase();
    if local.is_empty() {
        return Err("There must be something before the @-sign.");
    }
    if domain.is_empty() {
        return Err("There must be something after the @-sign.");
    }
    if domain
        .rsplit('.')
        .next()
        .is_some_and(|top| RESERVED.contains(&top))
    {
        return Err(
            "The part after the @-sign is a special-use or reserved name that cannot be used with email.",
        );
    }
    if !domain.contains('.') {
        return Err("The part after the @-sign is not valid. It should have a period.");
    }
    Ok(Value::from(format!("{local}@{domain}")))
}

/// A number of a path or query.
pub(super) fn number(place: &str, name: &str, text: &str) -> Result<i64, Value> {
    text.trim()
        .parse::<i64>()
        .map_err(|_| unparsable(&json!([place, name]), &json!(text)))
}

/// An instant of a query.
pub(super) fn instant(name: &str, text: &str) -> Result<i64, Value> {
    coerce(Kind::When, &json!(["query", name]), &json!(text)).map(|value| value.as_i64().unwrap_or_default())
}

/// A query parameter that must be there and is not.
pub(super) fn absent(name: &str) -> Value {
    problem(
        "missing",
        &json!(["query", name]),
        "Field required",
        &Value::Null,
        None,
    )
}

/// A limit above what a route allows.
pub(super) fn at_most(name: &str, text: &str, most: i64) -> Value {
    let msg = format!("Input should be less than or equal to {most}");
    problem(
        "less_than_equal",
        &json!(["query", name]),
        &msg,
        &json!(text),
        Some(json!({ "le": most })),
    )
}
