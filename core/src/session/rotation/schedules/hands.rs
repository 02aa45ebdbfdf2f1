//! What a process does when its run asks for it: the hands, and what comes of it.

use super::super::machine::{Event, Pair};
use super::super::{Action, Came, Goal, Input, LEASE, OnDisk, Run};
use super::Fault;
use super::world::{Active, Check, World, broken};
use crate::ports::BootTime;
use crate::store::{Journal, Lease, LeaseRow, Purpose, Spends, Taker, Written, admit};

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
            3
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
        self.counts.note_run(active.goal, stage, input);
        let before = active.run;
        (active.run, active.action) = active.run.step(input);
        if self.has(Fault::ChangedTwice) && input == Input::Written(Written::LeaseLost) && active.changed {
            (active.run, active.action) = Run::begin(Goal::Replace, active.run.generation());
        }
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
        if self.disk.newest.is_none() {
            return Input::Disk(None);
        }
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
