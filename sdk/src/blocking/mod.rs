//! The same client for programs that are not async.
//!
//! [`Client`] has the methods of [the async one](crate::Client), without `async`; errors, options,
//! tokens and retries are the same. It can be used anywhere, inside a tokio runtime too, where it
//! blocks the thread that calls it, as any blocking call does. In the child of a `fork` it starts a
//! thread and connections of its own, provided that no call was under way when the process forked.
//!
//! ```
//! use wechat_bizwifi::{Credentials, GetCouponPlacement, blocking};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = wechat_bizwifi::testing::TestServer::start_blocking()?;
//! # let (appid, secret) = ("wx0123456789abcdef", "0123456789abcdef0123456789abcdef");
//! # server.add_account(appid, secret);
//! # let base_url = server.base_url();
//! let client = blocking::Client::builder(Credentials::new(appid, secret))
//! #   .base_url(base_url)
//!     .build()?;
//! let placed = client.get_coupon_placement(&GetCouponPlacement::new(429620))?;
//! # let _ = placed;
//! # Ok(())
//! # }
//! ```

mod pages;

use std::pin::pin;
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;
use std::{fmt, io, process, thread};

use serde_json::Value;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::task::unconstrained;

pub use pages::Pages;

use crate::any_operation::AnyOperation;
use crate::client::{Client as AsyncClient, ClientBuilder as AsyncBuilder};
use crate::clock::Clock;
use crate::config::{CallOptions, Host};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::lock::{lock, read, write};
use crate::observer::Observer;
use crate::retry::RetryPolicy;
use crate::token::{Auth, TokenStore, Work};

/// A client whose calls block until they are done.
///
/// Cloning it is cheap, and all clones share connections, access token, quota of retries and the one
/// thread that serves their connections. The thread ends when the last clone is dropped. A token fetch
/// has another thread while it lasts, so a source of yours may block.
#[derive(Clone)]
pub struct Client {
    client: AsyncClient,
    driver: Arc<Driver>,
}

impl Client {
    /// Begins to build a client; see [`wechat_bizwifi::Client::builder`](crate::Client::builder).
    pub fn builder(auth: impl Into<Auth>) -> ClientBuilder {
        ClientBuilder(AsyncClient::builder(auth))
    }

    /// This client with other settings; see
    /// [`wechat_bizwifi::Client::with`](crate::Client::with).
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        Self { client: self.client.with(options), driver: self.driver.clone() }
    }

    /// Sends any request that was generated from a description; see
    /// [`wechat_bizwifi::Client::send`](crate::Client::send).
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send<E: Endpoint>(&self, request: &E) -> Result<E::Reply, Error> {
        self.driver.wait(self.client.send(request))
    }

    /// Makes a call of an operation that is known by its name; see [`AnyOperation::call`].
    ///
    /// ```
    /// use wechat_bizwifi::testing::TestServer;
    /// use wechat_bizwifi::{AnyOperation, OPERATIONS, blocking};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let server = TestServer::start_blocking()?;
    /// let client =
    ///     blocking::Client::builder(server.credentials()).base_url(server.base_url()).build()?;
    ///
    /// let list = AnyOperation::find(OPERATIONS, "listShops").ok_or("no such operation")?;
    /// let reply = client.call(list, &serde_json::json!({ "pageindex": 1 }))?;
    /// assert_eq!(reply["totalcount"], 2); // the stores that a new server has
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`AnyOperation::call`].
    pub fn call(&self, operation: &AnyOperation, request: &Value) -> Result<Value, Error> {
        self.driver.wait(operation.call(&self.client, request))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.client.fmt(out)
    }
}

/// The settings of a blocking client to be: those of
/// [`wechat_bizwifi::ClientBuilder`](crate::ClientBuilder), with the same defaults.
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder(AsyncBuilder);

impl ClientBuilder {
    /// See [`ClientBuilder::host`](crate::ClientBuilder::host).
    pub fn host(self, host: Host) -> Self {
        Self(self.0.host(host))
    }

    /// See [`ClientBuilder::base_url`](crate::ClientBuilder::base_url).
    pub fn base_url(self, url: impl Into<String>) -> Self {
        Self(self.0.base_url(url))
    }

