//! Why things are as they are: for a person who asks, and for support.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::inner::Inner;
use crate::api::Dialect;
use crate::audit::Audit;
use crate::error::{Error, Result, SignInReason};
use crate::model::{AuditEntry, DiagnosticReport, OutboxReport, SessionReport, StandingReport};
use crate::session::SessionState;
use crate::store::DurableFile;

/// Why somebody is, or is not, signed in; what is waited for; what was decided of late. Asks no server, and works with nobody
/// signed in. Nothing it gives holds a token, a name, an address, or an id of a person or of anything of theirs.
#[derive(Clone)]
pub struct DiagnosticsService {
    pub(crate) inner: Arc<Inner>,
}

impl DiagnosticsService {
    /// What was decided about sessions, requests, the network and writes of this device with this server, newest last: the last
    /// 200 sign-ins, sign-outs and ends of sessions, and at most 800 other entries of the last 30 days. It goes on over
    /// sign-outs, and does not say whose session it was.
    ///
    /// # Errors
    /// `Storage`, `Closed`.
    pub fn trail(&self) -> Result<Vec<AuditEntry>> {
        Ok(self.inner()?.diagnosed.audit.entries()?)
    }

    /// How things stand, and the trail. May ask the secret store, as every first call of a client does; sends nothing.
    ///
    /// # Errors
    /// `Storage` if the trail cannot be read, `Closed`. A session or an outbox that cannot be read is told in the report.
    pub async fn report(&self) -> Result<DiagnosticReport> {
        let inner = self.inner()?;
        self.inner
            .run_repeatable(async move { report(&inner).await })
            .await
    }

    /// The report as one JSON document, to be given to support. Its form has a version, `schema`.
    ///
    /// # Errors
    /// Those of [`report`](Self::report).
    pub async fn export(&self) -> Result<String> {
        let report = self.report().await?;
        serde_json::to_string_pretty(&report).map_err(|_| Error::Internal {
            reason: "a report cannot be written as JSON".to_owned(),
        })
    }

    fn inner(&self) -> Result<Arc<Inner>> {
        Inner::guard(&self.inner)
    }
}

/// What the service reads beside the session.
pub(crate) struct Diagnosed {
    pub(crate) audit: Audit,
    pub(crate) durable: Arc<DurableFile>,
    /// So many damaged files were set aside when the client opened.
    pub(crate) set_aside: u32,
}

async fn report(inner: &Inner) -> Result<DiagnosticReport> {
    let (clock, link) = (&inner.ports().clock, inner.session.link());
    let (durable, server) = (&inner.diagnosed.durable, link.origin().to_string());
    let session = match inner.session.state().await {
        Ok(state) => session(&state, matches!(durable.current_account(&server), Ok(Some(_)))),
        Err(error @ (Error::Closed | Error::Suspended)) => return Err(error),
        Err(_) => stands("unreadable"),
    };
    let at = clock.wall();
    let standing = durable
        .stored_standing(&server, &clock.boot_time(), at)
        .unwrap_or_default();
    let after = |left: std::time::Duration| -> Option<Timestamp> {
        at.checked_add(SignedDuration::try_from(left).ok()?).ok()
    };
    let outbox = durable.outbox_counts(&server).unwrap_or_default();
    Ok(DiagnosticReport {
        schema: DiagnosticReport::SCHEMA,
        library: env!("CARGO_PKG_VERSION").to_owned(),
        at,
        dialect: link.known_dialect().unwrap_or_default().map(|dialect| {
            let word = match dialect {
                Dialect::V1 => "v1",
                Dialect::V2 { .. } => "v2",
            };
            word.to_owned()
        }),
        session,
        outbox: outbox.map(|counts| OutboxReport {
            waiting: counts.waiting,
            unknown: counts.unknown,
            attention: counts.attention,
            not_before: counts.not_before.filter(|until| *until > at),
        }),
        standing: StandingReport {
            cool_until: standing.cool_for.and_then(after),
            open_until: standing.open_for.and_then(after),
            budget_tenths: standing.budget_tenths,
        },
        trail: inner.diagnosed.audit.entries()?,
        server,
    })
}

/// `known`: somebody has signed in to this server from here.
fn session(state: &SessionState, known: bool) -> SessionReport {
    match state {
        SessionState::Unknown => stands("unknown"),
        SessionState::SignedOut => SessionReport {
            why: Some(if known {
                SignInReason::SignedOut
            } else {
                SignInReason::NeverSignedIn
            }),
            ..stands("sign_in_needed")
        },
        SessionState::Refreshing => stands("refreshing"),
        SessionState::RefreshUnknown => stands("refresh_unknown"),
        SessionState::SignedIn => stands("signed_in"),
        SessionState::Locked => stands("locked"),
        SessionState::SignInNeeded(why) => SessionReport {
            why: Some(*why),
            ..stands("sign_in_needed")
        },
    }
}

fn stands(state: &str) -> SessionReport {
    SessionReport {
        state: state.to_owned(),
        why: None,
    }
}
