//! Booking, moving, calling off, marking read: accepted on this device, and then waited for.
//!
//! Promised: once a write is accepted the exit code says so whatever becomes of the network; only the server's own no, or a
//! conflict, is a failure, and then the write is still in the outbox.

use std::time::Duration;

use futures_util::future::{Either, select};
use pmi_core::model::{
    BookingId, BookingTime, CenterId, NewBooking, NotificationId, OutboxItem, VehicleId, WriteState,
};
use pmi_core::{Error, Result as CoreResult};

use super::photos;
use crate::app::App;
use crate::args::{BookArgs, CancelArgs, RescheduleArgs, WhenArgs};
use crate::failure::Failure;
use crate::output::{Answer, Printer, outcome};

/// How long marking a notification read is waited for.
const MARK_READ: Duration = Duration::from_secs(5);

/// `pmi book`
pub(super) async fn book(app: &App, args: BookArgs, printer: Printer) -> Result<Answer, Failure> {
    let new = NewBooking {
        vehicle_id: VehicleId(args.vehicle),
        service: args.service,
        at: time(app, &args.when)?,
        center_id: args.center.map(CenterId),
        notes: args.notes,
        photos: photos::read(app, &args.photo)?,
    };
    let (patience, photos) = (args.accept.wait.patience(), new.photos.len());
    let item = app.client.bookings().book(new, args.accept.operation_id).await;
    let answer = accepted(app, item, patience, printer).await?;
    if photos > 0 && answer.failure.is_none() && !app.global.offline {
        photos::wait_for(app, patience, printer).await;
    }
    Ok(answer)
}

/// `pmi reschedule ID`
pub(super) async fn reschedule(app: &App, args: RescheduleArgs, printer: Printer) -> Result<Answer, Failure> {
    let (id, at) = (BookingId::parse(&args.id), time(app, &args.when)?);
    let bookings = app.client.bookings();
    let item = bookings.reschedule(&id, &at, args.accept.operation_id).await;
    accepted(app, item, args.accept.wait.patience(), printer).await
}

/// `pmi cancel ID`
pub(super) async fn cancel(app: &App, args: CancelArgs, printer: Printer) -> Result<Answer, Failure> {
    let id = BookingId::parse(&args.id);
    let item = app.client.bookings().cancel(&id, args.accept.operation_id).await;
    accepted(app, item, args.accept.wait.patience(), printer).await
}

/// `pmi notifications --mark-read ID`
pub(super) async fn mark_read(app: &App, id: i64, printer: Printer) -> Result<Answer, Failure> {
    let item = app.client.notifications().mark_read(NotificationId(id)).await;
    accepted(app, item, MARK_READ, printer).await
}

/// Waits for what was accepted, and says what came of it.
///
/// # Errors
/// The error for which nothing was accepted.
pub(super) async fn accepted(
    app: &App,
    item: CoreResult<OutboxItem>,
    patience: Duration,
    printer: Printer,
) -> Result<Answer, Failure> {
    let item = item.map_err(|error| app.explain(error))?;
    if app.global.offline || item.state.is_settled() {
        return answer(app, &item);
    }
    printer.remark(&format!("accepted as outbox item {}; sending it", item.id));
    // Whichever is first: it is settled, or nothing more can be done for it now.
    let outbox = app.client.outbox();
    let settled = std::pin::pin!(outbox.settled(item.id, patience));
    let tried = std::pin::pin!(outbox.send(patience));
    let item_now = match select(settled, tried).await {
        Either::Left((settled, _)) => settled,
        Either::Right((Ok(_), _)) => outbox.get(item.id).await,
        Either::Right((Err(error), _)) => Err(error),
    };
    match item_now {
        Ok(item) => answer(app, &item),
        Err(error) => {
            // It is accepted all the same.
            printer.remark(&app.explain(error).message);
            answer(app, &item)
        }
    }
}

/// An item of the outbox as the answer of a command.
///
/// # Errors
/// `Internal` if it cannot be written as JSON.
pub(super) fn answer(app: &App, item: &OutboxItem) -> Result<Answer, Failure> {
    let json = serde_json::to_value(item).map_err(|error| Failure::internal(error.to_string()))?;
    let error = match &item.state {
        WriteState::Rejected {
            why,
            reason,
            request_id,
        } => Some(Error::Refused {
            why: why.clone(),
            reason: reason.clone(),
            request_id: request_id.clone(),
        }),
        WriteState::Conflict(conflict) => Some(Error::Conflict {
            conflict: Box::new(conflict.clone()),
        }),
        _ => None,
    };
    Ok(Answer {
        failure: error.map(|error| app.explain(error)),
        ..Answer::new(outcome(item), json)
    })
}

fn time(app: &App, when: &WhenArgs) -> Result<BookingTime, Failure> {
    BookingTime::parse(&when.at, when.zone.as_deref()).map_err(|error| app.explain(error))
}
