//! A token pair and how long it is good for.
//!
//! Life is counted on the boot clock from before the request that brought the pair, so a wrong or jumping wall clock
//! changes nothing (scenario 10), and the estimate errs to the early side. After a reboot the age is unknown: the pair is
//! used until the server says otherwise, and no refresh is made on a guess.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::api::Grant;
use crate::ports::BootTime;

/// A pair as it is sealed into the durable file. No `Debug`.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Tokens {
    pub(super) access: Zeroizing<String>,
    pub(super) refresh: Zeroizing<String>,
    lifetime_ms: u64,
    boot_id: String,
    granted_ms: u64,
}

/// What is known of an access token's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    /// Use it.
    Good,
    /// Use it, and get the next one meanwhile.
    Ageing,
    /// Do not send it.
    Over,
}

/// A token is renewed ahead of its end by this share of its life, and at most by [`AHEAD_AT_MOST`].
const AHEAD_SHARE: u32 = 10;
const AHEAD_AT_MOST: Duration = Duration::from_secs(60);

impl Tokens {
    pub(super) fn new(grant: &Grant, asked_at: &BootTime) -> Self {
        Self {
            access: grant.access_token.clone(),
            refresh: grant.refresh_token.clone(),
            lifetime_ms: millis(grant.lifetime),
            boot_id: asked_at.boot_id.clone(),
            granted_ms: millis(asked_at.elapsed),
        }
    }

    pub(super) fn life(&self, now: &BootTime) -> Life {
        if now.boot_id != self.boot_id {
            return Life::Good;
        }
        let lifetime = Duration::from_millis(self.lifetime_ms);
        let age = now.elapsed.saturating_sub(Duration::from_millis(self.granted_ms));
        let left = lifetime.saturating_sub(age);
        if left.is_zero() {
            Life::Over
        } else if left <= (lifetime / AHEAD_SHARE).min(AHEAD_AT_MOST) {
            Life::Ageing
        } else {
            Life::Good
        }
    }

    pub(super) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        // Strings and numbers into memory: cannot fail.
        Zeroizing::new(serde_json::to_vec(self).unwrap_or_default())
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(lifetime: u64) -> Tokens {
        Tokens {
            access: Zeroizing::new(String::new()),
            refresh: Zeroizing::new(String::new()),
            lifetime_ms: lifetime * 1000,
            boot_id: "b".to_owned(),
            granted_ms: 5_000,
        }
    }

    fn at(boot: &str, seconds: u64) -> BootTime {
        BootTime {
            boot_id: boot.to_owned(),
            elapsed: Duration::from_secs(seconds),
        }
    }

    #[test]
    fn a_half_hour_token_is_good_ageing_in_its_last_minute_and_then_over() {
        let t = tokens(1800);
        assert_eq!(t.life(&at("b", 5)), Life::Good);
        assert_eq!(t.life(&at("b", 5 + 1739)), Life::Good);
        assert_eq!(t.life(&at("b", 5 + 1740)), Life::Ageing);
        assert_eq!(t.life(&at("b", 5 + 1800)), Life::Over);
    }

    #[test]
    fn a_short_token_is_not_renewed_all_the_time() {
        let t = tokens(10);
        assert_eq!(t.life(&at("b", 13)), Life::Good);
        assert_eq!(t.life(&at("b", 14)), Life::Ageing);
    }

    #[test]
    fn after_a_reboot_the_server_decides() {
        assert_eq!(tokens(10).life(&at("another", 1_000_000)), Life::Good);
    }
}
