//! What the scenarios of a suspended client have in common.

use std::path::PathBuf;
use std::time::Duration;

use pmi_core::model::{Freshness, SuspendReport};
use pmi_core::{PmiClient, SessionState};

use crate::{Device, World};

/// Short.
pub const MINUTE: Duration = Duration::from_secs(60);

/// Longer than an access token lives.
pub const NIGHT: Duration = Duration::from_secs(8 * 3600);

/// No sleep of this length is skipped, and no other sleep is as long.
pub const DEADLINE: Duration = Duration::from_secs(12);

/// Nothing was under way.
pub const NOTHING: SuspendReport = SuspendReport {
    ended: 0,
    left: 0,
    resumed: false,
};

/// The one read for which v1, too, looks at the token.
///
/// # Errors
/// Those of the read.
pub async fn read(client: &PmiClient) -> pmi_core::Result<()> {
    client.account().me(Freshness::NetworkOnly).await.map(drop)
}

/// Where the session stands.
///
/// # Panics
/// If that cannot be read.
pub async fn state(client: &PmiClient) -> SessionState {
    client.account().state().await.expect("a state")
}

/// Nothing of this device is open in this process.
///
/// # Panics
/// If something is.
#[track_caller]
pub fn holds_nothing(device: &Device, when: &str) {
    assert_eq!(device.open_files(), Vec::<PathBuf>::new(), "{when}");
}

/// Lets time pass on both sides.
pub fn pass(world: &World, device: &Device, time: Duration) {
    world.server_clock.advance(time);
    device.clock.advance(time);
}

/// Suspends with something in flight that does not end in time.
///
/// # Panics
/// If it cannot be suspended.
pub async fn suspend_in_flight(device: &Device, client: &PmiClient) -> SuspendReport {
    let suspending = client.clone();
    let suspending = tokio::spawn(async move { suspending.suspend(DEADLINE).await });
    while device.clock.sleeper(DEADLINE).await != DEADLINE {
        tokio::task::yield_now().await;
    }
    device.clock.advance(DEADLINE);
    suspending.await.expect("no panic").expect("suspended")
}
