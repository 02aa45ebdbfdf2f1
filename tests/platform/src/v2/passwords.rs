//! Changing and resetting passwords.

use http::StatusCode;
use serde_json::json;
use tokio::io::AsyncWriteExt as _;

use super::call::{Call, Outcome, json, ok};
use super::failure::Failure;
use super::{account, sessions};
use crate::app::App;
use crate::auth::{digest, password, random_bytes, refresh};
use crate::control::ResetMail;
use crate::time::utc;

const HOUR_US: i64 = 3_600_000_000;

pub(super) async fn change(call: Call) -> Outcome {
    let mut fields = call.object()?;
    let current = fields.text("current_password", 1, 128);
    let new = fields.text("new_password", 8, 128);
    fields.check()?;
    let customer = call.customer()?;
    if !password::verify(&current, customer.password_hash.as_deref()).await {
        return Err(Failure::credentials(StatusCode::FORBIDDEN));
    }
    let hash = password::hash(&new).await.unwrap_or_default();
    let mut write = call.app.store.write().await?;
    write.set_password(customer.id, &hash).await?;
    write.revoke_families(customer.id, "password_changed").await?;
    let key = call.app.key();
    let issued = refresh::start(
        &mut write,
        &key,
        customer.id,
        call.now_us(),
        call.app.refresh_us(),
    )
    .await?;
    write.commit().await?;
    ok(&sessions::answer(&call.app, customer, &issued, call.now)?)
}

pub(super) async fn request_reset(call: Call) -> Outcome {
    let mut fields = call.object()?;
    let email = account::email(&mut fields);
    fields.check()?;
    if let Some(customer) = call.app.store.customer_by_folded_email(&email).await? {
        let token = crate::auth::hex(&random_bytes::<32>());
        let expires_us = call.now_us().saturating_add(HOUR_US);
        let mut write = call.app.store.write().await?;
        write
            .add_reset(&digest(token.as_bytes()), customer.id, expires_us)
            .await?;
        write.commit().await?;
        send(
            &call.app,
            ResetMail {
                to: customer.email,
                token,
                expires_at: utc(expires_us),
            },
        )
        .await;
    }
    json(
        StatusCode::ACCEPTED,
        &json!({ "message": "If there is such an account, a message is on its way." }),
    )
}

/// "Sends" the message. A file that cannot be written is logged; the caller must not learn whether there was an account.
async fn send(app: &App, mail: ResetMail) {
    if let Some(path) = app.outbox() {
        let line = serde_json::to_string(&mail).unwrap_or_default() + "\n";
        let mut options = tokio::fs::OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        options.mode(0o600);
        let written = async {
            let mut file = options.open(path).await?;
            file.write_all(line.as_bytes()).await?;
            file.flush().await
        };
        if let Err(error) = written.await {
            tracing::warn!(%error, "the reset outbox could not be written");
        }
    }
    app.resets().push(mail);
}

pub(super) async fn reset(call: Call) -> Outcome {
    let mut fields = call.object()?;
    let token = fields.text("token", 1, 200);
    let new = fields.text("new_password", 8, 128);
    fields.check()?;
    let hash = password::hash(&new).await.unwrap_or_default();
    let mut write = call.app.store.write().await?;
    let Some(customer) = write.take_reset(&digest(token.as_bytes()), call.now_us()).await? else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Err(Failure::new(
            status,
            "invalid_reset_token",
            "This reset token is not good.",
        ));
    };
    write.set_password(customer, &hash).await?;
    write.revoke_families(customer, "password_reset").await?;
    write.commit().await?;
    ok(&json!({ "message": "The password is set. Sign in with it." }))
}
