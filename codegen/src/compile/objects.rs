//! Keywords of objects.
//!
//! ```text
//! { "properties": { "a": A }, "additionalProperties": false }
//!
//! [Properties { named: [("a", A)], patterns: [], additional: [Never] }]
//! ```

use wechat_bizwifi_rules::{Pattern, Properties, Rule, SchemaRef};

use super::schema::Schema;
use crate::schema::{Keyword, Located};
use crate::source::Value;

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

pub(super) fn property_names(schema: &mut Schema<'_, '_>) {
    let child = schema.child_of(Keyword::PropertyNames);
    schema.rules.extend(child.map(Rule::PropertyNames));
}

pub(super) fn required(schema: &mut Schema<'_, '_>) {
    let Some(value) = schema.get(Keyword::Required) else { return };
    let names = schema.strings(&value);
    if !names.is_empty() {
        schema.add(Rule::Required(names));
    }
}

pub(super) fn min_properties(schema: &mut Schema<'_, '_>) {
    schema.add_count(Keyword::MinProperties, Rule::MinProperties);
}

pub(super) fn max_properties(schema: &mut Schema<'_, '_>) {
    schema.add_count(Keyword::MaxProperties, Rule::MaxProperties);
}

pub(super) fn dependent_required(schema: &mut Schema<'_, '_>) {
    let entries = entries(schema, Keyword::DependentRequired);
    let names = entries.iter().map(|(name, value)| (*name, schema.strings(value))).collect();
    let names = schema.slice(names);
    schema.add(Rule::DependentRequired(names));
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

pub(super) fn unevaluated(schema: &mut Schema<'_, '_>) {
    let child = schema.child_of(Keyword::UnevaluatedProperties);
    schema.rules.extend(child.map(Rule::UnevaluatedProperties));
}
