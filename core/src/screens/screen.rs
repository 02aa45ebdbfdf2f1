//! A shell's hold on one screen.

use std::sync::Arc;

use super::scene::Scene;
use super::stage::Stage;
use crate::tasks::Watch;

/// One open screen: the record of all it shows, and a way to say what the person does. Dropping it closes it.
///
/// What a person has begun on it (a sign-in, a booking) goes on when it is dropped; what it looked at does not.
pub struct Screen<R, I> {
    records: Watch<R>,
    send: Arc<dyn Fn(I) + Send + Sync>,
}

impl<R: Clone + Send + Sync + 'static, I: 'static> Screen<R, I> {
    pub(super) fn of<S: Scene<Record = R, Intent = I>>(stage: Arc<Stage<S>>) -> Self {
        Self {
            records: Watch::new(stage.records(), stage.inner().life()),
            send: Arc::new(move |intent| stage.intend(intent)),
        }
    }

    /// What it shows now.
    #[must_use]
    pub fn now(&self) -> R {
        self.records.now()
    }

    /// What it shows: the present record at once on the first call, then the one after the next change. Records in between are
    /// left out if the caller is slow. `None` once the client is closed. Dropping the call loses nothing.
    pub async fn next(&mut self) -> Option<R> {
        self.records.next().await
    }

    /// Says what the person did. Returns at once; what comes of it is in the records.
    pub fn send(&self, intent: I) {
        (self.send)(intent);
    }
}

/// The same screen for another who looks: the present record comes first again.
impl<R: Clone, I> Clone for Screen<R, I> {
    fn clone(&self) -> Self {
        Self {
            records: self.records.anew(),
            send: Arc::clone(&self.send),
        }
    }
}

impl<R, I> std::fmt::Debug for Screen<R, I> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Screen(..)")
    }
}
