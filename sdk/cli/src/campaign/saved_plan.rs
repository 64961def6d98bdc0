//! A plan as a file, so that an apply does what the plan showed or says what has changed since.
//!
//! ```text
//! {"file":"5f2a…","account":"wx1","at":"2026-12-01T00:00:00Z"}
//! {"store":7,"seen":null}                            nothing was placed there
//! {"store":8,"seen":"card_id p1, card_describe …"}   this was placed there
//! {"rows":2}                                         the plan is whole
//! ```

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use wechat_bizwifi::Placement;

use super::bounded_map::{BoundedMap, hash};
use super::whole_file::WholeFile;
use crate::language::{self, say};
use crate::output::printable;

/// The file and the account that a plan is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PlanTarget {
    /// Tells the file's cells from those of every other.
    pub(crate) file: String,
    /// Whose account it is, and where.
    pub(crate) account: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Record {
    Begin {
        #[serde(flatten)]
        made_for: PlanTarget,
        at: String,
    },
    Row {
        store: i64,
        seen: Option<String>,
    },
    End {
        rows: u64,
    },
}

/// A plan that is being written.
pub(crate) struct PlanWriter {
    out: WholeFile,
    rows: u64,
}

impl PlanWriter {
    /// Begins a plan.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(crate) fn begin(path: &Path, made_for: PlanTarget) -> io::Result<Self> {
        let mut plan = Self { out: WholeFile::create(path)?, rows: 0 };
        plan.write(&Record::Begin { made_for, at: jiff::Timestamp::now().to_string() })?;
        Ok(plan)
    }

    /// Notes what is placed in a store that the plan would place in or leave.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(crate) fn row(&mut self, store: i64, placed: Option<&Placement>) -> io::Result<()> {
        self.rows += 1;
        self.write(&Record::Row { store, seen: placed.map(described) })
    }

    /// Ends the plan: from now on it stands under its name.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(crate) fn end(mut self) -> io::Result<()> {
        let rows = self.rows;
        self.write(&Record::End { rows })?;
        self.out.end()
    }

    fn write(&mut self, record: &Record) -> io::Result<()> {
        writeln!(self.out, "{}", serde_json::to_string(record)?)
    }
}

fn unopened(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => say!(
            "there is no such plan: make it with `campaign plan --save`",
            "没有这份计划：请用 campaign plan --save 生成"
        ),
        _ => language::of_system(error),
    }
}

/// A plan that was read: what was placed in each store, by its hash.
#[derive(Debug)]
pub(crate) struct SavedPlan(BoundedMap);

impl SavedPlan {
    /// Reads a plan that was made for this file and this account.
    ///
    /// # Errors
    ///
    /// When it cannot be read, is incomplete, or is a plan for something else.
    pub(crate) fn read(path: &Path, wanted: &PlanTarget) -> Result<Self, String> {
        let lines = BufReader::new(File::open(path).map_err(|error| unopened(&error))?).lines();
        let (mut seen, mut end) = (BoundedMap::default(), None);
        for (number, line) in lines.enumerate() {
            let record = serde_json::from_str(&line.map_err(|error| language::of_system(&error))?);
            match (number, record) {
                (0, Ok(Record::Begin { made_for, .. })) => suits(&made_for, wanted)?,
                (1.., Ok(Record::Row { store, seen: placed })) => {
                    let value = [1, hash(&placed)];
                    seen.insert(store.cast_unsigned(), value)
                        .map_err(|error| language::of_system(&error))?;
                }
                (1.., Ok(Record::End { rows })) => end = Some(rows),
                _ => {
                    let line = number + 1;
                    return Err(say!(
                        "line {line} is not part of a plan",
                        "第 {line} 行不是计划内容"
                    ));
                }
            }
        }
        if end == Some(seen.len()) {
            return Ok(Self(seen));
        }
        Err(say!("is incomplete: plan again", "不完整：请重新运行 plan"))
    }

