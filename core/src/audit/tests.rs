//! The trail on a real file, with time that moves only when told to.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::error::SignInReason;
use crate::model::{
    OutboxDecision, OutboxEvent, RefreshCause, SessionDecision, TransportDecision, WaitCause,
};
use crate::ports::Clock as _;
use crate::ports::fakes::{ManualClock, ScriptedNetwork, SeededRandom, ports};

const ORIGIN: &str = "https://one.example";

struct Scene {
    dir: tempfile::TempDir,
    clock: ManualClock,
    durable: Arc<DurableFile>,
    audit: Audit,
}

fn scene() -> Scene {
    let (dir, clock) = (tempfile::tempdir().unwrap(), ManualClock::new());
    let durable = open(dir.path());
    let audit = audit(&durable, &clock);
    Scene {
        dir,
        clock,
        durable,
        audit,
    }
}

fn open(dir: &Path) -> Arc<DurableFile> {
    let opened = DurableFile::open(dir, Timestamp::UNIX_EPOCH, &SeededRandom::new(1)).unwrap();
    Arc::new(opened.store)
}

fn audit(durable: &Arc<DurableFile>, clock: &ManualClock) -> Audit {
    let network = ScriptedNetwork::script(clock, []);
    Audit::new(Arc::clone(durable), ORIGIN.to_owned(), ports(clock, network))
}

fn wait(millis: u64) -> TransportDecision {
    TransportDecision::Wait {
        millis,
        cause: WaitCause::Backoff,
    }
}

const ENDED: SessionDecision = SessionDecision::Ended {
    why: SignInReason::SessionExpired,
};

impl Scene {
    fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// The rows another process finds.
    fn on_disk(&self) -> Vec<TrailEntry> {
        open(self.dir.path()).trail(ORIGIN).unwrap()
    }

    fn raw(&self, sql: &str) {
        let file = self.dir.path().join("durable.sqlite3");
        rusqlite::Connection::open(file)
            .unwrap()
            .execute_batch(sql)
            .unwrap();
    }
}

#[test]
fn the_end_of_a_session_is_on_disk_when_it_is_noted() {
    let scene = scene();
    scene.audit.note(wait(100));
    scene.audit.note(wait(200));
    assert_eq!(
        scene.on_disk().len(),
        1,
        "the second of two waits within a second is not written yet"
    );
    assert_eq!(scene.on_disk()[0].times, 1);
    scene.audit.note(ENDED);
    let rows = scene.on_disk();
    assert_eq!((rows[0].times, rows.len()), (2, 2));
    assert!(
        rows[1].milestone && rows[1].detail.contains("session_expired"),
        "{rows:?}"
    );
}

#[test]
fn what_is_not_written_yet_is_when_a_second_has_passed_when_the_trail_is_read_and_when_it_ends() {
    let scene = scene();
    scene.audit.note(wait(1));
    scene.audit.note(wait(2));
    scene.pass(1);
    scene.audit.note(wait(3));
    assert_eq!(scene.on_disk()[0].times, 3);
    scene.audit.note(wait(4));
    assert_eq!(scene.audit.entries().unwrap()[0].times, 4);
    assert_eq!(scene.on_disk()[0].times, 4);
    scene.audit.note(wait(5));
    scene.audit.flush();
    assert_eq!(scene.on_disk()[0].times, 5);
}

#[test]
fn a_storm_is_written_by_the_dozen_not_one_by_one() {
    let scene = scene();
    scene.audit.note(wait(0));
    for item in 1..32 {
        scene.audit.note(OutboxDecision {
            item,
            what: OutboxEvent::Accepted,
        });
        assert_eq!(scene.on_disk().len(), 1);
    }
    scene.audit.note(OutboxDecision {
        item: 32,
        what: OutboxEvent::Accepted,
    });
    assert_eq!(scene.on_disk().len(), 33);
}

#[test]
fn waits_that_are_alike_are_one_entry_with_the_newest_of_them_and_both_times() {
    let scene = scene();
    let first = scene.clock.wall();
    for millis in 1..=500 {
        scene.audit.note(wait(millis));
        scene.audit.note(TransportDecision::Wait {
            millis,
            cause: WaitCause::Limiter,
        });
        scene.pass(7);
    }
    let trail = scene.audit.entries().unwrap();
    assert_eq!(trail.len(), 2, "{trail:?}");
    let backoff = &trail[0];
    assert_eq!(backoff.decision, wait(500).into());
    assert_eq!((backoff.times, backoff.at), (500, first));
    assert_eq!(
        backoff.until.duration_since(first),
        SignedDuration::from_secs(499 * 7)
    );
    assert_eq!(backoff.until_boot_ms - backoff.boot_ms, 499 * 7000);
}

#[test]
fn a_long_outage_does_not_push_out_the_sign_out_that_matters() {
    let scene = scene();
    scene.audit.note(ENDED);
    for hour in 0..600 {
        scene.pass(2 * 3600);
        scene.audit.note(wait(hour));
        scene.audit.note(OutboxDecision {
            item: 1,
            what: OutboxEvent::PutOff { millis: hour },
        });
    }
    let trail = scene.audit.entries().unwrap();
    assert_eq!(trail[0].decision, ENDED.into());
    // 30 days hold 360 of those rounds, and each is too far from the next to be counted with it.
    assert_eq!(trail.len(), 1 + 2 * 361);
}

