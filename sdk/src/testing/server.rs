//! The handle by which a test controls the server.

use std::net::SocketAddr;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::clock::ServerClock;
use super::endpoint::Endpoint;
use super::fault::FaultBuilder;
use super::log::Call;
use super::shared::Shared;
use super::state::Issue;
use super::thread::Serving;
use crate::client::Client;
use crate::client::ClientBuilder;
use crate::endpoint::ReturnCode;
use crate::secret::Secret;
use crate::token::Credentials;
use crate::wire::UnixTime;

/// A server that speaks WeChat's API on a loopback socket; the [module](super) is a guide to it.
///
/// It runs until it is dropped. Then its port and all connections are closed.
#[derive(Debug)]
#[must_use = "the server ends when it is dropped"]
pub struct TestServer {
    shared: Arc<Shared>,
    serving: Serving,
    appid: String,
    secret: Secret,
    base_url: String,
}

/// Reaching it.
impl TestServer {
    pub(super) fn new(
        shared: Arc<Shared>,
        serving: Serving,
        appid: String,
        secret: Secret,
    ) -> Self {
        let base_url = format!("http://{}", serving.address());
        Self { shared, serving, appid, secret, base_url }
    }

    /// What a client has to be given as its
    /// [`base_url`](crate::ClientBuilder::base_url).
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.serving.address()
    }

    /// Begins to build a client that speaks to this server, with its first account's credentials.
    pub fn client_builder(&self) -> ClientBuilder {
        Client::builder(self.credentials()).base_url(self.base_url())
    }
}

/// Accounts and tokens.
impl TestServer {
    /// The credentials of the account that the server began with.
    pub fn credentials(&self) -> Credentials {
        Credentials::new(self.appid.as_str(), self.secret.clone())
    }

    /// The secret among these, to ask whether a call [carries](Call::carries_secret) it, or to make
    /// sure that no log does.
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// Adds an account, whose tokens, quotas and placements are its own; or changes an account's
    /// secret, and begins it anew.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use wechat_bizwifi::Client;
    /// use wechat_bizwifi::testing::TestServer;
    ///
    /// let server = TestServer::start().await?;
    /// let other = server.add_account("wxfedcba9876543210", "5ec2e7");
    /// let client = Client::builder(other).base_url(server.base_url()).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn add_account(&self, appid: impl Into<String>, secret: impl Into<Secret>) -> Credentials {
        let (appid, secret) = (appid.into(), secret.into());
        self.shared.inner().state.add_account(appid.clone(), secret.clone());
        Credentials::new(appid, secret)
    }

    /// A token of the first account that works now: the stable one.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use wechat_bizwifi::testing::{Endpoint, TestServer};
    /// use wechat_bizwifi::{Auth, Client, GetCouponPlacement};
    ///
    /// let server = TestServer::start().await?;
    /// let auth = Auth::fixed(server.token());
    /// let client = Client::builder(auth).base_url(server.base_url()).build()?;
    /// client.get_coupon_placement(&GetCouponPlacement::new(1)).await?;
    /// assert_eq!(server.call_count(Endpoint::STABLE_TOKEN), 0);
    /// # Ok(())
    /// # }
    /// ```
    pub fn token(&self) -> Secret {
        let now = self.shared.clock.since_epoch();
        let issued = self.shared.inner().state.issue(Issue::Stable, &self.appid, now);
        // The account was added when the server started, and none can be taken away.
        issued.map_or_else(|_| Secret::new(""), |grant| Secret::new(grant.token))
    }

    /// For how many seconds the tokens are good that are issued from now on: 7200, unless a test
    /// says otherwise. 0 and less, as no real service would, issues tokens that have expired.
    pub fn set_token_lifetime(&self, seconds: i64) {
        self.shared.inner().state.tokens.set_lifetime(seconds);
    }

    /// Refuses every token that was issued so far with 40001, before its time.
    ///
    /// As with the real service, `stable_token` goes on handing out such a token unless a refresh is
    /// forced.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use wechat_bizwifi::testing::{Endpoint, TestServer};
    /// # use wechat_bizwifi::GetCouponPlacement;
    /// # let server = TestServer::start().await?;
    /// let client = server.client_builder().build()?;
    /// let request = GetCouponPlacement::new(1);
    /// client.get_coupon_placement(&request).await?;
    ///
    /// server.revoke_tokens();
    /// client.get_coupon_placement(&request).await?;
    /// let calls = server.calls_to(Endpoint::STABLE_TOKEN);
    /// assert_eq!(calls.last().unwrap().json()["force_refresh"], true);
    /// # Ok(())
    /// # }
    /// ```
    pub fn revoke_tokens(&self) {
        let now = self.shared.clock.since_epoch();
        self.shared.inner().state.tokens.revoke(now);
    }

    /// Refuses every token that was issued so far with 42001, as if its time were over. The next
    /// request for a token issues another.
    pub fn expire_tokens(&self) {
        let now = self.shared.clock.since_epoch();
        self.shared.inner().state.tokens.expire(now);
    }

    /// How many tokens were issued.
    pub fn tokens_issued(&self) -> u64 {
        self.shared.inner().state.tokens.count()
    }
}

