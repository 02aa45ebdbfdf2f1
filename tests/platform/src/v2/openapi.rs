//! `openapi.json`, made from the route table: no route can be missing from it.

use serde_json::{Map, Value, json};

use super::routes::{Access, Route};

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
            "schemas": { "Error": {
                "type": "object",
                "required": ["error", "message", "request_id"],
                "properties": {
                    "error": { "type": "string" },
                    "message": { "type": "string" },
                    "request_id": { "type": "string" },
                    "detail": {},
                },
            } },
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
    if route.path.contains("{id}") {
        let id = json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "integer" } });
        operation["parameters"] = json!([id]);
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

fn name(path: &str) -> String {
    path.trim_matches('/')
        .replace(['/', '-', '.'], "_")
        .replace(['{', '}'], "")
}
