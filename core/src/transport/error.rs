//! Why a call has no answer, and the one place where that becomes the public error.
//!
//! Promises: never says "not applied" when an attempt may have been (scenario 15, 23); no text here holds a URL, a token or
//! a word of a server's body.

use jiff::Timestamp;

use crate::error::{Error, OfflineReason};

/// A call that ended without a usable answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{fault} (request {})", request_id.as_deref().unwrap_or("not sent"))]
pub(crate) struct TransportError {
    /// What ended the call.
    pub(crate) fault: Fault,
    /// The server's id of the last exchange, or ours; `None` if nothing was sent.
    pub(crate) request_id: Option<String>,
    maybe_applied: bool,
    is_told: bool,
}

/// What ended a call.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    /// No answer came.
    #[error("no answer: {0:?}")]
    Offline(OfflineReason),
    /// Something between here and the server answered instead of it.
    #[error("another host answered instead of the server")]
    Portal,
    /// The server's identity could not be proven.
    #[error("untrusted: {0}")]
    Untrusted(String),
    /// The server asked to be left alone; nothing is sent to it before `until` (device clock).
    #[error("busy until {until}")]
    Busy { until: Timestamp },
    /// An answer that cannot be used: a proxy's page, damaged, too large, too deep. Status 0 if not even that was readable.
    #[error("status {status}: {what}")]
    Faulty { status: u16, what: &'static str },
    /// The request's permit said no; this attempt was not sent.
    #[error("withheld: the right to send it had ended")]
    Withheld,
    /// The network stack or the random generator could not start.
    #[error("setup: {0}")]
    Setup(String),
    /// The request cannot be sent as it is; a defect of this library.
    #[error("invalid request: {0}")]
    InvalidRequest(&'static str),
}

impl TransportError {
    /// An error of a call that sent nothing the server can have acted on.
    pub(crate) fn unsent(fault: Fault) -> Self {
        Self {
            fault,
            request_id: None,
            maybe_applied: false,
            is_told: false,
        }
    }

    pub(crate) fn after(fault: Fault, request_id: Option<String>, maybe_applied: bool) -> Self {
        Self {
            fault,
            request_id,
            maybe_applied,
            is_told: false,
        }
    }

    /// The same, but ended by what others say of the network, or by waiting for that.
    pub(crate) fn told(self) -> Self {
        Self {
            is_told: true,
            ..self
        }
    }

    /// Whether this end says nothing of the network that was not known.
    pub(crate) fn is_told(&self) -> bool {
        self.is_told
    }

    /// Whether no answer came, as if there were no network.
    pub(crate) fn is_silence(&self) -> bool {
        matches!(
            self.fault,
            Fault::Offline(
                OfflineReason::Dns
                    | OfflineReason::Connect
                    | OfflineReason::Interrupted
                    | OfflineReason::TimedOut
            )
        )
    }

    /// Whether the server may have acted on one of the attempts. `false` is certain.
    pub(crate) fn maybe_applied(&self) -> bool {
        self.maybe_applied
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        tracing::debug!(
            fault = %error.fault,
            request_id = error.request_id.as_deref(),
            maybe_applied = error.maybe_applied,
            "a call ended without an answer"
        );
        match error.fault {
            Fault::Offline(why) => Self::Offline {
                why,
                reason: offline(why).to_owned(),
            },
            Fault::Portal => Self::CaptivePortal,
            Fault::Untrusted(what) => Self::Untrusted {
                reason: format!(
                    "the server's identity could not be proven ({what}): do not go on on this network"
                ),
            },
            Fault::Busy { until } => Self::Busy { until },
            Fault::Faulty { status, what } => Self::ServerFault {
                reason: format!(
                    "the server's answer could not be used (HTTP {status}: {what}): try again later"
                ),
                request_id: error.request_id,
            },
            // The outbox looks at the fault before: to the app this can only be a defect.
            Fault::Withheld => Self::Internal {
                reason: "a write was withheld because another process took over".to_owned(),
            },
            Fault::Setup(what) => Self::Internal {
                reason: format!("the network could not be set up: {what}"),
            },
            Fault::InvalidRequest(what) => Self::Internal {
                reason: format!("a request could not be built: {what}"),
            },
        }
    }
}

fn offline(why: OfflineReason) -> &'static str {
    match why {
        OfflineReason::ByRequest => "working offline, as asked",
        OfflineReason::Dns => "the server's name was not found: check the network and the server address",
        OfflineReason::Connect => "the server cannot be reached: check the network, then try again",
        OfflineReason::Interrupted => "the connection broke before the answer was complete: try again",
        OfflineReason::TimedOut => "the server did not answer in time: try again",
        OfflineReason::NotCached => "this is not on this device yet: try again with a network",
    }
}
