//! The exported form of how things stand is a contract with whoever reads it: it changes only with its number.

#![allow(clippy::unwrap_used)]

use jiff::Timestamp;
use pmi_core::error::SignInReason;
use pmi_core::model::{
    AuditEntry, Decision, DiagnosticReport, NetworkDecision, OutboxDecision, OutboxEvent, OutboxReport,
    RefreshCause, SessionDecision, SessionReport, StandingReport, TransportDecision, WaitCause,
};

const GOLDEN: &str = include_str!("golden/diagnostics/report_v1.json");

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn entry(second: i64, decision: impl Into<Decision>) -> AuditEntry {
    let boot_ms = u64::try_from(second).unwrap() * 1000;
    AuditEntry {
        at: at(second),
        until: at(second),
        times: 1,
        boot: 1,
        boot_ms,
        until_boot_ms: boot_ms,
        server_at: None,
        decision: decision.into(),
    }
}

fn report() -> DiagnosticReport {
    DiagnosticReport {
        schema: DiagnosticReport::SCHEMA,
        library: "0.1.0".to_owned(),
        at: at(900),
        server: "https://pmi.example".to_owned(),
        dialect: Some("v2".to_owned()),
        session: SessionReport {
            state: "sign_in_needed".to_owned(),
            why: Some(SignInReason::SessionExpired),
        },
        outbox: Some(OutboxReport {
            waiting: 2,
            unknown: 1,
            attention: 1,
            not_before: Some(at(960)),
        }),
        standing: StandingReport {
            cool_until: Some(at(930)),
            open_until: None,
            budget_tenths: Some(95),
        },
        trail: vec![
            entry(0, SessionDecision::SignedIn),
            entry(10, NetworkDecision::Told { up: true }),
            entry(
                20,
                OutboxDecision {
                    item: 7,
                    what: OutboxEvent::PutOff { millis: 4100 },
                },
            ),
            entry(
                25,
                OutboxDecision {
                    item: 8,
                    what: OutboxEvent::Done,
                },
            ),
            AuditEntry {
                until: at(145),
                times: 12,
                until_boot_ms: 145_000,
                server_at: Some(at(150)),
                ..entry(
                    30,
                    TransportDecision::Wait {
                        millis: 2300,
                        cause: WaitCause::RetryAfter,
                    },
                )
            },
            entry(
                800,
                SessionDecision::RefreshStarted {
                    generation: 4,
                    cause: RefreshCause::Ageing,
                },
            ),
            entry(
                801,
                SessionDecision::Ended {
                    why: SignInReason::SessionExpired,
                },
            ),
        ],
    }
}

#[test]
fn the_exported_form_is_the_golden_one() {
    let now = serde_json::to_string_pretty(&report()).unwrap();
    assert_eq!(
        now,
        GOLDEN.trim_end(),
        "a changed form needs a new number and a new golden file"
    );
}

#[test]
fn a_form_of_a_released_version_is_read() {
    let read: DiagnosticReport = serde_json::from_str(GOLDEN).unwrap();
    assert_eq!(read, report());
}
