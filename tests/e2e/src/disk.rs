//! A device's disk that takes some writes and refuses others: what a full one does to the one write that matters.

use rusqlite::Connection;

use crate::Device;

/// While it lives, some writes to the device's durable file are refused. All others can be made.
pub struct Disk {
    connection: Connection,
    trigger: &'static str,
}

impl Disk {
    /// From now on takes no new token pair in the place of another.
    ///
    /// # Panics
    /// If the file cannot be changed.
    #[must_use]
    pub fn takes_no_pair(device: &Device) -> Self {
        Self::refuses(device, "no_pair", "UPDATE OF generation ON token")
    }

    /// From now on takes no sign-in.
    ///
    /// # Panics
    /// If the file cannot be changed.
    #[must_use]
    pub fn takes_no_sign_in(device: &Device) -> Self {
        Self::refuses(device, "no_sign_in", "INSERT ON token")
    }

    /// From now on takes no sign-out.
    ///
    /// # Panics
    /// If the file cannot be changed.
    #[must_use]
    pub fn takes_no_sign_out(device: &Device) -> Self {
        Self::refuses(device, "no_sign_out", "DELETE ON token")
    }

    fn refuses(device: &Device, trigger: &'static str, write: &str) -> Self {
        let path = device.dir().join("data/durable.sqlite3");
        let connection = Connection::open(path).expect("it opens");
        let sql = format!(
            "CREATE TRIGGER {trigger} BEFORE {write} BEGIN SELECT RAISE(ABORT, 'the test said so'); END"
        );
        connection.execute_batch(&sql).expect("a trigger");
        Self { connection, trigger }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let sql = format!("DROP TRIGGER {}", self.trigger);
        let mended = self.connection.execute_batch(&sql);
        assert!(mended.is_ok() || std::thread::panicking(), "{mended:?}");
    }
}
