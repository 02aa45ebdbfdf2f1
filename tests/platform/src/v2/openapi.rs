//! `openapi.json`, made from the route table: no route can be missing from it.

use serde_json::{Map, Value, json};

use super::routes::{Access, Route};
use crate::health::SERVICES;

/// The description of these routes.
pub(super) fn describe(routes: &[Route]) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in routes {
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        path[route.method.to_lowercase()] = operation(route);
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "ProActive Mobility Intelligence", "version": "2.0.0" },
        "paths": paths,
        "components": {
            "securitySchemes": { "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" } },
            "schemas": {
                "Error": object(&["error", "message", "request_id"], &[
                    ("error", json!({ "type": "string" })),
                    ("message", json!({ "type": "string" })),
                    ("request_id", json!({ "type": "string" })),
                    ("detail", json!({})),
                ]),
                "NewBooking": object(&["vehicle_id", "service_type", "scheduled_at"], &[
                    ("vehicle_id", json!({ "type": "integer" })),
                    ("service_type", json!({ "enum": SERVICES.map(|(name, _)| name) })),
                    ("center_id", json!({ "type": ["integer", "null"] })),
                    ("scheduled_at", json!({ "type": "string", "format": "date-time" })),
                    ("time_zone", json!({ "type": ["string", "null"] })),
                    ("notes", json!({ "type": ["string", "null"], "maxLength": 2000 })),
                    ("client_operation_id", json!({ "type": ["string", "null"], "maxLength": 128 })),
                ]),
                "NewPhoto": object(&["size", "sha256"], &[
                    ("size", json!({ "type": "integer", "minimum": 1, "maximum": 8_388_608 })),
                    ("sha256", json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })),
                ]),
                "NewTime": object(&["scheduled_at"], &[
                    ("scheduled_at", json!({ "type": "string", "format": "date-time" })),
                    ("time_zone", json!({ "type": ["string", "null"] })),
                ]),
            },
        },
    })
}

fn operation(route: &Route) -> Value {
    let mut operation = json!({
        "summary": route.summary,
        "operationId": format!("{}_{}", route.method.to_lowercase(), name(route.path)),
        "responses": {
            "2XX": { "description": "Success" },
            "4XX": {
                "description": "Refused",
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Error" } } },
            },
        },
    });
    let parameters = parameters(route);
    if !parameters.is_empty() {
        operation["parameters"] = Value::Array(parameters);
    }
    if (route.method, route.path) == ("PUT", "/api/bookings/{id}/photos/{photo_id}/content") {
        operation["requestBody"] =
            json!({ "required": true, "content": { "application/octet-stream": { "schema": {} } } });
    } else if let Some(schema) = body(route) {
        let schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
        operation["requestBody"] =
            json!({ "required": true, "content": { "application/json": { "schema": schema } } });
    }
    match route.access {
        Access::Open => operation["security"] = json!([]),
        Access::SignedIn => operation["security"] = json!([{ "bearer": [] }]),
        Access::Permission(permission) => {
            operation["security"] = json!([{ "bearer": [] }]);
            operation["x-permission"] = json!(permission);
        }
    }
    operation
}

fn object(required: &[&str], properties: &[(&str, Value)]) -> Value {
    let properties: Map<String, Value> = properties
        .iter()
        .map(|(name, schema)| ((*name).to_owned(), schema.clone()))
        .collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

fn parameters(route: &Route) -> Vec<Value> {
    let parameter = |name: &str, place: &str, required: bool, kind: &str| json!({ "name": name, "in": place, "required": required, "schema": { "type": kind } });
    let mut all = Vec::new();
    if route.path.contains("{id}") {
        all.push(parameter("id", "path", true, "integer"));
    }
    if route.path.contains("{photo_id}") {
        all.push(parameter("photo_id", "path", true, "string"));
    }
    let queries: &[(&str, &str)] = match (route.method, route.path) {
        ("GET", "/api/bookings") => &[
            ("status", "string"),
            ("client_operation_id", "string"),
            ("cursor", "string"),
            ("limit", "integer"),
        ],
        ("PUT", "/api/bookings/{id}/photos/{photo_id}/content") => &[("offset", "integer")],
        ("GET", "/api/service-centers/{id}/slots") => &[("date", "string"), ("service_type", "string")],
        ("GET", "/api/vehicles" | "/api/notifications" | "/api/service-centers") => {
            &[("cursor", "string"), ("limit", "integer")]
        }
        _ => &[],
    };
    all.extend(
        queries
            .iter()
            .map(|(name, kind)| parameter(name, "query", ["date", "offset"].contains(name), kind)),
    );
    if route.keyed() {
        all.push(parameter("Idempotency-Key", "header", false, "string"));
        if route.path.starts_with("/api/bookings/{id}") {
            all.push(parameter("If-Match", "header", false, "string"));
        }
    }
    all
}

/// The schema of what is sent.
fn body(route: &Route) -> Option<&'static str> {
    match (route.method, route.path) {
        ("POST", "/api/bookings") => Some("NewBooking"),
        ("PATCH", "/api/bookings/{id}") => Some("NewTime"),
        ("PUT", "/api/bookings/{id}/photos/{photo_id}") => Some("NewPhoto"),
        _ => None,
    }
}

fn name(path: &str) -> String {
    path.trim_matches('/')
        .replace(['/', '-', '.'], "_")
        .replace(['{', '}'], "")
}
