//! A device with the real core on it, and its person.

use std::path::{Path, PathBuf};
use std::time::Duration;

use futures_util::future::join;
use jiff::civil::date;
use pmi_core::model::{BookingTime, Freshness, NewBooking, Password, ServiceType, Snapshot, VehicleId};
use pmi_core::{ClientConfig, Error, PmiClient};
use tokio::runtime::Handle;

use super::plan::Script;
use super::server::Server;
use super::simulate::Wellness;
use super::virtual_ports::ports;

/// Nobody listens there.
const ORIGIN: &str = "https://pmi.example";

/// Opens and closes a client in an empty folder: its files are copied for each device, which is faster than making them.
pub(super) fn blank(server: &Server, dir: &Path) -> pmi_core::Result<()> {
    PmiClient::open_on(
        &ClientConfig::new(ORIGIN, dir),
        ports(server, 0, 0),
        Handle::current(),
    )?
    .close();
    Ok(())
}

/// Lives through the script; returns when nothing more happens in it.
pub(super) async fn live(
    server: Server,
    device: usize,
    script: Script,
    dir: PathBuf,
    wellness: Wellness,
) -> pmi_core::Result<PmiClient> {
    let ports = ports(&server, device, script.seed);
    let client = PmiClient::open_on(&ClientConfig::new(ORIGIN, &dir), ports, Handle::current())?;
    wait_until(&server, script.signs_in).await;
    let password = Password::new("a password");
    client.account().sign_in("rider@example.com", password).await?;
    // As a person does on the first day.
    client.vehicles().list(Freshness::NetworkOnly).await?;
    client.bookings().list(Freshness::NetworkOnly).await?;
    client.centers().list(Freshness::NetworkOnly).await?;

    let opens = script.opens.iter().map(|at| (*at, None));
    let books = (8..).zip(&script.books).map(|(hour, at)| (*at, Some(hour)));
    let mut script: Vec<(Duration, Option<i8>)> = opens.chain(books).collect();
    script.sort_unstable();
    for (at, hour) in script {
        wait_until(&server, at).await;
        let (client, server, wellness) = (client.clone(), server.clone(), wellness.clone());
        tokio::spawn(async move {
            match hour {
                None => open_app(&client, &server, device, &wellness).await,
                Some(hour) => book(&client, device, &wellness, hour).await,
            }
        });
    }
    Ok(client)
}

async fn wait_until(server: &Server, at: Duration) {
    tokio::time::sleep(at.saturating_sub(server.now())).await;
}

async fn open_app(client: &PmiClient, server: &Server, device: usize, wellness: &Wellness) {
    let began = server.now();
    let (vehicles, bookings) = (client.vehicles(), client.bookings());
    let (garage, bookings) = join(
        vehicles.list(Freshness::NetworkFirst),
        bookings.list(Freshness::NetworkFirst),
    )
    .await;
    for error in [error_of(garage), error_of(bookings)].into_iter().flatten() {
        if matches!(error, Error::SignInNeeded { .. }) {
            wellness.signed_out(device);
        }
        return wellness.read(device, began, false);
    }
    wellness.read(device, began, true);
}

/// Why what is shown is not fresh.
fn error_of<T>(read: pmi_core::Result<Snapshot<T>>) -> Option<Error> {
    match read {
        Ok(snapshot) => snapshot.refresh_error,
        Err(error) => Some(error),
    }
}

async fn book(client: &PmiClient, device: usize, wellness: &Wellness, hour: i8) {
    let new = NewBooking {
        vehicle_id: VehicleId(i64::try_from(device + 1).unwrap_or(1)),
        service: ServiceType::OilChange,
        at: BookingTime::at_the_centre(date(2026, 12, 25).at(hour, 0, 0, 0)),
        center_id: None,
        notes: None,
    };
    let Ok(item) = client.bookings().book(new, None).await else {
        return;
    };
    wellness.accepted(device);
    let a_day = Duration::from_secs(24 * 60 * 60);
    if let Ok(item) = client.outbox().settled(item.id, a_day).await
        && item.state.is_settled()
    {
        wellness.sent(device);
    }
}
