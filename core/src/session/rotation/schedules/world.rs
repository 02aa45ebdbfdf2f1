//! Processes that share a disk and a server, and everything that happens to them. What a process decides, it decides by the
//! functions under test; the rest is its hands.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::super::super::tokens::Tokens;
use super::super::{Action, Goal, OnDisk, Run};
use super::server::{ACCESS, Grant, Refuses, Said, Server, Time};
use super::{Counts, Fault};
use crate::ports::BootTime;
use crate::store::{AccountId, Guard, Journal, Lease, LeaseRow};

/// A pair with its generation here.
#[derive(Clone)]
pub(super) struct Held {
    pub(super) generation: i64,
    pub(super) grant: Grant,
    pub(super) tokens: Tokens,
}

/// What all processes share and no crash takes.
pub(super) struct Disk {
    pub(super) newest: Option<Held>,
    pub(super) previous: Option<Held>,
    pub(super) proven: bool,
    pub(super) journal: Journal,
    pub(super) lease: Option<LeaseRow>,
    pub(super) guard: Option<Guard>,
}

/// A request on its way.
#[derive(Debug, Clone)]
pub(super) struct Flight {
    pub(super) token: Grant,
    /// A change of this password, not a refresh.
    pub(super) change: Option<u32>,
    pub(super) fence: i64,
    /// The lease was its sender's when it was let go.
    pub(super) permitted: bool,
    /// Its sender has given up on it.
    pub(super) late: bool,
    /// An earlier try of the same request may have been applied.
    pub(super) unknown: bool,
    pub(super) due: Time,
}

/// A try that may have been applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Try {
    pub(super) fence: i64,
    pub(super) token: usize,
    /// Its sender still waits for its answer.
    pub(super) awaited: bool,
}

pub(super) struct Active {
    pub(super) run: Run,
    pub(super) goal: Goal,
    /// The password that the person knows.
    pub(super) password: u32,
    /// The password was changed, and the pair that came of it is in hand.
    pub(super) changed: bool,
    pub(super) action: Action,
    pub(super) lease: Option<Lease>,
    pub(super) seen: Option<(Held, Option<Held>, OnDisk)>,
    pub(super) granted: Option<(Grant, BootTime)>,
    /// The permit was given, and the request has not arrived yet.
    pub(super) flying: Option<Flight>,
    pub(super) until: Time,
    pub(super) unknown_after_not_applied: bool,
}

pub(super) struct Process {
    pub(super) name: String,
    pub(super) memory: Option<(Held, bool)>,
    pub(super) active: Option<Active>,
    /// Stopped until then.
    pub(super) stopped: Time,
}

/// All of it.
pub(super) struct World<'a> {
    pub(super) seed: u64,
    pub(super) fault: Option<Fault>,
    pub(super) counts: &'a mut Counts,
    pub(super) now: Time,
    pub(super) boot: u32,
    pub(super) booted: Time,
    pub(super) server: Server,
    pub(super) disk: Disk,
    pub(super) account: AccountId,
    pub(super) processes: Vec<Process>,
    /// Who has the operating system's lock.
    pub(super) locked: Option<usize>,
    pub(super) late: Vec<Flight>,
    pub(super) rough: bool,
    // What the truth is.
    pub(super) durable: BTreeSet<usize>,
    pub(super) kept: Option<Grant>,
    /// What the server has refused for good.
    pub(super) refused: BTreeSet<usize>,
    /// Tries that may have been, or may yet be, applied.
    pub(super) open: Vec<Try>,
    pub(super) needs: BTreeSet<i64>,
    pub(super) requests: usize,
    pub(super) incidents: usize,
    pub(super) window: bool,
    pub(super) stirred: bool,
    /// The server has changed its key after it had refused a token for good: it may accept now what it refused.
    pub(super) fickle: bool,
    pub(super) saved: BTreeMap<i64, usize>,
    /// Since when, requests and incidents until then.
    pub(super) refusing: Option<(Time, usize, usize)>,
}

pub(super) type Check = Result<(), String>;

pub(super) fn broken(what: &str) -> Check {
    Err(what.to_owned())
}

