//! What each screen of an app shows, and what a person can do there: decided and tested here, only drawn by a shell.
//!
//! Promised: a screen is one record of all it shows and one small set of intents; the record is there at once and follows every
//! change; text is a key with arguments, never a sentence; numbers and times are values with unit and zone; what went wrong
//! comes with the one thing to do about it; nothing of one person is shown to the next (scenarios 26, 35). Not promised: where
//! a screen leads to. Navigation is the shell's.
//!
//! A screen is a `Scene`: a pure state that intents and events change and a record is made of. The
//! `Stage` around it listens, calls services and publishes. Shells hold a [`Screen`].

mod account;
mod book;
mod bookings;
mod cue;
mod diagnostics;
mod exported;
mod follow;
mod forgotten_password;
mod form;
mod garage;
mod marks;
mod notifications;
mod open;
mod pending;
mod problem;
mod register;
#[cfg(test)]
mod samples;
mod scene;
mod screen;
mod sign_in;
mod stage;
mod standing;
mod text;
mod text_keys;
mod trail_keys;
mod values;
mod vehicle;
mod welcome;
mod words;

pub use account::{
    Account, AccountField, AccountIntent, AccountProfile, DeletionForm, PasswordForm, ProfileForm,
    SessionEnded, UnsentQuestion,
};
pub use book::{
    AcceptedBooking, Book, BookCenter, BookDay, BookDraft, BookFault, BookIntent, BookPart, BookPhoto,
    BookService, BookSlot, BookSlots, BookVehicle, MovedBooking, TimeOfDay,
};
pub use bookings::{
    BookingDecision, BookingPhotos, BookingRow, BookingWay, Bookings, BookingsIntent, CallOffQuestion,
};
pub use diagnostics::{Diagnostics, DiagnosticsIntent, OutboxCounts, TrailRow};
pub use exported::Exported;
pub use forgotten_password::{ForgottenPassword, ForgottenPasswordIntent, ResetField, ResetStep};
pub use form::{SecretField, TextField};
pub use garage::{AddVehicle, Attention, Garage, GarageIntent, GarageVehicle};
pub use marks::{BookingMark, HealthMark, PredictionMark};
pub use notifications::{NotificationRow, NotificationWay, Notifications, NotificationsIntent};
pub use open::{
    AccountScreen, BookScreen, BookingsScreen, DiagnosticsScreen, ForgottenPasswordScreen, GarageScreen,
    NotificationsScreen, RegisterScreen, Screens, SignInScreen, VehicleScreen, WelcomeScreen,
};
pub use pending::Pending;
pub use problem::{Problem, Remedy};
pub use register::{Register, RegisterField, RegisterIntent};
pub use screen::Screen;
pub use sign_in::{SignIn, SignInField, SignInIntent};
pub use standing::{Phase, Standing};
pub use text::{Text, TextArg, TextKey};
pub use values::{Day, Quantity, Tone, Unit, WallTime};
pub use vehicle::{
    ChartBand, ComponentSpot, ReadingKind, ReadingPoint, ReadingRange, VehicleComponent, VehicleHeading,
    VehicleHistory, VehicleIntent, VehicleIssue, VehiclePage, VehicleReading, VehicleTelemetry,
    VehicleWarranty,
};
pub use welcome::{Salvaged, Start, Welcome, WelcomeIntent};
