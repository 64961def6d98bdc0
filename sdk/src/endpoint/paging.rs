//! How an operation's pages are requested, and how their end is found.
//!
//! ```text
//! by_page("shops", "page", 1)         {"page": 1}, {"page": 2}, …
//! by_offset("shops", "begin")         {"begin": 0}, {"begin": 20}, … by the number of items so far
//! ```

/// How an operation's pages are requested, and how their end is found. Properties of the request, of the
/// payload and of an item are given by their names on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Paging {
    /// What the items are called together, such as `shops`.
    pub name: &'static str,
    /// The request's property that says where a page begins.
    pub position: &'static str,
    /// What the position counts: pages or items.
    pub counts: PagingBy,
    /// The request's property that says how many items a page holds at the most.
    pub size: Option<PageSize>,
    /// The payload's property that lists the items; `None` where the payload is the list.
    pub items: Option<&'static str>,
    /// The payload's property that says how many pages there are.
    pub pages: Option<&'static str>,
    /// The payload's property that says how many items there are.
    pub total: Option<&'static str>,
    /// The property that identifies an item; `None` where items are no objects.
    pub key: Option<&'static str>,
}

/// What the position of a page counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PagingBy {
    /// Pages, from this number on.
    Page(u64),
    /// Items that come before the page.
    Offset,
}

/// How many items a page holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PageSize {
    /// The request's property that says how many items a page holds.
    pub name: &'static str,
    /// How many items a page holds where the request does not say.
    pub default: Option<u64>,
    /// How many items a page can hold at the most.
    pub most: Option<u64>,
}

impl Paging {
    /// Pages that are numbered, from `first` on.
    pub const fn by_page(name: &'static str, position: &'static str, first: u64) -> Self {
        Self::new(name, position, PagingBy::Page(first))
    }

    /// Pages that begin after so many items.
    pub const fn by_offset(name: &'static str, position: &'static str) -> Self {
        Self::new(name, position, PagingBy::Offset)
    }

    const fn new(name: &'static str, position: &'static str, counts: PagingBy) -> Self {
        let (size, items, key) = (None, None, None);
        Self { name, position, counts, size, items, pages: None, total: None, key }
    }

    /// States which property of the request says how long a page is.
    #[must_use]
    pub const fn size(
        mut self,
        name: &'static str,
        default: Option<u64>,
        most: Option<u64>,
    ) -> Self {
        self.size = Some(PageSize { name, default, most });
        self
    }

    /// States which property of the payload lists the items.
    #[must_use]
    pub const fn items(mut self, name: &'static str) -> Self {
        self.items = Some(name);
        self
    }

    /// States which property of the payload says how many pages there are.
    #[must_use]
    pub const fn pages(mut self, name: &'static str) -> Self {
        self.pages = Some(name);
        self
    }

    /// States which property of the payload says how many items there are.
    #[must_use]
    pub const fn total(mut self, name: &'static str) -> Self {
        self.total = Some(name);
        self
    }

    /// States which property identifies an item.
    #[must_use]
    pub const fn key(mut self, name: &'static str) -> Self {
        self.key = Some(name);
        self
    }

    /// Where the first page begins.
    pub const fn first(&self) -> u64 {
        match self.counts {
            PagingBy::Page(first) => first,
            PagingBy::Offset => 0,
        }
    }
}
