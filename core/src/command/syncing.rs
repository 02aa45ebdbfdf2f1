//! A synchronisation as the loop that sends sees it: a push, and waiting until the loop rests.

use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Either, Shared, select};
use tokio::sync::watch;

use super::outbox::{Outbox, Owner};
use super::signals::Rest;
use crate::error::{Error, Result};
use crate::model::{OutboxItem, SyncReport};

/// Ends when the time of a synchronisation is up, for all who wait for that.
pub(crate) type TimeUp = Shared<BoxFuture<'static, ()>>;

/// A synchronisation under way.
pub(crate) struct Syncing {
    owner: Owner,
    /// How many writes were settled before it.
    before: i64,
    rests: watch::Receiver<Rest>,
    /// The push that is this one's.
    push: u64,
}

/// How the loop was found.
pub(crate) enum Found {
    /// It was at work when the time was up.
    AtWork,
    /// It goes on by itself soon; the error, if there is one, is what it waits for to be over.
    Waiting(Option<Error>),
    /// Nothing more can be done now, for this reason if it is not that all is settled.
    AtRest(Option<Error>),
}

impl Outbox {
    /// Ends after this long.
    pub(crate) fn time_up(&self, after: Duration) -> TimeUp {
        self.ports.sleep.sleep(after).shared()
    }

    /// Has what is to be sent be sent now, whatever it was waiting for but the server's own wish to be left alone.
    ///
    /// # Errors
    /// `Locked` if the keys are not there in time.
    pub(crate) async fn begin_sync(&self, time_up: &TimeUp) -> Result<Syncing> {
        let opening = std::pin::pin!(self.owner());
        let owner = match select(opening, time_up.clone()).await {
            Either::Left((owner, _)) => owner?,
            Either::Right(_) => {
                return Err(Error::Locked {
                    reason: "this device's secret store did not answer in time: try again later".to_owned(),
                });
            }
        };
        let before = self.session.settled_writes(&owner.account);
        let rests = self.signals.rests();
        let push = self.signals.push();
        Ok(Syncing {
            owner,
            before,
            rests,
            push,
        })
    }

    /// Sends what is to be sent, until all is settled, nothing more can be done now, or the patience is over.
    pub(crate) async fn send_now(&self, patience: Duration) -> Result<SyncReport> {
        let time_up = self.time_up(patience);
        let mut syncing = self.begin_sync(&time_up).await?;
        let found = syncing.until_at_rest(&time_up).await?;
        self.report(&syncing, found)
    }

    /// What it did and what it left, as the loop was found last.
    pub(crate) fn report(&self, syncing: &Syncing, found: Found) -> Result<SyncReport> {
        let items = self.list_of(&syncing.owner, false)?;
        let count = |what: fn(&OutboxItem) -> bool| {
            u32::try_from(items.iter().filter(|item| what(item)).count()).unwrap_or(u32::MAX)
        };
        let settled = self.session.settled_writes(&syncing.owner.account) - syncing.before;
        Ok(SyncReport {
            sent: u32::try_from(settled).unwrap_or_default(),
            remaining: count(|item| !item.state.is_settled()),
            attention: count(|item| item.state.needs_attention()),
            stopped: match found {
                Found::AtRest(stopped) => stopped,
                Found::AtWork | Found::Waiting(_) => None,
            },
            prefetched: Vec::new(),
        })
    }
}

impl Syncing {
    /// Returns once all that can be sent at once was.
    pub(crate) async fn until_round_is_over(&mut self, time_up: &TimeUp) -> Result<Found> {
        self.wait(time_up, |_| true).await
    }

    /// Returns once nothing more can be done now.
    pub(crate) async fn until_at_rest(&mut self, time_up: &TimeUp) -> Result<Found> {
        self.wait(time_up, |rest| !rest.waits).await
    }

    async fn wait(&mut self, time_up: &TimeUp, enough: fn(&Rest) -> bool) -> Result<Found> {
        loop {
            let rest = self.rests.borrow_and_update().clone();
            if rest.of >= self.push && enough(&rest) {
                return Ok(match rest.is_over() {
                    Some(stopped) => Found::AtRest(stopped),
                    None => Found::Waiting(rest.why),
                });
            }
            let changed = std::pin::pin!(self.rests.changed());
            match select(changed, time_up.clone()).await {
                Either::Left((Ok(()), _)) => {}
                Either::Left((Err(_), _)) => return Err(Error::Closed),
                Either::Right(_) => return Ok(Found::AtWork),
            }
        }
    }

    /// Whose it is.
    pub(crate) fn account(&self) -> &std::sync::Arc<crate::session::Account> {
        &self.owner.account
    }
}
