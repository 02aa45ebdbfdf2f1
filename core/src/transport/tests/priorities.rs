//! Who goes first.

use super::*;

/// Answers each request after a second, and says in which order they were sent.
fn slow(clock: &ManualClock) -> Arc<ScriptedNetwork> {
    ScriptedNetwork::answering(clock, |_| Reply::json(200, "{}").after(seconds(1)))
}

fn named(name: &str, priority: Priority, speaks: Speaks) -> WireRequest {
    let mut request = WireRequest::get(format!("/api/{name}"));
    (request.priority, request.speaks) = (priority, speaks);
    request
}

fn order(network: &ScriptedNetwork) -> Vec<String> {
    let name = |path: &str| path.trim_start_matches("/api/").to_owned();
    network.sent().iter().map(|sent| name(sent.url.path())).collect()
}

#[test]
fn what_a_person_waits_for_goes_first_then_what_was_promised_then_the_rest() {
    let clock = ManualClock::new();
    let network = slow(&clock);
    let transport = transport(&clock, &network);
    clock.run(async {
        let requests = [
            named("b1", Priority::Background, Speaks::V1),
            named("b2", Priority::Background, Speaks::V1),
            named("o1", Priority::Promised, Speaks::V1),
            named("o2", Priority::Promised, Speaks::V1),
            named("p1", Priority::Person, Speaks::V1),
            named("p2", Priority::Person, Speaks::V1),
            named("p3", Priority::Person, Speaks::V1),
        ];
        let calls = requests.iter().map(|request| transport.send(request, Some("t")));
        for result in futures_util::future::join_all(calls).await {
            result.unwrap();
        }
    });
    // The first was there first; the last place is a person's.
    assert_eq!(order(&network), ["b1", "p1", "p2", "p3", "o1", "o2", "b2"]);
}

#[test]
fn background_work_that_has_waited_long_leaves_a_place_to_a_person_who_comes_later() {
    for (speaks, places) in [(Speaks::V1, 2), (Speaks::V2, 6)] {
        let clock = ManualClock::new();
        let network = ScriptedNetwork::answering(&clock, |_| Reply::json(200, "{}").after(seconds(12)));
        let transport = transport(&clock, &network);
        let began = clock.elapsed();
        clock.run(async {
            let ahead_of_time = named("b", Priority::Background, speaks);
            let looked_at = named("p", Priority::Person, speaks);
            let first = (0..places).map(|_| transport.send(&looked_at, Some("t")));
            let aging = (0..places).map(|_| transport.send(&ahead_of_time, Some("t")));
            let late = async {
                crate::ports::Sleep::sleep(&clock, seconds(13)).await;
                transport.send(&looked_at, Some("t")).await.unwrap();
                assert_eq!(clock.elapsed(), began + seconds(25), "{speaks:?}");
            };
            let work = futures_util::future::join_all(first.chain(aging));
            futures_util::future::join(work, late).await;
        });
    }
}

#[test]
fn no_more_are_under_way_than_the_dialect_bears() {
    for (speaks, places) in [(Speaks::V1, 2), (Speaks::V2, 6)] {
        let clock = ManualClock::new();
        let network = slow(&clock);
        let transport = transport(&clock, &network);
        let began = clock.elapsed();
        clock.run(async {
            let request = named("p", Priority::Person, speaks);
            let calls = (0..12).map(|_| transport.send(&request, Some("t")));
            futures_util::future::join_all(calls).await;
        });
        for second in 0..12 / places as u64 {
            let at = began + seconds(second);
            let together = network.sent().iter().filter(|sent| sent.at == at).count();
            assert_eq!(together, places, "{speaks:?} {second}");
        }
    }
}

#[test]
fn what_others_wait_for_stands_in_no_line() {
    let clock = ManualClock::new();
    let network = slow(&clock);
    let transport = transport(&clock, &network);
    clock.run(async {
        let busy = named("p", Priority::Person, Speaks::V1);
        let refresh =
            named("refresh", Priority::Person, Speaks::V1).policy(crate::api::Policy::ahead(Replay::Safe));
        let calls = (0..6).map(|_| transport.send(&busy, Some("t")));
        let all = futures_util::future::join_all(calls);
        futures_util::future::join(all, transport.send(&refresh, Some("t")))
            .await
            .1
            .unwrap();
    });
    let refresh = network
        .sent()
        .into_iter()
        .find(|sent| sent.url.path().ends_with("refresh"));
    assert_eq!(refresh.unwrap().at, network.sent()[0].at);
}

#[test]
fn a_call_in_the_line_obeys_its_deadline_and_was_certainly_not_sent() {
    let clock = ManualClock::new();
    let network = ScriptedNetwork::answering(&clock, |_| {
        let mut reply = Reply::empty(200).header("content-type", "application/json");
        for _ in 0..5 {
            let part = bytes::Bytes::from(vec![b' '; 4096]);
            reply = reply.part(Part::Wait(seconds(10))).part(Part::Bytes(part));
        }
        reply
    });
    let transport = transport(&clock, &network);
    let began = clock.elapsed();
    clock.run(async {
        let long = named("long", Priority::Person, Speaks::V1);
        let mut short = named("short", Priority::Person, Speaks::V1);
        short.tries = Tries::Once { total: seconds(20) };
        let waiting = async {
            let refused = transport.send(&short, Some("t")).await.unwrap_err();
            assert!(matches!(refused.fault, Fault::Busy { .. }));
            assert!(!refused.maybe_applied());
            assert_eq!(clock.elapsed() - began, seconds(20));
        };
        let longs =
            futures_util::future::join(transport.send(&long, Some("t")), transport.send(&long, Some("t")));
        let ((one, two), ()) = futures_util::future::join(longs, waiting).await;
        assert!(one.is_ok() && two.is_ok());
    });
    assert_eq!(network.sent().len(), 2);
}

#[test]
fn a_call_that_is_dropped_in_the_line_or_under_way_frees_its_place() {
    let clock = ManualClock::new();
    let network = slow(&clock);
    let transport = transport(&clock, &network);
    let began = clock.elapsed();
    clock.run(async {
        let request = named("p", Priority::Person, Speaks::V1);
        let dropped = (0..6).map(|_| Box::pin(transport.send(&request, Some("t"))));
        let all = futures_util::future::join_all(dropped);
        let soon = crate::ports::Sleep::sleep(&clock, Duration::from_millis(500));
        drop(futures_util::future::select(all, soon).await);
        transport.send(&request, Some("t")).await.unwrap();
    });
    assert_eq!(network.sent()[2].at, began + Duration::from_millis(500));
    assert_eq!(clock.sleepers(), 0);
}
