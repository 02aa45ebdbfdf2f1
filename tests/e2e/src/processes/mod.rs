//! Devices as processes of their own: killed or stopped at any step of what they do, on a clock they share.
//!
//! Everything the core takes from the world goes through a port, so a process that can be ended at each call of a port, before
//! it and with its answer, can be ended at every point at which the core waits or decides; what is written to disk between two
//! calls is written before the second (see [`Step::commits`]).

mod clock;
mod program;
mod scene;
mod steps;
mod writes;

pub use clock::SharedClock;
pub use program::Program;
pub use scene::{Desk, Scene, ports};
pub use steps::{Step, Steps, Then, say};
pub use writes::{Act, acts, day, the_photo};
