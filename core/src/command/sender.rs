//! The loop that sends: one process at a time, one write at a time, by itself.
//!
//! Promised: what is to be sent is tried when it is accepted, when a network or an answer comes back, when its wait is over,
//! and without any of these within 15 s by one probe at a time (scenarios 26 and 27); a server's wish to be left alone is
//! never cut short; one write that fails again and again does not keep the others from being sent (25). Asks no secret store
//! until somebody opened the session.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::select_all;

use super::ledger::Entry;
use super::machine::Event;
use super::outbox::{Outbox, Owner};
use super::plan::{LONGEST_WAIT, Now};
use super::signals::{Rest, SendingPaused};
use super::turns::{CutOff, Next, next, turns};
use crate::api::Dialect;
use crate::error::{Error, OfflineReason, Result};
use crate::model::{OutboxEvent, Waiting};
use crate::store::{ItemState, Lease, ProcessLock, Purpose, Taker};
use crate::tasks::Handle;
use crate::transport::wait_after;

/// How long the right to send lasts. Longer than everything that is done between two looks at it.
pub(super) const LEASE: Duration = Duration::from_secs(45);

/// Who waits for another process's lease looks this often whether it was given back.
const LEASE_POLL: Duration = Duration::from_millis(250);

/// Without a network: a round after at most this, and then twice as long each time.
const ROUND_FIRST: Duration = Duration::from_secs(5);

/// Within the 15 s of scenario 27, whatever else fails.
pub(super) const ROUND_CEILING: Duration = Duration::from_secs(10);

/// After a server's failure: first, and at most.
const AGAIN_FIRST: Duration = Duration::from_secs(2);
const AGAIN_CEILING: Duration = LONGEST_WAIT;

/// A server that says "soon" again and again is asked ever later, up to this.
const BUSY_CEILING: Duration = Duration::from_secs(60);

/// How long after a failure that only a person can mend (a locked keyring, a full disk) it is looked again.
const MENDED: Duration = Duration::from_secs(60);

/// How many different writes may meet a failing server before the others are spared it.
const ILL: u32 = 2;

/// How a round ended.
enum End {
    /// Nothing can be sent: nothing is there, nobody is signed in, or a person must decide.
    Idle,
    /// Somebody said that there is no network.
    ToldOffline,
    /// The network is not there.
    Offline(Error),
    /// The network was there, and a write got no answer.
    CutOff(Error),
    /// The server wants to be left alone.
    Busy(Duration, Error),
    /// The next write is due then; the error, if there is one, is the server's last.
    Later(Duration, Option<Error>),
    /// Another process sends, for so long at most.
    Elsewhere(Duration),
    /// Something here must be mended first.
    Stopped(Error),
}

/// How a round finds out whether there is a network.
#[derive(Debug, Clone, Copy)]
enum Look {
    /// With a probe, if the last that was seen speaks against one.
    Probe,
    /// By what was seen last: in silence the link's prober asks for all who wait (scenario 16).
    AsSeen,
}

/// How many rounds in a row ended so.
#[derive(Debug, Clone, Copy, Default)]
struct Rounds {
    silent: u32,
    /// Of these, since one last did better: those that were cut off though the network was there.
    cut_off: u32,
    busy: u32,
}

impl Rounds {
    fn count(&mut self, end: &End) {
        *self = match end {
            End::Offline(_) | End::CutOff(_) => Self {
                silent: self.silent + 1,
                cut_off: self.cut_off + u32::from(matches!(end, End::CutOff(_))),
                busy: 0,
            },
            End::Busy(..) => Self {
                busy: self.busy + 1,
                ..Self::default()
            },
            _ => Self::default(),
        };
    }
}

/// What decides in a round which write is next.
pub(super) struct Known {
    pub(super) dialect: Dialect,
    pub(super) cut_off: Option<CutOff>,
}

/// What keeps a write from being settled now.
pub(super) enum Pause {
    Offline(Error),
    Busy(Duration, Error),
    Server(Error),
    Stopped(Error),
    /// The right to send is another's by now.
    LeaseLost,
}

