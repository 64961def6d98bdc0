//! An operation as the runtime sees it: the trait of its request, and everything without types.

use serde::Serialize;

use super::paging::Paging;
use super::return_codes::ReturnCodes;
use crate::wire::{Check, Decode};

/// A request that a [`Client`](crate::Client) can send.
///
/// The generator implements it for every endpoint that a description names; the types are the
/// only part of a call that differs from endpoint to endpoint, all else is compiled once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a request that can be sent",
    label = "not a request",
    note = "a builder becomes a request by `.build()?`, and is sent by reference: `&request`"
)]
pub trait Endpoint: Serialize + Check + Send + Sync {
    /// What a successful call returns.
    type Reply: Decode + Send;

    /// The operation's facts, from its description.
    const OPERATION: &'static Operation;
}

/// An operation's facts: its name, where it is sent, how it may be repeated, how to read replies.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Operation {
    /// The description's `operationId`, such as `setCouponPlacement`.
    pub id: &'static str,
    /// The HTTP method. A `GET` sends its request as the query, a `POST` as a JSON body.
    pub method: Method,
    /// The path below the base URL, beginning with `/`.
    pub path: &'static str,
    /// Whether sending it twice has the effect of sending it once.
    pub idempotent: bool,
    /// What proves the caller's identity.
    pub security: Security,
    /// Where a reply keeps its return code, its message and its payload.
    pub envelope: Envelope,
    /// The return codes that the API documents.
    pub return_codes: &'static ReturnCodes,
    /// The names of the properties, of requests as well as of replies, whose values are secret: the
    /// description says so with `sensitive`.
    pub secrets: &'static [&'static str],
    /// How its items are read page by page, if it has pages.
    pub paging: Option<Paging>,
}

impl Operation {
    /// An operation that needs an access token, is not idempotent, and whose replies are all
    /// envelope: the generator adds what the description says beyond that.
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            idempotent: false,
            security: Security::AccessToken,
            envelope: Envelope { code: "errcode", message: "errmsg", payload: Payload::Nothing },
            return_codes: &ReturnCodes::NONE,
            secrets: &[],
            paging: None,
        }
    }

    /// Marks the operation as safe to repeat.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// Marks the operation as one that is sent without an access token.
    #[must_use]
    pub const fn without_token(mut self) -> Self {
        self.security = Security::None;
        self
    }

    /// States where a reply keeps its return code, its message and its payload.
    #[must_use]
    pub const fn envelope(
        mut self,
        code: &'static str,
        message: &'static str,
        payload: Payload,
    ) -> Self {
        self.envelope = Envelope { code, message, payload };
        self
    }

    /// States the return codes that the API documents, sorted by code.
    #[must_use]
    pub const fn return_codes(mut self, codes: &'static ReturnCodes) -> Self {
        self.return_codes = codes;
        self
    }

    /// States which properties hold secrets: nothing that the runtime shows has their values in it.
    #[must_use]
    pub const fn secrets(mut self, names: &'static [&'static str]) -> Self {
        self.secrets = names;
        self
    }

    /// States how its items are read page by page.
    #[must_use]
    pub const fn paging(mut self, paging: Paging) -> Self {
        self.paging = Some(paging);
        self
    }
}

/// The HTTP methods that descriptions use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// The request is the query.
    Get,
    /// The request is a JSON body.
    Post,
}

/// What proves the caller's identity to the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Security {
    /// Nothing: the token endpoints, whose requests carry the credentials themselves.
    None,
    /// An access token in the query parameter `access_token`.
    AccessToken,
}

/// Where a reply keeps its return code, its message and its payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Envelope {
    /// The property that holds the return code; absent or 0 means success.
    pub code: &'static str,
    /// The property that holds the message.
    pub message: &'static str,
    /// Where the payload is.
    pub payload: Payload,
}

/// Where a reply keeps its payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Payload {
    /// There is none: the return code is all.
    Nothing,
    /// In this property of the reply.
    Property(&'static str),
    /// The reply is the payload; code and message lie among its properties.
    Root,
}
