//! Scenarios 19 and 20, through the whole client: whom it believes to be the server, and where nothing of a person's goes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use pmi_core::model::{Freshness, OutboxItem, Password, WriteState};
use pmi_core::ports::{HttpClientConfig, Pin, Pins, Ports};
use pmi_core::{ClientConfig, Error, PmiClient, SessionState};
use pmi_e2e::desk::{book, first_vehicle, read_garage};
use pmi_e2e::tls::{Authority, Identity, TlsFront};
use pmi_e2e::{Device, World, both_dialects};
use pmi_platform::{Dialect, Fault, Match};

/// The server behind TLS, one who intercepts, and a device that knows the first.
struct Line {
    world: World,
    device: Device,
    front: TlsFront,
    own: Authority,
    /// Trusted by the device too, as the authority of a company or of an unlucky public one is.
    other: Authority,
    pins: Pins,
    good: Identity,
}

impl Line {
    async fn new(world: World) -> Self {
        let (own, other) = (Authority::new("own"), Authority::new("other"));
        let good = own.issue("localhost", 2119);
        let pins = Pins::new([good.pin(), Pin::new([7; 32])]).expect("two pins");
        let front = TlsFront::start(&good, behind(&world)).await;
        Self {
            device: world.device(),
            world,
            front,
            own,
            other,
            pins,
            good,
        }
    }

    /// A new process on the device: nothing of an earlier connection is left.
    fn open(&self, pinned: bool) -> PmiClient {
        let http = HttpClientConfig {
            extra_roots: vec![self.own.root(), self.other.root()],
            pins: pinned.then(|| self.pins.clone()),
            ..HttpClientConfig::default()
        };
        let clock = Arc::new(self.device.clock.clone());
        let ports = Ports::system_with(Arc::clone(&self.device.secrets) as _, http).expect("ports");
        let ports = Ports {
            clock: Arc::clone(&clock) as _,
            sleep: clock,
            ..ports
        };
        PmiClient::open(&ClientConfig::new(self.front.url(), self.device.dir()), ports).expect("it opens")
    }

    /// Everyone who is not the server, and what is told of them. Expiry and the rest are told apart; only pins notice the last.
    fn impostors(&self) -> Vec<(Identity, bool, &'static str)> {
        let (stranger, namesake) = (Authority::new("stranger"), Authority::new("own"));
        vec![
            (self.own.issue("localhost", 2021), false, "expired"),
            (self.own.issue("pmi.example.com", 2119), false, "another name"),
            (Identity::self_signed("localhost"), false, "certificate"),
            (stranger.issue("localhost", 2119), false, "unknown authority"),
            (stranger.issue("localhost", 2119), true, "unknown authority"),
            (namesake.issue("localhost", 2119), true, "not issued by"),
            (self.own.issue("localhost", 2119), true, "pinned"),
            (self.other.issue("localhost", 2119), true, "pinned"),
        ]
    }
}

/// Where the server itself listens.
fn behind(world: &World) -> SocketAddr {
    let url = world.platform.url();
    let address = url.strip_prefix("http://").expect("plain http");
    address.trim_end_matches('/').parse().expect("an address")
}

fn untrusted<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Untrusted { reason }) => reason,
        other => panic!("not untrusted: {other:?}"),
    }
}

