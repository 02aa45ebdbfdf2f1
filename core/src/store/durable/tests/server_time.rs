//! What is kept of a server's clock.

use std::time::Duration;

use super::{ORIGIN, at, open};
use crate::ports::BootTime;
use crate::store::durable::ServerTime;

fn shown(boot: &str, second: i64) -> ServerTime {
    ServerTime {
        boot: BootTime {
            boot_id: boot.to_owned(),
            elapsed: Duration::from_millis(1_234_567),
        },
        at: at(second),
        error: Duration::from_millis(750),
        wall: at(second + 600),
    }
}

#[test]
fn s10_what_a_servers_clock_showed_is_kept_for_each_server() {
    let dir = tempfile::tempdir().unwrap();
    let durable = open(dir.path());
    assert_eq!(durable.server_time(ORIGIN).unwrap(), None);
    durable.keep_server_time(ORIGIN, &shown("a", 1)).unwrap();
    durable.keep_server_time(ORIGIN, &shown("b", 2)).unwrap();
    durable
        .keep_server_time("https://two.example", &shown("b", 3))
        .unwrap();
    drop(durable);
    let durable = open(dir.path());
    assert_eq!(durable.server_time(ORIGIN).unwrap(), Some(shown("b", 2)));
    assert_eq!(
        durable.server_time("https://two.example").unwrap(),
        Some(shown("b", 3))
    );
    assert_eq!(
        durable.dialect(ORIGIN).unwrap(),
        None,
        "and says nothing of its dialect"
    );
}
