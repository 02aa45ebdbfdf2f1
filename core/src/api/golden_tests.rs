//! Every recorded exchange of v1 that a customer's client can meet, and what it must become. A file without a row here
//! fails a test.

use std::collections::BTreeSet;
use std::time::Duration;

use zeroize::Zeroizing;

use super::testing::{Row, Setting, fails, files, recorded, row};
use super::*;
use crate::error::Refusal;
use crate::model::*;

fn v1() -> Setting {
    Setting::v1()
}

fn login() -> Login {
    Login {
        email: "alice@example.com".to_owned(),
        password: Password::new("secret"),
    }
}

fn register() -> Register {
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

fn refresh() -> Refresh {
    Refresh {
        refresh_token: Zeroizing::new("token".to_owned()),
    }
}

fn vehicles() -> ListVehicles {
    ListVehicles { cursor: None }
}

fn vehicle(id: i64) -> GetVehicle {
    GetVehicle { id: VehicleId(id) }
}

fn bookings() -> ListBookings {
    ListBookings { cursor: None }
}

fn booking(id: i64) -> GetBooking {
    GetBooking {
        id: BookingId::from_server(id),
    }
}

fn create(at: &str) -> CreateBooking {
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

fn reschedule(id: i64) -> RescheduleBooking {
    RescheduleBooking {
        id: BookingId::from_server(id),
        at: "2026-12-21T08:30:00+05:30[Asia/Kolkata]".parse().unwrap(),
        if_match: None,
        idempotency_key: "key-1".to_owned(),
    }
}

fn cancel(id: i64) -> CancelBooking {
    CancelBooking {
        id: BookingId::from_server(id),
        if_match: None,
        idempotency_key: "key-1".to_owned(),
    }
}

fn notifications() -> ListNotifications {
    ListNotifications { cursor: None }
}

fn mark(id: i64) -> MarkNotificationRead {
    MarkNotificationRead {
        id: NotificationId(id),
    }
}

fn centers() -> ListServiceCenters {
    ListServiceCenters { cursor: None }
}

/// A grant of this customer that lives that long.
fn granted(customer: i64, seconds: u64) -> impl Fn(Result<Grant, ApiError>) {
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
fn invalid(expected: &'static [(&'static str, &'static str)]) -> impl Fn(&ApiError) {
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

fn refuses<O: Operation + 'static>(
    file: &'static str,
    operation: O,
    fields: &'static [(&'static str, &'static str)],
) -> Row {
    row(v1, file, operation, move |result| {
        invalid(fields)(&result.err().unwrap())
    })
}

fn alice(result: Result<Profile, ApiError>) {
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

fn full_booking(booking: &Booking, id: i64, starts_at: &str, status: &BookingStatus) {
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

fn one_full(id: i64, starts_at: &'static str, status: BookingStatus) -> impl Fn(Result<Booking, ApiError>) {
    move |result| full_booking(&result.unwrap(), id, starts_at, &status)
}

/// What a create made, at the time it said; `moved` if that is not the time asked for (Q9).
fn created(
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

fn all_centers(result: Result<Page<ServiceCenter>, ApiError>) {
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

fn carols_garage(result: Result<Page<VehicleSummary>, ApiError>) {
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

fn alices_garage(result: Result<Page<VehicleSummary>, ApiError>) {
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

fn bobs_vehicle(result: Result<VehicleDetails, ApiError>) {
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

fn alices_vehicle(result: Result<VehicleDetails, ApiError>) {
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

fn history(result: Result<Page<Notification>, ApiError>) {
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

fn appointments(result: Result<Page<Booking>, ApiError>) {
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

fn short_list(result: Result<Page<Booking>, ApiError>) {
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

fn well(status: &'static str, serving: bool) -> impl Fn(Result<ServerHealth, ApiError>) {
    move |result| {
        let health = result.unwrap();
        assert_eq!((health.status.as_str(), health.serving), (status, serving));
        assert_eq!(health.version.as_deref(), Some("1.0.0"));
    }
}

const DEAD: &str = "Definite(SessionExpired)";
const NINE: &str = "2026-12-18T09:00:00+05:30[Asia/Kolkata]";

/// The table.
#[rustfmt::skip]
pub(super) fn rows() -> Vec<Row> {
    vec![
        row(v1, "auth_login_ok.txt", login(), granted(7, 1800)),
        row(v1, "auth_login_extra.txt", login(), granted(7, 1800)),
        row(v1, "auth_login_demo.txt", login(), granted(6, 1800)),
        row(v1, "auth_login_nobike.txt", login(), granted(10, 1800)),
        row(v1, "exp_login.txt", login(), granted(7, 2)),
        fails(v1, "auth_login_badpw.txt", login(), "wrong_credentials"),
        fails(v1, "auth_login_unknown.txt", login(), "wrong_credentials"),
        fails(v1, "auth_login_emailcase.txt", login(), "wrong_credentials"),
        fails(v1, "auth_login_multi.txt", login(), "known_server_defect"),
        fails(v1, "state_db_down_login.txt", login(), "fault 500"),
        fails(v1, "rl_dev_login.txt", login(), "fault 500"),
        refuses("auth_login_bademail.txt", login(), &[("email", "value is not a valid email address: The email address is not valid. It must have exactly one @-sign.")]),
        refuses("auth_login_missing.txt", login(), &[("password", "is missing")]),
        row(v1, "auth_register_ok.txt", register(), granted(12, 1800)),
        fails(v1, "auth_register_dup_domaincase.txt", register(), "email_taken"),
        fails(v1, "auth_register_longphone.txt", register(), "fault 500"),
        fails(v1, "auth_register_nul.txt", register(), "fault 500"),
        refuses("auth_register_bademail.txt", register(), &[("email", "value is not a valid email address: The email address is not valid. It must have exactly one @-sign.")]),
        refuses("auth_register_testdomain.txt", register(), &[("email", "value is not a valid email address: The part after the @-sign is a special-use or reserved name that cannot be used with email.")]),
        refuses("auth_register_badjson.txt", register(), &[("request", "cannot be read")]),
        refuses("auth_register_nobody.txt", register(), &[("request", "is missing")]),
        refuses("auth_register_nullphone.txt", register(), &[("phone", "must be text")]),
        refuses("auth_register_numpw.txt", register(), &[("password", "must be text")]),
        row(v1, "auth_refresh_query_ok.txt", refresh(), granted(7, 1800)),
        row(v1, "auth_refresh_after_logout.txt", refresh(), granted(7, 1800)),
        row(v1, "auth_refresh_reuse.txt", refresh(), granted(7, 1800)),
        fails(v1, "auth_refresh_empty.txt", refresh(), DEAD),
        fails(v1, "auth_refresh_garbage.txt", refresh(), DEAD),
        fails(v1, "exp_refresh_expired.txt", refresh(), DEAD),
        fails(v1, "state_deleted_refresh.txt", refresh(), "Definite(AccountClosed)"),
        fails(v1, "auth_refresh_json.txt", refresh(), "Weather"),
        fails(v1, "auth_refresh_none.txt", refresh(), "Weather"),
        fails(v1, "auth_refresh_get.txt", refresh(), "Weather"),
        fails(v1, "state_db_down_refresh.txt", refresh(), "Weather"),
        fails(v1, "rl_prod_rawsocket.txt", refresh(), "Weather"),
        row(v1, "auth_logout_ok.txt", Logout, |result| result.unwrap()),
        fails(v1, "auth_logout_bad.txt", Logout, "token refused"),
        fails(v1, "auth_logout_noauth.txt", Logout, "token refused"),
        fails(v1, "exp_logout_expired.txt", Logout, "token refused"),
        row(v1, "auth_me_ok.txt", Me, alice),
        row(v1, "auth_me_after_logout.txt", Me, alice),
        fails(v1, "auth_me_emptybearer.txt", Me, "token refused"),
        fails(v1, "auth_me_garbage.txt", Me, "token refused"),
        fails(v1, "auth_me_noauth.txt", Me, "token refused"),
        fails(v1, "auth_me_tampered.txt", Me, "token refused"),
        fails(v1, "auth_me_withrefresh.txt", Me, "token refused"),
        fails(v1, "state_token_just_expired.txt", Me, "token refused"),
        fails(v1, "state_deleted_me.txt", Me, "not_found"),
        fails(v1, "state_db_down_me.txt", Me, "fault 500"),
        row(v1, "fix_vwh_ok.txt", vehicles(), alices_garage),
        row(v1, "fix_vwh_carol.txt", vehicles(), carols_garage),
        fails(v1, "fix_vwh_int32.txt", vehicles(), "fault 200"),
        fails(v1, "state_db_down_vehicles.txt", vehicles(), "fault 200"),
        fails(v1, "veh_list.txt", vehicles(), "wrong dialect"),
        row(v1, "veh_details_bob.txt", vehicle(52), bobs_vehicle),
        row(v1, "veh_details_after_ingest.txt", vehicle(51), alices_vehicle),
        fails(v1, "veh_details_404.txt", vehicle(999_999), "not_found"),
        fails(v1, "veh_details_int32.txt", vehicle(3), "fault 500"),
        row(v1, "ap_list.txt", bookings(), appointments),
        refuses("ap_list_limit201.txt", bookings(), &[("limit", "Input should be less than or equal to 200")]),
        fails(v1, "ap_list_limitneg.txt", bookings(), "fault 500"),
        row(v1, "bk_list_ok.txt", bookings(), short_list),
        row(v1, "bk_list_unknown.txt", bookings(), |result| assert_eq!(result.unwrap().items, [])),
        row(v1, "ap_get.txt", booking(42), one_full(42, "2026-12-20T10:00:00+05:30[Asia/Kolkata]", BookingStatus::Scheduled)),
        row(v1, "ap_get_after_delete.txt", booking(42), one_full(42, "2026-12-21T08:30:00+05:30[Asia/Kolkata]", BookingStatus::Cancelled)),
        fails(v1, "ap_get_404.txt", booking(999_999), "not_found"),
        row(v1, "bk_create_ok.txt", create(NINE), created(NINE, 27, NINE, false)),
        row(v1, "bk_create_date1.txt", create(NINE), created(NINE, 31, "2026-11-23T09:00:00+05:30[Asia/Kolkata]", true)),
        row(v1, "bk_create_date5.txt", create(NINE), created("2026-12-18T15:00:00+05:30[Asia/Kolkata]", 35, NINE, true)),
        row(v1, "bk_create_date6.txt", create(NINE), created("2026-12-18T15:00:00+05:30[Asia/Kolkata]", 36, "2026-12-18T15:00:00+05:30[Asia/Kolkata]", false)),
        fails(v1, "bk_create_noveh.txt", create(NINE), "not_found"),
        fails(v1, "bk_create_nul.txt", create(NINE), "fault 500"),
        refuses("bk_create_floatid.txt", create(NINE), &[("customer_id", "must be a whole number")]),
        refuses("bk_create_apijs_body.txt", create(NINE), &[("scheduled_date", "is missing"), ("scheduled_time", "is missing")]),
        row(v1, "ap_put_all.txt", reschedule(42), |result| assert_eq!(result.unwrap(), None)),
        fails(v1, "ap_put_404.txt", reschedule(999_999), "not_found"),
        fails(v1, "ap_patch.txt", reschedule(42), "other"),
        row(v1, "ap_delete.txt", cancel(42), |result| assert_eq!(result.unwrap(), None)),
        row(v1, "ap_delete_again.txt", cancel(42), |result| assert_eq!(result.unwrap(), None)),
        fails(v1, "ap_delete_404.txt", cancel(999_999), "not_found"),
        fails(v1, "bk_cancel_post.txt", cancel(27), "wrong dialect"),
        row(v1, "ap_centers.txt", centers(), all_centers),
        row(v1, "ap_centers_full.txt", centers(), all_centers),
        refuses("ap_centers_none.txt", centers(), &[("scheduled_time", "is missing")]),
        refuses("ap_centers_plus_unescaped.txt", centers(), &[("scheduled_time", "must be a date and a time")]),
        row(v1, "no_history.txt", notifications(), history),
        row(v1, "no_history_unknown.txt", notifications(), |result| assert_eq!(result.unwrap().items, [])),
        fails(v1, "no_history_neg.txt", notifications(), "fault 500"),
        fails(v1, "state_null_text.txt", notifications(), "fault 422"),
        fails(v1, "state_db_down_stats.txt", notifications(), "fault 500"),
        row(v1, "no_read.txt", mark(1), |result| assert_eq!(result.unwrap(), None)),
        row(v1, "no_read_again.txt", mark(1), |result| assert_eq!(result.unwrap(), None)),
        fails(v1, "no_read_int32.txt", mark(1), "not_found"),
        row(v1, "svc_health.txt", GetHealth, well("healthy", true)),
        row(v1, "state_db_down_health.txt", GetHealth, well("unhealthy", false)),
        row(v1, "svc_nope.txt", Discover, |result| assert_eq!(result.unwrap(), Dialect::V1)),
    ]
}

#[test]
fn every_recorded_exchange_of_v1_becomes_what_it_must() {
    for row in rows() {
        row.hold(&recorded("v1", row.file));
    }
}

#[test]
fn every_recorded_exchange_of_v1_has_a_row() {
    let named: BTreeSet<String> = rows().iter().map(|row| row.file.to_owned()).collect();
    let kept: BTreeSet<String> = files("v1").into_iter().collect();
    assert_eq!(named, kept);
}
