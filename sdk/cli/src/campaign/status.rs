//! What is in effect in a row's store, and what happened there.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use wechat_bizwifi::{
    CardStatus, Client, DailyStatistics, Error, GetCouponPlacement, ListStatistics, Placement,
};

use super::account::patiently;
use super::decide::{Decision, decide};
use super::desired::{Desired, Wish};
use super::outcome::{Guests, Outcome, Verdict};
use super::rate::Pace;
use super::stop::Stop;
use crate::exit::with_causes;
use crate::language::say;
use crate::output::{CHINA, printable, time};

/// The days that statistics are asked for, as the service counts them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Days {
    begin: Date,
    end: Date,
}

impl Days {
    /// So many days up to yesterday, in China: what a day's row says before the day is over is not
    /// documented.
    ///
    /// # Errors
    ///
    /// When there are no such days.
    pub(crate) fn until_yesterday(now: i64, days: u8) -> Result<Self, jiff::Error> {
        let china = TimeZone::fixed(CHINA);
        let today = Timestamp::from_second(now)?.to_zoned(china).date();
        let end = today.checked_sub(1.day())?;
        Ok(Self { begin: today.checked_sub(i64::from(days.max(1)).days())?, end })
    }
}

impl std::fmt::Display for Days {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}..{}", self.begin, self.end)
    }
}

/// Reads what rows ask about.
pub(crate) struct Status<'s> {
    /// Makes the calls.
    pub(crate) client: &'s Client,
    /// When calls may begin.
    pub(crate) pace: &'s Pace,
    /// Why no further call is made.
    pub(crate) stop: &'s Stop,
    /// Which days to tell of.
    pub(crate) days: &'s Days,
}

impl Status<'_> {
    /// What is in effect in a row's store.
    pub(crate) async fn row(&self, row: &Desired) -> Outcome {
        if self.stop.is_stopped() {
            return Outcome::idle(Verdict::NotTried, "");
        }
        let Ok(store) = row.shop.parse() else {
            // Then the row is invalid for that.
            let Wish::Invalid(reason) = &row.wish else {
                return Outcome::new(Verdict::Refused, "");
            };
            return Outcome::new(Verdict::Refused, reason);
        };
        let placed = match self.placed(store).await {
            Ok(placed) => placed,
            Err(error) => return self.stop.failed(&error),
        };
        let mut outcome = compared(row, placed.as_ref());
        match self.guests(store).await {
            Ok(guests) => outcome.guests = Some(guests),
            Err(error) => {
                let error = with_causes(&error);
                let note = say!("no statistics: {error}", "无统计数据：{error}");
                let parts = [outcome.detail, note];
                outcome.detail = parts.join("; ").trim_start_matches("; ").into();
            }
        }
        outcome
    }

    async fn placed(&self, store: i64) -> Result<Option<Placement>, Error> {
        let read = &GetCouponPlacement::new(store);
        patiently(self.pace, || self.client.get_coupon_placement(read)).await
    }

    async fn guests(&self, store: i64) -> Result<Guests, Error> {
        let request = &ListStatistics::builder()
            .begin_date(self.days.begin.to_string())
            .end_date(self.days.end.to_string())
            .shop_id(store)
            .build()?;
        let days = patiently(self.pace, || self.client.list_statistics(request)).await?;
        let days = days.unwrap_or_default();
        Ok(days.iter().fold(Guests::default(), and_a_day))
    }
}

fn and_a_day(sum: Guests, day: &DailyStatistics) -> Guests {
    Guests {
        total_user: sum.total_user.saturating_add(day.total_user.unwrap_or(0)),
        wxconnect_user: sum.wxconnect_user.saturating_add(day.wxconnect_user.unwrap_or(0)),
        new_fans: sum.new_fans.saturating_add(day.new_fans.unwrap_or(0)),
    }
}

