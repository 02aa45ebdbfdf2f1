//! What retries may cost, whoever makes them.

use super::*;

fn no_breaker() -> TransportConfig {
    TransportConfig {
        breaker_faults: u32::MAX,
        ..TransportConfig::default()
    }
}

fn down(clock: &ManualClock) -> Arc<ScriptedNetwork> {
    ScriptedNetwork::answering(clock, |_| Reply::json(502, "{}"))
}

#[test]
fn s16_two_processes_have_one_budget() {
    let clock = ManualClock::new();
    let network = down(&clock);
    let files = Files::new();
    let processes = [0, 1].map(|_| with_config(&clock, &network, no_breaker()).kept_in(files.open()));
    clock.run(async {
        for _ in 0..10 {
            for process in &processes {
                process.send(&read(), Some("t")).await.unwrap();
            }
        }
    });
    assert_eq!(network.sent().len(), 25);
}

#[test]
fn s16_what_answers_earn_is_kept_too() {
    let clock = ManualClock::new();
    let network = ScriptedNetwork::answering(&clock, |sent| {
        let is_down = sent.url.path().ends_with("details");
        Reply::json(if is_down { 502 } else { 200 }, "{}")
    });
    let files = Files::new();
    let start = || with_config(&clock, &network, no_breaker()).kept_in(files.open());
    let first = start();
    clock.run(async {
        for _ in 0..2 {
            first.send(&read(), Some("t")).await.unwrap();
        }
        assert_eq!(network.sent().len(), 7, "five retries");
        for _ in 0..20 {
            let fine = WireRequest::get("/api/fixes");
            first.send(&fine, Some("t")).await.unwrap();
        }
    });
    clock.run(start().send(&read(), Some("t"))).unwrap();
    assert_eq!(network.sent().len(), 7 + 20 + 3, "two of them earned");
}

#[test]
fn s16_a_503_that_says_when_costs_a_retry_and_a_limiter_does_not() {
    for (status, sent) in [(503, 6), (429, 8)] {
        let clock = ManualClock::new();
        let network = ScriptedNetwork::answering(&clock, move |_| {
            Reply::json(status, "{}").header("retry-after", "1")
        });
        let transport = with_config(&clock, &network, no_breaker());
        let busy = clock.run(transport.send(&write(), Some("t"))).unwrap_err();
        assert!(matches!(busy.fault, Fault::Busy { .. }));
        assert_eq!(network.sent().len(), sent, "{status}");
    }
}

#[test]
fn s18_without_a_connection_resends_are_bounded_and_leave_half_of_the_budget() {
    let clock = ManualClock::new();
    let is_up = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let up = Arc::clone(&is_up);
    let network = ScriptedNetwork::answering(&clock, move |_| {
        if up.load(std::sync::atomic::Ordering::SeqCst) {
            Reply::json(502, "{}")
        } else {
            Reply::Fail(NetworkError::Connect)
        }
    });
    let config = TransportConfig {
        retry_trickle: seconds(1_000_000),
        ..no_breaker()
    };
    let transport = with_config(&clock, &network, config);
    clock.run(async {
        for _ in 0..100 {
            assert!(transport.send(&read(), Some("t")).await.is_err());
        }
        assert_eq!(network.sent().len(), 125);
        is_up.store(true, std::sync::atomic::Ordering::SeqCst);
        for _ in 0..10 {
            transport.send(&read(), Some("t")).await.unwrap();
        }
    });
    assert_eq!(network.sent().len(), 125 + 10 + 2);
}

#[test]
fn s16_what_repeats_an_older_failure_costs_before_it_is_sent_and_says_when_it_will_be() {
    let clock = ManualClock::new();
    let network = down(&clock);
    let transport = with_config(&clock, &network, no_breaker());
    let mut repeated = keyed_write();
    repeated.again = true;
    repeated.priority = Priority::Promised;
    repeated.tries = Tries::Once { total: seconds(20) };
    clock.run(async {
        for _ in 0..4 {
            transport.send(&repeated, Some("t")).await.unwrap();
        }
        let refused = transport.send(&repeated, Some("t")).await.unwrap_err();
        assert!(!refused.maybe_applied());
        let until = clock.wall() + seconds(200);
        assert_eq!(refused.fault, Fault::Busy { until });
        assert_eq!(network.sent().len(), 4);
        // What is new is sent.
        transport.send(&write(), Some("t")).await.unwrap();
        clock.advance(seconds(200));
        transport.send(&repeated, Some("t")).await.unwrap();
    });
    assert_eq!(network.sent().len(), 6);
}

#[test]
fn a_route_says_how_often_and_at_what_price_it_is_sent_again() {
    let clock = ManualClock::new();
    let network = down(&clock);
    let transport = with_config(&clock, &network, no_breaker());
    let dear = || read().policy(crate::api::Policy::dear(Replay::Safe));
    clock.run(async {
        for _ in 0..3 {
            transport.send(&dear(), Some("t")).await.unwrap();
        }
        assert_eq!(network.sent().len(), 5, "twice two of five retries");
        transport.send(&read(), Some("t")).await.unwrap();
    });
    assert_eq!(network.sent().len(), 7, "the fifth");
}

#[test]
fn s16_a_cool_down_outlives_a_reboot_but_is_not_longer_than_it_was() {
    for (shift, sent) in [(0, 1), (-86_400, 1), (86_400, 2)] {
        let clock = ManualClock::new();
        let network = ScriptedNetwork::script(
            &clock,
            [
                Reply::json(503, "{}").header("retry-after", "600"),
                Reply::json(200, "{}"),
            ],
        );
        let files = Files::new();
        let start = || transport(&clock, &network).kept_in(files.open());
        assert!(clock.run(start().send(&read(), Some("t"))).is_err());
        clock.advance(seconds(60));
        clock.reboot();
        clock.shift_wall(jiff::SignedDuration::from_secs(shift));
        let _ = clock.run(start().send(&once(), Some("t")));
        assert_eq!(network.sent().len(), sent, "{shift}");
        if shift <= 0 {
            // A clock that is behind does not hold it for ever, however often the app starts.
            let left = if shift == 0 { 540 } else { 600 };
            clock.advance(seconds(left - 30));
            assert!(clock.run(start().send(&once(), Some("t"))).is_err());
            clock.advance(seconds(30));
            assert!(clock.run(start().send(&once(), Some("t"))).is_ok());
        }
    }
}

fn once() -> WireRequest {
    let mut request = read();
    request.tries = Tries::Once { total: seconds(20) };
    request
}

#[test]
fn s16_a_retry_that_would_come_too_late_costs_nothing() {
    let clock = ManualClock::new();
    let network = ScriptedNetwork::answering(&clock, |sent| {
        let late = sent.url.path().ends_with("late");
        let delay = if late {
            seconds(10) - Duration::from_micros(1)
        } else {
            Duration::ZERO
        };
        Reply::json(502, "{}").after(delay)
    });
    let transport = with_config(&clock, &network, no_breaker());
    clock.run(async {
        for _ in 0..5 {
            let mut late = WireRequest::get("/api/late");
            late.tries = Tries::Within { total: seconds(10) };
            assert_eq!(transport.send(&late, Some("t")).await.unwrap().status, 502);
        }
        assert_eq!(network.sent().len(), 5);
        for _ in 0..2 {
            transport.send(&read(), Some("t")).await.unwrap();
        }
    });
    assert_eq!(network.sent().len(), 12, "five retries are still there");
}
