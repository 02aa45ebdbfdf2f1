//! Opening screens.

use std::sync::Arc;

use super::garage::{Garage, GarageIntent, GarageScene};
use super::scene::Scene;
use super::screen::Screen;
use super::sign_in::{SignIn, SignInIntent, SignInScene};
use super::stage::Stage;
use crate::services::Inner;

/// The garage.
pub type GarageScreen = Screen<Garage, GarageIntent>;

/// Signing in.
pub type SignInScreen = Screen<SignIn, SignInIntent>;

/// The screens of one client. Each call opens one anew; opening one reads nothing and waits for nothing.
#[derive(Debug, Clone)]
pub struct Screens {
    pub(crate) inner: Arc<Inner>,
}

impl Screens {
    /// The garage: the person's vehicles.
    #[must_use]
    pub fn garage(&self) -> GarageScreen {
        self.open(GarageScene::default())
    }

    /// Signing in.
    #[must_use]
    pub fn sign_in(&self) -> SignInScreen {
        self.open(SignInScene::default())
    }

    fn open<S: Scene>(&self, scene: S) -> Screen<S::Record, S::Intent> {
        Screen::of(Stage::open(scene, Arc::clone(&self.inner)))
    }
}
