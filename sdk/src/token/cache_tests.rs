//! The cache on a clock that stands still, with a source that answers when the test says so.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::{Context, Poll, Waker};

use tokio::sync::oneshot;

use super::*;
use crate::clock::manual::ManualClock;
use crate::runtime::by_hand::{now, poll};
use crate::secret::Secret;
use crate::telemetry::tests::events;
use crate::token::{Token, TokenFuture};

const HOUR: Duration = Duration::from_secs(3600);

/// A source that counts its fetches; the test answers each through its gate.
#[derive(Default)]
struct Gated {
    fetches: AtomicUsize,
    refused: Mutex<Vec<Option<Secret>>>,
    alive_until: Mutex<Vec<Option<Instant>>>,
    gates: Mutex<VecDeque<oneshot::Receiver<Result<Token, Error>>>>,
}

impl Gated {
    fn gate(&self) -> oneshot::Sender<Result<Token, Error>> {
        let (answer, gate) = oneshot::channel();
        self.gates.lock().unwrap().push_back(gate);
        answer
    }

    fn answer(&self, token: &str, seconds: u64) {
        let _ = self.gate().send(Ok(Token::new(token, Duration::from_secs(seconds))));
    }

    fn fail(&self, retryable: bool) {
        let _ = self.gate().send(Err(Error::new(ErrorKind::Connect, "down").retryable(retryable)));
    }

    fn fetches(&self) -> usize {
        self.fetches.load(SeqCst)
    }
}

impl TokenSource for Gated {
    fn fetch<'a>(&'a self, request: TokenRequest<'a>) -> TokenFuture<'a> {
        self.fetches.fetch_add(1, SeqCst);
        self.refused.lock().unwrap().push(request.refused().cloned());
        self.alive_until.lock().unwrap().push(request.alive_until);
        let gate = self.gates.lock().unwrap().pop_front();
        Box::pin(async move {
            match gate {
                Some(gate) => gate.await?.map_err(Into::into),
                None => std::future::pending().await,
            }
        })
    }
}

fn cache_of(source: Arc<dyn TokenSource>, clock: &ManualClock) -> TokenCache {
    TokenCache::new(source, Arc::default(), clock.time(), Duration::from_secs(30))
}

struct Setup {
    clock: ManualClock,
    source: Arc<Gated>,
    cache: TokenCache,
}

impl Setup {
    fn new() -> Self {
        let (clock, source) = (ManualClock::new(), Arc::new(Gated::default()));
        let cache = cache_of(source.clone(), &clock);
        Self { clock, source, cache }
    }

    fn deadline(&self) -> Deadline {
        Deadline::after(self.clock.time().now(), Duration::from_secs(60))
    }

    fn get(&self) -> Pin<Box<dyn Future<Output = Fetched> + Send + '_>> {
        Box::pin(session(self.cache.get(self.deadline())))
    }

    /// The token that a call gets at once.
    fn now(&self) -> Fetched {
        match poll(&mut self.get()) {
            Poll::Ready(fetched) => fetched,
            Poll::Pending => panic!("the call waits"),
        }
    }

    fn advance(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }
}

async fn session(got: impl Future<Output = Result<Acquired, Error>>) -> Fetched {
    got.await.map(|acquired| acquired.session)
}

fn text(fetched: &Fetched) -> &str {
    fetched.as_ref().unwrap().token().expose()
}

#[test]
fn a_thousand_calls_on_a_cold_cache_share_one_fetch() {
    let setup = Setup::new();
    let gate = setup.source.gate();
    let mut calls: Vec<_> = (0..1000).map(|_| setup.get()).collect();
    assert!(calls.iter_mut().all(|call| poll(call).is_pending()));
    gate.send(Ok(Token::new("one", HOUR))).unwrap();
    for call in &mut calls {
        assert!(
            matches!(poll(call), Poll::Ready(Ok(session)) if session.token().expose() == "one")
        );
    }
    assert_eq!(text(&setup.now()), "one");
    assert_eq!(setup.source.fetches(), 1);
}

