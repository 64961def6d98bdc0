use std::sync::LazyLock;

use wechat_bizwifi::Auth;
use wechat_bizwifi::testing::{Endpoint, TestServer};

use super::*;
use crate::failing;

#[test]
fn each_pause_is_twice_the_one_before() {
    assert_eq!([1, 2, 3].map(pause), [1, 2, 4].map(Duration::from_secs));
}

fn request(shop: i64) -> SetCouponPlacement {
    SetCouponPlacement::builder()
        .shop_id(shop)
        .card_id("p1")
        .card_describe("x")
        .start_time(1)
        .end_time(2)
        .card_quantity(10)
        .build()
        .unwrap()
}

fn job(request: &SetCouponPlacement, known: Option<Known>) -> Job<'_> {
    let key = Key::of("wx1", request);
    let entry = Entry { key, line: 2, state: State::Sending, unseen: false, code: None };
    Job::new(request, entry, known)
}

#[tokio::test]
async fn a_placement_that_was_not_confirmed_is_known_by_why() {
    let cut = failing::failed(|reply| reply.always().cut_before_reply()).await;
    for (error, first, after_another) in [
        (failing::refused(40007).await, State::Refused, State::Refused),
        (failing::invalid(), State::Refused, State::Refused),
        (failing::refused(-1).await, State::Unknown, State::Unknown),
        (cut, State::Unknown, State::Unknown),
        (failing::failed(|reply| reply.reply_status(502)).await, State::Unknown, State::Unknown),
        (
            failing::failed(|reply| reply.always().reply_html()).await,
            State::Unknown,
            State::Unknown,
        ),
        // What the service has certainly not done leaves open what came of the try before.
        (failing::refused(45009).await, State::Failed, State::Unknown),
        (failing::refused(40164).await, State::Failed, State::Unknown),
        (failing::unreached().await, State::Failed, State::Unknown),
    ] {
        let states = [false, true].map(|was_sent| state_after(&error, was_sent));
        assert_eq!(states, [first, after_another], "{error}");
        for state in states {
            let is_refused =
                matches!(of_writing(&error, state), Err(Outcome { verdict: Verdict::Refused, .. }));
            assert_eq!(is_refused, state == State::Refused, "{error}");
        }
    }
}

#[test]
fn what_was_done_before_and_what_may_have_been_is_known_by_the_last_try() {
    let (own, other) = (request(1), request(2));
    for (state, was_sent, done) in [
        (State::Sending, true, None),
        (State::Unknown, true, None),
        (State::Placed, false, Some(Verdict::Placed)),
        (State::Changed, false, Some(Verdict::Changed)),
        (State::Refused, false, None),
        (State::Failed, false, None),
    ] {
        let known = |request, is_earlier| {
            let entry = Entry { state, ..job(request, None).entry };
            let mut known = Known::of(&entry);
            known.is_earlier = is_earlier;
            Some(known)
        };
        let facts = |known| {
            let job = job(&own, known);
            (job.was_sent(), job.done_before().map(|outcome| outcome.verdict))
        };
        assert_eq!(facts(known(&own, false)), (was_sent, done), "{state:?}");
        assert_eq!(facts(known(&own, true)), (false, None), "an earlier campaign, {state:?}");
        assert_eq!(facts(known(&other, false)), (false, None), "another row, {state:?}");
    }
}

#[tokio::test]
async fn an_error_stops_a_row_or_all_of_them_or_makes_them_wait() {
    let errors = [
        (failing::refused(40007).await, "row"),
        (failing::refused(-1).await, "again"),
        (failing::failed(|reply| reply.reply_status(502)).await, "again"),
        (failing::unreached().await, "again, no connection"),
        (failing::refused(45011).await, "again, paused for 60 s"),
        (failing::asked_to_wait(503, 30).await, "again, paused for 30 s"),
        (failing::asked_to_wait(429, 900).await, "again, paused for 900 s"),
        (failing::asked_to_wait(429, 901).await, "run, Stopped"),
        (failing::asked_to_wait(429, u64::MAX).await, "run, Stopped"),
        (failing::refused(45009).await, "run, Quota"),
        (failing::refused(40164).await, "run, Stopped"),
    ];
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(&folder.path().join("journal")).unwrap();
    let client = Client::builder(Auth::fixed("token")).build().unwrap();
    tokio::time::pause();
    for (error, expected) in errors {
        let (pace, stop) = (Pace::per_minute(60_000), Stop::new());
        let work = work(&client, &journal, (&pace, &stop), None);
        let done = work.of_reading(&error);
        let start = tokio::time::Instant::now();
        pace.pause_over().await;
        let paused = start.elapsed().as_secs();
        let (is_stopped, exit) = (stop.is_stopped(), stop.failure().map(|why| why.exit));
        let done = match done {
            Ok(ControlFlow::Break(_)) => "done".to_owned(),
            Ok(ControlFlow::Continue(again)) if again.is_connection => {
                "again, no connection".to_owned()
            }
            Ok(ControlFlow::Continue(_)) if paused > 0 => {
                format!("again, paused for {paused} s")
            }
            Ok(ControlFlow::Continue(_)) => "again".to_owned(),
            Err(outcome) => match exit {
                None => {
                    assert_eq!(outcome.verdict, Verdict::Refused);
                    "row".to_owned()
                }
                Some(exit) => {
                    assert_eq!(outcome.verdict, Verdict::Failed);
                    format!("run, {exit:?}")
                }
            },
        };
        assert_eq!(done, expected, "{error}");
        assert_eq!(is_stopped, expected.starts_with("run"), "{error}");
    }
}

