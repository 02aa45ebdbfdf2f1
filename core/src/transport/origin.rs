//! Which server: scheme, host and port, and nothing else.
//!
//! Promises: a token can only travel encrypted, or not leave this machine; two spellings of one server are equal; what is
//! refused is refused with a sentence that says what would be right. Does not promise that anybody answers there.
//! Built against scenario 20: every decision about where a token may go compares origins, never strings.

use std::fmt;
use std::str::FromStr;

use url::{Host, Url};

use crate::error::Error;

/// A server's origin, such as `https://pmi.example.com` or `http://127.0.0.1:8080`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Origin(Url);

impl Origin {
    /// Reads a server address as a person writes it.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] for the field `server`, with what would be right.
    pub fn parse(server: &str) -> Result<Self, Error> {
        let url = Url::parse(server.trim()).map_err(|why| match why {
            url::ParseError::RelativeUrlWithoutBase | url::ParseError::EmptyHost => {
                refuse("write the whole address, such as https://pmi.example.com")
            }
            _ => refuse("this is not a web address; write one such as https://pmi.example.com"),
        })?;
        let encrypted = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => {
                return Err(refuse(
                    "the address must begin with https://, such as https://pmi.example.com",
                ));
            }
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse(
                "leave name and password out of the address; sign in with them instead",
            ));
        }
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(refuse(
                "give only the server, without a path, ? or # after it, such as https://pmi.example.com",
            ));
        }
        if !encrypted && !is_loopback(&url) {
            return Err(refuse(
                "http:// is only for a server on this machine (localhost, 127.0.0.1, [::1]); use https://",
            ));
        }
        if url.port() == Some(0) {
            return Err(refuse("port 0 is no port; leave it out or give another"));
        }
        Ok(Self(url))
    }

    /// The origin as a URL that ends in `/`.
    pub(crate) fn url(&self) -> &Url {
        &self.0
    }

    /// Whether the URL is on this origin: same scheme, host and port.
    pub(crate) fn owns(&self, url: &Url) -> bool {
        self.0.scheme() == url.scheme()
            && self.0.host() == url.host()
            && self.0.port_or_known_default() == url.port_or_known_default()
            && url.username().is_empty()
            && url.password().is_none()
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        None => false,
    }
}

fn refuse(reason: &str) -> Error {
    Error::InvalidInput {
        field: "server".to_owned(),
        reason: reason.to_owned(),
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Origin({self})")
    }
}

impl FromStr for Origin {
    type Err = Error;

    fn from_str(server: &str) -> Result<Self, Error> {
        Self::parse(server)
    }
}

impl TryFrom<String> for Origin {
    type Error = Error;

    fn try_from(server: String) -> Result<Self, Error> {
        Self::parse(&server)
    }
}

impl From<Origin> for String {
    fn from(origin: Origin) -> Self {
        origin.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(server: &str) -> String {
        match Origin::parse(server) {
            Err(Error::InvalidInput { field, reason }) if field == "server" => reason,
            other => panic!("{server} gave {other:?}"),
        }
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        for (written, read) in [
            ("https://pmi.example.com", "https://pmi.example.com"),
            (" https://PMI.example.com:443/ ", "https://pmi.example.com"),
            ("https://pmi.example.com:8443", "https://pmi.example.com:8443"),
            ("http://localhost:8000", "http://localhost:8000"),
            ("http://127.8.0.1", "http://127.8.0.1"),
            ("http://[::1]:80/", "http://[::1]"),
            ("https://10.0.0.1", "https://10.0.0.1"),
        ] {
            assert_eq!(Origin::parse(written).unwrap().to_string(), read);
        }
    }

    #[test]
    fn what_is_refused_says_what_would_be_right() {
        assert!(reason("pmi.example.com").contains("https://pmi.example.com"));
        assert!(reason("localhost:8000").contains("begin with https://"));
        assert!(reason("ftp://pmi.example.com").contains("begin with https://"));
        assert!(reason("http://pmi.example.com").contains("use https://"));
        assert!(reason("http://127.0.0.1.example.com").contains("use https://"));
        assert!(reason("http://localhost.example.com").contains("use https://"));
        assert!(reason("https://me:pw@pmi.example.com").contains("sign in"));
        assert!(reason("https://pmi.example.com/api").contains("without a path"));
        assert!(reason("https://pmi.example.com/?a=b").contains("without a path"));
        assert!(reason("https://pmi.example.com#x").contains("without a path"));
        assert!(reason("https://").contains("https://pmi.example.com"));
        assert!(reason("").contains("https://pmi.example.com"));
    }

    #[test]
    fn a_refusal_never_repeats_the_password() {
        let text = Origin::parse("https://me:hunter2@pmi.example.com")
            .unwrap_err()
            .to_string();
        assert!(!text.contains("hunter2"));
    }

    #[test]
    fn s20_an_origin_owns_only_its_own_urls() {
        let origin = Origin::parse("https://pmi.example.com").unwrap();
        let owns = |url: &str| origin.owns(&Url::parse(url).unwrap());
        assert!(owns("https://pmi.example.com/api"));
        assert!(owns("https://PMI.example.com:443/api"));
        assert!(!owns("http://pmi.example.com/api"));
        assert!(!owns("https://pmi.example.com:444/api"));
        assert!(!owns("https://pmi.example.com.evil.org/"));
        assert!(!owns("https://evil.org/?pmi.example.com"));
        assert!(!owns("https://x@pmi.example.com/"));
    }

    #[test]
    fn an_origin_survives_storage() {
        let origin = Origin::parse("http://127.0.0.1:8000").unwrap();
        let stored = serde_json::to_string(&origin).unwrap();
        assert_eq!(stored, "\"http://127.0.0.1:8000\"");
        assert_eq!(serde_json::from_str::<Origin>(&stored).unwrap(), origin);
        assert!(serde_json::from_str::<Origin>("\"http://example.com\"").is_err());
    }
}
