//! From the socket to a dialect's router and back: connections that can be cut, bodies that can lie.

mod body;
mod exchange;
mod listen;

pub(crate) use exchange::Received;
pub(crate) use listen::listen;

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use bytes::Bytes;
use http::Response;
use tokio::sync::Notify;

/// One TCP connection, as an exchange on it sees it.
#[derive(Clone)]
pub(crate) struct Connection {
    /// Close it now, in the middle of whatever it is doing.
    cut: Arc<Notify>,
    /// Close it after the answer being sent, without announcing that.
    finish: Arc<Notify>,
    /// Set with `finish`: what was pipelined behind that answer is dropped, unread by anybody.
    closing: Arc<AtomicBool>,
    pub(crate) peer: IpAddr,
}

/// A whole answer, before it is compressed.
pub(crate) type Answer = Response<Bytes>;

/// In an answer's extensions: close the connection after it, without announcing that.
#[derive(Clone, Copy)]
pub(crate) struct CloseAfter;

/// In a request's extensions: whom it is from, and what it is called.
#[derive(Clone)]
pub(crate) struct Origin {
    pub(crate) peer: IpAddr,
    pub(crate) database_down: bool,
}
