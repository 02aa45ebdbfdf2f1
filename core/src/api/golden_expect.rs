//! The operations whose answers were recorded on v1, and what those answers say: alice (7, vehicle 51), bob (8, vehicle 52
//! with two predictions), carol (9, two vehicles).

use std::time::Duration;

use zeroize::Zeroizing;

use super::testing::{Row, Setting, row};
use super::*;
use crate::error::Refusal;
use crate::model::*;

pub(super) fn v1() -> Setting {
    Setting::v1()
}

pub(super) fn login() -> Login {
    Login {
        email: "alice@example.com".to_owned(),
        password: Password::new("secret"),
    }
}

pub(super) fn register() -> Register {
    Register {
        new: NewCustomer {
            email: "new.user@example.com".to_owned(),
            password: Password::new("secret"),
            first_name: "N".to_owned(),
            last_name: "U".to_owned(),
            phone: "+1".to_owned(),
            address: None,
        },
    }
}

pub(super) fn refresh() -> Refresh {
    Refresh {
        refresh_token: Zeroizing::new("token".to_owned()),
    }
}

pub(super) fn vehicles() -> ListVehicles {
    ListVehicles { cursor: None }
}

pub(super) fn vehicle(id: i64) -> GetVehicle {
    GetVehicle { id: VehicleId(id) }
}

pub(super) fn bookings() -> ListBookings {
    ListBookings { cursor: None }
}

pub(super) fn booking(id: i64) -> GetBooking {
    GetBooking {
        id: BookingId::from_server(id),
    }
}

pub(super) fn create(at: &str) -> CreateBooking {
    CreateBooking {
        vehicle: VehicleId(51),
        service: ServiceType::OilChange,
        at: at.parse().unwrap(),
        center: None,
        notes: Some("squeaks".to_owned()),
        operation_id: "op-1".to_owned(),
        idempotency_key: "key-1".to_owned(),
    }
}

pub(super) fn reschedule(id: i64) -> RescheduleBooking {
    RescheduleBooking {
        id: BookingId::from_server(id),
        at: "2026-12-21T08:30:00+05:30[Asia/Kolkata]".parse().unwrap(),
        if_match: None,
        idempotency_key: "key-1".to_owned(),
    }
}

pub(super) fn cancel(id: i64) -> CancelBooking {
    CancelBooking {
        id: BookingId::from_server(id),
        if_match: None,
        idempotency_key: "key-1".to_owned(),
    }
}

pub(super) fn notifications() -> ListNotifications {
    ListNotifications { cursor: None }
}

pub(super) fn mark(id: i64) -> MarkNotificationRead {
    MarkNotificationRead {
        id: NotificationId(id),
    }
}

pub(super) fn centers() -> ListServiceCenters {
    ListServiceCenters { cursor: None }
}

/// A grant of this customer that lives that long.
pub(super) fn granted(customer: i64, seconds: u64) -> impl Fn(Result<Grant, ApiError>) {
    move |result| {
        let grant = result.map_err(|error| error.to_string()).ok().unwrap();
        assert_eq!(grant.customer, CustomerId(customer));
        assert_eq!(grant.role, Role::Customer);
        assert_eq!(grant.permissions, Role::Customer.permissions());
        assert_eq!(grant.lifetime, Duration::from_secs(seconds));
        assert!(grant.access_token.ends_with(".SIGNATURE") && grant.refresh_token.ends_with(".SIGNATURE"));
        assert_ne!(*grant.access_token, *grant.refresh_token);
    }
}

/// A 422 about these fields.
pub(super) fn invalid(expected: &'static [(&'static str, &'static str)]) -> impl Fn(&ApiError) {
    move |error| {
        let ApiError::Refused {
            why: Refusal::Invalid { fields },
            reason,
            ..
        } = error
        else {
            panic!("{error:?}");
        };
        let found: Vec<(&str, &str)> = fields
            .iter()
            .map(|f| (f.field.as_str(), f.reason.as_str()))
            .collect();
        assert_eq!(found, expected);
        assert!(reason.starts_with("the server did not accept: "), "{reason}");
    }
}

pub(super) fn refuses<O: Operation + 'static>(
    file: &'static str,
    operation: O,
    fields: &'static [(&'static str, &'static str)],
) -> Row {
    row(v1, file, operation, move |result| {
        invalid(fields)(&result.err().unwrap())
    })
}

pub(super) fn alice(result: Result<Profile, ApiError>) {
    let profile = result.unwrap();
    assert_eq!((profile.role.clone(), profile.permissions.clone()), (None, None));
    let customer = profile.into_customer(&Role::Viewer, &Role::Viewer.permissions());
    assert_eq!(customer.id, CustomerId(7));
    assert_eq!(
        (customer.first_name.as_str(), customer.last_name.as_str()),
        ("Alice", "Rider")
    );
    assert_eq!(customer.email, "alice@example.com");
    assert_eq!(customer.phone.as_deref(), Some("+15550000001"));
    assert_eq!(customer.address.as_deref(), Some("1 Test Lane"));
    assert_eq!(
        (customer.role, customer.permissions),
        (Role::Viewer, Role::Viewer.permissions())
    );
}

