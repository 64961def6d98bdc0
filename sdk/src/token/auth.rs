//! How a client proves who it is.

use std::fmt;
use std::sync::Arc;

use wechat_bizwifi_rules::message::{ACCESS_TOKEN, Arg, DEFECT};

use super::requests::{self, WriteRequest};
use super::source::{Token, TokenFuture, TokenRequest, TokenSource, defect};
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::transport::Outgoing;

/// An account's appid and secret, with which the client fetches its tokens.
///
/// ```
/// use wechat_bizwifi::Credentials;
///
/// let credentials = Credentials::new("wx0123456789abcdef", "0123456789abcdef0123456789abcdef");
/// // The secret is not printed.
/// assert_eq!(
///     format!("{credentials:?}"),
///     r#"Credentials { appid: "wx0123456789abcdef", secret: Secret(..), endpoint: Stable }"#,
/// );
/// ```
#[derive(Clone)]
pub struct Credentials {
    pub(crate) appid: String,
    pub(crate) secret: Secret,
    pub(crate) endpoint: TokenEndpoint,
    /// Writes requests for the endpoint.
    write_request: WriteRequest,
}

impl Credentials {
    /// The credentials of the account `appid`.
    ///
    /// Both stand on the account's administration page. They are checked when the client is built.
    pub fn new(appid: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self {
            appid: appid.into(),
            secret: secret.into(),
            endpoint: TokenEndpoint::Stable,
            write_request: requests::stable,
        }
    }

    /// Which endpoint to fetch tokens from. Default: [`TokenEndpoint::Stable`].
    #[must_use]
    pub fn token_endpoint(mut self, endpoint: TokenEndpoint) -> Self {
        self.endpoint = endpoint;
        self.write_request = match endpoint {
            TokenEndpoint::Stable => requests::stable,
            TokenEndpoint::Legacy => requests::legacy,
        };
        self
    }

    /// The request for a token: if it is forced, for another one than before.
    pub(crate) fn request(&self, force: bool) -> Result<Outgoing, Error> {
        (self.write_request)(&self.appid, &self.secret, force)
    }

    /// The errors that are easily made and hard to see from WeChat's answer to them.
    pub(crate) fn check(&self) -> Result<(), Error> {
        check_text(Arg::Text(&"appid"), &self.appid)?;
        check_text(Arg::Text(&"secret"), self.secret.expose())
    }
}

#[expect(
    clippy::missing_fields_in_debug,
    reason = "what writes requests follows from the endpoint"
)]
impl fmt::Debug for Credentials {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Credentials")
            .field("appid", &self.appid)
            .field("secret", &self.secret)
            .field("endpoint", &self.endpoint)
            .finish()
    }
}

/// Where tokens come from; see the [module](super) for the differences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenEndpoint {
    /// `/cgi-bin/stable_token`: every process gets the same token. The default.
    #[default]
    Stable,
    /// `/cgi-bin/token`: each fetch invalidates the token before it, five minutes later. For an
    /// account of which this is the only process, or whose processes share a
    /// [store](crate::ClientBuilder::token_store).
    Legacy,
}

/// How a client proves who it is: by [`Credentials`], a fixed token, or a source of tokens.
///
/// [`Client::builder`](crate::Client::builder) takes it; `Credentials` become one by themselves.
#[derive(Clone)]
pub struct Auth(pub(crate) AuthKind);

#[derive(Clone)]
pub(crate) enum AuthKind {
    Credentials(Credentials),
    Source(Arc<dyn TokenSource>),
}

impl Auth {
    /// This token, for as long as it works. For scripts, and where something else renews it: when
    /// WeChat refuses it, there is no other.
    pub fn fixed(token: impl Into<Secret>) -> Self {
        Self::source(FixedToken(token.into()))
    }

    /// The tokens of a source of your own. The client caches them and fetches one at a time.
    pub fn source(source: impl TokenSource + 'static) -> Self {
        Self(AuthKind::Source(Arc::new(source)))
    }
}

impl From<Credentials> for Auth {
    fn from(credentials: Credentials) -> Self {
        Self(AuthKind::Credentials(credentials))
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            AuthKind::Credentials(credentials) => credentials.fmt(out),
            AuthKind::Source(_) => out.write_str("Source(..)"),
        }
    }
}

/// A source with one token.
struct FixedToken(Secret);

impl TokenSource for FixedToken {
    fn fetch<'a>(&'a self, _: TokenRequest<'a>) -> TokenFuture<'a> {
        let token = check_text(Arg::Words(ACCESS_TOKEN), self.0.expose())
            .map(|()| Token::lasting(self.0.clone()));
        Box::pin(std::future::ready(token.map_err(Into::into)))
    }
}

fn check_text(name: Arg<'_>, text: &str) -> Result<(), Error> {
    match defect(text) {
        None => Ok(()),
        Some(defect) => {
            Err(Error::said(ErrorKind::Config, DEFECT.with([name, Arg::Words(defect)])))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::by_hand::now;

    #[test]
    fn empty_credentials_and_stray_line_breaks_are_refused_without_showing_them() {
        let white_space = "holds white space or a control character, perhaps a line break of the \
                           file that it was read from";
        for (appid, secret, message) in [
            ("", "k3y", "the appid is empty".to_owned()),
            ("wx1", "", "the secret is empty".to_owned()),
            ("wx1", "k3y\n", format!("the secret {white_space}")),
            ("wx1", "k3\0y", format!("the secret {white_space}")),
            ("wx 1", "k3y", format!("the appid {white_space}")),
        ] {
            let error = Credentials::new(appid, secret).check().unwrap_err();
            assert_eq!((error.kind(), error.to_string()), (ErrorKind::Config, message));
        }
        assert!(Credentials::new("wx1", "k3y").check().is_ok());
        for (token, message) in [
            ("", "the access token is empty".to_owned()),
            ("T1\n", format!("the access token {white_space}")),
        ] {
            let fixed = FixedToken(token.into());
            let fetched = now(fixed.fetch(TokenRequest::default()));
            assert_eq!(fetched.unwrap_err().to_string(), message);
        }
    }
}
