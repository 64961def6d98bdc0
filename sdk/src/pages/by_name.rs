//! Pages of an operation that is known by its name: requests and items are JSON.

use serde_json::{Map, Value};

use super::paged::{Page, key, to_count};
use super::{Fetch, Pages};
use crate::any_operation::AnyOperation;
use crate::client::Client;
use crate::endpoint::Paging;

impl AnyOperation {
    /// The items of all its pages, as [`Client::pages`] reads them; `None` where it has no pages.
    ///
    /// ```no_run
    /// # async fn example(client: wechat_bizwifi::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use wechat_bizwifi::{AnyOperation, OPERATIONS};
    ///
    /// let list = AnyOperation::find(OPERATIONS, "listShops").ok_or("no such operation")?;
    /// let mut shops = list.pages(&client, &serde_json::Map::new()).ok_or("no pages")?;
    /// while let Some(shop) = shops.next().await {
    ///     println!("{}", shop?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages(&self, client: &Client, request: &Map<String, Value>) -> Option<Pages<Value>> {
        let operation = *self;
        let facts = operation.operation();
        let paging = facts.paging?;
        let mut request = request.clone();
        let begin = request.get(paging.position).and_then(Value::as_u64);
        if let Some(size) = paging.size
            && let Some(most) = size.most
        {
            request.entry(size.name).or_insert_with(|| most.into());
        }
        let client = client.clone();
        let fetch = move |position: u64| -> Fetch<Value> {
            let (mut request, client) = (request.clone(), client.clone());
            request.insert(paging.position.to_owned(), position.into());
            Box::pin(async move {
                let reply = operation.call(&client, &Value::Object(request)).await?;
                Ok(page(&paging, reply))
            })
        };
        Some(Pages::new((facts.id, paging), begin, fetch))
    }
}

fn page(paging: &Paging, mut payload: Value) -> Page<Value> {
    let count = |name: Option<&str>| payload.get(name?).and_then(to_count);
    let (pages, total) = (count(paging.pages), count(paging.total));
    let items = match paging.items {
        Some(name) => payload.get_mut(name).map(Value::take).unwrap_or_default(),
        None => payload,
    };
    let items = if let Value::Array(items) = items { items } else { Vec::new() };
    let with_key = |item: Value| (key_of(paging, &item), item);
    Page { items: items.into_iter().map(with_key).collect(), pages, total }
}

fn key_of(paging: &Paging, item: &Value) -> Option<String> {
    match paging.key {
        Some(name) => item.get(name).and_then(key),
        None => key(item),
    }
}
