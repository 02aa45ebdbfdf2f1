//! What must be true of a booking before it is accepted, as far as this device can tell.
//!
//! Promised: judged in no time, with a network or without; what is not known here is left to the server.

use std::time::Duration;

use futures_util::future::{Either, select};
use jiff::Zoned;
use jiff::tz::TimeZone;

use super::centers::CentersQuery;
use super::inner::Inner;
use super::vehicles::VehiclesQuery;
use crate::error::{Error, Refusal, Result};
use crate::model::{
    Booking, BookingStatus, BookingTime, CenterId, Freshness, Permission, ServiceCenter, VehicleId,
    VehicleSummary,
};

/// How long accepting a booking waits to learn what the centres' clocks show.
const LEARN_ZONES: Duration = Duration::from_secs(3);

/// The role's permissions are known offline, too. A server that names none decides itself.
pub(super) async fn may(inner: &Inner, permission: &Permission) -> Result<()> {
    let account = inner.session.account().await?;
    let permissions = &account.identity().permissions;
    if permissions.is_empty() || permissions.contains(permission) {
        return Ok(());
    }
    Err(Error::Refused {
        why: Refusal::MissingPermission {
            permission: Some(permission.clone()),
        },
        reason: format!("your role may not do this: it lacks {}", permission.as_word()),
        request_id: None,
    })
}

/// The centre as this device knows it; asked for if it never was.
pub(super) async fn center_of(inner: &Inner, id: Option<CenterId>) -> Result<Option<ServiceCenter>> {
    let Some(id) = id else { return Ok(None) };
    let account = inner.session.account().await?;
    let centers = match inner.queries.peek(&account, &CentersQuery) {
        Some(centers) => centers,
        None => {
            let read = inner.queries.read(&CentersQuery, Freshness::CacheFirst);
            read.await?.value
        }
    };
    let center = centers.into_iter().find(|center| center.id == id);
    center.map(Some).ok_or_else(|| Error::Refused {
        why: Refusal::NotFound,
        reason: format!("there is no service centre {id}"),
        request_id: None,
    })
}

/// The zone of the clock the time is meant on.
pub(super) async fn zone_of(inner: &Inner, center: Option<&ServiceCenter>) -> Result<TimeZone> {
    let named = |name: &str| {
        TimeZone::get(name).map_err(|_| Error::InvalidInput {
            field: "center".to_owned(),
            reason: format!("its time zone '{name}' is not known on this device: update the system"),
        })
    };
    if let Some(center) = center {
        return named(&center.time_zone);
    }
    // The server will choose. Where all its centres go by one clock, it is that one.
    let mut zones = zones(inner).await?;
    zones.sort_unstable();
    zones.dedup();
    match &zones[..] {
        [] => Ok(inner.session.link().zone().clone()),
        [one] => named(one),
        _ => Err(Error::InvalidInput {
            field: "center".to_owned(),
            reason: "the service centres' clocks differ: choose a centre".to_owned(),
        }),
    }
}

/// The zones of the centres, as far as they are known or can be learnt in no time: accepting a booking does not wait for a
/// network.
async fn zones(inner: &Inner) -> Result<Vec<String>> {
    let account = inner.session.account().await?;
    let of = |centers: Vec<ServiceCenter>| centers.into_iter().map(|center| center.time_zone).collect();
    if let Some(centers) = inner.queries.peek(&account, &CentersQuery) {
        return Ok(of(centers));
    }
    let names_zones = inner
        .session
        .link()
        .known_dialect()?
        .is_some_and(|dialect| dialect.capabilities().choose_center);
    if !names_zones {
        return Ok(Vec::new());
    }
    let reading = std::pin::pin!(inner.queries.read(&CentersQuery, Freshness::CacheFirst));
    Ok(match select(reading, inner.sleep(LEARN_ZONES)).await {
        Either::Left((Ok(centers), _)) => of(centers.value),
        Either::Left((Err(_), _)) | Either::Right(_) => Vec::new(),
    })
}

/// The clock a new time for this booking is meant on. Digits alone need its zone: an offset may be another on that day.
pub(super) fn clock_of(saw: &Booking, at: &BookingTime) -> Result<TimeZone> {
    let zone = saw.starts_at.time_zone();
    if zone.iana_name().is_none() && matches!(at, BookingTime::Wall { zone: None, .. }) {
        return Err(Error::InvalidInput {
            field: "at".to_owned(),
            reason: "the time zone of this booking's centre is not known on this device: say the time with its offset, or \
                     update the system"
                .to_owned(),
        });
    }
    Ok(zone.clone())
}

