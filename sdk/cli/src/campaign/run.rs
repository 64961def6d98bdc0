//! `campaign plan`, `campaign apply` and `campaign status`: rows are read, worked on a few at a
//! time, and shown in the order in which they end.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;

use futures_util::future::{FusedFuture as _, FutureExt as _};
use futures_util::stream::{self, StreamExt as _};
use tokio::sync::Semaphore;
use wechat_bizwifi::retry::RetryPolicy;
use wechat_bizwifi::{CallOptions, Client, Error, ErrorKind, ReturnCode};

use super::account::{Account, ReadError};
use super::apply::Work;
use super::campaign_file::CampaignFile;
use super::desired::Desired;
use super::journal::{Journal, States, path_of, unwritten};
use super::outcome::{Outcome, Summary, Verdict};
use super::outputs::Outputs;
use super::plan::{Planned, Planning};
use super::progress::{Progress, duration};
use super::rate::Pace;
use super::report::Line;
use super::rows::Show;
use super::saved_plan::{PlanTarget, SavedPlan};
use super::status::{Days, Status};
use super::stop::Stop;
use super::table::TableError;
use crate::exit::{Exit, Failure, with_causes};
use crate::language::say;
use crate::output::{self, note};

/// How fast, and how far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How many calls a minute to make at the most.
    pub(crate) rate: u32,
    /// How many calls to make at a time.
    pub(crate) concurrency: usize,
    /// How many placements may be replaced.
    pub(crate) max_changes: Option<u64>,
    /// How many days of statistics a status tells of.
    pub(crate) days: u8,
}

/// What a campaign's command was asked for.
pub(crate) struct Campaign<'c> {
    /// Makes the calls.
    pub(crate) client: &'c Client,
    /// Whose account it is, and where.
    pub(crate) account_name: &'c str,
    /// The rows.
    pub(crate) file: &'c CampaignFile,
    /// Where the file lies.
    pub(crate) path: &'c Path,
    /// How fast, and how far.
    pub(crate) limits: Limits,
    /// Where to write what came of each row.
    pub(crate) report: Option<PathBuf>,
    /// Where a plan is written, or read.
    pub(crate) plan: Option<PathBuf>,
    /// Whether rows are shown as JSON.
    pub(crate) as_json: bool,
    /// The time, in Unix seconds.
    pub(crate) now: i64,
}

