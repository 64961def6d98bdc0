//! What a test has added, such as stores and cards, as the operations that list and read it tell of it.
//! Which operations those are follows from their descriptions:
//!
//! ```text
//! "paging": { "items": "records", "key": "shop_id", .. }       lists what was added by its `shop_id`
//! "paging": { "name": "cardIds", .. }, the items no objects    lists what was added by its `card_id`
//! "request": { "required": ["card_id"], .. }, no `paging`      reads one by its `card_id`
//! ```

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::documented;
use super::page::Items;
use super::refusal::{Outcome, Refusal};
use crate::any_operation::AnyOperation;
use crate::endpoint::Paging;

/// What was added, by the property that identifies it. Where nothing was added by a property, there is
/// nothing to tell: the documented example stands in.
#[derive(Debug, Default)]
pub(super) struct Catalog(HashMap<String, BTreeMap<Id, Option<Value>>>);

/// What tells one from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Id {
    Number(i64),
    Text(String),
}

impl From<Value> for Id {
    fn from(value: Value) -> Self {
        match (value.as_i64(), value) {
            (Some(number), _) => Self::Number(number),
            (None, Value::String(text)) => Self::Text(text),
            (None, other) => Self::Text(other.to_string()),
        }
    }
}

impl From<&Id> for Value {
    fn from(id: &Id) -> Self {
        match id {
            Id::Number(number) => (*number).into(),
            Id::Text(text) => text.as_str().into(),
        }
    }
}

impl Catalog {
    /// Adds something, or changes its facts: those that are documented, where there are no facts.
    pub(super) fn add(&mut self, property: &str, id: Id, facts: Option<Value>) {
        self.0.entry(property.to_owned()).or_default().insert(id, facts);
    }

    /// Whether it exists: anything does by a property that nothing was added by.
    pub(super) fn has(&self, property: &str, id: &Id) -> bool {
        self.0.get(property).is_none_or(|added| added.contains_key(id))
    }

    /// What an operation with pages lists; nothing if none of it was added.
    pub(super) fn items<'c>(
        &'c self,
        paging: &Paging,
        documented: &'c [Value],
    ) -> Option<Items<'c>> {
        let (property, added) = self.0.iter().find(|(property, _)| lists(paging, property))?;
        let is_object = paging.key.is_some();
        Some(Items::new(added.iter(), move |(id, facts)| {
            if !is_object {
                return id.into();
            }
            let mut item = facts.as_ref().or(documented.first()).cloned().unwrap_or_default();
            if let Value::Object(item) = &mut item {
                item.insert(property.clone(), id.into());
            }
            item
        }))
    }

    /// What an operation reads; nothing if none of it was added.
    pub(super) fn payload(
        &self,
        operation: &AnyOperation,
        request: &Value,
    ) -> Outcome<Option<Value>> {
        let [property] = operation.required() else { return Ok(None) };
        let Some(added) = self.0.get(*property) else { return Ok(None) };
        let id = Id::from(request.get(property).cloned().unwrap_or_default());
        let facts = added.get(&id).ok_or_else(|| unknown(property))?;
        let documented = documented::payload(operation, request);
        let tells_id = documented.as_ref().is_some_and(|payload| payload.get(property).is_some());
        let mut payload = facts.clone().or(documented);
        if let Some(Value::Object(payload)) = payload.as_mut().filter(|_| tells_id) {
            payload.insert((*property).to_owned(), (&id).into());
        }
        Ok(payload)
    }
}

/// Whether an operation with pages lists what this property identifies: it is the key of its items, or
/// they are named by its plural.
fn lists(paging: &Paging, property: &str) -> bool {
    match paging.key {
        Some(key) => key == property,
        None => paging.name.strip_suffix('s') == Some(camel_case(property).as_str()),
    }
}

/// `card_id` -> `cardId`
fn camel_case(property: &str) -> String {
    let mut words = property.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let (initial, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
        name + &initial.to_uppercase() + rest
    })
}

/// The service's own code where it is known.
fn unknown(property: &str) -> Refusal {
    match property {
        SHOP => Refusal::new(9_002_009),
        CARD => Refusal::new(40073),
        _ => Refusal::because(9_002_008, format!("nothing was added by this {property}")),
    }
}

/// The property that identifies a store.
pub(super) const SHOP: &str = "shop_id";
/// The property that identifies a card.
pub(super) const CARD: &str = "card_id";

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::generated::{GetCard, OPERATIONS};

    fn operation(id: &str) -> &'static AnyOperation {
        AnyOperation::find(OPERATIONS, id).unwrap()
    }

    fn read(catalog: &Catalog, operation_id: &str, request: &Value) -> Outcome<Option<Value>> {
        catalog.payload(operation(operation_id), request)
    }

    fn catalog() -> Catalog {
        let mut catalog = Catalog::default();
        catalog.add(SHOP, Id::Number(1), None);
        catalog.add(CARD, Id::Text("p1".to_owned()), Some(json!({ "card_type": "CASH" })));
        catalog
    }

    #[test]
    fn the_facts_are_reported_or_what_is_documented_and_what_was_not_added_is_refused() {
        let card = read(&catalog(), "getCard", &json!({ "card_id": "p1" })).unwrap().unwrap();
        assert_eq!(card, json!({ "card_type": "CASH" }));
        let shop = read(&catalog(), "getShop", &json!({ "shop_id": 1 })).unwrap().unwrap();
        assert_eq!((&shop["shop_name"], shop.get("shop_id")), (&json!("南山店"), None));
        let code = |id, request| read(&catalog(), id, &request).unwrap_err().code;
        assert_eq!(code("getCard", json!({ "card_id": "p2" })), 40073);
        assert_eq!(code("getShop", json!({ "shop_id": 2 })), 9_002_009);
    }

    #[test]
    fn what_was_not_added_by_a_property_without_a_code_of_its_own_is_named() {
        let hint = "nothing was added by this depot_id";
        assert_eq!(unknown("depot_id"), Refusal::because(9_002_008, hint));
        assert_eq!(camel_case("a_of_b"), "aOfB");
    }

    #[test]
    fn what_tells_the_id_tells_the_one_that_was_asked_for() {
        let request = json!({ "shop_id": 1 });
        let placement = read(&catalog(), "getCouponPlacement", &request).unwrap().unwrap();
        assert_eq!(placement["shop_id"], 1);
    }

    #[test]
    fn where_no_reply_is_documented_the_facts_are_reported_as_they_are() {
        let undocumented = AnyOperation::of::<GetCard>(&[CARD], &[]);
        let card = catalog().payload(&undocumented, &json!({ "card_id": "p1" }));
        assert_eq!(card, Ok(Some(json!({ "card_type": "CASH" }))));
    }

    #[test]
    fn where_nothing_was_added_there_is_nothing_to_tell() {
        let catalog = Catalog::default();
        let paging = operation("listShops").operation().paging.unwrap();
        assert!(catalog.items(&paging, &[]).is_none());
        assert_eq!(read(&catalog, "getShop", &json!({ "shop_id": 1 })), Ok(None));
        assert!(catalog.has(SHOP, &Id::Number(7)));
    }

    #[test]
    fn items_that_are_no_objects_are_listed_by_the_plural_of_their_property() {
        let paging = |id: &str| operation(id).operation().paging.unwrap();
        assert!(lists(&paging("listCards"), "card_id") && !lists(&paging("listCards"), "card"));
        assert!(lists(&paging("listShops"), "shop_id") && !lists(&paging("listShops"), "shop"));
        assert!(lists(&Paging::by_offset("depots", "offset"), "depot"));
    }
}
