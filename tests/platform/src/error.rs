//! Why a server did not start, or a command to it was not obeyed.

use std::net::SocketAddr;

/// Why a server did not start, or a command to it was not obeyed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The address is not a loopback address; this server must not be reachable from elsewhere.
    #[error("{0} is not a loopback address")]
    NotLoopback(SocketAddr),
    /// The address could not be listened on.
    #[error("cannot listen on {addr}")]
    Listen {
        /// The address asked for.
        addr: SocketAddr,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The database could not be opened, migrated or seeded.
    #[error("cannot open the database")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A file beside the database (the template, the outbox) could not be written.
    #[error("cannot prepare a file")]
    File(#[source] std::io::Error),
    /// A command named what is not there.
    #[error("{0}")]
    Command(&'static str),
}

impl From<sqlx::Error> for StartError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(Box::new(error))
    }
}
