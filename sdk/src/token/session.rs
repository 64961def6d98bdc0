//! A token in use: its text, and when it is renewed and expires.
//!
//! ```text
//! 7200 s, fetched at 0    renewed between 6960 s and 7020 s, expires at 7200 s
//! ```

use std::time::{Duration, Instant};

use super::source::Token;
use crate::secret::Secret;
use crate::transport::TokenUrls;

/// No token of WeChat's is valid for longer, whatever a reply says.
const LONGEST_LIFE: Duration = Duration::from_secs(2 * 3600);

/// How long before its end a token is renewed: the stable endpoint gives out the next one from
/// about 300 s before, so earlier would bring the same token back.
pub(super) const LEAD: Duration = Duration::from_secs(4 * 60);

/// The part of the lead by which renewals are spread, so that processes do not renew together.
const SPREAD: f64 = 0.25;

/// A token in use.
#[derive(Debug)]
pub(crate) struct Session {
    token: Secret,
    urls: TokenUrls,
    /// When it is renewed, and when it expires; `None` if it does not expire.
    life: Option<Life>,
}

#[derive(Debug)]
struct Life {
    renewal: Instant,
    end: Instant,
}

impl Session {
    /// A token whose fetch began at `asked`: its lifetime is counted from there, so that a slow reply
    /// does not prolong it.
    pub(super) fn new(token: Token, asked: Instant) -> Self {
        let life = token.lifetime.map(|time| Life::new(time, asked, fastrand::f64()));
        let urls = TokenUrls::new(token.token.expose());
        Self { token: token.token, urls, life }
    }

    pub(crate) fn token(&self) -> &Secret {
        &self.token
    }

    /// The token as it stands in URLs.
    pub(crate) fn urls(&self) -> &TokenUrls {
        &self.urls
    }

    /// When it ends, unless it lasts.
    pub(super) fn end(&self) -> Option<Instant> {
        self.life.as_ref().map(|life| life.end)
    }

    pub(crate) fn is_alive(&self, now: Instant) -> bool {
        self.life.as_ref().is_none_or(|life| now < life.end)
    }

    pub(crate) fn is_fresh(&self, now: Instant) -> bool {
        self.life.as_ref().is_none_or(|life| now < life.renewal)
    }
}

impl Life {
    /// `spread`, from 0 to 1, is how early the renewal is within its range.
    fn new(time: Duration, asked: Instant, spread: f64) -> Self {
        let time = time.min(LONGEST_LIFE);
        let lead = LEAD.min(time / 2).mul_f64(1.0 - SPREAD * spread);
        Self { renewal: asked + time.saturating_sub(lead), end: asked + time }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After how many seconds a token of this lifetime is renewed, at the earliest and the latest,
    /// and after how many it ends.
    fn life(seconds: u64) -> (f64, f64, f64) {
        let asked = Instant::now();
        let [soonest, latest] =
            [0.0, 1.0].map(|spread| Life::new(Duration::from_secs(seconds), asked, spread));
        let after = |moment: Instant| (moment - asked).as_secs_f64();
        (after(soonest.renewal), after(latest.renewal), after(latest.end))
    }

    #[test]
    fn renewal_begins_240_to_180_seconds_before_the_end() {
        assert_eq!(life(7200), (6960.0, 7020.0, 7200.0));
    }

    #[test]
    fn a_short_lived_token_is_used_for_at_least_half_of_its_life() {
        assert_eq!(life(345), (172.5, 215.625, 345.0));
        assert_eq!(life(45), (22.5, 28.125, 45.0));
    }

    #[test]
    fn a_token_without_life_is_never_fresh() {
        assert_eq!(life(0), (0.0, 0.0, 0.0));
        let now = Instant::now();
        let session = Session::new(Token::new("t", Duration::ZERO), now);
        assert!(!session.is_fresh(now) && !session.is_alive(now));
    }

    #[test]
    fn absurd_lifetimes_are_cut_to_what_tokens_can_have() {
        assert_eq!(life(u64::MAX), life(7200));
    }

    #[test]
    fn a_lasting_token_stays_alive_and_fresh() {
        let session = Session::new(Token::lasting("t"), Instant::now());
        let much_later = Instant::now() + Duration::from_secs(1_000_000_000);
        assert!(session.is_alive(much_later) && session.is_fresh(much_later));
    }

    #[test]
    fn a_token_is_alive_until_its_end() {
        let asked = Instant::now();
        let session = Session::new(Token::new("t", Duration::from_secs(10)), asked);
        let is_alive = |seconds| session.is_alive(asked + Duration::from_secs_f64(seconds));
        assert_eq!([0.0, 9.9, 10.0, 11.0].map(is_alive), [true, true, false, false]);
    }
}
