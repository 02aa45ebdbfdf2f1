//! What is sent, what is not sent at all, and what an answer in the other dialect means.

use http::Method;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::testing::{Setting, answer, kind};
use super::*;
use crate::error::Refusal;
use crate::model::*;

fn sent(setting: &Setting, operation: &impl Operation) -> WireRequest {
    operation
        .request(&setting.around())
        .map_err(|error| kind(&error))
        .ok()
        .unwrap()
}

fn why_not(setting: &Setting, operation: &impl Operation) -> (String, String) {
    match operation.request(&setting.around()) {
        Ok(_) => panic!("must not be sent"),
        Err(error) => (kind(&error), error.to_string()),
    }
}

fn line(request: &WireRequest) -> String {
    let query: Vec<String> = request
        .query
        .iter()
        .map(|(name, value)| format!("{name}={}", value.as_str()))
        .collect();
    format!("{} {} {}", request.method, request.path, query.join("&"))
}

fn body(request: &WireRequest) -> Value {
    serde_json::from_slice(request.body.as_ref().unwrap()).unwrap()
}

fn create(at: &str) -> CreateBooking {
    CreateBooking {
        vehicle: VehicleId(51),
        service: ServiceType::Inspection,
        at: at.parse().unwrap(),
        center: None,
        notes: Some("squeaks".to_owned()),
        operation_id: "op-1".to_owned(),
        idempotency_key: "key-1".to_owned(),
    }
}

