//! Structs, and the table that gives each its behaviour.

use syn::{Fields, Item, ItemStruct, parse_quote};

use super::scalars::{deprecated, derives};
use super::types::{field_type, ident, to_line};
use super::{Chunk, Line, Table, docs, rules};
use crate::model::{Body, OTHERS_FIELD, Object, Others, Property, Shape, Type, TypeId};
use crate::plan::{Plan, Planned};

/// With more properties than this, arguments would be confused with each other.
const MOST_ARGUMENTS: usize = 2;

/// An object: the struct that typify has shaped, and its table.
pub(super) fn object(
    plan: &Plan<'_>,
    id: TypeId,
    object: &Object,
    planned: Planned,
    shaped: Option<ItemStruct>,
) -> Vec<Chunk> {
    let made = plan.model.get(id);
    let Some(mut item) = shaped else { return Vec::new() };
    finish_struct(plan, made, object, planned, &mut item);
    let mut chunks = vec![Chunk::item(Item::Struct(item))];
    if planned.sent {
        chunks.extend(new(plan, made, object));
    }
    chunks.push(Chunk::Table(table(plan, id, object, planned)));
    chunks
}

/// Gives the struct its documentation, derives and visibility. What is sent keeps its fields
/// private, so that nothing invalid can be made of it.
fn finish_struct(
    plan: &Plan<'_>,
    made: &Type,
    object: &Object,
    planned: Planned,
    item: &mut ItemStruct,
) {
    let text = struct_docs(plan, made);
    let mut attributes = docs::attributes(&text);
    attributes.extend(deprecated(made.deprecated));
    attributes.push(derives(planned.traits, &["rt::Serialize"]));
    attributes.push(parse_quote!(#[serde(crate = "rt::serde")]));
    if !planned.sent {
        attributes.push(parse_quote!(#[non_exhaustive]));
    }
    item.attrs = attributes;
    let Fields::Named(fields) = &mut item.fields else { return };
    if let Others::Kept(shape) = &object.others {
        fields.named.push(others_field(plan, shape, planned));
    }
    for (field, property) in fields.named.iter_mut().zip(&object.properties) {
        if planned.sent {
            field.vis = syn::Visibility::Inherited;
        } else {
            let mut attributes = docs::attributes(&docs::property(plan, property));
            attributes.extend(deprecated(property.deprecated));
            attributes.append(&mut field.attrs);
            field.attrs = attributes;
        }
    }
}

/// The field of the properties that are not listed.
fn others_field(plan: &Plan<'_>, shape: &Shape, planned: Planned) -> syn::Field {
    let name = ident(OTHERS_FIELD);
    let ty = super::types::rust_type(plan, shape);
    if planned.sent {
        return parse_quote! { #[serde(flatten)] #name: rt::BTreeMap<String, #ty> };
    }
    parse_quote! {
        /// The properties that the description does not list.
        #[serde(flatten)]
        pub #name: rt::BTreeMap<String, #ty>
    }
}

/// A request's documentation names the call that it is for.
fn struct_docs(plan: &Plan<'_>, made: &Type) -> String {
    let is_request =
        |operation: &&crate::model::Operation| plan.model.get(operation.request).name == made.name;
    let Some(operation) = plan.model.operations.iter().find(is_request) else {
        let limits = match &made.body {
            Body::Object(object) => docs::member_limits(&object.members),
            _ => Vec::new(),
        };
        return docs::named(made.docs.as_ref(), &limits);
    };
    let says = made.docs.as_deref().unwrap_or(&operation.docs.summary);
    format!(
        "{says}\n\nThe request of the operation `{}`. {}",
        operation.id,
        docs::source(operation)
    )
}

/// `new`, for a request that any arguments make valid.
fn new(plan: &Plan<'_>, made: &Type, object: &Object) -> Option<Chunk> {
    let simple = |property: &Property| {
        property.required && !plan.has_rules(&property.shape) && !is_fixed(plan, property)
    };
    let count = object.properties.len();
    if !object.members.is_empty() || matches!(object.others, Others::Kept(_)) {
        return None;
    }
    if !(1..=MOST_ARGUMENTS).contains(&count) || !object.properties.iter().all(simple) {
        return None;
    }
    let name = ident(&made.name);
    let fields: Vec<_> = object.properties.iter().map(|property| ident(&property.field)).collect();
    let types =
        object.properties.iter().map(|property| super::types::rust_type(plan, &property.shape));
    let item: Item = parse_quote! {
        impl #name {
            /// One with everything that it needs.
            pub fn new(#(#fields: impl Into<#types>),*) -> Self {
                Self { #(#fields: #fields.into()),* }
            }
        }
    };
    Some(Chunk::item(item))
}

fn table(plan: &Plan<'_>, id: TypeId, object: &Object, planned: Planned) -> Table {
    let name = &plan.model.get(id).name;
    let line = |property: &Property| line(plan, id, property, planned);
    let lines = object.properties.iter().map(line).collect();
    let others = match &object.others {
        Others::Ignored => "Ignored",
        Others::Refused => "Refused",
        Others::Kept(_) => "Kept",
    };
    let (macro_name, head) = if planned.sent {
        ("sent", format!("{name}, {name}Builder, others: {others} {{"))
    } else {
        ("received", format!("{name}, others: {others} {{"))
    };
    let mut close = vec!["    }".to_owned()];
    close.extend(others_line(plan, object, planned));
    close.extend(members_line(object, planned));
    close.push("}".to_owned());
    Table {
        open: vec![format!("rt::{macro_name}! {{"), format!("    {head}")],
        indent: 2,
        lines,
        close,
    }
}

/// The properties that are not listed, where those are kept.
fn others_line(plan: &Plan<'_>, object: &Object, planned: Planned) -> Option<String> {
    let Others::Kept(shape) = &object.others else { return None };
    let ty = to_line(&super::types::rust_type(plan, shape));
    let rule = rules::of_property(plan, shape).filter(|_| planned.sent);
    let rule = rule.map_or_else(String::new, |rule| format!(", {rule}"));
    Some(format!("    other {OTHERS_FIELD}: {ty}{rule};"))
}

/// Rules on which properties there are.
fn members_line(object: &Object, planned: Planned) -> Option<String> {
    let rules = &object.members;
    (planned.sent && !rules.is_empty()).then(|| format!("    members {};", rules::members(rules)))
}

fn line(plan: &Plan<'_>, owner: TypeId, property: &Property, planned: Planned) -> Line {
    let ty = to_line(&field_type(plan, owner, &property.shape));
    let presence = presence(plan, property, planned);
    let view =
        if planned.sent { format!("{} ", view(plan, owner, property)) } else { String::new() };
    let mut text = format!("{presence} {view}{}: {ty} as {:?}", property.field, property.name);
    for alias in &property.aliases {
        text.push_str(&format!(" or {alias:?}"));
    }
    if planned.sent
        && let Some(rule) = rules::of_property(plan, &property.shape)
    {
        text.push_str(&format!(", {rule}"));
    }
    text.push(';');
    let docs = if planned.sent { docs::wrap(&docs::property(plan, property)) } else { Vec::new() };
    Line { docs, deprecated: planned.sent && property.deprecated, text }
}

fn presence(plan: &Plan<'_>, property: &Property, planned: Planned) -> &'static str {
    match property.required {
        false => "optional",
        true if planned.sent && is_fixed(plan, property) => "fixed",
        true => "required",
    }
}

/// Whether the property can have one value alone.
pub(super) fn is_fixed(plan: &Plan<'_>, property: &Property) -> bool {
    let Shape::Named(id) = property.shape else { return false };
    match &plan.model.get(id).body {
        Body::Enum(listed) => listed.variants.len() == 1 && !plan.of(id).received,
        _ => false,
    }
}

/// The form in which a getter gives the value.
fn view(plan: &Plan<'_>, owner: TypeId, property: &Property) -> &'static str {
    let shape = match &property.shape {
        Shape::Also(shape, _) => shape,
        shape => shape,
    };
    let is_boxed = matches!(&property.shape, Shape::Named(id) if plan.contains(*id, owner));
    match shape {
        Shape::Text(_) => "str",
        shape if plan.traits(shape).copy && !is_boxed => "copy",
        _ => "borrow",
    }
}