impl<'a> World<'a> {
    pub(super) fn new(seed: u64, rotates: bool, fault: Option<Fault>, counts: &'a mut Counts) -> Self {
        let mut server = Server::new(rotates);
        let account = AccountId::parse(&format!("{:032x}", 1)).unwrap();
        let now = 1_000_000;
        let grant = server.sign_in(now);
        let mut world = Self {
            seed: seed.wrapping_mul(2).wrapping_add(u64::from(rotates)),
            fault,
            counts,
            now,
            boot: 1,
            booted: 0,
            server,
            disk: Disk {
                newest: None,
                previous: None,
                proven: true,
                journal: Journal::Clear,
                lease: None,
                guard: None,
            },
            account,
            processes: Vec::new(),
            locked: None,
            late: Vec::new(),
            rough: true,
            durable: BTreeSet::from([grant.id]),
            kept: None,
            refused: BTreeSet::new(),
            open: Vec::new(),
            needs: BTreeSet::new(),
            requests: 0,
            incidents: 0,
            window: false,
            stirred: false,
            fickle: false,
            saved: BTreeMap::new(),
            refusing: None,
        };
        world.disk.newest = Some(world.held(1, grant, &world.boot_time()));
        let count = 2 + world.below(2);
        for n in 0..count {
            world.processes.push(Process {
                name: format!("p{n}"),
                memory: None,
                active: None,
                stopped: 0,
            });
        }
        world
    }

    pub(super) fn below(&mut self, bound: u64) -> u64 {
        // splitmix64
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }

    pub(super) fn one_in(&mut self, count: u64) -> bool {
        self.rough && self.below(count) == 0
    }

