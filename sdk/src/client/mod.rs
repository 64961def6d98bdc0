//! The client, how it is built, and the tokens that it fetches from WeChat.

mod builder;
mod wechat_tokens;

use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::pin::Pin;
use std::sync::Arc;

pub use builder::ClientBuilder;
#[cfg(test)]
pub(crate) use builder::assemble;

use crate::config::{CallOptions, Settings};
use crate::endpoint::{Endpoint, Security};
use crate::engine::{Call, Engine};
use crate::error::Error;
use crate::reply::not_read;
#[cfg(feature = "blocking")]
use crate::token::Work;
use crate::token::{Auth, TokenCache};
use crate::transport::Outgoing;

/// A client for WeChat's API: one method for each operation, tokens, retries and deadlines included.
///
/// Cloning it is cheap, and all clones share connections, access token and quota of retries, so one
/// client serves a whole program. It has to be used within a tokio runtime, with sockets and timers
/// (`enable_all`); programs that have none use `blocking::Client`.
///
/// A call's future can be dropped at any time. That ends the call, and nothing of it stays behind;
/// only a token fetch that it began goes on, for the calls to come.
///
/// # Several runtimes
///
/// Any number of runtimes can use one client, at the same time or one after the other: those of
/// tests, of an actix-web server, of a library that calls `block_on` now and then.
///
/// - **Shared** are access token, quota of retries and settings.
/// - **Each runtime's own** are connections and timers. They end with the runtime. No call uses a
///   connection that another runtime made, or one that is known to be closed.
/// - **A token fetch** runs in the runtime of the call that began it, and calls of all runtimes wait for
///   it. When that runtime ends, or nobody drives it, one of those calls begins the fetch again in its
///   own.
///
/// So no call waits for a runtime that is not its own. A call itself stays in the runtime in which it
/// was begun. An [`http_client`](crate::ClientBuilder::http_client) of your own shares its connections
/// between the runtimes, as reqwest does; build it with `pool_max_idle_per_host(0)` if there are several.
///
/// ```
/// use wechat_bizwifi::{Client, Credentials, GetCouponPlacement};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let server = wechat_bizwifi::testing::TestServer::start().await?;
/// # let (appid, secret) = ("wx0123456789abcdef", "0123456789abcdef0123456789abcdef");
/// # server.add_account(appid, secret);
/// # let base_url = server.base_url();
/// let client = Client::builder(Credentials::new(appid, secret))
/// #   .base_url(base_url)
///     .build()?;
/// match client.get_coupon_placement(&GetCouponPlacement::new(429620)).await? {
///     Some(placement) => println!("{placement:?}"),
///     None => println!("no card is placed in this store"),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    settings: Arc<Settings>,
}

/// A call under way, which is made while it is awaited.
///
/// It borrows the client and the request. To spawn it, move clones of both into a block:
///
/// ```
/// # use wechat_bizwifi::{Client, Error, GetCouponPlacement};
/// # fn example(client: &Client, request: &GetCouponPlacement) {
/// let (client, request) = (client.clone(), request.clone());
/// tokio::spawn(async move { client.get_coupon_placement(&request).await });
/// # }
/// ```
///
/// Boxed, so that what polls and what drops it is compiled once, with the client's methods: it would be
/// part of each program, and of each of its futures that makes a call.
pub type CallFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

struct Shared {
    engine: Arc<Engine>,
    tokens: TokenCache,
}

/// A call that panics leaves no lock taken and no state half changed.
impl UnwindSafe for Client {}
impl RefUnwindSafe for Client {}

/// For traits that add calls of another API to the client.
impl AsRef<Self> for Client {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl Client {
    /// Begins to build a client.
    ///
    /// `auth` is how it proves who it is: [`Credentials`](crate::Credentials), or an [`Auth`] with a
    /// fixed token or a source of your own.
    pub fn builder(auth: impl Into<Auth>) -> ClientBuilder {
        ClientBuilder::new(auth.into())
    }

    fn assemble(engine: Arc<Engine>, tokens: TokenCache, settings: Settings) -> Self {
        Self { shared: Arc::new(Shared { engine, tokens }), settings: Arc::new(settings) }
    }

    /// Has token fetches run in this way, and not as tasks.
    #[cfg(feature = "blocking")]
    pub(crate) fn spawn_fetches_by(&self, spawn: impl Fn(Work) + Send + Sync + 'static) {
        self.shared.tokens.spawn_by(Arc::new(spawn));
    }

    /// This client with other settings: it shares everything with this one, and has the same methods.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use wechat_bizwifi::{CallOptions, SetCouponPlacement};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let server = wechat_bizwifi::testing::TestServer::start().await?;
    /// # let client = server.client_builder().build()?;
    /// # let placement = SetCouponPlacement::builder()
    /// #     .shop_id(429620)
    /// #     .card_id("pBnTrjvZJXkZsPGwfq9F0Hl0WqE")
    /// #     .card_describe("10元代金券")
    /// #     .start_time(1457280000)
    /// #     .end_time(1457712000)
    /// #     .card_quantity(10)
    /// #     .build()?;
    /// // Nobody else places coupons in this store: doing it twice does no harm.
    /// let options = CallOptions::new().idempotent(true).timeout(Duration::from_secs(5));
    /// client.with(options).set_coupon_placement(&placement).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        let settings = Arc::new(self.settings.with(options));
        Self { shared: self.shared.clone(), settings }
    }

    /// Sends any request that was generated from a description: those of this crate, which have
    /// methods of their own, and those that you generate from descriptions of yours.
    ///
    /// A builder is not a request yet:
    ///
    /// ```compile_fail,E0277
    /// # async fn example(client: wechat_bizwifi::Client) {
    /// let request = wechat_bizwifi::GetCouponPlacement::builder().shop_id(7);
    /// let _ = client.send(&request).await;
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind). The request's rules are checked first: when it breaks
    /// any, nothing is sent.
    pub fn send<'a, E: Endpoint>(&'a self, request: &'a E) -> CallFuture<'a, E::Reply> {
        Box::pin(async move {
            let mut reply = None;
            let call = self.call(Outgoing::of(request)?);
            self.shared.engine.send(&call, &mut reply).await?;
            reply.ok_or_else(not_read)
        })
    }

    fn call(&self, outgoing: Outgoing) -> Call<'_> {
        let needs_token = outgoing.operation.security == Security::AccessToken;
        Call::new(outgoing, &self.settings, needs_token.then_some(&self.shared.tokens))
    }
}

/// As [`Client::send`], of whatever has a client: for the calls of another crate's API.
pub fn send<'a, C: AsRef<Client> + ?Sized, E: Endpoint>(
    client: &'a C,
    request: &'a E,
) -> CallFuture<'a, E::Reply> {
    client.as_ref().send(request)
}

impl fmt::Debug for Client {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Client").field("settings", &self.settings).finish_non_exhaustive()
    }
}