impl Campaign<'_> {
    /// Shows what would be done, and does nothing.
    pub(crate) async fn plan(&self) -> Result<Exit, Failure> {
        let mut outputs = self.outputs(Show::Lines)?;
        if let Some(path) = &self.plan {
            outputs.save_plan(path, self.made_for())?;
        }
        let states = States::peek(&path_of(self.path)).map_err(Failure::stopped)?;
        let (pace, stop) = (self.pace(), Stop::new());
        let planned = self.plan_with(&states, (&pace, &stop), &mut outputs);
        let summary = stop.or_signals(planned).await?;
        let printed = match stop.failure() {
            None => self.print(|| self.cost(&summary)),
            Some(_) => Ok(()),
        };
        stop.ended(outputs.end(&summary).and(printed))?;
        Ok(exit(&summary))
    }

    async fn plan_with(
        &self,
        states: &States,
        (pace, stop): (&Pace, &Stop),
        outputs: &mut Outputs,
    ) -> Result<Summary, Failure> {
        let account = self.account_unless(stop, pace).await?;
        let planning = Planning {
            client: self.client,
            account_name: self.account_name,
            account: &account,
            pace,
            states,
            stop,
            now: self.now,
        };
        let planning = &planning;
        self.each((&account, stop), outputs, |row: Desired| async move { planning.row(&row).await })
            .await
    }

    /// Brings every row into effect, as far as possible.
    pub(crate) async fn apply(&self) -> Result<Exit, Failure> {
        let mut outputs = self.outputs(Show::Nothing)?;
        let plan = self.saved_plan()?;
        let journal = Journal::open(&path_of(self.path)).map_err(Failure::stopped)?;
        let stop = Stop::new();
        let applied = self.apply_with(&journal, &stop, plan.as_ref(), &mut outputs);
        let summary = stop.or_signals(applied).await?;
        let printed = self.print(|| output::counts(&summary_rows(&summary)));
        let ended = outputs.end(&summary).and(printed);
        stop.ended(ended)?;
        if summary.bad() == 0 {
            journal.finish().await.map_err(|error| Failure::stopped(unwritten(&error)))?;
        }
        Ok(exit(&summary))
    }

    async fn apply_with(
        &self,
        journal: &Journal,
        stop: &Stop,
        plan: Option<&SavedPlan>,
        outputs: &mut Outputs,
    ) -> Result<Summary, Failure> {
        let pace = self.pace();
        let account = self.account_unless(stop, &pace).await?;
        let work = Work {
            client: self.client.with(CallOptions::new().retry(RetryPolicy::never())),
            account_name: self.account_name,
            account: &account,
            pace: &pace,
            calls: Semaphore::new(self.limits.concurrency),
            journal,
            stop,
            plan,
            max_changes: self.limits.max_changes,
            changes: AtomicU64::new(0),
            now: self.now,
        };
        let work = &work;
        self.each((&account, stop), outputs, |row: Desired| async move { work.row(&row).await })
            .await
    }

    /// Shows what is in effect now, and what happened in the stores.
    pub(crate) async fn status(&self) -> Result<Exit, Failure> {
        let mut outputs = self.outputs(Show::Lines)?;
        let (pace, stop) = (self.pace(), Stop::new());
        let days = Days::until_yesterday(self.now, self.limits.days).map_err(Failure::usage)?;
        note(&say!("statistics of {days}", "统计日期 {days}"));
        let status = &Status { client: self.client, pace: &pace, stop: &stop, days: &days };
        let shown = async {
            let mut account = Account::default();
            if self.file.has_all() {
                stop.or_failure(self.read_shops(&mut account, &pace)).await?;
            }
            let act = |row: Desired| async move { status.row(&row).await };
            self.each((&account, &stop), &mut outputs, act).await
        };
        let summary = stop.or_signals(shown).await?;
        stop.ended(outputs.end(&summary))?;
        Ok(exit(&summary))
    }

    /// Prints for people what is data.
    fn print(&self, text: impl FnOnce() -> String) -> Result<(), Failure> {
        if self.as_json {
            return Ok(());
        }
        output::printed(writeln!(io::stdout(), "{}", text()))
    }

    fn pace(&self) -> Pace {
        Pace::per_minute(self.limits.rate)
    }

    fn outputs(&self, show: Show) -> Result<Outputs, Failure> {
        let shown = if self.as_json { Show::Json } else { show };
        let (file, account) = (self.path.display(), self.account_name);
        let about = format!("{file}, {account}, {}", output::time(self.now));
        // What only looks shows rows as they stand in the file; what is placed is shown as it ends.
        let keeps_order = show == Show::Lines;
        Outputs::begin(shown, keeps_order, self.report.as_deref(), about)
    }

    fn made_for(&self) -> PlanTarget {
        PlanTarget { file: self.file.digest.clone(), account: self.account_name.to_owned() }
    }

    fn saved_plan(&self) -> Result<Option<SavedPlan>, Failure> {
        let Some(path) = &self.plan else { return Ok(None) };
        let read = SavedPlan::read(path, &self.made_for());
        let read = read.map_err(|error| Failure::usage(format!("{}: {error}", path.display())))?;
        Ok(Some(read))
    }

    async fn account_unless(&self, stop: &Stop, pace: &Pace) -> Result<Account, Failure> {
        stop.or_failure(Box::pin(self.account(pace))).await
    }

    /// What the account has, as far as this campaign is concerned.
    async fn account(&self, pace: &Pace) -> Result<Account, Failure> {
        let mut account = Account::default();
        self.read_shops(&mut account, pace).await?;
        let shops = self.all_shops(&account)?;
        let expected = self.file.expected(&shops).map_err(Failure::stopped)?;
        for (card, wanted) in self.file.cards((expected + 1).saturating_sub(self.file.rows)) {
            if let Err(error) = account.read_card(self.client, pace, &card).await {
                note(&unreadable(&say!("the cards", "卡券"), &error)?);
                break;
            }
            let Some(Ok(facts)) = account.cards.get(&card) else { continue };
            if let Some(left) = facts.left.filter(|left| *left < wanted) {
                note(&say!(
                    "note: the rows ask for {wanted} of the card {card}, which has {left} left",
                    "注意：各行共需卡券 {card} {wanted} 张，库存剩余 {left}"
                ));
            }
        }
        Ok(account)
    }

    /// The stores that the row `all` stands for, if there is one.
    fn all_shops(&self, account: &Account) -> Result<Vec<i64>, Failure> {
        if !self.file.has_all() {
            return Ok(Vec::new());
        }
        account.shop_ids().map_err(Failure::stopped)
    }

    async fn read_shops(&self, account: &mut Account, pace: &Pace) -> Result<(), Failure> {
        let reason = match account.read_shops(self.client, pace).await {
            Ok(()) => {
                let Some((total, listed)) = account.missing() else { return Ok(()) };
                say!(
                    "the account has {total} stores, and its list only {listed}",
                    "账号有 {total} 家门店，仅列出 {listed} 家"
                )
            }
            Err(ReadError::Call(error)) => unreadable(&say!("the stores", "门店"), &error)?,
            Err(ReadError::Room(error)) => return Err(Failure::stopped(error)),
        };
        if self.file.has_all() {
            return Err(Failure::stopped(say!(
                "{reason}\nthe row `all` needs every store of the account: try again",
                "{reason}\nall 行需要账号的全部门店：请重试"
            )));
        }
        note(&reason);
        Ok(())
    }

    /// Works on every row, a few at a time, and tells of each.
    async fn each<F>(
        &self,
        (account, stop): (&Account, &Stop),
        outputs: &mut Outputs,
        act: impl Fn(Desired) -> F,
    ) -> Result<Summary, Failure>
    where
        F: Future<Output: Into<Planned>>,
    {
        let shops = self.all_shops(account)?;
        let rows = self.file.desired(shops.iter().copied());
        let rows = rows.map_err(|error| Failure::usage(self.in_file(&error)))?;
        let expected = self.file.expected(&shops).map_err(Failure::stopped)?;
        let mut progress = Progress::begin(expected, !outputs.shows_lines());
        // A file that cannot be read on ends the run; rows that are under way end before.
        let mut has_ended = false;
        let rows = rows.take_while(|row| !std::mem::replace(&mut has_ended, row.is_err()));
        let work = stream::iter(rows).map(|row| {
            // A row's work is moved into the stream: kilobytes, where it is not behind a pointer.
            let row = row.map(|row| (about(&row), row.trimmed.clone(), Box::pin(act(row))));
            async {
                let (mut line, trimmed, act) = row?;
                let planned = act.await.into();
                line.outcome = planned.outcome;
                Ok::<_, TableError>((line, trimmed, planned.seen))
            }
        });
        let at_once = self.limits.concurrency;
        let done = if outputs.keeps_order {
            work.buffered(at_once).left_stream()
        } else {
            work.buffer_unordered(rows_for(at_once)).right_stream()
        };
        let mut done = std::pin::pin!(done);
        let (mut summary, mut unread) = (Summary::default(), None);
        let mut waiting = std::pin::pin!(stop.waiting().fuse());
        loop {
            let row = tokio::select! {
                row = done.next() => row,
                message = &mut waiting, if !waiting.is_terminated() => {
                    progress.say(&message);
                    continue;
                }
            };
            let Some(row) = row else { break };
            let (line, trimmed, seen) = match row {
                Ok(row) => row,
                Err(error) => {
                    unread = Some(Failure::stopped(self.in_file(&error)));
                    continue;
                }
            };
            summary.add(line.outcome.verdict);
            outputs.trimmed(&progress, &line, &trimmed);
            progress.row(&line);
            progress.above(|| outputs.row(&line, seen));
        }
        progress.end(&summary, outputs.shows_counts_on_terminal());
        unread.map_or(Ok(summary), Err)
    }

    fn in_file(&self, error: &TableError) -> String {
        format!("{}: {error}", self.path.display())
    }

    /// How many calls an apply would take, and how long at this rate.
    fn cost(&self, summary: &Summary) -> String {
        let writes = summary.of(Verdict::Place) + summary.of(Verdict::Change);
        let calls = writes * 2 + summary.of(Verdict::Leave);
        let rate = self.limits.rate;
        let time = duration(seconds_of(calls, rate));
        say!(
            "an apply reads each store and writes those that differ: {calls} calls, {time} at \
             {rate} a minute",
            "执行时先读取每家门店，再写入有差异的门店：{calls} 次调用，按每分钟 {rate} 次约需 {time}"
        )
    }
}

