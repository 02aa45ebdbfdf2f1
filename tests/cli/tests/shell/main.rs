//! `pmi` as a person and a script meet it: the program itself, against a server in this process, on both platforms.

// Only functions marked as tests are excused by clippy.toml; the helpers they share are tests too.
#![allow(clippy::expect_used, clippy::panic)]

mod account;
mod bad_cases;
mod by_hand;
mod demo;
mod explain;
mod killed;
mod outbox;
mod photos;
mod reads;
mod scene;
mod serve;
mod support;
mod trust;
mod two_at_once;
