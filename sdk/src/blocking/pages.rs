//! Pages for programs that are not async.

use std::fmt;
use std::iter::FusedIterator;
use std::sync::Arc;

use super::{Client, Driver};
use crate::error::Error;
use crate::pages::{self, Paged};

/// The items of all pages: an iterator that reads the next page when it is needed.
///
/// It ends, and leaves out what came before, as [the async one](crate::Pages) does.
///
/// ```
/// use wechat_bizwifi::testing::TestServer;
/// use wechat_bizwifi::{Shop, blocking};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let server = TestServer::start_blocking()?;
/// (1..=45).for_each(|shop_id| server.add_shop(shop_id));
/// let client =
///     blocking::Client::builder(server.credentials()).base_url(server.base_url()).build()?;
///
/// let shops: Vec<Shop> = client.shops().collect::<Result<_, _>>()?;
/// assert_eq!(shops.len(), 45);
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is read until the items are asked for"]
pub struct Pages<T> {
    pages: pages::Pages<T>,
    driver: Arc<Driver>,
}

impl<T> Pages<T> {
    /// The items of the next page that are new; `None` after the last one. For programs that pause
    /// between calls.
    pub fn next_page(&mut self) -> Option<Result<Vec<T>, Error>> {
        let page = self.driver.wait(async { self.pages.next_page().await.transpose() });
        if page.is_err() {
            self.pages.end();
        }
        page.transpose()
    }

    /// How many items there are on all pages, as the first page that was read said; see
    /// [the async one](crate::Pages::total).
    pub fn total(&self) -> Option<u64> {
        self.pages.total()
    }
}

impl<T> Iterator for Pages<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.driver.wait(async { self.pages.next().await.transpose() });
        if item.is_err() {
            self.pages.end();
        }
        item.transpose()
    }
}

impl<T> FusedIterator for Pages<T> {}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pages.fmt(out)
    }
}

impl Client {
    /// The items of all pages of a listing; see
    /// [`wechat_bizwifi::Client::pages`](crate::Client::pages).
    pub fn pages<B: Paged>(&self, builder: B) -> Pages<B::Item> {
        Pages { pages: self.client.pages(builder), driver: self.driver.clone() }
    }
}
