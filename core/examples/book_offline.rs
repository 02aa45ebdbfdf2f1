//! Books service without a network, and sees it made when there is one.
//!
//! ```sh
//! cargo run --bin pmi -- serve       # in another terminal; prints whom you may sign in as
//! cargo run -p pmi-core --example book_offline -- rider@example.com
//! ```
//!
//! The password is read from PMI_PASSWORD. The booking is made for the first vehicle, a month from now at 10:00.
#![allow(clippy::print_stdout)] // what this program finds is its output

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use jiff::{ToSpan, Zoned};
use pmi_core::model::{BookingTime, Freshness, NewBooking, Password, ServiceType, Unsent, WriteState};
use pmi_core::ports::Ports;
use pmi_core::ports::secrets::MemorySecrets;
use pmi_core::{ClientConfig, PmiClient};

const SERVER: &str = "http://127.0.0.1:8800";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let email = std::env::args().nth(1).ok_or("usage: book_offline EMAIL")?;
    let password = Password::new(std::env::var("PMI_PASSWORD")?);
    let dir = std::env::temp_dir().join(format!("pmi-example-{}", std::process::id()));
    let ports = Ports::system(Arc::new(MemorySecrets::new()))?;
    let client = PmiClient::open(&ClientConfig::new(SERVER, &dir), ports)?;
    client.account().sign_in(&email, password).await?;
    let garage = client.vehicles().list(Freshness::NetworkFirst).await?;
    let vehicle = garage.value.first().ok_or("the garage is empty")?;

    // From here on there is no network, as far as the library knows.
    client.set_network(false);
    let day = Zoned::now().date().checked_add(1.month())?;
    let new = NewBooking {
        vehicle_id: vehicle.vehicle.id,
        service: ServiceType::OilChange,
        at: BookingTime::at_the_centre(day.at(10, 0, 0, 0)),
        center_id: None,
        notes: None,
        photos: Vec::new(),
    };
    // The name of the wish: the same one again would give the same item.
    let item = client
        .bookings()
        .book(new, Some(format!("example-{day}")))
        .await?;
    println!("accepted as item {}, on disk: {:?}", item.id, item.state);

    client.set_network(true);
    match client
        .outbox()
        .settled(item.id, Duration::from_secs(60))
        .await?
        .state
    {
        WriteState::Done { booking } => {
            let at = booking.map(|booking| booking.starts_at.to_string());
            println!("made, for {}", at.unwrap_or_default());
        }
        WriteState::Conflict(conflict) => {
            println!("{}", conflict.reason);
            for slot in conflict.free_slots {
                println!("  free: {}", slot.starts_at);
            }
        }
        other => println!("not made: {other:?}"),
    }
    client.account().sign_out(Unsent::Discard).await?;
    client.close();
    std::fs::remove_dir_all(&dir)?;
    Ok(())
}
