//! The transport and the real client together, against raw sockets.

use std::io::Write;
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::ports::fakes::{After, ManualClock, RawServer};
use crate::ports::{Clock, HttpClient, HttpClientConfig, Permit, PortFuture, Sleep, SystemClock, TokioSleep};

/// The machine's time, so many times as fast: what is waited for of a limiter takes little of it.
struct Hurried;

const HURRY: u32 = 20;

impl Clock for Hurried {
    fn wall(&self) -> jiff::Timestamp {
        SystemClock.wall()
    }

    fn elapsed(&self) -> Duration {
        SystemClock.elapsed() * HURRY
    }

    fn boot_id(&self) -> String {
        SystemClock.boot_id()
    }
}

impl Sleep for Hurried {
    fn sleep(&self, duration: Duration) -> PortFuture<()> {
        TokioSleep.sleep(duration / HURRY)
    }
}

/// Real ports but for the secret store; waits of our own choosing are short.
fn over_sockets(server: &RawServer) -> Transport {
    let network = Arc::new(HttpClient::new(HttpClientConfig::default()).unwrap());
    let ports = Ports {
        clock: Arc::new(Hurried),
        sleep: Arc::new(Hurried),
        ..ports(&ManualClock::new(), network)
    };
    let config = TransportConfig {
        // A busy machine may take its own time for an answer.
        stall: Duration::from_secs(15) * HURRY,
        total: Duration::from_secs(60) * HURRY,
        backoff_initial: Duration::from_millis(20),
        limiter_initial: Duration::from_millis(20),
        ..TransportConfig::default()
    };
    Transport::new(
        ports,
        Origin::parse(&server.origin()).unwrap(),
        config,
        Audit::nowhere(),
    )
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}

fn say(stream: &mut TcpStream, text: &str) {
    let _ = stream.write_all(text.as_bytes());
}

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";

#[test]
fn s15_v1s_limiter_closes_its_connection_and_no_write_meets_it() {
    let limiter = format!(
        "HTTP/1.1 500 Internal Server Error\r\ncontent-length: {}\r\ncontent-type: application/json\r\n\r\n{LIMITER}",
        LIMITER.len()
    );
    let server = RawServer::new(move |number, stream| {
        if number % 2 == 0 {
            say(stream, &limiter);
            // Longer than a token takes on the hurried clock: a write on this connection would still find it open.
            std::thread::sleep(Duration::from_millis(60));
            After::Close
        } else {
            say(stream, OK);
            After::Keep
        }
    });
    let transport = over_sockets(&server);
    run(async {
        for _ in 0..20 {
            assert_eq!(transport.send(&write(), Some("t")).await.unwrap().status, 200);
        }
    });
    assert_eq!(server.requests().len(), 40);
}

#[test]
fn s18_an_answer_cut_in_the_middle_is_asked_for_again_on_a_fresh_connection() {
    let server = RawServer::new(|number, stream| {
        say(stream, if number == 0 { &OK[..OK.len() - 1] } else { OK });
        if number == 0 { After::Close } else { After::Keep }
    });
    let transport = over_sockets(&server);
    assert_eq!(run(transport.send(&read(), Some("t"))).unwrap().status, 200);
    assert_eq!(server.connections(), 2);
}

#[test]
fn s20_the_token_stays_with_the_origin() {
    let elsewhere = RawServer::saying(OK);
    let redirect = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: {}/api\r\ncontent-length: 0\r\n\r\n",
        elsewhere.origin()
    );
    let server = RawServer::saying(redirect);
    let transport = over_sockets(&server);
    let error = run(transport.send(&read(), Some("the-token"))).unwrap_err();
    assert_eq!(error.fault, Fault::Portal);
    assert!(server.requests()[0].contains("Bearer the-token"));
    assert_eq!(elsewhere.connections(), 0);
}

