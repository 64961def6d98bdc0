//! Pages over real sockets, with faults between them.

use std::time::Duration;

use futures_util::{StreamExt as _, TryStreamExt as _};
use serde_json::{Map, Value, json};

use super::*;
use crate::any_operation::AnyOperation;
use crate::error::ErrorKind;
use crate::generated::{ListCards, ListShops, OPERATIONS, Shop};
use crate::testing::{Endpoint as Path, TestServer};

const SHOPS: &str = "/bizwifi/shop/list";
const CARDS: &str = "/card/batchget";

async fn server_with_shops(count: i64) -> (TestServer, Client) {
    let server = TestServer::start().await.unwrap();
    (1..=count).for_each(|shop_id| server.add_shop(shop_id));
    let client = server.client_builder().build().unwrap();
    (server, client)
}

fn ids(shops: &[Shop]) -> Vec<i64> {
    shops.iter().map(|shop| shop.shop_id.get()).collect()
}

/// What each call to an endpoint asked for.
fn asked(server: &TestServer, path: &str) -> Vec<Value> {
    server.calls_to(Path::path(path)).iter().map(crate::testing::Call::json).collect()
}

#[tokio::test]
async fn all_stores_come_in_as_few_calls_as_there_can_be() {
    let (server, client) = server_with_shops(45).await;
    let shops: Vec<Shop> = client.shops().try_collect().await.unwrap();
    assert_eq!(ids(&shops), (1..=45).collect::<Vec<_>>());
    let page = |index: u64| json!({ "pageindex": index, "pagesize": 20 });
    assert_eq!(asked(&server, SHOPS), [page(1), page(2), page(3)]);
}

#[tokio::test]
async fn that_the_service_repeats_itself_is_an_error_of_calls_that_it_received() {
    let (server, client) = server_with_shops(1).await;
    let page = json!({ "errcode": 0, "data": {
        "totalcount": 90, "pageindex": 1, "pagecount": 9,
        "records": [{ "shop_id": 7, "shop_name": "a", "ssid": "b", "protocol_type": 4 }],
    } });
    server.fault(Path::path(SHOPS)).always().reply_json(&page);
    let shops: Vec<Result<Shop, Error>> = client.shops().collect().await;
    let [Ok(shop), Err(error)] = &*shops else { panic!("{shops:?}") };
    assert_eq!((shop.shop_id.get(), error.operation()), (7, Some("listShops")));
    assert!(error.to_string().ends_with("the service repeats itself"), "{error}");
    assert_eq!((error.attempts(), error.may_have_been_sent()), (1, true));
}

#[tokio::test]
async fn nothing_is_sent_before_an_item_is_asked_for_and_no_page_before_it_is_needed() {
    let (server, client) = server_with_shops(45).await;
    let mut shops = client.shops();
    assert_eq!(server.call_count(Path::ANY), 0);
    for _ in 0..20 {
        shops.next().await.unwrap().unwrap();
    }
    assert_eq!(server.call_count(Path::path(SHOPS)), 1);
    shops.next().await.unwrap().unwrap();
    assert_eq!(server.call_count(Path::path(SHOPS)), 2);
}

#[tokio::test]
async fn it_is_known_how_many_items_there_are_from_the_first_page_and_that_all_were_read_from_the_last()
 {
    let (_server, client) = server_with_shops(21).await;
    let mut shops = client.shops();
    assert_eq!((shops.total(), shops.is_terminated()), (None, false));
    for _ in 0..20 {
        shops.next().await.unwrap().unwrap();
        assert_eq!((shops.total(), shops.is_terminated()), (Some(21), false));
    }
    // The last page is here: what is left of it is still to come.
    let mut shops = client.pages(ListShops::builder().pagesize(11).pageindex(2));
    for left in (0..10).rev() {
        shops.next().await.unwrap().unwrap();
        assert_eq!(shops.is_terminated(), left == 0, "{left}");
    }
    assert!(shops.next_page().await.is_none() && shops.next().await.is_none());
}

