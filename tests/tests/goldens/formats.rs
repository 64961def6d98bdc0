//! Requests and replies in other formats than JSON: they are read and written wherever a struct with
//! serde's derives is, with the same values in each.

use std::any::type_name;
use std::collections::{BTreeMap, HashMap};
use std::fmt::{Debug, Display};

use serde::de::value::{BytesDeserializer, MapDeserializer};
use serde::de::{Deserialize, DeserializeOwned, IntoDeserializer};
use serde::ser::Serialize;
use serde_json::{Value, json};
use wechat_bizwifi::{
    CardStatus, DailyStatistics, GetShop, ListShops, Placement, SetCouponPlacement, Shop,
    ShopDetails, ShopId, UnixTime, reveal_secrets,
};

use crate::cases;

/// A way to a format and back.
trait Format {
    /// What is written of a value is read as another type.
    fn translate<T: Serialize, U: DeserializeOwned>(value: &T) -> Result<U, String>;

    fn and_back<T: Serialize + DeserializeOwned>(value: &T) -> Result<T, String> {
        Self::translate(value)
    }
}

/// How a format is written and read, in a line each.
macro_rules! formats {
    ($($name:ident = |$value:ident| $write:expr, |$text:ident| $read:expr;)*) => { $(
        struct $name;

        impl Format for $name {
            fn translate<T: Serialize, U: DeserializeOwned>(value: &T) -> Result<U, String> {
                let $value = &reveal_secrets(value);
                let $text = $write.map_err(said)?;
                $read.map_err(said)
            }
        }
    )* };
}

formats! {
    Json = |value| serde_json::to_string(value), |text| serde_json::from_str(&text);
    Toml = |value| toml::to_string(value), |text| toml::from_str(&text);
    Yaml = |value| serde_norway::to_string(value), |text| serde_norway::from_str(&text);
    Ron = |value| ron::to_string(value), |text| ron::from_str(&text);
    MessagePack = |value| rmp_serde::to_vec(value), |bytes| rmp_serde::from_slice(&bytes);
    NamedMessagePack =
        |value| rmp_serde::to_vec_named(value), |bytes| rmp_serde::from_slice(&bytes);
    Postcard = |value| postcard::to_allocvec(value), |bytes| postcard::from_bytes(&bytes);
    Form =
        |value| serde_urlencoded::to_string(value), |text| serde_urlencoded::from_str(&text);
}

fn said(error: impl Display) -> String {
    error.to_string()
}

/// A request, all of whose properties are there; one, of which not all are; and replies, with texts
/// that look like numbers.
fn flat<F: Format>() {
    returns::<F, SetCouponPlacement>(&placement());
    returns::<F, ListShops>(&json!({ "pagesize": 20 }));
    returns::<F, ListShops>(&json!({ "pageindex": 3 }));
    returns::<F, Placement>(&json!({ "shop_id": 429_620, "card_status": 7, "card_id": "007" }));
    returns::<F, Shop>(&json!({ "shop_id": 1, "shop_name": "true", "sid": "0012" }));
    returns::<F, DailyStatistics>(
        &json!({ "shop_id": "-1", "statis_time": 1_430_409_600_000_i64 }),
    );
}

/// Replies with lists and secrets within; additional properties, `null`, and types within types.
fn nested<F: Format>() {
    let network = json!({ "ssid": "1e3", "password": "0123" });
    returns::<F, ShopDetails>(&json!({
        "ssid_list": ["a", "", "12"], "ssid_password_list": [network, {}], "password": "p",
        "protocol_type": 99, "poi_id": "285633617",
    }));
    returns::<F, ShopDetails>(&json!({}));
    returns::<F, cases::object_nested::Root>(&json!({ "outer": { "inner": { "deep": true } } }));
    returns::<F, cases::object_additional::Root>(&json!({ "known": 1, "a": "b", "2": "3" }));
    returns::<F, cases::object_counts::Root>(&json!({ "a": 1, "c": 3 }));
    returns::<F, cases::lacks_and_keeps::Root>(&json!({ "r": 1, "z": 2, "y": 3 }));
    returns::<F, cases::ref_recursive::Root>(
        &json!({ "value": 1, "next": { "value": 2, "children": [] } }),
    );
}

/// What the top of some formats cannot be.
fn any_kind<F: Format>() {
    returns::<F, cases::nullable_property::Root>(&json!({ "name": null }));
    returns::<F, cases::nullable_property::Root>(&json!({ "name": "null", "size": 2 }));
    returns::<F, cases::one_of_tagged::Root>(&json!({ "kind": "square", "side": 0.5 }));
    returns::<F, cases::list_of_lists::Root>(&json!([[1, 2], [0.5, -1]]));
    returns::<F, cases::enum_strings::Root>(&json!("dark blue"));
}

