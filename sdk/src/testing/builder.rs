//! Settings that a server has from its start.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use super::log::Log;
use super::server::TestServer;
use super::shared::Shared;
use super::state::State;
use super::thread;
use crate::secret::Secret;

const APPID: &str = "wx0123456789abcdef";
const SECRET: &str = "5ec2e75ec2e75ec2e75ec2e75ec2e75e";

/// Starting it.
impl TestServer {
    /// Starts a server on a free port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// When the system has no socket or thread to give.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Starts a server, without a runtime of the caller's: for tests of programs that are not
    /// async.
    ///
    /// ```
    /// use wechat_bizwifi::testing::TestServer;
    ///
    /// let server = TestServer::start_blocking()?;
    /// assert!(server.base_url().starts_with("http://127.0.0.1:"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    pub fn start_blocking() -> io::Result<Self> {
        Self::builder().start_blocking()
    }

    /// Begins a server with settings of your own.
    pub fn builder() -> TestServerBuilder {
        TestServerBuilder::default()
    }
}

/// The settings of a server to be; from [`TestServer::builder`].
///
/// | setting | default |
/// |---|---|
/// | [`address`](Self::address) | a free port of 127.0.0.1 |
/// | [`account`](Self::account) | `wx0123456789abcdef`, and a secret that [`TestServer::credentials`] knows |
/// | [`keep_calls`](Self::keep_calls) | 10,000 |
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use wechat_bizwifi::testing::TestServer;
///
/// let server = TestServer::builder().account("wx1", "5ec2e7").keep_calls(100).start().await?;
/// assert!(server.base_url().starts_with("http://127.0.0.1:"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct TestServerBuilder {
    address: SocketAddr,
    appid: String,
    secret: Secret,
    keep_calls: usize,
}

impl Default for TestServerBuilder {
    fn default() -> Self {
        Self {
            address: (Ipv4Addr::LOCALHOST, 0).into(),
            appid: APPID.to_owned(),
            secret: SECRET.into(),
            keep_calls: 10_000,
        }
    }
}

impl TestServerBuilder {
    /// Where to listen; port 0 is a free one.
    pub fn address(mut self, address: impl Into<SocketAddr>) -> Self {
        self.address = address.into();
        self
    }

    /// The account that the server begins with; [`TestServer::add_account`] adds others.
    pub fn account(mut self, appid: impl Into<String>, secret: impl Into<Secret>) -> Self {
        self.appid = appid.into();
        self.secret = secret.into();
        self
    }

    /// How many of the latest calls [`TestServer::calls`] returns. Counts include them all.
    pub fn keep_calls(mut self, most: usize) -> Self {
        self.keep_calls = most;
        self
    }

    /// Starts the server.
    ///
    /// # Errors
    ///
    /// When the address is taken, or the system has no socket or thread to give.
    #[expect(
        clippy::unused_async,
        reason = "it may have to wait one day, which must break no caller"
    )]
    pub async fn start(self) -> io::Result<TestServer> {
        self.start_blocking()
    }

    /// Starts the server, without a runtime of the caller's.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    pub fn start_blocking(self) -> io::Result<TestServer> {
        let Self { address, appid, secret, keep_calls } = self;
        let mut state = State::default();
        state.add_account(appid.clone(), secret.clone());
        let shared = Arc::new(Shared::new(state, Log::new(keep_calls)));
        let thread = thread::Serving::start(address, Arc::clone(&shared))?;
        Ok(TestServer::new(shared, thread, appid, secret))
    }
}
