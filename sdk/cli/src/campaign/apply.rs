//! Brings rows into effect: each is read back first, written to the journal, sent, and written to
//! the journal again.
//!
//! ```text
//! placed as asked for?  -> left alone (after an interrupted run: recovered)
//! journal: sending      -> set -> journal: placed | refused | unknown -> read back
//! ```
//!
//! `row` is the way of a row: `unless_done` leaves out what an interrupted run has done, `with_retries`
//! makes the pauses between tries, and `one_try` is what is drawn above. An outcome that comes as an
//! error ends the row at once.

use std::io;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Semaphore;
use wechat_bizwifi::{
    Client, Error, ErrorKind, GetCouponPlacement, Placement, ReturnCode, SetCouponPlacement,
};

use super::account::Account;
use super::decide::{Decision, decide, is_certain};
use super::desired::{Desired, Wish};
use super::journal::{Entry, Journal, Key, Known, State, unwritten};
use super::outcome::{Outcome, Verdict};
use super::rate::Pace;
use super::saved_plan::SavedPlan;
use super::stop::{Stop, ends_run};
use crate::exit::Exit;
use crate::language::say;

/// How often a row is tried within one run.
const TRIES: u32 = 4;

/// How long the next try of a row waits, after so many.
fn pause(tries: u32) -> Duration {
    Duration::from_millis(500 << tries)
}

/// What all rows of a run share.
pub(crate) struct Work<'w> {
    /// Makes the calls, each with one attempt: the rate applies to each.
    pub(crate) client: Client,
    /// Whose account it is: part of what a row is known by.
    pub(crate) account_name: &'w str,
    /// What the account has.
    pub(crate) account: &'w Account,
    /// When calls may begin.
    pub(crate) pace: &'w Pace,
    /// How many calls there may be at a time. Rows that wait for the disk hold none of them.
    pub(crate) calls: Semaphore,
    /// What is known of each row.
    pub(crate) journal: &'w Journal,
    /// Why no further call is made.
    pub(crate) stop: &'w Stop,
    /// What the person who confirmed the run was shown.
    pub(crate) plan: Option<&'w SavedPlan>,
    /// How many placements may be replaced.
    pub(crate) max_changes: Option<u64>,
    /// How many were.
    pub(crate) changes: AtomicU64,
    /// The time, in Unix seconds.
    pub(crate) now: i64,
}

/// Why another try may help.
struct Again {
    reason: Outcome,
    is_connection: bool,
}

impl Again {
    fn after(error: &Error) -> Self {
        let is_connection = error.kind() == ErrorKind::Connect;
        Self { reason: Outcome::of_error(Verdict::Failed, error), is_connection }
    }
}

/// A row that is being brought into effect.
struct Job<'j> {
    request: &'j SetCouponPlacement,
    /// Its line of the journal, as it was last written or will be.
    entry: Entry,
    known: Option<Known>,
    /// Whether it is among the placements that were replaced.
    is_counted: bool,
}

impl<'j> Job<'j> {
    fn new(request: &'j SetCouponPlacement, entry: Entry, known: Option<Known>) -> Self {
        Self { request, entry, known, is_counted: false }
    }

    /// Whether it was sent in this campaign with an unknown result.
    fn was_sent(&self) -> bool {
        self.known.as_ref().is_some_and(|known| {
            let is_open = matches!(known.state, State::Sending | State::Unknown);
            is_open && !known.is_earlier && known.is_of(&self.entry.key)
        })
    }

    /// What an interrupted run of this campaign has already done.
    fn done_before(&self) -> Option<Outcome> {
        let known = self.known.filter(|known| !known.is_earlier && known.is_of(&self.entry.key))?;
        match known.state {
            State::Placed => Some(Outcome::idle(Verdict::Placed, "")),
            State::Changed => Some(Outcome::idle(Verdict::Changed, "")),
            _ => None,
        }
    }
}

