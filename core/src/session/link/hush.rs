//! What calls that wait are told of the network: the same as those that come now.

use std::sync::Arc;

use super::{Failure, Link};
use crate::error::Error;
use crate::ports::PortFuture;
use crate::transport::{Fault, Reach};

impl Reach for Link {
    fn reach(self: Arc<Self>) -> PortFuture<Result<(), Fault>> {
        Box::pin(async move { Self::reach(&self).await.map_err(fault) })
    }
}

fn fault(failure: Failure) -> Fault {
    match failure {
        Failure::Transport(error) => error.fault,
        Failure::Public(Error::Offline { why, .. }) => Fault::Offline(why),
        Failure::Public(Error::Busy { until }) => Fault::Busy { until },
        // A defect, or the end of the runtime.
        Failure::Public(error) => Fault::Setup(error.to_string()),
        Failure::Api(error) => Fault::Setup(error.to_string()),
    }
}
