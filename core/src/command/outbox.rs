//! The outbox of one client: what services ask of it, and what it shows.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::{Either, select};
use tokio::sync::watch;

use super::conditions::Heeded;
use super::items;
use super::ledger::{Entry, Ledger};
use super::plan::Now;
use super::signals::{Rest, Signals};
use super::upload::Uplink;
use crate::audit::Audit;
use crate::error::{Error, Result};
use crate::model::{BookingId, Conditions, OutboxItem, OutboxItemId, Waiting, WriteState};
use crate::ports::{Ports, random_hex};
use crate::query::Queries;
use crate::session::{Account, Session};
use crate::store::{Chain, ChainId, DurableFile, Lease, OutboxKeys};

/// The outbox of one client.
pub(crate) struct Outbox {
    pub(super) session: Arc<Session>,
    pub(super) queries: Arc<Queries>,
    pub(super) durable: Arc<DurableFile>,
    pub(super) data_dir: PathBuf,
    pub(super) ports: Ports,
    pub(super) audit: Audit,
    /// What this client is called in a lease.
    pub(super) holder: String,
    pub(super) signals: Signals,
    /// Counts what happened to writes, for those who observe them.
    pub(super) changes: watch::Sender<u64>,
    /// The right to send, while it is had.
    pub(super) held: Mutex<Option<Lease>>,
    /// Whether the server said "later" to the last write it was sent.
    pub(super) told_later: AtomicBool,
    /// How large a part of a photo may be.
    pub(super) uplink: Uplink,
    /// What the shell said of the device.
    pub(super) heeded: Heeded,
    /// When there was last nothing to show.
    quiet: Mutex<Quiet>,
}

/// That there was nothing to show over answers as new as this, so that a read from memory stays one.
#[derive(Default)]
struct Quiet {
    epoch: u64,
    revision: i64,
    changes: u64,
    at: Duration,
}

/// How long that is believed: another process may have accepted something.
const QUIET: Duration = Duration::from_secs(1);

/// The account whose outbox it is now, with its keys.
pub(super) struct Owner {
    pub(super) account: Arc<Account>,
    pub(super) keys: OutboxKeys,
}

impl Outbox {
    pub(crate) fn new(
        session: Arc<Session>,
        queries: Arc<Queries>,
        durable: Arc<DurableFile>,
        data_dir: PathBuf,
        ports: Ports,
        audit: Audit,
        holder: String,
    ) -> Self {
        Self {
            session,
            queries,
            durable,
            data_dir,
            ports,
            audit,
            holder,
            signals: Signals::default(),
            changes: watch::Sender::new(0),
            held: Mutex::default(),
            told_later: AtomicBool::new(false),
            uplink: Uplink::default(),
            heeded: Heeded::default(),
            quiet: Mutex::default(),
        }
    }

    /// Whether there is nothing to show over an answer of this revision, as far as was seen a moment ago.
    pub(super) fn is_quiet(&self, account: &Account, revision: i64) -> bool {
        let quiet = self.quiet.lock().unwrap_or_else(PoisonError::into_inner);
        let age = self.ports.clock.elapsed().saturating_sub(quiet.at);
        quiet.epoch == account.epoch()
            && quiet.revision <= revision
            && quiet.changes == *self.changes.borrow()
            && age < QUIET
    }

    /// Notes that there is nothing to show over an answer of this revision; `changes` as they were before that was looked for.
    pub(super) fn note_quiet(&self, account: &Account, revision: i64, changes: u64) {
        *self.quiet.lock().unwrap_or_else(PoisonError::into_inner) = Quiet {
            epoch: account.epoch(),
            revision,
            changes,
            at: self.ports.clock.elapsed(),
        };
    }

    /// The writes that are not done: to be sent, on their way, or in need of a person; and, with `all`, those that were done
    /// or taken back of late. In order of acceptance.
    pub(crate) async fn list(&self, all: bool) -> Result<Vec<OutboxItem>> {
        let owner = self.owner().await?;
        self.list_of(&owner, all)
    }

    pub(super) fn list_of(&self, owner: &Owner, all: bool) -> Result<Vec<OutboxItem>> {
        let id = owner.account.id();
        let rows = if all {
            self.durable.outbox_all(id)?
        } else {
            self.durable.outbox_since(id, i64::MAX)?
        };
        let entries = self.ledger(owner).open_all(rows);
        let mut shown = Vec::with_capacity(entries.len());
        for entry in &entries {
            shown.extend(self.show(owner, entry, &entries)?);
        }
        Ok(shown)
    }

    /// One write, in whatever state.
    pub(crate) async fn item(&self, id: OutboxItemId) -> Result<OutboxItem> {
        let owner = self.owner().await?;
        self.item_of(&owner, id)
    }

