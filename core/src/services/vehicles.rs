//! The garage: the vehicles of the signed-in customer, and all that is known of each.

use std::sync::Arc;
use std::time::Duration;

use super::inner::Inner;
use crate::api::{ClaimVehicle, GetVehicle, ListVehicles};
use crate::error::{Error, Refusal, Result};
use crate::model::{Freshness, Snapshot, Vehicle, VehicleDetails, VehicleId, VehicleSummary};
use crate::query::{Cached, Fetched, Observation, Queries, Query, read_all, read_one};
use crate::session::{Account, Answered, Session};

/// The signed-in customer's vehicles.
#[derive(Clone)]
pub struct VehiclesService {
    pub(crate) inner: Arc<Inner>,
}

impl VehiclesService {
    /// The customer's vehicles. Good for 15 minutes.
    ///
    /// A vehicle's health is that of its details where those are known: v1 computes it differently in its list (Q13, Q17).
    ///
    /// # Errors
    /// Those of every read: `SignInNeeded`, `Locked`, and if nothing is cached `Offline`, `Busy`, `CaptivePortal`, `ServerFault`.
    pub async fn list(&self, freshness: Freshness) -> Result<Snapshot<Vec<VehicleSummary>>> {
        let inner = self.inner()?;
        let (mut snapshot, revision) = inner.queries.read_revised(&VehiclesQuery, freshness).await?;
        inner.overlay(revision).await?.over_garage(&mut snapshot.value);
        if estimates_health(&inner)? {
            show_known_health(
                &inner.queries,
                &*inner.session.account().await?,
                &mut snapshot.value,
            );
        }
        Ok(snapshot)
    }

    /// Observes the customer's vehicles.
    ///
    /// # Errors
    /// `SignInNeeded`, `Locked`, `Storage`.
    pub async fn observe_list(&self) -> Result<Observation<Vec<VehicleSummary>>> {
        let inner = self.inner()?;
        let observation = inner.queries.observe(&VehiclesQuery).await?;
        // Reads the keys, if they are needed, where it can be waited for.
        inner.overlay(0).await?;
        let outbox = Arc::clone(&inner.outbox);
        let estimates = estimates_health(&inner)?;
        let (queries, account) = (Arc::clone(&inner.queries), inner.session.account().await?);
        Ok(observation.adjusted(move |garage, revision| {
            outbox.overlay_now(revision).over_garage(garage);
            if estimates {
                show_known_health(&queries, &account, garage);
            }
        }))
    }

    /// All that is known of one vehicle of the customer's. Good for 5 minutes.
    ///
    /// # Errors
    /// Those of every read, and `Refused` with `NotFound` if there is no such vehicle or it is somebody else's.
    pub async fn details(&self, id: VehicleId, freshness: Freshness) -> Result<Snapshot<VehicleDetails>> {
        let inner = self.inner()?;
        let query = VehicleQuery(id);
        if freshness != Freshness::CacheOnly {
            self.must_be_own(&inner, id).await?;
        }
        inner.queries.read(&query, freshness).await
    }

    /// Observes one vehicle.
    ///
    /// # Errors
    /// `SignInNeeded`, `Locked`, `Storage`; `Refused` as [`details`](Self::details).
    pub async fn observe_details(&self, id: VehicleId) -> Result<Observation<VehicleDetails>> {
        let inner = self.inner()?;
        self.must_be_own(&inner, id).await?;
        inner.queries.observe(&VehicleQuery(id)).await
    }

