//! A point in time as the API writes it where it counts milliseconds.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::unix_time::{UnixTime, as_whole_number};

/// A point in time, in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// It converts from milliseconds, from [`UnixTime`] and from [`SystemTime`] (rounded down to the
/// millisecond), and behind the features `jiff`, `chrono` and `time` from those crates' timestamps, and
/// back.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use wechat_bizwifi::{UnixTime, UnixTimeMillis};
///
/// let day = UnixTimeMillis::from(1_430_409_600_000);
/// assert_eq!(day, UnixTimeMillis::from(UNIX_EPOCH + Duration::from_secs(1_430_409_600)));
/// assert_eq!(UnixTime::from(day), UnixTime::from_seconds(1_430_409_600));
/// assert_eq!(day.to_string(), "1430409600000");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTimeMillis(i64);

impl UnixTimeMillis {
    /// The point in time this many milliseconds after 1970-01-01T00:00:00Z; before it, if negative.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The same point as a [`SystemTime`]; `None` where the system's clock does not reach.
    pub fn to_system_time(self) -> Option<SystemTime> {
        let distance = Duration::from_millis(self.0.unsigned_abs());
        if self.0 < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) }
    }
}

as_whole_number!(UnixTimeMillis);

/// What lies beyond all milliseconds becomes the last of them.
impl From<UnixTime> for UnixTimeMillis {
    fn from(time: UnixTime) -> Self {
        Self(time.seconds().saturating_mul(1000))
    }
}

/// Rounded down to the second.
impl From<UnixTimeMillis> for UnixTime {
    fn from(time: UnixTimeMillis) -> Self {
        Self::from_seconds(time.0.div_euclid(1000))
    }
}

impl From<SystemTime> for UnixTimeMillis {
    fn from(time: SystemTime) -> Self {
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Self(saturating(after.as_millis())),
            Err(before) => Self(-saturating(before.duration().as_nanos().div_ceil(1_000_000))),
        }
    }
}

fn saturating(millis: u128) -> i64 {
    i64::try_from(millis).unwrap_or(i64::MAX)
}

#[cfg(feature = "jiff")]
mod jiff {
    use super::UnixTimeMillis;

    impl From<jiff::Timestamp> for UnixTimeMillis {
        fn from(time: jiff::Timestamp) -> Self {
            let is_rounded_up = time.subsec_nanosecond() % 1_000_000 < 0;
            Self(time.as_millisecond() - i64::from(is_rounded_up))
        }
    }

    impl TryFrom<UnixTimeMillis> for jiff::Timestamp {
        type Error = jiff::Error;

        fn try_from(time: UnixTimeMillis) -> Result<Self, Self::Error> {
            Self::from_millisecond(time.0)
        }
    }
}

#[cfg(feature = "chrono")]
mod chrono {
    use chrono::{DateTime, TimeZone, Utc};

    use super::UnixTimeMillis;

    impl<Z: TimeZone> From<DateTime<Z>> for UnixTimeMillis {
        fn from(time: DateTime<Z>) -> Self {
            Self(time.timestamp_millis())
        }
    }

    impl TryFrom<UnixTimeMillis> for DateTime<Utc> {
        type Error = crate::wire::Invalid;

        fn try_from(time: UnixTimeMillis) -> Result<Self, Self::Error> {
            Self::from_timestamp_millis(time.0)
                .ok_or_else(|| crate::wire::Invalid::new("format", "is out of chrono's range"))
        }
    }
}

#[cfg(feature = "time")]
mod time {
    use time::OffsetDateTime;

    use super::{UnixTimeMillis, saturating};

    impl From<OffsetDateTime> for UnixTimeMillis {
        fn from(time: OffsetDateTime) -> Self {
            let millis = time.unix_timestamp_nanos().div_euclid(1_000_000);
            let distance = saturating(millis.unsigned_abs());
            Self(if millis < 0 { -distance } else { distance })
        }
    }

    impl TryFrom<UnixTimeMillis> for OffsetDateTime {
        type Error = time::error::ComponentRange;

        fn try_from(time: UnixTimeMillis) -> Result<Self, Self::Error> {
            Self::from_unix_timestamp_nanos(i128::from(time.0) * 1_000_000)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_1970_it_is_rounded_down_as_after_it() {
        let at = |nanos: i64| {
            let distance = Duration::from_nanos(nanos.unsigned_abs());
            let time = if nanos < 0 { UNIX_EPOCH - distance } else { UNIX_EPOCH + distance };
            UnixTimeMillis::from(time).millis()
        };
        assert_eq!([-1_000_001, -1_000_000, -1, 0, 999_999].map(at), [-2, -1, -1, 0, 0]);
        assert_eq!(UnixTime::from(UnixTimeMillis::from_millis(-1)).seconds(), -1);
        assert_eq!(UnixTimeMillis::from(UnixTime::from_seconds(i64::MIN)).millis(), i64::MIN);
    }
}
