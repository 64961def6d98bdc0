//! Random tables of the rules that are evaluated in a faster way where that can be: alternatives that a
//! property distinguishes, and items that may not repeat. Another validator has to give the same verdicts.

use fastrand::Rng;
use serde_json::{Map, Value as Json, json};
use wechat_bizwifi_rules::{
    Alternatives, JsonType, Literal, Properties, Rule, Schema, SchemaRef, Types, Value, evaluate,
    evaluate_prepared,
};

use crate::trial::validator;

const SCHEMAS: usize = 300;
const INSTANCES: usize = 60;

const TAGS: [&str; 6] = ["a", "b", "c", "ab", "operator", "operators"];
const NUMBERS: [&str; 9] = ["1", "1.0", "1.5", "10.50", "1e1", "15e-1", "150e-1", "100e-2", "0.0"];

#[test]
fn tables_are_evaluated_as_by_another_validator() {
    let mut rng = Rng::with_seed(crate::seed());
    let (mut valid, mut unique) = (0, 0);
    for _ in 0..SCHEMAS {
        let schema = alternatives(&mut rng, 0);
        valid += compare(&schema, || value(&mut rng));
        unique += compare(&json!({ "uniqueItems": true }), || items(&mut rng));
    }
    for count in [valid, unique] {
        let share = count * 100 / (SCHEMAS * INSTANCES);
        assert!((20..80).contains(&share), "{share} % of instances are valid");
    }
}

/// Compares verdicts on instances, of which so many are valid.
fn compare(schema: &Json, mut instance: impl FnMut() -> String) -> usize {
    let (validator, table) = (validator(schema), table(schema));
    let alternatives = Alternatives::of(table);
    let mut valid = 0;
    for _ in 0..INSTANCES {
        let json = instance();
        let is_valid = validator.is_valid(&serde_json::from_str(&json).unwrap());
        let value = Value::parse(json.as_bytes()).unwrap();
        let prepared = evaluate_prepared(table, &alternatives, &value);
        assert_eq!(prepared.is_ok(), is_valid, "{schema}: {json}");
        // What is known of alternatives does not change what is said of a value.
        let plain = evaluate(table, &[], &value);
        assert_eq!(format!("{prepared:?}"), format!("{plain:?}"), "{schema}: {json}");
        valid += usize::from(is_valid);
    }
    valid
}

fn pick<'p>(rng: &mut Rng, from: &[&'p str]) -> &'p str {
    from[rng.usize(..from.len())]
}

fn alternatives(rng: &mut Rng, depth: usize) -> Json {
    let keyword = pick(rng, &["anyOf", "oneOf"]);
    let branches: Vec<Json> = (0..rng.usize(1..8)).map(|_| branch(rng, depth)).collect();
    json!({ keyword: branches })
}

fn branch(rng: &mut Rng, depth: usize) -> Json {
    match rng.u8(..20) {
        0..3 if depth < 5 => alternatives(rng, depth + 1),
        3 => json!({ "allOf": [branch(rng, depth)] }),
        4 => json!({ "type": "string" }),
        5 => json!({ "type": ["integer", "array"] }),
        _ => tagged(rng),
    }
}

/// An object that lists what a property may be, mostly.
fn tagged(rng: &mut Rng) -> Json {
    let mut schema = Map::new();
    let tag = if rng.u8(..5) == 0 { "kind" } else { "op" };
    let mut values: Vec<Json> = (0..rng.usize(1..3)).map(|_| json!(pick(rng, &TAGS))).collect();
    match rng.u8(..8) {
        0 => values.push(json!(1)),
        1 => values.push(json!(values[0])),
        _ => {}
    }
    let values =
        if let [only] = &values[..] { json!({ "const": only }) } else { json!({ "enum": values }) };
    let mut properties = Map::from_iter([(tag.to_owned(), values)]);
    if rng.bool() {
        properties.insert("x".to_owned(), json!({ "type": pick(rng, &["integer", "string"]) }));
    }
    schema.insert("properties".to_owned(), properties.into());
    if rng.bool() {
        schema.insert("type".to_owned(), json!("object"));
    }
    if rng.bool() {
        schema.insert("required".to_owned(), json!([pick(rng, &["op", tag, "x"])]));
    }
    schema.into()
}

