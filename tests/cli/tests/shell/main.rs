//! `pmi` as a person and a script meet it: the program itself, against a server in this process, on both platforms.

mod account;
mod bad_cases;
mod demo;
mod reads;
mod serve;
mod support;
