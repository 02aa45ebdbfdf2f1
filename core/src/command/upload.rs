//! Sending one photo, part by part.
//!
//! Promised: before anything is sent the server says how much it has, so that a cut, a kill or a lost answer costs one part and
//! not the photo (docs/adr/0019); each part is an exchange of its own under the right to send, which is gone on with in between;
//! after each part whatever else can be sent goes first; a photo is called done only when the server has all of it and its
//! digest is right. Not promised: that a photo which is given up half way leaves nothing at the server; what is not whole is
//! no photo there.

use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use zeroize::Zeroizing;

use super::came::{Came, waiting_for};
use super::ledger::Entry;
use super::look::NEVER_MADE;
use super::machine::Event;
use super::outbox::{Outbox, Owner};
use super::photos::SEALED_PART;
use super::sender::{Known, LEASE, Pause};
use super::stored::{About, Outcome};
use super::turns::Next;
use crate::api::{ApiError, DeclarePhoto, ListPhotos, SendPart, Stands};
use crate::error::{Error, OfflineReason, Refusal, Result};
use crate::model::{BookingId, Waiting};
use crate::session::Failure;
use crate::store::{Attachment, Lease, StoreError};
use crate::transport::Fault;

/// The first part of an upload, in bytes: its answer tells how fast the way is.
const FIRST: usize = 64 * 1024;

/// The largest part that a server takes.
const LARGEST: usize = 256 * 1024;

/// The smallest: over the slowest of phone networks it takes some 10 s.
const SMALLEST: usize = 16 * 1024;

/// A part that took no longer is followed by one twice as large; well below the silence that ends an exchange (15 s).
const QUICK: Duration = Duration::from_secs(4);

/// How large the next part is: as large as the way has shown to carry in time.
pub(super) struct Uplink(AtomicUsize);

impl Default for Uplink {
    fn default() -> Self {
        Self(AtomicUsize::new(FIRST))
    }
}

impl Uplink {
    fn part(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    fn carried(&self, took: Duration) {
        if took <= QUICK {
            self.0.store((self.part() * 2).min(LARGEST), Ordering::Relaxed);
        }
    }

    fn was_too_slow(&self) {
        self.0.store((self.part() / 4).max(SMALLEST), Ordering::Relaxed);
    }
}

/// A photo as it lies here.
struct Held {
    attachment: Attachment,
    about: About,
}

impl Outbox {
    /// Claims the photo, sends what the server lacks of it, and writes down how far it came.
    pub(super) async fn upload(
        &self,
        owner: &Owner,
        lease: &mut Lease,
        entry: &Entry,
        known: &Known,
    ) -> Result<Option<Pause>> {
        if self.claim(owner, lease, entry)?.is_none() {
            return Ok(Some(Pause::LeaseLost));
        }
        let came = match (self.number_of(owner, entry)?, self.held(owner, entry)?) {
            (None, _) => Came::refused(Refusal::NotFound, NEVER_MADE.to_owned(), None),
            (_, None) => {
                let code = "unreadable".to_owned();
                let reason = "the photo can no longer be read on this device: add it again".to_owned();
                Came::refused(Refusal::Other { code }, reason, None)
            }
            (Some(booking), Some(held)) => {
                self.send_parts(owner, lease, entry, known, &booking, &held)
                    .await?
            }
        };
        self.write_down(owner, lease, entry, came)
    }

