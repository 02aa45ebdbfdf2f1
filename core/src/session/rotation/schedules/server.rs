//! The two servers, as far as tokens go.

/// Milliseconds on a clock that no reboot sets back.
pub(super) type Time = u64;

/// How long an access token lives.
pub(super) const ACCESS: Time = 30 * 60_000;
/// How long a refresh token does.
const REFRESH: Time = 7 * 24 * 3_600_000;

/// A token pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grant {
    /// Its number in the family; v1 just counts.
    pub(super) number: i64,
    key: u32,
    pub(super) at: Time,
    /// Which answer gave it: two can give the same number.
    pub(super) id: usize,
}

/// What the server says to a refresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Granted(Grant),
    /// A definite no.
    No,
    /// A definite no, and the whole family ends by it.
    Reused,
}

/// A server, v1 or v2, with one session.
#[derive(Debug, Clone)]
pub(super) struct Server {
    /// v2's tokens do; v1's old ones stay good.
    rotates: bool,
    key: u32,
    keys: u32,
    /// The newest of the family, and the newest of which anything was used.
    newest: i64,
    confirmed: i64,
    pub(super) revoked: bool,
    /// What a backup has.
    backup: (i64, i64),
    /// What an instance with another key signed.
    foreign: Option<usize>,
    grants: usize,
    /// Refuses every access token, whatever it grants.
    pub(super) refuses: bool,
    /// Its database is down.
    pub(super) down: bool,
}

impl Server {
    pub(super) fn new(rotates: bool) -> Self {
        Self {
            rotates,
            key: 0,
            keys: 0,
            newest: 0,
            confirmed: 0,
            revoked: false,
            backup: (1, 1),
            foreign: None,
            grants: 0,
            refuses: false,
            down: false,
        }
    }

    pub(super) fn sign_in(&mut self, now: Time) -> Grant {
        (self.newest, self.confirmed) = (1, 1);
        self.grant(now)
    }

    fn grant(&mut self, now: Time) -> Grant {
        self.grants += 1;
        Grant {
            number: self.newest,
            key: self.key,
            at: now,
            id: self.grants,
        }
    }

    pub(super) fn refresh(&mut self, token: &Grant, now: Time) -> Said {
        if !self.knows(token, now) {
            return Said::No;
        }
        if !self.rotates {
            self.newest += 1;
            return Said::Granted(self.grant(now));
        }
        if token.number == self.newest {
            self.backup = (self.newest, self.confirmed);
            self.confirmed = self.newest;
            self.newest += 1;
            return Said::Granted(self.grant(now));
        }
        if token.number == self.newest - 1 && self.confirmed < self.newest {
            return Said::Granted(self.grant(now));
        }
        self.revoked = true;
        Said::Reused
    }

    /// Whether the token is one of a family that lives.
    fn knows(&self, token: &Grant, now: Time) -> bool {
        token.key == self.key
            && now < token.at + REFRESH
            && !self.revoked
            && self.foreign != Some(token.id)
            && (!self.rotates || token.number <= self.newest)
    }

    /// Whether a refresh with it would be granted.
    pub(super) fn would_grant(&self, token: &Grant, now: Time) -> bool {
        let said = self.clone().refresh(token, now);
        matches!(said, Said::Granted(_))
    }

    /// Whether a call with the access token succeeds.
    pub(super) fn access(&mut self, token: &Grant, now: Time) -> bool {
        let good = self.knows(token, now) && now < token.at + ACCESS && !self.refuses;
        if good {
            self.confirmed = self.confirmed.max(token.number);
        }
        good
    }

    /// Another key signs: of a new deployment, or of the one before it.
    pub(super) fn change_key(&mut self, back: bool) {
        if back {
            self.key = self.key.saturating_sub(1);
        } else {
            self.keys += 1;
            self.key = self.keys;
        }
    }

    /// It lost its last write; or, on v1, which writes nothing, an instance with another key signed this.
    pub(super) fn restore(&mut self, newest: &Grant) {
        if !self.rotates {
            self.foreign = Some(newest.id);
        } else if self.backup.0 < self.newest {
            (self.newest, self.confirmed) = self.backup;
        }
    }
}
