//! One thread that may block, so that nobody else has to.
//!
//! It is needed because keychains block, some for as long as a person takes to answer a prompt, and because the library of
//! the Secret Service panics on a thread of a tokio runtime. A thread per call waits for it: calls are as rare as sign-ins
//! and starts.

use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::backend::{Backend, Connection, Found, What};
use crate::ports::{PortFuture, SecretError};

/// Clones share the thread; it ends with the last of them.
#[derive(Clone, Default)]
pub(super) struct Worker(Arc<Mutex<Option<mpsc::Sender<Job>>>>);

type Answer = Result<Found, SecretError>;

struct Job {
    backend: Arc<dyn Backend>,
    what: What,
    deadline: Instant,
    reply: mpsc::SyncSender<Answer>,
}

impl Worker {
    /// Does it, or says after `timeout` that it was not done by then. It goes on when the future is dropped.
    pub(super) fn call(
        &self,
        backend: Arc<dyn Backend>,
        what: What,
        timeout: Duration,
    ) -> PortFuture<Answer> {
        let (resolve, resolved) = oneshot::channel();
        let worker = self.clone();
        let waiter = std::thread::Builder::new()
            .name("pmi-secrets-wait".to_owned())
            .spawn(move || {
                // The caller may have gone; then nobody wants the answer.
                let _ = resolve.send(worker.call_and_wait(backend, what, timeout));
            });
        Box::pin(async move {
            if waiter.is_err() {
                return Err(no_thread());
            }
            resolved.await.unwrap_or_else(|_| Err(defect()))
        })
    }

    fn call_and_wait(&self, backend: Arc<dyn Backend>, what: What, timeout: Duration) -> Answer {
        let (reply, answer) = mpsc::sync_channel(1);
        self.submit(Job {
            backend,
            what,
            deadline: Instant::now() + timeout,
            reply,
        })?;
        match answer.recv_timeout(timeout) {
            Ok(answer) => answer,
            Err(mpsc::RecvTimeoutError::Timeout) => Err(SecretError::Locked(format!(
                "it did not answer within {} s; it may be asking you to unlock it: do, then try again",
                timeout.as_secs_f32()
            ))),
            Err(mpsc::RecvTimeoutError::Disconnected) => Err(defect()),
        }
    }

    /// Hands the job to the thread, started if there is none, or if a panic of the library has ended it.
    fn submit(&self, mut job: Job) -> Result<(), SecretError> {
        let mut worker = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(jobs) = worker.as_ref() {
            match jobs.send(job) {
                Ok(()) => return Ok(()),
                Err(mpsc::SendError(back)) => job = back,
            }
        }
        let (jobs, queue) = mpsc::channel();
        std::thread::Builder::new()
            .name("pmi-secrets".to_owned())
            .spawn(move || work(&queue))
            .map_err(|_| no_thread())?;
        jobs.send(job).map_err(|_| defect())?;
        *worker = Some(jobs);
        Ok(())
    }
}

/// The thread, until the last clone of its store is dropped.
fn work(queue: &mpsc::Receiver<Job>) {
    let mut connection = Connection::default();
    while let Ok(job) = queue.recv() {
        // Its caller has been told that it did not happen in time; doing it behind their back helps nobody.
        if Instant::now() < job.deadline {
            // The caller may have gone.
            let _ = job.reply.send(connection.perform(&*job.backend, &job.what));
        }
    }
}

fn no_thread() -> SecretError {
    SecretError::Failed("the system has no thread to give".to_owned())
}

fn defect() -> SecretError {
    SecretError::Failed("the library that talks to it gave up".to_owned())
}