impl Outbox {
    /// Has answers looked for while something is to be sent, and starts the loop.
    pub(crate) fn start(self: &Arc<Self>, handle: &Handle) {
        let waiting = Arc::downgrade(self);
        self.session.link().probe_while(move || {
            let outbox = waiting.upgrade()?;
            (outbox.signals.waiting() == Waiting::Network).then_some(Duration::ZERO)
        });
        self.start_loop(handle);
    }

    /// Starts the loop. It ends with the runtime, or when the client is suspended; which waits while something is sent.
    pub(crate) fn start_loop(self: &Arc<Self>, handle: &Handle) {
        self.signals.rest.send_replace(Rest::default());
        let (this, on) = (Arc::clone(self), handle.clone());
        handle.spawn_loop(async move { this.run(&on).await });
    }

    /// The loop was ended and the file is closed: whoever waits for a write, or for a synchronisation, is to hear of it.
    pub(crate) fn stopped(&self, why: Error) {
        self.signals.rest.send_replace(Rest {
            of: u64::MAX,
            waits: false,
            why: Some(why),
        });
        self.changes.send_modify(|times| *times += 1);
    }

    /// For a sign-out, which opens the session and so wakes the loop: what the person is about to discard, or to keep for later,
    /// must not be sent meanwhile.
    pub(crate) fn pause(&self) -> SendingPaused {
        self.signals.pause()
    }

    async fn run(self: Arc<Self>, handle: &Handle) {
        let mut pushes = self.signals.pushes.subscribe();
        let mut returns = self.session.link().returns();
        let mut states = self.session.presence();
        let mut rounds = Rounds::default();
        let mut was_elsewhere = false;
        let mut look = Look::Probe;
        loop {
            let of = *pushes.borrow_and_update();
            states.mark_unchanged();
            let end = match AssertUnwindSafe(self.round(look, handle)).catch_unwind().await {
                Ok(end) => end,
                Err(_) => End::Stopped(Error::Internal {
                    reason: "a task panicked".to_owned(),
                }),
            };
            rounds.count(&end);
            // What another process does to the writes is seen by looking only.
            let is_elsewhere = matches!(end, End::Elsewhere(_));
            if (is_elsewhere || was_elsewhere)
                && let Some(Ok(account)) = self.session.present()
            {
                self.changed(&account, !is_elsewhere);
            }
            was_elsewhere = is_elsewhere;
            let (wait, cut_by_return) = self.rest_after(&end, rounds);
            // Only answers from now on: one within the round did not help it, and would have it begin anew at once.
            returns.mark_unchanged();
            // Begun before anybody hears that the loop rests: from then on time may jump.
            let timer = wait.map(|wait| self.ports.sleep.sleep(wait));
            self.signals.rest.send_replace(rest(of, &end));
            self.session.link().look_again();
            let mut wakes = vec![
                pushes.changed().map(drop).boxed(),
                states.changed().map(drop).boxed(),
            ];
            if cut_by_return {
                wakes.push(returns.changed().map(drop).boxed());
            }
            let others = wakes.len();
            wakes.extend(timer);
            let ((), woken_by, _) = select_all(wakes).await;
            look = match end {
                End::Offline(_) | End::CutOff(_) if woken_by == others => Look::AsSeen,
                _ => Look::Probe,
            };
        }
    }

    /// How long to rest, and whether answers that come back end it.
    fn rest_after(&self, end: &End, rounds: Rounds) -> (Option<Duration>, bool) {
        match end {
            End::Idle => (None, false),
            End::ToldOffline => (None, true),
            // The link's probes find the network; a round of its own only in case their word was missed, and sends none.
            End::Offline(_) | End::CutOff(_) => (
                Some(wait_after(
                    rounds.silent,
                    ROUND_FIRST,
                    ROUND_CEILING,
                    &*self.ports.random,
                )),
                // Where something lets probes pass and cuts writes off, each probe would have the write tried again.
                matches!(end, End::Offline(_)) || rounds.cut_off < 2,
            ),
            End::Busy(wait, _) => {
                let own = wait_after(rounds.busy, AGAIN_FIRST, BUSY_CEILING, &*self.ports.random);
                (Some(own.max(*wait)), false)
            }
            End::Later(wait, _) => (Some(*wait), false),
            End::Elsewhere(left) => (Some(LEASE_POLL.min(*left)), false),
            // The sign-in itself wakes the loop.
            End::Stopped(Error::SignInNeeded { .. }) => (None, false),
            End::Stopped(_) => (Some(MENDED), true),
        }
    }

