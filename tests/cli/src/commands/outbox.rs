//! What was accepted on this device and is not done yet: listed, tried again, given up, sent.

use std::time::Duration;

use jiff::tz::TimeZone;
use pmi_core::SessionState;
use pmi_core::model::{OutboxItem, OutboxItemId, SyncReport, WriteState};
use serde_json::{Value, json};

use super::writes::{accepted, answer};
use crate::app::App;
use crate::args::{OutboxArgs, OutboxCommand};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{Answer, Printer, Table, state, what, when};

/// How long other commands try to send what is waiting.
const IN_PASSING: Duration = Duration::from_secs(5);

/// `pmi outbox`
pub(super) async fn outbox(app: &App, args: OutboxArgs, printer: Printer) -> Result<Answer, Failure> {
    let outbox = app.client.outbox();
    match args.command {
        None => list(app, args.all).await,
        Some(OutboxCommand::Retry { id, wait }) => {
            let item = outbox.retry(OutboxItemId(id)).await;
            accepted(app, item, wait.patience(), printer).await
        }
        Some(OutboxCommand::Drop { id }) => {
            let item = outbox.drop_item(OutboxItemId(id)).await;
            answer(app, &item.map_err(|error| app.explain(error))?)
        }
    }
}

async fn list(app: &App, all: bool) -> Result<Answer, Failure> {
    let outbox = app.client.outbox();
    let items = if all {
        outbox.history().await
    } else {
        outbox.list().await
    };
    let items = items.map_err(|error| app.explain(error))?;
    let nothing = if all {
        "nothing was changed on this device of late"
    } else {
        "nothing waits to be sent"
    };
    Ok(Answer::new(
        table(app, &items, nothing),
        json!({"items": as_json(&items)?}),
    ))
}

/// `pmi sync`
pub(super) async fn sync(app: &App, patience: Duration) -> Result<Answer, Failure> {
    let outbox = app.client.outbox();
    let before = outbox.list().await.map_err(|error| app.explain(error))?;
    app.client.set_offline(app.global.offline);
    let report = app.client.outbox().send(patience).await;
    let report = report.map_err(|error| app.explain(error))?;
    let mut items = Vec::with_capacity(before.len());
    for was in before {
        // What is long done may be forgotten by now.
        items.push(outbox.get(was.id).await.unwrap_or(was));
    }
    let sent = items.iter().filter(|item| is_done(item)).count();
    let SyncReport {
        remaining,
        attention,
        stopped,
        ..
    } = report;
    let stopped = stopped.map(|error| app.explain(error));
    let mut text = table(app, &items, "nothing was waiting to be sent");
    if !items.is_empty() {
        text.push_str(&format!(
            "\n\nsent {sent}, still to be sent {remaining}, in need of you {attention}"
        ));
    }
    let json = json!({
        "sent": sent,
        "remaining": remaining,
        "attention": attention,
        "stopped": stopped.as_ref().map(Failure::json),
        "items": as_json(&items)?,
    });
    Ok(Answer {
        failure: incomplete(remaining, attention, stopped),
        ..Answer::new(text, json)
    })
}

/// Why not everything is sent; none if it is.
fn incomplete(remaining: u32, attention: u32, stopped: Option<Failure>) -> Option<Failure> {
    match stopped {
        // Something here must be mended before anything can go.
        Some(stopped) if remaining > 0 && stopped.exit != Exit::NoNetwork => Some(stopped),
        _ if attention > 0 => Some(
            Failure::new(
                Exit::Conflict,
                "needs_attention",
                format!("{attention} of your changes need you"),
            )
            .hint("`pmi outbox` says why; then `pmi outbox retry ID` or `pmi outbox drop ID`"),
        ),
        Some(stopped) if remaining > 0 => Some(Failure {
            message: format!(
                "{remaining} of your changes are still to be sent: {}",
                stopped.message
            ),
            ..stopped
        }),
        None if remaining > 0 => Some(Failure::new(
            Exit::NoNetwork,
            "not_sent_yet",
            format!("{remaining} of your changes are still to be sent: the time was up"),
        )),
        _ => None,
    }
}

/// Sends what is waiting, at the end of a command that found somebody signed in. Silent if all went well.
pub(super) async fn send_in_passing(app: &App, printer: Printer) {
    if app.global.offline || !found_somebody(app) {
        return;
    }
    match app.client.outbox().count().await {
        Ok(0) | Err(_) => return,
        Ok(_) => {}
    }
    let Ok(report) = app.client.outbox().send(IN_PASSING).await else {
        return;
    };
    if report.attention > 0 || report.remaining > 0 {
        printer.remark(&format!("{}: see `pmi outbox`", waiting_words(&report)));
    }
}

/// Whether somebody is signed in, as far as the command had to know. Asks no secret store.
fn found_somebody(app: &App) -> bool {
    let states = app.client.account().states();
    states.is_ok_and(|states| {
        matches!(
            *states.borrow(),
            SessionState::SignedIn | SessionState::Refreshing | SessionState::RefreshUnknown
        )
    })
}

fn waiting_words(report: &SyncReport) -> String {
    let mut words = Vec::new();
    if report.attention > 0 {
        words.push(format!("{} of your changes need you", report.attention));
    }
    if report.remaining > 0 {
        words.push(format!(
            "{} of your changes are still to be sent",
            report.remaining
        ));
    }
    words.join(", ")
}

fn is_done(item: &OutboxItem) -> bool {
    matches!(item.state, WriteState::Done { .. })
}

fn table(app: &App, items: &[OutboxItem], nothing: &str) -> String {
    let (now, zone) = (app.clock.wall(), TimeZone::system());
    let mut table = Table::new(&["ID", "ACCEPTED", "WHAT", "STATE"]);
    for item in items {
        table.row([
            item.id.to_string(),
            when(item.accepted_at, now, &zone),
            what(item),
            state(item),
        ]);
    }
    table.or(nothing)
}

fn as_json(items: &[OutboxItem]) -> Result<Value, Failure> {
    serde_json::to_value(items).map_err(|error| Failure::internal(error.to_string()))
}
