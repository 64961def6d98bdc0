//! Single edits of descriptions: every keyword set, unset, tightened and loosened, every property
//! added, removed, renamed, made required or optional, every fact of an endpoint changed.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

/// An endpoint's description and the file that it refers to.
#[derive(Clone, Debug)]
pub(crate) struct Described {
    pub(crate) name: String,
    pub(crate) endpoint: Value,
    pub(crate) common: Value,
}

impl Described {
    /// The files, as `diff` takes them.
    pub(crate) fn files(&self) -> Vec<(String, String)> {
        vec![
            ("area/endpoint.json".to_owned(), self.endpoint.to_string()),
            ("common.json".to_owned(), self.common.to_string()),
        ]
    }

    /// The part that is in a file, of the two.
    fn part(&mut self, in_common: bool) -> &mut Value {
        if in_common { &mut self.common } else { &mut self.endpoint }
    }

    /// A schema with everything that it refers to in its place.
    pub(crate) fn inlined(&self, schema: &Value) -> Value {
        match schema {
            Value::Object(object) => {
                let mut all: Map<String, Value> = object
                    .iter()
                    .filter(|(name, _)| *name != "$ref")
                    .map(|(name, value)| (name.clone(), self.inlined(value)))
                    .collect();
                if let Some(target) = object.get("$ref").and_then(Value::as_str) {
                    let (_, pointer) = target.split_once('#').unwrap();
                    let target = self.common.pointer(pointer).unwrap();
                    all.insert("allOf".to_owned(), json!([self.inlined(target)]));
                }
                all.into()
            }
            Value::Array(items) => items.iter().map(|item| self.inlined(item)).collect(),
            other => other.clone(),
        }
    }
}

/// The shipped endpoints, without what edits would contradict: examples, and errors that are in
/// no table here.
pub(crate) fn shipped() -> Vec<Described> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema");
    let read = |path: &str| -> Value {
        without_examples(
            serde_json::from_str(&fs::read_to_string(folder.join(path)).unwrap()).unwrap(),
        )
    };
    let common = read("common.json");
    [
        "couponput/set",
        "couponput/get",
        "shop/list",
        "statistics/list",
        "token/get_stable_access_token",
    ]
    .iter()
    .map(|name| Described {
        name: (*name).to_owned(),
        endpoint: read(&format!("{name}.json")),
        common: common.clone(),
    })
    .map(pruned)
    .collect()
}

