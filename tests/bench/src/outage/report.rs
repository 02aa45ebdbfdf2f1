//! The figures of the runs, defined here, and the table of them.

use std::fmt::Write as _;
use std::time::Duration;

use super::plan::{BOOKS, DOWN, END, EVERY, Plan, STARTS, UP};
use super::server::{Arrival, Dialect, REFUSING, SILENT, What};
use super::simulate::{Compared, Pair, Run};

const BUCKET: Duration = Duration::from_millis(100);

/// What one client made of the outage.
#[derive(Debug)]
pub(super) struct Figures {
    /// Requests that arrived while the server was down, and from then to the end.
    pub(super) down: usize,
    pub(super) after: usize,
    /// The same in the run without an outage.
    pub(super) calm_down: usize,
    pub(super) calm_after: usize,
    /// The most requests in any 100 ms of the outage, and from then to the end.
    pub(super) bucket_down: usize,
    pub(super) bucket_after: usize,
    /// The most in the run without an outage.
    pub(super) bucket_calm: usize,
    /// Reads, refreshes, bookings and probes among those that arrived while the server was down.
    pub(super) kinds: [usize; 4],
    /// How long after the server was back every outbox was empty; `None`: not within the simulation.
    pub(super) empty: Option<Duration>,
    /// How long after it half of the devices, 99 of 100, and all were well.
    pub(super) well: [Option<Duration>; 3],
    /// Of the reads that began when the server was back: how many failed all the same.
    pub(super) failed_after: usize,
    pub(super) signed_out: usize,
    pub(super) accepted: usize,
    pub(super) made: usize,
}

impl Figures {
    pub(super) fn of(pair: &Pair) -> Self {
        let Run {
            arrivals,
            well,
            empty,
            ..
        } = &pair.outage;
        let calm = &pair.calm.arrivals;
        Self {
            down: count(arrivals, DOWN, UP),
            after: count(arrivals, UP, END),
            calm_down: count(calm, DOWN, UP),
            calm_after: count(calm, UP, END),
            bucket_down: largest(arrivals, DOWN, UP),
            bucket_after: largest(arrivals, UP, END),
            bucket_calm: largest(calm, DOWN, END),
            kinds: [What::Read, What::Refresh, What::Book, What::Discover].map(|what| {
                let of_kind = arrivals.iter().filter(|one| one.what == what).copied();
                count(&of_kind.collect::<Vec<_>>(), DOWN, UP)
            }),
            empty: after_return(empty, 100),
            well: [50, 99, 100].map(|share| after_return(well, share)),
            failed_after: pair.outage.failed_after,
            signed_out: pair.outage.signed_out,
            accepted: pair.outage.accepted,
            made: pair.outage.made,
        }
    }

    /// Requests of the outage run above those of the calm one, from the beginning of the outage to the end.
    pub(super) fn added(&self) -> i64 {
        let signed = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        signed(self.down + self.after) - signed(self.calm_down + self.calm_after)
    }
}

fn count(arrivals: &[Arrival], from: Duration, to: Duration) -> usize {
    arrivals.iter().filter(|one| (from..to).contains(&one.at)).count()
}

fn largest(arrivals: &[Arrival], from: Duration, to: Duration) -> usize {
    let mut buckets = vec![0; usize::try_from((to - from).as_millis() / BUCKET.as_millis()).unwrap_or(0) + 1];
    for one in arrivals.iter().filter(|one| (from..to).contains(&one.at)) {
        let at = (one.at - from).as_millis() / BUCKET.as_millis();
        buckets[usize::try_from(at).unwrap_or(0)] += 1;
    }
    buckets.into_iter().max().unwrap_or(0)
}

/// How long after the server was back this share of all (in percent) had come to it and stayed so.
fn after_return(since: &[Option<Duration>], percent: usize) -> Option<Duration> {
    let mut since = since.to_vec();
    // Those that never came to it last.
    since.sort_unstable_by_key(|since| since.unwrap_or(Duration::MAX));
    let last = (since.len() * percent).div_ceil(100).checked_sub(1)?;
    Some((*since.get(last)?)?.saturating_sub(UP))
}

/// What was simulated, and what the words of the table mean.
pub(super) fn preamble(plan: &Plan) -> String {
    let seconds = |duration: Duration| duration.as_secs();
    format!(
        "{} devices, seed {}. Each is opened every {} s on average (exponential gaps), which reads the garage and the bookings, at one \
         opening in {STARTS} in a new process; one in {} books once to three times while the server is down; every token ends within half an hour of the beginning of the outage.\n\
         The server is down for {} s: silent for {} s, then refusing connections for {} s, then behind a proxy that says 503 without \
         Retry-After. Then it answers as fast as ever, for {} s more.\n\
         The plain client sends each request again after 1, 2 and 4 s, refreshes a token with each call that needs it, and sends what it \
         could not send when the app is opened next.\n\
         A request counts when it arrives, a refused connection too. Extra load: requests from the beginning of the outage to the end, \
         over those of the same client and persons with a server that is never down. Well: the outbox is empty and the last read \
         succeeded; times count from the server's return.",
        plan.devices.len(),
        plan.seed,
        seconds(EVERY),
        BOOKS,
        seconds(UP - DOWN),
        seconds(SILENT - DOWN),
        seconds(REFUSING - SILENT),
        seconds(END - UP),
    )
}

/// The table of one dialect.
pub(super) fn table(plan: &Plan, dialect: Dialect, compared: &Compared) -> String {
    let (core, plain) = (Figures::of(&compared.core), Figures::of(&compared.plain));
    let mut text = format!("\n{dialect:?}{:<52} {:>26} {:>26}\n", "", "core", "plain client");
    let mut row = |name: &str, of: &dyn Fn(&Figures) -> String| {
        // Writing to a String does not fail.
        let _ = writeln!(text, "{name:<54} {:>26} {:>26}", of(&core), of(&plain));
    };
    let asked = plan.asked(DOWN, UP);
    row(
        &format!("requests while down (persons asked for {asked})"),
        &|f| f.down.to_string(),
    );
    row("  of the same with no outage", &|f| f.calm_down.to_string());
    row("  reads, refreshes, bookings, probes", &|f| {
        f.kinds.map(|count| count.to_string()).join(", ")
    });
    row("requests after", &|f| f.after.to_string());
    row("  of the same with no outage", &|f| f.calm_after.to_string());
    row("extra load", &|f| percent(f.added(), f.calm_down + f.calm_after));
    row("largest 100 ms while down", &|f| f.bucket_down.to_string());
    row("largest 100 ms after", &|f| f.bucket_after.to_string());
    row("  with no outage", &|f| f.bucket_calm.to_string());
    row("every outbox empty after", &|f| shown(f.empty));
    row("well: half of all devices after", &|f| shown(f.well[0]));
    row("well: 99 of 100 after", &|f| shown(f.well[1]));
    row("well: all after", &|f| shown(f.well[2]));
    row("openings after that still failed", &|f| {
        f.failed_after.to_string()
    });
    row("asked to sign in", &|f| f.signed_out.to_string());
    row("bookings made of those accepted", &|f| {
        format!("{} of {}", f.made, f.accepted)
    });
    text
}

fn percent(part: i64, whole: usize) -> String {
    format!("{:+.1} %", part as f64 * 100.0 / whole as f64)
}

fn shown(after: Option<Duration>) -> String {
    after.map_or_else(
        || "not in time".to_owned(),
        |after| format!("{:.1} s", after.as_secs_f64()),
    )
}
