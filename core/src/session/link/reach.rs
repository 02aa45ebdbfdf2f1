//! What is done about connectivity: probes, calls that are held back or cut short, and whoever is told. What follows from
//! what is decided by `connectivity`.
//!
//! Promises (scenarios 13, 18 and 27):
//!
//! * while there is silence, or a portal, one small request at a time goes out, however many calls are made: a call waits
//!   for its answer, at most 5 s, and goes only if there is one. It waits rather than fails because a wrong "offline" just
//!   when the network is back costs a person more than a moment; what is refused or unknown to DNS fails in that moment;
//! * by itself a probe goes out only while somebody waits for answers (an unsent write, a live observer of an old answer),
//!   after 1, 2, 4 s and then every 5 s, with jitter: 15 s suffice for scenario 27, time-out included. Where the shell says
//!   that there is a network it goes on doubling to 10 s for a minute after a person did something, then to 60 s: the server
//!   is what is down, and everybody asks it (scenario 16). An unreported return is found within 15 s while somebody looks, else
//!   within 65 s, and so it is where the battery is low. With nobody interested nothing is sent;
//! * a password or a token never goes where a portal answered last;
//! * a read under way is ended when the shell says that there is no network, and asked again over a fresh connection when it
//!   says that there is another one. Only reads: what came of a write is for its answer, or its time-out, to say.

use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::{Either, select};
use http::Method;
use tokio::sync::watch;

use super::connectivity::{Admission, Effect, Event, Sight, Way};
use super::{Failure, Link};
use crate::api::{Dialect, Discover, Operation, Priority, Replay, Tries, WireAnswer, WireRequest};
use crate::error::{Error, OfflineReason};
use crate::model::{Connectivity, NetworkDecision};
use crate::transport::{Fault, TransportError, wait_after};

/// A probe's whole time. With the wait before it and the call behind it, within the 15 s of scenario 27.
pub(in crate::session) const PROBE_TOTAL: Duration = Duration::from_secs(5);

/// The first probe after silence comes after at most this, the next ones after twice as long each.
const PROBE_FIRST: Duration = Duration::from_secs(1);

/// After a probe that could not be sent.
const PROBE_LATER: Duration = Duration::from_secs(6);

/// A read that is answered within this of a change of networks had a good connection.
const RENEWED_AFTER: Duration = Duration::from_secs(1);

/// What reads under way are told.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cut {
    /// Counts up.
    times: u64,
    /// Whether there is no network; else there is another.
    down: bool,
}

/// Says in how long somebody will wait for answers: zero is now, `None` nobody.
pub(super) type Interest = Arc<dyn Fn() -> Option<Duration> + Send + Sync>;

impl Link {
    /// From now on nothing is sent, or things are sent again.
    pub(crate) fn set_offline(&self, offline: bool) {
        self.happened(Event::Asked { offline });
    }

    /// The device has a network, or has none. One that is new has none of the connections of the one before.
    pub(crate) fn set_network(&self, up: bool) {
        self.happened(Event::Told { up });
    }

    /// Whether nothing may be sent now.
    pub(crate) fn is_offline(&self) -> bool {
        self.way().is_offline()
    }

    /// Changes whenever answers come again after silence, or may.
    pub(crate) fn returns(&self) -> watch::Receiver<u64> {
        self.returns.subscribe()
    }

    /// What a screen shows of the network, and its changes.
    pub(crate) fn connectivity(&self) -> watch::Receiver<Connectivity> {
        self.shown.subscribe()
    }

    /// Has answers looked for while somebody waits for them: `waits` says in how long somebody will, if nothing happens, zero
    /// being now. Whoever begins to wait earlier says so with [`Link::look_again`].
    pub(crate) fn probe_while(&self, waits: impl Fn() -> Option<Duration> + Send + Sync + 'static) {
        let mut interests = self.interests.lock().unwrap_or_else(PoisonError::into_inner);
        interests.push(Arc::new(waits));
    }

    /// Somebody may have begun to wait for answers.
    pub(crate) fn look_again(&self) {
        self.prober.notify_one();
    }

    /// A person did something, or looks at something: what waits is not to wait long for a return that nobody reports.
    pub(crate) fn looked_at(&self) {
        self.happened(Event::Looked);
    }

    /// The shell says whether the battery is low.
    pub(crate) fn set_low_battery(&self, low: bool) {
        self.happened(Event::Battery { low });
    }

