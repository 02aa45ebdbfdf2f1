//! The screens as objects: `watch` for a `Flow` or an `AsyncSequence`, `send` for what the person does.
//!
//! Promised: a screen that a defect keeps from opening is one all the same, which ends the app nowhere: `now` says what it is, each
//! watch ends at once, and what is sent comes to nothing.

use std::sync::Arc;

use pmi_core::model::{BookingId, VehicleId};
use pmi_core::screens as core;

use crate::client::PmiClient;
use crate::error::PmiError;
use crate::guard::{defect, guarded};
use crate::testing::Counted;
use crate::watching::Watching;

/// Makes the objects of one screen: the screen, and one who watches it.
macro_rules! screen {
    ($(#[$doc:meta])* $screen:ident, $watch:ident, $open:ident($($arg:ident: $type:ty),*), $record:ty, $intent:ty) => {
        $(#[$doc])*
        ///
        /// It is open until it is closed or dropped; what was begun on it goes on.
        #[derive(uniffi::Object)]
        pub struct $screen(Option<core::Screen<$record, $intent>>, Counted);

        /// One who watches a screen.
        #[derive(uniffi::Object)]
        pub struct $watch(Watching<core::Screen<$record, $intent>>, Counted);

        #[uniffi::export]
        impl PmiClient {
            $(#[$doc])*
            pub fn $open(&self, $($arg: $type),*) -> Arc<$screen> {
                let screen = guarded(stringify!($open), || self.core.screens().$open($($arg),*));
                Arc::new($screen(screen, Counted::new()))
            }
        }

        #[uniffi::export]
        impl $screen {
            /// What it shows now.
            ///
            /// # Errors
            /// `Internal` after a defect of this library.
            pub fn now(&self) -> Result<$record, PmiError> {
                let screen = self.0.as_ref();
                let now = screen.and_then(|screen| guarded("now", || screen.now()));
                now.ok_or_else(|| defect("now"))
            }

            /// Watches it from now on: the present record comes first, then the one after each change.
            pub fn watch(&self) -> Arc<$watch> {
                let screen = guarded("watch", || self.0.clone()).flatten();
                Arc::new($watch(Watching::new(screen), Counted::new()))
            }

            /// Says what the person did. Returns at once; what comes of it is in the records.
            pub fn send(&self, intent: $intent) {
                guarded("send", || self.0.as_ref().map(|screen| screen.send(intent)));
            }
        }

        #[uniffi::export]
        impl $watch {
            /// The next record; `None` once the client is closed. A call that is given up loses nothing. Records in between are
            /// left out if whoever watches is slow.
            pub async fn next(&self) -> Option<$record> {
                self.0.next(async |screen| screen.next().await).await
            }

            /// Ends the watch: a `next` that waits gives `None`, and so does every later one.
            pub fn cancel(&self) {
                self.0.cancel();
            }
        }
    };
}

screen!(
    /// The person's account.
    AccountScreen, AccountWatch, account(), core::Account, core::AccountIntent
);
screen!(
    /// Booking service for this vehicle, or for one that the person chooses.
    BookScreen, BookWatch, book(vehicle: Option<VehicleId>), core::Book, core::BookIntent
);
screen!(
    /// The person's bookings.
    BookingsScreen, BookingsWatch, bookings(), core::Bookings, core::BookingsIntent
);
screen!(
    /// Why things are as they are: for a person who asks, and for support.
    DiagnosticsScreen, DiagnosticsWatch, diagnostics(), core::Diagnostics, core::DiagnosticsIntent
);
screen!(
    /// A forgotten password.
    ForgottenPasswordScreen, ForgottenPasswordWatch, forgotten_password(), core::ForgottenPassword, core::ForgottenPasswordIntent
);
screen!(
    /// The person's vehicles, the one that needs them most first.
    GarageScreen, GarageWatch, garage(), core::Garage, core::GarageIntent
);
screen!(
    /// What the platform told the person.
    NotificationsScreen, NotificationsWatch, notifications(), core::Notifications, core::NotificationsIntent
);
screen!(
    /// Registering.
    RegisterScreen, RegisterWatch, register(), core::Register, core::RegisterIntent
);
screen!(
    /// Signing in.
    SignInScreen, SignInWatch, sign_in(), core::SignIn, core::SignInIntent
);
screen!(
    /// One vehicle of the person's. Of any other it shows that it is not there.
    VehicleScreen, VehicleWatch, vehicle(id: VehicleId), core::VehiclePage, core::VehicleIntent
);
screen!(
    /// Where an app begins: what to show first.
    WelcomeScreen, WelcomeWatch, welcome(), core::Welcome, core::WelcomeIntent
);

#[uniffi::export]
impl PmiClient {
    /// Another time for this booking: the form that books, moving it.
    pub fn move_booking(&self, booking: BookingId) -> Arc<BookScreen> {
        let screen = guarded("move_booking", || self.core.screens().move_booking(booking));
        Arc::new(BookScreen(screen, Counted::new()))
    }
}
