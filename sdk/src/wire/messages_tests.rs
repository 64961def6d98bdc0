//! What values of each kind are read as by each kind of type, and what is said of those that are not:
//! `messages.txt`. To accept a change there, run with `UPDATE_GOLDENS=1`.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::Path;

use serde::de::{self, value::UnitDeserializer};
use serde_json::Value as Json;

use super::{Check, Decode, Integer, Null, UnixTime, strict, tolerant};
use crate::generated::{CardStatus, ListShops, Placement, SetCouponPlacement};
use crate::secret::Secret;

const VALUES: &[&str] = &[
    "null",
    "true",
    "1",
    "-1",
    "1.0",
    "1.5",
    "9223372036854775808",
    "9007199254740993",
    "340282366920938463463374607431768211456",
    "1e400",
    r#""""#,
    r#"" 1 ""#,
    r#""1.0""#,
    r#""a""#,
    "[]",
    "[null]",
    r#"["a"]"#,
    "{}",
    r#"{"a":1}"#,
    r#"{"a":1,"a":2}"#,
];

/// Of objects with properties of their own.
const OBJECTS: &[&str] = &[
    r#"{"shop_id":1}"#,
    r#"{"shop_id":1,"shop_id":2}"#,
    r#"{"shop_id":"1","card_status":null,"card_id":1}"#,
    r#"{"shop_id":1,"card_status":2,"card_id":"p","card_describe":null,"end_time":5,"more":{}}"#,
    r#"{"pagesize":"20"}"#,
    r#"{"pagesize":21,"pageindex":0}"#,
    r#"{"pagesize":null}"#,
    r#"[1,2,"p"]"#,
];

/// A line for each thing that is said of a value, as it is sent and as it is received.
fn lines<T: Decode + Check + Debug>(name: &str, more: &[&str]) -> String {
    let mut text = format!("# {name}\n");
    for value in [VALUES, more].concat() {
        let json = || serde_json::Deserializer::from_str(value);
        let sent = said(strict::<T, _>(&mut json()));
        let received = said(tolerant::<T, _>(&mut json()));
        text += &line(value, &sent, &received);
    }
    // Where a null is wrong, other formats say so by another method of the visitors.
    let unit = || UnitDeserializer::<de::value::Error>::new();
    text += &line("unit", &said(strict::<T, _>(unit())), &said(tolerant::<T, _>(unit())));
    text + "\n"
}

fn line(value: &str, sent: &str, received: &str) -> String {
    if sent == received {
        format!("{value}  {sent}\n")
    } else {
        format!("{value}  sent: {sent}\n{value}  received: {received}\n")
    }
}

fn said<T: Debug>(read: Result<T, impl ToString>) -> String {
    match read {
        Ok(value) => format!("= {value:?}"),
        Err(error) => error.to_string().split(" at line ").next().unwrap().to_owned(),
    }
}

#[test]
fn what_is_said_of_each_kind_of_value_is_as_its_file_has_it() {
    let actual = [
        lines::<bool>("bool", &[]),
        lines::<i64>("i64", &[]),
        lines::<Integer>("Integer", &[]),
        lines::<f64>("f64", &[]),
        lines::<String>("String", &[]),
        lines::<Secret>("Secret", &[]),
        lines::<Null>("Null", &[]),
        lines::<Json>("Json", &[]),
        lines::<UnixTime>("UnixTime", &[]),
        lines::<Option<String>>("Option<String>", &[]),
        lines::<Vec<i64>>("Vec<i64>", &[]),
        lines::<Option<Vec<String>>>("Option<Vec<String>>", &[]),
        lines::<BTreeMap<String, i64>>("BTreeMap<String, i64>", &[]),
        lines::<Option<BTreeMap<String, Json>>>("Option<BTreeMap<String, Json>>", &[]),
        lines::<CardStatus>("CardStatus", &[]),
        lines::<Placement>("Placement", OBJECTS),
        lines::<Option<Placement>>("Option<Placement>", OBJECTS),
        lines::<ListShops>("ListShops", OBJECTS),
        lines::<SetCouponPlacement>("SetCouponPlacement", OBJECTS),
    ]
    .concat();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/wire/messages.txt");
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        std::fs::write(&file, &actual).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    let differs = expected.lines().zip(actual.lines()).find(|(expected, now)| expected != now);
    assert!(
        expected == actual,
        "{differs:#?}\nIf this is as it should be: UPDATE_GOLDENS=1 cargo test -p wechat-bizwifi"
    );
}