async fn somebody_else_answers_a_call(world: World) {
    let line = Line::new(world).await;
    let client = line.open(true);
    line.world
        .sign_in(&client)
        .await
        .expect("the server itself is believed");
    read_garage(&client).await;
    client.close();
    for (impostor, pinned, told) in line.impostors() {
        line.front.show(&impostor);
        let client = line.open(pinned);
        assert_eq!(client.account().state().await, Ok(SessionState::SignedIn));
        // Whoever waits to try again need not, and is counted.
        let skipping = line.world.skip_sleeps(&line.device);
        let (asked, bytes) = (line.front.handshakes(), line.front.bytes());
        let reason = untrusted(client.vehicles().list(Freshness::NetworkOnly).await);
        assert!(reason.contains(told), "{told}: {reason}");
        assert_eq!(line.front.handshakes() - asked, 1, "{told}: asked once");

        let shown = client.vehicles().list(Freshness::NetworkFirst).await;
        let shown = shown.expect("what was read is shown");
        assert!(
            matches!(shown.refresh_error, Some(Error::Untrusted { .. })),
            "{:?}",
            shown.refresh_error
        );
        assert_eq!(line.front.handshakes() - asked, 2, "{told}: and once");
        assert_eq!(line.front.bytes(), bytes, "{told}: no byte was for the server");
        assert_eq!(client.account().state().await, Ok(SessionState::SignedIn));

        // It did not count as no network: nothing has to be waited for. The clock stands still.
        drop(skipping);
        line.front.show(&line.good);
        let again = client.vehicles().list(Freshness::NetworkOnly).await;
        again.expect("the server itself is believed at once");
        client.close();
    }
}
both_dialects!(somebody_else_answers_a_call =>
    s19_an_untrusted_server_is_asked_once_gets_nothing_and_is_not_offline_v1,
    s19_an_untrusted_server_is_asked_once_gets_nothing_and_is_not_offline_v2);

async fn somebody_else_answers_a_sign_in(world: World) {
    let line = Line::new(world).await;
    let _skipping = line.world.skip_sleeps(&line.device);
    for known in [false, true] {
        for (impostor, pinned, told) in line.impostors() {
            line.front.show(&impostor);
            let client = line.open(pinned);
            let (asked, bytes) = (line.front.handshakes(), line.front.bytes());
            untrusted(line.world.sign_in(&client).await);
            assert_eq!(line.front.handshakes() - asked, 1, "{told}: asked once");
            assert_eq!(line.front.bytes(), bytes, "{told}: no password");
            assert_eq!(line.device.secrets.names().len(), if known { 2 } else { 0 });
            client.close();
        }
        // Once more, now that the client knows which dialect is spoken there: its first request is the sign-in itself.
        line.front.show(&line.good);
        let client = line.open(true);
        line.world
            .sign_in(&client)
            .await
            .expect("the server itself is believed");
        client.close();
    }
}
both_dialects!(somebody_else_answers_a_sign_in => s19_an_untrusted_server_gets_no_password_v1,
    s19_an_untrusted_server_gets_no_password_v2);

async fn somebody_else_answers_a_refresh_and_a_write(world: World) {
    let line = Line::new(world).await;
    let client = line.open(true);
    line.world.sign_in(&client).await.expect("signed in");
    first_vehicle(&client).await;
    client.close();
    line.front.show(&line.other.issue("localhost", 2119));
    line.world.expire_tokens(&line.device);
    let client = line.open(true);
    let _skipping = line.world.skip_sleeps(&line.device);
    let (asked, bytes) = (line.front.handshakes(), line.front.bytes());
    untrusted(client.vehicles().list(Freshness::NetworkOnly).await);
    assert_eq!(line.front.handshakes() - asked, 1, "asked once");
    let item: OutboxItem = book(&client, 10).await;
    assert_eq!(item.state, WriteState::Queued, "a promise stays one");
    assert_eq!(line.front.bytes(), bytes, "no refresh token, no booking");
    assert_eq!(client.account().state().await, Ok(SessionState::SignedIn));
    line.front.show(&line.good);
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("refreshed");
}
both_dialects!(somebody_else_answers_a_refresh_and_a_write => s19_an_untrusted_server_gets_no_refresh_token_v1,
    s19_an_untrusted_server_gets_no_refresh_token_v2);

/// Counts who comes. Nobody should.
async fn elsewhere() -> (SocketAddr, Arc<AtomicU64>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    let came = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&came);
    tokio::spawn(async move {
        while listener.accept().await.is_ok() {
            counter.fetch_add(1, Ordering::SeqCst);
        }
    });
    (address, came)
}

