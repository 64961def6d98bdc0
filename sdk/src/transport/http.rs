//! Requests over HTTP.
//!
//! ```text
//! getShop, shop_id=7, token T    GET https://api.weixin.qq.com/shop/get?access_token=T&shop_id=7
//! ```

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use reqwest::{Client, ClientBuilder, Method, Request, Url};

use super::base::BaseUrl;
use super::outgoing::{Content, Outgoing};
use super::pools::{Pool, Pools};
use super::{Incoming, TokenUrls, errors, receive};
use crate::clock::TimeLimit;
use crate::endpoint;
use crate::error::{Error, ErrorKind};

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const OURSELVES: HeaderValue =
    HeaderValue::from_static(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")));

/// Idle connections are given up sooner than the 60 s after which load balancers commonly cut
/// them, so that few requests meet a connection that is about to close.
const POOL_IDLE: Duration = Duration::from_secs(50);

/// The HTTP client and where it sends requests to.
#[derive(Debug)]
pub(crate) struct Http {
    pools: Pools,
    base: BaseUrl,
    reply_limit: usize,
}

/// What the builder of a client says about HTTP.
#[derive(Debug)]
pub(crate) struct HttpSettings {
    pub(crate) client: Option<Client>,
    pub(crate) connect_timeout: Duration,
    pub(crate) reply_limit: usize,
}

impl Http {
    pub(crate) fn build(base: BaseUrl, settings: HttpSettings) -> Result<Self, Error> {
        let HttpSettings { client, connect_timeout, reply_limit } = settings;
        let is_plain = base.is_plain();
        let pools = match client {
            Some(given) => Pools::new(move || Ok(given.clone())),
            None => Pools::new(move || build_client(is_plain, connect_timeout)),
        };
        Ok(Self { pools: pools?, base, reply_limit })
    }

    pub(super) async fn exchange(
        &self,
        outgoing: &Outgoing,
        token: Option<&TokenUrls>,
        limit: TimeLimit<'_>,
    ) -> Result<Incoming, Error> {
        let pool = self.pools.get().await?;
        let mut used = Used { pools: &self.pools, pool: &pool, limit, lost: None };
        let reply = self.exchange_on(&pool, (outgoing, token), limit).await;
        let lost = reply.as_ref().is_err_and(is_lost);
        used.lost = Some(lost);
        if !lost {
            pool.note_served();
        }
        reply
    }

    async fn exchange_on(
        &self,
        pool: &Pool,
        (outgoing, token): (&Outgoing, Option<&TokenUrls>),
        limit: TimeLimit<'_>,
    ) -> Result<Incoming, Error> {
        // Made here, since requests are large, and each way that one takes is a copy of it.
        let sent = pool.client().execute(self.request(outgoing, token)).await;
        let mut response = sent.map_err(|error| errors::sending(error, self.base.authority()))?;
        if !self.base.is_origin_of(response.url()) {
            return Err(errors::redirected());
        }
        receive::receive(&mut response, self.reply_limit, limit).await
    }

    fn request(&self, outgoing: &Outgoing, token: Option<&TokenUrls>) -> Request {
        let mut request = Request::new(method(outgoing), self.url(outgoing, token));
        if let Content::Body(body) = &outgoing.content {
            *request.headers_mut() = header(CONTENT_TYPE, JSON);
            // A body of known length is sent with Content-Length: WeChat answers 412 to chunks.
            *request.body_mut() = Some(body.clone().into());
        }
        request
    }

    fn url(&self, outgoing: &Outgoing, token: Option<&TokenUrls>) -> Url {
        let path = outgoing.operation.path;
        let join = |query: &[&str]| self.base.join(path, query);
        match (&outgoing.content, token) {
            (Content::Body(_), None) => join(&[]),
            (Content::Body(_), Some(token)) => token.url(path, || join(&[token.query().expose()])),
            (Content::Query(query), None) => join(&[query.text.expose()]),
            (Content::Query(query), Some(token)) => {
                join(&[token.query().expose(), query.text.expose()])
            }
        }
    }
}

/// Whether a connection was lost, or never came about.
fn is_lost(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport)
}

/// A pool while a request is under way in it.
///
/// When its connection breaks or the time is over, the idle connections may be broken too, since an
/// address has changed or a firewall has dropped them. The next attempt must not use one of those.
struct Used<'a> {
    pools: &'a Pools,
    pool: &'a Arc<Pool>,
    limit: TimeLimit<'a>,
    /// Whether the connection was lost; `None` while that is open.
    lost: Option<bool>,
}

impl Drop for Used<'_> {
    fn drop(&mut self) {
        if self.lost.unwrap_or_else(|| self.limit.is_over()) {
            self.pools.renew(self.pool);
        }
    }
}

fn method(outgoing: &Outgoing) -> Method {
    match outgoing.operation.method {
        endpoint::Method::Get => Method::GET,
        endpoint::Method::Post => Method::POST,
    }
}

/// One header. All are made here, since what adds to a map of headers takes kilobytes wherever it is used.
#[inline(never)]
fn header(name: HeaderName, value: HeaderValue) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(name, value);
    headers
}

fn build_client(is_plain: bool, connect_timeout: Duration) -> Result<Client, Error> {
    let builder = Client::builder()
        .default_headers(header(USER_AGENT, OURSELVES))
        .connect_timeout(connect_timeout)
        .pool_idle_timeout(POOL_IDLE)
        .http1_only()
        // A redirect would carry the token elsewhere.
        .redirect(reqwest::redirect::Policy::none())
        // Retries are decided on what the reply says.
        .retry(reqwest::retry::never())
        .referer(false);
    let builder = if is_plain { on_this_machine(builder) } else { secure(builder)? };
    builder.build().map_err(errors::building)
}

/// Plain HTTP on this machine needs neither a proxy nor certificates, and must work where there
/// are none.
fn on_this_machine(builder: ClientBuilder) -> ClientBuilder {
    let builder = builder.no_proxy();
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    let builder = builder.tls_certs_only([]);
    builder
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[cfg_attr(
    not(feature = "webpki-roots"),
    expect(clippy::unnecessary_wraps, reason = "only certificates may fail to be read")
)]
fn secure(builder: ClientBuilder) -> Result<ClientBuilder, Error> {
    let builder = builder.https_only(true);
    #[cfg(feature = "webpki-roots")]
    let builder = {
        // Certificates to trust beside the system's.
        let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter();
        let roots = roots.map(|root| reqwest::Certificate::from_der(root));
        builder.tls_certs_merge(roots.collect::<Result<Vec<_>, _>>().map_err(errors::building)?)
    };
    Ok(builder)
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn secure(_: ClientBuilder) -> Result<ClientBuilder, Error> {
    Err(Error::said(ErrorKind::Config, wechat_bizwifi_rules::message::NO_TLS))
}
