//! How values that are no records cross to other languages, where they have types of their own for them. For `bindings` only.

use std::time::SystemTime;

use jiff::Timestamp;

use crate::model::{BookingId, CenterId, CustomerId, NotificationId, OutboxItemId, PredictionId, VehicleId};

uniffi::custom_type!(Timestamp, SystemTime, {
    remote,
    lower: |at| at.into(),
    try_lift: |at| Ok(at.try_into()?),
});

uniffi::custom_newtype!(CustomerId, i64);
uniffi::custom_newtype!(VehicleId, i64);
uniffi::custom_newtype!(CenterId, i64);
uniffi::custom_newtype!(NotificationId, i64);
uniffi::custom_newtype!(PredictionId, i64);
uniffi::custom_newtype!(OutboxItemId, i64);

uniffi::custom_type!(BookingId, String, {
    lower: |id| id.as_str().to_owned(),
    try_lift: |text| Ok(BookingId::parse(&text)),
});
