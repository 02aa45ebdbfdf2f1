//! What the platform told the customer.

use http::Method;

use super::{
    ApiError, Dialect, Operation, Page, Replay, Surroundings, WireAnswer, WireRequest, check, v1, v2,
};
use crate::model::{Notification, NotificationId};

/// Reads the customer's notifications, newest first.
pub(crate) struct ListNotifications {
    pub(crate) cursor: Option<String>,
}

impl Operation for ListNotifications {
    type Output = Page<Notification>;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        Ok(match around.dialect {
            Dialect::V1 => WireRequest::get("/api/notifications/history")
                .query("customer_id", check::customer(around)?.to_string())
                .query("limit", v1::LIMIT),
            Dialect::V2 { .. } => v2::list_request("/api/notifications", self.cursor.as_deref()),
        })
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Self::Output, ApiError> {
        match around.dialect {
            Dialect::V1 => v1::notifications::list(answer),
            Dialect::V2 { .. } => v2::notifications::list(answer),
        }
    }
}

/// Marks a notification read; again is as good as once. Gives the notification where the server does (v2).
pub(crate) struct MarkNotificationRead {
    pub(crate) id: NotificationId,
}

impl Operation for MarkNotificationRead {
    type Output = Option<Notification>;

    fn request(&self, around: &Surroundings<'_>) -> Result<WireRequest, ApiError> {
        let id = check::id(around.dialect, "notification", self.id.0)?;
        Ok(WireRequest::new(
            Method::PUT,
            format!("/api/notifications/{id}/read"),
            Replay::Safe,
        ))
    }

    fn decode(&self, around: &Surroundings<'_>, answer: &WireAnswer) -> Result<Self::Output, ApiError> {
        match around.dialect {
            Dialect::V1 => v1::done(answer, "notification").map(|()| None),
            Dialect::V2 { .. } => v2::notifications::one(answer).map(Some),
        }
    }
}
