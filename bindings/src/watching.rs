//! What every watch is made of: one who asks for the next at a time, and an end that can be called from elsewhere. Kotlin drops the
//! call of a coroutine that is cancelled, Swift does not: it cancels the watch. A defect ends it.

use futures_util::future::{Either, select};
use tokio::sync::{Mutex, watch};

use crate::guard::{guarded, guarded_later};

pub(crate) struct Watching<T> {
    /// Nothing if it could not be begun.
    watched: Mutex<Option<T>>,
    ended: watch::Sender<bool>,
}

impl<T> Watching<T> {
    pub(crate) fn new(watched: Option<T>) -> Self {
        Self {
            watched: Mutex::new(watched),
            ended: watch::Sender::new(false),
        }
    }

    /// What `next` gives, or `None` once it is cancelled.
    pub(crate) async fn next<R>(&self, next: impl AsyncFnOnce(&mut T) -> Option<R>) -> Option<R> {
        let call = async {
            let mut ended = self.ended.subscribe();
            let ended = std::pin::pin!(ended.wait_for(|ended| *ended));
            let next = std::pin::pin!(async { next(self.watched.lock().await.as_mut()?).await });
            match select(ended, next).await {
                Either::Left(_) => None,
                Either::Right((next, _)) => next,
            }
        };
        guarded_later("next", call).await
    }

    pub(crate) fn cancel(&self) {
        guarded("cancel", || self.ended.send_replace(true));
    }
}
