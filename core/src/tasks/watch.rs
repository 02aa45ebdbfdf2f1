//! What one who looks sees: the present state at once, then each change, until the client is closed.

use futures_util::future::{BoxFuture, Either, select};
use tokio::sync::watch;

use super::Life;

/// A state and its changes. Those in between are left out if the caller is slow.
#[derive(Clone)]
pub struct Watch<T> {
    values: watch::Receiver<T>,
    life: watch::Receiver<Life>,
    /// Whether the present state was given.
    given: bool,
}

impl<T: Clone> Watch<T> {
    pub(crate) fn new(values: watch::Receiver<T>, life: watch::Receiver<Life>) -> Self {
        Self {
            values,
            life,
            given: false,
        }
    }

    /// What it is now.
    #[must_use]
    pub fn now(&self) -> T {
        self.values.borrow().clone()
    }

    /// The same for another who looks: the present state comes first again.
    #[must_use]
    pub fn anew(&self) -> Self {
        Self::new(self.values.clone(), self.life.clone())
    }
}

impl<T: Clone + Send + Sync> Watch<T> {
    /// The present state at once on the first call, then the one after the next change. `None` once the client is closed.
    /// Dropping the call loses nothing.
    pub async fn next(&mut self) -> Option<T> {
        if self.given {
            self.changed().await?;
        } else if self.life.borrow().is_closed() {
            return None;
        }
        self.given = true;
        Some(self.values.borrow_and_update().clone())
    }

    async fn changed(&mut self) -> Option<()> {
        let changed = Box::pin(async { self.values.changed().await.ok() });
        unless_closed(changed, &mut self.life).await
    }
}

/// In the library once, whatever is watched.
fn unless_closed<'a>(
    changed: BoxFuture<'a, Option<()>>,
    life: &'a mut watch::Receiver<Life>,
) -> BoxFuture<'a, Option<()>> {
    Box::pin(async move {
        let closed = std::pin::pin!(life.wait_for(|life| life.is_closed()));
        // The end is looked at first: what an ending client does to a state is no change of it.
        match select(closed, changed).await {
            Either::Left(_) => None,
            Either::Right((changed, _)) => changed,
        }
    })
}

// What is watched can be about a person.
impl<T> std::fmt::Debug for Watch<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watch(..)")
    }
}
