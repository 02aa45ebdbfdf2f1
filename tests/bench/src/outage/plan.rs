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
/// At one in so many openings the system had ended the app meanwhile, and it starts anew.
pub(super) const STARTS: u64 = 3;
/// One in so many persons books service while the server is down, one to three times.
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
    /// What the person does, in order.
    pub(super) does: Vec<(Duration, Does)>,
}

/// What a person does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Does {
    /// Opens the app, which reads the garage and the bookings.
    Look,
    /// The same, in a new process.
    Start,
    /// Books service.
    Book,
}

impl Plan {
    pub(super) fn draw(devices: usize, seed: u64) -> Self {
        let mut draw = Draw::new(seed);
        let devices = (0..devices).map(|_| Script::draw(&mut draw)).collect();
        Self { seed, devices }
    }

    /// How many reads and bookings the persons ask for between these moments.
    pub(super) fn asked(&self, from: Duration, to: Duration) -> usize {
        let done = self.devices.iter().flat_map(|script| &script.does);
        done.filter(|(at, _)| (from..to).contains(at))
            .map(|(_, does)| if *does == Does::Book { 1 } else { 2 })
            .sum()
    }
}

impl Script {
    fn draw(draw: &mut Draw) -> Self {
        let signs_in = draw.up_to(SIGN_INS);
        let mut does = Vec::new();
        let mut at = SIGN_INS + draw.gap(EVERY);
        while at < END {
            let starts = draw.below(STARTS) == 0;
            does.push((at, if starts { Does::Start } else { Does::Look }));
            at += draw.gap(EVERY);
        }
        if draw.below(BOOKS) == 0 {
            for _ in 0..=draw.below(3) {
                does.push((DOWN + draw.up_to(UP - DOWN), Does::Book));
            }
        }
        does.sort_unstable();
        Self {
            seed: draw.next(),
            signs_in,
            first_token: DOWN + draw.up_to(TOKEN) - signs_in,
            does,
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
