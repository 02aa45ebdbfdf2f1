//! The list of notifications without a server.

use jiff::Timestamp;

use super::record::{Notifications, NotificationsIntent};
use super::scene::{NotificationsEffect, NotificationsEvent, NotificationsScene};
use crate::error::{Error, Refusal, StorageFault};
use crate::model::{
    Connectivity, Notification, NotificationChannel, NotificationId, NotificationKind, OutboxItemId, Write,
    WriteState,
};
use crate::screens::cue::Heard;
use crate::screens::samples::{answered, item, nothing, now, offline};
use crate::screens::scene::Scene;
use crate::screens::{Phase, Remedy, TextKey, Tone};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn one(id: i64, sent: Option<i64>, read: bool) -> Notification {
    Notification {
        id: NotificationId(id),
        kind: NotificationKind::FailureAlert,
        channel: NotificationChannel::Sms,
        sent_at: sent.and_then(|second| Timestamp::from_second(second).ok()),
        delivered: true,
        read,
        text: format!("SECRET {id}"),
        vehicle_id: None,
        vehicle: None,
        pending: None,
    }
}

fn listed(all: Vec<Notification>) -> NotificationsScene {
    let mut scene = NotificationsScene::default();
    scene.hear(NotificationsEvent::List(now(all, NOW)));
    scene
}

fn open(scene: &mut NotificationsScene, id: i64) -> Vec<NotificationsEffect> {
    let id = NotificationId(id);
    scene.intend(NotificationsIntent::Open { id })
}

fn note(ids: &[i64]) -> Vec<NotificationsEffect> {
    vec![NotificationsEffect::Note(
        0,
        ids.iter().copied().map(NotificationId).collect(),
    )]
}

fn unread(shown: &Notifications) -> Vec<i64> {
    let rows = shown.rows.iter().filter(|row| !row.read);
    rows.map(|row| row.id.0).collect()
}

fn pending(mut one: Notification, state: WriteState) -> Notification {
    let write = Write::MarkRead { notification: one.id };
    one.pending = Some(Box::new(item(write, state)));
    one
}

fn refused(id: i64) -> Notification {
    let refused = WriteState::Rejected {
        why: Refusal::NotFound,
        reason: "gone".to_owned(),
        request_id: None,
    };
    pending(one(id, Some(1), false), refused)
}

#[test]
fn the_newest_comes_first_and_one_without_a_time_last() {
    let scene = listed(vec![
        one(1, None, true),
        one(2, Some(10), true),
        one(3, Some(30), false),
        one(4, Some(20), false),
    ]);
    let shown = scene.record(NOW);
    let ids: Vec<i64> = shown.rows.iter().map(|row| row.id.0).collect();
    assert_eq!(ids, [3, 4, 2, 1]);
    assert_eq!((shown.unread, shown.can_mark_all), (2, true));
    assert_eq!(shown.standing.phase, Phase::Shown);
}

#[test]
fn what_is_opened_is_read_at_once_and_noted_once() {
    let mut scene = listed(vec![one(1, Some(1), false), one(2, Some(2), true)]);
    assert_eq!(open(&mut scene, 1), note(&[1]));
    assert_eq!(scene.record(NOW).unread, 0);
    assert!(open(&mut scene, 1).is_empty(), "once");
    assert!(open(&mut scene, 2).is_empty(), "it is read");
    assert!(open(&mut scene, 9).is_empty(), "it is not there");
    assert!(
        NotificationsScene::is_begun(&note(&[1])[0]),
        "it outlives the screen"
    );

    // A list of before it was noted changes nothing; one with the write shows that.
    scene.hear(NotificationsEvent::List(now(vec![one(1, Some(1), false)], NOW)));
    assert_eq!(scene.record(NOW).unread, 0);
    let queued = pending(one(1, Some(1), true), WriteState::Queued);
    scene.hear(NotificationsEvent::List(now(vec![queued], NOW)));
    let shown = scene.record(NOW);
    assert!(shown.rows[0].read);
    let mark = shown.rows[0].pending.as_ref().expect("marked");
    assert_eq!(mark.text.key, TextKey::PendingQueued);
}

