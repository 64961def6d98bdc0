//! Takes its tokens from a company's own service instead of WeChat's endpoint:
//!
//! ```text
//! cargo run --example token-service
//! ```

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use wechat_bizwifi::testing::TestServer;
use wechat_bizwifi::token::{Token, TokenFuture, TokenRequest, TokenSource};
use wechat_bizwifi::{AccessToken, Auth, Client, GetCouponPlacement, GetStableAccessToken, Secret};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The company's service, which alone has the secret: here a type, in a company behind HTTP.
struct CompanyService {
    wechat: Client,
    credentials: (String, Secret),
    asked: AtomicU32,
}

impl CompanyService {
    /// Its token; another one, if the one in use was refused.
    async fn token(
        &self,
        is_refused: bool,
    ) -> std::result::Result<AccessToken, wechat_bizwifi::Error> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let (appid, secret) = self.credentials.clone();
        let request = GetStableAccessToken::builder()
            .appid(appid)
            .secret(secret)
            .force_refresh(is_refused)
            .build()?;
        self.wechat.send(&request).await
    }
}

/// What the client asks. It keeps what it gets, shares it among its calls, and asks again in time.
struct CompanyTokens(Arc<CompanyService>);

impl TokenSource for CompanyTokens {
    fn fetch<'a>(&'a self, request: TokenRequest<'a>) -> TokenFuture<'a> {
        Box::pin(async move {
            let reply = self.0.token(request.refused().is_some()).await?;
            let seconds = u64::try_from(reply.expires_in)?;
            Ok(Token::new(reply.access_token, Duration::from_secs(seconds)))
        })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let server = TestServer::start().await?;
    server.add_account("wx0123456789abcdef", "0123456789abcdef0123456789abcdef");
    let service = Arc::new(CompanyService {
        wechat: server.client_builder().build()?,
        credentials: ("wx0123456789abcdef".to_owned(), "0123456789abcdef0123456789abcdef".into()),
        asked: AtomicU32::new(0),
    });
    let client = Client::builder(Auth::source(CompanyTokens(service.clone())))
        .base_url(server.base_url())
        .build()?;

    for shop in 1..=10 {
        client.get_coupon_placement(&GetCouponPlacement::new(shop)).await?;
    }
    println!("10 calls, {} token(s)", service.asked.load(Ordering::Relaxed));
    assert_eq!(service.asked.load(Ordering::Relaxed), 1);

    // Somebody forces a new token: the client asks once more, and the call succeeds.
    server.revoke_tokens();
    client.get_coupon_placement(&GetCouponPlacement::new(1)).await?;
    assert_eq!(service.asked.load(Ordering::Relaxed), 2);
    println!("after a refusal: {} token(s)", server.tokens_issued());
    Ok(())
}

#[test]
fn it_runs() {
    assert!(main().is_ok());
}
