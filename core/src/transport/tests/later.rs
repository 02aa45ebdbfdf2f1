//! When the server says "later": 429, Retry-After, v1's limiter.

use super::*;
use crate::ports::Sleep;

fn limiter() -> Reply {
    Reply::body(500, "application/json", LIMITER)
}

fn waited(called: &Called) -> Duration {
    let sent = called.network.sent();
    sent[1].at - sent[0].at
}

#[test]
fn s14_a_retry_after_is_obeyed_in_every_form() {
    let forms = [
        Reply::json(429, "{}").header("retry-after", "7"),
        Reply::json(503, "{}").header("retry-after", "7"),
        Reply::body(503, "text/html", "<html>").header("retry-after", "7"),
        Reply::json(429, "{}")
            .header("date", "Sun, 22 Nov 2026 00:38:45 GMT")
            .header("retry-after", "Sun, 22 Nov 2026 00:38:52 GMT"),
        Reply::json(429, r#"{"error":"rate_limited","detail":{"retry_after":7}}"#),
        Reply::json(429, r#"{"retry_after":7}"#),
    ];
    for later in forms {
        for request in [read(), write(), keyed_write()] {
            let called = call(&request, [later.clone(), Reply::json(200, "{}")]);
            assert_eq!(called.status(), 200);
            let waited = waited(&called);
            assert!(
                waited >= seconds(7) && waited <= Duration::from_millis(7500),
                "{waited:?}"
            );
        }
    }
}

#[test]
fn s14_a_date_is_obeyed_on_a_device_whose_clock_is_a_day_off() {
    for off in [-86_400, 86_400] {
        let clock = ManualClock::new();
        clock.shift_wall(jiff::SignedDuration::from_secs(off));
        let later = Reply::json(429, "{}")
            .header("date", "Sun, 22 Nov 2026 00:38:45 GMT")
            .header("retry-after", "Sun, 22 Nov 2026 00:38:50 GMT");
        let network = ScriptedNetwork::script(&clock, [later, Reply::json(200, "{}")]);
        let transport = transport(&clock, &network);
        assert!(clock.run(transport.send(&read(), Some("t"))).is_ok());
        let sent = network.sent();
        let waited = sent[1].at - sent[0].at;
        assert!(
            waited >= seconds(5) && waited <= Duration::from_millis(5500),
            "{waited:?}"
        );
    }
}

#[test]
fn s14_until_the_cool_down_ends_nothing_is_sent_by_anyone() {
    let clock = ManualClock::new();
    let network = ScriptedNetwork::script(
        &clock,
        [
            Reply::json(429, "{}").header("retry-after", "300"),
            Reply::json(200, "{}"),
        ],
    );
    let transport = transport(&clock, &network);
    let began = clock.elapsed();
    let until = clock.wall() + seconds(300);
    clock.run(async {
        let busy = transport.send(&read(), Some("t")).await.unwrap_err();
        assert_eq!(busy.fault, Fault::Busy { until });
        assert!(!busy.maybe_applied());
        assert_eq!(Error::from(busy), Error::Busy { until });
        assert_eq!(clock.elapsed(), began, "nobody waits in vain");

        clock.advance(seconds(200));
        let busy = transport.send(&write(), Some("t")).await.unwrap_err();
        assert_eq!(busy.fault, Fault::Busy { until });
        assert_eq!(busy.request_id, None);

        // 59 s before the end a call can wait for it.
        clock.advance(seconds(41));
        assert!(transport.send(&read(), Some("t")).await.is_ok());
    });
    let sent = network.sent();
    assert_eq!(sent.len(), 2);
    assert!(sent[1].at >= began + seconds(300));
}

#[test]
fn s16_a_cool_down_survives_a_restart_of_the_app() {
    let clock = ManualClock::new();
    let network = ScriptedNetwork::script(&clock, [Reply::json(503, "{}").header("retry-after", "600")]);
    let files = Files::new();
    let start = || transport(&clock, &network).kept_in(files.open());
    assert!(clock.run(start().send(&read(), Some("t"))).is_err());
    for _ in 0..20 {
        let busy = clock.run(start().send(&read(), Some("t"))).unwrap_err();
        assert!(matches!(busy.fault, Fault::Busy { .. }));
    }
    assert_eq!(network.sent().len(), 1);
}

#[test]
fn an_absurd_retry_after_is_capped_at_a_day() {
    let clock = ManualClock::new();
    let network = ScriptedNetwork::script(
        &clock,
        [Reply::json(429, "{}").header("retry-after", "99999999999")],
    );
    let transport = transport(&clock, &network);
    let until = clock.wall() + seconds(86_400);
    let busy = clock.run(transport.send(&read(), Some("t"))).unwrap_err();
    assert_eq!(busy.fault, Fault::Busy { until });
}

#[test]
fn s16_who_waits_for_the_same_cool_down_does_not_come_back_at_once() {
    let clock = ManualClock::new();
    let opens = clock.elapsed() + seconds(5);
    let gate = clock.clone();
    let network = ScriptedNetwork::answering(&clock, move |_| {
        if gate.elapsed() < opens {
            Reply::json(429, "{}").header("retry-after", "5")
        } else {
            Reply::json(200, "{}")
        }
    });
    let transport = transport(&clock, &network);
    clock.run(async {
        let request = read();
        let calls = (0..20).map(|_| transport.send(&request, Some("t")));
        for result in futures_util::future::join_all(calls).await {
            assert_eq!(result.unwrap().status, 200);
        }
    });
    let mut times: Vec<_> = network
        .sent()
        .iter()
        .map(|sent| sent.at)
        .filter(|at| *at >= opens)
        .collect();
    assert_eq!(times.len(), 20);
    times.dedup();
    assert!(times.len() > 15, "{times:?}");
}

#[test]
fn a_429_without_a_word_on_when_is_resent_on_our_own_schedule() {
    let called = call(&write(), [Reply::json(429, "{}"), Reply::json(200, "{}")]);
    assert_eq!(called.status(), 200);
    assert!(waited(&called) >= Duration::from_millis(500));
    let called = call(&write(), vec![Reply::json(429, "{}"); 8]);
    assert!(matches!(called.fault(), Fault::Busy { .. }));
    assert!(!called.maybe_applied());
}

#[test]
fn s15_the_limiter_is_waited_for_and_a_write_is_resent_on_a_fresh_connection() {
    let development = r#"{"detail":"429: {'error': 'Rate limit exceeded', 'message': 'Maximum 6 requests per minute allowed', 'retry_after': 600}"}"#;
    for body in [LIMITER, development] {
        let refused = Reply::body(500, "application/json", body);
        let called = call(&write(), [refused.clone(), refused, Reply::json(200, "{}")]);
        assert_eq!(called.status(), 200);
        let sent = called.network.sent();
        assert_eq!(sent.iter().map(|s| s.drops).collect::<Vec<_>>(), [0, 1, 2]);
        assert!(sent[1].at - sent[0].at >= Duration::from_millis(500));
        assert!(sent[1].at - sent[0].at <= seconds(1));
        assert!(sent[2].at - sent[1].at >= seconds(1));
    }
}

#[test]
fn s15_the_pool_is_dropped_before_the_limiters_body_ends() {
    let slow = Reply::empty(500)
        .header("content-type", "application/json")
        .part(Part::Wait(seconds(1)))
        .part(Part::Bytes(LIMITER.into()));
    let clock = ManualClock::new();
    let network = ScriptedNetwork::script(&clock, [slow, Reply::json(200, "{}"), Reply::json(200, "{}")]);
    let transport = transport(&clock, &network);
    clock.run(async {
        let (first, second) = (read(), write());
        let other = async {
            clock.sleep(Duration::from_millis(500)).await;
            transport.send(&second, Some("t")).await
        };
        let (a, b) = futures_util::future::join(transport.send(&first, Some("t")), other).await;
        assert!(a.is_ok() && b.is_ok());
    });
    assert_eq!(
        network.sent()[1].drops,
        1,
        "sent while the limiter's answer was still coming"
    );
}

#[test]
fn s15_a_reset_after_the_limiter_is_resent_at_once_for_a_read_and_unknown_for_a_write() {
    let reset = || Reply::Fail(NetworkError::Interrupted);
    let called = call(&read(), [limiter(), reset(), Reply::json(200, "{}")]);
    assert_eq!(called.status(), 200);
    let sent = called.network.sent();
    assert_eq!(sent[2].at, sent[1].at);
    assert!(sent[2].drops > sent[1].drops);

    let called = call(&write(), [limiter(), reset()]);
    assert_eq!(called.fault(), Fault::Offline(OfflineReason::Interrupted));
    assert!(called.maybe_applied());
}

#[test]
fn s15_a_proxys_500_that_looks_alike_is_an_unknown_outcome() {
    let alike = [
        limiter().header("x-request-id", "7"),
        Reply::body(502, "application/json", LIMITER),
        Reply::body(500, "application/json", r#"{"detail": "Internal server error"}"#),
    ];
    for reply in alike {
        let called = call(&write(), [reply]);
        assert!(called.result.is_ok(), "the api layer says what a 5xx means");
        assert_eq!(called.attempts(), 1);
    }
    let called = call(&write(), [Reply::body(500, "text/html", LIMITER)]);
    assert!(called.maybe_applied());
    assert_eq!(called.attempts(), 1);
}

#[test]
fn s15_a_limiter_that_never_relents_ends_as_busy_and_certainly_not_applied() {
    let called = call(&write(), vec![limiter(); 8]);
    assert!(matches!(called.fault(), Fault::Busy { .. }));
    assert!(!called.maybe_applied());
    assert_eq!(called.attempts(), 8);
}

#[test]
fn s14_a_date_to_come_back_at_is_by_the_servers_clock_also_in_an_answer_without_its_date() {
    for hours in [-24, 24] {
        let clock = ManualClock::new();
        let network = ScriptedNetwork::script(
            &clock,
            [
                Reply::json(200, "{}").header("date", "Sun, 22 Nov 2026 10:00:00 GMT"),
                Reply::json(503, "{}").header("retry-after", "Sun, 22 Nov 2026 10:01:30 GMT"),
            ],
        );
        let transport = transport(&clock, &network);
        clock.run(transport.send(&read(), Some("t"))).unwrap();
        clock.shift_wall(jiff::SignedDuration::from_hours(hours));
        clock.advance(seconds(30));
        // Known to half a second: the answer's second had begun, on average, that long before.
        let until = clock.wall() + Duration::from_millis(59_500);
        let request = WireRequest {
            tries: Tries::Once { total: seconds(20) },
            ..read()
        };
        let busy = clock.run(transport.send(&request, Some("t"))).unwrap_err();
        assert_eq!(busy.fault, Fault::Busy { until }, "{hours}");
    }
}

/// One call stands in v1's line behind two that take five seconds; meanwhile another process hears this of the server, so
/// often. Returns what the call came to, and how many requests were sent.
fn behind_what_another_process_heard(
    reply: Reply,
    calls: usize,
) -> (Result<WireAnswer, TransportError>, usize) {
    let clock = ManualClock::new();
    let slow = ScriptedNetwork::answering(&clock, |_| Reply::json(200, "{}").after(seconds(5)));
    let other = ScriptedNetwork::answering(&clock, move |_| reply.clone());
    let files = Files::new();
    let ours = transport(&clock, &slow).kept_in(files.open());
    let theirs = transport(&clock, &other).kept_in(files.open());
    let result = clock.run(async {
        let request = read();
        let mut once = read();
        once.tries = Tries::Once { total: seconds(20) };
        let hearing = async {
            clock.sleep(seconds(1)).await;
            for _ in 0..calls {
                let _ = theirs.send(&once, Some("t")).await;
            }
        };
        let first =
            futures_util::future::join(ours.send(&request, Some("t")), ours.send(&request, Some("t")));
        let third = ours.send(&once, Some("t"));
        let ((one, two), third, ()) = futures_util::future::join3(first, third, hearing).await;
        assert!(one.is_ok() && two.is_ok());
        third
    });
    (result, slow.sent().len())
}

#[test]
fn s16_a_call_in_the_line_sees_what_another_process_was_told_meanwhile() {
    let cool_down = Reply::json(429, "{}").header("retry-after", "300");
    let (result, sent) = behind_what_another_process_heard(cool_down, 1);
    assert!(matches!(result.unwrap_err().fault, Fault::Busy { .. }));
    assert_eq!(sent, 2);

    // Nor is it sent to a server that failed another process five times.
    let ill = Reply::json(502, "{}").after(Duration::from_millis(600));
    let (result, sent) = behind_what_another_process_heard(ill, 5);
    assert!(matches!(result.unwrap_err().fault, Fault::Busy { .. }));
    assert_eq!(sent, 2);
}

#[test]
fn the_file_is_not_read_again_by_one_who_looked_a_moment_ago() {
    let clock = ManualClock::new();
    let network = ScriptedNetwork::script(&clock, []);
    let files = Files::new();
    let [ours, theirs] = [0, 1].map(|_| transport(&clock, &network).kept_in(files.open()));
    assert_eq!(ours.restraint.block(Priority::Person, true), None);
    theirs.restraint.cool_for(seconds(60));
    clock.advance(Duration::from_millis(99));
    assert_eq!(ours.restraint.enter(Priority::Person), Ok(false));
    clock.advance(Duration::from_millis(1));
    assert!(ours.restraint.enter(Priority::Person).is_err());
}
