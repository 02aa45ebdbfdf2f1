//! Each decision of the audit trail as a text and a tone.

use super::record::TrailRow;
use crate::error::SignInReason;
use crate::model::{
    AuditEntry, Decision, NetworkDecision, OutboxDecision, OutboxEvent, RefreshCause, SessionDecision,
    TransportDecision, WaitCause,
};
use crate::screens::problem::offline_text;
use crate::screens::{Quantity, Text, TextArg, TextKey, Tone, Unit};

impl From<&AuditEntry> for TrailRow {
    fn from(entry: &AuditEntry) -> Self {
        let (text, tone) = match &entry.decision {
            Decision::Session(decision) => session(decision),
            Decision::Transport(decision) => transport(decision),
            Decision::Network(decision) => network(decision),
            Decision::Outbox(decision) => outbox(decision),
        };
        Self {
            at: entry.at,
            until: entry.until,
            times: entry.times,
            text,
            tone,
        }
    }
}

fn session(decision: &SessionDecision) -> (Text, Tone) {
    use Tone::{Good, Neutral, Warning};
    let because = |key, why| Text::with(key, TextArg::Key { key: reason(why) });
    match decision {
        SessionDecision::SignedIn => (TextKey::TrailSignedIn.into(), Good),
        SessionDecision::SignedOut => (TextKey::TrailSignedOut.into(), Neutral),
        SessionDecision::RefreshStarted { cause, .. } => (refresh(*cause).into(), Neutral),
        SessionDecision::OldPairTried { .. } => (TextKey::TrailOldPairTried.into(), Warning),
        SessionDecision::Refreshed { .. } => (TextKey::TrailRefreshed.into(), Good),
        SessionDecision::Unsaved { .. } => (TextKey::TrailUnsaved.into(), Warning),
        SessionDecision::Adopted { .. } => (TextKey::TrailAdopted.into(), Neutral),
        SessionDecision::RefreshUnknown { .. } => (TextKey::TrailRefreshUnknown.into(), Warning),
        SessionDecision::RefreshNotSent => (TextKey::TrailRefreshNotSent.into(), Neutral),
        SessionDecision::RefreshWeather { .. } => (TextKey::TrailRefreshWeather.into(), Warning),
        SessionDecision::RefreshRefused { why } => {
            (because(TextKey::TrailRefreshRefused, *why), Tone::Critical)
        }
        SessionDecision::LoopGuard { millis } => (lasting(TextKey::TrailLoopGuard, *millis), Warning),
        SessionDecision::LeaseElsewhere { millis } => {
            (lasting(TextKey::TrailLeaseElsewhere, *millis), Neutral)
        }
        SessionDecision::LeaseLost => (TextKey::TrailLeaseLost.into(), Neutral),
        SessionDecision::Locked => (TextKey::TrailLocked.into(), Warning),
        SessionDecision::Ended { why } => (because(TextKey::TrailEnded, *why), Tone::Critical),
    }
}

fn refresh(cause: RefreshCause) -> TextKey {
    match cause {
        RefreshCause::Ageing => TextKey::TrailRefreshAgeing,
        RefreshCause::Over => TextKey::TrailRefreshOver,
        RefreshCause::Refused => TextKey::TrailRefreshTokenRefused,
        RefreshCause::Unknown => TextKey::TrailRefreshAgain,
    }
}

fn reason(why: SignInReason) -> TextKey {
    match why {
        SignInReason::NeverSignedIn => TextKey::TrailWhyNever,
        SignInReason::SignedOut => TextKey::TrailWhySignedOut,
        SignInReason::SessionExpired => TextKey::TrailWhyExpired,
        SignInReason::SessionRevoked => TextKey::TrailWhyRevoked,
        SignInReason::AccountClosed => TextKey::TrailWhyClosed,
        SignInReason::KeysLost => TextKey::TrailWhyKeysLost,
        SignInReason::PasswordChanged => TextKey::TrailWhyPasswordChanged,
    }
}