#[test]
fn all_are_noted_that_are_not_read_and_none_twice() {
    let all = vec![
        one(1, Some(1), false),
        one(2, Some(2), true),
        one(3, Some(3), false),
    ];
    let mut scene = listed(all);
    open(&mut scene, 3);
    assert_eq!(scene.intend(NotificationsIntent::MarkAllRead), note(&[1]));
    let shown = scene.record(NOW);
    assert_eq!((shown.unread, shown.can_mark_all), (0, false));
    assert!(scene.intend(NotificationsIntent::MarkAllRead).is_empty());
}

#[test]
fn what_could_not_be_noted_is_unread_again_and_says_why() {
    let mut scene = listed(vec![one(1, Some(1), false), one(2, Some(2), false)]);
    scene.intend(NotificationsIntent::MarkAllRead);
    let full = Error::Storage {
        why: StorageFault::Full,
        reason: String::new(),
    };
    scene.hear(NotificationsEvent::NotNoted(0, vec![NotificationId(2)], full));
    let shown = scene.record(NOW);
    assert_eq!(unread(&shown), [2], "the first was");
    assert_eq!(shown.problem.map(|it| it.remedy), Some(Remedy::FreeSpace));
    assert_eq!(scene.intend(NotificationsIntent::TryAgain), note(&[2]));
    assert_eq!(scene.record(NOW).problem, None, "a new try begins clean");
    assert!(scene.intend(NotificationsIntent::TryAgain).is_empty(), "once");
}

#[test]
fn s25_what_the_server_did_not_accept_is_unread_and_can_be_opened_again_or_left_so() {
    let mut scene = listed(vec![one(1, Some(1), false)]);
    open(&mut scene, 1);
    assert_eq!(scene.record(NOW).rows[0].ways, Vec::new());
    scene.hear(NotificationsEvent::List(now(vec![refused(1)], NOW)));
    let shown = scene.record(NOW);
    assert_eq!(unread(&shown), [1]);
    let (id, ways) = (NotificationId(1), &shown.rows[0].ways);
    let offered: Vec<_> = ways
        .iter()
        .map(|way| (way.text.key, way.intent.clone()))
        .collect();
    let leave = NotificationsIntent::LeaveUnread { id };
    let again = NotificationsIntent::Open { id };
    assert_eq!(
        offered,
        [
            (TextKey::WayTryAgain, again),
            (TextKey::WayLeaveUnread, leave.clone())
        ]
    );
    let mark = shown.rows[0].pending.as_ref().expect("marked");
    assert_eq!(
        (mark.text.key, mark.tone),
        (TextKey::PendingRejected, Tone::Critical)
    );
    assert_eq!(open(&mut scene, 1), note(&[1]));

    scene.hear(NotificationsEvent::List(now(vec![refused(1)], NOW)));
    let effects = scene.intend(leave.clone());
    assert_eq!(effects, [NotificationsEffect::Leave(0, id, OutboxItemId(1))]);
    assert!(NotificationsScene::is_begun(&effects[0]));
    assert!(scene.intend(leave.clone()).is_empty(), "once");
    assert_eq!(scene.record(NOW).rows[0].ways, Vec::new());
    scene.hear(NotificationsEvent::Left(0, id, Err(offline())));
    let shown = scene.record(NOW);
    assert!(shown.problem.is_some() && shown.rows[0].ways.len() == 2);
    assert_eq!(scene.intend(NotificationsIntent::TryAgain), effects, "again");
    assert!(scene.intend(leave).is_empty(), "it is being done");
    scene.hear(NotificationsEvent::Left(0, id, Ok(())));
    scene.hear(NotificationsEvent::List(now(vec![one(1, Some(1), false)], NOW)));
    let shown = scene.record(NOW);
    assert_eq!((unread(&shown), shown.problem), (vec![1], None));
    assert!(
        scene.intend(NotificationsIntent::LeaveUnread { id }).is_empty(),
        "nothing stands against it"
    );
}

#[test]
fn it_loads_first_and_nothing_told_is_an_empty_list() {
    let standing = NotificationsScene::default().record(NOW).standing;
    assert_eq!((standing.phase, standing.refreshing), (Phase::FirstLoad, true));
    let shown = listed(Vec::new()).record(NOW);
    assert_eq!((shown.standing.phase, shown.can_mark_all), (Phase::Empty, false));
    let mut scene = NotificationsScene::default();
    scene.hear(NotificationsEvent::List(nothing(offline())));
    let standing = scene.record(NOW).standing;
    assert_eq!((standing.phase, standing.offline), (Phase::Failed, true));
    assert_eq!(standing.problem.map(|it| it.remedy), Some(Remedy::Retry));
}

