//! A token pair and how long it is good for.
//!
//! Life is counted on the boot clock from before the request that brought the pair, so a wrong or jumping wall clock
//! changes nothing (scenario 10), and the estimate errs to the early side. After a reboot the age is unknown until an answer
//! tells the server's time: till then the pair is used until the server says otherwise, and no refresh is made on a guess.
//!
//! Each pair draws its own moment at which it is renewed ahead of its end, so that devices that signed in together do not come
//! back together. The moment is sealed with the pair: a restart draws no other.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::api::Grant;
use crate::ports::{BootTime, Random};
use crate::store::{AccountKeys, unseal_tokens};

/// A pair as it is sealed into the durable file. No `Debug`.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Tokens {
    pub(super) access: Zeroizing<String>,
    pub(super) refresh: Zeroizing<String>,
    lifetime_ms: u64,
    boot_id: String,
    granted_ms: u64,
    /// The age at which it is renewed ahead of its end; none in pairs of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    renew_ms: Option<u64>,
    /// When it was granted, by the server's clock in ms since 1970; none if that was not known, and in earlier versions' pairs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    server_ms: Option<i64>,
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

/// A token is renewed ahead of its end by between 5 and 15 % of its life, or of this if that is shorter: by 300 s at most.
const AHEAD_OF: Duration = Duration::from_secs(2000);
const AHEAD_LEAST_PERCENT: u32 = 5;
const AHEAD_MOST_PERCENT: u32 = 15;

/// The same for a pair that drew nothing: a tenth, at most this.
const AHEAD_UNDRAWN: Duration = Duration::from_secs(60);

impl Tokens {
    /// What was granted to a request made then; `server_at` is the same moment by the server's clock.
    pub(super) fn new(
        grant: &Grant,
        asked_at: &BootTime,
        server_at: Option<Timestamp>,
        random: &dyn Random,
    ) -> Self {
        let ahead = ahead_of_end(grant.lifetime, random);
        Self {
            access: grant.access_token.clone(),
            refresh: grant.refresh_token.clone(),
            lifetime_ms: millis(grant.lifetime),
            boot_id: asked_at.boot_id.clone(),
            granted_ms: millis(asked_at.elapsed),
            renew_ms: Some(millis(grant.lifetime.saturating_sub(ahead))),
            server_ms: server_at.map(Timestamp::as_millisecond),
        }
    }

    /// A pair without tokens, for who only asks how long it lives. Renewed in its last tenth.
    #[cfg(test)]
    pub(super) fn of_test(lifetime: Duration, asked_at: &BootTime, server_at: Timestamp) -> Self {
        Self {
            access: Zeroizing::default(),
            refresh: Zeroizing::default(),
            lifetime_ms: millis(lifetime),
            boot_id: asked_at.boot_id.clone(),
            granted_ms: millis(asked_at.elapsed),
            renew_ms: Some(millis(lifetime / 10 * 9)),
            server_ms: Some(server_at.as_millisecond()),
        }
    }

    /// `server`: its time now, if an answer of this boot has told it.
    pub(super) fn life(&self, now: &BootTime, server: Option<Timestamp>) -> Life {
        let Some(age) = self.age_here(now).or_else(|| self.age_there(server)) else {
            return Life::Good;
        };
        if age >= self.lifetime() {
            Life::Over
        } else if age >= self.renewal() {
            Life::Ageing
        } else {
            Life::Good
        }
    }

    /// Whether it cannot have ended by any clock that is known, and one is: a refusal of it has another reason.
    pub(super) fn is_young(&self, now: &BootTime, server: Option<Timestamp>) -> bool {
        let ages = [self.age_here(now), self.age_there(server)];
        let is_known = ages.iter().any(Option::is_some);
        is_known && ages.into_iter().flatten().all(|age| age < self.lifetime())
    }

    fn lifetime(&self) -> Duration {
        Duration::from_millis(self.lifetime_ms)
    }

    fn renewal(&self) -> Duration {
        let undrawn = || {
            self.lifetime()
                .saturating_sub((self.lifetime() / 10).min(AHEAD_UNDRAWN))
        };
        self.renew_ms.map_or_else(undrawn, Duration::from_millis)
    }

    /// By this boot's clock.
    fn age_here(&self, now: &BootTime) -> Option<Duration> {
        (now.boot_id == self.boot_id)
            .then(|| now.elapsed.saturating_sub(Duration::from_millis(self.granted_ms)))
    }

    /// By the server's.
    fn age_there(&self, server: Option<Timestamp>) -> Option<Duration> {
        let age = server?.as_millisecond().saturating_sub(self.server_ms?);
        Some(Duration::from_millis(u64::try_from(age).unwrap_or(0)))
    }

    /// Opens what was sealed for this generation.
    pub(super) fn open(keys: &AccountKeys, generation: i64, sealed: &[u8]) -> Option<Self> {
        unseal_tokens(keys, generation, sealed).and_then(|bytes| Self::from_bytes(&bytes))
    }