impl Work<'_> {
    /// Brings a row into effect, as far as that is possible.
    pub(crate) async fn row(&self, row: &Desired) -> Outcome {
        if self.stop.is_stopped() {
            return Outcome::idle(Verdict::NotTried, "");
        }
        let request = match &row.wish {
            Wish::Place(request) => request,
            Wish::Leave => return Outcome::left_alone(Verdict::Left),
            Wish::Invalid(reason) => return Outcome::idle(Verdict::Refused, reason),
        };
        match self.unless_done(request, row.line).await {
            Ok(outcome) | Err(outcome) => outcome,
        }
    }

    /// Places what no run of this campaign has placed yet.
    async fn unless_done(
        &self,
        request: &SetCouponPlacement,
        line: u64,
    ) -> Result<Outcome, Outcome> {
        let key = Key::of(self.account_name, request);
        let known = self.journal.known(&key).map_err(|error| self.no_journal(&error))?;
        let entry = Entry { key, line, state: State::Sending, unseen: false, code: None };
        let mut job = Job::new(request, entry, known);
        if let Some(done) = job.done_before() {
            return Ok(done);
        }
        if let Err(reason) = self.account.check(request, self.now) {
            return Ok(Outcome::idle(Verdict::Refused, reason));
        }
        self.with_retries(&mut job).await
    }

    async fn with_retries(&self, job: &mut Job<'_>) -> Result<Outcome, Outcome> {
        let mut tries = 0;
        loop {
            let again = match self.one_try(job).await? {
                ControlFlow::Break(outcome) => return Ok(outcome),
                ControlFlow::Continue(again) => again,
            };
            tries += 1;
            let has_more = tries < TRIES;
            if has_more {
                self.stop.sleep(pause(tries)).await;
            }
            return Err(match again {
                Again { reason, .. } if self.stop.is_stopped() => reason,
                _ if has_more => continue,
                // A network that is down would let every other row fail like this one.
                Again { reason, is_connection: true } => self.stopped(Exit::Stopped, reason),
                Again { reason, .. } => reason,
            });
        }
    }

    async fn one_try(&self, job: &mut Job<'_>) -> Result<ControlFlow<Outcome, Again>, Outcome> {
        let placed = match self.read(job.request).await? {
            Ok(placed) => placed,
            Err(error) => return self.of_reading(&error),
        };
        let certain = is_certain(job.known.as_ref(), &job.entry.key);
        let (state, outcome, unseen) = match decide(job.request, placed.as_ref(), certain) {
            Decision::Leave => return self.found(job).await,
            Decision::Place => (State::Placed, Outcome::new(Verdict::Placed, ""), false),
            Decision::Change { what, unseen } => {
                (State::Changed, Outcome::new(Verdict::Changed, what), unseen)
            }
        };
        self.check_plan(job, placed.as_ref())?;
        if state == State::Changed {
            self.count_change(job)?;
        }
        self.wait_for_rate().await?;
        let was_sent = job.was_sent();
        self.note(job, State::Sending, unseen, None).await?;
        let call = Box::pin(self.client.set_coupon_placement(job.request));
        match self.unless_stopped(call).await {
            None => {
                self.note(job, not_sent(was_sent), unseen, None).await?;
                Err(not_tried())
            }
            Some(Ok(())) => {
                self.note(job, state, unseen, None).await?;
                Ok(ControlFlow::Break(outcome))
            }
            Some(Err(error)) => {
                // Other rows wait for their calls: they must know before this is on the disk.
                let heeded = self.heed(&error);
                let state = state_after(&error, was_sent);
                self.note(job, state, unseen, error.code().map(ReturnCode::value)).await?;
                self.uncount_change(job);
                heeded?;
                of_writing(&error, state)
            }
        }
    }

    /// It is placed as it is wanted: by an earlier try, or by others.
    async fn found(&self, job: &mut Job<'_>) -> Result<ControlFlow<Outcome, Again>, Outcome> {
        if !job.was_sent() {
            return Ok(ControlFlow::Break(Outcome::new(Verdict::Left, "")));
        }
        self.note(job, State::Placed, false, None).await?;
        Ok(ControlFlow::Break(Outcome::new(Verdict::Recovered, "")))
    }

    /// Whether the store is as the plan has shown it.
    fn check_plan(&self, job: &Job<'_>, placed: Option<&Placement>) -> Result<(), Outcome> {
        let store = job.request.shop_id().get();
        let agrees = self.plan.map_or(Ok(()), |plan| plan.agrees(store, placed));
        agrees.map_err(|reason| Outcome::new(Verdict::Refused, reason))
    }

    /// Counts a placement that replaces another, if one more may be. Tries of a row count once.
    fn count_change(&self, job: &mut Job<'_>) -> Result<(), Outcome> {
        let is_counted = job.is_counted || job.was_sent();
        let Some(most) = self.max_changes.filter(|_| !is_counted) else { return Ok(()) };
        if self.changes.fetch_add(1, Ordering::Relaxed) < most {
            job.is_counted = true;
            return Ok(());
        }
        let reason = say!(
            "more than {most} placements would be replaced (--max-changes)",
            "将被替换的投放超过 {most} 个（--max-changes）"
        );
        Err(self.stopped(Exit::Stopped, Outcome::new(Verdict::Failed, reason)))
    }

    /// One that has certainly replaced nothing leaves its place to another.
    fn uncount_change(&self, job: &mut Job<'_>) {
        let has_replaced_nothing = matches!(job.entry.state, State::Refused | State::Failed);
        if has_replaced_nothing && std::mem::take(&mut job.is_counted) {
            self.changes.fetch_sub(1, Ordering::Relaxed);
        }
    }

    /// Lets no further call begin, because of this row.
    fn stopped(&self, exit: Exit, outcome: Outcome) -> Outcome {
        self.stop.now(exit, outcome.detail.as_str());
        outcome
    }

    fn no_journal(&self, error: &io::Error) -> Outcome {
        self.stopped(Exit::Stopped, Outcome::new(Verdict::Failed, unwritten(error)))
    }

    async fn read(
        &self,
        request: &SetCouponPlacement,
    ) -> Result<Result<Option<Placement>, Error>, Outcome> {
        self.wait_for_rate().await?;
        let call = Box::pin(read_placement(&self.client, request));
        self.unless_stopped(call).await.ok_or_else(not_tried)
    }

    /// Makes a call once there are few enough others, and no pause; none if the run is stopped before.
    async fn unless_stopped<T>(&self, call: impl Future<Output = T>) -> Option<T> {
        let _permit = self.calls.acquire().await;
        self.stop.unless(self.pace.pause_over()).await?;
        Some(call.await)
    }

    /// Waits until the next call may begin.
    async fn wait_for_rate(&self) -> Result<(), Outcome> {
        self.stop.unless(self.pace.wait()).await.ok_or_else(not_tried)
    }

    /// What to do about a placement that cannot be read.
    fn of_reading(&self, error: &Error) -> Result<ControlFlow<Outcome, Again>, Outcome> {
        self.heed(error)?;
        if error.kind() == ErrorKind::Api && !error.is_retryable() {
            return Err(Outcome::of_error(Verdict::Refused, error));
        }
        Ok(ControlFlow::Continue(Again::after(error)))
    }

    /// Slows all rows down, or stops the run, where the service asks for it.
    fn heed(&self, error: &Error) -> Result<(), Outcome> {
        if ends_run(error) {
            return Err(self.stop.failed(error));
        }
        self.pace.pause_after(error);
        Ok(())
    }

    /// Without a journal nobody would know what was sent, so its failure ends the run.
    async fn note(
        &self,
        job: &mut Job<'_>,
        state: State,
        unseen: bool,
        code: Option<i64>,
    ) -> Result<(), Outcome> {
        (job.entry.state, job.entry.unseen, job.entry.code) = (state, unseen, code);
        let written = self.journal.write(&job.entry).await;
        let known = written.and_then(|()| self.journal.known(&job.entry.key));
        job.known = known.map_err(|error| self.no_journal(&error))?;
        Ok(())
    }
}

