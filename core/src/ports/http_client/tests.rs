//! The client against tiny servers on loopback that say exactly what a test wants, byte by byte.

mod permit;
mod tls;

use std::io::{Read, Write};
use std::net::TcpListener;

use bytes::Bytes;
use futures_util::TryStreamExt;
use http::{HeaderMap, Method};

use super::*;
use crate::ports::Pin;
use crate::ports::fakes::{After, RawServer, read_request};

fn client() -> HttpClient {
    HttpClient::new(HttpClientConfig::default()).unwrap()
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}

async fn get(client: &HttpClient, url: &str) -> Result<(u16, HeaderMap, Bytes), NetworkError> {
    let request = NetworkRequest {
        method: Method::GET,
        url: url.parse().unwrap(),
        headers: HeaderMap::new(),
        body: Bytes::new(),
        permit: None,
    };
    let answer = client.send(request).await?;
    let parts: Vec<Bytes> = answer.body.try_collect().await?;
    Ok((answer.status.as_u16(), answer.headers, parts.concat().into()))
}

/// Why a server that says this is of no use.
fn failure(answer: impl Into<Vec<u8>>) -> NetworkError {
    let server = RawServer::saying(answer);
    run(get(&client(), &format!("{}/x?token=hush", server.origin()))).unwrap_err()
}

fn ok(extra: &str, body: &[u8]) -> Vec<u8> {
    let mut answer = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{extra}\r\n").into_bytes();
    answer.extend_from_slice(body);
    answer
}

#[test]
fn the_documented_defaults_are_the_defaults() {
    let config = HttpClientConfig::default();
    assert_eq!(config.connect.as_secs(), 10);
    assert_eq!(config.idle.as_secs(), 4);
    assert_eq!(
        config.user_agent,
        format!("pmi-core/{}", env!("CARGO_PKG_VERSION"))
    );
    assert!(config.extra_roots.is_empty() && config.pins.is_none());
}

#[test]
fn an_exchange_says_who_we_are_and_nothing_more() {
    let server = RawServer::saying(ok("content-length: 2\r\n", b"{}"));
    let (status, _, body) = run(get(&client(), &server.origin())).unwrap();
    assert_eq!((status, &body[..]), (200, &b"{}"[..]));
    let request = server.requests()[0].to_lowercase();
    assert!(request.contains("user-agent: pmi-core/"));
    assert!(
        request.contains("gzip") && !request.contains("zstd"),
        "docs/adr/0017"
    );
    assert!(
        !request.contains("referer") && !request.contains("cookie") && !request.contains("authorization")
    );
}

#[test]
fn s17_a_body_that_ends_early_is_an_interruption() {
    assert_eq!(
        failure(ok("content-length: 10\r\n", b"{}")),
        NetworkError::Interrupted
    );
    assert_eq!(
        failure(ok("transfer-encoding: chunked\r\n", b"2\r\n{}\r\n")),
        NetworkError::Interrupted
    );
}

#[test]
fn s17_a_broken_compression_or_framing_is_damage() {
    // The first bytes of a gzip stream, whole by its length, and bytes that are none.
    let truncated = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0x56];
    let gzip = |length: usize| format!("content-encoding: gzip\r\ncontent-length: {length}\r\n");
    assert_eq!(failure(ok(&gzip(12), &truncated)), NetworkError::Damaged);
    assert_eq!(failure(ok(&gzip(6), b"zipped")), NetworkError::Damaged);
    assert_eq!(failure(ok(&gzip(20), &truncated)), NetworkError::Interrupted);
    assert_eq!(
        failure(ok("content-encoding: zstd\r\ncontent-length: 6\r\n", b"zipped")),
        NetworkError::Damaged
    );
    assert_eq!(failure("SSH-2.0-OpenSSH_9.2\r\n\r\n"), NetworkError::Damaged);
    assert_eq!(
        failure(ok("transfer-encoding: chunked\r\n", b"zz\r\n{}\r\n")),
        NetworkError::Damaged
    );
}

#[test]
fn s18_no_connection_and_no_answer_are_told_apart() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let refused = run(get(&client(), &format!("http://{closed}/x?token=hush"))).unwrap_err();
    assert_eq!(refused, NetworkError::Connect);
    assert_eq!(failure(""), NetworkError::Interrupted);
    // Closing with unread bytes resets the connection.
    let resetting = RawServer::accepting(|stream, _| {
        let _ = stream.read(&mut [0]);
    });
    assert_eq!(
        run(get(&client(), &resetting.origin())).unwrap_err(),
        NetworkError::Interrupted
    );
}

#[test]
fn s20_a_redirect_is_an_answer() {
    let elsewhere = RawServer::saying(ok("content-length: 2\r\n", b"{}"));
    let server = RawServer::saying(format!(
        "HTTP/1.1 302 Found\r\nlocation: {}/\r\ncontent-length: 0\r\n\r\n",
        elsewhere.origin()
    ));
    let (status, headers, _) = run(get(&client(), &server.origin())).unwrap();
    assert_eq!(status, 302);
    assert_eq!(headers["location"], format!("{}/", elsewhere.origin()));
    assert_eq!(elsewhere.connections(), 0);
}

#[test]
fn s20_plain_http_knows_no_name_but_localhost() {
    let server = RawServer::saying(ok("content-length: 2\r\n", b"{}"));
    let port = server.address().port();
    let status = |name: &str| {
        let answer = run(get(&client(), &format!("http://{name}:{port}/")));
        answer.map(|(status, ..)| status)
    };
    assert_eq!(status("LocalHost"), Ok(200));
    // A name that can be looked up here, on most machines.
    let hostname = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or("x".to_owned());
    assert_eq!(status(hostname.trim()), Err(NetworkError::Dns));
    assert_eq!(server.connections(), 1);
}

#[test]
fn s18_drop_idle_makes_the_next_exchange_use_a_fresh_connection() {
    let server = RawServer::new(|_, stream| {
        stream.write_all(&ok("content-length: 2\r\n", b"{}")).unwrap();
        After::Keep
    });
    run(async {
        let client = client();
        for _ in 0..3 {
            get(&client, &server.origin()).await.unwrap();
        }
        assert_eq!(server.connections(), 1);
        client.drop_idle();
        get(&client, &server.origin()).await.unwrap();
        assert_eq!(server.connections(), 2);
    });
}

#[test]
fn opening_builds_nothing_and_a_missing_runtime_is_an_error() {
    let client = client();
    assert!(client.shared.plain.lock().unwrap().get().is_none());
    let sent = futures_util::FutureExt::now_or_never(get(&client, "http://127.0.0.1:9/"));
    assert!(matches!(sent, Some(Err(NetworkError::Setup(_)))));
    let config = HttpClientConfig {
        user_agent: "a\nb".to_owned(),
        ..HttpClientConfig::default()
    };
    assert!(matches!(HttpClient::new(config), Err(NetworkError::Setup(_))));
}

#[test]
fn s18_a_handshake_that_never_ends_is_no_connection() {
    let mute =
        RawServer::accepting(|stream, _| while stream.read(&mut [0; 4096]).is_ok_and(|read| read > 0) {});
    let client = HttpClient::new(HttpClientConfig {
        connect: Duration::from_millis(50),
        ..HttpClientConfig::default()
    })
    .unwrap();
    let url = format!("https://{}/", mute.address());
    assert_eq!(run(get(&client, &url)).unwrap_err(), NetworkError::Connect);
}
