//! What each screen of an app shows, and what a person can do there: decided and tested here, only drawn by a shell.
//!
//! Promised: a screen is one record of all it shows and one small set of intents; the record is there at once and follows every
//! change; text is a key with arguments, never a sentence; numbers and times are values with unit and zone; what went wrong
//! comes with the one thing to do about it; nothing of one person is shown to the next (scenarios 26, 35). Not promised: where
//! a screen leads to. Navigation is the shell's.
//!
//! A screen is a [`Scene`](scene::Scene): a pure state that intents and events change and a record is made of. The
//! [`Stage`](stage::Stage) around it listens, calls services and publishes. Shells hold a [`Screen`].

mod book;
mod bookings;
mod cue;
mod form;
mod garage;
mod marks;
mod notifications;
mod open;
mod pending;
mod problem;
#[cfg(test)]
mod samples;
mod scene;
mod screen;
mod sign_in;
mod stage;
mod standing;
mod text;
mod values;
mod vehicle;
mod words;

pub use book::{
    AcceptedBooking, Book, BookCenter, BookIntent, BookPhoto, BookService, BookSlot, BookSlots, BookVehicle,
    MovedBooking, TimeOfDay,
};
pub use bookings::{
    BookingDecision, BookingPhotos, BookingRow, BookingWay, Bookings, BookingsIntent, CallOffQuestion,
};
pub use form::{SecretField, TextField};
pub use garage::{AddVehicle, Garage, GarageIntent, GarageVehicle};
pub use marks::{BookingMark, HealthMark, PredictionMark};
pub use notifications::{NotificationRow, Notifications, NotificationsIntent};
pub use open::{
    BookScreen, BookingsScreen, GarageScreen, NotificationsScreen, Screens, SignInScreen, VehicleScreen,
};
pub use pending::Pending;
pub use problem::{Problem, Remedy};
pub use screen::Screen;
pub use sign_in::{SignIn, SignInIntent};
pub use standing::{Phase, Standing};
pub use text::{Text, TextArg, TextKey};
pub use values::{Day, Quantity, Tone, Unit, WallTime};
pub use vehicle::{
    ComponentSpot, ReadingKind, ReadingPoint, ReadingRange, VehicleComponent, VehicleHeading, VehicleHistory,
    VehicleIntent, VehicleIssue, VehiclePage, VehicleReading, VehicleTelemetry, VehicleWarranty,
};