fn placement() -> Value {
    json!({
        "shop_id": 429_620, "card_id": "pBnTrjvZJXkZsPGwfq9F0Hl0WqE", "card_describe": "10元代金券",
        "start_time": 1_457_280_000, "end_time": 1_457_712_000, "card_quantity": 10,
    })
}

/// Says that a value comes back from a format as it was.
fn returns<F: Format, T: Serialize + DeserializeOwned>(value: &Value) {
    let value = T::deserialize(value).unwrap();
    let json = |value: &T| serde_json::to_string(&reveal_secrets(value)).unwrap();
    let format = type_name::<F>();
    match F::and_back(&value) {
        Ok(back) => assert_eq!(json(&back), json(&value), "{format}"),
        Err(error) => panic!("{format}, {}: {error}", json(&value)),
    }
}

#[test]
fn json_returns_what_was_written() {
    flat::<Json>();
    nested::<Json>();
    any_kind::<Json>();
}

/// It has no `null`, and a table at the top.
#[test]
fn toml_returns_what_was_written() {
    flat::<Toml>();
    nested::<Toml>();
    returns::<Toml, cases::one_of_tagged::Root>(&json!({ "kind": "square", "side": 0.5 }));
}

#[test]
fn yaml_returns_what_was_written() {
    flat::<Yaml>();
    nested::<Yaml>();
    any_kind::<Yaml>();
}

#[test]
fn ron_returns_what_was_written() {
    flat::<Ron>();
    nested::<Ron>();
    any_kind::<Ron>();
}

#[test]
fn messagepack_returns_what_was_written_with_names_and_without() {
    flat::<MessagePack>();
    nested::<MessagePack>();
    any_kind::<MessagePack>();
    flat::<NamedMessagePack>();
    nested::<NamedMessagePack>();
    any_kind::<NamedMessagePack>();
}

#[test]
fn postcard_returns_what_was_written() {
    flat::<Postcard>();
    nested::<Postcard>();
    any_kind::<Postcard>();
}

#[test]
fn a_form_returns_what_was_written() {
    flat::<Form>();
    returns::<Form, cases::object_counts::Root>(&json!({ "a": 1, "c": 3 }));
}

#[test]
fn the_environment_is_read_and_a_list_is_one_with_commas() {
    let variables = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let request: SetCouponPlacement = envy::from_iter(variables(&[
        ("SHOP_ID", "429620"),
        ("CARD_ID", "pBnTrjvZJXkZsPGwfq9F0Hl0WqE"),
        ("CARD_DESCRIBE", "10元代金券"),
        ("START_TIME", "1457280000"),
        ("END_TIME", "1457712000"),
        ("CARD_QUANTITY", "10"),
    ]))
    .unwrap();
    assert_eq!(serde_json::to_value(&request).unwrap(), placement());
    let list: ListShops = envy::from_iter(variables(&[("PAGESIZE", "20")])).unwrap();
    assert_eq!(serde_json::to_value(&list).unwrap(), json!({ "pagesize": 20 }));
    let shop: ShopDetails =
        envy::from_iter(variables(&[("SSID_LIST", "WX123,007"), ("SID", "007")])).unwrap();
    assert_eq!(shop.ssid_list.unwrap(), ["WX123", "007"]);
    assert_eq!(shop.sid.unwrap(), "007");
    let error = envy::from_iter::<_, ListShops>(variables(&[("PAGESIZE", "21")])).unwrap_err();
    assert!(error.to_string().contains("at most 20"), "{error}");
}

#[test]
fn csv_returns_rows_of_which_some_lack_a_column() {
    let rows: Vec<Placement> = [
        json!({ "shop_id": 1, "card_status": 0, "card_id": "007", "start_date": 5 }),
        json!({ "shop_id": 2, "card_status": 9, "card_id": "1e3", "card_describe": "a,\"b\"" }),
    ]
    .into_iter()
    .map(|row| serde_json::from_value(row).unwrap())
    .collect();
    let text = csv_of(&rows);
    assert_eq!(
        text,
        "shop_id,card_status,card_id,card_describe,start_date,end_date\n\
         1,0,007,,5,\n2,9,1e3,\"a,\"\"b\"\"\",,\n"
    );
    let back: Vec<Placement> =
        csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect();
    assert_eq!(back, rows);
}

