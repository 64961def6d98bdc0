//! Keywords of objects.
//!
//! ```text
//! { "properties": { "a": A }, "additionalProperties": false }
//!
//! [Properties { named: [("a", A)], patterns: [], additional: [Never] }]
//! ```

use wechat_bizwifi_rules::{Pattern, Properties, PropertyOrder, Rule, SchemaRef};

use super::rule_builder::RuleBuilder;
use crate::schema::{Keyword, Located, is_property_order};
use crate::source::{Object, Value};
use crate::util::{CollectVec as _, sort_by};

pub(super) fn properties(builder: &mut RuleBuilder<'_, '_>) {
    let mut named = schema_entries(builder, Keyword::Properties);
    sort_names(&mut named);
    let named = builder.slice(&named);
    let patterns = patterns(builder);
    let additional = builder.child_of(Keyword::AdditionalProperties);
    let properties = builder.alloc(Properties { named, patterns, additional });
    builder.add(Rule::Properties(properties));
}

/// Sorts properties by name if there are more than a few: then the evaluator searches by halves.
pub(crate) fn sort_names(named: &mut [(&str, SchemaRef<'_>)]) {
    if named.len() > Properties::FEW {
        sort_by(named, |a, b| a.0.cmp(b.0));
    }
}

fn entries<'s>(builder: &mut RuleBuilder<'_, 's>, keyword: Keyword) -> Vec<(&'s str, Located<'s>)> {
    let value = builder.get(keyword);
    value.map_or_else(Vec::new, |value| value.properties())
}

fn schema_entries<'s>(
    builder: &mut RuleBuilder<'_, 's>,
    keyword: Keyword,
) -> Vec<(&'s str, SchemaRef<'s>)> {
    let entries = entries(builder, keyword);
    entries.into_iter().map(|(name, value)| (name, builder.child(value, keyword))).collect_vec()
}

fn patterns<'s>(builder: &mut RuleBuilder<'_, 's>) -> &'s [(&'s Pattern<'s>, SchemaRef<'s>)] {
    let mut patterns = Vec::new();
    for (source, value) in entries(builder, Keyword::PatternProperties) {
        if let Some(pattern) = builder.pattern(source, &value) {
            patterns.push((pattern, builder.child(value, Keyword::PatternProperties)));
        }
    }
    builder.slice(&patterns)
}

pub(super) fn required(builder: &mut RuleBuilder<'_, '_>) {
    let Some(value) = builder.get(Keyword::Required) else { return };
    let names = builder.required_names(&value);
    if !names.is_empty() {
        builder.add(Rule::Required(names));
    }
}

pub(super) fn dependent_required(builder: &mut RuleBuilder<'_, '_>) {
    let entries = entries(builder, Keyword::DependentRequired);
    add_dependent_required(builder, &entries);
}

fn add_dependent_required<'s>(
    builder: &mut RuleBuilder<'_, 's>,
    entries: &[(&'s str, Located<'s>)],
) {
    let names = entries.iter().map(|(name, value)| (*name, builder.required_names(value)));
    let names = names.filter(|(_, required)| !required.is_empty()).collect_vec();
    if !names.is_empty() {
        let names = builder.slice(&names);
        builder.add(Rule::DependentRequired(names));
    }
}

/// A keyword that JSON Schema does not have: `"propertyOrder": [["start", "<=", "end"]]`.
pub(super) fn property_order(builder: &mut RuleBuilder<'_, '_>) {
    let Some(value) = builder.get(Keyword::PropertyOrder) else { return };
    if value.is_document() && !is_property_order(&value.node.value) {
        return;
    }
    let orders = value.items().iter().filter_map(|item| order(builder, item)).collect_vec();
    let orders = builder.slice(&orders);
    builder.add(Rule::PropertyOrder(orders));
}

fn order<'s>(builder: &mut RuleBuilder<'_, 's>, item: &Located<'s>) -> Option<PropertyOrder<'s>> {
    let parts = item.items();
    let [first, relation, second] = parts.as_slice() else {
        item.must_be("a property, `<` or `<=`, and another property");
        return None;
    };
    let or_equal = relation.one_of(&[("<", false), ("<=", true)]).ok()?;
    let first = ordered(builder, first)?;
    Some(PropertyOrder { first, or_equal, second: ordered(builder, second)? })
}

/// The name of a property whose values have an order. Others are reported, since a rule on them
/// would have no effect.
fn ordered<'s>(builder: &mut RuleBuilder<'_, 's>, name: &Located<'s>) -> Option<&'s str> {
    let text = name.text().ok()?;
    let properties = builder.get(Keyword::Properties);
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

pub(super) fn dependent_schemas(builder: &mut RuleBuilder<'_, '_>) {
    let schemas = schema_entries(builder, Keyword::DependentSchemas);
    let schemas = builder.slice(&schemas);
    builder.add(Rule::DependentSchemas(schemas));
}

/// The keyword that 2019-09 split in two: an array became `dependentRequired`, a schema
/// `dependentSchemas`.
pub(super) fn dependencies(builder: &mut RuleBuilder<'_, '_>) {
    let entries = entries(builder, Keyword::Dependencies).into_iter();
    let (names, schemas): (Vec<_>, Vec<_>) = entries.partition(|(_, value)| value.node.is_array());
    add_dependent_required(builder, &names);
    if !schemas.is_empty() {
        let child = |(name, value)| (name, builder.child(value, Keyword::Dependencies));
        let schemas = schemas.into_iter().map(child).collect_vec();
        let schemas = builder.slice(&schemas);
        builder.add(Rule::DependentSchemas(schemas));
    }
}