    /// Sends what can be sent now.
    async fn round(&self, look: Look, handle: &Handle) -> End {
        if self.signals.is_paused() {
            return End::Idle;
        }
        let account = match self.session.present() {
            Some(Ok(account)) => account,
            Some(Err(why)) => return End::Stopped(Error::SignInNeeded { why }),
            None => return End::Idle,
        };
        match self.durable.unsent(account.id()) {
            Ok(0) => return End::Idle,
            Ok(_) => {}
            Err(error) => return End::Stopped(error.into()),
        }
        let keys = match self.session.outbox_keys(&account).await {
            Ok(keys) => keys,
            Err(error) => return End::Stopped(error),
        };
        let owner = Owner { account, keys };
        match self.unsettled(&owner) {
            Ok(entries) if turns(&entries).into_iter().all(|entry| self.heeded.holds(entry)) => {
                return End::Idle;
            }
            Ok(_) => {}
            Err(error) => return End::Stopped(error),
        }
        if self.session.link().is_offline() {
            return End::ToldOffline;
        }
        // Before a write is claimed for a network that is not there.
        let reached = match look {
            Look::Probe => self.session.link().reach().await,
            Look::AsSeen => self.session.link().reached(),
        };
        if let Err(failure) = reached {
            return match self.pause_of(failure.into()) {
                Pause::Busy(wait, error) => End::Busy(wait, error),
                Pause::Stopped(error) => End::Stopped(error),
                Pause::Offline(error) | Pause::Server(error) => End::Offline(error),
                Pause::LeaseLost => End::Idle,
            };
        }
        let _busy = handle.busy();
        // With the process lock, whoever had the lease before is known to be dead; without it, it may be stopped.
        let lock = ProcessLock::sending(&self.data_dir, owner.account.id()).try_acquire();
        let guard = match lock {
            Ok(guard) => guard,
            Err(error) => return End::Stopped(error.into()),
        };
        let taker = Taker {
            name: &self.holder,
            locked: guard.is_some(),
        };
        let end = match self.send_all(&owner, taker).await {
            Ok(End::Offline(error)) => End::CutOff(error),
            Ok(end) => end,
            Err(error) => End::Stopped(error),
        };
        self.give_back();
        end
    }

    /// Gives the right to send back, if it is had: the next process need not wait until it runs out.
    pub(crate) fn give_back(&self) {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(lease) = held
            && let Err(error) = self.durable.release_lease(&lease)
        {
            tracing::warn!(%error, "the right to send could not be given back; it runs out by itself");
        }
    }

    /// Takes turn after turn until nothing more can be done now.
    async fn send_all(&self, owner: &Owner, taker: Taker<'_>) -> Result<End> {
        let mut ill = 0;
        let mut last_fault = None;
        let mut cut_off: Option<CutOff> = None;
        loop {
            // What comes next must wait; not only until it is claimed, but also what is asked before.
            if self.signals.is_paused() {
                return Ok(End::Idle);
            }
            let now = self.now();
            let mut lease =
                match self
                    .durable
                    .take_lease(owner.account.id(), Purpose::Send, taker, &now.boot, LEASE)?
                {
                    Ok(lease) => {
                        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(lease.clone());
                        lease
                    }
                    Err(left) => return Ok(End::Elsewhere(left)),
                };
            let entries = self.unsettled(owner)?;
            if self.recover(owner, &lease, &entries)? {
                continue;
            }
            let dialect = match self.session.link().dialect().await {
                Ok(dialect) => dialect,
                Err(error @ Error::Busy { until }) => return Ok(End::Busy(self.left(until), error)),
                Err(error) => return Ok(End::Offline(error)),
            };
            let known = Known {
                dialect,
                cut_off: cut_off.take().filter(|cut_off| !cut_off.is_over(&now)),
            };
            let (entry, step) = match self.next(&entries, &known, &now) {
                Next::Now(entry, step) => (entry, step),
                Next::Later(soonest) => {
                    return Ok(match (known.cut_off, soonest) {
                        (Some(cut_off), _) => End::Offline(cut_off.error),
                        (None, Some(wait)) => End::Later(wait, last_fault),
                        (None, None) => End::Idle,
                    });
                }
            };
            let pause = self.act(owner, &mut lease, entry, step, &known).await?;
            cut_off = known.cut_off;
            match pause {
                None => {}
                // The next one tells whether it was only this.
                Some(Pause::Offline(error)) if cut_off.is_none() && was_cut_off(&error) => {
                    cut_off = Some(CutOff {
                        seq: entry.row.seq,
                        error,
                        at: self.now().boot.elapsed,
                    });
                }
                Some(Pause::Offline(error)) => return Ok(End::Offline(error)),
                Some(Pause::Busy(wait, error)) => return Ok(End::Busy(wait, error)),
                Some(Pause::Stopped(error)) => return Ok(End::Stopped(error)),
                Some(Pause::LeaseLost) => return Ok(End::Elsewhere(LEASE)),
                Some(Pause::Server(error)) => {
                    let Some(wait) = self.put_off(owner, &lease, entry)? else {
                        return Ok(End::Elsewhere(LEASE));
                    };
                    ill += 1;
                    if ill >= ILL {
                        return Ok(End::Later(wait, Some(error)));
                    }
                    last_fault = Some(error);
                }
            }
        }
    }

