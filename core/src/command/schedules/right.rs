//! The right to send, as the processes have it: one at a time, by lease and by the operating system's lock.

use std::time::Duration;

use super::super::sender::LEASE;
use super::Fault;
use super::world::World;
use crate::ports::BootTime;
use crate::store::{Lease, LeaseRow, Purpose, Taker};

impl World<'_> {
    pub(super) fn take_lease(&mut self, n: usize) -> Result<Lease, Duration> {
        if self.locked.is_none() {
            self.locked = Some(n);
        }
        let taker = Taker {
            name: &self.processes[n].name,
            locked: self.locked == Some(n),
        };
        let now = self.boot_time();
        let taken = match LeaseRow::taken(self.lease.as_ref(), taker, &now, LEASE) {
            Err(_) if self.has(Fault::LeaseIgnored) => Ok(self.lease.clone().unwrap()),
            taken => taken,
        };
        let row = match taken {
            Ok(row) => row,
            Err(left) => {
                self.unlock(n);
                return Err(left);
            }
        };
        let lease = Lease {
            account: self.account.clone(),
            purpose: Purpose::Send,
            holder: row.holder.clone().unwrap_or_default(),
            fence: row.fence,
            expires: BootTime {
                elapsed: now.elapsed + LEASE,
                ..now
            },
        };
        self.lease = Some(row);
        Ok(lease)
    }

    pub(super) fn holds(&self, lease: &Lease) -> bool {
        let now = self.boot_time();
        self.lease.as_ref().is_some_and(|row| row.is_had_as(lease, &now))
    }

    /// At the end of a round.
    pub(super) fn give_back(&mut self, n: usize) {
        let name = &self.processes[n].name;
        if let Some(row) = &mut self.lease
            && row
                .holder
                .as_deref()
                .is_some_and(|holder| holder.ends_with(name.as_str()))
        {
            (row.holder, row.expires_ms) = (None, None);
        }
        self.unlock(n);
    }

    pub(super) fn unlock(&mut self, n: usize) {
        if self.locked == Some(n) {
            self.locked = None;
        }
    }
}
