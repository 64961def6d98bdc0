//! Typify shapes every object of the plan into a Rust struct.
//!
//! The model decides what a property is; typify is shown only which properties there are and
//! which are required, each of one placeholder type. What it makes of them (the fields, which of
//! them are an `Option`, how serde writes them) is taken over; what stands in the placeholder's place
//! is for `emit`. So nothing that typify does not enforce can get lost.

use crate::collect_vec::CollectVec as _;
use std::borrow::Cow;

use schemars::schema::RootSchema;
use serde_json::json;
use syn::{Attribute, Fields, GenericArgument, Item, ItemStruct, PathArguments, Type};
use typify::{TypeSpace, TypeSpaceSettings};

use crate::diagnostics::Reporter;
use crate::model::{Object, Property, TypeId, TypeMap};
use crate::plan::Plan;

/// The structs that typify has shaped.
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

/// The type that every property has until typify is done. It is defined as a string, which
/// typify would generate a newtype for: none may be left.
const PLACEHOLDER: &str = "Placeholder";

/// An object that was planned.
type Planned<'p> = (TypeId, Cow<'p, Object>);

/// So many objects are shaped at once: what typify makes of one is far larger than what is taken over.
const AT_ONCE: usize = 64;

/// Lets typify shape every object that was planned.
pub(crate) fn shape(plan: &Plan<'_>, reporter: &Reporter) -> Structs {
    let objects = plan.types.keys().filter_map(|id| Some((id, plan.object(id)?))).collect_vec();
    let mut structs = Structs::default();
    for objects in objects.chunks(AT_ONCE) {
        match shaped(objects) {
            Ok(items) => take_over(&mut structs, (objects, &items), (plan, reporter)),
            Err(error) => {
                reporter.error_without_place(format!("typify does not take the objects: {error}"));
                break;
            }
        }
    }
    structs
}

/// Takes over what typify has made of some objects.
fn take_over(
    structs: &mut Structs,
    (objects, items): (&[Planned<'_>], &TypeMap<ItemStruct>),
    (plan, reporter): (&Plan<'_>, &Reporter),
) {
    for (id, object) in objects {
        match finished(object, items.get(*id)) {
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

/// Typify's structs.
fn shaped(objects: &[Planned<'_>]) -> Result<TypeMap<ItemStruct>, String> {
    let mut settings = TypeSpaceSettings::default();
    settings.with_replacement(PLACEHOLDER, PLACEHOLDER, std::iter::empty());
    let mut space = TypeSpace::new(&settings);
    space.add_root_schema(root_schema(objects)?).map_err(|error| error.to_string())?;
    let file: syn::File = syn::parse2(space.to_stream()).map_err(|error| error.to_string())?;
    let mut structs = TypeMap::default();
    for item in file.items {
        let Item::Struct(item) = item else { continue };
        match of_name(&item.ident.to_string()) {
            Some(id) => drop(structs.insert(id, item)),
            // Typify ignores the replacement of a name that it does not know.
            None => return Err("the placeholder was not replaced".to_owned()),
        }
    }
    Ok(structs)
}

/// The objects as typify is to see them.
fn root_schema(objects: &[Planned<'_>]) -> Result<RootSchema, String> {
    let mut definitions = serde_json::Map::new();
    definitions.insert(PLACEHOLDER.to_owned(), json!({ "type": "string" }));
    for (id, object) in objects {
        definitions.insert(name_of(*id), schema(object));
    }
    serde_json::from_value(json!({ "definitions": definitions })).map_err(|error| error.to_string())
}

fn schema(object: &Object) -> serde_json::Value {
    let reference = json!({ "$ref": format!("#/definitions/{PLACEHOLDER}") });
    let mut properties = serde_json::Map::new();
    for property in &object.properties {
        properties.insert(property.name.clone(), reference.clone());
    }
    let required = object.properties.iter().filter(|property| property.required);
    let required = required.map(|property| &*property.name).collect_vec();
    // Without `additionalProperties: false` an object without properties becomes a map.
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// The struct's fields, in the documented order; nothing, if they are not those of the object.
fn finished(object: &Object, item: Option<&ItemStruct>) -> Option<Vec<Field>> {
    let Fields::Named(fields) = &item?.fields else { return None };
    let mut left = fields.named.iter().map(|field| (wire_name(field), field)).collect_vec();
    let mut finished = Vec::with_capacity(object.properties.len());
    for property in &object.properties {
        let index = left.iter().position(|(name, _)| *name == property.name)?;
        let (_, field) = left.swap_remove(index);
        finished.push(finish_field(property, field)?);
    }
    left.is_empty().then_some(finished)
}

/// A field as typify has shaped it.
fn finish_field(property: &Property, field: &syn::Field) -> Option<Field> {
    let skip = find(&field.attrs, "skip_serializing_if");
    let is_optional = skip.is_some_and(|skip| skip.ends_with("Option::is_none"));
    let shaped = if is_optional { within(&field.ty)? } else { &field.ty };
    let is_expected = is_placeholder(shaped) && is_optional != property.required;
    is_expected.then_some(Field { is_optional })
}

fn is_placeholder(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident(PLACEHOLDER))
}

/// What an `Option` is one of.
fn within(ty: &Type) -> Option<&Type> {
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

/// The value of one of serde's attributes.
fn find(attributes: &[Attribute], name: &str) -> Option<String> {
    let mut found = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        // Typify's own output: what does not parse is no attribute of interest.
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
