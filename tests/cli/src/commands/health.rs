//! Whether the server is well, by its own word. A server that says it is ill has answered: the exit code is 0.

use serde_json::json;

use super::read::call;
use crate::app::App;
use crate::failure::Failure;
use crate::output::{Answer, plain};

/// `pmi health`
pub(super) async fn health(app: &App) -> Result<Answer, Failure> {
    let platform = app.client.platform();
    let calls = call(app, || platform.health()).await?;
    let server = platform.origin();
    let health = &calls.value;
    let serving = if health.serving { "serving" } else { "not serving" };
    let version = health
        .version
        .as_ref()
        .map_or_else(String::new, |version| format!(", version {version}"));
    let text = plain(&format!("{server} is {serving}: {}{version}", health.status));
    let json = json!({"server": server, "value": health});
    Ok(calls.answer(text, json))
}
