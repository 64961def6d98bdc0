//! The page that a request asks for, cut from all items as the operation's `paging` says.

use serde_json::{Map, Value, json};

use super::documented;
use crate::any_operation::AnyOperation;
use crate::endpoint::{Paging, PagingBy, Payload};

/// All items of a listing, of which those of a page alone are written.
pub(super) struct Items<'i> {
    total: u64,
    /// So many items, after so many others.
    cut: Box<dyn Fn(usize, usize) -> Vec<Value> + 'i>,
}

impl<'i> Items<'i> {
    pub(super) fn new<T>(
        all: impl ExactSizeIterator<Item = T> + Clone + 'i,
        write: impl Fn(T) -> Value + 'i,
    ) -> Self {
        let total = all.len() as u64;
        let cut = move |begin, size| all.clone().skip(begin).take(size).map(&write).collect();
        Self { total, cut: Box::new(cut) }
    }

    pub(super) fn written(all: &'i [Value]) -> Self {
        Self::new(all.iter(), Value::clone)
    }
}

fn to_usize(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// How long a page is where neither the request nor the description says.
const PAGE: u64 = 10;

/// The payload of a reply with one page of these items. Its other properties are those of the documented reply.
pub(super) fn payload(
    operation: &AnyOperation,
    paging: &Paging,
    (items, request): (&Items<'_>, &Value),
) -> Value {
    let number = |name: &str| request.get(name).and_then(Value::as_u64);
    let size = paging.size.and_then(|size| number(size.name).or(size.default).or(size.most));
    let size = size.unwrap_or(PAGE).max(1);
    let position = number(paging.position).unwrap_or_else(|| paging.first());
    let begin = match paging.counts {
        PagingBy::Page(first) => position.saturating_sub(first).saturating_mul(size),
        PagingBy::Offset => position,
    };
    let page = Value::Array((items.cut)(to_usize(begin), to_usize(size)));
    let Some(name) = paging.items else { return page };
    let total = items.total;
    let mut payload = documented_payload(operation, request);
    payload.insert(name.to_owned(), page);
    for (name, count) in [(paging.pages, total.div_ceil(size)), (paging.total, total)] {
        if let Some(name) = name {
            payload.insert(name.to_owned(), count.into());
        }
    }
    if let Some(echo) = payload.get_mut(paging.position) {
        *echo = position.into();
    }
    Value::Object(payload)
}

/// The items of the documented reply.
pub(super) fn documented_items(
    operation: &AnyOperation,
    paging: &Paging,
    request: &Value,
) -> Vec<Value> {
    let payload = documented::payload(operation, request).unwrap_or_default();
    let items = match paging.items {
        Some(name) => payload.get(name).cloned().unwrap_or_default(),
        None => payload,
    };
    if let Value::Array(items) = items { items } else { Vec::new() }
}

fn documented_payload(operation: &AnyOperation, request: &Value) -> Map<String, Value> {
    match documented::payload(operation, request) {
        Some(Value::Object(payload)) => payload,
        _ => Map::new(),
    }
}

/// A reply with this payload, in the operation's envelope.
pub(super) fn enveloped(operation: &AnyOperation, payload: Option<Value>) -> Value {
    let envelope = &operation.operation().envelope;
    match (envelope.payload, payload) {
        (Payload::Root, Some(Value::Object(mut reply))) => {
            reply.entry(envelope.code).or_insert_with(|| 0.into());
            Value::Object(reply)
        }
        (Payload::Property(name), Some(payload)) => json!({ envelope.code: 0, name: payload }),
        _ => json!({ envelope.code: 0 }),
    }
}
