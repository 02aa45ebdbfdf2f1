//! What a user does, one file per noun. A service says which query to read or which call to make; it knows no SQL and no HTTP.

mod account;
mod account_changes;
mod booking_photos;
mod booking_rules;
mod bookings;
mod centers;
mod diagnostics;
mod inner;
mod life;
mod notifications;
mod outbox;
mod pending;
mod platform;
mod sync;
mod vehicles;

pub use account::AccountService;
pub use bookings::BookingsService;
pub use centers::CentersService;
pub(crate) use centers::SLOTS_GOOD_FOR;
pub(crate) use diagnostics::Diagnosed;
pub use diagnostics::DiagnosticsService;
pub(crate) use inner::Inner;
pub use notifications::NotificationsService;
pub use outbox::{OutboxObservation, OutboxService};
pub(crate) use pending::pending_answers;
pub use platform::PlatformService;
pub use vehicles::VehiclesService;
