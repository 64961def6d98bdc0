//! The API on this machine, with stores and a card: for `--demo` and `serve`.

use std::net::SocketAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::json;
use wechat_bizwifi::testing::TestServer;

use crate::exit::Failure;
use crate::language::{self, say};

/// The demo account.
pub(crate) const APPID: &str = "wx0000000000demo00";
const SECRET: &str = "demo-secret";
/// The demo account's card.
pub(crate) const CARD: &str = "pDEMO0000000000000000000CARD";
/// When the card ends: in 2100, so that files which name it stay right.
const ENDS: i64 = 4_102_444_800;

/// How many stores it has by default.
pub(crate) const STORES: u32 = 20;

/// Starts a server with so many stores.
///
/// # Errors
///
/// When the address is taken.
pub(crate) fn start(address: SocketAddr, stores: u32) -> Result<TestServer, Failure> {
    let builder = TestServer::builder().address(address).account(APPID, SECRET);
    let server = builder.start_blocking().map_err(|error| {
        let error = language::of_system(&error);
        Failure::usage(say!(
            "cannot serve at {address}: {error}",
            "无法在 {address} 提供服务：{error}"
        ))
    })?;
    for store in 1..=stores {
        let facts = json!({ "shop_name": format!("门店{store}"), "poi_id": store.to_string() });
        server.add_item("shop_id", store, facts);
    }
    server.add_card(CARD, ENDS);
    Ok(server)
}

/// The time, in Unix seconds.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
