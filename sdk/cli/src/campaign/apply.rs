//! Brings rows into effect: each is read back first, written to the journal, sent, and written to
//! the journal again.
//!
//! ```text
//! placed as asked for?  -> left alone (after an interrupted run: recovered)
//! journal: sending      -> set -> journal: placed | refused | unknown -> read back
//! ```

use std::io;
use std::sync::Mutex;
use std::time::Duration;

use wechat_bizwifi::{
    Client, CodeClass, Error, ErrorKind, GetCouponPlacement, Placement, ReturnCode,
    SetCouponPlacement,
};

use super::account::Account;
use super::decide::{Decision, decide};
use super::journal::{Entry, Journal, State};
use super::rate::{MINUTE, Pace};
use super::row::Desired;

/// How often a row is tried within one run.
const TRIES: u32 = 4;
/// The daily quota is used up.
const DAILY_QUOTA: i64 = 45009;

/// What came of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was placed where nothing was.
    Placed,
    /// It replaced what was placed.
    Changed,
    /// It was placed already.
    Left,
    /// An earlier try had taken effect.
    Recovered,
    /// It cannot be placed: the reason, and the return code if the service gave it.
    Refused(String, Option<i64>),
    /// It did not work out, and running again may help.
    Failed(String),
    /// The run was stopped before its turn.
    NotTried,
}

impl Outcome {
    /// What a report calls it; the same in every language.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Changed => "changed",
            Self::Left => "left",
            Self::Recovered => "recovered",
            Self::Refused(..) => "refused",
            Self::Failed(_) => "failed",
            Self::NotTried => "not-tried",
        }
    }

    /// Why it is not in effect.
    pub(crate) fn reason(&self) -> &str {
        match self {
            Self::Refused(reason, _) | Self::Failed(reason) => reason,
            _ => "",
        }
    }
}

/// What all rows of a run share.
pub(crate) struct Work<'w> {
    /// Makes the calls.
    pub(crate) client: &'w Client,
    /// Whose account it is: part of what a row is known by.
    pub(crate) appid: &'w str,
    /// What the account has.
    pub(crate) account: &'w Account,
    /// When calls may begin.
    pub(crate) pace: &'w Pace,
    /// What is known of each row.
    pub(crate) journal: &'w Mutex<Journal>,
    /// Why no further call is made.
    pub(crate) stopped: &'w Mutex<Option<String>>,
    /// The time, in Unix seconds.
    pub(crate) now: i64,
}

/// Why a row is not gone on with.
enum Halt {
    /// This row alone.
    Row(Outcome),
    /// No further call makes sense.
    Run(String),
}

