//! Schemas that lead back to themselves.
//!
//! ```text
//! { "$defs": { "Tree": { "properties": { "children": { "items": { "$ref": "#/$defs/Tree" } } } } } }
//!
//! Type { name: "Tree", body: Object(.. children: Array(Named(Tree)) ..) }
//! ```
//!
//! While `Tree` is lowered, a `$ref` to it is answered with the type that it is about to become. The
//! guard compares that answer with what it became.

use std::collections::HashSet;

use super::context::{Schema, TypeContext, TypeResult};
use super::{Identity, Lowering};
use crate::diagnostics::{Reported, Reporter};
use crate::model::{Body, Model, TypeExpr, TypeId};
use crate::schema::Located;

/// A schema that is being lowered.
pub(super) struct Open {
    schema: Identity,
    /// The type that a `$ref` from within was answered with.
    assumed: Option<TypeExpr>,
}

const IN_BETWEEN: &str = "put an object with `properties` in between";

impl<'a> Lowering<'a, '_> {
    /// Lowers a schema, unless it became something else than `$ref`s from within were answered with.
    pub(super) fn guard_recursion(
        &mut self,
        schema: &Schema<'a>,
        lower: impl FnOnce(&mut Self) -> TypeResult<TypeExpr>,
    ) -> TypeResult<TypeExpr> {
        self.recursion_guard
            .push(Open { schema: schema.keywords.located.identity(), assumed: None });
        let ty = lower(self);
        let assumed = self.recursion_guard.pop().and_then(|open| open.assumed);
        let ty = ty?;
        if assumed.is_none_or(|assumed| self.is_as_assumed(&assumed, &ty)) {
            return Ok(ty);
        }
        schema.no_type(
            "leads back to itself, and says more than its type",
            "put an object with `properties` in between, or take out what it says besides",
        )
    }

    /// Notes what a `$ref` from within a schema was answered with.
    pub(super) fn note_assumed(&mut self, target: &Located<'a>, ty: &TypeExpr) {
        let identity = target.identity();
        if let Some(open) = self.recursion_guard.iter_mut().find(|open| open.schema == identity) {
            open.assumed = Some(ty.clone());
        }
    }

    /// Whether a schema has become what was assumed: a type that has a name, or that and `null`.
    fn is_as_assumed(&self, assumed: &TypeExpr, ty: &TypeExpr) -> bool {
        match (assumed, ty) {
            (TypeExpr::Named(assumed), TypeExpr::Named(id)) => {
                assumed == id && !matches!(self.model.get(*id).body, Body::Pending)
            }
            (TypeExpr::Nullable(assumed), TypeExpr::Nullable(ty)) => {
                self.is_as_assumed(assumed, ty)
            }
            _ => false,
        }
    }

    /// Follows a `$ref`, unless it is followed already.
    pub(super) fn follow_once(
        &mut self,
        reference: &Located<'a>,
        target: &Located<'a>,
        context: TypeContext<'_>,
    ) -> Result<TypeExpr, Reported> {
        let identity = target.identity();
        if self.following.contains(&identity) {
            let error = reference.error("leads back to itself, without an object in between");
            return error.help(IN_BETWEEN).fail();
        }
        self.following.push(identity);
        let ty = self.follow(reference, target, context);
        self.following.pop();
        ty
    }
}

/// Reports types that their own values would have to be checked against, and again, without end.
/// What is asked of the parts of a value comes to an end with it.
pub(super) fn report_recursion(model: &Model, reporter: &Reporter) {
    for id in (0..model.types.len()).map(TypeId).filter(|id| leads_to_itself(model, *id)) {
        let place = &model.get(id).place;
        let error = reporter.error(place, "leads back to itself, without an object in between");
        error.help(IN_BETWEEN);
    }
}

fn leads_to_itself(model: &Model, start: TypeId) -> bool {
    let (mut seen, mut left) = (HashSet::new(), vec![start]);
    while let Some(id) = left.pop() {
        let checked = types_checked(model, id);
        if checked.contains(&start) {
            return true;
        }
        left.extend(checked.into_iter().filter(|id| seen.insert(*id)));
    }
    false
}

/// The types that a value of this one must be of too.
fn types_checked(model: &Model, id: TypeId) -> Vec<TypeId> {
    let mut checked = Vec::new();
    match &model.get(id).body {
        Body::Newtype(ty, _) => add_checked(ty, &mut checked),
        Body::Union(union) => {
            union.variants.iter().for_each(|variant| add_checked(&variant.ty, &mut checked));
        }
        Body::Pending | Body::Object(_) | Body::Enum(_) => {}
    }
    checked
}

fn add_checked(ty: &TypeExpr, checked: &mut Vec<TypeId>) {
    match ty {
        TypeExpr::Named(id) => checked.push(*id),
        TypeExpr::Nullable(ty) | TypeExpr::Constrained(ty, _) => add_checked(ty, checked),
        _ => {}
    }
}
