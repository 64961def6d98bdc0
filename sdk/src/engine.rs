//! A call from its request to its result: attempts, refused tokens, pauses, the deadline.
//!
//! ```text
//! acquire a token ─ send ─ decode ─┬─ success: done
//!      ▲                           ├─ the token was refused: once more, with another token
//!      └───────────────────────────┴─ a failure that may pass: once more, after a pause
//! ```
//!
//! Everything here is independent of the reply's type and compiled once.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use crate::clock::{Deadline, Elapsed, Time, TimeLimit};
use crate::config::Settings;
use crate::endpoint::{Operation, PayloadPlace};
use crate::error::{Effect, Error};
use crate::known_secrets::KnownSecrets;
use crate::reply::{self, Redactor, refusal};
use crate::retry::{Attempt, Permit, Quota, SpentPermit};
use crate::secret::Secret;
use crate::telemetry::{self, AttemptSpan, CallSpan};
use crate::token::{Acquired, Session, TokenCache};
use crate::transport::{Outgoing, Transport};

/// What all calls of a client share, its tokens apart.
#[derive(Debug)]
pub(crate) struct Engine {
    pub(crate) transport: Transport,
    pub(crate) time: Time,
    pub(crate) quota: Quota,
    pub(crate) secrets: Arc<KnownSecrets>,
}

/// One call.
pub(crate) struct Call<'a> {
    outgoing: Outgoing,
    settings: &'a Settings,
    tokens: Option<&'a TokenCache>,
}

impl<'a> Call<'a> {
    pub(crate) const fn new(
        outgoing: Outgoing,
        settings: &'a Settings,
        tokens: Option<&'a TokenCache>,
    ) -> Self {
        Self { outgoing, settings, tokens }
    }

    fn operation(&self) -> &'static Operation {
        self.outgoing.operation
    }

    fn failed_attempt(&self, number: u32) -> Attempt {
        let idempotent = self.settings.idempotent.unwrap_or(self.operation().idempotent);
        Attempt::new(number).idempotent(idempotent)
    }
}

impl Engine {
    /// Makes a call, and reads the reply's payload into its place.
    pub(crate) async fn send(
        &self,
        call: &Call<'_>,
        payload: &mut (dyn PayloadPlace + Send),
    ) -> Result<(), Error> {
        let now = self.time.now();
        let span = CallSpan::new(call.operation(), now);
        let mut progress = Progress::new(Deadline::after(now, call.settings.timeout));
        let outcome = {
            // Pinned where they are: futures of kilobytes would be copied into those around them.
            let attempts = pin!(self.attempts(call, payload, &mut progress));
            span.enter(attempts).await
        };
        let outcome = outcome
            .map_err(|error| error.during(call.operation().id, progress.sends, progress.effect));
        span.finish(progress.sends, outcome.as_ref().err(), &self.time);
        outcome
    }

    async fn attempts(
        &self,
        call: &Call<'_>,
        payload: &mut (dyn PayloadPlace + Send),
        progress: &mut Progress,
    ) -> Result<(), Error> {
        loop {
            let session = self.acquire_token(call, progress).await?;
            let permit = progress.permit.take().map(Permit::spend);
            let Err(error) = self.attempt(call, session.as_ref(), progress, payload).await else {
                permit.map_or_else(|| self.quota.refill(), SpentPermit::succeeded);
                return Ok(());
            };
            progress.failed(&error, session.as_deref());
            match session.filter(|_| refusal::is_of_token(&error)) {
                Some(session) => progress.refused_token(call, session, error)?,
                None => self.pause(call, progress, error).await?,
            }
        }
    }

    /// The token for the next attempt, where the operation needs one. After a refusal it has to be
    /// another one: the same would be refused again.
    async fn acquire_token(
        &self,
        call: &Call<'_>,
        progress: &mut Progress,
    ) -> Result<Option<Arc<Session>>, Error> {
        let Some(tokens) = call.tokens else {
            return Ok(None);
        };
        let refused = progress.refused.take();
        let acquired = tokens.get(progress.deadline).await;
        let Some((old, refusal)) = refused else {
            return acquired.map(|acquired| Some(progress.accept(acquired)));
        };
        match acquired {
            Ok(Acquired { session, .. }) if session.token() != old.token() => Ok(Some(session)),
            Ok(Acquired { failure: None, .. }) => Err(refusal),
            Ok(Acquired { failure: Some(failure), .. }) | Err(failure) => {
                Err(failure.after_refusal(&refusal))
            }
        }
    }