#[test]
fn a_write_without_a_body_says_that_nothing_comes() {
    let server = RawServer::saying(OK);
    let request = WireRequest::new(Method::POST, "/api/bookings/7/cancel", Replay::Safe);
    assert!(run(over_sockets(&server).send(&request, Some("t"))).is_ok());
    let sent = server.requests()[0].to_lowercase();
    assert_eq!(sent.matches("content-length: 0\r\n").count(), 1, "{sent}");
    assert!(!sent.contains("transfer-encoding"));
}

#[test]
fn s22_a_write_whose_right_ends_after_the_connection_is_made_never_arrives_whole() {
    let (server, heard) = RawServer::listening();
    let mut request = write();
    request.permit = Some(Permit::new(|| false));
    let error = run(over_sockets(&server).send(&request, Some("t"))).unwrap_err();
    assert_eq!(error.fault, Fault::Withheld);
    assert!(!error.maybe_applied());
    assert!(!heard.recv_timeout(seconds(20)).unwrap().contains('{'));
    assert_eq!(server.connections(), 1);
}

#[test]
fn s17_an_endless_gzip_bomb_is_stopped_at_the_cap() {
    let written = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&written);
    let server = RawServer::new(move |_, stream| {
        say(
            stream,
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\n\r\n",
        );
        // A fixed Huffman block: one space, then for ever "the last byte 258 times again", 13 bits each. Eight of them
        // are 13 bytes.
        let mut bits = vec![true, true, false];
        bits.extend((0..8).rev().map(|bit| (0x30_u8 + b' ') >> bit & 1 == 1));
        let again = [
            true, true, false, false, false, true, false, true, false, false, false, false, false,
        ];
        while (bits.len() % 8) != 0 {
            bits.extend(again);
        }
        let mut start = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
        start.extend(bytes(&bits));
        let _ = stream.write_all(&start);
        let block = bytes(&again.repeat(8 * 100));
        while stream.write_all(&block).is_ok() {
            counter.fetch_add(block.len(), Ordering::SeqCst);
        }
        After::Close
    });
    let error = run(over_sockets(&server).send(&read(), Some("t"))).unwrap_err();
    assert_eq!(
        error.fault,
        Fault::Faulty {
            status: 200,
            what: "too large"
        }
    );
    assert_eq!(server.requests().len(), 1);
    assert!(written.load(Ordering::SeqCst) > 0);
}

fn bytes(bits: &[bool]) -> Vec<u8> {
    bits.chunks(8)
        .map(|byte| {
            byte.iter()
                .enumerate()
                .map(|(at, bit)| u8::from(*bit) << at)
                .sum()
        })
        .collect()
}

#[test]
fn s17_a_byte_at_a_time_over_a_real_socket_ends_soon_after_the_grace() {
    let server = RawServer::new(|_, stream| {
        say(
            stream,
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n",
        );
        while stream.write_all(b" ").is_ok() {
            std::thread::sleep(Duration::from_millis(1));
        }
        After::Close
    });
    let clock = ManualClock::new();
    let began = clock.elapsed();
    let network = Arc::new(HttpClient::new(HttpClientConfig::default()).unwrap());
    let transport = Transport::new(
        ports(&clock, network),
        Origin::parse(&server.origin()).unwrap(),
        TransportConfig::default(),
        Audit::nowhere(),
    );
    run(async {
        let request = read();
        let sending = Box::pin(transport.send(&request, Some("t")));
        let ticking = Box::pin(async {
            // Real bytes come while our clock moves by hand: the wait is bounded by the server's pace, not ours.
            while server.requests().is_empty() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
            loop {
                tokio::time::sleep(Duration::from_millis(5)).await;
                clock.advance(seconds(1));
            }
        });
        match futures_util::future::select(sending, ticking).await {
            futures_util::future::Either::Left((result, _)) => {
                let error = result.unwrap_err();
                let too_slow = Fault::Faulty {
                    status: 200,
                    what: "too slow",
                };
                assert_eq!(error.fault, too_slow);
            }
            futures_util::future::Either::Right((never, _)) => never,
        }
    });
    let took = clock.elapsed() - began;
    assert!((seconds(16)..seconds(40)).contains(&took), "{took:?}");
    assert_eq!(server.requests().len(), 1);
}
