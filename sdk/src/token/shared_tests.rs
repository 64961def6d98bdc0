//! Several processes' worth of sources on one store, on a clock that the test drives.

use std::future::{pending, ready};
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::task::{Context, Poll, Waker};

use futures_util::FutureExt;

use super::super::{Credentials, Sharing, TokenEndpoint};
use super::*;
use crate::clock::manual::ManualClock;
use crate::runtime::by_hand;
use crate::telemetry::tests::{events, recorded};
use crate::token::{MemoryStore, StoreFuture};

/// A token endpoint that hands out T1, T2, … for two hours each, and counts.
#[derive(Clone, Default)]
struct Endpoint {
    fetches: Arc<AtomicU64>,
    hangs: bool,
}

impl Endpoint {
    fn fetches(&self) -> u64 {
        self.fetches.load(SeqCst)
    }
}

impl TokenSource for Endpoint {
    fn fetch<'a>(&'a self, _: TokenRequest<'a>) -> TokenFuture<'a> {
        let number = self.fetches.fetch_add(1, SeqCst) + 1;
        if self.hangs {
            return Box::pin(pending());
        }
        Box::pin(ready(Ok(Token::new(format!("T{number}"), Duration::from_secs(2 * 3600)))))
    }
}

/// A store that is away: it fails, or hangs.
struct Away {
    hangs: bool,
}

impl Away {
    fn answer<T: Send + 'static>(&self) -> StoreFuture<'static, T> {
        if self.hangs { Box::pin(pending()) } else { Box::pin(ready(Err("away".into()))) }
    }
}

impl TokenStore for Away {
    fn load<'a>(&'a self, _: &'a str) -> StoreFuture<'a, Option<StoredToken>> {
        self.answer()
    }

    fn save<'a>(&'a self, _: &'a str, _: &'a StoredToken, _: StoreLock) -> StoreFuture<'a, bool> {
        self.answer()
    }

    fn invalidate<'a>(&'a self, _: &'a str, _: &'a Secret) -> StoreFuture<'a, ()> {
        self.answer()
    }

    fn lock<'a>(&'a self, _: &'a str, _: Duration) -> StoreFuture<'a, Option<StoreLock>> {
        self.answer()
    }

    fn unlock<'a>(&'a self, _: &'a str, _: StoreLock) -> StoreFuture<'a, ()> {
        self.answer()
    }
}

/// A source by way of a store.
fn shared(
    store: Arc<dyn TokenStore>,
    (source, credentials): (Arc<dyn TokenSource>, &Credentials),
    clock: &ManualClock,
    processes: u32,
) -> Arc<dyn TokenSource> {
    let mut sharing = Sharing { processes, ..Sharing::default() };
    sharing.set_store(store);
    let (time, attempt_timeout) = (clock.time(), Duration::from_secs(10));
    sharing.share(AccountSource { source, credentials, time, attempt_timeout })
}

/// A process of a fleet of four.
fn process(
    clock: &ManualClock,
    endpoint: &Endpoint,
    store: impl TokenStore + 'static,
) -> Arc<dyn TokenSource> {
    let legacy = Credentials::new("wx1", "s").token_endpoint(TokenEndpoint::Legacy);
    shared(Arc::new(store), (Arc::new(endpoint.clone()), &legacy), clock, 4)
}

fn poll<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    std::pin::Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
}

fn now(source: &Arc<dyn TokenSource>, request: TokenRequest<'_>) -> Result<Token, Error> {
    let fetched = by_hand::now(source.fetch(request));
    fetched.map_err(|error| *error.downcast::<Error>().unwrap())
}

fn text(fetched: Result<Token, Error>) -> String {
    fetched.unwrap().token.expose().to_owned()
}

struct Fleet {
    clock: ManualClock,
    endpoint: Endpoint,
    store: MemoryStore,
    processes: Vec<Arc<dyn TokenSource>>,
}

impl Fleet {
    fn new() -> Self {
        let (clock, endpoint) = (ManualClock::new(), Endpoint::default());
        let store = MemoryStore::on(clock.clone());
        let processes = (0..4).map(|_| process(&clock, &endpoint, store.clone())).collect();
        Self { clock, endpoint, store, processes }
    }

    fn all(&self) -> Vec<String> {
        let fetch = |source| text(now(source, TokenRequest::default()));
        self.processes.iter().map(fetch).collect()
    }

    fn advance(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }
}

#[test]
fn one_process_fetches_and_the_others_find_its_token_with_the_life_that_is_left() {
    let fleet = Fleet::new();
    assert_eq!(fleet.all(), ["T1"; 4]);
    fleet.advance(3600);
    let token = now(&fleet.processes[1], TokenRequest::default()).unwrap();
    assert_eq!(token.lifetime, Some(Duration::from_secs(3600)));
    assert_eq!(fleet.endpoint.fetches(), 1);
}