/// The wall time at the centre, which must not be over.
pub(super) fn future(inner: &Inner, at: &BookingTime, zone: &TimeZone) -> Result<Zoned> {
    let at = at.resolve(zone)?;
    let now = inner.session.link().server_now();
    if at.timestamp() > now {
        return Ok(at);
    }
    let now = now.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M");
    Err(Error::InvalidInput {
        field: "at".to_owned(),
        reason: format!("lies in the past: it is {now} at the centre now"),
    })
}

/// What the garage calls the vehicle, which must be in it as far as the garage is known.
pub(super) async fn name_of(inner: &Inner, id: VehicleId) -> Result<Option<String>> {
    let named = |garage: &[VehicleSummary]| {
        let found = garage.iter().find(|one| one.vehicle.id == id)?;
        Some(format!("{} {}", found.vehicle.make, found.vehicle.model))
    };
    let account = inner.session.account().await?;
    if let Some(name) = inner
        .queries
        .peek(&account, &VehiclesQuery)
        .and_then(|garage| named(&garage))
    {
        return Ok(Some(name));
    }
    // What is known may be older than the vehicle. Without an answer the server decides, later.
    let Ok(garage) = inner.queries.read(&VehiclesQuery, Freshness::NetworkFirst).await else {
        return Ok(None);
    };
    let name = named(&garage.value);
    if name.is_some() || garage.refresh_error.is_some() {
        return Ok(name);
    }
    Err(Error::Refused {
        why: Refusal::NotFound,
        reason: format!("there is no vehicle {id} in your garage"),
        request_id: None,
    })
}

pub(super) fn changeable(saw: &Booking) -> Result<()> {
    let what = match saw.status {
        BookingStatus::Scheduled | BookingStatus::Confirmed | BookingStatus::Unknown(_) => return Ok(()),
        BookingStatus::InProgress => "is under way",
        BookingStatus::Completed => "is over",
        BookingStatus::Cancelled => "is cancelled",
    };
    // A person must still be able to settle what stands against an earlier change.
    if saw
        .pending
        .as_ref()
        .is_some_and(|pending| pending.state.needs_attention())
    {
        return Ok(());
    }
    Err(Error::InvalidInput {
        field: "booking".to_owned(),
        reason: format!("booking {} {what}: it cannot be changed any more", saw.id),
    })
}

pub(super) fn takes_photos(saw: &Booking) -> Result<()> {
    let what = match saw.status {
        BookingStatus::Completed => "is over",
        BookingStatus::Cancelled => "is cancelled",
        _ => return Ok(()),
    };
    Err(Error::InvalidInput {
        field: "booking".to_owned(),
        reason: format!("booking {} {what}: it takes no more photos", saw.id),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BookingId, ServiceType};

    fn booking(starts_at: &str) -> Booking {
        Booking {
            id: BookingId::from_server(27),
            vehicle_id: None,
            vehicle: None,
            service: ServiceType::OilChange,
            starts_at: starts_at.parse().unwrap(),
            status: BookingStatus::Scheduled,
            center_id: None,
            center: None,
            minutes: None,
            notes: None,
            created_at: None,
            operation: None,
            pending: None,
        }
    }

    #[test]
    fn s28_digits_are_not_guessed_for_a_centre_whose_zone_is_unknown() {
        let (known, unknown) = (
            booking("2026-12-25T10:00:00+01:00[Europe/Berlin]"),
            booking("2026-12-25T10:00:00+01:00[+01:00]"),
        );
        let digits = BookingTime::parse("2027-07-01T10:00", None).unwrap();
        let moment = BookingTime::parse("2027-07-01T10:00+02:00", None).unwrap();
        let shown = |saw: &Booking, at: &BookingTime| {
            let zone = clock_of(saw, at)?;
            at.resolve(&zone).map(|at| at.to_string())
        };
        assert_eq!(
            shown(&known, &digits).unwrap(),
            "2027-07-01T10:00:00+02:00[Europe/Berlin]"
        );
        assert!(matches!(shown(&unknown, &digits), Err(Error::InvalidInput { field, .. }) if field == "at"));
        assert_eq!(
            shown(&unknown, &moment).unwrap(),
            "2027-07-01T09:00:00+01:00[+01:00]"
        );
    }
}