/// Time, limits, and what exists.
impl TestServer {
    /// The server's clock, to be read and moved.
    pub fn clock(&self) -> &ServerClock {
        &self.shared.clock
    }

    /// How many calls to an endpoint each account has a day; more are refused with 45009, until it
    /// is midnight in China by the server's clock.
    ///
    /// Without this there are 500,000 for `stable_token` (20 of them may force a refresh), 2,000 for
    /// `token`, and as many as you like for all else. [`Endpoint::ANY`] counts the calls to all
    /// endpoints together.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use wechat_bizwifi::testing::{Endpoint, TestServer};
    /// # use wechat_bizwifi::{ErrorKind, GetCouponPlacement};
    /// # let server = TestServer::start().await?;
    /// # let client = server.client_builder().build()?;
    /// server.set_daily_quota(Endpoint::GET_COUPON_PLACEMENT, 1);
    /// client.get_coupon_placement(&GetCouponPlacement::new(1)).await?;
    /// let error = client.get_coupon_placement(&GetCouponPlacement::new(1)).await.unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Throttled);
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_daily_quota(&self, endpoint: Endpoint, calls: u64) {
        self.shared.inner().state.quotas.set_daily(endpoint, calls);
    }

    /// How many calls to an endpoint each account has a minute; more are refused with 45011, until
    /// the server's clock shows the next minute. Without this there are 10,000 for `stable_token`.
    pub fn set_minute_quota(&self, endpoint: Endpoint, calls: u64) {
        self.shared.inner().state.quotas.set_by_minute(endpoint, calls);
    }

    /// Adds a card that is valid until then. Once there is one, other cards do not exist (9008001),
    /// and no placement may end later than its card (9008002); until then any card will do.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// # use wechat_bizwifi::testing::TestServer;
    /// # let server = TestServer::start().await?;
    /// server.add_card("pBnTrjvZJXkZsPGwfq9F0Hl0WqE", 1_457_712_000);
    /// # Ok(())
    /// # }
    /// ```
    pub fn add_card(&self, card_id: impl Into<String>, valid_until: impl Into<UnixTime>) {
        self.shared.inner().state.world.add_card(card_id.into(), valid_until.into());
    }

    /// Adds a store. Once there is one, others do not exist (9002009); until then every store does.
    pub fn add_shop(&self, shop_id: i64) {
        self.shared.inner().state.world.add_shop(shop_id);
    }

    /// Adds something that operations list and read, by the property that identifies it: where nothing was
    /// added, they answer with the documented example; then, with what was added and nothing else.
    ///
    /// Which operations these are follows from their descriptions. Those with `paging` list it, if the
    /// property is the `key` of their items, or if the items are no objects and are named by its plural:
    /// `cardIds` for `card_id`. Those without read it, if it is all that their request has to have.
    ///
    /// Replies tell `facts`; where there are none, what is documented, with this id.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use serde_json::json;
    /// # use wechat_bizwifi::GetShop;
    /// # use wechat_bizwifi::testing::TestServer;
    /// # let server = TestServer::start().await?;
    /// # let client = server.client_builder().build()?;
    /// server.add_item("shop_id", 7, json!({ "shop_name": "宝安店" }));
    /// server.add_item("shop_id", 9, None);
    /// let mut shops = client.shops();
    /// let first = shops.next().await.ok_or("no stores")??;
    /// assert_eq!((first.shop_id.get(), first.shop_name.as_deref()), (7, Some("宝安店")));
    /// let shop = client.get_shop(&GetShop::new(7)).await?.ok_or("no such store")?;
    /// assert_eq!(shop.shop_name.as_deref(), Some("宝安店"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn add_item(&self, property: &str, id: impl Into<Value>, facts: impl Into<Option<Value>>) {
        let (id, facts) = (id.into().into(), facts.into());
        self.shared.inner().state.world.catalog.add(property, id, facts);
    }
}

