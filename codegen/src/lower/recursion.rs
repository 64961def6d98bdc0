//! Schemas that lead back to themselves.

use std::collections::HashSet;

use super::{Lowering, identity};
use crate::diagnostics::Diagnostics;
use crate::model::{Assertion, Body, Model, TypeExpr, TypeId};
use crate::schema::{KeywordReader, Located};

impl<'a> Lowering<'a, '_> {
    /// Notes that a `$ref` from within a schema was told what that is, before it is lowered.
    pub(super) fn note_assumed(&mut self, target: &Located<'a>, ty: &TypeExpr) {
        let open = self.open.iter_mut().find(|(open, _)| *open == identity(target));
        if let Some((_, assumed)) = open {
            *assumed = Some(ty.clone());
        }
    }

    /// The type of the schema that was opened last, if `$ref`s from within it were told right.
    pub(super) fn unless_recursive(
        &self,
        keywords: &KeywordReader<'a>,
        assumed: Option<TypeExpr>,
        ty: TypeExpr,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        if assumed.is_none_or(|assumed| self.is_the_type(&assumed, &ty)) {
            return Some(ty);
        }
        diagnostics
            .error(&keywords.schema.place, "leads back to itself, and says more than its type")
            .help("put an object with `properties` in between, or take out what it says besides");
        None
    }

    /// Whether a schema has become what was told of it: a type that has a name, or that and `null`.
    fn is_the_type(&self, assumed: &TypeExpr, ty: &TypeExpr) -> bool {
        match (assumed, ty) {
            (TypeExpr::Named(assumed), TypeExpr::Named(id)) => {
                assumed == id && !matches!(self.model.get(*id).body, Body::Pending)
            }
            (TypeExpr::Nullable(assumed), TypeExpr::Nullable(ty)) => self.is_the_type(assumed, ty),
            _ => false,
        }
    }
}

/// Reports types that their own values would have to be checked against, and again, without end.
/// What is asked of the parts of a value comes to an end with it.
pub(super) fn report_recursion(model: &Model, diagnostics: &mut Diagnostics) {
    for id in (0..model.types.len()).map(TypeId).filter(|id| leads_to_itself(model, *id)) {
        diagnostics
            .error(&model.get(id).place, "leads back to itself, without an object in between")
            .help("put an object with `properties` in between");
    }
}

fn leads_to_itself(model: &Model, start: TypeId) -> bool {
    let (mut seen, mut left) = (HashSet::new(), vec![start]);
    while let Some(id) = left.pop() {
        let asked = types_asked_by(model, id);
        if asked.contains(&start) {
            return true;
        }
        left.extend(asked.into_iter().filter(|id| seen.insert(*id)));
    }
    false
}

/// The types that a value of this one is asked to be of.
fn types_asked_by(model: &Model, id: TypeId) -> Vec<TypeId> {
    let mut asked = Vec::new();
    match &model.get(id).body {
        Body::Newtype(ty, _) => asked_of(ty, &mut asked),
        Body::Union(union) => {
            union.members.iter().for_each(|member| asked_of(&member.ty, &mut asked));
        }
        Body::Pending | Body::Object(_) | Body::Enum(_) => {}
    }
    asked
}

fn asked_of(ty: &TypeExpr, asked: &mut Vec<TypeId>) {
    match ty {
        TypeExpr::Named(id) => asked.push(*id),
        TypeExpr::Nullable(ty) => asked_of(ty, asked),
        TypeExpr::Constrained(ty, assertions) => {
            asked_of(ty, asked);
            let assertions = assertions
                .iter()
                .filter(|assertion| !matches!(assertion, Assertion::Contains { .. }));
            assertions.flat_map(Assertion::types_within).for_each(|ty| asked_of(ty, asked));
        }
        _ => {}
    }
}
