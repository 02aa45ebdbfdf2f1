//! What the transport checks of JSON: that an answer says it is JSON, and how deep it nests.
//!
//! Promises: linear time, no recursion, no allocation. Does not promise that the text is valid JSON: the decoder says that.
//! Built against scenario 17: a parser that recurses 10^5 times overflows its stack, and that is no error but an abort.

use http::{HeaderMap, header};

/// Whether the content type is `application/json` or `application/...+json`.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()) else {
        return false;
    };
    let essence = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence
        .strip_prefix("application/")
        .is_some_and(|kind| kind == "json" || (kind.len() > 5 && kind.ends_with("+json")))
}

/// Counts the nesting of JSON that comes in parts.
#[derive(Debug)]
pub(super) struct DepthGauge {
    limit: usize,
    depth: usize,
    in_string: bool,
    escaped: bool,
}

/// Nested deeper than the limit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooDeep;

impl DepthGauge {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            depth: 0,
            in_string: false,
            escaped: false,
        }
    }

    /// Reads the next part.
    pub(super) fn read(&mut self, part: &[u8]) -> Result<(), TooDeep> {
        for byte in part {
            if self.in_string {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_string = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'[' | b'{' => {
                    self.depth += 1;
                    if self.depth > self.limit {
                        return Err(TooDeep);
                    }
                }
                b']' | b'}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(limit: usize, text: &str) -> Result<(), TooDeep> {
        let mut whole = DepthGauge::new(limit);
        let mut bytewise = DepthGauge::new(limit);
        let result = whole.read(text.as_bytes());
        let in_parts = text.bytes().try_for_each(|byte| bytewise.read(&[byte]));
        assert_eq!(result, in_parts, "parts change nothing");
        result
    }

    #[test]
    fn s17_nesting_is_counted_outside_strings_only() {
        assert_eq!(read(2, "[[1]]"), Ok(()));
        assert_eq!(read(2, "[[[1]]]"), Err(TooDeep));
        assert_eq!(read(2, "[{},{},[],[]]"), Ok(()));
        assert_eq!(read(2, r#"["[[[[{{{{"]"#), Ok(()));
        assert_eq!(read(2, r#"["\"[[[[", "\\"]"#), Ok(()));
        assert_eq!(read(2, r#"["\\", [[1]]]"#), Err(TooDeep));
        assert_eq!(read(64, &"[".repeat(100_000)), Err(TooDeep));
    }

    #[test]
    fn only_json_types_are_json() {
        let json = |kind: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
            is_json(&headers)
        };
        assert!(json("application/json"));
        assert!(json("Application/JSON; charset=utf-8"));
        assert!(json("application/problem+json"));
        assert!(!json("text/json"));
        assert!(!json("text/html"));
        assert!(!json("application/+json"));
        assert!(!json("application/jsonp"));
        assert!(!json("text/html, application/json"));
        assert!(!is_json(&HeaderMap::new()));
    }
}
