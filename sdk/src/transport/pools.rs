//! Connection pools, one for each tokio runtime that uses the client.
//!
//! A connection is driven by the runtime in which it was made: when that runtime ends, or nobody
//! drives it, the connection is dead for everyone. So no runtime gets a connection of another:
//!
//! ```text
//! runtime 1   set, set        → pool 1
//! runtime 2   get             → pool 2
//! runtime 1   ends            → pool 1 is dropped
//! ```

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, RwLock, Weak};
use std::time::Instant;

use reqwest::Client;
use tokio::runtime::{Handle, Id};
use tokio::task::AbortHandle;

use crate::error::Error;
use crate::lock::{lock, read, write};
use crate::runtime;

/// How many runtimes have a pool at the most; the pool of one more replaces the oldest one. The pool of
/// a runtime ends with it, so this concerns only programs that have hundreds at a time.
const MOST_POOLS: usize = 128;

/// A runtime that has served no reply for this long polls its sockets before a call, to notice the
/// connections that were closed. If one was closed more recently, that may still be under way, and
/// polling would not find it. Polling before every call would cost one percent of the call.
const UNSEEN_MICROS: u64 = 500;

/// Builds an HTTP client, and with it a pool.
type Build = dyn Fn() -> Result<Client, Error> + Send + Sync;

/// The HTTP clients of the runtimes.
pub(super) struct Pools {
    build: Box<Build>,
    /// Built at first, to see that it can be. The first runtime gets it.
    spare: Mutex<Option<Client>>,
    table: Arc<Table>,
}

/// A pool is never dropped while it is locked: the task that ends with a pool would lock it as well.
type Table = RwLock<Vec<Arc<Pool>>>;

/// The HTTP client of one runtime.
pub(super) struct Pool {
    runtime: Id,
    client: Client,
    began: Instant,
    /// When the last reply was served: microseconds from the beginning.
    served: AtomicU64,
    watcher: OnceLock<AbortHandle>,
}

impl Pools {
    pub(super) fn new(
        build: impl Fn() -> Result<Client, Error> + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let spare = Mutex::new(Some(build()?));
        Ok(Self { build: Box::new(build), spare, table: Arc::default() })
    }

    /// The pool of the current runtime, without the connections that are known to be closed.
    pub(super) async fn get(&self) -> Result<Arc<Pool>, Error> {
        let runtime = runtime::current()?;
        let known = find(&read(&self.table), runtime.id()).cloned();
        let Some(pool) = known else {
            return self.add(&runtime);
        };
        if pool.is_unseen() {
            runtime::catch_up(&runtime).await;
        }
        Ok(pool)
    }

    /// Gives up a pool whose idle connections may be dead, so that the next call has a fresh one.
    /// Calls under way keep theirs. A pool that has served nothing has no idle connections; one that
    /// has been given up already needs no replacement. (A client that the user brought keeps its
    /// connections: nothing can be done about them from here.)
    pub(super) fn renew(&self, pool: &Arc<Pool>) {
        let is_used = read(&self.table).iter().any(|known| Arc::ptr_eq(known, pool));
        if !is_used || !pool.has_ever_served() {
            return;
        }
        // Without another one, this one is better than none.
        if let Ok(client) = (self.build)() {
            *self.spare() = Some(client);
            remove(&self.table, Arc::as_ptr(pool));
        }
    }

    fn add(&self, runtime: &Handle) -> Result<Arc<Pool>, Error> {
        let spare = self.spare().take();
        let client = spare.map_or_else(&self.build, Ok)?;
        let pool = Arc::new(Pool::new(runtime, client));
        // Another thread of the runtime may have been faster: then its pool stays.
        if let Some(kept) = insert(&self.table, &pool) {
            return Ok(kept);
        }
        self.watch(&pool, runtime);
        Ok(pool)
    }

