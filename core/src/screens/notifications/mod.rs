//! What the platform told the person: newest first, and what of it was read.

mod record;
mod scene;
#[cfg(test)]
mod tests;

pub use record::{NotificationRow, NotificationWay, Notifications, NotificationsIntent};
pub(crate) use scene::NotificationsScene;
