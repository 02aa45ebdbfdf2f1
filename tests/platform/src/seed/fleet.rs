//! The seeded platform: 25 customers, 4 of staff, 60 vehicles (10 of them nobody's), 30 days of readings.
//!
//! The first ten customers have one vehicle each, so v1 lets them sign in; the others have two or three.

use jiff::Timestamp;

use super::people::{self, KINDS, PASSWORD};
use super::random::Random;
use super::rows::{Booking, Notice, Person, Rows};
use super::summary::{SeedSummary, SeededCustomer};
use super::vin;
use crate::auth::password;
use crate::health::{COMPONENTS, CRITICAL_PROBABILITY};
use crate::store::{Prediction, Telemetry, Vehicle};

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;
const CUSTOMERS: usize = 25;
const SINGLES: usize = 10;
const OWNED: usize = 50;
const VEHICLES: usize = 60;

/// Draws the rows: the same for both dialects.
pub(super) fn draw(seed: u64, anchor: Timestamp) -> Rows {
    let mut random = Random::new(seed);
    let mut rows = Rows {
        centers: people::centers(),
        ..Rows::default()
    };
    rows.summary = SeedSummary {
        password: PASSWORD.to_owned(),
        ..SeedSummary::default()
    };
    accounts(&mut rows, &mut random);
    vehicles(&mut rows, &mut random, anchor);
    predictions(&mut rows, &mut random, anchor);
    telemetry(&mut rows, &mut random, anchor);
    bookings(&mut rows, &mut random, anchor);
    notices(&mut rows, &mut random, anchor);
    rows
}

fn accounts(rows: &mut Rows, random: &mut Random) {
    let hash = password::seeded(PASSWORD);
    let mut add = |first: &str, last: &str, role: &'static str, random: &mut Random| {
        let id = rows.people.len() as i64 + 1;
        let email = if role == "customer" {
            format!("{}.{}@example.com", first.to_lowercase(), last.to_lowercase())
        } else {
            format!("{}@pmi.example.com", role.replace('_', "-"))
        };
        rows.people.push(Person {
            id,
            first_name: first.into(),
            last_name: last.into(),
            email: email.clone(),
            password_hash: hash.clone(),
            phone: Some(format!("+9198{:08}", random.between(0, 99_999_999))),
            address: Some(format!("{} MG Road", random.between(1, 400))),
            role,
        });
        let account = SeededCustomer {
            id,
            email,
            password: PASSWORD.into(),
            first_name: first.into(),
            last_name: last.into(),
            role: role.into(),
            vehicle_ids: Vec::new(),
            critical_vehicle_ids: Vec::new(),
        };
        if role == "customer" {
            rows.summary.customers.push(account);
        } else {
            rows.summary.staff.push(account);
        }
    };
    for index in 0..CUSTOMERS {
        let (first, last) = people::name(index, random);
        add(first, last, "customer", random);
    }
    for (first, role) in [
        ("Vidya", "viewer"),
        ("Mohan", "mechanic"),
        ("Sunita", "service_center"),
        ("Asha", "admin"),
    ] {
        add(first, "Rao", role, random);
    }
}

/// Whose the `index`th vehicle is, as a place in the list of customers.
fn owner(index: usize) -> Option<usize> {
    match index {
        _ if index < SINGLES => Some(index),
        _ if index < OWNED => Some(SINGLES + (index - SINGLES) % (CUSTOMERS - SINGLES)),
        _ => None,
    }
}

fn vehicles(rows: &mut Rows, random: &mut Random, anchor: Timestamp) {
    let now = anchor.as_microsecond();
    for index in 0..VEHICLES {
        let id = index as i64 + 1;
        let kind = if index == 0 {
            &KINDS[0]
        } else {
            random.pick(&KINDS)
        };
        let age = random.between(1, 6);
        let year_letter = ['T', 'S', 'R', 'P', 'N', 'M'][usize::try_from(age - 1).unwrap_or(0)];
        let vin = vin::build(
            kind.maker,
            kind.code,
            year_letter,
            'H',
            100_000 + index as u32 * 7_919 % 900_000,
        );
        let bought = now - age * 365 * DAY - random.between(0, 300) * DAY;
        let holder = owner(index);
        match holder {
            Some(at) => rows.summary.customers[at].vehicle_ids.push(id),
            None => rows.summary.unclaimed_vins.push(vin.clone()),
        }
        rows.vehicles.push(Vehicle {
            id,
            vin,
            customer_id: holder.map(|at| rows.summary.customers[at].id),
            make: kind.make.into(),
            model: kind.model.into(),
            year: 2026 - age,
            mileage: age * random.between(4_000, 14_000),
            purchase_us: Some(bought),
            warranty_us: Some(bought + 3 * 365 * DAY),
        });
    }
}

