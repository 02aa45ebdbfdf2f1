//! The diagnostics without a server.

use jiff::Timestamp;

use super::record::DiagnosticsIntent;
use super::scene::{DiagnosticsEffect, DiagnosticsEvent, DiagnosticsScene, session};
use crate::error::{Error, OfflineReason, SignInReason, StorageFault};
use crate::model::{
    AuditEntry, Connectivity, DiagnosticReport, NetworkDecision, OutboxReport, ServerHealth, SessionDecision,
    SessionReport, StandingReport,
};
use crate::screens::scene::Scene as _;
use crate::screens::{Exported, Phase, Remedy, TextKey, Tone};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn second(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// What was decided in this second, once.
pub(super) fn entry(at: i64, decision: impl Into<crate::model::Decision>) -> AuditEntry {
    AuditEntry {
        at: second(at),
        until: second(at),
        times: 1,
        boot: 1,
        boot_ms: 0,
        until_boot_ms: 0,
        server_at: None,
        decision: decision.into(),
    }
}

fn report() -> Box<DiagnosticReport> {
    Box::new(DiagnosticReport {
        schema: DiagnosticReport::SCHEMA,
        library: String::new(),
        at: NOW,
        server: String::new(),
        dialect: Some("v2".to_owned()),
        session: SessionReport {
            state: "signed_in".to_owned(),
            why: None,
        },
        outbox: Some(OutboxReport {
            waiting: 3,
            unknown: 1,
            attention: 2,
            not_before: Some(second(40)),
        }),
        standing: StandingReport {
            cool_until: Some(second(20)),
            open_until: Some(second(30)),
            budget_tenths: None,
        },
        trail: vec![
            entry(1, SessionDecision::SignedIn),
            entry(2, NetworkDecision::Answering),
        ],
    })
}

fn failure() -> Error {
    Error::Storage {
        why: StorageFault::Io,
        reason: String::new(),
    }
}

#[test]
fn it_is_loading_then_there_and_what_is_waited_for_ends_by_itself() {
    let mut scene = DiagnosticsScene::of("https://pmi.example".to_owned(), 1);
    let first = scene.record(NOW);
    assert_eq!(first.phase, Phase::FirstLoad);
    assert_eq!(
        (first.server.as_str(), first.set_aside),
        ("https://pmi.example", 1)
    );
    assert_eq!(first.dialect, TextKey::DialectUnknown.into());
    assert!(first.trail.is_empty() && first.outbox.is_none());
    assert_eq!(scene.changes_at(NOW), None);

    scene.hear(DiagnosticsEvent::Report(Ok(report())));
    let shown = scene.record(NOW);
    assert_eq!(shown.phase, Phase::Shown);
    assert_eq!(shown.dialect, TextKey::DialectSecond.into());
    let at: Vec<Timestamp> = shown.trail.iter().map(|row| row.at).collect();
    assert_eq!(at, [second(2), second(1)], "newest first");
    let outbox = shown.outbox.expect("counted");
    assert_eq!((outbox.waiting, outbox.unknown, outbox.attention), (3, 1, 2));
    let waits = |now| {
        let shown = scene.record(now);
        let not_before = shown.outbox.and_then(|outbox| outbox.not_before);
        [shown.cool_until, shown.breaker_until, not_before].map(|until| until.is_some())
    };
    for (now, waited, next) in [
        (0, [true, true, true], Some(20)),
        (20, [false, true, true], Some(30)),
        (30, [false, false, true], Some(40)),
        (40, [false, false, false], None),
    ] {
        assert_eq!(waits(second(now)), waited, "{now}");
        assert_eq!(scene.changes_at(second(now)), next.map(second), "{now}");
    }
}

#[test]
fn it_is_read_once_more_for_all_that_changes_during_a_reading() {
    let mut scene = DiagnosticsScene::default();
    assert_eq!(scene.hear(DiagnosticsEvent::Changed), [DiagnosticsEffect::Read]);
    assert!(scene.record(NOW).refreshing);
    assert!(scene.hear(DiagnosticsEvent::Changed).is_empty());
    assert!(
        scene
            .hear(DiagnosticsEvent::Reach(Connectivity::Online))
            .is_empty()
    );
    assert_eq!(
        scene.hear(DiagnosticsEvent::Report(Ok(report()))),
        [DiagnosticsEffect::Read]
    );
    assert!(scene.hear(DiagnosticsEvent::Report(Ok(report()))).is_empty());
    assert!(!scene.record(NOW).refreshing);
    assert_eq!(
        scene.intend(DiagnosticsIntent::Refresh),
        [DiagnosticsEffect::Read, DiagnosticsEffect::AskHealthAgain]
    );
    assert_eq!(
        scene.intend(DiagnosticsIntent::Refresh),
        [DiagnosticsEffect::AskHealthAgain]
    );
}

#[test]
fn what_cannot_be_read_is_a_problem_and_what_was_read_stays() {
    let mut scene = DiagnosticsScene::default();
    scene.hear(DiagnosticsEvent::Report(Err(failure())));
    let failed = scene.record(NOW);
    assert_eq!(failed.phase, Phase::Failed);
    assert_eq!(
        failed.problem.map(|problem| problem.remedy),
        Some(Remedy::RestartApp)
    );
    scene.hear(DiagnosticsEvent::Report(Ok(report())));
    assert_eq!(scene.record(NOW).problem, None);
    scene.hear(DiagnosticsEvent::Report(Err(failure())));
    let shown = scene.record(NOW);
    assert_eq!(shown.phase, Phase::Shown);
    assert!(shown.problem.is_some());
}

#[test]
fn each_state_of_the_network_the_session_and_the_server_is_said() {
    let mut scene = DiagnosticsScene::default();
    for (reach, text, tone) in [
        (Connectivity::Unknown, TextKey::ReachUnknown, Tone::Neutral),
        (Connectivity::Online, TextKey::ReachOnline, Tone::Good),
        (
            Connectivity::Offline {
                why: OfflineReason::TimedOut,
            },
            TextKey::ProblemTimedOut,
            Tone::Warning,
        ),
        (
            Connectivity::CaptivePortal,
            TextKey::ProblemCaptivePortal,
            Tone::Warning,
        ),
    ] {
        scene.hear(DiagnosticsEvent::Reach(reach));
        let shown = scene.record(NOW);
        assert_eq!((shown.connectivity, shown.connectivity_tone), (text.into(), tone));
    }
    for (state, why, text) in [
        ("unknown", None, TextKey::SessionUnknown),
        ("signed_in", None, TextKey::SessionSignedIn),
        ("refreshing", None, TextKey::SessionRefreshing),
        ("refresh_unknown", None, TextKey::SessionRefreshUnknown),
        ("locked", None, TextKey::SessionLocked),
        ("unreadable", None, TextKey::SessionUnreadable),
        (
            "sign_in_needed",
            Some(SignInReason::SessionRevoked),
            TextKey::SignInRevoked,
        ),
    ] {
        let state = state.to_owned();
        assert_eq!(session(&SessionReport { state, why }).0, text.into());
    }
    assert_eq!(scene.record(NOW).server_health, None);
    for (serving, text, tone) in [
        (true, TextKey::ServerWell, Tone::Good),
        (false, TextKey::ServerIll, Tone::Warning),
    ] {
        scene.hear(DiagnosticsEvent::Health(Some(ServerHealth {
            serving,
            status: String::new(),
            version: Some("2.0".to_owned()),
        })));
        let shown = scene.record(NOW);
        assert_eq!(
            (shown.server_health, shown.server_tone),
            (Some(text.into()), tone)
        );
        assert_eq!(shown.server_version.as_deref(), Some("2.0"));
    }
}

#[test]
fn a_report_is_made_once_and_forgotten_when_it_was_taken() {
    let mut scene = DiagnosticsScene::default();
    assert_eq!(
        scene.intend(DiagnosticsIntent::Export),
        [DiagnosticsEffect::Export]
    );
    assert!(scene.record(NOW).exporting);
    assert!(scene.intend(DiagnosticsIntent::Export).is_empty());
    let exported = Exported::json("pmi-diagnostics", NOW, "{}".to_owned());
    scene.hear(DiagnosticsEvent::Exported(Ok(exported)));
    let shown = scene.record(NOW);
    assert!(!shown.exporting);
    let name = shown.exported.map(|exported| exported.file_name);
    assert_eq!(name.as_deref(), Some("pmi-diagnostics-1970-01-01.json"));
    scene.intend(DiagnosticsIntent::ExportTaken);
    assert_eq!(scene.record(NOW).exported, None);
    scene.intend(DiagnosticsIntent::Export);
    scene.hear(DiagnosticsEvent::Exported(Err(failure())));
    let shown = scene.record(NOW);
    assert!(!shown.exporting && shown.problem.is_some());
    assert_eq!(
        scene.intend(DiagnosticsIntent::TryAgain),
        [DiagnosticsEffect::Export]
    );
    assert_eq!(scene.record(NOW).problem, None);
}
