use std::collections::BTreeMap;

use serde::de::value::{BytesDeserializer, Error};
use serde::de::{DeserializeSeed as _, Deserializer, IntoDeserializer as _, Visitor};
use serde::{Deserialize, Serialize, forward_to_deserialize_any};

use super::{NUMBER, Text, Value};
use crate::{Decimal, Leaf, Literal, Types, View, equal};

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
fn an_escape_is_the_character_that_it_stands_for() {
    let json = r#""\"\\\/\b\f\n\r\t\u00Af\ud7ff\ue000\ud800\udc00\udbff\udfff""#;
    let text = "\"\\/\u{8}\u{c}\n\r\t\u{af}\u{d7ff}\u{e000}\u{10000}\u{10ffff}";
    assert!(matches!(parse(json).leaf(), Leaf::String(found) if found == text));
}

#[test]
fn what_is_no_json_is_refused_with_its_place() {
    for (json, message) in [
        ("{", "lacks the name of a property (at byte 1)"),
        ("{,\"a\":1}", "lacks the name of a property (at byte 1)"),
        ("{\"a\":1,b}", "lacks the name of a property (at byte 7)"),
        ("{\"a\":1 \"b\":2}", "lacks `,` or `}` after a property (at byte 7)"),
        (r#""\ud83d\u0041""#, "has an escape that JSON does not know (at byte 1)"),
        (r#""\ud83d\ue000""#, "has an escape that JSON does not know (at byte 1)"),
        (r#""\udfff""#, "has an escape that JSON does not know (at byte 1)"),
        (r#""\u00"#, "has an escape that JSON does not know (at byte 1)"),
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
    assert!(Value::deserialize(&parse(&nested(129))).is_ok());
    for levels in [130, 100_000] {
        let error = Value::parse(nested(levels).as_bytes()).unwrap_err();
        assert_eq!(error.message, "is nested deeper than 128 levels");
    }
    let mut deep = Literal::Array(&[]);
    for _ in 0..129 {
        deep = Literal::Array(Box::leak(Box::new([deep])));
    }
    let error = Value::deserialize(&Value::from(deep)).unwrap_err();
    assert_eq!(error.to_string(), "is nested deeper than 128 levels");
}

#[test]
fn few_properties_and_many_are_found_by_their_names_and_none_is_there_twice() {
    for count in [1, 2, 12, 13, 20] {
        let names: Vec<String> = (0..count).rev().map(|it| format!("name {it}")).collect();
        let pairs = |names: &[String]| -> Vec<_> {
            names.iter().map(|name| (name.clone().into(), Value::from(Literal::Null))).collect()
        };
        let literals: Vec<_> = names.iter().map(|name| (&**name, Literal::Null)).collect();
        let literal = Literal::Object(&literals);
        let object = Value::object(pairs(&names)).unwrap();
        for object in [&object, &Value::from(literal), &Value::copy_of(&literal)] {
            assert!(names.iter().all(|name| object.get(name).is_some()), "{count}");
            assert!(object.get("name").is_none() && *object == Value::from(literal));
        }
        for twice in &names {
            let all = [&names[..], std::slice::from_ref(twice)].concat();
            assert_eq!(Value::object(pairs(&all)).unwrap_err(), **twice);
        }
    }
}

#[test]
fn a_copy_that_borrows_nothing_is_the_same_value() {
    let long = "1234567890".repeat(40);
    let json = format!(r#"{{"b":[null,true,0.5,{long},"x"],"a":{{"\u0062":"\n"}}}}"#);
    let value = parse(&json);
    for copy in [Value::copy_of(&value), value.clone().into_owned()] {
        // An owned long number is owned further on, too.
        for copy in [copy.clone(), copy.into_owned()] {
            assert_eq!(copy, value);
            let items = copy.get("b").unwrap().items().map(|item| item.leaf().types());
            let types = [Types::NULL, Types::BOOLEAN, Types::NUMBER, Types::DIGITS, Types::STRING];
            assert_eq!(items.collect::<Vec<_>>(), types);
        }
    }
    let number = parse(&long).into_owned();
    let error = serde_json::Value::deserialize(&number).unwrap_err();
    assert_eq!(error.to_string(), "is a number that is too large");
    assert_eq!(f64::deserialize(&parse(&long[..40]).into_owned()), Ok(long[..40].parse().unwrap()));
    assert_eq!(parse("7").get("a").is_none(), parse("7").properties().next().is_none());
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
        let owned: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(Value::deserialize(owned).unwrap(), parse(json), "{json}, of an owned value");
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

/// What formats other than JSON have.
enum Other {
    None,
    Some,
    Wrapped,
    Signed(i128),
    Unsigned(u128),
}

impl<'de> Deserializer<'de> for Other {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::None => visitor.visit_none(),
            Self::Some => visitor.visit_some(5_u8.into_deserializer()),
            Self::Wrapped => visitor.visit_newtype_struct("a".into_deserializer()),
            Self::Signed(number) => visitor.visit_i128(number),
            Self::Unsigned(number) => visitor.visit_u128(number),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[test]
fn what_other_formats_have_is_read_too() {
    for (other, json) in [
        (Other::None, "null".to_owned()),
        (Other::Some, "5".to_owned()),
        (Other::Wrapped, "\"a\"".to_owned()),
        (Other::Signed(i128::MIN), i128::MIN.to_string()),
        (Other::Unsigned(5), "5".to_owned()),
        (Other::Unsigned(u128::MAX), u128::MAX.to_string()),
    ] {
        assert_eq!(Value::deserialize(other).unwrap(), parse(&json), "{json}");
    }
    let read = |double: f64| Value::deserialize(double.into_deserializer()) as Result<_, Error>;
    assert_eq!(read(0.5).unwrap(), parse("0.5"));
    assert_eq!(read(f64::NAN).unwrap_err().to_string(), "is a number that JSON cannot write");
    let error: Error = Value::deserialize(BytesDeserializer::new(b"a")).unwrap_err();
    assert_eq!(error.to_string(), "invalid type: byte array, expected a JSON value");
    let error: Error = Text.deserialize(5_u8.into_deserializer()).unwrap_err();
    assert_eq!(error.to_string(), "invalid type: integer `5`, expected a string");
}

#[test]
fn a_number_is_whole_to_a_reader_where_it_is_written_so_or_no_double_is_exact() {
    let read = |text| serde_json::Value::deserialize(&parse(text)).map_err(|it| it.to_string());
    for (text, number) in [
        ("-7", Ok((-7_i64).into())),
        ("1e3", Ok(1000_u64.into())),
        ("-1e3", Ok((-1000_i64).into())),
        ("5.0", Ok(5.0.into())),
        ("0.5", Ok(0.5.into())),
        ("9007199254740991.0", Ok(9_007_199_254_740_991.0.into())),
        ("9007199254740992.0", Ok(9_007_199_254_740_992_u64.into())),
        ("-9007199254740992.0", Ok((-9_007_199_254_740_992_i64).into())),
        ("-9223372036854775808", Ok(i64::MIN.into())),
        ("18446744073709551615", Ok(u64::MAX.into())),
        ("18446744073709551616", Ok(18_446_744_073_709_551_616.0.into())),
        ("1e400", Err("is a number that is too large".to_owned())),
    ] {
        assert_eq!(read(text), number, "{text}");
    }
    assert_eq!(u128::deserialize(&parse("5")), Ok(5));
    for (text, message) in
        [("-5", "integer `-5`"), ("0.5", "floating point `0.5`"), ("\"a\"", "string")]
    {
        let error = u128::deserialize(&parse(text)).unwrap_err().to_string();
        assert!(error.contains(message), "{text}: {error}");
    }
    assert!(i128::deserialize(&parse("0.5")).is_err() && i128::deserialize(&parse("[]")).is_err());
    assert!(equal(&Value::from(Literal::Number(Decimal::new(5, 0))), &parse("5.0")));
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
    some: Option<Name>,
    whole: f64,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Name(String);

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
        some: Some(Name("b".to_owned())),
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
    for json in ["5", r#"{"New":1,"Pair":[1,2]}"#, "{}"] {
        let error = Shape::deserialize(&parse(json)).unwrap_err().to_string();
        assert_eq!(error, "must be a string or an object of one property", "{json}");
    }
}

#[test]
fn a_tree_does_not_show_its_strings() {
    assert_eq!(format!("{:?}", parse("\"secret\"")), "a string");
}
