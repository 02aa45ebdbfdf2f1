//! What a screen is made of: a state and what changes it. Pure; the I/O is in [`Scene::perform`], which only tells events.

use std::future::Future;

use jiff::Timestamp;

use super::cue::Cue;

/// The state of one screen.
pub(crate) trait Scene: Sized + Send + 'static {
    /// All that is shown.
    type Record: Clone + PartialEq + Send + Sync + 'static;
    /// What a person can do.
    type Intent: Send + 'static;
    /// What the world tells.
    type Event: Send + 'static;
    /// What is to be done in the world.
    type Effect: Send + 'static;

    /// What is to be done when the screen opens.
    fn opened(&self) -> Vec<Self::Effect>;

    /// What is shown, when this device's clock shows `now`.
    fn record(&self, now: Timestamp) -> Self::Record;

    /// A person did something.
    fn intend(&mut self, intent: Self::Intent) -> Vec<Self::Effect>;

    /// Something was heard.
    fn hear(&mut self, event: Self::Event) -> Vec<Self::Effect>;

    /// Does it, and tells what came of it. Ended when the screen is closed, unless the person [has begun it](Scene::is_begun).
    fn perform(effect: Self::Effect, cue: Cue<Self>) -> impl Future<Output = ()> + Send;

    /// Whether it is done to its end though the screen is closed meanwhile: what a person has begun.
    fn is_begun(_effect: &Self::Effect) -> bool {
        false
    }

    /// When the record changes by time alone, if it does.
    fn changes_at(&self, _now: Timestamp) -> Option<Timestamp> {
        None
    }
}
