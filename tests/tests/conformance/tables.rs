//! Rules as statics: what the generator makes of a few schemas is compiled into this program, which
//! asks it for verdicts. The generator's own tests see to it that it is what is made.

use serde::Deserialize;
use serde_json::value::RawValue;
use wechat_bizwifi_rules::Value;

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
            use wechat_bizwifi_rules as rt;

            include!(concat!("../../../codegen/tests/tables/", stringify!($name), ".rs"));

            pub(super) fn is_valid(value: &rt::Value<'_>) -> bool {
                rt::is_valid(&ROOT, &[], value)
            }
        })*

        /// What was generated for each case.
        const CASES: &[(&str, fn(&Value<'_>) -> bool)] =
            &[$((stringify!($name), $name::is_valid)),*];
    };
}

cases! { recursive patterns conditions unevaluated long }

#[test]
fn statics_have_the_verdicts_of_their_schemas() {
    for (name, is_valid) in CASES {
        let case = case(name);
        for (values, valid) in [(&case.valid, true), (&case.invalid, false)] {
            for value in values {
                let found = is_valid(&Value::parse(value.get().as_bytes()).unwrap());
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