#[tokio::test]
async fn a_page_without_items_is_none() {
    let (server, client) = server_with_shops(1).await;
    let empty = json!({ "errcode": 0, "data": {
        "totalcount": 0, "pageindex": 1, "pagecount": 0, "records": [],
    } });
    server.fault(Path::path(SHOPS)).reply_json(&empty);
    let mut shops = client.shops();
    assert!(shops.next_page().await.is_none() && shops.is_terminated());
    assert_eq!(shops.total(), Some(0));
}

#[tokio::test]
async fn what_is_left_of_a_page_comes_before_the_next_one() {
    let (server, client) = server_with_shops(45).await;
    let mut shops = client.shops();
    shops.next().await.unwrap().unwrap();
    let pages = [shops.next_page().await, shops.next_page().await, shops.next_page().await];
    let pages = pages.map(|page| ids(&page.unwrap().unwrap()));
    assert_eq!(pages.concat(), (2..=45).collect::<Vec<_>>());
    assert_eq!(pages.map(|page| page.len()), [19, 20, 5]);
    assert_eq!(server.call_count(Path::path(SHOPS)), 3);
}

#[tokio::test]
async fn card_ids_come_by_offset_in_the_size_that_was_asked_for() {
    let (server, client) = server_with_shops(0).await;
    (1..=5).for_each(|card| server.add_card(format!("p{card}"), i64::MAX));
    let listing = ListCards::builder().offset(1).count(2);
    let ids: Vec<String> =
        client.pages(listing).map_ok(|card| card.as_str().to_owned()).try_collect().await.unwrap();
    assert_eq!(ids, ["p2", "p3", "p4", "p5"]);
    let page = |offset: u64| json!({ "offset": offset, "count": 2 });
    assert_eq!(asked(&server, CARDS), [page(1), page(3)]);
    assert_eq!(client.card_ids().count().await, 5);
    assert_eq!(asked(&server, CARDS).last(), Some(&json!({ "offset": 0, "count": 50 })));
}

#[tokio::test]
async fn faults_between_pages_cost_attempts_and_no_items() {
    let (server, client) = server_with_shops(60).await;
    let shops = Path::path(SHOPS);
    server.fault(shops.clone()).on_call(2).reply_code(-1);
    server.fault(shops.clone()).on_call(4).cut_before_reply();
    server.fault(shops.clone()).on_call(5).reply_status(502);
    let read: Vec<Shop> = client.shops().try_collect().await.unwrap();
    assert_eq!(ids(&read), (1..=60).collect::<Vec<_>>());
    assert_eq!(server.call_count(shops), 6);
}

#[tokio::test]
async fn an_error_is_the_last_item() {
    let (server, client) = server_with_shops(60).await;
    server.set_daily_quota(Path::path(SHOPS), 1);
    let mut shops = client.shops();
    assert_eq!(shops.next_page().await.unwrap().unwrap().len(), 20);
    let error = shops.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Throttled, Some("listShops")));
    assert!(shops.next().await.is_none() && shops.is_terminated());
    assert_eq!(server.call_count(Path::path(SHOPS)), 2);
}

#[tokio::test]
async fn a_request_that_breaks_a_rule_is_the_only_item() {
    let (server, client) = server_with_shops(1).await;
    let mut shops = client.pages(ListShops::builder().pagesize(21));
    let error = shops.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Invalid, Some("listShops")));
    assert_eq!((error.attempts(), error.may_have_been_sent()), (0, false));
    assert!(shops.next().await.is_none());
    let mut shops = client.pages(ListShops::builder().pageindex(u64::MAX));
    assert_eq!(shops.next().await.unwrap().unwrap_err().kind(), ErrorKind::Invalid);
    assert_eq!(server.call_count(Path::ANY), 0);
}

