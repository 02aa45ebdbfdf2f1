//! What the tests of sessions do again and again: a person signed in, a look, a sign-in, a sign-out, a fault.

use pmi_core::model::{Freshness, Password, Unsent};
use pmi_core::{PmiClient, SessionState};
use pmi_platform::{Dialect, Fault, Match};

use crate::{Device, World};

/// A v2 server, and a device on which its customer is signed in.
///
/// # Panics
/// If the sign-in fails.
pub async fn v2() -> (World, Device, PmiClient) {
    let world = World::start(Dialect::V2).await;
    let (device, client) = world.signed_in().await;
    (world, device, client)
}

/// Asks the server who is signed in, which takes a good token.
///
/// # Errors
/// Those of the read.
pub async fn read(client: &PmiClient) -> pmi_core::Result<()> {
    client.account().me(Freshness::NetworkOnly).await.map(drop)
}

/// How the session stands.
///
/// # Panics
/// If that cannot be told.
pub async fn state(client: &PmiClient) -> SessionState {
    client.account().state().await.expect("a state")
}

/// The next process on this device finds the session and may read.
///
/// # Panics
/// If it does not.
pub async fn still_signed_in(device: &Device, client: &PmiClient) {
    client.close();
    read(&device.open()).await.expect("still signed in");
}

/// Signs out, whatever is unsent.
///
/// # Panics
/// If that fails.
pub async fn signs_out(client: &PmiClient) {
    let signed_out = client.account().sign_out(Unsent::Discard).await;
    signed_out.expect("signed out");
}

/// Another customer signs in.
///
/// # Panics
/// If that fails.
pub async fn b_signs_in(world: &World, client: &PmiClient) {
    let b = world.other_customer();
    let password = Password::new(b.password.as_str());
    let signed_in = client.account().sign_in(&b.email, password).await;
    signed_in.expect("B signs in");
}

/// The server says that it is the other customer who is signed in.
///
/// # Panics
/// If it says somebody else.
pub async fn is_b(world: &World, client: &PmiClient) {
    let me = client.account().me(Freshness::NetworkOnly).await;
    assert_eq!(me.expect("B").value.email, world.other_customer().email);
}

impl World {
    /// This happens to the next such request, and to no other.
    pub fn fails_once(&self, request: Match, how: Fault) {
        self.control().on(request).times(1).then(how);
    }
}
