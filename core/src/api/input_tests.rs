//! What is not sent at all: what cannot be right (Q14), and what the server has not.

use zeroize::Zeroizing;

use super::request_testing::{TEN, body, create, sent, why_not};
use super::testing::Setting;
use super::*;
use crate::model::*;

#[test]
fn customer_0_is_never_asked_for_because_v1_reads_it_as_everybody() {
    for customer in [0, -1, i64::from(i32::MAX) + 1] {
        let setting = Setting::v1().customer(customer);
        assert_eq!(
            why_not(&setting, &ListBookings { cursor: None }).0,
            "invalid customer"
        );
        assert_eq!(
            why_not(&setting, &ListVehicles { cursor: None }).0,
            "invalid customer"
        );
        assert_eq!(
            why_not(&setting, &ListNotifications { cursor: None }).0,
            "invalid customer"
        );
    }
}

#[test]
fn what_v1_has_not_is_unsupported_and_nothing_is_sent() {
    let v1 = Setting::v1();
    let password = || Password::new("12345678");
    let unsupported = |operation: (String, String)| operation.0;
    assert_eq!(
        unsupported(why_not(
            &v1,
            &ClaimVehicle {
                vin: String::new(),
                idempotency_key: String::new()
            }
        )),
        "unsupported claim_vehicle"
    );
    assert_eq!(
        unsupported(why_not(
            &v1,
            &ListSlots {
                center: CenterId(1),
                date: jiff::civil::date(2026, 1, 1)
            }
        )),
        "unsupported slots"
    );
    assert_eq!(
        unsupported(why_not(
            &v1,
            &ChangePassword {
                current: password(),
                new: password()
            }
        )),
        "unsupported password_change"
    );
    assert_eq!(
        unsupported(why_not(&v1, &RequestPasswordReset { email: String::new() })),
        "unsupported password_reset"
    );
    assert_eq!(
        unsupported(why_not(
            &v1,
            &ResetPassword {
                token: Zeroizing::default(),
                new: password()
            }
        )),
        "unsupported password_reset"
    );
    assert_eq!(
        unsupported(why_not(
            &v1,
            &ChangeProfile {
                change: ProfileChange::default()
            }
        )),
        "unsupported profile_change"
    );
    assert_eq!(
        unsupported(why_not(&v1, &DeleteAccount { password: password() })),
        "unsupported account_deletion"
    );
    assert_eq!(unsupported(why_not(&v1, &ExportData)), "unsupported data_export");
    let elsewhere = CreateBooking {
        center: Some(CenterId(2)),
        ..create(TEN)
    };
    assert_eq!(unsupported(why_not(&v1, &elsewhere)), "unsupported choose_center");
    let bare = Setting::of(Dialect::V2 { features: Vec::new() });
    assert_eq!(unsupported(why_not(&bare, &create(TEN))), "unsupported book");
}

#[test]
fn what_a_server_chokes_on_is_not_sent_and_the_reason_shows_no_value() {
    let (v1, v2) = (Setting::v1(), Setting::v2());
    let new = |change: fn(&mut NewCustomer)| {
        let mut new = NewCustomer {
            email: "new.user@example.com".to_owned(),
            password: Password::new("hunter-22"),
            first_name: "N".to_owned(),
            last_name: "U".to_owned(),
            phone: "+1".to_owned(),
            address: None,
        };
        change(&mut new);
        Register { new }
    };
    sent(&v1, &new(|_| {}));
    type Change = fn(&mut NewCustomer);
    let cases: [(Change, &str); 10] = [
        (|new| new.email = "alice".to_owned(), "invalid email"),
        (|new| new.email = "a@b".to_owned(), "invalid email"),
        (|new| new.email = "a b@example.com".to_owned(), "invalid email"),
        (|new| new.password = Password::new(""), "invalid password"),
        (
            |new| new.password = Password::new("hunter\0-22"),
            "invalid password",
        ),
        (|new| new.first_name = " ".to_owned(), "invalid first_name"),
        (|new| new.last_name = "U\0".to_owned(), "invalid last_name"),
        (|new| new.phone = String::new(), "invalid phone"),
        (|new| new.phone = "1".repeat(21), "invalid phone"),
        (|new| new.address = Some("x".repeat(501)), "invalid address"),
    ];
    for (change, expected) in cases {
        for setting in [&v1, &v2] {
            let (kind, text) = why_not(setting, &new(change));
            assert_eq!(kind, expected);
            assert!(text.contains("must"), "says what would be right: {text}");
            assert!(!text.contains("hunter"), "{text}");
        }
    }
    let short = new(|new| new.password = Password::new("hunter2"));
    sent(&v1, &short);
    assert_eq!(why_not(&v2, &short).0, "invalid password");
    let long_id = GetVehicle {
        id: VehicleId(3_000_000_000),
    };
    assert_eq!(why_not(&v1, &long_id).0, "invalid vehicle");
    sent(&v2, &long_id);
    let local = CancelBooking {
        id: BookingId::parse("local-1"),
        if_match: None,
        idempotency_key: "k".to_owned(),
    };
    assert_eq!(why_not(&v1, &local).0, "invalid booking");
    assert_eq!(
        why_not(&v1, &create("2026-12-18T10:00:30+05:30[Asia/Kolkata]")).0,
        "invalid at"
    );
    let odd = CreateBooking {
        service: ServiceType::from_word("polish"),
        ..create(TEN)
    };
    assert_eq!(
        why_not(&v1, &odd).0,
        "invalid service",
        "v1 would silently make it a general service"
    );
    sent(&v2, &odd);
}

#[test]
fn a_vin_must_have_its_form_and_its_check_digit() {
    let v2 = Setting::v2();
    let claim = |vin: &str| ClaimVehicle {
        vin: vin.to_owned(),
        idempotency_key: "k".to_owned(),
    };
    for good in [
        "1HGCM82633A004352",
        "1M8GDM9AXKP042788",
        " 1hgcm82633a004352 ",
        "11111111111111111",
    ] {
        assert_eq!(body(&sent(&v2, &claim(good)))["vin"], good.trim().to_uppercase());
    }
    for bad in [
        "",
        "1HGCM82633A00435",
        "1HGCM82633A0043522",
        "1HGCM82633A00435O",
        "1HGCM82643A004352",
        "1HGCM8263éA00435",
    ] {
        assert_eq!(why_not(&v2, &claim(bad)).0, "invalid vin", "{bad}");
    }
}
