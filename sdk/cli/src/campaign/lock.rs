//! Mutexes that a panic elsewhere does not close: nothing is half done while one is held.
//!
//! ```text
//! lock(&self.schedule)
//! ```

use std::sync::{Mutex, MutexGuard, PoisonError};

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
