//! Keys in the desktop's keychain: the Secret Service of the session bus (gnome-keyring, KWallet, KeePassXC).
//!
//! Promised: a call never blocks its caller, and ends within the time-out even if D-Bus or a prompt hangs; "locked" is
//! told apart from "missing", also where the service itself says "missing" because it cannot see into a locked keyring
//! (scenario 5); no runtime is needed. Not promised: that a `set` or `delete` that ran into the time-out did not happen;
//! it may have been waiting for a person at the prompt, and then happens when they answer.
//!
//! One thread talks to D-Bus, because its library blocks, and panics on a thread of a tokio runtime. A thread per call
//! waits for it: calls are as rare as sign-ins and starts.
#![cfg(all(unix, not(any(target_vendor = "apple", target_os = "android"))))]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

use keyring_core::api::CredentialStoreApi as _;
use keyring_core::{Entry, Error as KeyringError};
use secret_service::blocking::SecretService;
use secret_service::{EncryptionType, Error as ServiceError};
use tokio::sync::oneshot;
use zbus_secret_service_keyring_store::Store;
use zeroize::Zeroizing;

use super::{SecretError, SecretKey, SecretStore};
use crate::ports::PortFuture;

/// How long a call may take. A person may need longer to unlock; then the next call succeeds.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Keeps keys in the Secret Service of the desktop session. Connects at the first call; clones share the connection.
#[derive(Clone)]
pub struct KeyringSecrets {
    service: String,
    timeout: Duration,
    worker: Arc<Mutex<Option<mpsc::Sender<Job>>>>,
}

impl KeyringSecrets {
    /// The store of the session's bus. `service` is what the entries are filed under, such as the app's id.
    #[must_use]
    pub fn new(service: &str) -> Self {
        Self {
            service: service.to_owned(),
            timeout: TIMEOUT,
            worker: Arc::default(),
        }
    }

    /// With another time-out than ten seconds.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    fn call(&self, name: &str, what: What) -> PortFuture<Answer> {
        let (resolve, resolved) = oneshot::channel();
        let (store, name) = (self.clone(), name.to_owned());
        let waiter = std::thread::Builder::new()
            .name("pmi-secrets-wait".to_owned())
            .spawn(move || {
                // The caller may have gone; then nobody wants the answer.
                let _ = resolve.send(store.call_and_wait(name, what));
            });
        Box::pin(async move {
            if waiter.is_err() {
                return Err(no_thread());
            }
            resolved.await.unwrap_or_else(|_| Err(defect()))
        })
    }

    fn call_and_wait(&self, name: String, what: What) -> Answer {
        let (reply, answer) = mpsc::sync_channel(1);
        self.submit(Job {
            service: self.service.clone(),
            name,
            what,
            deadline: Instant::now() + self.timeout,
            reply,
        })?;
        match answer.recv_timeout(self.timeout) {
            Ok(answer) => answer,
            Err(mpsc::RecvTimeoutError::Timeout) => Err(SecretError::Locked(format!(
                "it did not answer within {} s; it may be asking you to unlock it: do, then try again",
                self.timeout.as_secs_f32()
            ))),
            Err(mpsc::RecvTimeoutError::Disconnected) => Err(defect()),
        }
    }

    /// Hands the job to the thread, started if there is none, or if a panic of the library has ended it.
    fn submit(&self, mut job: Job) -> Result<(), SecretError> {
        let mut worker = self.worker.lock().unwrap_or_else(PoisonError::into_inner);
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

impl std::fmt::Debug for KeyringSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyringSecrets")
            .field("service", &self.service)
            .finish_non_exhaustive()
    }
}

impl SecretStore for KeyringSecrets {
    fn id(&self) -> &'static str {
        "secret-service"
    }

    fn get(&self, name: &str) -> PortFuture<Result<Option<SecretKey>, SecretError>> {
        self.call(name, What::Get)
    }

    fn set(&self, name: &str, key: SecretKey) -> PortFuture<Result<(), SecretError>> {
        let answer = self.call(name, What::Set(key));
        Box::pin(async move { answer.await.map(drop) })
    }

    fn delete(&self, name: &str) -> PortFuture<Result<(), SecretError>> {
        let answer = self.call(name, What::Delete);
        Box::pin(async move { answer.await.map(drop) })
    }
}

type Answer = Result<Option<SecretKey>, SecretError>;

enum What {
    Get,
    Set(SecretKey),
    Delete,
}

struct Job {
    service: String,
    name: String,
    what: What,
    deadline: Instant,
    reply: mpsc::SyncSender<Answer>,
}