fn value(rng: &mut Rng) -> String {
    if rng.u8(..12) == 0 {
        return pick(rng, &["1", "\"a\"", "[]", "null", "{}"]).to_owned();
    }
    let mut properties = Vec::new();
    for (name, often) in [("op", 9), ("kind", 4), ("x", 5)] {
        if rng.u8(..10) < often {
            let text = format!("\"{}\"", pick(rng, &TAGS));
            let number = pick(rng, &NUMBERS).to_owned();
            let is_number = rng.u8(..10) < if name == "x" { 6 } else { 1 };
            properties.push(format!("\"{name}\":{}", if is_number { number } else { text }));
        }
    }
    format!("{{{}}}", properties.join(","))
}

/// An array in which something repeats about as often as not.
fn items(rng: &mut Rng) -> String {
    let mut items: Vec<String> = (0..rng.usize(..40)).map(|index| item(rng, index)).collect();
    if !items.is_empty() && rng.bool() {
        let index = rng.usize(..items.len());
        let again = match &*items[index] {
            "1" => "1.0".to_owned(),
            object if object.starts_with("{\"a\":1,") => format!("{{\"b\":{index},\"a\":1}}"),
            other => other.to_owned(),
        };
        items.insert(rng.usize(..=items.len()), again);
    }
    format!("[{}]", items.join(","))
}

/// One that no other of the array is, mostly.
fn item(rng: &mut Rng, index: usize) -> String {
    match rng.u8(..7) {
        0 => format!("{index}"),
        1 => format!("{{\"a\":1,\"b\":{index}}}"),
        2 => format!("[{index},{}]", pick(rng, &NUMBERS)),
        3 if rng.u8(..8) == 0 => pick(rng, &["null", "true", "false", "[]", "{}"]).to_owned(),
        _ => format!("\"{}{index}\"", pick(rng, &TAGS)),
    }
}

/// The rules of a schema, in the order that the compiler has them in.
fn table(schema: &Json) -> &'static Schema<'static> {
    const KEYWORDS: [&str; 8] =
        ["type", "const", "enum", "properties", "required", "allOf", "anyOf", "oneOf"];
    let rules = KEYWORDS.iter().filter_map(|keyword| Some(rule(keyword, schema.get(keyword)?)));
    let unique = schema.get("uniqueItems").map(|_| Rule::UniqueItems);
    Box::leak(Box::new(Schema(rules.chain(unique).collect::<Vec<_>>().leak())))
}

fn rule(keyword: &str, value: &Json) -> Rule<'static> {
    match keyword {
        "type" => Rule::Type(slice_of(value, types).iter().copied().fold(Types::NONE, Types::or)),
        "const" => Rule::Const(&slice_of(value, literal)[0]),
        "enum" => Rule::Enum(slice_of(value, literal)),
        "required" => Rule::Required(slice_of(value, text)),
        "allOf" => Rule::AllOf(slice_of(value, reference)),
        "anyOf" => Rule::AnyOf(slice_of(value, reference)),
        "oneOf" => Rule::OneOf(slice_of(value, reference)),
        _ => {
            let properties = value.as_object().unwrap().iter();
            let named = properties.map(|(name, it)| (&*name.clone().leak(), reference(it)));
            let named = named.collect::<Vec<_>>().leak();
            Rule::Properties(Box::leak(Box::new(Properties {
                named,
                patterns: &[],
                additional: None,
            })))
        }
    }
}

/// What each of some values is; of one by itself, what that is.
fn slice_of<T>(value: &Json, of: impl Fn(&Json) -> T) -> &'static [T] {
    let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    values.iter().map(of).collect::<Vec<_>>().leak()
}

fn text(value: &Json) -> &'static str {
    value.as_str().unwrap().to_owned().leak()
}

fn reference(schema: &Json) -> SchemaRef<'static> {
    SchemaRef::To(table(schema))
}

fn literal(value: &Json) -> Literal<'static> {
    value
        .as_i64()
        .map_or_else(|| Literal::String(text(value)), |number| Literal::Number(number.into()))
}

fn types(name: &Json) -> Types {
    let known = JsonType::NAMES.iter().find(|(known, _)| name == known);
    known.unwrap().1.types()
}
