//! Operations called by their names on the embedded server.

use serde_json::json;

use super::*;
use crate::OPERATIONS;
use crate::error::ErrorKind;
use crate::testing::TestServer;

fn find(id: &str) -> Option<&'static AnyOperation> {
    AnyOperation::find(OPERATIONS, id)
}

#[tokio::test]
async fn an_operation_is_called_by_its_name() {
    let server = TestServer::start().await.unwrap();
    let client = server.client_builder().build().unwrap();
    let set = find("setCouponPlacement").unwrap();
    let (request, _) = set.examples()[0];
    let request = serde_json::from_str(request).unwrap();
    assert_eq!(set.call(&client, &request).await.unwrap(), Value::Null);
    let shop = json!({ "shop_id": 429_620 });
    let placed = find("getCouponPlacement").unwrap().call(&client, &shop).await.unwrap();
    assert_eq!(placed["card_id"], "pBnTrjvZJXkZsPGwfq9F0Hl0WqE");
}

#[tokio::test]
async fn a_request_that_breaks_a_rule_is_not_sent() {
    let server = TestServer::start().await.unwrap();
    let client = server.client_builder().build().unwrap();
    let call = find("getCouponPlacement").unwrap().call(&client, &json!({ "shop": 1 })).await;
    assert_eq!(call.unwrap_err().kind(), ErrorKind::Invalid);
    assert!(server.calls().is_empty());
}

#[test]
fn each_example_is_a_request_that_its_description_allows() {
    for operation in OPERATIONS {
        for (request, _) in operation.examples() {
            operation.check(request.as_bytes()).unwrap();
        }
    }
}
