//! A server on this machine. Its data and signing key are in a file, so that stopping and starting it loses nothing.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use pmi_platform::{Config, Database, Limits, Platform, SeedSummary, StartError};
use serde_json::json;

use crate::args::{DEFAULT_PORT, DEFAULT_SERVER, Global, ServeArgs};
use crate::dirs::Dirs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Printer;

/// How many customers are named at the start.
const NAMED: usize = 5;

/// `pmi serve`
pub(super) async fn run(args: &ServeArgs, global: &Global, printer: Printer) -> Result<(), Failure> {
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
    let (database, shown) = database(args, global)?;
    let config = Config {
        dialect: args.dialect.into(),
        password_reset_outbox: outbox(&database),
        database,
        listen,
        limits: (!args.no_limits).then(Limits::default),
        control_routes: args.control,
        ..Config::default()
    };
    // Listens before it says so: nobody who reads the line can come too early.
    let stop = stop_signal()?;
    let platform = Platform::start(config)
        .await
        .map_err(|error| cannot_start(&error, &shown))?;
    announce(&platform, args, &shown, printer);
    stop.await;
    platform.stop().await;
    if !printer.is_json() {
        printer.text("stopped");
    }
    Ok(())
}

fn announce(platform: &Platform, args: &ServeArgs, shown: &str, printer: Printer) {
    let (url, seeded, dialect) = (platform.url(), platform.seeded(), args.dialect.word());
    let vin = seeded.unclaimed_vins.first();
    if printer.is_json() {
        printer.document(&json!({
            "ready": true,
            "url": url,
            "dialect": dialect,
            "database": shown,
            "control": args.control,
            "password": seeded.password,
            "customers": seeded.customers,
            "unclaimed_vins": seeded.unclaimed_vins,
        }));
        return;
    }
    let mut lines = vec![
        format!("PMI platform ({dialect}) at {url}"),
        format!("data: {shown}"),
        String::new(),
    ];
    if !seeded.customers.is_empty() {
        lines.push(format!(
            "sign in with the password {} as one of:",
            seeded.password
        ));
        lines.extend(examples(seeded));
        lines.push(String::new());
    }
    if let Some(vin) = vin
        && dialect == "v2"
    {
        lines.push(format!("a vehicle that is nobody's yet: {vin}"));
        lines.push(String::new());
    }
    if url != DEFAULT_SERVER {
        lines.push(format!("tell the other commands: export PMI_SERVER={url}"));
    }
    lines.push("Ctrl-C stops it; nothing is lost".to_owned());
    printer.text(&lines.join("\n"));
}

/// A few customers with what each has. v1 cannot sign in whoever has two vehicles, so the first have one.
fn examples(seeded: &SeedSummary) -> Vec<String> {
    let mut named: Vec<_> = seeded.with_critical_prediction().into_iter().collect();
    let others = seeded
        .all_with_single_vehicle()
        .chain(seeded.with_many_vehicles());
    for customer in others {
        if named.len() < NAMED && !named.contains(&customer) {
            named.push(customer);
        }
    }
    let widest = named
        .iter()
        .map(|customer| customer.email.len())
        .max()
        .unwrap_or_default();
    let line = |customer: &&pmi_platform::SeededCustomer| {
        let critical = if customer.critical_vehicle_ids.is_empty() {
            ""
        } else {
            ", one critical"
        };
        let (email, count) = (&customer.email, customer.vehicle_ids.len());
        let plural = if count == 1 { "" } else { "s" };
        format!("  {email:<widest$}  {count} vehicle{plural}{critical}")
    };
    named.iter().map(line).collect()
}

/// Where the rows are, and how to say it without a URL's password.
fn database(args: &ServeArgs, global: &Global) -> Result<(Database, String), Failure> {
    match args.db.as_deref() {
        Some("memory" | ":memory:") => Ok((Database::Memory, "in memory: gone when it stops".to_owned())),
        Some(url)
            if ["sqlite:", "postgres:", "postgresql:"]
                .iter()
                .any(|scheme| url.starts_with(scheme)) =>
        {
            let scheme = url.split(':').next().unwrap_or_default();
            Ok((Database::Url(url.to_owned()), format!("a {scheme}: URL")))
        }
        Some(url) if url.contains("://") => Err(Failure::new(
            Exit::Usage,
            "usage",
            "--db takes a path, or a URL that begins with sqlite: or postgres:",
        )),
        Some(path) => in_file(PathBuf::from(path)),
        None => {
            let dirs = Dirs::find(global.data_dir.as_deref())?;
            in_file(
                dirs.data
                    .join("server")
                    .join(format!("{}.sqlite3", args.dialect.word())),
            )
        }
    }
}

fn in_file(path: PathBuf) -> Result<(Database, String), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder {
        make_folder(folder).map_err(|error| {
            Failure::new(
                Exit::Storage,
                "storage",
                format!("the folder {} cannot be made: {}", folder.display(), error.kind()),
            )
            .hint("choose another with --data-dir DIR or --db PATH")
        })?;
    }
    let shown = path.display().to_string();
    Ok((Database::File(path), shown))
}

/// For this user only: the file in it holds the key that signs tokens.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Password resets "sent by e-mail" lie beside the database.
fn outbox(database: &Database) -> Option<PathBuf> {
    match database {
        Database::File(path) => Some(path.with_extension("mail.jsonl")),
        _ => None,
    }
}

fn cannot_start(error: &StartError, shown: &str) -> Failure {
    match error {
        StartError::Listen { addr, source } => {
            let port = addr.port();
            let failure = Failure::new(
                Exit::Usage,
                "cannot_listen",
                match source.kind() {
                    ErrorKind::AddrInUse => format!("port {port} is taken: is a server running already?"),
                    kind => format!("port {port} cannot be listened on: {kind}"),
                },
            );
            failure.hint(format!(
                "take a free port with --port 0, or another than {DEFAULT_PORT} with --port N"
            ))
        }
        other => {
            let mut message = format!("{other} ({shown})");
            let mut cause = std::error::Error::source(other);
            while let Some(source) = cause {
                message.push_str(&format!(": {source}"));
                cause = source.source();
            }
            Failure::new(Exit::Storage, "storage", message)
                .hint("choose another with --data-dir DIR or --db PATH")
        }
    }
}

/// Resolves when the server is to stop: Ctrl-C, or `kill`.
fn stop_signal() -> Result<impl Future<Output = ()>, Failure> {
    let failed = |error: std::io::Error| Failure::internal(format!("signals cannot be received: {error}"));
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
        let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    {
        let _ = failed;
        Ok(async {
            let _ = tokio::signal::ctrl_c().await;
        })
    }
}
