//! Signs in, reads the garage, watches it be read again, reads the rest, reads once more without a network, signs out.
//!
//! Start a server (`cargo run --bin pmi -- serve` prints whom it was seeded with), then:
//!
//! ```sh
//! PMI_PASSWORD=... cargo run -p pmi-core --example read_the_garage -- http://127.0.0.1:8080 asha@example.com ./garage
//! ```
//!
//! The keys of the session are kept in this process only, because the program signs out before it ends. One that wants its
//! user to sign in once and for all gives `KeyringSecrets` (the Secret Service) or its own `SecretStore` instead.
#![allow(clippy::print_stdout)] // what this program finds is its output

use std::path::Path;
use std::sync::Arc;

use pmi_core::model::{Freshness, Password, Permission, Snapshot, Unsent};
use pmi_core::ports::Ports;
use pmi_core::ports::secrets::MemorySecrets;
use pmi_core::{ClientConfig, PmiClient};

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [server, email, dir] = arguments.as_slice() else {
        return Err("usage: PMI_PASSWORD=... read_the_garage SERVER EMAIL DIR".into());
    };
    let password = std::env::var("PMI_PASSWORD").map_err(|_| "set PMI_PASSWORD to the password")?;

    let client = open(server, Path::new(dir))?;
    client.account().sign_in(email, Password::new(password)).await?;
    who_and_where(&client).await?;
    garage(&client, Freshness::CacheFirst).await?;
    watch(&client).await?;
    lists(&client).await?;

    println!("\nWithout a network:");
    client.set_offline(true);
    garage(&client, Freshness::NetworkFirst).await?;
    client.set_offline(false);

    let heard = client.account().sign_out(Unsent::Ask).await?;
    println!("\nSigned out; the server heard of it: {heard}");
    client.close();
    Ok(())
}

/// Opens the two files below `dir`. No network, no keychain: that is for the first call which needs them.
fn open(server: &str, dir: &Path) -> Result<PmiClient, Box<dyn std::error::Error>> {
    let ports = Ports::system(Arc::new(MemorySecrets::new()))?;
    Ok(PmiClient::open(&ClientConfig::new(server, dir), ports)?)
}

/// The person and the server.
async fn who_and_where(client: &PmiClient) -> Outcome {
    let health = client.platform().health().await?;
    println!("{} says it is {}", client.platform().origin(), health.status);

    let me = client.account().me(Freshness::CacheFirst).await?.value;
    let role = client.account().role().await?;
    println!("{} {} <{}>, {}", me.first_name, me.last_name, me.email, role);

    // What the server can do and what the person may do are two questions; a screen asks both.
    let server_can = client.platform().capabilities().await?.book;
    let person_may = client.account().can(&Permission::BookAppointment).await?;
    println!("can book: {}", server_can && person_may);
    Ok(())
}

/// The vehicles, and all that is known of each.
async fn garage(client: &PmiClient, freshness: Freshness) -> Outcome {
    let garage = client.vehicles().list(freshness).await?;
    println!("\nVehicles: {} {}", garage.value.len(), provenance(&garage));
    for summary in &garage.value {
        let id = summary.vehicle.id;
        let details = client.vehicles().details(id, freshness).await?;
        let health = &details.value.health;
        println!(
            "  {} {}: health {:.0} ({}) {}",
            summary.vehicle.make,
            summary.vehicle.model,
            health.score,
            health.status,
            provenance(&details),
        );
        for prediction in &details.value.predictions {
            println!(
                "    {} may fail: {:.0} %, {}",
                prediction.component,
                prediction.failure_probability * 100.0,
                prediction.severity,
            );
        }
    }
    Ok(())
}

/// Bookings, service centres, notifications.
async fn lists(client: &PmiClient) -> Outcome {
    let bookings = client.bookings().list(Freshness::CacheFirst).await?.value;
    println!("\nBookings: {}", bookings.len());
    if let Some(newest) = bookings.first() {
        let booking = client
            .bookings()
            .get(&newest.id, Freshness::CacheFirst)
            .await?
            .value;
        println!("  {} at {}", booking.service, booking.starts_at);
    }

    let centers = client.centers().list(Freshness::CacheFirst).await?.value;
    println!("Service centres: {}", centers.len());
    for center in &centers {
        println!("  {} ({})", center.name, center.time_zone);
    }

    let notifications = client.notifications().list(Freshness::CacheFirst).await?.value;
    let undelivered = notifications.iter().filter(|n| !n.delivered).count();
    println!(
        "{} notifications, {undelivered} not delivered",
        notifications.len()
    );
    Ok(())
}

/// An observer has the present answer at once, then every newer one, whoever asked for it.
async fn watch(client: &PmiClient) -> Outcome {
    let mut garage = client.vehicles().observe_list().await?;
    let mut fetched = None;
    println!();
    // The observation ends when the client is closed or its person signs out; this one stops at the first newer answer.
    while let Some(update) = garage.next().await {
        let Some(snapshot) = update.snapshot else { continue };
        match fetched {
            None => {
                println!("watching: as of {}", snapshot.fetched_at);
                fetched = Some(snapshot.fetched_at);
                // Answers from the cache at once and asks the server in the background.
                client.vehicles().list(Freshness::CacheAndNetwork).await?;
            }
            Some(before) if snapshot.fetched_at > before => {
                println!("watching: as of {}, newer", snapshot.fetched_at);
                return Ok(());
            }
            Some(_) if update.error.is_some() => return Err("the server could not be asked again".into()),
            Some(_) => {}
        }
    }
    Ok(())
}

/// Where an answer came from and how old it is: every one says so.
fn provenance<T>(answer: &Snapshot<T>) -> String {
    let stale = if answer.stale { ", stale" } else { "" };
    match &answer.refresh_error {
        Some(why) => format!("[{:?}, as of {}{stale}: {why}]", answer.origin, answer.fetched_at),
        None => format!("[{:?}, as of {}{stale}]", answer.origin, answer.fetched_at),
    }
}