#[test]
fn csv_without_a_header_is_read_by_its_columns() {
    let (_, rows) = "a,b\n1,0,007,,5,\n".split_once('\n').unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(rows.as_bytes());
    let row: Placement = reader.deserialize().next().unwrap().unwrap();
    assert_eq!(row.card_id.as_str(), "007");
    assert_eq!((row.card_describe, row.start_date), (None, Some(UnixTime::from_seconds(5))));
}

#[test]
fn requests_in_csv_keep_their_rules() {
    let request: SetCouponPlacement = serde_json::from_value(placement()).unwrap();
    let text = csv_of(&[&request]);
    let read = |text: &str| -> Result<SetCouponPlacement, csv::Error> {
        csv::Reader::from_reader(text.as_bytes()).deserialize().next().unwrap()
    };
    assert_eq!(read(&text).unwrap(), request);
    let error = read(&text.replace("10元代金券", &"长".repeat(19))).unwrap_err().to_string();
    assert!(error.contains("at most 18 characters"), "{error}");
    let error = read(&text.replace("429620", "x")).unwrap_err().to_string();
    assert!(error.contains("/shop_id"), "{error}");
}

fn csv_of(rows: &[impl Serialize]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.serialize(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// What other formats need loosens nothing in JSON.
fn returned<M: Serialize + DeserializeOwned + PartialEq + Debug>(map: &M) {
    assert_eq!(Json::and_back(map).as_ref(), Ok(map));
    assert_eq!(Yaml::and_back(map).as_ref(), Ok(map));
    assert_eq!(MessagePack::and_back(map).as_ref(), Ok(map));
    let value = serde_json::to_value(map).unwrap();
    assert_eq!(serde_json::from_value::<M>(value).as_ref().map_err(said), Ok(map));
}

#[test]
fn numbers_are_keys_of_maps() {
    let shops = BTreeMap::from([1, 429_620].map(|id| (ShopId::from(id), UnixTime::from(id))));
    let by_time = shops.values().map(|time| (*time, CardStatus::Expired)).collect();
    let by_status = HashMap::from([(CardStatus::Expired, shops.clone())]);
    returned::<BTreeMap<ShopId, UnixTime>>(&shops);
    returned::<BTreeMap<UnixTime, CardStatus>>(&by_time);
    returned::<HashMap<CardStatus, BTreeMap<ShopId, UnixTime>>>(&by_status);
    let refused = serde_json::from_str::<BTreeMap<ShopId, i64>>(r#"{"one":1}"#).unwrap_err();
    assert!(refused.to_string().contains("number"), "{refused}");
}

#[test]
fn json_is_read_as_strictly_as_its_schema_says() {
    let refused = [
        json!({ "pagesize": null }),
        json!({ "pagesize": "20" }),
        json!([1, 20]),
        json!({ "pagesize": [20] }),
    ];
    for request in refused {
        let text = request.to_string();
        assert!(serde_json::from_str::<ListShops>(&text).is_err(), "{text}");
        assert!(serde_json::from_value::<ListShops>(request).is_err(), "{text}");
    }
    assert!(serde_json::from_str::<Placement>(r#"[1, 0, "007"]"#).is_err());
}

/// A rule on the whole holds in formats that cannot be kept as they come.
#[test]
fn tables_of_rules_are_evaluated_in_every_format() {
    fn refused<F: Format>() {
        let object = BTreeMap::from([("a", 1), ("b", 2), ("c", 3)]);
        let read: Result<cases::object_counts::Root, _> = F::translate(&object);
        assert!(read.unwrap_err().contains("at most 2 properties"), "{}", type_name::<F>());
        let until = |end: i64| {
            let object = BTreeMap::from([("start", 5), ("end", end)]);
            F::translate::<_, cases::property_order::Root>(&object)
        };
        assert!(until(6).is_ok() && until(4).is_err(), "{}", type_name::<F>());
    }
    refused::<Json>();
    refused::<Toml>();
    refused::<Yaml>();
    refused::<NamedMessagePack>();
    refused::<Form>();
}

/// Names as bytes, as some formats have them, are names.
#[test]
fn names_that_are_bytes_are_read() {
    let pairs = [(Bytes(b"shop_id"), 7_i64)];
    let input = MapDeserializer::<_, serde::de::value::Error>::new(pairs.into_iter());
    assert_eq!(GetShop::deserialize(input).unwrap().shop_id(), 7.into());
}

struct Bytes(&'static [u8]);

impl<'de, E: serde::de::Error> IntoDeserializer<'de, E> for Bytes {
    type Deserializer = BytesDeserializer<'de, E>;

    fn into_deserializer(self) -> Self::Deserializer {
        BytesDeserializer::new(self.0)
    }
}
