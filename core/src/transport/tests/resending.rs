//! What is sent again, how often, and what the error says of it.

use super::*;
use crate::ports::fakes::ConstantRandom;

fn down() -> Reply {
    Reply::json(502, "{}")
}

#[test]
fn a_read_is_sent_four_times_and_the_last_answer_counts() {
    let called = call(&read(), [down(), down(), down(), down()]);
    assert_eq!(called.status(), 502);
    assert_eq!(called.attempts(), 4);
    let ids: Vec<_> = called
        .network
        .sent()
        .iter()
        .map(|sent| sent.header("x-request-id").unwrap().to_owned())
        .collect();
    let call_id = &ids[0][..32];
    assert_eq!(ids, (1..5).map(|n| format!("{call_id}-{n}")).collect::<Vec<_>>());
}

#[test]
fn s16_waits_are_full_jitter_under_a_doubling_ceiling() {
    let clock = ManualClock::new();
    let network = ScriptedNetwork::script(
        &clock,
        [down(), down(), down(), down(), down(), down(), down(), down()],
    );
    let with_jitter = |byte| {
        let mut ports = ports(&clock, network.clone());
        ports.random = Arc::new(ConstantRandom(byte));
        Transport::new(
            ports,
            Origin::parse("https://pmi.example.com").unwrap(),
            TransportConfig::default(),
            Audit::nowhere(),
        )
    };
    let transport = with_jitter(0xff);
    assert!(clock.run(transport.send(&read(), Some("t"))).is_ok());
    let transport = with_jitter(0);
    assert!(clock.run(transport.send(&read(), Some("t"))).is_ok());
    let at: Vec<_> = network
        .sent()
        .iter()
        .map(|sent| sent.at.as_millis() - 1_000_000)
        .collect();
    assert_eq!(at, [0, 500, 1500, 3500, 3500, 3500, 3500, 3500]);
}

#[test]
fn a_plain_500_is_asked_about_once_more() {
    let fault = || Reply::json(500, r#"{"detail":"Login failed"}"#);
    let called = call(&read(), [fault(), fault()]);
    assert_eq!((called.status(), called.attempts()), (500, 2));
}

#[test]
fn a_definite_answer_is_not_asked_for_again() {
    for status in [200, 400, 401, 403, 404, 409, 412, 422, 501] {
        assert_eq!(
            call(&read(), [Reply::json(status, "{}")]).attempts(),
            1,
            "{status}"
        );
    }
}

#[test]
fn s18_a_write_is_sent_again_when_there_was_no_connection() {
    let replies = [
        Reply::Fail(NetworkError::Dns),
        Reply::Fail(NetworkError::Connect),
        Reply::json(200, "{}"),
    ];
    assert_eq!(call(&write(), replies).status(), 200);
    let called = call(&write(), vec![Reply::Fail(NetworkError::Connect); 4]);
    assert_eq!(called.fault(), Fault::Offline(OfflineReason::Connect));
    assert!(!called.maybe_applied());
}

#[test]
fn s15_a_write_is_not_sent_again_after_a_reset_or_a_server_fault() {
    let called = call(&write(), [Reply::Fail(NetworkError::Interrupted)]);
    assert_eq!(called.fault(), Fault::Offline(OfflineReason::Interrupted));
    assert!(called.maybe_applied());
    for status in [500, 502, 503, 504] {
        let called = call(&write(), [Reply::json(status, r#"{"detail":"?"}"#)]);
        assert_eq!((called.status(), called.attempts()), (status, 1));
    }
}

#[test]
fn s23_an_earlier_attempt_that_may_have_been_applied_is_not_forgotten() {
    let replies = std::iter::once(Reply::Fail(NetworkError::Interrupted))
        .chain(std::iter::repeat_n(Reply::Fail(NetworkError::Dns), 3));
    let called = call(&keyed_write(), replies);
    assert_eq!(called.fault(), Fault::Offline(OfflineReason::Dns));
    assert!(called.maybe_applied());
}

#[test]
fn s19_an_untrusted_server_is_asked_once_and_is_not_offline() {
    let called = call(
        &keyed_write(),
        [Reply::Fail(NetworkError::Tls("expired".to_owned()))],
    );
    assert_eq!(called.fault(), Fault::Untrusted("expired".to_owned()));
    assert!(!called.maybe_applied());
    assert!(matches!(
        Error::from(called.result.unwrap_err()),
        Error::Untrusted { .. }
    ));
}

#[test]
fn s16_an_outage_costs_at_most_the_retry_budget() {
    let clock = ManualClock::new();
    let network = ScriptedNetwork::answering(&clock, |_| Reply::json(503, "{}"));
    let files = Files::new();
    let config = TransportConfig {
        breaker_faults: u32::MAX,
        ..TransportConfig::default()
    };
    let began = clock.elapsed();
    // The next start of the app does not begin with a full budget.
    for _ in 0..20 {
        let transport = with_config(&clock, &network, config.clone()).kept_in(files.open());
        clock.run(async {
            for _ in 0..10 {
                assert!(transport.send(&read(), Some("t")).await.is_ok());
            }
        });
    }
    assert!(clock.elapsed() - began < seconds(20), "no time to earn anything");
    assert_eq!(network.sent().len(), 205);
}

#[test]
fn what_cannot_be_sent_is_not_sent() {
    let clock = ManualClock::new();
    let network = ScriptedNetwork::script(&clock, []);
    let transport = transport(&clock, &network);
    let error = clock.run(transport.send(&read(), None)).unwrap_err();
    assert!(matches!(error.fault, Fault::InvalidRequest(_)));
    assert!(!error.maybe_applied());
    assert!(matches!(Error::from(error), Error::Internal { .. }));
}

#[test]
fn a_dropped_call_ends_its_exchange() {
    let clock = ManualClock::new();
    let network = ScriptedNetwork::script(&clock, [Reply::Hang]);
    let transport = transport(&clock, &network);
    clock.run(async {
        let request = read();
        let sending = Box::pin(transport.send(&request, Some("t")));
        let sleeping = crate::ports::Sleep::sleep(&clock, seconds(1));
        assert!(matches!(
            futures_util::future::select(sending, sleeping).await,
            futures_util::future::Either::Right(_)
        ));
    });
    assert_eq!(clock.sleepers(), 0);
}
