//! Which page comes next, which items are new, and where the pages end: independent of types and calls.
//!
//! ```text
//! page 1 of 20 items, total 45    page 2 is next
//! page 3 of 5 items, total 45     45 items have come: it is the last
//! page 2, empty                   it is the last, whatever the total
//! ```

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use wechat_bizwifi_rules::message::REPEATED_PAGES;

use super::paged::Page;
use crate::endpoint::{Paging, PagingBy};
use crate::error::{Error, ErrorKind};

/// How far an operation's pages have been read.
#[derive(Debug)]
pub(super) struct Cursor {
    paging: Paging,
    /// Where the next page begins; `None` after the last one.
    next: Option<u64>,
    /// How many items came, those that came repeatedly included.
    received: u64,
    /// How many items there were in all, as the first page said.
    total: Option<u64>,
    /// Hashes of what identifies the items that came: of a million items, two share one with a chance
    /// of one to 37 million.
    seen: HashSet<u64>,
    hashes: RandomState,
    /// Whether the page before brought nothing new.
    was_repeated: bool,
}

impl Cursor {
    pub(super) fn new(paging: Paging, begin: Option<u64>) -> Self {
        let next = Some(begin.unwrap_or_else(|| paging.first()));
        let (seen, hashes) = (HashSet::new(), RandomState::new());
        Self { paging, next, received: 0, total: None, seen, hashes, was_repeated: false }
    }

    /// How many items there were in all, as the first page said.
    pub(super) fn total(&self) -> Option<u64> {
        self.total
    }

    /// Where the next page begins; `None` after the last one.
    pub(super) fn position(&self) -> Option<u64> {
        self.next
    }

    /// Ends the pages: no other one is read.
    pub(super) fn end(&mut self) {
        self.next = None;
    }

    /// Takes the page that was asked for, and returns its items that are new.
    ///
    /// # Errors
    ///
    /// When the service seems to answer with the same page again and again.
    pub(super) fn take<T>(&mut self, page: Page<T>) -> Result<Vec<T>, Error> {
        self.advance(&page);
        let items: Vec<T> = page.items.into_iter().filter_map(|item| self.if_new(item)).collect();
        self.check_repeated(items.is_empty() && self.next.is_some())?;
        Ok(items)
    }

    fn advance<T>(&mut self, page: &Page<T>) {
        let count = page.items.len() as u64;
        self.total = self.total.or(page.total);
        self.received = self.received.saturating_add(count);
        self.next = self.next.filter(|_| count > 0).and_then(|at| self.after(at, count, page));
    }

    fn check_repeated(&mut self, is_repeated: bool) -> Result<(), Error> {
        if is_repeated && self.paging.pages.is_none() && self.paging.total.is_none() {
            // Such services repeat the last page for every number beyond.
            self.end();
        } else if is_repeated && self.was_repeated {
            return Err(repeated());
        }
        self.was_repeated = is_repeated;
        Ok(())
    }

    /// Where the page after this one, of so many items, begins; `None` if it is the last.
    fn after<T>(&self, at: u64, count: u64, page: &Page<T>) -> Option<u64> {
        let (next, is_last) = match self.paging.counts {
            PagingBy::Page(first) => {
                let is_last_page = |pages: u64| at.saturating_sub(first) + 1 >= pages;
                // How many items lie before a page that is not the first is not known.
                let is_all = |total: u64| self.received >= total;
                let is_last =
                    page.pages.map_or_else(|| page.total.is_some_and(is_all), is_last_page);
                (at.checked_add(1)?, is_last)
            }
            PagingBy::Offset => {
                let next = at.checked_add(count)?;
                (next, page.total.is_some_and(|total| next >= total))
            }
        };
        (!is_last).then_some(next)
    }

    fn if_new<T>(&mut self, (key, item): (Option<String>, T)) -> Option<T> {
        key.is_none_or(|key| self.seen.insert(self.hashes.hash_one(key))).then_some(item)
    }
}

