//! Where things stand: who is signed in, what the server can do, what is on this device. Fails for nothing it can tell.

use jiff::{Timestamp, tz::TimeZone};
use pmi_core::error::SignInReason;
use pmi_core::model::{Freshness, Snapshot};
use pmi_core::{Error, Result, SessionState};
use serde::Serialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::failure::Failure;
use crate::output::{Answer, Table, plain, when};

/// `pmi status`
pub(super) async fn status(app: &App) -> Result<Answer, Failure> {
    let state = app
        .client
        .account()
        .state()
        .await
        .map_err(|error| app.explain(error))?;
    let (session, session_json) = session(app, &state).await;
    let (can, can_json) = capabilities(app).await;
    let (unsent, unsent_json) = unsent(app).await;
    let kept = kept(app).await;
    let set_aside: Vec<_> = app
        .client
        .set_aside()
        .iter()
        .map(|file| file.display().to_string())
        .collect();
    let (data, cache) = (
        app.dirs.data.display().to_string(),
        app.dirs.cache.display().to_string(),
    );
    let server = app.client.platform().origin();
    let mut lines = vec![
        format!("session   {session}"),
        format!("unsent    {unsent}"),
        format!("server    {server}"),
        format!("it can    {can}"),
        format!("data      {}", plain(&data)),
        format!("cache     {}", plain(&cache)),
        format!("secrets   {}", app.global.secrets.word()),
    ];
    lines.extend(
        set_aside
            .iter()
            .map(|file| format!("set aside {} (it was damaged)", plain(file))),
    );
    let text = format!("{}\n\n{}", lines.join("\n"), on_this_device(&kept));
    let json = json!({
        "session": session_json,
        "outbox": unsent_json,
        "server": server,
        "capabilities": can_json,
        "data_dir": data,
        "cache_dir": cache,
        "secrets": app.global.secrets.word(),
        "set_aside": set_aside,
        "cached": kept.iter().map(Kept::json).collect::<Vec<_>>(),
    });
    Ok(Answer::new(text, json))
}

async fn session(app: &App, state: &SessionState) -> (String, Value) {
    let account = app.client.account();
    match state {
        SessionState::SignedIn | SessionState::Refreshing | SessionState::RefreshUnknown => {
            let role = account.role().await.ok();
            let me = account.me(Freshness::CacheOnly).await.ok().map(|me| me.value);
            let who = me
                .as_ref()
                .map_or_else(String::new, |me| format!(" as {}", plain(&me.email)));
            let shown = role
                .as_ref()
                .map_or_else(String::new, |role| format!(" ({role})"));
            (
                format!("signed in{who}{shown}"),
                json!({"state": "signed_in", "role": role, "customer": me}),
            )
        }
        SessionState::SignInNeeded(why) => sign_in_needed(*why),
        SessionState::SignedOut => match account.role().await {
            Err(Error::SignInNeeded { why }) => sign_in_needed(why),
            _ => sign_in_needed(SignInReason::SignedOut),
        },
        SessionState::Locked | SessionState::Unknown => match account.role().await {
            Err(error) => {
                let failure = app.explain(error);
                let hint = failure
                    .hint
                    .as_ref()
                    .map_or_else(String::new, |hint| format!("\n          {hint}"));
                (
                    format!("locked: {}{hint}", failure.message),
                    json!({"state": "locked", "error": failure.json()}),
                )
            }
            Ok(role) => (
                format!("signed in ({role})"),
                json!({"state": "signed_in", "role": role}),
            ),
        },
    }
}

fn sign_in_needed(why: SignInReason) -> (String, Value) {
    (
        format!("sign in with `pmi login EMAIL`: {why}"),
        json!({"state": "sign_in_needed", "why": why}),
    )
}

/// How much is not sent yet, and how much of it waits for the person.
async fn unsent(app: &App) -> (String, Value) {
    let Ok(items) = app.client.outbox().list().await else {
        return ("not known".to_owned(), Value::Null);
    };
    let attention = items.iter().filter(|item| item.state.needs_attention()).count();
    let waiting = items.len() - attention;
    let text = match (waiting, attention) {
        (0, 0) => "nothing".to_owned(),
        (_, 0) => format!("{waiting} to be sent (pmi outbox)"),
        _ => format!("{waiting} to be sent, {attention} in need of you (pmi outbox)"),
    };
    (text, json!({"waiting": waiting, "attention": attention}))
}

async fn capabilities(app: &App) -> (String, Value) {
    match app.client.platform().capabilities().await {
        Ok(can) => {
            let json = serde_json::to_value(can).unwrap_or_default();
            let yes = json.as_object().into_iter().flatten();
            let yes: Vec<_> = yes
                .filter(|(_, can)| can.as_bool() == Some(true))
                .map(|(name, _)| name.replace('_', " "))
                .collect();
            (yes.join(", "), json)
        }
        Err(error) => (
            format!("not known yet: {}", app.explain(error).message),
            Value::Null,
        ),
    }
}

/// One answer on this device.
struct Kept {
    what: String,
    fetched_at: Timestamp,
    stale: bool,
}

impl Kept {
    fn json(&self) -> Value {
        json!({"what": self.what, "fetched_at": self.fetched_at, "stale": self.stale})
    }
}

async fn kept(app: &App) -> Vec<Kept> {
    let (client, cached) = (&app.client, Freshness::CacheOnly);
    let mut kept = Vec::new();
    note(&mut kept, "me", client.account().me(cached).await);
    let vehicles = client.vehicles().list(cached).await;
    let ids: Vec<_> = vehicles
        .iter()
        .flat_map(|list| &list.value)
        .map(|summary| summary.vehicle.id)
        .collect();
    note(&mut kept, "vehicles", vehicles);
    for id in ids {
        note(
            &mut kept,
            &format!("vehicle {id}"),
            client.vehicles().details(id, cached).await,
        );
    }
    note(&mut kept, "bookings", client.bookings().list(cached).await);
    note(&mut kept, "centers", client.centers().list(cached).await);
    note(
        &mut kept,
        "notifications",
        client.notifications().list(cached).await,
    );
    kept
}

fn note<T: Serialize>(kept: &mut Vec<Kept>, what: &str, answer: Result<Snapshot<T>>) {
    kept.extend(answer.ok().map(|snapshot| Kept {
        what: what.to_owned(),
        fetched_at: snapshot.fetched_at,
        stale: snapshot.stale,
    }));
}

fn on_this_device(kept: &[Kept]) -> String {
    let (now, zone) = (Timestamp::now(), TimeZone::system());
    let mut table = Table::new(&["ON THIS DEVICE", "AS OF", ""]);
    for answer in kept {
        table.row([
            answer.what.clone(),
            when(answer.fetched_at, now, &zone),
            if answer.stale { "may be out of date" } else { "" }.to_owned(),
        ]);
    }
    table.or("nothing is on this device yet")
}
