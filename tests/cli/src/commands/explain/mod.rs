//! Why things are as they are: who is signed in or why nobody is, what is waited for and until when, what was decided of late.
//! Sends nothing, and works without a network and with nobody signed in. It names no person: what it prints can be shown around.

mod words;

use jiff::{Timestamp, tz::TimeZone};
use pmi_core::model::{AuditEntry, DiagnosticReport};

use self::words::{reason, sentence};
use crate::app::App;
use crate::failure::Failure;
use crate::output::{Answer, plain};

/// How many entries are shown unless all are asked for.
const LAST: usize = 20;

/// `pmi explain`
pub(super) async fn explain(app: &App, all: bool) -> Result<Answer, Failure> {
    let diagnostics = app.client.diagnostics();
    let report = diagnostics.report().await.map_err(|error| app.explain(error))?;
    let zone = TimeZone::system();
    let text = format!(
        "{}\n\n{}",
        standing(app, &report, &zone).await,
        trail(&report, all, &zone)
    );
    let json =
        serde_json::to_value(&report).map_err(|_| Failure::internal("a report cannot be written as JSON"))?;
    Ok(Answer::new(text, json))
}

async fn standing(app: &App, report: &DiagnosticReport, zone: &TimeZone) -> String {
    let say = |at| clock(at, report.at, zone);
    let mut lines = vec![format!("session   {}", session(app, report, zone).await)];
    if let Some(until) = report.standing.cool_until {
        lines.push(format!(
            "waiting   until {}: the server asked to be left alone",
            say(until)
        ));
    }
    if let Some(until) = report.standing.open_until {
        lines.push(format!(
            "waiting   until {}: the server failed again and again; then one request tries it",
            say(until)
        ));
    }
    if report.standing.cool_until.is_none() && report.standing.open_until.is_none() {
        lines.push("waiting   for nothing the server asked for".to_owned());
    }
    lines.extend(
        report
            .outbox
            .as_ref()
            .map(|outbox| match (outbox.waiting, outbox.attention) {
                (0, 0) => "unsent    nothing".to_owned(),
                (waiting, attention) => {
                    let mut line = format!("unsent    {waiting} to be sent");
                    if outbox.unknown > 0 {
                        line.push_str(&format!(
                            " ({} may have reached the server: that is found out first)",
                            outbox.unknown
                        ));
                    }
                    if let Some(at) = outbox.not_before {
                        line.push_str(&format!(", not before {}", say(at)));
                    }
                    if attention > 0 {
                        line.push_str(&format!(", {attention} in need of you (pmi outbox)"));
                    }
                    line
                }
            }),
    );
    let dialect = report.dialect.as_deref().unwrap_or("never reached");
    lines.push(format!("server    {} ({dialect})", plain(&report.server)));
    lines.join("\n")
}

async fn session(app: &App, report: &DiagnosticReport, zone: &TimeZone) -> String {
    let since = report
        .trail
        .iter()
        .rev()
        .find(|entry| entry.decision.is_milestone());
    let since = since.map_or_else(String::new, |entry| {
        format!(" (since {})", clock(entry.until, report.at, zone))
    });
    match (report.session.state.as_str(), report.session.why) {
        ("signed_in", _) => format!("signed in{since}"),
        ("sign_in_needed", Some(why)) => {
            format!("not signed in{since}: {}; `pmi login EMAIL`", reason(why))
        }
        ("locked", _) => match app.client.account().role().await {
            Err(error) => {
                let failure = app.explain(error);
                let hint = failure.hint.map(|hint| format!("\n          {hint}"));
                format!(
                    "still signed in, but locked: {}{}",
                    failure.message,
                    hint.unwrap_or_default()
                )
            }
            Ok(_) => "signed in: it was locked a moment ago".to_owned(),
        },
        ("refreshing", _) => format!("signed in{since}; its tokens are being renewed"),
        ("refresh_unknown", _) => {
            format!("signed in{since}; whether its tokens were renewed is being found out")
        }
        ("signed_out", _) => format!("not signed in{since}: signed out by the person; `pmi login EMAIL`"),
        (state, _) => format!("{}{since}", state.replace('_', " ")),
    }
}

fn trail(report: &DiagnosticReport, all: bool, zone: &TimeZone) -> String {
    let left_out = if all {
        0
    } else {
        report.trail.len().saturating_sub(LAST)
    };
    let mut lines: Vec<String> = report
        .trail
        .iter()
        .skip(left_out)
        .map(|entry| line(entry, report.at, zone))
        .collect();
    if lines.is_empty() {
        return "nothing was decided yet".to_owned();
    }
    if left_out > 0 {
        lines.insert(0, format!("({left_out} earlier ones: pmi explain --all)"));
    }
    lines.join("\n")
}

fn line(entry: &AuditEntry, now: Timestamp, zone: &TimeZone) -> String {
    let json = serde_json::to_value(&entry.decision).unwrap_or_default();
    let mut line = format!("{}  {}", clock(entry.at, now, zone), sentence(&json));
    if entry.times > 1 {
        line.push_str(&format!(
            "; {} times until {}",
            entry.times,
            clock(entry.until, entry.at, zone)
        ));
    }
    line
}

/// The time of day, to the second; with its date unless that is `near`'s.
fn clock(at: Timestamp, near: Timestamp, zone: &TimeZone) -> String {
    let (at, near) = (at.to_zoned(zone.clone()), near.to_zoned(zone.clone()));
    let form = if at.date() == near.date() {
        "%H:%M:%S"
    } else {
        "%a %Y-%m-%d %H:%M:%S"
    };
    at.strftime(form).to_string()
}

#[cfg(test)]
mod tests {
    use pmi_core::model::{Decision, TransportDecision, WaitCause};

    use super::*;

    #[test]
    fn what_was_decided_often_says_how_often_and_until_when() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        let mut entry = AuditEntry {
            at: at("2026-11-22T04:11:07Z"),
            until: at("2026-11-22T04:11:07Z"),
            times: 1,
            boot: 1,
            boot_ms: 0,
            until_boot_ms: 0,
            server_at: None,
            decision: Decision::Transport(TransportDecision::Wait {
                millis: 2300,
                cause: WaitCause::RetryAfter,
            }),
        };
        let zone = TimeZone::get("Asia/Kolkata").expect("bundled");
        let say = |entry: &AuditEntry, now| line(entry, at(now), &zone);
        let once = "09:41:07  waits 2.3 s: the server asked for it (Retry-After)";
        assert_eq!(say(&entry, "2026-11-22T12:00:00Z"), once);
        (entry.times, entry.until) = (12, at("2026-11-22T04:13:00Z"));
        assert_eq!(
            say(&entry, "2026-11-22T12:00:00Z"),
            format!("{once}; 12 times until 09:43:00")
        );
        assert!(say(&entry, "2026-11-23T12:00:00Z").starts_with("Sun 2026-11-22 09:41:07  "));
    }
}