#[tokio::test]
async fn without_a_network_the_run_stops_after_the_last_try_unless_it_was_to_stop_before() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(&folder.path().join("journal")).unwrap();
    let client = failing::unreachable();
    let request = request(1);
    tokio::time::pause();
    for is_stopped in [false, true] {
        let (pace, stop) = (Pace::per_minute(60_000), Stop::new());
        if is_stopped {
            stop.now(Exit::Stopped, "it was to stop");
        }
        let work = work(&client, &journal, (&pace, &stop), None);
        let outcome = work.with_retries(&mut job(&request, None)).await.unwrap_err();
        let reason = stop.failure().unwrap().message;
        assert_eq!(reason.starts_with("it was to stop\n"), is_stopped);
        assert_eq!(reason.starts_with(&format!("{}\n", outcome.detail)), !is_stopped);
    }
}

#[tokio::test]
async fn a_row_that_is_stopped_before_its_call_is_known_as_not_sent_this_time() {
    let server = TestServer::start().await.unwrap();
    server.add_shop(1);
    let client = server.client_builder().build().unwrap();
    let request = request(1);
    let sending = Known::of(&job(&request, None).entry);
    for (known, expected, reads) in [(None, State::Failed, 1), (Some(sending), State::Unknown, 2)] {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(&folder.path().join("journal")).unwrap();
        let (pace, stop) = (Pace::per_minute(60_000), Stop::new());
        let work = work(&client, &journal, (&pace, &stop), None);
        let mut job = job(&request, known);
        let key = job.entry.key.clone();
        let gate = server.fault(Endpoint::GET_COUPON_PLACEMENT).hold();
        let others = async {
            let soon = || tokio::time::sleep(Duration::from_millis(1));
            while server.call_count(Endpoint::GET_COUPON_PLACEMENT) < reads {
                soon().await;
            }
            // Another row's call comes before this one's.
            let (permit, ()) = tokio::join!(work.calls.acquire(), async { gate.open() });
            while journal.known(&key).unwrap().is_none() {
                soon().await;
            }
            stop.now(Exit::Stopped, "it was to stop");
            drop(permit);
        };
        let (outcome, ()) = tokio::join!(work.with_retries(&mut job), others);
        assert_eq!(outcome, Err(not_tried()));
        assert_eq!(journal.known(&key).unwrap().unwrap().state, expected);
    }
    assert_eq!(server.call_count(Endpoint::SET_COUPON_PLACEMENT), 0);
}

#[tokio::test]
async fn no_more_placements_are_replaced_than_the_limit_allows() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(&folder.path().join("journal")).unwrap();
    let client = Client::builder(Auth::fixed("token")).build().unwrap();
    let (pace, stop) = (Pace::per_minute(60_000), Stop::new());
    let work = work(&client, &journal, (&pace, &stop), Some(2));
    let request = request(1);
    let mut sent = job(&request, Some(Known::of(&job(&request, None).entry)));
    let [mut first, mut second, mut third] = [(); 3].map(|()| job(&request, None));
    // A row that is tried again counts once, and so does one that an earlier run has sent.
    for _ in 0..3 {
        assert!(work.count_change(&mut first).is_ok());
        assert!(work.count_change(&mut sent).is_ok());
    }
    assert!(work.count_change(&mut second).is_ok());
    // What may have taken effect keeps its place; what has not leaves it.
    for (state, is_free) in [
        (State::Sending, false),
        (State::Unknown, false),
        (State::Changed, false),
        (State::Refused, true),
        (State::Failed, true),
    ] {
        second.entry.state = state;
        work.uncount_change(&mut second);
        assert_eq!(second.is_counted, !is_free, "{state:?}");
        assert!(work.count_change(&mut second).is_ok(), "{state:?}");
    }
    assert!(!stop.is_stopped());
    let outcome = work.count_change(&mut third).unwrap_err();
    let reason = "more than 2 placements would be replaced (--max-changes)";
    assert_eq!(outcome, Outcome::new(Verdict::Failed, reason));
    assert_eq!(stop.failure().unwrap().exit, Exit::Stopped);
}

fn work<'w>(
    client: &Client,
    journal: &'w Journal,
    (pace, stop): (&'w Pace, &'w Stop),
    max_changes: Option<u64>,
) -> Work<'w> {
    static ACCOUNT: LazyLock<Account> = LazyLock::new(Account::default);
    Work {
        client: client.clone(),
        account_name: "wx1",
        account: &ACCOUNT,
        pace,
        calls: Semaphore::new(1),
        journal,
        stop,
        plan: None,
        max_changes,
        changes: AtomicU64::new(0),
        now: 0,
    }
}
