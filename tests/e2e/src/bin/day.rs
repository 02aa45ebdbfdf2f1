//! A customer's day, for tests that look at a process from outside: its memory, its logs, its files (scenarios 17 and 37).
//!
//! `day DIR [--log]` reads one command a line from standard input (words with tabs between) and answers each with `ok` or
//! `failed WORD`. It is built as the shipped programs are: the same core, the same allocator. What the library shows of itself
//! (each error in `Display`, `Debug` and its chain, `Debug` of whatever a read gave) goes into `DIR/shown.txt`, all logs of all
//! crates at TRACE into `DIR/log.txt`, the exported report into `DIR/export.json`. It keeps nothing of what it read itself.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use pmi_core::model::{
    BookingId, BookingTime, Freshness, NewBooking, Password, Photo, ProfileChange, ServiceType, Unsent,
    VehicleId, WriteState,
};
use pmi_core::ports::Ports;
use pmi_core::ports::secrets::FileSecrets;
use pmi_core::{ClientConfig, Error, Observation, PmiClient};
use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static ALLOCATOR: ZeroAlloc<std::alloc::System> = ZeroAlloc(std::alloc::System);

/// What holds on to a client as a shell does.
struct Day {
    out: PathBuf,
    client: Option<PmiClient>,
    watched: Vec<Box<dyn std::any::Any>>,
    before_kib: u64,
    /// Instead of `ok`.
    answer: Option<String>,
}

