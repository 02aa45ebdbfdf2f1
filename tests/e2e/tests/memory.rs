//! Scenario 17: whatever a server sends, the process grows by less than 8 MB, the error is one of its own, and nothing of it is
//! kept. Over real sockets, in a process of its own, whose high-water mark is reset before each answer.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use pmi_e2e::child::Day;
use pmi_e2e::{World, both_dialects};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// 8 MB.
const MOST_KIB: u64 = 8_000_000 / 1024;
const GIB: usize = 1 << 30;

/// What is answered instead of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    GzipBomb,
    ZstdBomb,
    /// As large a window as the format allows.
    ZstdWindow,
    Deep,
    HugeWithLength,
    HugeInChunks,
    HugeByteByByte,
    Trickle,
    TruncatedGzip,
    WrongLength,
}

/// In front of the server: passes everything on, until it is told to answer itself.
struct Gate {
    url: String,
    answer: Arc<Mutex<Option<Answer>>>,
}

impl Gate {
    async fn before(server: &str) -> Self {
        let server = server
            .trim_start_matches("http://")
            .trim_end_matches('/')
            .to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("its address"));
        let answer: Arc<Mutex<Option<Answer>>> = Arc::default();
        let told = Arc::clone(&answer);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(serve(client, server.clone(), Arc::clone(&told)));
            }
        });
        Self { url, answer }
    }

    fn answers(&self, answer: Option<Answer>) {
        *self.answer.lock().expect("not poisoned") = answer;
    }
}

async fn serve(mut client: TcpStream, server: String, told: Arc<Mutex<Option<Answer>>>) {
    let mut server = TcpStream::connect(server).await.expect("the server");
    let (mut asked, mut answered) = (vec![0; 16 * 1024], vec![0; 16 * 1024]);
    loop {
        tokio::select! {
            read = client.read(&mut asked) => {
                let Ok(count @ 1..) = read else { return };
                let answer = *told.lock().expect("not poisoned");
                if let Some(answer) = answer {
                    // It ends when the client has had enough.
                    let _ = send(&mut client, answer).await;
                    return;
                }
                if server.write_all(&asked[..count]).await.is_err() { return }
            }
            read = server.read(&mut answered) => {
                let Ok(count @ 1..) = read else { return };
                if client.write_all(&answered[..count]).await.is_err() { return }
            }
        }
    }
}

async fn send(to: &mut TcpStream, answer: Answer) -> std::io::Result<()> {
    let head = |more: &str| format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{more}\r\n");
    let whole = |body: Vec<u8>, encoding: &str| {
        let more = format!("{encoding}content-length: {}\r\n", body.len());
        [head(&more).into_bytes(), body].concat()
    };
    let megabyte = vec![b' '; 1 << 20];
    match answer {
        Answer::GzipBomb => {
            to.write_all(&whole(gzip_of_a_gib(), "content-encoding: gzip\r\n"))
                .await
        }
        // 8 MiB is the most a window may be on the web (RFC 9659).
        Answer::ZstdBomb => {
            to.write_all(&whole(zstd_of_a_gib(0x68), "content-encoding: zstd\r\n"))
                .await
        }
        Answer::ZstdWindow => {
            to.write_all(&whole(zstd_of_a_gib(0xff), "content-encoding: zstd\r\n"))
                .await
        }
        Answer::Deep => {
            let deep = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
            to.write_all(&whole(deep, "")).await
        }
        Answer::HugeWithLength => {
            to.write_all(head(&format!("content-length: {GIB}\r\n")).as_bytes())
                .await?;
            for _ in 0..1024 {
                to.write_all(&megabyte).await?;
            }
            Ok(())
        }
        Answer::HugeInChunks => {
            to.write_all(head("transfer-encoding: chunked\r\n").as_bytes())
                .await?;
            for _ in 0..1024 {
                to.write_all(b"100000\r\n").await?;
                to.write_all(&megabyte).await?;
                to.write_all(b"\r\n").await?;
            }
            to.write_all(b"0\r\n\r\n").await
        }
        Answer::HugeByteByByte => {
            to.write_all(head("transfer-encoding: chunked\r\n").as_bytes())
                .await?;
            let some = b"1\r\n \r\n".repeat(10_000);
            for _ in 0..1000 {
                to.write_all(&some).await?;
            }
            Ok(())
        }
        Answer::Trickle => {
            to.write_all(head("content-length: 3600\r\n").as_bytes()).await?;
            // The one wait on real time: the client's own deadline runs in another process.
            for _ in 0..3600 {
                to.write_all(b" ").await?;
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            Ok(())
        }
        Answer::TruncatedGzip => {
            let mut half = gzip_of_a_gib();
            half.truncate(1000);
            to.write_all(&whole(half, "content-encoding: gzip\r\n")).await
        }
        Answer::WrongLength => {
            to.write_all(head("content-length: 100\r\n").as_bytes()).await?;
            to.write_all(b"[]").await
        }
    }
}

/// A frame of 8192 blocks, each one byte repeated 128 KiB times.
fn zstd_of_a_gib(window: u8) -> Vec<u8> {
    const BLOCKS: usize = 8192;
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, window];
    for block in 1..=BLOCKS {
        let last = u32::from(block == BLOCKS);
        let header = last | (1 << 1) | ((128 * 1024) << 3);
        frame.extend_from_slice(&header.to_le_bytes()[..3]);
        frame.push(b' ');
    }
    frame
}

