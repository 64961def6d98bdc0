//! The one place that touches the HTTP library.
//!
//! The access token travels in the URL, so whatever holds a URL holds a secret: none leaves this
//! module, neither in a value nor in an error.

mod base;
mod fault;
mod http;
mod outgoing;
mod pools;
mod reply;
mod token_urls;

use bytes::Bytes;

pub(crate) use base::BaseUrl;
pub(crate) use http::{Http, HttpSettings};
pub(crate) use outgoing::Outgoing;
pub(crate) use reply::judge;
pub(crate) use token_urls::TokenUrls;

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
    pub(crate) body: Bytes,
}

impl Transport {
    /// Sends a request once and receives the reply to it. `token` is in the URL, where
    /// the operation needs one.
    pub(crate) async fn exchange(
        &self,
        outgoing: &Outgoing,
        token: Option<&TokenUrls>,
    ) -> Result<Incoming, Error> {
        match self {
            Self::Http(http) => http.exchange(outgoing, token).await,
            #[cfg(test)]
            Self::Fake(fake) => fake.exchange(outgoing, token).await,
        }
    }
}

#[cfg(test)]
pub(crate) mod fake;
