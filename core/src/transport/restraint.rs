//! What all calls to one server share so as not to make an outage worse: cool-down, retry budget, breaker and pacing.
//!
//! Promises (scenario 16): the first three are shared with the device's other processes and outlive this one: what matters is
//! on disk before anybody acts on it (a cool-down, a fault, a probe, what a retry costs); what answers earn is kept here until
//! the next of these, or until it makes a whole retry. What the others wrote is looked at before a call waits, and once more
//! when its turn has come, unless that was looked at less than 0.1 s before: so a call reads the file once, and once more for
//! each wait, and what is not seen was written in the last 0.1 s. When the file cannot be read or written this process goes on
//! with what it knows.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::HeaderMap;

use super::TransportConfig;
use super::breaker::{Breaker, Health, Look, Turn};
use super::budget::{Budget, Price, Reserve};
use super::cool_down::CoolDown;
use super::pacing::Meter;
use super::schedule::wait_after;
use super::shelf::Shelf;
use crate::api::Priority;
use crate::model::WaitCause;
use crate::ports::{Clock, Random};

/// A probe that has said nothing for so long no longer keeps others from probing: its process may be gone.
const PROBE_PATIENCE: Duration = Duration::from_secs(20);

/// How long after v1's limiter answered a reset is its doing.
const LIMITERS_RESET: Duration = Duration::from_secs(5);

/// What is on disk is as it was seen, for so long; asked only of those whose turn has come.
const SEEN_JUST_NOW: Duration = Duration::from_millis(100);

/// Answers that earn a whole retry.
const WORTH_KEEPING: u32 = 10;

/// What the processes of a device share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shared {
    pub(super) cool: CoolDown,
    pub(super) budget: Budget,
    pub(super) breaker: Breaker,
}

/// Why nothing is sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    /// It can be waited for.
    Wait(Duration, WaitCause),
    /// The breaker is open: no use in waiting.
    Open(Duration),
}

pub(super) struct Restraint {
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    config: TransportConfig,
    shelf: Option<Shelf>,
    state: Mutex<State>,
}

struct State {
    shared: Shared,
    /// It is newer than what is on disk, which could not be written.
    is_unsaved: bool,
    /// Answers not yet counted in what is on disk.
    earned: u32,
    meter: Option<Meter>,
    /// When v1's limiter last answered.
    limited_at: Option<Duration>,
    /// Whether a probe of this process is under way.
    is_probing: bool,
    /// When this process last looked at what is on disk.
    looked_at: Duration,
}

impl Restraint {
    pub(super) fn new(clock: Arc<dyn Clock>, random: Arc<dyn Random>, config: TransportConfig) -> Self {
        let shared = Shared {
            cool: CoolDown::default(),
            budget: Budget::full(reserve(&config), clock.elapsed()),
            breaker: Breaker::default(),
        };
        Self {
            clock,
            random,
            config,
            shelf: None,
            state: Mutex::new(State {
                shared,
                is_unsaved: false,
                earned: 0,
                meter: None,
                limited_at: None,
                is_probing: false,
                looked_at: Duration::ZERO,
            }),
        }
    }

