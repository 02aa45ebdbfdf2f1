//! The front door.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;

use crate::audit::Audit;
use crate::command::Outbox;
use crate::error::{Error, Result};
use crate::model::{Capabilities, Conditions, Connectivity, Salvage, SuspendReport, SyncReport};
use crate::ports::{Ports, random_hex};
use crate::query::Queries;
use crate::screens::Screens;
use crate::services::{
    AccountService, BookingsService, CentersService, Diagnosed, DiagnosticsService, Inner,
    NotificationsService, OutboxService, PlatformService, VehiclesService, pending_answers,
};
use crate::session::{Link, Session};
use crate::store::{CAP_RANGE, CacheFile, DEFAULT_CAP, DurableFile, FileProtection, Folder};
use crate::tasks::{Subscription, Tasks, Values};
use crate::transport::{Origin, Transport, TransportConfig};

/// The zone of a booking's wall time on a server that does not name it (v1, Q11).
const DEFAULT_CENTER_ZONE: &str = "Asia/Kolkata";

/// What a client needs to know before it opens.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// The server, such as `https://pmi.example`. `http` is taken for this machine only.
    pub server: String,
    /// Where what must not be lost is kept: the session and the unsent bookings. Not in a backup, whose restored files would
    /// be without their keys: Android's shell passes a folder in `Context.getNoBackupFilesDir()`; on iOS, where it is one in
    /// `Application Support`, the library excludes the folder itself and has its files readable from the first unlock on.
    pub data_dir: PathBuf,
    /// Where what can be read again is kept. The system may empty it at any time. Android: a folder in `Context.getCacheDir()`; iOS:
    /// one in `Library/Caches`. Elsewhere it is marked with a `CACHEDIR.TAG`.
    pub cache_dir: PathBuf,
    /// IANA name of the zone the service centres' clocks show, for a server that does not say. `Asia/Kolkata` by default.
    pub center_time_zone: String,
    /// Bytes that the cache takes at most, with what belongs to its file (`-wal`, `-shm`); what was read longest ago makes
    /// room. 64,000,000 by default; 1,000,000 to 1,000,000,000,000 are taken. An answer of more than 1.9 MB (34 KB under the
    /// least cap) is not kept on disk. Damaged files that were set aside, two at most, are not counted.
    pub cache_cap: u64,
    /// When iOS lets what is in both directories be read: from the first unlock since the device was started by default, so that a
    /// locked phone sends what waits. Means nothing elsewhere.
    pub file_protection: FileProtection,
    /// Deadlines and limits of requests.
    pub transport: TransportConfig,
}

impl ClientConfig {
    /// A configuration with both directories below `dir` and every default.
    #[must_use]
    pub fn new(server: impl Into<String>, dir: &Path) -> Self {
        Self {
            server: server.into(),
            data_dir: dir.join("data"),
            cache_dir: dir.join("cache"),
            center_time_zone: DEFAULT_CENTER_ZONE.to_owned(),
            cache_cap: DEFAULT_CAP,
            file_protection: FileProtection::default(),
            transport: TransportConfig::default(),
        }
    }
}

/// A client of one server. Cheap to clone; clones are the same client.
///
/// Calls may be awaited on any executor. What a call started goes on when its future is dropped. Every call that gives a `Result` gives
/// `Suspended` between [`suspend`](Self::suspend) and [`resume`](Self::resume), and `Closed` after [`close`](Self::close), whether or
/// not its own list of errors says so.
#[derive(Clone)]
pub struct PmiClient {
    inner: Arc<Inner>,
    set_aside: Arc<[PathBuf]>,
    salvaged: Option<Salvage>,
}

impl PmiClient {
    /// Opens the two files and nothing else: no network, no keychain, a few milliseconds (the first time, when the files are
    /// made and synced, some tens).
    ///
    /// # Errors
    /// `InvalidInput` for a server that is no origin, a zone that does not exist or a cap out of range; `Storage` if a file cannot be opened (a
    /// damaged one is set aside and told by [`set_aside`](Self::set_aside) instead).
    pub fn open(config: &ClientConfig, ports: Ports) -> Result<Self> {
        Self::open_with(config, ports, Tasks::start)
    }

