//! What the persons do, drawn before anything happens: the same for every client, whatever it makes of it.

use std::time::Duration;

/// The first seconds, in which everybody signs in; nothing of them is counted.
pub(super) const SIGN_INS: Duration = Duration::from_secs(30);
/// When the server goes down.
pub(super) const DOWN: Duration = Duration::from_secs(60);
/// When it is back.
pub(super) const UP: Duration = Duration::from_secs(60 + 600);
/// When the simulation ends: as long after the outage as it takes a person who looks every three minutes.
pub(super) const END: Duration = Duration::from_secs(60 + 600 + 1500);

/// A person opens the app every so often, outage or not: exponential gaps of this mean.
pub(super) const EVERY: Duration = Duration::from_secs(180);
/// How long an access token lives.
pub(super) const TOKEN: Duration = Duration::from_secs(30 * 60);
/// One in so many books service while the server is down, one to three times.
pub(super) const BOOKS: u64 = 4;

/// Every device's script.
pub(super) struct Plan {
    pub(super) seed: u64,
    pub(super) devices: Vec<Script>,
}

/// What happens to one device. Times count from the beginning.
#[derive(Clone)]
pub(super) struct Script {
    /// What its own randomness is drawn from.
    pub(super) seed: u64,
    pub(super) signs_in: Duration,
    /// How long its first token lives: it ends at some moment of the half hour after [`DOWN`].
    pub(super) first_token: Duration,
    /// When the person opens the app, which reads the garage and the bookings.
    pub(super) opens: Vec<Duration>,
    /// When the person books, while the server is down.
    pub(super) books: Vec<Duration>,
}

impl Plan {
    pub(super) fn draw(devices: usize, seed: u64) -> Self {
        let mut draw = Draw::new(seed);
        let devices = (0..devices).map(|_| Script::draw(&mut draw)).collect();
        Self { seed, devices }
    }

    /// How many reads and bookings the persons ask for between these moments.
    pub(super) fn asked(&self, from: Duration, to: Duration) -> usize {
        let within = |at: &&Duration| (from..to).contains(*at);
        let asked = |script: &Script| {
            2 * script.opens.iter().filter(within).count() + script.books.iter().filter(within).count()
        };
        self.devices.iter().map(asked).sum()
    }
}

impl Script {
    fn draw(draw: &mut Draw) -> Self {
        let signs_in = draw.up_to(SIGN_INS);
        let mut opens = Vec::new();
        let mut at = SIGN_INS + draw.gap(EVERY);
        while at < END {
            opens.push(at);
            at += draw.gap(EVERY);
        }
        let count = if draw.below(BOOKS) == 0 {
            1 + draw.below(3)
        } else {
            0
        };
        let mut books: Vec<Duration> = (0..count).map(|_| DOWN + draw.up_to(UP - DOWN)).collect();
        books.sort_unstable();
        Self {
            seed: draw.next(),
            signs_in,
            first_token: DOWN + draw.up_to(TOKEN) - signs_in,
            opens,
            books,
        }
    }
}

/// splitmix64: small, and the same on every machine.
#[derive(Clone)]
pub(super) struct Draw(u64);

impl Draw {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Less than `count`.
    pub(super) fn below(&mut self, count: u64) -> u64 {
        self.next() % count
    }

    /// Less than `longest`, in milliseconds.
    pub(super) fn up_to(&mut self, longest: Duration) -> Duration {
        Duration::from_millis(self.below(u64::try_from(longest.as_millis()).unwrap_or(u64::MAX)))
    }

    /// Exponential, in milliseconds.
    fn gap(&mut self, mean: Duration) -> Duration {
        // 53 bits: a number above 0 and at most 1.
        let unit = ((self.next() >> 11) + 1) as f64 / (1_u64 << 53) as f64;
        Duration::from_millis((mean.as_millis() as f64 * -unit.ln()) as u64)
    }
}