#[test]
fn a_failed_fetch_fails_every_call_that_waited_and_the_next_call_tries_again() {
    let setup = Setup::new();
    let gate = setup.source.gate();
    let mut calls: Vec<_> = (0..10).map(|_| setup.get()).collect();
    assert!(calls.iter_mut().all(|call| poll(call).is_pending()));
    gate.send(Err(Error::new(ErrorKind::Connect, "down").retryable(true))).unwrap();
    for call in &mut calls {
        let Poll::Ready(Err(error)) = poll(call) else { panic!("it did not fail") };
        assert_eq!(error.kind(), ErrorKind::Connect);
    }
    assert_eq!(setup.source.fetches(), 1);
    setup.source.answer("two", 7200);
    assert_eq!(text(&setup.now()), "two");
    assert_eq!(setup.source.fetches(), 2);
}

#[test]
fn the_call_that_began_the_fetch_can_be_dropped_and_the_others_get_its_token() {
    let setup = Setup::new();
    let gate = setup.source.gate();
    let (mut first, mut second) = (setup.get(), setup.get());
    assert!(poll(&mut first).is_pending());
    assert!(poll(&mut second).is_pending());
    drop(first);
    assert!(poll(&mut second).is_pending());
    gate.send(Ok(Token::new("one", HOUR))).unwrap();
    assert_eq!(
        text(&match poll(&mut second) {
            Poll::Ready(fetched) => fetched,
            Poll::Pending => panic!("stranded"),
        }),
        "one"
    );
    assert_eq!(setup.source.fetches(), 1);
}

#[tokio::test]
async fn a_call_that_waits_is_woken_although_the_one_that_began_the_fetch_was_dropped() {
    let setup = Setup::new();
    let gate = setup.source.gate();
    let mut first = setup.get();
    assert!(poll_once(&mut first).is_pending());
    let cache = setup.cache.clone();
    let deadline = setup.deadline();
    let second = tokio::spawn(async move { session(cache.get(deadline)).await });
    tokio::task::yield_now().await;
    assert!(poll_once(&mut first).is_pending());
    drop(first);
    gate.send(Ok(Token::new("one", HOUR))).unwrap();
    assert_eq!(text(&second.await.unwrap()), "one");
}

fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
}

/// A fetch that takes `STEPS` polls, each of which asks to be polled again.
struct Slow(AtomicUsize);

const STEPS: usize = 20;

impl TokenSource for Slow {
    fn fetch<'a>(&'a self, _: TokenRequest<'a>) -> TokenFuture<'a> {
        self.0.fetch_add(1, SeqCst);
        Box::pin(async {
            for _ in 0..STEPS {
                tokio::task::yield_now().await;
            }
            Ok(Token::new("one", HOUR))
        })
    }
}

#[tokio::test]
async fn the_call_that_began_the_fetch_can_be_dropped_at_every_await_point_in_turn() {
    for dropped_after in 0..STEPS {
        let source = Arc::new(Slow(AtomicUsize::new(0)));
        let clock = ManualClock::new();
        let cache = cache_of(source.clone(), &clock);
        let deadline = Deadline::after(clock.time().now(), Duration::from_secs(60));
        let mut calls: Vec<_> = (0..4).map(|_| Box::pin(session(cache.get(deadline)))).collect();
        assert!(calls.iter_mut().all(|call| poll_once(call).is_pending()));
        for _ in 0..dropped_after {
            tokio::task::yield_now().await;
            assert!(poll_once(&mut calls[0]).is_pending(), "{dropped_after}");
        }
        for other in calls.split_off(1) {
            drop(calls.pop());
            assert_eq!(text(&other.await), "one", "{dropped_after}");
        }
        assert_eq!(source.0.load(SeqCst), 1, "{dropped_after}");
    }
}

#[test]
fn a_fetch_goes_on_for_the_calls_to_come_when_the_last_one_is_dropped() {
    let setup = Setup::new();
    let gate = setup.source.gate();
    let mut only = setup.get();
    assert!(poll(&mut only).is_pending());
    drop(only);
    gate.send(Ok(Token::new("one", HOUR))).unwrap();
    assert_eq!(text(&setup.now()), "one");
    assert_eq!(setup.source.fetches(), 1);
}

#[test]
fn a_fetch_ends_with_the_cache() {
    let Setup { clock, source, cache } = Setup::new();
    let gate = source.gate();
    let deadline = Deadline::after(clock.time().now(), HOUR);
    assert!(poll(&mut Box::pin(cache.get(deadline))).is_pending());
    drop(cache);
    now(tokio::task::yield_now());
    assert!(gate.is_closed());
}

/// A source that panics at its first fetch.
struct Panics(Gated);