fn transport(decision: &TransportDecision) -> (Text, Tone) {
    match decision {
        TransportDecision::Wait { millis, cause } => {
            let key = match cause {
                WaitCause::RetryAfter => TextKey::TrailWaitAsked,
                WaitCause::Limiter => TextKey::TrailWaitLimiter,
                WaitCause::Backoff => TextKey::TrailWaitBackoff,
                WaitCause::CoolDown => TextKey::TrailWaitCoolDown,
                WaitCause::Pacing => TextKey::TrailWaitPacing,
            };
            (lasting(key, *millis), Tone::Neutral)
        }
        TransportDecision::BudgetSpent { millis } => {
            (lasting(TextKey::TrailBudgetSpent, *millis), Tone::Warning)
        }
        TransportDecision::BreakerOpened { millis } => {
            (lasting(TextKey::TrailBreakerOpened, *millis), Tone::Warning)
        }
        TransportDecision::BreakerProbe => (TextKey::TrailBreakerProbe.into(), Tone::Neutral),
        TransportDecision::BreakerClosed => (TextKey::TrailBreakerClosed.into(), Tone::Good),
        TransportDecision::GaveUp { attempts } => {
            let count = i64::from(*attempts);
            let text = Text::with(TextKey::TrailGaveUp, TextArg::Count { count });
            (text, Tone::Warning)
        }
    }
}

fn network(decision: &NetworkDecision) -> (Text, Tone) {
    let (key, tone) = match decision {
        NetworkDecision::Told { up: true } => (TextKey::TrailNetworkUp, Tone::Neutral),
        NetworkDecision::Told { up: false } => (TextKey::TrailNetworkDown, Tone::Neutral),
        NetworkDecision::Asked { offline: true } => (TextKey::TrailOfflineAsked, Tone::Neutral),
        NetworkDecision::Asked { offline: false } => (TextKey::TrailOfflineAskedOver, Tone::Neutral),
        NetworkDecision::Silent { why } => {
            let why = TextArg::Key {
                key: offline_text(*why),
            };
            return (Text::with(TextKey::TrailSilent, why), Tone::Warning);
        }
        NetworkDecision::Portal => (TextKey::TrailPortal, Tone::Warning),
        NetworkDecision::Answering => (TextKey::TrailAnswering, Tone::Good),
        NetworkDecision::Renewed => (TextKey::TrailRenewed, Tone::Neutral),
    };
    (key.into(), tone)
}

fn outbox(decision: &OutboxDecision) -> (Text, Tone) {
    let (key, tone) = match decision.what {
        OutboxEvent::Accepted => (TextKey::TrailWriteAccepted, Tone::Neutral),
        OutboxEvent::Sending => (TextKey::TrailWriteSending, Tone::Neutral),
        OutboxEvent::NotSent => (TextKey::TrailWriteNotSent, Tone::Neutral),
        OutboxEvent::Unknown => (TextKey::TrailWriteUnknown, Tone::Warning),
        OutboxEvent::NotFoundYet => (TextKey::TrailWriteNotFoundYet, Tone::Neutral),
        OutboxEvent::Absent => (TextKey::TrailWriteAbsent, Tone::Neutral),
        OutboxEvent::PutOff { .. } => (TextKey::TrailWritePutOff, Tone::Warning),
        OutboxEvent::Done => (TextKey::TrailWriteDone, Tone::Good),
        OutboxEvent::Refused => (TextKey::TrailWriteRefused, Tone::Critical),
        OutboxEvent::Conflict => (TextKey::TrailWriteConflict, Tone::Critical),
        OutboxEvent::TakenBack => (TextKey::TrailWriteTakenBack, Tone::Neutral),
    };
    let mut args = vec![TextArg::Count { count: decision.item }];
    if let OutboxEvent::PutOff { millis } = decision.what {
        args.push(duration(millis));
    }
    (Text::new(key, args), tone)
}

fn lasting(key: TextKey, millis: u64) -> Text {
    Text::with(key, duration(millis))
}

/// In the unit a person counts in.
fn duration(millis: u64) -> TextArg {
    let seconds = std::time::Duration::from_millis(millis).as_secs_f64();
    let quantity = if seconds < 60.0 {
        Quantity {
            value: seconds,
            decimals: 1,
            unit: Unit::Seconds,
        }
    } else {
        Quantity {
            value: seconds / 60.0,
            decimals: 0,
            unit: Unit::Minutes,
        }
    };
    TextArg::Quantity { quantity }
}

#[cfg(test)]
mod tests {
    use super::super::tests::entry;
    use super::*;
    use crate::error::OfflineReason;

    fn said(decision: impl Into<Decision>) -> (Text, Tone) {
        let row = TrailRow::from(&entry(0, decision));
        (row.text, row.tone)
    }