#[test]
fn in_the_renewal_window_the_first_process_renews_and_the_others_take_over_its_token() {
    let fleet = Fleet::new();
    fleet.all();
    fleet.advance(7200 - 240);
    assert_eq!(fleet.all(), ["T2"; 4]);
    assert_eq!(fleet.endpoint.fetches(), 2);
}

#[test]
fn while_another_process_renews_the_old_token_serves_and_without_one_they_wait() {
    let mut fleet = Fleet::new();
    fleet.all();
    fleet.advance(7200 - 100);
    let slow = Endpoint { hangs: true, ..fleet.endpoint.clone() };
    let holder = process(&fleet.clock, &slow, fleet.store.clone());
    let mut fetch = holder.fetch(TokenRequest::default());
    assert!(poll(&mut fetch).is_pending());
    assert_eq!(fleet.all(), ["T1"; 4]);
    // The token ends while the lock is still held: now there is nothing to use meanwhile.
    fleet.advance(100);
    drop(fetch);
    let mut holder = holder.fetch(TokenRequest::default());
    assert!(poll(&mut holder).is_pending());
    let waiting = fleet.processes.remove(0);
    let mut waiting = waiting.fetch(TokenRequest::default());
    assert!(poll(&mut waiting).is_pending());
    assert_eq!(fleet.endpoint.fetches(), 3);
    // The holder has died: its lock lasts 12 s.
    drop(holder);
    for _ in 0..12 {
        assert!(poll(&mut waiting).is_pending());
        fleet.advance(1);
    }
    let Poll::Ready(Ok(token)) = poll(&mut waiting) else { panic!("the lock is not freed") };
    assert_eq!(token.token.expose(), "T4");
}

#[test]
fn a_refused_token_is_replaced_once_and_whoever_is_late_finds_the_new_one() {
    let fleet = Fleet::new();
    fleet.all();
    let refused = Secret::new("T1");
    let request = TokenRequest { refused: Some(&refused), alive_until: None };
    for process in &fleet.processes {
        assert_eq!(text(now(process, request)), "T2");
    }
    assert_eq!(fleet.endpoint.fetches(), 2);
}

#[test]
fn a_holder_that_lost_its_lock_cannot_save_and_takes_the_winners_token() {
    let fleet = Fleet::new();
    let load = || fleet.store.load("wx1").now_or_never().unwrap().unwrap();
    let take = || fleet.store.lock("wx1", Duration::from_secs(12)).now_or_never().unwrap();
    let late = take().unwrap().unwrap();
    fleet.advance(12);
    assert_eq!(fleet.all(), ["T1"; 4]);
    let hour = Duration::from_secs(3600);
    let stale = StoredToken::new("stale", hour, hour);
    let saved = fleet.store.save("wx1", &stale, late).now_or_never().unwrap().unwrap();
    assert!(!saved);
    assert_eq!(load().unwrap().token().expose(), "T1");
}

#[test]
fn two_accounts_in_one_store_do_not_meet() {
    let fleet = Fleet::new();
    fleet.all();
    assert!(fleet.store.load("wx2").now_or_never().unwrap().unwrap().is_none());
}

/// Where each fetch looked for a token, and what was recorded of it.
fn lines_of(source: &Arc<dyn TokenSource>) -> Vec<String> {
    let (fetched, lines) = recorded(|| now(source, TokenRequest::default()));
    fetched.unwrap();
    lines
}

#[test]
fn it_is_reported_where_a_token_comes_from_and_when_the_store_fails() {
    let fleet = Fleet::new();
    let span = "DEBUG span: token";
    let [store, wechat, alone] = ["store", "wechat", "wechat, without the store"]
        .map(|place| format!("token from={place:?}"));
    assert_eq!(lines_of(&fleet.processes[0]), [span, &store, &wechat]);
    assert_eq!(lines_of(&fleet.processes[1]), [span, &store]);
    for (hangs, error) in [(false, "away"), (true, "the token store does not answer")] {
        let clock = ManualClock::eager();
        let source = process(&clock, &Endpoint::default(), Away { hangs });
        let failed = format!("WARN event: the token store failed error={error}");
        assert_eq!(lines_of(&source), [span, &store, &failed, &alone]);
    }
}