impl TokenSource for Panics {
    fn fetch<'a>(&'a self, request: TokenRequest<'a>) -> TokenFuture<'a> {
        if self.0.fetches() > 0 {
            return self.0.fetch(request);
        }
        self.0.fetches.fetch_add(1, SeqCst);
        Box::pin(async { panic!("an error of the source") })
    }
}

#[test]
fn a_source_that_panics_fails_the_calls_that_wait_and_is_asked_again_by_the_next() {
    let (clock, source) = (ManualClock::new(), Arc::new(Panics(Gated::default())));
    let cache = cache_of(source.clone(), &clock);
    let get = || session(cache.get(Deadline::after(clock.time().now(), HOUR)));
    let error = now(get()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no access token could be obtained: the token source panicked, or this tokio runtime is \
         shutting down"
    );
    assert!(!error.is_retryable());
    source.0.answer("one", 7200);
    assert_eq!(text(&now(get())), "one");
}

#[test]
fn what_is_empty_or_blank_is_no_token() {
    let setup = Setup::new();
    let white_space = "holds white space or a control character, perhaps a line break of the file \
                       that it was read from";
    for (token, problem) in
        [("", "is empty"), (" \n", "is empty"), ("T1\n", white_space), ("T\u{1}1", white_space)]
    {
        setup.source.answer(token, 7200);
        let error = setup.now().unwrap_err();
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Auth, true));
        let reason = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(reason, format!("the access token that was handed out {problem}"));
    }
    setup.source.answer("one", 7200);
    assert_eq!(text(&setup.now()), "one");
    assert_eq!(setup.source.fetches(), 5);
}

#[test]
fn in_the_renewal_window_one_call_renews_and_the_others_go_on() {
    let setup = Setup::new();
    setup.source.answer("one", 7200);
    assert_eq!(text(&setup.now()), "one");
    setup.advance(7200 - 180);
    let gate = setup.source.gate();
    let mut renewer = setup.get();
    assert!(poll(&mut renewer).is_pending());
    assert_eq!(text(&setup.now()), "one");
    gate.send(Ok(Token::new("two", HOUR))).unwrap();
    assert!(
        matches!(poll(&mut renewer), Poll::Ready(Ok(session)) if session.token().expose() == "two")
    );
    assert_eq!(text(&setup.now()), "two");
    assert_eq!(setup.source.fetches(), 2);
}

#[test]
fn a_source_is_told_until_when_the_token_in_hand_is_alive() {
    let setup = Setup::new();
    let end = setup.clock.time().now() + 2 * HOUR;
    setup.source.answer("one", 7200);
    setup.now().unwrap();
    setup.advance(7200 - 180);
    setup.source.answer("two", 7200);
    setup.now().unwrap();
    assert_eq!(*setup.source.alive_until.lock().unwrap(), [None, Some(end)]);
}

#[test]
fn a_renewal_that_fails_is_no_matter_and_is_not_tried_at_every_call() {
    let setup = Setup::new();
    setup.source.answer("one", 7200);
    assert_eq!(text(&setup.now()), "one");
    setup.advance(7200 - 180);
    let ((), lines) = events(|| {
        for _ in 0..179 {
            setup.source.fail(true);
            assert_eq!(text(&setup.now()), "one");
            setup.advance(1);
        }
    });
    let renewals = setup.source.fetches() - 1;
    assert!((9..=18).contains(&renewals), "{renewals}");
    let failed = "WARN event: the access token could not be renewed yet kind=\"connect\"";
    assert_eq!(lines, vec![failed; renewals]);
}

#[test]
fn ten_to_twenty_seconds_lie_between_two_renewals_of_a_token() {
    fastrand::seed(1);
    let mut pauses = Vec::new();
    for _ in 0..100 {
        let setup = Setup::new();
        setup.source.answer("one", 7200);
        assert_eq!(text(&setup.now()), "one");
        setup.advance(7200 - 180);
        setup.source.fail(true);
        assert_eq!(text(&setup.now()), "one");
        setup.source.fail(true);
        let tenths = (1..=300).find(|_| {
            setup.clock.advance(Duration::from_millis(100));
            assert_eq!(text(&setup.now()), "one");
            setup.source.fetches() == 3
        });
        pauses.push(tenths.unwrap());
    }
    pauses.sort_unstable();
    assert!(pauses[0] >= 100 && pauses[99] <= 201, "{pauses:?}");
    assert!(pauses[0] < 110 && pauses[99] > 190, "{pauses:?}");
}

