//! Scenario 32 for photos: the file they wait in is damaged, before they are sent or in the middle of it.

use std::path::PathBuf;
use std::time::Duration;

use pmi_core::PmiClient;
use pmi_core::error::Refusal;
use pmi_core::model::{OutboxItem, Unsent, WriteState};
use pmi_e2e::desk::{at, done, name, settled};
use pmi_e2e::photos::{KIB, jpeg, rows};
use pmi_e2e::{Device, World};
use pmi_platform::{Fault, Gate};

use crate::scene::*;

const PATIENCE: Duration = Duration::from_secs(3600);

const PAGE: usize = 4096;

fn file(device: &Device) -> PathBuf {
    device.dir().join("data/durable.sqlite3")
}

/// Damages these pages of the file, which nobody has open.
fn damage(device: &Device, pages: &[usize], how: fn(&mut [u8])) {
    let mut bytes = std::fs::read(file(device)).expect("the file");
    for page in pages {
        how(&mut bytes[(page - 1) * PAGE..page * PAGE]);
    }
    std::fs::write(file(device), bytes).expect("written");
}

/// A page that is lost.
fn lost(page: &mut [u8]) {
    page.fill(0);
}

/// A page that says where it goes on, and nothing else that is true.
fn noise(page: &mut [u8]) {
    page[4..].fill(0xa7);
}

/// The page of this table on which its first row goes on, or if none does, is.
fn page_of(device: &Device, table: &str) -> usize {
    let connection = rusqlite::Connection::open(file(device)).expect("it opens");
    let sql = "SELECT pageno FROM dbstat WHERE name = ?1 ORDER BY path NOT LIKE '%+%', path LIMIT 1";
    let page: u32 = connection
        .query_row(sql, [table], |row| row.get(0))
        .expect("a page");
    usize::try_from(page).expect("a number")
}

/// The first page is lost as well, so that the file is salvaged and not used.
fn salvaged(device: &Device, pages: &[usize]) -> PmiClient {
    damage(device, &[&[1], pages].concat(), lost);
    let client = device.open();
    assert_eq!(client.set_aside().len(), 1);
    client
}

fn told(client: &PmiClient) -> (u32, Option<u32>, bool) {
    let told = client.salvaged().expect("told");
    (told.writes_saved, told.writes_lost, told.session_kept)
}

fn is_unreadable(item: &OutboxItem) {
    let WriteState::Rejected { why, reason, .. } = &item.state else {
        panic!("{item:?}")
    };
    let code = "unreadable".to_owned();
    assert_eq!(*why, Refusal::Other { code });
    assert!(reason.contains("add it again"), "{reason}");
}

/// Goes on until nothing is left, and has so many for the person.
async fn goes_on(world: &World, device: &Device, client: &PmiClient, attention: u64) {
    let _skipping = world.skip_waits(device);
    client.account().state().await.expect("the stored session");
    client.set_offline(false);
    let report = client.sync(PATIENCE).await.expect("sent");
    assert_eq!((report.remaining, u64::from(report.attention)), (0, attention));
    assert_eq!(world.made().await, AT_TEN);
}

