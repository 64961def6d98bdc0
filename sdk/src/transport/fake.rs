//! A service in memory, for tests whose subject is time.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;

use super::outgoing::Content;
use super::{Incoming, Outgoing, TokenUrls};
use crate::error::Error;

type Answer = Pin<Box<dyn Future<Output = Result<Incoming, Error>> + Send>>;
type Answerer = dyn Fn(Received) -> Answer + Send + Sync;

#[derive(Clone)]
pub(crate) struct Fake(Arc<Answerer>);

/// What a request was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Received {
    pub(crate) operation: &'static str,
    pub(crate) token: Option<String>,
    pub(crate) text: String,
}

impl Fake {
    pub(crate) fn new(answer: impl Fn(Received) -> Answer + Send + Sync + 'static) -> Self {
        Self(Arc::new(answer))
    }

    /// A service that answers at once.
    pub(crate) fn prompt(
        answer: impl Fn(Received) -> Result<Incoming, Error> + Send + Sync + 'static,
    ) -> Self {
        Self::new(move |received| Box::pin(std::future::ready(answer(received))))
    }

    pub(super) async fn exchange(
        &self,
        outgoing: &Outgoing,
        token: Option<&TokenUrls>,
    ) -> Result<Incoming, Error> {
        let text = match &outgoing.content {
            Content::Body(body) => String::from_utf8_lossy(body).into_owned(),
            Content::Query(query) => query.text.expose().to_owned(),
        };
        let token = token.map(|token| token.query().expose().replace("access_token=", ""));
        (self.0)(Received { operation: outgoing.operation.id, token, text }).await
    }
}

impl fmt::Debug for Fake {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Fake")
    }
}

/// A reply with status 200.
#[expect(clippy::unnecessary_wraps, reason = "it stands where an exchange may fail")]
pub(crate) fn reply(body: impl Into<Bytes>) -> Result<Incoming, Error> {
    Ok(Incoming::ok(body.into()))
}
