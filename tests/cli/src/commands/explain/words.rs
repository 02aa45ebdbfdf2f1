//! Each decision as a sentence. By its words in JSON rather than by its type: the trail goes on growing words, and one that has
//! no sentence here is still shown.

use pmi_core::error::SignInReason;
use serde_json::Value;

/// A decision, for a person.
pub(super) fn sentence(decision: &Value) -> String {
    let word = |name: &str| decision[name].as_str().unwrap_or_default();
    let item = decision["item"].as_i64().unwrap_or_default();
    let time = || duration(decision["millis"].as_u64().unwrap_or_default());
    match (word("about"), word("what")) {
        ("session", "signed_in") => "signed in".to_owned(),
        ("session", "signed_out") => "signed out by the person".to_owned(),
        ("session", "ended") => {
            let why = serde_json::from_value(decision["why"].clone()).ok();
            let why = why.map_or_else(|| plain(&decision["why"]), |why| reason(why).to_owned());
            format!("signed out: {why}; bookings and what was read are kept")
        }
        ("session", "refresh_started") => {
            let why = match word("cause") {
                "ageing" => "was about to end",
                "over" => "was over",
                "refused" => "was refused by the server",
                "unknown" => "is in doubt: the answer to the last renewal never came",
                other => return format!("the session is being renewed: {}", other.replace('_', " ")),
            };
            format!("the session is being renewed: its token {why}")
        }
        ("session", "refreshed") => "the session was renewed".to_owned(),
        ("session", "unsaved") => {
            "the password was changed and the new session could not be written to disk: it lasts as long as the program"
                .to_owned()
        }
        ("session", "adopted") => "another process had renewed the session: its tokens are used".to_owned(),
        ("session", "refresh_unknown") => {
            "no usable answer to a renewal came: it may have been carried out, and is asked for again"
                .to_owned()
        }
        ("session", "refresh_not_sent") => "a renewal of the session was not sent".to_owned(),
        ("session", "refresh_weather") => {
            "the server's answer to a renewal says nothing about the session, which goes on".to_owned()
        }
        ("session", "refresh_refused") => {
            let why = serde_json::from_value(decision["why"].clone()).ok();
            why.map_or_else(|| plain(decision), |why| reason(why).to_owned())
        }
        ("session", "old_pair_tried") => {
            "the newest token was refused before it had worked: the one before it is tried".to_owned()
        }
        ("session", "loop_guard") => format!(
            "the server refuses a token it has just granted: no renewal is asked for for {}",
            time()
        ),
        ("session", "lease_elsewhere") => {
            format!(
                "another process renews the session: it is waited for, {} at most",
                time()
            )
        }
        ("session", "lease_lost") => {
            "another process took over renewing the session: nothing was sent or saved".to_owned()
        }
        ("session", "locked") => "the secret store did not give the session's key".to_owned(),
        ("transport", "wait") => {
            let why = match word("cause") {
                "retry_after" => "the server asked for it (Retry-After)",
                "limiter" => "the server counts requests, and there were too many",
                "backoff" => "a try failed, and the next one follows later",
                "cool_down" => "others were asked to wait, and this one waits with them",
                "pacing" => "the server's limit would be met",
                other => return format!("waits {}: {}", time(), other.replace('_', " ")),
            };
            format!("waits {}: {why}", time())
        }
        ("transport", "budget_spent") => format!(
            "a request was not sent again: too many were; in {} one may be",
            time()
        ),
        ("transport", "breaker_opened") => {
            format!(
                "nothing is sent for {}: the server failed again and again",
                time()
            )
        }
        ("transport", "breaker_probe") => {
            "one request is sent to see whether the server is well again".to_owned()
        }
        ("transport", "breaker_closed") => "the server is well again".to_owned(),
        ("transport", "gave_up") => format!(
            "a request was given up after {} tries",
            decision["attempts"].as_u64().unwrap_or_default()
        ),
        ("network", "told") if decision["up"] == true => "the system said that there is a network".to_owned(),
        ("network", "told") => "the system said that there is no network".to_owned(),
        ("network", "silent") => match word("why") {
            "" => "offline: no answer comes".to_owned(),
            why => format!("offline: no answer comes ({})", why.replace('_', " ")),
        },
        ("network", "answering") => "online: answers come again".to_owned(),
        ("network", "portal") => "a login page of the network answered instead of the server".to_owned(),
        ("network", "asked") if decision["offline"] == true => "offline, as asked".to_owned(),
        ("network", "asked") => "no longer offline as asked".to_owned(),
        ("network", "renewed") => "the network changed, and a read under way was sent again".to_owned(),
        ("outbox", what) => {
            let what = match what {
                "accepted" => "is on disk and to be sent",
                "sending" => "is being sent",
                "not_sent" => "did not reach the server: it is sent again",
                "unknown" => "may have reached the server: that is found out before it is sent again",
                "not_found_yet" => "was looked for at the server and not found yet",
                "absent" => "is certainly not at the server: it is sent again",
                "put_off" => return format!("outbox item {item} waits {}: the server failed", time()),
                "done" => "is done",
                "refused" => "was refused by the server: you decide (pmi outbox)",
                "conflict" => "met something else at the server: you decide (pmi outbox)",
                "taken_back" => "was taken back by the person",
                _ => return plain(decision),
            };
            format!("outbox item {item} {what}")
        }
        _ => plain(decision),
    }
}

/// Why nobody is signed in.
pub(super) fn reason(why: SignInReason) -> &'static str {
    match why {
        SignInReason::NeverSignedIn => "nobody has signed in to this server from here",
        SignInReason::SignedOut => "signed out by the person",
        SignInReason::SessionExpired => "the server refused the refresh token (the session has expired)",
        SignInReason::SessionRevoked => {
            "the server refused the refresh token (it ended the session: the token was used twice, or the password changed)"
        }
        SignInReason::AccountClosed => {
            "the server refused the refresh token (the account is closed or disabled)"
        }
        SignInReason::KeysLost => "the keys of the session are gone from the secret store",
        SignInReason::PasswordChanged => {
            "the password was changed, and this device could not keep the new session"
        }
    }
}

