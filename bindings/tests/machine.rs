//! The drawing of a vehicle: each component is on it, can be seen, and can be hit.
#![expect(clippy::expect_used, reason = "this is a test")]

#[path = "common/tokens.rs"]
mod tokens;

use tokens::{change, refused};

#[test]
fn every_component_has_a_region_of_its_own_and_a_point_in_it() {
    let wrong = refused(|all| change(&mut all.machine, "\"exhaust\":", "\"chimney\":"));
    assert_eq!(
        wrong,
        "machine.json: no component `exhaust`\nmachine.json: `chimney` is no component"
    );
    let wrong = refused(|all| change(&mut all.machine, "\"x\": 286", "\"x\": 386"));
    assert!(
        wrong.contains("machine.json: the point of `engine` is not in it"),
        "{wrong}"
    );
    let wrong = refused(|all| change(&mut all.machine, "\"height\": 340", "\"height\": 240"));
    assert!(
        wrong.contains("machine.json: `tires` goes beyond the drawing"),
        "{wrong}"
    );
    let wrong = refused(|all| {
        change(
            &mut all.machine,
            "\"x\": 334, \"y\": 168",
            "\"x\": 343, \"y\": 180",
        )
    });
    assert_eq!(
        wrong,
        "machine.json: the points of `battery` and `coolingSystem` are nearer than 24"
    );
    let wrong = refused(|all| all.machine = all.machine.replace("\"glass\"", "\"rim\""));
    assert_eq!(wrong, "machine.json: nothing is drawn in `glass`");
}

#[test]
fn every_mark_has_room_for_a_finger_and_a_line_of_its_own() {
    let moved = |from: &str, to: &str| refused(|all| change(&mut all.machine, from, to));
    // The engine's, towards the transmission's.
    let wrong = moved(
        "\"mark\": {\"x\": 280, \"y\": 38}",
        "\"mark\": {\"x\": 270, \"y\": 38}",
    );
    assert_eq!(
        wrong,
        "machine.json: the marks of `engine` and `transmission` are nearer than 48 dp"
    );
    let wrong = moved(
        "\"mark\": {\"x\": 360, \"y\": 38}",
        "\"mark\": {\"x\": 370, \"y\": 38}",
    );
    assert_eq!(
        wrong,
        "machine.json: the mark of `battery` goes beyond the drawing"
    );
    let wrong = moved(
        "\"mark\": {\"x\": 40, \"y\": 302}",
        "\"mark\": {\"x\": 40, \"y\": 290}",
    );
    assert_eq!(wrong, "machine.json: the mark of `exhaust` lies on the vehicle");
    // All ten fit on the narrowest phone there is, and not on a narrower one.
    let wrong = moved("\"narrowest\": 256", "\"narrowest\": 230");
    assert!(wrong.contains("are nearer than 48 dp"), "{wrong}");
    // The engine's and the transmission's change places.
    let wrong = refused(|all| {
        change(
            &mut all.machine,
            "\"mark\": {\"x\": 280, \"y\": 38}",
            "\"mark\": {\"x\": 0, \"y\": 38}",
        );
        change(
            &mut all.machine,
            "\"mark\": {\"x\": 200, \"y\": 38}",
            "\"mark\": {\"x\": 280, \"y\": 38}",
        );
        change(
            &mut all.machine,
            "\"mark\": {\"x\": 0, \"y\": 38}",
            "\"mark\": {\"x\": 200, \"y\": 38}",
        );
    });
    assert_eq!(
        wrong,
        "machine.json: the lines of `engine` and `transmission` cross"
    );
    // The engine's is far below, behind the oil's.
    let wrong = moved(
        "\"mark\": {\"x\": 280, \"y\": 38}",
        "\"mark\": {\"x\": 150, \"y\": 420}",
    );
    assert!(
        wrong.contains("machine.json: the line of `engine` goes through the mark of `oilSystem`"),
        "{wrong}"
    );
}
