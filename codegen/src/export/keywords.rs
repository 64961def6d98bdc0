//! Keywords that the document writes in another way than the description.
//!
//! ```text
//! { "type": "integer", "format": "unix-time", "minimum": 0 }
//!
//! { "type": "integer", "format": "int64", "minimum": 0, "maximum": 9223372036854775807,
//!   "x-format": "unix-time" }
//! ```

use super::json::{Fields, Json};
use wechat_bizwifi_rules::JsonType;

use crate::model::Integer;
use crate::schema::Keyword;
use crate::source::{Node, Number, Object, Value};

/// A schema that is being written.
pub(super) struct Partial<'a> {
    /// The schema as it is described.
    pub(super) object: &'a Object,
    /// Whether a Rust type is made of the schema; else the schema only checks values.
    pub(super) is_type: bool,
    pub(super) fields: Fields,
    /// Schemas for `allOf`, such as references.
    pub(super) parts: Vec<Json>,
    /// Whether some of the fields are rules.
    pub(super) has_rules: bool,
}

/// The name that a keyword has in the document.
pub(super) fn own_name(keyword: Keyword) -> &'static str {
    match keyword {
        Keyword::Aliases => "x-aliases",
        Keyword::DescriptionZh => "x-description-zh",
        Keyword::NamedValues => "x-named-values",
        Keyword::PropertyOrder => "x-property-order",
        Keyword::RustFieldName => "x-rust-field-name",
        Keyword::Sensitive => "x-sensitive",
        keyword => keyword.name(),
    }
}

/// Whether a keyword in the schema of a property is about the property, and not about its values.
pub(super) fn is_of_property(keyword: Keyword) -> bool {
    matches!(
        keyword,
        Keyword::Aliases | Keyword::RustFieldName | Keyword::ReadOnly | Keyword::WriteOnly
    )
}

/// Finishes a schema after all of its keywords were written.
pub(super) fn finish(mut partial: Partial<'_>) -> Fields {
    write_format(&mut partial);
    write_range(&mut partial);
    write_values(&mut partial);
    let Partial { mut fields, mut parts, has_rules, .. } = partial;
    match (parts.as_slice(), has_rules) {
        ([], _) => fields,
        ([Json::Object(reference)], false) if reference.get("$ref").is_some() => {
            let mut alone = reference.clone();
            alone.extend(fields);
            alone
        }
        // Tools that drop what stands beside a `$ref` would drop rules here.
        _ => {
            if let Some(Json::Array(branches)) = fields.get("allOf") {
                parts.extend(branches.iter().cloned());
            }
            fields.set("allOf", Json::Array(parts));
            fields
        }
    }
}

/// Writes a format that tools know: they know the range of `int64`, and not of `unix-time`. They
/// hide the input for the format `password`, so a secret has it.
fn write_format(partial: &mut Partial<'_>) {
    let is_secret = partial.object.get("sensitive").is_some_and(Node::is_true);
    match partial.object.text("format") {
        Some(format @ ("unix-time" | "unix-time-ms")) => {
            partial.fields.set("format", "int64");
            partial.fields.set("x-format", format);
        }
        None if is_secret && partial.parts.is_empty() => {
            partial.fields.set("format", "password");
        }
        _ => {}
    }
}

/// Writes the range of an integer's format, or of the Rust type that holds it, as bounds: formats
/// are annotations in OpenAPI.
fn write_range(partial: &mut Partial<'_>) {
    let Some(integer) = integer(partial) else { return };
    let (least, greatest) = integer.range();
    let object = partial.object;
    let bound = |name| number(object, name);
    let (least, greatest) = (Number::from(least), Number::from(greatest));
    let minimum = bound("minimum").filter(|stated| *stated > least);
    let maximum = bound("maximum").filter(|stated| *stated < greatest);
    if minimum.is_none() && bound("exclusiveMinimum").is_none_or(|stated| stated < least) {
        partial.fields.set("minimum", Json::raw(least));
    }
    if maximum.is_none() && bound("exclusiveMaximum").is_none_or(|stated| stated > greatest) {
        partial.fields.set("maximum", Json::raw(greatest));
    }
}

fn number(object: &Object, keyword: &str) -> Option<Number> {
    match object.get(keyword).map(|node| &node.value) {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    }
}

/// The integer type that holds the numbers of a schema, by its format or by its bounds.
fn integer(partial: &Partial<'_>) -> Option<Integer> {
    match partial.object.text("format") {
        None | Some("unix-time" | "unix-time-ms")
            if partial.is_type && is_plain_integer(partial.object) =>
        {
            let bound = |name| number(partial.object, name);
            let least = bound("minimum").or_else(|| bound("exclusiveMinimum"));
            Integer::holding(least, bound("maximum").or_else(|| bound("exclusiveMaximum")))
        }
        format => Integer::of_format(format?),
    }
}

/// Whether a schema allows integers, and does not list its values.
fn is_plain_integer(object: &Object) -> bool {
    let stated = object.get("type").and_then(Node::named_types).unwrap_or_default();
    stated.contains(&JsonType::Integer)
        && ["const", "enum", "oneOf"].iter().all(|name| object.get(name).is_none())
}

/// Gives a `const` its `type`, and moves an `enum` beside it into `allOf`: tools for different
/// versions of OpenAPI read a `const` without these differently.
fn write_values(partial: &mut Partial<'_>) {
    let Some(only) = partial.object.get("const") else { return };
    if partial.object.get("type").is_none() {
        partial.fields.set("type", only.json_type().name());
    }
    if let Some(values) = partial.fields.remove("enum") {
        partial.parts.push(Fields::new().with("enum", values).into());
    }
}
