//! The operating system's lock of a whole file: it belongs to the opening, and goes with it.
//!
//! Not the standard library's, which is "not supported" on Android (Rust 1.95 and 1.96), where nothing would open.

use std::fs::File;
#[cfg(not(unix))]
use std::fs::TryLockError;
use std::io;

/// Locks it once nobody has it locked. Blocks.
pub(crate) fn lock(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    return Ok(rustix::io::retry_on_intr(|| {
        rustix::fs::flock(file, rustix::fs::FlockOperation::LockExclusive)
    })?);
    #[cfg(not(unix))]
    #[expect(clippy::disallowed_methods, reason = "not Android")]
    file.lock()
}

/// Locks it if nobody has it locked; false if somebody has. Never waits.
pub(crate) fn try_lock(file: &File) -> io::Result<bool> {
    #[cfg(unix)]
    return flock(file, rustix::fs::FlockOperation::NonBlockingLockExclusive);
    #[cfg(not(unix))]
    #[expect(clippy::disallowed_methods, reason = "not Android")]
    taken(file.try_lock())
}

/// The same beside others who have it locked so.
pub(crate) fn try_lock_shared(file: &File) -> io::Result<bool> {
    #[cfg(unix)]
    return flock(file, rustix::fs::FlockOperation::NonBlockingLockShared);
    #[cfg(not(unix))]
    #[expect(clippy::disallowed_methods, reason = "not Android")]
    taken(file.try_lock_shared())
}

/// Gives it back before the file is closed.
pub(crate) fn unlock(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    return Ok(rustix::fs::flock(file, rustix::fs::FlockOperation::Unlock)?);
    #[cfg(not(unix))]
    #[expect(clippy::disallowed_methods, reason = "not Android")]
    file.unlock()
}

#[cfg(unix)]
fn flock(file: &File, how: rustix::fs::FlockOperation) -> io::Result<bool> {
    match rustix::fs::flock(file, how) {
        Ok(()) => Ok(true),
        Err(rustix::io::Errno::WOULDBLOCK) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(unix))]
fn taken(tried: Result<(), TryLockError>) -> io::Result<bool> {
    match tried {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_alone_or_many_beside_each_other() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        let open = || File::create(&path).unwrap();
        let (one, other, third) = (open(), open(), open());
        assert!(try_lock_shared(&one).unwrap() && try_lock_shared(&other).unwrap());
        assert!(!try_lock(&third).unwrap());
        unlock(&one).unwrap();
        assert!(!try_lock(&third).unwrap());
        drop(other);
        assert!(try_lock(&third).unwrap());
        assert!(!try_lock_shared(&one).unwrap() && !try_lock(&one).unwrap());
        drop(third);
        assert!(try_lock(&one).unwrap());
    }
}
