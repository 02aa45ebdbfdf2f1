//! What went wrong, as a screen says it: one text and the one thing to do.

use jiff::Timestamp;

use super::text::{Text, TextArg, TextKey};
use crate::error::{Error, OfflineReason, Refusal, SignInReason, StorageFault};
use crate::model::{ConflictKind, Connectivity};

/// What went wrong.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Problem {
    /// What to say.
    pub text: Text,
    /// The one thing to do about it.
    pub remedy: Remedy,
    /// The server's id of the exchange, to be told to support.
    pub request_id: Option<String>,
}

/// The one thing to do about a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum Remedy {
    /// Nothing: it is said, and that is all.
    Nothing,
    /// Try again now. What waits for a network is tried by itself when it is back.
    Retry,
    /// Wait until then, and try again: the server asked for it, and nothing is sent before. What is only shown is asked for
    /// by itself then.
    Wait {
        /// When.
        until: Timestamp,
    },
    /// Show the sign-in screen.
    SignIn,
    /// Unlock the device or its keyring, then try again.
    Unlock,
    /// Open a web page, so that the network can ask for its login.
    OpenBrowser,
    /// Use another network.
    ChangeNetwork,
    /// Free some space on the device.
    FreeSpace,
    /// Install the newer version of the app.
    UpdateApp,
    /// Restart the app.
    RestartApp,
    /// Tell support, with the id of the exchange.
    ContactSupport,
}

/// What went wrong, with what would do it again.
#[derive(Debug, Clone)]
pub(crate) struct Failure<A> {
    pub(crate) problem: Problem,
    pub(crate) again: A,
}

impl<A> Failure<A> {
    pub(crate) fn of(error: &Error, again: A) -> Self {
        Self {
            problem: Problem::from(error),
            again,
        }
    }

    pub(crate) fn shown(failure: Option<&Self>) -> Option<Problem> {
        failure.map(|failure| failure.problem.clone())
    }
}

impl Problem {
    fn new(text: impl Into<Text>, remedy: Remedy) -> Self {
        Self {
            text: text.into(),
            remedy,
            request_id: None,
        }
    }

    fn with_id(self, request_id: Option<&String>) -> Self {
        Self {
            request_id: request_id.cloned(),
            ..self
        }
    }

    /// That the server cannot be reached; `None` while nothing speaks against it.
    pub(crate) fn unreachable(reach: Connectivity) -> Option<Self> {
        match reach {
            Connectivity::Unknown | Connectivity::Online => None,
            Connectivity::Offline { why } => Some(Self::new(offline_text(why), Remedy::Retry)),
            Connectivity::CaptivePortal => Some(Self::from(&Error::CaptivePortal)),
        }
    }

    /// That somebody must sign in.
    #[must_use]
    pub fn sign_in(why: SignInReason) -> Self {
        Self::new(sign_in_text(why), Remedy::SignIn)
    }
}

/// Why somebody is to sign in.
pub(crate) fn sign_in_text(why: SignInReason) -> TextKey {
    match why {
        SignInReason::NeverSignedIn => TextKey::SignInNever,
        SignInReason::SignedOut => TextKey::SignInSignedOut,
        SignInReason::SessionExpired => TextKey::SignInExpired,
        SignInReason::SessionRevoked => TextKey::SignInRevoked,
        SignInReason::AccountClosed => TextKey::SignInClosed,
        SignInReason::KeysLost => TextKey::SignInKeysLost,
        SignInReason::PasswordChanged => TextKey::SignInPasswordChanged,
    }
}

