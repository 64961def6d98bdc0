//! A model as a JSON Schema.

use serde_json::{Map, Value, json};

use crate::model::{Additional, Bounds, Model, Object, Range};

/// The document that says what the model says.
pub(crate) fn document(model: &Model) -> Value {
    let mut trees = Map::new();
    let mut document = schema(model, &mut trees);
    if !trees.is_empty() {
        document["$defs"] = trees.into();
    }
    document
}

/// The schema of a part; the trees in it are added to those of the document.
fn schema(model: &Model, trees: &mut Map<String, Value>) -> Value {
    match model {
        Model::Boolean => json!({ "type": "boolean" }),
        Model::Integer(bounds) => number("integer", bounds, |bound| json!(bound)),
        Model::Number(bounds) => number("number", bounds, tenths),
        Model::Text(range) => ranged(json!({ "type": "string" }), range, "Length"),
        Model::Formatted(format) => json!({ "type": "string", "format": format }),
        Model::Pattern(pattern) => json!({ "type": "string", "pattern": pattern }),
        Model::EnumOfTexts(values) => titled("string", values),
        Model::EnumOfNumbers(values) => titled("integer", values),
        Model::List(items, range, unique) => {
            let list =
                json!({ "type": "array", "items": schema(items, trees), "uniqueItems": unique });
            ranged(list, range, "Items")
        }
        Model::Tuple(items) => tuple(items, trees),
        Model::Map(values, range, names) => map(values, range, names.as_ref(), trees),
        Model::Object(properties) => object(properties, trees),
        Model::Nullable(model) => {
            let mut nullable = schema(model, trees);
            nullable["type"] = json!([nullable["type"], "null"]);
            nullable
        }
        Model::Tagged(branches) => {
            let branches = branches.iter().enumerate();
            let branches = branches.map(|(index, branch)| tagged(index, branch, trees));
            json!({ "oneOf": branches.collect::<Vec<_>>() })
        }
        Model::Either(models) => {
            json!({ "oneOf": models.iter().map(|model| schema(model, trees)).collect::<Vec<_>>() })
        }
        Model::Tree(values) => tree(values, trees),
    }
}

fn tree(values: &Model, trees: &mut Map<String, Value>) -> Value {
    let values = schema(values, trees);
    let name = format!("Tree{}", trees.len());
    let itself = json!({ "$ref": format!("#/$defs/{name}") });
    let tree = json!({
        "type": "object",
        "properties": {
            "value": values,
            "left": itself,
            "more": { "type": "array", "items": itself },
        },
        "required": ["value"],
        "additionalProperties": false,
    });
    trees.insert(name, tree);
    itself
}

fn map(
    values: &Model,
    range: &Range,
    names: Option<&Range>,
    trees: &mut Map<String, Value>,
) -> Value {
    let mut map = json!({ "type": "object", "additionalProperties": schema(values, trees) });
    if let Some(names) = names {
        map["propertyNames"] = ranged(json!({ "type": "string" }), names, "Length");
    }
    ranged(map, range, "Properties")
}

fn number(name: &str, bounds: &Bounds, write: impl Fn(i64) -> Value) -> Value {
    let mut schema = json!({ "type": name });
    let Bounds { least, most, exclusive, step } = bounds;
    let keywords =
        if *exclusive { ["exclusiveMinimum", "exclusiveMaximum"] } else { ["minimum", "maximum"] };
    for (keyword, bound) in keywords.iter().chain(&["multipleOf"]).zip([least, most, step]) {
        if let Some(bound) = bound {
            schema[*keyword] = write(*bound);
        }
    }
    schema
}

fn tenths(number: i64) -> Value {
    let sign = if number < 0 { "-" } else { "" };
    let text = format!("{sign}{}.{}", number.abs() / 10, number.abs() % 10);
    serde_json::from_str(&text).unwrap()
}

fn ranged(mut schema: Value, range: &Range, what: &str) -> Value {
    if let Some(least) = range.least {
        schema[format!("min{what}")] = json!(least);
    }
    if let Some(most) = range.most {
        schema[format!("max{what}")] = json!(most);
    }
    schema
}

fn titled(name: &str, values: &[impl serde::Serialize]) -> Value {
    let branch = |(index, value)| json!({ "const": value, "title": format!("Choice {index}") });
    let branches: Vec<Value> = values.iter().enumerate().map(branch).collect();
    json!({ "type": name, "oneOf": branches })
}

fn tuple(items: &[Model], trees: &mut Map<String, Value>) -> Value {
    json!({
        "type": "array",
        "prefixItems": items.iter().map(|item| schema(item, trees)).collect::<Vec<_>>(),
        "items": false,
        "minItems": items.len(),
    })
}

fn object(object: &Object, trees: &mut Map<String, Value>) -> Value {
    let properties: Map<String, Value> = object
        .properties
        .iter()
        .map(|property| (property.name.to_owned(), schema(&property.model, trees)))
        .collect();
    let required = object.properties.iter().filter(|property| property.required);
    let required: Vec<&str> = required.map(|property| property.name).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "required": required });
    match &object.additional {
        Additional::Any => {}
        Additional::None => schema["additionalProperties"] = json!(false),
        Additional::Of(values) => schema["additionalProperties"] = self::schema(values, trees),
    }
    if let Some((first, second)) = object.dependent {
        schema["dependentRequired"] = json!({ first: [second] });
    }
    ranged(schema, &object.count, "Properties")
}

fn tagged(index: usize, branch: &Object, trees: &mut Map<String, Value>) -> Value {
    let mut schema = object(branch, trees);
    schema["title"] = json!(format!("Member {index}"));
    schema["properties"]["kind"] = json!({ "type": "string", "const": format!("k{index}") });
    if let Value::Array(required) = &mut schema["required"] {
        required.push(json!("kind"));
    }
    schema
}
