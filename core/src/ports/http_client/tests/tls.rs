//! Scenario 19: who is believed to be the server. The certificates are made by the test that uses them.

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{HandshakeKind, ProtocolVersion};

use super::*;

type Authority = rcgen::CertifiedIssuer<'static, rcgen::KeyPair>;

/// A server's certificate, its key, and the authority that issued it.
pub(super) struct Issued {
    certificate: CertificateDer<'static>,
    key: rcgen::KeyPair,
    authority: CertificateDer<'static>,
}

impl Issued {
    pub(super) fn root(&self) -> RootCertificate {
        RootCertificate::from_der(self.authority.to_vec()).unwrap()
    }

    fn pin(&self) -> Pin {
        Pin::of_key(&rcgen::PublicKeyData::subject_public_key_info(&self.key))
    }
}

fn authority(constraints: Option<rcgen::NameConstraints>) -> Authority {
    let mut params = rcgen::CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    params.name_constraints = constraints;
    rcgen::CertifiedIssuer::self_signed(params, rcgen::KeyPair::generate().unwrap()).unwrap()
}

/// Issues a certificate for these names, valid from and to the ends of these years.
fn issued_by(authority: &Authority, names: &[&str], from: i32, until: i32) -> Issued {
    let key = rcgen::KeyPair::generate().unwrap();
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    let mut server = rcgen::CertificateParams::new(names).unwrap();
    server.not_before = rcgen::date_time_ymd(from, 1, 1);
    server.not_after = rcgen::date_time_ymd(until, 12, 31);
    let certificate = server.signed_by(&key, authority).unwrap();
    Issued {
        certificate: certificate.der().clone(),
        key,
        authority: authority.der().clone(),
    }
}

fn issued(names: &[&str], from: i32, until: i32) -> Issued {
    issued_by(&authority(None), names, from, until)
}

pub(super) fn good() -> Issued {
    issued(&["localhost", "127.0.0.1"], 2020, 2119)
}

/// What a TLS server with this certificate needs.
pub(super) fn serving(issued: &Issued) -> rustls::ServerConfig {
    serving_versions(issued, rustls::ALL_VERSIONS)
}

fn serving_versions(
    issued: &Issued,
    versions: &[&'static rustls::SupportedProtocolVersion],
) -> rustls::ServerConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![issued.certificate.clone()],
            PrivateKeyDer::Pkcs8(issued.key.serialize_der().into()),
        )
        .unwrap()
}

/// How a connection was made.
type Handshake = (Option<ProtocolVersion>, Option<HandshakeKind>);

/// A TLS server that answers one request on each connection, and notes how each was made.
fn server(tls: rustls::ServerConfig) -> (RawServer, Arc<Mutex<Vec<Handshake>>>) {
    let tls = Arc::new(tls);
    let handshakes = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&handshakes);
    let server = RawServer::accepting(move |stream, requests| {
        let mut connection = rustls::ServerConnection::new(Arc::clone(&tls)).unwrap();
        let mut stream = rustls::Stream::new(&mut connection, stream);
        if let Some(request) = read_request(&mut stream) {
            requests.lock().unwrap().push(request);
            let made = (stream.conn.protocol_version(), stream.conn.handshake_kind());
            noted.lock().unwrap().push(made);
            let _ = stream.write_all(&ok("content-length: 2\r\nconnection: close\r\n", b"{}"));
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    });
    (server, handshakes)
}

/// A client that trusts this authority besides the platform's, and these pins.
fn trusting(issued: Option<&Issued>, pins: Option<Pins>) -> HttpClient {
    HttpClient::new(HttpClientConfig {
        extra_roots: issued.map(Issued::root).into_iter().collect(),
        pins,
        ..HttpClientConfig::default()
    })
    .unwrap()
}

fn pins(pins: [Pin; 2]) -> Option<Pins> {
    Some(Pins::new(pins).unwrap())
}

/// What comes of one request to a server with this certificate.
fn over_tls(issued: &Issued, trusted: bool, pins: Option<Pins>) -> Result<u16, NetworkError> {
    let (server, _) = server(serving(issued));
    let client = trusting(trusted.then_some(issued), pins);
    let url = format!("https://localhost:{}/x?token=hush", server.address().port());
    let result = run(get(&client, &url)).map(|(status, ..)| status);
    assert_eq!(
        server.requests().len(),
        usize::from(result.is_ok()),
        "nothing is sent to whom we do not trust"
    );
    assert_eq!(server.connections(), 1, "and nobody is asked twice");
    result
}

