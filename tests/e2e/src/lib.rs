//! The harness of the scenario tests: one server, one or more devices, and clocks that stand still until told otherwise.
//!
//! A scenario is a function that takes a [`World`] of either dialect; `both_dialects!` makes a test of it for each, and
//! `in_both_dialects!` of one that takes a [`processes::Scene`].

pub mod asleep;
pub mod canary;
pub mod child;
mod clock;
pub mod desk;
mod disk;
pub mod faults;
mod idle;
mod network;
pub mod photos;
pub mod processes;
pub mod sessions;
pub mod tap;
pub mod tls;
mod world;

pub use clock::{DeviceClock, SkippingSleeps};
pub use disk::Disk;
pub use network::{Air, Broken, Stopped};
pub use world::{Device, World};

/// Makes one test for each dialect of a scenario `async fn(World)`.
#[macro_export]
macro_rules! both_dialects {
    ($scenario:ident => $v1:ident, $v2:ident) => {
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $v1() {
            $scenario($crate::World::start(pmi_platform::Dialect::V1).await).await;
        }

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $v2() {
            $scenario($crate::World::start(pmi_platform::Dialect::V2).await).await;
        }
    };
}

/// Makes one test for each dialect of a scenario `fn(&Scene)`, whose devices are processes.
#[macro_export]
macro_rules! in_both_dialects {
    ($scenario:ident => $v1:ident, $v2:ident) => {
        #[test]
        fn $v1() {
            let program = env!("CARGO_BIN_EXE_device");
            $scenario(&$crate::processes::Scene::start(
                pmi_platform::Dialect::V1,
                program,
            ));
        }

        #[test]
        fn $v2() {
            let program = env!("CARGO_BIN_EXE_device");
            $scenario(&$crate::processes::Scene::start(
                pmi_platform::Dialect::V2,
                program,
            ));
        }
    };
}
