//! How an operation's items are read page by page.
//!
//! ```text
//! "paging": { "name": "shops", "page": "pageindex", "items": "records", "key": "shop_id" }
//!
//! Paging { name: "shops", named: [(Page, "pageindex"), (Items, "records"), (Key, "shop_id")], first: Some(1), .. }
//! ```

use super::TypeExpr;
use crate::diagnostics::Place;
use crate::schema::Keyword;

/// How pages are asked for, and how the last one is recognised. Properties are referred to by their
/// names on the wire.
#[derive(Clone)]
pub(crate) struct Paging {
    /// The place of its name.
    pub(crate) place: Place,
    /// The name for all items.
    pub(crate) name: String,
    /// The name of the client's method that yields them.
    pub(crate) method_name: String,
    /// The properties that the keywords name: properties of the request for those up to `size`, of
    /// the payload for the others.
    pub(crate) named: Vec<(Keyword, String)>,
    /// The number of the first page; `None` where items are counted, and not pages.
    pub(crate) first: Option<u64>,
    pub(crate) size: Option<PageSize>,
    /// The type of an item.
    pub(crate) item: TypeExpr,
}

impl Paging {
    /// The property that a keyword names. Without `items`, the payload is the list; without `key`,
    /// each item identifies itself.
    pub(crate) fn get(&self, keyword: Keyword) -> Option<&str> {
        self.named.iter().find(|(known, _)| *known == keyword).map(|(_, name)| name.as_str())
    }

    /// The request's property that says where a page begins.
    pub(crate) fn position(&self) -> &str {
        let page = self.get(Keyword::Page);
        page.or_else(|| self.get(Keyword::Offset)).unwrap_or_default()
    }
}

/// How many items a page holds.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PageSize {
    /// How many there are if the request does not state it.
    pub(crate) default: Option<u64>,
    /// How many there can be at most.
    pub(crate) most: Option<u64>,
}