    async fn send_parts(
        &self,
        owner: &Owner,
        lease: &mut Lease,
        entry: &Entry,
        known: &Known,
        booking: &BookingId,
        held: &Held,
    ) -> Result<Came> {
        let size = held.attachment.size;
        let declare = DeclarePhoto {
            booking: booking.clone(),
            name: held.about.name.clone(),
            size,
            sha256: held.about.sha256.clone(),
        };
        let mut stands = match self.write(lease, &declare, self.is_repeated(entry)).await {
            Ok(stands) => stands,
            Err(failure) => return Ok(self.cut_short(entry, failure, false)),
        };
        loop {
            // Also if sending is paused by now: it is there.
            if stands.complete {
                return Ok(Came::applied(None));
            }
            if !self.arrived(owner, lease, entry, stands.received)? {
                return Ok(interrupted(Some(Pause::LeaseLost)));
            }
            if stands.received >= size {
                return Ok(self.senseless());
            }
            if self.something_else_is_due(owner, known)? {
                return Ok(interrupted(None));
            }
            // A refresh may take as long as a lease: it is made before the lease is gone on with, not under it.
            if let Err(error) = self.session.prepare().await {
                return Ok(interrupted(Some(self.pause_of(error))));
            }
            if self.signals.is_paused() || !self.go_on(lease)? {
                return Ok(interrupted(Some(Pause::LeaseLost)));
            }
            let offset = stands.received;
            let Some(bytes) = self.cut(owner, entry, &held.attachment, offset)? else {
                let code = "unreadable".to_owned();
                let reason = "the photo can no longer be read on this device: add it again".to_owned();
                return Ok(Came::refused(Refusal::Other { code }, reason, None));
            };
            let is_last = offset + bytes.len() as u64 >= size;
            let part = SendPart {
                booking: booking.clone(),
                name: held.about.name.clone(),
                offset,
                bytes,
            };
            let began = self.ports.clock.elapsed();
            stands = match self.write(lease, &part, false).await {
                Ok(stands) if stands.received > offset || stands.complete => stands,
                Ok(Stands { .. }) => return Ok(self.senseless()),
                Err(failure) => {
                    if is_too_slow(&failure) {
                        self.uplink.was_too_slow();
                    }
                    return Ok(self.cut_short(entry, failure, is_last));
                }
            };
            self.uplink
                .carried(self.ports.clock.elapsed().saturating_sub(began));
        }
    }

    /// What a failure says of the photo. It may be whole only if it was the last part whose answer is missing.
    fn cut_short(&self, entry: &Entry, failure: Failure, may_be_whole: bool) -> Came {
        if let Failure::Api(error @ ApiError::Refused { .. }) = &failure
            && is_damaged(error)
            && entry.row.progress.failures == 0
        {
            // Sent anew once by itself: it lies here as it was accepted.
            return interrupted(Some(Pause::Server(error.clone().into())));
        }
        let came = self.judge(failure);
        if came.event == Event::Lost && !may_be_whole {
            return interrupted(came.pause);
        }
        came
    }

    /// The server says that the photo is there and is not, or that nothing came of a part.
    fn senseless(&self) -> Came {
        interrupted(Some(Pause::Server(Error::ServerFault {
            reason: "the server lost count of a photo: try again later".to_owned(),
            request_id: None,
        })))
    }

    /// Writes down how much has arrived, if the right to send is still ours and nobody is signing out.
    fn arrived(&self, owner: &Owner, lease: &Lease, entry: &Entry, sent: u64) -> Result<bool> {
        let now = self.now();
        let written = self.session.while_current(owner.account.epoch(), || {
            self.durable.outbox(owner.account.id(), |tx| -> Result<bool> {
                if self.signals.is_paused() || !tx.holds(lease, &now.boot)? {
                    return Ok(false);
                }
                tx.attachment_arrived(entry.row.seq, sent)?;
                Ok(true)
            })
        });
        let written = written.transpose()?.unwrap_or_default();
        if written {
            self.changed(&owner.account, false);
        }
        Ok(written)
    }

    /// Whether a write that is no photo would be next now.
    fn something_else_is_due(&self, owner: &Owner, known: &Known) -> Result<bool> {
        let (entries, now) = (self.unsettled(owner)?, self.now());
        let next = self.next(&entries, known, &now);
        Ok(matches!(next, Next::Now(entry, _) if !entry.is_photo()))
    }

