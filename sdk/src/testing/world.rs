//! The stores and cards that exist for placements: all of them, unless a test adds some.

use std::collections::HashMap;

use serde_json::json;

use super::catalog::{CARD, Catalog, Id, SHOP};
use super::refusal::{Outcome, Refusal};
use crate::wire::UnixTime;

/// The store that stands for all of them.
pub(super) const ALL: i64 = 0;

/// What was added, and how long cards are valid.
#[derive(Debug, Default)]
pub(super) struct World {
    pub(super) catalog: Catalog,
    valid_until: HashMap<String, UnixTime>,
}

impl World {
    pub(super) fn add_shop(&mut self, shop: i64) {
        self.catalog.add(SHOP, Id::Number(shop), None);
    }

    /// A cash coupon of which more are left than a test will place.
    pub(super) fn add_card(&mut self, card: String, valid_until: UnixTime) {
        let date_info = json!({
            "type": "DATE_TYPE_FIX_TIME_RANGE",
            "begin_timestamp": 0,
            "end_timestamp": valid_until.seconds()
        });
        let facts = json!({
            "card_type": "CASH",
            "cash": { "base_info": {
                "id": card, "title": "10元代金券", "status": "CARD_STATUS_VERIFY_OK",
                "date_info": date_info, "location_id_list": [],
                "sku": { "quantity": 100_000_000, "total_quantity": 100_000_000 }
            } }
        });
        self.catalog.add(CARD, Id::Text(card.clone()), Some(facts));
        self.valid_until.insert(card, valid_until);
    }

    pub(super) fn check_shop(&self, shop: i64) -> Outcome {
        let exists = shop == ALL || self.catalog.has(SHOP, &Id::Number(shop));
        if exists { Ok(()) } else { Err(Refusal::new(9_002_009)) }
    }

    pub(super) fn check_card(&self, card: &str, end: i64) -> Outcome {
        if !self.catalog.has(CARD, &Id::Text(card.to_owned())) {
            return Err(Refusal::new(9_008_001));
        }
        let valid_until = self.valid_until.get(card);
        let is_too_long = valid_until.is_some_and(|valid_until| end > valid_until.seconds());
        if is_too_long { Err(Refusal::new(9_008_002)) } else { Ok(()) }
    }
}