    async fn attempt(
        &self,
        call: &Call<'_>,
        session: Option<&Arc<Session>>,
        progress: &mut Progress,
        payload: &mut (dyn PayloadPlace + Send),
    ) -> Result<(), Error> {
        let now = self.time.now();
        let limit = progress.deadline.cap(now, call.settings.attempt_timeout);
        if limit.is_zero() {
            return Err(refusal::no_time_left());
        }
        progress.sends += 1;
        let span = AttemptSpan::new(progress.sends, now);
        let watch = call.settings.observers.begin(call.operation().id, progress.sends, &self.time);
        let urls = session.map(|session| session.urls());
        let time_limit = TimeLimit { time: &self.time, end: Deadline::after(now, limit) };
        let exchange = pin!(self.transport.exchange(&call.outgoing, urls, time_limit));
        let timed = pin!(self.time.timeout_from(now, limit, exchange));
        let reply = span.enter(timed).await;
        let status = reply.as_ref().ok().and_then(|reply| reply.as_ref().ok()).map(|it| it.status);
        let token = session.map(|session| session.token());
        let redactor = Redactor::new(call.operation())
            .token(token)
            .known(&self.secrets, &progress.tokens)
            .request(&call.outgoing);
        let outcome = match reply {
            Ok(reply) => {
                reply.and_then(|reply| reply::decode(call.operation(), &reply, redactor, payload))
            }
            Err(Elapsed) => Err(refusal::no_reply_within(limit)),
        };
        watch.end(status, outcome.as_ref().err());
        span.finish(status, outcome.as_ref().err(), &self.time);
        outcome
    }

    /// Pauses until the next attempt, or returns the error if there is to be none.
    async fn pause(
        &self,
        call: &Call<'_>,
        progress: &mut Progress,
        error: Error,
    ) -> Result<(), Error> {
        progress.failures += 1;
        let attempt = call.failed_attempt(progress.failures);
        let Some(pause) = call.settings.retry.pause_after(&error, attempt) else {
            return Err(error);
        };
        let fits = |pause: &Duration| progress.deadline.allows(self.time.now(), *pause);
        let asked = error.retry_after().unwrap_or_default();
        // All callers get the same `Retry-After`: if there is time, each waits a little longer than
        // that, by a pause of its own, so that they do not all come back at once.
        let spread = asked.saturating_add(pause);
        let pause = if fits(&spread) { spread } else { asked.max(pause) };
        if !fits(&pause) {
            return Err(too_long(error));
        }
        let Some(permit) = self.quota.take() else {
            telemetry::quota_used_up();
            return Err(error);
        };
        telemetry::retrying(&error, pause);
        self.time.sleep(pause).await;
        progress.permit = Some(permit);
        Ok(())
    }
}

/// How far a call has come.
struct Progress {
    /// When its time is over.
    deadline: Deadline,
    sends: u32,
    failures: u32,
    /// What the failed attempts may have done.
    effect: Effect,
    /// The tokens that failed attempts were sent with.
    tokens: Vec<Secret>,
    /// Whether the call has been sent again with another token.
    replayed: bool,
    /// The token that was refused a moment ago, and the refusal.
    refused: Option<(Arc<Session>, Error)>,
    /// Why there is no other token than the one the call is sent with, which was refused before.
    failure: Option<Error>,
    /// The next attempt, paid for.
    permit: Option<Permit>,
}

impl Progress {
    const fn new(deadline: Deadline) -> Self {
        Self {
            deadline,
            sends: 0,
            failures: 0,
            effect: Effect::NotSent,
            tokens: Vec::new(),
            replayed: false,
            refused: None,
            failure: None,
            permit: None,
        }
    }

    /// Notes a failed attempt.
    fn failed(&mut self, error: &Error, session: Option<&Session>) {
        self.effect = self.effect.max(error.effect());
        self.tokens.extend(session.map(|session| session.token().clone()));
    }

    fn accept(&mut self, acquired: Acquired) -> Arc<Session> {
        self.failure = acquired.failure;
        acquired.session
    }

    /// Drops a refused token, and has the call sent with another one, once.
    fn refused_token(
        &mut self,
        call: &Call<'_>,
        session: Arc<Session>,
        error: Error,
    ) -> Result<(), Error> {
        telemetry::token_refused(&error);
        if let Some(tokens) = call.tokens {
            tokens.refused(&session);
        }
        if let Some(failure) = self.failure.take() {
            // When the call was sent, fetching another token had failed: it is not fetched once more.
            return Err(failure.after_refusal(&error));
        }
        if self.replayed {
            return Err(error);
        }
        self.replayed = true;
        self.refused = Some((session, error));
        Ok(())
    }
}

/// The error of an attempt after which the call's time does not suffice for another one.
fn too_long(error: Error) -> Error {
    match error.retry_after() {
        None => error,
        Some(asked) => error.beside(
            &format!(
                "the service asks to wait for {asked:?}, which is longer than this call has left"
            ),
            &format!("服务要求等待 {asked:?}，超过了本次调用剩余的时间"),
        ),
    }
}

#[cfg(test)]
#[path = "engine_tests.rs"]
mod tests;
