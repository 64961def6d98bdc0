//! Values that every call reads and that hardly ever change, behind locks.
//!
//! ```text
//! read(&lock).clone()    held for this expression alone
//! ```
//!
//! A lock is held for some instructions, and nothing is half done while it is: so whoever panicked with
//! it is no matter.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

pub(crate) fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
