//! What can be typed about bookings and what is not sent yet.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use pmi_core::model::{ServiceType, Unsent};

/// The words of [`ServiceType::known`], for `--help`.
const SERVICES: [&str; 5] = [
    "general_service",
    "oil_change",
    "brake_service",
    "inspection",
    "repair",
];

/// What `book` takes.
#[derive(Debug, Args)]
pub(crate) struct BookArgs {
    /// The number `pmi vehicles` shows
    #[arg(long, value_name = "ID", allow_negative_numbers = true, value_parser = clap::value_parser!(i64).range(1..))]
    pub(crate) vehicle: i64,
    /// What is to be done
    #[arg(long, value_name = "WORD", value_parser = PossibleValuesParser::new(SERVICES).map(|word| ServiceType::from_word(&word)))]
    pub(crate) service: ServiceType,
    /// When
    #[command(flatten)]
    pub(crate) when: WhenArgs,
    /// The number `pmi centers` shows; without one the server chooses
    #[arg(long, value_name = "ID", allow_negative_numbers = true, value_parser = clap::value_parser!(i64).range(1..))]
    pub(crate) center: Option<i64>,
    /// A word to the service centre, at most 1000 characters
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) notes: Option<String>,
    /// A photo of the fault (JPEG, PNG, WebP or HEIC, at most 8 MiB), sent as it is; can be given up to 6 times
    #[arg(long, value_name = "FILE")]
    pub(crate) photo: Vec<PathBuf>,
    /// How it is accepted and waited for
    #[command(flatten)]
    pub(crate) accept: AcceptArgs,
}

/// What `reschedule` takes.
#[derive(Debug, Args)]
pub(crate) struct RescheduleArgs {
    /// The booking as `pmi bookings` names it, also one that is not sent yet
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// To when
    #[command(flatten)]
    pub(crate) when: WhenArgs,
    /// How it is accepted and waited for
    #[command(flatten)]
    pub(crate) accept: AcceptArgs,
}

/// What `cancel` takes.
#[derive(Debug, Args)]
pub(crate) struct CancelArgs {
    /// The booking as `pmi bookings` names it, also one that is not sent yet
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// How it is accepted and waited for
    #[command(flatten)]
    pub(crate) accept: AcceptArgs,
}

/// What `photo` takes.
#[derive(Debug, Subcommand)]
pub(crate) enum PhotoCommand {
    /// Add a photo to a booking; without a network it is kept on this device and sent later
    Add(AddPhotoArgs),
    /// The photos of a booking, those that are not sent yet among them
    List {
        /// The booking as `pmi bookings` names it, also one that is not sent yet
        #[arg(value_name = "BOOKING")]
        booking: String,
    },
}

/// What `photo add` takes.
#[derive(Debug, Args)]
pub(crate) struct AddPhotoArgs {
    /// The booking as `pmi bookings` names it, also one that is not sent yet
    #[arg(value_name = "BOOKING")]
    pub(crate) booking: String,
    /// JPEG, PNG, WebP or HEIC, at most 8 MiB; it is sent as it is, with all the camera wrote into it
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// How it is accepted and waited for
    #[command(flatten)]
    pub(crate) accept: AcceptArgs,
}

/// A time.
#[derive(Debug, Args)]
pub(crate) struct WhenArgs {
    /// What the centre's clock shows, such as 2026-12-25T10:00; or a moment, such as 2026-12-25T10:00+05:30
    #[arg(long, value_name = "TIME")]
    pub(crate) at: String,
    /// The zone whose clock --at means, such as Europe/Berlin, if it is not the centre's
    #[arg(long, value_name = "IANA")]
    pub(crate) zone: Option<String>,
}

/// How a write is accepted, and how long it is waited for.
#[derive(Debug, Args)]
pub(crate) struct AcceptArgs {
    /// Names the wish: the same name again is the same wish, and is accepted once
    #[arg(long, value_name = "ID")]
    pub(crate) operation_id: Option<String>,
    /// How long to wait
    #[command(flatten)]
    pub(crate) wait: WaitArgs,
}

/// How long to wait for the server once a write is accepted.
#[derive(Debug, Args)]
pub(crate) struct WaitArgs {
    /// How long to wait until the server has it; it is accepted before
    #[arg(id = "wait", long = "wait", value_name = "SECONDS", default_value_t = 15, value_parser = clap::value_parser!(u64).range(..=3600))]
    seconds: u64,
}

impl WaitArgs {
    /// How long.
    pub(crate) fn patience(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }
}

/// What `slots` takes.
#[derive(Debug, Args)]
pub(crate) struct SlotsArgs {
    /// The number `pmi centers` shows
    #[arg(long, value_name = "ID", allow_negative_numbers = true, value_parser = clap::value_parser!(i64).range(1..))]
    pub(crate) center: i64,
    /// The day there; today if it is not given
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) date: Option<Date>,
}

/// What `outbox` takes.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct OutboxArgs {
    /// What was done or taken back of late, too
    #[arg(long)]
    pub(crate) all: bool,
    /// What to do with one of them; without it they are listed
    #[command(subcommand)]
    pub(crate) command: Option<OutboxCommand>,
}

/// What to do with an item of the outbox.
#[derive(Debug, Subcommand)]
pub(crate) enum OutboxCommand {
    /// Try one again: what was refused or conflicted goes anew, over what the conflict showed
    Retry {
        /// The number `pmi outbox` shows
        #[arg(value_name = "ID", allow_negative_numbers = true, value_parser = clap::value_parser!(i64).range(1..))]
        id: i64,
        /// How long to wait
        #[command(flatten)]
        wait: WaitArgs,
    },
    /// Give one up: it is not sent any more
    Drop {
        /// The number `pmi outbox` shows
        #[arg(value_name = "ID", allow_negative_numbers = true, value_parser = clap::value_parser!(i64).range(1..))]
        id: i64,
    },
}

/// What `sync` takes.
#[derive(Debug, Args)]
pub(crate) struct SyncArgs {
    /// How long it may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(..=3600))]
    pub(crate) wait: u64,
}

/// What `logout` does with what is not sent yet.
#[derive(Debug, Args)]
pub(crate) struct UnsentArgs {
    /// What is not sent yet stays here, unreadable, and goes on when you sign in again
    #[arg(long, conflicts_with = "discard_unsent")]
    keep_unsent: bool,
    /// What is not sent yet is destroyed
    #[arg(long)]
    discard_unsent: bool,
}

impl UnsentArgs {
    /// In the core's words.
    pub(crate) fn unsent(&self) -> Unsent {
        match (self.keep_unsent, self.discard_unsent) {
            (true, _) => Unsent::Keep,
            (false, true) => Unsent::Discard,
            (false, false) => Unsent::Ask,
        }
    }
}

fn date(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| "must be a day such as 2026-12-25".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_service_the_core_knows_can_be_typed_and_no_other() {
        let known = ServiceType::known();
        let known: Vec<_> = known.iter().map(ServiceType::as_word).collect();
        assert_eq!(known, SERVICES);
    }
}