    fn spare(&self) -> MutexGuard<'_, Option<Client>> {
        lock(&self.spare)
    }

    /// Spawns a task that only waits. When the runtime ends it is dropped, and the pool with it.
    fn watch(&self, pool: &Arc<Pool>, runtime: &Handle) {
        let remove_on_end =
            RemoveOnEnd { table: Arc::downgrade(&self.table), pool: Arc::downgrade(pool) };
        let task = runtime::spawn(
            runtime,
            Box::pin(async move {
                let _remove_on_end = remove_on_end;
                std::future::pending::<()>().await;
            }),
        );
        // It is set once only: nobody else watches this pool.
        let _ = pool.watcher.set(task.abort_handle());
    }
}

impl Pool {
    fn new(runtime: &Handle, client: Client) -> Self {
        Self {
            runtime: runtime.id(),
            client,
            began: Instant::now(),
            served: AtomicU64::default(),
            watcher: OnceLock::new(),
        }
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// Notes that a reply has been served: the runtime is driven.
    pub(super) fn note_served(&self) {
        self.served.store(self.age().max(1), Relaxed);
    }

    fn has_ever_served(&self) -> bool {
        self.served.load(Relaxed) > 0
    }

    fn is_unseen(&self) -> bool {
        self.age().saturating_sub(self.served.load(Relaxed)) > UNSEEN_MICROS
    }

    /// Microseconds from the beginning. (`as_micros` has 128 bits, which cost every call more.)
    fn age(&self) -> u64 {
        let age = self.began.elapsed();
        age.as_secs() * 1_000_000 + u64::from(age.subsec_micros())
    }
}

fn find(pools: &[Arc<Pool>], runtime: Id) -> Option<&Arc<Pool>> {
    pools.iter().find(|pool| pool.runtime == runtime)
}

/// Adds a pool, unless its runtime has one, which is returned.
fn insert(table: &Table, pool: &Arc<Pool>) -> Option<Arc<Pool>> {
    let mut pools = write(table);
    if let Some(known) = find(&pools, pool.runtime) {
        return Some(known.clone());
    }
    let surplus = (pools.len() >= MOST_POOLS).then(|| pools.remove(0));
    pools.push(pool.clone());
    drop(pools);
    drop(surplus);
    None
}

fn remove(table: &Table, pool: *const Pool) {
    let mut pools = write(table);
    let at = pools.iter().position(|known| std::ptr::eq(Arc::as_ptr(known), pool));
    let removed = at.map(|at| pools.remove(at));
    drop(pools);
    drop(removed);
}

/// The watching task ends with the pool.
impl Drop for Pool {
    fn drop(&mut self) {
        if let Some(watcher) = self.watcher.get() {
            watcher.abort();
        }
    }
}

/// Removes a pool when the runtime that it belongs to ends.
struct RemoveOnEnd {
    table: Weak<Table>,
    pool: Weak<Pool>,
}

impl Drop for RemoveOnEnd {
    fn drop(&mut self) {
        if let Some(table) = self.table.upgrade() {
            remove(&table, self.pool.as_ptr());
        }
    }
}

impl fmt::Debug for Pools {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Pools").field("count", &read(&self.table).len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use std::time::Duration;

    use futures_util::FutureExt;
    use tokio::runtime::{Builder, Runtime};

    use super::*;

    /// Pools, and how many clients were built for them.
    fn pools() -> (Pools, Arc<AtomicUsize>) {
        let built = Arc::new(AtomicUsize::new(0));
        let count = built.clone();
        let pools = Pools::new(move || {
            count.fetch_add(1, SeqCst);
            Ok(Client::builder().no_proxy().tls_certs_only([]).build().unwrap())
        });
        (pools.unwrap(), built)
    }

    fn runtime() -> Runtime {
        Builder::new_current_thread().build().unwrap()
    }

    fn enter(pools: &Pools, runtime: &Runtime) {
        runtime.block_on(pools.get()).unwrap();
    }

