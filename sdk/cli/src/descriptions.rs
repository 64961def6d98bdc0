//! The API's operations as their descriptions have them: commands, columns and checks are made from
//! these, so that a new endpoint needs no code here.
//!
//! ```text
//! couponput/set.json  ->  Operation { id: "setCouponPlacement", command: "set-coupon-placement",
//!                                     properties: [shop_id, card_id, …] }
//! ```

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::language::{self, Language};

/// What a property holds, as far as reading it from text depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A whole number.
    Integer,
    /// A whole number that is a time: Unix seconds.
    Time,
    /// `true` or `false`.
    Boolean,
    /// A string that identifies something.
    Id,
    /// Any other string.
    Text,
    /// Whatever else: given as JSON.
    Json,
}

/// A property of a request.
#[derive(Clone, Debug)]
pub(crate) struct Property {
    /// Its name in JSON.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) kind: Kind,
    /// Whether a request must have it.
    pub(crate) required: bool,
    /// What it means.
    pub(crate) description: String,
    /// Its schema, with its `$ref` followed.
    pub(crate) schema: Map<String, Value>,
}

/// An operation.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// Its name, such as `setCouponPlacement`.
    pub(crate) id: String,
    /// The file that describes it.
    pub(crate) path: String,
    /// The name of its command, such as `set-coupon-placement`.
    pub(crate) command: String,
    /// One sentence.
    pub(crate) summary: String,
    /// More than that.
    pub(crate) description: String,
    /// The request's properties, in the documented order.
    pub(crate) properties: Vec<Property>,
    /// Whether it answers a page at a time.
    pub(crate) has_pages: bool,
    /// The whole description.
    pub(crate) json: Value,
}

/// All descriptions.
#[derive(Debug)]
pub(crate) struct Descriptions {
    files: BTreeMap<&'static str, File>,
}

#[derive(Debug)]
struct File {
    json: Value,
    /// The request's properties in the documented order, which `json` does not keep.
    properties: Vec<String>,
}

/// As much of a description as has an order.
#[derive(Default, Deserialize)]
struct Ordered {
    #[serde(default)]
    request: OrderedRequest,
}

#[derive(Default, Deserialize)]
struct OrderedRequest {
    #[serde(default)]
    properties: IndexMap<String, serde::de::IgnoredAny>,
}

impl File {
    fn parse(text: &str) -> serde_json::Result<Self> {
        let ordered: Ordered = serde_json::from_str(text)?;
        let properties = ordered.request.properties.into_keys().collect();
        Ok(Self { json: serde_json::from_str(text)?, properties })
    }
}

impl Descriptions {
    /// The descriptions that this program was built with.
    ///
    /// # Errors
    ///
    /// When one of them is not JSON.
    pub(crate) fn load() -> serde_json::Result<Self> {
        let files = wechat_bizwifi_schema::FILES.iter();
        let parsed = files.map(|(path, text)| Ok((*path, File::parse(text)?)));
        Ok(Self { files: parsed.collect::<serde_json::Result<_>>()? })
    }

    /// The operations that a caller may use, sorted by their files.
    pub(crate) fn operations(&self) -> Vec<Operation> {
        let described = self.files.iter().filter(|(_, file)| file.json["operationId"].is_string());
        let public = described.filter(|(_, file)| file.json["internal"] != Value::Bool(true));
        public.map(|(path, file)| self.operation(path, file)).collect()
    }

    /// An operation with all that its schemas refer to, for programs that know nothing else: its
    /// documented example is a request that can be sent.
    pub(crate) fn described(&self, operation: &Operation) -> Value {
        let json = &operation.json;
        let whole = |name: &str| self.inlined(&operation.path, &json[name], &[]);
        let examples = json["examples"].as_array();
        let example = examples.and_then(|examples| examples.first());
        serde_json::json!({
            "operation": operation.id,
            "command": operation.command,
            "summary": operation.summary,
            "description": operation.description,
            "documentation": json["externalDocs"]["url"],
            "idempotent": json["idempotent"],
            "request": whole("request"),
            "response": whole("response"),
            "example": example.map(|example| &example["request"]),
            "example_reply": example.map(|example| &example["response"]),
            "return_codes": json["errors"],
        })
    }

    /// A schema with what its references lead to in their places; a reference back to a schema that
    /// it stands in stays.
    fn inlined(&self, path: &str, schema: &Value, followed: &[(&str, &Value)]) -> Value {
        match schema {
            Value::Object(object) => {
                // The same text leads elsewhere in another file.
                let reference = object.get("$ref").map(|reference| (path, reference));
                if reference.is_some_and(|reference| followed.contains(&reference)) {
                    return schema.clone();
                }
                let followed: Vec<_> = followed.iter().copied().chain(reference).collect();
                let (path, whole) = self.followed_from(path, schema);
                let parts = whole.iter();
                parts
                    .map(|(name, part)| (name.clone(), self.inlined(&path, part, &followed)))
                    .collect()
            }
            Value::Array(parts) => {
                parts.iter().map(|part| self.inlined(path, part, followed)).collect()
            }
            other => other.clone(),
        }
    }

