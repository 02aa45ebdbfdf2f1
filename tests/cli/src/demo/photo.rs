//! A photo of the fault: taken without a network, cut off on its way, and whole at the server, no byte sent twice but the part
//! that was cut. v1 has no photos.

use std::time::Instant;

use pmi_platform::{Fault, Match};
use serde_json::Value;

use super::facts::{Facts, PhotoFacts};
use super::people::Rider;
use super::program::Program;
use super::promises::Promise;
use super::stage::Stage;
use super::story::{Story, broken, keep, ms};
use crate::args::DialectArg;
use crate::failure::Failure;

/// How large the photo is, in bytes.
const SIZE: usize = 600 * 1024;

/// The part that is cut, and after how many of its bytes.
const CUT: (u64, usize) = (3, 100 * 1024);

/// Adds a photo to what was booked, and has it sent.
pub(super) async fn carried(
    stage: &Stage,
    rider: &Rider,
    promise: &Promise,
    facts: &mut Facts,
    story: &Story,
) -> Result<(), Failure> {
    if stage.dialect == DialectArg::V1 {
        return Ok(());
    }
    let made = stage.made_by(rider).await?;
    let booking = made.iter().find(|made| made.wall_time == promise.wall_time());
    let booking = booking
        .ok_or_else(|| broken("what was booked is there", format!("{made:?}")))?
        .id;
    let file = rider.dir.join("fault.jpg");
    std::fs::write(&file, picture()).map_err(|error| broken("there is room for a photo", error))?;
    let (program, control) = (Program::of(stage, rider), stage.platform.control());

    control.network(false);
    let started = Instant::now();
    let (number, path) = (booking.to_string(), file.display().to_string());
    let item = program
        .json(&["--offline", "photo", "add", &number, &path, "--json"])
        .await?;
    keep(
        item["state"] == "queued" && item["upload"]["size"] == SIZE,
        "a photo is accepted without a network",
        &item,
    )?;
    story.step(
        ms(started),
        &format!(
            "a photo of {} KiB is added to {} without a network (pmi --offline photo add): accepted, sealed, on disk",
            SIZE / 1024,
            promise.hour()
        ),
    );

    control.network(true);
    control.reset_counts();
    // Declaring the photo comes before its first part.
    let (part, inside) = CUT;
    control
        .on(Match::put("/api/bookings/"))
        .nth(part + 1)
        .then(Fault::CutInside(inside));
    let started = Instant::now();
    // The first ends with the cut, or goes on by itself if it finds the network well before it would end.
    program.run(&["sync"]).await?;
    let whole = program.json(&["sync", "--json"]).await?;
    keep(
        whole["remaining"] == 0,
        "a photo that is cut off on its way is sent on by the next process",
        &whole,
    )?;
    let seen = control.seen();
    let offsets: Vec<&str> = seen
        .iter()
        .filter_map(|request| Some(request.path.split_once("offset=")?.1))
        .collect();
    let distinct: std::collections::BTreeSet<_> = offsets.iter().collect();
    keep(
        offsets.len() == distinct.len() + 1,
        "only the part that was cut is sent again",
        format!("{offsets:?}"),
    )?;
    let there = control.photos(booking).await;
    let there = there.map_err(|error| broken("the server can show its photos", error))?;
    keep(
        there.len() == 1 && there[0].complete && there[0].bytes == picture(),
        "the photo is at the server, whole and unchanged",
        format!("{there:?}"),
    )?;
    facts.photo = Some(PhotoFacts {
        size: SIZE,
        parts: offsets.len(),
        parts_again: offsets.len() - distinct.len(),
        whole: true,
    });
    story.step(
        ms(started),
        &format!(
            "the network is back; its part {part} is cut in the middle; pmi sync goes on there: whole in {} parts, 1 of them again",
            offsets.len()
        ),
    );
    list(&program, &number).await
}

/// It shows as sent (`pmi photo list`).
async fn list(program: &Program, booking: &str) -> Result<(), Failure> {
    let list = program.json(&["photo", "list", booking, "--json"]).await?;
    let photo = &list["value"][0];
    keep(
        photo["complete"] == true && photo["pending"] == Value::Null,
        "what was sent is shown so",
        &list,
    )
}

/// A JPEG by its first bytes; noise after that, which no compression makes smaller.
fn picture() -> Vec<u8> {
    let mut state = 7_u32;
    let noise = (0..SIZE).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    });
    [0xff, 0xd8, 0xff, 0xe0]
        .into_iter()
        .chain(noise)
        .take(SIZE)
        .collect()
}
