//! How an effect follows what is observed: through a suspension, another sign-in and a lost network, until the client is closed.
//!
//! Promised: a scene is told of each change, of a failure, and when whoever it was of is gone (scenarios 12 and 34). What is followed
//! is told without its types, so that this is in the library once and not for each screen.

use std::future::Future;
use std::marker::PhantomData;

use futures_util::future::{BoxFuture, Either, select};
use tokio::sync::watch;

use super::cue::{Cue, Heard, Stream, is_network};
use super::scene::Scene;
use crate::error::{Error, Result};
use crate::services::Inner;

/// What is followed, without its types: what follows it is in the library once.
pub(super) trait Followed: Sync {
    fn open(&self) -> BoxFuture<'_, Result<Box<dyn Told + '_>>>;

    fn failed(&self, error: Error);

    fn over(&self);
}

/// Something opened, each change of which the scene is told.
pub(super) trait Told: Send {
    /// Tells the next; false at the end.
    fn tell_next(&mut self) -> BoxFuture<'_, bool>;
}

/// What opens it and what the scene is told of it, for an effect.
pub(super) struct Opening<'a, S: Scene, O, Open, Event> {
    cue: &'a Cue<S>,
    open: Open,
    event: Event,
    stream: PhantomData<fn() -> O>,
}

impl<'a, S: Scene, O, Open, Event> Opening<'a, S, O, Open, Event> {
    pub(super) fn new(cue: &'a Cue<S>, open: Open, event: Event) -> Self {
        Self {
            cue,
            open,
            event,
            stream: PhantomData,
        }
    }
}

struct Opened<'a, S: Scene, O, Event> {
    cue: &'a Cue<S>,
    stream: O,
    event: &'a Event,
}

impl<S, O, Open, F, Event> Followed for Opening<'_, S, O, Open, Event>
where
    S: Scene,
    O: Stream,
    Open: Fn(&Cue<S>) -> F + Send + Sync,
    F: Future<Output = Result<O>> + Send,
    Event: Fn(Heard<O::Item>) -> S::Event + Send + Sync,
{
    fn open(&self) -> BoxFuture<'_, Result<Box<dyn Told + '_>>> {
        Box::pin(async {
            let opened: Box<dyn Told + '_> = Box::new(Opened {
                cue: self.cue,
                stream: (self.open)(self.cue).await?,
                event: &self.event,
            });
            Ok(opened)
        })
    }

    fn failed(&self, error: Error) {
        self.cue.tell((self.event)(Heard::Failed(error)));
    }

    fn over(&self) {
        self.cue.tell((self.event)(Heard::Over));
    }
}

impl<S, O, Event> Told for Opened<'_, S, O, Event>
where
    S: Scene,
    O: Stream,
    Event: Fn(Heard<O::Item>) -> S::Event + Send + Sync,
{
    fn tell_next(&mut self) -> BoxFuture<'_, bool> {
        Box::pin(async {
            let heard = self.stream.next().await;
            let goes_on = heard.is_some();
            if let Some(heard) = heard {
                self.cue.tell((self.event)(heard));
            }
            goes_on
        })
    }
}

/// As [`Cue::follow`].
pub(super) fn follow<'a>(
    inner: &'a Inner,
    followed: &'a dyn Followed,
    mut again: watch::Receiver<()>,
) -> BoxFuture<'a, ()> {
    Box::pin(async move {
        let (mut session, mut reach) = (inner.session.states(), inner.session.link().connectivity());
        loop {
            let is_network;
            session.mark_unchanged();
            reach.mark_unchanged();
            again.mark_unchanged();
            match once(inner, followed).await {
                Err(Error::Suspended) => {
                    awake(inner).await;
                    continue;
                }
                Err(Error::Closed) => return,
                Err(error) => {
                    // What another network does not mend is left alone: asked for its keys again, a keyring may ask the person.
                    is_network = self::is_network(&error);
                    followed.failed(error);
                }
                // Somebody else may be signed in by now.
                Ok(()) => continue,
            }
            let signed = std::pin::pin!(session.changed());
            let reached = std::pin::pin!(async {
                if !is_network || reach.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            });
            let asked = std::pin::pin!(again.changed());
            let closed = std::pin::pin!(closed(inner));
            if let Either::Right(_) = select(select(select(signed, reached), asked), closed).await {
                return;
            }
        }
    })
}

/// As [`Cue::follow_once`].
pub(super) fn follow_once<'a>(inner: &'a Inner, followed: &'a dyn Followed) -> BoxFuture<'a, ()> {
    Box::pin(async move {
        loop {
            match once(inner, followed).await {
                Err(Error::Suspended) => awake(inner).await,
                Err(error) => return followed.failed(error),
                Ok(()) => return,
            }
        }
    })
}

async fn once(inner: &Inner, followed: &dyn Followed) -> Result<()> {
    let mut opened = followed.open().await?;
    while opened.tell_next().await {}
    // With the client everything ends, and nobody is signed out.
    if !inner.life().borrow().is_closed() {
        followed.over();
    }
    Ok(())
}

/// Returns when calls may be made: at once, or when a suspension is over.
pub(super) async fn awake(inner: &Inner) {
    let mut life = inner.life();
    // Its sender lives as long as the client. A background task that visits a suspended client admits no calls.
    let _ = life
        .wait_for(|life| life.refusal() != Some(Error::Suspended))
        .await;
}

async fn closed(inner: &Inner) {
    let mut life = inner.life();
    let _ = life.wait_for(|life| life.is_closed()).await;
}
