//! Where the processes of a fleet keep the token that they share.

mod memory;
#[cfg(feature = "redis")]
mod redis;

use std::error::Error as StdError;
use std::pin::Pin;
use std::time::Duration;

pub use memory::MemoryStore;
#[cfg(feature = "redis")]
pub use redis::{RedisStore, RedisStoreBuilder};

use crate::secret::Secret;

/// A place where several clients, most often of several processes, keep one access token for each
/// account.
///
/// `RedisStore` (with the feature `redis`) is one for processes on any number of machines,
/// [`MemoryStore`] one for the clients of one process. A store of your own has to do what the
/// methods say; what it can leave to the client are timeouts (each call is given a second) and
/// failures: while a store fails, the client goes on without.
///
/// The account's name is its appid. Its secret is never given to a store.
pub trait TokenStore: Send + Sync {
    /// The account's token, if there is one that has not expired.
    ///
    /// # Errors
    ///
    /// When the store is out of reach. What is there but makes no sense is best taken for nothing:
    /// then it is soon replaced.
    fn load<'a>(&'a self, account: &'a str) -> StoreFuture<'a, Option<StoredToken>>;

    /// Keeps a token for as long as [`StoredToken::left`] says, frees the lock, and tells that it
    /// was kept; unless someone else has taken the lock since, who has, or will have, a newer
    /// token: then nothing changes, and the answer is `false`.
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

    /// Forgets the account's token if it is this one, which WeChat has refused.
    ///
    /// # Errors
    ///
    /// When the store is out of reach.
    fn invalidate<'a>(&'a self, account: &'a str, token: &'a Secret) -> StoreFuture<'a, ()>;

    /// Takes the account's lock, or returns `None` at once if someone has it.
    ///
    /// It frees itself after `life`, by the store's own clock: its holder may have died.
    ///
    /// # Errors
    ///
    /// When the store is out of reach.
    fn lock<'a>(&'a self, account: &'a str, life: Duration) -> StoreFuture<'a, Option<StoreLock>>;

    /// Frees the account's lock, unless someone else has it by now.
    ///
    /// # Errors
    ///
    /// When the store is out of reach.
    fn unlock<'a>(&'a self, account: &'a str, lock: StoreLock) -> StoreFuture<'a, ()>;
}

/// What the methods of [`TokenStore`] return: boxed futures, so that stores can be trait objects.
///
/// The error's text is logged: see to it that no secret is in it.
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

    /// By which the store knows this lock from those that were taken before and after it.
    pub fn fence(self) -> u64 {
        self.fence
    }
}

/// A token in a store, and its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredToken {
    token: Secret,
    lifetime: Duration,
    left: Duration,
}

impl StoredToken {
    /// A token that was issued for `lifetime`, and lives for `left` from now on.
    pub fn new(token: impl Into<Secret>, lifetime: Duration, left: Duration) -> Self {
        Self { token: token.into(), lifetime, left }
    }

    /// The token.
    pub fn token(&self) -> &Secret {
        &self.token
    }

    /// Whether it is a token, and alive.
    pub(super) fn is_usable(&self) -> bool {
        !self.token.expose().trim().is_empty() && !self.left.is_zero()
    }

    /// How long it was to live when it was issued. A store keeps it beside the token.
    pub fn lifetime(&self) -> Duration {
        self.lifetime
    }

    /// How long it lives from now on. A store counts it down by a clock of its own, so that the
    /// clocks of its users may differ.
    pub fn left(&self) -> Duration {
        self.left
    }
}
