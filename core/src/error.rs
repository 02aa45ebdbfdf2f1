//! The closed set of errors a caller meets. Each variant answers one question: what should the app do now?
//!
//! Internal errors are rich and stay inside; [`Error`] never carries a URL, a token, a password or a server's free text
//! about its own insides. `reason` is one English sentence that says what to do; an app that has its own words uses the
//! variant and its fields instead.

use jiff::Timestamp;

use crate::model::Permission;

/// What a call of this library returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call did not give what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or the session ended for good. Show the sign-in screen; cached data and unsent work are kept.
    #[error("sign in first: {why}")]
    SignInNeeded {
        /// Why a sign-in is needed.
        why: SignInReason,
    },
    /// The keys of this account cannot be read now (a locked keyring or phone). Unlock and try again; nobody was signed out.
    #[error("{reason}")]
    Locked {
        /// What to unlock.
        reason: String,
    },
    /// No answer came: no network, no route, or the connection died. Try again when the network is back.
    #[error("{reason}")]
    Offline {
        /// What failed.
        why: OfflineReason,
        /// One sentence for a person.
        reason: String,
    },
    /// Something between here and the server answered instead of it (a captive portal). Open a browser and log in to the network.
    #[error("this network wants a login of its own first: open a web page, then try again")]
    CaptivePortal,
    /// The server's identity could not be proven. Not retried, nothing secret was sent; do not go on on this network.
    #[error("{reason}")]
    Untrusted {
        /// What was wrong with the connection.
        reason: String,
    },
    /// The server asked to be left alone, or is overloaded. Nothing is sent before `until`.
    #[error("the server is busy until {until}: try again then")]
    Busy {
        /// When the next request may go, by this device's clock.
        until: Timestamp,
    },
    /// The server understood and said no. Trying the same again gives the same answer.
    #[error("{reason}")]
    Refused {
        /// What kind of no.
        why: Refusal,
        /// One sentence for a person.
        reason: String,
        /// The server's id of the exchange, for support.
        request_id: Option<String>,
    },
    /// What the caller wanted to change is no longer as it was seen. Show both and let the person decide.
    #[error("{}", conflict.reason)]
    Conflict {
        /// What the server has now, and what is free, where it said it.
        conflict: Box<crate::model::Conflict>,
    },
    /// The clocks of that place skip this wall time, or show it twice. Ask which of the choices is meant; nothing was sent.
    #[error("{}", ambiguous(*skipped, choices))]
    AmbiguousTime {
        /// Skipped (true), or shown twice.
        skipped: bool,
        /// The moments nearest to it, or the two that it can be.
        choices: Vec<jiff::Zoned>,
    },
    /// There are bookings or changes that were not sent yet. Ask the person whether to keep or to discard them; nothing was
    /// done.
    #[error("{count} of your changes were not sent yet: keep them for your next sign-in, or discard them")]
    Unsent {
        /// How many.
        count: u32,
    },
    /// The server failed, or answered something that makes no sense. Not the caller's fault; try again later.
    #[error("{reason}")]
    ServerFault {
        /// One sentence for a person.
        reason: String,
        /// The server's id of the exchange, for support.
        request_id: Option<String>,
    },
    /// An argument cannot be right. Nothing was sent.
    #[error("{field}: {reason}")]
    InvalidInput {
        /// The argument, by its name in this API.
        field: String,
        /// What is wrong and what would be right.
        reason: String,
    },
    /// This server cannot do that; [`Capabilities`](crate::model::Capabilities) said so.
    #[error("this server cannot do that: {capability}")]
    Unsupported {
        /// The missing capability.
        capability: String,
    },
    /// The server takes no calls from this version of the app any more. Install the newer one; nobody was signed out, and
    /// unsent work is kept.
    #[error("the server needs a newer version of this app: install it")]
    UpgradeRequired {
        /// The server's id of the exchange, for support.
        request_id: Option<String>,
    },
    /// The disk, or a file of this library on it, failed. What was accepted before is kept.
    #[error("{reason}")]
    Storage {
        /// What kind of failure.
        why: StorageFault,
        /// One sentence: which file, and what to do.
        reason: String,
    },
    /// The client is suspended; call `resume` first.
    #[error("the client is suspended: resume it first")]
    Suspended,
    /// The client was closed; open another.
    #[error("the client is closed: open another one")]
    Closed,
    /// A defect of this library. Please report it.
    #[error("internal error, please report it: {reason}")]
    Internal {
        /// Where it happened; no data.
        reason: String,
    },
}

