//! Scenario 22 with real processes: killed at every durable write and every network step of booking, moving and calling off on
//! three vehicles, and started anew until all is quiet; and killed again while they start. Each accepted write has one effect.
//! The same of a booking with a photo: it is made once, and has that photo once, whole.
//!
//! Where it is the process itself counts ([`Then::KillAtPoint`]): it is killed one point later each time, until it ends by
//! itself. So all points are met, although those of a device that is online do not come in the same order each time.

use std::collections::{BTreeMap, BTreeSet};

use pmi_e2e::processes::{Act, Desk, Scene, Step, Then, acts, day, the_photo};
use pmi_platform::{Dialect, Fault, Match, SeenPhoto};

/// So many devices are made of one server: v1 shows no more than 200 bookings.
const DEVICES: usize = 25;

/// So many devices in a row that are through before they are killed, and none is killed any later.
const ENOUGH: usize = 3;

/// How the server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answers {
    All,
    /// To the first writes it does not, and has done what was asked.
    FirstLost,
}

/// By vehicle: what there may be of it, `11:00:00 scheduled` or nothing.
type Expected = BTreeMap<usize, BTreeSet<Option<String>>>;

fn start(dialect: Dialect) -> Scene {
    Scene::start(dialect, env!("CARGO_BIN_EXE_device"))
}

/// Loses the answers to the first two that make a booking and the first two that change one; of a photo the one to its
/// declaration, and if nothing else goes wrong those to its first and its last part.
fn lose_answers(scene: &Scene) {
    scene.control().clear();
    let writes = match scene.dialect {
        Dialect::V1 => vec![
            Match::post("/api/bookings/create"),
            Match::put("/api/appointments/"),
            Match::delete("/api/appointments/"),
        ],
        Dialect::V2 => vec![Match::post("/api/bookings"), Match::patch("/api/bookings/")],
    };
    for write in writes {
        scene.control().on(write).times(2).then(Fault::CutAfter);
    }
    for nth in [1, 3, 6] {
        let put = Match::put("/api/bookings/");
        scene.control().on(put).nth(nth).then(Fault::CutAfter);
    }
}

/// What there must be once these are done, and nothing else is.
fn expected(acts: &[Act]) -> Expected {
    let nothing = || BTreeSet::from([None]);
    let mut all: Expected = (0..3).map(|vehicle| (vehicle, nothing())).collect();
    let mut hours = [10; 3];
    let mut was_online = [false; 3];
    for act in acts {
        match *act {
            Act::Book(vehicle) | Act::BookWithPhoto(vehicle) => {
                all.insert(vehicle, BTreeSet::from([Some("10:00:00 scheduled".to_owned())]));
            }
            Act::Move(vehicle, hour) => {
                hours[vehicle] = hour;
                all.insert(vehicle, BTreeSet::from([Some(format!("{hour}:00:00 scheduled"))]));
            }
            Act::Cancel(vehicle) => {
                // A move that was not sent yet is taken back with it; and so is the booking itself.
                let at = |hour: i8| Some(format!("{hour}:00:00 cancelled"));
                let mut ends: BTreeSet<_> = (10..=hours[vehicle]).map(at).collect();
                if !was_online[vehicle] {
                    ends.clear();
                }
                if !was_online[vehicle] || !is_settled_before(acts, act) {
                    ends.insert(None);
                }
                all.insert(vehicle, ends);
            }
            Act::Online => was_online = [true; 3],
            Act::Offline | Act::Settle => {}
        }
    }
    all
}

/// Whether all that came before it was sent.
fn is_settled_before(acts: &[Act], act: &Act) -> bool {
    let before = acts.iter().take_while(|other| *other != act);
    before.fold(false, |settled, other| match other {
        Act::Settle => true,
        Act::Book(_) | Act::BookWithPhoto(_) => false,
        _ => settled,
    })
}

