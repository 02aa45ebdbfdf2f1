//! Whether every client of this process has come to rest, so that a test's clock may jump.
//!
//! Promised on Linux: no thread of a client's runtime is running, or could, or waits for a disk, at the moment of the look. So whatever a
//! client does next waits for time, for an answer, or for the test. Elsewhere a moment of real time stands in for it.

use std::time::Duration;

/// What the core calls its threads.
const THREADS: &str = "pmi-core";

/// How long to wait before the next look.
const SOON: Duration = Duration::from_micros(200);

/// Returns when all clients' threads are found asleep.
pub(crate) async fn clients_at_rest() {
    loop {
        // What runs on the test's own thread goes first.
        for _ in 0..8 {
            tokio::task::yield_now().await;
        }
        if are_asleep() {
            return;
        }
        tokio::time::sleep(SOON).await;
    }
}

#[cfg(target_os = "linux")]
fn are_asleep() -> bool {
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else {
        return true;
    };
    threads.flatten().all(|thread| {
        // A thread that has ended meanwhile has no state.
        let Ok(stat) = std::fs::read_to_string(thread.path().join("stat")) else {
            return true;
        };
        is_asleep(&stat)
    })
}

#[cfg(not(target_os = "linux"))]
fn are_asleep() -> bool {
    std::thread::sleep(Duration::from_millis(5));
    true
}

/// Of a line of a thread's `stat`: number, name in brackets, state.
#[cfg(target_os = "linux")]
fn is_asleep(stat: &str) -> bool {
    let Some((name, rest)) = stat.split_once('(').and_then(|(_, named)| named.rsplit_once(')')) else {
        return true;
    };
    !name.starts_with(THREADS) || rest.trim_start().starts_with('S')
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_clients_thread_that_runs_or_waits_for_a_disk_is_not_at_rest() {
        assert!(is_asleep("7 (pmi-core) S 1 2"));
        assert!(!is_asleep("7 (pmi-core) R 1 2"));
        assert!(!is_asleep("7 (pmi-core) D 1 2"));
        assert!(is_asleep("7 (tokio-rt (x)) R 1 2"));
    }
}
