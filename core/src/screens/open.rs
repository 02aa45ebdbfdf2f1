//! Opening screens.

use std::sync::Arc;

use super::account::{Account, AccountIntent, AccountScene};
use super::book::{Book, BookIntent, BookScene};
use super::bookings::{Bookings, BookingsIntent, BookingsScene};
use super::diagnostics::{Diagnostics, DiagnosticsIntent, DiagnosticsScene};
use super::forgotten_password::{ForgottenPassword, ForgottenPasswordIntent, ForgottenPasswordScene};
use super::garage::{Garage, GarageIntent, GarageScene};
use super::notifications::{Notifications, NotificationsIntent, NotificationsScene};
use super::register::{Register, RegisterIntent, RegisterScene};
use super::scene::Scene;
use super::screen::Screen;
use super::sign_in::{SignIn, SignInIntent, SignInScene};
use super::stage::Stage;
use super::vehicle::{VehicleIntent, VehiclePage, VehicleScene};
use super::welcome::{Welcome, WelcomeIntent, WelcomeScene};
use crate::model::{BookingId, VehicleId};
use crate::services::Inner;

/// Booking service, or moving a booking.
pub type BookScreen = Screen<Book, BookIntent>;

/// The bookings.
pub type BookingsScreen = Screen<Bookings, BookingsIntent>;

/// The person's account.
pub type AccountScreen = Screen<Account, AccountIntent>;

/// Why things are as they are.
pub type DiagnosticsScreen = Screen<Diagnostics, DiagnosticsIntent>;

/// A forgotten password.
pub type ForgottenPasswordScreen = Screen<ForgottenPassword, ForgottenPasswordIntent>;

/// The garage.
pub type GarageScreen = Screen<Garage, GarageIntent>;

/// What the platform told the person.
pub type NotificationsScreen = Screen<Notifications, NotificationsIntent>;
/// Registering.
pub type RegisterScreen = Screen<Register, RegisterIntent>;

/// Signing in.
pub type SignInScreen = Screen<SignIn, SignInIntent>;

/// One vehicle.
pub type VehicleScreen = Screen<VehiclePage, VehicleIntent>;
/// Where an app begins.
pub type WelcomeScreen = Screen<Welcome, WelcomeIntent>;

/// The screens of one client. Each call opens one anew; opening one reads nothing and waits for nothing.
#[derive(Debug, Clone)]
pub struct Screens {
    pub(crate) inner: Arc<Inner>,
}

impl Screens {
    /// Booking service for this vehicle, or for one that the person chooses.
    #[must_use]
    pub fn book(&self, vehicle: Option<VehicleId>) -> BookScreen {
        self.open(BookScene::new(vehicle, self.inner.session.link().zone().clone()))
    }

    /// Another time for this booking.
    #[must_use]
    pub fn move_booking(&self, booking: BookingId) -> BookScreen {
        self.open(BookScene::moving(
            booking,
            self.inner.session.link().zone().clone(),
        ))
    }

    /// The person's bookings.
    #[must_use]
    pub fn bookings(&self) -> BookingsScreen {
        self.open(BookingsScene::default())
    }

    /// Where an app begins: what to show first.
    #[must_use]
    pub fn welcome(&self) -> WelcomeScreen {
        self.open(WelcomeScene::default())
    }

    /// Registering.
    #[must_use]
    pub fn register(&self) -> RegisterScreen {
        self.open(RegisterScene::default())
    }

    /// A forgotten password.
    #[must_use]
    pub fn forgotten_password(&self) -> ForgottenPasswordScreen {
        self.open(ForgottenPasswordScene::default())
    }

    /// The person's account.
    #[must_use]
    pub fn account(&self) -> AccountScreen {
        self.open(AccountScene::default())
    }

    /// Why things are as they are: for a person who asks, and for support.
    #[must_use]
    pub fn diagnostics(&self) -> DiagnosticsScreen {
        let server = self.inner.session.link().origin().to_string();
        self.open(DiagnosticsScene::of(server, self.inner.diagnosed.set_aside))
    }

    /// The garage: the person's vehicles.
    #[must_use]
    pub fn garage(&self) -> GarageScreen {
        self.open(GarageScene::default())
    }

    /// What the platform told the person.
    #[must_use]
    pub fn notifications(&self) -> NotificationsScreen {
        self.open(NotificationsScene::default())
    }

    /// Signing in.
    #[must_use]
    pub fn sign_in(&self) -> SignInScreen {
        self.open(SignInScene::default())
    }

    /// One vehicle of the person's. Of any other it shows that it is not there.
    #[must_use]
    pub fn vehicle(&self, id: VehicleId) -> VehicleScreen {
        self.open(VehicleScene::of(id))
    }

    fn open<S: Scene>(&self, scene: S) -> Screen<S::Record, S::Intent> {
        Screen::of(Stage::open(scene, Arc::clone(&self.inner)))
    }
}