    /// Adds a vehicle to the customer's garage by its VIN (17 characters with a valid check digit).
    ///
    /// # Errors
    /// `InvalidInput` for an impossible VIN; `Refused` with `NotFound` or `VehicleClaimed`; `Unsupported` on a server without
    /// the capability `claim_vehicle`. If no answer came the vehicle may have been added: calling again is safe.
    pub async fn claim(&self, vin: &str) -> Result<Vehicle> {
        let inner = self.inner()?;
        let operation = ClaimVehicle {
            vin: vin.to_owned(),
            idempotency_key: inner.random_hex()?,
        };
        self.inner
            .run(async move {
                let vehicle = match inner.session.call(&operation, None).await? {
                    Answered::New { value, .. } => value.vehicle,
                    Answered::NotModified => {
                        return Err(Error::Internal {
                            reason: "a claim was 'not modified'".to_owned(),
                        });
                    }
                };
                // The list in the cache lacks it now, and so does one that was already on its way. Not reaching the server for
                // it is the next read's affair.
                for _ in 0..2 {
                    let list = inner.queries.read(&VehiclesQuery, Freshness::NetworkFirst).await;
                    let lacks_it = |list: &Snapshot<Vec<VehicleSummary>>| {
                        list.refresh_error.is_none()
                            && list.value.iter().all(|one| one.vehicle.id != vehicle.id)
                    };
                    if !list.as_ref().is_ok_and(lacks_it) {
                        break;
                    }
                }
                Ok(vehicle)
            })
            .await
    }

    /// v1 shows anybody's vehicle to anybody (Q6): the core keeps to the customer's own.
    async fn must_be_own(&self, inner: &Arc<Inner>, id: VehicleId) -> Result<()> {
        if inner
            .session
            .link()
            .known_dialect()?
            .is_none_or(|dialect| dialect.checks_owner())
        {
            return Ok(());
        }
        for freshness in [Freshness::CacheFirst, Freshness::NetworkFirst] {
            let own = inner.queries.read(&VehiclesQuery, freshness).await?;
            if own.value.iter().any(|summary| summary.vehicle.id == id) {
                return Ok(());
            }
            if let Some(error) = own.refresh_error {
                return Err(error);
            }
        }
        Err(Error::Refused {
            why: Refusal::NotFound,
            reason: format!("there is no vehicle {id} in your garage"),
            request_id: None,
        })
    }

    fn inner(&self) -> Result<Arc<Inner>> {
        Inner::guard(&self.inner)
    }
}

/// Whether this server computes health otherwise in its list than in a vehicle's details (v1, Q13).
fn estimates_health(inner: &Inner) -> Result<bool> {
    Ok(inner
        .session
        .link()
        .known_dialect()?
        .is_some_and(|dialect| dialect.lists_estimate_health()))
}

/// A vehicle's health is that of its details where those are known (Q17).
fn show_known_health(queries: &Queries, account: &Account, garage: &mut [VehicleSummary]) {
    for summary in garage {
        if let Some(details) = queries.peek(account, &VehicleQuery(summary.vehicle.id)) {
            summary.health = Some(details.health);
        }
    }
}

#[derive(Clone)]
pub(super) struct VehiclesQuery;

impl Query for VehiclesQuery {
    type Value = Vec<VehicleSummary>;
    const SCHEMA: u32 = 1;
    const MAX_AGE: Duration = Duration::from_secs(15 * 60);
    const CHANGED_BY_WRITES: bool = true;

    fn key(&self) -> String {
        "vehicles".to_owned()
    }

    async fn fetch(&self, session: Arc<Session>, cached: Cached) -> Result<Fetched<Self::Value>> {
        read_all(&session, &cached, |cursor| ListVehicles { cursor }).await
    }
}

#[derive(Clone)]
pub(super) struct VehicleQuery(pub(super) VehicleId);

impl Query for VehicleQuery {
    type Value = VehicleDetails;
    const SCHEMA: u32 = 1;
    const MAX_AGE: Duration = Duration::from_secs(5 * 60);

    fn key(&self) -> String {
        format!("vehicle/{}", self.0)
    }

    async fn fetch(&self, session: Arc<Session>, cached: Cached) -> Result<Fetched<Self::Value>> {
        read_one(&session, &cached, &GetVehicle { id: self.0 }).await
    }
}
