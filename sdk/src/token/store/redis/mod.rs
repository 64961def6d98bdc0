//! A store in Redis.

mod builder;
mod connections;
mod errors;
mod record;
mod scripts;

use std::fmt;
use std::future::ready;
use std::sync::Arc;
use std::time::Duration;

pub use builder::RedisStoreBuilder;
use redis::{FromRedisValue, ScriptInvocation};

use self::connections::Connections;
use self::record::{Cipher, Record};
use self::scripts::Scripts;
use super::{StoreFuture, StoreLock, StoredToken, TokenStore};
use crate::error::Error;
use crate::secret::Secret;
use crate::telemetry;

/// A token store in Redis (6 or later) or Valkey, for the processes of a fleet.
///
/// For each account it keeps three keys, `<prefix>:{<appid>}:token`, `…:lock` and `…:fence`, which
/// vanish by themselves. What stands in braces keeps them together in a Redis cluster. Accounts do
/// not meet in one Redis, nor do environments with a [`prefix`](RedisStoreBuilder::prefix) each. The
/// account's secret never gets there.
///
/// The token does, and whoever can read the keys (administrators, backups, a replica's disk, the
/// network, unless the address begins with `rediss://`) can use it for two hours, from an address on
/// the account's white list. To keep it from them, give the store a
/// [key](RedisStoreBuilder::encryption_key).
///
/// It connects when it is first used. While Redis is away, the client goes on without; see
/// [Running many instances](crate::guide::many_instances).
///
/// ```
/// use wechat_bizwifi::token::RedisStore;
/// use wechat_bizwifi::{Client, Credentials};
///
/// let store = RedisStore::builder("redis://127.0.0.1:6379/0")?.prefix("shop:staging").build();
/// let client = Client::builder(Credentials::new("wx0123456789abcdef", "secret"))
///     .base_url("http://127.0.0.1:8080")
///     .token_store(store)
///     .processes(100)
///     .build()?;
/// # Ok::<(), wechat_bizwifi::Error>(())
/// ```
///
/// Clones are the same store, with the same connection.
#[derive(Clone)]
pub struct RedisStore(Arc<Inner>);

struct Inner {
    connections: Connections,
    scripts: Scripts,
    prefix: String,
    timeout: Duration,
    cipher: Option<Cipher>,
}

/// Beginning to build one.
impl RedisStore {
    /// A store in the Redis at `redis://[user:password@]host[:port][/database]`.
    ///
    /// For `rediss://`, switch on a TLS feature of the crate `redis` in your own manifest:
    /// `tokio-rustls-comp`, or `tokio-native-tls-comp` where this crate is used with `native-tls` and
    /// without `rustls`. The server's certificate has to be one that the system trusts; for others,
    /// see [`connect_with`](Self::connect_with).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config), if this is no such address.
    pub fn builder(url: &str) -> Result<RedisStoreBuilder, Error> {
        let client = redis::Client::open(url).map_err(|_| errors::address())?;
        Ok(RedisStoreBuilder::new(connections::to_address(client)))
    }

    /// A store behind connections that a function of yours makes: to a cluster, to the master that
    /// sentinels name, with certificates of your own.
    ///
    /// The function is called when the store is first used, in each tokio runtime that uses it, and
    /// whenever a connection may be broken, so it should look for the master each time. The crate
    /// `redis` has to be the version that this crate depends on.
    ///
    /// ```no_run
    /// use wechat_bizwifi::token::RedisStore;
    ///
    /// let client = redis::Client::open("redis://127.0.0.1:6379").unwrap();
    /// let store = RedisStore::connect_with(move || {
    ///     let client = client.clone();
    ///     async move { client.get_multiplexed_async_connection().await }
    /// });
    /// # let _ = store;
    /// ```
    ///
    /// With sentinels, and the feature `sentinel` of the crate `redis`, the function's body is
    ///
    /// ```text
    /// let mut sentinels = SentinelClient::build(addresses, name, None, SentinelServerType::Master)?;
    /// sentinels.get_async_connection().await
    /// ```
    ///
    /// and with a cluster, and the feature `cluster-async`,
    ///
    /// ```text
    /// ClusterClient::new(addresses)?.get_async_connection().await
    /// ```
    pub fn connect_with<C, F>(connect: impl Fn() -> F + Send + Sync + 'static) -> RedisStoreBuilder
    where
        C: redis::aio::ConnectionLike + Clone + Send + Sync + 'static,
        F: Future<Output = redis::RedisResult<C>> + Send + 'static,
    {
        RedisStoreBuilder::new(connections::with(connect))
    }

    /// A store behind one connection of your own.
    ///
    /// The store cannot replace it, so it has to bring itself back, and it belongs to the runtime
    /// in which it was made. `ConnectionManager` of the crate `redis` connects again where the
    /// connection breaks, but not where it leads to a master that is one no more. For that, and for
    /// several runtimes, use [`connect_with`](Self::connect_with).
    ///
    /// ```no_run
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// use redis::aio::ConnectionManager;
    /// use wechat_bizwifi::token::RedisStore;
    ///
    /// let client = redis::Client::open("redis://127.0.0.1:6379")?;
    /// let store = RedisStore::on(ConnectionManager::new(client).await?).build();
    /// # Ok(())
    /// # }
    /// ```
    pub fn on<C>(connection: C) -> RedisStoreBuilder
    where
        C: redis::aio::ConnectionLike + Clone + Send + Sync + 'static,
    {
        RedisStoreBuilder::new(connections::with(move || ready(Ok(connection.clone()))))
    }
}

impl RedisStore {
    fn key(&self, account: &str, name: &str) -> String {
        format!("{}:{{{account}}}:{name}", self.0.prefix)
    }

