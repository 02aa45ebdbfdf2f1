//! Signing up, in and out. Nothing rotates, nothing is revoked, and only two routes look at a token.

use http::StatusCode;
use serde_json::{Value, json};

use super::call::{Away, Call, subject};
use super::model::{Kind, absent, optional, required};
use super::reply::{Outcome, answer, detail, int32, invalid, nul, ok, too_long};
use crate::app::App;
use crate::auth::jwt::{self, V1Claims};
use crate::auth::password;
use crate::store::{Customer, NewCustomer, Vehicle};

/// How long both kinds of tokens live is the configuration's; that two made in one second are the same is v1's.
fn tokens(app: &App, customer: &Customer, now: i64) -> (String, String) {
    let refresh_seconds = app.refresh_us() / 1_000_000;
    let access = V1Claims {
        sub: customer.id.to_string(),
        email: Some(customer.email.clone()),
        role: Some(customer.role.clone()),
        exp: now.saturating_add(app.access_seconds()),
        iat: now,
        kind: "access".into(),
    };
    let refresh = V1Claims {
        email: None,
        role: None,
        exp: now.saturating_add(refresh_seconds),
        kind: "refresh".into(),
        ..access.clone()
    };
    let sign = |claims: &V1Claims| jwt::sign(&app.key(), claims).unwrap_or_default();
    (sign(&access), sign(&refresh))
}

fn token_answer(call: &Call, customer: &Customer) -> Value {
    let (access, refresh) = tokens(&call.app, customer, call.now.as_second());
    json!({
        "access_token": access,
        "refresh_token": refresh,
        "token_type": "bearer",
        "customer_id": customer.id,
        "email": customer.email,
        "role": customer.role,
    })
}

fn show_vehicle(vehicle: &Vehicle) -> Value {
    json!({
        "vehicle_id": vehicle.id,
        "vin": vehicle.vin,
        "make": vehicle.make,
        "model": vehicle.model,
        "year": vehicle.year,
        "mileage": vehicle.mileage,
    })
}

const INSERT: &str = "INSERT INTO customers (first_name, last_name, email, password_hash, phone, address, role, is_active, \
    email_verified, last_login) VALUES ($1::VARCHAR, $2::VARCHAR, $3::VARCHAR, $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, \
    $7::VARCHAR, $8::BOOLEAN, $9::BOOLEAN, $10::TIMESTAMP WITH TIME ZONE) RETURNING customers.customer_id, \
    customers.created_at, customers.updated_at";

pub(super) async fn register(call: Call) -> Outcome {
    let values = call.read(&[
        required("email", Kind::Email),
        required("password", Kind::Text),
        required("first_name", Kind::Text),
        required("last_name", Kind::Text),
        required("phone", Kind::Text),
        optional("address", Kind::Text),
    ])?;
    let (email, phone) = (values.text("email"), values.text("phone"));
    let store = call.store(&Away::Detail("Registration failed"))?;
    let hash = password::hash(values.text("password")).await;
    let mut write = store.write().await.map_err(|error| call.broken(&error))?;
    if write
        .email_taken(email, false)
        .await
        .map_err(|error| call.broken(&error))?
    {
        return Err(detail(StatusCode::BAD_REQUEST, "Email already registered"));
    }
    let texts = [email, values.text("first_name"), values.text("last_name"), phone];
    // The driver's words repeat the parameters, the hash among them.
    let parameters = || {
        let hash = format!("$2b$12${}", "x".repeat(53));
        let (first, last) = (texts[1].replace('\0', "\\x00"), texts[2].replace('\0', "\\x00"));
        format!("('{first}', '{last}', '{email}', '{hash}', '{phone}', None, 'customer', True, False, None)")
    };
    let failed = |why: String| {
        detail(
            StatusCode::INTERNAL_SERVER_ERROR,
            &format!("Registration failed: {why}"),
        )
    };
    if texts.iter().any(|text| text.contains('\0')) {
        return Err(failed(nul(INSERT, &parameters())));
    }
    if phone.chars().count() > 20 {
        return Err(failed(too_long(20, INSERT, &parameters())));
    }
    let new = NewCustomer {
        first_name: values.text("first_name"),
        last_name: values.text("last_name"),
        email,
        password_hash: hash.as_deref(),
        phone: Some(phone),
        address: values.some_text("address"),
        role: "customer",
    };
    let id = write
        .add_customer(&new, call.now_us())
        .await
        .map_err(|error| call.broken(&error))?;
    let customer = write.customer(id).await.map_err(|error| call.broken(&error))?;
    write.commit().await.map_err(|error| call.broken(&error))?;
    let customer = customer.ok_or_else(|| detail(StatusCode::NOT_FOUND, "Customer not found"))?;
    Ok(answer(StatusCode::CREATED, &token_answer(&call, &customer)))
}

