//! WeChat's own token endpoints.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use crate::config::Settings;
use crate::endpoint::Endpoint;
use crate::engine::{Call, Engine};
use crate::error::{Error, ErrorKind};
use crate::generated::{AccessToken, GetAccessToken, GetStableAccessToken};
use crate::lock::lock;
use crate::telemetry;
use crate::token::{
    Credentials, Limits, Token, TokenEndpoint, TokenFuture, TokenRequest, TokenSource,
};

/// Fetches tokens with an account's credentials, within the endpoints' limits.
pub(crate) struct WeChatTokens {
    engine: Arc<Engine>,
    settings: Settings,
    credentials: Credentials,
    limits: Mutex<Limits>,
}

impl WeChatTokens {
    pub(crate) fn new(engine: Arc<Engine>, settings: Settings, credentials: Credentials) -> Self {
        let limits = Mutex::new(Limits::of(credentials.endpoint));
        Self { engine, settings, credentials, limits }
    }

    async fn legacy(&self) -> Result<Token, Error> {
        let request = GetAccessToken::builder()
            .appid(&*self.credentials.appid)
            .secret(self.credentials.secret.clone())
            .build()?;
        self.send(&request, &self.settings).await
    }

    async fn stable(&self, request: TokenRequest<'_>) -> Result<Token, Error> {
        let token = self.send(&self.stable_request(false)?, &self.settings).await?;
        if request.refused() == Some(&token.token) && self.may_force() {
            telemetry::forced_refresh();
            return self.force().await;
        }
        Ok(token)
    }

    /// Repeated only where nothing was sent: each one counts, and a second one within 30 s does
    /// nothing.
    async fn force(&self) -> Result<Token, Error> {
        let settings = Settings { idempotent: Some(false), ..self.settings.clone() };
        self.send(&self.stable_request(true)?, &settings).await
    }

    fn stable_request(&self, force: bool) -> Result<GetStableAccessToken, Error> {
        let request = GetStableAccessToken::builder()
            .appid(&*self.credentials.appid)
            .secret(self.credentials.secret.clone());
        let request = if force { request.force_refresh(true) } else { request };
        Ok(request.build()?)
    }

    async fn send<E>(&self, request: &E, settings: &Settings) -> Result<Token, Error>
    where
        E: Endpoint<Reply = AccessToken>,
    {
        let call = Call::new(request, settings, None)?;
        let reply = self.engine.send::<E>(&call).await?;
        // A life that is over, or less, is none.
        let seconds = u64::try_from(reply.expires_in).unwrap_or(0);
        let token = Token::new(reply.access_token, Duration::from_secs(seconds));
        token.check().map(|()| token)
    }

    fn may_fetch(&self) -> Result<(), Error> {
        let now = self.engine.time.now();
        if self.limits().fetches.take(now) {
            return Ok(());
        }
        let message = "too many token fetches: this one is held back so that the token endpoint's \
                       daily quota lasts";
        Err(Error::new(ErrorKind::Throttled, message).retryable(true))
    }

    fn may_force(&self) -> bool {
        let now = self.engine.time.now();
        self.limits().forced.take(now)
    }

    fn limits(&self) -> MutexGuard<'_, Limits> {
        lock(&self.limits)
    }
}

impl TokenSource for WeChatTokens {
    fn fetch<'a>(&'a self, request: TokenRequest<'a>) -> TokenFuture<'a> {
        Box::pin(async move {
            self.may_fetch()?;
            let token = match self.credentials.endpoint {
                TokenEndpoint::Stable => self.stable(request).await?,
                TokenEndpoint::Legacy => self.legacy().await?,
            };
            Ok(token)
        })
    }
}
