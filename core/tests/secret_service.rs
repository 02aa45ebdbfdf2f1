//! The keychain of a desktop, for real: gnome-keyring on a private session bus, with a home of its own.
//!
//! Each test starts this test binary again inside such a session and asks it for one case. What a session needs is in
//! two Debian packages: they are installed if this user may; otherwise the test fails rather than pass untested.
#![cfg(all(
    unix,
    feature = "secret-service",
    not(any(target_vendor = "apple", target_os = "android"))
))]
// A test of its own crate: clippy takes its helpers for production code.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use pmi_core::ports::secrets::{KeyringSecrets, conformance};
use pmi_core::ports::{PortFuture, SecretError, SecretKey, SecretStore as _};

/// Names the case in the inner process.
const CASE: &str = "PMI_TEST_SECRET_SERVICE_CASE";

/// What a session has.
enum Session {
    /// A keyring, unlocked.
    Unlocked,
    /// A service that the bus starts when asked, and that has no keyring.
    NoKeyring,
    /// A bus that knows no service.
    NoService,
    /// No bus.
    NoBus,
}

fn wait<T>(future: PortFuture<T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

fn store() -> KeyringSecrets {
    KeyringSecrets::new("pmi-test")
}

fn key(byte: u8) -> SecretKey {
    SecretKey::new([byte; 32])
}

/// Runs the test of this name again inside a session, unless this is that run already: then answers false.
fn outside(test: &str, session: &Session) -> bool {
    if std::env::var(CASE).is_ok_and(|case| case == test) {
        return false;
    }
    install_once();
    let home = tempfile::tempdir().unwrap();
    let runtime = home.path().join("run");
    DirBuilder::new().mode(0o700).create(&runtime).unwrap();
    let this = std::env::current_exe().unwrap();
    let rerun = format!(
        "exec {} --exact {test} --nocapture",
        quoted(&this.to_string_lossy())
    );
    let unlock = "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null";
    let mut command = match session {
        Session::Unlocked => in_a_bus(&format!("set -e; {unlock}; {rerun}")),
        Session::NoKeyring => in_a_bus(&rerun),
        Session::NoService => {
            let config = home.path().join("bus.conf");
            std::fs::write(&config, BUS_WITHOUT_SERVICES).unwrap();
            let mut command = Command::new("dbus-run-session");
            command
                .arg("--config-file")
                .arg(config)
                .args(["--", "bash", "-c", &rerun]);
            command
        }
        Session::NoBus => {
            let mut command = Command::new("bash");
            command.args(["-c", &rerun]);
            command
        }
    };
    let output = command
        .env(CASE, test)
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", &runtime)
        .env("XDG_DATA_DIRS", home.path())
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap_or_else(|error| panic!("{error}: {INSTALL}"));
    assert_passed(&output);
    true
}

/// Installs what a session needs, where it is missing and this user may. Another user is told by [`INSTALL`].
fn install_once() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let there = |program: &str| {
            let path = std::env::var_os("PATH").unwrap_or_default();
            std::env::split_paths(&path).any(|dir| dir.join(program).exists())
        };
        if ["dbus-run-session", "dbus-send", "gnome-keyring-daemon"]
            .into_iter()
            .all(there)
        {
            return;
        }
        let installed = Command::new("bash")
            .args([
                "-c",
                "apt-get update -q && apt-get install -qy --no-install-recommends dbus gnome-keyring",
            ])
            .env("DEBIAN_FRONTEND", "noninteractive")
            .output();
        let failed = match installed {
            Ok(output) if output.status.success() => return,
            Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
            Err(error) => error.to_string(),
        };
        panic!("{INSTALL}; apt-get could not: {failed}");
    });
}

const INSTALL: &str = "this test needs dbus-run-session, dbus-send and gnome-keyring-daemon: install the Debian packages \
                       dbus and gnome-keyring";

const BUS_WITHOUT_SERVICES: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#;

fn in_a_bus(script: &str) -> Command {
    let mut command = Command::new("dbus-run-session");
    command.args(["--", "bash", "-c", script]);
    command
}

fn assert_passed(output: &Output) {
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        output.status.success() && text.contains("1 passed"),
        "{text}\n{INSTALL}"
    );
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Locks the default keyring, as a screen lock does.
fn lock() {
    let status = Command::new("dbus-send")
        .args([
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.secrets",
            "/org/freedesktop/secrets",
        ])
        .args([
            "org.freedesktop.Secret.Service.Lock",
            "array:objpath:/org/freedesktop/secrets/aliases/default",
        ])
        .output()
        .unwrap_or_else(|error| panic!("{error}: {INSTALL}"));
    assert!(status.status.success(), "{status:?}");
}

#[test]
fn a_key_is_kept_replaced_and_deleted() {
    if outside("a_key_is_kept_replaced_and_deleted", &Session::Unlocked) {
        return;
    }
    assert_eq!(wait(store().get("session")), Ok(None));
    assert_eq!(wait(store().set("session", key(1))), Ok(()));
    assert_eq!(wait(store().set("outbox", key(2))), Ok(()));
    assert_eq!(wait(store().set("session", key(3))), Ok(()));
    // Another store object is another connection, as a later process is.
    assert_eq!(wait(store().get("session")), Ok(Some(key(3))));
    assert_eq!(wait(store().get("outbox")), Ok(Some(key(2))));
    assert_eq!(wait(store().delete("session")), Ok(()));
    assert_eq!(wait(store().delete("session")), Ok(()));
    assert_eq!(wait(store().get("session")), Ok(None));
    assert_eq!(wait(store().get("outbox")), Ok(Some(key(2))));
}

