//! A source whose tokens a fleet shares: one process fetches, the others find it in the store.
//!
//! ```text
//! store: T1, for another hour         T1
//! store: nothing, lock is free        lock, fetch T1, save T1, unlock: T1
//! store: nothing, lock is taken       pause, look again: T1, which the other process saved
//! store: T1, about to expire          the same with T2; while the lock is taken, T1
//! store: T1, which WeChat refused     T1 is invalidated, then as with nothing
//! store does not answer               a direct fetch, within this process's share of the quota
//! ```

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::auth::Credentials;
use super::limits::Bucket;
use super::session::LEAD;
use super::source::{Token, TokenFuture, TokenRequest, TokenSource};
use super::store::{StoreLock, StoredToken, TokenStore};
use crate::clock::{Elapsed, Time};
use crate::error::{Error, ErrorKind};
use crate::lock::lock;
use crate::secret::Secret;
use crate::telemetry::{self, TokenSpan};

/// How long the store may take to answer.
const PATIENCE: Duration = Duration::from_secs(1);

/// The first pause before the store is read again while another process holds the lock. The pause
/// doubles each time, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

/// While the store is out of reach, a renewal waits until this long before the token expires. Then it
/// is done without the store, so that no call has to wait for it.
const LAST_MOMENT: Duration = Duration::from_secs(10);

/// Tokens by way of a store. Its type is a parameter so that this is compiled for programs that have one:
/// of what a program does not use, the linker keeps the tables for unwinding.
struct SharedTokens<S: ?Sized> {
    source: Arc<dyn TokenSource>,
    store: Arc<S>,
    account: String,
    time: Time,
    /// How long a process may take for a fetch before another one does it.
    lock_life: Duration,
    /// The fetches that are left to this process while the store is away.
    direct_fetches: Mutex<Bucket>,
}

/// How much longer a lock lives than one attempt of a fetch, and the longest attempt that is counted. A fetch
/// that needs another attempt loses the lock; the store then refuses its token.
const LOCK_MARGIN: Duration = Duration::from_secs(2);
const LONGEST_ATTEMPT: Duration = Duration::from_secs(30);

type Foreign = Box<dyn StdError + Send + Sync>;

enum Failure {
    Store(Foreign),
    Source(Foreign),
}

/// How a client shares its tokens: the store, and the number of processes.
#[derive(Clone)]
pub(crate) struct Sharing {
    share: Option<Arc<ShareFn>>,
    pub(crate) processes: u32,
}

/// Turns a source into one whose tokens this many processes share.
type ShareFn = dyn Fn(AccountSource<'_>, u32) -> Arc<dyn TokenSource> + Send + Sync;

/// A source of an account's tokens, and what it takes to share them.
pub(crate) struct AccountSource<'a> {
    pub(crate) source: Arc<dyn TokenSource>,
    pub(crate) credentials: &'a Credentials,
    pub(crate) time: Time,
    pub(crate) attempt_timeout: Duration,
}

impl Sharing {
    /// Sets the store. Only this function refers to the code that shares tokens, so a program without a
    /// store does not contain that code.
    pub(crate) fn set_store<S: TokenStore + ?Sized + 'static>(&mut self, store: Arc<S>) {
        self.share = Some(Arc::new(move |source: AccountSource<'_>, processes| {
            share(source, store.clone(), processes)
        }));
    }

    pub(crate) fn has_store(&self) -> bool {
        self.share.is_some()
    }

    /// The source itself, or the source by way of the store if there is one.
    pub(crate) fn share(self, source: AccountSource<'_>) -> Arc<dyn TokenSource> {
        match self.share {
            Some(share) => share(source, self.processes),
            None => source.source,
        }
    }
}

impl Default for Sharing {
    fn default() -> Self {
        Self { share: None, processes: 16 }
    }
}

impl fmt::Debug for Sharing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Sharing")
            .field("share", &self.has_store())
            .field("processes", &self.processes)
            .finish()
    }
}

/// The source by way of the store.
fn share<S: TokenStore + ?Sized + 'static>(
    source: AccountSource<'_>,
    store: Arc<S>,
    processes: u32,
) -> Arc<dyn TokenSource> {
    let AccountSource { source, credentials, time, attempt_timeout } = source;
    Arc::new(SharedTokens {
        source,
        store,
        account: credentials.appid.clone(),
        time,
        lock_life: attempt_timeout.min(LONGEST_ATTEMPT) + LOCK_MARGIN,
        direct_fetches: Mutex::new(Bucket::of(credentials.endpoint).shared_by(processes)),
    })
}

impl<S: TokenStore + ?Sized> TokenSource for SharedTokens<S> {
    fn fetch<'a>(&'a self, request: TokenRequest<'a>) -> TokenFuture<'a> {
        let span = TokenSpan::new();
        let work = self.fetch_in_span(request, span.clone());
        Box::pin(span.enter(work))
    }
}

impl<S: TokenStore + ?Sized> SharedTokens<S> {
    async fn fetch_in_span(
        &self,
        request: TokenRequest<'_>,
        span: TokenSpan,
    ) -> Result<Token, Foreign> {
        let asked = self.time.now();
        let token = match self.by_way_of_store(request, &span).await {
            Ok(token) => token,
            Err(Failure::Source(error)) => return Err(error),
            Err(Failure::Store(error)) => {
                telemetry::store_failed(&*error);
                span.from("wechat, without the store");
                return self.without_store(request, error).await;
            }
        };
        // The lifetime of a returned token is counted from the beginning of the fetch, and a part of
        // it may have passed while this process waited for another one.
        let waited = self.time.now().saturating_duration_since(asked);
        Ok(Token::new(token.token().clone(), token.left().saturating_add(waited)))
    }

