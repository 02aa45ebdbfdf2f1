//! The request, with all its tries, and what becomes of it on its way.

use super::super::super::link::Failure;
use super::super::{Came, Goal, REQUEST, came_of};
use super::Fault;
use super::server::Said;
use super::world::{Active, Flight, Try, World};
use crate::api::{ApiError, RefreshRefusal};
use crate::error::{OfflineReason, SignInReason};
use crate::store::Spends;
use crate::transport::{Fault as Cause, TransportError};

/// What became of one try.
enum Tried {
    NotSent,
    /// No answer came: it may have been applied.
    Unknown,
    /// An answer that says nothing of the token.
    Weather(u16),
    Said(Said),
}

impl World<'_> {
    /// Sends the request, or sees what became of it. `None`: it takes longer.
    pub(super) fn send(&mut self, active: &mut Active, spends: Spends) -> Result<Option<Came>, String> {
        let Some(flight) = active.flying.take() else {
            return self.let_go(active, spends, None);
        };
        // A process that was stopped finds its time-out first.
        if self.now > flight.due {
            self.incidents += 1;
            self.abandon(flight.clone());
            return Ok(Some(self.judge(&lost(true), &flight)));
        }
        // What goes wrong with the pair before the newest is rarer and worse.
        let range = if spends == Spends::Previous { 8 } else { 12 };
        let tried = match if self.rough { self.below(range) } else { 11 } {
            0 => Tried::NotSent,
            1 => Tried::Unknown,
            2 => {
                self.arrive(&flight)?;
                Tried::Unknown
            }
            3 => {
                self.abandon(flight.clone());
                Tried::Unknown
            }
            4 => Tried::Weather([403, 404, 422, 401][usize::try_from(self.below(4)).unwrap()]),
            5 => {
                if self.below(2) == 0 {
                    self.arrive(&flight)?;
                }
                Tried::Weather([500, 502, 504][usize::try_from(self.below(3)).unwrap()])
            }
            _ if self.server.down => Tried::Weather(401),
            _ => Tried::Said(self.arrive(&flight)?),
        };
        if let Tried::Said(Said::Granted(grant)) = tried {
            active.granted = Some((grant, self.boot_time()));
            active.changed = active.goal == Goal::Replace;
            self.open_of(flight.fence, false);
            return Ok(Some(Came::Granted));
        }
        self.incidents += 1;
        let may_be_applied = matches!(tried, Tried::Unknown | Tried::Weather(500..));
        // A change of the password is not sent again unless it was not sent at all; nor is the pair before the newest, because the
        // newest must be tried before each try of that.
        let is_repeatable =
            flight.change.is_none() && (spends == Spends::Newest || self.has(Fault::PreviousTriedTwice));
        let is_resent = matches!(tried, Tried::NotSent) || (may_be_applied && is_repeatable);
        if is_resent && self.one_in(2) {
            let unknown = flight.unknown || may_be_applied;
            return self.let_go(active, spends, Some(Flight { unknown, ..flight }));
        }
        let failure = match tried {
            Tried::NotSent => lost(flight.unknown),
            Tried::Unknown => lost(true),
            Tried::Weather(status) if flight.change.is_some() => Failure::Api(ApiError::ServerFault {
                status,
                what: "",
                request_id: None,
            }),
            Tried::Weather(status) => self.refused(RefreshRefusal::Weather { status }, &flight),
            Tried::Said(Said::Wrong) => Failure::Api(ApiError::AccessTokenRefused { request_id: None }),
            Tried::Said(_) => {
                let no = RefreshRefusal::Definite(SignInReason::SessionExpired);
                self.refused(no, &flight)
            }
        };
        Ok(Some(self.judge(&failure, &flight)))
    }

    fn refused(&self, refusal: RefreshRefusal, flight: &Flight) -> Failure {
        Failure::Api(ApiError::RefreshRefused {
            refusal,
            after_unknown: flight.unknown && !self.has(Fault::LaterTrySettlesEarlier),
            request_id: None,
        })
    }

    /// The look at the lease, and then the request is on its way. `before`: the try before this one.
    fn let_go(
        &mut self,
        active: &mut Active,
        spends: Spends,
        before: Option<Flight>,
    ) -> Result<Option<Came>, String> {
        let now = self.boot_time();
        let Some(lease) = active.lease.clone() else {
            return Err("sent without a lease".to_owned());
        };
        let row = self.disk.lease.as_ref();
        let granted = row.is_some_and(|row| row.is_had_as(&lease, &now));
        if !granted && !self.has(Fault::NoPermit) {
            let unknown = before.as_ref().is_some_and(|before| before.unknown);
            let failure = Failure::Transport(TransportError::after(Cause::Withheld, None, unknown));
            return Ok(Some(match before {
                Some(before) => self.judge(&failure, &before),
                None => came_of(&failure),
            }));
        }
        let most = if self.rough { 30_000 } else { 50 };
        active.until = self.now + self.below(most);
        self.requests += 1;
        if let Some(before) = before {
            active.flying = Some(Flight {
                permitted: granted,
                ..before
            });
            return Ok(None);
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
        self.open.push(Try {
            fence: lease.fence,
            token: token.id,
            awaited: true,
        });
        active.flying = Some(Flight {
            token,
            change: (active.goal == Goal::Replace).then_some(active.password),
            fence: lease.fence,
            permitted: granted,
            late: false,
            unknown: false,
            due: self.now + u64::try_from(REQUEST.as_millis()).unwrap(),
        });
        Ok(None)
    }

    fn judge(&mut self, failure: &Failure, flight: &Flight) -> Came {
        let fence = flight.fence;
        let came = match came_of(failure) {
            Came::NotApplied if self.has(Fault::WeatherIsDefinite) => Came::Refused,
            Came::Lost if self.has(Fault::LostIsNotApplied) => {
                self.open_of(fence, false);
                return Came::NotApplied;
            }
            came => came,
        };
        match came {
            // The last try came to nothing, and that is known: of the last.
            Came::NotApplied | Came::Withheld if flight.unknown => self.open_of(fence, false),
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
}

fn lost(applied: bool) -> Failure {
    let why = Cause::Offline(OfflineReason::Interrupted);
    Failure::Transport(TransportError::after(why, None, applied))
}