fn not_tried() -> Outcome {
    Outcome::new(Verdict::NotTried, "")
}

/// Reads what is placed in a request's store.
///
/// # Errors
///
/// When it cannot be read.
pub(crate) async fn read_placement(
    client: &Client,
    request: &SetCouponPlacement,
) -> Result<Option<Placement>, Error> {
    let read = GetCouponPlacement::new(request.shop_id());
    client.get_coupon_placement(&read).await
}

/// What to do about a placement that was not confirmed.
fn of_writing(error: &Error, state: State) -> Result<ControlFlow<Outcome, Again>, Outcome> {
    if state == State::Refused {
        return Err(Outcome::of_error(Verdict::Refused, error));
    }
    Ok(ControlFlow::Continue(Again::after(error)))
}

/// What is known of a placement whose call has failed.
fn state_after(error: &Error, was_sent: bool) -> State {
    match error.kind() {
        _ if error.may_have_taken_effect() => State::Unknown,
        ErrorKind::Api | ErrorKind::Invalid => State::Refused,
        _ => not_sent(was_sent),
    }
}

/// What is known of a placement that was not sent this time: an earlier try may still take effect.
fn not_sent(was_sent: bool) -> State {
    if was_sent { State::Unknown } else { State::Failed }
}

#[cfg(test)]
mod tests;
