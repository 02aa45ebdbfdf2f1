//! What a process does when its run asks for it: the hands, and what comes of it.

use super::super::super::link::Failure;
use super::super::machine::{Event, Pair};
use super::super::{Action, Came, Input, LEASE, OnDisk, REQUEST, Run, came_of};
use super::Fault;
use super::server::Said;
use super::world::{Active, Check, Flight, Try, World, broken};
use crate::api::{ApiError, RefreshRefusal};
use crate::error::{OfflineReason, SignInReason};
use crate::ports::BootTime;
use crate::store::{Journal, Lease, LeaseRow, Purpose, Spends, Taker, Written, admit};
use crate::transport::{Fault as Cause, TransportError};

impl World<'_> {
    /// One step of one process. False if it has nothing to do.
    pub(super) fn step(&mut self, n: usize) -> Result<bool, String> {
        if self.processes[n].stopped > self.now {
            return Ok(false);
        }
        let Some(mut active) = self.processes[n].active.take() else {
            return Ok(false);
        };
        if active.until > self.now {
            self.processes[n].active = Some(active);
            return Ok(false);
        }
        // Between an answer and its being written down more can happen than elsewhere.
        let often = if matches!(active.run.stage_name(), "saving" | "ending") {
            5
        } else {
            30
        };
        if self.one_in(often) {
            self.processes[n].stopped = self.now + self.below(150_000);
            self.incidents += 1;
            self.processes[n].active = Some(active);
            return Ok(true);
        }
        let Some(input) = self.act(n, &mut active)? else {
            self.processes[n].active = Some(active);
            return Ok(true);
        };
        let (stage, journal) = (active.run.stage_name(), active.run.journal());
        if self.counts.told {
            println!(
                "{} p{n} {stage} {input:?}; disk {:?}",
                self.now, self.disk.journal
            );
        }
        self.counts.note_run(stage, input);
        let before = active.run;
        (active.run, active.action) = active.run.step(input);
        self.note_event(&before, journal, input, &active);
        if let Action::Done(done) = active.action {
            self.finish(n, &active, done)?;
        } else {
            if let Action::Wait(wait) = active.action {
                // A busy device wakes it late.
                active.until = self.now + u64::try_from(wait.as_millis()).unwrap() * 40 + 1;
            }
            self.processes[n].active = Some(active);
        }
        self.look_over()?;
        Ok(true)
    }

    fn note_event(&mut self, before: &Run, journal: Journal, input: Input, after: &Active) {
        let event = match input {
            Input::Came(Came::Granted) => Event::Granted,
            Input::Came(Came::NotApplied) => Event::NotApplied,
            Input::Came(Came::Lost) => Event::Lost,
            Input::Came(Came::Refused) => Event::Refused,
            Input::Disk(Some(disk)) if matches!(after.action, Action::Write(_)) => {
                self.counts.note(disk.journal, Event::Begin);
                return;
            }
            _ => return,
        };
        if before.stage_name() == "sending" {
            self.counts.note(journal, event);
        }
    }

    /// Does what the run asks for. `None`: it takes longer.
    fn act(&mut self, n: usize, active: &mut Active) -> Result<Option<Input>, String> {
        let seen = active.run.generation();
        let fence = active.lease.as_ref().map_or(0, |lease| lease.fence);
        Ok(Some(match active.action {
            Action::TakeLease => self.take_lease(n, active),
            Action::Look => {
                active.seen = self.disk.newest.clone().map(|newest| {
                    let on_disk = OnDisk {
                        generation: newest.generation,
                        pair: Pair {
                            proven: self.disk.proven,
                            has_previous: self.disk.previous.is_some(),
                        },
                        journal: self.disk.journal,
                    };
                    (newest, self.disk.previous.clone(), on_disk)
                });
                Input::Disk(active.seen.as_ref().map(|(_, _, on_disk)| *on_disk))
            }
            Action::Wait(_) => Input::Waited,
            Action::Write(journal) => {
                let written = self.admit(fence, seen);
                if written == Written::Done {
                    let intends = matches!(journal, Journal::Intended { .. });
                    if active.unknown_after_not_applied && self.has(Fault::DoubtForgotten) {
                        self.disk.journal = Journal::Clear;
                    } else if !(intends && self.has(Fault::IntentNotWritten)) {
                        self.disk.journal = journal;
                    }
                }
                Input::Written(written)
            }
            Action::Send(spends) => match self.send(active, spends)? {
                Some(came) => {
                    active.unknown_after_not_applied = came == Came::NotApplied;
                    Input::Came(came)
                }
                None => return Ok(None),
            },
            Action::Save(spent) => Input::Written(self.save(n, active, spent)?),
            Action::End => {
                let written = self.admit(fence, seen);
                if written == Written::Done {
                    self.end()?;
                }
                Input::Written(written)
            }
            Action::Release => {
                if let (Some(row), Some(lease)) = (&mut self.disk.lease, active.lease.take())
                    && row.fence == lease.fence
                    && row.holder.as_deref() == Some(&lease.holder)
                {
                    (row.holder, row.expires_ms) = (None, None);
                }
                if self.locked == Some(n) {
                    self.locked = None;
                }
                Input::Released
            }
            Action::Done(_) => return Err("went on after its end".to_owned()),
        }))
    }

    fn admit(&self, fence: i64, seen: i64) -> Written {
        let newest = self.disk.newest.as_ref().map(|held| held.generation);
        match admit(self.disk.lease.as_ref().map(|row| row.fence), fence, newest, seen) {
            Written::LeaseLost if self.has(Fault::NoFenceCheck) => Written::Done,
            written => written,
        }
    }

    fn take_lease(&mut self, n: usize, active: &mut Active) -> Input {
        if self.locked.is_none() {
            self.locked = Some(n);
        }
        let taker = Taker {
            name: &self.processes[n].name,
            locked: self.locked == Some(n),
        };
        let now = self.boot_time();
        let taken = match LeaseRow::taken(self.disk.lease.as_ref(), taker, &now, LEASE) {
            Err(_) if self.has(Fault::LeaseIgnored) => Ok(self.disk.lease.clone().unwrap()),
            taken => taken,
        };
        match taken {
            Ok(row) => {
                let before = self.disk.lease.as_ref();
                if before.is_some_and(|before| before.holder.is_some() && before.fence != row.fence) {
                    // Taken over from one who is slow, stopped or dead.
                    self.incidents += 1;
                }
                active.lease = Some(Lease {
                    account: self.account.clone(),
                    purpose: Purpose::Refresh,
                    holder: row.holder.clone().unwrap_or_default(),
                    fence: row.fence,
                    expires: BootTime {
                        elapsed: now.elapsed + LEASE,
                        ..now
                    },
                });
                self.disk.lease = Some(row);
                Input::Lease(None)
            }
            Err(left) => Input::Lease(Some(left)),
        }
    }

    fn send(&mut self, active: &mut Active, spends: Spends) -> Result<Option<Came>, String> {
        let Some(flight) = active.flying.take() else {
            return self.let_go(active, spends);
        };
        let lost = |applied| {
            let why = Cause::Offline(OfflineReason::Interrupted);
            Failure::Transport(TransportError::after(why, None, applied))
        };
        let fence = flight.fence;
        // A process that was stopped finds its time-out first.
        if self.now > flight.due {
            self.incidents += 1;
            self.abandon(flight);
            return Ok(Some(self.judge(&lost(true), fence)));
        }
        let failure = match if self.rough { self.below(12) } else { 11 } {
            0 => lost(false),
            1 => lost(true),
            2 => {
                self.arrive(&flight)?;
                lost(true)
            }
            3 => {
                self.abandon(flight);
                lost(true)
            }
            4 => weather([403, 404, 422, 401][usize::try_from(self.below(4)).unwrap()]),
            5 => {
                if self.below(2) == 0 {
                    self.arrive(&flight)?;
                }
                weather([500, 502, 504][usize::try_from(self.below(3)).unwrap()])
            }
            _ if self.server.down => weather(401),
            _ => match self.arrive(&flight)? {
                Said::Granted(grant) => {
                    active.granted = Some((grant, self.boot_time()));
                    self.open_of(fence, false);
                    return Ok(Some(Came::Granted));
                }
                Said::No | Said::Reused => Failure::Api(ApiError::RefreshRefused {
                    refusal: RefreshRefusal::Definite(SignInReason::SessionExpired),
                    after_unknown: false,
                    request_id: None,
                }),
            },
        };
        self.incidents += 1;
        Ok(Some(self.judge(&failure, fence)))
    }

    /// The look at the lease, and then the request is on its way.
    fn let_go(&mut self, active: &mut Active, spends: Spends) -> Result<Option<Came>, String> {
        let now = self.boot_time();
        let Some(lease) = active.lease.clone() else {
            return Err("sent without a lease".to_owned());
        };
        let row = self.disk.lease.as_ref();
        let granted = row.is_some_and(|row| row.is_had_as(&lease, &now));
        if !granted && !self.has(Fault::NoPermit) {
            return Ok(Some(came_of(&Failure::Transport(TransportError::unsent(
                Cause::Withheld,
            )))));
        }
        let Some((newest, previous, _)) = &active.seen else {
            return Err("sent without a look".to_owned());
        };
        let token = match spends {
            Spends::Newest => newest.grant,
            Spends::Previous => match previous {
                Some(previous) => previous.grant,
                None => return Err("the pair before it is gone".to_owned()),
            },
        };
        if self
            .open
            .iter()
            .any(|open| open.fence == lease.fence && open.awaited)
        {
            return Err("two requests at once under one fence".to_owned());
        }
        self.requests += 1;
        self.open.push(Try {
            fence: lease.fence,
            token: token.id,
            awaited: true,
        });
        active.flying = Some(Flight {
            token,
            fence: lease.fence,
            permitted: granted,
            late: false,
            due: self.now + u64::try_from(REQUEST.as_millis()).unwrap(),
        });
        let most = if self.rough { 30_000 } else { 50 };
        active.until = self.now + self.below(most);
        Ok(None)
    }

    fn judge(&mut self, failure: &Failure, fence: i64) -> Came {
        let came = match came_of(failure) {
            Came::NotApplied if self.has(Fault::WeatherIsDefinite) => Came::Refused,
            Came::Lost if self.has(Fault::LostIsNotApplied) => {
                self.open_of(fence, false);
                return Came::NotApplied;
            }
            came => came,
        };
        match came {
            // It came to nothing, and that is known.
            Came::NotApplied | Came::Refused | Came::Withheld => {
                let at = self
                    .open
                    .iter()
                    .position(|open| open.fence == fence && open.awaited);
                let settled = at.map(|at| self.open.swap_remove(at));
                if let Some(settled) = settled.filter(|_| came == Came::Refused) {
                    // Whatever became of earlier tries with this token: it is dead.
                    self.open
                        .retain(|open| open.fence > fence || open.token != settled.token);
                }
            }
            Came::Lost | Came::Granted => self.open_of(fence, false),
        }
        came
    }

    /// The try under this fence is no longer awaited.
    pub(super) fn open_of(&mut self, fence: i64, awaited: bool) {
        if let Some(open) = self
            .open
            .iter_mut()
            .find(|open| open.fence == fence && open.awaited)
        {
            open.awaited = awaited;
        }
    }

    fn save(&mut self, n: usize, active: &mut Active, spent: Spends) -> Result<Written, String> {
        let seen = active.run.generation();
        let fence = active.lease.as_ref().map_or(0, |lease| lease.fence);
        let Some((grant, asked_at)) = active.granted.clone() else {
            return Err("saved without a grant".to_owned());
        };
        let held = self.held(seen + 1, grant, &asked_at);
        if self.has(Fault::UsedBeforeSaved) && self.one_in(2) {
            self.processes[n].memory = Some((held.clone(), false));
            self.call(n)?;
        }
        let written = self.admit(fence, seen);
        if written != Written::Done {
            return Ok(written);
        }
        if self.saved.insert(seen + 1, grant.id).is_some() {
            return Err("two pairs under one generation".to_owned());
        }
        let before = match spent {
            Spends::Newest => self.disk.newest.take(),
            Spends::Previous => self.disk.previous.take(),
        };
        self.kept = before.as_ref().map(|held| held.grant);
        self.disk.previous = before.filter(|_| !self.has(Fault::PreviousDroppedEarly));
        self.disk.newest = Some(held);
        (self.disk.proven, self.disk.journal) = (false, Journal::Clear);
        if self.one_in(3) {
            self.server.restore(&grant);
        }
        self.durable.insert(grant.id);
        self.stirred = false;
        // What was sent under an older fence is the window's.
        self.open
            .retain(|open| open.fence > fence || (open.fence == fence && open.awaited));
        Ok(written)
    }

    /// The session ends on disk: the server must refuse all that is, or should be, there.
    fn end(&mut self) -> Check {
        let held = [
            self.disk.newest.as_ref().map(|held| held.grant),
            self.kept.filter(|_| !self.disk.proven),
        ];
        if held
            .iter()
            .flatten()
            .any(|token| !self.refused.contains(&token.id))
        {
            return broken("a session ended although the server did not refuse all there was");
        }
        (self.disk.newest, self.disk.previous, self.disk.journal) = (None, None, Journal::Clear);
        self.open.clear();
        Ok(())
    }
}

fn weather(status: u16) -> Failure {
    Failure::Api(ApiError::RefreshRefused {
        refusal: RefreshRefusal::Weather { status },
        after_unknown: false,
        request_id: None,
    })
}
