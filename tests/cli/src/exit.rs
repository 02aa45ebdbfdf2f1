//! What a run of `pmi` ends with: the one table of exit codes.

use std::process::ExitCode;

use pmi_core::Error;

/// How a run ended. The numbers are a contract with scripts; `pmi --help` lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// It did what was asked.
    Ok = 0,
    /// A defect of this program, or the demo found a promise broken.
    Internal = 1,
    /// What was typed cannot be right; nothing was sent.
    Usage = 2,
    /// Sign in (again).
    SignInNeeded = 3,
    /// No usable answer came, and there was nothing on this device to show instead.
    NoNetwork = 4,
    /// The server said no.
    Refused = 5,
    /// The disk or the secret store failed.
    Storage = 6,
    /// What was to be changed is no longer as it was seen, or something else that a person must decide.
    Conflict = 7,
}

/// The table, as `--help` shows it.
pub(crate) const TABLE: &str = "\
Exit codes:
  0  done, or accepted and to be sent
  1  internal error, or the demo found a promise broken
  2  wrong usage: nothing was sent
  3  sign in first
  4  offline, or no usable answer, and nothing on this device to show
  5  refused by the server (a wrong password too)
  6  the disk or the secret store failed
  7  conflict: you must decide";

impl Exit {
    /// The code for an error of the core.
    pub(crate) fn of(error: &Error) -> Self {
        match error {
            Error::InvalidInput { .. } | Error::AmbiguousTime { .. } => Self::Usage,
            Error::SignInNeeded { .. } => Self::SignInNeeded,
            Error::Offline { .. }
            | Error::Busy { .. }
            | Error::CaptivePortal
            | Error::Untrusted { .. }
            | Error::ServerFault { .. } => Self::NoNetwork,
            Error::Refused { .. } | Error::Unsupported { .. } | Error::UpgradeRequired { .. } => {
                Self::Refused
            }
            Error::Storage { .. } | Error::Locked { .. } => Self::Storage,
            Error::Conflict { .. } | Error::Unsent { .. } => Self::Conflict,
            Error::Suspended | Error::Closed | Error::Internal { .. } => Self::Internal,
        }
    }

    /// The number.
    pub(crate) fn code(self) -> u8 {
        self as u8
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use pmi_core::error::{OfflineReason, Refusal, SignInReason, StorageFault};
    use pmi_core::model::{Conflict, ConflictKind};

    use super::*;

    #[test]
    fn every_error_has_its_code_and_the_table_lists_it() {
        let reason = String::new;
        let table = [
            (
                Error::SignInNeeded {
                    why: SignInReason::SignedOut,
                },
                3,
            ),
            (Error::Locked { reason: reason() }, 6),
            (
                Error::Offline {
                    why: OfflineReason::Connect,
                    reason: reason(),
                },
                4,
            ),
            (Error::CaptivePortal, 4),
            (Error::Untrusted { reason: reason() }, 4),
            (
                Error::Busy {
                    until: Timestamp::UNIX_EPOCH,
                },
                4,
            ),
            (
                Error::Refused {
                    why: Refusal::WrongCredentials,
                    reason: reason(),
                    request_id: None,
                },
                5,
            ),
            (
                Error::Conflict {
                    conflict: Box::new(Conflict {
                        kind: ConflictKind::Changed,
                        reason: reason(),
                        current: None,
                        free_slots: Vec::new(),
                        request_id: None,
                    }),
                },
                7,
            ),
            (Error::Unsent { count: 1 }, 7),
            (
                Error::AmbiguousTime {
                    skipped: true,
                    choices: Vec::new(),
                },
                2,
            ),
            (
                Error::ServerFault {
                    reason: reason(),
                    request_id: None,
                },
                4,
            ),
            (
                Error::InvalidInput {
                    field: reason(),
                    reason: reason(),
                },
                2,
            ),
            (Error::Unsupported { capability: reason() }, 5),
            (
                Error::Storage {
                    why: StorageFault::Full,
                    reason: reason(),
                },
                6,
            ),
            (Error::Suspended, 1),
            (Error::Closed, 1),
            (Error::Internal { reason: reason() }, 1),
        ];
        for (error, code) in table {
            assert_eq!(Exit::of(&error).code(), code, "{error:?}");
            assert!(TABLE.contains(&format!("\n  {code}  ")), "{code}");
        }
        assert_eq!(Exit::Ok.code(), 0);
    }
}
