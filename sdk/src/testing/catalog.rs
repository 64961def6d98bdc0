//! The stores and cards that a test has added, as the endpoints that list and read them tell of
//! them. Where none were added, there is nothing to tell: the documented example stands in.

use serde_json::{Value, json};

use super::page::Items;
use super::placements::World;
use super::refusal::{Outcome, Refusal};
use crate::wire::UnixTime;

/// All items of this name; nothing if none were added.
pub(super) fn items<'w>(world: &'w World, name: &str) -> Option<Items<'w>> {
    match name {
        "shops" => Some(Items::new(world.shops.as_ref()?.iter(), |id| shop(*id))),
        "cardIds" => Some(Items::new(world.cards.as_ref()?.keys(), |id| json!(id))),
        _ => None,
    }
}

/// The payload of an operation that reads a store or a card; nothing if none were added.
pub(super) fn payload(world: &World, id: &str, request: &Value) -> Outcome<Option<Value>> {
    match (id, &world.shops, &world.cards) {
        ("getShop", Some(shops), _) => {
            let id = request.get("shop_id").and_then(Value::as_i64).unwrap_or_default();
            let known = shops.contains(&id).then(|| shop(id));
            Ok(Some(known.ok_or_else(|| Refusal::new(9_002_009))?))
        }
        ("getCard", _, Some(cards)) => {
            let id = request.get("card_id").and_then(Value::as_str).unwrap_or_default();
            let ends = cards.get(id).ok_or_else(|| Refusal::new(40073))?;
            Ok(Some(card(id, *ends)))
        }
        _ => Ok(None),
    }
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

    #[test]
    fn a_card_tells_when_it_ends_and_one_that_was_not_added_is_refused() {
        let card = payload(&world(), "getCard", &json!({ "card_id": "p1" })).unwrap().unwrap();
        assert_eq!(card["cash"]["base_info"]["date_info"]["end_timestamp"], 9);
        let refused = payload(&world(), "getCard", &json!({ "card_id": "p2" })).unwrap_err();
        assert_eq!(refused.code, 40073);
    }

    #[test]
    fn where_nothing_was_added_there_is_nothing_to_tell() {
        assert!(items(&World::default(), "shops").is_none());
        assert_eq!(payload(&World::default(), "getShop", &json!({ "shop_id": 1 })), Ok(None));
    }
}
