//! What the platform knows, in the words of `platform-api.md` section 1: plain records that every layer may use and that
//! use no layer. Whatever the two dialects say on the wire ends up here: health on one scale, one status word, one
//! booking, times with an offset and a zone.

mod account;
mod booking;
mod capabilities;
mod connectivity;
mod decision;
mod diagnostics;
mod health;
mod ids;
mod notification;
pub(crate) mod order;
mod outbox;
mod permission;
mod photo;
pub(crate) mod redacted;
pub(crate) mod rules;
mod salvage;
mod snapshot;
mod sync;
mod vehicle;
pub(crate) mod wall;
mod when;
pub(crate) mod wire_word;

pub use account::{Customer, NewCustomer, Password, ProfileChange};
pub use booking::{Booking, BookingStatus, ServiceCenter, ServiceType, Slot};
pub use capabilities::{Capabilities, ServerHealth};
pub use connectivity::Connectivity;
pub use decision::{
    AuditEntry, Decision, NetworkDecision, OutboxDecision, OutboxEvent, RefreshCause, SessionDecision,
    TransportDecision, WaitCause,
};
pub use diagnostics::{DiagnosticReport, OutboxReport, SessionReport, StandingReport};
pub use health::{Component, ComponentHealth, ComponentKind, Health, HealthStatus, Issue, Severity};
pub use ids::{BookingId, CenterId, CustomerId, NotificationId, OutboxItemId, PredictionId, VehicleId};
pub use notification::{Notification, NotificationChannel, NotificationKind};
pub use outbox::{
    Conflict, ConflictKind, NewBooking, OutboxItem, SuspendReport, Unsent, Upload, Waiting, Write,
    WriteAction, WriteState,
};
pub use permission::{Permission, Role};
pub use photo::{BookingPhoto, Photo, PhotoKind};
pub use salvage::Salvage;
pub use snapshot::{Freshness, Origin, Snapshot};
pub use sync::{Conditions, Prefetch, PrefetchAnswer, PrefetchOutcome, PrefetchSkipped, SyncReport};
pub use vehicle::{Prediction, Telemetry, Vehicle, VehicleDetails, VehicleSummary};
pub use when::BookingTime;