    /// Whether a store is as the plan has seen it.
    ///
    /// # Errors
    ///
    /// What has changed.
    pub(crate) fn agrees(&self, store: i64, placed: Option<&Placement>) -> Result<(), String> {
        let seen =
            self.0.get(store.cast_unsigned()).map_err(|error| language::of_system(&error))?;
        let Some([_, seen]) = seen else {
            return Err(say!(
                "the plan does not place this store: plan again",
                "计划中没有投放该门店：请重新运行 plan"
            ));
        };
        let now = placed.map(described);
        if seen == hash(&now) {
            return Ok(());
        }
        let now = now.unwrap_or_else(|| say!("nothing is placed", "没有投放"));
        Err(say!(
            "the store has changed since the plan, it has now: {now}; plan again",
            "计划之后该门店已有变化，当前为：{now}；请重新运行 plan"
        ))
    }
}

fn suits(made_for: &PlanTarget, wanted: &PlanTarget) -> Result<(), String> {
    let (account, other) = (&wanted.account, &made_for.account);
    if account != other {
        return Err(say!(
            "was made for the account {other}, and this is {account}: plan again",
            "是为账号 {other} 制定的，当前账号为 {account}：请重新运行 plan"
        ));
    }
    if made_for.file != wanted.file {
        return Err(say!(
            "was made for other rows: the file has changed, plan again",
            "是为另外的内容制定的：文件已更改，请重新运行 plan"
        ));
    }
    Ok(())
}

/// What is placed, in one line. Whether it is in effect is left out: that changes with time.
fn described(placed: &Placement) -> String {
    let time = |time: Option<wechat_bizwifi::UnixTime>| {
        time.map_or_else(|| "?".to_owned(), |time| time.seconds().to_string())
    };
    let text = placed.card_describe.as_deref().unwrap_or("?");
    let (start, end) = (time(placed.start_date), time(placed.end_date));
    let card = placed.card_id.as_str();
    printable(&format!("card_id {card}, card_describe {text}, start_time {start}, end_time {end}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made_for(file: &str) -> PlanTarget {
        PlanTarget { file: file.to_owned(), account: "wx1".to_owned() }
    }

    fn placed(card: &str) -> Placement {
        let text = format!(r#"{{"shop_id":1,"card_status":0,"card_id":"{card}"}}"#);
        serde_json::from_str(&text).unwrap()
    }

    fn plan(folder: &tempfile::TempDir) -> std::path::PathBuf {
        let path = folder.path().join("a.plan");
        let mut plan = PlanWriter::begin(&path, made_for("f")).unwrap();
        plan.row(1, None).unwrap();
        plan.row(2, Some(&placed("p1"))).unwrap();
        plan.end().unwrap();
        path
    }

    #[test]
    fn a_store_that_has_changed_since_the_plan_is_refused_with_what_it_has_now() {
        let folder = tempfile::tempdir().unwrap();
        let plan = SavedPlan::read(&plan(&folder), &made_for("f")).unwrap();
        assert_eq!(plan.agrees(1, None), Ok(()));
        assert_eq!(plan.agrees(2, Some(&placed("p1"))), Ok(()));
        let changed = plan.agrees(2, Some(&placed("p2"))).unwrap_err();
        assert!(changed.contains("it has now: card_id p2"), "{changed}");
        assert!(plan.agrees(2, None).unwrap_err().contains("nothing is placed"));
        assert!(plan.agrees(3, None).unwrap_err().starts_with("the plan does not place"));
    }

    #[test]
    fn a_plan_for_something_else_or_half_a_plan_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = plan(&folder);
        let refused = |wanted| SavedPlan::read(&path, &wanted).unwrap_err();
        assert!(refused(made_for("g")).contains("the file has changed"));
        let other = PlanTarget { account: "wx2".to_owned(), ..made_for("f") };
        assert!(refused(other).contains("the account wx1, and this is wx2"));
        let text = std::fs::read_to_string(&path).unwrap();
        let half = text.split_inclusive('\n').take(2).collect::<String>();
        std::fs::write(&path, half).unwrap();
        assert_eq!(refused(made_for("f")), "is incomplete: plan again");
    }
}