    #[test]
    fn each_runtime_has_a_client_and_the_first_one_gets_the_one_that_was_built_already() {
        let (pools, built) = pools();
        let runtimes = [runtime(), runtime()];
        for runtime in [0, 1, 0, 1].map(|at: usize| &runtimes[at]) {
            enter(&pools, runtime);
        }
        assert_eq!((built.load(SeqCst), read(&pools.table).len()), (2, 2));
    }

    #[test]
    fn a_pool_ends_with_its_runtime() {
        let (pools, _) = pools();
        let (short, long) = (runtime(), runtime());
        enter(&pools, &short);
        enter(&pools, &long);
        drop(short);
        assert_eq!(read(&pools.table).len(), 1);
        assert_eq!(read(&pools.table)[0].runtime, long.handle().id());
    }

    #[test]
    fn nothing_of_the_pools_stays_in_a_runtime() {
        let (pools, _) = pools();
        let runtime = runtime();
        enter(&pools, &runtime);
        assert_eq!(runtime.metrics().num_alive_tasks(), 1);
        drop(pools);
        runtime.block_on(tokio::task::yield_now());
        assert_eq!(runtime.metrics().num_alive_tasks(), 0);
    }

    #[test]
    fn a_pool_that_has_served_is_replaced_once_however_many_give_it_up() {
        let (pools, built) = pools();
        let runtime = runtime();
        let pool = runtime.block_on(pools.get()).unwrap();
        pools.renew(&pool);
        assert_eq!((built.load(SeqCst), read(&pools.table).len()), (1, 1), "it has nothing idle");
        pool.note_served();
        (0..3).for_each(|_| pools.renew(&pool));
        assert_eq!((built.load(SeqCst), read(&pools.table).len()), (2, 0));
        enter(&pools, &runtime);
        assert_eq!((built.load(SeqCst), read(&pools.table).len()), (2, 1));
    }

    #[test]
    fn a_reply_in_the_first_microsecond_counts() {
        let (pools, built) = pools();
        let runtime = runtime();
        let mut pool = Pool::new(runtime.handle(), pools.spare().clone().unwrap());
        pool.began += Duration::from_secs(60);
        let pool = Arc::new(pool);
        insert(&pools.table, &pool);
        pool.note_served();
        pools.renew(&pool);
        assert_eq!(built.load(SeqCst), 2);
    }

    #[test]
    fn a_runtime_is_unseen_half_a_millisecond_after_its_last_reply() {
        let (pools, _) = pools();
        let runtime = runtime();
        let [began, last, day] = [600_000, 599_999, 24 * 3_600_000].map(Duration::from_millis);
        for (served, is_unseen) in [(Duration::ZERO, true), (last, true), (day, false)] {
            let mut pool = Pool::new(runtime.handle(), pools.spare().clone().unwrap());
            pool.began = pool.began.checked_sub(began).unwrap();
            pool.served = AtomicU64::new(u64::try_from(served.as_micros()).unwrap());
            assert_eq!(pool.is_unseen(), is_unseen, "{served:?}");
            pool.note_served();
            let age = began.as_micros()..=pool.began.elapsed().as_micros();
            assert!(age.contains(&u128::from(pool.served.load(Relaxed))), "{age:?}");
        }
    }

    #[test]
    fn the_oldest_of_too_many_runtimes_makes_room() {
        let (pools, _) = pools();
        let runtimes: Vec<_> = (0..=MOST_POOLS).map(|_| runtime()).collect();
        for runtime in &runtimes {
            enter(&pools, runtime);
        }
        let table = read(&pools.table);
        assert_eq!(table.len(), MOST_POOLS);
        assert!(find(&table, runtimes[0].handle().id()).is_none());
    }

    #[test]
    fn without_a_runtime_there_is_an_error() {
        let error = pools().0.get().now_or_never().unwrap().err().unwrap();
        assert!(error.to_string().contains("within a tokio runtime"), "{error}");
    }
}
