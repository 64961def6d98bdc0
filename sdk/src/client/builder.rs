//! Building a client.

use std::sync::Arc;
use std::time::Duration;

use wechat_bizwifi_rules::message::STORE_ALONE;

use super::Client;
use super::wechat_tokens::WeChatTokens;
use crate::clock::{Clock, Time};
use crate::config::{CallOptions, Host, Settings};
use crate::engine::Engine;
use crate::error::{Error, ErrorKind};
use crate::known_secrets::KnownSecrets;
use crate::observer::{Observer, Observers};
use crate::retry::{Quota, RetryPolicy};
use crate::token::{AccountSource, Auth, AuthKind, Sharing, TokenCache, TokenSource, TokenStore};
use crate::transport::{BaseUrl, Http, HttpSettings, Transport};

/// Builds a [`Client`]: its settings, and their defaults.
///
/// | setting | default |
/// |---|---|
/// | [`host`](Self::host), [`base_url`](Self::base_url) | `https://api.weixin.qq.com` |
/// | [`connect_timeout`](Self::connect_timeout) | 3.1 s |
/// | [`attempt_timeout`](Self::attempt_timeout) | 10 s |
/// | [`timeout`](Self::timeout) | 30 s |
/// | [`retry`](Self::retry) | [`RetryPolicy::new`]: 3 attempts |
/// | [`reply_limit`](Self::reply_limit) | 8 MiB |
/// | [`token_store`](Self::token_store) | none: the token is this client's and its clones' alone |
/// | [`processes`](Self::processes) | 16, of importance with a token store only |
/// | [`observer`](Self::observer) | none |
///
/// ```
/// use std::time::Duration;
/// use wechat_bizwifi::{Client, Credentials, Host};
///
/// let client = Client::builder(Credentials::new("wx0123456789abcdef", "0123456789abcdef0123456789abcdef"))
///     .host(Host::Shanghai)
///     .timeout(Duration::from_secs(10))
///     .build()?;
/// # let _ = client;
/// # Ok::<(), wechat_bizwifi::Error>(())
/// ```
///
/// Wrong settings are reported when the client is built:
///
/// ```
/// use wechat_bizwifi::{Client, Credentials, ErrorKind};
///
/// let error = Client::builder(Credentials::new("wx0123456789abcdef", "secret"))
///     .base_url("http://api.weixin.qq.com")
///     .build()
///     .unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Config);
/// assert!(error.to_string().contains("must begin with https://"));
/// ```
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder {
    auth: Auth,
    base_url: String,
    http: HttpSettings,
    settings: Settings,
    time: Time,
    sharing: Sharing,
}

impl ClientBuilder {
    pub(crate) fn new(auth: Auth) -> Self {
        Self {
            auth,
            base_url: Host::default().base_url().to_owned(),
            http: HttpSettings {
                client: None,
                connect_timeout: Duration::from_millis(3100),
                reply_limit: 8 << 20,
            },
            settings: Settings::default(),
            time: Time::default(),
            sharing: Sharing::default(),
        }
    }

    /// Which of WeChat's hosts to use. Default: [`Host::Api`].
    pub fn host(self, host: Host) -> Self {
        self.base_url(host.base_url())
    }

