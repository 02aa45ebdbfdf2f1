//! The names of plain `http`: `localhost` is this machine, and there is no other.
//!
//! Promises: no name server is asked, so that none can send a token elsewhere unencrypted (scenario 20).

use std::net::{Ipv4Addr, Ipv6Addr};

use reqwest::ClientBuilder;
use reqwest::dns::{Name, Resolve, Resolving};

/// Has the client know these names only.
pub(super) fn names(builder: ClientBuilder) -> ClientBuilder {
    // Port 0: the one of the URL.
    let this_machine = [(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()];
    builder
        .dns_resolver(NoOther)
        .resolve_to_addrs("localhost", &this_machine)
}

struct NoOther;

impl Resolve for NoOther {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(std::future::ready(Err(
            "plain http is for this machine only".into()
        )))
    }
}
