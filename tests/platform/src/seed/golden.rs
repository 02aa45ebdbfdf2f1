//! The fixtures of the recorded v1 exchanges, dated as they were: 35 minutes into their hour.

use jiff::Timestamp;

use super::rows::{Booking, Notice, Person, Rows};
use super::summary::{SeedSummary, SeededCustomer};
use crate::auth::password;
use crate::store::{Center, Prediction, Telemetry, Vehicle};

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;

/// Id, first and last name, address to sign in with, password, phone, postal address, role.
type Fixture = (
    i64,
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
    Option<&'static str>,
    &'static str,
);

/// The fixtures. `demo` (6) and `rajesh` (1) have no password hash: v1 lets them in with any.
pub(super) fn rows(anchor: Timestamp) -> Rows {
    let now = anchor.as_microsecond() + 2_101_056_465;
    let mut rows = Rows {
        centers: centers(),
        ..Rows::default()
    };
    let people: [Fixture; 7] = [
        (
            1,
            "Rajesh",
            "Kumar",
            "rajesh@heromotocorp.com",
            None,
            Some("+919876543210"),
            Some("Mumbai, Maharashtra"),
            "customer",
        ),
        (
            6,
            "Demo",
            "User",
            "demo@pmi.com",
            None,
            Some("+919025447567"),
            None,
            "customer",
        ),
        (
            7,
            "Alice",
            "Rider",
            "alice@example.com",
            Some("alice-pass-1"),
            Some("+15550000001"),
            Some("1 Test Lane"),
            "customer",
        ),
        (
            8,
            "Bob",
            "Rider",
            "bob@example.com",
            Some("bob-pass-1"),
            Some("+15550000002"),
            Some("2 Test Lane"),
            "customer",
        ),
        (
            9,
            "Carol",
            "Rider",
            "carol@example.com",
            Some("carol-pass-1"),
            Some("+15550000003"),
            Some("3 Test Lane"),
            "customer",
        ),
        (
            10,
            "No",
            "Bike",
            "nobike@example.com",
            Some("nobike-pass-1"),
            None,
            None,
            "customer",
        ),
        (
            11,
            "Ad",
            "Min",
            "admin@example.com",
            Some("admin-pass-1"),
            Some("+15550000005"),
            None,
            "admin",
        ),
    ];
    for (id, first, last, email, secret, phone, address, role) in people {
        rows.people.push(Person {
            id,
            first_name: first.into(),
            last_name: last.into(),
            email: email.into(),
            password_hash: secret.and_then(password::seeded),
            phone: phone.map(Into::into),
            address: address.map(Into::into),
            role,
        });
    }
    for (id, vin, customer, model, year, mileage) in [
        (2, "HERO2023B0000001", 1, "Super Splendor", 2023, 73_482),
        (6, "HERO2021F0000005", 1, "HF Deluxe", 2021, 46_118),
        (3, "HERO2020C0000002", 6, "Splendor Plus", 2020, 32_495),
        (51, "PMITESTALICE00001", 7, "Splendor Plus", 2022, 12_000),
        (52, "PMITESTBOB0000001", 8, "Xpulse 200", 2021, 43_000),
        (53, "PMITESTCAROL00001", 9, "Glamour", 2020, 60_000),
        (54, "PMITESTCAROL00002", 9, "HF Deluxe", 2023, 3_000),
    ] {
        rows.vehicles.push(Vehicle {
            id,
            vin: vin.into(),
            customer_id: Some(customer),
            make: "Hero MotoCorp".into(),
            model: model.into(),
            year,
            mileage,
            purchase_us: Some(now - 400 * DAY),
            warranty_us: Some(now + 330 * DAY),
        });
    }
    for (id, vehicle_id, component, probability, days, hours) in [
        (55, 51, "Battery", 0.12, None, 2),
        (56, 52, "Brakes", 0.82, Some(7), 2),
        (57, 52, "Oil System", 0.55, Some(30), 3),
        (58, 53, "Cooling System", 0.6, Some(20), 2),
    ] {
        rows.predictions.push(Prediction {
            id,
            vehicle_id,
            component: component.into(),
            probability,
            days_to_failure: days,
            predicted_us: now - hours * HOUR,
        });
    }
    for vehicle in rows
        .vehicles
        .iter()
        .filter(|vehicle| vehicle.id > 50 && vehicle.id < 54)
    {
        rows.telemetry.push(Telemetry {
            vehicle_id: vehicle.id,
            at_us: now,
            engine_temperature: 92.5,
            coolant_temperature: 84.25,
            oil_pressure: 41.5,
            battery_voltage: 12.6,
            vibration_level: 0.6,
            rpm: 3200,
            speed: 54.5,
            odometer: vehicle.mileage + 10,
            fuel_level: 63.0,
        });
    }
    let midnight = anchor.as_microsecond() - anchor.as_microsecond().rem_euclid(DAY);
    rows.bookings.push(Booking {
        id: 26,
        vehicle_id: 52,
        customer_id: 8,
        center_id: 1,
        wall_us: midnight + 3 * DAY,
        service_type: "repair",
        status: "confirmed",
        notes: None,
        duration: 120,
        created_us: now,
    });
    for (id, customer_id, vehicle_id, kind, channel, delivered, seen) in [
        (1, 7, 51, "failure_alert", "sms", true, false),
        (2, 7, 51, "appointment_reminder", "sms", true, true),
        (3, 7, 51, "emergency_call", "voice", false, false),
        (4, 8, 52, "failure_alert", "sms", true, false),
    ] {
        rows.notices.push(Notice {
            id,
            customer_id,
            vehicle_id: Some(vehicle_id),
            kind,
            channel,
            sent_us: now - (4 + id) * HOUR,
            delivered,
            seen,
            message: format!(
                "{kind} for {}",
                if customer_id == 7 {
                    "PMITESTALICE00001"
                } else {
                    "PMITESTBOB0000001"
                }
            ),
        });
    }
    rows.summary = summary(&rows);
    rows
}

