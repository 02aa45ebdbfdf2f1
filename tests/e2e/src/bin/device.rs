//! A device as a process: a client on one thread whose ports are taken by steps, so that the order of its steps is the same in
//! every run, and at one of which it dies or stops when told to.
//!
//! `device DIR SERVER CLOCK_FILE count|kill:K|stop:K` opens the client in `DIR` and then obeys lines: `read` (the garage, from
//! the server), `cached`, `outbox`, `sync`, `state`, `close`, `steps`. Each is answered by a line, `steps` by a number and as many lines
//! more. It ends with its standard input.

use std::io::BufRead as _;
use std::path::PathBuf;
use std::time::Duration;

use pmi_core::model::Freshness;
use pmi_core::{ClientConfig, PmiClient};
use pmi_e2e::processes::{SharedClock, Steps, Then, ports, say};

/// Longer than any synchronisation takes.
const A_WHILE: Duration = Duration::from_secs(600);

fn main() {
    let mut args = std::env::args().skip(1);
    let mut next = || args.next().expect("DIR SERVER CLOCK_FILE THEN");
    let (dir, server, clock) = (PathBuf::from(next()), next(), SharedClock::of(next().into()));
    let then = Then::parse(&next()).expect("count, kill:K or stop:K");

    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let config = ClientConfig::new(server, &dir);
        let steps = Steps::new(then, config.data_dir.join("durable.sqlite3-wal"));
        let ports = steps.over(ports(&dir, &clock).expect("a network"));
        let opened = PmiClient::open_on(&config, ports, tokio::runtime::Handle::current());
        let client = opened.expect("it opens");
        obey(&client, &steps).await;
    });
}

async fn obey(client: &PmiClient, steps: &Steps) {
    // While it waits for a line this thread stands still, and all of the client with it: so the order of its steps does not
    // hang on when a line comes.
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("UTF-8");
        match line.as_str() {
            "read" => say(&read(client, Freshness::NetworkOnly).await),
            "cached" => say(&read(client, Freshness::CacheOnly).await),
            "outbox" => say(&match client.outbox().list().await {
                Ok(items) => items.len().to_string(),
                Err(error) => format!("{error:?}"),
            }),
            "sync" => say(&match client.outbox().send(A_WHILE).await {
                Ok(report) => format!("{} remain", report.remaining),
                Err(error) => format!("{error:?}"),
            }),
            "state" => say(&format!("{:?}", client.account().state().await)),
            "steps" => {
                let taken = steps.taken();
                say(&taken.len().to_string());
                for step in taken {
                    say(&format!("{} {}", step.commits, step.name));
                }
            }
            "close" => {
                client.close();
                say("closed");
            }
            other => panic!("what is {other:?}?"),
        }
    }
}

async fn read(client: &PmiClient, freshness: Freshness) -> String {
    match client.vehicles().list(freshness).await {
        Ok(garage) if garage.value.is_empty() => "an empty garage".to_owned(),
        Ok(_) => "ok".to_owned(),
        Err(error) => format!("{error:?}"),
    }
}
