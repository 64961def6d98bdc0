//! A web service whose handlers share one client:
//!
//! ```text
//! cargo run --example axum-handler
//! ```

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::error::Error as StdError;
use std::future::IntoFuture;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use tokio::net::TcpListener;
use wechat_bizwifi::testing::{Endpoint, TestServer};
use wechat_bizwifi::{CardStatus, Client, Error, ErrorKind, GetCouponPlacement};

type Result<T> = std::result::Result<T, Box<dyn StdError>>;

/// The client is cloned for each request, which is cheap: tokens and connections are shared.
fn routes(client: Client) -> Router {
    Router::new().route("/stores/{shop}/coupon", get(coupon)).with_state(client)
}

async fn coupon(
    State(client): State<Client>,
    Path(shop): Path<i64>,
) -> std::result::Result<String, (StatusCode, &'static str)> {
    let request = GetCouponPlacement::new(shop);
    match client.get_coupon_placement(&request).await.map_err(|error| refusal(&error))? {
        Some(placed) if placed.card_status == CardStatus::InEffect => {
            Ok(placed.card_id.to_string())
        }
        _ => Err((StatusCode::NOT_FOUND, "no coupon")),
    }
}

/// What a guest is told. The whole error belongs into the log: it holds no secret.
fn refusal(error: &Error) -> (StatusCode, &'static str) {
    match error.kind() {
        ErrorKind::Throttled => (StatusCode::TOO_MANY_REQUESTS, "later"),
        ErrorKind::Timeout => (StatusCode::GATEWAY_TIMEOUT, "no answer"),
        _ => (StatusCode::BAD_GATEWAY, "out of order"),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let wechat = TestServer::start().await?;
    let client = wechat.client_builder().build()?;

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/stores/7/coupon", listener.local_addr()?);
    tokio::spawn(axum::serve(listener, routes(client)).into_future());

    let answer = reqwest::get(&url).await?;
    println!("{} {}", answer.status(), url);
    assert_eq!(answer.status(), 404);

    wechat.fault(Endpoint::GET_COUPON_PLACEMENT).reply_code(45_009);
    let answer = reqwest::get(&url).await?;
    println!("{} {}", answer.status(), url);
    assert_eq!(answer.status(), 429);
    Ok(())
}

#[test]
fn it_runs() {
    assert!(main().is_ok());
}
