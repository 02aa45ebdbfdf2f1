//! What customers were told.

use http::StatusCode;
use serde_json::{Value, json};

use super::call::{Away, Call};
use super::model::at_most;
use super::reply::{Outcome, database_error, detail, invalid, ok};
use super::when::plus;

const DAY_US: i64 = 86_400_000_000;

pub(super) async fn history(call: Call) -> Outcome {
    let (customer, vehicle) = (call.query_int("customer_id")?, call.query_int("vehicle_id")?);
    let limit = call.limit(50)?;
    if [customer, vehicle]
        .into_iter()
        .flatten()
        .any(|id| i32::try_from(id).is_err())
    {
        return Err(database_error(&call.request_id));
    }
    let store = call.store(&Away::Uncaught)?;
    let all = store
        .notification_history(customer, vehicle, limit)
        .await
        .map_err(|error| call.broken(&error))?;
    let shown: Vec<Value> = all
        .iter()
        .map(|one| {
            let vehicle = one
                .vehicle
                .as_ref()
                .map(|(make, model, vin)| format!("{make} {model} ({vin})"));
            json!({
                "notification_id": one.id,
                "type": one.kind,
                "channel": one.channel,
                "sent_at": plus(one.sent_us),
                "delivered": one.delivered,
                "read": one.seen,
                "message": one.message,
                "customer": format!("{} {}", one.first_name, one.last_name),
                "vehicle": vehicle.unwrap_or_else(|| "Unknown".into()),
            })
        })
        .collect();
    ok(&Value::Array(shown))
}

pub(super) async fn stats(call: Call) -> Outcome {
    let days = call.query_int("days")?.unwrap_or(30);
    if days > 365 {
        return Err(invalid(vec![at_most(
            "days",
            &call.query("days").unwrap_or_default(),
            365,
        )]));
    }
    let store = call.store(&Away::Uncaught)?;
    let all = store
        .notification_history(None, None, i64::from(i32::MAX))
        .await
        .map_err(|error| call.broken(&error))?;
    let since = call.now_us() - days * DAY_US;
    let recent: Vec<_> = all.iter().filter(|one| one.sent_us >= since).collect();
    let count = |channel: &str| recent.iter().filter(|one| one.channel == channel).count();
    let delivered = recent.iter().filter(|one| one.delivered).count();
    let pending = recent.len() - delivered;
    ok(&json!({
        "total_sent": recent.len(),
        "sms_sent": count("sms"),
        "voice_calls": count("voice"),
        "delivered": delivered,
        "pending": pending,
        "failed": pending,
    }))
}

pub(super) async fn mark_read(call: Call) -> Outcome {
    let id = call.id("notification_id")?;
    let store = call.store(&Away::Uncaught)?;
    let mut write = store.write().await.map_err(|error| call.broken(&error))?;
    let found = write.mark_read(id).await.map_err(|error| call.broken(&error))?;
    write.commit().await.map_err(|error| call.broken(&error))?;
    if !found {
        return Err(detail(StatusCode::NOT_FOUND, "Notification not found"));
    }
    ok(&json!({ "success": true, "message": "Notification marked as read" }))
}
