//! The trait behind every token.

use std::error::Error as StdError;
use std::pin::Pin;
use std::time::{Duration, Instant};

use super::auth::check_text;
use crate::secret::Secret;

/// Something that can come up with an access token.
///
/// The client caches what it returns, for as long as [`Token::new`] says, and never asks twice at a
/// time. A fetch that takes longer than the client's timeout is dropped, as is one that no call
/// waits for any more. The [module](super) has an example.
pub trait TokenSource: Send + Sync {
    /// Fetches a token.
    ///
    /// If WeChat has [refused](TokenRequest::refused) one, that had better not be the answer again;
    /// if it is, the calls that were refused fail.
    ///
    /// # Errors
    ///
    /// Whatever keeps it from having one. Calls fail with
    /// [`ErrorKind::Auth`](crate::ErrorKind::Auth) and this error at the end of their `source()`
    /// chain; one that is a [`wechat_bizwifi::Error`](crate::Error) passes on its kind. See to it
    /// that no secret is in its text.
    fn fetch<'a>(&'a self, request: TokenRequest<'a>) -> TokenFuture<'a>;
}

/// What [`TokenSource::fetch`] returns: a boxed future, so that sources can be trait objects.
pub type TokenFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Token, Box<dyn StdError + Send + Sync>>> + Send + 'a>>;

/// Why a token is wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokenRequest<'a> {
    pub(crate) refused: Option<&'a Secret>,
    /// When the token ends that calls use meanwhile, if there is one.
    pub(crate) alive_until: Option<Instant>,
}

impl<'a> TokenRequest<'a> {
    /// The token that WeChat has refused, if that is the reason.
    pub fn refused(&self) -> Option<&'a Secret> {
        self.refused
    }
}

/// An access token and how long it lives.
#[derive(Clone, Debug)]
pub struct Token {
    pub(super) token: Secret,
    pub(super) lifetime: Option<Duration>,
}

impl Token {
    /// A token that lives for `lifetime` from the moment that it was asked for.
    ///
    /// With a lifetime of zero it serves the calls that wait for it, and is not kept. Lifetimes over
    /// two hours are cut to that: no token of WeChat's lives longer.
    pub fn new(token: impl Into<Secret>, lifetime: Duration) -> Self {
        Self { token: token.into(), lifetime: Some(lifetime) }
    }

    /// A token that is kept until WeChat refuses it.
    pub fn lasting(token: impl Into<Secret>) -> Self {
        Self { token: token.into(), lifetime: None }
    }
}

/// A source with one token.
pub(crate) struct FixedToken(pub(crate) Secret);

impl TokenSource for FixedToken {
    fn fetch<'a>(&'a self, _: TokenRequest<'a>) -> TokenFuture<'a> {
        let token =
            check_text("access token", self.0.expose()).map(|()| Token::lasting(self.0.clone()));
        Box::pin(std::future::ready(token.map_err(Into::into)))
    }
}
