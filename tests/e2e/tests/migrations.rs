//! Scenario 33: a process that is killed at any point of bringing files of an older version up to date, as the disk shows it:
//! from one call of SQLite's file system on, nothing reaches the disk any more. The next start goes on, and nothing is lost.

use std::fs;
use std::path::{Path, PathBuf};

use pmi_e2e::faults::{Code, Faults};
use pmi_e2e::{Device, World};
use pmi_platform::Dialect;
use rusqlite::Connection;
use rusqlite::types::Value;

/// The two files by their names, with the folder of each.
const FILES: [(&str, &str); 2] = [("durable", "data"), ("cache", "cache")];

/// Its name and its rows.
type Table = (String, Vec<Vec<Value>>);

fn golden(name: &str, version: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!(
        "../../core/tests/golden/schema/{name}_v{version}.sqlite3"
    ))
}

fn path(device: &Device, name: &str, folder: &str) -> PathBuf {
    device.dir().join(folder).join(format!("{name}.sqlite3"))
}

/// Puts a file of this version, and nothing else, on the device.
fn put(device: &Device, (name, folder): (&str, &str), version: u32) {
    let dir = device.dir().join(folder);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).expect("a folder");
    fs::copy(golden(name, version), path(device, name, folder)).expect("a golden file");
}

/// The version and every row of every table, but what is of this installation alone.
fn content(file: &Path) -> (i64, Vec<Table>) {
    let file = Connection::open(file).expect("it opens");
    let version = file.pragma_query_value(None, "user_version", |row| row.get(0));
    let mut tables = file
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .expect("its tables");
    let tables: Vec<String> = tables
        .query_map([], |row| row.get(0))
        .expect("its tables")
        .collect::<rusqlite::Result<_>>()
        .expect("their names");
    let rows = |table: &String| {
        let mut all = file
            .prepare(&format!("SELECT * FROM \"{table}\" ORDER BY rowid"))
            .expect("a table");
        let columns = all.column_count();
        all.query_map([], |row| (0..columns).map(|column| row.get(column)).collect())
            .expect("its rows")
            .collect::<rusqlite::Result<Vec<Vec<Value>>>>()
            .expect("whole")
    };
    let all = tables.iter().map(|table| (table.clone(), rows(table))).collect();
    (version.expect("a version"), all)
}

/// The version that a killed process left, looked at in a copy: the next start is to find the file and its log as they are.
fn left_version(device: &Device, (name, folder): (&str, &str)) -> i64 {
    let copy = tempfile::tempdir().expect("a folder");
    let file = path(device, name, folder);
    for suffix in ["", "-wal"] {
        let from = format!("{}{suffix}", file.display());
        let to = format!("{}{suffix}", copy.path().join("copy").display());
        if Path::new(&from).exists() {
            fs::copy(from, to).expect("copied");
        }
    }
    content(&copy.path().join("copy")).0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s33_a_migration_that_is_killed_at_any_call_goes_on_at_the_next_start() {
    let world = World::start(Dialect::V2).await;
    let device = world.device();
    let (mut cases, mut unfinished) = (0, 0);
    for file @ (name, folder) in FILES {
        let versions = (1..)
            .take_while(|version| golden(name, *version).exists())
            .count();
        assert!(versions >= 2, "{name}");
        for version in 1..=u32::try_from(versions).expect("few") {
            put(&device, file, version);
            device.open().close();
            let right = content(&path(&device, name, folder));
            assert_eq!(usize::try_from(right.0), Ok(versions));
            for call in 1.. {
                put(&device, file, version);
                let faults = Faults::under(device.dir());
                faults.arm(call, Code::IoErr, true);
                let opened = device.try_open();
                drop(opened.map(|client| client.close()));
                let hits = faults.mend();
                if hits.is_empty() {
                    break;
                }
                let what = format!("{name} of version {version}, killed at call {call}");
                let left = left_version(&device, file);
                unfinished += usize::from(usize::try_from(left) != Ok(versions));
                let client = device.open();
                assert!(client.set_aside().is_empty(), "{what}");
                assert_eq!(client.salvaged(), None, "{what}");
                client.close();
                assert_eq!(content(&path(&device, name, folder)), right, "{what}");
                cases += 1;
            }
        }
    }
    println!("{cases} kills, {unfinished} of them before the last step was done");
    assert!(unfinished > 50);
}
