//! What an answer that is no success means: for the session (scenario 8), for the dialect (scenario 13), for a person.

use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::testing::{Setting, answer, kind};
use super::*;
use crate::error::Refusal;
use crate::model::*;

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