#[tokio::test]
async fn each_page_has_the_time_of_a_call() {
    let (server, client) = server_with_shops(60).await;
    let options = crate::CallOptions::new().timeout(Duration::from_millis(500));
    let mut shops = client.with(options).shops();
    for _ in 0..3 {
        shops.next_page().await.unwrap().unwrap();
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    assert!(shops.next().await.is_none());
    assert_eq!(server.call_count(Path::path(SHOPS)), 3);
}

#[tokio::test]
async fn a_page_that_nobody_waits_for_any_more_is_not_lost() {
    let (server, client) = server_with_shops(30).await;
    let gate = server.fault(Path::path(SHOPS)).hold();
    let mut shops = client.shops();
    tokio::select! {
        biased;
        _ = shops.next() => panic!("the page is held"),
        () = server.wait_for_calls(Path::path(SHOPS), 1) => {}
    }
    gate.open();
    assert_eq!(shops.next().await.unwrap().unwrap().shop_id.get(), 1);
    assert_eq!(shops.count().await, 29);
    assert_eq!(server.call_count(Path::path(SHOPS)), 2);
}

#[tokio::test]
async fn an_operation_that_is_known_by_name_has_the_same_pages() {
    let (server, client) = server_with_shops(45).await;
    let find = |id| AnyOperation::find(OPERATIONS, id).unwrap();
    let shops = find("listShops").pages(&client, &Map::new()).unwrap();
    let shops: Vec<Value> = shops.try_collect().await.unwrap();
    assert_eq!(shops.len(), 45);
    assert_eq!(shops[44]["shop_id"], 45);
    assert_eq!(asked(&server, SHOPS)[0], json!({ "pageindex": 1, "pagesize": 20 }));
    assert!(find("getShop").pages(&client, &Map::new()).is_none());
    let Value::Object(further) = json!({ "pageindex": 4, "pagesize": 10 }) else { unreachable!() };
    let mut shops = find("listShops").pages(&client, &further).unwrap();
    assert_eq!(shops.next_page().await.unwrap().unwrap().len(), 10);
    assert_eq!(shops.total(), Some(45));
    assert_eq!(shops.count().await, 5);
    assert_eq!(
        asked(&server, SHOPS)[3..],
        [4, 5].map(|at| json!({ "pageindex": at, "pagesize": 10 }))
    );
}

#[tokio::test]
async fn what_came_on_an_earlier_page_does_not_come_again_by_name_either() {
    let (server, client) = server_with_shops(0).await;
    let find = |id| AnyOperation::find(OPERATIONS, id).unwrap();
    let shop = |(id, name): (i64, &str)| json!({ "shop_id": id, "shop_name": name, "ssid": "b", "protocol_type": 4 });
    let page = |shops: [(i64, &'static str); 2]| {
        json!({ "errcode": 0, "data": {
        "totalcount": 4, "pageindex": 1, "pagecount": 2, "records": shops.map(shop),
    } })
    };
    let shops = Path::path(SHOPS);
    server.fault(shops.clone()).reply_json(&page([(1, "a"), (2, "b")]));
    server.fault(shops).on_call(2).reply_json(&page([(1, "renamed"), (3, "c")]));
    let shops = find("listShops").pages(&client, &Map::new()).unwrap();
    let shops: Vec<Value> = shops.try_collect().await.unwrap();
    let ids: Vec<_> = shops.iter().map(|shop| &shop["shop_id"]).collect();
    assert_eq!(ids, [1, 2, 3]);
    // Items that are no objects are their own keys.
    let cards = |ids: Value| json!({ "errcode": 0, "card_id_list": ids, "total_num": 4 });
    server.fault(Path::path(CARDS)).reply_json(&cards(json!(["a", "b"])));
    server.fault(Path::path(CARDS)).on_call(2).reply_json(&cards(json!(["b", "c"])));
    let ids = find("listCards").pages(&client, &Map::new()).unwrap();
    let ids: Vec<Value> = ids.try_collect().await.unwrap();
    assert_eq!(ids, ["a", "b", "c"]);
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_pages_are_an_iterator_that_ends_at_an_error() {
    let server = TestServer::start_blocking().unwrap();
    (1..=45).for_each(|shop_id| server.add_shop(shop_id));
    let client = crate::blocking::Client::builder(server.credentials());
    let client = client.base_url(server.base_url()).build().unwrap();
    assert_eq!(client.shops().map(Result::unwrap).count(), 45);
    let mut last = client.pages(ListShops::builder().pageindex(3));
    assert_eq!(last.total(), None);
    assert_eq!(last.next_page().unwrap().unwrap().len(), 5);
    assert_eq!((last.total(), last.count()), (Some(45), 0));
    server.fault(Path::path(SHOPS)).on_call(2).reply_code(45009);
    let mut shops = client.shops();
    assert_eq!(shops.by_ref().filter(Result::is_err).count(), 1);
    assert!(shops.next().is_none());
}
