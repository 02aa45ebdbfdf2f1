//! What pending writes are shown over, so that it is not lost to make room for other answers (scenario 29).

use std::sync::Arc;

use super::items::booking_of;
use super::outbox::{Outbox, Owner};
use crate::model::BookingId;
use crate::session::Account;

impl Outbox {
    /// The bookings that writes which are not done are about, one for each write; `None` if that cannot be read now. Waits for
    /// nothing.
    pub(crate) fn pending_bookings(&self, account: &Arc<Account>) -> Option<Vec<BookingId>> {
        let rows = self.durable.outbox_since(account.id(), i64::MAX).ok()?;
        if rows.is_empty() {
            return Some(Vec::new());
        }
        let owner = Owner {
            account: Arc::clone(account),
            keys: account.outbox_keys()?.clone(),
        };
        let ledger = self.ledger(&owner);
        let mut bookings = Vec::with_capacity(rows.len());
        for row in &rows {
            let chain = self.durable.chain(account.id(), &row.chain).ok()?;
            bookings.extend(chain.map(|chain| booking_of(&ledger, &chain)));
        }
        Some(bookings)
    }
}
