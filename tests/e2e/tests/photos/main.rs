//! Scenarios 22, 23, 25 and 26 for photos: accepted with a booking, sent whole later, part by part, each part as often as needed.

mod beside;
mod chain;
mod parts;
mod scene;
