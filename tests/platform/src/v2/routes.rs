//! Every route of v2, once: the router, the permission check and `openapi.json` are all made from this table.

use std::future::Future;
use std::pin::Pin;

use super::call::{Call, Outcome};
use super::{account, book, bookings, change, passwords, photos, service, slots, vehicles};
use crate::wire::Origin;

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Open,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever's role has this permission.
    Permission(&'static str),
}

type Handling = Pin<Box<dyn Future<Output = Outcome> + Send>>;

/// A route of v2.
#[derive(Clone, Copy)]
pub struct Route {
    /// Its method.
    pub method: &'static str,
    /// Its path, `{id}` standing for a number, `{photo_id}` for a photo's name.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// What it does.
    pub summary: &'static str,
    handler: fn(Call) -> Handling,
}

impl Route {
    /// Whether a repeated `Idempotency-Key` gets the first answer.
    #[must_use]
    pub fn keyed(&self) -> bool {
        matches!(self.method, "POST" | "PATCH") && !self.path.starts_with("/api/auth")
    }

    /// Runs the handler, as soon as no command holds the call.
    pub(super) async fn handle(&self, call: Call) -> Outcome {
        let origin = call.parts.extensions.get::<Origin>();
        if let Some(gate) = origin.and_then(|origin| origin.gate.clone()) {
            gate.pass().await;
        }
        (self.handler)(call).await
    }
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

macro_rules! route {
    ($method:literal $path:literal, $access:expr, $handler:path, $summary:literal) => {
        Route {
            method: $method,
            path: $path,
            access: $access,
            summary: $summary,
            handler: |call| Box::pin($handler(call)),
        }
    };
}

use Access::{Open, Permission, SignedIn};

const VEHICLES: Access = Permission("view_own_vehicles");
const BOOKINGS: Access = Permission("view_own_appointments");
const BOOK: Access = Permission("book_appointment");
const CANCEL: Access = Permission("cancel_own_appointment");

/// Every route of v2.
pub const ROUTES: &[Route] = &[
    route!("GET" "/.well-known/pmi", Open, service::discovery, "Which platform this is, and what it can do"),
    route!("GET" "/openapi.json", Open, service::openapi, "This description"),
    route!("GET" "/health/live", Open, service::live, "Whether the server runs"),
    route!("GET" "/health/ready", Open, service::ready, "Whether the server can work"),
    route!("POST" "/api/auth/register", Open, account::register, "Make an account and sign in"),
    route!("POST" "/api/auth/login", Open, account::login, "Sign in"),
    route!("POST" "/api/auth/refresh", Open, account::refresh, "Exchange a refresh token for its successor"),
    route!("POST" "/api/auth/logout", SignedIn, account::logout, "End this sign-in"),
    route!("GET" "/api/auth/me", SignedIn, account::me, "The signed-in customer"),
    route!("PATCH" "/api/auth/me", SignedIn, account::change, "Change name, phone or address"),
    route!("DELETE" "/api/auth/me", SignedIn, account::delete, "Delete the account"),
    route!("GET" "/api/auth/me/export", SignedIn, account::export, "Everything the platform holds of the customer"),
    route!("POST" "/api/auth/password/change", SignedIn, passwords::change, "Change the password"),
    route!("POST" "/api/auth/password/request-reset", Open, passwords::request_reset, "Ask for a reset token"),
    route!("POST" "/api/auth/password/reset", Open, passwords::reset, "Set a password with a reset token"),
    route!("GET" "/api/vehicles", VEHICLES, vehicles::list, "The customer's vehicles with their health"),
    route!("GET" "/api/vehicles/{id}/details", VEHICLES, vehicles::details, "One vehicle, part by part"),
    route!("POST" "/api/vehicles/claim", VEHICLES, vehicles::claim, "Take a vehicle that is nobody's"),
    route!("GET" "/api/bookings", BOOKINGS, bookings::list, "The customer's bookings, newest scheduled first"),
    route!("POST" "/api/bookings", BOOK, book::create, "Book a service"),
    route!("GET" "/api/bookings/{id}", BOOKINGS, bookings::one, "One booking"),
    route!("PATCH" "/api/bookings/{id}", BOOK, change::reschedule, "Move a booking to another time"),
    route!("POST" "/api/bookings/{id}/cancel", CANCEL, change::cancel, "Call a booking off"),
    route!("GET" "/api/bookings/{id}/photos", BOOKINGS, photos::list, "A booking's photos"),
    route!("PUT" "/api/bookings/{id}/photos/{photo_id}", BOOK, photos::declare, "Say which photo is to come, or learn how much of it came"),
    route!("DELETE" "/api/bookings/{id}/photos/{photo_id}", BOOK, photos::delete, "Remove a photo"),
    route!("GET" "/api/bookings/{id}/photos/{photo_id}/content", BOOKINGS, photos::content, "A photo"),
    route!("PUT" "/api/bookings/{id}/photos/{photo_id}/content", BOOK, photos::receive, "Send the next part of a photo"),
    route!("GET" "/api/service-centers", SignedIn, service::centers, "The service centres"),
    route!("GET" "/api/service-centers/{id}/slots", SignedIn, slots::list, "A day's starts at a service centre"),
    route!("GET" "/api/notifications", VEHICLES, service::notifications, "The customer's notifications, newest first"),
    route!("PUT" "/api/notifications/{id}/read", VEHICLES, service::mark_read, "Mark a notification read"),
];