/// Words nobody has made a sentence of.
fn plain(value: &Value) -> String {
    let Some(object) = value.as_object() else {
        return value
            .as_str()
            .map_or_else(|| value.to_string(), |word| word.replace('_', " "));
    };
    let words: Vec<String> = object
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "about" | "what"))
        .map(|(name, value)| format!("{} {}", name.replace('_', " "), plain(value)))
        .collect();
    let what = value["what"].as_str().unwrap_or("unknown").replace('_', " ");
    let about = value["about"].as_str().unwrap_or("unknown");
    if words.is_empty() {
        format!("{about}: {what}")
    } else {
        format!("{about}: {what} ({})", words.join(", "))
    }
}

/// `340 ms`, `2.3 s`, `4 min 10 s`.
fn duration(millis: u64) -> String {
    match millis {
        0..1000 => format!("{millis} ms"),
        1000..60_000 => format!("{}.{} s", millis / 1000, millis % 1000 / 100),
        _ => format!("{} min {} s", millis / 60_000, millis % 60_000 / 1000),
    }
}

#[cfg(test)]
mod tests {
    use pmi_core::model::{
        Decision, NetworkDecision, OutboxDecision, OutboxEvent, RefreshCause, SessionDecision,
        TransportDecision, WaitCause,
    };
    use serde_json::json;

    use super::*;

    #[test]
    fn every_decision_has_a_sentence_of_its_own() {
        let session = [
            SessionDecision::SignedIn,
            SessionDecision::SignedOut,
            SessionDecision::Refreshed { generation: 2 },
            SessionDecision::Adopted { generation: 2 },
            SessionDecision::OldPairTried { generation: 2 },
            SessionDecision::RefreshUnknown { status: None },
            SessionDecision::RefreshNotSent,
            SessionDecision::RefreshWeather { status: 500 },
            SessionDecision::LoopGuard { millis: 1 },
            SessionDecision::LeaseElsewhere { millis: 1 },
            SessionDecision::LeaseLost,
            SessionDecision::Locked,
            SessionDecision::Unsaved { generation: 1 },
        ];
        let causes = [
            RefreshCause::Ageing,
            RefreshCause::Over,
            RefreshCause::Refused,
            RefreshCause::Unknown,
        ];
        let refreshes = causes.map(|cause| SessionDecision::RefreshStarted { generation: 1, cause });
        let ends = [
            SignInReason::SessionExpired,
            SignInReason::SessionRevoked,
            SignInReason::AccountClosed,
        ];
        let ends = ends.map(|why| SessionDecision::Ended { why });
        let waits = [
            WaitCause::RetryAfter,
            WaitCause::Limiter,
            WaitCause::Backoff,
            WaitCause::CoolDown,
        ];
        let waits = waits.map(|cause| TransportDecision::Wait { millis: 2345, cause });
        let events = [
            OutboxEvent::Accepted,
            OutboxEvent::Sending,
            OutboxEvent::NotSent,
            OutboxEvent::Unknown,
            OutboxEvent::NotFoundYet,
            OutboxEvent::Absent,
            OutboxEvent::PutOff { millis: 1 },
            OutboxEvent::Done,
            OutboxEvent::Refused,
            OutboxEvent::Conflict,
            OutboxEvent::TakenBack,
        ];
        let mut all: Vec<Decision> = session
            .into_iter()
            .chain(refreshes)
            .chain(ends)
            .map(Decision::from)
            .collect();
        all.extend(waits.map(Decision::from));
        all.extend([true, false].map(|up| Decision::from(NetworkDecision::Told { up })));
        all.push(NetworkDecision::Answering.into());
        let transport = [
            TransportDecision::BudgetSpent { millis: 1 },
            TransportDecision::BreakerOpened { millis: 1 },
            TransportDecision::BreakerProbe,
            TransportDecision::BreakerClosed,
            TransportDecision::GaveUp { attempts: 4 },
            TransportDecision::Wait {
                millis: 1,
                cause: WaitCause::Pacing,
            },
        ];
        all.extend(transport.map(Decision::from));
        let network = [NetworkDecision::Portal, NetworkDecision::Renewed];
        all.extend(network.map(Decision::from));
        all.extend(events.map(|what| Decision::from(OutboxDecision { item: 7, what })));
        let mut said: Vec<String> = all
            .iter()
            .map(|decision| sentence(&serde_json::to_value(decision).expect("JSON")))
            .collect();
        for text in &said {
            assert!(
                !text.starts_with("outbox: ")
                    && !text.starts_with("session: ")
                    && !text.starts_with("transport: ")
                    && !text.starts_with("network: ")
                    && !text.contains('_'),
                "{text}"
            );
        }
        said.sort();
        let count = said.len();
        said.dedup();
        assert_eq!(said.len(), count, "two decisions say the same");
    }

    #[test]
    fn a_decision_of_a_newer_core_is_shown_in_its_own_words() {
        let decision =
            json!({"about": "transport", "what": "breaker_melted", "failures": 5, "why": "server_fault"});
        assert_eq!(
            sentence(&decision),
            "transport: breaker melted (failures 5, why server fault)"
        );
    }

    #[test]
    fn a_wait_is_said_in_the_unit_a_person_counts_in() {
        assert_eq!(duration(340), "340 ms");
        assert_eq!(duration(2345), "2.3 s");
        assert_eq!(duration(250_000), "4 min 10 s");
    }
}