fn without_examples(value: Value) -> Value {
    match value {
        Value::Object(object) => object
            .into_iter()
            .filter(|(name, value)| {
                !(value.is_array() && ["examples", "errors"].contains(&name.as_str()))
                    && name != "$schema"
            })
            .map(|(name, value)| (name, without_examples(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_examples).collect(),
        other => other,
    }
}

/// Without the definitions that are not used.
fn pruned(mut described: Described) -> Described {
    loop {
        let text = described.endpoint.to_string() + &described.common.to_string();
        let definitions = described.common["$defs"].as_object_mut().unwrap();
        let before = definitions.len();
        definitions.retain(|name, _| text.contains(&format!("#/$defs/{name}\"")));
        if definitions.len() == before {
            return described;
        }
    }
}

/// An edit, and what it makes.
#[derive(Debug)]
pub(crate) struct Edited {
    pub(crate) name: String,
    pub(crate) after: Described,
}

/// Every edit of a description.
pub(crate) fn edits(described: &Described) -> Vec<Edited> {
    let mut edits = Edits { described, edits: Vec::new() };
    edits.facts();
    for in_common in [false, true] {
        let mut schemas = Vec::new();
        let root = if in_common { &described.common } else { &described.endpoint };
        let roots: &[&str] = if in_common { &["/$defs"] } else { &["/request", "/response"] };
        for pointer in roots {
            collect(root.pointer(pointer).unwrap(), pointer, &mut schemas);
        }
        for pointer in schemas {
            edits.schema(in_common, &pointer);
        }
    }
    edits.edits
}

/// The pointers of the schemas in a value.
fn collect(value: &Value, pointer: &str, found: &mut Vec<String>) {
    let Value::Object(object) = value else { return };
    let is_schema = object.contains_key("type") || object.contains_key("$ref");
    // The envelope's own properties are the runtime's.
    if is_schema && !pointer.ends_with("/errcode") && !pointer.ends_with("/errmsg") {
        found.push(pointer.to_owned());
    }
    for (name, value) in object {
        collect(value, &format!("{pointer}/{name}"), found);
    }
}

struct Edits<'d> {
    described: &'d Described,
    edits: Vec<Edited>,
}

impl Edits<'_> {
    fn edit(&mut self, in_common: bool, name: &str, change: impl FnOnce(&mut Value)) {
        let mut after = self.described.clone();
        change(after.part(in_common));
        self.edits.push(Edited { name: format!("{}: {name}", self.described.name), after });
    }

    fn set(&mut self, (in_common, pointer): (bool, &str), keyword: &str, value: Option<Value>) {
        let shown = value.as_ref().map_or_else(|| "nothing".to_owned(), Value::to_string);
        self.edit(in_common, &format!("{pointer} {keyword} is {shown}"), |root| {
            let object = root.pointer_mut(pointer).unwrap().as_object_mut().unwrap();
            match value {
                Some(value) => drop(object.insert(keyword.to_owned(), value)),
                None => drop(object.remove(keyword)),
            }
        });
    }

    fn facts(&mut self) {
        let idempotent = self.described.endpoint["idempotent"] == json!(true);
        let facts = [
            ("operationId", json!("doSomething")),
            ("path", json!("/elsewhere")),
            ("method", json!("GET")),
            ("security", json!("none")),
            ("security", json!("accessToken")),
            ("idempotent", json!(!idempotent)),
            ("summary", json!("Does something else.")),
            ("description", json!("Something else.")),
            ("deprecated", json!(true)),
            ("internal", json!(true)),
            ("envelope", json!({ "code": "/errcode", "message": "/errmsg" })),
        ];
        for (name, value) in facts {
            self.set((false, ""), name, Some(value));
        }
    }

    fn schema(&mut self, in_common: bool, pointer: &str) {
        let root = if in_common { &self.described.common } else { &self.described.endpoint };
        let schema = root.pointer(pointer).unwrap().clone();
        let at = (in_common, pointer);
        for (keyword, value) in annotations() {
            self.set(at, keyword, Some(value));
        }
        match schema["type"].as_str() {
            Some("string") => self.keywords(at, &schema, &strings()),
            Some("integer") => self.keywords(at, &schema, &integers()),
            Some("array") => self.keywords(at, &schema, &arrays()),
            Some("boolean") => self.keywords(at, &schema, &[("type", json!("string"))]),
            Some("object") => self.object(at, &schema),
            _ => self.set(at, "$ref", Some(json!("../common.json#/$defs/ShopId"))),
        }
        self.values(at, &schema);
    }

    fn keywords(&mut self, at: (bool, &str), schema: &Value, keywords: &[(&str, Value)]) {
        for (keyword, value) in keywords {
            self.set(at, keyword, Some(value.clone()));
            if schema.get(keyword).is_some() && *keyword != "type" {
                self.set(at, keyword, None);
            }
        }
    }

    /// The values of an enum.
    fn values(&mut self, at: (bool, &str), schema: &Value) {
        let Some(values) = schema["oneOf"].as_array() else { return };
        let mut fewer = values.clone();
        fewer.pop();
        self.set(at, "oneOf", Some(fewer.into()));
        let mut renamed = values.clone();
        renamed[0]["title"] = json!("Renamed");
        self.set(at, "oneOf", Some(renamed.into()));
        let other = if values[0]["const"].is_string() { json!("other") } else { json!(77) };
        let mut more = values.clone();
        more.push(json!({ "const": other, "title": "Other" }));
        self.set(at, "oneOf", Some(more.into()));
        let mut turned = values.clone();
        turned.reverse();
        self.set(at, "oneOf", Some(turned.into()));
    }

    fn object(&mut self, at: (bool, &str), schema: &Value) {
        for value in [Some(json!(false)), Some(json!({ "type": "string" })), None] {
            self.set(at, "additionalProperties", value);
        }
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, property) in schema["properties"].as_object().unwrap() {
            if ["errcode", "errmsg"].contains(&name.as_str()) {
                continue;
            }
            self.required(at, (name, &required));
            self.properties(at, schema, (name, property));
        }
        let added = json!({ "type": "string" });
        let mut more = schema.clone();
        more["properties"]["added"] = added;
        self.whole(at, "an optional property is added", more.clone());
        more["required"] = required.iter().copied().chain(["added"]).collect();
        self.whole(at, "a required property is added", more);
    }

    fn whole(&mut self, (in_common, pointer): (bool, &str), what: &str, schema: Value) {
        self.edit(in_common, &format!("{pointer} {what}"), |root| {
            *root.pointer_mut(pointer).unwrap() = schema;
        });
    }

    /// A property becomes required, or optional.
    fn required(&mut self, at: (bool, &str), (name, required): (&str, &[&str])) {
        let mut changed: Vec<&str> = required.iter().copied().filter(|it| *it != name).collect();
        if changed.len() == required.len() {
            changed.push(name);
        }
        self.set(at, "required", Some(json!(changed)));
    }

    /// A property goes, or has another name.
    fn properties(&mut self, at: (bool, &str), schema: &Value, (name, property): (&str, &Value)) {
        let rename = |list: &Value, new: Option<&str>| -> Value {
            let names = list.as_array().into_iter().flatten();
            let names = names
                .filter_map(|it| if it == name { new.map(Value::from) } else { Some(it.clone()) });
            names.collect()
        };
        let edited = |new: Option<(&str, Value)>| {
            let mut edited = schema.clone();
            edited["required"] = rename(&schema["required"], new.as_ref().map(|(name, _)| *name));
            let properties = edited["properties"].as_object_mut().unwrap();
            properties.remove(name);
            properties.extend(new.map(|(name, property)| (name.to_owned(), property)));
            edited
        };
        self.whole(at, &format!("`{name}` is removed"), edited(None));
        let renamed = format!("{name}_new");
        self.whole(at, &format!("`{name}` is renamed"), edited(Some((&renamed, property.clone()))));
        let mut alias = property.clone();
        alias["aliases"] = json!([name]);
        self.whole(at, &format!("`{name}` is an alias"), edited(Some((&renamed, alias))));
    }
}

