//! Appointments: the dashboard's view of bookings, and the only way to change or cancel one.

use http::StatusCode;
use serde_json::{Value, json};

use super::call::{Away, Call};
use super::model::{self, Kind, absent, optional, required};
use super::reply::{Outcome, detail, invalid, ok};
use super::when::z;
use crate::store::{Appointment, AppointmentFilter, NewAppointment};
use crate::wire::Answer;

const HOUR_US: i64 = 3_600_000_000;

fn show(one: &Appointment) -> Value {
    json!({
        "appointment_id": one.id,
        "vehicle_id": one.vehicle_id,
        "vehicle_vin": one.vin,
        "vehicle_model": format!("{} {}", one.make, one.model),
        "customer_name": format!("{} {}", one.first_name, one.last_name),
        "customer_phone": one.phone,
        "service_center_name": one.center,
        "service_center_id": one.center_id,
        "scheduled_time": z(one.wall_us),
        "appointment_type": one.service_type,
        "status": one.status,
        "predicted_issue": one.notes,
        "actual_issue": one.actual_issue,
        "estimated_duration_minutes": one.duration,
        "customer_consent": one.consent,
        "created_at": z(one.created_us),
    })
}

/// A number of the query, 0 standing for none, beyond 32 bits breaking the query.
fn filter_int(call: &Call, name: &str) -> Result<Option<i64>, Box<Answer>> {
    let value = call.query_int(name)?.filter(|value| *value != 0);
    match value.map(i32::try_from) {
        Some(Err(_)) => Err(super::reply::database_error(&call.request_id)),
        _ => Ok(value),
    }
}

fn filter_instant(call: &Call, name: &str) -> Result<Option<i64>, Box<Answer>> {
    call.query(name)
        .map(|text| model::instant(name, &text))
        .transpose()
        .map_err(|one| invalid(vec![one]))
}

pub(super) async fn list(call: Call) -> Outcome {
    let filter = AppointmentFilter {
        status: call.query("status").filter(|status| !status.is_empty()),
        customer_id: filter_int(&call, "customer_id")?,
        vehicle_id: filter_int(&call, "vehicle_id")?,
        from_us: filter_instant(&call, "from_date")?,
        to_us: filter_instant(&call, "to_date")?,
        limit: Some(call.limit(50)?),
        ..AppointmentFilter::default()
    };
    let all = call
        .store(&Away::Uncaught)?
        .appointments(&filter)
        .await
        .map_err(|error| call.broken(&error))?;
    ok(&Value::Array(all.iter().map(show).collect()))
}

async fn find(call: &Call) -> Result<Appointment, Box<Answer>> {
    let id = call.id("appointment_id")?;
    if i32::try_from(id).is_err() {
        return Err(super::reply::database_error(&call.request_id));
    }
    let found = call
        .store(&Away::Uncaught)?
        .appointment(id)
        .await
        .map_err(|error| call.broken(&error))?;
    found.ok_or_else(|| detail(StatusCode::NOT_FOUND, "Appointment not found"))
}

pub(super) async fn one(call: Call) -> Outcome {
    ok(&show(&find(&call).await?))
}

async fn save(call: &Call, changed: &Appointment, message: &str) -> Outcome {
    let store = call.store(&Away::Uncaught)?;
    let mut write = store.write().await.map_err(|error| call.broken(&error))?;
    write
        .update_appointment(changed, call.now_us())
        .await
        .map_err(|error| call.broken(&error))?;
    write.commit().await.map_err(|error| call.broken(&error))?;
    ok(&json!({ "success": true, "message": message }))
}

pub(super) async fn update(call: Call) -> Outcome {
    let values = call.read(&[
        optional("scheduled_time", Kind::When),
        optional("status", Kind::Text),
        optional("actual_issue", Kind::Text),
        optional("customer_consent", Kind::Bool),
    ])?;
    let mut changed = find(&call).await?;
    if let Some(at) = values.some_int("scheduled_time") {
        // The digits are all v1 knows: only the same ones keep the offset they were booked with.
        changed.offset_s = changed.offset_s.filter(|_| at == changed.wall_us);
        changed.wall_us = at;
    }
    if let Some(status) = values.some_text("status") {
        if status.chars().count() > 50 || status.contains('\0') {
            return Err(super::reply::database_error(&call.request_id));
        }
        // Any word will do, and a cancelled one comes back to life.
        changed.status = status.to_owned();
    }
    if let Some(issue) = values.some_text("actual_issue") {
        changed.actual_issue = Some(issue.to_owned());
    }
    if let Some(consent) = values.some_bool("customer_consent") {
        changed.consent = consent;
    }
    save(&call, &changed, "Appointment updated successfully").await
}

