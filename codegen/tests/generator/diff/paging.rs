//! Operations whose items are read by pages, and those that no longer are.

use wechat_bizwifi_codegen::{Diff, Verdict};

use super::table::{Files, base, edited, verdict};

/// The descriptions, with an operation that has pages, as its description says it.
fn paged(paging: &str) -> Files {
    let request = r#""title": { "type": "string", "maxLength": 40 }"#;
    let found = r#""found": { "type": "boolean" }"#;
    let more = |property: &str, more: &str| format!("{property}, {more}");
    let numbers = r#""page": { "type": "integer", "minimum": 0 }, "from": { "type": "integer", "minimum": 0 },
        "size": { "type": "integer", "minimum": 1, "maximum": 9 }"#;
    let lists = r#""names": { "type": "array", "items": { "type": "string" } },
        "others": { "type": "array", "items": { "type": "string" } },
        "total": { "type": "integer" }, "pages": { "type": "integer" }"#;
    let path = r#""path": "/name/find""#;
    edited(
        base(),
        &[
            (request, &more(request, numbers)),
            (found, &more(found, lists)),
            (path, &more(path, paging)),
        ],
    )
}

const PAGES: &str = r#""paging": { "name": "finds", "page": "page", "size": "size", "items": "names", "pages": "pages", "total": "total" }"#;

/// What is asked for when pages are, in one way and in another.
#[test]
fn pages_that_are_asked_for_in_another_way_are_said_in_the_words_of_the_description() {
    let nothing = r#""deprecated": false"#;
    let words = "`finds`, page `page`, size `size`, items `names`, pages `pages`, total `total`";
    let other = |from: &str, to: &str| PAGES.replace(from, to);
    let (offset, items) = (
        other(r#""page": "page""#, r#""offset": "from""#).replace(r#", "pages": "pages""#, ""),
        other(r#""items": "names""#, r#""items": "others""#),
    );
    let rows = [
        (nothing, PAGES, 'm', format!("no pages -> {words}")),
        (PAGES, nothing, 'M', format!("{words} -> no pages")),
        (PAGES, &items, 'M', format!("{words} -> {}", words.replace("names", "others"))),
        (
            PAGES,
            &offset,
            'M',
            format!("{words} -> `finds`, offset `from`, size `size`, items `names`, total `total`"),
        ),
    ];
    for (before, after, expected, says) in rows {
        let diff = Diff::of_texts(paged(before), paged(after)).unwrap();
        let text = diff.to_text();
        let change = diff.changes().iter().find(|change| change.what == "paging");
        let change = change.unwrap_or_else(|| panic!("{says}: {text}"));
        assert_eq!((change.wire.verdict, &change.message), (verdict(expected), &says), "{text}");
    }
    assert_eq!(Diff::of_texts(paged(PAGES), paged(PAGES)).unwrap().verdict(), Verdict::None);
}