    pub(super) fn item_of(&self, owner: &Owner, id: OutboxItemId) -> Result<OutboxItem> {
        let ledger = self.ledger(owner);
        let chain = self
            .durable
            .outbox(owner.account.id(), |tx| -> Result<Option<(Entry, Vec<Entry>)>> {
                let Some(row) = tx.item(id.0)? else {
                    return Ok(None);
                };
                let all = ledger.open_all(tx.items(&row.chain)?);
                Ok(ledger.open(row).map(|entry| (entry, all)))
            })?;
        let (entry, all) = chain.ok_or_else(|| no_such(id))?;
        self.show(owner, &entry, &all)?.ok_or_else(|| no_such(id))
    }

    pub(super) fn show(&self, owner: &Owner, entry: &Entry, all: &[Entry]) -> Result<Option<OutboxItem>> {
        let chain = self.durable.chain(owner.account.id(), &entry.row.chain)?;
        Ok(chain.map(|chain| self.show_in(owner, entry, &chain, all)))
    }

    pub(super) fn show_in(&self, owner: &Owner, entry: &Entry, chain: &Chain, all: &[Entry]) -> OutboxItem {
        let mut item = items::show(&self.ledger(owner), entry, chain, all, &self.now());
        if self.heeded.holds(entry) && item.state == WriteState::Queued {
            item.waiting = Some(Waiting::DataSaver);
        }
        // What keeps the one before it keeps this one too.
        if item.waiting == Some(Waiting::Turn) {
            // Without a network that is clear before the loop has looked.
            let is_offline = self.session.link().is_offline();
            item.waiting = Some(if is_offline {
                Waiting::Network
            } else {
                self.signals.waiting()
            });
        }
        item
    }

    /// What waited for a network goes now.
    pub(crate) fn wake(&self) {
        self.signals.push();
    }

    /// Changes whenever something happens to a write here.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Wakes whoever observes: the client is closed.
    pub(crate) fn end_observations(&self) {
        self.changes.send_modify(|times| *times += 1);
    }

    /// Changes whenever the loop that sends comes to rest.
    pub(crate) fn rests(&self) -> watch::Receiver<Rest> {
        self.signals.rests()
    }

    /// The write, once nothing more happens to it by itself, or as it stands when the time is up.
    pub(crate) async fn settled(&self, id: OutboxItemId, patience: Duration) -> Result<OutboxItem> {
        let mut changes = self.changes();
        let time_up = self.ports.sleep.sleep(patience);
        let mut time_up = std::pin::pin!(time_up);
        loop {
            changes.borrow_and_update();
            let item = self.item(id).await?;
            if item.state.is_settled() || matches!(item.state, WriteState::Blocked { .. }) {
                return Ok(item);
            }
            let changed = std::pin::pin!(changes.changed());
            match select(changed, &mut time_up).await {
                Either::Left((Ok(()), _)) => {}
                Either::Left((Err(_), _)) => return Err(Error::Closed),
                Either::Right(_) => return Ok(item),
            }
        }
    }

    /// What the shell said of the device.
    pub(crate) fn conditions(&self) -> Conditions {
        self.heeded.conditions()
    }

    /// The shell says how the device is. What may go from now on goes.
    pub(crate) fn set_conditions(&self, conditions: Conditions) {
        self.heeded.set(conditions);
        self.changes.send_modify(|times| *times += 1);
        self.signals.push();
    }

    pub(super) async fn owner(&self) -> Result<Owner> {
        let account = self.session.account().await?;
        let keys = self.session.outbox_keys(&account).await?;
        Ok(Owner { account, keys })
    }

    pub(super) fn ledger<'a>(&'a self, owner: &'a Owner) -> Ledger<'a> {
        Ledger {
            keys: &owner.keys,
            random: &*self.ports.random,
        }
    }

    pub(super) fn now(&self) -> Now {
        Now {
            boot: self.ports.clock.boot_time(),
            wall: self.ports.clock.wall(),
            server: self.session.link().server_time_known(),
        }
    }

    /// Tells whoever looks at writes, or at what they change. `settled`: the server has something new too.
    pub(super) fn changed(&self, account: &Account, settled: bool) {
        self.changes.send_modify(|times| *times += 1);
        self.queries.touch(account, settled);
    }

    /// 128 random bits in hex.
    pub(super) fn random_id(&self) -> Result<String> {
        random_hex(&*self.ports.random)
    }

    /// The booking by the server's id, where a local one was given and the server has named it by now.
    pub(crate) async fn resolve(&self, id: &BookingId) -> Result<BookingId> {
        let Some(chain) = id.local_name().and_then(ChainId::parse) else {
            return Ok(id.clone());
        };
        let owner = self.owner().await?;
        let chain = self.durable.chain(owner.account.id(), &chain)?;
        Ok(chain.map_or_else(
            || id.clone(),
            |chain| items::booking_of(&self.ledger(&owner), &chain),
        ))
    }
}

pub(super) fn no_such(id: OutboxItemId) -> Error {
    Error::InvalidInput {
        field: "id".to_owned(),
        reason: format!("there is no outbox item {id}: list the outbox to see what there is"),
    }
}
