//! Connections to Redis: made when an operation needs one, given up when they may be broken.
//!
//! Each tokio runtime has a connection of its own, because a connection is driven by the runtime in
//! which it was made. An operation that gets no answer, for whatever reason (an error, the time
//! limit, a caller that gave up), gives up its connection:
//!
//! ```text
//! write    the connection that is open → READONLY: given up
//!          a new connection            → the answer
//! write    that connection             → the answer
//! ```

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use futures_util::future::{FutureExt, Shared};
use redis::aio::ConnectionLike;
use redis::{
    AsyncConnectionConfig, Client, FromRedisValue, RedisError, RedisResult, ScriptInvocation, Value,
};
use tokio::runtime::{Handle, Id};
use tokio::time::{Instant, sleep};

use crate::lock::lock;

/// A connection that was not used for so long is not used again: what lies on the way may have
/// dropped it in silence.
const IDLE: Duration = Duration::from_secs(30);

/// Pauses before a connection, from the second failure in a row on. They stay far below an
/// operation's time limit, so that the first operation after Redis is back succeeds.
const FIRST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_millis(100);

type Work<'a, T> = Pin<Box<dyn Future<Output = RedisResult<T>> + Send + 'a>>;

/// Makes a connection.
pub(super) type Connect = dyn Fn() -> Work<'static, Arc<dyn Connection>> + Send + Sync;

/// A connection, whatever its type.
pub(super) trait Connection: Send + Sync {
    fn run<'a>(&'a self, script: &'a ScriptInvocation<'a>) -> Work<'a, Value>;
}

struct Cloned<C>(C);

impl<C: ConnectionLike + Clone + Send + Sync + 'static> Connection for Cloned<C> {
    fn run<'a>(&'a self, script: &'a ScriptInvocation<'a>) -> Work<'a, Value> {
        let mut connection = self.0.clone();
        Box::pin(async move { script.invoke_async(&mut connection).await })
    }
}

/// Connects to one address.
pub(super) fn to_address(client: Client) -> Arc<Connect> {
    with(move || {
        let client = client.clone();
        // The time limit is the operation's, which includes connecting.
        let config =
            AsyncConnectionConfig::new().set_connection_timeout(None).set_response_timeout(None);
        async move { client.get_multiplexed_async_connection_with_config(&config).await }
    })
}

/// Connects as the user's function does.
pub(super) fn with<C, F>(connect: impl Fn() -> F + Send + Sync + 'static) -> Arc<Connect>
where
    C: ConnectionLike + Clone + Send + Sync + 'static,
    F: Future<Output = RedisResult<C>> + Send + 'static,
{
    Arc::new(move || {
        let connecting = connect();
        Box::pin(async move {
            let connection: Arc<dyn Connection> = Arc::new(Cloned(connecting.await?));
            Ok(connection)
        })
    })
}

/// The connections of a store.
pub(super) struct Connections {
    connect: Arc<Connect>,
    longest_pause: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    open: Vec<Open>,
    /// The number of the last connection.
    last_number: u64,
    /// How many were given up since the last answer.
    failures: u32,
}

/// A connection that is open, or being made.
#[derive(Clone)]
struct Open {
    number: u64,
    runtime: Id,
    used: Instant,
    connection: Shared<Work<'static, Arc<dyn Connection>>>,
}

impl Connections {
    /// `limit` is how long an operation may take.
    pub(super) fn new(connect: Arc<Connect>, limit: Duration) -> Self {
        let longest_pause = LONGEST_PAUSE.min(limit / 4);
        Self { connect, longest_pause, state: Mutex::default() }
    }

    /// Runs a script. If it fails on the connection that is open, it is run once more on a new one: the
    /// first may lead to a server that has changed since.
    pub(super) async fn run<T: FromRedisValue>(
        &self,
        script: &ScriptInvocation<'_>,
    ) -> RedisResult<T> {
        let held = self.hold()?;
        let connection = held.connected().await?;
        if let Ok(answer) = held.run(&*connection, script).await {
            return Ok(answer);
        }
        let held = self.hold()?;
        let connection = held.connected().await?;
        held.run(&*connection, script).await
    }

    /// The connection of this runtime.
    fn hold(&self) -> RedisResult<Held<'_>> {
        let runtime = Handle::try_current().map_err(|_| no_runtime())?.id();
        let now = Instant::now();
        let mut state = self.state();
        let idle = state.remove(|open| now.saturating_duration_since(open.used) > IDLE);
        let open = match state.open.iter_mut().find(|open| open.runtime == runtime) {
            Some(open) => {
                open.used = now;
                open.clone()
            }
            None => self.open(&mut state, runtime, now),
        };
        drop(state);
        drop(idle);
        Ok(Held { connections: self, open, answered: false })
    }

    fn open(&self, state: &mut State, runtime: Id, now: Instant) -> Open {
        let (connect, pause) = (self.connect.clone(), self.pause(state.failures));
        let connecting: Work<'static, _> = Box::pin(async move {
            sleep(pause).await;
            connect().await
        });
        state.last_number += 1;
        let connection = connecting.shared();
        let open = Open { number: state.last_number, runtime, used: now, connection };
        state.open.push(open.clone());
        open
    }

    fn pause(&self, failures: u32) -> Duration {
        let Some(doublings) = failures.checked_sub(2) else {
            return Duration::ZERO;
        };
        let pause = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(doublings));
        pause.min(self.longest_pause).mul_f64(0.5 + fastrand::f64() / 2.0)
    }

    /// Several operations may give up the same connection; it counts once.
    fn give_up(&self, number: u64) {
        let mut state = self.state();
        let given_up = state.remove(|open| open.number == number);
        if !given_up.is_empty() {
            state.failures = state.failures.saturating_add(1);
        }
        drop(state);
        drop(given_up);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl State {
    /// Takes connections out. They are to be dropped after the state is unlocked: how a user's
    /// connection ends is not known here.
    fn remove(&mut self, mut which: impl FnMut(&Open) -> bool) -> Vec<Open> {
        self.open.extract_if(.., |open| which(open)).collect()
    }
}

/// A connection while an operation uses it. Dropped without an answer, it is given up.
struct Held<'a> {
    connections: &'a Connections,
    open: Open,
    answered: bool,
}

