//! Scenario 16: the shape of the figures, on fewer devices.

use std::time::Duration;

use super::plan::Plan;
use super::report::Figures;
use super::server::Dialect;
use super::simulate::compare;

const DEVICES: usize = 100;

/// Hundredths of what the plain client adds: 24 are measured (v1), 23 (v2), the same in each run. It is to become ten: half of it
/// are the probes of devices with something to send (scenario 27), the rest retries within a budget that is new with each device.
const ADDED_AT_MOST: i64 = 27;

fn an_outage_of_ten_minutes(dialect: Dialect) {
    let compared = compare(&Plan::draw(DEVICES, 16), dialect).expect("it runs");
    let (core, plain) = (Figures::of(&compared.core), Figures::of(&compared.plain));
    assert!(plain.added() > 1000, "the plain client makes it worse: {plain:?}");
    assert!(
        core.added() * 100 <= plain.added() * ADDED_AT_MOST,
        "{core:?}\n{plain:?}"
    );
    assert!(core.bucket_down <= DEVICES / 10, "{core:?}");
    assert!(core.bucket_after <= DEVICES / 10, "{core:?}");
    assert!(
        core.empty.is_some_and(|after| after <= Duration::from_secs(600)),
        "{core:?}"
    );
    assert!(core.well[2].is_some(), "{core:?}");
    assert!(core.failed_after <= DEVICES / 10, "{core:?}");
    assert_eq!(core.signed_out, 0);
    assert!(core.accepted > 0);
    assert_eq!(core.made, core.accepted, "each booking is made once");
}

#[test]
fn s16_an_outage_adds_less_load_than_with_a_plain_client_and_all_are_well_again_v1() {
    an_outage_of_ten_minutes(Dialect::V1);
}

#[test]
fn s16_an_outage_adds_less_load_than_with_a_plain_client_and_all_are_well_again_v2() {
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