    fn operation(&self, path: &str, file: &File) -> Operation {
        let json = &file.json;
        let id = text(&json["operationId"]);
        let required = json["request"]["required"].as_array();
        let is_required = |name: &str| {
            required.is_some_and(|names| names.iter().any(|required| required == name))
        };
        // Which page is asked for, and how long it is, is decided by the program.
        let paging = ["page", "offset", "size"].map(|word| json["paging"][word].as_str());
        let properties = file.properties.iter().map(|name| {
            let schema = &json["request"]["properties"][name];
            let is_needed = is_required(name) && !paging.contains(&Some(name));
            self.property(path, name, schema, is_needed)
        });
        Operation {
            command: kebab(&id),
            id,
            path: path.to_owned(),
            summary: said(json, "summary"),
            description: said(json, "description"),
            properties: properties.collect(),
            has_pages: json["paging"].is_object(),
            json: json.clone(),
        }
    }

    fn property(&self, path: &str, name: &str, schema: &Value, required: bool) -> Property {
        let schema = self.followed(path, schema);
        Property {
            name: name.to_owned(),
            kind: kind(name, &schema),
            required,
            description: said(&Value::Object(schema.clone()), "description"),
            schema,
        }
    }

    /// A schema with what its `$ref` leads to; what stands beside the `$ref` comes first.
    fn followed(&self, path: &str, schema: &Value) -> Map<String, Value> {
        self.followed_from(path, schema).1
    }

    /// The same, with the file that its own references are relative to.
    fn followed_from(&self, path: &str, schema: &Value) -> (String, Map<String, Value>) {
        let mut own = schema.as_object().cloned().unwrap_or_default();
        let Some(Value::String(reference)) = own.remove("$ref") else {
            return (path.to_owned(), own);
        };
        let (file, pointer) = reference.split_once('#').unwrap_or((&reference, ""));
        let file = if file.is_empty() { path.to_owned() } else { beside(path, file) };
        let target = self.files.get(file.as_str()).and_then(|file| file.json.pointer(pointer));
        let Some(target) = target else { return (path.to_owned(), own) };
        let (file, mut whole) = self.followed_from(&file, target);
        if own.contains_key("description") {
            whole.remove("descriptionZh");
        }
        whole.append(&mut own);
        (file, whole)
    }
}

