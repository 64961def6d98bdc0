//! The requests that WeChat's token endpoints are asked with.
//!
//! ```text
//! Credentials::new(…)                          stable(&credentials, force)
//! ….token_endpoint(TokenEndpoint::Legacy)      legacy(&credentials, force)
//! ```
//!
//! Credentials hold the function: so a program contains the request of the legacy endpoint only if it
//! chooses that endpoint.

use super::auth::{Credentials, TokenEndpoint};
use crate::error::Error;
use crate::generated::{GetAccessToken, GetStableAccessToken};
use crate::transport::Outgoing;

/// Writes the request for a token: if it is forced, for another one than before.
pub(super) type WriteRequest = fn(&Credentials, force: bool) -> Result<Outgoing, Error>;

pub(super) fn of(endpoint: TokenEndpoint) -> WriteRequest {
    match endpoint {
        TokenEndpoint::Stable => stable,
        TokenEndpoint::Legacy => legacy,
    }
}

pub(super) fn stable(credentials: &Credentials, force: bool) -> Result<Outgoing, Error> {
    let request = GetStableAccessToken::builder()
        .appid(&*credentials.appid)
        .secret(credentials.secret.clone());
    let request = if force { request.force_refresh(true) } else { request };
    Outgoing::of(&request.build()?)
}

/// Each token of the legacy endpoint is another one.
fn legacy(credentials: &Credentials, _: bool) -> Result<Outgoing, Error> {
    let request =
        GetAccessToken::builder().appid(&*credentials.appid).secret(credentials.secret.clone());
    Outgoing::of(&request.build()?)
}
