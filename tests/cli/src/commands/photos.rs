//! Photos of a booking: read from files, added, listed, waited for.

use std::path::PathBuf;
use std::time::Duration;

use pmi_core::model::{BookingId, BookingPhoto, Photo, Write};

use super::read::read as ask;
use super::writes::accepted;
use crate::app::App;
use crate::args::AddPhotoArgs;
use crate::failure::Failure;
use crate::output::{Answer, Printer, Table, bytes, one_of, state};

/// The photos in these files.
///
/// # Errors
/// Which file is no photo, or cannot be read.
pub(super) fn read(app: &App, files: &[PathBuf]) -> Result<Vec<Photo>, Failure> {
    let read = |file: &PathBuf| {
        Photo::read(file).map_err(|error| {
            let failure = app.explain(error);
            // The core never names a file; the person at the keyboard has.
            Failure {
                message: format!("{}: {}", file.display(), failure.message),
                ..failure
            }
        })
    };
    files.iter().map(read).collect()
}

/// `pmi photo add BOOKING FILE`
pub(super) async fn add(app: &App, args: AddPhotoArgs, printer: Printer) -> Result<Answer, Failure> {
    let photos = read(app, &[args.file])?;
    let [photo] = photos.as_slice() else {
        return Err(Failure::internal("one file, one photo"));
    };
    let booking = BookingId::parse(&args.booking);
    let bookings = app.client.bookings();
    let item = bookings
        .add_photo(&booking, photo, args.accept.operation_id)
        .await;
    accepted(app, item, args.accept.wait.patience(), printer).await
}

/// `pmi photo list BOOKING`
pub(super) async fn list(app: &App, booking: &str) -> Result<Answer, Failure> {
    let (booking, bookings) = (BookingId::parse(booking), app.client.bookings());
    ask(
        app,
        |freshness| bookings.photos(&booking, freshness),
        |photos| show(photos),
    )
    .await
}

/// Waits until the photos of what was just booked are sent, too; says if they are not.
pub(super) async fn wait_for(app: &App, patience: Duration, printer: Printer) {
    if app.client.outbox().send(patience).await.is_err() {
        return;
    }
    let items = app.client.outbox().list().await.unwrap_or_default();
    let waiting = items
        .iter()
        .filter(|item| matches!(item.write, Write::AddPhoto { .. }));
    match waiting.count() {
        0 => {}
        1 => printer.remark("1 photo is not sent: see `pmi outbox`"),
        waiting => printer.remark(&format!("{waiting} photos are not sent: see `pmi outbox`")),
    }
}

fn show(photos: &[BookingPhoto]) -> String {
    let mut table = Table::new(&["PHOTO", "KIND", "SIZE", "STATE"]);
    for photo in photos {
        table.row([
            photo.name.clone(),
            one_of(photo.kind.as_ref()),
            bytes(photo.size),
            match (&photo.pending, photo.complete) {
                (Some(item), _) => state(item),
                (None, true) => "sent".to_owned(),
                (None, false) => format!("{} of it arrived", bytes(photo.arrived)),
            },
        ]);
    }
    table.or("no photos yet")
}