    /// Whether the server can be reached, as far as it is known; asked with a probe if the last that was seen speaks against
    /// it.
    pub(crate) async fn reach(self: &Arc<Self>) -> Result<(), Failure> {
        let now = self.ports.clock.elapsed();
        let admission = self.way().admit(now);
        match admission {
            Admission::Go => Ok(()),
            Admission::ToldDown => Err(told_down()),
            Admission::Silent(why) => Err(silent(why)),
            Admission::Probe => {
                self.probe().await?;
                self.reached()
            }
        }
    }

    /// The same as it was seen last: asks nobody. For who has said that he waits, and so has the prober ask.
    pub(crate) fn reached(&self) -> Result<(), Failure> {
        let way = self.way().clone();
        match way.sight {
            _ if way.is_offline() => Err(told_down()),
            Sight::Unknown | Sight::Answering => Ok(()),
            Sight::Silent(why) => Err(silent(why)),
            Sight::Portal => Err(Failure::Transport(TransportError::unsent(Fault::Portal))),
        }
    }

    /// Sends the probe, or waits for the one under way. An error is one that says nothing of the network, such as a server's
    /// wish to be left alone.
    async fn probe(self: &Arc<Self>) -> Result<(), Failure> {
        let this = Arc::clone(self);
        let probing = self
            .probes
            .join(&self.handle, (), move || async move { this.send_probe().await });
        Ok(probing.await?)
    }

    async fn send_probe(&self) -> Result<(), Error> {
        // The same in both dialects, answered without a database in both, and never redirected.
        let around = self.around(&Dialect::V1, None);
        let mut request = Discover.request(&around)?;
        request.tries = Tries::Once { total: PROBE_TOTAL };
        request.priority = Priority::Person;
        let since = self.ports.clock.elapsed();
        let result = self.transport.probe(&request).await;
        match event(&result, since, true) {
            Some(event) => {
                self.happened(event);
                Ok(())
            }
            None => result.map(drop).map_err(Error::from),
        }
    }

    /// Sends a request and takes note of what its end says of the network.
    pub(super) async fn send(
        &self,
        request: &WireRequest,
        access_token: Option<&str>,
    ) -> Result<WireAnswer, Failure> {
        let since = self.ports.clock.elapsed();
        let result = if request.method == Method::GET && request.permit.is_none() {
            self.send_read(request, access_token).await?
        } else {
            self.transport.send(request, access_token).await
        };
        if let Some(event) = event(&result, since, false) {
            self.happened(event);
        }
        self.keep_server_time();
        result.map_err(Failure::Transport)
    }

    async fn send_read(
        &self,
        request: &WireRequest,
        access_token: Option<&str>,
    ) -> Result<Result<WireAnswer, TransportError>, Failure> {
        let mut cuts = self.cuts.subscribe();
        let is_once = matches!(request.tries, Tries::Once { .. });
        let mut may_renew = !is_once && request.policy.replay == Replay::Safe;
        let mut sending = Box::pin(self.transport.send(request, access_token));
        loop {
            let cut = Box::pin(cuts.changed());
            match select(sending, cut).await {
                Either::Left((result, _)) => return Ok(result),
                Either::Right((Err(_), rest)) => return Ok(rest.await),
                Either::Right((Ok(()), rest)) => sending = rest,
            }
            if cuts.borrow_and_update().down {
                return Err(told_down());
            }
            if may_renew {
                match select(sending, self.ports.sleep.sleep(RENEWED_AFTER)).await {
                    Either::Left((result, _)) => return Ok(result),
                    Either::Right(((), dead)) => drop(dead),
                }
                // Once: then it has had its connection of the new network. That may be gone again by now.
                may_renew = false;
                if self.is_offline() {
                    return Err(told_down());
                }
                self.audit.note(NetworkDecision::Renewed);
                sending = Box::pin(self.transport.send(request, access_token));
            }
        }
    }

