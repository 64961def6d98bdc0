//! Keywords of objects.
//!
//! ```text
//! { "properties": { "a": A }, "additionalProperties": false }
//!
//! [Properties { named: [("a", A)], patterns: [], additional: [Never] }]
//! ```

use crate::collect_vec::CollectVec as _;
use wechat_bizwifi_rules::{Pattern, Properties, PropertyOrder, Rule, SchemaRef};

use super::schema::Schema;
use crate::schema::{Keyword, Located, is_order};
use crate::sort::sort_by;
use crate::source::{Object, Value};

pub(super) fn properties(schema: &mut Schema<'_, '_>) {
    let mut named = schema_entries(schema, Keyword::Properties);
    sort_names(&mut named);
    let named = schema.slice(&named);
    let patterns = patterns(schema);
    let additional = schema.child_of(Keyword::AdditionalProperties);
    let properties = schema.alloc(Properties { named, patterns, additional });
    schema.add(Rule::Properties(properties));
}

/// Sorts properties by name if there are more than a few: then the evaluator searches by halves.
pub(crate) fn sort_names(named: &mut [(&str, SchemaRef<'_>)]) {
    if named.len() > Properties::FEW {
        sort_by(named, |a, b| a.0.cmp(b.0));
    }
}

fn entries<'s>(schema: &mut Schema<'_, 's>, keyword: Keyword) -> Vec<(&'s str, Located<'s>)> {
    let value = schema.get(keyword);
    value.map_or_else(Vec::new, |value| value.properties())
}

fn schema_entries<'s>(
    schema: &mut Schema<'_, 's>,
    keyword: Keyword,
) -> Vec<(&'s str, SchemaRef<'s>)> {
    let entries = entries(schema, keyword);
    entries.into_iter().map(|(name, value)| (name, schema.child(value, keyword))).collect_vec()
}

fn patterns<'s>(schema: &mut Schema<'_, 's>) -> &'s [(&'s Pattern<'s>, SchemaRef<'s>)] {
    let mut patterns = Vec::new();
    for (source, value) in entries(schema, Keyword::PatternProperties) {
        if let Some(pattern) = schema.pattern(source, &value) {
            patterns.push((pattern, schema.child(value, Keyword::PatternProperties)));
        }
    }
    schema.slice(&patterns)
}

pub(super) fn required(schema: &mut Schema<'_, '_>) {
    let Some(value) = schema.get(Keyword::Required) else { return };
    let names = schema.demanded(&value);
    if !names.is_empty() {
        schema.add(Rule::Required(names));
    }
}

pub(super) fn dependent_required(schema: &mut Schema<'_, '_>) {
    let entries = entries(schema, Keyword::DependentRequired);
    add_dependent_required(schema, &entries);
}

fn add_dependent_required<'s>(schema: &mut Schema<'_, 's>, entries: &[(&'s str, Located<'s>)]) {
    let names = entries.iter().map(|(name, value)| (*name, schema.demanded(value)));
    let names = names.filter(|(_, demanded)| !demanded.is_empty()).collect_vec();
    if !names.is_empty() {
        let names = schema.slice(&names);
        schema.add(Rule::DependentRequired(names));
    }
}

/// A keyword that JSON Schema does not have: `"propertyOrder": [["start", "<=", "end"]]`.
pub(super) fn property_order(schema: &mut Schema<'_, '_>) {
    let Some(value) = schema.get(Keyword::PropertyOrder) else { return };
    if value.is_document() && !is_order(&value.node.value) {
        return;
    }
    let orders = value.items().iter().filter_map(|item| order(schema, item)).collect_vec();
    let orders = schema.slice(&orders);
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

/// The name of a property whose values have an order. Others are reported, since a rule on them
/// would have no effect.
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

/// Whether the `type` and `format` of a schema say that its values have no order.
fn has_no_order(property: &Object) -> bool {
    match property.text("type") {
        Some("string") => !matches!(property.text("format"), Some("date" | "date-time")),
        Some(json_type) => !matches!(json_type, "integer" | "number"),
        None => false,
    }
}

pub(super) fn dependent_schemas(schema: &mut Schema<'_, '_>) {
    let schemas = schema_entries(schema, Keyword::DependentSchemas);
    let schemas = schema.slice(&schemas);
    schema.add(Rule::DependentSchemas(schemas));
}

/// The keyword that 2019-09 split in two: an array became `dependentRequired`, a schema
/// `dependentSchemas`.
pub(super) fn dependencies(schema: &mut Schema<'_, '_>) {
    let entries = entries(schema, Keyword::Dependencies).into_iter();
    let (names, schemas): (Vec<_>, Vec<_>) = entries.partition(|(_, value)| value.node.is_array());
    add_dependent_required(schema, &names);
    if !schemas.is_empty() {
        let child = |(name, value)| (name, schema.child(value, Keyword::Dependencies));
        let schemas = schemas.into_iter().map(child).collect_vec();
        let schemas = schema.slice(&schemas);
        schema.add(Rule::DependentSchemas(schemas));
    }
}
