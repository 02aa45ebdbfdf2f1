//! Suspending a client, having it go on, closing it: what is done when [`Life`] says so.
//!
//! Promised (scenario 34): when [`Inner::suspend`] returns no file and no lock of this client is open in this process and none
//! of its tasks is left but those that tell observers, who are silent; a late answer opens none; what was in flight is as
//! after a kill, which both journals know of. Going on asks neither a secret store nor a server who is signed in. And when
//! [`Inner::close`] returns, every call of every clone gives `Closed` (36).

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{Either, select};
use tokio::sync::watch;

use super::inner::Inner;
use crate::command::SendingPaused;
use crate::error::{Error, Result};
use crate::model::{SuspendReport, SyncReport};
use crate::tasks::{Life, LifeEvent, LifeStep};

impl Inner {
    /// Suspends it, within the deadline. Also if the caller stops waiting.
    pub(crate) async fn suspend(this: &Arc<Self>, deadline: Duration) -> Result<SuspendReport> {
        let keeper = Arc::clone(this);
        this.tasks
            .run_apart(async move {
                keeper.happened(LifeEvent::Suspend { turn: keeper.turn() })?;
                keeper.wind_down(deadline).await
            })
            .await
    }

    /// Has it go on. A suspension under way is given up.
    pub(crate) async fn resume(&self) -> Result<()> {
        loop {
            // What was ended may hold a lock until it is gone, and whoever asks for the same would join it in vain.
            self.tasks.gone_if_suspended().await;
            if self.happened(LifeEvent::Resume)? != LifeStep::Wait {
                return Ok(());
            }
        }
    }

    /// Synchronises; a client that is suspended is opened for it, and suspended again after it. Then it runs to its end also
    /// if the caller stops waiting. A suspension under way is waited for, at the expense of the patience.
    pub(crate) async fn sync(this: &Arc<Self>, patience: Duration) -> Result<SyncReport> {
        let clock = &this.ports.clock;
        let began = clock.elapsed();
        loop {
            let left = patience.saturating_sub(clock.elapsed().saturating_sub(began));
            match this.tasks.life() {
                Life::Open => return super::sync::sync(this, left).await,
                Life::Suspending { .. } => {
                    let mut life = this.life();
                    let over = life.wait_for(|life| !matches!(life, Life::Suspending { .. }));
                    if let Either::Right(_) = select(std::pin::pin!(over), this.sleep(left)).await {
                        return Err(Error::Suspended);
                    }
                }
                Life::Suspended | Life::Visited { .. } => {
                    let keeper = Arc::clone(this);
                    let visit = async move { keeper.visit(left).await };
                    if let Some(report) = this.tasks.run_apart(visit).await? {
                        return Ok(report);
                    }
                }
                Life::Closed => return Err(Error::Closed),
            }
        }
    }

    /// `None`: it is being suspended just now.
    async fn visit(self: Arc<Self>, patience: Duration) -> Result<Option<SyncReport>> {
        let began = self.ports.clock.elapsed();
        self.tasks.gone_if_suspended().await;
        if self.happened(LifeEvent::Enter)? == LifeStep::Wait {
            return Ok(None);
        }
        let report = AssertUnwindSafe(super::sync::sync(&self, patience))
            .catch_unwind()
            .await;
        let spent = self.ports.clock.elapsed().saturating_sub(began);
        if self.happened(LifeEvent::Leave { turn: self.turn() })? == LifeStep::Drain {
            self.wind_down(patience.saturating_sub(spent)).await?;
        }
        report
            .unwrap_or_else(|_| {
                Err(Error::Internal {
                    reason: "a synchronisation panicked".to_owned(),
                })
            })
            .map(Some)
    }

    /// From now on there is only `Closed`. Twice is no error.
    pub(crate) fn close(&self) {
        // `Close` fails in no state.
        let _ = self.happened(LifeEvent::Close);
    }

    /// Where it stands, and its changes.
    pub(crate) fn life(&self) -> watch::Receiver<Life> {
        self.tasks.handle().life()
    }

