//! What the server in memory knows: a customer, vehicles, bookings and notifications.

use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::Answer;

pub(super) const EMAIL: &str = "asha@example.com";
pub(super) const PASSWORD: &str = "demo-1234";
pub(super) const ZONE: &str = "Asia/Kolkata";
pub(super) const CENTERS: i64 = 2;

const PERMISSIONS: [&str; 4] = [
    "view_own_vehicles",
    "book_appointment",
    "view_own_appointments",
    "cancel_own_appointment",
];

/// A vehicle: its id, make, model, year, kilometres, health, its worst component and in how many days that fails.
#[derive(Clone, Copy)]
struct Vehicle(
    i64,
    &'static str,
    &'static str,
    i32,
    i64,
    i64,
    &'static str,
    Option<i64>,
);

/// Those there are; where more are asked for, the same again with ids of their own.
const VEHICLES: [Vehicle; 3] = [
    Vehicle(1, "Hero", "Splendor Plus", 2022, 18_450, 38, "brakes", Some(6)),
    Vehicle(2, "Tata", "Nexon", 2021, 42_310, 67, "battery", Some(24)),
    Vehicle(3, "Honda", "Activa 6G", 2024, 5_120, 94, "tires", None),
];

const COMPONENTS: [&str; 10] = [
    "engine",
    "transmission",
    "brakes",
    "battery",
    "cooling_system",
    "oil_system",
    "suspension",
    "tires",
    "exhaust",
    "fuel_system",
];

#[derive(Default)]
pub(super) struct Records {
    /// How many vehicles there are.
    vehicles: u32,
    /// Grows with each sign-in and renewal, so that no two tokens are the same.
    tokens: u64,
    /// Tokens up to this one are refused.
    refused: u64,
    /// Whether renewals are refused, too.
    expired: bool,
    bookings: Vec<Value>,
    read: Vec<String>,
}

impl Records {
    pub(super) fn with(vehicles: u32) -> Self {
        Self {
            vehicles,
            ..Self::default()
        }
    }

    fn each(&self) -> impl Iterator<Item = Vehicle> {
        let ids = 1..=i64::from(self.vehicles);
        ids.zip(VEHICLES.into_iter().cycle()).map(|(id, mut one)| {
            one.0 = id;
            one
        })
    }

    pub(super) fn refuse_sessions(&mut self, refused: bool) {
        self.expired = refused;
        if refused {
            self.refused = self.tokens;
        }
    }

    pub(super) fn knows(&self, token: &str) -> bool {
        self.is_good(token.strip_prefix("Bearer access-").unwrap_or_default())
    }

    fn is_good(&self, number: &str) -> bool {
        number.parse().is_ok_and(|number: u64| number > self.refused)
    }

    pub(super) fn sign_in(&mut self, body: &Value) -> Answer {
        if body["email"] == EMAIL && body["password"] == PASSWORD {
            return self.tokens();
        }
        Answer::failed(StatusCode::UNAUTHORIZED, "invalid_credentials")
    }

    pub(super) fn renew(&mut self, body: &Value) -> Answer {
        let token = body["refresh_token"].as_str().unwrap_or_default();
        if self.is_good(token.strip_prefix("refresh-").unwrap_or_default()) {
            return self.tokens();
        }
        Answer::failed(StatusCode::UNAUTHORIZED, "invalid_refresh_token")
    }

    fn tokens(&mut self) -> Answer {
        self.tokens += 1;
        let mut answer = self.customer();
        answer["access_token"] = format!("access-{}", self.tokens).into();
        answer["refresh_token"] = format!("refresh-{}", self.tokens).into();
        answer["token_type"] = "bearer".into();
        answer["expires_in"] = 1800.into();
        Answer::ok(answer)
    }

    pub(super) fn customer(&self) -> Value {
        json!({
            "customer_id": 1, "first_name": "Asha", "last_name": "Rao", "email": EMAIL, "phone": "+91 98450 00000",
            "address": null, "role": "customer", "permissions": PERMISSIONS,
        })
    }

    pub(super) fn vehicles(&self) -> Vec<Value> {
        self.each().map(|one| self.vehicle(&one)).collect()
    }

    fn vehicle(&self, one: &Vehicle) -> Value {
        let latest = self
            .bookings
            .iter()
            .rev()
            .find(|booking| booking["vehicle_id"] == one.0);
        let mut vehicle = named(one);
        vehicle["health_score"] = one.5.into();
        vehicle["health_status"] = status(one.5).into();
        vehicle["latest_appointment"] = latest.map_or(Value::Null, |booking| {
            let fields = [
                "appointment_id",
                "scheduled_at",
                "time_zone",
                "status",
                "service_type",
            ];
            fields
                .iter()
                .map(|field| ((*field).to_owned(), booking[*field].clone()))
                .collect()
        });
        vehicle
    }

