use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{NUMBER, Value};
use crate::{Leaf, Types, View, equal};

fn parse(json: &str) -> Value<'_> {
    Value::parse(json.as_bytes()).unwrap_or_else(|error| panic!("{json}: {error}"))
}

#[test]
fn a_text_becomes_the_value_that_it_says() {
    let json = r#" {"b": [1.50, -0, 1e999999999, true, false, null], "a": "x\u00e9\ud83d\ude00\n\/\"", "": {}} "#;
    let value = parse(json);
    assert_eq!(value.properties().map(|(name, _)| name).collect::<Vec<_>>(), ["b", "a", ""]);
    assert!(matches!(value.get("a").unwrap().leaf(), Leaf::String("xé😀\n/\"")));
    let items = value.get("b").unwrap();
    let types: Vec<_> = items.items().map(|item| item.leaf().types()).collect();
    let numbers = [Types::NUMBER, Types::DIGITS, Types::INTEGER];
    assert_eq!(types[..3], numbers);
    assert_eq!(types[3..], [Types::BOOLEAN, Types::BOOLEAN, Types::NULL]);
    assert_eq!(
        value,
        parse(r#"{"":{},"a":"x\u00E9😀\u000a/\"","b":[15e-1,0,10e999999998,true,false,null]}"#)
    );
    assert!(size_of::<Value<'_>>() <= 32);
}

#[test]
fn what_is_no_json_is_refused_with_its_place() {
    for (json, message) in [
        ("", "ends too soon (at byte 0)"),
        ("{\"a\":[1,{\"b\":2,\"b\":3}]}", "/a/1 has the property `b` twice (at byte 21)"),
        (r#"{"a":1,"\u0061":2}"#, "has the property `a` twice (at byte 18)"),
        ("[1,]", "has a comma after its last item (at byte 3)"),
        ("[1,,2]", "/1 is no JSON value (at byte 3)"),
        ("[1 2]", "lacks `,` or `]` after an item (at byte 3)"),
        ("{\"a\":1,}", "has a comma after its last property (at byte 7)"),
        ("{a:1}", "lacks the name of a property (at byte 1)"),
        ("[1 // one\n]", "has a comment, which JSON does not know (at byte 3)"),
        ("[1,\u{a0}2]", "/1 has the character U+00A0 between values (at byte 3)"),
        ("[1\u{b}]", "has the character U+000B between values (at byte 2)"),
        ("{\"a\" 1}", "lacks `:` after the name of a property (at byte 5)"),
        ("{\"a\":01}", "/a is no number of JSON, or its exponent is too long (at byte 5)"),
        ("nul", "is no JSON value (at byte 0)"),
        ("1 1", "is followed by something (at byte 2)"),
        ("\"\u{1}\"", "has a control character in a string (at byte 1)"),
        ("\"a", "has a string that does not end (at byte 2)"),
        (r#""\x""#, "has an escape that JSON does not know (at byte 1)"),
        (r#""\ud83d""#, "has an escape that JSON does not know (at byte 1)"),
        (r#""\udc00""#, "has an escape that JSON does not know (at byte 1)"),
        (r#""\u+123""#, "has an escape that JSON does not know (at byte 1)"),
        (r#""\u00é""#, "has an escape that JSON does not know (at byte 1)"),
        (r#""a\é""#, "has an escape that JSON does not know (at byte 2)"),
        (r#""a\"#, "has an escape that JSON does not know (at byte 2)"),
        ("\u{feff}1", "is no JSON value (at byte 0)"),
    ] {
        assert_eq!(Value::parse(json.as_bytes()).unwrap_err().to_string(), message, "{json}");
    }
    assert_eq!(Value::parse(b"\"\xff\"").unwrap_err().message, "is not UTF-8");
}

#[test]
fn depth_is_limited_however_a_value_comes() {
    let nested = |levels| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(Value::parse(nested(129).as_bytes()).is_ok());
    let deep = nested(100_000);
    assert!(Value::parse(deep.as_bytes()).unwrap_err().message.contains("deeper than 128 levels"));
}

#[test]
fn whatever_serde_json_reads_is_read_alike() {
    for json in [
        "null",
        "true",
        "-5",
        "18446744073709551615",
        "0.1",
        "1e300",
        r#""a\n""#,
        r#"[1,[],{"a":{"b":null}}]"#,
    ] {
        assert_eq!(serde_json::from_str::<Value<'_>>(json).unwrap(), parse(json), "{json}");
        let tree: serde_json::Value = Deserialize::deserialize(&parse(json)).unwrap();
        assert_eq!(tree, serde_json::from_str::<serde_json::Value>(json).unwrap(), "{json}");
    }
    let error = serde_json::from_str::<Value<'_>>(r#"{"a":1,"a":1}"#).unwrap_err();
    assert!(error.to_string().starts_with("has the property `a` twice"));
}

#[test]
fn numbers_and_texts_that_serde_json_passes_on_as_written_keep_all_digits() {
    let long = "1234567890123456789012345678901234567890.5";
    // So it comes where the feature `arbitrary_precision` is on.
    let map = format!(r#"{{"{NUMBER}": "{long}"}}"#);
    assert_eq!(serde_json::from_str::<Value<'_>>(&map).unwrap(), parse(long));
    assert!(serde_json::from_str::<Value<'_>>(&format!(r#"{{"{NUMBER}": "x"}}"#)).is_err());
    let text = format!("[{long}]");
    assert!(equal(&parse(&text).into_owned(), &parse(&text)));
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Shape {
    Unit,
    New(u8),
    Pair(u8, u8),
    Struct { a: Option<u8> },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Everything<'a> {
    small: i128,
    large: u128,
    float: f64,
    single: f32,
    #[serde(borrow)]
    text: &'a str,
    letter: char,
    map: BTreeMap<String, Vec<Shape>>,
    unit: (),
    none: Option<u8>,
    whole: f64,
}

#[test]
fn a_type_is_read_from_a_tree() {
    let everything = Everything {
        small: i128::MIN,
        large: u128::MAX,
        float: 0.1,
        single: 0.1,
        text: "a",
        letter: 'é',
        map: [(
            "7".to_owned(),
            vec![Shape::Unit, Shape::New(1), Shape::Pair(1, 2), Shape::Struct { a: None }],
        )]
        .into(),
        unit: (),
        none: None,
        whole: 3.0,
    };
    let json = serde_json::to_string(&everything).unwrap();
    let tree = parse(&json);
    assert_eq!(Everything::deserialize(&tree).unwrap(), everything);
    assert!(equal(tree.get("large").unwrap(), &parse("340282366920938463463374607431768211455")));
}

#[test]
fn a_number_that_a_type_does_not_hold_is_refused() {
    assert!(f64::deserialize(&parse("1e400")).is_err());
    assert!(u8::deserialize(&parse("256")).is_err());
}

#[test]
fn a_tree_does_not_show_its_strings() {
    assert_eq!(format!("{:?}", parse("\"secret\"")), "a string");
}