    pub(super) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        // Strings and numbers into memory: cannot fail.
        Zeroizing::new(serde_json::to_vec(self).unwrap_or_default())
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

/// How long before its end a pair of this life is renewed. Without randomness, as late as may be.
fn ahead_of_end(lifetime: Duration, random: &dyn Random) -> Duration {
    let mut drawn = [0; 8];
    if random.fill(&mut drawn).is_err() {
        drawn = [0; 8];
    }
    let base = lifetime.min(AHEAD_OF);
    let (least, most) = (base * AHEAD_LEAST_PERCENT / 100, base * AHEAD_MOST_PERCENT / 100);
    let range = u128::from(millis(most - least)) + 1;
    let more = (u128::from(u64::from_le_bytes(drawn)) * range) >> 64;
    least + Duration::from_millis(u64::try_from(more).unwrap_or(0))
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CustomerId, Role};
    use crate::ports::fakes::{ConstantRandom, SeededRandom};

    fn granted(lifetime: u64, server_at: Option<i64>, random: &dyn Random) -> Tokens {
        let grant = Grant {
            access_token: Zeroizing::new(String::new()),
            refresh_token: Zeroizing::new(String::new()),
            lifetime: Duration::from_secs(lifetime),
            customer: CustomerId(1),
            role: Role::Customer,
            permissions: Vec::new(),
        };
        Tokens::new(&grant, &at("b", 5), server_at.map(server), random)
    }

    fn at(boot: &str, seconds: u64) -> BootTime {
        BootTime {
            boot_id: boot.to_owned(),
            elapsed: Duration::from_secs(seconds),
        }
    }

    fn server(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    /// The age in seconds from which it is renewed.
    fn renewal(tokens: &Tokens) -> u64 {
        let ageing = |age: &u64| tokens.life(&at("b", 5 + age), None) == Life::Ageing;
        (0..100_000).find(ageing).unwrap()
    }

    #[test]
    fn s16_each_pair_draws_its_moment_between_85_and_95_percent_of_its_life_and_at_most_300_s_ahead() {
        assert_eq!(renewal(&granted(1800, None, &ConstantRandom(0xff))), 1530);
        assert_eq!(renewal(&granted(1800, None, &ConstantRandom(0))), 1710);
        assert_eq!(
            renewal(&granted(86_400, None, &ConstantRandom(0xff))),
            86_400 - 300
        );
        assert_eq!(renewal(&granted(86_400, None, &ConstantRandom(0))), 86_400 - 100);
        let random = SeededRandom::new(7);
        let drawn: std::collections::BTreeSet<u64> =
            (0..100).map(|_| renewal(&granted(1800, None, &random))).collect();
        assert!(drawn.len() > 50, "{drawn:?}");
    }

    #[test]
    fn s16_a_restart_draws_no_other_moment() {
        let pair = granted(1800, Some(0), &SeededRandom::new(3));
        let again = Tokens::from_bytes(&pair.to_bytes()).unwrap();
        assert_eq!(renewal(&again), renewal(&pair));
        assert_eq!(again.server_ms, pair.server_ms);
    }

    #[test]
    fn a_pair_of_an_earlier_version_still_opens_and_is_renewed_in_its_last_minute() {
        let old = br#"{"access":"a","refresh":"r","lifetime_ms":1800000,"boot_id":"b","granted_ms":5000}"#;
        let pair = Tokens::from_bytes(old).unwrap();
        assert_eq!(renewal(&pair), 1740);
        assert_eq!(pair.life(&at("b", 5 + 1800), None), Life::Over);
        assert_eq!(pair.life(&at("another", 1_000_000), Some(server(0))), Life::Good);
    }

    #[test]
    fn s10_after_a_reboot_the_server_decides_until_its_time_is_known() {
        let pair = granted(1800, Some(100), &ConstantRandom(0));
        let rebooted = at("another", 9);
        assert_eq!(pair.life(&rebooted, None), Life::Good);
        assert_eq!(pair.life(&rebooted, Some(server(100 + 1709))), Life::Good);
        assert_eq!(pair.life(&rebooted, Some(server(100 + 1710))), Life::Ageing);
        assert_eq!(pair.life(&rebooted, Some(server(100 + 1800))), Life::Over);
        let unknown = granted(1800, None, &ConstantRandom(0));
        assert_eq!(unknown.life(&rebooted, Some(server(9_999_999))), Life::Good);
    }

    #[test]
    fn s10_within_a_boot_no_other_clock_counts() {
        let pair = granted(1800, Some(100), &ConstantRandom(0));
        for wrong in [-86_400, 86_400] {
            assert_eq!(pair.life(&at("b", 6), Some(server(wrong))), Life::Good);
        }
    }

    #[test]
    fn s09_a_pair_is_young_only_if_no_clock_says_otherwise_and_one_says_so() {
        let pair = granted(1800, Some(100), &ConstantRandom(0));
        assert!(pair.is_young(&at("b", 6), None));
        assert!(!pair.is_young(&at("b", 1805), None));
        assert!(!pair.is_young(&at("b", 6), Some(server(100 + 1800))));
        assert!(!pair.is_young(&at("another", 6), None), "nothing is known");
        assert!(pair.is_young(&at("another", 6), Some(server(101))));
    }
}