    pub(super) fn details(&self, id: &str, now: Timestamp) -> Option<Value> {
        let one = &self.each().find(|one| one.0.to_string() == id)?;
        let (overall, worst) = (one.5, one.6);
        let health_of = |name: &str| if name == worst { overall - 20 } else { 90 };
        let issue = json!({ "severity": "high", "message": "Worn", "action": "Have it looked at" });
        let part = |name: &str| {
            let health = health_of(name);
            let issues = if health < 70 {
                vec![issue.clone()]
            } else {
                Vec::new()
            };
            (
                name.to_owned(),
                json!({ "status": status(health), "health": health, "issues": issues }),
            )
        };
        let components: serde_json::Map<String, Value> = COMPONENTS.iter().map(|name| part(name)).collect();
        let count = |word: &str| components.values().filter(|one| one["status"] == word).count();
        let predicted = one.7.map(|days| {
            json!({
                "prediction_id": one.0, "component": worst, "failure_probability": 0.82,
                "severity": if days < 14 { "critical" } else { "medium" }, "days_to_failure": days,
                "prediction_time": ago(now, 2),
            })
        });
        Some(json!({
            "vehicle": named(one),
            "health": {
                "overall_score": overall, "overall_status": status(overall), "critical_components": count("critical"),
                "warning_components": count("warning"), "healthy_components": count("healthy"),
            },
            "components": components,
            "predictions": predicted.into_iter().collect::<Vec<_>>(),
            "telemetry": {
                "timestamp": ago(now, 1), "engine_temperature": 92.5, "coolant_temperature": 88.0, "oil_pressure": 41.0,
                "battery_voltage": 12.4, "vibration_level": 0.3, "rpm": 1450, "speed": 0.0, "odometer": one.4, "fuel_level": 62.0,
            },
            "last_updated": ago(now, 1),
        }))
    }

    pub(super) fn bookings(&self) -> impl Iterator<Item = Value> {
        self.bookings.iter().rev().cloned()
    }

    pub(super) fn booking(&self, id: &str) -> Option<Value> {
        let found = self
            .bookings
            .iter()
            .find(|booking| is(&booking["appointment_id"], id));
        found.cloned()
    }

    /// Makes one, once for each operation.
    pub(super) fn book(&mut self, body: &Value, now: Timestamp) -> Option<Answer> {
        let operation = &body["client_operation_id"];
        let earlier = self
            .bookings
            .iter()
            .find(|one| &one["client_operation_id"] == operation);
        if let Some(earlier) = earlier.filter(|_| operation.is_string()) {
            return Some(Answer::ok(earlier.clone()));
        }
        let vehicle = self.each().find(|one| body["vehicle_id"] == one.0)?;
        let center = center(body["center_id"].as_i64().unwrap_or(1))?;
        let booking = json!({
            "appointment_id": self.bookings.len() + 1, "vehicle_id": vehicle.0,
            "vehicle": format!("{} {}", vehicle.1, vehicle.2), "service_type": body["service_type"],
            "center_id": center["center_id"], "service_center": center["name"],
            "scheduled_at": body["scheduled_at"], "time_zone": ZONE, "status": "scheduled", "estimated_duration": 60,
            "notes": body["notes"], "client_operation_id": operation, "created_at": now.to_string(),
            "updated_at": now.to_string(), "revision": 1,
        });
        self.bookings.push(booking.clone());
        Some(Answer {
            status: StatusCode::CREATED,
            body: booking,
        })
    }

    pub(super) fn change(&mut self, id: &str, field: &str, value: Value, now: Timestamp) -> Option<Answer> {
        let mut all = self.bookings.iter_mut();
        let booking = all.find(|booking| is(&booking["appointment_id"], id))?;
        booking[field] = value;
        booking["updated_at"] = now.to_string().into();
        booking["revision"] = (booking["revision"].as_i64().unwrap_or_default() + 1).into();
        Some(Answer::ok(booking.clone()))
    }

    pub(super) fn notifications(&self, now: Timestamp) -> Vec<Value> {
        let one = |id: i64, vehicle: i64, hours: i64, text: &str| {
            json!({
                "notification_id": id, "type": "alert", "channel": "app", "sent_at": ago(now, hours), "delivered": true,
                "read": self.read.contains(&id.to_string()), "message": text, "vehicle_id": vehicle, "vehicle": null,
            })
        };
        vec![
            one(
                2,
                1,
                3,
                "The brakes of your Hero Splendor Plus need attention within a week.",
            ),
            one(1, 2, 50, "The battery of your Tata Nexon is getting weak."),
        ]
    }

    pub(super) fn read(&mut self, id: &str, now: Timestamp) -> Option<Answer> {
        self.read.push(id.to_owned());
        let mut all = self.notifications(now).into_iter();
        all.find(|one| is(&one["notification_id"], id)).map(Answer::ok)
    }
}

fn is(own: &Value, id: &str) -> bool {
    own.as_i64().is_some_and(|own| id.parse() == Ok(own))
}

/// One service centre.
pub(super) fn center(id: i64) -> Option<Value> {
    let (name, address) = match id {
        1 => ("PMI Indiranagar", "100 Feet Road"),
        CENTERS => ("PMI Jayanagar", "11th Main Road"),
        _ => return None,
    };
    Some(json!({
        "center_id": id, "name": name, "address": address, "city": "Bengaluru", "state": "Karnataka", "phone": null, "capacity": 4,
        "time_zone": ZONE,
    }))
}

fn named(one: &Vehicle) -> Value {
    json!({
        "vehicle_id": one.0, "vin": format!("MBLHA10EZ00000{:03}", one.0), "make": one.1, "model": one.2, "year": one.3,
        "mileage": one.4, "purchase_date": null, "warranty_expiry": null,
    })
}

fn status(health: i64) -> &'static str {
    match health {
        ..50 => "critical",
        50..80 => "warning",
        _ => "healthy",
    }
}

fn ago(now: Timestamp, hours: i64) -> String {
    now.saturating_sub(SignedDuration::from_hours(hours))
        .map_or_else(|_| now.to_string(), |then| then.to_string())
}
