//! Lists by cursor.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::call::Call;
use super::failure::Failure;

/// Which part of a list is wanted.
pub(crate) struct Page {
    /// 1 to 200.
    pub(crate) limit: usize,
    /// The keys of the last item of the page before.
    pub(crate) after: Option<(i64, i64)>,
}

impl Page {
    /// What the query asks for.
    pub(crate) fn of(call: &Call) -> Result<Self, Failure> {
        let limit = match call.query("limit") {
            None => 50,
            Some(text) => text
                .parse()
                .ok()
                .filter(|limit| (1..=200).contains(limit))
                .ok_or_else(|| Failure::fields(&[("limit", "is not between 1 and 200")]))?,
        };
        let after = call.query("cursor").map(|cursor| decode(&cursor)).transpose()?;
        Ok(Self { limit, after })
    }

    /// One more than the page holds, to see whether there is another.
    pub(crate) fn fetch(&self) -> i64 {
        self.limit as i64 + 1
    }

    /// The keys to go on from, or where everything begins.
    pub(crate) fn after_id(&self) -> i64 {
        self.after.map_or(0, |(_, id)| id)
    }

    /// The answer: `rows` were fetched with [`Page::fetch`]; `keys` are a row's.
    pub(crate) fn answer<T>(
        &self,
        mut rows: Vec<T>,
        keys: impl Fn(&T) -> (i64, i64),
        show: impl Fn(&T) -> Value,
    ) -> Value {
        let more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next = rows.last().filter(|_| more).map(|last| encode(keys(last)));
        json!({ "items": rows.iter().map(show).collect::<Vec<_>>(), "next_cursor": next })
    }
}

fn encode((key, id): (i64, i64)) -> String {
    URL_SAFE_NO_PAD.encode(format!("{key}:{id}"))
}

fn decode(cursor: &str) -> Result<(i64, i64), Failure> {
    let parse = || {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
        let (key, id) = text.split_once(':')?;
        Some((key.parse().ok()?, id.parse().ok()?))
    };
    parse().ok_or_else(|| Failure::bad_request("The cursor is not one of ours."))
}