/// The acts up to the write that was accepted as the last; and up to the next one, which may have been, unsaid.
fn until(acts: &'static [Act], accepted: usize) -> [&'static [Act]; 2] {
    let end_of = |count: usize| {
        let writes = acts.iter().enumerate().filter(|(_, act)| act.is_write());
        let end = writes.map(|(n, _)| n + 1).nth(count.wrapping_sub(1));
        &acts[..end.unwrap_or(if count == 0 { 0 } else { acts.len() })]
    };
    [end_of(accepted), end_of(accepted + 1)]
}

/// One device; where, and what it says.
struct Run<'a> {
    scene: &'a Scene,
    desk: Desk<'a>,
    name: &'static str,
    number: i64,
}

impl Run<'_> {
    /// Does what is to be done; how much was accepted, and whether it was killed.
    fn perform(&self, then: Then) -> (usize, bool) {
        let mut device = self.desk.begin_hasty(then);
        device.tell(&format!("do {} {}", self.name, self.number));
        let (said, killed) = device.ends();
        let accepted = said.iter().filter(|line| *line == "accepted").count();
        let is_done = said.last().is_some_and(|line| line == "done");
        assert!(killed || is_done, "{said:?}");
        (accepted, killed)
    }

    /// Starts anew, and sends what there is; whether it was killed.
    fn restart(&self, then: Then, at: &str) -> bool {
        let mut device = self.desk.begin_hasty(then);
        device.tell("finish");
        let (said, killed) = device.ends();
        let is_quiet = said.last().is_some_and(|line| self.is_quiet(line));
        assert!(killed || is_quiet, "{at}: {said:?}");
        killed
    }

    /// v1 has no photos: the person is told of the one that was accepted before the server was known, if it was.
    fn is_quiet(&self, line: &str) -> bool {
        let is_made = !self.scene.booked_on(day(self.number)).is_empty();
        let set_aside = self.has_photo() && is_made && self.scene.dialect == Dialect::V1;
        line == format!("0 left, {} for the person", u8::from(set_aside))
    }

    fn has_photo(&self) -> bool {
        let mut acts = acts(self.name).into_iter().flatten();
        acts.any(|act| matches!(act, Act::BookWithPhoto(_)))
    }

    /// Each accepted write had its effect, once.
    fn check(&self, accepted: usize, at: &str) {
        let all = acts(self.name).expect("acts");
        let there = self.scene.booked_on(day(self.number));
        let mut by_vehicle: BTreeMap<i64, String> = BTreeMap::new();
        for (vehicle, booking) in &there {
            let another = by_vehicle.insert(*vehicle, booking.clone());
            assert_eq!(another, None, "{at}: made twice: {there:?}");
        }
        let garage = self.scene.garage();
        let made = |vehicle: usize| by_vehicle.get(&garage[vehicle]).cloned();
        let fits = |acts: &[Act]| {
            let expected = expected(acts);
            expected
                .iter()
                .all(|(vehicle, ends)| ends.contains(&made(*vehicle)))
        };
        let wanted = until(all, accepted);
        assert!(
            wanted.into_iter().any(fits),
            "{at}: {accepted} were accepted, and there is {there:?}"
        );
        let photos = self.scene.photos_on(day(self.number));
        let is_sent = self.has_photo() && !there.is_empty() && self.scene.dialect == Dialect::V2;
        assert_eq!(photos.len(), usize::from(is_sent), "{at}: {photos:?}");
        let is_whole = |photo: &SeenPhoto| photo.complete && photo.bytes == the_photo();
        assert!(photos.iter().all(is_whole), "{at}: {photos:?}");
    }
}

/// How many were killed.
#[derive(Debug, Default)]
struct Killed {
    once: usize,
    again: usize,
}

/// A device for all of them to begin as.
fn pattern<'a>(scene: &'a Scene, name: &str) -> Desk<'a> {
    let desk = scene.desk_with_three_vehicles();
    if name == "with-a-photo" && scene.dialect == Dialect::V1 {
        // Of a server that is known to be v1 no photo is accepted.
        desk.forget_the_server();
    }
    desk
}