fn ambiguous(skipped: bool, choices: &[jiff::Zoned]) -> String {
    let shown: Vec<String> = choices
        .iter()
        .map(|at| at.strftime("%Y-%m-%dT%H:%M%:z").to_string())
        .collect();
    let why = if skipped {
        "the clocks there skip this time"
    } else {
        "the clocks there show this time twice"
    };
    format!("at: {why}: choose {}", shown.join(" or "))
}

/// Why a sign-in is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum SignInReason {
    /// Nobody has signed in to this server from here.
    NeverSignedIn,
    /// The person signed out.
    SignedOut,
    /// The server refused the refresh token: it is too old, or its key changed.
    SessionExpired,
    /// The server saw the refresh token twice and ended every session of its family.
    SessionRevoked,
    /// The account is gone or disabled.
    AccountClosed,
    /// The keys that open the stored session are gone (a restored or reinstalled device).
    KeysLost,
    /// The password was changed, which ends every session of before, and the new one could not be kept on this device (its disk is
    /// full, say). Until the app ends it goes on from memory; the new password, and no other, signs in.
    PasswordChanged,
}

impl std::fmt::Display for SignInReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NeverSignedIn => "nobody is signed in to this server",
            Self::SignedOut => "you signed out",
            Self::SessionExpired => "the session has expired",
            Self::SessionRevoked => "the server ended the session",
            Self::AccountClosed => "the account is closed or disabled",
            Self::KeysLost => "the keys of the stored session are gone from the secret store",
            Self::PasswordChanged => {
                "the password was changed, but this device could not keep the new session: sign in with the new password"
            }
        })
    }
}

/// What failed when no answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfflineReason {
    /// The shell said there is no network, or the caller asked for offline work.
    ByRequest,
    /// The server's name did not resolve.
    Dns,
    /// No connection could be made.
    Connect,
    /// The connection died before the answer was whole.
    Interrupted,
    /// The answer did not come in time.
    TimedOut,
    /// The answer is not on this device, and the caller asked for the cache only.
    NotCached,
}

/// What kind of no the server gave.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Refusal {
    /// The address or the password is wrong.
    WrongCredentials,
    /// The address already has an account.
    EmailTaken,
    /// The vehicle already belongs to somebody else.
    VehicleClaimed,
    /// There is no such thing, or it is somebody else's.
    NotFound,
    /// The role lacks a permission.
    MissingPermission {
        /// The permission, where the server named it.
        permission: Option<Permission>,
    },
    /// The server found fields it does not accept.
    Invalid {
        /// Field and reason, in the server's words; never a value.
        fields: Vec<FieldProblem>,
    },
    /// The account is disabled.
    AccountDisabled,
    /// This account cannot sign in on this server because of a known defect of it (v1: a customer with two or more vehicles).
    KnownServerDefect,
    /// Another definite no.
    Other {
        /// The server's machine-readable code or the HTTP status, such as `http_405`.
        code: String,
    },
}

/// One field the server did not accept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct FieldProblem {
    /// The field's name on the wire.
    pub field: String,
    /// What is wrong with it.
    pub reason: String,
}

/// What kind of failure a store had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StorageFault {
    /// No space is left.
    Full,
    /// The folder or file cannot be written.
    ReadOnly,
    /// The path is not a folder, or cannot be opened.
    CannotOpen,
    /// Another process holds the file for too long.
    Busy,
    /// The file is damaged.
    Corrupt,
    /// The file was written by a newer version of this library; it was left untouched.
    Newer,
    /// The secret store failed in a way that is neither locked nor missing.
    SecretStore,
    /// Any other input or output error.
    Io,
}