#[test]
fn the_trail_is_bounded_by_number_and_the_oldest_go_first() {
    let scene = scene();
    for number in 0..1300 {
        scene.audit.note(OutboxDecision {
            item: number,
            what: OutboxEvent::Done,
        });
        if number < 300 {
            scene.audit.note(SessionDecision::SignedIn);
        }
    }
    let trail = scene.audit.entries().unwrap();
    let milestones = trail.iter().filter(|entry| entry.decision.is_milestone()).count();
    assert_eq!((milestones, trail.len()), (200, 1000));
    let items: Vec<i64> = trail
        .iter()
        .filter_map(|entry| match &entry.decision {
            Decision::Outbox(decision) => Some(decision.item),
            _ => None,
        })
        .collect();
    assert_eq!(items, (500..1300).collect::<Vec<_>>());
}

#[test]
fn nothing_is_counted_across_a_sign_out_another_boot_or_an_hour() {
    let scene = scene();
    let refresh = |generation| SessionDecision::RefreshStarted {
        generation,
        cause: RefreshCause::Ageing,
    };
    scene.audit.note(refresh(1));
    scene.audit.note(SessionDecision::SignedOut);
    scene.audit.note(refresh(2));
    scene.pass(1800);
    scene.audit.note(refresh(3));
    scene.pass(3601);
    scene.audit.note(refresh(4));
    scene.clock.reboot();
    scene.audit.note(refresh(5));
    let trail = scene.audit.entries().unwrap();
    let times: Vec<(u32, u32)> = trail.iter().map(|entry| (entry.times, entry.boot)).collect();
    assert_eq!(times, [(1, 1), (1, 1), (2, 1), (1, 1), (1, 2)]);
}

#[test]
fn s10_a_clock_that_jumps_can_be_told_from_time_that_passed() {
    let scene = scene();
    scene.audit.note(SessionDecision::SignedIn);
    scene.clock.shift_wall(SignedDuration::from_hours(-24));
    scene.pass(60);
    scene.raw(
        "INSERT INTO origin (id, url) VALUES (9, 'https://two.example');
         INSERT INTO server_time (origin_id, boot_id, boot_ms, at, error_ms, wall)
         SELECT id, (SELECT max(boot_id) FROM audit), 1000000, 1800000000000, 500, 0
         FROM origin WHERE url = 'https://one.example'",
    );
    scene.audit.note(ENDED);
    let trail = scene.audit.entries().unwrap();
    assert!(trail[1].at < trail[0].at, "the wall clock went back");
    assert_eq!(trail[1].boot_ms - trail[0].boot_ms, 60_000);
    let server = trail[1].server_at.unwrap().as_millisecond();
    assert_eq!(
        server,
        1_800_000_000_000 + 60_000,
        "1000 s after the boot it was told, and 60 s have passed"
    );
    assert_eq!(trail[0].server_at, None);
}

#[test]
fn a_disk_that_fails_costs_the_trail_nothing_until_it_is_mended() {
    let scene = scene();
    scene.raw("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END");
    scene.audit.note(ENDED);
    for item in 0..500 {
        scene.audit.note(OutboxDecision {
            item,
            what: OutboxEvent::Done,
        });
    }
    let trail = scene.audit.entries().unwrap();
    assert_eq!(
        (trail.len(), &trail[0].decision),
        (128, &ENDED.into()),
        "what is kept in memory is bounded"
    );
    scene.raw("DROP TRIGGER full");
    scene.pass(61);
    scene.audit.note(wait(1));
    assert_eq!(scene.on_disk().len(), 128);
    assert!(scene.on_disk()[0].milestone);
}

#[test]
fn a_closed_file_costs_the_caller_nothing() {
    let scene = scene();
    scene.durable.close();
    scene.audit.note(ENDED);
    scene.audit.flush();
    assert!(matches!(scene.audit.entries(), Err(StoreError::Closed(_))));
}

#[test]
fn two_clients_write_one_trail_and_another_server_has_its_own() {
    let scene = scene();
    let beside = audit(&open(scene.dir.path()), &scene.clock);
    for _ in 0..20 {
        scene.audit.note(wait(1));
        beside.note(wait(2));
        scene.pass(1);
    }
    let trail = scene.audit.entries().unwrap();
    assert_eq!((trail.len(), trail[0].times), (1, 40));
    assert_eq!(scene.durable.trail("https://two.example").unwrap(), []);
}

#[test]
fn what_a_newer_version_wrote_is_left_out() {
    let scene = scene();
    scene.audit.note(SessionDecision::SignedIn);
    scene.raw("UPDATE audit SET detail = '{\"about\":\"telepathy\",\"what\":\"sent\"}'");
    scene.audit.note(SessionDecision::SignedOut);
    let trail = scene.audit.entries().unwrap();
    assert_eq!(trail.len(), 1);
    assert_eq!(trail[0].decision, SessionDecision::SignedOut.into());
}
