//! The keyword `paging`: the properties of the request by which a page is asked for, and those of
//! the payload that hold the items and the counts.
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
use crate::util::CollectVec as _;

/// The value of `paging`.
#[derive(Clone)]
pub(crate) struct PagingParts<'a> {
    pub(crate) place: Place,
    /// What the items are called together.
    pub(crate) name: Named<'a>,
    /// The properties that the other keywords name.
    pub(crate) named: Vec<(Keyword, Named<'a>)>,
}

impl<'a> PagingParts<'a> {
    /// The property that a keyword names, if it is there.
    pub(crate) fn get(&self, keyword: Keyword) -> Option<&Named<'a>> {
        self.named.iter().find(|(known, _)| *known == keyword).map(|(_, named)| named)
    }

    /// The request's property for the position of a page: `page` or `offset` names it.
    pub(crate) fn position(&self) -> Option<&Named<'a>> {
        self.get(Keyword::Page).or_else(|| self.get(Keyword::Offset))
    }
}

/// Reads `paging`.
pub(super) fn read<'a>(located: &Located<'a>) -> Result<PagingParts<'a>, Reported> {
    use Keyword::{Items, Key, Name, Offset, Page, Pages, Size, Total};
    KeywordReader::read_all(located, |keywords| {
        let name = keywords.require_such_as(Name, "\"shops\"");
        let name = name.and_then(|name| operation_id(&name));
        let position = check_position(located, [Page, Offset].map(|it| keywords.peek_entry(it)));
        report_pages_by_offset(keywords.peek_entry(Pages), keywords.peek_entry(Offset).as_ref());
        let named = [Page, Offset, Size, Items, Pages, Total, Key].into_iter();
        let named = named.filter_map(|it| Some((it, Named::of(&keywords.read(it)?.value))));
        // All are read before the first error ends this, so that each error is reported.
        let named: Vec<_> = named.collect_vec();
        let named = named.into_iter().map(|(keyword, named)| Ok((keyword, named?)));
        let named = named.collect_ok::<_, Reported>();
        position?;
        Ok(PagingParts { place: located.place.clone(), name: name?, named: named? })
    })
}

/// Reports `paging` with both or neither of `page` and `offset`.
fn check_position(
    located: &Located<'_>,
    [page, offset]: [Option<KeywordEntry<'_>>; 2],
) -> Result<(), Reported> {
    match (page, offset) {
        (Some(_), None) | (None, Some(_)) => Ok(()),
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
