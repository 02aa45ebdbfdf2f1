//! A read: once, or many times at once, with its age.

use std::time::Instant;

use futures_util::future::join_all;
use jiff::{Timestamp, tz::TimeZone};
use pmi_core::model::{Freshness, Snapshot};
use pmi_core::{Error, Result};
use serde::Serialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::failure::Failure;
use crate::hints;
use crate::output::{Answer, Asked};

/// What came of one call, or of many at once.
pub(super) struct Calls<T> {
    /// The first that succeeded.
    pub(super) value: T,
    many: Option<Many>,
    failure: Option<Failure>,
}

/// What `--parallel` reports.
struct Many {
    asked: usize,
    succeeded: usize,
    ms: u128,
}

/// Makes the call as often as `--parallel` says, all at once.
///
/// # Errors
/// The first error, if none succeeded.
pub(super) async fn call<T, F>(app: &App, once: impl Fn() -> F) -> Result<Calls<T>, Failure>
where
    F: Future<Output = Result<T>>,
{
    let asked = usize::from(app.global.parallel.unwrap_or(1));
    let started = Instant::now();
    let results = join_all((0..asked).map(|_| once())).await;
    let ms = started.elapsed().as_millis();
    let (mut value, mut succeeded, mut error) = (None, 0, None);
    for result in results {
        match result {
            Ok(found) => {
                succeeded += 1;
                value.get_or_insert(found);
            }
            Err(failed) => {
                error.get_or_insert(failed);
            }
        }
    }
    let failure = error.map(|error| app.explain(error));
    let Some(value) = value else {
        return Err(failure.unwrap_or_else(|| Failure::internal("a call ended without a result")));
    };
    let many = app.global.parallel.map(|_| Many { asked, succeeded, ms });
    Ok(Calls { value, many, failure })
}

impl<T> Calls<T> {
    /// Adds what `--parallel` reports.
    pub(super) fn answer(self, mut text: String, mut json: Value) -> Answer {
        if let Some(Many { asked, succeeded, ms }) = self.many {
            text.push_str(&format!(
                "\n{succeeded} of {asked} calls at once succeeded in {ms} ms"
            ));
            let failed = asked - succeeded;
            json["parallel"] = json!({"calls": asked, "succeeded": succeeded, "failed": failed, "ms": ms});
        }
        Answer {
            text,
            json,
            failure: self.failure,
        }
    }
}

/// Reads and shows an answer with its age.
///
/// # Errors
/// Those of the read.
pub(super) async fn read<T, F>(
    app: &App,
    once: impl Fn(Freshness) -> F,
    show: impl FnOnce(&T) -> String,
) -> Result<Answer, Failure>
where
    T: Serialize,
    F: Future<Output = Result<Snapshot<T>>>,
{
    let freshness = app.freshness();
    let calls = call(app, || once(freshness)).await?;
    let (now, zone) = (Timestamp::now(), TimeZone::system());
    let asked = Asked::of(&calls.value, app.global.offline);
    let mut text = show(&calls.value.value);
    if let Some(footer) = asked.footer(now, &zone) {
        text.push_str("\n\n");
        text.push_str(&footer);
        if let Some(hint) = calls
            .value
            .refresh_error
            .as_ref()
            .and_then(|error| hints::hint(error, &app.global))
        {
            text.push_str(&format!("\ntry: {hint}"));
        }
    }
    let value = serde_json::to_value(&calls.value.value).map_err(|error| {
        app.explain(Error::Internal {
            reason: error.to_string(),
        })
    })?;
    let json = asked.document(value, now);
    Ok(calls.answer(text, json))
}
