//! What the demo found out, for a program. Times are milliseconds of real time.

use serde::Serialize;

/// The facts of one platform.
#[derive(Debug, Default, Serialize)]
pub(super) struct Facts {
    /// Where the server was.
    pub(super) server: String,
    /// Whether a new customer could register.
    pub(super) registered: bool,
    /// The vehicle the new customer claimed; v1 knows no claims.
    pub(super) claimed_vin: Option<String>,
    /// Who signed in.
    pub(super) customer: String,
    /// Opening a client for the first time: its two files are made, and are on the disk when it returns.
    pub(super) first_open_ms: f64,
    /// Opening it ever after, as each start of an app does: two files, no network, no keychain.
    pub(super) open_ms: f64,
    /// Signing in.
    pub(super) sign_in_ms: f64,
    /// The garage, and all of one vehicle.
    pub(super) garage_ms: f64,
    /// How many vehicles are in it.
    pub(super) vehicles: usize,
    /// What is about to fail.
    pub(super) critical: Option<Critical>,
    /// The storm in which every call is a request of its own: four clients of one session.
    #[serde(flatten)]
    pub(super) storm: Storm,
    /// The same number of calls in one client, where identical ones share a request.
    pub(super) one_client: Storm,
    /// The same when the client knows that its token is over.
    pub(super) foreseen: Storm,
    /// Reads tried without a network, each in a new process.
    pub(super) offline_reads: usize,
    /// Those that gave the same answer as before, from disk.
    pub(super) offline_reads_ok: usize,
    /// How long the new processes took, all of them.
    pub(super) offline_ms: f64,
    /// How long a new process took with `--offline`.
    pub(super) offline_process_ms: f64,
    /// Bookings made without a network, and what came of them.
    #[serde(flatten)]
    pub(super) writes: Writes,
    /// The photo that was added without a network; v1 has none.
    pub(super) photo: Option<PhotoFacts>,
    /// Whether a new process read from the server again when the network was back, without a sign-in.
    pub(super) online_again: bool,
    /// The whole story.
    pub(super) total_ms: f64,
}

/// A predicted failure that cannot wait.
#[derive(Debug, Default, Serialize)]
pub(super) struct Critical {
    /// The vehicle's id.
    pub(super) vehicle_id: i64,
    /// The vehicle in words.
    pub(super) vehicle: String,
    /// Its health, 0 to 100.
    pub(super) health: f64,
    /// What will fail.
    pub(super) component: String,
    /// 0 to 1.
    pub(super) probability: f64,
    /// Until the failure.
    pub(super) days: Option<i64>,
}

/// Many calls at once while the token expires.
#[derive(Debug, Default, Clone, Serialize)]
pub(super) struct Storm {
    /// How many clients made them.
    pub(super) clients: usize,
    /// Calls made at once.
    pub(super) calls: usize,
    /// Those that succeeded.
    pub(super) calls_ok: usize,
    /// Refreshes, counted by the server.
    pub(super) refreshes: u64,
    /// Reads the server saw, repeated ones too.
    pub(super) requests: u64,
    /// Those it refused because the token had expired. v1 checks the token of one route only.
    pub(super) refused: u64,
    /// From the first call to the last answer.
    pub(super) storm_ms: f64,
}

/// Bookings made without a network and sent by processes that were killed.
#[derive(Debug, Default, Serialize)]
pub(super) struct Writes {
    /// Bookings that were accepted and not taken back: each a promise.
    pub(super) accepted: usize,
    /// How long the core took to accept one, told twice at the same time; on disk when it is over.
    pub(super) accept_ms: f64,
    /// How long a new process took to accept one, from its start to its end.
    pub(super) accept_process_ms: f64,
    /// How often the one wish was told.
    pub(super) taps: usize,
    /// Bookings that were called off before they were sent.
    pub(super) withdrawn: usize,
    /// Processes that were killed with SIGKILL while they were sending.
    pub(super) kills: usize,
    /// Accepted ones that the client knows to be made, at the end.
    pub(super) sent: usize,
    /// How long the restarted client took to finish.
    pub(super) finish_ms: f64,
    /// How much of that its clock was moved ahead, in seconds.
    pub(super) finish_waited_s: u64,
    /// How often it looked whether a booking was made before it sent it again.
    pub(super) finish_looks: u64,
    /// Requests to make a booking that arrived at the server, those of killed processes too.
    pub(super) create_requests: u64,
    /// Bookings the server has that were made in the story, told by what the client names an operation with.
    pub(super) bookings_on_server: usize,
    /// Those among them that were made by the same operation as another.
    pub(super) duplicates: usize,
    /// What the centre's clock shows when the first begins, as the server has it.
    pub(super) booked_at: String,
    /// Each accepted one.
    pub(super) bookings: Vec<Booked>,
}

/// A photo that was cut off on its way.
#[derive(Debug, Default, Serialize)]
pub(super) struct PhotoFacts {
    /// Its bytes.
    pub(super) size: usize,
    /// Parts that were sent.
    pub(super) parts: usize,
    /// Those among them that were sent once more.
    pub(super) parts_again: usize,
    /// Whether the server has all of it, unchanged.
    pub(super) whole: bool,
}

/// One accepted booking.
#[derive(Debug, Default, Clone, Serialize)]
pub(super) struct Booked {
    /// What it was accepted under.
    pub(super) operation_id: String,
    /// The wall time that was asked for.
    pub(super) asked_at: String,
    /// The wall time on the server.
    pub(super) booked_at: String,
    /// How many there are at that time.
    pub(super) on_server: usize,
    /// When the process that sent it was killed.
    pub(super) killed: Option<&'static str>,
}
