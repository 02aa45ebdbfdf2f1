//! A server that fails and fails is left alone.

use super::super::restraint::Restraint;
use super::*;

/// Answers by time: 502 before `well`, then 200.
fn ill_until(clock: &ManualClock, well: Duration) -> Arc<ScriptedNetwork> {
    let time = clock.clone();
    ScriptedNetwork::answering(clock, move |_| {
        let status = if time.elapsed() < well { 502 } else { 200 };
        Reply::json(status, "{}").after(seconds(1))
    })
}

fn once() -> WireRequest {
    let mut request = read();
    request.tries = Tries::Once { total: seconds(20) };
    request
}

#[test]
fn five_faults_open_it_and_then_calls_fail_at_once_with_when_to_come_back() {
    let clock = ManualClock::new();
    let network = ill_until(&clock, seconds(9999));
    let transport = transport(&clock, &network);
    clock.run(async {
        for _ in 0..5 {
            assert_eq!(transport.send(&once(), Some("t")).await.unwrap().status, 502);
        }
        let then = clock.elapsed();
        let refused = transport.send(&once(), Some("t")).await.unwrap_err();
        let Fault::Busy { until } = refused.fault else {
            panic!("{refused:?}");
        };
        let left = until.duration_since(clock.wall()).as_secs();
        assert!((1..=4).contains(&left), "{left}");
        assert_eq!(clock.elapsed(), then);
        assert!(!refused.maybe_applied());
        assert_eq!(refused.request_id, None);
    });
    assert_eq!(network.sent().len(), 5);
}

#[test]
fn a_call_whose_fault_opens_it_ends_with_that_answer() {
    let clock = ManualClock::new();
    let network = ill_until(&clock, seconds(9999));
    let transport = transport(&clock, &network);
    clock.run(async {
        for _ in 0..3 {
            transport.send(&once(), Some("t")).await.unwrap();
        }
        let answer = transport.send(&read(), Some("t")).await.unwrap();
        assert_eq!(answer.status, 502);
    });
    assert_eq!(network.sent().len(), 5);
}

#[test]
fn only_the_servers_own_faults_count() {
    let harmless = [
        Reply::Fail(NetworkError::Dns),
        Reply::Fail(NetworkError::Connect),
        Reply::Fail(NetworkError::Interrupted),
        Reply::Fail(NetworkError::Tls("expired".to_owned())),
        Reply::json(404, "{}"),
        Reply::json(401, "{}"),
        Reply::json(501, "{}"),
        Reply::json(408, "{}"),
        Reply::body(200, "text/html", "<html>"),
        Reply::body(404, "text/html", "<html>"),
        Reply::body(500, "application/json", LIMITER),
    ];
    let faults = [
        Reply::json(500, "{}"),
        Reply::json(502, "{}"),
        Reply::json(503, "{}"),
        Reply::json(504, "{}"),
        Reply::body(502, "text/html", "<html>"),
        Reply::Hang,
    ];
    for (replies, opens) in [(&harmless[..], false), (&faults[..], true)] {
        for reply in replies {
            let clock = ManualClock::new();
            let (always, name) = (reply.clone(), format!("{reply:?}"));
            let network = ScriptedNetwork::answering(&clock, move |_| always.clone());
            let config = TransportConfig {
                retry_reserve: 0,
                max_deferrals: 1,
                ..TransportConfig::default()
            };
            let transport = with_config(&clock, &network, config);
            clock.run(async {
                for _ in 0..12 {
                    let _ = transport.send(&once(), Some("t")).await;
                }
            });
            assert_eq!(transport.restraint.is_open(), opens, "{name}");
        }
    }
}

