//! What is sent, in each dialect.

use http::Method;
use serde_json::json;
use zeroize::Zeroizing;

use super::request_testing::{TEN, body, create, line, sent, why_not};
use super::testing::{Setting, answer, kind};
use super::*;
use crate::model::*;

#[test]
fn a_refresh_travels_in_v1s_query_with_an_empty_body_and_in_v2s_body() {
    let refresh = Refresh {
        refresh_token: Zeroizing::new("a+b".to_owned()),
    };
    let v1 = sent(&Setting::v1(), &refresh);
    assert_eq!(line(&v1), "POST /api/auth/refresh refresh_token=a+b");
    assert!(v1.body.is_none());
    let v2 = sent(&Setting::v2(), &refresh);
    assert_eq!(
        (line(&v2), body(&v2)),
        (
            "POST /api/auth/refresh ".to_owned(),
            json!({"refresh_token": "a+b"})
        )
    );
    assert!(v1.auth == Auth::Open && v2.auth == Auth::Open);
    assert!(v1.policy.replay == Replay::Safe && v2.policy.replay == Replay::Safe);
}

#[test]
fn lists_are_scoped_by_v1s_own_customer_id_and_paged_by_v2s_cursor() {
    let (v1, v2) = (Setting::v1(), Setting::v2());
    let cursor = || Some("c1".to_owned());
    assert_eq!(
        line(&sent(&v1, &ListVehicles { cursor: None })),
        "GET /api/fixes/vehicles-with-health/7 "
    );
    assert_eq!(
        line(&sent(&v2, &ListVehicles { cursor: cursor() })),
        "GET /api/vehicles limit=200&cursor=c1"
    );
    let list = "GET /api/appointments/list customer_id=7&limit=200";
    assert_eq!(line(&sent(&v1, &ListBookings { cursor: None })), list);
    let one = GetBooking {
        id: BookingId::from_server(9),
    };
    assert_eq!(line(&sent(&v1, &one)), list, "v1 would show anybody's by number");
    assert_eq!(line(&sent(&v2, &one)), "GET /api/bookings/9 ");
    assert_eq!(
        line(&sent(&v1, &ListNotifications { cursor: None })),
        "GET /api/notifications/history customer_id=7&limit=200"
    );
    assert_eq!(
        line(&sent(&v1, &ListServiceCenters { cursor: None })),
        "GET /api/appointments/service-centers/available scheduled_time=2026-11-22T06:10:00Z"
    );
    let slots = ListSlots {
        center: CenterId(3),
        date: jiff::civil::date(2026, 12, 18),
    };
    assert_eq!(
        line(&sent(&v2, &slots)),
        "GET /api/service-centers/3/slots limit=200&date=2026-12-18"
    );
}

#[test]
fn a_photo_is_declared_and_sent_in_parts_as_bytes_and_never_to_v1() {
    let (v1, v2) = (Setting::v1(), Setting::v2());
    let booking = || BookingId::from_server(9);
    let declare = DeclarePhoto {
        booking: booking(),
        name: "p-1".to_owned(),
        size: 3,
        sha256: "ff00".to_owned(),
    };
    let part = SendPart {
        booking: booking(),
        name: "p-1".to_owned(),
        offset: 65_536,
        bytes: Zeroizing::new(vec![0xff, 0xd8, 0xff]),
    };
    let list = ListPhotos {
        booking: booking(),
        cursor: None,
    };
    let declared = sent(&v2, &declare);
    assert_eq!(line(&declared), "PUT /api/bookings/9/photos/p-1 ");
    assert_eq!(body(&declared), json!({"size": 3, "sha256": "ff00"}));
    let sent_part = sent(&v2, &part);
    assert_eq!(
        line(&sent_part),
        "PUT /api/bookings/9/photos/p-1/content offset=65536"
    );
    assert_eq!(
        sent_part.body.as_deref().map(Vec::as_slice),
        Some(&[0xff, 0xd8, 0xff][..])
    );
    assert_eq!(sent_part.media.as_word(), "application/octet-stream");
    assert_eq!(line(&sent(&v2, &list)), "GET /api/bookings/9/photos limit=200");
    let without = Setting::of(Dialect::V2 { features: Vec::new() });
    for setting in [&v1, &without] {
        assert_eq!(why_not(setting, &declare).0, "unsupported photos");
        assert_eq!(why_not(setting, &part).0, "unsupported photos");
        assert_eq!(why_not(setting, &list).0, "unsupported photos");
    }
}

#[test]
fn s28_a_booking_at_ten_says_ten_in_both_dialects() {
    let v1 = sent(&Setting::v1(), &create(TEN));
    assert_eq!(
        (v1.method.clone(), v1.path.as_str()),
        (Method::POST, "/api/bookings/create")
    );
    assert!(v1.policy.replay == Replay::OnlyIfNotApplied);
    assert_eq!(
        body(&v1),
        json!({"customer_id": 7, "vehicle_id": 51, "service_type": "Full Inspection", "scheduled_date": "12/18/2026",
               "scheduled_time": "10:00 AM", "notes": format!("squeaks\n[pmi:{}]", reference_of("op-1"))})
    );
    let v2 = sent(&Setting::v2(), &create(TEN));
    assert_eq!(
        (v2.path.as_str(), v2.idempotency_key.as_deref()),
        ("/api/bookings", Some("key-1"))
    );
    assert!(v2.policy.replay == Replay::Safe);
    assert_eq!(
        body(&v2),
        json!({"vehicle_id": 51, "service_type": "inspection", "scheduled_at": "2026-12-18T10:00:00+05:30",
               "time_zone": "Asia/Kolkata", "notes": "squeaks", "client_operation_id": "op-1"})
    );
    let moved = RescheduleBooking {
        id: BookingId::from_server(9),
        at: TEN.parse().unwrap(),
        if_match: Some("\"e\"".to_owned()),
        idempotency_key: "key-1".to_owned(),
    };
    let v1 = sent(&Setting::v1(), &moved);
    assert_eq!(
        (line(&v1), body(&v1)),
        (
            "PUT /api/appointments/9 ".to_owned(),
            json!({"scheduled_time": "2026-12-18T10:00:00Z"})
        )
    );
    let v2 = sent(&Setting::v2(), &moved);
    assert_eq!(
        (line(&v2), v2.if_match.as_deref()),
        ("PATCH /api/bookings/9 ".to_owned(), Some("\"e\""))
    );
}

#[test]
fn a_v1_booking_reads_back_what_was_sent_and_shows_no_reference() {
    let notes = body(&sent(&Setting::v1(), &create(TEN)))["notes"].clone();
    let list =
        json!([{"appointment_id": 9, "scheduled_time": "2026-12-18T10:00:00Z", "predicted_issue": notes}]);
    let page = ListBookings { cursor: None }
        .decode(&Setting::v1().around(), &answer(200, &list.to_string()))
        .unwrap();
    assert_eq!(page.items[0].starts_at.to_string(), TEN);
    assert_eq!(page.items[0].notes.as_deref(), Some("squeaks"));
    assert_eq!(page.items[0].operation, Some(reference_of("op-1")));
}

#[test]
fn somebody_elses_v1_booking_is_not_found() {
    let list = r#"[{"appointment_id":9,"scheduled_time":"2026-12-18T10:00:00Z"}]"#;
    let get = |id| {
        GetBooking {
            id: BookingId::from_server(id),
        }
        .decode(&Setting::v1().around(), &answer(200, list))
    };
    assert_eq!(get(9).unwrap().id, BookingId::from_server(9));
    assert_eq!(kind(&get(10).unwrap_err()), "not_found");
}
