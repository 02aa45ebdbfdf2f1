//! Between a client and its server: sees every byte of both directions, so that a test knows the tokens that nobody shows it.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Passes connections on, unchanged but that no answer with tokens in it is compressed.
pub struct Tap {
    url: String,
    seen: Arc<Mutex<Vec<u8>>>,
}

impl Tap {
    /// In front of the server at this URL, such as `http://127.0.0.1:8800`.
    ///
    /// # Panics
    /// If no port is free.
    pub async fn before(server: &str) -> Self {
        let server = server
            .trim_start_matches("http://")
            .trim_end_matches('/')
            .to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("its address"));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass(client, server.clone(), Arc::clone(&notes)));
            }
        });
        Self { url, seen }
    }

    /// Where clients find it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The values of this member in all the JSON that came by.
    #[must_use]
    pub fn values(&self, member: &str) -> Vec<String> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let text = String::from_utf8_lossy(&seen);
        let key = format!("\"{member}\":");
        let mut values: Vec<String> = text
            .match_indices(&key)
            .filter_map(|(at, key)| {
                let rest = text.get(at + key.len()..)?.trim_start().strip_prefix('"')?;
                Some(rest.split('"').next()?.to_owned())
            })
            .collect();
        values.sort();
        values.dedup();
        values
    }
}

async fn pass(mut client: TcpStream, server: String, seen: Arc<Mutex<Vec<u8>>>) {
    let Ok(mut server) = TcpStream::connect(server).await else {
        return;
    };
    let (mut asks, mut answers) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    loop {
        tokio::select! {
            read = client.read(&mut asks) => match read {
                Ok(count) if count > 0 => {
                    // The head of a request comes in one piece here. The other name is as long.
                    let part = if grants_tokens(&asks[..count]) {
                        replaced(&asks[..count], b"accept-encoding:", b"x-ccept-encoding")
                    } else {
                        asks[..count].to_vec()
                    };
                    note(&seen, &part);
                    if server.write_all(&part).await.is_err() { return }
                }
                _ => return,
            },
            read = server.read(&mut answers) => match read {
                Ok(count) if count > 0 => {
                    note(&seen, &answers[..count]);
                    if client.write_all(&answers[..count]).await.is_err() { return }
                }
                _ => return,
            },
        }
    }
}

fn grants_tokens(request: &[u8]) -> bool {
    let line = request.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    line.contains(" /api/auth/") && !line.contains(" /api/auth/me")
}

fn note(seen: &Mutex<Vec<u8>>, part: &[u8]) {
    seen.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .extend_from_slice(part);
}

fn replaced(bytes: &[u8], name: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if let Some(at) = memchr::memmem::find(&bytes, name)
        && let Some(place) = bytes.get_mut(at..at + other.len().min(name.len() - 1))
    {
        place.copy_from_slice(&other[..name.len() - 1]);
    }
    bytes
}