    /// Sends probes while there is silence and somebody waits for its end. Ends with the runtime.
    pub(super) async fn run_prober(self: Arc<Self>) {
        loop {
            let woken = self.prober.notified();
            match self.probe_wanted_in() {
                None => {
                    woken.await;
                    continue;
                }
                Some(later) if !later.is_zero() => {
                    select(self.ports.sleep.sleep(later), Box::pin(woken)).await;
                    continue;
                }
                Some(_) => {}
            }
            let (probes, ceiling) = self.ladder();
            let failures = probes.saturating_add(1);
            let wait = wait_after(failures, PROBE_FIRST, ceiling, &*self.ports.random);
            let mut timer = self.ports.sleep.sleep(wait);
            let mut woken = Box::pin(woken);
            loop {
                match select(timer, woken).await {
                    Either::Left(_) => {
                        // What it says is in the state. What says nothing, such as a cool-down, is not asked again soon.
                        if self.is_probe_wanted() && self.probe().await.is_err() {
                            self.ports.sleep.sleep(PROBE_LATER).await;
                        }
                        break;
                    }
                    // Told of a change it does not wait for, it goes on waiting: it is not to be woken into a hurry.
                    // But a person who comes is not to sit through the wait of one whom nobody looked at.
                    Either::Right(((), rest))
                        if self.is_probe_wanted() && self.is_still_on(probes, ceiling) =>
                    {
                        timer = rest;
                        woken = Box::pin(self.prober.notified());
                    }
                    Either::Right(_) => break,
                }
            }
        }
    }

    /// How many probes failed so far, and the longest wait before the next.
    fn ladder(&self) -> (u32, Duration) {
        let way = self.way();
        (way.probes, way.probe_ceiling(self.ports.clock.elapsed()))
    }

    fn is_still_on(&self, probes: u32, ceiling: Duration) -> bool {
        let (now, longest) = self.ladder();
        now == probes && longest >= ceiling
    }

    fn is_probe_wanted(&self) -> bool {
        self.probe_wanted_in().is_some_and(|later| later.is_zero())
    }

    fn probe_wanted_in(&self) -> Option<Duration> {
        if !self.way().wants_probes() {
            return None;
        }
        let interests = self
            .interests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        interests.iter().filter_map(|waits| waits()).min()
    }

    fn happened(&self, event: Event) {
        let effects = {
            let mut way = self.way();
            let (after, effects) = way.after(event, self.ports.clock.elapsed());
            *way = after;
            effects
        };
        self.shown.send_if_modified(|before| {
            // Of two events at once the later one's state is shown, whichever comes here first.
            let shown = self.way().shown();
            std::mem::replace(before, shown) != shown
        });
        self.transport.hush(|| {
            let way = self.way();
            way.is_offline() || way.is_unreachable()
        });
        for effect in effects {
            match effect {
                Effect::Return => self.returns.send_modify(|times| *times += 1),
                Effect::DropConnections => self.ports.network.drop_idle(),
                Effect::CutReads => self.cut(true),
                Effect::RenewReads => self.cut(false),
                Effect::Note(decision) => self.audit.note(decision),
            }
        }
        self.prober.notify_one();
    }

    fn cut(&self, down: bool) {
        self.cuts.send_modify(|cut| {
            cut.times += 1;
            cut.down = down;
        });
    }

    fn way(&self) -> MutexGuard<'_, Way> {
        self.way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the end of an exchange says of the network.
fn event(result: &Result<WireAnswer, TransportError>, since: Duration, probe: bool) -> Option<Event> {
    let error = match result {
        Ok(_) => return Some(Event::Answered),
        Err(error) if error.is_told() => return None,
        Err(error) => error,
    };
    match error.fault {
        Fault::Offline(why) if error.is_silence() => Some(Event::Silence { why, since, probe }),
        Fault::Portal => Some(Event::Portal { probe }),
        // A proxy's page; or somebody who is not who he should be: no network is not what is wrong (scenario 19).
        Fault::Faulty { .. } | Fault::Untrusted(_) => Some(Event::Heard),
        Fault::Offline(_)
        | Fault::Busy { .. }
        | Fault::Withheld
        | Fault::Setup(_)
        | Fault::InvalidRequest(_) => None,
    }
}

fn told_down() -> Failure {
    Failure::Public(Error::Offline {
        why: OfflineReason::ByRequest,
        reason: "working offline, as asked".to_owned(),
    })
}

fn silent(why: OfflineReason) -> Failure {
    Failure::Transport(TransportError::unsent(Fault::Offline(why)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s13_who_waited_for_a_probe_in_vain_has_seen_nothing_of_the_network() {
        let late = || TransportError::unsent(Fault::Offline(OfflineReason::TimedOut));
        let since = Duration::ZERO;
        assert_eq!(event(&Err(late().told()), since, false), None);
        let why = OfflineReason::TimedOut;
        let probe = false;
        assert_eq!(
            event(&Err(late()), since, probe),
            Some(Event::Silence { why, since, probe })
        );
    }
}