fn summary(rows: &Rows) -> SeedSummary {
    let mut summary = SeedSummary::default();
    for person in rows.people.iter().filter(|person| person.password_hash.is_some()) {
        let name = person.email.split('@').next().unwrap_or_default();
        let of = |vehicle: &&Vehicle| vehicle.customer_id == Some(person.id);
        let account = SeededCustomer {
            id: person.id,
            email: person.email.clone(),
            password: format!("{name}-pass-1"),
            first_name: person.first_name.clone(),
            last_name: person.last_name.clone(),
            role: person.role.into(),
            vehicle_ids: rows
                .vehicles
                .iter()
                .filter(of)
                .map(|vehicle| vehicle.id)
                .collect(),
            critical_vehicle_ids: rows
                .vehicles
                .iter()
                .filter(of)
                .map(|v| v.id)
                .filter(|id| *id == 52)
                .collect(),
        };
        if person.role == "customer" {
            summary.customers.push(account);
        } else {
            summary.staff.push(account);
        }
    }
    summary
}

fn centers() -> Vec<Center> {
    [
        (
            1,
            "South Delhi",
            "Greater Kailash",
            "Delhi",
            "Delhi",
            "+911123456789",
            15,
        ),
        (
            2,
            "Bangalore",
            "Koramangala",
            "Bangalore",
            "Karnataka",
            "+918012345678",
            20,
        ),
        (
            3,
            "Mumbai",
            "Bandra West",
            "Mumbai",
            "Maharashtra",
            "+912223456789",
            18,
        ),
    ]
    .into_iter()
    .map(|(id, place, address, city, state, phone, capacity)| Center {
        id,
        name: format!("Hero Service Center - {place}"),
        address: address.into(),
        city: city.into(),
        state: state.into(),
        phone: Some(phone.into()),
        capacity,
        time_zone: "Asia/Kolkata".into(),
    })
    .collect()
}
