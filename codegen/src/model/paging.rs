//! How an operation's items are read page by page.

use super::TypeExpr;
use crate::diagnostics::Place;

/// How pages are asked for, and how the end is known. Properties are meant by their names on the wire.
#[derive(Clone)]
pub(crate) struct Paging {
    /// Where its name stands.
    pub(crate) place: Place,
    /// What the items are called together.
    pub(crate) name: String,
    /// The name of the client's method that yields them.
    pub(crate) method_name: String,
    /// The request's property that says where a page begins.
    pub(crate) position: String,
    /// The number of the first page; `None` where items are counted, and not pages.
    pub(crate) first: Option<u64>,
    pub(crate) size: Option<PageSize>,
    /// The payload's property that lists the items; `None` where the payload is the list.
    pub(crate) items: Option<String>,
    /// The type of an item.
    pub(crate) item: TypeExpr,
    /// The payload's property that says how many pages there are.
    pub(crate) pages: Option<String>,
    /// The payload's property that says how many items there are.
    pub(crate) total: Option<String>,
    /// The property that identifies an item; `None` where items are no objects.
    pub(crate) key: Option<String>,
}

/// How many items a page holds.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PageSize {
    /// The request's property that says so.
    pub(crate) name: String,
    /// How many there are where the request does not say.
    pub(crate) default: Option<u64>,
    /// How many there can be at the most.
    pub(crate) most: Option<u64>,
}
