//! What leaves this machine, and when, if a request has a permit.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;

use super::tls::{good, serving};
use super::*;
use crate::ports::Permit;

/// A server that was never reached must fail the test, not hang it.
const PATIENCE: Duration = Duration::from_secs(20);

const BODY: &str = r#"{"vehicle_id":7}"#;

/// A permit that says this, and how often it was asked.
fn permit(granted: bool) -> (Permit, Arc<AtomicU32>) {
    let asked = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&asked);
    let permit = Permit::new(move || {
        counter.fetch_add(1, Ordering::SeqCst);
        granted
    });
    (permit, asked)
}

async fn post(
    client: &HttpClient,
    url: &str,
    body: &'static str,
    permit: Option<Permit>,
) -> Result<u16, NetworkError> {
    let request = NetworkRequest {
        method: Method::POST,
        url: url.parse().unwrap(),
        headers: HeaderMap::new(),
        body: Bytes::from_static(body.as_bytes()),
        permit,
    };
    let answer = client.send(request).await?;
    let status = answer.status.as_u16();
    answer.body.try_collect::<Vec<_>>().await?;
    Ok(status)
}

fn count(asked: &AtomicU32) -> u32 {
    asked.load(Ordering::SeqCst)
}

#[test]
fn s22_a_write_whose_right_ended_while_it_connected_is_not_sent() {
    let (server, heard) = RawServer::listening();
    let (permit, asked) = permit(false);
    let result = run(post(&client(), &server.origin(), BODY, Some(permit)));
    assert_eq!(result, Err(NetworkError::Withheld));
    assert_eq!(count(&asked), 1);
    let came = heard.recv_timeout(PATIENCE).unwrap();
    assert!(!came.contains('{'), "a head at most: {came}");
}

#[test]
fn s22_a_permitted_write_looks_like_any_other_on_the_wire() {
    let sent = |permit: Option<Permit>| {
        let server = RawServer::saying(ok("content-length: 2\r\n", b"{}"));
        assert_eq!(run(post(&client(), &server.origin(), BODY, permit)), Ok(200));
        let [request] = &server.requests()[..] else {
            panic!("{:?}", server.requests());
        };
        let request = request.to_lowercase();
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        let mut lines: Vec<_> = head
            .lines()
            .filter(|line| !line.starts_with("host: "))
            .map(str::to_owned)
            .collect();
        lines.sort();
        (lines, body.to_owned())
    };
    let (permit, asked) = permit(true);
    let permitted = sent(Some(permit));
    assert_eq!(count(&asked), 1);
    assert!(permitted.0.contains(&format!("content-length: {}", BODY.len())));
    assert!(
        !permitted
            .0
            .iter()
            .any(|line| line.starts_with("transfer-encoding"))
    );
    assert_eq!(permitted.1, BODY);
    assert_eq!(permitted, sent(None));
}

#[test]
fn s22_the_right_is_not_asked_for_before_there_is_a_connection() {
    let (permit, asked) = permit(true);
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let refused = run(post(
        &client(),
        &format!("http://{closed}/"),
        BODY,
        Some(permit.clone()),
    ));
    assert_eq!(refused, Err(NetworkError::Connect));
    let hanging_up = RawServer::accepting(|stream, _| {
        let _ = stream.read(&mut [0; 4096]);
    });
    let url = format!("https://{}/", hanging_up.address());
    let cut = run(post(&client(), &url, BODY, Some(permit)));
    assert_eq!(cut, Err(NetworkError::Connect));
    assert_eq!(count(&asked), 0);
}

#[test]
fn s22_a_write_without_a_body_asks_before_it_connects() {
    let (granted, asked) = permit(true);
    let server = RawServer::saying(ok("content-length: 2\r\n", b"{}"));
    assert_eq!(run(post(&client(), &server.origin(), "", Some(granted))), Ok(200));
    assert_eq!(count(&asked), 1);
    let (refused, asked) = permit(false);
    let result = run(post(&client(), &server.origin(), "", Some(refused)));
    assert_eq!(result, Err(NetworkError::Withheld));
    assert_eq!((count(&asked), server.connections()), (1, 1));
}

#[test]
fn s15_a_connection_that_closed_in_the_pool_gets_no_write_sent_twice_on_one_permit() {
    // Keeps alive by what it says, and closes.
    let server = RawServer::saying(ok("content-length: 2\r\n", b"{}"));
    let (permit, asked) = permit(true);
    run(async {
        let client = client();
        for round in 1..=50 {
            let result = post(&client, &server.origin(), BODY, Some(permit.clone())).await;
            assert!(
                matches!(result, Ok(200) | Err(NetworkError::Interrupted)),
                "{result:?}"
            );
            assert_eq!(count(&asked), round);
            assert!(server.requests().len() <= round as usize);
        }
    });
}

