//! What can be typed. No password is among it: arguments are readable by everybody on the machine.

mod writes;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use pmi_core::model::Freshness;
use pmi_core::ports::Pin;

pub(crate) use self::writes::{
    AddPhotoArgs, BookArgs, CancelArgs, OutboxArgs, OutboxCommand, PhotoCommand, RescheduleArgs, SlotsArgs,
    SyncArgs, UnsentArgs, WhenArgs,
};
use crate::exit;

/// The server a client talks to unless it is told another; `pmi serve` listens there.
pub(crate) const DEFAULT_SERVER: &str = "http://127.0.0.1:8800";

/// The port of [`DEFAULT_SERVER`].
pub(crate) const DEFAULT_PORT: u16 = 8800;

/// Your vehicles, their health and your service bookings, with a network or without.
///
/// Sign in once with `pmi login EMAIL`; what was read once can be read again without a network. Passwords are asked for,
/// or read from standard input or PMI_PASSWORD, never taken from arguments.
#[derive(Debug, Parser)]
#[command(name = "pmi", version, after_help = exit::TABLE)]
pub(crate) struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub(crate) global: Global,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct Global {
    /// The server: an https address, or http on this machine
    #[arg(long, global = true, env = "PMI_SERVER", value_name = "URL", default_value = DEFAULT_SERVER)]
    pub(crate) server: String,
    /// Where the session and the cache are kept (by default where XDG says: ~/.local/share/pmi and ~/.cache/pmi)
    #[arg(long, global = true, env = "PMI_DATA_DIR", value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Where the keys of the session are kept; `file` is for development
    #[arg(
        long,
        global = true,
        env = "PMI_SECRETS",
        value_name = "STORE",
        value_enum,
        default_value = "keyring"
    )]
    pub(crate) secrets: SecretsKind,
    /// Trust the certificates of this PEM file too, for a company's own authority; can be given more than once
    #[arg(long, global = true, env = "PMI_ROOT_CERT", value_name = "FILE.pem")]
    pub(crate) root_cert: Vec<PathBuf>,
    /// A public key of the server, as sha256/BASE64; give at least two, the second as a backup (PMI_PIN: separated by commas)
    #[arg(
        long,
        global = true,
        env = "PMI_PIN",
        value_name = "PIN",
        value_delimiter = ','
    )]
    pub(crate) pin: Vec<Pin>,
    /// Send nothing: show what is on this device
    #[arg(long, global = true)]
    pub(crate) offline: bool,
    /// How fresh an answer must be
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "POLICY",
        default_value = "network-first",
        conflicts_with = "offline"
    )]
    pub(crate) freshness: FreshnessArg,
    /// Make the same read N times at once and report how many succeeded
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) parallel: Option<u16>,
    /// Print one JSON document; errors as {"error": {..}} on standard error
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

/// Where the keys of the session are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SecretsKind {
    /// The desktop's keyring (Secret Service)
    Keyring,
    /// A plain file in the data directory: for development
    File,
    /// This process only: signed in until it ends
    Memory,
}

impl SecretsKind {
    /// The word to type.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Keyring => "keyring",
            Self::File => "file",
            Self::Memory => "memory",
        }
    }
}

/// How fresh an answer must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FreshnessArg {
    /// Ask the server; without an answer show what is on this device
    NetworkFirst,
    /// Show what is on this device while it is recent, else ask the server
    CacheFirst,
    /// Ask the server, or fail
    NetworkOnly,
    /// Show what is on this device, or fail
    CacheOnly,
}

