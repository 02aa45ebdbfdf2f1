//! What must be hit, written down by hand: the machine is not asked which of its transitions there are.

use super::Step;
use crate::store::{Journal, Spends};

use super::super::machine::Event;

/// Where a run for a newer pair can stand, and what can come there.
pub(super) const RENEW: [(&str, &[&str]); 10] = [
    ("asking", &["leased", "elsewhere", "no session"]),
    ("watching", &["disk", "no session"]),
    ("waiting", &["waited"]),
    ("looking", &["disk", "no session"]),
    ("intending", &["written", "lease lost", "stale", "gone"]),
    (
        "sending",
        &["granted", "not applied", "lost", "refused", "withheld"],
    ),
    ("saving", &["written", "lease lost", "stale", "gone"]),
    ("settling", &["written", "lease lost", "stale", "gone"]),
    ("ending", &["written", "lease lost", "stale", "gone"]),
    ("releasing", &["released"]),
];

/// The same for a changed password, which v1 cannot: nothing that is said to it speaks of the refresh token.
pub(super) const REPLACE: [(&str, &[&str]); 9] = [
    ("asking", &["leased", "elsewhere", "no session"]),
    ("watching", &["disk", "no session"]),
    ("waiting", &["waited"]),
    ("looking", &["disk", "no session"]),
    ("intending", &["written", "lease lost", "stale", "gone"]),
    ("sending", &["granted", "not applied", "lost", "withheld"]),
    ("saving", &["written", "lease lost", "stale", "gone"]),
    ("settling", &["written", "lease lost", "stale", "gone"]),
    ("releasing", &["released"]),
];

/// Of them, those that take two rare things at once: hit, and not a thousand times.
pub(super) const RARE: [Step; 2] = [
    // A server that refuses one process for good what it grants to the other.
    ("renew", "ending", "stale"),
    // A change that comes through the window to a server that has granted another process a pair meanwhile.
    ("replace", "saving", "stale"),
];

/// Every pair of state of the journal and event.
pub(super) fn events() -> Vec<(Journal, Event)> {
    let (newest, previous) = (Spends::Newest, Spends::Previous);
    let intended = |spends, doubt| Journal::Intended { spends, doubt };
    let resting = [
        Journal::Clear,
        Journal::Unknown { spends: newest },
        Journal::Unknown { spends: previous },
    ];
    let trying = [
        intended(newest, false),
        intended(newest, true),
        intended(previous, false),
        intended(previous, true),
    ];
    let mut all: Vec<_> = resting.map(|journal| (journal, Event::Begin)).into();
    for journal in trying {
        all.extend(
            [
                Event::Begin,
                Event::Granted,
                Event::NotApplied,
                Event::Lost,
                Event::Refused,
            ]
            .map(|event| (journal, event)),
        );
    }
    all
}

/// Every step of every run.
pub(super) fn steps(changes_passwords: bool) -> Vec<Step> {
    let mut all = of("renew", &RENEW);
    if changes_passwords {
        all.extend(of("replace", &REPLACE));
    }
    all
}

fn of(goal: &'static str, list: &[(&'static str, &[&'static str])]) -> Vec<Step> {
    list.iter()
        .flat_map(|(stage, inputs)| inputs.iter().map(move |input| (goal, *stage, *input)))
        .collect()
}
