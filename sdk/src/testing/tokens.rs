//! Issuing access tokens, and telling which of them are still good.

use std::collections::HashMap;
use std::time::Duration;

use super::quota::{Window, day};
use super::refusal::{Outcome, Refusal};

/// How many seconds a token is good for.
const LIFETIME: i64 = 7200;
/// The stable token is renewed when this little of it remains.
const RENEWAL: Duration = Duration::from_secs(5 * 60);
/// How long `GET /cgi-bin/token` lets the previous token live.
const OVERLAP: Duration = Duration::from_secs(5 * 60);
/// Forced refreshes of the stable token have to be this far apart.
const BETWEEN_FORCED: Duration = Duration::from_secs(30);
const FORCED_PER_DAY: u64 = 20;
/// After this, an ended token is no longer known.
const MEMORY: Duration = Duration::from_secs(24 * 3600);

/// A token, and for how many seconds it is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Grant {
    pub(super) token: String,
    pub(super) expires_in: i64,
}

/// What an account has been given.
#[derive(Debug, Default)]
pub(super) struct Wallet {
    stable: Option<String>,
    plain: Option<String>,
    forced: Window,
    last_forced: Option<Duration>,
}

/// Every token that was issued.
#[derive(Debug)]
pub(super) struct Tokens {
    issued: HashMap<String, Issued>,
    lifetime: i64,
    count: u64,
}

#[derive(Debug)]
struct Issued {
    appid: String,
    expires: Duration,
    /// From when on a newer one has taken its place.
    replaced: Option<Duration>,
}

impl Default for Tokens {
    fn default() -> Self {
        Self { issued: HashMap::new(), lifetime: LIFETIME, count: 0 }
    }
}

impl Tokens {
    /// From now on, issued tokens are good for so many seconds.
    pub(super) fn set_lifetime(&mut self, seconds: i64) {
        self.lifetime = seconds;
    }

    /// How many were issued.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// The stable token: the same one until it nears its end.
    pub(super) fn stable(&mut self, wallet: &mut Wallet, appid: &str, now: Duration) -> Grant {
        if let Some(grant) = self.lasting(wallet.stable.as_deref(), now) {
            return grant;
        }
        let grant = self.issue(appid, now);
        wallet.stable = Some(grant.token.clone());
        grant
    }

    /// A new stable token, which ends the present one; the present one, if it is too soon.
    pub(super) fn forced(
        &mut self,
        wallet: &mut Wallet,
        appid: &str,
        now: Duration,
    ) -> Outcome<Grant> {
        let soon = |last: Duration| now.saturating_sub(last) < BETWEEN_FORCED;
        if wallet.last_forced.is_some_and(soon) {
            return Ok(self.stable(wallet, appid, now));
        }
        if !wallet.forced.allows(day(now), Some(FORCED_PER_DAY)) {
            return Err(Refusal::new(45009));
        }
        wallet.last_forced = Some(now);
        self.replace(wallet.stable.take().as_deref(), now);
        Ok(self.stable(wallet, appid, now))
    }

    /// A new token, which ends the previous one when both have lived together for a while.
    pub(super) fn plain(&mut self, wallet: &mut Wallet, appid: &str, now: Duration) -> Grant {
        self.replace(wallet.plain.as_deref(), now.saturating_add(OVERLAP));
        let grant = self.issue(appid, now);
        wallet.plain = Some(grant.token.clone());
        grant
    }

    /// Whose token it is.
    pub(super) fn owner(&self, token: &str, now: Duration) -> Outcome<&str> {
        let issued = self.issued.get(token).ok_or_else(|| Refusal::new(40014))?;
        if issued.replaced.is_some_and(|since| since <= now) {
            return Err(Refusal::new(40001));
        }
        if issued.expires <= now {
            return Err(Refusal::new(42001));
        }
        Ok(&issued.appid)
    }

    /// Makes every token one that was replaced, without issuing others.
    pub(super) fn revoke(&mut self, now: Duration) {
        self.issued.values_mut().for_each(|issued| issued.replace(now));
    }

    /// Ends the life of every token.
    pub(super) fn expire(&mut self, now: Duration) {
        self.issued.values_mut().for_each(|issued| issued.expires = issued.expires.min(now));
    }

    fn lasting(&self, token: Option<&str>, now: Duration) -> Option<Grant> {
        let token = token?;
        let left = self.issued.get(token)?.expires.saturating_sub(now);
        (left > RENEWAL).then(|| Grant { token: token.to_owned(), expires_in: seconds(left) })
    }

    fn replace(&mut self, token: Option<&str>, at: Duration) {
        if let Some(issued) = token.and_then(|token| self.issued.get_mut(token)) {
            issued.replace(at);
        }
    }

    fn issue(&mut self, appid: &str, now: Duration) -> Grant {
        self.issued.retain(|_, issued| issued.expires.saturating_add(MEMORY) > now);
        self.count = self.count.saturating_add(1);
        let token = new_token(self.count);
        let life = Duration::from_secs(u64::try_from(self.lifetime).unwrap_or(0));
        let expires = now.saturating_add(life);
        let issued = Issued { appid: appid.to_owned(), expires, replaced: None };
        self.issued.insert(token.clone(), issued);
        Grant { token, expires_in: self.lifetime }
    }
}