/// Keywords of any schema.
fn annotations() -> Vec<(&'static str, Value)> {
    vec![
        ("description", json!("Something else.")),
        ("deprecated", json!(true)),
        ("aliases", json!(["another"])),
        ("rustName", json!("AnotherName")),
        ("rustFieldName", json!("another_field")),
        ("readOnly", json!(true)),
        ("writeOnly", json!(true)),
    ]
}

fn strings() -> Vec<(&'static str, Value)> {
    vec![
        ("minLength", json!(1)),
        ("minLength", json!(3)),
        ("maxLength", json!(5)),
        ("maxLength", json!(18)),
        ("maxLength", json!(600)),
        ("format", json!("date")),
        ("pattern", json!("^[a-z]+$")),
        ("sensitive", json!(true)),
        ("enum", json!(["a", "b"])),
        ("const", json!("a")),
        ("type", json!("integer")),
        ("type", json!(["string", "null"])),
    ]
}

fn integers() -> Vec<(&'static str, Value)> {
    vec![
        ("minimum", json!(-5)),
        ("minimum", json!(5)),
        ("exclusiveMinimum", json!(-1)),
        ("maximum", json!(100)),
        ("multipleOf", json!(5)),
        ("format", json!("int32")),
        ("format", json!("unix-time")),
        ("enum", json!([1, 2])),
        ("type", json!("number")),
        ("type", json!("string")),
        ("type", json!(["integer", "null"])),
    ]
}

fn arrays() -> Vec<(&'static str, Value)> {
    vec![
        ("minItems", json!(1)),
        ("maxItems", json!(2)),
        ("uniqueItems", json!(true)),
        ("items", json!({ "type": "string" })),
        ("type", json!(["array", "null"])),
    ]
}
