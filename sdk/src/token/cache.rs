//! One token for all calls: read without a lock, fetched once however many wait.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use futures_util::future::{FutureExt, Shared, WeakShared};

use super::session::Session;
use super::source::{TokenRequest, TokenSource};
use crate::clock::{Deadline, Elapsed, Time};
use crate::error::{Error, ErrorKind};
use crate::telemetry;

/// How long a call waits for the renewal of a token that still lives before it goes on with that.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long after a renewal was begun the next one is, at the earliest: a renewal that failed, or
/// that brought a token with little life, is not followed by another at every call.
const RENEWAL_PAUSE: Duration = Duration::from_secs(10);

/// The account's token, and the fetch of the next one.
#[derive(Clone)]
pub(crate) struct TokenCache(Arc<Inner>);

struct Inner {
    source: Arc<dyn TokenSource>,
    time: Time,
    /// The longest that a fetch may take, whoever waits for it.
    fetch_limit: Duration,
    current: ArcSwapOption<Session>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The fetch under way. It lives as long as a call waits for it: a call that is dropped strands
    /// nobody, and when the last one is dropped nothing stays behind.
    flight: Option<WeakShared<BoxedFetch>>,
    /// The token that was refused last, until another has come.
    refused: Option<Arc<Session>>,
    /// No renewal of a living token before.
    renewal_pause: Option<Instant>,
}

type Fetched = Result<Arc<Session>, Error>;
type BoxedFetch = Pin<Box<dyn Future<Output = Fetched> + Send>>;
type Flight = Shared<BoxedFetch>;

/// What a call does for its token.
enum Plan {
    Use(Arc<Session>),
    Renew(Arc<Session>, Flight),
    Wait(Flight),
}

impl TokenCache {
    pub(crate) fn new(source: Arc<dyn TokenSource>, time: Time, fetch_limit: Duration) -> Self {
        let (current, state) = (ArcSwapOption::empty(), Mutex::default());
        Self(Arc::new(Inner { source, time, fetch_limit, current, state }))
    }

    /// The token, from the cache where that will do.
    pub(crate) async fn get(&self, deadline: Deadline) -> Fetched {
        let now = self.0.time.now();
        if let Some(session) = self.0.fresh(now) {
            return Ok(session);
        }
        match self.0.plan(now) {
            Plan::Use(session) => Ok(session),
            Plan::Wait(flight) => self.0.wait(flight, deadline).await,
            Plan::Renew(session, flight) => self.renew(session, flight, deadline).await,
        }
    }

    /// WeChat has refused this token. Only that one is dropped: if there is another by now, the
    /// refusal is old news.
    pub(crate) fn refused(&self, session: &Arc<Session>) {
        let mut state = self.0.state();
        let current = self.0.current.load();
        if current.as_ref().is_some_and(|current| current.token() == session.token()) {
            self.0.current.store(None);
            state.refused = Some(session.clone());
        }
    }

    /// A renewal that fails is no matter while the old token lives.
    async fn renew(&self, session: Arc<Session>, flight: Flight, deadline: Deadline) -> Fetched {
        let limit = deadline.cap(self.0.time.now(), PATIENCE);
        match self.0.time.timeout(Some(limit), flight.clone()).await {
            Ok(Ok(renewed)) => return Ok(renewed),
            Ok(Err(error)) => telemetry::renewal_failed(&error),
            Err(Elapsed) => telemetry::renewal_slow(),
        }
        if session.is_alive(self.0.time.now()) {
            return Ok(session);
        }
        self.0.wait(flight, deadline).await
    }
}

impl Inner {
    fn fresh(&self, now: Instant) -> Option<Arc<Session>> {
        let current = self.current.load();
        current.as_ref().filter(|session| session.is_fresh(now)).cloned()
    }

    fn plan(self: &Arc<Self>, now: Instant) -> Plan {
        let mut state = self.state();
        // Between the look at the cache and here, a fetch may have ended.
        let Some(session) = self.current.load_full().filter(|session| session.is_alive(now)) else {
            return Plan::Wait(self.join(&mut state));
        };
        let paused = state.renewal_pause.is_some_and(|end| now < end);
        if session.is_fresh(now) || paused || state.flight().is_some() {
            return Plan::Use(session);
        }
        state.renewal_pause = now.checked_add(RENEWAL_PAUSE.mul_f64(1.0 + fastrand::f64()));
        Plan::Renew(session, self.join(&mut state))
    }

    /// The fetch that is under way, or a new one.
    fn join(self: &Arc<Self>, state: &mut State) -> Flight {
        if let Some(flight) = state.flight() {
            return flight;
        }
        let inner = self.clone();
        let refused = state.refused.clone();
        let fetch: BoxedFetch = Box::pin(async move { inner.fetch(refused).await });
        let flight = fetch.shared();
        state.flight = flight.downgrade();
        flight
    }

    async fn wait(&self, flight: Flight, deadline: Deadline) -> Fetched {
        let left = deadline.left(self.time.now());
        let fetched = self.time.timeout(left, flight).await.map_err(|_| out_of_time())?;
        fetched
            .or_else(|error| self.better_than_none(&error).ok_or_else(|| Error::no_token(&error)))
    }

    /// While no other token can be had for now, the refused one is tried on: refusals have been
    /// known to be mistaken.
    fn better_than_none(&self, error: &Error) -> Option<Arc<Session>> {
        let refused = self.state().refused.clone();
        refused.filter(|session| error.is_retryable() && session.is_alive(self.time.now()))
    }

    async fn fetch(&self, refused: Option<Arc<Session>>) -> Fetched {
        let asked = self.time.now();
        let request = TokenRequest {
            refused: refused.as_ref().map(|session| session.token()),
            alive_until: self.current.load().as_ref().and_then(|session| session.end()),
        };
        let fetch = self.source.fetch(request);
        let token = match self.time.timeout(Some(self.fetch_limit), fetch).await {
            Ok(Ok(token)) => token,
            Ok(Err(error)) => return Err(of_source(error)),
            Err(Elapsed) => return Err(out_of_time()),
        };
        let session = Arc::new(Session::new(token, asked));
        self.install(&session);
        Ok(session)
    }

    fn install(&self, session: &Arc<Session>) {
        let mut state = self.state();
        state.refused = None;
        if session.is_alive(self.time.now()) {
            self.current.store(Some(session.clone()));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The fetch that has not ended yet.
    fn flight(&self) -> Option<Flight> {
        let flight = self.flight.as_ref()?.upgrade()?;
        flight.peek().is_none().then_some(flight)
    }
}

fn of_source(error: Box<dyn std::error::Error + Send + Sync>) -> Error {
    match error.downcast::<Error>() {
        Ok(own) => *own,
        Err(foreign) => Error::new(ErrorKind::Auth, "the token source failed")
            .retryable(true)
            .caused_by(foreign),
    }
}

fn out_of_time() -> Error {
    Error::new(ErrorKind::Timeout, "the time was over while waiting for an access token")
        .retryable(true)
}

#[cfg(test)]
#[path = "cache_tests.rs"]
mod tests;
