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

/// What becomes of a fetch.
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
    landing: Arc<Landing>,
}

/// Where those who wait for a fetch look for its result: none, if it is lost.
#[derive(Default)]
struct Landing {
    result: OnceLock<Option<Fetched>>,
    arrived: Notify,
}

impl Landing {
    fn arrive(&self, result: Option<Fetched>) {
        // What came first counts.
        let _ = self.result.set(result);
        self.arrived.notify_waiters();
    }

    async fn result(&self) -> Option<Fetched> {
        loop {
            // Asked for before the look, so that nothing arrives in between unseen.
            let arrived = self.arrived.notified();
            if let Some(result) = self.result.get() {
                return result.clone();
            }
            arrived.await;
        }
    }
}

/// The fetch's side. If it is dropped without a result, the calls that wait learn that the fetch is lost.
struct Landed(Arc<Landing>);

impl Drop for Landed {
    fn drop(&mut self) {
        self.0.arrive(None);
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
        let landing = Arc::new(Landing::default());
        let landed = Landed(landing.clone());
        let (end, ended) = AbortHandle::new_pair();
        let work = async move {
            let fetched = Abortable::new(fetch, ended).await;
            landed.0.arrive(fetched.ok());
        };
        let work: Work = Box::pin(work.in_current_span().with_current_subscriber());
        match spawn {
            Some(spawn) => spawn(work),
            None => drop(runtime::spawn(&runtime, work)),
        }
        Self { number, runtime, end, landing }
    }

    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Whether a result is still to come.
    pub(super) fn is_under_way(&self) -> bool {
        self.landing.result.get().is_none()
    }

    /// Whether it is the current runtime that the fetch belongs to.
    pub(super) fn is_here(&self) -> bool {
        Handle::try_current().is_ok_and(|current| current.id() == self.runtime.id())
    }

    /// Waits for the result. There is none if the fetch is lost.
    pub(super) async fn result(&self, time: &Time) -> Option<Fetched> {
        let mut result = pin!(self.landing.result());
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

    /// Ends the fetch, for whose result nobody is left.
    pub(super) fn abort(&self) {
        self.end.abort();
    }
}
