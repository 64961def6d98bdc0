//! The one place that touches the HTTP library.
//!
//! The access token travels in the URL, so whatever holds a URL holds a secret: none leaves this
//! module, neither in a value nor in an error.

mod base;
mod errors;
mod http;
mod outgoing;
mod pools;
mod receive;
mod token_urls;

use std::time::Duration;

use bytes::Bytes;

pub(crate) use base::{BaseUrl, query_pair};
pub(crate) use http::{Http, HttpSettings};
pub(crate) use outgoing::{Content, Outgoing, json};
pub(crate) use token_urls::TokenUrls;

use crate::clock::TimeLimit;
use crate::error::Error;

/// What carries requests to the service and replies back.
#[derive(Debug)]
pub(crate) enum Transport {
    Http(Http),
    #[cfg(test)]
    Fake(fake::Fake),
}

/// A reply as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Incoming {
    pub(crate) status: u16,
    /// How long the sender asks to wait (`Retry-After`).
    pub(crate) retry_after: Option<Duration>,
    pub(crate) body: Bytes,
}

impl Incoming {
    /// A reply with status 200.
    pub(crate) fn ok(body: Bytes) -> Self {
        Self { status: 200, retry_after: None, body }
    }

    /// Whether the status says that the body is the answer.
    pub(crate) fn is_success(&self) -> bool {
        receive::is_success(self.status)
    }
}

impl Transport {
    /// Sends a request once and receives the reply to it. `token` is in the URL, where the
    /// operation needs one. The caller drops the future when the limit is over.
    pub(crate) async fn exchange(
        &self,
        outgoing: &Outgoing,
        token: Option<&TokenUrls>,
        limit: TimeLimit<'_>,
    ) -> Result<Incoming, Error> {
        match self {
            Self::Http(http) => http.exchange(outgoing, token, limit).await,
            #[cfg(test)]
            Self::Fake(fake) => fake.exchange(outgoing, token).await,
        }
    }
}

#[cfg(test)]
pub(crate) mod fake;