    /// Shared with other processes, and kept, from now on.
    pub(super) fn keep_on(&mut self, shelf: Shelf) {
        self.shelf = Some(shelf);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Duration {
        self.clock.elapsed()
    }

    /// What is known now, from disk if it can be read.
    fn look(&self) -> Shared {
        self.state().looked_at = self.now();
        let read = match &self.shelf {
            Some(shelf) => shelf.read(&*self.clock),
            None => None,
        };
        match read {
            // Of an earlier boot: from now on it is of this one.
            Some((there, false)) => {
                {
                    let mut state = self.state();
                    if !state.is_unsaved {
                        state.shared = there;
                    }
                }
                self.change(|_| ());
                self.state().shared
            }
            Some((there, true)) => {
                let mut state = self.state();
                if !state.is_unsaved {
                    // A cool-down that began just now may not have been there yet.
                    let cool = there.cool.max(state.shared.cool);
                    state.shared = Shared { cool, ..there };
                }
                state.shared
            }
            None => self.state().shared,
        }
    }

    /// Changes what is shared, in one transaction with reading it.
    fn change<T>(&self, change: impl Fn(&mut Shared) -> T) -> T {
        let (earned, known, is_unsaved) = {
            let mut state = self.state();
            (std::mem::take(&mut state.earned), state.shared, state.is_unsaved)
        };
        let reserve = reserve(&self.config);
        let apply = |shared: &mut Shared| {
            if is_unsaved {
                shared.cool = shared.cool.max(known.cool);
            }
            shared.budget.earn(earned, reserve);
            change(shared)
        };
        let saved = self
            .shelf
            .as_ref()
            .and_then(|shelf| shelf.change(&*self.clock, known, &apply));
        let mut state = self.state();
        match saved {
            Some((shared, done)) => {
                (state.shared, state.is_unsaved) = (shared, false);
                done
            }
            None => {
                state.is_unsaved = self.shelf.is_some();
                apply(&mut state.shared)
            }
        }
    }

    /// What keeps one of this priority from being sent now. `in_line`: it can wait for the outcome of a probe of ours.
    pub(super) fn block(&self, priority: Priority, in_line: bool) -> Option<Block> {
        let shared = self.look();
        let now = self.now();
        if let Some(left) = shared.cool.left(now) {
            return Some(Block::Wait(left, WaitCause::CoolDown));
        }
        let state = self.state();
        match shared.breaker.look(now) {
            Look::Open(left) if !(state.is_probing && in_line) => return Some(Block::Open(left)),
            _ => {}
        }
        let left = state.meter.and_then(|meter| meter.wait(priority, now));
        left.map(|left| Block::Wait(left, WaitCause::Pacing))
    }

    /// The last look before one is sent. `Ok`: whether it is a probe.
    pub(super) fn enter(&self, priority: Priority) -> Result<bool, Block> {
        let now = self.now();
        if now.saturating_sub(self.state().looked_at) >= SEEN_JUST_NOW {
            self.look();
        }
        let known = {
            let mut state = self.state();
            if let Some(left) = state.shared.cool.left(now) {
                return Err(Block::Wait(left, WaitCause::CoolDown));
            }
            if let Some(left) = state.meter.and_then(|meter| meter.wait(priority, now)) {
                return Err(Block::Wait(left, WaitCause::Pacing));
            }
            let is_closed = state.shared.breaker.look(now) == Look::Closed;
            if is_closed && let Some(meter) = &mut state.meter {
                meter.take(now);
            }
            is_closed
        };
        if known {
            return Ok(false);
        }
        match self.change(|shared| shared.breaker.claim(now, PROBE_PATIENCE)) {
            Look::Closed => Ok(false),
            Look::Open(left) => Err(Block::Open(left)),
            Look::Due => {
                self.state().is_probing = true;
                Ok(true)
            }
        }
    }

    /// Whether the breaker is open, as far as is known here.
    pub(super) fn is_open(&self) -> bool {
        self.state().shared.breaker.open_until.is_some()
    }

    /// What an exchange said of the server.
    pub(super) fn ended(&self, health: Health, is_probe: bool) -> Option<(Turn, Duration)> {
        let breaker = {
            let mut state = self.state();
            if is_probe {
                state.is_probing = false;
            }
            state.shared.breaker
        };
        let is_news = match health {
            Health::Ill => true,
            Health::Well => is_probe || breaker.faults > 0,
            Health::Unclear => is_probe,
        };
        if !is_news {
            return None;
        }
        let now = self.now();
        let config = &self.config;
        let wait = |trips| {
            wait_after(
                trips,
                config.breaker_initial,
                config.breaker_ceiling,
                &*self.random,
            )
        };
        self.change(|shared| {
            let turn = shared
                .breaker
                .ended(health, is_probe, now, config.breaker_faults, wait)?;
            let open = shared.breaker.open_until.unwrap_or(now).saturating_sub(now);
            Some((turn, open))
        })
    }

    /// How long nothing may be sent because the server asked for it.
    pub(super) fn cooling(&self) -> Option<Duration> {
        let now = self.now();
        self.state().shared.cool.left(now)
    }

    /// Nothing is sent for so long. Never shortens an earlier cool-down.
    pub(super) fn cool_for(&self, lasting: Duration) {
        if lasting.is_zero() {
            return;
        }
        let now = self.now();
        self.change(|shared| shared.cool.extend(lasting, now));
    }

    /// Takes what a resend costs, on disk before it is sent. `Err`: not before so long.
    pub(super) fn spend(&self, price: Price, priority: Priority) -> Result<(), Duration> {
        if price == Price::Free {
            return Ok(());
        }
        let (now, reserve) = (self.now(), reserve(&self.config));
        self.change(|shared| shared.budget.spend(price, priority, reserve, now))
    }

    /// A usable answer came.
    pub(super) fn earn(&self) {
        let is_worth_it = {
            let mut state = self.state();
            // What does not fit now is not kept for when another process has spent what there was.
            if state.shared.budget.is_full(reserve(&self.config)) {
                state.earned = 0;
                return;
            }
            state.earned = state.earned.saturating_add(1);
            state.earned >= WORTH_KEEPING
        };
        if is_worth_it {
            self.change(|_| ());
        }
    }

    /// What an answer of v2 told of its limiter.
    pub(super) fn told(&self, headers: &HeaderMap, on_the_way: usize) {
        let now = self.now();
        if let Some(meter) = Meter::told(headers, on_the_way, now) {
            self.state().meter = Some(meter);
        }
    }

    /// v1's limiter answered.
    pub(super) fn limited(&self) {
        let now = self.now();
        let mut state = self.state();
        state.limited_at = Some(now);
        state.meter = Some(Meter::empty_v1(now));
    }

    /// Whether v1's limiter answered a moment ago: a reset now is most likely its closed connection.
    pub(super) fn was_limited(&self) -> bool {
        let now = self.now();
        let at = self.state().limited_at;
        at.is_some_and(|at| now.saturating_sub(at) < LIMITERS_RESET)
    }

    /// What was sent last did not get as far as the limiter.
    pub(super) fn give_back(&self) {
        let now = self.now();
        if let Some(meter) = &mut self.state().meter {
            meter.give_back(now);
        }
    }
}

fn reserve(config: &TransportConfig) -> Reserve {
    Reserve {
        retries: config.retry_reserve,
        trickle: config.retry_trickle,
    }
}