    /// What comes next, of what nothing here holds back.
    pub(super) fn next<'a>(&self, entries: &'a [Entry], known: &Known, now: &Now) -> Next<'a> {
        let is_held = |entry: &Entry| self.heeded.holds(entry);
        next(entries, known.cut_off.as_ref(), is_held, &known.dialect, now)
    }

    pub(super) fn unsettled(&self, owner: &Owner) -> Result<Vec<Entry>> {
        let rows = self.durable.outbox_since(owner.account.id(), i64::MAX)?;
        Ok(self.ledger(owner).open_all(rows))
    }

    /// What a process that is gone was sending may have been applied. True if there was such a write.
    fn recover(&self, owner: &Owner, lease: &Lease, entries: &[Entry]) -> Result<bool> {
        let mut any = false;
        for entry in entries.iter().filter(|entry| entry.state() == ItemState::Sending) {
            tracing::info!(
                item = entry.row.seq,
                "a write was interrupted; finding out what became of it"
            );
            any |= self.note(owner, lease, entry, Event::Lost, None)?.is_some();
        }
        Ok(any)
    }

    /// After a server's failure: not again before a while. `None`: the right to send is another's by now.
    fn put_off(&self, owner: &Owner, lease: &Lease, entry: &Entry) -> Result<Option<Duration>> {
        let now = self.now();
        let failures = entry.row.progress.failures + 1;
        let wait = wait_after(failures, AGAIN_FIRST, AGAIN_CEILING, &*self.ports.random);
        let holds = self.durable.outbox(owner.account.id(), |tx| -> Result<bool> {
            if !tx.holds(lease, &now.boot)? {
                return Ok(false);
            }
            if let Some(mut row) = tx.item(entry.row.seq)? {
                row.progress.failures = failures;
                row.progress.retry = Some(now.after(wait));
                tx.save(row.seq, &row.progress, now.wall)?;
            }
            Ok(true)
        })?;
        if !holds {
            return Ok(None);
        }
        let millis = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        self.decided(entry.row.seq, OutboxEvent::PutOff { millis });
        Ok(Some(wait))
    }

    pub(super) fn left(&self, until: jiff::Timestamp) -> Duration {
        Duration::try_from(until.duration_since(self.ports.clock.wall())).unwrap_or_default()
    }
}

/// Whether there was a connection, and then no answer.
fn was_cut_off(error: &Error) -> bool {
    matches!(
        error,
        Error::Offline {
            why: OfflineReason::Interrupted | OfflineReason::TimedOut,
            ..
        }
    )
}

fn rest(of: u64, end: &End) -> Rest {
    let (waits, why) = match end {
        End::Idle => (false, None),
        End::ToldOffline => (
            false,
            Some(Error::Offline {
                why: OfflineReason::ByRequest,
                reason: "working offline, as asked".to_owned(),
            }),
        ),
        End::Offline(error) | End::CutOff(error) | End::Busy(_, error) | End::Stopped(error) => {
            (false, Some(error.clone()))
        }
        End::Later(_, why) => (true, why.clone()),
        End::Elsewhere(_) => (true, None),
    };
    Rest { of, waits, why }
}
