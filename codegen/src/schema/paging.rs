//! How an endpoint's pages are asked for, and where each ends: names of properties of the request, and
//! of the payload.
//!
//! ```text
//! "paging": { "name": "shops", "page": "pageindex", "size": "pagesize",
//!             "items": "records", "pages": "pagecount", "key": "shop_id" }
//! ```

use super::keyword_reader::{KeywordEntry, KeywordReader};
use super::keywords::Keyword;
use super::located::Located;
use super::named::{Named, operation_id};
use crate::diagnostics::{Place, Reported};

/// The parts of `paging`, as a description names them.
#[derive(Clone)]
pub(crate) struct PagingParts<'a> {
    pub(crate) place: Place,
    /// What the items are called together.
    pub(crate) name: Named<'a>,
    /// The request's property that says where a page begins.
    pub(crate) position: Named<'a>,
    /// Whether that counts items, and not pages.
    pub(crate) by_offset: bool,
    /// The request's property that says how many items a page holds at the most.
    pub(crate) size: Option<Named<'a>>,
    /// The payload's property that lists the items; the payload itself, if there is none.
    pub(crate) items: Option<Named<'a>>,
    /// The payload's property that says how many pages there are.
    pub(crate) pages: Option<Named<'a>>,
    /// The payload's property that says how many items there are.
    pub(crate) total: Option<Named<'a>>,
    /// The property that identifies an item.
    pub(crate) key: Option<Named<'a>>,
}

/// Reads `paging`.
pub(super) fn read<'a>(located: &Located<'a>) -> Result<PagingParts<'a>, Reported> {
    KeywordReader::read_all(located, |keywords| {
        let name = keywords.require_such_as(Keyword::Name, "\"shops\"");
        let name = name.and_then(|name| operation_id(&name));
        let named =
            |keyword| keywords.read(keyword).map(|entry| Named::of(&entry.value)).transpose();
        let (page, offset) = (keywords.read(Keyword::Page), keywords.read(Keyword::Offset));
        let position = position(located, [page.as_ref(), offset.as_ref()]);
        let (size, items) = (named(Keyword::Size), named(Keyword::Items));
        report_pages_by_offset(keywords.peek_entry(Keyword::Pages), offset.as_ref());
        let (pages, total) = (named(Keyword::Pages), named(Keyword::Total));
        let key = named(Keyword::Key);
        Ok(PagingParts {
            place: located.place.clone(),
            name: name?,
            position: position?,
            by_offset: offset.is_some(),
            size: size?,
            items: items?,
            pages: pages?,
            total: total?,
            key: key?,
        })
    })
}

fn position<'a>(
    located: &Located<'a>,
    [page, offset]: [Option<&KeywordEntry<'a>>; 2],
) -> Result<Named<'a>, Reported> {
    match (page, offset) {
        (Some(entry), None) | (None, Some(entry)) => Named::of(&entry.value),
        (Some(page), Some(offset)) => offset
            .error("a page begins at an `offset` or is numbered, not both")
            .help("take `offset` or `page` out")
            .label(&page.key, "the number")
            .fail(),
        (None, None) => located
            .error("does not say where a page begins")
            .help("add the request's property for it: `\"page\": \"pageindex\"`, or `\"offset\": \"offset\"`")
            .fail(),
    }
}

fn report_pages_by_offset(pages: Option<KeywordEntry<'_>>, offset: Option<&KeywordEntry<'_>>) {
    if let (Some(pages), Some(offset)) = (pages, offset) {
        pages
            .error("counts pages, where `offset` counts items")
            .help("name the number of items, `total`, or take this out: an empty page is the end")
            .label(&offset.key, "the offset");
    }
}
