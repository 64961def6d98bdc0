//! Where the processes of a fleet keep the token that they share.

mod memory;
#[cfg(feature = "redis")]
mod redis;

use std::error::Error as StdError;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

pub use memory::MemoryStore;
#[cfg(feature = "redis")]
pub use redis::{RedisStore, RedisStoreBuilder};

use super::source;
use crate::secret::Secret;

/// A place where several clients, most often of several processes, keep one access token for each
/// account.
///
/// `RedisStore` (with the feature `redis`) is one for processes on any number of machines,
/// [`MemoryStore`] one for the clients of one process. A store of your own has to do what the
/// methods say. It can leave timeouts to the client (each call has one second), and failures too: while
/// a store fails, the client works without it.
///
/// The account's name is its appid. Its secret is never given to a store.
pub trait TokenStore: Send + Sync {
    /// The account's token, if there is one that has not expired.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached. For a record that cannot be read, return `None`: then it is
    /// soon replaced.
    fn load<'a>(&'a self, account: &'a str) -> StoreFuture<'a, Option<StoredToken>>;

    /// Keeps a token for as long as [`StoredToken::left`] says, frees the lock, and returns `true`.
    /// If another process has taken the lock since, nothing changes, and it returns `false`: that
    /// process has, or will have, a newer token.
    ///
    /// # Errors
    ///
    /// When the store is out of reach.
    fn save<'a>(
        &'a self,
        account: &'a str,
        token: &'a StoredToken,
        lock: StoreLock,
    ) -> StoreFuture<'a, bool>;

    /// Deletes the account's token if it is this one, which WeChat has refused.
    ///
    /// # Errors
    ///
    /// When the store is out of reach.
    fn invalidate<'a>(&'a self, account: &'a str, token: &'a Secret) -> StoreFuture<'a, ()>;

    /// Takes the account's lock, or returns `None` at once if it is taken.
    ///
    /// The lock is freed after `life`, by the store's own clock, in case its holder has ended.
    ///
    /// # Errors
    ///
    /// When the store is out of reach.
    fn lock<'a>(&'a self, account: &'a str, life: Duration) -> StoreFuture<'a, Option<StoreLock>>;

    /// Frees the account's lock, unless another process has taken it since.
    ///
    /// # Errors
    ///
    /// When the store is out of reach.
    fn unlock<'a>(&'a self, account: &'a str, lock: StoreLock) -> StoreFuture<'a, ()>;
}

impl<T: TokenStore + ?Sized> TokenStore for Arc<T> {
    fn load<'a>(&'a self, account: &'a str) -> StoreFuture<'a, Option<StoredToken>> {
        (**self).load(account)
    }

    fn save<'a>(
        &'a self,
        account: &'a str,
        token: &'a StoredToken,
        lock: StoreLock,
    ) -> StoreFuture<'a, bool> {
        (**self).save(account, token, lock)
    }

    fn invalidate<'a>(&'a self, account: &'a str, token: &'a Secret) -> StoreFuture<'a, ()> {
        (**self).invalidate(account, token)
    }

    fn lock<'a>(&'a self, account: &'a str, life: Duration) -> StoreFuture<'a, Option<StoreLock>> {
        (**self).lock(account, life)
    }

    fn unlock<'a>(&'a self, account: &'a str, lock: StoreLock) -> StoreFuture<'a, ()> {
        (**self).unlock(account, lock)
    }
}

/// What the methods of [`TokenStore`] return: boxed futures, so that stores can be trait objects.
///
/// The error's text is logged: it must not contain secrets.
pub type StoreFuture<'a, T> =
    Pin<Box<dyn Future<Output = Result<T, Box<dyn StdError + Send + Sync>>> + Send + 'a>>;

/// A lock that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoreLock {
    fence: u64,
}

impl StoreLock {
    /// The lock with this fencing value: greater than that of every lock on the account before.
    pub fn new(fence: u64) -> Self {
        Self { fence }
    }

    /// The fencing value, greater than that of every earlier lock on the account.
    pub fn fence(self) -> u64 {
        self.fence
    }
}

/// A token in a store, with its lifetime and the time that is left of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredToken {
    token: Secret,
    lifetime: Duration,
    left: Duration,
}

impl StoredToken {
    /// A token that was issued for `lifetime`, and expires after `left` from now on.
    pub fn new(token: impl Into<Secret>, lifetime: Duration, left: Duration) -> Self {
        Self { token: token.into(), lifetime, left }
    }

    /// The token.
    pub fn token(&self) -> &Secret {
        &self.token
    }

    /// Whether it can be a token, and has not expired.
    pub(super) fn is_usable(&self) -> bool {
        source::defect(self.token.expose()).is_none() && !self.left.is_zero()
    }

    /// The lifetime that it was issued with. A store keeps it beside the token.
    pub fn lifetime(&self) -> Duration {
        self.lifetime
    }

    /// The time until it expires. A store counts it down by its own clock, so that the clocks of the
    /// processes may differ.
    pub fn left(&self) -> Duration {
        self.left
    }
}
