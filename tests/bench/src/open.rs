//! Opening a client: on an empty device, and on one that has its files; and having it go on after a suspension.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use pmi_core::PmiClient;
use pmi_core::ports::{HttpClient, HttpClientConfig};
use rusqlite::Connection;

use crate::Outcome;
use crate::measure::Samples;
use crate::report::Report;
use crate::stage::Stage;

const FILES_COLD: &str = "floor: make two files of a page, fsync";
const SQLITE_COLD: &str = "floor: make two SQLite files with the schemas";
const FILES: &str = "floor: open two files, read a page of each";
const SQLITE: &str = "floor: open two SQLite files in WAL mode";

const SCHEMAS: [(&str, &str); 2] = [
    (
        "data",
        include_str!("../../../core/src/store/migrations/durable/001_accounts_and_rotation.sql"),
    ),
    (
        "cache",
        include_str!("../../../core/src/store/migrations/cache/001_answer.sql"),
    ),
];

/// Measures both, `count` times in turn with their floors.
pub(crate) fn measure(stage: &Stage, count: usize, report: &mut Report) -> Outcome {
    let mut cold = [(); 3].map(|()| Samples::default());
    let mut warm = [(); 3].map(|()| Samples::default());
    let mut threads = Samples::default();
    let (mut suspend, mut resume) = (Samples::default(), Samples::default());
    for n in 0..count {
        let dir = stage.fresh("files", n);
        fs::create_dir(&dir)?;
        cold[0].time(|| make_files(&dir))?;
        let dir = stage.fresh("sqlite", n);
        fs::create_dir(&dir)?;
        drop(cold[1].time(|| make_sqlite(&dir))?);
        let client = open(stage, &stage.fresh("client", n), &mut cold[2])?;
        client.close();

        warm[0].time(|| open_files(&stage.device()))?;
        drop(warm[1].time(|| open_sqlite(&stage.device()))?);
        let client = open(stage, &stage.device(), &mut warm[2])?;
        suspend.time(|| stage.wait(client.suspend(Duration::from_secs(1))))?;
        resume.time(|| stage.wait(client.resume()))?;
        client.close();

        let runtime = threads.time(|| {
            tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
        })?;
        runtime.shutdown_background();
    }
    report.floor("part: start a runtime of two threads", &threads);
    report.floor(FILES_COLD, &cold[0]);
    report.row(SQLITE_COLD, &cold[1], FILES_COLD);
    report.row("open, no files yet", &cold[2], SQLITE_COLD);
    report.floor(FILES, &warm[0]);
    report.row(SQLITE, &warm[1], FILES);
    report.row("open, files there", &warm[2], SQLITE);
    report.row("suspend", &suspend, SQLITE);
    report.row("resume", &resume, SQLITE);
    Ok(())
}

fn open(stage: &Stage, dir: &Path, samples: &mut Samples) -> Outcome<PmiClient> {
    let config = stage.config(dir);
    let ports = stage.ports(Arc::new(HttpClient::new(HttpClientConfig::default())?));
    Ok(samples.time(|| PmiClient::open(&config, ports))?)
}

fn make_files(dir: &Path) -> std::io::Result<()> {
    for (name, _) in SCHEMAS {
        let mut file = File::create(dir.join(name))?;
        file.write_all(&[0; 4096])?;
        file.sync_all()?;
    }
    Ok(())
}

fn make_sqlite(dir: &Path) -> rusqlite::Result<Vec<Connection>> {
    let make = |(name, schema)| {
        let connection = Connection::open(dir.join(name))?;
        connection.execute_batch(&format!("BEGIN; {schema}; COMMIT; PRAGMA journal_mode = wal"))?;
        Ok(connection)
    };
    SCHEMAS.into_iter().map(make).collect()
}

fn open_files(dir: &Path) -> std::io::Result<()> {
    let mut page = [0; 4096];
    for path in paths(dir) {
        File::open(path)?.read_exact(&mut page)?;
    }
    Ok(())
}

fn open_sqlite(dir: &Path) -> rusqlite::Result<Vec<Connection>> {
    let open = |path: std::path::PathBuf| {
        let connection = Connection::open(path)?;
        connection.execute_batch("PRAGMA journal_mode = wal; SELECT count(*) FROM sqlite_schema")?;
        Ok(connection)
    };
    paths(dir).into_iter().map(open).collect()
}

fn paths(dir: &Path) -> [std::path::PathBuf; 2] {
    [dir.join("data/durable.sqlite3"), dir.join("cache/cache.sqlite3")]
}
