//! Where tokens come from, as a trait.

use std::error::Error as StdError;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use wechat_bizwifi_rules::message::{
    Arg, DEFECT, EMPTY, HANDED_OUT, TOO_LONG, Template, WHITE_SPACE,
};

use crate::error::{Error, ErrorKind};
use crate::secret::Secret;

/// The longest token, in bytes: three times as long in a URL at most, which the HTTP library takes up to 64 KiB of.
const LONGEST: usize = 16 << 10;

/// A source of access tokens.
///
/// The client caches each token for as long as [`Token::new`] says, and fetches one at a time. A
/// fetch is a task in the tokio runtime of the call that began it: when that call ends, the fetch goes
/// on for later calls, for 30 s or the client's timeout if that is longer. It is dropped with the
/// client and with its runtime; if calls of another runtime wait then, or nothing drives that runtime,
/// one of them fetches again. The [module](super) has an example.
pub trait TokenSource: Send + Sync {
    /// Fetches a token.
    ///
    /// If WeChat has [refused](TokenRequest::refused) a token, return another one: if the same token
    /// comes again, the calls that were refused fail.
    ///
    /// # Errors
    ///
    /// When there is no token. The error becomes the `source()` of the calls' errors, which are of
    /// [`ErrorKind::Auth`](crate::ErrorKind::Auth) and retryable; if it is a
    /// [`wechat_bizwifi::Error`](crate::Error), they have its kind, and are retryable if it is. Its
    /// text must not contain secrets.
    fn fetch<'a>(&'a self, request: TokenRequest<'a>) -> TokenFuture<'a>;
}

impl<T: TokenSource + ?Sized> TokenSource for Arc<T> {
    fn fetch<'a>(&'a self, request: TokenRequest<'a>) -> TokenFuture<'a> {
        (**self).fetch(request)
    }
}

/// What [`TokenSource::fetch`] returns: a boxed future, so that sources can be trait objects.
pub type TokenFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Token, Box<dyn StdError + Send + Sync>>> + Send + 'a>>;

/// Why a token is fetched.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokenRequest<'a> {
    pub(crate) refused: Option<&'a Secret>,
    /// When the token expires that calls use in the meantime, if there is one.
    pub(crate) alive_until: Option<Instant>,
}

impl<'a> TokenRequest<'a> {
    /// The token that WeChat has refused, if that is the reason.
    pub fn refused(&self) -> Option<&'a Secret> {
        self.refused
    }
}

/// An access token and its lifetime.
#[derive(Clone, Debug)]
pub struct Token {
    pub(crate) token: Secret,
    pub(super) lifetime: Option<Duration>,
}

impl Token {
    /// A token that expires `lifetime` after the fetch began.
    ///
    /// With a lifetime of zero it serves the calls that wait for it, and is not kept. Lifetimes over
    /// two hours are cut to that: no token of WeChat's is valid for longer.
    pub fn new(token: impl Into<Secret>, lifetime: Duration) -> Self {
        Self { token: token.into(), lifetime: Some(lifetime) }
    }

    /// A token that is kept until WeChat refuses it.
    pub fn lasting(token: impl Into<Secret>) -> Self {
        Self { token: token.into(), lifetime: None }
    }

    /// Checks that it can be a token: an empty one would be used for two hours, in which every call
    /// fails.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let Some(defect) = defect(self.token.expose()) else {
            return Ok(());
        };
        let message = DEFECT.with([Arg::Words(HANDED_OUT), Arg::Words(defect)]);
        Err(Error::said(ErrorKind::Auth, message).retryable(true))
    }
}

/// What is wrong with an appid, a secret or a token.
pub(super) fn defect(text: &str) -> Option<Template<0>> {
    if text.trim().is_empty() {
        Some(EMPTY)
    } else if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        Some(WHITE_SPACE)
    } else if text.len() > LONGEST {
        Some(TOO_LONG)
    } else {
        None
    }
}
