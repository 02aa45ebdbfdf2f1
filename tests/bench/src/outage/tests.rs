//! Scenario 16: the shape of the figures, on fewer devices.

use super::plan::{Plan, UP};
use super::report::Figures;
use super::server::Dialect;
use super::simulate::compare;

const DEVICES: usize = 100;

fn an_outage_of_ten_minutes(dialect: Dialect) {
    let compared = compare(&Plan::draw(DEVICES, 16), dialect).expect("it runs");
    let (core, plain) = (Figures::of(&compared.core), Figures::of(&compared.plain));
    println!("core {core:#?}\nplain {plain:#?}");
    assert!(plain.added() > 1000, "the plain client makes it worse: {plain:?}");
    assert!(core.added() * 10 <= plain.added(), "{core:?}");
    // By the scenario's own measure: at most a tenth more than without an outage.
    let calm = i64::try_from(core.calm_down + core.calm_after).expect("a count");
    assert!(core.added() * 10 <= calm, "{core:?}");
    assert!(core.bucket_down <= DEVICES / 10, "{core:?}");
    assert!(core.bucket_after <= DEVICES / 10, "{core:?}");
    assert!(core.empty.is_some_and(|after| after <= UP), "{core:?}");
    assert!(core.well[2].is_some(), "{core:?}");
    assert_eq!(core.signed_out, 0);
    assert!(core.accepted > 0);
    assert_eq!(core.made, core.accepted, "each booking is made once");
}

#[test]
fn s16_an_outage_adds_no_load_and_all_are_well_again_v1() {
    an_outage_of_ten_minutes(Dialect::V1);
}

#[test]
fn s16_an_outage_adds_no_load_and_all_are_well_again_v2() {
    an_outage_of_ten_minutes(Dialect::V2);
}

#[test]
fn the_same_seed_draws_the_same_persons() {
    let [first, again, other] = [16, 16, 17].map(|seed| Plan::draw(10, seed));
    let does = |plan: &Plan| {
        plan.devices
            .iter()
            .map(|one| one.does.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(does(&first), does(&again));
    assert_ne!(does(&first), does(&other));
}
