//! Emits `new` for an object that is sent and has exactly one required property.
//!
//! ```text
//! { "required": ["id"], "properties": { "id": { "type": "integer" }, "note": .. } }
//!
//! pub fn new(id: impl Into<i64>) -> Self
//! ```
//!
//! It exists whatever optional properties and rules there are, and its signature depends only on
//! the schemas of the object and of that one property. So compatible changes of a description do
//! not break callers of `new`:
//!
//! - If the property is an integer or a boolean without rules, it is always valid, and `new`
//!   returns `Self`. Adding a first rule is a breaking change anyway, since it may refuse requests
//!   that were sent before; `diff` reports the change of `new` with it.
//! - Otherwise `new` returns what `build` returns, even if there are no rules today: a string may
//!   get limits later, and an enum gets `Unknown` once a reply has it.

use syn::{Attribute, FieldValue, parse_quote};

use super::text::type_text;
use super::types::{field_type, ident, rust_type};
use super::{Chunk, docs};
use crate::model::{
    ADDITIONAL_FIELD, AdditionalProperties, Body, Object, Property, TypeExpr, TypeId,
};
use crate::plan::Plan;

/// The constructor `new` of an object.
pub(crate) struct Constructor<'o> {
    argument: &'o Property,
    /// Whether it returns what `build` returns.
    can_fail: bool,
}

impl<'o> Constructor<'o> {
    /// The constructor of an object that is sent, if it has one.
    pub(crate) fn of(plan: &Plan<'_>, id: TypeId, object: &'o Object) -> Option<Self> {
        let is_argument = |it: &&Property| it.required && !plan.is_fixed(it);
        let mut arguments = object.properties.iter().filter(is_argument);
        let (Some(argument), None) = (arguments.next(), arguments.next()) else { return None };
        let has_assertions = plan.model.get(id).all_residuals().next().is_some();
        let can_fail = has_assertions || !is_always_valid(plan, &argument.ty);
        Some(Self { argument, can_fail })
    }

    /// Its argument and its return type, as source.
    pub(crate) fn signature(&self, plan: &Plan<'_>, id: TypeId) -> String {
        let Self { argument, can_fail } = self;
        let ty = type_text(&field_type(plan, id, &argument.ty));
        let returned = if *can_fail { "Result<Self, Invalid>" } else { "Self" };
        format!("({}: {ty}) -> {returned}", argument.field)
    }

    /// The `impl` with `new`.
    pub(super) fn item(&self, plan: &Plan<'_>, id: TypeId, object: &Object) -> Chunk {
        let name = ident(&plan.model.get(id).name);
        let text = self.docs(plan, id, object);
        let docs = docs::attributes(&text);
        let new = if self.can_fail { self.checked(plan, id) } else { self.unchecked(plan, object) };
        Chunk::item(parse_quote! { impl #name { #(#docs)* #new } })
    }

    fn docs(&self, plan: &Plan<'_>, id: TypeId, object: &Object) -> String {
        let field = &self.argument.field;
        let has_optional = object.properties.iter().any(|property| !property.required);
        let only = if has_optional { ", the only required property" } else { "" };
        let fails = if self.can_fail {
            let name = &plan.model.get(id).name;
            format!("# Errors\n\nAs [`build`]({name}Builder::build).")
        } else {
            format!("Every `{field}` is valid, so this cannot fail.")
        };
        format!("Makes a value from `{field}`{only}.\n\n{fails}")
    }

    fn checked(&self, plan: &Plan<'_>, id: TypeId) -> syn::ImplItem {
        let argument = self.argument;
        let (field, ty) = (ident(&argument.field), field_type(plan, id, &argument.ty));
        let allowed: Option<Attribute> =
            argument.deprecated.then(|| parse_quote!(#[allow(deprecated)]));
        parse_quote! {
            #allowed
            pub fn new(
                #field: impl TryInto<#ty, Error: Into<rt::Invalid>>
            ) -> Result<Self, rt::Invalid> {
                Self::builder().#field(#field).build()
            }
        }
    }

    fn unchecked(&self, plan: &Plan<'_>, object: &Object) -> syn::ImplItem {
        let argument = self.argument;
        let (field, ty) = (ident(&argument.field), rust_type(plan, &argument.ty));
        let values = object.properties.iter().map(|property| self.value(plan, property));
        let additional = matches!(object.additional, AdditionalProperties::Kept(_));
        let additional = additional.then(|| -> FieldValue {
            let field = ident(ADDITIONAL_FIELD);
            parse_quote!(#field: rt::BTreeMap::new())
        });
        let values = values.chain(additional);
        parse_quote! {
            pub fn new(#field: impl Into<#ty>) -> Self {
                Self { #(#values),* }
            }
        }
    }

    /// The initial value of a field.
    fn value(&self, plan: &Plan<'_>, property: &Property) -> FieldValue {
        let field = ident(&property.field);
        if std::ptr::eq(property, self.argument) {
            parse_quote!(#field: #field.into())
        } else if property.required {
            let ty = rust_type(plan, &property.ty);
            parse_quote!(#field: #ty::default())
        } else {
            parse_quote!(#field: None)
        }
    }
}

/// Whether every value of a type is valid, and stays so unless a rule is added to its own schema.
fn is_always_valid(plan: &Plan<'_>, ty: &TypeExpr) -> bool {
    match ty {
        TypeExpr::Named(id) => match &plan.model.get(*id).body {
            Body::Newtype(ty, _) => {
                plan.model.get(*id).residuals.is_empty() && is_always_valid_scalar(ty)
            }
            _ => false,
        },
        ty => is_always_valid_scalar(ty),
    }
}

/// A number that may have a fraction is not always valid: JSON cannot write every `f64`.
fn is_always_valid_scalar(ty: &TypeExpr) -> bool {
    match ty {
        TypeExpr::Boolean => true,
        TypeExpr::Integer(_, rules) | TypeExpr::Time(_, rules) => rules.is_empty(),
        TypeExpr::Nullable(ty) => is_always_valid_scalar(ty),
        _ => false,
    }
}
