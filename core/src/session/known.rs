//! Whom this process knows. Another one may have signed in anybody else meanwhile (scenario 12): of them a person here has not been
//! told, and says nothing.

use super::state::{Phase, SignedIn};
use crate::store::AccountId;

/// Who is signed in, as this process has told last.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Known {
    /// It has not looked yet.
    NotLooked,
    /// Nobody is.
    Nobody,
    /// This account's answers are shown.
    Account(AccountId),
}

impl Known {
    /// `None`: it is to be read again, and who was known still is.
    pub(super) fn of(phase: &Phase) -> Option<Self> {
        Some(match phase {
            Phase::Unloaded => return None,
            Phase::Nobody(_) => Self::Nobody,
            Phase::Ended(account, _) | Phase::SignedIn(SignedIn { account, .. }) => {
                Self::Account(account.id.clone())
            }
        })
    }

    /// Whether this account may be meant.
    pub(super) fn is(&self, account: &AccountId) -> bool {
        match self {
            Self::NotLooked => true,
            Self::Nobody => false,
            Self::Account(known) => known == account,
        }
    }
}
