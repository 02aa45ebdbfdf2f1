//! What the form shows.

use crate::model::redacted::debug_shows;
use crate::model::{BookingId, CenterId, VehicleId};
use crate::screens::{Day, Problem, Quantity, Standing, Text, TextField, Tone, WallTime};

/// Booking service, or moving a booking.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Book {
    /// How what the form is made of stands: the garage, or the booking that is moved. `Empty`: there is no vehicle to book for.
    pub standing: Standing,
    /// The booking that is moved. Only day and time are asked then; vehicles, services, notes and photos are left out.
    pub moving: Option<MovedBooking>,
    /// The vehicles to choose among.
    pub vehicles: Vec<BookVehicle>,
    /// What is wrong with the vehicle.
    pub vehicle_problem: Option<Text>,
    /// The services to choose among.
    pub services: Vec<BookService>,
    /// What is wrong with the service.
    pub service_problem: Option<Text>,
    /// Whether a centre is chosen: on this server, where its centres are known.
    pub choose_center: bool,
    /// How they stand, on a server where one is chosen. `Empty` or `Failed`: the choice is left to the server.
    pub centers_standing: Option<Standing>,
    /// The centres to choose among.
    pub centers: Vec<BookCenter>,
    /// What is wrong with the centre.
    pub center_problem: Option<Text>,
    /// IANA name of the zone whose clock is meant, or its offset: the centre's.
    pub zone: String,
    /// The first day that can be chosen: today at the centre.
    pub first_day: Day,
    /// The first two weeks that can be chosen, a day each. Later ones can be chosen too.
    pub days: Vec<BookDay>,
    /// The day that was chosen.
    pub day: Option<Day>,
    /// What is wrong with the day.
    pub day_problem: Option<Text>,
    /// The day's free times to choose among, where the server lists them and centre and day are chosen.
    pub slots: Option<BookSlots>,
    /// The time is typed: the server lists no free times, or they cannot be had now.
    pub type_time: bool,
    /// The time that was typed.
    pub time: Option<TimeOfDay>,
    /// Where the picker of a time begins: at the one that was typed, else when the moved booking is now, else in the morning.
    pub time_begins: TimeOfDay,
    /// What is wrong with the time.
    pub time_problem: Option<Text>,
    /// What the typed time can mean, where the clocks skip it or show it twice: one is to be chosen.
    pub clocks: Vec<BookSlot>,
    /// A word to the centre.
    pub notes: TextField,
    /// So many characters more can be written; below zero, so many are too many.
    pub notes_left: i32,
    /// Whether photos can be added on this server.
    pub takes_photos: bool,
    /// The photos, in the order they were added.
    pub photos: Vec<BookPhoto>,
    /// Whether another one can be added.
    pub can_add_photo: bool,
    /// What was wrong with the photo that was to be added last.
    pub photo_problem: Option<Text>,
    /// What is filled in, to be kept while the process may be ended, and given to a form of the same kind with
    /// [`BookIntent::TakeUp`]. Gone with the screen that the person leaves.
    pub draft: BookDraft,
    /// The first part that something was wrong with when it was to be sent last, until that is mended.
    pub fault: Option<BookFault>,
    /// How often it was to be sent and could not, for what is wrong with a part: whenever this grows, lead to [`Book::fault`].
    pub stops: u32,
    /// Whether it can be sent: by this person, on this server, now.
    pub can_submit: bool,
    /// It is being accepted: the button shows that it works.
    pub busy: bool,
    /// What stands against it, or went wrong with the last try.
    pub problem: Option<Problem>,
    /// It was accepted and will be done once: leave this screen.
    pub accepted: Option<AcceptedBooking>,
}

/// The booking that is moved.
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct MovedBooking {
    /// Its id.
    pub id: BookingId,
    /// The vehicle in words.
    pub vehicle: Option<String>,
    /// What is to be done.
    pub service: Text,
    /// The service centre, where the server says which.
    pub center: Option<String>,
    /// When it is now, with the digits of the centre's clock.
    pub starts_at: WallTime,
    /// Where it stands.
    pub status: Text,
    /// What that is drawn in.
    pub tone: Tone,
}

debug_shows!(MovedBooking: id, service, center, starts_at, status, tone);

/// A part of the form, in the order in which they are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum BookPart {
    /// Which vehicle.
    Vehicle,
    /// What is to be done.
    Service,
    /// Where.
    Center,
    /// The day.
    Day,
    /// The time of the day.
    Time,
    /// A word to the centre.
    Notes,
    /// The photos.
    Photos,
}

/// What the form was stopped at.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct BookFault {
    /// Where.
    pub part: BookPart,
    /// What is wrong with it, to be said aloud; it stands there too.
    pub problem: Text,
}

