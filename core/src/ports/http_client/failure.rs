//! What reqwest's errors mean. They carry the URL, and v1's refresh has its token there: only our own words leave this file.

use std::error::Error as StdError;
use std::io;

use rustls::{CertificateError, Error as TlsError};

use super::tls::{NOT_INITIALISED, NotPinned};
use crate::ports::NetworkError;

/// Why the client could not be built.
pub(super) fn of_setup(error: reqwest::Error) -> NetworkError {
    let error = error.without_url();
    let why = std::iter::successors(error.source(), |&e| e.source()).last();
    NetworkError::Setup(why.map_or_else(|| error.to_string(), ToString::to_string))
}

/// Why no head of an answer came.
pub(super) fn of_exchange(error: reqwest::Error) -> NetworkError {
    if error.is_builder() {
        return NetworkError::BadRequest;
    }
    if error.is_connect() || error.is_dns() {
        if let Some(tls) = chain(&error).find_map(as_tls) {
            return of_tls(tls);
        }
        // A handshake that was cut, like a refused connection: no request was sent.
        return if error.is_dns() {
            NetworkError::Dns
        } else {
            NetworkError::Connect
        };
    }
    match find::<hyper::Error>(&error) {
        Some(hyper) if hyper.is_parse() => NetworkError::Damaged,
        Some(hyper) if hyper.is_user() => NetworkError::BadRequest,
        _ => NetworkError::Interrupted,
    }
}

/// Why the body did not come whole.
pub(super) fn of_body(error: reqwest::Error) -> NetworkError {
    match find::<hyper::Error>(&error) {
        // A chunk without a length, say: hyper calls that a body error over an io error.
        Some(hyper) if hyper.is_parse() || has_io(&error, is_nonsense) => NetworkError::Damaged,
        Some(_) => NetworkError::Interrupted,
        None if has_io(&error, is_dead_connection) => NetworkError::Interrupted,
        None => NetworkError::Damaged,
    }
}

fn of_tls(error: &TlsError) -> NetworkError {
    let what = match error {
        TlsError::General(text) if text == NOT_INITIALISED => {
            return NetworkError::Setup(NOT_INITIALISED.to_owned());
        }
        TlsError::InvalidCertificate(why) => match why {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                "its certificate has expired; is this device's date right?"
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                "its certificate is not valid yet; is this device's date right?"
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "its certificate is for another name"
            }
            CertificateError::UnknownIssuer => {
                "its certificate was issued by an unknown authority; somebody may be reading along"
            }
            // A chain that names an authority which did not sign it: an impostor took its name.
            CertificateError::BadSignature => {
                "its certificate was not issued by the authority it names; somebody may be reading along"
            }
            CertificateError::Revoked => "its certificate was revoked",
            CertificateError::Other(why) if why.0.is::<NotPinned>() => {
                "its key is not one of the pinned ones; somebody may be reading along, or this program is too old"
            }
            _ => "its certificate is not acceptable",
        },
        TlsError::InvalidMessage(_) => "it does not speak TLS",
        TlsError::PeerIncompatible(_) | TlsError::AlertReceived(_) => "no common way to encrypt",
        _ => "the TLS handshake failed",
    };
    NetworkError::Tls(what.to_owned())
}

fn is_dead_connection(kind: io::ErrorKind) -> bool {
    matches!(
        kind,
        io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::NotConnected
            | io::ErrorKind::TimedOut
    )
}

fn is_nonsense(kind: io::ErrorKind) -> bool {
    matches!(kind, io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData)
}

fn has_io(error: &reqwest::Error, is: impl Fn(io::ErrorKind) -> bool) -> bool {
    chain(error)
        .filter_map(|e| e.downcast_ref::<io::Error>())
        .any(|io| is(io.kind()))
}

fn as_tls<'e>(error: &'e (dyn StdError + 'static)) -> Option<&'e TlsError> {
    error.downcast_ref()
}

fn find<E: StdError + 'static>(error: &reqwest::Error) -> Option<&E> {
    chain(error).find_map(|e| e.downcast_ref())
}

/// The error and its causes. An `io::Error` names as its cause the cause of what it wraps, so what it wraps is visited too.
fn chain(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    std::iter::successors(Some(error as &(dyn StdError + 'static)), |&e| {
        match e.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped as &(dyn StdError + 'static)),
            None => e.source(),
        }
    })
}