const TEN: &str = "2026-12-18T10:00:00+05:30[Asia/Kolkata]";

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
    assert!(v1.replay == Replay::Safe && v2.replay == Replay::Safe);
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
fn s28_a_booking_at_ten_says_ten_in_both_dialects() {
    let v1 = sent(&Setting::v1(), &create(TEN));
    assert_eq!(
        (v1.method.clone(), v1.path.as_str()),
        (Method::POST, "/api/bookings/create")
    );
    assert!(v1.replay == Replay::OnlyIfNotApplied);
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
    assert!(v2.replay == Replay::Safe);
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
    let cases: [(fn(&mut NewCustomer), &str); 10] = [
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

#[test]
fn s13_only_two_answers_decide_which_dialect_a_server_speaks() {
    let v1 = Setting::v1();
    let ask = |status, text: &str| {
        Discover
            .decode(&v1.around(), &answer(status, text))
            .map_err(|error| kind(&error))
    };
    assert_eq!(ask(404, r#"{"detail":"Not Found"}"#), Ok(Dialect::V1));
    let v2 = Dialect::V2 {
        features: vec!["book".to_owned()],
    };
    assert_eq!(
        ask(200, r#"{"api_version":2,"features":["book"]}"#),
        Ok(v2.clone())
    );
    assert_eq!(
        ask(200, r#"{"api_version":3,"features":["book"],"new":1}"#),
        Ok(v2)
    );
    for (status, text) in [
        (404, r#"{"detail":"Not found"}"#),
        (404, r#"{"detail":"Not Found","by":"proxy"}"#),
        (404, r#"{"error":"not_found","message":"m","request_id":"r"}"#),
        (404, "<html>"),
        (200, "<html>"),
        (200, "{}"),
        (200, r#"{"detail":"Not Found"}"#),
        (200, r#"{"api_version":1}"#),
        (500, r#"{"detail":"Not Found"}"#),
        (503, ""),
        (401, r#"{"detail":"Not authenticated"}"#),
    ] {
        assert_eq!(
            ask(status, text),
            Err(format!("fault {status}")),
            "{status} {text}"
        );
    }
}

#[test]
fn s08_only_the_listed_answers_end_a_session() {
    let refresh = Refresh {
        refresh_token: Zeroizing::new("t".to_owned()),
    };
    let is = |setting: Setting, status, challenge, text: &str| {
        let mut answer = answer(status, text);
        answer.has_challenge = challenge;
        kind(&refresh.decode(&setting.around(), &answer).err().unwrap())
    };
    for status in [
        400, 401, 403, 404, 405, 408, 409, 410, 418, 422, 429, 500, 502, 503, 504,
    ] {
        for text in [
            "",
            "{}",
            "<html>",
            "[]",
            "null",
            r#"{"message":"Forbidden"}"#,
            r#"{"detail":{}}"#,
        ] {
            for challenge in [false, true] {
                assert_eq!(
                    is(Setting::v1(), status, challenge, text),
                    "Weather",
                    "v1 {status} {text}"
                );
                if text != r#"{"detail":{}}"# {
                    assert_eq!(
                        is(Setting::v2(), status, challenge, text),
                        "Weather",
                        "v2 {status} {text}"
                    );
                }
            }
        }
    }
    for text in [
        "{}",
        "<html>",
        r#"{"access_token":"a"}"#,
        r#"{"access_token":"","refresh_token":"b"}"#,
    ] {
        assert_eq!(is(Setting::v1(), 200, false, text), "Weather", "{text}");
        assert_eq!(is(Setting::v2(), 200, false, text), "Weather", "{text}");
    }
    let dead = r#"{"detail":"Could not validate credentials"}"#;
    assert_eq!(is(Setting::v1(), 401, true, dead), "Definite(SessionExpired)");
    assert_eq!(is(Setting::v1(), 401, false, dead), "Weather");
    assert_eq!(is(Setting::v1(), 403, true, dead), "Weather");
}

#[test]
fn an_answer_in_the_other_dialect_is_its_own_error() {
    let envelope = r#"{"error":"not_found","message":"m","request_id":"r"}"#;
    let v1_404 = r#"{"detail":"Not Found"}"#;
    let list = ListVehicles { cursor: None };
    let refresh = Refresh {
        refresh_token: Zeroizing::new("t".to_owned()),
    };
    let login = Login {
        email: "a@b.example".to_owned(),
        password: Password::new("p"),
    };
    let (v1, v2) = (Setting::v1(), Setting::v2());
    let of = |error: Option<ApiError>| kind(&error.unwrap());
    assert_eq!(
        of(list.decode(&v1.around(), &answer(404, envelope)).err()),
        "wrong dialect"
    );
    assert_eq!(
        of(list.decode(&v1.around(), &answer(404, v1_404)).err()),
        "wrong dialect"
    );
    assert_eq!(
        of(list.decode(&v2.around(), &answer(404, v1_404)).err()),
        "wrong dialect"
    );
    assert_eq!(
        of(list.decode(&v2.around(), &answer(404, envelope)).err()),
        "not_found"
    );
    assert_eq!(
        of(refresh.decode(&v1.around(), &answer(422, envelope)).err()),
        "wrong dialect"
    );
    assert_eq!(
        of(refresh.decode(&v1.around(), &answer(404, v1_404)).err()),
        "wrong dialect"
    );
    let missing = r#"{"detail":[{"type":"missing","loc":["query","refresh_token"],"msg":"Field required","input":null}]}"#;
    assert_eq!(
        of(refresh.decode(&v2.around(), &answer(422, missing)).err()),
        "wrong dialect"
    );
    assert_eq!(
        of(login.decode(&v1.around(), &answer(404, v1_404)).err()),
        "wrong dialect"
    );
    // A server in trouble says nothing about what it is.
    assert_eq!(
        of(list.decode(&v1.around(), &answer(503, envelope)).err()),
        "fault 503"
    );
    assert_eq!(
        of(list.decode(&v2.around(), &answer(500, v1_404)).err()),
        "fault 500"
    );
}

#[test]
fn a_422_never_repeats_what_was_sent() {
    let echo = json!({"detail": [
        {"type": "custom", "loc": ["body", "password"], "msg": "Hunter-22 is too weak", "input": "hunter-22"},
        {"type": "custom", "loc": ["body", "profile", 0, "na<b>me"], "msg": "no\nway", "input": {"password": "hunter-22"}},
    ]});
    let login = Login {
        email: "a@b.example".to_owned(),
        password: Password::new("hunter-22"),
    };
    let Err(ApiError::Refused {
        why: Refusal::Invalid { fields },
        reason,
        ..
    }) = login.decode(&Setting::v1().around(), &answer(422, &echo.to_string()))
    else {
        panic!();
    };
    let found: Vec<_> = fields
        .iter()
        .map(|f| (f.field.as_str(), f.reason.as_str()))
        .collect();
    assert_eq!(
        found,
        [("password", "is not accepted"), ("profile.0.nabme", "no way")]
    );
    assert!(!format!("{fields:?}{reason}").to_lowercase().contains("hunter"));
}

#[test]
fn a_token_whose_life_nobody_states_is_used_for_five_minutes() {
    let grant = |body: Value| {
        Login {
            email: String::new(),
            password: Password::new(""),
        }
        .decode(&Setting::v1().around(), &answer(200, &body.to_string()))
        .map_err(|error| kind(&error))
        .ok()
        .unwrap()
    };
    let opaque = json!({"access_token": "opaque", "refresh_token": "r", "customer_id": 7});
    let found = grant(opaque.clone());
    assert_eq!(found.lifetime, std::time::Duration::from_secs(300));
    assert_eq!((found.customer, found.role), (CustomerId(7), Role::Customer));
    for (expires_in, seconds) in [
        (json!(60), 60),
        (json!(60.0), 60),
        (json!("60"), 60),
        (json!(0), 300),
        (json!(-5), 300),
    ] {
        let mut body = opaque.clone();
        body["expires_in"] = expires_in;
        assert_eq!(grant(body).lifetime, std::time::Duration::from_secs(seconds));
    }
}

#[test]
fn not_modified_and_not_now_are_no_refusals() {
    let list = ListVehicles { cursor: None };
    for setting in [Setting::v1(), Setting::v2()] {
        let of = |status| kind(&list.decode(&setting.around(), &answer(status, "")).unwrap_err());
        assert_eq!(of(304), "not modified");
        for status in [408, 425, 429, 500, 502, 503, 504] {
            assert_eq!(of(status), format!("fault {status}"));
        }
        assert_eq!(of(451), "other");
    }
}