fn main() {
    let mut args = std::env::args_os().skip(1);
    let out = PathBuf::from(args.next().expect("where to write"));
    if args.next().is_some() {
        log_everything(&out.join("log.txt"));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("threads");
    // Not through std's buffer: it would keep the password.
    let mut input = File::from(
        std::io::stdin()
            .as_fd()
            .try_clone_to_owned()
            .expect("a descriptor"),
    );
    let mut day = Day {
        out,
        client: None,
        watched: Vec::new(),
        before_kib: 0,
        answer: None,
    };
    while let Some(line) = line(&mut input) {
        let line = String::from_utf8(line).expect("UTF-8");
        let words: Vec<&str> = line.split('\t').collect();
        let answer = match runtime.block_on(day.act(&words)) {
            Ok(()) => day.answer.take().unwrap_or_else(|| "ok".to_owned()),
            Err(error) => {
                day.show_error(&error);
                format!("failed {}", name(&error))
            }
        };
        println!("{answer}");
    }
}

/// One line, read byte by byte into memory that is given back, and so wiped, as soon as the command is done.
fn line(input: &mut File) -> Option<Vec<u8>> {
    let (mut line, mut byte) = (Vec::with_capacity(4096), [0]);
    while input.read(&mut byte).ok()? > 0 {
        if byte == *b"\n" {
            return Some(line);
        }
        line.extend_from_slice(&byte);
    }
    None
}

/// The variant.
fn name(error: &Error) -> String {
    let text = format!("{error:?}");
    text.split([' ', '(', '{']).next().unwrap_or_default().to_owned()
}

impl Day {
    async fn act(&mut self, words: &[&str]) -> Result<(), Error> {
        match *words {
            ["open", server, dir] => self.open(server, Path::new(dir))?,
            ["sign-in", email, password] => {
                self.client()
                    .account()
                    .sign_in(email, Password::new(password))
                    .await?
            }
            ["profile", first, last, phone, address] => {
                let change = ProfileChange {
                    first_name: Some(first.to_owned()),
                    last_name: Some(last.to_owned()),
                    phone: Some(phone.to_owned()),
                    address: Some(address.to_owned()),
                };
                self.show(&change);
                let customer = self.client().account().change_profile(change).await?;
                self.show(&customer);
            }
            ["read"] => self.read_all().await?,
            ["probe"] => {
                let me = self.client().account().me(Freshness::NetworkOnly).await?;
                self.show(&me);
            }
            ["watch"] => self.watch().await?,
            ["book", vehicle, at, notes] => self.book(vehicle, at, notes).await?,
            ["photo-later", file] => self.photo_later(file).await?,
            ["photo", file] => self.photo(file).await?,
            ["move", at] => self.reschedule(at).await?,
            ["password", old, new] => {
                let account = self.client().account();
                account
                    .change_password(Password::new(old), Password::new(new))
                    .await?;
            }
            ["forgot", email] => self.client().account().request_password_reset(email).await?,
            ["reset", token, new] => {
                self.client()
                    .account()
                    .reset_password(token, Password::new(new))
                    .await?
            }
            ["export"] => {
                let text = self.client().diagnostics().export().await?;
                std::fs::write(self.out.join("export.json"), text).expect("written");
            }
            ["elsewhere", server, dir, email, password] => {
                let other = open(server, Path::new(dir))?;
                let answer = other.account().sign_in(email, Password::new(password)).await;
                other.close();
                answer?;
            }
            ["sign-out"] => drop(self.client().account().sign_out(Unsent::Discard).await?),
            ["forget-nothing"] => {}
            ["peak-begin"] => self.peak_begin(),
            ["peak"] => {
                let peak = status_kib("VmHWM:").saturating_sub(self.before_kib);
                self.answer = Some(peak.to_string());
            }
            ["cached"] => drop(self.client().vehicles().list(Freshness::CacheOnly).await?),
            ["use", mib] => drop(std::hint::black_box(vec![
                1_u8;
                mib.parse::<usize>().expect("a number")
                    << 20
            ])),
            ["vehicles"] => drop(self.client().vehicles().list(Freshness::NetworkOnly).await?),
            _ => panic!("no such command"),
        }
        Ok(())
    }

    fn client(&self) -> &PmiClient {
        self.client.as_ref().expect("opened")
    }

    fn open(&mut self, server: &str, dir: &Path) -> Result<(), Error> {
        self.client = Some(open(server, dir)?);
        Ok(())
    }

    async fn read_all(&self) -> Result<(), Error> {
        let client = self.client();
        let now = Freshness::NetworkFirst;
        self.show(&client.account().me(now).await?);
        let garage = client.vehicles().list(now).await?;
        self.show(&garage);
        for summary in &garage.value {
            self.show(&client.vehicles().details(summary.vehicle.id, now).await?);
        }
        self.show(&client.bookings().list(now).await?);
        self.show(&client.centers().list(now).await?);
        self.show(&client.notifications().list(now).await?);
        self.show(&client.outbox().history().await?);
        self.show(&client.account().state().await?);
        self.show(&client.account().role().await?);
        self.show(client);
        Ok(())
    }

    async fn watch(&mut self) -> Result<(), Error> {
        let client = self.client().clone();
        let me: Observation<_> = client.account().observe_me().await?;
        let garage = client.vehicles().observe_list().await?;
        let bookings = client.bookings().observe_list().await?;
        let outbox = client.outbox().observe().await?;
        self.show(&(&me, &garage, &bookings, &outbox));
        let watched: [Box<dyn std::any::Any>; 4] = [
            Box::new(me),
            Box::new(garage),
            Box::new(bookings),
            Box::new(outbox),
        ];
        self.watched.extend(watched);
        Ok(())
    }

    async fn book(&self, vehicle: &str, at: &str, notes: &str) -> Result<(), Error> {
        let new = NewBooking {
            vehicle_id: VehicleId(vehicle.parse().expect("a number")),
            service: ServiceType::OilChange,
            at: BookingTime::parse(at, None)?,
            center_id: None,
            notes: Some(notes.to_owned()),
            photos: Vec::new(),
        };
        self.show(&new);
        let bookings = self.client().bookings();
        let item = bookings.book(new, None).await?;
        self.show(&item);
        let item = self
            .client()
            .outbox()
            .settled(item.id, Duration::from_secs(20))
            .await?;
        self.show(&item);
        Ok(())
    }

    /// The booking that was written last.
    async fn last_booking(&self) -> Result<BookingId, Error> {
        let ours = self.client().outbox().history().await?;
        let found = ours.iter().rev().find_map(|item| item.booking.clone());
        Ok(found.expect("a booking"))
    }

    /// Adds a photo while there is no network, and stays so.
    async fn photo_later(&self, file: &str) -> Result<(), Error> {
        let photo = Photo::read(Path::new(file))?;
        self.show(&photo);
        self.client().set_offline(true);
        let booking = self.last_booking().await?;
        let bookings = self.client().bookings();
        self.show(&bookings.add_photo(&booking, &photo, None).await?);
        self.show(&bookings.photos(&booking, Freshness::CacheFirst).await?);
        Ok(())
    }

    /// Adds a photo, and waits until it and what waited before are sent.
    async fn photo(&self, file: &str) -> Result<(), Error> {
        let photo = Photo::read(Path::new(file))?;
        self.client().set_offline(false);
        let booking = self.last_booking().await?;
        let bookings = self.client().bookings();
        let item = bookings.add_photo(&booking, &photo, None).await?;
        let sent = self
            .client()
            .outbox()
            .settled(item.id, Duration::from_secs(20))
            .await?;
        assert!(matches!(sent.state, WriteState::Done { .. }), "{sent:?}");
        self.show(&bookings.photos(&booking, Freshness::NetworkOnly).await?);
        Ok(())
    }

    async fn reschedule(&self, at: &str) -> Result<(), Error> {
        let bookings = self.client().bookings();
        let id = self.last_booking().await?;
        let item = bookings
            .reschedule(&id, &BookingTime::parse(at, None)?, None)
            .await?;
        let item = self
            .client()
            .outbox()
            .settled(item.id, Duration::from_secs(20))
            .await?;
        self.show(&item);
        Ok(())
    }

    fn show(&self, shown: &impl std::fmt::Debug) {
        let mut text = format!("{shown:?}\n{shown:#?}\n");
        self.append(&mut text);
    }

    fn show_error(&self, error: &Error) {
        let mut text = format!("{error}\n{error:?}\n{error:#?}\n");
        let mut source = std::error::Error::source(error);
        while let Some(inner) = source {
            let _ = writeln!(text, "{inner}\n{inner:?}");
            source = inner.source();
        }
        self.append(&mut text);
    }

    fn append(&self, text: &mut str) {
        let mut file = File::options()
            .create(true)
            .append(true)
            .open(self.out.join("shown.txt"))
            .expect("opened");
        file.write_all(text.as_bytes()).expect("written");
    }

    /// Sets the high-water mark of memory to what is used now.
    fn peak_begin(&mut self) {
        std::fs::write("/proc/self/clear_refs", "5").expect("this process may reset its peak");
        self.before_kib = status_kib("VmRSS:");
    }
}

fn open(server: &str, dir: &Path) -> Result<PmiClient, Error> {
    let secrets = FileSecrets::open(&dir.join("secrets")).expect("a folder for the keys");
    let mut config = ClientConfig::new(server, dir);
    // Waits of our own choosing are not what is tested here.
    config.transport.backoff_initial = Duration::from_millis(5);
    config.transport.backoff_ceiling = Duration::from_millis(50);
    config.transport.limiter_initial = Duration::from_millis(20);
    config.transport.total = Duration::from_secs(5);
    config.transport.max_retry_after = Duration::from_millis(200);
    // Each answer is to be met, however many bad ones came before.
    config.transport.breaker_faults = u32::MAX;
    PmiClient::open(&config, Ports::system(Arc::new(secrets))?)
}

/// A line of `/proc/self/status`, in KiB.
fn status_kib(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("its status");
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .expect("a line");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

/// Everything that any crate says at any level, through `tracing` or through `log`.
fn log_everything(path: &Path) {
    struct ToFile(Arc<File>);
    impl log::Log for ToFile {
        fn enabled(&self, _: &log::Metadata<'_>) -> bool {
            true
        }
        fn log(&self, record: &log::Record<'_>) {
            let line = format!("{} {} {}\n", record.level(), record.target(), record.args());
            let _ = (&*self.0).write_all(line.as_bytes());
        }
        fn flush(&self) {}
    }
    let file = Arc::new(File::create(path).expect("made"));
    log::set_boxed_logger(Box::new(ToFile(Arc::clone(&file)))).expect("the first one");
    log::set_max_level(log::LevelFilter::Trace);
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_ansi(false)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(file)
        .init();
}