pub(super) fn full_booking(booking: &Booking, id: i64, starts_at: &str, status: &BookingStatus) {
    assert_eq!(booking.id, BookingId::from_server(id));
    assert_eq!(booking.vehicle_id, Some(VehicleId(51)));
    assert_eq!(booking.vehicle.as_deref(), Some("Hero MotoCorp Splendor Plus"));
    assert_eq!(booking.service, ServiceType::Inspection);
    assert_eq!(booking.starts_at.to_string(), starts_at);
    assert_eq!(booking.status, *status);
    assert_eq!(booking.center_id, Some(CenterId(1)));
    assert_eq!(
        booking.center.as_deref(),
        Some("Hero Service Center - South Delhi")
    );
    assert_eq!(booking.minutes, Some(60));
    assert_eq!(
        (booking.notes.as_deref(), booking.operation.as_deref()),
        (None, None)
    );
    assert!(
        booking
            .created_at
            .unwrap()
            .to_string()
            .starts_with("2026-11-22T00:37:23.")
    );
}

pub(super) fn one_full(
    id: i64,
    starts_at: &'static str,
    status: BookingStatus,
) -> impl Fn(Result<Booking, ApiError>) {
    move |result| full_booking(&result.unwrap(), id, starts_at, &status)
}

/// What a create made, at the time it said; `moved` if that is not the time asked for (Q9).
pub(super) fn created(
    asked: &'static str,
    id: i64,
    starts_at: &'static str,
    moved: bool,
) -> impl Fn(Result<Booking, ApiError>) {
    move |result| {
        let booking = result.unwrap();
        assert_eq!(booking.id, BookingId::from_server(id));
        assert_eq!(booking.starts_at.to_string(), starts_at);
        assert_eq!(create(asked).was_moved(&booking), moved);
        assert_eq!(booking.vehicle_id, Some(VehicleId(51)));
        assert_eq!(booking.vehicle.as_deref(), Some("Hero MotoCorp Splendor Plus"));
        assert_eq!(
            (booking.service, booking.minutes),
            (ServiceType::OilChange, Some(30))
        );
        assert_eq!(booking.status, BookingStatus::Scheduled);
        assert_eq!(booking.notes.as_deref(), Some("squeaks"));
        assert_eq!(booking.operation, Some(reference_of("op-1")));
    }
}

pub(super) fn all_centers(result: Result<Page<ServiceCenter>, ApiError>) {
    let page = result.unwrap();
    let found: Vec<_> = page
        .items
        .iter()
        .map(|c| (c.id.0, c.city.as_deref().unwrap(), c.capacity.unwrap()))
        .collect();
    assert_eq!(found, [(1, "Delhi", 15), (2, "Bangalore", 20), (3, "Mumbai", 18)]);
    assert!(page.items.iter().all(|center| center.time_zone == "Asia/Kolkata"));
    assert_eq!(page.items[0].name, "Hero Service Center - South Delhi");
    assert_eq!(page.items[0].address.as_deref(), Some("Greater Kailash"));
    assert_eq!(page.items[0].phone.as_deref(), Some("+911123456789"));
}

pub(super) fn carols_garage(result: Result<Page<VehicleSummary>, ApiError>) {
    let garage = result.unwrap().items;
    let found: Vec<_> = garage
        .iter()
        .map(|v| (v.vehicle.id.0, v.health.clone().unwrap()))
        .collect();
    assert_eq!(
        found[0],
        (
            53,
            Health {
                score: 40.0,
                status: HealthStatus::Warning
            }
        )
    );
    assert_eq!(
        found[1],
        (
            54,
            Health {
                score: 95.0,
                status: HealthStatus::Healthy
            }
        )
    );
    assert!(garage.iter().all(|vehicle| vehicle.latest_booking.is_none()));
}

pub(super) fn alices_garage(result: Result<Page<VehicleSummary>, ApiError>) {
    let page = result.unwrap();
    assert_eq!((page.items.len(), page.next), (1, None));
    let VehicleSummary {
        vehicle,
        health,
        latest_booking,
    } = page.items[0].clone();
    assert_eq!(
        (vehicle.vin.as_str(), vehicle.year, vehicle.mileage_km),
        ("PMITESTALICE00001", Some(2022), Some(12000.0))
    );
    assert_eq!(health, Some(Health::new(88.0)));
    let latest = latest_booking.unwrap();
    assert_eq!(latest.id, BookingId::from_server(36));
    assert_eq!(
        latest.starts_at.to_string(),
        "2026-12-18T15:00:00+05:30[Asia/Kolkata]"
    );
    assert_eq!(
        (latest.service, latest.status),
        (ServiceType::OilChange, BookingStatus::Scheduled)
    );
}

