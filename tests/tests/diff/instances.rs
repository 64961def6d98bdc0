//! Values to try two versions of a schema with: some that are valid for one of them, and what
//! becomes of those when one thing changes.

use serde_json::{Value, json};

/// Values around what the schemas describe.
pub(crate) fn instances(schemas: [&Value; 2]) -> Vec<Value> {
    let mut instances = Vec::new();
    for schema in schemas {
        let full = full(schema);
        variants(&full, &mut instances);
        instances.push(full);
    }
    instances
}

/// A value with every property that the schema lists.
fn full(schema: &Value) -> Value {
    if let Some([first, ..]) = schema["allOf"].as_array().map(Vec::as_slice)
        && schema.get("type").is_none()
        && schema.get("properties").is_none()
    {
        return full(first);
    }
    if let Some(value) = schema.get("const") {
        return value.clone();
    }
    if let Some([first, ..]) = schema["enum"].as_array().map(Vec::as_slice) {
        return first.clone();
    }
    if let Some([first, ..]) = schema["oneOf"].as_array().map(Vec::as_slice) {
        return full(first);
    }
    let ty = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
    match ty {
        Some("object") => {
            let properties = schema["properties"].as_object().into_iter().flatten();
            properties.map(|(name, property)| (name.clone(), full(property))).collect()
        }
        Some("array") => json!([full(&schema["items"])]),
        Some("integer") => json!(40),
        Some("number") => json!(40.5),
        Some("boolean") => json!(true),
        Some("string") => json!("abcd"),
        _ => json!(null),
    }
}

/// What becomes of a value when one thing in it changes.
fn variants(value: &Value, found: &mut Vec<Value>) {
    found.extend(of_any_type());
    match value {
        Value::Object(object) => {
            for (name, property) in object {
                let mut without = object.clone();
                without.remove(name);
                found.push(without.into());
                let mut inner = Vec::new();
                variants(property, &mut inner);
                found.extend(inner.into_iter().map(|inner| {
                    let mut with = object.clone();
                    with.insert(name.clone(), inner);
                    with.into()
                }));
            }
            for more in [json!("text"), json!(7)] {
                let mut with = object.clone();
                with.insert("added".to_owned(), more);
                found.push(with.into());
            }
        }
        Value::Array(items) => {
            for item in items {
                let mut inner = Vec::new();
                variants(item, &mut inner);
                found.extend(inner.into_iter().map(|inner| json!([inner])));
                found.push(json!([item, item]));
                found.push(json!([item, item, item]));
            }
            found.push(json!([]));
        }
        _ => {}
    }
}

/// Values of every type, and at the limits that edits set.
fn of_any_type() -> Vec<Value> {
    let long = |length: usize| json!("x".repeat(length));
    let mut of_any_type = vec![json!(null), json!(true), json!({}), json!([]), json!(2.5)];
    of_any_type.extend([0, 1, 3, 5, 6, 18, 19, 601].map(long));
    of_any_type
        .extend([-6, -5, -1, 0, 1, 2, 4, 5, 31, 40, 77, 100, 101].map(|number| json!(number)));
    of_any_type
        .extend(["a", "b", "other", "2020-01-31", "client_credential", "A1"].map(|it| json!(it)));
    of_any_type
}
