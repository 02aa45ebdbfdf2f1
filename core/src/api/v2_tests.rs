//! Every answer of docs/v2-wire.md, and what it must become. A file without a row here fails a test.

use std::collections::BTreeSet;
use std::time::Duration;

use zeroize::Zeroizing;

use super::testing::{Row, Setting, fails, files, recorded, row};
use super::*;
use crate::error::Refusal;
use crate::model::*;

fn v2() -> Setting {
    Setting::v2()
}

fn login() -> Login {
    Login {
        email: "alice@example.com".to_owned(),
        password: Password::new("secret-1"),
    }
}

fn register() -> Register {
    Register {
        new: NewCustomer {
            email: "new.user@example.com".to_owned(),
            password: Password::new("secret-1"),
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

fn change_password() -> ChangePassword {
    ChangePassword {
        current: Password::new("secret-1"),
        new: Password::new("secret-2"),
    }
}

fn reset() -> ResetPassword {
    ResetPassword {
        token: Zeroizing::new("reset".to_owned()),
        new: Password::new("secret-2"),
    }
}

fn vehicles() -> ListVehicles {
    ListVehicles { cursor: None }
}

fn claim() -> ClaimVehicle {
    ClaimVehicle {
        vin: "1HGCM82633A004352".to_owned(),
        idempotency_key: "key-1".to_owned(),
    }
}

fn create() -> CreateBooking {
    CreateBooking {
        vehicle: VehicleId(51),
        service: ServiceType::OilChange,
        at: TEN.parse().unwrap(),
        center: Some(CenterId(1)),
        notes: None,
        operation_id: "op-1".to_owned(),
        idempotency_key: "key-1".to_owned(),
    }
}

fn reschedule() -> RescheduleBooking {
    RescheduleBooking {
        id: BookingId::from_server(36),
        at: "2026-12-19T11:30:00+05:30[Asia/Kolkata]".parse().unwrap(),
        if_match: Some("\"v1\"".to_owned()),
        idempotency_key: "key-1".to_owned(),
    }
}

fn declare_photo() -> DeclarePhoto {
    DeclarePhoto {
        booking: BookingId::from_server(36),
        name: "0123abcd".to_owned(),
        size: 300_000,
        sha256: "ff00".to_owned(),
    }
}

fn photo_part() -> SendPart {
    SendPart {
        booking: BookingId::from_server(36),
        name: "0123abcd".to_owned(),
        offset: 65_536,
        bytes: Zeroizing::new(vec![0xff, 0xd8]),
    }
}

fn granted(result: Result<Grant, ApiError>) {
    let grant = result.map_err(|error| error.to_string()).ok().unwrap();
    assert_eq!((grant.customer, &grant.role), (CustomerId(7), &Role::Customer));
    assert_eq!(grant.permissions, Role::Customer.permissions());
    assert_eq!(grant.lifetime, Duration::from_secs(1800));
    assert_eq!(*grant.refresh_token, "r.7.1.SIGNATURE");
}

fn alice(address: Option<&'static str>) -> impl Fn(Result<Profile, ApiError>) {
    move |result| {
        let customer = result.unwrap().into_customer(&Role::Viewer, &[]);
        assert_eq!((customer.id, customer.role), (CustomerId(7), Role::Customer));
        assert_eq!(customer.permissions, Role::Customer.permissions());
        assert_eq!(customer.address.as_deref(), address);
        assert_eq!(customer.phone.as_deref(), Some("+15550000001"));
    }
}

fn garage(result: Result<Page<VehicleSummary>, ApiError>) {
    let page = result.unwrap();
    assert_eq!(page.next.as_deref(), Some("b3BhcXVl"));
    let found: Vec<_> = page
        .items
        .iter()
        .map(|v| (v.vehicle.id.0, v.health.clone().unwrap()))
        .collect();
    assert_eq!(found, [(51, Health::new(88.0)), (52, Health::new(18.5))]);
    let latest = page.items[0].latest_booking.clone().unwrap();
    assert_eq!(
        latest.starts_at.to_string(),
        "2026-12-18T15:00:00+05:30[Asia/Kolkata]"
    );
    assert_eq!(latest.vehicle_id, Some(VehicleId(51)));
    assert_eq!(latest.vehicle.as_deref(), Some("Hero MotoCorp Splendor Plus"));
    assert_eq!(page.items[1].latest_booking, None);
}

fn bobs_vehicle(result: Result<VehicleDetails, ApiError>) {
    let details = result.unwrap();
    assert_eq!(details.health, Health::new(18.0));
    assert_eq!(details.purchased_on, Some(jiff::civil::date(2025, 10, 18)));
    assert_eq!(details.warranty_until, None);
    assert_eq!(details.components.len(), 10);
    let worst = &details.components[0];
    assert_eq!((&worst.kind, worst.health.score), (&ComponentKind::Brakes, 18.0));
    let issues: Vec<_> = worst.health.issues.iter().map(|i| i.severity.as_word()).collect();
    assert_eq!(issues, ["critical", "low"], "worst first");
    let foreseen: Vec<_> = details
        .predictions
        .iter()
        .map(|p| {
            (
                p.id.unwrap().0,
                p.component.as_word(),
                p.failure_probability,
                p.days_to_failure,
            )
        })
        .collect();
    assert_eq!(
        foreseen,
        [(59, "brakes", 0.82, Some(7)), (60, "oil_system", 0.55, None)]
    );
    assert_eq!(details.telemetry.unwrap().fuel_level_percent, Some(63.0));
}

fn a_booking(starts_at: &'static str, status: BookingStatus) -> impl Fn(&Booking) {
    move |booking| {
        assert_eq!(booking.id, BookingId::from_server(36));
        assert_eq!(booking.starts_at.to_string(), starts_at);
        assert_eq!(booking.status, status);
        assert_eq!(
            (booking.vehicle_id, booking.center_id),
            (Some(VehicleId(51)), Some(CenterId(1)))
        );
        assert_eq!(
            (&booking.service, booking.minutes),
            (&ServiceType::OilChange, Some(30))
        );
        assert_eq!(
            (booking.notes.as_deref(), booking.operation.as_deref()),
            (Some("squeaks"), Some("op-1"))
        );
        assert_eq!(booking.created_at.unwrap().to_string(), "2026-11-22T00:37:23Z");
    }
}

fn slots_of(slots: &[Slot]) -> Vec<(String, Option<u32>)> {
    slots
        .iter()
        .map(|slot| (slot.starts_at.to_string(), slot.available))
        .collect()
}

fn free() -> Vec<(String, Option<u32>)> {
    vec![
        ("2026-12-18T11:00:00+05:30[Asia/Kolkata]".to_owned(), Some(2)),
        ("2026-12-18T11:30:00+05:30[Asia/Kolkata]".to_owned(), Some(1)),
    ]
}

const TEN: &str = "2026-12-18T10:00:00+05:30[Asia/Kolkata]";

/// The table.
#[rustfmt::skip]
pub(super) fn rows() -> Vec<Row> {
    vec![
        row(v2, "discovery.json", Discover, |result| {
            let dialect = result.unwrap();
            assert!(dialect.checks_owner());
            let can = dialect.capabilities();
            assert!(can.book && can.choose_center && can.slots && can.claim_vehicle && can.data_export);
            assert!(can.photos && !can.fleet);
        }),
        row(v2, "register.json", register(), granted),
        row(v2, "login.json", login(), granted),
        row(v2, "refresh.json", refresh(), granted),
        row(v2, "password_change.json", change_password(), granted),
        row(v2, "logout.json", Logout, |result| result.unwrap()),
        row(v2, "me.json", Me, alice(None)),
        row(v2, "change_profile.json", ChangeProfile { change: ProfileChange::default() }, alice(Some("2 New Lane"))),
        row(v2, "delete_account.json", DeleteAccount { password: Password::new("secret-1") }, |result| result.unwrap()),
        row(v2, "export.json", ExportData, |result| assert!(result.unwrap().contains("alice@example.com"))),
        row(v2, "password_request_reset.json", RequestPasswordReset { email: "a@b.example".to_owned() }, |result| result.unwrap()),
        row(v2, "password_reset.json", reset(), |result| result.unwrap()),
        row(v2, "vehicles.json", vehicles(), garage),
        row(v2, "claim.json", claim(), |result| assert_eq!(result.unwrap().vehicle.vin, "1HGCM82633A004352")),
        row(v2, "details.json", GetVehicle { id: VehicleId(52) }, bobs_vehicle),
        row(v2, "bookings.json", ListBookings { cursor: None }, |result| {
            let page = result.unwrap();
            a_booking(TEN, BookingStatus::Scheduled)(&page.items[0]);
            assert_eq!((page.items.len(), page.next), (2, None));
            assert_eq!((page.items[1].notes.as_deref(), page.items[1].operation.as_deref()), (None, None));
        }),
        row(v2, "booking.json", GetBooking { id: BookingId::from_server(36) }, |result| a_booking(TEN, BookingStatus::Scheduled)(&result.unwrap())),
        row(v2, "booking_created.json", create(), |result| {
            let booking = result.unwrap();
            a_booking(TEN, BookingStatus::Scheduled)(&booking);
            assert!(!create().was_moved(&booking));
        }),
        row(v2, "booking_moved.json", reschedule(), |result| a_booking("2026-12-19T11:30:00+05:30[Asia/Kolkata]", BookingStatus::Scheduled)(&result.unwrap().unwrap())),
        row(v2, "booking_cancelled.json", CancelBooking { id: BookingId::from_server(36), if_match: None, idempotency_key: "key-1".to_owned() },
            |result| a_booking(TEN, BookingStatus::Cancelled)(&result.unwrap().unwrap())),
        row(v2, "centers.json", ListServiceCenters { cursor: None }, |result| {
            let center = result.unwrap().items.remove(0);
            assert_eq!((center.id, center.capacity, center.time_zone.as_str()), (CenterId(1), Some(15), "Asia/Kolkata"));
        }),
        row(v2, "slots.json", ListSlots { center: CenterId(1), date: jiff::civil::date(2026, 12, 18) }, |result| assert_eq!(slots_of(&result.unwrap().items), free())),
        row(v2, "notifications.json", ListNotifications { cursor: None }, |result| {
            let notification = result.unwrap().items.remove(0);
            assert_eq!((notification.kind, notification.channel), (NotificationKind::FailureAlert, NotificationChannel::Push));
            assert_eq!((notification.vehicle_id, notification.read), (Some(VehicleId(51)), false));
        }),
        row(v2, "notification_read.json", MarkNotificationRead { id: NotificationId(1) }, |result| assert!(result.unwrap().unwrap().read)),
        row(v2, "photo_declared.json", declare_photo(), |result| assert_eq!(result.unwrap(), Stands { received: 0, complete: false })),
        row(v2, "photo_part.json", photo_part(), |result| assert_eq!(result.unwrap(), Stands { received: 65_536, complete: false })),
        row(v2, "photo_whole.json", photo_part(), |result| assert_eq!(result.unwrap(), Stands { received: 300_000, complete: true })),
        row(v2, "photos.json", ListPhotos { booking: BookingId::from_server(36), cursor: None }, |result| {
            let photos = result.unwrap().items;
            assert_eq!((photos[0].name.as_str(), &photos[0].kind, photos[0].complete), ("0123abcd", &Some(PhotoKind::Jpeg), true));
            assert_eq!((photos[1].size, photos[1].arrived, photos[1].complete, &photos[1].kind), (300_000, 65_536, false, &None));
        }),
        row(v2, "ready.json", GetHealth, |result| {
            let health = result.unwrap();
            assert_eq!((health.serving, health.status.as_str()), (true, "ready"));
        }),
        fails(v2, "error_bad_request.json", vehicles(), "other"),
        fails(v2, "error_not_authenticated.json", vehicles(), "token refused"),
        fails(v2, "error_invalid_token.json", vehicles(), "token refused"),
        fails(v2, "error_token_expired.json", vehicles(), "token refused"),
        fails(v2, "error_invalid_credentials.json", login(), "wrong_credentials"),
        fails(v2, "error_wrong_current_password.json", change_password(), "wrong_credentials"),
        fails(v2, "error_invalid_refresh_token.json", refresh(), "Definite(SessionExpired)"),
        fails(v2, "error_refresh_token_reused.json", refresh(), "Definite(SessionRevoked)"),
        fails(v2, "error_refresh_account_disabled.json", refresh(), "Definite(AccountClosed)"),
        fails(v2, "error_refresh_internal.json", refresh(), "Weather"),
        fails(v2, "error_account_disabled.json", login(), "account_disabled"),
        row(v2, "error_missing_permission.json", vehicles(), |result| {
            let Err(ApiError::Refused { why, reason, .. }) = result else { panic!() };
            assert_eq!(why, Refusal::MissingPermission { permission: Some(Permission::ViewOwnVehicles) });
            assert_eq!(reason, "your role may not do this: it lacks view_own_vehicles");
        }),
        fails(v2, "error_not_found.json", GetVehicle { id: VehicleId(9) }, "not_found"),
        fails(v2, "error_method_not_allowed.json", vehicles(), "other"),
        fails(v2, "error_payload_too_large.json", vehicles(), "other"),
        fails(v2, "error_unsupported_media_type.json", vehicles(), "other"),
        fails(v2, "error_email_taken.json", register(), "email_taken"),
        fails(v2, "error_vehicle_claimed.json", claim(), "vehicle_claimed"),
        fails(v2, "error_in_progress.json", create(), "fault 409"),
        row(v2, "error_slot_taken.json", create(), |result| {
            let Err(ApiError::Conflict { free_slots, current, .. }) = result else { panic!() };
            assert_eq!((slots_of(&free_slots), current), (free(), None));
        }),
        row(v2, "error_precondition_failed.json", reschedule(), |result| {
            let Err(ApiError::Conflict { current, free_slots, .. }) = result else { panic!() };
            a_booking(TEN, BookingStatus::Confirmed)(&current.unwrap());
            assert_eq!(free_slots, []);
        }),
        row(v2, "error_validation_failed.json", register(), |result| {
            let Err(ApiError::Refused { why: Refusal::Invalid { fields }, .. }) = result else { panic!() };
            assert_eq!((fields[0].field.as_str(), fields[0].reason.as_str()), ("phone", "is longer than 20 characters"));
        }),
        fails(v2, "error_idempotency_key_reused.json", create(), "other"),
        fails(v2, "error_invalid_reset_token.json", reset(), "other"),
        row(v2, "error_wrong_offset.json", photo_part(), |result| assert_eq!(result.unwrap(), Stands { received: 65_536, complete: false })),
        fails(v2, "error_photo_id_reused.json", declare_photo(), "other"),
        fails(v2, "error_too_many_photos.json", declare_photo(), "other"),
        fails(v2, "error_photo_not_changeable.json", declare_photo(), "other"),
        fails(v2, "error_not_a_photo.json", photo_part(), "other"),
        fails(v2, "error_digest_mismatch.json", photo_part(), "other"),
        fails(v2, "error_rate_limited.json", vehicles(), "fault 429"),
        fails(v2, "error_internal.json", vehicles(), "fault 500"),
        fails(v2, "error_unavailable.json", vehicles(), "fault 503"),
    ]
}

#[test]
fn every_answer_of_the_v2_contract_becomes_what_it_must() {
    for row in rows() {
        row.hold(&recorded("v2", row.file));
    }
}

#[test]
fn every_answer_of_the_v2_contract_has_a_row() {
    let named: BTreeSet<String> = rows().iter().map(|row| row.file.to_owned()).collect();
    let kept: BTreeSet<String> = files("v2").into_iter().collect();
    assert_eq!(named, kept);
}
