//! A store in this process's memory.

use std::collections::HashMap;
use std::fmt;
use std::future::ready;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::{StoreFuture, StoreLock, StoredToken, TokenStore};
use crate::clock::{Clock, Time};
use crate::lock::lock;
use crate::secret::Secret;

/// A token store in this process's memory, for programs with several clients of one account, and
/// for tests. Clones are the same store.
///
/// A program with one client, cloned wherever it is needed, has no use for it: clones share their
/// token anyway.
///
/// ```
/// use wechat_bizwifi::testing::{Endpoint, TestServer};
/// use wechat_bizwifi::token::MemoryStore;
/// use wechat_bizwifi::GetCouponPlacement;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let server = TestServer::start().await?;
/// let store = MemoryStore::new();
/// for _ in 0..2 {
///     let client = server.client_builder().token_store(store.clone()).build()?;
///     client.get_coupon_placement(&GetCouponPlacement::new(429620)).await?;
/// }
/// assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 1);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct MemoryStore {
    time: Time,
    accounts: Arc<Mutex<HashMap<String, Account>>>,
}

#[derive(Default)]
struct Account {
    token: Option<TokenEntry>,
    /// The fencing value of the lock that was taken last.
    fence: u64,
    locked_until: Option<Instant>,
}

struct TokenEntry {
    token: Secret,
    lifetime: Duration,
    end: Instant,
}

impl MemoryStore {
    /// A store with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// A store with nothing in it, for clients on a [`clock`](crate::ClientBuilder::clock) of your own.
    pub fn on(clock: impl Clock + 'static) -> Self {
        Self { time: Time::Given(Arc::new(clock)), ..Self::default() }
    }

    fn change<T: Send + 'static>(
        &self,
        account: &str,
        change: impl FnOnce(&mut Account, Instant) -> T,
    ) -> StoreFuture<'static, T> {
        let now = self.time.now();
        let mut accounts = lock(&self.accounts);
        let result = change(accounts.entry(account.to_owned()).or_default(), now);
        Box::pin(ready(Ok(result)))
    }
}

impl Account {
    fn load(&mut self, now: Instant) -> Option<StoredToken> {
        let entry = self.token.as_ref().filter(|entry| now < entry.end)?;
        Some(StoredToken::new(entry.token.clone(), entry.lifetime, entry.end - now))
    }

    fn save(&mut self, token: &StoredToken, lock: StoreLock, now: Instant) -> bool {
        if lock.fence() != self.fence {
            return false;
        }
        // A token whose end lies beyond what the clock can count is not stored: it would never expire.
        let end = now.checked_add(token.left());
        let (token, lifetime) = (token.token().clone(), token.lifetime());
        self.token = end.map(|end| TokenEntry { token, lifetime, end });
        self.locked_until = None;
        true
    }

    fn invalidate(&mut self, token: &Secret) {
        if self.token.as_ref().is_some_and(|entry| entry.token == *token) {
            self.token = None;
        }
    }

    fn lock(&mut self, life: Duration, now: Instant) -> Option<StoreLock> {
        if self.locked_until.is_some_and(|end| now < end) {
            return None;
        }
        self.locked_until = now.checked_add(life);
        self.fence += 1;
        Some(StoreLock::new(self.fence))
    }

    fn unlock(&mut self, lock: StoreLock) {
        if lock.fence() == self.fence {
            self.locked_until = None;
        }
    }
}

impl TokenStore for MemoryStore {
    fn load<'a>(&'a self, account: &'a str) -> StoreFuture<'a, Option<StoredToken>> {
        self.change(account, Account::load)
    }

    fn save<'a>(
        &'a self,
        account: &'a str,
        token: &'a StoredToken,
        lock: StoreLock,
    ) -> StoreFuture<'a, bool> {
        self.change(account, |account, now| account.save(token, lock, now))
    }

    fn invalidate<'a>(&'a self, account: &'a str, token: &'a Secret) -> StoreFuture<'a, ()> {
        self.change(account, |account, _| account.invalidate(token))
    }

    fn lock<'a>(&'a self, account: &'a str, life: Duration) -> StoreFuture<'a, Option<StoreLock>> {
        self.change(account, |account, now| account.lock(life, now))
    }

    fn unlock<'a>(&'a self, account: &'a str, lock: StoreLock) -> StoreFuture<'a, ()> {
        self.change(account, |account, _| account.unlock(lock))
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("MemoryStore(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_that_is_refused_goes_and_another_stays() {
        let mut account = Account::default();
        let (now, minute) = (Instant::now(), Duration::from_secs(60));
        let lock = account.lock(minute, now).unwrap();
        assert!(account.save(&StoredToken::new("new", minute, minute), lock, now));
        account.invalidate(&Secret::new("old"));
        assert!(account.load(now).is_some());
        account.invalidate(&Secret::new("new"));
        assert!(account.load(now).is_none());
    }

    #[test]
    fn a_token_and_a_lock_end_in_time() {
        let mut account = Account::default();
        let (now, minute) = (Instant::now(), Duration::from_secs(60));
        let lock = account.lock(minute, now).unwrap();
        let nearly = now + Duration::from_nanos(59_999_999_999);
        assert!(account.lock(minute, nearly).is_none());
        assert!(account.save(&StoredToken::new("t", minute * 2, minute), lock, now));
        let left = account.load(nearly).map(|token| (token.lifetime(), token.left()));
        assert_eq!(left, Some((minute * 2, Duration::from_nanos(1))));
        assert!(account.load(now + minute).is_none());

        let late = account.lock(minute, now).unwrap();
        let next = account.lock(minute, now + minute).unwrap();
        account.unlock(late);
        assert!(!account.save(&StoredToken::new("u", minute, minute), late, now + minute));
        assert!(account.lock(minute, now + minute).is_none(), "the lock of another stays");
        account.unlock(next);
        assert!(account.lock(minute, now + minute).is_some());
    }
}