pub(super) async fn cancel(call: Call) -> Outcome {
    let mut changed = find(&call).await?;
    changed.status = "cancelled".into();
    save(&call, &changed, "Appointment cancelled").await
}

pub(super) async fn create(call: Call) -> Outcome {
    let values = call.read(&[
        required("vehicle_id", Kind::Int),
        required("customer_id", Kind::Int),
        required("center_id", Kind::Int),
        required("scheduled_time", Kind::When),
        required("appointment_type", Kind::Text),
        optional("predicted_issue", Kind::Text),
        optional("estimated_duration_minutes", Kind::Int),
    ])?;
    let store = call.store(&Away::Uncaught)?;
    let missing = |what: &str| detail(StatusCode::NOT_FOUND, &format!("{what} not found"));
    let vehicle = store
        .vehicle(values.int("vehicle_id"))
        .await
        .map_err(|error| call.broken(&error))?;
    let vehicle = vehicle.ok_or_else(|| missing("Vehicle"))?;
    let centers = store
        .centers(values.int("center_id") - 1, 1)
        .await
        .map_err(|error| call.broken(&error))?;
    let center = centers
        .into_iter()
        .find(|center| center.id == values.int("center_id"));
    let center = center.ok_or_else(|| missing("Service center"))?;
    let at = values.int("scheduled_time");
    let taken = store
        .bookings_at(center.id, at - HOUR_US, at + HOUR_US)
        .await
        .map_err(|error| call.broken(&error))?;
    if taken >= center.capacity {
        return Err(detail(
            StatusCode::BAD_REQUEST,
            "Service center fully booked for this time slot",
        ));
    }
    let broken = || super::reply::database_error(&call.request_id);
    let customer = store
        .customer(values.int("customer_id"))
        .await
        .map_err(|error| call.broken(&error))?;
    let customer = customer.ok_or_else(broken)?;
    if values.text("appointment_type").chars().count() > 50 {
        return Err(broken());
    }
    let new = NewAppointment {
        vehicle_id: vehicle.id,
        customer_id: customer.id,
        center_id: center.id,
        wall_us: at,
        offset_s: None,
        service_type: values.text("appointment_type"),
        status: "scheduled",
        notes: values.some_text("predicted_issue"),
        duration: Some(values.some_int("estimated_duration_minutes").unwrap_or(60)),
        consent: false,
        client_operation_id: None,
    };
    let mut write = store.write().await.map_err(|error| call.broken(&error))?;
    let id = write
        .add_appointment(&new, call.now_us())
        .await
        .map_err(|error| call.broken(&error))?;
    write.commit().await.map_err(|error| call.broken(&error))?;
    ok(&json!({ "success": true, "appointment_id": id, "message": "Appointment created successfully" }))
}

pub(super) async fn available(call: Call) -> Outcome {
    let at =
        filter_instant(&call, "scheduled_time")?.ok_or_else(|| invalid(vec![absent("scheduled_time")]))?;
    let store = call.store(&Away::Uncaught)?;
    let mut shown = Vec::new();
    for center in store
        .centers(0, i64::from(i32::MAX))
        .await
        .map_err(|error| call.broken(&error))?
    {
        let taken = store.bookings_at(center.id, at - HOUR_US, at + HOUR_US).await;
        let taken = taken.map_err(|error| call.broken(&error))?;
        shown.push(json!({
            "center_id": center.id,
            "name": center.name,
            "address": center.address,
            "city": center.city,
            "state": center.state,
            "phone": center.phone,
            "capacity": center.capacity,
            "available_slots": (center.capacity - taken).max(0),
        }));
    }
    ok(&Value::Array(shown))
}