    /// Where the service is, if not at one of WeChat's hosts: a gateway of your own, or a test
    /// server. The operations' paths are added to it.
    ///
    /// It must be HTTPS, because the token travels in the URL; plain HTTP is accepted for this machine
    /// only (`127.0.0.1`, `[::1]`, `localhost`), and then without a proxy.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// How long connecting may take, name resolution and TLS included. Default: 3.1 s, a little
    /// more than a lost packet's first repetition takes.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.http.connect_timeout = timeout;
        self
    }

    /// How long one attempt may take, from connecting to the last byte of the reply. Default: 10 s.
    pub fn attempt_timeout(self, timeout: Duration) -> Self {
        self.options(CallOptions::new().attempt_timeout(timeout))
    }

    /// How long a whole call may take: waiting for a token, all attempts and the pauses between them.
    /// Default: 30 s; `Duration::MAX` is no limit.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.options(CallOptions::new().timeout(timeout))
    }

    /// How often and when to repeat. Default: [`RetryPolicy::new`].
    pub fn retry(self, policy: RetryPolicy) -> Self {
        self.options(CallOptions::new().retry(policy))
    }

    /// The largest reply, in bytes, that is read. Default: 8 MiB, thousands of times what this API
    /// sends.
    pub fn reply_limit(mut self, bytes: usize) -> Self {
        self.http.reply_limit = bytes;
        self
    }

    /// An HTTP client of your own, with your proxy, your certificates, your TLS library.
    ///
    /// The client's own connect timeout goes unused then, and so do this crate's TLS features. Its pool
    /// of connections serves all tokio runtimes, so if there are [several](Client#several-runtimes),
    /// build it with `pool_max_idle_per_host(0)`. It must not follow redirects
    /// (`redirect(Policy::none())`), because the token is in the URL, and had better leave timeouts
    /// and retries to this crate.
    ///
    /// A client of `reqwest-middleware` does not fit: middleware would see the URL with its token,
    /// and its retries would multiply with those of this crate. What such middleware is used for is
    /// here already: retries are a [`RetryPolicy`], traces come [by themselves](crate::guide::telemetry),
    /// metrics from an [`observer`](Self::observer), and a proxy or a certificate belongs into the
    /// `reqwest::Client`. A cache or a signature fits into a gateway at [`base_url`](Self::base_url).
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http.client = Some(client);
        self
    }

    /// Shares the account's token with other clients by way of this store; see
    /// [Running many instances](crate::guide::many_instances).
    ///
    /// It goes with [`Credentials`](crate::Credentials) only: a source of your own can share its
    /// tokens itself.
    pub fn token_store(mut self, store: impl TokenStore + 'static) -> Self {
        self.sharing.set_store(Arc::new(store));
        self
    }

    /// How many processes share the account, at most; 0 means 1. Default: 16.
    ///
    /// While the [store](Self::token_store) is out of reach, each process fetches tokens itself, but
    /// no more than its share of what the token endpoint allows.
    pub fn processes(mut self, count: u32) -> Self {
        self.sharing.processes = count;
        self
    }

    /// An observer, which is called before and after each attempt, for metrics: see [`Observer`].
    pub fn observer(mut self, observer: impl Observer + 'static) -> Self {
        self.settings.observers = Observers::one(observer);
        self
    }

    /// A clock of your own, for tests. Default: tokio's.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.time = Time::Given(Arc::new(clock));
        self
    }

    /// Builds the client. Nothing is sent yet: the first call that needs a token fetches it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config), if the base URL or the credentials cannot be
    /// right, or TLS cannot be set up: because no TLS feature is on, or because the system has no CA
    /// certificates. The message says what to do.
    pub fn build(self) -> Result<Client, Error> {
        let Self { auth, base_url, http, settings, time, sharing } = self;
        let mut secret = None;
        if let AuthKind::Credentials(credentials) = &auth.0 {
            credentials.check()?;
            secret = Some(credentials.secret.clone());
        }
        if secret.is_none() && sharing.has_store() {
            return Err(Error::said(ErrorKind::Config, STORE_ALONE));
        }
        let secrets = Arc::new(KnownSecrets::new(secret));
        let transport = Transport::Http(Http::build(BaseUrl::parse(&base_url)?, http)?);
        let engine = Engine { transport, time, quota: Quota::new(), secrets };
        Ok(assemble(auth, engine, settings, sharing))
    }

    fn options(mut self, options: CallOptions) -> Self {
        self.settings = self.settings.with(options);
        self
    }
}

pub(crate) fn assemble(auth: Auth, engine: Engine, settings: Settings, sharing: Sharing) -> Client {
    let engine = Arc::new(engine);
    let fetches = settings.for_tokens();
    let fetch_limit = fetches.timeout;
    let source: Arc<dyn TokenSource> = match auth.0 {
        AuthKind::Source(source) => source,
        AuthKind::Credentials(credentials) => {
            let attempt_timeout = fetches.attempt_timeout;
            let tokens = WeChatTokens::new(engine.clone(), fetches, credentials.clone());
            let (source, time) = (Arc::new(tokens), engine.time.clone());
            sharing.share(AccountSource {
                source,
                credentials: &credentials,
                time,
                attempt_timeout,
            })
        }
    };
    let tokens = TokenCache::new(source, engine.secrets.clone(), engine.time.clone(), fetch_limit);
    Client::assemble(engine, tokens, settings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::{Credentials, MemoryStore, Token, TokenFuture, TokenRequest};

    struct Fixed;

    impl TokenSource for Fixed {
        fn fetch<'a>(&'a self, _: TokenRequest<'a>) -> TokenFuture<'a> {
            Box::pin(std::future::ready(Ok(Token::lasting("T1"))))
        }
    }

    #[test]
    fn a_client_has_the_documented_times_and_limits_unless_it_is_given_others() {
        let ClientBuilder { base_url, http, sharing, .. } = Client::builder(Auth::fixed("T1"));
        assert_eq!(base_url, "https://api.weixin.qq.com");
        assert_eq!(
            (http.connect_timeout, http.reply_limit),
            (Duration::from_millis(3100), 8 << 20)
        );
        assert_eq!((sharing.has_store(), sharing.processes), (false, 16));
    }

    #[test]
    fn what_cannot_be_right_is_reported_when_the_client_is_built() {
        let credentials = |secret: &str| Client::builder(Credentials::new("wx1", secret));
        let store = "a token store goes with credentials, and with nothing else";
        for (builder, message) in [
            (credentials(""), "the secret is empty"),
            (credentials("s").base_url("ftp://a"), "the base URL must begin with https://"),
            (Client::builder(Auth::fixed("T1")).token_store(MemoryStore::new()), store),
            (Client::builder(Auth::source(Fixed)).token_store(MemoryStore::new()), store),
        ] {
            let error = builder.build().unwrap_err();
            assert_eq!((error.kind(), &*error.to_string()), (ErrorKind::Config, message));
        }
        credentials("s").token_store(MemoryStore::new()).build().unwrap();
    }

    #[test]
    fn nothing_shows_more_of_itself_than_may_be_seen() {
        let shown = |value: &dyn std::fmt::Debug| format!("{value:?}");
        assert_eq!(shown(&Auth::source(Fixed)), "Source(..)");
        assert_eq!(shown(&MemoryStore::new()), "MemoryStore(..)");
        assert_eq!(
            shown(&Auth::from(Credentials::new("wx1", "s3cret"))),
            "Credentials { appid: \"wx1\", secret: Secret(..), endpoint: Stable }"
        );
    }
}
