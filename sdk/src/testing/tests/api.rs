//! What the server makes of calls.

use super::*;
use crate::testing::Endpoint;

fn code(reply: &Raw) -> i64 {
    assert_eq!(reply.status(), 200);
    reply.code().unwrap()
}

#[test]
fn a_placed_coupon_is_read_back_in_the_services_spelling() {
    let server = server();
    let placed = call(&server, SET, &documented());
    assert!(placed.head.contains("\r\nContent-Type: application/json; encoding=utf-8\r\n"));
    assert_eq!(placed.body, br#"{"errcode":0}"#);

    let read = call(&server, GET, &json!({ "shop_id": 429_620 }));
    assert_eq!(
        str::from_utf8(&read.body).unwrap(),
        concat!(
            r#"{"errcode":0,"data":{"shop_id":429620,"card_status":0,"#,
            r#""card_id":"pBnTrjvZJXkZsPGwfq9F0Hl0WqE","card_describe":"10元代金券","#,
            r#""start_date":1457280000,"end_date":1457712000}}"#
        )
    );
}

#[test]
fn a_reading_is_what_the_sdk_decodes() {
    let server = server();
    call(&server, SET, &documented());
    let read = call(&server, GET, &json!({ "shop_id": 429_620 })).json();
    let placement: crate::generated::Placement =
        serde_json::from_value(read["data"].clone()).unwrap();
    assert_eq!(placement.card_status, crate::generated::CardStatus::InEffect);
    assert_eq!(serde_json::to_value(&placement).unwrap(), read["data"]);
}

#[test]
fn where_nothing_is_placed_a_reading_has_no_data() {
    let server = server();
    let read = call(&server, GET, &json!({ "shop_id": 1 }));
    assert_eq!(read.body, br#"{"errcode":0}"#);
}

#[test]
fn every_account_has_its_own_placements() {
    let server = server();
    call(&server, SET, &documented());
    server.add_account("wx2", "secret2");
    let asked = json!({ "grant_type": "client_credential", "appid": "wx2", "secret": "secret2" });
    let token = post(&server, STABLE, asked.to_string()).json()["access_token"].clone();
    let target = with_token(GET, token.as_str().unwrap());
    assert_eq!(post(&server, &target, r#"{"shop_id":429620}"#).body, br#"{"errcode":0}"#);
}

#[test]
fn a_refusal_says_which_parameters_are_missing_or_invalid() {
    let server = server();
    let missing = call(&server, SET, &json!({ "shop_id": 1, "card_id": "c" }));
    assert_eq!(code(&missing), 9_002_007);
    let message = missing.json()["errmsg"].as_str().unwrap().to_owned();
    assert!(message.contains("hint: [card_describe, start_time, end_time, card_quantity]"));
    assert!(message.contains(" rid: 56dc5400-"), "{message}");

    let mut long = documented();
    long["card_describe"] = "1234567890123456789".into();
    let invalid = call(&server, SET, &long);
    assert_eq!(code(&invalid), 9_002_008);
    assert!(invalid.json()["errmsg"].as_str().unwrap().contains("card_describe"));
}

#[test]
fn a_placement_that_ends_before_it_begins_or_is_in_milliseconds_is_refused() {
    let server = server();
    let says = |start: u64, end: u64| {
        let mut placement = documented();
        placement["start_time"] = start.into();
        placement["end_time"] = end.into();
        let reply = call(&server, SET, &placement);
        (code(&reply), reply.json()["errmsg"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(says(1_457_712_000, 1_457_712_000).0, 0);
    let (code, message) = says(1_457_712_000, 1_457_280_000);
    assert_eq!(code, 9_002_008);
    assert!(message.contains("must have `start_time` <= `end_time`"), "{message}");
    let (code, message) = says(1_457_280_000_000, 1_457_712_000_000);
    assert_eq!(code, 9_002_008);
    assert!(message.contains("this looks like milliseconds"), "{message}");
}

#[test]
fn each_fault_of_a_call_has_the_services_code() {
    let server = server();
    let target = with_token(GET, server.token().expose());
    for (body, expected) in
        [("", 44002), ("{", 47001), ("[]", 47001), ("{\"shop_id\":1,\"\\u0061\":1}", 40033)]
    {
        assert_eq!(code(&post(&server, &target, body)), expected, "{body}");
    }
    assert_eq!(code(&get(&server, &target)), 43002);
    assert_eq!(code(&post(&server, "/cgi-bin/token", "{}")), 43001);
    assert_eq!(code(&post(&server, "/elsewhere", "{}")), 40066);
}

#[test]
fn a_compressed_body_is_refused() {
    let server = server();
    let target = with_token(GET, server.token().expose());
    let mut wire = Wire::to(&server);
    let head = format!("POST {target} HTTP/1.1\r\nContent-Encoding: gzip\r\n");
    wire.send(format!("{head}Content-Length: 2\r\n\r\n{{}}"));
    assert_eq!(code(&wire.reply()), 40221);
}

#[test]
fn quotas_end_with_the_minute_and_the_day() {
    let server = server();
    let reading = || code(&call(&server, GET, &json!({ "shop_id": 1 })));
    server.set_minute_quota(Endpoint::GET_COUPON_PLACEMENT, 2);
    assert_eq!([reading(), reading(), reading()], [0, 0, 45011]);
    server.clock().advance(Duration::from_secs(60));
    server.set_daily_quota(Endpoint::GET_COUPON_PLACEMENT, 3);
    assert_eq!([reading(), reading()], [0, 45009]);
    server.clock().advance(Duration::from_secs(24 * 3600));
    assert_eq!(reading(), 0);
}

#[test]
fn the_log_tells_all_but_the_secrets() {
    let server = server();
    call(&server, GET, &json!({ "shop_id": 429_620 }));
    let asked = json!({
        "grant_type": "client_credential", "appid": "wx0123456789abcdef",
        "secret": server.secret().expose()
    });
    post(&server, STABLE, asked.to_string());
    let secret = server.secret().expose();
    get(&server, &format!("/cgi-bin/token?grant_type=client_credential&appid=wx1&secret={secret}"));

    let calls = server.calls();
    assert_eq!(
        calls[0].to_string(),
        r#"#1 POST /bizwifi/couponput/get?access_token=(hidden) {"shop_id":429620} -> 200, errcode 0"#
    );
    assert!(calls[0].carries_token(&server.token()));
    assert!(calls[1].carries_secret(server.secret()) && calls[2].carries_secret(server.secret()));
    assert!(calls[2].query_names().eq(["grant_type", "appid", "secret"]));
    let shown = format!("{server:?} {calls:?} {}", calls[2]);
    assert!(!shown.contains(server.secret().expose()), "{shown}");
    assert!(!shown.contains(server.token().expose()), "{shown}");
}

#[test]
fn two_calls_have_the_same_token_until_it_is_replaced() {
    let server = server();
    let read = || call(&server, GET, &json!({ "shop_id": 1 }));
    read();
    read();
    server.clock().advance(Duration::from_secs(2 * 3600));
    read();
    get(&server, "/cgi-bin/token");
    get(&server, "/cgi-bin/token");
    let calls = server.calls();
    assert!(calls[0].has_same_token(&calls[1]) && calls[1].has_same_token(&calls[0]));
    assert!(!calls[0].has_same_token(&calls[2]) && !calls[2].has_same_token(&calls[0]));
    assert!(!calls[3].has_same_token(&calls[4]), "calls without a token have none in common");
    let token = server.token();
    for (query, carries) in [
        (format!("x=1&access_token={}&y=2", token.expose()), true),
        (format!("access_token=x&token={}", token.expose()), false),
        (String::new(), false),
    ] {
        post(&server, &format!("{GET}?{query}"), "{}");
        assert_eq!(server.calls().last().unwrap().carries_token(&token), carries, "{query}");
    }
}

#[test]
fn the_log_keeps_the_latest_calls_and_counts_them_all() {
    let unset = format!("{:?}", TestServer::builder());
    assert!(unset.contains("keep_calls: 10000"), "{unset}");
    assert!(unset.contains(r#"appid: "wx0123456789abcdef""#), "{unset}");
    let server = TestServer::builder().keep_calls(2).account("wx9", "s3").start_blocking().unwrap();
    let credentials = server.credentials();
    assert_eq!((&*credentials.appid, credentials.secret.expose()), ("wx9", "s3"));
    assert_eq!(server.secret().expose(), "s3");
    for _ in 0..3 {
        get(&server, "/x");
    }
    let numbers: Vec<_> = server.calls().iter().map(crate::testing::Call::number).collect();
    assert_eq!(numbers, [2, 3]);
    assert_eq!(server.call_count(Endpoint::path("/x")), 3);
    server.clear_calls();
    assert_eq!(server.call_count(Endpoint::ANY), 0);
}

#[test]
fn a_card_that_was_added_is_a_cash_coupon_of_which_many_are_left() {
    let server = server();
    server.add_card("p1", 1_457_712_000);
    let read = call(&server, "/card/get", &json!({ "card_id": "p1" })).json();
    let base_info = json!({
        "id": "p1", "title": "10元代金券", "status": "CARD_STATUS_VERIFY_OK",
        "date_info": {
            "type": "DATE_TYPE_FIX_TIME_RANGE", "begin_timestamp": 0,
            "end_timestamp": 1_457_712_000
        },
        "location_id_list": [],
        "sku": { "quantity": 100_000_000, "total_quantity": 100_000_000 }
    });
    assert_eq!(read["card"], json!({ "card_type": "CASH", "cash": { "base_info": base_info } }));
}

#[test]
fn stores_that_were_added_are_listed_and_other_endpoints_answer_as_documented() {
    let server = server();
    for shop in [1, 2, 3] {
        server.add_shop(shop);
    }
    let page =
        call(&server, "/bizwifi/shop/list", &json!({ "pageindex": 2, "pagesize": 2 })).json();
    assert_eq!(page["data"]["records"][0]["shop_id"], 3);
    assert_eq!(page["data"]["pagecount"], 2);

    let days = json!({ "begin_date": "2015-05-01", "end_date": "2015-05-02" });
    let days = call(&server, "/bizwifi/statistics/list", &days).json();
    assert_eq!(days["data"][1]["total_fans"], 4);
}

#[test]
fn a_path_that_the_server_does_not_know_is_said_to_be_no_endpoint_of_its() {
    let reply = call(&server(), "/bizwifi/nothing", &json!({}));
    let message = reply.json()["errmsg"].to_string();
    assert!(message.contains("this server has no endpoint /bizwifi/nothing"), "{message}");
    assert_eq!(code(&reply), 40066);
}