/// What the server has of the photos of a booking: whole ones, in order.
async fn whole(world: &World, client: &PmiClient, booked: &OutboxItem) -> Vec<Vec<u8>> {
    let made = done(client, booked).await;
    let there = world.photos_of(&name(&made)).await;
    let whole = there.into_iter().filter(|photo| photo.complete);
    whole.map(|photo| photo.bytes).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s32_a_photo_saved_from_a_damaged_file_is_sent_whole_and_once() {
    let (world, device, client) = v2().await;
    let bytes = jpeg(300 * KIB, 1);
    client.set_offline(true);
    let booked = book_with(&client, 10, &[&bytes]).await;
    client.close();

    let client = salvaged(&device, &[]);
    assert_eq!(told(&client), (2, Some(0), true));
    client.set_offline(true);
    client.account().state().await.expect("the stored session");
    let items = client.outbox().list().await.expect("the outbox");
    let states: Vec<&WriteState> = items.iter().map(|item| &item.state).collect();
    assert_eq!(states, [&WriteState::Unknown; 2], "it may have been sent");
    assert_eq!(
        shown(&client, &name(&booked)).await,
        [(0, 300 * 1024, false, true)],
        "and is still shown"
    );
    goes_on(&world, &device, &client, 0).await;
    assert!(whole(&world, &client, &booked).await == [bytes]);
    let kib: Vec<u64> = world.parts().iter().map(|offset| offset / 1024).collect();
    assert_eq!(kib, [0, 64, 192], "each part once");
    assert_eq!(world.create_requests(), 1);
    assert_eq!(rows(device.dir(), "attachment_part"), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s32_a_photo_that_was_sent_is_not_sent_again_from_a_file_of_before() {
    let (world, device, client) = v2().await;
    let bytes = jpeg(100 * KIB, 1);
    client.set_offline(true);
    let booked = book_with(&client, 10, &[&bytes]).await;
    client.close();
    let before = std::fs::read(file(&device)).expect("the file");
    let client = device.open();
    goes_on(&world, &device, &client, 0).await;
    client.close();
    std::fs::write(file(&device), before).expect("written");

    let client = salvaged(&device, &[]);
    goes_on(&world, &device, &client, 0).await;
    assert!(whole(&world, &client, &booked).await == [bytes]);
    assert_eq!(world.parts(), [0, 64 * 1024], "nothing was sent again");
    assert_eq!(world.create_requests(), 1);
}

/// Of these photos the first one's row in this table is damaged too.
async fn the_first_is_lost(table: &str, photos: &[&[u8]], parts: &[u64]) {
    let (world, device, client) = v2().await;
    client.set_offline(true);
    let booked = book_with(&client, 10, photos).await;
    client.close();
    let saved = u32::try_from(rows(device.dir(), "outbox")).expect("few");

    let page = page_of(&device, table);
    let client = salvaged(&device, &[page]);
    assert_eq!(told(&client), (saved, Some(0), true), "the writes are all there");
    goes_on(&world, &device, &client, 1).await;
    let items = photo_items(&client).await;
    is_unreadable(&items[0]);
    assert!(whole(&world, &client, &booked).await == photos[1..]);
    assert_eq!(world.parts(), parts);
    client.outbox().drop_item(items[0].id).await.expect("given up");
    let moved = client.bookings().reschedule(&name(&booked), &at(12), None).await;
    done(&client, &moved.expect("accepted")).await;
    assert_eq!(client.outbox().count().await, Ok(0));
    assert_eq!(rows(device.dir(), "attachment_part"), 0, "and no bytes stay");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s32_a_photo_of_which_a_part_is_lost_costs_neither_its_booking_nor_another_photo() {
    let photos = [jpeg(100 * KIB, 1), jpeg(30 * KIB, 2)];
    the_first_is_lost("attachment_part", &photos.each_ref().map(Vec::as_slice), &[0]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s32_a_photo_whose_name_is_lost_costs_no_booking_and_can_be_given_up() {
    // The rows of two would be on one page.
    the_first_is_lost("attachment", &[&jpeg(100 * KIB, 1)], &[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s32_a_photo_that_was_being_sent_when_its_file_was_damaged_goes_on_where_it_stopped() {
    let (world, device, client) = v2().await;
    let bytes = jpeg(600 * KIB, 1);
    let gate = Gate::new();
    // The third part has arrived, and its answer never comes.
    let held = Fault::HoldAfter(gate.clone());
    world.control().on(puts()).nth(4).then(held);
    let booked = book_with(&client, 10, &[&bytes]).await;
    gate.arrived().await;
    client.close();

    let client = salvaged(&device, &[]);
    assert_eq!(told(&client), (1, Some(0), true), "the booking was made before");
    goes_on(&world, &device, &client, 0).await;
    assert!(whole(&world, &client, &booked).await == [bytes]);
    let kib: Vec<u64> = world.parts().iter().map(|offset| offset / 1024).collect();
    assert_eq!(kib, [0, 64, 192, 448, 512]);
    assert_eq!(world.create_requests(), 1);
    gate.release();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s32_a_photo_that_arrived_when_its_file_was_damaged_is_found_there() {
    let (world, device, client) = v2().await;
    let bytes = jpeg(20 * KIB, 1);
    let gate = held(&world, 2);
    let booked = book_with(&client, 10, &[&bytes]).await;
    gate.arrived().await;
    client.close();

    let client = salvaged(&device, &[]);
    goes_on(&world, &device, &client, 0).await;
    assert!(whole(&world, &client, &booked).await == [bytes]);
    assert_eq!(world.parts(), [0]);
    assert_eq!(
        world.control().requests("PUT", "/api/bookings/"),
        2,
        "nor declared again"
    );
    gate.release();
}

/// A page of a photo's bytes is met as damaged when it is sent: opening does not read them.
async fn a_page_is_damaged(how: fn(&mut [u8])) {
    let (world, device, client) = v2().await;
    let bytes = [jpeg(100 * KIB, 1), jpeg(30 * KIB, 2)];
    client.set_offline(true);
    let booked = book_with(&client, 10, &[&bytes[0], &bytes[1]]).await;
    client.close();
    damage(&device, &[page_of(&device, "attachment_part")], how);

    let client = device.open();
    assert_eq!(
        client.set_aside(),
        Vec::<PathBuf>::new(),
        "the rest of it is good"
    );
    goes_on(&world, &device, &client, 1).await;
    let items = photo_items(&client).await;
    is_unreadable(&items[0]);
    assert!(whole(&world, &client, &booked).await == bytes[1..]);
    let moved = client.bookings().reschedule(&name(&booked), &at(12), None).await;
    done(&client, &moved.expect("accepted")).await;
    let cancelled = client.bookings().cancel(&name(&booked), None).await;
    done(&client, &cancelled.expect("accepted")).await;
    let item = settled(&client, &items[0]).await;
    assert_eq!(item.state, WriteState::Withdrawn, "with its booking");
    let account = client.account();
    account.sign_out(Unsent::Ask).await.expect("nothing is unsent");
    world.sign_in(&client).await.expect("and back in");
    let left = client.outbox().history().await;
    assert_eq!(left, Ok(Vec::new()), "nothing of before is shown");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s32_a_photo_on_a_page_that_is_lost_is_refused_and_its_booking_goes_on() {
    a_page_is_damaged(lost).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s32_a_photo_on_a_page_of_noise_is_refused_and_its_booking_goes_on() {
    a_page_is_damaged(noise).await;
}