async fn the_server_sends_us_elsewhere(world: World) {
    let line = Line::new(world).await;
    let client = line.open(true);
    line.world.sign_in(&client).await.expect("signed in");
    first_vehicle(&client).await;
    let control = line.world.control();
    let (address, came) = elsewhere().await;
    // Whoever went there would try again and again.
    let _skipping = line.world.skip_sleeps(&line.device);
    let port = address.port();
    for target in [
        // Another port, another name of this machine, another scheme.
        format!("https://localhost:{port}/api/vehicles"),
        format!("https://127.0.0.1:{port}/api/vehicles"),
        format!("http://localhost:{port}/api/vehicles"),
        format!("//localhost:{port}/api/vehicles"),
        line.world.platform.url() + "/api/vehicles",
    ] {
        for status in [301, 302, 303, 307, 308] {
            let fault = Fault::status_with(status, "location", &target);
            let rule = control.on(Match::any()).then(fault);
            control.reset_counts();
            let read = client.vehicles().list(Freshness::NetworkOnly).await;
            assert_eq!(read, Err(Error::CaptivePortal), "{status} to {target}");
            let customer = line.world.customer();
            let password = Password::new(customer.password.as_str());
            let signed_in = client.account().sign_in(&customer.email, password).await;
            assert_eq!(signed_in, Err(Error::CaptivePortal), "{status} to {target}");
            assert_eq!(control.seen().len(), 2, "{status} to {target}: each asked once");
            control.remove(rule);
        }
    }
    assert_eq!(came.load(Ordering::SeqCst), 0, "nobody came elsewhere");
    assert_eq!(client.account().state().await, Ok(SessionState::SignedIn));
    client
        .vehicles()
        .list(Freshness::NetworkOnly)
        .await
        .expect("and it goes on");
}
both_dialects!(the_server_sends_us_elsewhere => s20_nothing_travels_to_another_host_port_or_scheme_v1,
    s20_nothing_travels_to_another_host_port_or_scheme_v2);

async fn an_auth_route_redirects_within_the_server(world: World) {
    let (device, client) = world.signed_in().await;
    let to = format!("{}/health", world.platform.url());
    let fault = || Fault::status_with(307, "location", &to);
    world.control().on(Match::path("/api/auth/")).then(fault());
    assert_eq!(world.sign_in(&client).await, Err(Error::CaptivePortal));
    assert_eq!(
        client
            .account()
            .me(Freshness::NetworkOnly)
            .await
            .map(|me| me.value),
        Err(Error::CaptivePortal)
    );
    world.expire_tokens(&device);
    let refreshing = client.vehicles().list(Freshness::NetworkOnly).await;
    assert_eq!(refreshing.map(|list| list.value), Err(Error::CaptivePortal));
    let seen = world.control().seen();
    assert!(
        !seen.iter().any(|one| one.path.starts_with("/health")),
        "none is followed"
    );
    // Whether whoever redirected the refresh had it carried out is not known.
    assert_eq!(client.account().state().await, Ok(SessionState::RefreshUnknown));
}
both_dialects!(an_auth_route_redirects_within_the_server => s20_a_redirect_of_an_auth_route_is_not_followed_v1,
    s20_a_redirect_of_an_auth_route_is_not_followed_v2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s20_plain_http_is_for_this_machine_only() {
    let world = World::start(Dialect::V2).await;
    let device = world.device();
    for here in [
        "http://127.0.0.1:8800",
        "http://127.255.255.254",
        "http://[::1]:8800",
        "http://localhost",
        "http://LOCALHOST:8800",
        // Ways to write 127.0.0.1, and read as it.
        "http://2130706433",
        "http://0x7f.1",
    ] {
        assert!(device.try_open_at(here).is_ok(), "{here}");
    }
    for elsewhere in [
        "http://0.0.0.0",
        "http://[::]",
        "http://localhost.evil.org",
        "http://localhost.",
        "http://127.0.0.1.evil.org",
        "http://evil.org/127.0.0.1",
        "http://127.0.0.1@evil.org",
        "http://128.0.0.1",
        "http://126.255.255.255",
        "http://10.0.2.2",
        "http://192.168.1.1",
        "http://[::ffff:10.0.0.1]",
        "http://[::ffff:127.0.0.1]",
        "http://[fe80::1]",
        // 8.8.8.8 in decimal, in hex, in octal.
        "http://134744072",
        "http://0x08080808",
        "http://010.010.010.010",
        "http://xn--lcalhost-c6a",
    ] {
        let refused = device.try_open_at(elsewhere).map(drop);
        assert!(
            matches!(&refused, Err(Error::InvalidInput { field, .. }) if field == "server"),
            "{elsewhere}: {refused:?}"
        );
    }
}