fn repeated() -> Error {
    Error::said(ErrorKind::Decode, REPEATED_PAGES)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNTED: Paging = Paging::by_page("shops", "page", 1).pages("pages");
    const TOTALLED: Paging = Paging::by_offset("ids", "offset").total("total");
    const LISTED: Paging = Paging::by_page("rows", "page", 1).total("total");
    const OPEN: Paging = Paging::by_page("rows", "page", 0);

    /// Reads all of what a service answers to a position; fails if it never ends.
    fn read(paging: Paging, serve: impl Fn(u64) -> (Vec<u64>, Option<u64>)) -> (Vec<u64>, usize) {
        let (read, calls, end) = read_from(paging, None, serve);
        end.unwrap();
        (read, calls)
    }

    fn read_from(
        paging: Paging,
        begin: Option<u64>,
        serve: impl Fn(u64) -> (Vec<u64>, Option<u64>),
    ) -> (Vec<u64>, usize, Result<(), Error>) {
        let mut cursor = Cursor::new(paging, begin);
        let mut read = Vec::new();
        for calls in 0..100 {
            let Some(at) = cursor.position() else { return (read, calls, Ok(())) };
            let (items, end) = serve(at);
            let items = items.into_iter().map(|item| (Some(item.to_string()), item)).collect();
            let (pages, total) = if paging.pages.is_some() { (end, None) } else { (None, end) };
            match cursor.take(Page { items, pages, total }) {
                Ok(new) => read.extend(new),
                Err(error) => return (read, calls + 1, Err(error)),
            }
        }
        panic!("it does not end")
    }

    fn slice(all: u64, from: u64, size: u64) -> Vec<u64> {
        (from..all.min(from + size)).collect()
    }

    #[test]
    fn counted_pages_end_with_the_last_and_no_call_is_made_for_nothing() {
        let serve = |page: u64| (slice(45, (page - 1) * 20, 20), Some(3));
        assert_eq!(read(COUNTED, serve), ((0..45).collect(), 3));
    }

    #[test]
    fn offsets_grow_by_what_came_and_end_at_the_total() {
        let serve = |offset: u64| (slice(45, offset, 7), Some(45));
        assert_eq!(read(TOTALLED, serve), ((0..45).collect(), 7));
    }

    #[test]
    fn without_a_count_an_empty_page_is_the_end_and_so_is_the_last_one_repeated() {
        let serve = |page: u64| (slice(45, page * 20, 20), None);
        assert_eq!(read(OPEN, serve), ((0..45).collect(), 4));
        let repeats = |page: u64| (slice(45, page.min(2) * 20, 20), None);
        assert_eq!(read(OPEN, repeats), ((0..45).collect(), 4));
    }

    #[test]
    fn pages_with_a_total_end_with_the_last_item_of_it() {
        for (all, calls) in [(20, 1), (21, 2), (40, 2), (41, 3)] {
            let serve = |page: u64| (slice(all, (page - 1) * 20, 20), Some(all));
            assert_eq!(read(LISTED, serve), ((0..all).collect(), calls));
        }
    }

    #[test]
    fn an_empty_page_is_the_end_whatever_the_count_says() {
        let serve = |offset: u64| (slice(5, offset, 5), Some(57));
        assert_eq!(read(TOTALLED, serve), ((0..5).collect(), 2));
        assert_eq!(read(COUNTED, |_| (Vec::new(), Some(8))), (Vec::new(), 1));
    }

    #[test]
    fn a_count_that_changes_meanwhile_is_followed() {
        let growing =
            |page: u64| (slice(20 * (page + 1), (page - 1) * 20, 20), Some(page.min(3) + 1));
        assert_eq!(read(COUNTED, growing), ((0..80).collect(), 4));
        let shrinking = |offset: u64| (slice(45, offset, 20), Some(45 - offset));
        assert_eq!(read(TOTALLED, shrinking), ((0..40).collect(), 2));
    }

    #[test]
    fn a_count_that_is_missing_leaves_the_end_to_the_empty_page() {
        let serve = |offset: u64| (slice(9, offset, 5), None);
        assert_eq!(read(TOTALLED, serve), ((0..9).collect(), 3));
    }

    #[test]
    fn what_came_before_does_not_come_again() {
        // An item was added in front after the first page.
        let serve = |page: u64| match page {
            1 => (vec![1, 2, 3], Some(2)),
            _ => (vec![3, 4], Some(2)),
        };
        assert_eq!(read(COUNTED, serve), (vec![1, 2, 3, 4], 2));
    }

    #[test]
    fn a_page_that_is_repeated_once_is_passed_over_and_a_service_that_repeats_itself_is_an_error() {
        let once = |page: u64| (slice(60, page.max(2) * 20 - 40, 20), Some(4));
        assert_eq!(read(COUNTED, once), ((0..60).collect(), 4));
        let (read, calls, end) = read_from(COUNTED, None, |_| (vec![1, 2], Some(8)));
        assert_eq!((read, calls), (vec![1, 2], 3));
        let error = end.unwrap_err();
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Decode, false));
        assert_eq!(
            error.to_string(),
            "two pages in a row have no new items, although more are said to follow: the service \
             repeats itself"
        );
    }

    #[test]
    fn the_total_that_the_first_page_said_stays() {
        let mut cursor = Cursor::new(TOTALLED, None);
        let page = |total| Page { items: vec![(None, 1)], pages: None, total };
        let totals = [None, Some(9), Some(8)].map(|total| {
            cursor.take(page(total)).unwrap();
            cursor.total()
        });
        assert_eq!(totals, [None, Some(9), Some(9)]);
    }

    #[test]
    fn a_reader_may_begin_further_on() {
        let serve = |page: u64| (slice(45, (page - 1) * 20, 20), Some(3));
        let (read, calls, end) = read_from(COUNTED, Some(3), serve);
        assert_eq!((read, calls, end.is_ok()), ((40..45).collect(), 1, true));
        let total_by_page = Paging::by_page("shops", "page", 1).total("total");
        let serve = |page: u64| (slice(45, (page - 1) * 20, 20), Some(45));
        assert_eq!(read_from(total_by_page, Some(2), serve).0, (20..45).collect::<Vec<_>>());
    }

    #[test]
    fn a_position_that_cannot_grow_is_the_last() {
        let (read, calls, _) = read_from(COUNTED, Some(u64::MAX), |_| (vec![1], None));
        assert_eq!((read, calls), (vec![1], 1));
    }
}
