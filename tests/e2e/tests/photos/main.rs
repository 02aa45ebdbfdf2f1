//! Scenarios 22, 23, 25, 26, 32 and 34 for photos: accepted with a booking, sent whole later, part by part, each part as often as needed.

mod beside;
mod chain;
mod damaged;
mod parts;
mod scene;
