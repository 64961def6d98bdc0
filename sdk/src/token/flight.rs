//! A token fetch under way.
//!
//! It runs in a task of its own, so it goes on when the call that began it has ended. The task
//! belongs to the runtime in which it was begun, and any call may wait for it, in whichever runtime:
//!
//! ```text
//! runtime 1   a call begins the fetch, and its time is over
//! runtime 2   a call waits for that fetch
//! runtime 1   ends, or nobody drives it
//! runtime 2   the fetch is lost: the call begins one here
//! ```

use std::future::ready;
use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use futures_util::future::{AbortHandle, Abortable};
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tracing::Instrument;
use tracing::instrument::WithSubscriber;

use super::session::Session;
use crate::clock::{Elapsed, Time};
use crate::error::Error;
use crate::runtime::{self, Boxed};

/// The token that was fetched, or why there is none.
pub(super) type Fetched = Result<Arc<Session>, Error>;

/// How long another runtime may take to run a task that does nothing. One that takes longer is not
/// driven.
const SIGN_OF_LIFE: Duration = Duration::from_millis(100);

/// Runs a fetch apart from the call that began it.
pub(crate) type Spawn = dyn Fn(Work) + Send + Sync;

/// A fetch, to its end.
pub(crate) type Work = Boxed<'static, ()>;

/// A fetch that has been begun.
#[derive(Clone)]
pub(super) struct Flight {
    /// Later fetches have greater numbers.
    number: u64,
    runtime: Handle,
    end: AbortHandle,
    outcome: Arc<Outcome>,
}

/// The result of a fetch, which any number of calls wait for; `None` if the fetch is lost.
#[derive(Default)]
struct Outcome {
    result: OnceLock<Option<Fetched>>,
    is_set: Notify,
}

impl Outcome {
    fn set(&self, result: Option<Fetched>) {
        // The first result counts.
        let _ = self.result.set(result);
        self.is_set.notify_waiters();
    }

    async fn result(&self) -> Option<Fetched> {
        loop {
            // Registered before the look, so that no result is missed in between.
            let is_set = self.is_set.notified();
            if let Some(result) = self.result.get() {
                return result.clone();
            }
            is_set.await;
        }
    }
}

/// The fetch's side of its outcome. If it is dropped without a result, the calls that wait learn that
/// the fetch is lost.
struct Running(Arc<Outcome>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.set(None);
    }
}

impl Flight {
    /// Begins a fetch in this runtime: in a task, or as `spawn` does it.
    pub(super) fn begin(
        number: u64,
        runtime: Handle,
        fetch: impl Future<Output = Fetched> + Send + 'static,
        spawn: Option<&Arc<Spawn>>,
    ) -> Self {
        let outcome = Arc::new(Outcome::default());
        let running = Running(outcome.clone());
        let (end, ended) = AbortHandle::new_pair();
        let work = async move {
            let fetched = Abortable::new(fetch, ended).await;
            running.0.set(fetched.ok());
        };
        let work: Work = Box::pin(work.in_current_span().with_current_subscriber());
        match spawn {
            Some(spawn) => spawn(work),
            None => drop(runtime::spawn(&runtime, work)),
        }
        Self { number, runtime, end, outcome }
    }

    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Whether a result is still to come.
    pub(super) fn is_under_way(&self) -> bool {
        self.outcome.result.get().is_none()
    }

    /// Whether it is the current runtime that the fetch belongs to.
    pub(super) fn is_here(&self) -> bool {
        Handle::try_current().is_ok_and(|current| current.id() == self.runtime.id())
    }

    /// Waits for the result. There is none if the fetch is lost.
    pub(super) async fn result(&self, time: &Time) -> Option<Fetched> {
        let mut result = pin!(self.outcome.result());
        if self.is_here() {
            return result.await;
        }
        loop {
            let sign = runtime::spawn(&self.runtime, Box::pin(ready(())));
            match time.timeout(Some(SIGN_OF_LIFE), result.as_mut()).await {
                Ok(result) => return result,
                Err(Elapsed) if sign.is_finished() => {}
                Err(Elapsed) => {
                    sign.abort();
                    return None;
                }
            }
        }
    }

    /// Ends the fetch, since no call waits for its result.
    pub(super) fn abort(&self) {
        self.end.abort();
    }
}
