//! A point in time as the API writes it.
//!
//! ```text
//! { "type": "integer", "format": "unix-time" }    1457280000: 2016-03-06T16:00:00Z
//! ```

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What a point in time shares with the whole number that it is: conversions, text and serde.
macro_rules! as_whole_number {
    ($time:ident) => {
        impl From<i64> for $time {
            fn from(number: i64) -> Self {
                Self(number)
            }
        }

        impl From<$time> for i64 {
            fn from(time: $time) -> Self {
                time.0
            }
        }

        impl ::std::fmt::Display for $time {
            fn fmt(&self, out: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(out)
            }
        }

        impl ::serde::Serialize for $time {
            fn serialize<S: ::serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                output.serialize_i64(self.0)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $time {
            fn deserialize<D: ::serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                i64::deserialize(input).map(Self)
            }
        }
    };
}

pub(super) use as_whole_number;

/// A point in time, in whole seconds since 1970-01-01T00:00:00Z.
///
/// It converts from seconds and from [`SystemTime`] (rounded down to the second), and behind the
/// features `jiff`, `chrono` and `time` from those crates' timestamps, and back.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use wechat_bizwifi::UnixTime;
///
/// let start = UnixTime::from(1_457_280_000);
/// assert_eq!(start, UnixTime::from(UNIX_EPOCH + Duration::from_secs(1_457_280_000)));
/// assert_eq!(start.to_string(), "1457280000");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(i64);

impl UnixTime {
    /// The point in time this many seconds after 1970-01-01T00:00:00Z; before it, if negative.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// The same point as a [`SystemTime`]; `None` where the system's clock does not reach.
    pub fn to_system_time(self) -> Option<SystemTime> {
        let distance = Duration::from_secs(self.0.unsigned_abs());
        if self.0 < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) }
    }
}

as_whole_number!(UnixTime);

impl From<SystemTime> for UnixTime {
    fn from(time: SystemTime) -> Self {
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Self(saturating(after.as_secs())),
            Err(before) => Self(-saturating(rounded_up(before.duration()))),
        }
    }
}

/// Whole seconds, with any fraction counted as one more: rounding down, before 1970.
fn rounded_up(duration: Duration) -> u64 {
    duration.as_secs().saturating_add(u64::from(duration.subsec_nanos() > 0))
}

fn saturating(seconds: u64) -> i64 {
    i64::try_from(seconds).unwrap_or(i64::MAX)
}

#[cfg(feature = "jiff")]
mod jiff {
    use super::UnixTime;

    impl From<jiff::Timestamp> for UnixTime {
        fn from(time: jiff::Timestamp) -> Self {
            Self(time.as_second() - i64::from(time.subsec_nanosecond() < 0))
        }
    }

    impl TryFrom<UnixTime> for jiff::Timestamp {
        type Error = jiff::Error;

        fn try_from(time: UnixTime) -> Result<Self, Self::Error> {
            Self::from_second(time.0)
        }
    }
}

#[cfg(feature = "chrono")]
mod chrono {
    use chrono::{DateTime, TimeZone, Utc};

    use super::UnixTime;

    impl<Z: TimeZone> From<DateTime<Z>> for UnixTime {
        fn from(time: DateTime<Z>) -> Self {
            Self(time.timestamp())
        }
    }

    impl TryFrom<UnixTime> for DateTime<Utc> {
        type Error = crate::wire::Invalid;

        fn try_from(time: UnixTime) -> Result<Self, Self::Error> {
            Self::from_timestamp(time.0, 0)
                .ok_or_else(|| crate::wire::Invalid::new("format", "is out of chrono's range"))
        }
    }
}

#[cfg(feature = "time")]
mod time {
    use time::OffsetDateTime;

    use super::UnixTime;

    impl From<OffsetDateTime> for UnixTime {
        fn from(time: OffsetDateTime) -> Self {
            Self(time.unix_timestamp())
        }
    }

    impl TryFrom<UnixTime> for OffsetDateTime {
        type Error = time::error::ComponentRange;

        fn try_from(time: UnixTime) -> Result<Self, Self::Error> {
            Self::from_unix_timestamp(time.0)
        }
    }
}
