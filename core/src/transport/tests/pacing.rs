//! What a limiter would refuse is not sent.

use super::*;

/// v2's headers with this many tokens left of 120, full again in a minute.
fn told(remaining: &str) -> Reply {
    Reply::json(200, "{}")
        .header("date", "Sun, 22 Nov 2026 00:38:45 GMT")
        .header("x-ratelimit-limit", "120")
        .header("x-ratelimit-remaining", remaining)
        .header("x-ratelimit-reset", "1795307985")
}

fn of(priority: Priority, speaks: Speaks) -> WireRequest {
    let mut request = read();
    (request.priority, request.speaks) = (priority, speaks);
    request
}

fn waits(remaining: &'static str, then: &WireRequest) -> Duration {
    let clock = ManualClock::new();
    let network = ScriptedNetwork::answering(&clock, move |_| told(remaining));
    let transport = transport(&clock, &network);
    clock.run(async {
        transport
            .send(&of(Priority::Person, then.speaks), Some("t"))
            .await
            .unwrap();
        transport.send(then, Some("t")).await.unwrap();
    });
    let sent = network.sent();
    sent[1].at - sent[0].at
}

#[test]
fn an_empty_bucket_of_v2_is_waited_for_and_v1s_numbers_mean_nothing() {
    use Priority::{Background, Person, Promised};
    let millis = Duration::from_millis;
    let table = [
        ("0", Person, 500),
        ("1", Person, 0),
        ("10", Promised, 500),
        ("20", Promised, 0),
        ("20", Background, 5500),
        ("31", Background, 0),
    ];
    for (remaining, priority, least) in table {
        let waited = waits(remaining, &of(priority, Speaks::V2));
        let jitter = if least == 0 { 0 } else { 500 };
        assert!(
            (millis(least)..=millis(least + jitter)).contains(&waited),
            "{remaining} {priority:?}: {waited:?}"
        );
        assert_eq!(waits(remaining, &of(priority, Speaks::V1)), Duration::ZERO);
    }
}

#[test]
fn what_others_are_counted_for_tells_nothing() {
    let clock = ManualClock::new();
    let network = ScriptedNetwork::answering(&clock, |_| told("0"));
    let transport = transport(&clock, &network);
    let open = of(Priority::Person, Speaks::V2).open();
    let began = clock.elapsed();
    clock.run(async {
        transport.send(&open, None).await.unwrap();
        let mine = of(Priority::Person, Speaks::V2);
        transport.send(&mine, Some("t")).await.unwrap();
    });
    assert_eq!(clock.elapsed(), began);
}

#[test]
fn s15_after_v1s_limiter_nobody_sends_faster_than_it_refills() {
    let clock = ManualClock::new();
    let is_first = std::sync::atomic::AtomicBool::new(true);
    let network = ScriptedNetwork::answering(&clock, move |_| {
        if is_first.swap(false, std::sync::atomic::Ordering::SeqCst) {
            Reply::body(500, "application/json", LIMITER)
        } else {
            Reply::json(200, "{}")
        }
    });
    let transport = transport(&clock, &network);
    clock.run(async {
        let request = read();
        transport.send(&request, Some("t")).await.unwrap();
        let calls = (0..20).map(|_| transport.send(&request, Some("t")));
        for result in futures_util::future::join_all(calls).await {
            assert_eq!(result.unwrap().status, 200);
        }
    });
    let at: Vec<Duration> = network.sent().iter().map(|sent| sent.at).collect();
    assert_eq!(at.len(), 22);
    for (n, at_n) in at.iter().enumerate() {
        let tokens = (*at_n - at[0]).as_millis() / 500;
        assert!(n as u128 <= tokens, "{n} after {:?}", *at_n - at[0]);
    }
}
