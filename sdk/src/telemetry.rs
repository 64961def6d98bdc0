//! Spans and events. What is recorded is listed in the crate's page on telemetry; nothing of it
//! comes from a request, and nothing from a reply but status, return code and request id.

use std::error::Error as StdError;
use std::time::{Duration, Instant};

use tracing::field::Empty;
use tracing::instrument::Instrumented;
use tracing::{Instrument, Span, debug, debug_span, info_span, warn};

use crate::clock::Time;
use crate::endpoint::{Operation, ReturnCode};
use crate::error::Error;

/// A call, from its first to its last attempt.
pub(crate) struct CallSpan(Timed);

/// One attempt of a call.
pub(crate) struct AttemptSpan(Timed);

/// The search for a token that a fleet shares.
#[derive(Clone)]
pub(crate) struct TokenSpan(Span);

/// A span that records how it ended. If it is dropped before, its call was given up.
struct Timed {
    span: Span,
    start: Instant,
    has_ended: bool,
}

impl Drop for Timed {
    fn drop(&mut self) {
        if !self.has_ended {
            self.span.record("outcome", "dropped");
        }
    }
}

impl CallSpan {
    pub(crate) fn new(operation: &Operation, start: Instant) -> Self {
        let span = info_span!(
            "call",
            operation = operation.id,
            attempts = Empty,
            outcome = Empty,
            errcode = Empty,
            rid = Empty,
            duration_ms = Empty,
        );
        Self(Timed { span, start, has_ended: false })
    }

    pub(crate) fn enter<F: Future>(&self, work: F) -> Instrumented<F> {
        work.instrument(self.0.span.clone())
    }

    pub(crate) fn finish(self, attempts: u32, error: Option<&Error>, time: &Time) {
        self.0.span.record("attempts", attempts);
        self.0.finish(error, time);
    }
}

impl AttemptSpan {
    pub(crate) fn new(number: u32, start: Instant) -> Self {
        let span = debug_span!(
            "attempt",
            attempt = number,
            outcome = Empty,
            status = Empty,
            errcode = Empty,
            rid = Empty,
            duration_ms = Empty,
        );
        Self(Timed { span, start, has_ended: false })
    }

    pub(crate) fn enter<F: Future>(&self, work: F) -> Instrumented<F> {
        work.instrument(self.0.span.clone())
    }

    pub(crate) fn finish(self, status: Option<u16>, error: Option<&Error>, time: &Time) {
        if let Some(status) = status {
            self.0.span.record("status", status);
        }
        self.0.finish(error, time);
    }
}

impl TokenSpan {
    pub(crate) fn new() -> Self {
        Self(debug_span!("token", from = Empty))
    }

    pub(crate) fn enter<F: Future>(&self, work: F) -> Instrumented<F> {
        work.instrument(self.0.clone())
    }

    /// Where it is looked for. What is recorded last is where it came from.
    pub(crate) fn from(&self, place: &'static str) {
        self.0.record("from", place);
    }
}

impl Timed {
    fn finish(mut self, error: Option<&Error>, time: &Time) {
        self.has_ended = true;
        if !self.span.is_disabled() {
            self.record(error, time.now());
        }
    }

    /// A cold function of its own, since most programs have no subscriber.
    #[cold]
    fn record(&self, error: Option<&Error>, now: Instant) {
        let duration = now.saturating_duration_since(self.start);
        self.span.record("duration_ms", u64::try_from(duration.as_millis()).unwrap_or(u64::MAX));
        self.span.record("outcome", error.map_or("ok", |error| error.kind().as_str()));
        let Some(error) = error else {
            return;
        };
        if let Some(code) = error.code() {
            self.span.record("errcode", code.value());
        }
        if let Some(rid) = error.rid() {
            self.span.record("rid", rid);
        }
    }
}

pub(crate) fn retrying(error: &Error, pause: Duration) {
    debug!(kind = error.kind().as_str(), pause_ms = pause.as_secs_f64() * 1e3, "trying again");
}

pub(crate) fn quota_used_up() {
    warn!("no retry: the client's quota of retries is used up, so the service fails most calls");
}

pub(crate) fn token_refused(error: &Error) {
    debug!(errcode = error.code().map(ReturnCode::value), "the access token was refused");
}

pub(crate) fn forced_refresh() {
    warn!("the refused access token was handed out again: forcing a new one");
}

pub(crate) fn renewal_failed(error: &Error) {
    warn!(kind = error.kind().as_str(), "the access token could not be renewed yet");
}

pub(crate) fn renewal_slow() {
    warn!("the access token could not be renewed yet: no answer");
}

pub(crate) fn store_failed(error: &(dyn StdError + Send + Sync)) {
    warn!(%error, "the token store failed");
}

#[cfg(feature = "redis")]
pub(crate) fn store_garbled() {
    warn!("what the token store holds is no token, or was written with another key");
}

pub(crate) fn lock_lost() {
    warn!("another process has taken the token store's lock: this one's fetch took too long");
}

#[cfg(test)]
#[path = "telemetry_tests.rs"]
pub(crate) mod tests;