#[test]
fn a_renewal_that_hangs_holds_its_call_for_two_seconds() {
    let setup = Setup::new();
    setup.source.answer("one", 7200);
    assert_eq!(text(&setup.now()), "one");
    setup.advance(7200 - 180);
    let mut renewer = setup.get();
    assert!(poll(&mut renewer).is_pending());
    setup.advance(1);
    assert!(poll(&mut renewer).is_pending());
    setup.advance(1);
    let (renewed, lines) = events(|| poll(&mut renewer));
    assert!(matches!(renewed, Poll::Ready(Ok(session)) if session.token().expose() == "one"));
    assert_eq!(lines, ["WARN event: the access token could not be renewed yet: no answer"]);
}

#[test]
fn a_token_is_not_held_past_its_life() {
    let setup = Setup::new();
    for (token, seconds) in [("a", 345), ("b", 45), ("c", 1)] {
        setup.source.answer(token, seconds);
        assert_eq!(text(&setup.now()), token);
        setup.advance(seconds);
    }
    setup.source.fail(true);
    assert_eq!(setup.now().unwrap_err().kind(), ErrorKind::Connect);
}

#[test]
fn a_token_without_life_serves_those_who_wait_and_is_not_kept() {
    let setup = Setup::new();
    let gate = setup.source.gate();
    let (mut first, mut second) = (setup.get(), setup.get());
    assert!(poll(&mut first).is_pending() && poll(&mut second).is_pending());
    gate.send(Ok(Token::new("brief", Duration::ZERO))).unwrap();
    for call in [&mut first, &mut second] {
        assert!(
            matches!(poll(call), Poll::Ready(Ok(session)) if session.token().expose() == "brief")
        );
    }
    assert_eq!(setup.source.fetches(), 1);
    setup.source.answer("next", 0);
    assert_eq!(text(&setup.now()), "next");
    assert_eq!(setup.source.fetches(), 2);
}

#[test]
fn only_the_token_that_was_refused_is_dropped() {
    let setup = Setup::new();
    setup.source.answer("one", 7200);
    let one = setup.now().unwrap();
    setup.cache.refused(&one);
    setup.source.answer("two", 7200);
    assert_eq!(text(&setup.now()), "two");
    setup.cache.refused(&one);
    assert_eq!(text(&setup.now()), "two");
    assert_eq!(setup.source.fetches(), 2);
    let seen = setup.source.refused.lock().unwrap().clone();
    assert_eq!(seen, [None, Some(Secret::new("one"))]);
}

#[test]
fn a_refused_token_is_tried_on_while_no_other_can_be_had() {
    let setup = Setup::new();
    setup.source.answer("one", 7200);
    let one = setup.now().unwrap();
    setup.cache.refused(&one);
    setup.source.fail(true);
    assert_eq!(text(&setup.now()), "one");
    setup.source.fail(false);
    assert_eq!(setup.now().unwrap_err().kind(), ErrorKind::Connect);
    setup.advance(7200);
    setup.source.fail(true);
    assert!(setup.now().is_err());
}

#[test]
fn a_call_waits_no_longer_than_its_deadline() {
    let setup = Setup::new();
    let deadline = Deadline::after(setup.clock.time().now(), Duration::from_secs(5));
    let mut call = Box::pin(setup.cache.get(deadline));
    assert!(poll(&mut call).is_pending());
    setup.advance(5);
    let Poll::Ready(Err(error)) = poll(&mut call) else { panic!("it did not end") };
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(!error.may_have_been_sent() && error.is_retryable());
    assert_eq!(error.to_string(), "the time limit passed while waiting for an access token");
}

#[test]
fn a_fetch_that_hangs_is_given_up_even_if_calls_keep_coming() {
    let setup = Setup::new();
    let mut calls = Vec::new();
    for _ in 0..3 {
        let mut call = setup.get();
        assert!(poll(&mut call).is_pending());
        calls.push(call);
        setup.advance(10);
    }
    assert!(
        matches!(poll(&mut calls[2]), Poll::Ready(Err(error)) if error.kind() == ErrorKind::Timeout)
    );
    setup.source.answer("one", 7200);
    assert_eq!(text(&setup.now()), "one");
    assert_eq!(setup.source.fetches(), 2);
}
