//! What the tests of this module share: recorded exchanges, surroundings, and one short word per kind of error.

use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use http::StatusCode;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::{ApiError, Dialect, Operation, RefreshRefusal, Surroundings, WireAnswer};
use crate::model::CustomerId;

/// Surroundings that can be lent.
pub(super) struct Setting {
    dialect: Dialect,
    customer: i64,
    zone: TimeZone,
}

impl Setting {
    pub(super) fn v1() -> Self {
        Self::of(Dialect::V1)
    }

    pub(super) fn v2() -> Self {
        let features = [
            "password_change",
            "password_reset",
            "profile_change",
            "account_deletion",
            "data_export",
            "vehicle_claim",
            "book",
            "choose_center",
            "slots",
            "photos",
        ];
        Self::of(Dialect::V2 {
            features: features.map(str::to_owned).to_vec(),
        })
    }

    pub(super) fn of(dialect: Dialect) -> Self {
        Self {
            dialect,
            customer: 7,
            zone: TimeZone::get("Asia/Kolkata").unwrap(),
        }
    }

    pub(super) fn customer(mut self, customer: i64) -> Self {
        self.customer = customer;
        self
    }

    pub(super) fn around(&self) -> Surroundings<'_> {
        Surroundings {
            dialect: &self.dialect,
            customer: Some(CustomerId(self.customer)),
            zone: &self.zone,
            now: "2026-11-22T00:40:00Z".parse().unwrap(),
        }
    }
}

/// An answer with a body.
pub(super) fn answer(status: u16, body: &str) -> WireAnswer {
    WireAnswer {
        status: StatusCode::from_u16(status).unwrap(),
        request_id: Some("req".to_owned()),
        has_challenge: false,
        after_unknown: false,
        etag: None,
        body: Bytes::copy_from_slice(body.as_bytes()),
    }
}

pub(super) fn folder(dialect: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(dialect)
}

/// Every file of a folder, sorted.
pub(super) fn files(dialect: &str) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder(dialect))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// A recorded answer: of v1 as curl printed it, of v2 as the contract has it.
pub(super) fn recorded(dialect: &str, name: &str) -> WireAnswer {
    let text = std::fs::read_to_string(folder(dialect).join(name)).unwrap();
    if dialect == "v2" {
        let file: Value = serde_json::from_str(&text).unwrap();
        let status = file["status"].as_u64().unwrap().try_into().unwrap();
        let mut answer = answer(status, &file["body"].to_string());
        answer.has_challenge = file["challenge"].as_bool().unwrap();
        return answer;
    }
    let (head, body) = text.split_once("\n\n").unwrap();
    let mut lines = head.lines().skip(1);
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(": ")).collect();
    let header = |name: &str| {
        headers
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| (*value).to_owned())
    };
    let mut answer = answer(status, body.trim_end());
    answer.request_id = header("x-request-id");
    answer.has_challenge = header("www-authenticate").is_some();
    answer
}

type Check = Box<dyn Fn(&WireAnswer)>;
type Read = Box<dyn Fn(&WireAnswer) -> Result<(), String>>;

/// One recorded answer, and what it must become.
pub(super) struct Row {
    pub(super) file: &'static str,
    /// Panics unless the answer becomes what it must.
    pub(super) check: Check,
    /// Only whether it can be read.
    pub(super) read: Read,
}

impl Row {
    /// Checks this answer, and names the file if it is not what it must be.
    pub(super) fn hold(&self, answer: &WireAnswer) {
        let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| (self.check)(answer)));
        assert!(checked.is_ok(), "{} did not become what it must", self.file);
    }
}

/// A row: the file, the operation whose answer it is, and the assertions.
pub(super) fn row<O: Operation + 'static>(
    setting: fn() -> Setting,
    file: &'static str,
    operation: O,
    check: impl Fn(Result<O::Output, ApiError>) + 'static,
) -> Row {
    let operation = Arc::new(operation);
    let reader = Arc::clone(&operation);
    Row {
        file,
        check: Box::new(move |answer| {
            let setting = setting();
            let result = operation.decode(&setting.around(), answer);
            if let Err(error) = &result {
                says_nothing_of_the_inside(error);
            }
            check(result);
        }),
        read: Box::new(move |answer| {
            let setting = setting();
            reader
                .decode(&setting.around(), answer)
                .map(drop)
                .map_err(|error| kind(&error))
        }),
    }
}

/// A row that is an error of this kind.
pub(super) fn fails<O: Operation + 'static>(
    setting: fn() -> Setting,
    file: &'static str,
    operation: O,
    expected: &'static str,
) -> Row {
    row(setting, file, operation, move |result| match result {
        Ok(_) => panic!("{file} must be an error: {expected}"),
        Err(error) => assert_eq!(kind(&error), expected, "{file}: {error}"),
    })
}

/// The kind of an error, in a word or two.
pub(super) fn kind(error: &ApiError) -> String {
    match error {
        ApiError::AccessTokenRefused { .. } => "token refused".to_owned(),
        ApiError::Refused { why, .. } => serde_json::to_value(why).unwrap()["kind"]
            .as_str()
            .unwrap()
            .to_owned(),
        ApiError::Conflict { .. } => "conflict".to_owned(),
        ApiError::RefreshRefused {
            refusal: RefreshRefusal::Weather { .. },
            ..
        } => "Weather".to_owned(),
        ApiError::RefreshRefused { refusal, .. } => format!("{refusal:?}"),
        ApiError::WrongDialect { .. } => "wrong dialect".to_owned(),
        ApiError::UpgradeRequired { .. } => "upgrade required".to_owned(),
        ApiError::ServerFault { status, .. } => format!("fault {status}"),
        ApiError::InvalidInput { field, .. } => format!("invalid {field}"),
        ApiError::Unsupported(capability) => format!("unsupported {capability}"),
        ApiError::NotModified => "not modified".to_owned(),
    }
}

/// What a server writes about its insides, or repeats of what was sent, must not be in an error (Q8).
fn says_nothing_of_the_inside(error: &ApiError) {
    let shown = format!("{error} {error:?} {}", crate::Error::from(error.clone()));
    for inside in [
        "SQL",
        "INSERT",
        "SELECT",
        "$2b$",
        "asyncpg",
        "Errno",
        "alice@",
        "@b.test",
        "not-an-email",
        "alice-pass",
    ] {
        assert!(!shown.contains(inside), "shows {inside}: {shown}");
    }
}
