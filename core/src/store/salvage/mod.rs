//! Reading a damaged database without SQLite: whatever can be read of it, a page at a time.
//!
//! Promised: every row that lies whole on pages that are whole is found, whatever happened to the others, the first one and the
//! roots of the tables included (scenario 32); nothing here fails, and nothing is written. Not promised: which table a row is of
//! ([`fill`] tells by its shape), nor that it is the newest state of it: where the end of the log is damaged, SQLite and this
//! reader both stop before it.
//!
//! SQLite's own `recover` is not in the library this is built with; a SELECT stops at the first bad page on its way, and one
//! damaged root loses it a whole table.

mod fill;
mod image;
mod pages;
mod record;

pub(super) use fill::fill;
pub(super) use image::Image;
pub(super) use pages::{Found, read};
