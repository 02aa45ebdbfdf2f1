//! Bookings: no choice of centre, no duplicate noticed, and a date that cannot be read is quietly tomorrow, 09:00.

use http::StatusCode;
use serde_json::{Value, json};

use super::call::{Away, Call};
use super::model::{Kind, optional, required};
use super::reply::{Outcome, detail, int32, nul, ok};
use super::when::{booking_day, booking_time, naive, plus};
use crate::store::{AppointmentFilter, NewAppointment};
use crate::time::{wall, wall_us};

const INSERT: &str = "INSERT INTO appointments (vehicle_id, customer_id, center_id, scheduled_time, appointment_type, status, \
    predicted_issue, actual_issue, estimated_duration_minutes, actual_duration_minutes, cost, customer_consent, \
    consent_timestamp, completed_at) VALUES ($1::INTEGER, $2::INTEGER, $3::INTEGER, $4::TIMESTAMP WITH TIME ZONE, \
    $5::VARCHAR, $6::VARCHAR, $7::VARCHAR, $8::VARCHAR, $9::INTEGER, $10::INTEGER, $11::NUMERIC(10, 2), $12::BOOLEAN, \
    $13::TIMESTAMP WITH TIME ZONE, $14::TIMESTAMP WITH TIME ZONE) RETURNING appointments.appointment_id, \
    appointments.created_at, appointments.updated_at";

fn kind(sent: &str) -> (&'static str, i64) {
    match sent {
        "Oil Change" => ("oil_change", 30),
        "Brake Service" => ("brake_service", 60),
        "Full Inspection" => ("inspection", 45),
        "Repair Work" => ("repair", 120),
        _ => ("general_service", 90),
    }
}

pub(super) async fn create(call: Call) -> Outcome {
    let values = call.read(&[
        required("customer_id", Kind::Int),
        required("vehicle_id", Kind::Int),
        required("service_type", Kind::Text),
        required("scheduled_date", Kind::Text),
        required("scheduled_time", Kind::Text),
        optional("notes", Kind::Text),
    ])?;
    let failed = |why: String| {
        detail(
            StatusCode::INTERNAL_SERVER_ERROR,
            &format!("Failed to create booking: {why}"),
        )
    };
    let (customer_id, vehicle_id) = (values.int("customer_id"), values.int("vehicle_id"));
    if let Some(beyond) = [customer_id, vehicle_id]
        .into_iter()
        .find(|id| i32::try_from(*id).is_err())
    {
        return Err(failed(int32(
            beyond,
            "SELECT customers.customer_id FROM customers",
        )));
    }
    let away = Away::Detail("Failed to create booking");
    let customer = call.customer(customer_id, &away).await?;
    let store = call.store(&away)?;
    let vehicle = store
        .vehicle(vehicle_id)
        .await
        .map_err(|error| call.broken(&error))?;
    let vehicle = vehicle
        .filter(|vehicle| vehicle.customer_id == Some(customer_id))
        .ok_or_else(|| {
            detail(
                StatusCode::NOT_FOUND,
                "Vehicle not found or doesn't belong to customer",
            )
        })?;
    let center = store
        .centers(0, 1)
        .await
        .map_err(|error| call.broken(&error))?
        .pop();
    let center = center.ok_or_else(|| detail(StatusCode::NOT_FOUND, "No service centers available"))?;

    let today = wall(call.now.as_microsecond()).date();
    let at = booking_day(values.text("scheduled_date"), today)
        .to_datetime(booking_time(values.text("scheduled_time")));
    let sent = values.text("service_type");
    let (service_type, minutes) = kind(sent);
    let notes = values.some_text("notes");
    if let Some(notes) = notes.filter(|notes| notes.contains('\0')) {
        let notes = notes.replace('\0', "\\x00");
        let parameters = format!(
            "({vehicle_id}, {customer_id}, {}, {at}, '{service_type}', 'scheduled', '{notes}', None, {minutes}, None, None, \
             True, {}, None)",
            center.id,
            naive(call.now_us())
        );
        return Err(failed(nul(INSERT, &parameters)));
    }
    let new = NewAppointment {
        vehicle_id,
        customer_id,
        center_id: center.id,
        wall_us: wall_us(at),
        offset_s: None,
        service_type,
        status: "scheduled",
        notes,
        duration: Some(minutes),
        consent: true,
        client_operation_id: None,
    };
    let mut write = store.write().await.map_err(|error| call.broken(&error))?;
    let id = write
        .add_appointment(&new, call.now_us())
        .await
        .map_err(|error| call.broken(&error))?;
    write.commit().await.map_err(|error| call.broken(&error))?;
    let confirmation = format!(
        "✅ Appointment confirmed!\n\nService: {sent}\nDate: {}\nTime: {}\nLocation: {}\nEstimated Duration: {minutes} \
         minutes\n\nWe'll send you a reminder 24 hours before your appointment.",
        at.strftime("%B %d, %Y"),
        at.strftime("%I:%M %p"),
        center.name
    );
    ok(&json!({
        "appointment_id": id,
        "customer_name": format!("{} {}", customer.first_name, customer.last_name),
        "vehicle_info": format!("{} {} ({})", vehicle.make, vehicle.model, vehicle.vin),
        "service_type": sent,
        "scheduled_time": naive(wall_us(at)),
        "service_center": center.name,
        "status": "scheduled",
        "confirmation_message": confirmation,
    }))
}

pub(super) async fn of_customer(call: Call) -> Outcome {
    let id = call.id("customer_id")?;
    let away = Away::Detail("Failed to get appointments");
    if i32::try_from(id).is_err() {
        let why = int32(id, "SELECT appointments.appointment_id FROM appointments");
        return Err(detail(
            StatusCode::INTERNAL_SERVER_ERROR,
            &format!("Failed to get appointments: {why}"),
        ));
    }
    let filter = AppointmentFilter {
        customer_id: Some(id),
        ..AppointmentFilter::default()
    };
    let all = call
        .store(&away)?
        .appointments(&filter)
        .await
        .map_err(|error| call.broken(&error))?;
    let shown: Vec<Value> = all
        .iter()
        .map(|one| {
            json!({
                "appointment_id": one.id,
                "vehicle": format!("{} {}", one.make, one.model),
                "service_type": one.service_type,
                "scheduled_time": plus(one.wall_us),
                "status": one.status,
                "service_center": one.center,
                "estimated_duration": one.duration,
            })
        })
        .collect();
    ok(&json!({ "customer_id": id, "total_appointments": shown.len(), "appointments": shown }))
}