fn compared(row: &Desired, placed: Option<&Placement>) -> Outcome {
    let Some(placed) = placed else {
        return Outcome::new(Verdict::Absent, "");
    };
    let decision = row.request().map(|request| decide(request, Some(placed), true));
    if let Some(Decision::Change { what, .. }) = decision {
        return Outcome::new(Verdict::Differs, what);
    }
    let (verdict, status) = match placed.card_status {
        CardStatus::InEffect => (Verdict::InEffect, String::new()),
        CardStatus::NotYetInEffect => (Verdict::NotInEffect, say!("has not begun", "尚未开始")),
        CardStatus::Expired => (Verdict::NotInEffect, say!("has ended", "已结束")),
        other => (Verdict::NotInEffect, say!("status {other}", "状态 {other}")),
    };
    let what = [Some(placed.card_id.as_str()), placed.card_describe.as_deref()];
    let mut what: Vec<String> = what.into_iter().flatten().map(printable).collect();
    if let Some(end) = placed.end_date {
        let end = time(end.seconds());
        what.push(say!("until {end}", "至 {end}"));
    }
    what.extend((!status.is_empty()).then_some(status));
    Outcome::new(verdict, what.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_end_yesterday_as_china_counts_them() {
        // 2026-11-30T23:00 in London is the next day in China.
        let now = "2026-11-30T23:00:00Z".parse::<Timestamp>().unwrap().as_second();
        for (days, expected) in [
            (0, "2026-11-30..2026-11-30"),
            (1, "2026-11-30..2026-11-30"),
            (2, "2026-11-29..2026-11-30"),
            (7, "2026-11-24..2026-11-30"),
        ] {
            assert_eq!(Days::until_yesterday(now, days).unwrap().to_string(), expected);
        }
        assert!(Days::until_yesterday(i64::MAX, 1).is_err());
    }

    #[test]
    fn days_are_added_up_and_what_a_day_leaves_out_is_nothing() {
        let days = r#"[{"shop_id":"1","statis_time":1,"total_user":1,"new_fans":3},
                       {"shop_id":"1","statis_time":2,"total_user":4,"wxconnect_user":5,"new_fans":6},
                       {"shop_id":"1","statis_time":3}]"#;
        let days: Vec<DailyStatistics> = serde_json::from_str(days).unwrap();
        let sum = days.iter().fold(Guests::default(), and_a_day);
        assert_eq!(sum, Guests { total_user: 5, wxconnect_user: 5, new_fans: 9 });
    }

    #[test]
    fn what_is_placed_is_compared_with_what_the_row_wants() {
        let row =
            |wish| Desired { line: 2, record: 1, shop: "1".to_owned(), wish, trimmed: Vec::new() };
        let placed = |status: i64| -> Placement {
            let text = format!(
                r#"{{"shop_id":1,"card_status":{status},"card_id":"p1","card_describe":"x","start_date":1,"end_date":2}}"#
            );
            serde_json::from_str(&text).unwrap()
        };
        let request = |card: &str| {
            let request = serde_json::json!({
                "shop_id": 1, "card_id": card, "card_describe": "x", "start_time": 1,
                "end_time": 2, "card_quantity": 3
            });
            Wish::Place(serde_json::from_value(request).unwrap())
        };
        let verdict = |wish, placed: Option<&Placement>| compared(&row(wish), placed).verdict;
        assert_eq!(verdict(request("p1"), None), Verdict::Absent);
        assert_eq!(verdict(request("p2"), Some(&placed(0))), Verdict::Differs);
        assert_eq!(verdict(request("p1"), Some(&placed(0))), Verdict::InEffect);
        assert_eq!(verdict(request("p1"), Some(&placed(2))), Verdict::NotInEffect);
        assert_eq!(verdict(Wish::Leave, Some(&placed(0))), Verdict::InEffect);
        let end = "until 1970-01-01T08:00:02+08:00";
        for (status, expected) in [
            (0, format!("p1, x, {end}")),
            (1, format!("p1, x, {end}, has not begun")),
            (2, format!("p1, x, {end}, has ended")),
            (9, format!("p1, x, {end}, status 9")),
        ] {
            assert_eq!(compared(&row(Wish::Leave), Some(&placed(status))).detail, expected);
        }
    }
}