/// A vehicle to book for.
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct BookVehicle {
    /// Its id.
    pub id: VehicleId,
    /// Make and model.
    pub name: String,
    /// Model year.
    pub year: Option<i32>,
    /// It is the one.
    pub chosen: bool,
}

debug_shows!(BookVehicle: id, year, chosen);

/// A day to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct BookDay {
    /// The day.
    pub day: Day,
    /// It is the one.
    pub chosen: bool,
}

/// A service to book.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct BookService {
    /// What intents name it by.
    pub word: String,
    /// What it is called.
    pub text: Text,
    /// How long it takes.
    pub minutes: Option<Quantity>,
    /// It is the one.
    pub chosen: bool,
}

/// A centre to book at.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct BookCenter {
    /// Its id.
    pub id: CenterId,
    /// Its name.
    pub name: String,
    /// Street.
    pub address: Option<String>,
    /// City.
    pub city: Option<String>,
    /// It is the one.
    pub chosen: bool,
}

/// The free times of a day.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct BookSlots {
    /// How they stand. `Empty`: nothing is free on that day. `Failed`: the time is typed.
    pub standing: Standing,
    /// Those that are still to come, in order.
    pub free: Vec<BookSlot>,
}

/// A time to choose.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct BookSlot {
    /// When, with the digits of the centre's clock.
    pub at: WallTime,
    /// How many vehicles can still be taken then, where the server says it.
    pub left: Option<u32>,
    /// It is the one.
    pub chosen: bool,
}

/// What a clock shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct TimeOfDay {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

impl TimeOfDay {
    /// To the minute.
    pub(super) fn of(time: jiff::civil::Time) -> Self {
        Self {
            hour: time.hour().unsigned_abs(),
            minute: time.minute().unsigned_abs(),
        }
    }
}

/// A photo that is sent with the booking. The picture itself is the shell's to show.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct BookPhoto {
    /// What intents name it by: 1 for the first that was added, and never the same again on one form.
    pub number: u32,
    /// How large it is.
    pub size: Quantity,
}

/// What is filled in, without the photos: some hundred bytes that only the form reads. As private as what was typed.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct BookDraft {
    /// As the form wrote it.
    pub text: String,
}

debug_shows!(BookDraft:);

/// What became of the form.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct AcceptedBooking {
    /// The booking: by a local id as long as the server has not named it.
    pub booking: BookingId,
    /// It is sent when there is a network.
    pub waits_for_network: bool,
}

/// What a person can do with the form.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum BookIntent {
    /// Ask the server now for what the form is made of.
    Refresh,
    /// A vehicle was chosen.
    Vehicle {
        /// Which.
        id: VehicleId,
    },
    /// A service was chosen.
    Service {
        /// By its word.
        word: String,
    },
    /// A centre was chosen.
    Center {
        /// Which.
        id: CenterId,
    },
    /// A day was chosen.
    Day {
        /// Which, on the centre's calendar.
        day: Day,
    },
    /// One of the free times was chosen.
    Slot {
        /// Which.
        at: WallTime,
    },
    /// A time was typed.
    Time {
        /// What the centre's clock shows then.
        time: TimeOfDay,
    },
    /// Of a time that the clocks skip or show twice, this is meant.
    Clock {
        /// Which.
        at: WallTime,
    },
    /// The notes were changed.
    Notes {
        /// To this.
        text: String,
    },
    /// The notes were left.
    NotesLeft,
    /// A photo was added.
    AddPhoto {
        /// The bytes of its file, as they are.
        bytes: Vec<u8>,
    },
    /// A photo was removed.
    RemovePhoto {
        /// Which.
        number: u32,
    },
    /// The form is filled in as it was when the process was ended; a form that was sent before is found to be, and is accepted.
    /// What cannot be read is left out.
    TakeUp {
        /// The [`Book::draft`] of then.
        draft: BookDraft,
    },
    /// Book it, or move it. Nothing while that is being done.
    Submit,
}

// What a person writes and photographs is theirs.
impl std::fmt::Debug for BookIntent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Refresh => "Refresh",
            Self::Vehicle { .. } => "Vehicle(..)",
            Self::Service { .. } => "Service(..)",
            Self::Center { .. } => "Center(..)",
            Self::Day { .. } => "Day(..)",
            Self::Slot { .. } => "Slot(..)",
            Self::Time { .. } => "Time(..)",
            Self::Clock { .. } => "Clock(..)",
            Self::Notes { .. } => "Notes(..)",
            Self::NotesLeft => "NotesLeft",
            Self::AddPhoto { .. } => "AddPhoto(..)",
            Self::RemovePhoto { .. } => "RemovePhoto(..)",
            Self::TakeUp { .. } => "TakeUp(..)",
            Self::Submit => "Submit",
        })
    }
}