#[test]
fn an_old_list_stays_and_says_that_it_is_old_and_offline() {
    let mut update = answered(vec![one(1, Some(1), false)], NOW);
    if let Some(snapshot) = &mut update.snapshot {
        snapshot.stale = true;
    }
    let mut scene = NotificationsScene::default();
    scene.hear(NotificationsEvent::List(Heard::Now(update)));
    scene.hear(NotificationsEvent::Reach(Connectivity::CaptivePortal));
    let shown = scene.record(NOW);
    assert!(shown.standing.stale && shown.standing.offline);
    assert_eq!((shown.standing.as_of, shown.rows.len()), (Some(NOW), 1));
    assert_eq!(open(&mut scene, 1), note(&[1]), "offline too");
}

#[test]
fn every_kind_and_channel_has_a_text_and_a_later_one_its_own_words() {
    let kinds = NotificationKind::known();
    let channels = NotificationChannel::known();
    let all = kinds.iter().zip(&channels).map(|(kind, channel)| Notification {
        kind: kind.clone(),
        channel: channel.clone(),
        ..one(1, None, true)
    });
    let shown = listed(all.collect()).record(NOW);
    let names: Vec<[&str; 2]> = shown
        .rows
        .iter()
        .map(|row| [row.kind.key.name(), row.channel.key.name()])
        .collect();
    let expected = [
        ["notification_failure_alert", "channel_sms"],
        ["notification_reminder", "channel_voice"],
        ["notification_confirmation", "channel_email"],
        ["notification_emergency_call", "channel_push"],
    ];
    assert_eq!(names, expected);
    assert_eq!((kinds.len(), channels.len()), (4, 4), "all of them");
    let tones: Vec<Tone> = shown.rows.iter().map(|row| row.tone).collect();
    assert_eq!(
        tones,
        [Tone::Warning, Tone::Neutral, Tone::Neutral, Tone::Critical]
    );

    let later = Notification {
        kind: NotificationKind::Unknown("recall".to_owned()),
        ..one(1, None, true)
    };
    assert_eq!(listed(vec![later]).record(NOW).rows[0].kind.key, TextKey::Words);
}

#[test]
fn a_vehicle_is_named_without_its_number() {
    for (said, shown) in [
        ("Hero Glamour (PMITESTALICE00001)", "Hero Glamour"),
        ("Hero Glamour (red)", "Hero Glamour (red)"),
        ("Hero Glamour", "Hero Glamour"),
    ] {
        let named = Notification {
            vehicle: Some(said.to_owned()),
            ..one(1, None, true)
        };
        let row = listed(vec![named]).record(NOW).rows.remove(0);
        assert_eq!(row.vehicle.as_deref(), Some(shown));
    }
}

#[test]
fn s26_of_a_person_who_signed_out_nothing_is_left() {
    let mut scene = listed(vec![one(1, Some(1), false)]);
    open(&mut scene, 1);
    scene.hear(NotificationsEvent::NotNoted(0, Vec::new(), offline()));
    scene.hear(NotificationsEvent::List(Heard::Over));
    // Of before, and only now.
    scene.hear(NotificationsEvent::NotNoted(0, Vec::new(), offline()));
    scene.hear(NotificationsEvent::Left(0, NotificationId(1), Err(offline())));
    let shown = scene.record(NOW);
    assert_eq!((shown.standing.phase, shown.rows.len()), (Phase::Failed, 0));
    assert_eq!((shown.unread, shown.problem), (0, None));
    // Ids are the server's: another's notification is not read because this one was.
    scene.hear(NotificationsEvent::List(now(vec![one(1, Some(1), false)], NOW)));
    assert_eq!(scene.record(NOW).unread, 1);
}

#[test]
fn s37_what_a_notification_says_is_not_in_debug() {
    let shown = format!("{:?}", listed(vec![one(1, Some(1), false)]).record(NOW));
    assert!(!shown.contains("SECRET"), "{shown}");
}
