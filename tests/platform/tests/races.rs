//! Many at once: one booking of a key, one of an operation, and no more than there are places.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod support;

use std::collections::BTreeSet;
use std::sync::Arc;

use pmi_platform::{Config, Database, Dialect};
use support::{Bench, Reply, envelope, keyed, made, order, start, start_with, starts, with};
use tempfile::TempDir;
use tokio::task::JoinSet;

/// Two servers on one database, whose eighth centre has that many places. The folder goes with them.
async fn two_servers(places: i64) -> ([Arc<Bench>; 2], TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = Database::File(folder.path().join("shared.sqlite3"));
    let database = support::elsewhere().await.unwrap_or(file);
    let on = |database: &Database| {
        start_with(Config {
            database: database.clone(),
            ..Config::default()
        })
    };
    let servers = [Arc::new(on(&database).await), Arc::new(on(&database).await)];
    let control = servers[0].platform.control();
    control.set_center(8, Some(places), None).await.unwrap();
    (servers, folder)
}

#[tokio::test]
async fn fifty_at_once_with_one_key_make_one_booking() {
    let bench = Arc::new(start(Dialect::V2).await);
    let (customer, token) = bench.signed_in().await;
    let body = order(customer.vehicle_ids[0]);
    let mut sent = JoinSet::new();
    for _ in 0..50 {
        let (bench, token, body) = (bench.clone(), token.clone(), body.clone());
        sent.spawn(async move { keyed(&bench, &token, "one", &body).await });
    }
    let replies = sent.join_all().await;
    let fresh = |one: &&Reply| one.status == 201 && one.header("idempotency-replayed").is_empty();
    assert_eq!(replies.iter().filter(fresh).count(), 1);
    for one in &replies {
        assert!(one.status == 201 || one.text("error") == "in_progress", "{one:?}");
    }
    assert_eq!(made(&bench.platform).await, 1);
}

#[tokio::test]
async fn fifty_at_once_of_one_operation_make_one_booking_and_all_are_given_it() {
    let bench = Arc::new(start(Dialect::V2).await);
    let (customer, token) = bench.signed_in().await;
    let body = with(&order(customer.vehicle_ids[0]), "client_operation_id", "one");
    let mut sent = JoinSet::new();
    for _ in 0..50 {
        let (bench, token, body) = (bench.clone(), token.clone(), body.clone());
        sent.spawn(async move { bench.book(&token, &body).await });
    }
    let replies = sent.join_all().await;
    assert_eq!(replies.iter().filter(|one| one.status == 201).count(), 1);
    assert_eq!(replies.iter().filter(|one| one.status == 200).count(), 49);
    assert!(replies.iter().all(|one| one.body == replies[0].body));
    assert_eq!(made(&bench.platform).await, 1);
}

/// Twenty customers want the same half hour at once, taking turns at these servers.
async fn race(servers: &[Arc<Bench>]) -> Vec<Reply> {
    let mut tokens = Vec::new();
    let seeded = servers[0].platform.seeded().clone();
    for customer in seeded.customers.iter().take(20) {
        tokens.push((customer.vehicle_ids[0], servers[0].token(customer).await));
    }
    let mut sent = JoinSet::new();
    for (turn, (vehicle, token)) in tokens.into_iter().enumerate() {
        let bench = servers[turn % servers.len()].clone();
        sent.spawn(async move { bench.book(&token, &order(vehicle)).await });
    }
    sent.join_all().await
}

/// Exactly three got a place, the others what there is instead.
fn three_got_it(replies: &[Reply]) {
    let (got, not): (Vec<_>, Vec<_>) = replies.iter().partition(|one| one.status == 201);
    assert_eq!((got.len(), not.len()), (3, 17));
    let ids: BTreeSet<_> = got
        .iter()
        .map(|one| one.body["appointment_id"].as_i64())
        .collect();
    assert_eq!(ids.len(), 3);
    for one in not {
        envelope(one, 409, "slot_taken");
        let free = starts(&one.body["detail"]["free_slots"]);
        assert_eq!(free.len(), 5);
        assert!(
            free.iter()
                .all(|(at, places)| at != "2026-11-25T10:00:00+05:30" && *places > 0)
        );
    }
}

#[tokio::test]
async fn of_twenty_who_want_three_places_three_get_them() {
    let bench = Arc::new(start(Dialect::V2).await);
    bench
        .platform
        .control()
        .set_center(8, Some(3), None)
        .await
        .unwrap();
    three_got_it(&race(std::slice::from_ref(&bench)).await);
    assert_eq!(made(&bench.platform).await, 3);
}

#[tokio::test]
async fn two_servers_on_one_database_do_not_both_give_away_the_last_place() {
    let (servers, _folder) = two_servers(3).await;
    three_got_it(&race(&servers).await);
    assert_eq!(made(&servers[1].platform).await, 3);
}

#[tokio::test]
async fn two_servers_on_one_database_make_one_booking_of_a_key_and_one_of_an_operation() {
    let (servers, _folder) = two_servers(50).await;
    let (customer, token) = servers[0].signed_in().await;
    let plain = order(customer.vehicle_ids[0]);
    let mut sent = JoinSet::new();
    for turn in 0..20 {
        let (bench, token, body) = (servers[turn % 2].clone(), token.clone(), plain.clone());
        sent.spawn(async move { keyed(&bench, &token, "shared", &body).await });
    }
    for one in sent.join_all().await {
        assert!(one.status == 201 || one.text("error") == "in_progress", "{one:?}");
    }
    assert_eq!(made(&servers[0].platform).await, 1);
    let mut sent = JoinSet::new();
    for turn in 0..20 {
        let (bench, token) = (servers[turn % 2].clone(), token.clone());
        let body = with(&plain, "client_operation_id", "shared");
        sent.spawn(async move { bench.book(&token, &body).await });
    }
    for one in sent.join_all().await {
        assert!(one.status == 201 || one.status == 200, "{one:?}");
    }
    assert_eq!(made(&servers[0].platform).await, 2);
}
