//! The meta-schema of descriptions, for editors. It is made from types that mirror what the other
//! modules here read, and from the table of keywords.

mod files;

use schemars::JsonSchema;
use schemars::r#gen::{SchemaGenerator, SchemaSettings};
use schemars::schema::Schema as Generated;
use serde_json::{Map, Value, json};
use wechat_bizwifi_rules::JsonType;

use self::files::{File, NamedValue};
use super::codes::CLASSES;
use super::keyword_facts::{Holds, Plain, Support};
use super::keywords::{Keyword, KeywordInfo, of_schemas};

/// The JSON Schema that every description is valid against, as text.
pub fn meta_schema() -> String {
    let settings = SchemaSettings::draft2019_09().with(|settings| {
        settings.option_add_null_type = false;
        DEFINITIONS.clone_into(&mut settings.definitions_path);
        settings.meta_schema = Some("https://json-schema.org/draft/2020-12/schema".to_owned());
    });
    let root = settings.into_generator().into_root_schema_for::<File>();
    // Strings, numbers and maps of them can always be written.
    let mut root = serde_json::to_value(root).unwrap_or_default();
    if let Some(root) = root.as_object_mut()
        && let Some(definitions) = root.remove("definitions")
    {
        root.insert("$defs".to_owned(), definitions);
    }
    // Another crate of the same build may have asked serde_json to keep the order of insertion.
    root.sort_all_objects();
    let text = serde_json::to_string_pretty(&root).unwrap_or_default();
    format!("{text}\n")
}

/// Where definitions are. schemars 0.8 knows drafts up to 2019-09; of what is used here, only this
/// differs in draft 2020-12.
const DEFINITIONS: &str = "#/$defs/";

/// What can be done about a return code.
pub(super) struct Class;

impl JsonSchema for Class {
    fn schema_name() -> String {
        "Class".to_owned()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Generated {
        let names: Vec<&str> = CLASSES.iter().map(|(name, _)| *name).collect();
        generated(json!({ "type": "string", "enum": names }))
    }
}

/// A schema: the keywords that are not refused.
pub(super) struct AcceptedSchema;

impl JsonSchema for AcceptedSchema {
    fn schema_name() -> String {
        "Schema".to_owned()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Generated {
        // The table's rows below refer to its definition.
        generator.subschema_for::<NamedValue>();
        let known = of_schemas().filter(|info| !matches!(info.support, Support::Refused(_)));
        let properties: Map<String, Value> =
            known.map(|info| (info.name.to_owned(), property(info))).collect();
        generated(json!({
            "description": "A JSON Schema, of the keywords that are enforced.",
            "type": ["object", "boolean"],
            "properties": properties,
            "additionalProperties": false,
        }))
    }
}

fn property(info: &KeywordInfo) -> Value {
    let mut property = match info.holds {
        Holds::Schema => schema(),
        Holds::Schemas => array_of(&schema()),
        Holds::SchemaMap => object_of(&schema()),
        Holds::Data(held) => data(info.keyword, held),
    };
    // Before JSON Schema 2020-12 it could be an array.
    if info.keyword == Keyword::Items {
        property = json!({ "anyOf": [property, array_of(&schema())] });
    }
    property["description"] = json!(info.meaning);
    property
}

/// The schema of a keyword that holds no schemas; any value, where only the generator checks it.
fn data(keyword: Keyword, held: Plain) -> Value {
    let text = json!({ "type": "string" });
    match held {
        Plain::Text => text,
        Plain::Texts => array_of(&text),
        Plain::Flag => json!({ "type": "boolean" }),
        Plain::Number => json!({ "type": "number" }),
        Plain::Count => json!({ "type": "integer", "minimum": 0 }),
        Plain::Array => json!({ "type": "array" }),
        Plain::Other => data_of_its_own(keyword),
    }
}

fn data_of_its_own(keyword: Keyword) -> Value {
    let text = json!({ "type": "string" });
    match keyword {
        Keyword::MultipleOf => json!({ "type": "number", "exclusiveMinimum": 0 }),
        Keyword::Type => json!({ "anyOf": [json_type(), array_of(&json_type())] }),
        Keyword::DependentRequired => object_of(&array_of(&text)),
        Keyword::PropertyOrder => array_of(&json!({
            "type": "array",
            "prefixItems": [text, { "enum": ["<", "<="] }, text],
            "minItems": 3,
            "maxItems": 3,
        })),
        Keyword::NamedValues => object_of(&json!({ "$ref": format!("{DEFINITIONS}NamedValue") })),
        _ => json!({}),
    }
}

fn json_type() -> Value {
    json!({ "enum": JsonType::NAMES.map(|(name, _)| name) })
}

fn schema() -> Value {
    json!({ "$ref": format!("{DEFINITIONS}Schema") })
}

fn array_of(items: &Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn object_of(values: &Value) -> Value {
    json!({ "type": "object", "additionalProperties": values })
}

/// A schema that is written as JSON.
fn generated(schema: Value) -> Generated {
    serde_json::from_value(schema).unwrap_or(Generated::Bool(true))
}
