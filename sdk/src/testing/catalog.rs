//! The stores and cards that a test has added, as the endpoints that list and read them tell of
//! them. Where none were added, there is nothing to tell: the documented example stands in.

use serde_json::{Value, json};

use super::placements::World;
use super::refusal::{Outcome, Refusal};
use crate::wire::UnixTime;

/// What the service takes where a request does not say how long a page is.
const PAGE: u64 = 10;

/// The reply to an operation that tells of stores or cards; nothing if none were added.
pub(super) fn reply(world: &World, id: &str, request: &Value) -> Outcome<Option<Value>> {
    let number = |name: &str| request.get(name).and_then(Value::as_u64);
    match (id, &world.shops, &world.cards) {
        ("listShops", Some(shops), _) => {
            let (page, size) =
                (number("pageindex").unwrap_or(1), number("pagesize").unwrap_or(PAGE));
            let before = page.saturating_sub(1).saturating_mul(size);
            let records: Vec<Value> = cut(shops.iter().copied(), before, size).map(shop).collect();
            let pages = (shops.len() as u64).div_ceil(size);
            let data = json!({
                "totalcount": shops.len(), "pageindex": page, "pagecount": pages, "records": records
            });
            Ok(Some(json!({ "errcode": 0, "data": data })))
        }
        ("getShop", Some(shops), _) => {
            let id = request.get("shop_id").and_then(Value::as_i64).unwrap_or_default();
            let known = shops.contains(&id).then(|| shop(id));
            let data = known.ok_or_else(|| Refusal::new(9_002_009))?;
            Ok(Some(json!({ "errcode": 0, "data": data })))
        }
        ("listCards", _, Some(cards)) => {
            let (offset, count) = (number("offset").unwrap_or(0), number("count").unwrap_or(0));
            let ids: Vec<Value> = cut(cards.keys(), offset, count).map(|id| json!(id)).collect();
            let total = cards.len();
            Ok(Some(json!({
                "errcode": 0, "errmsg": "ok", "card_id_list": ids, "total_num": total
            })))
        }
        ("getCard", _, Some(cards)) => {
            let id = request.get("card_id").and_then(Value::as_str).unwrap_or_default();
            let ends = cards.get(id).ok_or_else(|| Refusal::new(40073))?;
            Ok(Some(json!({ "errcode": 0, "errmsg": "ok", "card": card(id, *ends) })))
        }
        _ => Ok(None),
    }
}

/// A page: so many from there on.
fn cut<T>(all: impl Iterator<Item = T>, offset: u64, size: u64) -> impl Iterator<Item = T> {
    let to_usize = |number| usize::try_from(number).unwrap_or(usize::MAX);
    all.skip(to_usize(offset)).take(to_usize(size))
}

fn shop(id: i64) -> Value {
    json!({
        "shop_id": id, "shop_name": format!("门店{id}"), "ssid": "", "ssid_list": [],
        "protocol_type": 0, "sid": "", "poi_id": id.to_string()
    })
}

fn card(id: &str, ends: UnixTime) -> Value {
    let date_info = json!({
        "type": "DATE_TYPE_FIX_TIME_RANGE", "begin_timestamp": 0, "end_timestamp": ends.seconds()
    });
    json!({
        "card_type": "CASH",
        "cash": { "base_info": {
            "id": id, "title": "10元代金券", "status": "CARD_STATUS_VERIFY_OK",
            "date_info": date_info, "location_id_list": [],
            "sku": { "quantity": 100_000_000, "total_quantity": 100_000_000 }
        } }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world() -> World {
        let card = ("p1".to_owned(), UnixTime::from_seconds(9));
        World { shops: Some((1..=45).collect()), cards: Some([card].into()) }
    }

    fn tell(id: &str, request: &Value) -> Value {
        reply(&world(), id, request).unwrap().unwrap()
    }

    #[test]
    fn stores_come_page_by_page_and_a_page_beyond_the_end_is_empty() {
        let page = |index: u64| tell("listShops", &json!({ "pageindex": index, "pagesize": 20 }));
        let ids = |index| -> Vec<i64> {
            let records = page(index)["data"]["records"].clone();
            let shops = records.as_array().unwrap().clone();
            shops.iter().map(|shop| shop["shop_id"].as_i64().unwrap()).collect()
        };
        assert_eq!(page(1)["data"]["pagecount"], 3);
        assert_eq!(ids(3), [41, 42, 43, 44, 45]);
        assert!(ids(4).is_empty() && ids(u64::MAX).is_empty());
    }

    #[test]
    fn a_card_tells_when_it_ends_and_one_that_was_not_added_is_refused() {
        let card = tell("getCard", &json!({ "card_id": "p1" }))["card"].clone();
        assert_eq!(card["cash"]["base_info"]["date_info"]["end_timestamp"], 9);
        let refused = reply(&world(), "getCard", &json!({ "card_id": "p2" })).unwrap_err();
        assert_eq!(refused.code, 40073);
    }

    #[test]
    fn where_nothing_was_added_there_is_nothing_to_tell() {
        assert_eq!(reply(&World::default(), "listShops", &json!({})), Ok(None));
    }
}