#[test]
fn a_permit_shows_nothing_of_what_it_asks() {
    assert_eq!(format!("{:?}", permit(true).0), "Permit { .. }");
}

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const END_STREAM: u8 = 1;

fn frame(kind: u8, flags: u8, stream: [u8; 4], payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![0, 0, u8::try_from(payload.len()).unwrap(), kind, flags];
    frame.extend(stream);
    frame.extend(payload);
    frame
}

/// The next frame's kind, flags and stream.
fn read_frame(stream: &mut impl Read) -> Option<(u8, u8, [u8; 4])> {
    let mut head = [0; 9];
    stream.read_exact(&mut head).ok()?;
    let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
    let mut payload = vec![0; length as usize];
    stream.read_exact(&mut payload).ok()?;
    Some((head[3], head[4], [head[5], head[6], head[7], head[8]]))
}

/// A server of HTTP/2 that answers each whole request with this frame, and a client that trusts it. Gives the frames of
/// each connection (kind, flags) once that is closed.
fn over_http2(
    kind: u8,
    flags: u8,
    payload: &'static [u8],
) -> (RawServer, HttpClient, mpsc::Receiver<Vec<(u8, u8)>>) {
    let issued = good();
    let mut tls = serving(&issued);
    tls.alpn_protocols = vec![b"h2".to_vec()];
    let tls = Arc::new(tls);
    let (heard, receiver) = mpsc::channel();
    let server = RawServer::accepting(move |stream, _| {
        let mut connection = rustls::ServerConnection::new(Arc::clone(&tls)).unwrap();
        let mut stream = rustls::Stream::new(&mut connection, stream);
        let mut frames = Vec::new();
        let _ = stream.read_exact(&mut [0; 24]);
        let _ = stream.write_all(&frame(SETTINGS, 0, [0; 4], &[]));
        while let Some((came, came_flags, id)) = read_frame(&mut stream) {
            frames.push((came, came_flags));
            if came == SETTINGS && came_flags == 0 {
                let _ = stream.write_all(&frame(SETTINGS, 1, [0; 4], &[]));
            } else if came <= HEADERS && came_flags & END_STREAM != 0 {
                let _ = stream.write_all(&frame(kind, flags, id, payload));
            }
        }
        let _ = heard.send(frames);
    });
    let client = HttpClient::new(HttpClientConfig {
        extra_roots: vec![issued.root()],
        ..HttpClientConfig::default()
    })
    .unwrap();
    (server, client, receiver)
}

/// A request is whole when one of its frames ends the stream.
fn whole(frames: &[(u8, u8)]) -> usize {
    frames
        .iter()
        .filter(|(kind, flags)| *kind <= HEADERS && flags & END_STREAM != 0)
        .count()
}

#[test]
fn s22_over_http2_a_withheld_write_never_ends_its_stream() {
    // 0x88 is ":status: 200".
    let (server, client, heard) = over_http2(HEADERS, 0x5, &[0x88]);
    let url = format!("https://localhost:{}/", server.address().port());
    let (refused, asked) = permit(false);
    let (granted, _) = permit(true);
    run(async move {
        let result = post(&client, &url, BODY, Some(refused)).await;
        assert_eq!(result, Err(NetworkError::Withheld));
        assert_eq!(count(&asked), 1);
        // The connection is as good as before.
        assert_eq!(post(&client, &url, BODY, Some(granted)).await, Ok(200));
    });
    let frames = heard.recv_timeout(PATIENCE).unwrap();
    assert_eq!(server.connections(), 1);
    assert_eq!(whole(&frames), 1, "{frames:?}");
    let data = frames.iter().position(|(kind, _)| *kind == DATA).unwrap();
    let heads = |frames: &[(u8, u8)]| frames.iter().filter(|(kind, _)| *kind == HEADERS).count();
    // Whether the withheld head was still written is the stack's affair; if so it was taken back.
    let resets = frames.iter().filter(|(kind, _)| *kind == RST_STREAM).count();
    assert_eq!(heads(&frames[..data]), 1 + resets, "{frames:?}");
}

#[test]
fn s15_over_http2_a_refused_stream_is_not_sent_again_on_one_permit() {
    let (server, client, heard) = over_http2(RST_STREAM, 0, &[0, 0, 0, 7]);
    let url = format!("https://localhost:{}/", server.address().port());
    let (permit, asked) = permit(true);
    let result = run(async move { post(&client, &url, BODY, Some(permit)).await });
    assert_eq!(result, Err(NetworkError::Interrupted));
    assert_eq!(count(&asked), 1);
    assert_eq!(whole(&heard.recv_timeout(PATIENCE).unwrap()), 1);
}
