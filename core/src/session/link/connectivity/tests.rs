//! Each state and event, and runs of both.

use super::*;
use OfflineReason::{Connect, TimedOut};

const NOW: Duration = Duration::from_secs(1000);

const UP: Event = Event::Told { up: true };
const DOWN: Event = Event::Told { up: false };
const SILENCE: Event = Event::Silence {
    why: Connect,
    since: NOW,
    probe: false,
};
const PORTAL: Event = Event::Portal { probe: false };

fn way(told: Option<bool>, sight: Sight) -> Way {
    Way {
        told,
        sight,
        ..Way::new()
    }
}

/// What was told and seen before; what is seen after each event, and whether who waits may try again.
type Row = (Option<bool>, Sight, [(Sight, bool); 6]);

fn has(effects: &[Effect], effect: &Effect) -> bool {
    effects.contains(effect)
}

#[test]
fn s27_every_pair_of_state_and_event_is_as_written_down_here() {
    use Sight::{Answering, Portal, Silent, Unknown};
    let silent = Silent(Connect);
    // After UP, DOWN, Answered, Heard, SILENCE, PORTAL.
    #[rustfmt::skip]
    let table: [Row; 12] = [
        (None, Unknown, [(Unknown, true), (Unknown, false), (Answering, false), (Unknown, false), (silent, false), (Portal, false)]),
        (None, Answering, [(Answering, true), (Answering, false), (Answering, false), (Answering, false), (silent, false), (Portal, false)]),
        (None, silent, [(silent, true), (silent, false), (Answering, true), (Unknown, true), (silent, false), (Portal, false)]),
        (None, Portal, [(Portal, true), (Portal, false), (Answering, true), (Unknown, true), (silent, false), (Portal, false)]),
        (Some(true), Unknown, [(Unknown, true), (Unknown, false), (Answering, false), (Unknown, false), (silent, false), (Portal, false)]),
        (Some(true), Answering, [(Answering, true), (Answering, false), (Answering, false), (Answering, false), (silent, false), (Portal, false)]),
        (Some(true), silent, [(silent, true), (silent, false), (Answering, true), (Unknown, true), (silent, false), (Portal, false)]),
        (Some(true), Portal, [(Portal, true), (Portal, false), (Answering, true), (Unknown, true), (silent, false), (Portal, false)]),
        // Told down: silence is what was to be expected.
        (Some(false), Unknown, [(Unknown, true), (Unknown, false), (Answering, false), (Unknown, false), (Unknown, false), (Portal, false)]),
        (Some(false), Answering, [(Unknown, true), (Answering, false), (Answering, false), (Answering, false), (Answering, false), (Portal, false)]),
        (Some(false), silent, [(silent, true), (silent, false), (Answering, true), (Unknown, true), (silent, false), (Portal, false)]),
        (Some(false), Portal, [(Portal, true), (Portal, false), (Answering, true), (Unknown, true), (Portal, false), (Portal, false)]),
    ];
    for (told, sight, row) in table {
        let events = [UP, DOWN, Event::Answered, Event::Heard, SILENCE, PORTAL];
        for (event, (then, returns)) in events.into_iter().zip(row) {
            let (after, effects) = way(told, sight).after(event, NOW);
            assert_eq!(after.sight, then, "{told:?} {sight:?} {event:?}");
            assert_eq!(
                has(&effects, &Effect::Return),
                returns,
                "{told:?} {sight:?} {event:?}"
            );
        }
    }
}

#[test]
fn s18_a_shells_down_is_believed_and_its_up_is_a_hint() {
    let (down, effects) = way(None, Sight::Answering).after(DOWN, NOW);
    assert_eq!(down.admit(NOW), Admission::ToldDown);
    assert!(has(&effects, &Effect::CutReads));
    let (up, effects) = down.after(UP, NOW);
    assert_eq!(
        (up.admit(NOW), up.shown()),
        (Admission::Go, Connectivity::Unknown)
    );
    assert!(has(&effects, &Effect::DropConnections));

    let silent = way(None, Sight::Silent(Connect));
    let up = silent.after(DOWN, NOW).0.after(UP, NOW).0;
    assert_eq!(up.admit(NOW), Admission::Probe, "no call hangs on a hint");
    assert_eq!(up.after(Event::Answered, NOW).0.admit(NOW), Admission::Go);
}

