//! Values near a model: some that it allows, some that miss it by a little.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use crate::model::{Additional, Bounds, Model, Object, Property, Range};

/// Values of a model, one in many of its parts replaced by something else.
pub(crate) fn near(model: &Model) -> BoxedStrategy<Value> {
    prop_oneof![12 => of(model), 1 => any_value()].boxed()
}

fn of(model: &Model) -> BoxedStrategy<Value> {
    match model {
        Model::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        Model::Integer(bounds) => integers(bounds),
        Model::Number(bounds) => integers(bounds).prop_map(tenth).boxed(),
        Model::Text(range) => texts(range),
        Model::Formatted(format) => formatted(format),
        Model::Pattern(_) => "[a-c]{0,4}[0-9]?".prop_map(Value::from).boxed(),
        Model::EnumOfTexts(values) => select(values.clone()).prop_map(Value::from).boxed(),
        Model::EnumOfNumbers(values) => select(values.clone()).prop_map(Value::from).boxed(),
        Model::List(items, range, _) => {
            vec(near(items), around(range)).prop_map(Value::from).boxed()
        }
        Model::Tuple(items) => tuples(items),
        Model::Map(values, range, _) => maps(values, range),
        Model::Object(object) => objects(object),
        Model::Nullable(model) => prop_oneof![4 => of(model), 1 => Just(Value::Null)].boxed(),
        Model::Tagged(branches) => {
            let branches = branches.iter().enumerate().map(|(index, object)| {
                objects(object)
                    .prop_map(move |value| with(value, "kind", json!(format!("k{index}"))))
            });
            proptest::strategy::Union::new(branches.map(Strategy::boxed)).boxed()
        }
        Model::Either(models) => proptest::strategy::Union::new(models.iter().map(of)).boxed(),
        Model::Tree(values) => trees(values),
    }
}

/// Anything, small.
fn any_value() -> BoxedStrategy<Value> {
    select(vec![
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(-1),
        json!(2.0),
        json!(0.5),
        json!("1"),
        json!(""),
        json!("a"),
        json!([]),
        json!(["a"]),
        json!({}),
        json!({ "id": 1 }),
        json!({ "kind": "k0" }),
    ])
    .boxed()
}

/// On both sides of every bound, and as a whole number that is written with a fraction.
fn integers(bounds: &Bounds) -> BoxedStrategy<Value> {
    let (least, most) = (bounds.least.unwrap_or(-30), bounds.most.unwrap_or(30));
    let step = bounds.step.unwrap_or(1);
    prop_oneof![
        6 => (least.div_euclid(step)..=most.div_euclid(step)).prop_map(move |n| json!(n * step)),
        2 => select(vec![least - 1, least, least + 1, most - 1, most, most + 1])
            .prop_map(Value::from),
        1 => (least..=most).prop_map(|n| json!(f64::from(i32::try_from(n).unwrap()))),
    ]
    .boxed()
}

fn tenth(number: Value) -> Value {
    let text = match number.as_i64() {
        Some(whole) => {
            let sign = if whole < 0 { "-" } else { "" };
            format!("{sign}{}.{}", whole.abs() / 10, whole.abs() % 10)
        }
        None => return number,
    };
    serde_json::from_str(&text).unwrap()
}

fn texts(range: &Range) -> BoxedStrategy<Value> {
    let characters = vec(select(vec!['a', '1', '券', '🎟', '"', '\\', '\u{301}']), around(range));
    characters.prop_map(|text| Value::from(text.into_iter().collect::<String>())).boxed()
}

fn formatted(format: &str) -> BoxedStrategy<Value> {
    let texts: &[&str] = match format {
        "date" => &["2024-02-29", "2023-02-29", "2024-2-9", "20240229"],
        "uuid" => &["2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2eb8aa08aa9811eab4aa73b441d16380"],
        _ => &["192.168.0.1", "256.0.0.1", "1.2.3", "087.10.0.1"],
    };
    select(texts.to_vec()).prop_map(Value::from).boxed()
}

fn tuples(items: &[Model]) -> BoxedStrategy<Value> {
    let items: Vec<BoxedStrategy<Value>> = items.iter().map(near).collect();
    (items, proptest::bool::weighted(0.1), proptest::bool::weighted(0.1))
        .prop_map(|(mut items, more, less)| {
            if more {
                items.push(json!(1));
            }
            if less {
                items.pop();
            }
            Value::from(items)
        })
        .boxed()
}

fn maps(values: &Model, range: &Range) -> BoxedStrategy<Value> {
    let names = select(vec!["", "a", "bc", "äöü", "four", "fives", "sixsix"]);
    vec((names, near(values)), around(range))
        .prop_map(|pairs| {
            let pairs = pairs.into_iter().map(|(name, value)| (name.to_owned(), value));
            Value::Object(pairs.collect())
        })
        .boxed()
}

fn objects(object: &Object) -> BoxedStrategy<Value> {
    let properties: Vec<BoxedStrategy<Option<(String, Value)>>> =
        object.properties.iter().map(property).collect();
    let other = match &object.additional {
        Additional::Of(values) => near(values),
        _ => any_value(),
    };
    let additional =
        proptest::option::weighted(0.15, (select(vec!["other", "ID", "additional"]), other));
    (properties, additional)
        .prop_map(|(properties, additional)| {
            let mut object: Map<String, Value> = properties.into_iter().flatten().collect();
            object.extend(additional.map(|(name, value)| (name.to_owned(), value)));
            Value::Object(object)
        })
        .boxed()
}

fn property(property: &Property) -> BoxedStrategy<Option<(String, Value)>> {
    let name = property.name;
    let presence = if property.required { 0.96 } else { 0.6 };
    let value = near(&property.model).prop_map(move |value| (name.to_owned(), value));
    proptest::option::weighted(presence, value).boxed()
}

fn with(mut value: Value, name: &str, property: Value) -> Value {
    if let Value::Object(object) = &mut value {
        object.insert(name.to_owned(), property);
    }
    value
}

fn trees(values: &Model) -> BoxedStrategy<Value> {
    let leaf = near(values).prop_map(|value| json!({ "value": value }));
    leaf.prop_recursive(2, 6, 2, |inner| {
        (inner.clone(), vec(inner, 0..2)).prop_map(|(mut tree, more)| {
            if let Some(first) = more.first() {
                tree = with(tree, "left", first.clone());
            }
            with(tree, "more", json!(more))
        })
    })
    .boxed()
}

/// Lengths from one below to one above.
fn around(range: &Range) -> std::ops::Range<usize> {
    let least = range.least.unwrap_or(0);
    let most = range.most.unwrap_or(least + 3);
    least.saturating_sub(1)..most + 2
}
