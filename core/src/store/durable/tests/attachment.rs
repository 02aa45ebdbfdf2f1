//! Files that travel with a write.

use super::outbox::{accept, chain, signed_in};
use super::*;
use crate::store::durable::OutboxTx;

fn with_file(durable: &DurableFile, operation: &str, size: u64, parts: &[&[u8]]) -> i64 {
    let seq = accept(durable, &chain("aaaaaaaaaa", 51).id, operation).unwrap();
    write(durable, |tx| {
        let attachment = tx.add_attachment(seq, size, b"sealed about")?;
        for (number, part) in (0..).zip(parts) {
            tx.add_part(attachment, number, part)?;
        }
        Ok(())
    });
    seq
}

fn write<T>(durable: &DurableFile, work: impl FnOnce(&OutboxTx<'_>) -> Result<T, StoreError>) -> T {
    durable.outbox(&account(1), work).unwrap()
}

fn begun(dir: &Path) -> DurableFile {
    let durable = signed_in(dir);
    write(&durable, |tx| tx.add_chain(&chain("aaaaaaaaaa", 51)));
    durable
}

#[test]
fn s22_a_file_is_there_after_a_restart_in_its_parts_and_how_far_it_came() {
    let dir = tempfile::tempdir().unwrap();
    let durable = begun(dir.path());
    let seq = with_file(&durable, "a", 7, &[b"first", b"second"]);
    write(&durable, |tx| tx.attachment_arrived(seq, 5));
    drop(durable);
    let durable = open(dir.path());
    let file = durable.attachment(&account(1), seq).unwrap().unwrap();
    assert_eq!((file.size, file.about.as_slice()), (7, &b"sealed about"[..]));
    let part = |number| durable.attachment_part(&file, number).unwrap();
    assert_eq!(part(0).unwrap(), b"first");
    assert_eq!(part(1).unwrap(), b"second");
    assert_eq!(part(2), None);
    let row = durable.outbox_since(&account(1), 0).unwrap().remove(0);
    let upload = row.upload.unwrap();
    assert_eq!((upload.sent, upload.size), (5, 7));
    assert!(
        durable.attachment(&account(2), seq).unwrap().is_none(),
        "it is one account's"
    );
}

#[test]
fn what_has_arrived_or_is_given_up_leaves_no_bytes_and_takes_no_room() {
    let dir = tempfile::tempdir().unwrap();
    let durable = begun(dir.path());
    let bytes = [0xab; 3000];
    let (sent, given_up) = (
        with_file(&durable, "a", 3000, &[&bytes]),
        with_file(&durable, "b", 10, &[b"others"]),
    );
    assert_eq!(write(&durable, |tx| tx.attached()), 3010);
    write(&durable, |tx| tx.attachment_done(sent));
    assert_eq!(write(&durable, |tx| tx.attached()), 10);
    assert!(durable.attachment(&account(1), sent).unwrap().is_none());
    assert!(
        durable.attachment_about(&account(1), sent).unwrap().is_some(),
        "what it was is known"
    );
    write(&durable, |tx| tx.remove_attachment(given_up));
    assert_eq!(write(&durable, |tx| tx.attached()), 0);
    let rows = durable.outbox_since(&account(1), 0).unwrap();
    let uploads: Vec<_> = rows
        .iter()
        .map(|row| row.upload.map(|upload| (upload.sent, upload.size)))
        .collect();
    assert_eq!(uploads, [Some((3000, 3000)), None]);
    durable.close();
    let file = std::fs::read(dir.path().join("durable.sqlite3")).unwrap();
    assert!(
        !file.windows(64).any(|window| window == [0xab; 64]),
        "freed pages are wiped"
    );
}

#[test]
fn s11_files_that_another_account_has_left_here_take_no_room_of_this_one() {
    let dir = tempfile::tempdir().unwrap();
    let durable = begun(dir.path());
    with_file(&durable, "a", 3000, &[b"sealed"]);
    durable.sign_out(&account(1), true, at(2)).unwrap();
    sign_in(&durable, 2, 1);
    assert_eq!(
        durable
            .outbox(&account(2), |tx| -> Result<_, StoreError> { tx.attached() })
            .unwrap(),
        0
    );
    assert_eq!(write(&durable, |tx| tx.attached()), 3000);
}

#[test]
fn s11_files_go_with_their_writes_when_these_are_discarded() {
    let dir = tempfile::tempdir().unwrap();
    let durable = begun(dir.path());
    let seq = with_file(&durable, "a", 6, &[b"sealed"]);
    durable.sign_out(&account(1), true, at(2)).unwrap();
    assert!(durable.attachment(&account(1), seq).unwrap().is_some(), "kept");
    durable.sign_out(&account(1), false, at(3)).unwrap();
    let parts: i64 = durable
        .database()
        .with(|connection| {
            Ok(connection.query_row("SELECT count(*) FROM attachment_part", [], |row| row.get(0))?)
        })
        .unwrap();
    assert_eq!(parts, 0);
}
