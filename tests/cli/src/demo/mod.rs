//! The main job, told as a story with numbers: sign in once, read everything, online or not, and book without a network,
//! exactly once whatever is killed meanwhile; against both platforms.
//!
//! Everything happens on this machine: a server in this process, a temporary folder for the client's files, keys in a file
//! there. Nothing of the user's own is read or written. Each statement is checked, against the server's own count where
//! there is one; the first that does not hold ends the demo with exit code 1 and its name.

mod clock;
mod facts;
mod kills;
mod offline;
mod people;
mod photo;
mod program;
mod promises;
mod reads;
mod stage;
mod storm;
mod story;

use std::time::Instant;

use serde_json::{Map, Value, json};

use crate::args::{DemoArgs, DialectArg};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Printer;
use facts::Facts;
use stage::Stage;
use story::Story;

/// `pmi demo`
pub(crate) async fn run(args: &DemoArgs, printer: Printer) -> Exit {
    let story = Story::new(printer);
    story.tell("Everything happens on this machine, in this process and a temporary folder; nothing of yours is touched.");
    let started = Instant::now();
    let mut dialects = Map::new();
    let mut broken = None;
    for dialect in args.dialect.list() {
        let mut facts = Facts::default();
        let ended = act(*dialect, &mut facts, &story).await;
        dialects.insert(
            dialect.word().to_owned(),
            serde_json::to_value(&facts).unwrap_or_default(),
        );
        if let Err(mut failure) = ended {
            failure.message = format!("{}: {}", dialect.word(), failure.message);
            broken = Some(failure);
            break;
        }
    }
    let total_ms = story::ms(started);
    if printer.is_json() {
        printer.document(&document(dialects, total_ms, broken.as_ref()));
    }
    match broken {
        Some(failure) => printer.failure(&failure),
        None => {
            story.tell(&format!(
                "\nEvery promise was kept, in {:.1} s.",
                total_ms / 1000.0
            ));
            Exit::Ok
        }
    }
}

fn document(dialects: Map<String, Value>, total_ms: f64, broken: Option<&Failure>) -> Value {
    json!({
        "ok": broken.is_none(),
        "total_ms": total_ms,
        "dialects": dialects,
        "broken": broken.map(|failure| failure.message.clone()),
    })
}

/// The story on one platform.
async fn act(dialect: DialectArg, facts: &mut Facts, story: &Story) -> Result<(), Failure> {
    let started = Instant::now();
    story.tell(match dialect {
        DialectArg::V2 => "\nThe reference platform (v2)",
        DialectArg::V1 => "\nThe deployed platform (v1), with everything it does wrong",
    });
    let stage = Stage::build(dialect, story).await?;
    facts.server = stage.platform.url();
    people::newcomer(&stage, facts, story).await?;
    let rider = people::seeded(&stage, facts, story).await?;
    storm::all(&stage, &rider, facts, story).await?;
    offline::cut(&stage, &rider, facts, story).await?;
    let promises = promises::made(&stage, &rider, facts, story).await?;
    kills::survived(&stage, &rider, &promises, facts, story).await?;
    photo::carried(&stage, &rider, &promises[0], facts, story).await?;
    offline::mended(&stage, &rider, facts, story).await?;
    stage.platform.stop().await;
    facts.total_ms = story::ms(started);
    Ok(())
}
