//! Writing down what the server granted. A refresh token gives it again; a changed password gives it once, so that it is not
//! dropped because a disk is full or held (scenario 30).

use std::time::Duration;

use super::super::load::Stored;
use super::super::tokens::Tokens;
use super::super::unsaved::PutDown;
use super::{Rotated, Rotating, Spending};
use crate::error::{Error, Result};
use crate::session::rotation::Input;
use crate::store::{Spends, Written, seal_tokens};

/// How long a pair that is granted once only is tried to be saved, and how long after the last try. One that a held disk keeps
/// waiting may end 5 s later.
const SAVING: Duration = Duration::from_secs(10);
const SAVE_AGAIN: Duration = Duration::from_millis(500);

impl Rotating<'_> {
    /// Saves what was granted. A changed password gives it once only, so that a disk that is full or held is given some time, as long
    /// as the lease lasts. A refresh token gives it again.
    pub(super) async fn save_patiently(&mut self, seen: i64, spent: Spends) -> Result<Input> {
        let session = self.session;
        let clock = &session.ports.clock;
        let until = clock.elapsed().saturating_add(SAVING);
        loop {
            match self.save(seen, spent) {
                Err(Error::Storage { .. })
                    if self.is_password()
                        && self.has_lease()
                        && clock.elapsed().saturating_add(SAVE_AGAIN) < until =>
                {
                    session.ports.sleep.sleep(SAVE_AGAIN).await;
                }
                saved => return saved,
            }
        }
    }

    fn is_password(&self) -> bool {
        matches!(self.spending, Spending::Password { .. })
    }

    fn has_lease(&self) -> bool {
        let now = self.session.ports.clock.boot_time();
        self.lease.as_ref().is_some_and(|lease| !lease.is_over(&now))
    }

    /// What a changed password granted and nobody has taken over is all there is, however the run ended.
    pub(super) fn rescue(&mut self, ended: Result<Rotated>, seen: i64) -> Result<Rotated> {
        if !self.is_password() {
            return ended;
        }
        let Some((grant, asked_at, server_at)) = self.granted.take() else {
            return ended;
        };
        let tokens = Tokens::new(&grant, &asked_at, server_at, &*self.session.ports.random);
        let spent = self.disk.as_ref().map_or(seen, |disk| disk.tokens.generation);
        let pair = |tokens, generation, unsaved| Stored {
            tokens,
            generation,
            proven: false,
            unknown: false,
            unsaved,
        };
        Ok(match self.session.put_down(&self.account, &tokens) {
            Ok(PutDown::Saved(generation)) => Rotated::Granted(pair(tokens, generation, false), grant),
            Ok(PutDown::Homeless) => Rotated::Homeless(grant),
            Ok(PutDown::Busy) => Rotated::Unsaved(pair(tokens, spent.max(seen) + 1, true), grant),
            Err(error) => {
                tracing::warn!(%error, "the session of a changed password is only in memory");
                Rotated::Unsaved(pair(tokens, spent.max(seen) + 1, true), grant)
            }
        })
    }

    fn save(&mut self, seen: i64, spent: Spends) -> Result<Input> {
        let (Some((grant, asked_at, server_at)), Some(lease)) = (&self.granted, &self.lease) else {
            return Ok(Input::Written(Written::LeaseLost));
        };
        let session = self.session;
        let tokens = Tokens::new(grant, asked_at, *server_at, &*session.ports.random);
        let sealed = seal_tokens(
            &self.account.keys,
            seen + 1,
            &tokens.to_bytes(),
            &*session.ports.random,
        )?;
        let now = session.ports.clock.wall();
        let key_name = &self.account.key_name;
        let written = session
            .durable
            .save_rotation(lease, key_name, seen, spent, &sealed, now)?;
        self.note_lost(written);
        self.saved = Some(tokens);
        Ok(Input::Written(written))
    }
}
