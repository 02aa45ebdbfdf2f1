//! A device with the real core on it, and its person.

use std::path::{Path, PathBuf};
use std::time::Duration;

use futures_util::future::join;
use jiff::civil::date;
use pmi_core::model::{BookingTime, Freshness, NewBooking, Password, ServiceType, Snapshot, VehicleId};
use pmi_core::ports::Ports;
use pmi_core::{ClientConfig, Error, PmiClient};
use tokio::runtime::Handle;

use super::plan::{Does, Script};
use super::server::Server;
use super::simulate::Wellness;
use super::virtual_ports::ports;

/// Nobody listens there.
const ORIGIN: &str = "https://pmi.example";

/// The hour of the first booking; each further one is an hour later.
const FIRST_HOUR: i8 = 8;

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

/// A device, whether or not a client runs on it.
struct Device {
    server: Server,
    number: usize,
    wellness: Wellness,
    dir: PathBuf,
    ports: Ports,
}

/// Lives through the script; returns its last client when nothing more is begun.
pub(super) async fn live(
    server: Server,
    number: usize,
    script: Script,
    dir: PathBuf,
    wellness: Wellness,
) -> pmi_core::Result<PmiClient> {
    let device = Device {
        ports: ports(&server, number, script.seed),
        server,
        number,
        wellness,
        dir,
    };
    let mut client = device.start()?;
    device.wait_until(script.signs_in).await;
    let password = Password::new("a password");
    client.account().sign_in("rider@example.com", password).await?;
    // As a person does on the first day.
    client.vehicles().list(Freshness::NetworkOnly).await?;
    client.bookings().list(Freshness::NetworkOnly).await?;
    client.centers().list(Freshness::NetworkOnly).await?;
    device.watch(&client);

    let mut hour = FIRST_HOUR;
    for (at, does) in script.does {
        device.wait_until(at).await;
        match does {
            Does::Start => {
                client.close();
                client = device.start()?;
                device.watch(&client);
                device.look(&client);
            }
            Does::Look => device.look(&client),
            Does::Book => {
                device.book(&client, hour);
                hour += 1;
            }
        }
    }
    Ok(client)
}

impl Device {
    fn start(&self) -> pmi_core::Result<PmiClient> {
        let config = ClientConfig::new(ORIGIN, &self.dir);
        let client = PmiClient::open_on(&config, self.ports.clone(), Handle::current())?;
        // The device has a network all the time, and the system says so.
        client.set_network(true);
        Ok(client)
    }

    async fn wait_until(&self, at: Duration) {
        tokio::time::sleep(at.saturating_sub(self.server.now())).await;
    }

    /// Tells of the outbox as long as this client runs.
    fn watch(&self, client: &PmiClient) {
        let (outbox, wellness, number) = (client.outbox(), self.wellness.clone(), self.number);
        tokio::spawn(async move {
            let Ok(mut observation) = outbox.observe().await else {
                return;
            };
            while let Some(Ok(items)) = observation.next().await {
                wellness.waiting(number, items.len());
            }
        });
    }

    /// What the first screen reads.
    fn look(&self, client: &PmiClient) {
        let (vehicles, bookings) = (client.vehicles(), client.bookings());
        let (server, wellness, number) = (self.server.clone(), self.wellness.clone(), self.number);
        tokio::spawn(async move {
            let began = server.now();
            let (garage, bookings) = join(
                vehicles.list(Freshness::NetworkFirst),
                bookings.list(Freshness::NetworkFirst),
            )
            .await;
            let errors = [error_of(garage), error_of(bookings)];
            if errors
                .iter()
                .flatten()
                .any(|error| matches!(error, Error::SignInNeeded { .. }))
            {
                wellness.signed_out(number);
            }
            wellness.read(number, began, errors.iter().all(Option::is_none));
        });
    }

    fn book(&self, client: &PmiClient, hour: i8) {
        let new = NewBooking {
            vehicle_id: VehicleId(i64::try_from(self.number + 1).unwrap_or(1)),
            service: ServiceType::OilChange,
            at: BookingTime::at_the_centre(date(2026, 12, 25).at(hour, 0, 0, 0)),
            center_id: None,
            notes: None,
            photos: Vec::new(),
        };
        let (bookings, wellness, number) = (client.bookings(), self.wellness.clone(), self.number);
        tokio::spawn(async move {
            if bookings.book(new, None).await.is_ok() {
                wellness.accepted(number);
            }
        });
    }
}

/// Why what is shown is not fresh.
fn error_of<T>(read: pmi_core::Result<Snapshot<T>>) -> Option<Error> {
    match read {
        Ok(snapshot) => snapshot.refresh_error,
        Err(error) => Some(error),
    }
}
