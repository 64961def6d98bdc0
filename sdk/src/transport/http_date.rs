//! Dates as HTTP has them.
//!
//! ```text
//! Sun, 06 Nov 1994 08:49:37 GMT      784111777 seconds since 1970
//! Sunday, 06-Nov-94 08:49:37 GMT     the same, as RFC 850 had it
//! Sun Nov  6 08:49:37 1994           the same, as C writes it
//! ```
//!
//! RFC 9110 has recipients take all three. (`httpdate` reads them too, for six kilobytes of each program.)

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const DAY: u64 = 24 * 3600;

/// Seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct HttpDate(pub(super) u64);

impl HttpDate {
    /// By this machine's clock.
    pub(super) fn now() -> Option<Self> {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        Some(Self(since_1970.as_secs()))
    }

    /// Reads a date. Which weekday it is said to be is no matter.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (mut month, mut clock, mut numbers) = (None, None, Vec::new());
        for word in text.split([' ', ',', '-']) {
            if let Some((number, _)) = (1..).zip(MONTHS).find(|(_, name)| *name == word) {
                month = Some(number);
            } else if let Some((hour, rest)) = word.split_once(':') {
                clock = Some((hour, rest.split_once(':')?));
            } else if word.bytes().all(|byte| byte.is_ascii_digit()) {
                numbers.extend(number(word, 9999));
            }
        }
        let (&[day @ 1..=31, year], (hour, (minute, second))) = (numbers.as_slice(), clock?) else {
            return None;
        };
        let year = match year {
            0..70 => year + 2000,
            70..100 => year + 1900,
            whole => whole,
        };
        let days = (days_before(year, month?) + day - 1).checked_sub(days_before(1970, 1))?;
        // A leap second is the last of its minute.
        let minutes = number(hour, 23)? * 60 + number(minute, 59)?;
        Some(Self(days * DAY + minutes * 60 + number(second, 60)?))
    }
}

fn number(digits: &str, most: u64) -> Option<u64> {
    digits.parse().ok().filter(|number| *number <= most)
}

/// The days from the first of March of the year 0 to the first of a month. Years that begin in March
/// have their leap day at the end.
const fn days_before(year: u64, month: u64) -> u64 {
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5
}

/// For people.
impl fmt::Display for HttpDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, seconds) = (self.0 / DAY + days_before(1970, 1), self.0 % DAY);
        // No year is longer than 366 days, and none shorter than 365.
        let mut years = (days / 366..=days / 365 + 1).rev();
        let year = years.find(|year| days_before(*year, 1) <= days).unwrap_or(1970);
        let month = (1..=12).rev().find(|month| days_before(year, *month) <= days).unwrap_or(1);
        let day = days - days_before(year, month) + 1;
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        write!(out, "{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_in_each_of_its_forms() {
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(HttpDate::parse(text), Some(HttpDate(784_111_777)), "{text}");
        }
        assert_eq!(HttpDate::parse("Thu, 01 Jan 1970 00:00:00 GMT"), Some(HttpDate(0)));
        assert_eq!(HttpDate::parse("Tue, 29 Feb 2028 00:00:01 GMT"), Some(HttpDate(1_835_395_201)));
        assert_eq!(
            HttpDate::parse("Saturday, 01-Jan-00 00:00:00 GMT"),
            Some(HttpDate(946_684_800))
        );
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "soon",
            "120",
            "06 Nov 1994",
            "Sun, 06 Nov 08:49:37 GMT",
            "Sun, 06 Xxx 1994 08:49:37 GMT",
            "Sun, 32 Nov 1994 08:49:37 GMT",
            "Sun, 00 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 1969 08:49:37 GMT",
            "Sun, 06 Nov 99999 08:49:37 GMT",
        ] {
            assert_eq!(HttpDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_day_of_four_centuries_is_shown_as_the_one_behind_the_day_before() {
        let shown = |day: u64| HttpDate(day * DAY).to_string();
        assert_eq!(shown(0), "1970-01-01 00:00:00 UTC");
        assert_eq!(HttpDate(1_700_000_000).to_string(), "2023-11-14 22:13:20 UTC");
        assert_eq!(HttpDate(253_402_300_799).to_string(), "9999-12-31 23:59:59 UTC");
        let mut date = (1970, 1, 1);
        for day in 0..146_097 {
            let (year, month, of_month) = date;
            assert_eq!(shown(day), format!("{year}-{month:02}-{of_month:02} 00:00:00 UTC"));
            let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let days = match month {
                2 => 28 + i32::from(is_leap),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            date = match (of_month == days, month) {
                (false, _) => (year, month, of_month + 1),
                (true, 12) => (year + 1, 1, 1),
                (true, _) => (year, month + 1, 1),
            };
        }
    }
}
