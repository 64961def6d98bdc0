//! What the store asks Redis, and what it makes of the answers, without a Redis.

use std::collections::VecDeque;
use std::sync::Mutex;

use redis::aio::ConnectionLike;
use redis::{Cmd, Pipeline, RedisFuture, Value};
use tokio::runtime::Builder;

use super::*;
use crate::telemetry::tests::events;

/// A connection with its answers in order, and the keys and arguments that it was asked with.
#[derive(Clone, Default)]
struct Scripted {
    answers: Arc<Mutex<VecDeque<Value>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl ConnectionLike for Scripted {
    fn req_packed_command<'a>(&'a mut self, command: &'a Cmd) -> RedisFuture<'a, Value> {
        let words = command.args_iter().skip(3).map(|word| match word {
            redis::Arg::Simple(word) => String::from_utf8_lossy(word).into_owned(),
            _ => panic!("a cursor"),
        });
        self.asked.lock().unwrap().push(words.collect::<Vec<_>>().join(" "));
        let answer = self.answers.lock().unwrap().pop_front().unwrap();
        Box::pin(ready(Ok(answer)))
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        _: &'a Pipeline,
        _: usize,
        _: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        panic!("scripts are run one by one")
    }

    fn get_db(&self) -> i64 {
        0
    }
}

/// A store whose Redis gives these answers, and what it is asked.
fn store<const N: usize>(answers: [Value; N]) -> (RedisStore, Scripted) {
    let connection = Scripted::default();
    connection.answers.lock().unwrap().extend(answers);
    (RedisStore::on(connection.clone()).prefix("p").build(), connection)
}

impl Scripted {
    fn asked(&self) -> String {
        assert!(self.answers.lock().unwrap().is_empty(), "it was asked less");
        self.asked.lock().unwrap().join("; ")
    }
}

const RECORD: &str = r#"1{"token":"T1","lifetime":7200000}"#;

fn bytes(text: &str) -> Value {
    Value::BulkString(text.into())
}

/// A record and its life.
fn found(record: &str, left: i64) -> Value {
    Value::Array(vec![bytes(record), Value::Int(left)])
}

#[test]
fn a_record_is_a_token_if_it_is_one_and_has_a_life_and_garbage_is_warned_of() {
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    for (record, left, expected, warnings) in [
        ("", -2, None, 0),
        ("", -3, None, 1),
        (RECORD, -2, None, 0),
        (RECORD, -1, None, 1),
        ("garbage", 1000, None, 1),
        (RECORD, 0, Some(0), 0),
        (RECORD, 1500, Some(1500), 0),
    ] {
        let (store, connection) = store([found(record, left)]);
        let (stored, lines) = events(|| runtime.block_on(store.load("wx1")).unwrap());
        assert_eq!(lines.len(), warnings, "{lines:?}");
        let stored = stored.map(|it| (it.token().expose().to_owned(), it.lifetime(), it.left()));
        let [lifetime, left] = [7_200_000, expected.unwrap_or(0)].map(Duration::from_millis);
        assert_eq!(
            stored,
            expected.map(|_| ("T1".to_owned(), lifetime, left)),
            "{record} {left:?}"
        );
        assert_eq!(connection.asked(), "p:{wx1}:token");
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_is_saved_with_its_fence_and_life_and_the_answer_says_whether_it_was_kept() {
    for (answer, kept) in [(0, false), (1, true)] {
        let (store, connection) = store([Value::Int(answer)]);
        let [lifetime, left] = [7_200_000, 1500].map(Duration::from_millis);
        let token = StoredToken::new("T1", lifetime, left);
        assert_eq!(store.save("wx1", &token, StoreLock::new(7)).await.unwrap(), kept);
        let keys = "p:{wx1}:token p:{wx1}:fence p:{wx1}:lock";
        assert_eq!(connection.asked(), format!("{keys} 7 {RECORD} 1500"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_lock_is_the_fence_that_is_answered_and_lives_from_a_millisecond_to_two_hours() {
    let two_hours = Duration::from_secs(7200);
    for (life, answer, fence, asked) in [
        (Duration::ZERO, Value::Nil, None, 1),
        (Duration::from_micros(1999), bytes("7"), Some(7), 1),
        (two_hours, bytes("1457280000000000"), Some(1_457_280_000_000_000), 7_200_000),
        (two_hours * 2, Value::Int(7), Some(7), 7_200_000),
        (Duration::MAX, Value::Nil, None, 7_200_000),
    ] {
        let (store, connection) = store([answer]);
        let lock = store.lock("wx1", life).await.unwrap();
        assert_eq!(lock.map(StoreLock::fence), fence, "{life:?}");
        assert_eq!(connection.asked(), format!("p:{{wx1}}:lock p:{{wx1}}:fence {asked}"));
    }
    let (store, connection) = store([Value::Int(1)]);
    store.unlock("wx1", StoreLock::new(7)).await.unwrap();
    assert_eq!(connection.asked(), "p:{wx1}:lock 7");
}

#[tokio::test(start_paused = true)]
async fn only_the_token_that_is_refused_is_forgotten() {
    let load = "p:{wx1}:token";
    let (other, connection) = store([found(RECORD, 1500)]);
    other.invalidate("wx1", &Secret::new("T2")).await.unwrap();
    assert_eq!(connection.asked(), load);
    let (same, connection) = store([found(RECORD, 1500), Value::Int(1)]);
    same.invalidate("wx1", &Secret::new("T1")).await.unwrap();
    assert_eq!(connection.asked(), format!("{load}; {load} {RECORD}"));
}

#[tokio::test(start_paused = true)]
async fn an_answer_of_another_type_is_asked_for_once_more_and_then_an_error() {
    let (store, connection) = store([Value::Okay, Value::Nil]);
    let error = store.load("wx1").await.unwrap_err();
    assert_eq!(error.to_string(), "Redis returned a value of an unexpected type");
    assert_eq!(connection.asked(), "p:{wx1}:token; p:{wx1}:token");
}

#[test]
fn a_store_waits_half_a_second_and_never_more_than_one() {
    let timeout = |seconds: Option<u64>| {
        let builder = RedisStore::on(Scripted::default());
        let builder = match seconds {
            Some(seconds) => builder.timeout(Duration::from_secs(seconds)),
            None => builder,
        };
        (format!("{builder:?}"), format!("{:?}", builder.build()))
    };
    for (seconds, shown) in [(None, "500ms"), (Some(0), "0ns"), (Some(1), "1s"), (Some(2), "1s")] {
        let fields =
            format!(r#"{{ prefix: "wechat-bizwifi", timeout: {shown}, encrypted: false, .. }}"#);
        let expected = ["RedisStoreBuilder", "RedisStore"].map(|name| format!("{name} {fields}"));
        assert_eq!(<[String; 2]>::from(timeout(seconds)), expected);
    }
}
