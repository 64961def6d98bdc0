//! What the server's connections and its owner share.

use std::fmt;
use std::sync::{Mutex, MutexGuard};

use tokio::sync::watch;

use super::clock::ServerClock;
use super::endpoint::Endpoint;
use super::http::{Reply, Request};
use super::log::{Cut, Log};
use super::script::{Effect, Fault, Script};
use super::service;
use super::state::State;
use crate::lock::lock;

pub(super) struct Shared {
    pub(super) clock: ServerClock,
    inner: Mutex<Inner>,
    /// Changes whenever a call arrives.
    arrivals: watch::Sender<()>,
}

pub(super) struct Inner {
    pub(super) state: State,
    pub(super) script: Script,
    pub(super) log: Log,
}

/// Without tokens and requests, which are secret.
impl fmt::Debug for Shared {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Shared").field("clock", &self.clock).finish_non_exhaustive()
    }
}

impl Shared {
    pub(super) fn new(state: State, log: Log) -> Self {
        let inner = Mutex::new(Inner { state, script: Script::default(), log });
        Self { clock: ServerClock::system(), inner, arrivals: watch::Sender::new(()) }
    }

    pub(super) fn inner(&self) -> MutexGuard<'_, Inner> {
        lock(&self.inner)
    }

    pub(super) fn add_fault(&self, fault: Fault) {
        self.inner().script.add(fault);
    }

    /// Answers a call, and tells where its connection is to be cut.
    pub(super) async fn answer(&self, request: &Request) -> (Reply, Option<Cut>) {
        let (number, mut effect) = self.arrive(request);
        effect.wait().await;
        let reply = self.carry_out(request, &effect);
        self.inner().log.replied(number, &reply, effect.cut);
        (reply, effect.cut)
    }

    /// Waits until so many calls have arrived.
    pub(super) async fn wait_for(&self, endpoint: &Endpoint, calls: u64) {
        let mut arrivals = self.arrivals.subscribe();
        while self.inner().log.count(endpoint) < calls {
            // Fails when the sender is gone, which is part of `self`.
            let _ = arrivals.changed().await;
        }
    }

    fn arrive(&self, request: &Request) -> (u64, Effect) {
        let mut inner = self.inner();
        let number = inner.log.enter(request, self.clock.now());
        let effect =
            if request.chunked { Effect::default() } else { inner.script.effect_on(&request.path) };
        drop(inner);
        self.arrivals.send_replace(());
        (number, effect)
    }

    fn carry_out(&self, request: &Request, effect: &Effect) -> Reply {
        // The gateway turns a chunked body away before anything else looks at it.
        if request.chunked {
            return Reply::closing(412);
        }
        let now = self.clock.since_epoch();
        let truth = || {
            let answer = service::answer(&mut self.inner().state, request, now);
            answer.reply()
        };
        effect.shape(truth, now)
    }
}