/// The thread that talks to D-Bus, until the last clone of its store is dropped.
fn work(queue: &mpsc::Receiver<Job>) {
    let mut connected: Option<Arc<Store>> = None;
    while let Ok(job) = queue.recv() {
        // Its caller has been told that it did not happen in time; doing it behind their back helps nobody.
        if Instant::now() < job.deadline {
            // The caller may have gone.
            let _ = job.reply.send(perform(&mut connected, &job));
        }
    }
}

fn perform(connected: &mut Option<Arc<Store>>, job: &Job) -> Answer {
    let reused = connected.is_some();
    let answer = attempt(connected, job);
    if matches!(answer, Err(Failure::Keyring(KeyringError::PlatformFailure(_)))) {
        // The service may have been restarted: what was connected is of no use any more.
        *connected = None;
        if reused {
            return attempt(connected, job).map_err(Failure::told);
        }
    }
    answer.map_err(Failure::told)
}

fn attempt(connected: &mut Option<Arc<Store>>, job: &Job) -> Result<Option<SecretKey>, Failure> {
    let store = match connected {
        Some(store) => store,
        None => connected.insert(Store::new().map_err(Failure::Connect)?),
    };
    let labelled = HashMap::from([("label", "PMI account key")]);
    let entry: Entry = store.build(&job.service, &job.name, Some(&labelled))?;
    match &job.what {
        What::Set(key) => entry
            .set_secret(key.expose())
            .map(|()| None)
            .map_err(Failure::Keyring),
        What::Get => match entry.get_secret().map(Zeroizing::new) {
            Ok(bytes) => {
                let key = bytes
                    .as_slice()
                    .try_into()
                    .map_err(|_| Failure::NotAKey(job.name.clone()))?;
                Ok(Some(SecretKey::new(key)))
            }
            Err(KeyringError::NoEntry) => missing(),
            Err(error) => Err(error.into()),
        },
        What::Delete => match entry.delete_credential() {
            Ok(()) => Ok(None),
            Err(KeyringError::NoEntry) => missing(),
            Err(error) => Err(error.into()),
        },
    }
}

/// "No such entry" is believed only of a keyring that is open: a service may not see into one that is not.
fn missing() -> Result<Option<SecretKey>, Failure> {
    let service = SecretService::connect(EncryptionType::Plain).map_err(Failure::Service)?;
    let locked = service
        .get_default_collection()
        .and_then(|keyring| keyring.is_locked());
    match locked {
        Ok(false) => Ok(None),
        Ok(true) => Err(Failure::Service(ServiceError::Locked)),
        Err(error) => Err(Failure::Service(error)),
    }
}

enum Failure {
    /// At connecting.
    Connect(KeyringError),
    /// Later.
    Keyring(KeyringError),
    /// Of the question whether the keyring is open.
    Service(ServiceError),
    /// What is stored has another length. Holds the entry's name.
    NotAKey(String),
}

impl From<KeyringError> for Failure {
    fn from(error: KeyringError) -> Self {
        Self::Keyring(error)
    }
}

impl Failure {
    fn told(self) -> SecretError {
        const START: &str =
            "start a Secret Service such as gnome-keyring in this session, or choose another store";
        let unlock = |why: String| SecretError::Locked(format!("{why}: unlock your keyring, then try again"));
        match self {
            Self::Connect(error @ KeyringError::PlatformFailure(_)) => {
                SecretError::Unavailable(format!("{START} ({error})"))
            }
            Self::Connect(error) | Self::Keyring(error) => match error {
                KeyringError::NoStorageAccess(_) => unlock(error.to_string()),
                KeyringError::PlatformFailure(_) if error.to_string().contains("AccessDenied") => {
                    SecretError::Denied(error.to_string())
                }
                // The bytes that these hold are not shown.
                KeyringError::BadEncoding(_) | KeyringError::BadDataFormat(..) => {
                    SecretError::Corrupt("the entry is not what was stored".to_owned())
                }
                KeyringError::Ambiguous(_) => {
                    SecretError::Corrupt("several entries have this name: remove all but one".to_owned())
                }
                other => SecretError::Failed(other.to_string()),
            },
            Self::Service(ServiceError::Locked | ServiceError::Prompt | ServiceError::PromptDisconnected) => {
                unlock("the entry cannot be looked for".to_owned())
            }
            // KeePassXC without an open database has no collection at all.
            Self::Service(ServiceError::NoResult) => unlock("no keyring is open".to_owned()),
            Self::Service(error @ ServiceError::Unavailable) => {
                SecretError::Unavailable(format!("{START} ({error})"))
            }
            Self::Service(error) => SecretError::Failed(error.to_string()),
            Self::NotAKey(name) => SecretError::Corrupt(format!("{name} is not a 32-byte key")),
        }
    }
}

fn no_thread() -> SecretError {
    SecretError::Failed("the system has no thread to give".to_owned())
}

fn defect() -> SecretError {
    SecretError::Failed("the library that talks to it gave up".to_owned())
}
