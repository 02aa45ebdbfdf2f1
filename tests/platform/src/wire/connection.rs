//! A connection, an answer, and what is noted on either.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use bytes::Bytes;
use http::Response;
use tokio::sync::Notify;

use crate::control::Gate;

/// One TCP connection, as an exchange on it sees it.
#[derive(Clone)]
pub(crate) struct Connection {
    /// Close it now, in the middle of whatever it is doing.
    pub(super) cut: Arc<Notify>,
    /// Close it after the answer being sent, without announcing that.
    pub(super) finish: Arc<Notify>,
    /// Set with `finish`: what was pipelined behind that answer is dropped, unread by anybody.
    pub(super) closing: Arc<AtomicBool>,
    pub(crate) peer: IpAddr,
}

/// A whole answer, before it is compressed.
pub(crate) type Answer = Response<Bytes>;

/// In an answer's extensions: close the connection after it, without announcing that.
#[derive(Clone, Copy)]
pub(crate) struct CloseAfter;

/// In a request's extensions: where it is from, and what is commanded about its handling.
#[derive(Clone)]
pub(crate) struct Origin {
    pub(crate) peer: IpAddr,
    /// The database is to be away for it.
    pub(crate) database_down: bool,
    /// Where it stands before its handler runs.
    pub(crate) gate: Option<Gate>,
}
