//! One change to a document, which mostly makes it invalid.

use serde_json::{Value, json};

/// The document of a line with one of its values made another, or one of its properties gone; which
/// one, the line's number decides.
pub(crate) fn mutated((line, text): (usize, &str)) -> String {
    let mut document: Value = serde_json::from_str(text).expect("JSON");
    let count = count(&document);
    let mut target = (line * 7919) % count;
    change(&mut document, &mut target, line);
    document.to_string()
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(properties) => properties.values().map(count).sum(),
        _ => 0,
    }
}

/// Changes the value whose number is reached; whether it was.
fn change(value: &mut Value, target: &mut usize, line: usize) -> bool {
    if *target == 0 {
        *value = another(value, line);
        return true;
    }
    *target -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| change(item, target, line)),
        Value::Object(properties) => {
            properties.values_mut().any(|value| change(value, target, line))
        }
        _ => false,
    }
}

fn another(value: &Value, line: usize) -> Value {
    match (value, line % 4) {
        (Value::Object(properties), 0) => {
            let mut properties = properties.clone();
            if let Some(name) = properties.keys().next().cloned() {
                properties.remove(&name);
            }
            Value::Object(properties)
        }
        (Value::Object(properties), 1) => {
            let mut properties = properties.clone();
            properties.insert("no such property".to_owned(), Value::Null);
            Value::Object(properties)
        }
        (Value::Array(items), 0 | 1) => items.iter().chain(items.first()).cloned().collect(),
        (Value::String(text), 0) => json!(format!("{text}/ x")),
        (Value::Number(number), 0) => json!(number.as_f64().map(|number| -number - 0.5)),
        (Value::Bool(_) | Value::Null, _) | (_, 2) => json!("text"),
        _ => json!(17),
    }
}