    async fn run<T: FromRedisValue>(&self, script: &ScriptInvocation<'_>) -> Result<T, Error> {
        let limit = self.0.timeout;
        match tokio::time::timeout(limit, self.0.connections.run(script)).await {
            Ok(answer) => answer.map_err(|error| errors::failed(&error)),
            Err(_) => Err(errors::no_answer(limit)),
        }
    }

    /// The record of an account as it stands there, and what it says.
    async fn read(&self, account: &str) -> Result<Option<(Vec<u8>, StoredToken)>, Error> {
        let key = self.key(account, "token");
        let script = self.0.scripts.load(&key);
        let (bytes, left): (Vec<u8>, i64) = self.run(&script).await?;
        if left == scripts::NOTHING {
            return Ok(None);
        }
        let record = Record::open(&bytes, &key, self.0.cipher.as_ref());
        let (Some(record), Ok(left)) = (record, u64::try_from(left)) else {
            telemetry::store_garbled();
            return Ok(None);
        };
        Ok(Some((bytes, record.stored(Duration::from_millis(left)))))
    }

    async fn write(
        &self,
        account: &str,
        token: &StoredToken,
        lock: StoreLock,
    ) -> Result<bool, Error> {
        let keys = ["token", "fence", "lock"].map(|name| self.key(account, name));
        let record = Record::of(token).seal(&keys[0], self.0.cipher.as_ref())?;
        let script = self.0.scripts.save(&keys, lock.fence(), &record, millis(token.left()));
        Ok(self.run::<i64>(&script).await? == 1)
    }

    async fn forget(&self, account: &str, token: &Secret) -> Result<(), Error> {
        if let Some((bytes, stored)) = self.read(account).await?
            && stored.token() == token
        {
            let script = self.0.scripts.forget(&self.key(account, "token"), &bytes);
            self.run::<i64>(&script).await?;
        }
        Ok(())
    }

    async fn acquire(&self, account: &str, life: Duration) -> Result<Option<StoreLock>, Error> {
        let keys = ["lock", "fence"].map(|name| self.key(account, name));
        let script = self.0.scripts.lock(&keys, millis(life));
        let fence: Option<u64> = self.run(&script).await?;
        Ok(fence.map(StoreLock::new))
    }

    async fn release(&self, account: &str, lock: StoreLock) -> Result<(), Error> {
        let script = self.0.scripts.unlock(&self.key(account, "lock"), lock.fence());
        self.run::<i64>(&script).await.map(drop)
    }
}

/// A time to live in milliseconds, from 1 to two hours: Redis refuses zero and numbers that are too large.
fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX).clamp(1, 7_200_000)
}

impl TokenStore for RedisStore {
    fn load<'a>(&'a self, account: &'a str) -> StoreFuture<'a, Option<StoredToken>> {
        Box::pin(async move { Ok(self.read(account).await?.map(|(_, token)| token)) })
    }

    fn save<'a>(
        &'a self,
        account: &'a str,
        token: &'a StoredToken,
        lock: StoreLock,
    ) -> StoreFuture<'a, bool> {
        Box::pin(async move { Ok(self.write(account, token, lock).await?) })
    }

    fn invalidate<'a>(&'a self, account: &'a str, token: &'a Secret) -> StoreFuture<'a, ()> {
        Box::pin(async move { Ok(self.forget(account, token).await?) })
    }

    fn lock<'a>(&'a self, account: &'a str, life: Duration) -> StoreFuture<'a, Option<StoreLock>> {
        Box::pin(async move { Ok(self.acquire(account, life).await?) })
    }

    fn unlock<'a>(&'a self, account: &'a str, lock: StoreLock) -> StoreFuture<'a, ()> {
        Box::pin(async move { Ok(self.release(account, lock).await?) })
    }
}

/// Without the address, which may hold a password.
impl fmt::Debug for RedisStore {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("RedisStore")
            .field("prefix", &self.0.prefix)
            .field("timeout", &self.0.timeout)
            .field("encrypted", &self.0.cipher.is_some())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