/// How long so many calls take at so many a minute.
fn seconds_of(calls: u64, rate: u32) -> u64 {
    (calls * 60).div_ceil(u64::from(rate.max(1)))
}

/// How many rows to work on for so many calls at a time: while one row's call is made, others wait for
/// the disk, before they are sent and after. One call at a time is one row at a time.
fn rows_for(calls: usize) -> usize {
    if calls == 1 { 1 } else { 3 * calls }
}

fn exit(summary: &Summary) -> Exit {
    if summary.bad() == 0 { Exit::Done } else { Exit::SomeFailed }
}

fn summary_rows(summary: &Summary) -> Vec<(&'static str, u64)> {
    summary.counts().map(|(verdict, count)| (verdict.shown(), count)).collect()
}

/// Goes on without what cannot be read, where only that call is refused.
fn unreadable(what: &str, error: &Error) -> Result<String, Failure> {
    let is_forbidden = error.code() == Some(ReturnCode::API_UNAUTHORIZED);
    match error.kind() {
        ErrorKind::Auth if !is_forbidden => Err(Failure::of_call(error)),
        ErrorKind::Api | ErrorKind::Auth | ErrorKind::Decode => {
            let error = with_causes(error);
            Ok(say!("note: {what} are not checked: {error}", "注意：未检查{what}：{error}"))
        }
        _ => Err(Failure::of_call(error)),
    }
}