/// A megabyte of spaces, deflated once and repeated: a gzip of many members would stop at the first.
fn gzip_of_a_gib() -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let megabyte = vec![b' '; 1 << 20];
    for _ in 0..64 {
        encoder.write_all(&megabyte).expect("memory");
    }
    encoder.finish().expect("memory")
}

async fn peak_memory(world: World) {
    let gate = Gate::before(&world.platform.url()).await;
    let customer = world.customer();
    for (answer, error) in [
        (Answer::GzipBomb, "ServerFault"),
        (Answer::ZstdBomb, "ServerFault"),
        (Answer::ZstdWindow, "ServerFault"),
        (Answer::Deep, "ServerFault"),
        (Answer::HugeWithLength, "ServerFault"),
        (Answer::HugeInChunks, "ServerFault"),
        (Answer::HugeByteByByte, "ServerFault"),
        (Answer::Trickle, "Offline"),
        (Answer::TruncatedGzip, "ServerFault"),
        (Answer::WrongLength, "Offline"),
    ] {
        // Each in a process that has met nothing yet: what an earlier answer left would hide some of the next one's.
        let (out, home) = (
            TempDir::new().expect("a folder"),
            TempDir::new().expect("a folder"),
        );
        let mut day = Day::start(env!("CARGO_BIN_EXE_day"), out.path(), false);
        day.must(&["open", &gate.url, &home.path().display().to_string()]);
        day.must(&["sign-in", &customer.email, &customer.password]);
        day.must(&["probe"]);
        gate.answers(Some(answer));
        day.must(&["peak-begin"]);
        let said = day.ask(&["vehicles"]);
        let peak: u64 = day.ask(&["peak"]).parse().expect("KiB");
        println!("{answer:?}: {peak} KiB above idle");
        // A byte at a time is slow work: on a slow machine the deadline comes first.
        let late = answer == Answer::HugeByteByByte && said == "failed Offline";
        assert!(late || said == format!("failed {error}"), "{answer:?}: {said}");
        assert!(peak < MOST_KIB, "{answer:?}: {peak} KiB above idle");
        gate.answers(None);
        assert_eq!(
            day.ask(&["cached"]),
            "failed Offline",
            "{answer:?}: nothing of it is kept"
        );
        day.must(&["vehicles"]);
        day.must(&["cached"]);
    }
}
both_dialects!(peak_memory => s17_peak_memory_is_under_8_mb_above_idle_for_any_answer_v1,
    s17_peak_memory_is_under_8_mb_above_idle_for_any_answer_v2);

/// The mark that the other test reads is of this process's memory, and is reset.
#[tokio::test]
async fn s17_the_high_water_mark_sees_what_was_used_and_given_back() {
    let (out, home) = (
        TempDir::new().expect("a folder"),
        TempDir::new().expect("a folder"),
    );
    let mut day = Day::start(env!("CARGO_BIN_EXE_day"), out.path(), false);
    day.must(&["open", "http://127.0.0.1:1", &home.path().display().to_string()]);
    day.must(&["use", "64"]);
    day.must(&["peak-begin"]);
    let idle: u64 = day.ask(&["peak"]).parse().expect("KiB");
    assert!(idle < 1024, "what was used before is not in it: {idle}");
    day.must(&["use", "16"]);
    let used: u64 = day.ask(&["peak"]).parse().expect("KiB");
    assert!((15 * 1024..20 * 1024).contains(&used), "{used}");
}