impl Work<'_> {
    /// Brings a row into effect, as far as that is possible.
    pub(crate) async fn row(&self, row: &Desired) -> Outcome {
        if self.is_stopped() {
            return Outcome::NotTried;
        }
        let request = match &row.request {
            Ok(request) => request,
            Err(reason) => return Outcome::Refused(reason.clone(), None),
        };
        if let Err(reason) = self.account.check(request, self.now) {
            return Outcome::Refused(reason, None);
        }
        match self.place(row.line, request).await {
            Ok(outcome) | Err(Halt::Row(outcome)) => outcome,
            Err(Halt::Run(reason)) => {
                self.stop(&reason);
                Outcome::Failed(reason)
            }
        }
    }

    /// Lets no further call begin.
    pub(crate) fn stop(&self, reason: &str) {
        let mut stopped = self.stopped.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        stopped.get_or_insert_with(|| reason.to_owned());
    }

    fn is_stopped(&self) -> bool {
        self.stopped.lock().is_ok_and(|stopped| stopped.is_some())
    }

    async fn place(&self, line: u64, request: &SetCouponPlacement) -> Result<Outcome, Halt> {
        let key = key(self.appid, request);
        let known = self.journal(|journal| Ok(journal.state(&key)))?;
        if known == Some(State::Placed) {
            return Ok(Outcome::Left);
        }
        let mut was_sent = matches!(known, Some(State::Sending | State::Unknown));
        let mut reason = String::new();
        for attempt in 0..TRIES {
            if attempt > 0 {
                tokio::time::sleep(Duration::from_secs(1 << attempt.min(4))).await;
            }
            let placed = match self.read(request).await {
                Ok(placed) => placed,
                Err(error) => {
                    reason = of_reading(&error)?;
                    continue;
                }
            };
            let note = |state, code| self.note(&Entry { key: key.clone(), line, state, code });
            let outcome = match decide(request, placed.as_ref()) {
                Decision::Leave if was_sent => {
                    note(State::Placed, None)?;
                    return Ok(Outcome::Recovered);
                }
                Decision::Leave => return Ok(Outcome::Left),
                Decision::Place => Outcome::Placed,
                Decision::Change(_) => Outcome::Changed,
            };
            note(State::Sending, None)?;
            self.pace.wait().await;
            match self.client.set_coupon_placement(request).await {
                Ok(()) => {
                    note(State::Placed, None)?;
                    return Ok(outcome);
                }
                Err(error) => {
                    let state = state_after(&error);
                    note(state, error.code().map(ReturnCode::value))?;
                    reason = self.of_writing(&error, state).await?;
                    was_sent |= state == State::Unknown;
                }
            }
        }
        Err(Halt::Row(Outcome::Failed(reason)))
    }

    async fn read(&self, request: &SetCouponPlacement) -> Result<Option<Placement>, Error> {
        self.pace.wait().await;
        let read = GetCouponPlacement::builder().shop_id(request.shop_id()).build()?;
        self.client.get_coupon_placement(&read).await
    }

    /// What to do about a placement that was not confirmed: the reason, if another try may help.
    async fn of_writing(&self, error: &Error, state: State) -> Result<String, Halt> {
        stops_the_run(error)?;
        if error.kind() == ErrorKind::Throttled {
            self.pace.pause(MINUTE).await;
        }
        if state == State::Refused {
            return Err(Halt::Row(refused(error)));
        }
        Ok(error.to_string())
    }

    fn note(&self, entry: &Entry) -> Result<(), Halt> {
        self.journal(|journal| journal.write(entry))
    }

    /// Without a journal nobody would know what was sent, so its failure ends the run.
    fn journal<T>(&self, act: impl FnOnce(&mut Journal) -> io::Result<T>) -> Result<T, Halt> {
        let mut journal = self.journal.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        act(&mut journal).map_err(|error| Halt::Run(format!("the journal: {error}")))
    }
}

/// What to do about a placement that cannot be read: the reason, if another try may help.
fn of_reading(error: &Error) -> Result<String, Halt> {
    stops_the_run(error)?;
    match error.kind() {
        ErrorKind::Api if !error.is_retryable() => Err(Halt::Row(refused(error))),
        _ => Ok(error.to_string()),
    }
}

/// What a row is known by, whatever its place in the file.
fn key(appid: &str, request: &SetCouponPlacement) -> String {
    let request = serde_json::to_string(request).unwrap_or_default();
    format!("{appid} setCouponPlacement {request}")
}

fn refused(error: &Error) -> Outcome {
    Outcome::Refused(error.to_string(), error.code().map(ReturnCode::value))
}

/// What is known of a placement whose call has failed.
fn state_after(error: &Error) -> State {
    let is_busy = error.class() == Some(CodeClass::Busy);
    match error.kind() {
        _ if is_busy => State::Unknown,
        ErrorKind::Api | ErrorKind::Invalid => State::Refused,
        _ if error.may_have_been_sent() && error.code().is_none() => State::Unknown,
        _ => State::Failed,
    }
}

/// Whether all further calls would fail like this one.
fn stops_the_run(error: &Error) -> Result<(), Halt> {
    let is_daily = error.code().is_some_and(|code| code.value() == DAILY_QUOTA);
    match error.kind() {
        ErrorKind::Auth | ErrorKind::Config => Err(Halt::Run(error.to_string())),
        ErrorKind::Throttled if is_daily => Err(Halt::Run(error.to_string())),
        _ => Ok(()),
    }
}
