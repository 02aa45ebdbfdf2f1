//! What to do about an error, in this shell's words: which command to type. The core's own message says the rest.

use pmi_core::Error;
use pmi_core::error::{OfflineReason, Refusal, SignInReason, StorageFault};

use crate::args::{DEFAULT_PORT, Global, SecretsKind};
use crate::output::as_typed;

/// What to type, if anything.
pub(crate) fn hint(error: &Error, global: &Global) -> Option<String> {
    match error {
        Error::SignInNeeded { why } => Some(sign_in(*why)),
        Error::Offline { why: OfflineReason::Connect, .. } => start_the_server(&global.server),
        Error::Offline { why: OfflineReason::NotCached, .. } if global.offline => {
            Some("run the same command once without --offline".to_owned())
        }
        Error::Locked { .. } if global.secrets == SecretsKind::Keyring => {
            Some("unlock the keyring; if you signed in with another store, name it: --secrets file".to_owned())
        }
        Error::Locked { .. } => Some(
            "name the store you signed in with (--secrets keyring is the default), or sign in again with `pmi login EMAIL`"
                .to_owned(),
        ),
        Error::Storage { why: StorageFault::SecretStore, .. } if global.secrets == SecretsKind::Keyring => Some(
            "start or unlock the desktop's keyring (a Secret Service such as gnome-keyring); for development only, \
             `--secrets file` keeps the keys in a plain file"
                .to_owned(),
        ),
        Error::Storage {
            why: StorageFault::ReadOnly | StorageFault::CannotOpen | StorageFault::Io | StorageFault::SecretStore,
            ..
        } => Some("choose a folder you can write to with --data-dir DIR".to_owned()),
        Error::Refused { why: Refusal::WrongCredentials, .. } => {
            Some("try again, or create an account with `pmi register`".to_owned())
        }
        Error::Refused { why: Refusal::EmailTaken, .. } => Some("sign in with `pmi login EMAIL`".to_owned()),
        Error::InvalidInput { field, .. } if field == "server" => {
            Some("give the server with --server URL or PMI_SERVER".to_owned())
        }
        Error::InvalidInput { field, .. } if field == "center" => {
            Some("`pmi centers` lists them; name one with --center ID".to_owned())
        }
        Error::AmbiguousTime { choices, .. } => {
            let typed: Vec<_> = choices.iter().map(|at| format!("--at {}", as_typed(at))).collect();
            Some(typed.join(" or "))
        }
        Error::Unsent { .. } => Some(
            "`pmi logout --keep-unsent` or `pmi logout --discard-unsent`; `pmi sync` sends it, `pmi outbox` shows it"
                .to_owned(),
        ),
        _ => None,
    }
}

fn sign_in(why: SignInReason) -> String {
    match why {
        SignInReason::NeverSignedIn => "`pmi login EMAIL`, or `pmi register` for a new account".to_owned(),
        _ => "`pmi login EMAIL`".to_owned(),
    }
}

/// A server on this machine that does not answer is most likely not running.
fn start_the_server(server: &str) -> Option<String> {
    let rest = server.trim().strip_prefix("http://")?;
    let port = rest.trim_end_matches('/').rsplit_once(':').map(|(_, port)| port);
    Some(match port.and_then(|port| port.parse::<u16>().ok()) {
        Some(DEFAULT_PORT) => "start the server with `pmi serve`".to_owned(),
        Some(port) => format!("start the server with `pmi serve --port {port}`"),
        None => "start the server with `pmi serve --port 80`".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_of_this_machine_is_to_be_started_and_no_other() {
        let say = |server| start_the_server(server).unwrap_or_default();
        assert_eq!(say("http://127.0.0.1:8800"), "start the server with `pmi serve`");
        assert_eq!(
            say("http://localhost:9/"),
            "start the server with `pmi serve --port 9`"
        );
        assert_eq!(say("https://pmi.example"), "");
    }
}
