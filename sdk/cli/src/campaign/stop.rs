//! Why a run makes no further call. Tasks that wait learn it at once.

use std::convert::Infallible;
use std::io;
use std::pin::pin;
use std::sync::OnceLock;
use std::time::Duration;

use tokio::sync::watch;
use wechat_bizwifi::{Error, ErrorKind};

use super::outcome::{Outcome, Verdict};
use super::rate::too_long;
use crate::exit::{Exit, Failure, is_daily_quota};
use crate::language::say;

/// Whether a run is to stop, and why.
#[derive(Debug)]
pub(crate) struct Stop {
    reason: OnceLock<(Exit, String)>,
    is_stopped: watch::Sender<bool>,
    /// Whether an interrupted run waits for calls that are under way.
    waits: watch::Sender<bool>,
}

impl Stop {
    /// Nothing speaks against going on.
    pub(crate) fn new() -> Self {
        Self {
            reason: OnceLock::new(),
            is_stopped: watch::Sender::new(false),
            waits: watch::Sender::new(false),
        }
    }

    /// Lets no further call begin. The first reason counts.
    pub(crate) fn now(&self, exit: Exit, reason: impl Into<String>) {
        let _ = self.reason.set((exit, reason.into()));
        self.is_stopped.send_replace(true);
    }

    /// What came of a row whose call has failed: where every other would fail like it, the run stops.
    pub(crate) fn failed(&self, error: &Error) -> Outcome {
        let mut outcome = Outcome::of_error(Verdict::Failed, error);
        if let Some(reason) = too_long(error) {
            outcome.detail = format!("{}; {reason}", outcome.detail);
        }
        if ends_run(error) {
            self.now(Exit::of(error), outcome.detail.as_str());
        }
        outcome
    }

    /// Whether no further call may begin.
    pub(crate) fn is_stopped(&self) -> bool {
        *self.is_stopped.borrow()
    }

    /// What to tell about it: nothing if the run goes on.
    pub(crate) fn failure(&self) -> Option<Failure> {
        let (exit, reason) = self.reason.get()?;
        let message = match exit {
            Exit::Quota => say!(
                "{reason}\nstopped; run the same command again tomorrow to go on",
                "{reason}\n已停止；明天再次运行同一命令即可继续"
            ),
            _ => say!(
                "{reason}\nstopped; run the same command again to go on",
                "{reason}\n已停止；再次运行同一命令即可继续"
            ),
        };
        Some(Failure { exit: *exit, message })
    }

    /// How a run ended. What could not be written is reported beside why it was stopped.
    ///
    /// # Errors
    ///
    /// When it was stopped, or something could not be written.
    pub(crate) fn ended(&self, written: Result<(), Failure>) -> Result<(), Failure> {
        match (self.failure(), written) {
            (Some(Failure { exit, message }), Err(unwritten)) => {
                let message = format!("{}\n{message}", unwritten.message);
                Err(Failure { exit, message })
            }
            (Some(failure), Ok(())) | (None, Err(failure)) => Err(failure),
            (None, Ok(())) => Ok(()),
        }
    }

    /// Waits for something; nothing if the run is stopped before.
    pub(crate) async fn unless<T>(&self, wait: impl Future<Output = T>) -> Option<T> {
        let mut stopped = self.is_stopped.subscribe();
        tokio::select! {
            biased;
            _ = stopped.wait_for(|is_stopped| *is_stopped) => None,
            done = wait => Some(done),
        }
    }

    /// Waits for this time, or until the run is stopped.
    pub(crate) async fn sleep(&self, time: Duration) {
        self.unless(tokio::time::sleep(time)).await;
    }

    /// Waits for what may fail; if the run is stopped before, that is the failure.
    ///
    /// # Errors
    ///
    /// When it fails, or the run is stopped.
    pub(crate) async fn or_failure<T>(
        &self,
        wait: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let stopped = || Err(self.failure().unwrap_or_else(|| Failure::stopped("")));
        self.unless(wait).await.unwrap_or_else(stopped)
    }

