//! A call that waits hears when there is no network any more.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, Weak};

use super::super::Reach;
use super::*;
use crate::ports::{PortFuture, Sleep};

/// Says this a second after it was asked.
struct Says {
    clock: ManualClock,
    says: Mutex<Result<(), Fault>>,
    asked: AtomicUsize,
}

impl Says {
    fn new(clock: &ManualClock, says: Result<(), Fault>) -> Arc<Self> {
        Arc::new(Self {
            clock: clock.clone(),
            says: Mutex::new(says),
            asked: AtomicUsize::new(0),
        })
    }
}

impl Reach for Says {
    fn reach(self: Arc<Self>) -> PortFuture<Result<(), Fault>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            self.clock.sleep(seconds(1)).await;
            self.says.lock().unwrap().clone()
        })
    }
}

fn with_reach(clock: &ManualClock, network: &Arc<ScriptedNetwork>, says: &Arc<Says>) -> Transport {
    let transport = transport(clock, network);
    let says: Weak<Says> = Arc::downgrade(says);
    transport.asks(says);
    transport
}

const GONE: Fault = Fault::Offline(OfflineReason::ByRequest);

/// What a call comes to that meets these replies, in whose first wait there is silence from the second second to the
/// third, and how often it asked.
fn hushed(request: &WireRequest, replies: Vec<Reply>, says: Result<(), Fault>) -> (Called, usize) {
    let clock = ManualClock::new();
    let network = ScriptedNetwork::script(&clock, replies);
    let says = Says::new(&clock, says);
    let transport = with_reach(&clock, &network, &says);
    let began = clock.elapsed();
    let result = clock.run(async {
        let silence = async {
            clock.sleep(seconds(2)).await;
            transport.hush(|| true);
            clock.sleep(seconds(1)).await;
            transport.hush(|| false);
        };
        futures_util::future::join(transport.send(request, Some("t")), silence)
            .await
            .0
    });
    let asked = says.asked.load(Ordering::SeqCst);
    let called = Called {
        result,
        network,
        took: clock.elapsed() - began,
    };
    (called, asked)
}

fn later(after: &str) -> Reply {
    Reply::json(429, "{}").header("retry-after", after)
}

#[test]
fn s18_who_waits_for_a_cool_down_fails_when_there_is_no_network_any_more() {
    let (called, asked) = hushed(&write(), vec![later("30")], Err(GONE));
    assert_eq!(called.fault(), GONE);
    assert_eq!((called.took, called.attempts(), asked), (seconds(3), 1, 1));
    assert!(!called.maybe_applied());
}

#[test]
fn s27_a_cool_down_is_not_cut_short_by_a_probe_that_is_answered() {
    let (called, asked) = hushed(&write(), vec![later("30"), Reply::json(200, "{}")], Ok(()));
    assert_eq!(called.status(), 200);
    assert!(
        (seconds(30)..seconds(31)).contains(&called.took),
        "{:?}",
        called.took
    );
    assert_eq!(asked, 1);
}

#[test]
fn s18_who_waits_before_its_next_attempt_fails_with_what_is_known_of_the_last_one() {
    let clock = ManualClock::new();
    // The longest first wait.
    let config = TransportConfig {
        backoff_initial: seconds(10),
        ..TransportConfig::default()
    };
    let network = ScriptedNetwork::script(&clock, [Reply::json(502, "{}")]);
    let says = Says::new(&clock, Err(Fault::Portal));
    let transport = with_config(&clock, &network, config);
    let weak: Weak<Says> = Arc::downgrade(&says);
    transport.asks(weak);
    let request = keyed_write();
    let began = clock.elapsed();
    clock.run(async {
        let silence = async {
            clock.sleep(Duration::from_millis(10)).await;
            transport.hush(|| true);
        };
        let (result, ()) = futures_util::future::join(transport.send(&request, Some("t")), silence).await;
        let error = result.unwrap_err();
        assert_eq!(error.fault, Fault::Portal);
        assert!(error.maybe_applied());
        assert_eq!(clock.elapsed() - began, Duration::from_millis(1010));
    });
    assert_eq!(network.sent().len(), 1);
}

