//! Recognises v1's rate limiter (Q2): a 500 that was certainly never applied.
//!
//! Promises: says yes only if status, type, the missing `X-Request-ID` and the whole body fit; anything else, such as a
//! proxy's 500 that looks alike, has an unknown outcome (scenario 15). A wrong yes books twice, a wrong no only asks again.

use http::{HeaderMap, StatusCode};

use super::json::is_json;

const PRODUCTION: &[u8] = br#"{"detail":"Internal server error"}"#;
const PREFIX: &[u8] = br#"{"detail":"429: {'error': 'Rate limit exceeded', 'message': 'Maximum "#;
const MIDDLE: &[u8] = br" requests per minute allowed', 'retry_after': ";
const SUFFIX: &[u8] = br#"}"}"#;

/// Whether the head alone fits; the server closes the connection after such an answer without saying so.
pub(super) fn head_fits(status: StatusCode, headers: &HeaderMap) -> bool {
    status == StatusCode::INTERNAL_SERVER_ERROR && !headers.contains_key("x-request-id") && is_json(headers)
}

/// Whether the answer is the limiter's.
pub(super) fn is_limiter(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> bool {
    head_fits(status, headers) && (body == PRODUCTION || is_development(body))
}

/// The body of a server in development mode, with its two numbers; nothing else may differ.
fn is_development(body: &[u8]) -> bool {
    let numbers = || -> Option<(&[u8], &[u8])> {
        let rest = body.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
        let at = rest.windows(MIDDLE.len()).position(|part| part == MIDDLE)?;
        Some((&rest[..at], &rest[at + MIDDLE.len()..]))
    };
    let is_number = |text: &[u8]| (1..=9).contains(&text.len()) && text.iter().all(u8::is_ascii_digit);
    numbers().is_some_and(|(limit, wait)| is_number(limit) && is_number(wait))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEVELOPMENT: &str = r#"{"detail":"429: {'error': 'Rate limit exceeded', 'message': 'Maximum 6 requests per minute allowed', 'retry_after': 600}"}"#;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), http::HeaderValue::from_static(value)))
            .collect()
    }

    fn fits(status: u16, pairs: &[(&'static str, &'static str)], body: &str) -> bool {
        is_limiter(
            StatusCode::from_u16(status).unwrap(),
            &headers(pairs),
            body.as_bytes(),
        )
    }

    const JSON: (&str, &str) = ("content-type", "application/json");

    #[test]
    fn s15_both_observed_forms_are_the_limiter() {
        assert!(fits(500, &[JSON], DEVELOPMENT));
        assert!(fits(500, &[JSON], r#"{"detail":"Internal server error"}"#));
    }

    #[test]
    fn s15_what_only_looks_like_the_limiter_is_not() {
        let production = r#"{"detail":"Internal server error"}"#;
        assert!(!fits(500, &[JSON, ("x-request-id", "1")], production));
        assert!(!fits(502, &[JSON], production));
        assert!(!fits(429, &[JSON], DEVELOPMENT));
        assert!(!fits(500, &[("content-type", "text/html")], production));
        assert!(!fits(500, &[], production));
        assert!(!fits(500, &[JSON], r#"{"detail": "Internal server error"}"#));
        assert!(!fits(500, &[JSON], r#"{"detail":"Internal Server Error"}"#));
        assert!(!fits(500, &[JSON], r#"{"detail":"Internal server error"} "#));
        assert!(!fits(
            500,
            &[JSON],
            r#"{"detail":"Login failed: 429: {'error': 'Rate limit exceeded'"}"#
        ));
        assert!(!fits(500, &[JSON], &DEVELOPMENT.replace("600", "600, 'x': 1")));
        assert!(!fits(
            500,
            &[JSON],
            &DEVELOPMENT.replace("Maximum 6", "Maximum 6 or more")
        ));
        assert!(!fits(500, &[JSON], &DEVELOPMENT[..DEVELOPMENT.len() - 1]));
        assert!(!fits(500, &[JSON], ""));
    }

    #[test]
    fn s15_a_number_has_one_to_nine_digits() {
        for (digits, fit) in [("", false), ("123456789", true), ("1234567890", false)] {
            for number in ["6", "600"] {
                let body = DEVELOPMENT.replacen(&format!(" {number}"), &format!(" {digits}"), 1);
                assert_eq!(fits(500, &[JSON], &body), fit, "{body}");
            }
        }
    }
}
