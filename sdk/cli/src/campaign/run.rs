//! `campaign plan`, `campaign apply` and `campaign status`: rows are read, worked on a few at a
//! time, and reported in the order in which they end.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Mutex;

use futures_util::StreamExt as _;
use futures_util::stream;
use wechat_bizwifi::{Client, Error, ErrorKind, GetCouponPlacement};

use super::account::Account;
use super::apply::{Outcome, Work};
use super::decide::{Decision, decide};
use super::journal::{Journal, path_of};
use super::progress::Progress;
use super::rate::Pace;
use super::report::{Line, Report, Summary};
use super::row::{CampaignFile, Desired};
use crate::exit::{Exit, Failure};
use crate::language::Language;

/// What a campaign's command was asked for.
pub(crate) struct Campaign<'c> {
    /// Makes the calls.
    pub(crate) client: &'c Client,
    /// Whose account it is.
    pub(crate) appid: &'c str,
    /// The rows.
    pub(crate) file: &'c CampaignFile,
    /// Where the file lies.
    pub(crate) path: &'c Path,
    /// How many calls a minute to make at the most.
    pub(crate) rate: u32,
    /// How many rows to work on at a time.
    pub(crate) concurrency: usize,
    /// Where to write what came of each row.
    pub(crate) report: Option<&'c Path>,
    /// What to speak.
    pub(crate) language: Language,
    /// The time, in Unix seconds.
    pub(crate) now: i64,
}

