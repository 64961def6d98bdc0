//! Locks that a panic elsewhere does not close.
//!
//! ```text
//! lock(&mutex)            what calls change
//! read(&lock).clone()     what every call reads, and what hardly ever changes
//! ```
//!
//! A lock is held for some instructions, and nothing is half done while it is: so whoever panicked with
//! it is no matter.

use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
