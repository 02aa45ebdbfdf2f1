//! Signing up, in and out, and the customer's own record.

use http::StatusCode;
use serde_json::{Value, json};

use super::call::{Call, Fields, Outcome, json, ok};
use super::failure::Failure;
use super::{bookings, photos, service, sessions, vehicles};
use crate::auth::refresh::{self, Refused};
use crate::auth::{password, roles};
use crate::store::{AppointmentFilter, Customer, NewCustomer};

/// A customer as the wire has it.
pub(super) fn show(customer: &Customer) -> Value {
    json!({
        "customer_id": customer.id,
        "first_name": customer.first_name,
        "last_name": customer.last_name,
        "email": customer.email,
        "phone": customer.phone,
        "address": customer.address,
        "role": customer.role,
        "permissions": roles::permissions(&customer.role),
    })
}

/// An address that looks like one.
pub(super) fn email(fields: &mut Fields) -> String {
    let email = fields.text("email", 3, 254);
    let good = email.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !domain.contains('@') && !domain.starts_with('.')
    });
    if !email.is_empty() && (!good || email.chars().any(char::is_whitespace)) {
        fields.wrong("email", "is not an e-mail address");
    }
    email
}

pub(super) async fn register(call: Call) -> Outcome {
    let mut fields = call.object()?;
    let email = email(&mut fields);
    let secret = fields.text("password", 8, 128);
    let first_name = fields.text("first_name", 1, 100);
    let last_name = fields.text("last_name", 1, 100);
    let phone = fields.text("phone", 1, 20);
    let address = fields.optional("address", 500);
    fields.check()?;
    let hash = password::hash(&secret).await;
    let mut write = call.app.store.write().await?;
    if write.email_taken(&email, true).await? {
        return Err(Failure::new(
            StatusCode::CONFLICT,
            "email_taken",
            "There is an account with this address.",
        ));
    }
    let new = NewCustomer {
        first_name: &first_name,
        last_name: &last_name,
        email: &email,
        password_hash: hash.as_deref(),
        phone: Some(&phone),
        address: address.as_deref(),
        role: "customer",
    };
    let id = write.add_customer(&new, call.now_us()).await?;
    let issued = refresh::start(
        &mut write,
        &call.app.key(),
        id,
        call.now_us(),
        call.app.refresh_us(),
    )
    .await?;
    let customer = write.customer(id).await?.ok_or_else(Failure::not_found)?;
    write.commit().await?;
    json(
        StatusCode::CREATED,
        &sessions::answer(&call.app, &customer, &issued, call.now)?,
    )
}

pub(super) async fn login(call: Call) -> Outcome {
    let mut fields = call.object()?;
    let email = fields.text("email", 1, 254);
    let secret = fields.text("password", 1, 128);
    fields.check()?;
    let found = call.app.store.customer_by_folded_email(&email).await?;
    let hash = found
        .as_ref()
        .and_then(|customer| customer.password_hash.as_deref());
    let good = password::verify(&secret, hash).await;
    let Some(customer) = found.filter(|_| good) else {
        return Err(Failure::credentials(StatusCode::UNAUTHORIZED));
    };
    if !customer.active {
        return Err(Failure::disabled());
    }
    let mut write = call.app.store.write().await?;
    let key = call.app.key();
    let issued = refresh::start(
        &mut write,
        &key,
        customer.id,
        call.now_us(),
        call.app.refresh_us(),
    )
    .await?;
    write.commit().await?;
    let mut body = sessions::answer(&call.app, &customer, &issued, call.now)?;
    body["first_name"] = json!(customer.first_name);
    body["last_name"] = json!(customer.last_name);
    body["phone"] = json!(customer.phone);
    ok(&body)
}