pub(super) fn bobs_vehicle(result: Result<VehicleDetails, ApiError>) {
    let details = result.unwrap();
    assert_eq!(details.vehicle.id, VehicleId(52));
    assert_eq!(
        details.health,
        Health {
            score: 18.0,
            status: HealthStatus::Critical
        }
    );
    assert_eq!(details.purchased_on, Some(jiff::civil::date(2025, 10, 18)));
    assert_eq!(details.warranty_until, Some(jiff::civil::date(2027, 10, 18)));
    let order: Vec<_> = details
        .components
        .iter()
        .map(|c| (c.kind.as_word(), c.health.score))
        .collect();
    assert_eq!(
        order[..4],
        [
            ("brakes", 18.0),
            ("engine", 18.0),
            ("transmission", 18.0),
            ("oil_system", 44.0)
        ]
    );
    assert_eq!(order.len(), 10);
    let seen = &details.components[1].health.issues[0];
    assert_eq!(
        seen.description.as_deref(),
        Some("Component requires immediate attention")
    );
    assert_eq!(seen.action.as_deref(), Some("Schedule service immediately"));
    assert_eq!(
        (seen.severity.clone(), seen.probability),
        (Severity::Critical, None)
    );
    let foreseen: Vec<_> = details
        .predictions
        .iter()
        .map(|p| {
            (
                p.component.as_word(),
                p.failure_probability,
                p.severity.as_word(),
                p.days_to_failure,
            )
        })
        .collect();
    assert_eq!(
        foreseen,
        [
            ("brakes", 0.82, "critical", Some(7)),
            ("oil_system", 0.55, "medium", Some(30))
        ]
    );
    assert_eq!(
        details.predictions[0].predicted_at.unwrap().to_string(),
        "2026-11-21T22:35:01.056465Z"
    );
    let telemetry = details.telemetry.unwrap();
    assert_eq!(
        (telemetry.engine_rpm, telemetry.odometer_km),
        (Some(3200.0), Some(43010.0))
    );
    assert_eq!(
        telemetry.measured_at.unwrap().to_string(),
        "2026-11-22T00:35:01.056465Z"
    );
    assert_eq!(
        details.updated_at.unwrap().to_string(),
        "2026-11-22T00:37:22.930354Z"
    );
}

pub(super) fn alices_vehicle(result: Result<VehicleDetails, ApiError>) {
    let details = result.unwrap();
    assert_eq!(
        details.health,
        Health {
            score: 88.0,
            status: HealthStatus::Healthy
        }
    );
    let oil = &details.components[0];
    assert_eq!((oil.kind.as_word(), oil.health.score), ("oil_system", 40.0));
    assert_eq!(oil.health.status, HealthStatus::Critical, "as the server says it");
    let hot = details
        .components
        .iter()
        .find(|c| c.kind == ComponentKind::Engine)
        .unwrap();
    assert_eq!(
        hot.health.issues[0].description.as_deref(),
        Some("High temperature: 108.5°C")
    );
    assert_eq!(details.predictions, []);
}

pub(super) fn history(result: Result<Page<Notification>, ApiError>) {
    let items = result.unwrap().items;
    let found: Vec<_> = items
        .iter()
        .map(|n| (n.id.0, n.kind.as_word(), n.channel.as_word(), n.delivered, n.read))
        .collect();
    assert_eq!(
        found,
        [
            (1, "failure_alert", "sms", true, false),
            (2, "appointment_reminder", "sms", true, true),
            (3, "emergency_call", "voice", false, false),
        ]
    );
    assert_eq!(items[0].text, "failure_alert for PMITESTALICE00001");
    assert_eq!(
        items[0].sent_at.unwrap().to_string(),
        "2026-11-21T19:35:01.056465Z"
    );
    assert_eq!(
        items[0].vehicle.as_deref(),
        Some("Hero MotoCorp Splendor Plus (PMITESTALICE00001)")
    );
}

pub(super) fn appointments(result: Result<Page<Booking>, ApiError>) {
    let items = result.unwrap().items;
    assert_eq!(items.len(), 2);
    full_booking(
        &items[0],
        45,
        "2026-12-20T10:00:00+05:30[Asia/Kolkata]",
        &BookingStatus::Scheduled,
    );
    assert_eq!(items[1].id, BookingId::from_server(43));
}

pub(super) fn short_list(result: Result<Page<Booking>, ApiError>) {
    let items = result.unwrap().items;
    assert_eq!(items.len(), 14);
    assert_eq!(items[0].id, BookingId::from_server(36));
    assert_eq!(
        items[0].starts_at.to_string(),
        "2026-12-18T15:00:00+05:30[Asia/Kolkata]"
    );
    assert_eq!((items[0].vehicle_id, items[0].minutes), (None, Some(30)));
    assert_eq!(
        items[0].center.as_deref(),
        Some("Hero Service Center - South Delhi")
    );
}

pub(super) fn well(status: &'static str, serving: bool) -> impl Fn(Result<ServerHealth, ApiError>) {
    move |result| {
        let health = result.unwrap();
        assert_eq!((health.status.as_str(), health.serving), (status, serving));
        assert_eq!(health.version.as_deref(), Some("1.0.0"));
    }
}

pub(super) const DEAD: &str = "Definite(SessionExpired)";
pub(super) const NINE: &str = "2026-12-18T09:00:00+05:30[Asia/Kolkata]";
