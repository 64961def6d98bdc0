//! What came of a row, and how many rows ended how.

use serde::Serialize;
use wechat_bizwifi::{Error, ReturnCode};

use crate::exit::with_causes;
use crate::language::{self, say};

/// How a row ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A plan: nothing is placed, so it would be placed.
    Place,
    /// A plan: another placement would be replaced.
    Change,
    /// A plan: it is placed already.
    Leave,
    /// It was placed where nothing was.
    Placed,
    /// It replaced what was placed.
    Changed,
    /// It was placed already.
    Left,
    /// An earlier try had taken effect.
    Recovered,
    /// A status: guests can claim it now.
    InEffect,
    /// A status: it is placed, and has not begun or has ended.
    NotInEffect,
    /// A status: something else is placed.
    Differs,
    /// A status: nothing is placed.
    Absent,
    /// It cannot be placed.
    Refused,
    /// It did not work out, and running again may help.
    Failed,
    /// The run was stopped before this row.
    NotTried,
}

/// Every verdict, in the order of summaries; with the names that reports and programs read, and
/// those that people read where they speak Chinese.
const VERDICTS: [(Verdict, &str, &str); 14] = [
    (Verdict::Place, "place", "待投放"),
    (Verdict::Change, "change", "待更改"),
    (Verdict::Leave, "leave", "不变"),
    (Verdict::Placed, "placed", "已投放"),
    (Verdict::Changed, "changed", "已更改"),
    (Verdict::Left, "left", "未变"),
    (Verdict::Recovered, "recovered", "已生效（此前发出）"),
    (Verdict::InEffect, "in-effect", "生效中"),
    (Verdict::NotInEffect, "not-in-effect", "未生效"),
    (Verdict::Differs, "differs", "不一致"),
    (Verdict::Absent, "absent", "未投放"),
    (Verdict::Refused, "refused", "被拒绝"),
    (Verdict::Failed, "failed", "失败"),
    (Verdict::NotTried, "not-tried", "未执行"),
];

impl Verdict {
    fn index(self) -> usize {
        VERDICTS.iter().position(|(verdict, ..)| *verdict == self).unwrap_or_default()
    }

    /// What reports and programs read; the same in every language.
    pub(crate) fn name(self) -> &'static str {
        VERDICTS[self.index()].1
    }

    /// What people read.
    pub(crate) fn shown(self) -> &'static str {
        let (_, english, chinese) = VERDICTS[self.index()];
        language::current().say(english, chinese)
    }

    /// Whether the row is as it is wanted, or would be.
    pub(crate) fn is_good(self) -> bool {
        !matches!(
            self,
            Self::NotInEffect
                | Self::Differs
                | Self::Absent
                | Self::Refused
                | Self::Failed
                | Self::NotTried
        )
    }
}

/// What happened in a store over some days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Guests {
    /// How many people joined the Wi-Fi.
    pub(crate) total_user: i64,
    /// How many of them through WeChat.
    pub(crate) wxconnect_user: i64,
    /// How many began to follow the account.
    pub(crate) new_fans: i64,
}

/// What came of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// How it ended.
    pub(crate) verdict: Verdict,
    /// Why, or what differs.
    pub(crate) detail: String,
    /// The return code, if the service gave one.
    pub(crate) code: Option<i64>,
    /// A status: what happened in the store.
    pub(crate) guests: Option<Guests>,
    /// Whether no call was made for it.
    pub(crate) is_idle: bool,
}

impl Outcome {
    /// A row that ended so.
    pub(crate) fn new(verdict: Verdict, detail: impl Into<String>) -> Self {
        Self { verdict, detail: detail.into(), code: None, guests: None, is_idle: false }
    }

    /// A row that ended so, and took no call.
    pub(crate) fn idle(verdict: Verdict, detail: impl Into<String>) -> Self {
        Self { is_idle: true, ..Self::new(verdict, detail) }
    }

    /// A row that ended so because of an error.
    pub(crate) fn of_error(verdict: Verdict, error: &Error) -> Self {
        let code = error.code().map(ReturnCode::value);
        Self { code, ..Self::new(verdict, with_causes(error)) }
    }

    /// A row whose store is left as it is, because its other cells are blank.
    pub(crate) fn left_alone(verdict: Verdict) -> Self {
        Self::idle(verdict, say!("its other cells are blank", "其余单元格为空"))
    }
}

/// How many rows ended how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Summary([u64; VERDICTS.len()]);

impl Summary {
    /// Counts a row.
    pub(crate) fn add(&mut self, verdict: Verdict) {
        self.0[verdict.index()] += 1;
    }

    /// How many rows ended so.
    pub(crate) fn of(&self, verdict: Verdict) -> u64 {
        self.0[verdict.index()]
    }

    /// The verdicts that there are, each with its number.
    pub(crate) fn counts(&self) -> impl Iterator<Item = (Verdict, u64)> + '_ {
        let all = VERDICTS.iter().map(|(verdict, ..)| *verdict).zip(self.0);
        all.filter(|(_, count)| *count > 0)
    }

    /// How many rows there are.
    pub(crate) fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// How many rows are not as they are wanted.
    pub(crate) fn bad(&self) -> u64 {
        self.counts().filter(|(verdict, _)| !verdict.is_good()).map(|(_, count)| count).sum()
    }

    /// `placed 5, refused 1`
    pub(crate) fn line(&self) -> String {
        let counts = self.counts().map(|(verdict, count)| format!("{} {count}", verdict.shown()));
        counts.collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_is_counted_under_its_name() {
        let mut summary = Summary::default();
        for (verdict, ..) in VERDICTS {
            summary.add(verdict);
        }
        assert!(summary.counts().all(|(_, count)| count == 1));
        assert_eq!((summary.total(), summary.bad()), (14, 6));
        let expected = "place 1, change 1, leave 1, placed 1, changed 1, left 1, recovered 1, \
                        in-effect 1, not-in-effect 1, differs 1, absent 1, refused 1, failed 1, \
                        not-tried 1";
        assert_eq!(summary.line(), expected);
        let bad: Vec<&str> = VERDICTS.iter().filter(|it| !it.0.is_good()).map(|it| it.1).collect();
        let expected = ["not-in-effect", "differs", "absent", "refused", "failed", "not-tried"];
        assert_eq!(bad, expected);
    }
}
