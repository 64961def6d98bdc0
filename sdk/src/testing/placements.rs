//! Which coupon is placed in which store.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::refusal::Outcome;
use super::world::{ALL, World};
use crate::wire::UnixTime;

/// An account's placements, by store. They are kept as the JSON that was checked on its way in,
/// so that a description may gain or lose a property without a change here.
#[derive(Debug, Default)]
pub(super) struct Placements(BTreeMap<i64, Value>);

impl Placements {
    /// Places a coupon in a store, or in all of them, whatever they had before.
    pub(super) fn set(&mut self, world: &World, request: Value) -> Outcome {
        let shop = number(&request, "shop_id");
        world.check_shop(shop)?;
        let card = request.get("card_id").and_then(Value::as_str).unwrap_or_default();
        world.check_card(card, number(&request, "end_time"))?;
        if shop == ALL {
            self.0.clear();
        }
        self.0.insert(shop, request);
        Ok(())
    }

    /// What is placed in a store.
    pub(super) fn get(
        &self,
        world: &World,
        request: &Value,
        now: UnixTime,
    ) -> Outcome<Option<Shown>> {
        let shop = number(request, "shop_id");
        world.check_shop(shop)?;
        let placed = self.0.get(&shop).or_else(|| self.0.get(&ALL));
        Ok(placed.map(|placed| shown(placed, shop, now)))
    }
}

/// A placement as a reply tells it, in the order of the documented example.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Shown {
    shop_id: i64,
    card_status: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    card_id: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card_describe: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<Value>,
}

fn shown(placed: &Value, shop: i64, now: UnixTime) -> Shown {
    let copy = |name| placed.get(name).cloned();
    Shown {
        shop_id: shop,
        card_status: status(placed, now.seconds()),
        card_id: copy("card_id"),
        card_describe: copy("card_describe"),
        start_date: copy("start_time"),
        end_date: copy("end_time"),
    }
}

/// 0 in effect, 1 not yet, 2 no longer.
fn status(placed: &Value, now: i64) -> i64 {
    if now < number(placed, "start_time") {
        1
    } else {
        i64::from(now >= number(placed, "end_time")) * 2
    }
}

fn number(of: &Value, name: &str) -> i64 {
    of.get(name).and_then(Value::as_i64).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn request(shop: i64, card: &str) -> Value {
        json!({
            "shop_id": shop, "card_id": card, "card_describe": "-", "start_time": 100,
            "end_time": 200, "card_quantity": 1
        })
    }

    fn read(placements: &Placements, shop: i64, now: i64) -> Option<Shown> {
        let request = json!({ "shop_id": shop });
        placements.get(&World::default(), &request, UnixTime::from_seconds(now)).unwrap()
    }

    #[test]
    fn the_status_follows_the_times() {
        let mut placements = Placements::default();
        placements.set(&World::default(), request(1, "a")).unwrap();
        let status = |now| read(&placements, 1, now).unwrap().card_status;
        assert_eq!([99, 100, 199, 200].map(status), [1, 0, 0, 2]);
    }

    #[test]
    fn shop_0_reaches_every_store_and_a_later_one_of_its_own_stands_out() {
        let mut placements = Placements::default();
        assert_eq!(read(&placements, 1, 0), None);
        for (shop, card) in [(1, "before"), (0, "all"), (2, "after")] {
            placements.set(&World::default(), request(shop, card)).unwrap();
        }
        let card = |shop| read(&placements, shop, 0).unwrap().card_id.unwrap();
        assert_eq!([0, 1, 2, 3].map(card), ["all", "all", "after", "all"].map(Value::from));
        assert_eq!(read(&placements, 3, 0).unwrap().shop_id, 3);
    }

    #[test]
    fn cards_and_stores_that_do_not_exist_are_refused_once_some_are_listed() {
        let mut world = World::default();
        world.add_shop(1);
        world.add_card("card".to_owned(), UnixTime::from_seconds(199));
        let set = |shop, card| Placements::default().set(&world, request(shop, card));
        assert_eq!(set(2, "card").unwrap_err().code, 9_002_009);
        assert_eq!(set(1, "another").unwrap_err().code, 9_008_001);
        assert_eq!(set(0, "card").unwrap_err().code, 9_008_002);
    }
}
