//! The state of the diagnostics.
//!
//! Promised: it asks nobody who is signed in, works with nobody signed in and without a network, and holds nothing of a person
//! (scenario 37). It follows what changes, one reading at a time.

use jiff::Timestamp;

use super::record::{Diagnostics, DiagnosticsIntent, OutboxCounts, TrailRow};
use crate::error::Error;
use crate::model::{Connectivity, DiagnosticReport, ServerHealth, SessionReport};
use crate::screens::cue::Cue;
use crate::screens::problem::{offline_text, sign_in_text};
use crate::screens::scene::Scene;
use crate::screens::{Exported, Phase, Problem, Text, TextKey, Tone};

/// The state of the diagnostics.
#[derive(Default)]
pub(crate) struct DiagnosticsScene {
    server: String,
    set_aside: u32,
    report: Option<Box<DiagnosticReport>>,
    health: Option<ServerHealth>,
    reach: Connectivity,
    reading: bool,
    /// Something has changed since that reading began.
    again: bool,
    problem: Option<Problem>,
    exporting: bool,
    exported: Option<Exported>,
}

/// What it hears.
pub(crate) enum DiagnosticsEvent {
    /// Something that a report tells has changed.
    Changed,
    Reach(Connectivity),
    Report(Result<Box<DiagnosticReport>, Error>),
    Health(Option<ServerHealth>),
    Exported(Result<Exported, Error>),
}

/// What it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DiagnosticsEffect {
    WatchSession,
    WatchOutbox,
    WatchReach,
    Read,
    AskHealth,
    Export,
}

impl Scene for DiagnosticsScene {
    type Record = Diagnostics;
    type Intent = DiagnosticsIntent;
    type Event = DiagnosticsEvent;
    type Effect = DiagnosticsEffect;

    fn opened(&self) -> Vec<DiagnosticsEffect> {
        use DiagnosticsEffect::{AskHealth, WatchOutbox, WatchReach, WatchSession};
        // What is watched says at once how it is, and so has it read.
        vec![WatchSession, WatchOutbox, WatchReach, AskHealth]
    }

    fn record(&self, now: Timestamp) -> Diagnostics {
        let report = self.report.as_deref();
        let (connectivity, connectivity_tone) = reach(self.reach);
        let (session, session_tone) = report.map_or_else(unknown, |report| session(&report.session));
        let (server_health, server_tone) = match self.health.as_ref().map(|health| health.serving) {
            Some(true) => (Some(TextKey::ServerWell.into()), Tone::Good),
            Some(false) => (Some(TextKey::ServerIll.into()), Tone::Warning),
            None => (None, Tone::Neutral),
        };
        let [cool_until, breaker_until, not_before] =
            self.waits().map(|until| until.filter(|until| *until > now));
        Diagnostics {
            phase: match (report, &self.problem) {
                (Some(_), _) => Phase::Shown,
                (None, Some(_)) => Phase::Failed,
                (None, None) => Phase::FirstLoad,
            },
            refreshing: self.reading,
            problem: self.problem.clone(),
            server: self.server.clone(),
            dialect: dialect(report.and_then(|report| report.dialect.as_deref())),
            server_version: self.health.as_ref().and_then(|health| health.version.clone()),
            server_health,
            server_tone,
            library: env!("CARGO_PKG_VERSION").to_owned(),
            connectivity,
            connectivity_tone,
            session,
            session_tone,
            outbox: report
                .and_then(|report| report.outbox.as_ref())
                .map(|counts| OutboxCounts {
                    waiting: counts.waiting,
                    unknown: counts.unknown,
                    attention: counts.attention,
                    not_before,
                }),
            cool_until,
            breaker_until,
            set_aside: self.set_aside,
            trail: report.map_or_else(Vec::new, |report| {
                report.trail.iter().rev().map(TrailRow::from).collect()
            }),
            exporting: self.exporting,
            exported: self.exported.clone(),
        }
    }

    fn intend(&mut self, intent: DiagnosticsIntent) -> Vec<DiagnosticsEffect> {
        match intent {
            DiagnosticsIntent::Refresh => {
                let mut effects = self.read();
                effects.push(DiagnosticsEffect::AskHealth);
                effects
            }
            DiagnosticsIntent::Export if self.exporting => Vec::new(),
            DiagnosticsIntent::Export => {
                (self.exporting, self.problem) = (true, None);
                vec![DiagnosticsEffect::Export]
            }
            DiagnosticsIntent::ExportTaken => {
                self.exported = None;
                Vec::new()
            }
        }
    }

    fn hear(&mut self, event: DiagnosticsEvent) -> Vec<DiagnosticsEffect> {
        match event {
            DiagnosticsEvent::Changed => return self.read(),
            DiagnosticsEvent::Reach(reach) => {
                self.reach = reach;
                return self.read();
            }
            DiagnosticsEvent::Report(answer) => {
                self.reading = false;
                match answer {
                    Ok(report) => (self.report, self.problem) = (Some(report), None),
                    Err(error) => self.problem = Some(Problem::from(&error)),
                }
                if std::mem::take(&mut self.again) {
                    return self.read();
                }
            }
            DiagnosticsEvent::Health(health) => self.health = health,
            DiagnosticsEvent::Exported(answer) => {
                self.exporting = false;
                match answer {
                    Ok(exported) => self.exported = Some(exported),
                    Err(error) => self.problem = Some(Problem::from(&error)),
                }
            }
        }
        Vec::new()
    }