impl Issued {
    fn replace(&mut self, at: Duration) {
        self.replaced = Some(self.replaced.map_or(at, |earlier| earlier.min(at)));
    }
}

/// Whole seconds, rounded up: a token that was issued a moment ago says what it said then.
fn seconds(left: Duration) -> i64 {
    let whole = left.as_secs().saturating_add(u64::from(left.subsec_nanos() > 0));
    i64::try_from(whole).unwrap_or(i64::MAX)
}

/// As long as the longest that are documented, and of the same characters.
fn new_token(number: u64) -> String {
    const LENGTH: usize = 512;
    let mut token = format!("{number}_");
    token.extend(std::iter::repeat_with(fastrand::alphanumeric).take(LENGTH - token.len()));
    token
}

#[cfg(test)]
mod tests {
    use super::*;

    const APP: &str = "wx1";

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn fresh() -> (Tokens, Wallet) {
        (Tokens::default(), Wallet::default())
    }

    fn code(tokens: &Tokens, token: &str, seconds: u64) -> i64 {
        tokens.owner(token, at(seconds)).map_or_else(|refusal| refusal.code, |_| 0)
    }

    #[test]
    fn the_stable_token_stays_until_five_minutes_before_its_end() {
        let (mut tokens, mut wallet) = fresh();
        let first = tokens.stable(&mut wallet, APP, at(0));
        let same = tokens.stable(&mut wallet, APP, at(6899));
        assert_eq!((same.token.as_str(), same.expires_in), (first.token.as_str(), 301));
        let next = tokens.stable(&mut wallet, APP, at(6900));
        assert_eq!(next.expires_in, 7200);
        assert_ne!(next.token, first.token);
        assert_eq!(code(&tokens, &first.token, 7199), 0);
        assert_eq!(code(&tokens, &first.token, 7200), 42001);
        assert_eq!(code(&tokens, &next.token, 7200), 0);
    }

    #[test]
    fn what_is_left_of_a_second_counts_as_one() {
        let (mut tokens, mut wallet) = fresh();
        tokens.stable(&mut wallet, APP, at(0));
        let left = [1, 1000, 1001].map(|passed| {
            tokens.stable(&mut wallet, APP, Duration::from_millis(passed)).expires_in
        });
        assert_eq!(left, [7200, 7199, 7199]);
    }

    #[test]
    fn a_token_is_known_for_a_day_after_its_end() {
        for (seconds, expected) in [(7200 + 86_399, 42001), (7200 + 86_400, 40014)] {
            let (mut tokens, mut wallet) = fresh();
            let first = tokens.stable(&mut wallet, APP, at(0));
            tokens.stable(&mut wallet, APP, at(seconds));
            assert_eq!(code(&tokens, &first.token, seconds), expected);
        }
    }

    #[test]
    fn a_forced_refresh_ends_the_old_token_at_once() {
        let (mut tokens, mut wallet) = fresh();
        let old = tokens.stable(&mut wallet, APP, at(0));
        let new = tokens.forced(&mut wallet, APP, at(10)).unwrap();
        assert_eq!(code(&tokens, &old.token, 10), 40001);
        assert_eq!(code(&tokens, &new.token, 10), 0);
    }

    #[test]
    fn a_forced_refresh_within_thirty_seconds_of_another_does_nothing() {
        let (mut tokens, mut wallet) = fresh();
        let first = tokens.forced(&mut wallet, APP, at(1000)).unwrap();
        assert_eq!(tokens.forced(&mut wallet, APP, at(1029)).unwrap().token, first.token);
        assert_ne!(tokens.forced(&mut wallet, APP, at(1030)).unwrap().token, first.token);
    }

    #[test]
    fn the_twenty_first_forced_refresh_of_a_day_is_refused() {
        let (mut tokens, mut wallet) = fresh();
        for time in 0..20 {
            tokens.forced(&mut wallet, APP, at(time * 30)).unwrap();
        }
        assert_eq!(tokens.forced(&mut wallet, APP, at(600)).unwrap_err().code, 45009);
        assert!(tokens.forced(&mut wallet, APP, at(24 * 3600)).is_ok());
    }

    #[test]
    fn each_plain_token_ends_the_one_before_after_five_minutes() {
        let (mut tokens, mut wallet) = fresh();
        let first = tokens.plain(&mut wallet, APP, at(0));
        let second = tokens.plain(&mut wallet, APP, at(100));
        assert_eq!(code(&tokens, &first.token, 399), 0);
        assert_eq!(code(&tokens, &first.token, 400), 40001);
        assert_eq!(code(&tokens, &second.token, 400), 0);
    }

    #[test]
    fn a_revoked_stable_token_is_handed_out_again_until_it_is_forced() {
        let (mut tokens, mut wallet) = fresh();
        let token = tokens.stable(&mut wallet, APP, at(0)).token;
        tokens.revoke(at(1));
        assert_eq!(tokens.stable(&mut wallet, APP, at(2)).token, token);
        assert_eq!(code(&tokens, &token, 2), 40001);
        let forced = tokens.forced(&mut wallet, APP, at(3)).unwrap().token;
        assert_eq!(code(&tokens, &forced, 3), 0);
    }

    #[test]
    fn a_token_that_nobody_issued_is_none() {
        assert_eq!(code(&fresh().0, "made up", 0), 40014);
    }
}
