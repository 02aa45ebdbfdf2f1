//! A server on loopback that says exactly what a test wants, byte by byte.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};

/// A server of raw bytes. Lives as long as the test process.
pub(crate) struct RawServer {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<String>>>,
}

/// Whether the connection stays open after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    Keep,
    Close,
}

impl RawServer {
    /// Answers nothing; gives, for each connection, all that came over it once the other side has closed.
    pub(crate) fn listening() -> (Self, mpsc::Receiver<String>) {
        let (heard, receiver) = mpsc::channel();
        let server = Self::accepting(move |stream, _| {
            let mut all = Vec::new();
            let _ = stream.read_to_end(&mut all);
            let _ = heard.send(String::from_utf8_lossy(&all).into_owned());
        });
        (server, receiver)
    }

    /// Calls `answer` for each request with its number (from 0) and the stream to write to.
    pub(crate) fn new(answer: impl Fn(usize, &mut TcpStream) -> After + Send + Sync + 'static) -> Self {
        Self::accepting(move |stream, requests| {
            while let Some(request) = read_request(stream) {
                let number = {
                    let mut requests = requests.lock().unwrap();
                    requests.push(request);
                    requests.len() - 1
                };
                if answer(number, stream) == After::Close {
                    break;
                }
            }
        })
    }

    /// Calls `serve` for each connection; it may record what it read.
    pub(crate) fn accepting(
        serve: impl Fn(&mut TcpStream, &Mutex<Vec<String>>) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            connections: Arc::default(),
            requests: Arc::default(),
        };
        let (connections, requests) = (Arc::clone(&server.connections), Arc::clone(&server.requests));
        let serve = Arc::new(serve);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (serve, requests) = (Arc::clone(&serve), Arc::clone(&requests));
                connections.fetch_add(1, Ordering::SeqCst);
                std::thread::spawn(move || serve(&mut stream.unwrap(), &requests));
            }
        });
        server
    }

    /// Always the same bytes, then closes.
    pub(crate) fn saying(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::new(move |_, stream| {
            let _ = stream.write_all(&answer);
            After::Close
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Head and body of what came, as text.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// Head and body of the next request; `None` when the other side has closed.
pub(crate) fn read_request(stream: &mut impl Read) -> Option<String> {
    let mut read = Vec::new();
    let mut byte = [0];
    while !read.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        read.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&read).to_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    read.extend(body);
    Some(String::from_utf8_lossy(&read).into_owned())
}
