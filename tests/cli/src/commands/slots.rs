//! When a service centre can take a vehicle.

use jiff::tz::TimeZone;
use pmi_core::model::{CenterId, Freshness, ServiceCenter, Slot};

use super::read::read;
use crate::app::App;
use crate::args::SlotsArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{Answer, Table, as_typed, at_the_centre, one_of};

/// `pmi slots --center ID`
pub(super) async fn slots(app: &App, args: &SlotsArgs) -> Result<Answer, Failure> {
    let centers = app.client.centers();
    let center = CenterId(args.center);
    let date = match args.date {
        Some(date) => date,
        None => {
            let clock_there = clock_of(app, center).await?;
            app.clock.wall().to_zoned(clock_there).date()
        }
    };
    read(
        app,
        |freshness| centers.slots(center, date, freshness),
        |list| show(list),
    )
    .await
}

/// The zone of the clock at the centre: it may be tomorrow there.
async fn clock_of(app: &App, id: CenterId) -> Result<TimeZone, Failure> {
    let freshness = if app.global.offline {
        Freshness::CacheOnly
    } else {
        Freshness::CacheFirst
    };
    let centers = app.client.centers().list(freshness).await;
    let centers = centers.map_err(|error| app.explain(error))?;
    let center = centers.value.iter().find(|center| center.id == id);
    let center = center.ok_or_else(|| {
        Failure::new(
            Exit::Refused,
            "refused",
            format!("there is no service centre {id}"),
        )
        .hint("`pmi centers` lists them")
    })?;
    zone(center)
}

fn zone(center: &ServiceCenter) -> Result<TimeZone, Failure> {
    TimeZone::get(&center.time_zone).map_err(|_| {
        Failure::new(
            Exit::Usage,
            "invalid_input",
            "the centre's time zone is not known on this device: name the day there",
        )
        .hint("--date YYYY-MM-DD")
    })
}

fn show(list: &[Slot]) -> String {
    let mut table = Table::new(&["WHEN (AT THE CENTRE)", "PLACES", "TO TAKE IT"]);
    for slot in list {
        let full = slot.available == Some(0);
        table.row([
            at_the_centre(&slot.starts_at),
            one_of(slot.available),
            if full {
                "full".to_owned()
            } else {
                format!("--at {}", as_typed(&slot.starts_at))
            },
        ]);
    }
    table.or("it takes no vehicles that day")
}
