//! Emits structs, with a line for each property.
//!
//! ```text
//! { "type": "object", "properties": { "shop_id": { "type": "integer", "minimum": 0 } }, .. }
//!
//! rt::sent! {
//!     pub struct GetShop, builder: GetShopBuilder, additional: Refused {
//!         required copy shop_id: i64 as "shop_id", [Minimum(0)];
//!     }
//! }
//! ```

use super::attributes::marks;
use super::constructor::Constructor;
use super::examples::{self, Examples};
use super::text::{folded, type_text};
use super::types::field_type;
use super::{Chunk, Line, Style, Table, calls, docs, rules};
use crate::model::{
    ADDITIONAL_FIELD, AdditionalProperties, Body, Object, Property, TypeExpr, TypeId,
};
use crate::plan::{FieldOrder, Plan, Planned, ResidualCheck};
use crate::shape::Field;
use crate::util::CollectVec as _;

/// Emits an object, with a line for each field of the struct that typify shaped. The macro `sent`
/// makes the fields private, so that no invalid value can be made.
pub(super) fn object(
    examples: &Examples<'_>,
    id: TypeId,
    object: &Object,
    fields: &[Field],
) -> Vec<Chunk> {
    let Examples { plan, style, .. } = examples;
    let planned = plan.of(id);
    let named_type = plan.model.get(id);
    let example = if planned.sent { Vec::new() } else { examples.received(id) };
    let additional = match &object.additional {
        AdditionalProperties::Ignored => "Ignored",
        AdditionalProperties::Refused => "Refused",
        AdditionalProperties::Kept(_) => "Kept",
    };
    let name = &named_type.name;
    let (macro_name, builder) = if planned.sent {
        ("sent", format!("builder: {name}Builder,"))
    } else {
        ("received", String::new())
    };
    let head = Line {
        docs: docs::wrap(&docs::with_lines(struct_docs(plan, id, style), &example)),
        attributes: marks(named_type.deprecated),
        text: folded(1, &head(name, &builder, additional)),
    };
    let properties = object.properties.iter().zip(fields);
    let lines = properties.map(|(property, field)| line(plan, id, property, field));
    let trailing = additional_line(plan, id, object).into_iter();
    let patterns = rules::have_pattern(plan, id, &object.properties);
    let trailing = trailing.chain(patterns.then(|| "patterns once;".to_owned()));
    let trailing = trailing.chain(residual_lines(plan, id));
    let pages = planned.sent.then(|| example_lines(examples, id, object));
    let trailing = trailing.chain(pages.into_iter().flatten());
    let table = Table::item(macro_name, &head, lines.collect_vec()).and(trailing);
    let constructor = planned.sent.then(|| Constructor::of(plan, id, object)).flatten();
    let new = constructor.map(|constructor| constructor.item(plan, id, object));
    std::iter::once(Chunk::Table(table)).chain(new).collect_vec()
}

fn head(name: &str, builder: &str, additional: &str) -> Vec<Vec<String>> {
    let parts =
        [format!("pub struct {name},"), builder.to_owned(), format!("additional: {additional} {{")];
    parts.into_iter().filter(|part| !part.is_empty()).map(|part| vec![part]).collect_vec()
}

/// The documentation that the page of a sent object and the page of its builder have in common.
fn example_lines(examples: &Examples<'_>, id: TypeId, object: &Object) -> Vec<String> {
    let lines = examples.sent(id);
    if lines.is_empty() {
        return lines;
    }
    let required = examples::required(object).unwrap_or_default();
    let docs = docs::wrap(&docs::with_lines(required, &lines));
    let docs = docs.iter().map(|line| format!("    /// {line}").trim_end().to_owned());
    let open = std::iter::once("pages {".to_owned());
    open.chain(docs).chain(["}".to_owned()]).collect_vec()
}

/// A request's documentation names the call that it is for, and a reply's the call that it answers.
fn struct_docs(plan: &Plan<'_>, id: TypeId, style: &Style) -> String {
    let named_type = plan.model.get(id);
    let Some(operation) = plan.model.operation_of(id) else {
        let limits = match &named_type.body {
            Body::Object(object) => docs::residual_limits(&object.residuals),
            _ => Vec::new(),
        };
        let facts = limits.into_iter().chain(calls::reply_of(plan, id, style)).collect_vec();
        return docs::named(named_type.docs.as_ref(), &facts);
    };
    let description = named_type.docs.as_ref().unwrap_or(&operation.docs.summary);
    docs::named(Some(description), &[calls::request_of(operation, style)])
}

/// The line of the additional properties, if they are kept.
fn additional_line(plan: &Plan<'_>, id: TypeId, object: &Object) -> Option<String> {
    let AdditionalProperties::Kept(ty) = &object.additional else { return None };
    let rust = type_text(&super::types::rust_type(plan, ty));
    let head = vec![format!("additional {ADDITIONAL_FIELD}: {rust}")];
    Some(rules::line(plan, id, head, ty))
}

/// The lines of the residual rules: orders of fields, or the type's table.
fn residual_lines(plan: &Plan<'_>, id: TypeId) -> Vec<String> {
    let word = match plan.residual_check(id) {
        Some(ResidualCheck::Orders(orders)) => return order_lines(orders),
        Some(ResidualCheck::OnFields) => "validate_fields",
        Some(ResidualCheck::OnValue) => "validate_json",
        None => "table",
    };
    plan.table(id).map(|table| format!("{word} {table};")).into_iter().collect_vec()
}

fn order_lines(orders: &[FieldOrder]) -> Vec<String> {
    let line = |order: &FieldOrder| {
        let relation = if order.or_equal { "<=" } else { "<" };
        let [first, second] = [&order.first, &order.second].map(|it| format!("{it:?}"));
        folded(2, &[vec![first], vec![relation.to_owned()], vec![second + ";"]])
    };
    let rows = orders.iter().map(line).collect_vec().join("\n");
    let rows = rows.lines().map(|row| format!("    {row}"));
    std::iter::once("orders {".to_owned()).chain(rows).chain(["}".to_owned()]).collect_vec()
}

fn line(plan: &Plan<'_>, owner: TypeId, property: &Property, field: &Field) -> Line {
    let planned = plan.of(owner);
    let presence = presence(plan, property, planned, field);
    let view =
        if planned.sent { format!("{} ", view(plan, owner, property)) } else { String::new() };
    let ty = type_text(&field_type(plan, owner, &property.ty));
    let mut names = format!("as {:?}", property.name);
    for alias in &property.aliases {
        names.push_str(&format!(" or {alias:?}"));
    }
    let head = vec![format!("{presence} {view}{}: {ty}", property.field), names];
    let text = rules::line(plan, owner, head, &property.ty);
    let docs = docs::wrap(&docs::property(property));
    Line { docs, attributes: marks(property.deprecated), text }
}

fn presence(plan: &Plan<'_>, property: &Property, planned: Planned, field: &Field) -> &'static str {
    if field.is_optional {
        "optional"
    } else if planned.sent && plan.is_fixed(property) {
        "fixed"
    } else {
        "required"
    }
}

/// The form in which a getter returns the value.
pub(crate) fn view(plan: &Plan<'_>, owner: TypeId, property: &Property) -> &'static str {
    let ty = match &property.ty {
        TypeExpr::Constrained(ty, _) => ty,
        ty => ty,
    };
    match ty {
        TypeExpr::Text(_) => "str",
        ty if plan.traits(ty).copy && !plan.is_boxed(owner, &property.ty) => "copy",
        _ => "borrow",
    }
}