impl From<&Error> for Problem {
    fn from(error: &Error) -> Self {
        use Remedy::{ContactSupport, Nothing, Retry};
        match error {
            Error::SignInNeeded { why } => Self::sign_in(*why),
            Error::Locked { .. } => Self::new(TextKey::ProblemLocked, Remedy::Unlock),
            Error::Offline { why, .. } => Self::new(offline_text(*why), Retry),
            Error::CaptivePortal => Self::new(TextKey::ProblemCaptivePortal, Remedy::OpenBrowser),
            Error::Untrusted { .. } => Self::new(TextKey::ProblemUntrusted, Remedy::ChangeNetwork),
            Error::Busy { until } => Self::new(
                Text::with(TextKey::ProblemBusy, TextArg::Moment { at: *until }),
                Remedy::Wait { until: *until },
            ),
            Error::Refused {
                why,
                reason,
                request_id,
            } => refused(why, reason).with_id(request_id.as_ref()),
            Error::Conflict { conflict } => {
                Self::new(conflict_text(conflict.kind), Nothing).with_id(conflict.request_id.as_ref())
            }
            Error::AmbiguousTime { .. } => Self::new(TextKey::ProblemAmbiguousTime, Nothing),
            Error::Unsent { .. } => Self::new(TextKey::ProblemUnsent, Nothing),
            Error::ServerFault { request_id, .. } => {
                Self::new(TextKey::ProblemServer, Retry).with_id(request_id.as_ref())
            }
            Error::UpgradeRequired { request_id } => {
                Self::new(TextKey::ProblemUpgrade, Remedy::UpdateApp).with_id(request_id.as_ref())
            }
            Error::InvalidInput { reason, .. } => Self::new(
                Text::with(TextKey::ProblemRefused, TextArg::Words { text: reason.clone() }),
                Nothing,
            ),
            Error::Unsupported { .. } => Self::new(TextKey::ProblemUnsupported, Nothing),
            Error::Storage { why, .. } => storage(*why),
            Error::Suspended => Self::new(TextKey::ProblemInterrupted, Retry),
            Error::Closed => Self::new(TextKey::ProblemInternal, Remedy::RestartApp),
            Error::Internal { .. } => Self::new(TextKey::ProblemInternal, ContactSupport),
        }
    }
}

pub(crate) fn offline_text(why: OfflineReason) -> TextKey {
    match why {
        OfflineReason::ByRequest => TextKey::ProblemOfflineByRequest,
        OfflineReason::Dns => TextKey::ProblemNoNetwork,
        OfflineReason::Connect | OfflineReason::Interrupted => TextKey::ProblemUnreachable,
        OfflineReason::TimedOut => TextKey::ProblemTimedOut,
        OfflineReason::NotCached => TextKey::ProblemNotOnDevice,
    }
}

fn refused(why: &Refusal, reason: &str) -> Problem {
    use Remedy::{ContactSupport, Nothing};
    match why {
        Refusal::WrongCredentials => Problem::new(TextKey::ProblemWrongCredentials, Nothing),
        Refusal::EmailTaken => Problem::new(TextKey::ProblemEmailTaken, Nothing),
        Refusal::VehicleClaimed => Problem::new(TextKey::ProblemVehicleClaimed, ContactSupport),
        Refusal::NotFound => Problem::new(TextKey::ProblemNotFound, Nothing),
        Refusal::MissingPermission { .. } => Problem::new(TextKey::ProblemNotAllowed, Nothing),
        Refusal::AccountDisabled => Problem::new(TextKey::ProblemAccountDisabled, ContactSupport),
        Refusal::KnownServerDefect => Problem::new(TextKey::ProblemKnownDefect, ContactSupport),
        Refusal::Invalid { .. } | Refusal::Other { .. } => Problem::new(
            Text::with(
                TextKey::ProblemRefused,
                TextArg::Words {
                    text: reason.to_owned(),
                },
            ),
            Nothing,
        ),
    }
}

pub(crate) fn conflict_text(kind: ConflictKind) -> TextKey {
    match kind {
        ConflictKind::SlotTaken => TextKey::PendingSlotTaken,
        ConflictKind::Changed => TextKey::PendingChanged,
        ConflictKind::NotChangeable => TextKey::PendingNotChangeable,
        ConflictKind::Moved => TextKey::PendingMoved,
    }
}

fn storage(why: StorageFault) -> Problem {
    match why {
        StorageFault::Full => Problem::new(TextKey::ProblemDiskFull, Remedy::FreeSpace),
        StorageFault::Newer => Problem::new(TextKey::ProblemNewerData, Remedy::UpdateApp),
        StorageFault::Busy | StorageFault::SecretStore => Problem::new(TextKey::ProblemDisk, Remedy::Retry),
        StorageFault::ReadOnly | StorageFault::CannotOpen | StorageFault::Corrupt | StorageFault::Io => {
            Problem::new(TextKey::ProblemDisk, Remedy::RestartApp)
        }
    }
}
