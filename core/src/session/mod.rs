//! Who is signed in: tokens, one refresh at a time, and the calls that need them.
//!
//! It promises: one refresh however many calls meet an expired token (scenario 1); none for a 401 that comes late (2); a
//! refresh ends even if its caller is gone (7); only a definite no of the server ends a session (8); and a key that cannot
//! be read now is `Locked`, never a sign-out (5). It does not yet journal a rotation: a kill between the server's
//! rotation and our write relies on the server giving the same successor again.
//!
//! ```text
//!   Unloaded --load--> Nobody | Ended | SignedIn          (Locked is an answer, not a state: the next call tries again)
//!   SignedIn --refresh ok--> SignedIn, generation + 1
//!   SignedIn --definite no--> Ended                        cache and keys stay, sign-in is asked for
//!   Ended    --sign in, same person--> SignedIn            the same account goes on
//!   any      --sign out--> Nobody                          keys destroyed, answers removed
//! ```

mod account;
mod call;
mod keys;
mod link;
mod load;
mod outbox_key;
mod password;
mod phase;
mod refresh;
mod sign_in;
mod sign_out;
mod tokens;

pub(crate) use account::Account;
pub(crate) use call::Answered;
pub(crate) use link::{Failure, Link, Manner};
pub(crate) use phase::Session;
pub use phase::SessionState;