    async fn by_way_of_store(
        &self,
        request: TokenRequest<'_>,
        span: &TokenSpan,
    ) -> Result<StoredToken, Failure> {
        let patience_ends = self.time.now() + self.lock_life * 2;
        let mut pause = FIRST_PAUSE;
        loop {
            span.from("store");
            let stored = self.load(request).await?;
            if let Some(token) = stored.as_ref().filter(|token| !is_due(token)) {
                return Ok(token.clone());
            }
            if let Some(lock) = self.lock().await? {
                return self.with_lock(request, lock, span).await;
            }
            // Another process is renewing this token. Until it is done, the old one is used.
            if let Some(token) = stored {
                return Ok(token);
            }
            if self.time.now() >= patience_ends {
                return Err(Failure::Store("the token store's lock is never freed".into()));
            }
            self.time.sleep(pause.mul_f64(0.5 + fastrand::f64())).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// With the lock taken. Between the look at the store and the lock, its last holder may have
    /// saved a token.
    async fn with_lock(
        &self,
        request: TokenRequest<'_>,
        lock: StoreLock,
        span: &TokenSpan,
    ) -> Result<StoredToken, Failure> {
        let stored = self.load(request).await;
        let known = stored.map(|token| token.filter(|token| !is_due(token))).transpose();
        if let Some(known) = known {
            self.unlock(lock).await;
            return known;
        }
        span.from("wechat");
        let asked = self.time.now();
        match self.source.fetch(request).await {
            Ok(token) => Ok(self.publish(request, self.aged(token, asked), lock).await),
            Err(error) => {
                self.unlock(lock).await;
                Err(Failure::Source(error))
            }
        }
    }

    /// Saves a token; returns the one that the account has then.
    ///
    /// A process that has lost the lock meanwhile most likely has a token that is no longer valid.
    async fn publish(
        &self,
        request: TokenRequest<'_>,
        token: StoredToken,
        lock: StoreLock,
    ) -> StoredToken {
        if token.left().is_zero() {
            self.unlock(lock).await;
            return token;
        }
        match self.in_time(self.store.save(&self.account, &token, lock)).await {
            Ok(true) => token,
            Ok(false) => {
                telemetry::lock_lost();
                self.load(request).await.ok().flatten().unwrap_or(token)
            }
            Err(Failure::Store(error) | Failure::Source(error)) => {
                telemetry::store_failed(&*error);
                token
            }
        }
    }

    /// The token in the store, unless it is the one that was refused.
    async fn load(&self, request: TokenRequest<'_>) -> Result<Option<StoredToken>, Failure> {
        let stored = self.in_time(self.store.load(&self.account)).await?;
        match (stored, request.refused) {
            (Some(stored), Some(refused)) if stored.token() == refused => {
                self.invalidate(refused).await?;
                Ok(None)
            }
            (stored, _) => Ok(stored.filter(StoredToken::is_usable)),
        }
    }

    async fn invalidate(&self, refused: &Secret) -> Result<(), Failure> {
        self.in_time(self.store.invalidate(&self.account, refused)).await
    }

    async fn lock(&self) -> Result<Option<StoreLock>, Failure> {
        self.in_time(self.store.lock(&self.account, self.lock_life)).await
    }

    /// A lock that cannot be freed frees itself.
    async fn unlock(&self, lock: StoreLock) {
        if let Err(Failure::Store(error) | Failure::Source(error)) =
            self.in_time(self.store.unlock(&self.account, lock)).await
        {
            telemetry::store_failed(&*error);
        }
    }

    async fn in_time<T>(
        &self,
        answer: impl Future<Output = Result<T, Foreign>>,
    ) -> Result<T, Failure> {
        match self.time.timeout(Some(PATIENCE), answer).await {
            Ok(answer) => answer.map_err(Failure::Store),
            Err(Elapsed) => Err(Failure::Store("the token store does not answer".into())),
        }
    }

    fn aged(&self, token: Token, asked: Instant) -> StoredToken {
        let age = self.time.now().saturating_duration_since(asked);
        let lifetime = token.lifetime.unwrap_or(Duration::MAX);
        StoredToken::new(token.token, lifetime, lifetime.saturating_sub(age))
    }
}

/// Fetches while the store is out of reach.
impl<S: TokenStore + ?Sized> SharedTokens<S> {
    async fn without_store(
        &self,
        request: TokenRequest<'_>,
        store: Foreign,
    ) -> Result<Token, Foreign> {
        let now = self.time.now();
        if request.alive_until.is_some_and(|end| now + LAST_MOMENT < end) {
            let message = "the token store cannot be reached: the current token stays in use";
            return Err(unavailable(ErrorKind::Connect, message, store));
        }
        if !lock(&self.direct_fetches).take(now) {
            let message = "the token store is out of reach, and this process has used up its share \
                           of the token endpoint's daily quota";
            return Err(unavailable(ErrorKind::Throttled, message, store));
        }
        let fetched = self.source.fetch(request).await;
        fetched.map_err(|error| match error.downcast::<Error>() {
            Ok(error) => {
                error.beside("the token store is out of reach as well", "令牌存储也无法访问").into()
            }
            Err(error) => error,
        })
    }
}

fn unavailable(kind: ErrorKind, message: &str, store: Foreign) -> Foreign {
    Error::new(kind, message).retryable(true).caused_by(store).into()
}

/// Whether it is time for the next token.
fn is_due(token: &StoredToken) -> bool {
    // A little early: the client counts from the beginning of its fetch, so for it the renewal may be
    // due already.
    let slack = (token.lifetime() / 100).min(Duration::from_secs(1));
    token.left() <= LEAD.min(token.lifetime() / 2) + slack
}

#[cfg(test)]
#[path = "shared_tests.rs"]
mod tests;