    /// See [`ClientBuilder::connect_timeout`](crate::ClientBuilder::connect_timeout).
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        Self(self.0.connect_timeout(timeout))
    }

    /// See [`ClientBuilder::attempt_timeout`](crate::ClientBuilder::attempt_timeout).
    pub fn attempt_timeout(self, timeout: Duration) -> Self {
        Self(self.0.attempt_timeout(timeout))
    }

    /// See [`ClientBuilder::timeout`](crate::ClientBuilder::timeout).
    pub fn timeout(self, timeout: Duration) -> Self {
        Self(self.0.timeout(timeout))
    }

    /// See [`ClientBuilder::retry`](crate::ClientBuilder::retry).
    pub fn retry(self, policy: RetryPolicy) -> Self {
        Self(self.0.retry(policy))
    }

    /// See [`ClientBuilder::reply_limit`](crate::ClientBuilder::reply_limit).
    pub fn reply_limit(self, bytes: usize) -> Self {
        Self(self.0.reply_limit(bytes))
    }

    /// See [`ClientBuilder::http_client`](crate::ClientBuilder::http_client).
    pub fn http_client(self, client: reqwest::Client) -> Self {
        Self(self.0.http_client(client))
    }

    /// See [`ClientBuilder::token_store`](crate::ClientBuilder::token_store).
    pub fn token_store(self, store: impl TokenStore + 'static) -> Self {
        Self(self.0.token_store(store))
    }

    /// See [`ClientBuilder::processes`](crate::ClientBuilder::processes).
    pub fn processes(self, count: u32) -> Self {
        Self(self.0.processes(count))
    }

    /// See [`ClientBuilder::observer`](crate::ClientBuilder::observer).
    pub fn observer(self, observer: impl Observer + 'static) -> Self {
        Self(self.0.observer(observer))
    }

    /// See [`ClientBuilder::clock`](crate::ClientBuilder::clock).
    pub fn clock(self, clock: impl Clock + 'static) -> Self {
        Self(self.0.clock(clock))
    }

    /// Builds the client and starts its thread.
    ///
    /// # Errors
    ///
    /// As [`ClientBuilder::build`](crate::ClientBuilder::build), and
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) if no thread can be started.
    pub fn build(self) -> Result<Client, Error> {
        let client = self.0.build()?;
        let driver = Arc::new(Driver::start()?);
        let fetches = driver.clone();
        client.spawn_fetches_by(move |work| fetches.run_apart(work));
        Ok(Client { client, driver })
    }
}

/// The thread that serves sockets and timers, while calls are made on the threads of their callers.
///
/// A call cannot simply be run by a runtime of ours: tokio panics when one is entered from within
/// another. So the caller's thread polls it and sleeps in between, as `reqwest::blocking` does.
struct Driver {
    running: RwLock<Arc<Running>>,
}

/// The thread of one process. The child of a `fork` has none, until it starts its own.
struct Running {
    process: u32,
    handle: Handle,
    /// The thread ends when this is dropped.
    _stop: oneshot::Sender<()>,
}

impl Driver {
    fn start() -> Result<Self, Error> {
        Ok(Self { running: RwLock::new(Arc::new(Running::start()?)) })
    }

    fn wait<T>(&self, call: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        self.running()?.wait(call)
    }

    /// Runs a token fetch in a thread of its own: a source may block, and must not delay the sockets
    /// then. If no thread can be started the work is dropped, and the calls that wait for it fail.
    fn run_apart(&self, work: Work) {
        if let Ok(running) = self.running() {
            let thread = thread::Builder::new().name("wechat-bizwifi-token".to_owned());
            let _ = thread.spawn(move || running.wait(work));
        }
    }

    /// The thread of this process.
    fn running(&self) -> Result<Arc<Running>, Error> {
        let running = read(&self.running).clone();
        if running.process == process::id() {
            return Ok(running);
        }
        let started = Arc::new(Running::start()?);
        let mut current = write(&self.running);
        // Another thread may have been faster.
        if current.process != started.process {
            *current = started;
        }
        Ok(current.clone())
    }
}

impl Running {
    fn start() -> Result<Self, Error> {
        Self::try_start().map_err(|error| {
            Error::config("the thread of the blocking client cannot be started").caused_by(error)
        })
    }

    fn try_start() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel();
        thread::Builder::new().name("wechat-bizwifi".to_owned()).spawn(move || {
            // Nothing is ever sent: the end of the channel is the sign.
            let _ = runtime.block_on(stopped);
        })?;
        Ok(Self { process: process::id(), handle, _stop: stop })
    }

    fn wait<F: Future>(&self, call: F) -> F::Output {
        let _entered = self.handle.enter();
        let signal = Arc::new(Signal::default());
        let waker = Waker::from(signal.clone());
        let mut cx = Context::from_waker(&waker);
        // The thread may be that of a task, whose budget is not this call's: when it is used up,
        // tokio would wait for that task to pause.
        let mut call = pin!(unconstrained(call));
        loop {
            match call.as_mut().poll(&mut cx) {
                Poll::Ready(output) => return output,
                Poll::Pending => signal.wait(),
            }
        }
    }
}

/// How long a call sleeps at most until it looks at the clock: so its time limits hold even if the
/// thread that serves the timers is blocked or gone.
const LOOK_AT_THE_CLOCK: Duration = Duration::from_millis(100);

/// What wakes a call. Not `park`: a log layer that waits for its writer may park the same thread, and
/// would take the wake-up for its own.
#[derive(Default)]
struct Signal {
    woken: Mutex<bool>,
    changed: Condvar,
}

impl Signal {
    fn wait(&self) {
        let woken = lock(&self.woken);
        let waited = self.changed.wait_timeout_while(woken, LOOK_AT_THE_CLOCK, |woken| !*woken);
        let (mut woken, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *woken = false;
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        *lock(&self.woken) = true;
        self.changed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn both_builders_have_the_same_settings() {
        let settings = |source: &'static str| {
            let methods = source.split("pub fn ").skip(1).map(|rest| rest.split('(').next());
            methods.collect::<std::collections::BTreeSet<_>>()
        };
        let (_, own) = include_str!("mod.rs").split_once("impl ClientBuilder {").unwrap();
        let own = settings(own.split("\n}\n").next().unwrap());
        assert_eq!(own, settings(include_str!("../client/builder.rs")));
    }
}
