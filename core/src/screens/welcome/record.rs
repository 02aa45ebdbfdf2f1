//! What the beginning shows.

use jiff::Timestamp;

use crate::screens::{Problem, Text};

/// Where an app begins.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Welcome {
    /// What to show.
    pub start: Start,
    /// Under `Welcome`: why somebody is to sign in.
    pub why: Option<Text>,
    /// Under `Welcome`: that changes of whose session ended were not sent yet, and go on after the sign-in.
    pub unsent: Option<Text>,
    /// What became of a damaged file, until [`WelcomeIntent::SalvageSeen`].
    pub salvaged: Option<Salvaged>,
    /// That the server cannot be reached: a banner. Nothing needs to be done about it.
    pub banner: Option<Problem>,
    /// Why it cannot be said who is signed in: under `Unlock` and `Deciding`.
    pub problem: Option<Problem>,
    /// It is being looked who is signed in.
    pub busy: bool,
}

/// What an app shows first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum Start {
    /// It is not known yet who is signed in: the splash screen, or the problem.
    Deciding,
    /// Nobody is, or the session ended: the way to sign in and to register.
    Welcome,
    /// Somebody is: their garage.
    Home,
    /// Somebody is, and their keys are locked: the problem, and a way to try again.
    Unlock,
}

/// What could be saved of a damaged file.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Salvaged {
    /// When it was found, by this device's clock.
    pub at: Timestamp,
    /// What to say, one below the other.
    pub lines: Vec<Text>,
}

/// What a person can do at the beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum WelcomeIntent {
    /// Look again who is signed in: something was unlocked.
    TryAgain,
    /// What was saved and lost has been read: it is not told again.
    SalvageSeen,
}
