//! The trait behind every token.

use std::error::Error as StdError;
use std::pin::Pin;
use std::time::{Duration, Instant};

use crate::error::{Error, ErrorKind};
use crate::secret::Secret;

/// Something that can come up with an access token.
///
/// The client caches what it returns, for as long as [`Token::new`] says, and asks once at a time. A
/// fetch is a task in the tokio runtime of the call that began it: when that call ends, the fetch goes
/// on for those to come, for 30 s or the client's timeout if that is longer. It is dropped with the
/// client and with its runtime; if calls of another runtime wait then, or nobody drives that runtime,
/// one of them asks again. The [module](super) has an example.
pub trait TokenSource: Send + Sync {
    /// Fetches a token.
    ///
    /// If WeChat has [refused](TokenRequest::refused) one, that had better not be the answer again;
    /// if it is, the calls that were refused fail.
    ///
    /// # Errors
    ///
    /// Whatever keeps it from having one. It is the `source()` of the calls' errors, which are of
    /// [`ErrorKind::Auth`](crate::ErrorKind::Auth) and retryable; one that is a
    /// [`wechat_bizwifi::Error`](crate::Error) passes on its kind, and whether it is retryable. See
    /// to it that no secret is in its text.
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
    pub(crate) token: Secret,
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

    /// Sees that it is a token at all: an empty one would be kept for two hours, in which every
    /// call fails.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let text = self.token.expose();
        let error = if text.trim().is_empty() {
            "is empty"
        } else if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            "holds white space, perhaps a line break of the file that it was read from"
        } else {
            return Ok(());
        };
        let message = format!("the access token that was handed out {error}");
        Err(Error::new(ErrorKind::Auth, message).retryable(true))
    }
}
