//! What a process does of itself: calls, and what it takes over when a refresh has ended.

use super::super::super::tokens::Life;
use super::super::need::{Refused, after_refusal};
use super::super::{Done, Goal, Run};
use super::Fault;
use super::server::Route;
use super::world::{Active, Check, Held, World, broken};

impl World<'_> {
    pub(super) fn finish(&mut self, n: usize, active: &Active, done: Done) -> Check {
        // Nobody else has it, and the one on disk died by it.
        if active.changed && done != Done::Granted && self.disk.newest.is_some() {
            return broken("the pair that a changed password brought was thrown away");
        }
        let found = active.seen.as_ref();
        match done {
            Done::Granted => self.processes[n].memory = self.disk_copy(active.run.generation() + 1),
            Done::Found if !self.has(Fault::NewerNotAdopted) => {
                self.processes[n].memory =
                    found.map(|(newest, _, on_disk)| (newest.clone(), on_disk.pair.proven));
            }
            Done::Gone | Done::Ended => self.processes[n].memory = None,
            Done::Found | Done::Failed | Done::Busy => {}
            Done::Misled => return broken("a run went astray"),
        }
        // A lease that was lost to another leaves the operating system's lock.
        if self.locked == Some(n) {
            self.locked = None;
        }
        Ok(())
    }

    pub(super) fn disk_copy(&self, generation: i64) -> Option<(Held, bool)> {
        let newest = self.disk.newest.clone()?;
        (newest.generation == generation).then_some((newest, self.disk.proven))
    }

    /// A call of a process that does nothing else; true if it succeeded.
    pub(super) fn call(&mut self, n: usize) -> Result<bool, String> {
        if self.processes[n].stopped > self.now || self.processes[n].active.is_some() {
            return Ok(false);
        }
        if self.processes[n].memory.is_none() {
            let newest = self.disk.newest.clone();
            self.processes[n].memory = newest.map(|newest| (newest, self.disk.proven));
        }
        let Some((held, proven)) = self.processes[n].memory.clone() else {
            return Ok(false);
        };
        let (boot, told) = (self.boot_time(), Some(self.server_time()));
        // Whether an answer of this boot has told the server's time is up to chance.
        let told = told.filter(|_| !self.rough || self.below(2) == 0);
        match held.tokens.life(&boot, told) {
            Life::Good => {}
            Life::Ageing if self.below(2) == 0 => {}
            Life::Ageing | Life::Over => {
                let guard = self.disk.guard.as_ref().filter(|_| !proven);
                if guard
                    .and_then(|guard| guard.holds(held.generation, &boot))
                    .is_none()
                {
                    self.begin(n, Goal::Renew, held.generation);
                }
                return Ok(false);
            }
        }
        if self.server.down || self.one_in(10) {
            return Ok(false);
        }
        if !self.durable.contains(&held.grant.id) {
            return Err("a pair was used before it was on disk".to_owned());
        }
        if self.counts.told {
            println!("{} p{n} uses {:?}", self.now, held.grant);
        }
        let route = if self.below(2) == 0 {
            Route::Picky
        } else {
            Route::Other
        };
        if self.server.access(&held.grant, route, self.now) {
            self.prove(n, &held);
            return Ok(true);
        }
        let young = held.tokens.is_young(&boot, Some(self.server_time()));
        match after_refusal(self.disk.guard.as_ref(), held.generation, young, &boot) {
            Refused::Refresh => self.begin(n, Goal::Renew, held.generation),
            Refused::Held(_) => {}
            Refused::PutUp(guard) => {
                let newest = self.disk.newest.as_ref().map(|newest| newest.generation);
                if newest == Some(guard.generation) {
                    self.disk.guard = Some(guard);
                }
                self.begin(n, Goal::Renew, held.generation);
            }
        }
        Ok(false)
    }

    /// A person at this process changes the password, if the server can.
    pub(super) fn change_password(&mut self, n: usize) -> Result<bool, String> {
        let is_free = self.processes[n].stopped <= self.now && self.processes[n].active.is_none();
        let generation = self.processes[n].memory.as_ref().map(|(held, _)| held.generation);
        match generation.filter(|_| is_free && self.server.rotates) {
            Some(generation) => {
                self.incidents += 1;
                self.begin(n, Goal::Replace, generation);
                Ok(true)
            }
            None => self.call(n),
        }
    }

    fn begin(&mut self, n: usize, goal: Goal, generation: i64) {
        if goal == Goal::Renew {
            self.needs.insert(generation);
        }
        let as_if = if self.has(Fault::FoundIsEnough) {
            Goal::Renew
        } else {
            goal
        };
        let (run, action) = Run::begin(as_if, generation);
        self.processes[n].active = Some(Active {
            run,
            goal,
            password: self.server.password(),
            changed: false,
            action,
            lease: None,
            seen: None,
            granted: None,
            flying: None,
            until: self.now,
            unknown_after_not_applied: false,
        });
    }

    pub(super) fn prove(&mut self, n: usize, held: &Held) {
        if let Some((_, proven)) = &mut self.processes[n].memory {
            *proven = true;
        }
        let newest = self.disk.newest.as_ref().map(|newest| newest.generation);
        if newest == Some(held.generation) {
            (self.disk.proven, self.disk.previous) = (true, None);
            if self.has(Fault::GuardFallsBySuccess) {
                self.disk.guard = None;
            }
            self.kept = None;
        }
    }
}
