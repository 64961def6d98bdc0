//! Tests code of yours against a service that fails in ways of your choosing:
//!
//! ```text
//! cargo test --example faults
//! ```

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::error::Error;

use wechat_bizwifi::testing::{Endpoint, TestServer};
use wechat_bizwifi::{CardStatus, Client, ErrorKind, GetCouponPlacement};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The code to be tested: what a page shows about a store.
async fn banner(client: &Client, shop: i64) -> &'static str {
    match client.get_coupon_placement(&GetCouponPlacement::new(shop)).await {
        Ok(Some(placed)) if placed.card_status == CardStatus::InEffect => "a coupon for you",
        Ok(_) => "",
        Err(error) if error.kind() == ErrorKind::Auth => "closed: ask the administrator",
        Err(_) => "try again later",
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let server = TestServer::start().await?;
    let client = server.client_builder().build()?;

    assert_eq!(banner(&client, 7).await, "");

    // A gateway fails once: the client tries again, and nobody notices.
    server.fault(Endpoint::GET_COUPON_PLACEMENT).reply_status(502);
    assert_eq!(banner(&client, 7).await, "");

    // It stays away.
    server.fault(Endpoint::GET_COUPON_PLACEMENT).always().reply_status(502);
    assert_eq!(banner(&client, 7).await, "try again later");
    server.clear_faults();

    // A token is refused before its time: the client takes another.
    server.revoke_tokens();
    assert_eq!(banner(&client, 7).await, "");
    assert_eq!(server.tokens_issued(), 2);

    // The address is not on the white list.
    server.revoke_tokens();
    server.fault(Endpoint::STABLE_TOKEN).always().reply_code(40_164);
    assert_eq!(banner(&client, 7).await, "closed: ask the administrator");

    for call in server.calls() {
        println!("{call}");
    }
    Ok(())
}

#[test]
fn it_runs() {
    assert!(main().is_ok());
}