#[test]
fn what_is_told_again_is_not_noted_again() {
    let (up, effects) = way(None, Sight::Unknown).after(UP, NOW);
    assert!(has(&effects, &Effect::Note(NetworkDecision::Told { up: true })));
    let (_, effects) = up.after(UP, NOW);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Note(_))));
    let (silent, effects) = up.after(SILENCE, NOW);
    assert!(has(
        &effects,
        &Effect::Note(NetworkDecision::Silent { why: Connect })
    ));
    assert_eq!(silent.after(SILENCE, NOW).1, []);
    let (_, effects) = silent.after(Event::Answered, NOW);
    assert!(has(&effects, &Effect::Note(NetworkDecision::Answering)));
    assert_eq!(up.after(Event::Answered, NOW).1, []);
}

#[test]
fn s18_a_call_that_hangs_while_others_are_answered_is_its_own_trouble() {
    let answering = Way::new().after(Event::Answered, NOW).0;
    let silence = |since| Event::Silence {
        why: TimedOut,
        since,
        probe: false,
    };
    let later = NOW + Duration::from_secs(60);
    let hung = answering.after(silence(NOW - Duration::from_secs(1)), later).0;
    assert_eq!(hung.admit(later), Admission::Go);
    let hung = answering.after(silence(NOW + Duration::from_secs(1)), later).0;
    assert_eq!(hung.admit(later), Admission::Probe);
}

#[test]
fn s18_after_a_probe_that_hung_nobody_hangs_for_two_seconds() {
    let hung = Event::Silence {
        why: TimedOut,
        since: NOW,
        probe: true,
    };
    let silent = way(None, Sight::Silent(Connect)).after(hung, NOW).0;
    assert_eq!(silent.admit(NOW), Admission::Silent(TimedOut));
    assert_eq!(silent.admit(NOW + AFTER_A_HANG), Admission::Probe);
    assert_eq!(
        silent.after(UP, NOW).0.admit(NOW),
        Admission::Probe,
        "a hint is worth a look"
    );
    let refused = Event::Silence {
        why: Connect,
        since: NOW,
        probe: true,
    };
    let silent = way(None, Sight::Silent(Connect)).after(refused, NOW).0;
    assert_eq!(
        silent.admit(NOW),
        Admission::Probe,
        "what fails at once costs nobody time"
    );
}

#[test]
fn s27_probes_are_counted_until_answers_have_come_for_a_minute() {
    let probe = Event::Silence {
        why: Connect,
        since: NOW,
        probe: true,
    };
    let mut way = Way::new().after(SILENCE, NOW).0;
    for _ in 0..3 {
        way = way.after(probe, NOW).0;
    }
    assert_eq!(way.probes, 3);
    let answered = way.after(Event::Answered, NOW).0;
    let soon = answered
        .after(
            Event::Silence {
                why: Connect,
                since: NOW + AFTER_A_HANG,
                probe: false,
            },
            NOW + AFTER_A_HANG,
        )
        .0;
    assert_eq!(soon.probes, 3, "something lets only probes pass");
    let later = NOW + SAME_SILENCE;
    let anew = answered
        .after(
            Event::Silence {
                why: Connect,
                since: later,
                probe: false,
            },
            later,
        )
        .0;
    assert_eq!(anew.probes, 0);
    assert_eq!(way.after(UP, NOW).0.probes, 0, "the shell's hint: a probe soon");
}

#[test]
fn s16_under_a_shells_up_silence_is_the_servers_trouble_and_else_the_networks() {
    let (network, server) = (Duration::from_secs(5), Duration::from_secs(60));
    let table = [
        (None, Sight::Silent(Connect), network),
        (None, Sight::Silent(TimedOut), network),
        (None, Sight::Portal, network),
        (Some(true), Sight::Silent(Connect), server),
        (Some(true), Sight::Silent(TimedOut), server),
        (Some(true), Sight::Silent(OfflineReason::Interrupted), server),
        (Some(true), Sight::Silent(OfflineReason::Dns), network),
        (Some(true), Sight::Portal, network),
        (Some(false), Sight::Silent(Connect), network),
    ];
    for (told, sight, ceiling) in table {
        assert_eq!(way(told, sight).probe_ceiling(NOW), ceiling, "{told:?} {sight:?}");
    }
}

