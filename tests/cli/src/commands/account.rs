//! Registering, signing in and out, and who is signed in.

use pmi_core::model::{Customer, Freshness, NewCustomer, Unsent};
use serde_json::json;

use super::read::read;
use crate::app::App;
use crate::args::{RegisterArgs, SecretsKind};
use crate::failure::Failure;
use crate::output::{Answer, one_of, plain};
use crate::password::{self, Purpose};
use crate::secrets;

/// `pmi register`
pub(super) async fn register(app: &App, args: RegisterArgs) -> Result<Answer, Failure> {
    let new = NewCustomer {
        password: password::ask(Purpose::Choose)?,
        email: args.email,
        first_name: args.first_name,
        last_name: args.last_name,
        phone: args.phone,
        address: args.address,
    };
    let account = app.client.account();
    account.register(new).await.map_err(|error| app.explain(error))?;
    let mut answer = signed_in(app, "registered and signed in").await?;
    let can_claim = app
        .client
        .platform()
        .capabilities()
        .await
        .is_ok_and(|can| can.claim_vehicle);
    if can_claim {
        answer.text.push_str("\nadd your vehicle with `pmi claim VIN`");
    }
    Ok(answer)
}

/// `pmi login EMAIL`
pub(super) async fn login(app: &App, email: &str) -> Result<Answer, Failure> {
    let password = password::ask(Purpose::SignIn)?;
    let account = app.client.account();
    account
        .sign_in(email, password)
        .await
        .map_err(|error| app.explain(error))?;
    signed_in(app, "signed in").await
}

async fn signed_in(app: &App, done: &str) -> Result<Answer, Failure> {
    let account = app.client.account();
    let role = account.role().await.map_err(|error| app.explain(error))?;
    let server = app.client.platform().origin();
    // A courtesy only: the sign-in has succeeded, whatever comes of this.
    let me = account.me(Freshness::NetworkFirst).await.ok().map(|me| me.value);
    let who = me
        .as_ref()
        .map_or_else(String::new, |me| format!(" as {}", name(me)));
    let mut text = format!("{done}{who} ({role}) at {server}");
    let mut json = json!({"signed_in": true, "server": server, "role": role, "customer": me, "secrets": app.global.secrets.word()});
    if let Some(caveat) = secrets::caveat(app.global.secrets) {
        json["note"] = caveat.into();
        if app.global.secrets == SecretsKind::Memory {
            text.push_str(&format!("\n{caveat}"));
        }
    }
    Ok(Answer::new(text, json))
}

/// `pmi logout`. Begins without the network: what is asked about must not be sent meanwhile.
pub(super) async fn logout(app: &App, unsent: Unsent) -> Result<Answer, Failure> {
    let account = app.client.account();
    let asks = unsent == Unsent::Ask && app.client.outbox().count().await.unwrap_or(0) > 0;
    if !asks {
        app.client.set_offline(app.global.offline);
    }
    let heard = account
        .sign_out(unsent)
        .await
        .map_err(|error| app.explain(error))?;
    let mut text = if heard {
        "signed out: here and at the server".to_owned()
    } else {
        "signed out here; the server was not told, its session ends by itself".to_owned()
    };
    if unsent == Unsent::Keep {
        text.push_str("\nwhat was not sent yet is kept, sealed, for your next sign-in");
    }
    Ok(Answer::new(
        text,
        json!({"signed_in": false, "server_told": heard}),
    ))
}

/// `pmi me`
pub(super) async fn me(app: &App) -> Result<Answer, Failure> {
    let account = app.client.account();
    read(app, |freshness| account.me(freshness), show).await
}

fn show(me: &Customer) -> String {
    let permissions: Vec<_> = me.permissions.iter().map(|p| p.as_word()).collect();
    [
        format!("name      {}", name(me)),
        format!("customer  {}", me.id),
        format!("e-mail    {}", plain(&me.email)),
        format!("phone     {}", plain(&one_of(me.phone.as_ref()))),
        format!("address   {}", plain(&one_of(me.address.as_ref()))),
        format!("role      {}", me.role),
        format!("may       {}", permissions.join(", ")),
    ]
    .join("\n")
}

fn name(me: &Customer) -> String {
    plain(&format!("{} {}", me.first_name, me.last_name))
}
