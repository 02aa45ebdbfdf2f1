//! What is accepted as an answer.

use super::*;

fn large(bytes: usize) -> Reply {
    let part = bytes::Bytes::from(vec![b' '; 64 * 1024]);
    let mut reply = Reply::json(200, "");
    for _ in 0..bytes / part.len() {
        reply = reply.part(Part::Bytes(part.clone()));
    }
    reply
}

#[test]
fn an_answer_carries_what_the_layers_above_need() {
    let reply = Reply::json(401, r#"{"detail":"no"}"#)
        .header("www-authenticate", "Bearer")
        .header("etag", "\"v1\"");
    let answer = call(&read(), [reply]).result.unwrap();
    assert_eq!(answer.status, 401);
    assert_eq!(answer.request_id.as_deref(), Some("from-server"));
    assert!(answer.has_challenge);
    assert_eq!(answer.etag.as_deref(), Some("\"v1\""));
    assert_eq!(&answer.body[..], br#"{"detail":"no"}"#);
}

#[test]
fn without_an_id_of_the_server_ours_stands_in() {
    let called = call(&read(), [Reply::body(200, "application/json", "{}")]);
    let ours = called.network.sent()[0]
        .header("x-request-id")
        .unwrap()
        .to_owned();
    let answer = called.result.unwrap();
    assert_eq!(answer.request_id, Some(ours));
}

#[test]
fn no_content_and_not_modified_need_no_type() {
    assert_eq!(call(&read(), [Reply::empty(304)]).status(), 304);
    assert_eq!(call(&read(), [Reply::empty(204)]).status(), 204);
    assert_eq!(call(&read(), [Reply::empty(200)]).status(), 200);
    let empty = Reply::empty(202)
        .header("content-type", "text/plain")
        .header("content-length", "0");
    assert_eq!(call(&read(), [empty]).status(), 202);
}

#[test]
fn s13_a_page_instead_of_json_is_a_portal() {
    for kind in [
        "text/html",
        "text/html; charset=utf-8",
        "text/plain",
        "application/xml",
    ] {
        let called = call(&read(), [Reply::body(200, kind, "<html>Log in</html>")]);
        assert_eq!(called.fault(), Fault::Portal, "{kind}");
        assert_eq!(called.attempts(), 1);
        assert_eq!(Error::from(called.result.unwrap_err()), Error::CaptivePortal);
    }
    let untyped = Reply::empty(200).part(Part::Bytes("<html>".into()));
    assert_eq!(call(&read(), [untyped]).fault(), Fault::Portal);
}

#[test]
fn s13_a_portals_page_is_not_read() {
    let page = Reply::body(200, "text/html", "<html>").part(Part::Hang);
    let called = call(&read(), [page]);
    assert_eq!(called.fault(), Fault::Portal);
    assert_eq!(called.took, Duration::ZERO);
}

#[test]
fn s13_a_redirect_to_another_origin_is_a_portal() {
    for location in [
        "http://portal.example.net/",
        "http://pmi.example.com/api/vehicles/7/details",
    ] {
        let called = call(&read(), [Reply::empty(302).header("location", location)]);
        assert_eq!(called.fault(), Fault::Portal, "{location}");
        assert_eq!(called.attempts(), 1);
    }
    assert_eq!(call(&read(), [Reply::empty(511)]).fault(), Fault::Portal);
}

#[test]
fn s20_a_redirect_of_sign_in_is_a_portal_even_within_the_origin() {
    let sign_in = WireRequest::new(Method::POST, "/api/auth/login", Replay::OnlyIfNotApplied)
        .open()
        .json(&serde_json::json!({"password": "x"}));
    let called = call(&sign_in, [Reply::empty(307).header("location", "/elsewhere")]);
    assert_eq!(called.fault(), Fault::Portal);
    assert_eq!(called.attempts(), 1);
}

#[test]
fn a_get_follows_the_origins_own_redirects_three_times() {
    let hop = |to: &str| Reply::empty(307).header("location", to);
    let called = call(
        &read(),
        [
            hop("/a"),
            hop("https://pmi.example.com/b"),
            hop("c?d=e"),
            Reply::json(200, "{}"),
        ],
    );
    assert_eq!(called.status(), 200);
    let sent = called.network.sent();
    assert_eq!(sent[3].url.as_str(), "https://pmi.example.com/c?d=e");
    assert_eq!(sent[3].header("authorization"), Some("Bearer the-token"));

    let called = call(&read(), [hop("/a"), hop("/b"), hop("/c"), hop("/d")]);
    assert!(matches!(called.fault(), Fault::Faulty { status: 307, .. }));
}

#[test]
fn s15_a_proxys_page_is_a_fault_with_an_unknown_outcome_for_writes() {
    let page = || Reply::body(500, "text/html", "<html>Internal server error");
    let called = call(&write(), [page()]);
    assert_eq!(
        called.fault(),
        Fault::Faulty {
            status: 500,
            what: "not JSON"
        }
    );
    assert!(called.maybe_applied());
    let called = call(&read(), [Reply::body(404, "text/html", "<html>")]);
    assert!(matches!(called.fault(), Fault::Faulty { status: 404, .. }));
    assert!(!called.maybe_applied(), "a read applies nothing");
}

#[test]
fn s17_a_body_over_the_cap_is_refused() {
    assert_eq!(call(&read(), [large(2 * 1024 * 1024)]).status(), 200);
    let called = call(&read(), [large(2 * 1024 * 1024 + 64 * 1024).part(Part::Hang)]);
    assert_eq!(
        called.fault(),
        Fault::Faulty {
            status: 200,
            what: "too large"
        }
    );
    assert_eq!(called.took, Duration::ZERO, "the rest is not waited for");
}

#[test]
fn s17_a_length_over_the_cap_is_refused_before_a_byte_is_read() {
    let reply = Reply::json(200, "")
        .header("content-length", "1073741824")
        .part(Part::Hang);
    let called = call(&read(), [reply]);
    assert!(matches!(
        called.fault(),
        Fault::Faulty {
            what: "too large",
            ..
        }
    ));
    assert_eq!(called.took, Duration::ZERO);
}

#[test]
fn s17_deep_json_is_refused() {
    let called = call(&read(), [Reply::json(200, "[".repeat(100_000))]);
    assert!(matches!(
        called.fault(),
        Fault::Faulty {
            what: "nested too deep",
            ..
        }
    ));
    assert_eq!(called.attempts(), 1);
    let deep = format!("{}{}", "[".repeat(64), "]".repeat(64));
    assert_eq!(call(&read(), [Reply::json(200, deep)]).status(), 200);
}

#[test]
fn s17_a_damaged_body_is_refused_and_not_asked_for_again() {
    let called = call(
        &keyed_write(),
        [Reply::json(200, "{").part(Part::Fail(NetworkError::Damaged))],
    );
    assert!(matches!(called.fault(), Fault::Faulty { what: "damaged", .. }));
    assert!(called.maybe_applied());
}

#[test]
fn s17_a_byte_a_second_ends_soon_after_the_grace() {
    let mut drip = Reply::json(200, "");
    for _ in 0..200 {
        drip = drip.part(Part::Wait(seconds(1))).part(Part::Bytes(" ".into()));
    }
    let called = call(&read(), [drip]);
    let too_slow = Fault::Faulty {
        status: 200,
        what: "too slow",
    };
    assert_eq!(called.fault(), too_slow);
    assert_eq!(called.took, seconds(16));
    assert_eq!(called.attempts(), 1);
}

/// A body in parts, five seconds apart, in whose middle the device sleeps for so long.
fn slept_through(asleep: u64) -> Called {
    let mut body = Reply::json(200, "{");
    for _ in 0..2 {
        body = body.part(Part::Wait(seconds(5))).part(Part::Bytes(" ".into()));
    }
    let body = body.part(Part::Bytes("}".into()));
    let clock = ManualClock::new();
    let began = clock.elapsed();
    let network = ScriptedNetwork::script(&clock, [body]);
    let transport = transport(&clock, &network);
    let request = read();
    let result = clock.run(async {
        let sleeping = async {
            crate::ports::Sleep::sleep(&clock, seconds(1)).await;
            clock.advance(seconds(asleep));
        };
        futures_util::future::join(transport.send(&request, Some("t")), sleeping)
            .await
            .0
    });
    Called {
        result,
        network,
        took: clock.elapsed() - began,
    }
}

#[test]
fn a_body_in_whose_middle_the_device_slept_is_not_the_servers_fault() {
    let awake = slept_through(30);
    assert_eq!(awake.status(), 200, "it went on where it was");
    assert_eq!(awake.attempts(), 1);
    // Past the deadline of the call: the answer did not come in time.
    for asleep in [59, 60, 3600] {
        let late = slept_through(asleep);
        assert_eq!(late.fault(), Fault::Offline(OfflineReason::TimedOut), "{asleep}");
        assert_eq!(late.attempts(), 1);
    }
}

#[test]
fn s17_a_body_that_stands_still_is_asked_for_once_more() {
    let stalls = || Reply::json(200, "").part(Part::Hang);
    let called = call(&read(), [stalls(), stalls()]);
    assert_eq!(called.fault(), Fault::Offline(OfflineReason::TimedOut));
    assert!(called.took < seconds(32), "{:?}", called.took);
    let called = call(&read(), [stalls(), Reply::json(200, "{}")]);
    assert_eq!(called.status(), 200);
}

#[test]
fn s17_a_body_that_goes_on_as_slowly_as_it_may_ends_at_the_total_deadline() {
    let mut drip = Reply::json(200, "");
    for _ in 0..200 {
        let part = bytes::Bytes::from(vec![b' '; 100]);
        drip = drip.part(Part::Wait(seconds(1))).part(Part::Bytes(part));
    }
    let called = call(&read(), [drip]);
    assert_eq!(called.fault(), Fault::Offline(OfflineReason::TimedOut));
    assert_eq!(called.took, seconds(60));
}

#[test]
fn s18_a_silent_server_is_given_up_after_a_stall_and_asked_again_on_a_fresh_connection() {
    let called = call(
        &read(),
        [
            Reply::Hang,
            Reply::json(200, "{").part(Part::Hang),
            Reply::json(200, "{}"),
        ],
    );
    assert_eq!(called.status(), 200);
    let sent = called.network.sent();
    assert!(sent[1].at - sent[0].at >= seconds(15));
    assert!(sent[1].at - sent[0].at <= seconds(16));
    assert_eq!(sent.iter().map(|s| s.drops).collect::<Vec<_>>(), [0, 1, 2]);
}

#[test]
fn s18_silence_ends_a_write_with_an_unknown_outcome() {
    let called = call(&write(), [Reply::Hang]);
    assert_eq!(called.fault(), Fault::Offline(OfflineReason::TimedOut));
    assert_eq!(called.took, seconds(15));
    assert!(called.maybe_applied());
}

#[test]
fn no_error_shows_token_query_or_body() {
    let request = WireRequest::new(Method::POST, "/api/auth/refresh", Replay::OnlyIfNotApplied)
        .query("refresh_token", "hush");
    let called = call(&request, [Reply::body(500, "text/html", "SQL hush")]);
    let error = called.result.unwrap_err();
    let texts = format!("{error} {error:?} {}", Error::from(error.clone()));
    assert!(!texts.contains("hush") && !texts.contains("the-token"), "{texts}");
}