    /// What to tell when an interrupted run waits for calls that are under way; until then it waits.
    pub(crate) async fn waiting(&self) -> String {
        // Its sender is part of this, so it is there.
        let _ = self.waits.subscribe().wait_for(|waits| *waits).await;
        say!(
            "stopping: the calls under way are waited for; interrupt once more to end at once",
            "正在停止：等待进行中的调用结束；再次中断则立即退出"
        )
    }

    /// Waits for the end of a run, which signals stop.
    pub(crate) async fn or_signals<T>(&self, run: impl Future<Output = T>) -> T {
        tokio::select! {
            never = self.on_signals() => match never {},
            ended = run => ended,
        }
    }

    /// Stops the run when the program is interrupted or terminated: rows under way end, none
    /// begins. The second time the program ends at once, which the journal withstands.
    async fn on_signals(&self) -> Infallible {
        if interrupted().await.is_ok() {
            self.now(Exit::Stopped, say!("interrupted", "已中断"));
        }
        let mut again = pin!(interrupted());
        let second = tokio::select! {
            second = &mut again => second,
            () = tokio::time::sleep(UNSAID) => {
                self.waits.send_replace(true);
                again.await
            }
        };
        if second.is_ok() {
            std::process::exit(Exit::Stopped.number().into());
        }
        std::future::pending().await
    }
}

/// How long nothing is said of calls that are waited for: most have ended by then.
const UNSAID: Duration = Duration::from_millis(200);

/// Whether every other call would fail like this one: no further one is made.
pub(crate) fn ends_run(error: &Error) -> bool {
    let is_refused = matches!(error.kind(), ErrorKind::Auth | ErrorKind::Config);
    is_refused || is_daily_quota(error) || too_long(error).is_some()
}

#[cfg(unix)]
async fn interrupted() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut hang_up) =
        (signal(SignalKind::terminate())?, signal(SignalKind::hangup())?);
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
        _ = hang_up.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn interrupted() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failing;

    #[tokio::test]
    async fn a_pause_that_is_too_long_ends_a_run_and_is_named() {
        for (seconds, end) in [(900, None), (901, Some("15 min 1 s")), (7200, Some("2 h 0 min"))] {
            let (stop, error) = (Stop::new(), failing::asked_to_wait(429, seconds).await);
            let outcome = stop.failed(&error);
            assert_eq!(stop.failure().map(|failure| failure.exit), end.map(|_| Exit::Stopped));
            let reason = end.map(|time| {
                format!("; the service asks for a pause of {time}, and a run pauses for 15 min 0 s at the most")
            });
            assert_eq!(outcome.detail, format!("{error}{}", reason.unwrap_or_default()));
        }
    }

    #[test]
    fn what_could_not_be_written_is_told_beside_why_a_run_was_stopped() {
        let full = || Err(Failure { exit: Exit::SomeFailed, message: "full".to_owned() });
        let ended = |stop: &Stop, written| {
            stop.ended(written).map_err(|failure| (failure.exit, failure.message))
        };
        let stop = Stop::new();
        assert_eq!(ended(&stop, Ok(())), Ok(()));
        assert_eq!(ended(&stop, full()), Err((Exit::SomeFailed, "full".to_owned())));
        stop.now(Exit::Stopped, "a");
        let stopped = "a\nstopped; run the same command again to go on";
        assert_eq!(ended(&stop, Ok(())), Err((Exit::Stopped, stopped.to_owned())));
        assert_eq!(ended(&stop, full()), Err((Exit::Stopped, format!("full\n{stopped}"))));
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_waits_is_reported_at_once_and_the_first_reason_counts() {
        let stop = Stop::new();
        assert_eq!(stop.unless(async { 1 }).await, Some(1));
        let wait = stop.unless(std::future::pending::<()>());
        let (waited, ()) = tokio::join!(wait, async {
            stop.now(Exit::Quota, "a");
            stop.now(Exit::Stopped, "b");
        });
        assert!(waited.is_none() && stop.is_stopped());
        let failure = stop.failure().unwrap();
        assert!(failure.exit == Exit::Quota && failure.message.starts_with("a\n"));
        assert_eq!(stop.unless(async { 1 }).await, None);
    }
}
