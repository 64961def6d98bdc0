//! Lets typify shape every object of the plan as a Rust struct.
//!
//! ```text
//! { "required": ["id"], "properties": { "id": .., "note": .. } }
//!
//! struct { id: bool, note: Option<bool> }: `id` is required, `note` is an `Option`
//! ```
//!
//! The model decides the type of a property. Typify sees only the names of the properties and which
//! are required; each has one placeholder type. It makes the fields, and which of them are an
//! `Option`; `emit` writes these, with the types in place of the placeholder. So no rule is lost
//! that typify would not enforce. If its struct has other fields than the object has properties, or
//! another `Option`, generation stops.

use std::borrow::Cow;

use schemars::schema::{InstanceType, ObjectValidation, RootSchema, Schema, SchemaObject};
use syn::{Attribute, Fields, GenericArgument, Item, ItemStruct, PathArguments, Type};
use typify::TypeSpace;

use crate::diagnostics::Reporter;
use crate::model::{Object, Property, TypeId, TypeMap};
use crate::plan::Plan;
use crate::util::CollectVec as _;

/// The structs that typify shaped.
#[derive(Default)]
pub(crate) struct Structs {
    by_type: TypeMap<Vec<Field>>,
}

/// A field of a struct.
pub(crate) struct Field {
    /// Whether it is an `Option`, and not written when it is `None`.
    pub(crate) is_optional: bool,
}

impl Structs {
    /// The fields of an object's struct, in the order of its properties.
    pub(crate) fn fields(&self, id: TypeId) -> &[Field] {
        self.by_type.get(id).map_or(&[], Vec::as_slice)
    }
}

/// The type that typify sees for every property.
const PLACEHOLDER: &str = "bool";

/// An object of the plan.
type PlannedObject<'p> = (TypeId, Cow<'p, Object>);

/// How many objects are shaped at once. Typify's output takes far more memory than what is kept of
/// it.
const AT_ONCE: usize = 64;

/// Lets typify shape every planned object.
pub(crate) fn shape(plan: &Plan<'_>, reporter: &Reporter) -> Structs {
    let objects = plan.types.keys().filter_map(|id| Some((id, plan.object(id)?))).collect_vec();
    let mut structs = Structs::default();
    for objects in objects.chunks(AT_ONCE) {
        match typify_structs(objects) {
            Ok(items) => add_fields(&mut structs, (objects, &items), (plan, reporter)),
            Err(error) => {
                reporter.error_without_place(format!("typify does not take the objects: {error}"));
                break;
            }
        }
    }
    structs
}

/// Adds the fields of these objects, as typify's structs have them.
fn add_fields(
    structs: &mut Structs,
    (objects, items): (&[PlannedObject<'_>], &TypeMap<ItemStruct>),
    (plan, reporter): (&Plan<'_>, &Reporter),
) {
    for (id, object) in objects {
        match fields_of(object, items.get(*id)) {
            Some(fields) => drop(structs.by_type.insert(*id, fields)),
            None => {
                let place = &plan.model.get(*id).place;
                reporter.error(place, "typify shapes this object otherwise than it should");
            }
        }
    }
}

/// A name that no case conversion changes.
fn name_of(id: TypeId) -> String {
    format!("T{}", id.0)
}

fn of_name(name: &str) -> Option<TypeId> {
    name.strip_prefix('T')?.parse().ok().map(TypeId)
}

/// Typify's structs for these objects.
fn typify_structs(objects: &[PlannedObject<'_>]) -> Result<TypeMap<ItemStruct>, String> {
    let mut space = TypeSpace::default();
    space.add_root_schema(root_schema(objects)).map_err(|error| error.to_string())?;
    let file: syn::File = syn::parse2(space.to_stream()).map_err(|error| error.to_string())?;
    let mut structs = TypeMap::default();
    for item in file.items {
        let Item::Struct(item) = item else { continue };
        if let Some(id) = of_name(&item.ident.to_string()) {
            structs.insert(id, item);
        }
    }
    Ok(structs)
}

/// The schema that typify sees.
fn root_schema(objects: &[PlannedObject<'_>]) -> RootSchema {
    let mut root = RootSchema::default();
    for (id, object) in objects {
        root.definitions.insert(name_of(*id), schema(object));
    }
    root
}

fn schema(object: &Object) -> Schema {
    // Without `additionalProperties: false` an object without properties becomes a map.
    let mut validation = ObjectValidation {
        additional_properties: Some(Box::new(Schema::Bool(false))),
        ..ObjectValidation::default()
    };
    for property in &object.properties {
        if property.required {
            validation.required.insert(property.name.clone());
        }
        validation.properties.insert(property.name.clone(), of_type(InstanceType::Boolean).into());
    }
    SchemaObject { object: Some(Box::new(validation)), ..of_type(InstanceType::Object) }.into()
}

fn of_type(instance_type: InstanceType) -> SchemaObject {
    SchemaObject { instance_type: Some(instance_type.into()), ..SchemaObject::default() }
}

/// The struct's fields, in the documented order; `None` if they are not those of the object.
fn fields_of(object: &Object, item: Option<&ItemStruct>) -> Option<Vec<Field>> {
    let Fields::Named(fields) = &item?.fields else { return None };
    let mut left = fields.named.iter().map(|field| (wire_name(field), field)).collect_vec();
    let mut in_order = Vec::with_capacity(object.properties.len());
    for property in &object.properties {
        let index = left.iter().position(|(name, _)| *name == property.name)?;
        let (_, field) = left.swap_remove(index);
        in_order.push(field_of(property, field)?);
    }
    left.is_empty().then_some(in_order)
}

/// The field of a property; `None` if typify did not shape it as the property says.
fn field_of(property: &Property, field: &syn::Field) -> Option<Field> {
    let skip = find(&field.attrs, "skip_serializing_if");
    let is_optional = skip.is_some_and(|skip| skip.ends_with("Option::is_none"));
    let inner = if is_optional { type_in_option(&field.ty)? } else { &field.ty };
    let is_expected = is_placeholder(inner) && is_optional != property.required;
    is_expected.then_some(Field { is_optional })
}

fn is_placeholder(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident(PLACEHOLDER))
}

/// `T` of `Option<T>`.
fn type_in_option(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let option = path.path.segments.last().filter(|last| last.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &option.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// The name that serde writes a field under.
fn wire_name(field: &syn::Field) -> String {
    let ident = || field.ident.as_ref().map_or_else(String::new, ToString::to_string);
    find(&field.attrs, "rename").unwrap_or_else(ident)
}

/// The value of the serde attribute of this name.
fn find(attributes: &[Attribute], name: &str) -> Option<String> {
    let mut found = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        // An attribute that cannot be parsed here is none of those that are looked for.
        let _ = attribute.parse_nested_meta(|meta| {
            let value = match meta.value() {
                Ok(value) => Some(value.parse::<syn::LitStr>()?.value()),
                Err(_) => None,
            };
            if meta.path.is_ident(name) {
                found = value;
            }
            Ok(())
        });
    }
    found
}
