//! One token for all calls, fetched once however many wait.
//!
//! ```text
//! fresh         calls use the token
//! expires soon  one call renews it, and waits a little; the others use the old one
//! expired       all calls wait for one fetch
//! refused       the token is dropped, and all calls wait for one fetch
//! ```

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, Weak};
use std::time::{Duration, Instant};

use wechat_bizwifi_rules::message::NO_TIME_FOR_TOKEN;

use super::flight::{Fetched, Flight, Spawn};
use super::session::Session;
use super::source::{TokenRequest, TokenSource};
use crate::clock::{Deadline, Elapsed, Time};
use crate::error::{Error, ErrorKind};
use crate::known_secrets::KnownSecrets;
use crate::lock::{lock, read, write};
use crate::runtime::{self, Boxed};
use crate::telemetry;

/// How long a call waits for the renewal of a token that has not expired, before it uses that token.
const PATIENCE: Duration = Duration::from_secs(2);

/// The least time between the beginnings of two renewals. Without it, a renewal that failed, or that
/// brought a token that soon expires, would be followed by another one at every call.
const RENEWAL_PAUSE: Duration = Duration::from_secs(10);

/// The account's token, and the fetch of the next one.
#[derive(Clone)]
pub(crate) struct TokenCache(Arc<Inner>);

struct Inner {
    source: Arc<dyn TokenSource>,
    /// Where each token is noted.
    secrets: Arc<KnownSecrets>,
    time: Time,
    /// The longest that a fetch may take, whoever waits for it.
    fetch_limit: Duration,
    /// How fetches are run, if not as tasks.
    spawn: OnceLock<Arc<Spawn>>,
    current: RwLock<Option<Arc<Session>>>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The fetch under way, if there is one.
    flight: Option<Flight>,
    /// How many fetches have been begun.
    begun: u64,
    /// The number of the fetch that the current token is from.
    arrived: u64,
    /// The token that was refused last, until another has come.
    refused: Option<Arc<Session>>,
    /// A token that has not expired is not renewed again before this moment.
    renewal_pause: Option<Instant>,
}

/// A token to send a call with.
pub(crate) struct Acquired {
    pub(crate) session: Arc<Session>,
    /// If WeChat has refused this token: why there is no other.
    pub(crate) failure: Option<Error>,
}

impl Acquired {
    fn usable(session: Arc<Session>) -> Self {
        Self { session, failure: None }
    }
}

/// What a call does for its token.
enum Plan {
    Use(Arc<Session>),
    Renew(Arc<Session>, Flight),
    Wait(Flight),
}

impl TokenCache {
    pub(crate) fn new(
        source: Arc<dyn TokenSource>,
        secrets: Arc<KnownSecrets>,
        time: Time,
        fetch_limit: Duration,
    ) -> Self {
        let (spawn, current) = (OnceLock::new(), RwLock::default());
        let state = Mutex::default();
        Self(Arc::new(Inner { source, secrets, time, fetch_limit, spawn, current, state }))
    }

    /// Has fetches run in this way, and not as tasks.
    #[cfg(feature = "blocking")]
    pub(crate) fn spawn_by(&self, spawn: Arc<Spawn>) {
        // A second way would come too late.
        let _ = self.0.spawn.set(spawn);
    }

    /// The token, from the cache where that will do.
    pub(crate) async fn get(&self, deadline: Deadline) -> Result<Acquired, Error> {
        let now = self.0.time.now();
        match self.0.fresh(now) {
            Some(session) => Ok(Acquired::usable(session)),
            None => self.acquire(now, deadline).await,
        }
    }

