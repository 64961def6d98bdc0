//! Rules as statics: what the generator makes of a few schemas is compiled into this program, which
//! asks it for verdicts. The generator's own tests see to it that it is what is made.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use wechat_bizwifi_rules::{Decimal, Leaf, View};

use super::here;

/// Values that are valid against a schema, and values that are not.
#[derive(Deserialize)]
struct Case {
    valid: Vec<Box<RawValue>>,
    invalid: Vec<Box<RawValue>>,
}

macro_rules! cases {
    ($($name:ident)*) => {
        $(mod $name {
            use serde_json::Value;
            use wechat_bizwifi_rules as rt;

            include!(concat!("../../../codegen/tests/tables/", stringify!($name), ".rs"));

            pub(super) fn is_valid(value: &Value) -> bool {
                rt::is_valid(&ROOT, &[], super::Json(value))
            }
        })*

        /// What was generated for each case.
        const CASES: &[(&str, fn(&Value) -> bool)] =
            &[$((stringify!($name), $name::is_valid)),*];
    };
}

cases! { recursive patterns conditions unevaluated }

#[test]
fn statics_have_the_verdicts_of_their_schemas() {
    for (name, is_valid) in CASES {
        let case = case(name);
        for (values, valid) in [(&case.valid, true), (&case.invalid, false)] {
            for value in values {
                let found = is_valid(&serde_json::from_str(value.get()).unwrap());
                assert_eq!(found, valid, "{name}: {value}");
            }
        }
    }
}

fn case(name: &str) -> Case {
    let text =
        std::fs::read_to_string(here(&format!("../codegen/tests/tables/{name}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A value of `serde_json`. It has no more digits than a double, which is enough here.
#[derive(Clone, Copy)]
struct Json<'v>(&'v Value);

impl<'v> View<'v> for Json<'v> {
    fn leaf(self) -> Leaf<'v> {
        match self.0 {
            Value::Null => Leaf::Null,
            Value::Bool(flag) => Leaf::Bool(*flag),
            Value::Number(number) => Leaf::Number(match number.as_i64() {
                Some(whole) => Decimal::from(whole),
                None => number.as_f64().and_then(Decimal::of).unwrap(),
            }),
            Value::String(text) => Leaf::String(text),
            Value::Array(items) => Leaf::Array(items.len()),
            Value::Object(entries) => Leaf::Object(entries.len()),
        }
    }

    fn items(self) -> impl Iterator<Item = Self> {
        self.0.as_array().into_iter().flatten().map(Json)
    }

    fn properties(self) -> impl Iterator<Item = (&'v str, Self)> {
        self.0.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), Json(value)))
    }

    fn get(self, name: &str) -> Option<Self> {
        self.0.get(name).map(Json)
    }
}
