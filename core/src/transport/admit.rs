//! The way in: nothing is sent before it was asked whether it may be, and what came of it is told to whom it concerns.
//!
//! Promises: a call that cannot be sent before its deadline fails at once instead of waiting in vain; while the breaker is open
//! calls fail at once, but for the one that is the probe and those that find it under way, who wait for what it says; a call
//! that is dropped gives back its place and its right to probe; one that waits hears when there is no network any more, and
//! then fails with it or waits for the probe that finds it (`hush`).

use std::time::Duration;

use futures_util::future::{Either, select};

use super::TransportError;
use super::breaker::{Health, Turn};
use super::budget::Price;
use super::classify::Verdict;
use super::exchange::Outcome;
use super::gate::{Entered, Ticket};
use super::restraint::{Block, Restraint};
use super::schedule::full_jitter;
use super::send::{Call, Transport, millis};
use crate::api::Speaks;
use crate::model::{TransportDecision, WaitCause};

/// The right to send one request.
pub(super) struct Pass<'a> {
    restraint: &'a Restraint,
    is_probe: bool,
    // After `drop` below: whoever is let in then knows what became of the breaker.
    _ticket: Ticket,
}

impl Pass<'_> {
    fn ended(mut self, health: Health) -> Option<(Turn, Duration)> {
        let is_probe = std::mem::take(&mut self.is_probe);
        self.restraint.ended(health, is_probe)
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if self.is_probe {
            self.restraint.ended(Health::Unclear, true);
        }
    }
}

impl Transport {
    /// Waits until the call may be sent, or fails if that is not before its deadline.
    pub(super) async fn admit(&self, call: &mut Call<'_>) -> Result<Pass<'_>, TransportError> {
        loop {
            self.heed(call).await?;
            let block = self.restraint.block(call.priority, !call.policy.ahead);
            self.gate.narrow(self.restraint.is_open());
            match block {
                None => {}
                Some(Block::Open(left)) => return Err(call.failed(self.busy(left))),
                Some(Block::Wait(left, cause)) => {
                    self.sit_out(call, left, cause).await?;
                    continue;
                }
            }
            let ticket = self.place(call).await?;
            self.heed(call).await?;
            let entered = self.restraint.enter(call.priority);
            // What another process found out may be news.
            self.gate.narrow(self.restraint.is_open());
            let is_probe = match entered {
                Ok(is_probe) => is_probe,
                Err(Block::Open(left)) => return Err(call.failed(self.busy(left))),
                Err(Block::Wait(left, cause)) => {
                    drop(ticket);
                    self.sit_out(call, left, cause).await?;
                    continue;
                }
            };
            let pass = Pass {
                restraint: &self.restraint,
                is_probe,
                _ticket: ticket,
            };
            if is_probe {
                self.audit.note(TransportDecision::BreakerProbe);
            }
            // A probe is free: the breaker says how many there are.
            if std::mem::take(&mut call.owes)
                && !is_probe
                && let Err(left) = self.pay(call, Price::Retries(call.policy.price))
            {
                return Err(call.failed(self.busy(left)));
            }
            return Ok(pass);
        }
    }

    async fn sit_out(
        &self,
        call: &mut Call<'_>,
        left: Duration,
        cause: WaitCause,
    ) -> Result<(), TransportError> {
        // Those who waited together must not come back together.
        let jitter = full_jitter(&*self.ports.random, self.config.backoff_initial);
        let wait = left.saturating_add(jitter);
        if self.now().saturating_add(wait) >= call.deadline {
            return Err(call.failed(self.busy(left)));
        }
        self.wait(call, wait, cause).await
    }

    /// A place among those that are under way, when it is this call's turn.
    async fn place(&self, call: &mut Call<'_>) -> Result<Ticket, TransportError> {
        if call.policy.ahead {
            return Ok(self.gate.pass(call.priority));
        }
        let places = match call.speaks {
            Speaks::V1 => self.config.places_v1,
            Speaks::V2 => self.config.places_v2,
        };
        let (ticket, woken) = match self.gate.enter(call.priority, places) {
            Entered::In(ticket) => return Ok(ticket),
            Entered::Later(ticket, woken) => (ticket, woken),
        };
        let left = call.deadline.saturating_sub(self.now());
        let turn = select(woken, self.ports.sleep.sleep(left));
        match self.heeding(call, turn).await? {
            Either::Left(_) => Ok(ticket),
            Either::Right(_) => Err(call.failed(self.busy(Duration::ZERO))),
        }
    }

    /// Tells what came of an attempt to whom it concerns.
    pub(super) fn ended(&self, call: &Call<'_>, pass: Pass<'_>, outcome: &Outcome, verdict: Verdict) {
        let (status, headers) = outcome.head();
        let health = match outcome {
            Outcome::Silent | Outcome::Stalled => Health::Ill,
            Outcome::Answer(_) => verdict.health(status),
            // A page may be of anybody on the way; a gateway's that says that the server is down is believed.
            Outcome::Page { .. } if verdict.health(status) == Health::Ill => Health::Ill,
            _ => Health::Unclear,
        };
        if call.speaks == Speaks::V2
            && call.is_bearer
            && status.is_some_and(|status| status != http::StatusCode::TOO_MANY_REQUESTS)
            && let Some(headers) = headers
        {
            self.restraint
                .told(headers, self.gate.running().saturating_sub(1));
        }
        match pass.ended(health) {
            None => {}
            Some((Turn::Opened, open)) => self
                .audit
                .note(TransportDecision::BreakerOpened { millis: millis(open) }),
            Some((Turn::Closed, _)) => self.audit.note(TransportDecision::BreakerClosed),
        }
        self.gate.narrow(self.restraint.is_open());
    }
}
