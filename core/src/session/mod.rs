//! Who is signed in: tokens, one refresh at a time, and the calls that need them.
//!
//! It promises: one refresh however many calls meet an expired token (scenario 1); none for a 401 that comes late (2); a
//! refresh ends even if its caller is gone (7); only a definite no of the server ends a session (8); a key that cannot
//! be read now is `Locked`, never a sign-out (5); and what a refresh does is on disk before and after it, so that a kill, a lost
//! answer or another process costs no session (3, 4, 6: see [`rotation`] for what cannot be promised).
//!
//! ```text
//!   Unloaded --load--> Nobody | Ended | SignedIn          (Locked is an answer, not a state: the next call tries again)
//!   SignedIn --refresh ok--> SignedIn, generation + 1      shown as Refreshing while it is asked for
//!   SignedIn --answer lost--> SignedIn, unknown            shown as RefreshUnknown; the same old token again when needed
//!   SignedIn --definite no--> Ended                        cache and keys stay, sign-in is asked for, the reason is kept
//!   Ended    --sign in, same person--> SignedIn            the same account goes on
//!   any      --sign out--> Nobody                          keys destroyed, answers removed
//! ```

mod account;
mod call;
mod keys;
mod known;
mod link;
mod load;
mod outbox_key;
mod password;
mod phase;
mod refresh;
mod rotate;
mod rotation;
mod sign_in;
mod sign_out;
mod state;
mod suspended;
mod tokens;
mod unsaved;

pub(crate) use account::Account;
pub(crate) use call::Answered;
pub(crate) use link::{Failure, Link, Manner};
pub(crate) use phase::Session;
pub use state::{SessionEnd, SessionState};
