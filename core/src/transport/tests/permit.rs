//! Requests whose right to be sent can end, and requests whose caller has its own schedule.

use std::sync::atomic::{AtomicU32, Ordering};

use super::*;
use crate::ports::Permit;

/// The write with a permit that is granted this often, and how often it was asked.
fn permitted(mut request: WireRequest, times: u32) -> (WireRequest, Arc<AtomicU32>) {
    let asked = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&asked);
    request.permit = Some(Permit::new(move || {
        counter.fetch_add(1, Ordering::SeqCst) < times
    }));
    (request, asked)
}

fn once(mut request: WireRequest, total: u64) -> WireRequest {
    request.tries = Tries::Once {
        total: seconds(total),
    };
    request
}

#[test]
fn s22_a_withheld_write_is_certainly_not_applied_and_not_tried_again() {
    for request in [write(), keyed_write()] {
        let (request, asked) = permitted(request, 0);
        let called = call(&request, []);
        assert_eq!(called.fault(), Fault::Withheld);
        assert!(!called.maybe_applied());
        assert_eq!(called.took, Duration::ZERO);
        assert_eq!(called.network.sent().len(), 0);
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        let error = Error::from(called.result.unwrap_err());
        assert!(
            matches!(&error, Error::Internal { reason } if reason.contains("took over")),
            "{error:?}"
        );
    }
}

#[test]
fn s22_every_attempt_asks_for_its_right_once() {
    let (request, asked) = permitted(keyed_write(), u32::MAX);
    let replies = [
        Reply::json(429, "{}").header("retry-after", "1"),
        Reply::Fail(NetworkError::Interrupted),
        Reply::json(200, "{}"),
    ];
    let called = call(&request, replies);
    assert_eq!((called.status(), called.attempts()), (200, 3));
    assert_eq!(asked.load(Ordering::SeqCst), 3);
}

#[test]
fn s22_a_right_that_ends_while_the_server_says_later_withholds_the_second_attempt() {
    let (request, asked) = permitted(write(), 1);
    let called = call(&request, [Reply::json(503, "{}").header("retry-after", "1")]);
    assert_eq!(called.fault(), Fault::Withheld);
    assert!(!called.maybe_applied(), "the first was not applied either");
    assert_eq!(called.attempts(), 1);
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[test]
fn s23_withholding_a_later_attempt_does_not_undo_an_earlier_one() {
    let (request, _) = permitted(keyed_write(), 1);
    let called = call(&request, [Reply::Fail(NetworkError::Interrupted)]);
    assert_eq!(called.fault(), Fault::Withheld);
    assert!(called.maybe_applied());
}

#[test]
fn a_request_sent_once_is_not_resent_after_a_failure_or_a_server_fault() {
    let called = call(&once(keyed_write(), 20), [Reply::json(500, "{}")]);
    assert_eq!((called.status(), called.attempts()), (500, 1));
    let called = call(&once(keyed_write(), 20), [Reply::Fail(NetworkError::Connect)]);
    assert_eq!(called.fault(), Fault::Offline(OfflineReason::Connect));
    assert!(!called.maybe_applied());
    let called = call(&once(keyed_write(), 20), [Reply::Fail(NetworkError::Interrupted)]);
    assert_eq!(called.fault(), Fault::Offline(OfflineReason::Interrupted));
    assert!(called.maybe_applied());
}

#[test]
fn s15_a_request_sent_once_still_waits_for_the_limiter_and_for_what_the_server_asks() {
    let replies = [
        Reply::body(500, "application/json", LIMITER),
        Reply::json(503, "{}").header("retry-after", "5"),
        Reply::json(429, "{}"),
        Reply::json(200, "{}"),
    ];
    let called = call(&once(write(), 20), replies);
    assert_eq!((called.status(), called.attempts()), (200, 4));
    assert!(called.took >= seconds(5), "{:?}", called.took);
}

#[test]
fn s14_a_request_sent_once_fails_as_busy_at_once_when_later_is_too_late() {
    let clock = ManualClock::new();
    let later = Reply::json(429, "{}").header("retry-after", "30");
    let network = ScriptedNetwork::script(&clock, [later, Reply::json(200, "{}")]);
    let transport = transport(&clock, &network);
    let began = clock.elapsed();
    let until = clock.wall() + seconds(30);
    clock.run(async {
        for _ in 0..2 {
            let busy = transport.send(&once(write(), 20), Some("t")).await.unwrap_err();
            assert_eq!(busy.fault, Fault::Busy { until });
        }
        assert_eq!((clock.elapsed(), network.sent().len()), (began, 1));
        assert!(transport.send(&write(), Some("t")).await.is_ok());
    });
}

#[test]
fn s17_a_request_sent_once_ends_at_its_own_deadline_or_the_configured_one_if_that_is_sooner() {
    for (asked, given) in [(20, 20), (3, 3), (600, 60)] {
        let mut drip = Reply::json(200, "");
        for _ in 0..100 {
            let part = bytes::Bytes::from(vec![b' '; 100]);
            drip = drip.part(Part::Wait(seconds(1))).part(Part::Bytes(part));
        }
        let called = call(&once(write(), asked), [drip]);
        assert_eq!(called.fault(), Fault::Offline(OfflineReason::TimedOut));
        assert_eq!(called.took, seconds(given));
        assert!(called.maybe_applied());
    }
}
