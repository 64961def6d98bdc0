//! Dates, times and durations.
//!
//! ```text
//! "2024-02-29" is a `date`, "2023-02-29" is not; "P3DT12H" is a `duration`
//! ```

use super::digits;

pub(super) fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    match (digits(year, 4), digits(month, 2), digits(day, 2)) {
        (Some(year), Some(month), Some(day)) => (1..=days_in(year, month)).contains(&day),
        _ => false,
    }
}

/// The number of days of a month; 0 if there is no such month.
const fn days_in(year: u32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 0,
    }
}

pub(super) fn is_date_time(text: &str) -> bool {
    match text.split_once(['T', 't']) {
        Some((date, time)) => is_date(date) && is_time(time),
        None => false,
    }
}

pub(super) fn is_time(text: &str) -> bool {
    let Some(zone_at) = text.find(['Z', 'z', '+', '-']) else { return false };
    let (clock, zone) = text.split_at(zone_at);
    match (minutes_and_second(clock), offset(zone)) {
        (Some((_, second)), Some(_)) if second < 60 => true,
        // A leap second is the last one of a day in UTC.
        (Some((minutes, 60)), Some(offset)) => {
            (minutes - offset).rem_euclid(24 * 60) == 24 * 60 - 1
        }
        _ => false,
    }
}

/// The minutes since midnight, and the second.
fn minutes_and_second(clock: &str) -> Option<(i64, u32)> {
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut parts = clock.split(':');
    let hour = digits(parts.next()?, 2).filter(|hour| *hour < 24)?;
    let minute = digits(parts.next()?, 2).filter(|minute| *minute < 60)?;
    let second = digits(parts.next()?, 2).filter(|second| *second <= 60)?;
    let is_whole = parts.next().is_none();
    let has_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    (is_whole && has_fraction).then(|| (i64::from(hour * 60 + minute), second))
}

/// The minutes by which a zone is ahead of UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hour, minute) = zone.get(1..)?.split_once(':')?;
    let hour = digits(hour, 2).filter(|hour| *hour < 24)?;
    let minute = digits(minute, 2).filter(|minute| *minute < 60)?;
    Some(sign * i64::from(hour * 60 + minute))
}

/// `P`, then years, months and days, or weeks, then `T` with hours, minutes and seconds. The units of each group
/// follow each other without a gap.
pub(super) fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    match rest.split_once('T') {
        _ if rest.ends_with('W') => is_run(rest, "W"),
        None => is_run(rest, "YMD"),
        Some(("", time)) => is_run(time, "HMS"),
        Some((date, time)) => is_run(date, "YMD") && is_run(time, "HMS"),
    }
}

/// Whether a text is one or more numbers with units, in this order and without a gap.
fn is_run(text: &str, units: &str) -> bool {
    let parts = text.split_inclusive(|next: char| !next.is_ascii_digit());
    let mut found = String::new();
    for part in parts {
        let unit = part.trim_start_matches(|next: char| next.is_ascii_digit());
        if unit.len() == part.len() || unit.is_empty() {
            return false;
        }
        found.push_str(unit);
    }
    !found.is_empty() && units.contains(&found)
}

/// A date with a time, as minutes, seconds and digits of the fraction in UTC, by which times are compared.
pub(crate) fn instant(text: &str) -> Option<(i64, u32, &str)> {
    if !is_date_time(text) {
        return None;
    }
    let (date, time) = text.split_once(['T', 't'])?;
    let (clock, zone) = time.split_at(time.find(['Z', 'z', '+', '-'])?);
    let (minutes, second) = minutes_and_second(clock)?;
    let minutes = days_since_march_of_year_0(date)? * 24 * 60 + minutes - offset(zone)?;
    let fraction = clock.split_once('.').map_or("", |(_, fraction)| fraction);
    Some((minutes, second, fraction.trim_end_matches('0')))
}

/// The number of days before a date. Years begin with March here, so that a leap day is the last day of its year.
fn days_since_march_of_year_0(date: &str) -> Option<i64> {
    let number = |range: std::ops::Range<usize>| date.get(range)?.parse::<i64>().ok();
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(year * 365 + leap_days + (153 * month + 2) / 5 + day)
}
