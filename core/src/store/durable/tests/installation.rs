//! Whether there may be keys of an earlier installation, and who removes them.

use super::*;

#[test]
fn s05_one_process_removes_stale_keys_and_only_before_anybody_has_signed_in() {
    let dir = tempfile::tempdir().unwrap();
    let [one, other] = [open(dir.path()), open(dir.path())];
    assert!(one.may_have_stale_keys().unwrap() && other.may_have_stale_keys().unwrap());
    assert!(one.claim_stale_keys().unwrap());
    assert!(!other.claim_stale_keys().unwrap(), "the other one is late");
    assert!(!other.may_have_stale_keys().unwrap());
    drop((one, other));
    assert!(!open(dir.path()).may_have_stale_keys().unwrap(), "nor later");

    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    assert!(!durable.may_have_stale_keys().unwrap());
    assert!(
        !durable.claim_stale_keys().unwrap(),
        "somebody's keys are among them"
    );
}

#[test]
fn s05_keys_stay_where_a_damaged_file_was_set_aside() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join(KIND.file_name), [0x5a; 8192]).unwrap();
    let durable = open(dir.path());
    assert!(names(dir.path()).iter().any(|name| name.contains(".bad-")));
    assert!(!durable.may_have_stale_keys().unwrap());
}

#[test]
fn a_key_is_named_by_its_account_or_as_doomed() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    sign_in(&durable, 1, 1);
    for name in ["session-1-1", "outbox-1"] {
        assert!(durable.names_key(name).unwrap(), "{name}");
    }
    assert!(!durable.names_key("session-1-2").unwrap());
    sign_in(&durable, 1, 2);
    assert!(durable.names_key("session-1-1").unwrap(), "doomed");
}
