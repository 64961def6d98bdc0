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

/// No `f64` is any of them.
#[tokio::test]
async fn whole_numbers_are_sent_as_they_are_given_however_large() {
    let server = TestServer::start().await.unwrap();
    let client = server.client_builder().build().unwrap();
    let get = find("getCouponPlacement").unwrap();
    for number in [i64::MIN + 1, -(1 << 53) - 1, (1 << 53) + 1, i64::MAX] {
        let _ = get.call(&client, &json!({ "shop_id": number })).await;
        let sent = server.calls_to(crate::testing::Endpoint::GET_COUPON_PLACEMENT);
        assert_eq!(sent.last().unwrap().json()["shop_id"], number);
    }
}

#[tokio::test]
async fn a_request_that_breaks_a_rule_is_not_sent() {
    let server = TestServer::start().await.unwrap();
    let client = server.client_builder().build().unwrap();
    let call = find("getCouponPlacement").unwrap().call(&client, &json!({ "shop": 1 })).await;
    assert_eq!(call.unwrap_err().kind(), ErrorKind::Invalid);
    assert!(server.calls().is_empty());
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_data_and_is_said_in_both_languages() {
    let client = Client::builder(crate::Auth::fixed("token")).build().unwrap();
    let set = find("setCouponPlacement").unwrap();
    let mut request: Value = serde_json::from_str(set.examples()[0].0).unwrap();
    for (name, value, place, keyword, english, chinese) in [
        (
            "shop_id",
            json!("x"),
            "/shop_id",
            "type",
            "must be a whole number that fits i64, is a string",
            "必须是 64 位整数，现为字符串",
        ),
        (
            "shop_id",
            json!(1.5),
            "/shop_id",
            "type",
            "must be a whole number that fits i64, is 1.5",
            "必须是 64 位整数，现为1.5",
        ),
        (
            "card_id",
            json!([]),
            "/card_id",
            "type",
            "must be a string, is an array",
            "必须是字符串，现为数组",
        ),
        (
            "card_describe",
            json!("a".repeat(19)),
            "/card_describe",
            "maxLength",
            "must have at most 18 characters, has 19",
            "最多 18 个字符，现有 19",
        ),
        (
            "quantity",
            json!(1),
            "/quantity",
            "additionalProperties",
            "is not a property of this object, which has `shop_id`, `card_id`, `card_describe`, `start_time`, `end_time`, `card_quantity`",
            "不是该对象的属性，它的属性有：`shop_id`, `card_id`, `card_describe`, `start_time`, `end_time`, `card_quantity`",
        ),
    ] {
        let mut wrong = request.clone();
        wrong[name] = value;
        let error = set.call(&client, &wrong).await.unwrap_err();
        let [violation] = error.violations() else { panic!("{error}") };
        assert_eq!((&*violation.pointer, violation.keyword), (place, keyword));
        assert_eq!(
            (&*violation.message, violation.in_chinese()),
            (english, format!("{place} {chinese}"))
        );
    }
    request["card_id"] = json!("");
    request["card_quantity"] = json!(-1);
    let error = set.call(&client, &request).await.unwrap_err();
    assert_eq!(broken(&error), [("/card_id", "minLength"), ("/card_quantity", "minimum")]);
    let error = set.call(&client, &json!({})).await.unwrap_err();
    assert_eq!(error.message_in(crate::Language::Zh), "请求无效：缺少必填属性 `shop_id`");
    assert_eq!(broken(&error), [("", "required")]);
    let error = set.call(&client, &json!([])).await.unwrap_err();
    assert_eq!(error.message_in(crate::Language::Zh), "请求无效：必须是对象，现为数组");
    assert_eq!(broken(&error), [("", "type")]);
}

/// The places of violations, and the keywords of the rules that are broken there.
fn broken(error: &Error) -> Vec<(&str, &'static str)> {
    error.violations().iter().map(|it| (&*it.pointer, it.keyword)).collect()
}

#[test]
fn each_example_is_a_request_that_its_description_allows() {
    for operation in OPERATIONS {
        for (request, _) in operation.examples() {
            operation.check(request.as_bytes()).unwrap();
        }
    }
}
