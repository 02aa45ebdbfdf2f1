//! A synchronisation for a background task that has some seconds: sends what was promised, then reads ahead what a person
//! will look at next.
//!
//! Promised: it ends when its time is up, whatever is under way then (scenario 22: that goes on, or is left to the journal);
//! writes go first; what is read ahead is bounded, only what is old, the cheapest first, behind everything that anybody waits
//! for; nothing is begun that would not come in time, as far as the answers before it tell; a server that fails, or no
//! network, ends it. Not promised: that SQLite, or a secret store called on this thread, answers within the time.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, select};

use super::bookings::BookingsQuery;
use super::inner::Inner;
use super::notifications::NotificationsQuery;
use super::vehicles::{VehicleQuery, VehiclesQuery};
use crate::command::{Found, TimeUp};
use crate::error::{Error, Result};
use crate::model::order::{sort_by, sort_by_key};
use crate::model::{
    Conditions, Prefetch, PrefetchAnswer, PrefetchOutcome, PrefetchSkipped, SyncReport, VehicleId,
};
use crate::query::Query;
use crate::session::Account;

/// So many vehicles for their health, and as many for having been looked at last.
const OF_EACH_KIND: usize = 2;

/// An answer takes at least this long, until one has taken longer.
const AN_ANSWER: Duration = Duration::from_millis(500);

/// Sends, then reads ahead, then waits for what is sent soon; for so long at most.
pub(crate) async fn sync(inner: &Arc<Inner>, deadline: Duration) -> Result<SyncReport> {
    let ends = inner.ports().clock.elapsed().saturating_add(deadline);
    let time_up = inner.outbox.time_up(deadline);
    let mut syncing = inner.outbox.begin_sync(&time_up).await?;
    let found = syncing.until_round_is_over(&time_up).await?;
    let mut ahead = Ahead {
        inner,
        account: syncing.account(),
        ends,
        time_up: &time_up,
        slowest: AN_ANSWER,
        over: ends_it(inner.outbox.conditions(), &found),
        prefetched: Vec::new(),
    };
    ahead.run().await;
    let prefetched = ahead.prefetched;
    let found = match found {
        Found::Waiting(_) => syncing.until_at_rest(&time_up).await?,
        found => found,
    };
    Ok(SyncReport {
        prefetched,
        ..inner.outbox.report(&syncing, found)?
    })
}

/// Why nothing is to be read ahead at all.
fn ends_it(conditions: Conditions, found: &Found) -> Option<PrefetchSkipped> {
    if conditions.data_saver {
        return Some(PrefetchSkipped::DataSaver);
    }
    if conditions.low_battery {
        return Some(PrefetchSkipped::LowBattery);
    }
    match found {
        Found::AtWork => Some(PrefetchSkipped::NoTime),
        Found::Waiting(Some(error)) | Found::AtRest(Some(error)) if is_for_all(error) => {
            Some(PrefetchSkipped::NoAnswer)
        }
        Found::Waiting(_) | Found::AtRest(_) => None,
    }
}

/// Whether what kept one answer from coming keeps the others, too, or they are to be spared it.
fn is_for_all(error: &Error) -> bool {
    !matches!(error, Error::Refused { .. } | Error::Unsupported { .. })
}

/// Reading ahead, under way.
struct Ahead<'a> {
    inner: &'a Arc<Inner>,
    account: &'a Arc<Account>,
    /// By the boot clock.
    ends: Duration,
    time_up: &'a TimeUp,
    /// How long the slowest answer took.
    slowest: Duration,
    /// Why nothing more is asked.
    over: Option<PrefetchSkipped>,
    prefetched: Vec<Prefetch>,
}

