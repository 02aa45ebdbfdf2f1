//! From the socket to a dialect's router and back: connections that can be cut, bodies that can lie.

mod body;
mod connection;
mod exchange;
mod listen;

pub(crate) use connection::{Answer, CloseAfter, Origin};
pub(crate) use exchange::Received;
pub(crate) use listen::listen;