impl From<FreshnessArg> for Freshness {
    fn from(arg: FreshnessArg) -> Self {
        match arg {
            FreshnessArg::NetworkFirst => Self::NetworkFirst,
            FreshnessArg::CacheFirst => Self::CacheFirst,
            FreshnessArg::NetworkOnly => Self::NetworkOnly,
            FreshnessArg::CacheOnly => Self::CacheOnly,
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show the whole thing at work, against a server in this process (needs nothing)
    Demo(DemoArgs),
    /// Run a server on this machine, with a believable fleet to try things on
    Serve(ServeArgs),
    /// Create an account and sign in to it
    Register(RegisterArgs),
    /// Sign in; once is enough
    Login {
        /// The e-mail address of the account
        email: String,
    },
    /// Sign out on this device; works without a network too
    Logout(UnsentArgs),
    /// Who is signed in
    Me,
    /// Your vehicles and their health
    Vehicles,
    /// All that is known of one vehicle
    Vehicle {
        /// The number `pmi vehicles` shows
        #[arg(value_name = "ID", allow_negative_numbers = true, value_parser = clap::value_parser!(i64).range(1..))]
        id: i64,
    },
    /// Add a vehicle to your garage
    Claim {
        /// The 17 characters of its vehicle identification number
        vin: String,
    },
    /// The service centres
    Centers,
    /// When a service centre can take a vehicle
    Slots(SlotsArgs),
    /// Your bookings, those that are not sent yet among them
    Bookings,
    /// Book service; without a network it is kept on this device and sent later, once
    Book(BookArgs),
    /// Move a booking
    Reschedule(RescheduleArgs),
    /// Call a booking off
    Cancel(CancelArgs),
    /// Photos of a fault, which travel with a booking
    #[command(subcommand)]
    Photo(PhotoCommand),
    /// What was accepted on this device and is not done yet
    Outbox(OutboxArgs),
    /// Send now what is to be sent
    Sync(SyncArgs),
    /// What the platform told you
    Notifications {
        /// Note that you have read this one
        #[arg(long, value_name = "ID", allow_negative_numbers = true, value_parser = clap::value_parser!(i64).range(1..))]
        mark_read: Option<i64>,
    },
    /// Where things stand: session, server, what is on this device
    Status,
    /// Why you are, or are not, signed in; what is waited for; what was decided of late (--json: the whole of it, for support)
    Explain {
        /// Everything that was decided, not the last 20 entries only
        #[arg(long)]
        all: bool,
    },
    /// Whether the server is well
    Health,
}

impl Command {
    /// Whether the command is a read that can be made many times at once.
    pub(crate) fn is_read(&self) -> bool {
        matches!(
            self,
            Self::Me
                | Self::Vehicles
                | Self::Vehicle { .. }
                | Self::Centers
                | Self::Slots(_)
                | Self::Bookings
                | Self::Photo(PhotoCommand::List { .. })
                | Self::Notifications { mark_read: None }
                | Self::Health
        )
    }

    /// Whether nothing may be sent before the command says so: it asks about what is not sent, and the answer must not be
    /// overtaken by its being sent.
    pub(crate) fn is_quiet(&self) -> bool {
        match self {
            Self::Outbox(args) => !matches!(args.command, Some(OutboxCommand::Retry { .. })),
            // Asking why nothing is sent must not change it.
            Self::Logout(_) | Self::Sync(_) | Self::Explain { .. } => true,
            _ => false,
        }
    }

    /// Whether the command itself sends, or decides not to send, what is waiting. Every other one does so when it is done.
    pub(crate) fn minds_the_outbox(&self) -> bool {
        matches!(
            self,
            Self::Book(_)
                | Self::Reschedule(_)
                | Self::Cancel(_)
                | Self::Photo(PhotoCommand::Add(_))
                | Self::Outbox(_)
                | Self::Sync(_)
                | Self::Logout(_)
                | Self::Explain { .. }
                | Self::Notifications { mark_read: Some(_) }
        )
    }
}

/// What `register` takes.
#[derive(Debug, Args)]
pub(crate) struct RegisterArgs {
    /// E-mail address: what you sign in with
    #[arg(long)]
    pub(crate) email: String,
    /// Given name
    #[arg(long)]
    pub(crate) first_name: String,
    /// Family name
    #[arg(long)]
    pub(crate) last_name: String,
    /// Telephone number, at most 20 characters
    #[arg(long)]
    pub(crate) phone: String,
    /// Postal address
    #[arg(long)]
    pub(crate) address: Option<String>,
}

/// What `serve` takes.
#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// Which platform to be: the reference platform, or the deployed one with everything it does wrong
    #[arg(long, value_enum, default_value = "v2")]
    pub(crate) dialect: DialectArg,
    /// Where its data is kept: a path, a sqlite: or postgres: URL, or `memory` (by default a file in the data directory)
    #[arg(long, value_name = "URL|PATH")]
    pub(crate) db: Option<String>,
    /// The port on 127.0.0.1; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = DEFAULT_PORT)]
    pub(crate) port: u16,
    /// Do not limit how many requests per minute are taken
    #[arg(long)]
    pub(crate) no_limits: bool,
    /// Take commands under /__control/: delays, cuts and failures, for tests
    #[arg(long)]
    pub(crate) control: bool,
}

/// Which of the two platforms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DialectArg {
    /// The deployed platform
    V1,
    /// The reference platform
    V2,
}

impl DialectArg {
    /// The word to type.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::V2 => "v2",
        }
    }
}

impl From<DialectArg> for pmi_platform::Dialect {
    fn from(arg: DialectArg) -> Self {
        match arg {
            DialectArg::V1 => Self::V1,
            DialectArg::V2 => Self::V2,
        }
    }
}

/// What `demo` takes.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Against which platform
    #[arg(long, value_enum, default_value = "both")]
    pub(crate) dialect: DemoDialect,
}

/// Which platforms the demo runs against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DemoDialect {
    /// The deployed platform
    V1,
    /// The reference platform
    V2,
    /// One after the other
    Both,
}

impl DemoDialect {
    /// Them, in the order they are shown.
    pub(crate) fn list(self) -> &'static [DialectArg] {
        match self {
            Self::V1 => &[DialectArg::V1],
            Self::V2 => &[DialectArg::V2],
            Self::Both => &[DialectArg::V2, DialectArg::V1],
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn no_argument_takes_a_password() {
        let command = Cli::command();
        let all = command.get_subcommands().chain([&command]);
        for argument in all.flat_map(clap::Command::get_arguments) {
            assert!(!argument.get_id().as_str().contains("password"));
        }
    }
}
