//! What the table of a type says of values that are read and of values that are built.
#![expect(dead_code, unreachable_pub, reason = "the macro makes what a public type needs")]

use std::collections::BTreeMap;
use std::fmt::Display;

use crate::__private as rt;

rt::sent! {
    pub struct Texts, builder: TextsBuilder, additional: Kept {
        required copy r: i64 as "r";
        optional str o: String as "o", [MaxLength(3)];
    }
    additional additional_properties: String;
    validate_fields ON_FIELDS;
}

static ON_FIELDS: rt::Schema<'static> = rt::Schema(&[
    rt::Rule::DependentRequired(&[("z", &["y"]), ("o", &["y"])]),
    rt::Rule::MaxProperties(4),
]);

rt::sent! {
    pub struct Written, builder: WrittenBuilder, additional: Refused {
        required copy r: i64 as "r";
        optional str o: String as "o";
    }
    validate_json ON_JSON;
}

rt::sent! {
    pub struct Whole, builder: WholeBuilder, additional: Refused {
        required copy r: i64 as "r";
        optional str o: String as "o";
    }
    table ON_JSON;
}

rt::sent! {
    pub struct Tagged, builder: TaggedBuilder, additional: Refused {
        required str kind: String as "kind";
        optional str o: String as "o";
        optional str p: String as "p";
    }
    validate_fields OF_TAGGED;
}

static OF_TAGGED: rt::Schema<'static> = rt::Schema(&[rt::Rule::MaxProperties(2)]);

rt::sent! {
    pub struct Parts, builder: PartsBuilder, additional: Kept {
        optional str o: String as "o";
    }
    additional parts: Written;
    validate_json OF_PARTS;
}

static OF_PARTS: rt::Schema<'static> = rt::Schema(&[rt::Rule::MaxProperties(2)]);

#[derive(Clone, Debug, PartialEq)]
pub enum Either {
    A(Tagged),
}

rt::union! {
    closed Either by "kind" {
        case "a" = A(Tagged);
    }
}

static ON_JSON: rt::Schema<'static> = rt::Schema(&[rt::Rule::MaxProperties(1)]);

fn said<T>(outcome: Result<T, impl Display>) -> String {
    outcome.err().map_or_else(String::new, |error| error.to_string())
}

const NEEDS_Y: &str = "has `z`, so it must have `y`";

#[test]
fn what_an_object_lacks_is_said_with_what_its_table_says_of_its_additional_properties() {
    let read = |json: &str| {
        let said = said(serde_json::from_str::<Texts>(json));
        said.split(" at line ").next().unwrap_or_default().to_owned()
    };
    let [lacks, many] =
        ["the required property `r` is missing", "must have at most 4 properties, has 5"];
    for (json, expected) in [
        (r#"{"r":1,"z":"a","y":"b"}"#, String::new()),
        (r#"{"r":1,"z":"a"}"#, NEEDS_Y.to_owned()),
        (r#"{"z":"a"}"#, format!("{NEEDS_Y}; cannot be read: {lacks}")),
        (r#"{"z":"a","y":"b"}"#, lacks.to_owned()),
        (
            r#"{"a":"1","b":"1","c":"1","d":"1","e":"1"}"#,
            format!("{many}; cannot be read: {lacks}"),
        ),
    ] {
        assert_eq!(read(json), expected, "{json}");
    }
}

#[test]
fn a_builder_that_was_given_a_wrong_value_still_says_what_is_missing_and_nothing_of_the_rest() {
    let out_of_range = "/r is out of this property's integer range";
    let y = |names: &[&str]| {
        names.iter().map(|name| ((*name).to_owned(), "a".to_owned())).collect::<BTreeMap<_, _>>()
    };
    let texts = || Texts::builder().additional_properties(y(&["z"]));
    assert_eq!(said(texts().r(1).build()), NEEDS_Y);
    let o_needs_y = "has `o`, so it must have `y`";
    assert_eq!(said(Texts::builder().r(1).o("a").build()), o_needs_y);
    let wrong = Texts::builder().r(u64::MAX).o("a");
    assert_eq!(said(wrong.build()), format!("{out_of_range}; {o_needs_y}"));
    assert_eq!(said(texts().r(u64::MAX).build()), format!("{out_of_range}; {NEEDS_Y}"));
    assert_eq!(said(texts().r(u64::MAX).additional_properties(y(&[])).build()), out_of_range);
    let many = "must have at most 1 property, has 2";
    let builder = Written::builder();
    assert_eq!(said(builder.clone().r(1).build()), "");
    assert_eq!(said(builder.clone().r(1).o("a").build()), many);
    assert_eq!(said(builder.r(u64::MAX).o("a").build()), out_of_range);
    let builder = Whole::builder();
    assert_eq!(said(builder.clone().r(1).build()), "");
    assert_eq!(said(builder.clone().r(1).o("a").build()), many);
    assert_eq!(said(builder.r(u64::MAX).o("a").build()), out_of_range);
}

#[test]
fn a_variant_that_is_found_by_its_tag_is_valid_by_its_table_wherever_the_tag_stands() {
    let is_read = |json: &str| serde_json::from_str::<Either>(json).is_ok();
    for json in [r#"{"kind":"a","o":"1"}"#, r#"{"o":"1","kind":"a"}"#] {
        assert!(is_read(json), "{json}");
        assert!(!is_read(&json.replace('}', r#","p":"1"}"#)), "{json}");
    }
}

#[test]
fn additional_properties_that_are_objects_are_counted_once() {
    let read = |json: &str| said(serde_json::from_str::<Parts>(json));
    assert_eq!(read(r#"{"a":{"r":1},"b":{"r":2}}"#), "");
    let many = read(r#"{"a":{"r":1},"b":{"r":2},"o":"c"}"#);
    assert!(many.starts_with("must have at most 2 properties, has 3"), "{many}");
}

#[test]
fn values_and_builders_are_shown_with_their_fields() {
    let builder = Texts::builder().r(7).o("a");
    assert_eq!(
        format!("{builder:?}"),
        "TextsBuilder { r: Some(7), o: Some(\"a\"), additional_properties: {}, \
         refused_values: RefusedValues(None) }"
    );
    let more = BTreeMap::from([("y".to_owned(), "b".to_owned())]);
    let texts = builder.additional_properties(more).build().unwrap();
    assert_eq!(
        format!("{texts:?}"),
        "Texts { r: 7, o: Some(\"a\"), additional_properties: {\"y\": \"b\"} }"
    );
    assert_eq!(format!("{:?}", Whole::builder().r(1).build()), "Ok(Whole { r: 1, o: None })");
}
