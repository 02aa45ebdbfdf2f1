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
    family: u32,
    /// Its number in the family; v1 just counts.
    pub(super) number: i64,
    key: u32,
    pub(super) at: Time,
    /// Which answer gave it: two can give the same number.
    pub(super) id: usize,
}

/// The routes to which a server refuses what it has granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refuses {
    Nothing,
    /// One of two: the other works.
    OneRoute,
    Everything,
}

/// The sessions of the server, as far as a backup of it has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Family {
    id: u32,
    /// The newest of the family, and the newest of which anything was used.
    newest: i64,
    confirmed: i64,
    /// How often the password was changed.
    password: u32,
}

/// A route of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route {
    /// Refuses with [`Refuses::OneRoute`].
    Picky,
    Other,
}

/// What the server says to a refresh, or to a change of the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Granted(Grant),
    /// A definite no.
    No,
    /// A definite no, and the whole family ends by it.
    Reused,
    /// The same to a change of the password, which says nothing of the refresh token.
    Wrong,
}

/// A server, v1 or v2, with one session.
#[derive(Debug, Clone)]
pub(super) struct Server {
    /// v2's tokens do; v1's old ones stay good.
    pub(super) rotates: bool,
    key: u32,
    keys: u32,
    family: Family,
    families: u32,
    pub(super) revoked: bool,
    backup: Family,
    /// What an instance with another key signed.
    foreign: Option<usize>,
    grants: usize,
    /// Refuses access tokens there, whatever it grants.
    pub(super) refuses: Refuses,
    /// Its database is down.
    pub(super) down: bool,
}

impl Server {
    pub(super) fn new(rotates: bool) -> Self {
        let family = Family {
            id: 0,
            newest: 1,
            confirmed: 1,
            password: 0,
        };
        Self {
            rotates,
            key: 0,
            keys: 0,
            family,
            families: 0,
            revoked: false,
            backup: family,
            foreign: None,
            grants: 0,
            refuses: Refuses::Nothing,
            down: false,
        }
    }

    pub(super) fn sign_in(&mut self, now: Time) -> Grant {
        self.grant(now)
    }

    fn grant(&mut self, now: Time) -> Grant {
        self.grants += 1;
        Grant {
            family: self.family.id,
            number: self.family.newest,
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
            self.family.newest += 1;
            return Said::Granted(self.grant(now));
        }
        if token.number == self.family.newest {
            self.backup = self.family;
            self.family.confirmed = self.family.newest;
            self.family.newest += 1;
            return Said::Granted(self.grant(now));
        }
        if token.number == self.family.newest - 1 && self.family.confirmed < self.family.newest {
            return Said::Granted(self.grant(now));
        }
        self.revoked = true;
        Said::Reused
    }

    /// Changes the password of one who knows the present one, by this access token: every family ends, and another begins.
    /// `None`: refused.
    pub(super) fn change_password(&mut self, token: &Grant, password: u32, now: Time) -> Option<Grant> {
        if !self.access(token, Route::Picky, now) || password != self.family.password {
            return None;
        }
        self.backup = self.family;
        self.families += 1;
        self.family = Family {
            id: self.families,
            newest: 1,
            confirmed: 0,
            password: password + 1,
        };
        Some(self.grant(now))
    }

    /// The password, by its number.
    pub(super) fn password(&self) -> u32 {
        self.family.password
    }

    /// Whether the token is one of a family that lives.
    fn knows(&self, token: &Grant, now: Time) -> bool {
        token.key == self.key
            && now < token.at + REFRESH
            && !self.revoked
            && self.foreign != Some(token.id)
            && token.family == self.family.id
            && (!self.rotates || token.number <= self.family.newest)
    }

    /// Whether a refresh with it would be granted.
    pub(super) fn would_grant(&self, token: &Grant, now: Time) -> bool {
        let said = self.clone().refresh(token, now);
        matches!(said, Said::Granted(_))
    }

    /// Whether a call with the access token succeeds.
    pub(super) fn access(&mut self, token: &Grant, route: Route, now: Time) -> bool {
        let refused = match self.refuses {
            Refuses::Nothing => false,
            Refuses::OneRoute => route == Route::Picky,
            Refuses::Everything => true,
        };
        let good = self.knows(token, now) && now < token.at + ACCESS && !refused;
        if good {
            self.family.confirmed = self.family.confirmed.max(token.number);
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
        } else if (self.backup.id, self.backup.newest) < (self.family.id, self.family.newest) {
            self.family = self.backup;
        }
    }
}