#[test]
fn probes_come_one_at_a_time_ever_later_and_a_good_answer_lets_everybody_in_again() {
    let clock = ManualClock::new();
    let well = clock.elapsed() + seconds(600);
    let network = ill_until(&clock, well);
    let transport = transport(&clock, &network);
    clock.run(async {
        let mut served = 0;
        while served == 0 {
            let request = once();
            let calls = (0..5).map(|_| transport.send(&request, Some("t")));
            let results = futures_util::future::join_all(calls).await;
            served = results
                .iter()
                .filter(|result| result.as_ref().is_ok_and(|answer| answer.status == 200))
                .count();
            if served == 0 {
                crate::ports::Sleep::sleep(&clock, seconds(1)).await;
            }
        }
        assert_eq!(served, 5, "who found the probe under way waits for what it says");
    });
    let at: Vec<Duration> = network.sent().iter().map(|sent| sent.at).collect();
    // Two at a time until it opened; five by then.
    let probes: Vec<Duration> = at.iter().copied().filter(|at| *at < well).skip(6).collect();
    assert!((10..=30).contains(&probes.len()), "{probes:?}");
    let waits: Vec<Duration> = probes.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(waits[0] < seconds(20), "{probes:?}");
    for wait in &waits[3..] {
        // Half of the ceiling to the ceiling, the second a probe takes, and the one between two tries of ours.
        assert!((seconds(30)..=seconds(62)).contains(wait), "{probes:?}");
    }
    let first_good = at.iter().find(|at| **at >= well).unwrap();
    assert!(*first_good <= well + seconds(60));
}

#[test]
fn a_probe_whose_caller_is_gone_leaves_the_next_one_free_to_try() {
    let clock = ManualClock::new();
    let network = ill_until(&clock, seconds(9999));
    let transport = transport(&clock, &network);
    clock.run(async {
        for _ in 0..5 {
            transport.send(&once(), Some("t")).await.unwrap();
        }
        clock.advance(seconds(4));
        for _ in 0..3 {
            let request = once();
            let probe = Box::pin(transport.send(&request, Some("t")));
            let dropped = crate::ports::Sleep::sleep(&clock, Duration::from_millis(500));
            assert!(matches!(
                futures_util::future::select(probe, dropped).await,
                futures_util::future::Either::Right(_)
            ));
        }
    });
    assert_eq!(network.sent().len(), 8);
}

#[test]
fn it_is_open_for_every_process_and_after_a_restart_and_the_probe_is_one_for_all() {
    let clock = ManualClock::new();
    let network = ill_until(&clock, seconds(9999));
    let files = Files::new();
    let start = || transport(&clock, &network).kept_in(files.open());
    // Each start sees one fault.
    for _ in 0..5 {
        assert!(clock.run(start().send(&once(), Some("t"))).is_ok());
    }
    for _ in 0..20 {
        assert!(clock.run(start().send(&once(), Some("t"))).is_err());
    }
    assert_eq!(network.sent().len(), 5);
    clock.advance(seconds(4));
    let (one, two) = (start(), start());
    clock.run(async {
        let request = once();
        let both = futures_util::future::join(one.send(&request, Some("t")), two.send(&request, Some("t")));
        let (first, second) = both.await;
        assert!(first.is_ok() && matches!(second.unwrap_err().fault, Fault::Busy { .. }));
    });
    assert_eq!(network.sent().len(), 6);

    // A reboot takes long enough.
    clock.reboot();
    assert!(clock.run(start().send(&once(), Some("t"))).is_ok());
    assert_eq!(network.sent().len(), 7);
}

/// A clock whose boot has another name, as a process may have derived it.
struct Named(ManualClock, &'static str);

impl Clock for Named {
    fn wall(&self) -> jiff::Timestamp {
        self.0.wall()
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn boot_id(&self) -> String {
        self.1.to_owned()
    }
}

/// Requests that two processes send whose boot has these names: the first until it opens the breaker, then both in turn.
fn of_boots(first: &'static str, second: &'static str) -> usize {
    let clock = ManualClock::new();
    let network = ill_until(&clock, seconds(9999));
    let files = Files::new();
    let start = |boot| {
        let mut process = transport(&clock, &network);
        process.restraint = Restraint::new(
            Arc::new(Named(clock.clone(), boot)),
            Arc::new(SeededRandom::new(1)),
            TransportConfig::default(),
        );
        process.kept_in(files.open())
    };
    let (one, two) = (start(first), start(second));
    clock.run(async {
        for _ in 0..5 {
            one.send(&once(), Some("t")).await.unwrap();
        }
        for _ in 0..5 {
            for process in [&two, &one] {
                let _ = process.send(&once(), Some("t")).await;
            }
        }
    });
    network.sent().len()
}

#[test]
fn two_processes_that_name_their_boot_a_minute_apart_have_one_breaker() {
    assert_eq!(of_boots("boot-29856022", "boot-29856023"), 5);
    assert_eq!(of_boots("boot-29856022", "boot-29856022"), 5);
    // The system's own names are believed: this is a device that booted twice in a minute.
    assert!(of_boots("0b7c0fa6-7f1a", "93be2a70-11c2") > 5);
}
