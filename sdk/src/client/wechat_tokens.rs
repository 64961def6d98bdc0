//! WeChat's own token endpoints.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use wechat_bizwifi_rules::message::HELD_BACK;

use crate::config::Settings;
use crate::engine::{Call, Engine};
use crate::error::{Error, ErrorKind};
use crate::generated::AccessToken;
use crate::lock::lock;
use crate::reply::not_read;
use crate::telemetry;
use crate::token::{
    Credentials, Limits, Token, TokenEndpoint, TokenFuture, TokenRequest, TokenSource,
};

/// Fetches tokens with an account's credentials, within the endpoints' limits.
pub(crate) struct WeChatTokens {
    engine: Arc<Engine>,
    settings: Settings,
    /// The settings of forced fetches. These are repeated only if nothing was sent: each one counts
    /// towards the limit, and a second one within 30 s does nothing.
    forced: Settings,
    credentials: Credentials,
    limits: Mutex<Limits>,
}

impl WeChatTokens {
    pub(crate) fn new(engine: Arc<Engine>, settings: Settings, credentials: Credentials) -> Self {
        let limits = Mutex::new(Limits::of(credentials.endpoint));
        let forced = Settings { idempotent: Some(false), ..settings.clone() };
        Self { engine, settings, forced, credentials, limits }
    }

    async fn token(&self, request: TokenRequest<'_>) -> Result<Token, Error> {
        self.may_fetch()?;
        let mut force = false;
        loop {
            let settings = if force { &self.forced } else { &self.settings };
            let call = Call::new(self.credentials.request(force)?, settings, None);
            let mut reply = None;
            self.engine.send(&call, &mut reply).await?;
            let token = token_of(reply.ok_or_else(not_read)?)?;
            let is_refused = request.refused() == Some(&token.token);
            if force || !is_refused || !self.may_force() {
                return Ok(token);
            }
            telemetry::forced_refresh();
            force = true;
        }
    }

    fn may_fetch(&self) -> Result<(), Error> {
        let now = self.engine.time.now();
        if self.limits().fetches.take(now) {
            return Ok(());
        }
        Err(Error::said(ErrorKind::Throttled, HELD_BACK).retryable(true))
    }

    /// Whether the endpoint can be made to hand out another token, and that is allowed now.
    fn may_force(&self) -> bool {
        let can_force = self.credentials.endpoint == TokenEndpoint::Stable;
        can_force && self.limits().forced.take(self.engine.time.now())
    }

    fn limits(&self) -> MutexGuard<'_, Limits> {
        lock(&self.limits)
    }
}

fn token_of(reply: AccessToken) -> Result<Token, Error> {
    // A lifetime below zero counts as zero.
    let seconds = u64::try_from(reply.expires_in).unwrap_or(0);
    let token = Token::new(reply.access_token, Duration::from_secs(seconds));
    token.check().map(|()| token)
}

impl TokenSource for WeChatTokens {
    fn fetch<'a>(&'a self, request: TokenRequest<'a>) -> TokenFuture<'a> {
        Box::pin(async move { Ok(self.token(request).await?) })
    }
}
