//! Recursive schemas.
//!
//! ```text
//! { "$defs": { "Tree": { "properties": { "children": { "items": { "$ref": "#/$defs/Tree" } } } } } }
//!
//! Type { name: "Tree", body: Object(.. children: Array(Named(Tree)) ..) }
//! ```
//!
//! While `Tree` is lowered, a `$ref` to it gets the type that `Tree` is about to become. A
//! recursive schema without a named type, such as an array of such arrays, becomes a newtype.

use super::compose::name_of_definition;
use super::context::{SchemaReader, TypeResult};
use super::{Identity, Lowering};
use crate::model::{Body, Model, TypeExpr, TypeId};
use crate::names;
use crate::schema::Located;
use crate::source::uri;
use crate::util::{CollectVec as _, PushAll as _, Set};

/// A schema that is being lowered.
pub(super) struct Entered {
    schema: Identity,
    /// The type that a `$ref` to the schema got meanwhile.
    assumed: Option<TypeExpr>,
}

impl<'a> Lowering<'a, '_> {
    /// Lowers a schema. If `$ref`s to it got a type meanwhile that is still pending, this type
    /// becomes a newtype of the result.
    pub(super) fn guard_recursion(
        &mut self,
        schema: &SchemaReader<'a>,
        lower: impl FnOnce(&mut Self) -> TypeResult,
    ) -> TypeResult {
        let identity = schema.keywords.located.identity();
        self.recursion_guard.push(Entered { schema: identity, assumed: None });
        let ty = lower(self);
        let assumed = self.recursion_guard.pop().and_then(|entered| entered.assumed);
        match (assumed, ty?) {
            (Some(assumed), ty) if self.is_pending(&assumed) => {
                let ty = self.newtype_of_assumed(&assumed, ty);
                self.named.insert(identity, ty.clone());
                Ok(ty)
            }
            (_, ty) => {
                // The result may be nullable or unnamed, other than the type that was begun.
                if let Some(known) = self.named.get_mut(&identity) {
                    known.clone_from(&ty);
                }
                Ok(ty)
            }
        }
    }

    /// Makes the type that was assumed for a schema a newtype of the type that it became. `null`
    /// stays outside of the newtype.
    fn newtype_of_assumed(&mut self, assumed: &TypeExpr, ty: TypeExpr) -> TypeExpr {
        match (assumed, ty) {
            (TypeExpr::Nullable(assumed), TypeExpr::Nullable(ty)) => {
                TypeExpr::Nullable(Box::new(self.newtype_of_assumed(assumed, *ty)))
            }
            (TypeExpr::Nullable(_), TypeExpr::Constrained(ty, residuals)) => {
                let ty = self.newtype_of_assumed(assumed, *ty);
                TypeExpr::Constrained(Box::new(ty), residuals)
            }
            (TypeExpr::Nullable(assumed), ty) => self.newtype_of_assumed(assumed, ty),
            (TypeExpr::Named(id), ty) => {
                self.finish_type(*id, Body::Newtype(ty, Vec::new()));
                assumed.clone()
            }
            (_, ty) => ty,
        }
    }

    /// Whether a type was begun and not finished.
    pub(super) fn is_pending(&self, ty: &TypeExpr) -> bool {
        match ty {
            TypeExpr::Named(id) => matches!(self.model.get(*id).body, Body::Pending),
            TypeExpr::Nullable(ty) => self.is_pending(ty),
            _ => false,
        }
    }

    /// Whether a schema is being lowered.
    pub(super) fn is_entered(&self, schema: &Identity) -> bool {
        self.recursion_guard.iter().any(|entered| entered.schema == *schema)
    }

    /// Begins a named type for a schema that is being lowered, and that a `$ref` leads back to.
    pub(super) fn begin_recursive(&mut self, target: &Located<'a>) -> TypeExpr {
        let text = |pointer| target.node.text_at(pointer).map(str::to_owned);
        let last = target.place.pointer.rsplit('/').next().filter(|step| !step.is_empty());
        let suggestion = name_of_definition(target).or_else(|| last.map(uri::unescaped));
        let derived = names::type_name_for(&suggestion.unwrap_or_else(|| "Root".to_owned()));
        let name = text("/rustName").unwrap_or(derived);
        let docs = text("/description").or_else(|| text("/title"));
        let id = self.begin_type_of(target, (name, docs, false));
        let ty = self.named.get(&target.identity()).cloned().unwrap_or(TypeExpr::Named(id));
        self.note_assumed(target, &ty);
        ty
    }

    /// Notes the type that a `$ref` got, if its target is being lowered.
    pub(super) fn note_assumed(&mut self, target: &Located<'a>, ty: &TypeExpr) {
        let identity = target.identity();
        let mut entered = self.recursion_guard.iter_mut();
        if let Some(entered) = entered.find(|entered| entered.schema == identity) {
            entered.assumed = Some(ty.clone());
        }
    }
}

/// Whether a value of a type would have to be checked against that type again, without end. Checks
/// of items and properties end with the value.
pub(super) fn leads_to_itself(model: &Model, start: TypeId) -> bool {
    let (mut seen, mut left) = (Set::default(), vec![start]);
    while let Some(id) = left.pop() {
        let checked = types_checked(model, id);
        if checked.contains(&start) {
            return true;
        }
        left.push_all(checked.into_iter().filter(|id| seen.insert(*id)));
    }
    false
}

/// The named types that a value of this type itself is checked against.
fn types_checked(model: &Model, id: TypeId) -> Vec<TypeId> {
    let named_type = model.get(id);
    match named_type.body {
        Body::Object(_) => Vec::new(),
        _ => named_type.types().into_iter().filter_map(TypeExpr::named).collect_vec(),
    }
}