impl Campaign<'_> {
    /// Shows what would be done, and does nothing.
    pub(crate) async fn plan(&self) -> Result<Exit, Failure> {
        let pace = Pace::per_minute(self.rate);
        let account = self.account(&pace).await?;
        let planned = self.each(&account, |row| {
            let (account, pace) = (&account, &pace);
            async move { self.planned(&row, account, pace).await }
        });
        let summary = planned.await?;
        self.explain_cost(&summary)?;
        Ok(if summary.not_in_effect() == 0 { Exit::Done } else { Exit::SomeFailed })
    }

    async fn planned(&self, row: &Desired, account: &Account, pace: &Pace) -> Outcome {
        let request = match &row.request {
            Ok(request) => request,
            Err(reason) => return Outcome::Refused(reason.clone(), None),
        };
        if let Err(reason) = account.check(request, self.now) {
            return Outcome::Refused(reason, None);
        }
        pace.wait().await;
        let read = match GetCouponPlacement::builder().shop_id(request.shop_id()).build() {
            Ok(read) => read,
            Err(error) => return Outcome::Refused(error.to_string(), None),
        };
        match self.client.get_coupon_placement(&read).await {
            Ok(placed) => match decide(request, placed.as_ref()) {
                Decision::Place => Outcome::Placed,
                Decision::Change(_) => Outcome::Changed,
                Decision::Leave => Outcome::Left,
            },
            Err(error) => Outcome::Failed(error.to_string()),
        }
    }

    /// Brings every row into effect, as far as possible.
    pub(crate) async fn apply(&self) -> Result<Exit, Failure> {
        let pace = Pace::per_minute(self.rate);
        let journal = Mutex::new(Journal::open(&path_of(self.path)).map_err(Failure::stopped)?);
        let account = self.account(&pace).await?;
        let stopped = Mutex::new(None);
        let work = Work {
            client: self.client,
            appid: self.appid,
            account: &account,
            pace: &pace,
            journal: &journal,
            stopped: &stopped,
            now: self.now,
        };
        let applied = self.each(&account, |row| {
            let work = &work;
            async move { work.row(&row).await }
        });
        let summary = tokio::select! {
            summary = stop_on_interrupt(&work) => match summary {},
            summary = applied => summary?,
        };
        if let Some(reason) = stopped.into_inner().unwrap_or_default() {
            let resume = self.language.say(
                "stopped; run the same command again to go on",
                "已停止；再次运行同一命令即可继续",
            );
            return Err(Failure { exit: Exit::Stopped, message: format!("{reason}\n{resume}") });
        }
        if summary.not_in_effect() > 0 {
            return Ok(Exit::SomeFailed);
        }
        let mut journal = journal.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        journal.finish().map_err(Failure::stopped)?;
        Ok(Exit::Done)
    }

    /// Shows what is in effect now.
    pub(crate) async fn status(&self) -> Result<Exit, Failure> {
        self.plan().await
    }

    /// What the account has, as far as this campaign is concerned.
    async fn account(&self, pace: &Pace) -> Result<Account, Failure> {
        let mut account = Account::default();
        if let Err(error) = account.read_shops(self.client, pace).await {
            note(&mut account, "stores", &error)?;
        }
        let mut shops = account.shop_ids().into_iter();
        if self.file.has_all() && account.shops.is_none() {
            let message = "the row `all` needs the account's stores, which cannot be read";
            return Err(Failure { exit: Exit::Stopped, message: message.to_owned() });
        }
        for row in self.file.desired(&mut shops).map_err(Failure::usage)? {
            let row = row.map_err(Failure::usage)?;
            let Ok(request) = &row.request else { continue };
            let card = request.card_id().as_str();
            if let Err(error) = account.read_card(self.client, pace, card).await {
                note(&mut account, "cards", &error)?;
                break;
            }
        }
        for note in &account.notes {
            writeln!(io::stderr(), "{note}").map_err(Failure::stopped)?;
        }
        Ok(account)
    }

    /// Works on every row, a few at a time, and reports each.
    async fn each<F>(
        &self,
        account: &Account,
        act: impl Fn(Desired) -> F,
    ) -> Result<Summary, Failure>
    where
        F: Future<Output = Outcome>,
    {
        let mut report = self.report.map(Report::begin).transpose().map_err(Failure::stopped)?;
        let shops = account.shop_ids();
        let rows = self.file.desired(shops.iter().copied()).map_err(Failure::usage)?;
        let total = self.file.expected(shops.len());
        let mut progress = Progress::begin(total, self.language);
        let work = stream::iter(rows).map(|row| {
            let row = row.map(|row| (about(&row), act(row)));
            async {
                let (mut line, act) = row?;
                line.outcome = act.await;
                Ok::<Line, super::table::TableError>(line)
            }
        });
        let mut done = std::pin::pin!(work.buffer_unordered(self.concurrency));
        let mut summary = Summary::default();
        while let Some(line) = done.next().await {
            let line = line.map_err(Failure::usage)?;
            summary.add(&line.outcome);
            progress.row(&line, &summary);
            if let Some(report) = &mut report {
                report.write(&line).map_err(Failure::stopped)?;
            }
        }
        progress.end(&summary);
        if let Some(report) = report {
            report.end(&summary).map_err(Failure::stopped)?;
        }
        Ok(summary)
    }

    /// How many calls an apply would take, and how long at this rate.
    fn explain_cost(&self, summary: &Summary) -> Result<(), Failure> {
        let writes: u64 = summary.counts().take(2).map(|(_, count)| count).sum();
        let calls = writes + summary.total();
        let minutes = calls.div_ceil(u64::from(self.rate.max(1)));
        let text = self.language.say(
            "an apply reads each store and writes those that differ",
            "执行时先读取每家门店，再写入有差异的门店",
        );
        writeln!(io::stdout(), "{text}: {calls} calls, at {} a minute {minutes} min", self.rate)
            .map_err(Failure::stopped)
    }
}

/// Goes on without what cannot be read, unless no call would work.
fn note(account: &mut Account, what: &str, error: &Error) -> Result<(), Failure> {
    let is_permission = error.code().is_some_and(|code| code.value() == 48001);
    if error.kind() == ErrorKind::Auth && !is_permission {
        return Err(Failure::stopped(error));
    }
    account.notes.push(format!("note: {what} are not checked: {error}"));
    Ok(())
}

/// Lets rows that are under way end, and none begin, once the program is interrupted.
async fn stop_on_interrupt(work: &Work<'_>) -> std::convert::Infallible {
    if tokio::signal::ctrl_c().await.is_ok() {
        work.stop("interrupted");
    }
    std::future::pending().await
}

fn about(row: &Desired) -> Line {
    let (shop, card) = match &row.request {
        Ok(request) => (request.shop_id().get().to_string(), request.card_id().as_str().to_owned()),
        Err(_) => Default::default(),
    };
    Line { number: row.line, shop, card, outcome: Outcome::NotTried }
}