#[test]
fn a_token_that_could_not_be_saved_or_a_lock_not_freed_is_reported_and_no_matter() {
    let failed = |what| format!("WARN event: the token store failed error=cannot {what}");
    let stolen = "WARN event: another process has taken the token store's lock: this one's fetch \
                  took too long";
    for (fails, token, expected) in [
        ("save", "T1", vec![failed("save")]),
        ("unlock", "winner", vec![failed("unlock")]),
        ("load and unlock", "T1", vec![failed("unlock"), failed("load")]),
        ("steal", "winner", vec![stolen.to_owned()]),
    ] {
        let clock = ManualClock::new();
        let store = Beaten { store: MemoryStore::on(Arc::new(clock.clone())), fails };
        let source = process(&clock, &Endpoint::default(), Arc::new(store));
        let (fetched, lines) = events(|| text(now(&source, TokenRequest::default())));
        assert_eq!((fetched, lines), (token.to_owned(), expected), "{fails}");
    }
}

#[test]
fn with_the_store_away_a_living_token_serves_on_until_shortly_before_its_end() {
    let (clock, endpoint) = (ManualClock::new(), Endpoint::default());
    let source = process(&clock, &endpoint, Away { hangs: false });
    let end = clock.time().now() + Duration::from_secs(11);
    let request = TokenRequest { refused: None, alive_until: Some(end) };
    let error = now(&source, request).unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Connect, true));
    assert_eq!(error.source().unwrap().to_string(), "away");
    let message = "the token store cannot be reached: the current token stays in use";
    assert_eq!((&*error.to_string(), endpoint.fetches()), (message, 0));
    clock.advance(Duration::from_secs(1));
    assert_eq!(text(now(&source, request)), "T1");
}

#[test]
fn a_stored_token_is_due_four_minutes_before_its_end_or_at_half_its_life() {
    // A hundredth of the lifetime, and a second at most, is added to the lead.
    for (lifetime, last) in [(7200, 241_000), (480, 241_000), (100, 51_000), (10, 5_100)] {
        let due = |left| {
            let left = Duration::from_millis(left);
            is_due(&StoredToken::new("T", Duration::from_secs(lifetime), left))
        };
        assert_eq!((due(last), due(last + 1)), (true, false), "{lifetime}");
    }
}

#[test]
fn with_the_store_away_a_process_keeps_to_its_share_of_the_quota() {
    let (clock, endpoint) = (ManualClock::new(), Endpoint::default());
    let source = process(&clock, &endpoint, Away { hangs: false });
    let fetched = (0..24 * 60).filter(|_| {
        clock.advance(Duration::from_secs(60));
        now(&source, TokenRequest::default()).is_ok()
    });
    let fetched = fetched.count();
    assert!((12 + 350..12 + 370).contains(&fetched), "{fetched} of 2,000 / 4");
    let error = now(&source, TokenRequest::default()).unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Throttled, true));
    assert_eq!(
        error.to_string(),
        "the token store is out of reach, and this process has used up its share of the token \
         endpoint's daily quota"
    );
}

#[test]
fn a_store_that_hangs_is_given_up_after_a_second() {
    let (clock, endpoint) = (ManualClock::new(), Endpoint::default());
    let source = process(&clock, &endpoint, Away { hangs: true });
    let mut fetch = source.fetch(TokenRequest::default());
    assert!(poll(&mut fetch).is_pending());
    clock.advance(Duration::from_secs(1));
    assert!(matches!(poll(&mut fetch), Poll::Ready(Ok(_))));
}

#[test]
fn a_lock_that_is_never_freed_is_given_up_and_the_token_fetched_without_it() {
    let clock = ManualClock::eager();
    let endpoint = Endpoint::default();
    let store = MemoryStore::on(clock.clone());
    store.lock("wx1", Duration::from_secs(3600)).now_or_never().unwrap().unwrap();
    let source = process(&clock, &endpoint, store);
    let start = clock.time().now();
    let (token, lines) = events(|| text(now(&source, TokenRequest::default())));
    assert_eq!(token, "T1");
    let never_freed = "the token store's lock is never freed";
    assert_eq!(lines, [format!("WARN event: the token store failed error={never_freed}")]);
    let waited = clock.time().now() - start;
    assert!((24..26).contains(&waited.as_secs()), "{waited:?}");
}

/// A store in which another process gets ahead with a token, `winner`, and of which one answer fails.
struct Beaten {
    store: MemoryStore,
    /// What fails, if anything; loading, while the store is locked. Where a lock is stolen, the other process
    /// is ahead when the token is saved, and in most other cases when the lock is taken.
    fails: &'static str,
}

impl Beaten {
    async fn win(&self, account: &str, lock: StoreLock) -> Result<bool, Foreign> {
        let life = Duration::from_secs(2 * 3600);
        self.store.save(account, &StoredToken::new("winner", life, life), lock).await
    }

    fn fail_at(&self, what: &str) -> Result<(), Foreign> {
        if self.fails.contains(what) { Err(format!("cannot {what}").into()) } else { Ok(()) }
    }
}

