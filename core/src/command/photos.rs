//! Photos in the outbox: accepted with a booking or behind it, and shown.
//!
//! Promised: a booking and its photos are accepted in one transaction, fsynced, so that neither is there without the other
//! (scenario 22); a photo's bytes lie on disk sealed, in parts, and only while they may still be sent; all photos of one
//! account on this device together stay within [`ROOM`].

use ring::digest::{SHA256, digest};

use super::accept::used;
use super::ledger::Entry;
use super::outbox::{Outbox, Owner};
use super::stored::{About, Command};
use crate::error::{Error, Result, StorageFault};
use crate::model::{BookingId, BookingPhoto, OutboxItem, Photo, VehicleId};
use crate::ports::random_hex;
use crate::store::{ChainId, ItemState, OutboxTx};

/// The most bytes of one account's photos that wait on this device.
const ROOM: u64 = 64 * 1024 * 1024;

/// A photo is sealed in parts of so many bytes: what is sent at once is cut from them, and no more is opened.
pub(super) const SEALED_PART: usize = 64 * 1024;

impl Outbox {
    /// Accepts a photo of a booking. `vehicle`: the booking's.
    pub(crate) async fn add_photo(
        &self,
        id: &BookingId,
        vehicle: Option<VehicleId>,
        photo: &Photo,
        operation_id: Option<String>,
    ) -> Result<OutboxItem> {
        let owner = self.owner().await?;
        let operation_id = self.operation_id(operation_id)?;
        self.check_photos()?;
        self.accept(&owner, |tx| {
            let (chain, is_new) = self.chain_of(&owner, tx, id, vehicle)?;
            if let Some(row) = tx.item_of(&owner.keys.operation_hash(&operation_id))? {
                let (seq, is_of_this) = (row.seq, row.chain == chain.id);
                let is_it = |entry: Entry| entry.stored.command == adds(photo);
                let same = is_of_this && self.ledger(&owner).open(row).is_none_or(is_it);
                return if same { Ok(seq) } else { Err(used(seq)) };
            }
            if is_new {
                tx.add_chain(&chain)?;
            }
            let entries = self.ledger(&owner).chain(tx, &chain)?;
            let known = entries.iter().filter(|entry| is_counted(entry)).count();
            check_count(known + 1)?;
            check_room(tx, photo.size())?;
            self.attach(&owner, tx, &chain.id, operation_id, photo)
        })
    }

    /// Accepts the photos of a booking that is being accepted.
    pub(super) fn attach_all(
        &self,
        owner: &Owner,
        tx: &OutboxTx<'_>,
        chain: &ChainId,
        photos: &[Photo],
    ) -> Result<()> {
        check_room(tx, photos.iter().map(Photo::size).sum())?;
        for photo in photos {
            self.attach(owner, tx, chain, self.random_id()?, photo)?;
        }
        Ok(())
    }

    fn attach(
        &self,
        owner: &Owner,
        tx: &OutboxTx<'_>,
        chain: &ChainId,
        operation_id: String,
        photo: &Photo,
    ) -> Result<i64> {
        let (seq, uid) = self.add_with_uid(owner, tx, chain, operation_id, adds(photo))?;
        let about = About {
            name: random_hex(&*self.ports.random)?,
            sha256: hex(digest(&SHA256, photo.bytes()).as_ref()),
        };
        let ledger = self.ledger(owner);
        let attachment = tx.add_attachment(seq, photo.size(), &ledger.seal_about(&uid, &about)?)?;
        for (number, part) in (0..).zip(photo.bytes().chunks(SEALED_PART)) {
            tx.add_part(attachment, number, &ledger.seal_part(&uid, number, part)?)?;
        }
        Ok(seq)
    }

    /// Whether the server takes photos, as far as it is known.
    pub(super) fn check_photos(&self) -> Result<()> {
        if let Some(dialect) = self.session.link().known_dialect()? {
            dialect.must("photos", |can| can.photos)?;
        }
        Ok(())
    }

    /// Puts the photos that an answer of this revision lacks into it, and the writes beside those that are not done.
    pub(crate) async fn over_photos(
        &self,
        id: &BookingId,
        revision: i64,
        photos: &mut Vec<BookingPhoto>,
    ) -> Result<()> {
        let owner = self.owner().await?;
        let account = owner.account.id();
        let ledger = self.ledger(&owner);
        let entries = ledger.open_all(self.durable.outbox_since(account, revision)?);
        for entry in entries.iter().filter(|entry| entry.is_photo()) {
            let Some(item) = self.show(&owner, entry, &entries)? else {
                continue;
            };
            let names_it = item.booking.as_ref() == Some(id)
                || id
                    .local_name()
                    .is_some_and(|name| name == entry.row.chain.as_str());
            let Command::AddPhoto { format, size } = &entry.stored.command else {
                continue;
            };
            let about = self.durable.attachment_about(account, entry.row.seq)?;
            let about = about.and_then(|sealed| ledger.about(&entry.row.uid, &sealed));
            let Some(about) = about.filter(|_| names_it) else {
                continue;
            };
            let is_done = entry.state() == ItemState::Done;
            let shown = BookingPhoto {
                kind: Some(format.clone()),
                size: *size,
                arrived: entry.row.upload.map_or(0, |upload| upload.sent),
                complete: is_done,
                pending: (!is_done).then(|| Box::new(item)),
                name: about.name,
            };
            match photos.iter_mut().find(|photo| photo.name == shown.name) {
                // It arrived, and this device does not know yet.
                Some(there) if there.complete => there.pending = shown.pending,
                Some(there) => *there = shown,
                None => photos.push(shown),
            }
        }
        Ok(())
    }
}

fn adds(photo: &Photo) -> Command {
    Command::AddPhoto {
        format: photo.kind().clone(),
        size: photo.size(),
    }
}

/// Sent, to be sent, or in need of a person.
fn is_counted(entry: &Entry) -> bool {
    entry.is_photo() && entry.state() != ItemState::Withdrawn
}

/// Whether a booking takes so many photos.
pub(super) fn check_count(photos: usize) -> Result<()> {
    if photos <= Photo::MOST {
        return Ok(());
    }
    Err(Error::InvalidInput {
        field: "photos".to_owned(),
        reason: format!("a booking has at most {} photos", Photo::MOST),
    })
}

/// Whether there is room for so many bytes more.
fn check_room(tx: &OutboxTx<'_>, more: u64) -> Result<()> {
    if more == 0 || tx.attached()?.saturating_add(more) <= ROOM {
        return Ok(());
    }
    Err(Error::Storage {
        why: StorageFault::Full,
        reason: "your photos on this device that are not sent yet would be more than 64 MiB: let some be sent first, or give some \
                 up"
            .to_owned(),
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