    /// Goes on with the right to send for another part. False if it is another's by now.
    fn go_on(&self, lease: &mut Lease) -> Result<bool> {
        let now = self.now();
        let taken =
            self.durable
                .take_lease(&lease.account, lease.purpose, lease.taker(), &now.boot, LEASE)?;
        match taken {
            Ok(taken) if taken.fence == lease.fence => {
                *self.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(taken.clone());
                *lease = taken;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// The photo of this write, if it is here and opens.
    fn held(&self, owner: &Owner, entry: &Entry) -> Result<Option<Held>> {
        let attachment = self.durable.attachment(owner.account.id(), entry.row.seq)?;
        Ok(attachment.and_then(|attachment| {
            let about = self.ledger(owner).about(&entry.row.uid, &attachment.about)?;
            Some(Held { attachment, about })
        }))
    }

    /// The next part from `offset` on. `None` if it cannot be read.
    fn cut(
        &self,
        owner: &Owner,
        entry: &Entry,
        attachment: &Attachment,
        offset: u64,
    ) -> Result<Option<Zeroizing<Vec<u8>>>> {
        let ledger = self.ledger(owner);
        let left = usize::try_from(attachment.size.saturating_sub(offset)).unwrap_or(usize::MAX);
        let length = self.uplink.part().min(left);
        let mut part = Zeroizing::new(Vec::with_capacity(length));
        while part.len() < length {
            let at = offset + part.len() as u64;
            let (number, skip) = (at / SEALED_PART as u64, at % SEALED_PART as u64);
            let sealed = match self.durable.attachment_part(attachment, number) {
                // A page that is damaged stays so: it is not to keep the photos behind this one for ever.
                Err(StoreError::Corrupt(_)) => {
                    self.durable.give_up_file(attachment)?;
                    return Ok(None);
                }
                read => read?,
            };
            let opened = sealed.and_then(|sealed| ledger.part(&entry.row.uid, number, &sealed));
            let skip = usize::try_from(skip).unwrap_or(usize::MAX);
            let Some(bytes) = opened.as_deref().and_then(|bytes| bytes.get(skip..)) else {
                return Ok(None);
            };
            if bytes.is_empty() {
                return Ok(None);
            }
            let missing = length - part.len();
            part.extend_from_slice(bytes.get(..missing).unwrap_or(bytes));
        }
        Ok(Some(part))
    }

    /// Whether the server has all of a photo whose last part may have arrived.
    pub(super) async fn find_photo(&self, owner: &Owner, entry: &Entry) -> Result<bool> {
        let booking = self.number_of(owner, entry)?.ok_or_else(|| Error::Refused {
            why: Refusal::NotFound,
            reason: NEVER_MADE.to_owned(),
            request_id: None,
        })?;
        let Some(held) = self.held(owner, entry)? else {
            return Ok(false);
        };
        let list = ListPhotos {
            booking,
            cursor: None,
        };
        let photos = self.read(&list, self.is_repeated(entry)).await?.0.items;
        Ok(photos
            .iter()
            .any(|photo| photo.complete && photo.name == held.about.name))
    }
}

/// It is not there yet, certainly, and goes on later.
fn interrupted(pause: Option<Pause>) -> Came {
    let why = pause.as_ref().map_or(Waiting::Turn, waiting_for);
    Came {
        event: Event::NotApplied,
        outcome: Some(Outcome::Waiting { why }),
        pause,
    }
}

fn is_damaged(error: &ApiError) -> bool {
    matches!(error, ApiError::Refused { why: Refusal::Other { code }, .. } if code == "digest_mismatch")
}

fn is_too_slow(failure: &Failure) -> bool {
    matches!(failure, Failure::Transport(error) if error.fault == Fault::Offline(OfflineReason::TimedOut))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_grow_while_they_are_quick_and_shrink_when_one_does_not_arrive_in_time() {
        let uplink = Uplink::default();
        let seconds = Duration::from_secs;
        let mut parts = Vec::new();
        for took in [Some(1), Some(4), Some(1), Some(5), None, None, None, Some(1)] {
            parts.push(uplink.part() / 1024);
            match took {
                Some(took) => uplink.carried(seconds(took)),
                None => uplink.was_too_slow(),
            }
        }
        assert_eq!(parts, [64, 128, 256, 256, 256, 64, 16, 16]);
        assert_eq!(uplink.part() / 1024, 32);
    }
}
