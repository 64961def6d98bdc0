//! The requests to WeChat's token endpoints.
//!
//! ```text
//! Credentials::new(…)                          stable(appid, secret, force)
//! ….token_endpoint(TokenEndpoint::Legacy)      legacy(appid, secret, force)
//! ```
//!
//! Credentials hold the function: so a program contains the request of the legacy endpoint only if it
//! chooses that endpoint.

use crate::error::Error;
use crate::generated::{GetAccessToken, GetStableAccessToken};
use crate::secret::Secret;
use crate::transport::Outgoing;

/// Writes an account's request for a token: if it is forced, for another one than before.
pub(super) type WriteRequest =
    fn(appid: &str, secret: &Secret, force: bool) -> Result<Outgoing, Error>;

pub(super) fn stable(appid: &str, secret: &Secret, force: bool) -> Result<Outgoing, Error> {
    let request = GetStableAccessToken::builder().appid(appid).secret(secret.clone());
    let request = if force { request.force_refresh(true) } else { request };
    Outgoing::of(&request.build()?)
}

/// Each token of the legacy endpoint is another one.
pub(super) fn legacy(appid: &str, secret: &Secret, _: bool) -> Result<Outgoing, Error> {
    let request = GetAccessToken::builder().appid(appid).secret(secret.clone());
    Outgoing::of(&request.build()?)
}
