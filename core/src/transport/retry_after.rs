//! How long a server asked to be left alone.
//!
//! Promises: seconds, an HTTP date, or a number in the body are all understood (scenario 14); a date is taken relative to the
//! answer's own `Date`, so a device clock that is a day off does not matter; no server can ask for more than the cap.

use std::time::Duration;

use http::{HeaderMap, header};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// The wait the answer asks for, if it asks for one. `now`, by the server's clock as well as it is known, is used only for a date in an
/// answer without `Date`.
pub(super) fn retry_after(
    headers: &HeaderMap,
    body: &[u8],
    now: Timestamp,
    cap: Duration,
) -> Option<Duration> {
    let text = |name| {
        headers
            .get(name)
            .and_then(|v: &http::HeaderValue| v.to_str().ok())
    };
    let asked = match text(header::RETRY_AFTER).map(str::trim) {
        Some(value) => from_header(value, server_date(headers).unwrap_or(now)),
        None => None,
    };
    asked.or_else(|| from_body(body)).map(|wait| wait.min(cap))
}

/// The answer's `Date`.
pub(super) fn server_date(headers: &HeaderMap) -> Option<Timestamp> {
    http_date(headers.get(header::DATE)?.to_str().ok()?)
}

fn http_date(text: &str) -> Option<Timestamp> {
    DateTimeParser::new()
        .relaxed_weekday(true)
        .parse_timestamp(text.trim())
        .ok()
}

fn from_header(value: &str, now: Timestamp) -> Option<Duration> {
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let until = http_date(value)?;
    Some(Duration::try_from(until.duration_since(now)).unwrap_or(Duration::ZERO))
}

/// `retry_after` in `detail` (v2) or at the top.
fn from_body(body: &[u8]) -> Option<Duration> {
    #[derive(serde::Deserialize)]
    struct Body {
        #[serde(default)]
        detail: serde_json::Value,
        #[serde(default)]
        retry_after: serde_json::Value,
    }
    let body: Body = serde_json::from_slice(body).ok()?;
    [body.detail.get("retry_after"), Some(&body.retry_after)]
        .into_iter()
        .flatten()
        .find_map(|value| {
            let seconds = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())?;
            (seconds >= 0.0).then(|| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAP: Duration = Duration::from_secs(86_400);

    fn asked(pairs: &[(&'static str, &'static str)], body: &str) -> Option<u128> {
        let headers = pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), http::HeaderValue::from_static(value)))
            .collect();
        let wall = "2026-11-23T00:38:45Z".parse().unwrap();
        retry_after(&headers, body.as_bytes(), wall, CAP).map(|wait| wait.as_millis())
    }

    #[test]
    fn s14_seconds_are_understood() {
        assert_eq!(asked(&[("retry-after", "7")], ""), Some(7000));
        assert_eq!(asked(&[("retry-after", " 0 ")], ""), Some(0));
    }

    #[test]
    fn s14_a_date_is_relative_to_the_answers_own_date() {
        let date = ("date", "Sun, 22 Nov 2026 00:38:45 GMT");
        let until = ("retry-after", "Sun, 22 Nov 2026 00:39:15 GMT");
        assert_eq!(asked(&[date, until], ""), Some(30_000));
        assert_eq!(
            asked(&[date, ("retry-after", "Sun, 22 Nov 2026 00:00:00 GMT")], ""),
            Some(0)
        );
    }

    #[test]
    fn without_a_date_header_the_servers_time_as_it_is_known_must_do() {
        assert_eq!(
            asked(&[("retry-after", "Mon, 23 Nov 2026 00:38:50 GMT")], ""),
            Some(5000)
        );
    }

    #[test]
    fn s14_the_body_is_asked_when_no_header_says_it() {
        assert_eq!(asked(&[], r#"{"detail":{"retry_after":3}}"#), Some(3000));
        assert_eq!(
            asked(&[], r#"{"detail":"slow down","retry_after":1.5}"#),
            Some(1500)
        );
        assert_eq!(asked(&[], r#"{"retry_after":"4"}"#), Some(4000));
        assert_eq!(asked(&[], r#"{"retry_after":" 4 "}"#), Some(4000));
        assert_eq!(asked(&[], r#"{"retry_after":0}"#), Some(0));
        let both = r#"{"detail":{"retry_after":3},"retry_after":9}"#;
        assert_eq!(asked(&[], both), Some(3000), "the nearer one");
        assert_eq!(asked(&[("retry-after", "2")], r#"{"retry_after":9}"#), Some(2000));
        assert_eq!(
            asked(&[("retry-after", "soon")], r#"{"retry_after":9}"#),
            Some(9000)
        );
    }

    #[test]
    fn nonsense_asks_for_nothing_and_absurdities_are_capped() {
        for body in [
            "",
            "[]",
            r#"{"retry_after":-1}"#,
            r#"{"retry_after":null}"#,
            r#"{"detail":[]}"#,
        ] {
            assert_eq!(asked(&[], body), None, "{body}");
        }
        assert_eq!(asked(&[("retry-after", "")], ""), None);
        for value in [
            "99999999999999999999999",
            "9999999999",
            "Sun, 22 Nov 2126 00:39:15 GMT",
        ] {
            assert_eq!(asked(&[("retry-after", value)], ""), Some(86_400_000), "{value}");
        }
        assert_eq!(asked(&[], r#"{"retry_after":1e300}"#), Some(86_400_000));
    }
}