impl Ahead<'_> {
    async fn run(&mut self) {
        let mut lists = [
            PrefetchAnswer::Vehicles,
            PrefetchAnswer::Bookings,
            PrefetchAnswer::Notifications,
        ];
        // Stable: what costs the same goes in this order.
        lists.sort_by_key(|list| self.cost_of(*list));
        for list in lists {
            self.read(list).await;
        }
        for vehicle in self.worth_it() {
            self.read(PrefetchAnswer::Vehicle(vehicle)).await;
        }
    }

    fn cost_of(&self, answer: PrefetchAnswer) -> usize {
        let (queries, account) = (&self.inner.queries, self.account);
        match answer {
            PrefetchAnswer::Vehicles => queries.cost_of(account, &VehiclesQuery),
            PrefetchAnswer::Vehicle(id) => queries.cost_of(account, &VehicleQuery(id)),
            PrefetchAnswer::Bookings => queries.cost_of(account, &BookingsQuery),
            PrefetchAnswer::Notifications => queries.cost_of(account, &NotificationsQuery),
        }
    }

    async fn read(&mut self, answer: PrefetchAnswer) {
        let outcome = match answer {
            PrefetchAnswer::Vehicles => self.outcome(&VehiclesQuery).await,
            PrefetchAnswer::Vehicle(id) => self.outcome(&VehicleQuery(id)).await,
            PrefetchAnswer::Bookings => self.outcome(&BookingsQuery).await,
            PrefetchAnswer::Notifications => self.outcome(&NotificationsQuery).await,
        };
        self.prefetched.push(Prefetch { answer, outcome });
    }

    async fn outcome<Q: Query>(&mut self, query: &Q) -> PrefetchOutcome {
        let queries = &self.inner.queries;
        if let Some(why) = self.over {
            return PrefetchOutcome::Skipped(why);
        }
        if queries
            .present(self.account, query)
            .is_some_and(|present| present.is_fresh)
        {
            return PrefetchOutcome::Skipped(PrefetchSkipped::Fresh);
        }
        let clock = &self.inner.ports().clock;
        let began = clock.elapsed();
        if self.ends.saturating_sub(began) < self.slowest {
            return PrefetchOutcome::Skipped(PrefetchSkipped::NoTime);
        }
        let asked = std::pin::pin!(queries.revalidate(self.account, query));
        let answered = match select(asked, self.time_up.clone()).await {
            Either::Left((answered, _)) => answered,
            Either::Right(_) => {
                self.over = Some(PrefetchSkipped::NoTime);
                return PrefetchOutcome::Skipped(PrefetchSkipped::Unfinished);
            }
        };
        self.slowest = self.slowest.max(clock.elapsed().saturating_sub(began));
        match answered {
            Ok(true) => PrefetchOutcome::Refreshed,
            Ok(false) => PrefetchOutcome::NotModified,
            Err(error) => {
                self.over = is_for_all(&error).then_some(PrefetchSkipped::NoAnswer);
                PrefetchOutcome::Failed(error)
            }
        }
    }

    /// The vehicles of the garage whose details are worth reading ahead, the cheapest first.
    fn worth_it(&self) -> Vec<VehicleId> {
        let queries = &self.inner.queries;
        let Some(garage) = queries.present(self.account, &VehiclesQuery) else {
            return Vec::new();
        };
        let vehicles: Vec<Candidate> = garage
            .value
            .iter()
            .map(|summary| Candidate {
                id: summary.vehicle.id,
                health: summary.health.as_ref().map(|health| health.score),
                last_read: queries.last_read(self.account, &VehicleQuery(summary.vehicle.id)),
            })
            .collect();
        let mut worth_it = worth_it(vehicles);
        sort_by_key(&mut worth_it, |id| self.cost_of(PrefetchAnswer::Vehicle(*id)));
        worth_it
    }
}

struct Candidate {
    id: VehicleId,
    health: Option<f64>,
    /// In milliseconds since 1970.
    last_read: Option<i64>,
}

/// Those in the worst health, and of the others those that were looked at last.
fn worth_it(mut vehicles: Vec<Candidate>) -> Vec<VehicleId> {
    let health = |vehicle: &Candidate| vehicle.health.unwrap_or(f64::INFINITY);
    sort_by(&mut vehicles, |one, other| health(one).total_cmp(&health(other)));
    let mut others = vehicles.split_off(OF_EACH_KIND.min(vehicles.len()));
    others.retain(|vehicle| vehicle.last_read.is_some());
    sort_by_key(&mut others, |vehicle| std::cmp::Reverse(vehicle.last_read));
    others.truncate(OF_EACH_KIND);
    vehicles.extend(others);
    vehicles.into_iter().map(|vehicle| vehicle.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_and_those_looked_at_last_are_worth_it() {
        let vehicle = |id, health, last_read| Candidate {
            id: VehicleId(id),
            health,
            last_read,
        };
        let chosen = worth_it(vec![
            vehicle(1, Some(90.0), Some(10)),
            vehicle(2, Some(20.0), None),
            vehicle(3, None, Some(30)),
            vehicle(4, Some(40.0), Some(99)),
            vehicle(5, Some(95.0), Some(20)),
            vehicle(6, Some(99.0), None),
        ]);
        assert_eq!(chosen, [2, 4, 3, 5].map(VehicleId));
        let alone = worth_it(vec![vehicle(6, None, None)]);
        assert_eq!(alone, [VehicleId(6)]);
        assert_eq!(worth_it(Vec::new()), []);
    }

    #[test]
    fn what_the_shell_said_and_what_kept_the_writes_keeps_the_rest() {
        let offline = || {
            Some(Error::Offline {
                why: crate::error::OfflineReason::Connect,
                reason: String::new(),
            })
        };
        let at = |data_saver, low_battery| Conditions {
            data_saver,
            low_battery,
        };
        for (conditions, found, expected) in [
            (at(false, false), Found::AtRest(None), None),
            (at(false, false), Found::Waiting(None), None),
            (
                at(false, false),
                Found::Waiting(offline()),
                Some(PrefetchSkipped::NoAnswer),
            ),
            (
                at(true, true),
                Found::AtRest(None),
                Some(PrefetchSkipped::DataSaver),
            ),
            (
                at(false, true),
                Found::Waiting(None),
                Some(PrefetchSkipped::LowBattery),
            ),
            (at(false, false), Found::AtWork, Some(PrefetchSkipped::NoTime)),
            (
                at(false, false),
                Found::AtRest(offline()),
                Some(PrefetchSkipped::NoAnswer),
            ),
        ] {
            assert_eq!(ends_it(conditions, &found), expected);
        }
    }
}
