//! Replies that no code here knows: documented ones, pages, and those of a test's own.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Raw, call, get, post, server, with_token};
use crate::endpoint::{ReturnCode, Security};
use crate::generated::{
    GetAccessToken, GetCard, GetShop, GetStableAccessToken, ListShops, OPERATIONS,
};
use crate::testing::{Call, TestServer};

const LIST: &str = "/bizwifi/shop/list";

fn code(reply: &Raw) -> i64 {
    reply.code().unwrap()
}

fn page(server: &TestServer, request: &Value) -> Value {
    call(server, LIST, request).json()["data"].clone()
}

#[test]
fn every_operation_that_needs_a_token_answers_its_documented_request() {
    let server = server();
    for operation in OPERATIONS
        .iter()
        .filter(|operation| operation.operation().security == Security::AccessToken)
    {
        for (request, _) in operation.examples() {
            let target = with_token(operation.operation().path, server.token().expose());
            assert_eq!(code(&post(&server, &target, *request)), 0, "{operation:?}");
        }
    }
}

#[test]
fn the_log_has_the_return_code_of_each_reply() {
    let server = server();
    server.answer(|request: GetCard| match request.card_id().as_str() {
        "none" => Err(ReturnCode::new(40_013)),
        _ => Ok(json!({})),
    });
    for operation in OPERATIONS {
        let (path, (request, _)) = (operation.operation().path, operation.examples()[0]);
        post(&server, path, request);
        post(&server, &with_token(path, server.token().expose()), request);
    }
    get(&server, "/cgi-bin/token?grant_type=client_credential");
    call(&server, "/card/get", &json!({ "card_id": "none" }));
    let codes = |call: &Call| {
        let reply = call.reply().unwrap();
        let body: Value = serde_json::from_slice(reply.body()).unwrap();
        (reply.code().map(ReturnCode::value), body["errcode"].as_i64())
    };
    let logged: Vec<_> = server.calls().iter().map(codes).collect();
    assert!(logged.iter().all(|(logged, sent)| logged == sent), "{logged:?}");
    let all = [0, 40_013, 41_001, 41_002, 43_001].map(Some);
    assert!(all.iter().all(|code| logged.contains(&(*code, *code))), "{logged:?}");
}

#[test]
fn documented_items_are_cut_into_pages() {
    let server = server();
    let first = page(&server, &json!({ "pagesize": 1 }));
    assert_eq!(first["records"][0]["shop_id"], 429_620);
    assert_eq!([&first["pageindex"], &first["pagecount"], &first["totalcount"]], [1, 2, 2]);
    let second = page(&server, &json!({ "pageindex": 2, "pagesize": 1 }));
    assert_eq!(
        (&second["records"][0]["shop_id"], &second["pageindex"]),
        (&json!(7_921_527), &json!(2))
    );
    assert_eq!(page(&server, &json!({ "pageindex": i64::MAX }))["records"], json!([]));
}

#[test]
fn added_stores_come_in_pages_of_the_documented_length() {
    let server = server();
    (1..=25).for_each(|shop_id| server.add_shop(shop_id));
    let page = page(&server, &json!({ "pageindex": 3 }));
    let ids: Vec<_> = page["records"].as_array().unwrap().iter().map(|it| &it["shop_id"]).collect();
    assert_eq!(ids, [21, 22, 23, 24, 25]);
    assert_eq!([&page["pagecount"], &page["totalcount"]], [3, 25]);
}

#[test]
fn a_closure_answers_what_was_let_in_and_nothing_else() {
    let server = Arc::new(server());
    let own = Arc::clone(&server);
    // A closure may ask the server.
    server.answer(move |request: GetShop| match request.shop_id().get() {
        1 => Ok(json!({ "shop_name": own.tokens_issued().to_string() })),
        _ => Err(ReturnCode::new(9_002_009)),
    });
    let target = "/bizwifi/shop/get";
    let reply = call(&server, target, &json!({ "shop_id": 1 }));
    assert_eq!(reply.json(), json!({ "errcode": 0, "data": { "shop_name": "1" } }));
    assert_eq!(code(&call(&server, target, &json!({ "shop_id": 2 }))), 9_002_009);
    assert_eq!(code(&call(&server, target, &json!({ "shop_id": "1" }))), 9_002_008);
    assert_eq!(code(&post(&server, target, r#"{"shop_id":1}"#)), 41001);
}

#[test]
fn a_closure_may_return_all_items_or_a_page_of_its_own() {
    let server = server();
    server.answer(|_: ListShops| Ok(json!([{ "shop_id": 1 }, { "shop_id": 2 }, { "shop_id": 3 }])));
    let cut = page(&server, &json!({ "pageindex": 2, "pagesize": 2 }));
    assert_eq!((&cut["records"], &cut["pagecount"]), (&json!([{ "shop_id": 3 }]), &json!(2)));
    server.answer(|_: ListShops| Ok(json!({ "records": [], "pagecount": 9 })));
    assert_eq!(page(&server, &json!({})), json!({ "records": [], "pagecount": 9 }));
}

#[test]
fn a_closure_answers_what_needs_no_token_too() {
    let server = server();
    server.answer(|request: GetStableAccessToken| {
        Ok(json!({ "access_token": request.appid(), "expires_in": 1 }))
    });
    let asked = json!({ "grant_type": "client_credential", "appid": "wx9", "secret": "s" });
    let posted = post(&server, "/cgi-bin/stable_token", asked.to_string()).json();
    server.answer(|request: GetAccessToken| {
        Ok(json!({ "access_token": request.appid(), "expires_in": 1 }))
    });
    let query = "grant_type=client_credential&appid=wx9&secret=s";
    let got = get(&server, &format!("/cgi-bin/token?{query}")).json();
    for reply in [posted, got] {
        assert_eq!((&reply["access_token"], &reply["errcode"]), (&json!("wx9"), &json!(0)));
    }
}

#[test]
fn a_path_that_no_description_knows_is_refused_in_so_many_words() {
    let reply = get(&server(), "/bizwifi/elsewhere").json();
    let message = reply["errmsg"].as_str().unwrap();
    assert!(message.contains("this server has no endpoint /bizwifi/elsewhere"), "{message}");
}