fn about(row: &Desired) -> Line {
    let card = row.request().map(|request| request.card_id().as_str().to_owned());
    Line {
        number: row.line,
        record: row.record,
        shop: row.shop.clone(),
        card: card.unwrap_or_default(),
        outcome: Outcome::new(Verdict::NotTried, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failing;

    #[test]
    fn calls_take_as_long_as_the_rate_says_and_a_second_that_has_begun_counts() {
        let times = [(0, 300), (5, 300), (6, 300), (4, 1), (4, 0)];
        assert_eq!(times.map(|(calls, rate)| seconds_of(calls, rate)), [0, 1, 2, 240, 240]);
    }

    #[test]
    fn one_call_at_a_time_is_one_row_at_a_time_and_more_calls_have_rows_in_reserve() {
        assert_eq!([1, 2, 256].map(rows_for), [1, 6, 768]);
    }

    #[tokio::test]
    async fn a_listing_that_fails_is_done_without_only_where_that_call_alone_is_refused() {
        let garbled = failing::failed(|reply| reply.always().reply_body("[]")).await;
        let cut = failing::failed(|reply| reply.always().reply_body("{\"errcode\":")).await;
        for (error, goes_on) in [
            (failing::refused(48001).await, true),
            (failing::refused(40007).await, true),
            (garbled, true),
            (cut, false),
            (failing::refused(40164).await, false),
            (failing::refused(45009).await, false),
            (failing::unreached().await, false),
        ] {
            let note = unreadable("the stores", &error);
            assert_eq!(note.is_ok(), goes_on, "{error}");
            assert!(note.is_ok_and(|note| note.starts_with("note: the stores are not")) == goes_on);
        }
    }
}