fn predictions(rows: &mut Rows, random: &mut Random, anchor: Timestamp) {
    for index in 0..rows.vehicles.len() {
        let vehicle = rows.vehicles[index].id;
        // The first vehicle is well, the second is critical, every seventh after it too; a third of them have none.
        let critical = index % 7 == 1;
        let count = if critical { 2 } else { random.between(-1, 2).max(0) };
        let mut component = random.between(0, COMPONENTS.len() as i64 - 1);
        for at in 0..count {
            let probability = match (critical, at, index) {
                (true, 0, _) => random.real(CRITICAL_PROBABILITY + 0.02, 0.97),
                (_, _, 0) => random.real(0.05, 0.25),
                _ => random.real(0.1, 0.65),
            };
            if probability >= CRITICAL_PROBABILITY
                && let Some(owner) = owner(index)
            {
                rows.summary.customers[owner].critical_vehicle_ids.push(vehicle);
            }
            component = (component + 3) % COMPONENTS.len() as i64;
            rows.predictions.push(Prediction {
                id: rows.predictions.len() as i64 + 1,
                vehicle_id: vehicle,
                component: COMPONENTS[usize::try_from(component).unwrap_or(0)].into(),
                probability,
                days_to_failure: (probability > 0.3).then(|| ((1.0 - probability) * 60.0) as i64 + 2),
                predicted_us: anchor.as_microsecond() - (at + 1) * HOUR - random.between(0, 20) * HOUR / 10,
            });
        }
    }
}

fn telemetry(rows: &mut Rows, random: &mut Random, anchor: Timestamp) {
    for vehicle in &rows.vehicles {
        for step in 0..120_i64 {
            rows.telemetry.push(Telemetry {
                vehicle_id: vehicle.id,
                at_us: anchor.as_microsecond() - step * 6 * HOUR,
                engine_temperature: random.real(78.0, 96.0),
                coolant_temperature: random.real(72.0, 90.0),
                oil_pressure: random.real(36.0, 52.0),
                battery_voltage: random.real(12.4, 13.8),
                vibration_level: random.real(0.2, 1.4),
                rpm: random.between(900, 5_200),
                speed: random.real(0.0, 92.0),
                odometer: (vehicle.mileage - step * random.between(0, 20)).max(0),
                fuel_level: random.real(8.0, 98.0),
            });
        }
    }
}

fn bookings(rows: &mut Rows, random: &mut Random, anchor: Timestamp) {
    let today = anchor.as_microsecond() - anchor.as_microsecond().rem_euclid(DAY);
    let past = ["completed", "cancelled", "completed"];
    let coming = ["scheduled", "confirmed", "cancelled"];
    for (index, vehicle) in rows.vehicles.iter().enumerate().take(OWNED) {
        let Some(customer_id) = vehicle.customer_id else {
            continue;
        };
        for at in 0..3_i64 {
            let (days, status) = match at {
                0 => (-random.between(3, 28), past[index % 3]),
                1 => (random.between(2, 25), coming[index % 3]),
                _ if index % 5 == 4 => (0, "in_progress"),
                _ => continue,
            };
            let (service_type, duration) = *random.pick(&crate::health::SERVICES);
            let wall_us = today + days * DAY + random.between(18, 33) * HOUR / 2;
            rows.bookings.push(Booking {
                id: rows.bookings.len() as i64 + 1,
                vehicle_id: vehicle.id,
                customer_id,
                center_id: random.between(1, 7),
                wall_us,
                service_type,
                status,
                notes: (index % 4 == 2).then_some("Please check the brakes too"),
                duration,
                created_us: anchor.as_microsecond() - random.between(30, 40) * DAY,
            });
        }
    }
}

fn notices(rows: &mut Rows, random: &mut Random, anchor: Timestamp) {
    for vehicle in rows.vehicles.iter().take(OWNED) {
        let Some(customer_id) = vehicle.customer_id else {
            continue;
        };
        for at in 0..3_i64 {
            let (kind, channel, message) = match at {
                0 => (
                    "failure_alert",
                    "sms",
                    format!("⚠️ Your {} {} needs attention soon.", vehicle.make, vehicle.model),
                ),
                1 => (
                    "appointment_reminder",
                    "sms",
                    format!("Reminder: service of your {} is due.", vehicle.model),
                ),
                _ => (
                    "emergency_call",
                    "voice",
                    format!("We tried to call you about your {}.", vehicle.model),
                ),
            };
            rows.notices.push(Notice {
                id: rows.notices.len() as i64 + 1,
                customer_id,
                vehicle_id: Some(vehicle.id),
                kind,
                channel,
                sent_us: anchor.as_microsecond() - (1 + at * 30) * HOUR - random.between(0, 50) * 60_000_000,
                delivered: at != 2,
                seen: at == 1,
                message,
            });
        }
    }
}