impl Held<'_> {
    async fn connected(&self) -> RedisResult<Arc<dyn Connection>> {
        self.open.connection.clone().await
    }

    async fn run<T: FromRedisValue>(
        mut self,
        connection: &dyn Connection,
        script: &ScriptInvocation<'_>,
    ) -> RedisResult<T> {
        // An answer of another type may belong to another's question.
        let answer = redis::from_redis_value(connection.run(script).await?)?;
        self.answered = true;
        self.connections.state().failures = 0;
        Ok(answer)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        if !self.answered {
            self.connections.give_up(self.open.number);
        }
    }
}

fn no_runtime() -> RedisError {
    (redis::ErrorKind::Client, "a tokio runtime is needed").into()
}

#[cfg(test)]
mod tests {
    use std::sync::Weak;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use redis::Script;

    use super::*;

    /// Answers with the number of the connection.
    struct Fake(usize);

    impl Connection for Fake {
        fn run<'a>(&'a self, _: &'a ScriptInvocation<'a>) -> Work<'a, Value> {
            let number = self.0;
            Box::pin(async move { Ok(Value::Int(i64::try_from(number).unwrap())) })
        }
    }

    /// Connections, of which so many cannot be made, and how many were tried.
    fn connections(failing: usize) -> (Connections, Arc<AtomicUsize>) {
        let tried = Arc::new(AtomicUsize::new(0));
        let count = tried.clone();
        let connect: Arc<Connect> = Arc::new(move || {
            let number = count.fetch_add(1, Ordering::SeqCst) + 1;
            Box::pin(async move {
                if number <= failing {
                    return Err(no_runtime());
                }
                let connection: Arc<dyn Connection> = Arc::new(Fake(number));
                Ok(connection)
            })
        });
        (Connections::new(connect, Duration::from_millis(500)), tried)
    }

    async fn run(connections: &Connections) -> RedisResult<usize> {
        connections.run(&Script::new("return 1").prepare_invoke()).await
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_is_used_again_unless_it_was_idle_for_half_a_minute() {
        let (connections, _) = connections(0);
        for _ in 0..3 {
            assert_eq!(run(&connections).await.unwrap(), 1);
            tokio::time::advance(IDLE).await;
        }
        tokio::time::advance(Duration::from_millis(1)).await;
        assert_eq!(run(&connections).await.unwrap(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn pauses_between_failing_connections_grow_to_a_tenth_of_a_second_and_end_with_an_answer()
    {
        let (connections, tried) = connections(20);
        let start = Instant::now();
        let mut pauses = Vec::new();
        for _ in 0..20 {
            let start = Instant::now();
            run(&connections).await.unwrap_err();
            pauses.push(start.elapsed());
        }
        assert!(pauses[..2].iter().all(Duration::is_zero), "{pauses:?}");
        assert!(pauses[2..].iter().all(|pause| *pause >= FIRST_PAUSE / 2), "{pauses:?}");
        assert!(pauses[10..].iter().all(|pause| *pause >= LONGEST_PAUSE / 2), "{pauses:?}");
        assert!(pauses.iter().all(|pause| *pause <= LONGEST_PAUSE * 11 / 10), "{pauses:?}");
        assert!(start.elapsed() >= Duration::from_millis(500));
        assert_eq!(run(&connections).await.unwrap(), 21);
        assert_eq!(tried.load(Ordering::SeqCst), 21);
        assert_eq!(connections.state().failures, 0);
    }

    #[test]
    fn a_pause_doubles_and_varies_up_to_its_longest_which_is_a_quarter_of_the_limit_at_the_most() {
        let pause = |limit: u64, failures: u32| {
            let limit = Duration::from_millis(limit);
            let connections = Connections::new(connections(0).0.connect, limit);
            let pauses = [(); 200].map(|()| connections.pause(failures).as_micros());
            (pauses.into_iter().min().unwrap(), pauses.into_iter().max().unwrap())
        };
        for (limit, failures, longest) in [
            (500, 0, 0),
            (500, 1, 0),
            (500, 2, 10_000),
            (500, 3, 20_000),
            (500, 5, 80_000),
            (500, 6, 100_000),
            (500, u32::MAX, 100_000),
            (200, 5, 50_000),
            (20, 2, 5_000),
        ] {
            let (least, most) = pause(limit, failures);
            // Some of two hundred are in the lowest and the highest fifth.
            assert!((longest / 2..=longest * 6 / 10).contains(&least), "{failures}: {least}");
            assert!((longest * 9 / 10..=longest).contains(&most), "{failures}: {most}");
        }
    }

    #[test]
    fn a_connection_that_is_given_up_leaves_those_of_other_runtimes_open() {
        let (connections, tried) = connections(1);
        let runtimes = [(); 2]
            .map(|()| tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap());
        let hold = |at: usize| {
            let _entered = runtimes[at].enter();
            connections.hold().unwrap()
        };
        let (first, _second) = (hold(0), hold(1));
        drop(first);
        let open: Vec<_> = connections.state().open.iter().map(|open| open.number).collect();
        assert_eq!((open, connections.state().failures), (vec![2], 1));
        connections.give_up(1);
        assert_eq!(connections.state().failures, 1, "it was given up before");
        assert_eq!(tried.load(Ordering::SeqCst), 0, "nobody has waited for one");
    }

    /// A connection that, when it ends, notes whether the connections can be used meanwhile.
    struct Ending(Weak<Connections>, Arc<Mutex<Vec<bool>>>);

    impl Connection for Ending {
        fn run<'a>(&'a self, _: &'a ScriptInvocation<'a>) -> Work<'a, Value> {
            Box::pin(async { Ok(Value::Int(0)) })
        }
    }

    impl Drop for Ending {
        fn drop(&mut self) {
            let free = self.0.upgrade().map(|connections| connections.state.try_lock().is_ok());
            lock(&self.1).extend(free);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn while_a_connection_ends_the_others_can_be_used() {
        let ended = Arc::<Mutex<Vec<bool>>>::default();
        let connections = Arc::new_cyclic(|weak: &Weak<Connections>| {
            let (weak, ended) = (weak.clone(), Arc::clone(&ended));
            let connect: Arc<Connect> = Arc::new(move || {
                let connection: Arc<dyn Connection> = Arc::new(Ending(weak.clone(), ended.clone()));
                Box::pin(async { Ok(connection) })
            });
            Connections::new(connect, Duration::from_millis(500))
        });
        run(&connections).await.unwrap();
        tokio::time::advance(IDLE * 2).await;
        run(&connections).await.unwrap();
        assert_eq!(*lock(&ended), [true], "it was idle");
        connections.give_up(2);
        assert_eq!(*lock(&ended), [true, true], "it was given up");
    }

    #[test]
    fn each_runtime_has_a_connection_of_its_own() {
        let (connections, _) = connections(0);
        let runtimes = [(); 2]
            .map(|()| tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap());
        let numbers =
            [0, 1, 0, 1].map(|at: usize| runtimes[at].block_on(run(&connections)).unwrap());
        assert_eq!(numbers, [1, 2, 1, 2]);
    }
}