/// Replies of your own.
impl TestServer {
    /// Has a closure answer the requests of a type, in place of what the server would say: it returns the
    /// payload of the reply, or a return code. It is asked once the request was let in: with a valid
    /// token, within its quota, checked by its description.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use serde_json::json;
    /// # use wechat_bizwifi::testing::TestServer;
    /// # use wechat_bizwifi::{GetShop, ReturnCode, ShopId};
    /// # let server = TestServer::start().await?;
    /// # let client = server.client_builder().build()?;
    /// server.answer(|request: GetShop| match request.shop_id() {
    ///     ShopId::ALL => Err(ReturnCode::new(9_002_009)),
    ///     _ => Ok(json!({ "shop_name": "南山店" })),
    /// });
    /// let shop = client.get_shop(&GetShop::new(429620)).await?.unwrap();
    /// assert_eq!(shop.shop_name.unwrap(), "南山店");
    /// let error = client.get_shop(&GetShop::new(0)).await.unwrap_err();
    /// assert_eq!(error.code(), Some(ReturnCode::new(9_002_009)));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Where the operation has pages, the closure may return a list: all items, of which the server cuts
    /// the page that was asked for.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use serde_json::json;
    /// # use wechat_bizwifi::testing::TestServer;
    /// # use wechat_bizwifi::ListShops;
    /// # let server = TestServer::start().await?;
    /// # let client = server.client_builder().build()?;
    /// server.answer(|_: ListShops| Ok((1..=45).map(|id| json!({ "shop_id": id })).collect()));
    /// let mut shops = client.shops();
    /// assert_eq!(shops.next_page().await.unwrap()?.len(), 20);
    /// # Ok(())
    /// # }
    /// ```
    pub fn answer<E, A>(&self, answer: A)
    where
        E: crate::endpoint::Endpoint + DeserializeOwned,
        A: Fn(E) -> Result<Value, ReturnCode> + Send + Sync + 'static,
    {
        self.shared.inner().state.answers.set(answer);
    }
}

/// Faults.
impl TestServer {
    /// Begins to script what happens to calls to an endpoint: see [`FaultBuilder`].
    pub fn fault(&self, endpoint: Endpoint) -> FaultBuilder<'_> {
        FaultBuilder::new(&self.shared, endpoint)
    }

    /// Takes back what was scripted. Calls that are already under way are not affected.
    pub fn clear_faults(&self) {
        self.shared.inner().script.clear();
    }
}

/// The log.
impl TestServer {
    /// The calls that have arrived, in their order; the latest 10,000 of them, unless
    /// [`keep_calls`](super::TestServerBuilder::keep_calls) says otherwise.
    pub fn calls(&self) -> Vec<Call> {
        self.calls_to(Endpoint::ANY)
    }

    /// Those of the calls that were made to one endpoint.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use wechat_bizwifi::testing::{Endpoint, TestServer};
    /// # use wechat_bizwifi::GetCouponPlacement;
    /// # let server = TestServer::start().await?;
    /// # let client = server.client_builder().build()?;
    /// client.get_coupon_placement(&GetCouponPlacement::new(429620)).await?;
    ///
    /// let calls = server.calls_to(Endpoint::GET_COUPON_PLACEMENT);
    /// assert_eq!(calls[0].body(), br#"{"shop_id":429620}"#);
    /// assert!(calls[0].carries_token(&server.token()));
    /// assert!(!calls[0].to_string().contains(server.token().expose()));
    /// # Ok(())
    /// # }
    /// ```
    #[expect(clippy::needless_pass_by_value, reason = "endpoints are constants")]
    pub fn calls_to(&self, endpoint: Endpoint) -> Vec<Call> {
        self.shared.inner().log.calls(&endpoint)
    }

    /// How many calls to an endpoint have arrived.
    #[expect(clippy::needless_pass_by_value, reason = "endpoints are constants")]
    pub fn call_count(&self, endpoint: Endpoint) -> u64 {
        self.shared.inner().log.count(&endpoint)
    }

    /// Waits until so many calls to an endpoint have arrived, answered or not.
    ///
    /// It has no limit of its own: a test that may wait in vain wraps it in a timeout.
    pub async fn wait_for_calls(&self, endpoint: Endpoint, calls: u64) {
        self.shared.wait_for(&endpoint, calls).await;
    }

    /// Forgets the calls so far, and counts from 0 again.
    pub fn clear_calls(&self) {
        self.shared.inner().log.clear();
    }
}