pub(super) async fn refresh(call: Call) -> Outcome {
    let mut fields = call.object()?;
    let token = fields.text("refresh_token", 1, 4096);
    fields.check()?;
    let refused = |code, message| Failure::new(StatusCode::UNAUTHORIZED, code, message);
    let invalid = || {
        refused(
            "invalid_refresh_token",
            "This refresh token is not good. Sign in again.",
        )
    };
    let mut write = call.app.store.write().await?;
    let key = call.app.key();
    match refresh::rotate(&mut write, &key, &token, call.now_us(), call.app.refresh_us()).await {
        Ok(issued) => {
            let customer = write.customer(issued.customer_id).await?.ok_or_else(invalid)?;
            if !customer.active {
                return Err(Failure::disabled());
            }
            write.commit().await?;
            let mut seen = call.app.seen();
            if issued.again {
                seen.reissues += 1;
            } else {
                seen.rotations += 1;
            }
            drop(seen);
            ok(&sessions::answer(&call.app, &customer, &issued, call.now)?)
        }
        Err(Refused::Invalid) => Err(invalid()),
        Err(Refused::Reused) => {
            write.commit().await?;
            call.app.seen().reuses += 1;
            Err(refused(
                "refresh_token_reused",
                "This refresh token was used before. Sign in again.",
            ))
        }
        Err(Refused::Database(error)) => Err(error.into()),
    }
}

pub(super) async fn logout(call: Call) -> Outcome {
    let family = call.session()?.family.clone();
    let mut write = call.app.store.write().await?;
    if let Some(mut family) = write.family(&family).await? {
        family.revoked = Some("logout".into());
        write.update_family(&family).await?;
    }
    write.commit().await?;
    ok(&json!({ "message": "Signed out." }))
}

pub(super) async fn me(call: Call) -> Outcome {
    ok(&show(call.customer()?))
}

pub(super) async fn change(call: Call) -> Outcome {
    let mut fields = call.object()?;
    let mut customer = call.customer()?.clone();
    if fields.has("first_name") {
        customer.first_name = fields.text("first_name", 1, 100);
    }
    if fields.has("last_name") {
        customer.last_name = fields.text("last_name", 1, 100);
    }
    if fields.has("phone") {
        customer.phone = fields.optional("phone", 20);
    }
    if fields.has("address") {
        customer.address = fields.optional("address", 500);
    }
    fields.check()?;
    let mut write = call.app.store.write().await?;
    write.update_profile(&customer).await?;
    write.commit().await?;
    ok(&show(&customer))
}

pub(super) async fn delete(call: Call) -> Outcome {
    let mut fields = call.object()?;
    let secret = fields.text("password", 1, 128);
    fields.check()?;
    let customer = call.customer()?;
    if !password::verify(&secret, customer.password_hash.as_deref()).await {
        return Err(Failure::credentials(StatusCode::FORBIDDEN));
    }
    let mut write = call.app.store.write().await?;
    write.delete_customer(customer.id).await?;
    write.commit().await?;
    ok(&json!({ "message": "The account is deleted." }))
}

pub(super) async fn export(call: Call) -> Outcome {
    let customer = call.customer()?;
    let store = &call.app.store;
    let mut fleet = Vec::new();
    for vehicle in store.vehicles_of(customer.id, 0, i64::from(i32::MAX)).await? {
        fleet.push(vehicles::detail(&call.app, &vehicle).await?);
    }
    let mine = AppointmentFilter {
        customer_id: Some(customer.id),
        ..AppointmentFilter::default()
    };
    let appointments = store.appointments(&mine).await?;
    let booked: Vec<Value> = appointments.iter().map(bookings::show).collect();
    let mut pictures = Vec::new();
    for booking in &appointments {
        for photo in store.photos(booking.id).await? {
            // The bytes are too many for one answer; each photo is read where it is.
            let mut shown = photos::show(&photo);
            shown["content"] = json!(format!(
                "/api/bookings/{}/photos/{}/content",
                booking.id, photo.id
            ));
            pictures.push(shown);
        }
    }
    let told = store
        .notifications_of(customer.id, None, i64::from(i32::MAX))
        .await?;
    ok(&json!({
        "customer": show(customer),
        "vehicles": fleet,
        "bookings": booked,
        "photos": pictures,
        "notifications": told.iter().map(service::show_notification).collect::<Vec<_>>(),
    }))
}
