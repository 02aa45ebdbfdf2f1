//! Discovery, health, service centres and notifications.

use serde_json::{Value, json};

use super::call::{Call, Outcome, ok};
use super::failure::Failure;
use super::pages::Page;
use super::{openapi as description, routes::ROUTES};
use crate::store::{Center, Notification};
use crate::time::utc;

/// What a client may count on.
const FEATURES: [&str; 14] = [
    "password_change",
    "password_reset",
    "profile_change",
    "account_deletion",
    "data_export",
    "vehicle_claim",
    "time_zones",
    "etag",
    "idempotency",
    "book",
    "choose_center",
    "slots",
    "client_operation_id",
    "photos",
];

pub(super) async fn discovery(_: Call) -> Outcome {
    ok(&json!({ "api_version": 2, "features": FEATURES }))
}

/// Not `async`: the table it describes holds it, and its future's type must not depend on the table.
pub(super) fn openapi(_: Call) -> std::future::Ready<Outcome> {
    std::future::ready(ok(&description::describe(ROUTES)))
}

pub(super) async fn live(_: Call) -> Outcome {
    ok(&json!({ "status": "alive" }))
}

pub(super) async fn ready(call: Call) -> Outcome {
    match call.app.store.ping().await {
        Ok(()) => ok(&json!({ "status": "ready" })),
        Err(_) => Err(Failure::unavailable(5)),
    }
}

fn show_center(center: &Center) -> Value {
    json!({
        "center_id": center.id,
        "name": center.name,
        "address": center.address,
        "city": center.city,
        "state": center.state,
        "phone": center.phone,
        "capacity": center.capacity,
        "time_zone": center.time_zone,
    })
}

pub(super) async fn centers(call: Call) -> Outcome {
    let page = Page::of(&call)?;
    let rows = call.app.store.centers(page.after_id(), page.fetch()).await?;
    ok(&page.answer(rows, |row| (0, row.id), show_center))
}

/// A notification as the wire has it.
pub(super) fn show_notification(notification: &Notification) -> Value {
    json!({
        "notification_id": notification.id,
        "type": notification.kind,
        "channel": notification.channel,
        "sent_at": utc(notification.sent_us),
        "delivered": notification.delivered,
        "read": notification.seen,
        "message": notification.message,
        "vehicle_id": notification.vehicle_id,
        "vehicle": notification.vehicle.as_ref().map(|(make, model, _)| format!("{make} {model}")),
    })
}

pub(super) async fn notifications(call: Call) -> Outcome {
    let page = Page::of(&call)?;
    let rows = call
        .app
        .store
        .notifications_of(call.customer()?.id, page.after, page.fetch())
        .await?;
    ok(&page.answer(rows, |row| (row.sent_us, row.id), show_notification))
}

pub(super) async fn mark_read(call: Call) -> Outcome {
    let (owner, id) = (call.customer()?.id, call.id()?);
    let found = call
        .app
        .store
        .notification(id)
        .await?
        .filter(|notification| notification.customer_id == owner);
    let Some(mut notification) = found else {
        return Err(Failure::not_found());
    };
    if !notification.seen {
        let mut write = call.app.store.write().await?;
        write.mark_read(id).await?;
        write.commit().await?;
        notification.seen = true;
    }
    ok(&show_notification(&notification))
}
