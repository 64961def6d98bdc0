//! The items of all pages, one after the other.

mod by_name;
mod cursor;
mod paged;
#[cfg(test)]
#[cfg(feature = "testing")]
mod tests;

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::{FusedStream, Stream};

pub use paged::{IntoItems, Page, Paged, from_count, key, to_count};

use crate::client::Client;
use crate::endpoint::{Endpoint, Paging};
use crate::error::{Effect, Error};
use cursor::Cursor;

/// The items of all pages: a [`Stream`] that reads the next page when it is needed.
///
/// ```
/// use wechat_bizwifi::testing::TestServer;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let server = TestServer::start().await?;
/// (1..=45).for_each(|shop_id| server.add_shop(shop_id));
/// let client = server.client_builder().build()?;
///
/// let mut shops = client.shops();
/// let mut count = 0;
/// while let Some(shop) = shops.next().await {
///     println!("{:?}", shop?.shop_name);
///     count += 1;
/// }
/// assert_eq!(count, 45);
/// # Ok(())
/// # }
/// ```
///
/// A part of them is listed by a builder of the request, which may also say where to begin and how
/// long a page is:
///
/// ```
/// # use wechat_bizwifi::testing::TestServer;
/// use futures_util::TryStreamExt as _;
/// use wechat_bizwifi::{CardId, CardReviewStatus, ListCards};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let server = TestServer::start().await?;
/// # server.add_card("pBnTrjvZJXkZsPGwfq9F0Hl0WqE", 1_457_712_000);
/// # let client = server.client_builder().build()?;
/// let verified = ListCards::builder().status_list([CardReviewStatus::Verified]);
/// let ids: Vec<CardId> = client.pages(verified).try_collect().await?;
/// assert_eq!(ids.len(), 1);
/// # Ok(())
/// # }
/// ```
///
/// # How it ends
///
/// - At the number of pages or items that the latest page tells, if the operation has such a number; it
///   may change on the way.
/// - At an empty page, whatever that number is.
/// - At an error, which is the last item. Each page is a call of its own, with its own deadline,
///   attempts and share of the retry quota, so a page that can be had is had.
///
/// What came on one page does not come again with a later one: pages shift when something is added or
/// removed meanwhile. What was shifted to a page that was read already is missed, as with every list
/// that is read in parts. A page without anything new is passed over, and a second one in a row is an
/// error of the kind [`Decode`](crate::ErrorKind::Decode), since the service then seems to repeat
/// itself. So a listing always ends.
///
/// Dropping it, or the future of [`next`](Self::next), loses nothing but the page that is under way.
#[must_use = "nothing is read until the items are asked for"]
pub struct Pages<T> {
    operation: &'static str,
    cursor: Cursor,
    fetch: Box<dyn Fn(u64) -> Fetch<T> + Send + Sync>,
    under_way: Option<Fetch<T>>,
    ready: VecDeque<T>,
}

/// A page that is under way.
type Fetch<T> = Pin<Box<dyn Future<Output = Result<Page<T>, Error>> + Send>>;

impl<T> Pages<T> {
    fn new(
        (operation, paging): (&'static str, Paging),
        begin: Option<u64>,
        fetch: impl Fn(u64) -> Fetch<T> + Send + Sync + 'static,
    ) -> Self {
        Self {
            operation,
            cursor: Cursor::new(paging, begin),
            fetch: Box::new(fetch),
            under_way: None,
            ready: VecDeque::new(),
        }
    }

    /// The next item; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    /// The items of the next page that are new; `None` after the last one. For programs that pause
    /// between calls. If [`next`](Self::next) has returned some items of a page, this returns the rest of
    /// that page.
    pub async fn next_page(&mut self) -> Option<Result<Vec<T>, Error>> {
        if !self.ready.is_empty() {
            return Some(Ok(self.ready.drain(..).collect()));
        }
        poll_fn(|cx| self.poll_page(cx)).await
    }

    /// How many items there are on all pages, as the first page that was read said; `None` before, and
    /// where the operation has no such number.
    ///
    /// Where fewer items than that have come in the end, some were missed: something was removed
    /// meanwhile, and the pages shifted.
    ///
    /// ```
    /// use wechat_bizwifi::testing::TestServer;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let server = TestServer::start().await?;
    /// (1..=45).for_each(|shop_id| server.add_shop(shop_id));
    /// let client = server.client_builder().build()?;
    ///
    /// let mut shops = client.shops();
    /// assert_eq!(shops.total(), None);
    /// shops.next().await.transpose()?;
    /// assert_eq!(shops.total(), Some(45));
    /// # Ok(())
    /// # }
    /// ```
    pub fn total(&self) -> Option<u64> {
        self.cursor.total()
    }

    /// Ends the pages: no other one is read.
    #[cfg(feature = "blocking")]
    pub(crate) fn end(&mut self) {
        self.cursor.end();
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.poll_page(cx)) {
                Some(Ok(items)) => self.ready = items.into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }

    /// The next page that has anything new.
    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Vec<T>, Error>>> {
        while let Some(position) = self.cursor.position() {
            let fetch = self.under_way.get_or_insert_with(|| (self.fetch)(position));
            let page = ready!(fetch.as_mut().poll(cx));
            self.under_way = None;
            match page.and_then(|page| self.take(page)) {
                Ok(items) if items.is_empty() => {}
                Ok(items) => return Poll::Ready(Some(Ok(items))),
                Err(error) => {
                    self.cursor.end();
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
        Poll::Ready(None)
    }

    fn take(&mut self, page: Page<T>) -> Result<Vec<T>, Error> {
        self.cursor.take(page).map_err(|error| error.during(self.operation, 1, Effect::Possible))
    }
}

/// Nothing in it is pinned.
impl<T> Unpin for Pages<T> {}

impl<T> Stream for Pages<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx)
    }
}

impl<T> FusedStream for Pages<T> {
    fn is_terminated(&self) -> bool {
        self.ready.is_empty() && self.cursor.position().is_none()
    }
}

/// Without requests and items, which may be secret.
impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Pages").field("operation", &self.operation).finish_non_exhaustive()
    }
}

impl Client {
    /// The items of all pages of a listing, for a builder of its request: where a page begins is set for
    /// each page, and its length where it is not set. Nothing is sent until an item is asked for.
    ///
    /// A request that breaks a rule of its description is the first item's error.
    pub fn pages<B: Paged>(&self, mut builder: B) -> Pages<B::Item> {
        let operation = B::Request::OPERATION.id;
        let size = B::PAGING.size.and_then(|size| builder.count_of(size.name).or(size.most));
        let (begin, client) = (builder.count_of(B::PAGING.position), self.clone());
        Pages::new((operation, B::PAGING), begin, move |position| {
            let (builder, client) = (builder.clone(), client.clone());
            Box::pin(async move {
                let request = builder.request(position, size);
                let request = request.map_err(|invalid| {
                    Error::from(invalid).during(operation, 0, Effect::NotSent)
                })?;
                Ok(B::page(client.send(&request).await?))
            })
        })
    }
}
