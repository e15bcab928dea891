//! Locks which the kernel frees when their last holder is gone, however it went.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result};
use nix::fcntl::OFlag;

/// Takes the lock at `path`, making the file if need be, and keeps it until the returned file is closed.
///
/// Calls `before_waiting` when somebody else holds it, waits up to `patience` and gives up with `None`.
pub(super) fn take(path: &Path, patience: Duration, before_waiting: impl FnOnce()) -> Result<Option<File>> {
    let file = open(path).with_context(|| format!("opening {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => return Ok(Some(file)),
        Err(TryLockError::Error(error)) => return Err(error).with_context(|| format!("locking {}", path.display())),
        Err(TryLockError::WouldBlock) if patience.is_zero() => return Ok(None),
        Err(TryLockError::WouldBlock) => before_waiting(),
    }
    // A lock cannot be waited for with a limit, so a thread waits. One that waited in vain frees the lock when it gets it.
    let (waiting, taken) = mpsc::channel();
    thread::Builder::new().name("lock".into()).spawn(move || waiting.send(file.lock().map(|()| file)))?;
    Ok(taken.recv_timeout(patience).ok().transpose()?)
}

fn open(path: &Path) -> std::io::Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        // As root in a directory of someone else a planted link must not lead to another file.
        .custom_flags(OFlag::O_NOFOLLOW.bits())
        .open(path)
}