    /// Waits until nothing is left that must end, or the deadline is over, and ends the suspension under way.
    async fn wind_down(&self, deadline: Duration) -> Result<SuspendReport> {
        let mut life = self.life();
        let mut promised = self.tasks.promised();
        let Life::Suspending { turn } = self.tasks.life() else {
            return self.suspended(SuspendReport::default()).await;
        };
        let before = *promised.borrow();
        let time_up = self.ports.sleep.sleep(deadline);
        {
            let drained = std::pin::pin!(promised.wait_for(|count| *count == 0));
            let other = std::pin::pin!(life.wait_for(|life| *life != Life::Suspending { turn }));
            select(select(drained, other), time_up).await;
        }
        let left = *promised.borrow();
        self.happened(LifeEvent::Done { turn })?;
        let report = SuspendReport {
            ended: before.saturating_sub(left),
            left,
            resumed: false,
        };
        self.suspended(report).await
    }

    async fn suspended(&self, report: SuspendReport) -> Result<SuspendReport> {
        self.tasks.gone_if_suspended().await;
        match self.tasks.life() {
            Life::Closed => Err(Error::Closed),
            Life::Suspended => Ok(report),
            // Somebody wanted it to go on before it was suspended, or just after.
            _ => Ok(SuspendReport {
                left: 0,
                resumed: true,
                ..report
            }),
        }
    }

    /// Takes note of an event and does what follows from it. Gives what that was.
    fn happened(&self, event: LifeEvent) -> Result<LifeStep> {
        let mut paused = self.doors();
        let (life, step) = match self.tasks.after(event) {
            // It was suspended since the caller looked, and not all of it has ended.
            (_, LifeStep::Reopen) if self.tasks.any_left() => return Ok(LifeStep::Wait),
            after => after,
        };
        match step {
            LifeStep::Nothing => self.tasks.enter(life),
            LifeStep::Wait => {}
            LifeStep::Refuse => return Err(Error::Closed),
            LifeStep::Drain => {
                self.tasks.enter(life);
                *paused = Some(self.outbox.pause());
                self.tasks.cut_repeatable();
                self.queries.cut_short();
            }
            LifeStep::Shut => {
                self.tasks.enter(life);
                self.tasks.cut();
                self.shut();
            }
            LifeStep::Reopen => {
                self.session.resume_files()?;
                // Observers look as soon as the state is entered.
                self.session.catch_up();
                self.tasks.enter(life);
                self.reopened();
            }
            LifeStep::GoOn => self.tasks.enter(life),
            LifeStep::End => self.end(),
        }
        if matches!(step, LifeStep::Reopen | LifeStep::GoOn) {
            drop(paused.take());
            drop(paused);
            self.queries.go_on();
        }
        Ok(step)
    }

    /// Closes the files, once nothing is begun any more.
    fn shut(&self) {
        // An idle connection does not outlive a night, and keeps the last request in a buffer.
        self.ports.network.drop_idle();
        // What was on its way is known to have been: whoever sends next finds out what became of it.
        self.outbox.give_back();
        self.diagnosed.audit.flush();
        // What ended in the meantime may have had observed answers asked for again, in vain.
        self.queries.cut_short();
        self.session.suspend_files();
        self.outbox.stopped(Error::Suspended);
    }

    /// The files are open again: what was ended begins anew.
    fn reopened(&self) {
        self.session.finish_sign_out();
        self.session.link().start();
        self.queries.run();
        self.outbox.start_loop(&self.tasks.handle());
    }

    fn end(&self) {
        self.tasks.enter(Life::Closed);
        self.queries.forget();
        self.tasks.stop();
        self.outbox.give_back();
        self.diagnosed.audit.flush();
        self.session.close_files();
        self.outbox.stopped(Error::Closed);
        self.outbox.end_observations();
    }

    fn turn(&self) -> u64 {
        self.tasks.next_turn()
    }

    /// Not held over a callback or an await. A panic while it was held left files open or closed, which both are defined.
    fn doors(&self) -> MutexGuard<'_, Option<SendingPaused>> {
        self.doors.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
    }
}