    /// The same for a program that has a tokio runtime already: the client starts no threads and its tasks run there, with
    /// time and I/O enabled as its ports need them. `close`, or dropping the last clone, ends them at their next await, and
    /// nothing else of that runtime.
    ///
    /// The client's work on its files is done within its tasks, some milliseconds at a time: on a runtime of one thread it
    /// delays what else runs there. If the runtime ends before the client is closed, calls give `Closed`.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn open_on(config: &ClientConfig, ports: Ports, runtime: tokio::runtime::Handle) -> Result<Self> {
        Self::open_with(config, ports, || Ok(Tasks::on(runtime)))
    }

    fn open_with(config: &ClientConfig, ports: Ports, tasks: impl FnOnce() -> Result<Tasks>) -> Result<Self> {
        let origin = Origin::parse(&config.server)?;
        let zone = TimeZone::get(&config.center_time_zone).map_err(|_| Error::InvalidInput {
            field: "center_time_zone".to_owned(),
            reason: "not an IANA time zone; Asia/Kolkata is one".to_owned(),
        })?;
        if !CAP_RANGE.contains(&config.cache_cap) {
            let (least, most) = (CAP_RANGE.start(), CAP_RANGE.end());
            return Err(Error::InvalidInput {
                field: "cache_cap".to_owned(),
                reason: format!("not between {least} and {most} bytes"),
            });
        }
        let now = ports.clock.wall();
        let protection = config.file_protection;
        let folder = |dir| Folder { dir, protection };
        let durable = DurableFile::open(folder(&config.data_dir), now, &*ports.random)?;
        let cache = CacheFile::open(folder(&config.cache_dir), config.cache_cap, now)?;
        let set_aside: Arc<[PathBuf]> = [durable.set_aside, cache.set_aside]
            .into_iter()
            .flatten()
            .collect();
        let (durable, cache) = (Arc::new(durable.store), Arc::new(cache.store));
        let salvaged = durable.salvage()?;

        let tasks = tasks()?;
        let ports = Ports {
            sleep: tasks.handle().timers(Arc::clone(&ports.sleep)),
            ..ports
        };
        let audit = Audit::new(Arc::clone(&durable), origin.to_string(), ports.clone());
        let transport = Transport::new(
            ports.clone(),
            origin.clone(),
            config.transport.clone(),
            audit.clone(),
        )
        .kept_in(Arc::clone(&durable));
        let link = Arc::new(Link::new(
            transport,
            origin,
            Arc::clone(&durable),
            ports.clone(),
            zone,
            tasks.handle().repeatable(),
            audit.clone(),
        ));
        link.start();
        let session = Arc::new(Session::new(
            link,
            Arc::clone(&durable),
            Arc::clone(&cache),
            config.data_dir.clone(),
            ports.clone(),
            audit.clone(),
            tasks.handle(),
        ));
        let queries = Arc::new(Queries::new(
            Arc::clone(&session),
            cache,
            ports.clone(),
            tasks.handle().repeatable(),
        ));
        let outbox = Arc::new(Outbox::new(
            Arc::clone(&session),
            Arc::clone(&queries),
            Arc::clone(&durable),
            config.data_dir.clone(),
            ports.clone(),
            audit.clone(),
            random_hex(&*ports.random)?,
        ));
        queries.spare(pending_answers(&outbox));
        queries.start();
        outbox.start(&tasks.handle());
        let diagnosed = Diagnosed {
            audit,
            durable,
            set_aside: u32::try_from(set_aside.len()).unwrap_or(u32::MAX),
        };
        let inner = Arc::new(Inner::new(session, queries, outbox, diagnosed, ports, tasks));
        Ok(Self {
            inner,
            set_aside,
            salvaged,
        })
    }

    /// What an app's screens show.
    #[must_use]
    pub fn screens(&self) -> Screens {
        Screens {
            inner: Arc::clone(&self.inner),
        }
    }

    /// The person: signing in and out, who they are, what they may do.
    #[must_use]
    pub fn account(&self) -> AccountService {
        AccountService {
            inner: Arc::clone(&self.inner),
        }
    }

    /// The customer's vehicles.
    #[must_use]
    pub fn vehicles(&self) -> VehiclesService {
        VehiclesService {
            inner: Arc::clone(&self.inner),
        }
    }

    /// The customer's bookings.
    #[must_use]
    pub fn bookings(&self) -> BookingsService {
        BookingsService {
            inner: Arc::clone(&self.inner),
        }
    }

    /// The service centres.
    #[must_use]
    pub fn centers(&self) -> CentersService {
        CentersService {
            inner: Arc::clone(&self.inner),
        }
    }

    /// The customer's notifications.
    #[must_use]
    pub fn notifications(&self) -> NotificationsService {
        NotificationsService {
            inner: Arc::clone(&self.inner),
        }
    }

    /// What was accepted here and is not done yet.
    #[must_use]
    pub fn outbox(&self) -> OutboxService {
        OutboxService {
            inner: Arc::clone(&self.inner),
        }
    }

    /// The server itself.
    #[must_use]
    pub fn platform(&self) -> PlatformService {
        PlatformService {
            inner: Arc::clone(&self.inner),
        }
    }

    /// Why things are as they are: who was signed out and why, what is waited for.
    #[must_use]
    pub fn diagnostics(&self) -> DiagnosticsService {
        DiagnosticsService {
            inner: Arc::clone(&self.inner),
        }
    }

    /// What the server can do: screens obey it. See [`PlatformService::capabilities`].
    ///
    /// # Errors
    /// Those of [`PlatformService::capabilities`].
    pub async fn capabilities(&self) -> Result<Capabilities> {
        self.platform().capabilities().await
    }

    /// For a background task that has some seconds (`WorkManager`, `BGAppRefreshTask`): sends what is to be sent, as
    /// [`OutboxService::send`] does, and then reads ahead what a person will look at next: the lists of vehicles, bookings and
    /// notifications, and the details of up to four vehicles, the two in the worst health and the two that were looked at last.
    /// Only what is older than it may be is asked for, one after the other, the cheapest first, by ETag where the server has
    /// them; nothing that would not come in time. What was read is there without a network afterwards, in every process.
    ///
    /// Ends by `deadline`, but for the milliseconds that the files take; earlier, if nothing is left to do or can be done now.
    /// What is under way then goes on as long as the client is open; a write that is cut off is found out about later, by
    /// whoever sends next. Of several processes one sends at a time.
    ///
    /// [`set_conditions`](Self::set_conditions) is heeded. While the client is open neither is needed for writes: it sends by
    /// itself.
    ///
    /// A client that is suspended is opened for this alone, and suspended again before this returns, unless `resume` was called
    /// meanwhile; other calls go on giving `Suspended`. It then runs to its end also if the caller stops waiting. A suspension
    /// that is under way is waited for first, which counts as time of this; if it takes all of it nothing was done, and
    /// `Suspended` says so: the task has failed and is to be run again (`Result.retry()`, `setTaskCompleted(success: false)`).
    ///
    /// # Errors
    /// `SignInNeeded`, `Storage`, `Closed`; `Locked` if the keys cannot be read, or not in time; `Suspended` if
    /// [`suspend`](Self::suspend) was called meanwhile, or was under way until `deadline`. That the network or the server kept
    /// it from sending or reading is no error, but in the report.
    pub async fn sync(&self, deadline: Duration) -> Result<SyncReport> {
        Inner::sync(&self.inner, deadline).await
    }

    /// What the shell knows of the device and the core is to heed: see [`Conditions`]. Nothing is held back until it is said; say
    /// it on each change.
    pub fn set_conditions(&self, conditions: Conditions) {
        self.inner.session.link().set_low_battery(conditions.low_battery);
        self.inner.outbox.set_conditions(conditions);
    }

    /// Holds nothing any more: no file, no lock, no task, no connection. For iOS, which kills an app that holds the lock of a file when
    /// it is suspended (0xdead10cc).
    ///
    /// Nothing new is begun: reads under way end with `Suspended`, and so do all calls from now on until
    /// [`resume`](Self::resume). What cannot simply be asked again (a refresh, a write being sent, a sign-in) is given until the
    /// deadline; what takes longer is ended as a kill would end it, and found out about later: a write is looked up, a refresh
    /// asked for once more. A deadline of zero is allowed. Returns when all is closed, a few milliseconds after
    /// the last of these. Runs to its end also if the caller stops waiting.
    ///
    /// Observations stay: they are silent meanwhile, but for what a [`sync`](Self::sync) meanwhile brings, and go on afterwards. A booking that was accepted is as safe as ever.
    ///
    /// Twice is no error: the second waits for the first, no longer than its own deadline. With `resume` meanwhile the last word
    /// wins, and the report says so.
    ///
    /// When to call it: on iOS when the scene enters the background, within `beginBackgroundTask`, with a deadline some seconds
    /// below `backgroundTimeRemaining` (5 s is enough for nearly every exchange), and `endBackgroundTask` when it returns;
    /// likewise at the end of an extension. On Android it is not needed, and harmless; desktops never need it.
    ///
    /// # Errors
    /// `Closed`.
    pub async fn suspend(&self, deadline: Duration) -> Result<SuspendReport> {
        Inner::suspend(&self.inner, deadline).await
    }

    /// Goes on after [`suspend`](Self::suspend), within a few milliseconds: opens the files, sends what waits, asks again for
    /// what is observed and too old by now. Asks no secret store and no server who is signed in. One that was not suspended is
    /// left as it is; a suspension under way is given up. To be called when the app enters the foreground.
    ///
    /// # Errors
    /// `Storage` if the file with the session and the unsent bookings cannot be opened, or is gone or damaged: the client stays
    /// suspended. Try again, or open another client, which sets a damaged file aside. `Closed`. A cache that cannot be opened is no
    /// error: answers are not kept meanwhile, and it is looked for once a minute.
    pub async fn resume(&self) -> Result<()> {
        self.inner.resume().await
    }

    /// Whether the server can be reached, by the last that was said or seen; the present state at once, then each change. For a
    /// banner: nothing needs to be done about it, calls may be made in any state.
    #[must_use]
    pub fn connectivity(&self) -> tokio::sync::watch::Receiver<Connectivity> {
        self.inner.session.link().connectivity()
    }

    /// Has it, the present state first, given to `callback` after each change, as
    /// [`Observation::subscribe`](crate::Observation::subscribe) does; until the subscription is dropped or the client closed.
    ///
    /// # Errors
    /// `Closed`.
    pub fn subscribe_connectivity(
        &self,
        callback: impl Fn(Connectivity) + Send + Sync + 'static,
    ) -> Result<Subscription> {
        let inner = Inner::guard(&self.inner)?;
        let states = Values::of(inner.session.link().connectivity());
        Ok(Subscription::start(&inner.handle(), states, callback))
    }

    /// What the system says of the network. `false` is believed: nothing is tried, and reads under way end with `Offline`.
    /// `true` is a hint: what waited for a network is tried at once, over fresh connections, and a read under way that is not
    /// answered within a second is asked again; a server's wish to be left alone is not cut short. Say it on each change of
    /// networks too. A client that is never told finds out by itself, within 15 s while something waits for it (an unsent
    /// write, an observer of an old answer).
    pub fn set_network(&self, up: bool) {
        self.inner.session.link().set_network(up);
        if up {
            self.inner.outbox.wake();
        }
    }

    /// From now on nothing new is sent (`true`), because the caller wants it so, or things are sent again.
    pub fn set_offline(&self, offline: bool) {
        self.inner.session.link().set_offline(offline);
        if !offline {
            self.inner.outbox.wake();
        }
    }

    /// Files that were damaged when this client opened and were set aside, for support.
    #[must_use]
    pub fn set_aside(&self) -> &[PathBuf] {
        &self.set_aside
    }

    /// What could be saved when the file of the session and the unsent bookings was found damaged, now or at an earlier opening.
    /// Tell the person, and then say so with [`salvage_seen`](Self::salvage_seen).
    #[must_use]
    pub fn salvaged(&self) -> Option<&Salvage> {
        self.salvaged.as_ref()
    }

    /// The person has seen it: the next client does not tell it again.
    ///
    /// # Errors
    /// `Storage`, `Closed`.
    pub fn salvage_seen(&self) -> Result<()> {
        Ok(Inner::guard(&self.inner)?.diagnosed.durable.salvage_seen()?)
    }

    /// Ends what is under way at its next wait and closes both files; every call from now on, of every clone, gives `Closed`.
    /// Twice is no error, nor while it is suspended. Dropping the last clone, with its services, does the same.
    pub fn close(&self) {
        self.inner.close();
    }
}

impl std::fmt::Debug for PmiClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PmiClient")
            .field("server", &self.inner.session.link().origin().to_string())
            .finish()
    }
}