#[test]
fn it_keeps_every_promise_of_a_store() {
    if outside("it_keeps_every_promise_of_a_store", &Session::Unlocked) {
        return;
    }
    let checked = wait(Box::pin(
        async move { conformance::check(&store(), &store()).await },
    ));
    assert_eq!(checked, Ok(()));
    assert_eq!(
        wait(store().list()),
        Ok(None),
        "every data directory of this user files its keys there"
    );
}

#[test]
fn it_works_without_a_runtime_and_from_within_one() {
    if outside(
        "it_works_without_a_runtime_and_from_within_one",
        &Session::Unlocked,
    ) {
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .unwrap();
    let store = store();
    assert_eq!(runtime.block_on(store.set("a", key(1))), Ok(()));
    assert_eq!(
        runtime.block_on(async { tokio::spawn(store.get("a")).await.unwrap() }),
        Ok(Some(key(1)))
    );
    drop(runtime);
    assert_eq!(futures_util::FutureExt::now_or_never(store.get("a")), None);
    assert_eq!(wait(store.get("a")), Ok(Some(key(1))));
}

#[test]
fn s05_a_locked_keyring_is_locked_and_never_empty() {
    if outside(
        "s05_a_locked_keyring_is_locked_and_never_empty",
        &Session::Unlocked,
    ) {
        return;
    }
    let store = store().with_timeout(Duration::from_secs(5));
    assert_eq!(wait(store.set("session", key(1))), Ok(()));
    lock();
    for answer in [
        wait(store.get("session")).map(drop),
        wait(store.get("missing")).map(drop),
        wait(store.set("new", key(2))),
        wait(store.delete("session")),
        wait(store.delete("missing")),
    ] {
        assert!(matches!(&answer, Err(SecretError::Locked(_))), "{answer:?}");
    }
}

#[test]
fn s05_a_bus_without_a_secret_service_says_what_to_start() {
    if outside(
        "s05_a_bus_without_a_secret_service_says_what_to_start",
        &Session::NoService,
    ) {
        return;
    }
    told_what_to_start();
}

#[test]
fn s05_a_service_without_a_keyring_is_locked_rather_than_empty() {
    if outside(
        "s05_a_service_without_a_keyring_is_locked_rather_than_empty",
        &Session::NoKeyring,
    ) {
        return;
    }
    for answer in [
        wait(store().get("session")).map(drop),
        wait(store().set("session", key(1))),
    ] {
        assert!(matches!(&answer, Err(SecretError::Locked(_))), "{answer:?}");
    }
}

#[test]
fn s05_no_bus_at_all_says_what_to_start() {
    if outside("s05_no_bus_at_all_says_what_to_start", &Session::NoBus) {
        return;
    }
    told_what_to_start();
}

fn told_what_to_start() {
    let started = Instant::now();
    let error = wait(store().get("session")).unwrap_err();
    assert!(matches!(&error, SecretError::Unavailable(_)), "{error:?}");
    assert!(
        error
            .to_string()
            .contains("start a Secret Service such as gnome-keyring"),
        "{error}"
    );
    assert!(
        started.elapsed() < Duration::from_secs(9),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn a_bus_that_never_answers_costs_the_time_out_and_no_more() {
    if outside(
        "a_bus_that_never_answers_costs_the_time_out_and_no_more",
        &Session::Unlocked,
    ) {
        return;
    }
    assert_eq!(wait(store().set("session", key(1))), Ok(()));
    let store = store().with_timeout(Duration::from_millis(300));
    let daemon = std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(Result::ok)
        .find_map(|entry| {
            let environment = std::fs::read(entry.path().join("environ")).ok()?;
            let name = std::fs::read_to_string(entry.path().join("comm")).ok()?;
            let home = format!("HOME={}", std::env::var("HOME").unwrap());
            let ours = environment
                .split(|byte| *byte == 0)
                .any(|variable| variable == home.as_bytes());
            (ours && name.starts_with("gnome-keyring-d"))
                .then(|| entry.file_name().to_string_lossy().into_owned())
        });
    let daemon = daemon.expect("the daemon of this session");
    let signal = |which: &str| {
        assert!(
            Command::new("kill")
                .args([which, &daemon])
                .status()
                .unwrap()
                .success()
        )
    };
    signal("-STOP");
    let started = Instant::now();
    let answers = [wait(store.get("session")), wait(store.get("session"))];
    let took = started.elapsed();
    signal("-CONT");
    for answer in answers {
        assert!(matches!(&answer, Err(SecretError::Locked(_))), "{answer:?}");
    }
    // A busy machine may take its time; what waits for an answer would take for ever.
    assert!(took < Duration::from_secs(30), "{took:?}");
    assert_eq!(
        wait(store.with_timeout(Duration::from_secs(10)).get("session")),
        Ok(Some(key(1)))
    );
}
