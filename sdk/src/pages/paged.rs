//! What differs between operations with pages; generated code implements it.

use serde::Serialize;
use serde::de::{DeserializeOwned, IntoDeserializer, value};

use wechat_bizwifi_rules::ValuePath;
use wechat_bizwifi_rules::message::{Arg, NOT_READ};

use crate::endpoint::{Endpoint, Paging};
use crate::wire::{Invalid, Violation};

/// A builder of a request for pages, which [`Client::pages`](crate::Client::pages) takes.
///
/// The generator implements it for the requests of endpoints whose description has `paging`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a builder of a request for pages",
    label = "asks for no pages",
    note = "what is accepted is a builder, such as `ListShops::builder()`, of an endpoint with `paging`"
)]
pub trait Paged: Clone + Send + Sync + 'static {
    /// The request for a page.
    type Request: Endpoint + 'static;

    /// What a page holds.
    type Item: Send + 'static;

    /// How pages are asked for, and how their end is known.
    const PAGING: Paging;

    /// The number that this property of the request is set to: where the first page begins, or how long one is.
    #[doc(hidden)]
    fn count_of(&mut self, property: &str) -> Option<u64>;

    /// The request for a page of this size that begins there.
    #[doc(hidden)]
    fn request(self, position: u64, size: Option<u64>) -> Result<Self::Request, Invalid>;

    /// The items of a reply, and the numbers by which it tells the end.
    #[doc(hidden)]
    fn page(reply: <Self::Request as Endpoint>::Reply) -> Page<Self::Item>;
}

/// A page, as far as reading on depends on it.
#[derive(Debug)]
pub struct Page<T> {
    /// The items, each with what identifies it; `None` where nothing does.
    pub items: Vec<(Option<String>, T)>,
    /// How many pages there are, if the page says so.
    pub pages: Option<u64>,
    /// How many items there are on all pages, if the page says so.
    pub total: Option<u64>,
}

/// A list, which a reply may have left out.
pub trait IntoItems<T> {
    /// Its items.
    fn into_items(self) -> Vec<T>;
}

impl<T> IntoItems<T> for Vec<T> {
    fn into_items(self) -> Self {
        self
    }
}

impl<T, I: IntoItems<T>> IntoItems<T> for Option<I> {
    fn into_items(self) -> Vec<T> {
        self.map(I::into_items).unwrap_or_default()
    }
}

/// A count as a value of the type of a property.
///
/// # Errors
///
/// When the type does not hold it.
pub fn from_count<T: DeserializeOwned>(property: &'static str, count: u64) -> Result<T, Invalid> {
    let count: value::U64Deserializer<value::Error> = count.into_deserializer();
    T::deserialize(count).map_err(|error| {
        let place = ValuePath::ROOT.property(property).pointer();
        let violation = Violation::of(place, "type", NOT_READ.with([Arg::Text(&error)]));
        Invalid::from_violations(vec![violation])
    })
}

/// A property that counts, if it is there.
pub fn to_count<T: Serialize>(value: &T) -> Option<u64> {
    serde_json::to_value(value).ok()?.as_u64()
}

/// What identifies an item.
pub fn key<T: Serialize>(value: &T) -> Option<String> {
    serde_json::to_string(value).ok()
}