    async fn perform(effect: DiagnosticsEffect, cue: Cue<Self>) {
        match effect {
            DiagnosticsEffect::WatchSession => {
                cue.watch(cue.session_states(), |_| DiagnosticsEvent::Changed)
                    .await;
            }
            DiagnosticsEffect::WatchOutbox => {
                cue.watch(cue.outbox_changes(), |_| DiagnosticsEvent::Changed)
                    .await;
            }
            DiagnosticsEffect::WatchReach => cue.watch(cue.connectivity(), DiagnosticsEvent::Reach).await,
            DiagnosticsEffect::Read => {
                let read = |cue: &Cue<Self>| {
                    let diagnostics = cue.diagnostics();
                    async move { diagnostics.report().await.map(Box::new) }
                };
                cue.tell(DiagnosticsEvent::Report(cue.awoken(read).await));
            }
            DiagnosticsEffect::AskHealth => {
                let ask = |cue: &Cue<Self>| {
                    let platform = cue.platform();
                    async move { platform.health().await }
                };
                cue.tell(DiagnosticsEvent::Health(cue.awoken(ask).await.ok()));
            }
            DiagnosticsEffect::Export => {
                let export = |cue: &Cue<Self>| {
                    let diagnostics = cue.diagnostics();
                    async move { diagnostics.export().await }
                };
                let answer = cue.awoken(export).await;
                let exported = answer.map(|json| Exported::json("pmi-diagnostics", cue.now(), json));
                cue.tell(DiagnosticsEvent::Exported(exported));
            }
        }
    }

    fn changes_at(&self, now: Timestamp) -> Option<Timestamp> {
        let waits = self.waits().into_iter().flatten();
        waits.filter(|until| *until > now).min()
    }
}

impl DiagnosticsScene {
    pub(crate) fn of(server: String, set_aside: u32) -> Self {
        Self {
            server,
            set_aside,
            ..Self::default()
        }
    }

    fn read(&mut self) -> Vec<DiagnosticsEffect> {
        if self.reading {
            self.again = true;
            return Vec::new();
        }
        self.reading = true;
        vec![DiagnosticsEffect::Read]
    }

    /// What is waited for: the server's wish, its failures, the next try of a write.
    fn waits(&self) -> [Option<Timestamp>; 3] {
        let Some(report) = &self.report else {
            return [None; 3];
        };
        let not_before = report.outbox.as_ref().and_then(|outbox| outbox.not_before);
        [report.standing.cool_until, report.standing.open_until, not_before]
    }
}

fn unknown() -> (Text, Tone) {
    (TextKey::SessionUnknown.into(), Tone::Neutral)
}

fn dialect(word: Option<&str>) -> Text {
    match word {
        None => TextKey::DialectUnknown.into(),
        Some("v1") => TextKey::DialectFirst.into(),
        Some("v2") => TextKey::DialectSecond.into(),
        Some(other) => Text::words(other),
    }
}

fn reach(reach: Connectivity) -> (Text, Tone) {
    match reach {
        Connectivity::Unknown => (TextKey::ReachUnknown.into(), Tone::Neutral),
        Connectivity::Online => (TextKey::ReachOnline.into(), Tone::Good),
        Connectivity::Offline { why } => (offline_text(why).into(), Tone::Warning),
        Connectivity::CaptivePortal => (TextKey::ProblemCaptivePortal.into(), Tone::Warning),
    }
}

/// By the report's word: it knows what a session's state alone does not.
fn session(report: &SessionReport) -> (Text, Tone) {
    if let Some(why) = report.why {
        return (sign_in_text(why).into(), Tone::Warning);
    }
    let (key, tone) = match report.state.as_str() {
        "unknown" => return unknown(),
        "signed_in" => (TextKey::SessionSignedIn, Tone::Good),
        "refreshing" => (TextKey::SessionRefreshing, Tone::Good),
        "refresh_unknown" => (TextKey::SessionRefreshUnknown, Tone::Good),
        "locked" => (TextKey::SessionLocked, Tone::Warning),
        "unreadable" => (TextKey::SessionUnreadable, Tone::Critical),
        other => return (Text::words(other), Tone::Neutral),
    };
    (key.into(), tone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{OfflineReason, SignInReason, StorageFault};
    use crate::model::{AuditEntry, NetworkDecision, OutboxReport, SessionDecision, StandingReport};
    use crate::screens::Remedy;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn entry(at: i64, decision: impl Into<crate::model::Decision>) -> AuditEntry {
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
            [DiagnosticsEffect::Read, DiagnosticsEffect::AskHealth]
        );
        assert_eq!(
            scene.intend(DiagnosticsIntent::Refresh),
            [DiagnosticsEffect::AskHealth]
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
    }
}
