//! Points in time as the API writes them, in whole seconds or milliseconds.
//!
//! ```text
//! { "type": "integer", "format": "unix-time" }       1457280000: 2016-03-06T16:00:00Z
//! { "type": "integer", "format": "unix-time-ms" }    1457280000000: the same
//! ```

use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[cfg(feature = "chrono")]
use wechat_bizwifi_rules::message::OUT_OF_CHRONO;

/// In nanoseconds.
const SECOND: i128 = 1_000_000_000;
const MILLISECOND: i128 = 1_000_000;

/// Conversions, text and serde of a type that counts time in units of this many nanoseconds.
macro_rules! as_whole_number {
    ($time:ident, $nanos:expr) => {
        impl $time {
            /// Rounded down, and limited to the range of the type.
            fn from_nanos(nanos: i128) -> Self {
                let number = nanos.div_euclid($nanos);
                Self(i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX }))
            }

            fn nanos(self) -> i128 {
                i128::from(self.0) * $nanos
            }

            /// The present moment, by the system's clock.
            pub fn now() -> Self {
                SystemTime::now().into()
            }

            /// A later point, rounded down; the last one of the type if it is beyond that.
            #[must_use]
            pub fn saturating_add(self, duration: Duration) -> Self {
                Self::from_nanos(self.nanos().saturating_add(signed(duration)))
            }

            /// An earlier point, rounded down; the first one of the type if it is beyond that.
            #[must_use]
            pub fn saturating_sub(self, duration: Duration) -> Self {
                Self::from_nanos(self.nanos().saturating_sub(signed(duration)))
            }

            /// The same point as a [`SystemTime`]; `None` if it is out of the range of that type.
            pub fn to_system_time(self) -> Option<SystemTime> {
                let distance = duration(self.nanos().unsigned_abs())?;
                if self.0 < 0 {
                    UNIX_EPOCH.checked_sub(distance)
                } else {
                    UNIX_EPOCH.checked_add(distance)
                }
            }
        }

        impl From<SystemTime> for $time {
            fn from(time: SystemTime) -> Self {
                Self::from_nanos(match time.duration_since(UNIX_EPOCH) {
                    Ok(after) => signed(after),
                    Err(before) => -signed(before.duration()),
                })
            }
        }

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

        #[cfg(feature = "jiff")]
        impl From<jiff::Timestamp> for $time {
            fn from(time: jiff::Timestamp) -> Self {
                Self::from_nanos(time.as_nanosecond())
            }
        }

        #[cfg(feature = "jiff")]
        impl TryFrom<$time> for jiff::Timestamp {
            type Error = jiff::Error;

            fn try_from(time: $time) -> Result<Self, Self::Error> {
                Self::from_nanosecond(time.nanos())
            }
        }

        #[cfg(feature = "chrono")]
        impl<Z: chrono::TimeZone> From<chrono::DateTime<Z>> for $time {
            fn from(time: chrono::DateTime<Z>) -> Self {
                let seconds = i128::from(time.timestamp());
                Self::from_nanos(seconds * SECOND + i128::from(time.timestamp_subsec_nanos()))
            }
        }

        #[cfg(feature = "chrono")]
        impl TryFrom<$time> for chrono::DateTime<chrono::Utc> {
            type Error = crate::wire::Invalid;

            fn try_from(time: $time) -> Result<Self, Self::Error> {
                let millis = i64::try_from(time.nanos() / MILLISECOND).ok();
                millis
                    .and_then(Self::from_timestamp_millis)
                    .ok_or_else(|| crate::wire::Invalid::new("format", OUT_OF_CHRONO.into()))
            }
        }

        #[cfg(feature = "time")]
        impl From<time::OffsetDateTime> for $time {
            fn from(time: time::OffsetDateTime) -> Self {
                Self::from_nanos(time.unix_timestamp_nanos())
            }
        }

        #[cfg(feature = "time")]
        impl TryFrom<$time> for time::OffsetDateTime {
            type Error = time::error::ComponentRange;

            fn try_from(time: $time) -> Result<Self, Self::Error> {
                Self::from_unix_timestamp_nanos(time.nanos())
            }
        }
    };
}

fn signed(duration: Duration) -> i128 {
    i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX)
}

fn duration(nanos: u128) -> Option<Duration> {
    let (seconds, rest) = (nanos / SECOND.unsigned_abs(), nanos % SECOND.unsigned_abs());
    Some(Duration::new(seconds.try_into().ok()?, rest.try_into().ok()?))
}

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
}

as_whole_number!(UnixTime, SECOND);

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
}

as_whole_number!(UnixTimeMillis, MILLISECOND);

/// Limited to the range of the type.
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
        assert_eq!(UnixTime::from(UnixTimeMillis::from_millis(1999)).seconds(), 1);
        assert_eq!(UnixTimeMillis::from(UnixTime::from_seconds(2)).millis(), 2000);
        assert_eq!(UnixTimeMillis::from(UnixTime::from_seconds(i64::MIN)).millis(), i64::MIN);
    }

    #[test]
    fn a_duration_leads_to_a_later_or_an_earlier_point_within_the_range() {
        let (time, millis) = (UnixTime::from_seconds(10), UnixTimeMillis::from_millis(10));
        for (duration, [later, earlier], [later_ms, earlier_ms]) in [
            (Duration::from_secs(5), [15, 5], [5_010, -4_990]),
            (Duration::from_millis(1500), [11, 8], [1_510, -1_490]),
            (Duration::MAX, [i64::MAX, i64::MIN], [i64::MAX, i64::MIN]),
        ] {
            assert_eq!(time.saturating_add(duration).seconds(), later);
            assert_eq!(time.saturating_sub(duration).seconds(), earlier);
            assert_eq!(millis.saturating_add(duration).millis(), later_ms);
            assert_eq!(millis.saturating_sub(duration).millis(), earlier_ms);
        }
        let now = SystemTime::now().into();
        assert!(
            UnixTime::now() >= now
                && UnixTime::now() <= now.saturating_add(Duration::from_secs(60))
        );
    }

    #[test]
    fn a_time_is_the_same_point_for_the_system_and_back() {
        for seconds in [1_457_712_000, 1, 0, -1] {
            let time = UnixTime::from_seconds(seconds);
            assert_eq!(time.to_system_time().map(UnixTime::from), Some(time));
        }
        for millis in [1_457_712_000_123, 999, 0, -1, -1001] {
            let time = UnixTimeMillis::from_millis(millis);
            assert_eq!(time.to_system_time().map(UnixTimeMillis::from), Some(time));
        }
        let later = UNIX_EPOCH + Duration::from_secs(1_457_712_000);
        assert_eq!(UnixTime::from_seconds(1_457_712_000).to_system_time(), Some(later));
    }
}
