//! A device's disk that takes some writes and refuses others: what a full one does to the one write that matters.

use rusqlite::Connection;

use crate::Device;

/// While it lives, no new token pair can be written to the device's durable file. All other writes can.
pub struct Disk(Connection);

impl Disk {
    /// From now on.
    ///
    /// # Panics
    /// If the file cannot be changed.
    #[must_use]
    pub fn takes_no_pair(device: &Device) -> Self {
        let path = device.dir().join("data/durable.sqlite3");
        let connection = Connection::open(path).expect("it opens");
        connection
            .execute_batch(
                "CREATE TRIGGER no_room BEFORE UPDATE OF generation ON token
                 BEGIN SELECT RAISE(ABORT, 'the test said so'); END",
            )
            .expect("a trigger");
        Self(connection)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let mended = self.0.execute_batch("DROP TRIGGER no_room");
        assert!(mended.is_ok() || std::thread::panicking(), "{mended:?}");
    }
}
