//! The state of the diagnostics.
//!
//! Promised: it asks nobody who is signed in, works with nobody signed in and without a network, and holds nothing of a person
//! (scenario 37). It follows what changes, one reading at a time.

use jiff::Timestamp;

use super::record::{Diagnostics, DiagnosticsIntent, OutboxCounts, TrailRow};
use crate::error::Error;
use crate::model::{Connectivity, DiagnosticReport, ServerHealth, SessionReport};
use crate::screens::cue::Cue;
use crate::screens::problem::{Failure, offline_text, sign_in_text};
use crate::screens::scene::Scene;
use crate::screens::{Exported, Phase, Text, TextKey, Tone};

/// The state of the diagnostics.
#[derive(Default)]
pub(crate) struct DiagnosticsScene {
    server: String,
    set_aside: u32,
    report: Option<Box<DiagnosticReport>>,
    health: Option<ServerHealth>,
    reach: Connectivity,
    reading: bool,
    /// So often a person has asked the server how it is, and waits.
    asked: u32,
    /// Something has changed since that reading began.
    again: bool,
    failure: Option<Failure<DiagnosticsIntent>>,
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
    /// The same where a person waits for it.
    HealthAgain(Option<ServerHealth>),
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
    AskHealthAgain,
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
            phase: match (report, &self.failure) {
                (Some(_), _) => Phase::Shown,
                (None, Some(_)) => Phase::Failed,
                (None, None) => Phase::FirstLoad,
            },
            refreshing: self.reading || self.asked > 0,
            problem: Failure::shown(self.failure.as_ref()),
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
                self.asked += 1;
                let mut effects = self.read();
                effects.push(DiagnosticsEffect::AskHealthAgain);
                effects
            }
            DiagnosticsIntent::TryAgain => {
                let again = self.failure.as_ref().map(|failure| failure.again.clone());
                again.map_or_else(Vec::new, |again| self.intend(again))
            }
            DiagnosticsIntent::Export if self.exporting => Vec::new(),
            DiagnosticsIntent::Export => {
                (self.exporting, self.failure) = (true, None);
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
                    Ok(report) => (self.report, self.failure) = (Some(report), None),
                    Err(error) => self.failure = Some(Failure::of(&error, DiagnosticsIntent::Refresh)),
                }
                if std::mem::take(&mut self.again) {
                    return self.read();
                }
            }
            DiagnosticsEvent::Health(health) => self.health = health,
            DiagnosticsEvent::HealthAgain(health) => {
                self.asked = self.asked.saturating_sub(1);
                self.health = health;
            }
            DiagnosticsEvent::Exported(answer) => {
                self.exporting = false;
                match answer {
                    Ok(exported) => self.exported = Some(exported),
                    Err(error) => self.failure = Some(Failure::of(&error, DiagnosticsIntent::Export)),
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
            DiagnosticsEffect::AskHealth => cue.tell(DiagnosticsEvent::Health(health(&cue).await)),
            DiagnosticsEffect::AskHealthAgain => {
                cue.tell(DiagnosticsEvent::HealthAgain(health(&cue).await));
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

/// How the server says it is, if it does.
async fn health(cue: &Cue<DiagnosticsScene>) -> Option<ServerHealth> {
    let ask = |cue: &Cue<DiagnosticsScene>| {
        let platform = cue.platform();
        async move { platform.health().await }
    };
    cue.awoken(ask).await.ok()
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
pub(super) fn session(report: &SessionReport) -> (Text, Tone) {
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