impl TokenStore for Beaten {
    fn load<'a>(&'a self, account: &'a str) -> StoreFuture<'a, Option<StoredToken>> {
        Box::pin(async move {
            if self.store.lock(account, Duration::ZERO).await?.is_none() {
                self.fail_at("load")?;
            }
            self.store.load(account).await
        })
    }

    fn save<'a>(
        &'a self,
        account: &'a str,
        token: &'a StoredToken,
        lock: StoreLock,
    ) -> StoreFuture<'a, bool> {
        Box::pin(async move {
            self.fail_at("save")?;
            if self.fails == "steal" {
                return self.win(account, lock).await.map(|saved| !saved);
            }
            self.store.save(account, token, lock).await
        })
    }

    fn invalidate<'a>(&'a self, account: &'a str, token: &'a Secret) -> StoreFuture<'a, ()> {
        self.store.invalidate(account, token)
    }

    fn lock<'a>(&'a self, account: &'a str, life: Duration) -> StoreFuture<'a, Option<StoreLock>> {
        Box::pin(async move {
            let lock = self.store.lock(account, life).await?;
            if ["save", "steal", "load and unlock"].contains(&self.fails) {
                return Ok(lock);
            }
            self.win(account, lock.unwrap()).await?;
            self.store.lock(account, life).await
        })
    }

    fn unlock<'a>(&'a self, account: &'a str, lock: StoreLock) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            self.fail_at("unlock")?;
            self.store.unlock(account, lock).await
        })
    }
}

#[test]
fn a_token_that_was_saved_between_the_look_and_the_lock_is_used_and_the_lock_freed() {
    let (clock, endpoint) = (ManualClock::new(), Endpoint::default());
    let store = MemoryStore::on(clock.clone());
    let source = process(&clock, &endpoint, Beaten { store: store.clone(), fails: "" });
    assert_eq!(text(now(&source, TokenRequest::default())), "winner");
    assert_eq!(endpoint.fetches(), 0);
    assert!(store.lock("wx1", Duration::from_secs(1)).now_or_never().unwrap().unwrap().is_some());
}

#[test]
fn a_token_that_is_not_due_is_used_without_the_lock() {
    let (clock, endpoint) = (ManualClock::new(), Endpoint::default());
    let store = MemoryStore::on(clock.clone());
    assert_eq!(
        text(now(&process(&clock, &endpoint, store.clone()), TokenRequest::default())),
        "T1"
    );
    // Whoever takes the lock of this store finds another's token behind it.
    let source = process(&clock, &endpoint, Beaten { store, fails: "" });
    assert_eq!(text(now(&source, TokenRequest::default())), "T1");
}

#[test]
fn a_refused_token_is_taken_from_the_store_although_no_other_can_be_had() {
    let fleet = Fleet::new();
    fleet.all();
    let credentials = Credentials::new("wx1", "s");
    let source =
        shared(Arc::new(fleet.store.clone()), (Arc::new(Down), &credentials), &fleet.clock, 1);
    let load = || fleet.store.load("wx1").now_or_never().unwrap().unwrap();
    for (refused, is_kept) in [("another", true), ("T1", false)] {
        let refused = Secret::new(refused);
        let request = TokenRequest { refused: Some(&refused), alive_until: None };
        assert_eq!(now(&source, request).is_ok(), is_kept);
        assert_eq!(load().is_some(), is_kept);
    }
}

/// An endpoint that is down.
struct Down;

impl TokenSource for Down {
    fn fetch<'a>(&'a self, _: TokenRequest<'a>) -> TokenFuture<'a> {
        let error = Error::new(ErrorKind::Connect, "cannot connect").retryable(true);
        Box::pin(ready(Err(error.into())))
    }
}

#[test]
fn a_fetch_that_fails_frees_the_lock_and_says_if_the_store_failed_too() {
    let clock = ManualClock::new();
    let store = MemoryStore::on(clock.clone());
    let share = |store: Arc<dyn TokenStore>| {
        let credentials = Credentials::new("wx1", "s");
        shared(store, (Arc::new(Down), &credentials), &clock, 1)
    };
    let source = share(Arc::new(store.clone()));
    let error = now(&source, TokenRequest::default()).unwrap_err();
    assert_eq!(error.to_string(), "cannot connect");
    assert!(store.lock("wx1", Duration::from_secs(1)).now_or_never().unwrap().unwrap().is_some());
    let source = share(Arc::new(Away { hangs: false }));
    let error = now(&source, TokenRequest::default()).unwrap_err();
    assert_eq!(error.to_string(), "cannot connect; the token store is out of reach as well");
}