    #[test]
    fn every_decision_has_a_text_of_its_own_and_fills_its_places() {
        let (millis, generation) = (1, 1);
        let why = SignInReason::SessionExpired;
        let session = [
            SessionDecision::SignedIn,
            SessionDecision::SignedOut,
            SessionDecision::OldPairTried { generation },
            SessionDecision::Refreshed { generation },
            SessionDecision::Unsaved { generation },
            SessionDecision::Adopted { generation },
            SessionDecision::RefreshUnknown { status: None },
            SessionDecision::RefreshNotSent,
            SessionDecision::RefreshWeather { status: 500 },
            SessionDecision::RefreshRefused { why },
            SessionDecision::LoopGuard { millis },
            SessionDecision::LeaseElsewhere { millis },
            SessionDecision::LeaseLost,
            SessionDecision::Locked,
            SessionDecision::Ended { why },
        ];
        let causes = [
            RefreshCause::Ageing,
            RefreshCause::Over,
            RefreshCause::Refused,
            RefreshCause::Unknown,
        ];
        let waits = [
            WaitCause::RetryAfter,
            WaitCause::Limiter,
            WaitCause::Backoff,
            WaitCause::CoolDown,
            WaitCause::Pacing,
        ];
        let transport = [
            TransportDecision::BudgetSpent { millis },
            TransportDecision::BreakerOpened { millis },
            TransportDecision::BreakerProbe,
            TransportDecision::BreakerClosed,
            TransportDecision::GaveUp { attempts: 4 },
        ];
        let network = [
            NetworkDecision::Told { up: true },
            NetworkDecision::Told { up: false },
            NetworkDecision::Asked { offline: true },
            NetworkDecision::Asked { offline: false },
            NetworkDecision::Silent {
                why: OfflineReason::Dns,
            },
            NetworkDecision::Portal,
            NetworkDecision::Answering,
            NetworkDecision::Renewed,
        ];
        let outbox = [
            OutboxEvent::Accepted,
            OutboxEvent::Sending,
            OutboxEvent::NotSent,
            OutboxEvent::Unknown,
            OutboxEvent::NotFoundYet,
            OutboxEvent::Absent,
            OutboxEvent::PutOff { millis },
            OutboxEvent::Done,
            OutboxEvent::Refused,
            OutboxEvent::Conflict,
            OutboxEvent::TakenBack,
        ];
        let mut all: Vec<Text> = session.into_iter().map(|one| said(one).0).collect();
        all.extend(causes.map(|cause| said(SessionDecision::RefreshStarted { generation, cause }).0));
        all.extend(waits.map(|cause| said(TransportDecision::Wait { millis, cause }).0));
        all.extend(transport.map(|one| said(one).0));
        all.extend(network.map(|one| said(one).0));
        all.extend(outbox.map(|what| said(OutboxDecision { item: 7, what }).0));
        for text in &all {
            assert_eq!(text.args.len(), text.key.places(), "{text:?}");
        }
        let count = all.len();
        all.sort_by_key(|text| text.key);
        all.dedup_by_key(|text| text.key);
        assert_eq!(all.len(), count, "two decisions say the same");
    }

    #[test]
    fn every_end_of_a_session_says_why() {
        let mut said: Vec<Text> = [
            SignInReason::NeverSignedIn,
            SignInReason::SignedOut,
            SignInReason::SessionExpired,
            SignInReason::SessionRevoked,
            SignInReason::AccountClosed,
            SignInReason::KeysLost,
            SignInReason::PasswordChanged,
        ]
        .map(|why| said(SessionDecision::Ended { why }).0)
        .into();
        let count = said.len();
        said.dedup();
        assert_eq!(said.len(), count);
    }

    #[test]
    fn a_wait_is_said_in_the_unit_a_person_counts_in() {
        for (millis, value, unit) in [(2300, 2.3, Unit::Seconds), (240_000, 4.0, Unit::Minutes)] {
            let (text, tone) = said(TransportDecision::BreakerOpened { millis });
            assert_eq!(tone, Tone::Warning);
            let [TextArg::Quantity { quantity }] = text.args.as_slice() else {
                panic!("a quantity: {text:?}")
            };
            assert_eq!((quantity.value, quantity.unit), (value, unit));
        }
    }
}