    /// The token, where it has to be fetched or renewed. Boxed because it is rare: so the future of a
    /// call has no room for it, and a program contains the code that drops it once.
    ///
    /// If a token has not expired, a renewal that fails does no harm.
    fn acquire(&self, now: Instant, deadline: Deadline) -> Boxed<'_, Result<Acquired, Error>> {
        Box::pin(async move {
            let (mut old, flight) = match self.0.plan(now)? {
                Plan::Use(session) => return Ok(Acquired::usable(session)),
                Plan::Renew(session, flight) => (Some(session), flight),
                Plan::Wait(flight) => (None, flight),
            };
            loop {
                let left = deadline.left(self.0.time.now());
                let patience = old.as_ref().map(|_| PATIENCE);
                let limit = [left, patience].into_iter().flatten().min();
                let fetched = self.0.time.timeout(limit, self.0.fetched(flight.clone())).await;
                let Some(old) = old.take() else {
                    return self.0.acquired(fetched);
                };
                if let Some(session) = self.0.renewed(fetched, old) {
                    return Ok(Acquired::usable(session));
                }
            }
        })
    }

    /// Drops a token that WeChat has refused. If another token has come since, it stays: the refusal says
    /// nothing of it.
    pub(crate) fn refused(&self, session: &Arc<Session>) {
        let mut state = self.0.state();
        let mut current = write(&self.0.current);
        if current.as_ref().is_some_and(|current| current.token() == session.token()) {
            *current = None;
            state.refused = Some(session.clone());
        }
    }
}

impl Inner {
    fn fresh(&self, now: Instant) -> Option<Arc<Session>> {
        self.current().filter(|session| session.is_fresh(now))
    }

    fn current(&self) -> Option<Arc<Session>> {
        read(&self.current).clone()
    }

    fn plan(self: &Arc<Self>, now: Instant) -> Result<Plan, Error> {
        let mut state = self.state();
        // Between the look at the cache and here, a fetch may have ended.
        let Some(session) = self.alive(now) else {
            return self.join(&mut state, None).map(Plan::Wait);
        };
        let paused = state.renewal_pause.is_some_and(|end| now < end);
        // Only by waiting is it known whether a renewal that another runtime has begun goes on.
        let here = state.under_way().is_some_and(Flight::is_here);
        if session.is_fresh(now) || paused || here {
            return Ok(Plan::Use(session));
        }
        state.renewal_pause = now.checked_add(RENEWAL_PAUSE.mul_f64(1.0 + fastrand::f64()));
        Ok(Plan::Renew(session, self.join(&mut state, None)?))
    }

    fn alive(&self, now: Instant) -> Option<Arc<Session>> {
        self.current().filter(|session| session.is_alive(now))
    }

    /// The fetch that is under way, unless it is the lost one, or else a new one.
    fn join(self: &Arc<Self>, state: &mut State, lost: Option<u64>) -> Result<Flight, Error> {
        if let Some(flight) = state.under_way().filter(|flight| Some(flight.number()) != lost) {
            return Ok(flight.clone());
        }
        let runtime = runtime::current()?;
        state.begun += 1;
        let fetch = Fetch {
            number: state.begun,
            cache: Arc::downgrade(self),
            source: self.source.clone(),
            time: self.time.clone(),
            limit: self.fetch_limit,
            refused: state.refused.clone(),
            alive_until: self.current().and_then(|session| session.end()),
        };
        let flight = Flight::begin(state.begun, runtime, fetch.run(), self.spawn.get());
        state.flight = Some(flight.clone());
        Ok(flight)
    }

    /// The token, or the error, that a call gets from the fetch that it has waited for.
    fn acquired(&self, fetched: Result<Fetched, Elapsed>) -> Result<Acquired, Error> {
        match fetched {
            Ok(Ok(session)) => Ok(Acquired::usable(session)),
            Ok(Err(error)) => self.go_on_with_refused(error),
            Err(Elapsed) => Err(out_of_time()),
        }
    }

    /// The new token, or the old one if there is no new one and the old one has not expired.
    fn renewed(
        &self,
        fetched: Result<Fetched, Elapsed>,
        old: Arc<Session>,
    ) -> Option<Arc<Session>> {
        match fetched {
            Ok(Ok(renewed)) => return Some(renewed),
            Ok(Err(error)) => telemetry::renewal_failed(&error),
            Err(Elapsed) => telemetry::renewal_slow(),
        }
        Some(old).filter(|old| old.is_alive(self.time.now()))
    }