/// Runs devices that are killed, one point later each time. `again`: at which points they are killed once more when they start.
fn kill(
    dialect: Dialect,
    name: &'static str,
    answers: Answers,
    first: usize,
    stride: usize,
    again: &[usize],
) -> Killed {
    let mut killed = Killed::default();
    let mut point = first;
    // How many in a row were not killed: how many points there are differs a little from run to run.
    let mut through = 0;
    loop {
        let scene = start(dialect);
        let pattern = pattern(&scene, name);
        for number in 0..DEVICES {
            let run = Run {
                scene: &scene,
                desk: pattern.copy(),
                name,
                number: i64::try_from(number).expect("a day"),
            };
            if answers == Answers::FirstLost {
                lose_answers(&scene);
            }
            let at = format!("{dialect:?}, {name}, {answers:?}, killed at point {point}");
            let (accepted, was_killed) = run.perform(Then::KillAtPoint(point));
            if was_killed {
                killed.once += 1;
                for then in again {
                    let at = format!("{at}, and at point {then} of its next start");
                    killed.again += usize::from(run.restart(Then::KillAtPoint(*then), &at));
                }
            }
            run.restart(Then::KillAtPoint(0), &at);
            run.check(accepted, &at);
            through = if was_killed { 0 } else { through + 1 };
            if through == ENOUGH {
                return killed;
            }
            point += stride;
        }
    }
}

/// No step of an undisturbed run adds two transactions to the one before it: so every state of the file is met.
fn every_state_is_met(dialect: Dialect, name: &'static str) -> usize {
    let scene = start(dialect);
    let pattern = pattern(&scene, name);
    let desk = pattern.copy();
    let mut device = desk.begin_hasty(Then::Count);
    device.tell(&format!("do {name} 0"));
    while device.says() != "done" {}
    let steps: Vec<Step> = device.steps();
    for pair in steps.windows(2) {
        assert!(
            pair[1].commits <= pair[0].commits + 1,
            "two commits in a row: {pair:?}"
        );
    }
    steps.last().map_or(0, |step| step.commits)
}

fn killed_at_every_point(dialect: Dialect, name: &'static str) {
    let commits = every_state_is_met(dialect, name);
    for answers in [Answers::All, Answers::FirstLost] {
        let killed = kill(dialect, name, answers, 1, 1, &[]);
        println!("{dialect:?}, {name}, {answers:?}: {commits} commits, {killed:?}");
        assert!(
            killed.once > commits,
            "each commit is a point, and the network's steps are"
        );
    }
}

#[test]
fn s22_killed_at_every_point_of_writes_without_a_network_each_has_one_effect_v1() {
    killed_at_every_point(Dialect::V1, "offline-first");
}

#[test]
fn s22_killed_at_every_point_of_writes_without_a_network_each_has_one_effect_v2() {
    killed_at_every_point(Dialect::V2, "offline-first");
}

#[test]
fn s22_killed_at_every_point_of_writes_with_a_network_each_has_one_effect_v1() {
    killed_at_every_point(Dialect::V1, "online");
}

#[test]
fn s22_killed_at_every_point_of_writes_with_a_network_each_has_one_effect_v2() {
    killed_at_every_point(Dialect::V2, "online");
}

#[test]
fn s22_killed_at_every_point_of_a_booking_with_a_photo_the_booking_is_made_once_and_the_photo_set_aside_v1() {
    killed_at_every_point(Dialect::V1, "with-a-photo");
}

#[test]
fn s22_killed_at_every_point_of_a_booking_with_a_photo_both_are_there_once_v2() {
    killed_at_every_point(Dialect::V2, "with-a-photo");
}

/// Killed again at two points of its next start, one after the other.
fn killed_again(dialect: Dialect) {
    for (first, again) in [(2, [3, 9]), (5, [14, 6]), (7, [20, 11])] {
        let killed = kill(dialect, "online", Answers::FirstLost, first, 13, &again);
        println!("{dialect:?}: {killed:?}");
        assert!(killed.again > 0, "some are killed again");
    }
}

#[test]
fn s22_killed_again_while_it_starts_each_write_has_one_effect_v1() {
    killed_again(Dialect::V1);
}

#[test]
fn s22_killed_again_while_it_starts_each_write_has_one_effect_v2() {
    killed_again(Dialect::V2);
}
