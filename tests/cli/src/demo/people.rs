//! Who appears: a newcomer who registers, and a customer the server was seeded with.

use std::time::Instant;

use pmi_core::error::Refusal;
use pmi_core::model::{Freshness, NewCustomer, Password, Prediction, Severity, VehicleDetails, VehicleId};
use pmi_core::{Error, PmiClient};

use super::facts::{Critical, Facts};
use super::stage::{Opened, Stage};
use super::story::{Story, broken, keep, ms, must};
use crate::failure::Failure;
use crate::output::words;

/// From which probability a failure cannot wait.
const CRITICAL: f64 = 0.7;

/// The seeded customer, signed in.
pub(super) struct Rider {
    /// Their client.
    pub(super) client: PmiClient,
    /// Its files.
    pub(super) dir: std::path::PathBuf,
    /// The vehicle with the critical prediction.
    pub(super) vehicle: VehicleId,
    /// Who the server knows them as.
    pub(super) customer: i64,
}

/// A new customer registers and, where the platform lets them, claims a vehicle.
pub(super) async fn newcomer(stage: &Stage, facts: &mut Facts, story: &Story) -> Result<(), Failure> {
    let started = Instant::now();
    let Opened { client, .. } = stage.open("newcomer")?;
    let new = NewCustomer {
        email: "new.rider@example.com".to_owned(),
        password: Password::new("a-long-enough-secret"),
        first_name: "Nila".to_owned(),
        last_name: "Rao".to_owned(),
        phone: "+919800000001".to_owned(),
        address: None,
    };
    client
        .account()
        .register(new)
        .await
        .map_err(must("a new customer can register"))?;
    facts.registered = true;
    let can = client
        .platform()
        .capabilities()
        .await
        .map_err(must("a server's capabilities are known"))?;
    if !can.claim_vehicle {
        story.step(
            ms(started),
            "Nila registers; this platform lets nobody claim a vehicle, and the client says so",
        );
        let claim = client.vehicles().claim("1M8GDM9AXKP042788").await;
        let said = matches!(claim, Err(Error::Unsupported { .. }));
        keep(
            said,
            "what a server cannot do is told before anything is sent",
            format!("{claim:?}"),
        )?;
        client.close();
        return Ok(());
    }
    let vin = stage.platform.seeded().unclaimed_vins.first().cloned();
    let vin = vin.ok_or_else(|| broken("a vehicle is nobody's yet", "none"))?;
    let vehicle = client
        .vehicles()
        .claim(&vin)
        .await
        .map_err(must("a new customer can claim a vehicle"))?;
    let garage = client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .map_err(must("the garage can be read"))?;
    let there = garage
        .value
        .iter()
        .any(|summary| summary.vehicle.id == vehicle.id);
    keep(
        there,
        "a claimed vehicle is in the garage",
        format!("{} vehicles", garage.value.len()),
    )?;
    story.step(
        ms(started),
        &format!(
            "Nila registers and claims {vin}: the {} {} is in the garage",
            vehicle.make, vehicle.model
        ),
    );
    facts.claimed_vin = Some(vin);
    client.close();
    Ok(())
}

/// A seeded customer signs in, once, and looks at the garage.
pub(super) async fn seeded(stage: &Stage, facts: &mut Facts, story: &Story) -> Result<Rider, Failure> {
    let seeded = stage.platform.seeded();
    let known = seeded.with_critical_prediction();
    let known = known.ok_or_else(|| broken("a seeded customer has a critical vehicle", "none"))?;
    let Opened { client, dir, open_ms } = stage.open("rider")?;
    facts.first_open_ms = open_ms;
    story.step(
        open_ms,
        "a client opens for the first time: two files are made; no network, no keychain",
    );

    let wrong = client
        .account()
        .sign_in(&known.email, Password::new("not-the-password"))
        .await;
    let refused = matches!(
        &wrong,
        Err(Error::Refused {
            why: Refusal::WrongCredentials,
            ..
        })
    );
    keep(
        refused,
        "a wrong password is refused as such",
        format!("{wrong:?}"),
    )?;

    let started = Instant::now();
    let password = Password::new(known.password.clone());
    client
        .account()
        .sign_in(&known.email, password)
        .await
        .map_err(must("a seeded customer can sign in"))?;
    facts.customer.clone_from(&known.email);
    facts.sign_in_ms = ms(started);
    story.step(
        facts.sign_in_ms,
        &format!(
            "{} signs in (a wrong password was refused before); once is enough",
            known.email
        ),
    );

    let started = Instant::now();
    let garage = client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .map_err(must("the garage can be read"))?;
    facts.vehicles = garage.value.len();
    let expected = known.vehicle_ids.len();
    keep(
        facts.vehicles == expected,
        "the garage holds the customer's vehicles",
        facts.vehicles,
    )?;
    let vehicle = known.critical_vehicle_ids.first().copied();
    let vehicle =
        VehicleId(vehicle.ok_or_else(|| broken("a seeded customer has a critical vehicle", "none"))?);
    let details = client
        .vehicles()
        .details(vehicle, Freshness::NetworkOnly)
        .await
        .map_err(must("a vehicle can be read"))?
        .value;
    facts.garage_ms = ms(started);
    let worst = details
        .predictions
        .iter()
        .find(|prediction| cannot_wait(prediction));
    let worst = worst.ok_or_else(|| {
        broken(
            "a critical prediction is shown",
            format!("{:?}", details.predictions),
        )
    })?;
    let critical = critical(&details, worst);
    let count = facts.vehicles;
    let (plural, seen) = (if count == 1 { "" } else { "s" }, &critical);
    story.step(
        facts.garage_ms,
        &format!("the garage: {count} vehicle{plural}, and one thing that cannot wait"),
    );
    let within = seen
        .days
        .map_or_else(String::new, |days| format!(", within {days} days"));
    let (percent, health, what) = (
        seen.probability * 100.0,
        seen.health.floor(),
        words(&seen.component),
    );
    story.show(&format!(
        "{}, health {health:.0}: {what} will fail with {percent:.0} %{within}",
        seen.vehicle
    ));
    facts.critical = Some(critical);
    Ok(Rider {
        client,
        dir,
        vehicle,
        customer: known.id,
    })
}

fn cannot_wait(prediction: &Prediction) -> bool {
    prediction.severity == Severity::Critical || prediction.failure_probability >= CRITICAL
}

fn critical(details: &VehicleDetails, worst: &Prediction) -> Critical {
    Critical {
        vehicle_id: details.vehicle.id.0,
        vehicle: format!("{} {}", details.vehicle.make, details.vehicle.model),
        health: details.health.score,
        component: worst.component.as_word().to_owned(),
        probability: worst.failure_probability,
        days: worst.days_to_failure,
    }
}
