//! `pmi`.
fn main() {}