pub(super) async fn login(call: Call) -> Outcome {
    let values = call.read(&[required("email", Kind::Email), required("password", Kind::Text)])?;
    let store = call.store(&Away::Detail("Login failed"))?;
    let found = store
        .customer_by_email(values.text("email"))
        .await
        .map_err(|error| call.broken(&error))?;
    let refused = |status| detail(status, "Invalid email or password");
    let customer = found.ok_or_else(|| refused(StatusCode::NOT_FOUND))?;
    // Without a hash any password is good.
    if let Some(hash) = customer.password_hash.as_deref()
        && !password::verify(values.text("password"), Some(hash)).await
    {
        return Err(refused(StatusCode::UNAUTHORIZED));
    }
    let vehicles = store
        .vehicles_of(customer.id, 0, 2)
        .await
        .map_err(|error| call.broken(&error))?;
    if vehicles.len() > 1 {
        let text = "Login failed: Multiple rows were found when one or none was required";
        return Err(detail(StatusCode::INTERNAL_SERVER_ERROR, text));
    }
    let (access, refresh) = tokens(&call.app, &customer, call.now.as_second());
    ok(&json!({
        "customer_id": customer.id,
        "first_name": customer.first_name,
        "last_name": customer.last_name,
        "email": customer.email,
        "phone": customer.phone,
        "vehicle": vehicles.first().map(show_vehicle),
        "access_token": access,
        "refresh_token": refresh,
        "token_type": "bearer",
    }))
}

pub(super) async fn refresh(call: Call) -> Outcome {
    let token = call
        .query("refresh_token")
        .ok_or_else(|| invalid(vec![absent("refresh_token")]))?;
    let id = subject(&call.app, &token, "refresh", call.now)?;
    let customer = call.customer(id, &Away::Refresh).await?;
    call.app.seen().rotations += 1;
    ok(&token_answer(&call, &customer))
}

pub(super) async fn logout(call: Call) -> Outcome {
    call.bearer()?;
    ok(&json!({ "message": "Successfully logged out" }))
}

pub(super) async fn me(call: Call) -> Outcome {
    let id = call.bearer()?;
    profile(&call, id).await
}

pub(super) async fn customer(call: Call) -> Outcome {
    let id = call.id("customer_id")?;
    if i32::try_from(id).is_err() {
        let why = int32(
            id,
            "SELECT customers.customer_id FROM customers WHERE customers.customer_id = $1::INTEGER",
        );
        return Err(detail(
            StatusCode::INTERNAL_SERVER_ERROR,
            &format!("Failed to get customer: {why}"),
        ));
    }
    profile(&call, id).await
}

async fn profile(call: &Call, id: i64) -> Outcome {
    let away = Away::Detail("Failed to get customer");
    let customer = call.customer(id, &away).await?;
    let store = call.store(&away)?;
    let vehicles = store
        .vehicles_of(id, 0, i64::from(i32::MAX))
        .await
        .map_err(|error| call.broken(&error))?;
    ok(&json!({
        "customer_id": customer.id,
        "first_name": customer.first_name,
        "last_name": customer.last_name,
        "email": customer.email,
        "phone": customer.phone,
        "address": customer.address,
        "vehicles": vehicles.iter().map(show_vehicle).collect::<Vec<_>>(),
    }))
}