fn untrusted(result: Result<u16, NetworkError>) -> String {
    match result {
        Err(NetworkError::Tls(why)) => {
            assert!(!why.contains("hush"));
            why
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn s19_only_a_valid_certificate_of_a_trusted_authority_is_accepted() {
    assert_eq!(over_tls(&good(), true, None), Ok(200));
    assert!(untrusted(over_tls(&good(), false, None)).contains("unknown authority"));
    let namesake = Issued {
        authority: good().authority,
        ..good()
    };
    assert!(untrusted(over_tls(&namesake, true, None)).contains("not issued by"));
    let expired = issued(&["localhost"], 2020, 2021);
    assert!(untrusted(over_tls(&expired, true, None)).contains("has expired"));
    let early = issued(&["localhost"], 2118, 2119);
    assert!(untrusted(over_tls(&early, true, None)).contains("not valid yet"));
    let other = issued(&["pmi.example.com"], 2020, 2119);
    assert!(untrusted(over_tls(&other, true, None)).contains("another name"));
}

#[test]
fn s19_an_authority_for_other_names_is_none_for_this_one() {
    let subtree = rcgen::GeneralSubtree::DnsName("example.com".to_owned());
    let constrained = authority(Some(rcgen::NameConstraints {
        permitted_subtrees: vec![subtree],
        excluded_subtrees: Vec::new(),
    }));
    let beyond = issued_by(&constrained, &["localhost"], 2020, 2119);
    untrusted(over_tls(&beyond, true, None));
}

#[test]
fn s19_a_certificate_that_vouches_for_itself_is_not_trusted() {
    let key = rcgen::KeyPair::generate().unwrap();
    let params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate = params.self_signed(&key).unwrap().der().clone();
    let issued = Issued {
        authority: certificate.clone(),
        certificate,
        key,
    };
    untrusted(over_tls(&issued, false, None));
}

#[test]
fn s19_a_pin_is_asked_for_besides_a_valid_certificate() {
    let good = good();
    let backup = Pin::new([7; 32]);
    assert_eq!(over_tls(&good, true, pins([backup, good.pin()])), Ok(200));
    let mismatch = untrusted(over_tls(&good, true, pins([backup, Pin::new([8; 32])])));
    assert!(mismatch.contains("pinned"), "{mismatch}");
}

#[test]
fn s19_the_right_key_makes_up_for_nothing_else() {
    let backup = Pin::new([7; 32]);
    for (issued, trusted, why) in [
        (good(), false, "unknown authority"),
        (issued(&["localhost"], 2020, 2021), true, "has expired"),
        (issued(&["pmi.example.com"], 2020, 2119), true, "another name"),
    ] {
        let told = untrusted(over_tls(&issued, trusted, pins([backup, issued.pin()])));
        assert!(told.contains(why), "{told}");
    }
}

#[test]
fn s19_a_pin_of_the_authority_is_no_pin_of_the_server() {
    let authority = authority(None);
    let issued = issued_by(&authority, &["localhost"], 2020, 2119);
    let parsed = rustls::server::ParsedCertificate::try_from(&issued.authority).unwrap();
    let of_the_authority = Pin::of_key(&parsed.subject_public_key_info());
    let told = untrusted(over_tls(
        &issued,
        true,
        pins([of_the_authority, Pin::new([7; 32])]),
    ));
    assert!(told.contains("pinned"), "{told}");
}

/// How two connections, one after the other, are made by one client.
fn two_connections(version: &'static rustls::SupportedProtocolVersion, with_pins: bool) -> Vec<Handshake> {
    let good = good();
    let (server, handshakes) = server(serving_versions(&good, &[version]));
    let client = trusting(
        Some(&good),
        with_pins.then(|| Pins::new([good.pin(), Pin::new([7; 32])]).unwrap()),
    );
    let url = format!("https://localhost:{}/", server.address().port());
    run(async {
        for _ in 0..2 {
            get(&client, &url).await.unwrap();
            // With a pool of its own, as after a change of network.
            client.drop_idle();
        }
    });
    assert_eq!(server.connections(), 2);
    let handshakes = handshakes.lock().unwrap();
    handshakes.clone()
}

#[test]
fn s19_with_pins_each_connection_is_proven_anew() {
    for version in rustls::ALL_VERSIONS {
        let kinds = |with_pins| {
            let made = two_connections(version, with_pins);
            assert!(made.iter().all(|(used, _)| *used == Some(version.version)));
            made.into_iter().map(|(_, kind)| kind).collect::<Vec<_>>()
        };
        let (full, resumed) = (Some(HandshakeKind::Full), Some(HandshakeKind::Resumed));
        assert_eq!(kinds(false), [full, resumed], "{version:?}");
        assert_eq!(kinds(true), [full, full], "{version:?}");
    }
}

#[test]
fn s19_nothing_is_sent_before_the_handshake_is_over() {
    for with_pins in [false, true] {
        let config = HttpClientConfig {
            pins: pins([Pin::new([7; 32]), Pin::new([8; 32])]).filter(|_| with_pins),
            extra_roots: vec![good().root()],
            ..HttpClientConfig::default()
        };
        assert!(!super::super::tls::platform(&config).unwrap().enable_early_data);
    }
}

#[test]
fn s19_a_server_that_does_not_speak_tls_is_untrusted_and_one_that_hangs_up_is_offline() {
    let plain = RawServer::accepting(|stream, _| {
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(b"HTTP/1.1 302 Found\r\nlocation: http://portal/\r\n\r\n");
    });
    let client = trusting(Some(&good()), None);
    let url = |server: &RawServer| format!("https://{}/", server.address());
    untrusted(run(get(&client, &url(&plain))).map(|(status, ..)| status));
    let silent = RawServer::accepting(|stream, _| {
        let _ = stream.read(&mut [0; 4096]);
    });
    assert_eq!(
        run(get(&client, &url(&silent))).unwrap_err(),
        NetworkError::Connect
    );
}