    /// Waits for a fetch. One that is lost with its runtime is begun again in this one.
    fn fetched(self: &Arc<Self>, mut flight: Flight) -> Boxed<'_, Fetched> {
        Box::pin(async move {
            loop {
                if let Some(fetched) = flight.result(&self.time).await {
                    return fetched;
                }
                match self.plan_after_loss(&flight)? {
                    Plan::Use(session) | Plan::Renew(session, _) => return Ok(session),
                    Plan::Wait(another) => flight = another,
                }
            }
        })
    }

    /// What a call does after the fetch that it has waited for was lost.
    fn plan_after_loss(self: &Arc<Self>, lost: &Flight) -> Result<Plan, Error> {
        if lost.is_here() {
            return Err(broken_off());
        }
        let mut state = self.state();
        match self.fresh(self.time.now()) {
            Some(session) => Ok(Plan::Use(session)),
            None => self.join(&mut state, Some(lost.number())).map(Plan::Wait),
        }
    }

    /// If no other token can be had for now, calls go on with the refused one, since WeChat sometimes
    /// refuses a valid token.
    fn go_on_with_refused(&self, error: Error) -> Result<Acquired, Error> {
        let refused = self.state().refused.clone();
        match refused {
            Some(session) if error.is_retryable() && session.is_alive(self.time.now()) => {
                Ok(Acquired { session, failure: Some(error) })
            }
            _ => Err(error),
        }
    }

    /// A fetch has ended. The token of one that was begun later is not replaced.
    fn arrive(&self, number: u64, fetched: &Fetched) {
        if let Ok(session) = fetched {
            self.secrets.remember(session.token());
        }
        let mut state = self.state();
        if state.flight.as_ref().is_some_and(|flight| flight.number() == number) {
            state.flight = None;
        }
        if let Ok(session) = fetched
            && number > state.arrived
        {
            state.arrived = number;
            state.refused = None;
            if session.is_alive(self.time.now()) {
                *write(&self.current) = Some(session.clone());
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl State {
    fn under_way(&self) -> Option<&Flight> {
        self.flight.as_ref().filter(|flight| flight.is_under_way())
    }
}

/// A fetch is for the calls of this cache, and ends with it.
impl Drop for Inner {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(flight) = &state.flight {
            flight.abort();
        }
    }
}

/// What a fetch needs. It does not hold the cache.
struct Fetch {
    number: u64,
    cache: Weak<Inner>,
    source: Arc<dyn TokenSource>,
    time: Time,
    limit: Duration,
    refused: Option<Arc<Session>>,
    alive_until: Option<Instant>,
}

impl Fetch {
    async fn run(self) -> Fetched {
        let fetched = self.session().await.map(Arc::new);
        if let Some(cache) = self.cache.upgrade() {
            cache.arrive(self.number, &fetched);
        }
        fetched
    }

    async fn session(&self) -> Result<Session, Error> {
        let asked = self.time.now();
        let request = TokenRequest {
            refused: self.refused.as_ref().map(|session| session.token()),
            alive_until: self.alive_until,
        };
        let fetch = self.source.fetch(request);
        let token = match self.time.timeout(Some(self.limit), fetch).await {
            Ok(token) => token.map_err(no_token)?,
            Err(Elapsed) => return Err(out_of_time()),
        };
        token.check().map_err(|error| Error::no_token(&error))?;
        Ok(Session::new(token, asked))
    }
}

/// The error of a call whose token source failed: by the source's error, if that is an [`Error`].
fn no_token(error: Box<dyn std::error::Error + Send + Sync>) -> Error {
    match error.downcast::<Error>() {
        Ok(own) => Error::no_token(&own),
        Err(foreign) => Error::new(
            ErrorKind::Auth,
            "no access token could be obtained: the token source failed",
        )
        .retryable(true)
        .caused_by(foreign),
    }
}

fn out_of_time() -> Error {
    Error::said(ErrorKind::Timeout, NO_TIME_FOR_TOKEN).retryable(true)
}

/// The task of a fetch is gone, and its runtime is not, or not quite.
fn broken_off() -> Error {
    let message = "no access token could be obtained: the token source panicked, or this tokio runtime \
                   is shutting down";
    Error::new(ErrorKind::Auth, message)
}

#[cfg(test)]
#[path = "cache_tests.rs"]
mod tests;