/// The path of a file that is named from another one: `../common.json` in `couponput/set.json`.
fn beside(path: &str, reference: &str) -> String {
    let mut steps: Vec<&str> = path.split('/').collect();
    steps.pop();
    for step in reference.split('/') {
        match step {
            "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn kind(name: &str, schema: &Map<String, Value>) -> Kind {
    let format = schema.get("format").and_then(Value::as_str);
    match schema.get("type").and_then(Value::as_str) {
        Some("integer") if format == Some("unix-time") => Kind::Time,
        Some("integer") => Kind::Integer,
        Some("boolean") => Kind::Boolean,
        Some("string") if name.ends_with("_id") => Kind::Id,
        Some("string") => Kind::Text,
        _ => Kind::Json,
    }
}

/// A text in the language of this process.
fn said(json: &Value, name: &str) -> String {
    said_in(json, name, language::current())
}

/// A text in a language, or in English where it is not there in that.
fn said_in(json: &Value, name: &str, language: Language) -> String {
    let english = text(&json[name]);
    let chinese = text(&json[format!("{name}Zh")]);
    let chinese = if chinese.is_empty() { &english } else { &chinese };
    language.say(&english, chinese).to_owned()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// `set-coupon-placement` of `setCouponPlacement`.
fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.push(character.to_ascii_lowercase());
    }
    kebab
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(id: &str) -> Operation {
        let operations = Descriptions::load().unwrap().operations();
        operations.into_iter().find(|operation| operation.id == id).unwrap()
    }

    #[test]
    fn properties_are_described_through_their_references() {
        let set = operation("setCouponPlacement");
        assert_eq!(set.command, "set-coupon-placement");
        let kinds: Vec<(&str, Kind)> =
            set.properties.iter().map(|property| (property.name.as_str(), property.kind)).collect();
        assert_eq!(
            kinds[..3],
            [("shop_id", Kind::Integer), ("card_id", Kind::Id), ("card_describe", Kind::Text),]
        );
        assert_eq!(
            kinds[3..],
            [
                ("start_time", Kind::Time),
                ("end_time", Kind::Time),
                ("card_quantity", Kind::Integer),
            ]
        );
        assert!(set.properties[1].description.starts_with("The coupon to place."));
        assert_eq!(set.properties[1].schema["minLength"], 1);
    }

    #[test]
    fn every_operation_is_described_whole_and_its_example_can_be_sent() {
        let descriptions = Descriptions::load().unwrap();
        for operation in descriptions.operations() {
            let described = descriptions.described(&operation);
            assert!(!described.to_string().contains("$ref"), "{}", operation.id);
            let known =
                wechat_bizwifi::AnyOperation::find(wechat_bizwifi::OPERATIONS, &operation.id);
            let checked = known.unwrap().check(described["example"].to_string().as_bytes());
            assert!(checked.is_ok(), "{}: {checked:?}", operation.id);
        }
    }

    #[test]
    fn a_reference_back_to_a_schema_that_it_stands_in_stays_and_others_are_followed() {
        let own = r##"{
            "operationId": "add",
            "examples": [{ "request": 1, "response": 2 }, { "request": 3, "response": 4 }],
            "request": { "$ref": "#/$defs/item" },
            "$defs": { "item": { "properties": {
                "next": { "$ref": "#/$defs/item" },
                "other": { "oneOf": [{ "$ref": "./common.json#/$defs/other" }] }
            } } }
        }"##;
        let common = r##"{ "$defs": {
            "other": { "properties": { "item": { "$ref": "#/$defs/item" } } },
            "item": { "type": "string" }
        } }"##;
        let files = [("add.json", own), ("common.json", common)];
        let files = files.map(|(path, text)| (path, File::parse(text).unwrap()));
        let descriptions = Descriptions { files: files.into() };
        let described = descriptions.described(&descriptions.operations()[0]);
        let expected = serde_json::json!({ "properties": {
            "next": { "$ref": "#/$defs/item" },
            "other": { "oneOf": [{ "properties": { "item": { "type": "string" } } }] }
        } });
        assert_eq!(described["request"], expected);
        assert_eq!([&described["example"], &described["example_reply"]], [1, 2]);
    }

    #[test]
    fn a_description_beside_a_reference_counts_in_place_of_both_of_what_it_leads_to() {
        let text = r##"{
            "operationId": "add",
            "request": { "properties": {
                "own": { "$ref": "#/$defs/id", "description": "Own." },
                "same": { "$ref": "#/$defs/id" }
            } },
            "$defs": { "id": { "description": "An id.", "descriptionZh": "标识。" } }
        }"##;
        let files = [("add.json", File::parse(text).unwrap())].into();
        let [add] = &Descriptions { files }.operations()[..] else { panic!("one") };
        let said = |language| {
            let schemas = add.properties.iter().map(|it| Value::Object(it.schema.clone()));
            schemas.map(|schema| said_in(&schema, "description", language)).collect::<Vec<_>>()
        };
        assert_eq!(said(Language::En), ["Own.", "An id."]);
        assert_eq!(said(Language::Zh), ["Own.", "标识。"]);
    }

    #[test]
    fn a_chinese_program_says_in_chinese_what_everything_is() {
        let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..'\u{9fff}').contains(&c));
        for operation in Descriptions::load().unwrap().operations() {
            assert!(is_chinese(&said_in(&operation.json, "summary", Language::Zh)));
            for property in operation.properties {
                let said = said_in(&Value::Object(property.schema), "description", Language::Zh);
                assert!(is_chinese(&said), "{}: {said}", property.name);
            }
        }
    }

    #[test]
    fn what_the_runtime_alone_calls_is_no_command() {
        let operations = Descriptions::load().unwrap().operations();
        assert!(operations.iter().all(|operation| !operation.id.contains("AccessToken")));
    }

    #[test]
    fn a_file_is_found_from_the_one_that_names_it() {
        for (reference, expected) in [
            ("b.json", "x/y/b.json"),
            ("./b.json", "x/y/b.json"),
            ("../b.json", "x/b.json"),
            (".././../z/b.json", "z/b.json"),
        ] {
            assert_eq!(beside("x/y/a.json", reference), expected, "{reference}");
        }
    }

    #[test]
    fn what_a_property_holds_is_told_by_its_type_its_format_and_its_name() {
        for (name, schema, expected) in [
            ("a", r#"{"type":"integer","format":"unix-time"}"#, Kind::Time),
            ("a_id", r#"{"type":"integer","format":"int64"}"#, Kind::Integer),
            ("a", r#"{"type":"boolean"}"#, Kind::Boolean),
            ("a_id", r#"{"type":"string"}"#, Kind::Id),
            ("a", r#"{"type":"string","format":"unix-time"}"#, Kind::Text),
            ("a_id", r#"{"type":"array"}"#, Kind::Json),
            ("a", "{}", Kind::Json),
        ] {
            assert_eq!(kind(name, &serde_json::from_str(schema).unwrap()), expected, "{schema}");
        }
    }
}
