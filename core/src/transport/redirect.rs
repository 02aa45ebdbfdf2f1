//! Where a redirect may lead.
//!
//! Promises: nothing that carries a token or a password is ever sent to another origin, nor over a lesser scheme (scenario
//! 20); a redirect to another origin is a captive portal (13). Followed are only GETs within the origin, and none that has
//! to do with signing in or with finding out what the server is.

use http::{HeaderMap, Method, StatusCode, header};
use url::Url;

use super::Origin;

/// What to do with a redirect.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Redirect {
    /// Ask there instead.
    Follow(Url),
    /// Somebody else answered.
    Portal,
    /// The server sends us where we do not go.
    Refuse(&'static str),
}

/// Whether the status is a redirect (304 is not).
pub(super) fn is_redirect(status: StatusCode) -> bool {
    status.is_redirection() && status != StatusCode::NOT_MODIFIED
}

pub(super) fn judge(
    origin: &Origin,
    asked: &Url,
    method: &Method,
    status: StatusCode,
    headers: &HeaderMap,
) -> Redirect {
    let target = headers
        .get(header::LOCATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| asked.join(value).ok());
    let Some(mut target) = target else {
        return Redirect::Refuse("a redirect without a target");
    };
    if !origin.owns(&target) || is_guarded(asked) {
        return Redirect::Portal;
    }
    if method != Method::GET {
        return Redirect::Refuse("a redirect of a write");
    }
    if is_guarded(&target) {
        return Redirect::Refuse("a redirect into a guarded path");
    }
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Redirect::Refuse("an odd redirect");
    }
    target.set_fragment(None);
    Redirect::Follow(target)
}

fn is_guarded(url: &Url) -> bool {
    ["/api/auth", "/.well-known"].iter().any(|guarded| {
        url.path()
            .strip_prefix(guarded)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(asked: &str, method: Method, status: u16, location: &str) -> Redirect {
        let origin = Origin::parse("https://pmi.example.com").unwrap();
        let asked = origin.url().join(asked).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(header::LOCATION, location.parse().unwrap());
        judge(
            &origin,
            &asked,
            &method,
            StatusCode::from_u16(status).unwrap(),
            &headers,
        )
    }

    #[test]
    fn s20_another_origin_is_never_followed() {
        for location in [
            "https://evil.org/api/vehicles",
            "//evil.org/api/vehicles",
            "http://pmi.example.com/api/vehicles",
            "https://pmi.example.com:444/api/vehicles",
            "https://pmi.example.com@evil.org/",
            "https://x:y@pmi.example.com/",
        ] {
            assert_eq!(
                judged("/api/vehicles", Method::GET, 302, location),
                Redirect::Portal,
                "{location}"
            );
        }
    }

    #[test]
    fn s13_a_redirect_of_sign_in_or_discovery_is_a_portal() {
        for asked in ["/api/auth/login", "/api/auth/me", "/.well-known/pmi"] {
            assert_eq!(
                judged(asked, Method::GET, 302, "/welcome"),
                Redirect::Portal,
                "{asked}"
            );
        }
    }

    #[test]
    fn a_get_within_the_origin_is_followed() {
        assert_eq!(
            judged("/api/vehicles/", Method::GET, 307, "/api/vehicles#top"),
            Redirect::Follow("https://pmi.example.com/api/vehicles".parse().unwrap())
        );
        assert_eq!(
            judged(
                "/api/authors",
                Method::GET,
                301,
                "https://pmi.example.com:443/x?y=1"
            ),
            Redirect::Follow("https://pmi.example.com/x?y=1".parse().unwrap())
        );
    }

    #[test]
    fn writes_and_guarded_targets_are_refused() {
        assert!(matches!(
            judged("/api/bookings", Method::POST, 307, "/api/x"),
            Redirect::Refuse(_)
        ));
        assert!(matches!(
            judged("/api/x", Method::GET, 302, "/api/auth/me"),
            Redirect::Refuse(_)
        ));
        assert!(matches!(
            judged("/api/x", Method::GET, 300, "/api/y"),
            Redirect::Refuse(_)
        ));
        assert!(matches!(
            judged("/api/x", Method::GET, 302, "https://"),
            Redirect::Refuse(_)
        ));
    }
}