/// Three calls where there are two places, of five seconds each; silence begins after two.
fn in_the_line(says: Result<(), Fault>) -> (Result<WireAnswer, TransportError>, Duration, usize) {
    let clock = ManualClock::new();
    let network = ScriptedNetwork::answering(&clock, |_| Reply::json(200, "{}").after(seconds(5)));
    let says = Says::new(&clock, says);
    let transport = with_reach(&clock, &network, &says);
    let began = clock.elapsed();
    clock.run(async {
        let request = read();
        let silence = async {
            clock.sleep(seconds(2)).await;
            transport.hush(|| true);
            clock.sleep(seconds(1)).await;
            transport.hush(|| false);
        };
        let third = async {
            let result = transport.send(&request, Some("t")).await;
            (result, clock.elapsed() - began)
        };
        let two = futures_util::future::join(
            transport.send(&request, Some("t")),
            transport.send(&request, Some("t")),
        );
        let ((one, two), (result, took), ()) = futures_util::future::join3(two, third, silence).await;
        assert!(one.is_ok() && two.is_ok(), "what is under way goes on");
        (result, took, network.sent().len())
    })
}

#[test]
fn s18_who_stands_in_the_line_fails_when_there_is_no_network_any_more() {
    let (result, took, sent) = in_the_line(Err(GONE));
    let error = result.unwrap_err();
    assert_eq!(error.fault, GONE);
    assert_eq!(
        (error.request_id.as_deref(), error.maybe_applied()),
        (None, false)
    );
    assert_eq!((took, sent), (seconds(3), 2));
}

#[test]
fn s18_who_stands_in_the_line_keeps_its_place_if_a_probe_is_answered() {
    let (result, took, sent) = in_the_line(Ok(()));
    assert_eq!(result.unwrap().status, 200);
    assert_eq!((took, sent), (seconds(10), 3));
}

#[test]
fn s13_who_comes_in_silence_asks_first_and_the_probe_itself_does_not() {
    let clock = ManualClock::new();
    let network = ScriptedNetwork::answering(&clock, |_| Reply::json(200, "{}"));
    let says = Says::new(&clock, Err(Fault::Portal));
    let transport = with_reach(&clock, &network, &says);
    transport.hush(|| true);
    clock.run(async {
        let refused = transport.send(&read(), Some("t")).await.unwrap_err();
        assert_eq!(refused.fault, Fault::Portal);
        assert_eq!(network.sent().len(), 0);
        let probe = WireRequest::get("/.well-known/pmi").open();
        transport.probe(&probe).await.unwrap();
        assert_eq!(network.sent().len(), 1);
        transport.hush(|| false);
        transport.send(&read(), Some("t")).await.unwrap();
    });
    assert_eq!(says.asked.load(Ordering::SeqCst), 1);
}

#[test]
fn who_asks_whether_there_is_a_network_obeys_its_deadline() {
    let clock = ManualClock::new();
    let network = ScriptedNetwork::answering(&clock, |_| Reply::json(200, "{}"));
    let says = Says::new(&clock, Ok(()));
    let transport = with_reach(&clock, &network, &says);
    transport.hush(|| true);
    let mut hurried = read();
    hurried.tries = Tries::Within {
        total: Duration::from_millis(300),
    };
    let began = clock.elapsed();
    let late = clock.run(transport.send(&hurried, Some("t"))).unwrap_err();
    assert_eq!(late.fault, Fault::Offline(OfflineReason::TimedOut));
    assert!(late.is_told(), "it says nothing of the network itself");
    assert_eq!(clock.elapsed() - began, Duration::from_millis(300));
}
