//! Every route of v1 that is served, in the deployed platform's order: a path's first route is the one `Allow` names.

use std::future::Future;
use std::pin::Pin;

use super::call::Call;
use super::reply::Outcome;
use super::{account, appointments, bookings, notifications, service, vehicles};

type Handling = Pin<Box<dyn Future<Output = Outcome> + Send>>;

/// A route of v1.
pub(super) struct Route {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) handler: fn(Call) -> Handling,
}

impl Route {
    /// Whether a path is this route's.
    pub(super) fn fits(&self, path: &str) -> bool {
        let (mut wanted, mut given) = (self.path.split('/'), path.split('/'));
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return true,
                (Some("{id}"), Some(text)) if !text.is_empty() => {}
                (Some(wanted), Some(given)) if wanted == given => {}
                _ => return false,
            }
        }
    }
}

macro_rules! route {
    ($method:literal $path:literal, $handler:path) => {
        Route {
            method: $method,
            path: $path,
            handler: |call| Box::pin($handler(call)),
        }
    };
}

pub(super) const ROUTES: &[Route] = &[
    route!("GET" "/", service::root),
    route!("GET" "/health", service::health),
    route!("GET" "/liveness", service::liveness),
    route!("GET" "/readiness", service::readiness),
    route!("POST" "/api/auth/register", account::register),
    route!("POST" "/api/auth/login", account::login),
    route!("GET" "/api/auth/me", account::me),
    route!("GET" "/api/auth/customer/{id}", account::customer),
    route!("POST" "/api/auth/refresh", account::refresh),
    route!("POST" "/api/auth/logout", account::logout),
    route!("GET" "/api/fixes/vehicles-with-health/{id}", vehicles::with_health),
    route!("GET" "/api/fixes/appointment-status-info", service::status_info),
    route!("GET" "/api/vehicles/{id}/details", vehicles::details),
    route!("POST" "/api/bookings/create", bookings::create),
    route!("GET" "/api/bookings/customer/{id}", bookings::of_customer),
    route!("POST" "/api/appointments/create", appointments::create),
    route!("GET" "/api/appointments/list", appointments::list),
    route!("GET" "/api/appointments/service-centers/available", appointments::available),
    route!("GET" "/api/appointments/{id}", appointments::one),
    route!("PUT" "/api/appointments/{id}", appointments::update),
    route!("DELETE" "/api/appointments/{id}", appointments::cancel),
    route!("GET" "/api/notifications/history", notifications::history),
    route!("GET" "/api/notifications/stats", notifications::stats),
    route!("PUT" "/api/notifications/{id}/read", notifications::mark_read),
];