    pub(super) fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }

    pub(super) fn count(&self) -> usize {
        self.processes.len()
    }

    pub(super) fn boot_time(&self) -> BootTime {
        BootTime {
            boot_id: self.boot.to_string(),
            elapsed: Duration::from_millis(self.now - self.booted),
        }
    }

    /// The server's time, which an answer of this boot has told.
    pub(super) fn server_time(&self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(i64::try_from(self.now).unwrap()).unwrap()
    }

    pub(super) fn held(&self, generation: i64, grant: Grant, asked_at: &BootTime) -> Held {
        let ahead = Duration::from_millis(ACCESS);
        Held {
            generation,
            grant,
            tokens: Tokens::of_test(ahead, asked_at, self.server_time()),
        }
    }

    // What happens to the world.

    pub(super) fn pass(&mut self, time: Time) -> Check {
        self.now += time;
        let now = self.now;
        let (due, later): (Vec<_>, Vec<_>) = std::mem::take(&mut self.late)
            .into_iter()
            .partition(|flight| flight.due <= now);
        self.late = later;
        for flight in due {
            self.arrive(&flight)?;
        }
        Ok(())
    }

    pub(super) fn drain(&mut self) -> Check {
        for flight in std::mem::take(&mut self.late) {
            self.arrive(&flight)?;
        }
        Ok(())
    }

    pub(super) fn crash(&mut self, n: usize) {
        if self.counts.told {
            println!("{} p{n} dies", self.now);
        }
        self.incidents += 1;
        let process = &mut self.processes[n];
        (process.memory, process.stopped) = (None, 0);
        // A new process draws a new name.
        process.name.push('\'');
        if let Some(active) = process.active.take()
            && let Some(flight) = active.flying
        {
            self.open_of(flight.fence, false);
            // What it has written to the socket may still come.
            self.abandon(flight);
        }
        if self.locked == Some(n) {
            self.locked = None;
        }
        if self.has(Fault::UnknownForgottenAtRestart) {
            self.disk.journal = Journal::Clear;
        }
    }

    pub(super) fn reboot(&mut self) {
        for n in 0..self.count() {
            self.crash(n);
        }
        self.boot += 1;
        self.booted = self.now;
    }

    pub(super) fn stop(&mut self, n: usize) {
        self.incidents += 1;
        let long = self.below(200_000);
        self.processes[n].stopped = self.now + long;
    }

    pub(super) fn wake_all(&mut self) {
        for process in &mut self.processes {
            process.stopped = 0;
        }
    }

    pub(super) fn trouble(&mut self) -> Check {
        self.incidents += 1;
        let happens = self.below(5);
        self.fickle |= matches!(happens, 3 | 4) && !self.refused.is_empty();
        match happens {
            0 => self.server.down = !self.server.down,
            3 => self.server.change_key(self.disk.newest.is_none()),
            4 if !self.disk.proven => self.server.change_key(true),
            1 => {
                let one = self.below(2) == 0;
                let refuses = match self.server.refuses {
                    Refuses::Nothing if one => Refuses::OneRoute,
                    Refuses::Nothing => Refuses::Everything,
                    _ => Refuses::Nothing,
                };
                return self.refuse(refuses);
            }
            _ => {}
        }
        Ok(())
    }

    /// The server begins, or ends, to refuse what it grants; it must not have been asked all the while.
    pub(super) fn refuse(&mut self, refuses: Refuses) -> Check {
        if let Some((since, before, incidents)) = self.refusing.take() {
            let seconds = (self.now - since) / 1000;
            // At worst a row that is forgotten again and again: seven refreshes in 127 s, and 600 s after the last wait.
            let waits = u64::from((seconds + 1).ilog2()) + seconds / 90;
            let most = usize::try_from(3 + waits).unwrap() + (self.incidents - incidents);
            if self.requests > before + most {
                return broken("a server that refuses what it grants was asked again and again");
            }
        }
        self.server.refuses = refuses;
        self.refusing = (refuses != Refuses::Nothing).then_some((self.now, self.requests, self.incidents));
        Ok(())
    }

    pub(super) fn abandon(&mut self, mut flight: Flight) {
        (flight.late, flight.due) = (true, self.now + self.below_quietly(120_000));
        self.late.push(flight);
    }

    pub(super) fn below_quietly(&mut self, bound: u64) -> u64 {
        if self.rough { self.below(bound) } else { 0 }
    }

    /// A request comes to the server.
    pub(super) fn arrive(&mut self, flight: &Flight) -> Result<Said, String> {
        let fence = self.disk.lease.as_ref().map_or(0, |row| row.fence);
        let through_window = flight.permitted && (flight.late || flight.fence != fence);
        let said = match flight.change {
            None => self.server.refresh(&flight.token, self.now),
            Some(password) => self
                .server
                .change_password(&flight.token, password, self.now)
                .map_or(Said::Wrong, Said::Granted),
        };
        if self.counts.told {
            println!("{} server: {flight:?} {said:?}", self.now);
        }
        if matches!(said, Said::No | Said::Reused) {
            self.refused.insert(flight.token.id);
        }
        // What came through the window without harm can do some by its answer, which nobody has.
        self.stirred |= through_window && matches!(said, Said::Granted(_));
        if said == Said::Reused {
            if !through_window && !self.stirred && !self.fickle {
                return Err("a token was used after its successor, and not through the window".to_owned());
            }
            self.window = true;
        }
        Ok(said)
    }

    /// What must be true at all times.
    pub(super) fn look_over(&self) -> Check {
        let is_open = matches!(
            self.disk.journal,
            Journal::Intended { .. } | Journal::Unknown { .. }
        );
        if self.disk.newest.is_some() && !self.open.is_empty() && !is_open {
            return broken("a try that may have been applied was forgotten");
        }
        if self.requests > self.needs.len() + self.incidents {
            return broken("more requests than expiries, losses and crashes");
        }
        Ok(())
    }

    /// Whether nothing on disk can be renewed any more.
    pub(super) fn is_dead(&self) -> bool {
        let held = [
            self.disk.newest.as_ref().map(|held| held.grant),
            self.kept.filter(|_| !self.disk.proven),
        ];
        !held
            .iter()
            .flatten()
            .any(|token| self.server.would_grant(token, self.now))
    }

    pub(super) fn has_ended(&self) -> bool {
        self.disk.newest.is_none()
    }

    pub(super) fn is_busy(&self, n: usize) -> bool {
        self.processes[n].active.is_some()
    }

    /// Until when a process waits.
    pub(super) fn until(&self, n: usize) -> Time {
        let active = self.processes[n].active.as_ref();
        active.map_or(self.now, |active| active.until)
    }
}