#[test]
fn s27_for_a_minute_after_a_person_did_something_a_return_under_a_shells_up_is_found_within_15_seconds() {
    let looked_at = |told, sight| way(told, sight).after(Event::Looked, NOW);
    let (silent, effects) = looked_at(Some(true), Sight::Silent(Connect));
    assert_eq!((silent.sight, effects), (Sight::Silent(Connect), vec![]));
    for (after, ceiling) in [(0, 10), (59, 10), (60, 60), (600, 60)] {
        let at = NOW + Duration::from_secs(after);
        assert_eq!(
            silent.probe_ceiling(at),
            Duration::from_secs(ceiling),
            "{after} s"
        );
    }
    // Where it is the network's trouble nothing was slower before.
    for (told, sight) in [
        (None, Sight::Silent(Connect)),
        (Some(true), Sight::Silent(OfflineReason::Dns)),
        (Some(true), Sight::Portal),
    ] {
        assert_eq!(
            looked_at(told, sight).0.probe_ceiling(NOW),
            NETWORK_AGAIN,
            "{told:?} {sight:?}"
        );
    }
}

#[test]
fn s16_an_up_that_is_repeated_is_news_once_in_a_silence_and_a_reminder_once_a_minute() {
    let probe = Event::Silence {
        why: Connect,
        since: NOW,
        probe: true,
    };
    // What is said after so many seconds; whether who waits may try again, and the probes counted then.
    let table = [
        (0, UP, true, 0),
        (0, probe, false, 1),
        (1, probe, false, 2),
        (2, UP, false, 2),
        (59, UP, false, 2),
        (60, UP, true, 2),
        (61, UP, false, 2),
        (119, UP, false, 2),
        (120, UP, true, 2),
        (121, DOWN, false, 2),
        (122, UP, true, 0),
        (123, probe, false, 1),
        (124, UP, false, 1),
        // Silence that begins anew has a first "up" of its own; in the same one that goes on it was said.
        (125, Event::Answered, true, 1),
        (126, SILENCE, false, 0),
        (127, UP, true, 0),
        (128, probe, false, 1),
        (129, Event::Answered, true, 1),
        (130, SILENCE, false, 1),
        (131, UP, false, 1),
    ];
    let mut now = way(Some(true), Sight::Answering).after(SILENCE, NOW).0;
    for (second, event, returns, probes) in table {
        let at = NOW + Duration::from_secs(second);
        let event = match event {
            Event::Silence { why, probe, .. } => Event::Silence {
                why,
                since: at,
                probe,
            },
            other => other,
        };
        let (after, effects) = now.after(event, at);
        assert_eq!(has(&effects, &Effect::Return), returns, "{second} s {event:?}");
        assert_eq!(after.probes, probes, "{second} s {event:?}");
        if event == UP {
            let switched = has(&effects, &Effect::DropConnections) && has(&effects, &Effect::RenewReads);
            assert!(switched, "{second} s: it may be another network");
        }
        now = after;
    }
}

#[test]
fn s13_a_portal_is_no_network_and_its_end_is_found_by_probes() {
    let portal = way(None, Sight::Answering).after(PORTAL, NOW).0;
    assert_eq!(
        (portal.admit(NOW), portal.shown()),
        (Admission::Probe, Connectivity::CaptivePortal)
    );
    assert!(portal.wants_probes());
    let (still, effects) = portal.after(Event::Portal { probe: true }, NOW);
    assert_eq!((still.sight, still.probes, effects), (Sight::Portal, 1, vec![]));
}

#[test]
fn what_the_caller_asked_for_is_shown_before_what_was_seen() {
    let (asked, _) = way(None, Sight::Silent(Connect)).after(Event::Asked { offline: true }, NOW);
    assert_eq!(asked.admit(NOW), Admission::ToldDown);
    assert!(!asked.wants_probes());
    let by_request = OfflineReason::ByRequest;
    assert_eq!(asked.shown(), Connectivity::Offline { why: by_request });
    let (back, effects) = asked.after(Event::Asked { offline: false }, NOW);
    assert_eq!(back.shown(), Connectivity::Offline { why: Connect });
    assert!(has(&effects, &Effect::Return));
}

#[test]
fn with_a_low_battery_probes_are_rare_unless_a_person_looks() {
    for (told, sight) in [
        (None, Sight::Silent(TimedOut)),
        (Some(true), Sight::Silent(Connect)),
        (None, Sight::Portal),
    ] {
        let spares = way(told, sight).after(Event::Battery { low: true }, NOW).0;
        assert_eq!(spares.probe_ceiling(NOW), SPARING_AGAIN, "{told:?} {sight:?}");
        let looked_at = spares.after(Event::Looked, NOW).0;
        assert!(looked_at.probe_ceiling(NOW) <= LOOKED_AT_AGAIN);
        assert_eq!(looked_at.probe_ceiling(NOW + LOOKS), SPARING_AGAIN);
        let charged = spares.after(Event::Battery { low: false }, NOW).0;
        assert_eq!(charged.probe_ceiling(NOW), way(told, sight).probe_ceiling(NOW));
    }
}
