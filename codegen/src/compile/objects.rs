//! Keywords of objects.
//!
//! ```text
//! { "properties": { "a": A }, "additionalProperties": false }
//!
//! [Properties { named: [("a", A)], patterns: [], additional: [Never] }]
//! ```

use std::collections::HashSet;

use wechat_bizwifi_rules::{Pattern, Properties, PropertyOrder, Rule, SchemaRef};

use super::schema::Schema;
use crate::model::Direction;
use crate::schema::{Keyword, Located};
use crate::source::{Object, Value};

pub(super) fn properties(schema: &mut Schema<'_, '_>) {
    let named = schema_map(schema, Keyword::Properties);
    let patterns = patterns(schema);
    let additional = schema.child_of(Keyword::AdditionalProperties);
    let properties = schema.alloc(Properties { named, patterns, additional });
    schema.add(Rule::Properties(properties));
}

fn entries<'s>(schema: &mut Schema<'_, 's>, keyword: Keyword) -> Vec<(&'s str, Located<'s>)> {
    let value = schema.get(keyword);
    value.map_or_else(Vec::new, |value| value.properties())
}

fn schema_map<'s>(schema: &mut Schema<'_, 's>, keyword: Keyword) -> &'s [(&'s str, SchemaRef<'s>)] {
    let entries = entries(schema, keyword);
    let schemas = entries.into_iter().map(|(name, value)| (name, schema.child(value))).collect();
    schema.slice(schemas)
}

fn patterns<'s>(schema: &mut Schema<'_, 's>) -> &'s [(&'s Pattern<'s>, SchemaRef<'s>)] {
    let mut patterns = Vec::new();
    for (source, value) in entries(schema, Keyword::PatternProperties) {
        if let Some(pattern) = schema.pattern(source, &value) {
            patterns.push((pattern, schema.child(value)));
        }
    }
    schema.slice(patterns)
}

pub(super) fn required(schema: &mut Schema<'_, '_>) {
    let Some(value) = schema.get(Keyword::Required) else { return };
    let names = schema.strings(&value).iter().copied();
    let names = names.filter(|name| !is_absent(schema, name)).collect();
    let names = schema.slice(names);
    if !names.is_empty() {
        schema.add(Rule::Required(names));
    }
}

/// Whether a property is there in the other direction only: a `readOnly` one is not sent, a `writeOnly`
/// one is not received.
fn is_absent(schema: &mut Schema<'_, '_>, name: &str) -> bool {
    let keyword = match schema.compiler.scopes.direction(schema.position.scope) {
        Some(Direction::Sent) => Keyword::ReadOnly,
        Some(Direction::Received) => Keyword::WriteOnly,
        None => return false,
    };
    let mut properties = entries(schema, Keyword::Properties).into_iter();
    properties.any(|(known, property)| known == name && says(schema, &property, keyword))
}

/// Whether a schema, what its `$ref` leads to or one of its `allOf` says yes to something.
fn says<'s>(schema: &mut Schema<'_, 's>, of: &Located<'s>, keyword: Keyword) -> bool {
    let mut left = vec![of.clone()];
    let mut seen = HashSet::new();
    while let Some(next) = left.pop() {
        let Value::Object(object) = &next.node.value else { continue };
        if !seen.insert(std::ptr::from_ref(next.node)) {
            continue;
        }
        if matches!(object.get(keyword.name()).map(|node| &node.value), Some(Value::Bool(true))) {
            return true;
        }
        let below = |keyword: Keyword| object.get(keyword.name()).map(|it| (keyword.name(), it));
        left.extend(
            below(Keyword::AllOf).iter().flat_map(|(name, it)| next.below(name, it).items()),
        );
        let target = below(Keyword::Ref).map(|(name, it)| next.below(name, it));
        left.extend(target.and_then(|it| schema.compiler.target(&next, &it).ok()));
    }
    false
}

pub(super) fn dependent_required(schema: &mut Schema<'_, '_>) {
    let entries = entries(schema, Keyword::DependentRequired);
    let names = entries.iter().map(|(name, value)| (*name, schema.strings(value))).collect();
    let names = schema.slice(names);
    schema.add(Rule::DependentRequired(names));
}

/// The format's own keyword: `[["start", "<=", "end"]]`.
pub(super) fn property_order(schema: &mut Schema<'_, '_>) {
    let Some(value) = schema.get(Keyword::PropertyOrder) else { return };
    let orders = value.items().iter().filter_map(|item| order(schema, item)).collect();
    let orders = schema.slice(orders);
    schema.add(Rule::PropertyOrder(orders));
}

fn order<'s>(schema: &mut Schema<'_, 's>, item: &Located<'s>) -> Option<PropertyOrder<'s>> {
    let parts = item.items();
    let [first, relation, second] = parts.as_slice() else {
        item.must_be("a property, `<` or `<=`, and another property");
        return None;
    };
    let or_equal = relation.one_of(&[("<", false), ("<=", true)]).ok()?;
    let first = ordered(schema, first)?;
    Some(PropertyOrder { first, or_equal, second: ordered(schema, second)? })
}

/// The name of a property whose values have an order. No other would ever be out of order.
fn ordered<'s>(schema: &mut Schema<'_, 's>, name: &Located<'s>) -> Option<&'s str> {
    let text = name.text().ok()?;
    let properties = schema.get(Keyword::Properties);
    let of_name = properties.and_then(|properties| properties.object().ok()?.get(text));
    match of_name.map(|node| &node.value) {
        None => {
            name.error(format!("`{text}` is no property of this schema"))
                .help("name two of its `properties`");
            None
        }
        Some(Value::Object(property)) if has_no_order(property) => {
            name.error(format!("the values of `{text}` have no order"))
                .help("name numbers, or strings of the format `date` or `date-time`");
            None
        }
        Some(_) => Some(text),
    }
}

/// Whether a schema says at once that its values have no order.
fn has_no_order(property: &Object) -> bool {
    let text = |keyword: Keyword| match &property.get(keyword.name())?.value {
        Value::String(text) => Some(text.as_str()),
        _ => None,
    };
    match text(Keyword::Type) {
        Some("string") => !matches!(text(Keyword::Format), Some("date" | "date-time")),
        Some(json_type) => !matches!(json_type, "integer" | "number"),
        None => false,
    }
}

pub(super) fn dependent_schemas(schema: &mut Schema<'_, '_>) {
    let schemas = schema_map(schema, Keyword::DependentSchemas);
    schema.add(Rule::DependentSchemas(schemas));
}

/// What was split in two in 2019-09: an array is `dependentRequired`, a schema `dependentSchemas`.
pub(super) fn dependencies(schema: &mut Schema<'_, '_>) {
    let (mut names, mut schemas) = (Vec::new(), Vec::new());
    for (name, value) in entries(schema, Keyword::Dependencies) {
        match value.node.value {
            Value::Array(_) => names.push((name, schema.strings(&value))),
            _ => schemas.push((name, schema.child(value))),
        }
    }
    if !names.is_empty() {
        let names = schema.slice(names);
        schema.add(Rule::DependentRequired(names));
    }
    if !schemas.is_empty() {
        let schemas = schema.slice(schemas);
        schema.add(Rule::DependentSchemas(schemas));
    }
}
