//! Schemas that lead back to themselves.

use std::collections::HashSet;

use super::{Lowering, identity};
use crate::model::{Body, Claim, Model, Shape, TypeId};
use crate::report::Report;
use crate::schema::{Ledger, Spot};

impl<'a> Lowering<'a, '_> {
    /// Notes that a `$ref` from within a schema was told what that is, before it is lowered.
    pub(super) fn note_told(&mut self, target: &Spot<'a>, shape: &Shape) {
        let open = self.open.iter_mut().find(|(open, _)| *open == identity(target));
        if let Some((_, told)) = open {
            *told = Some(shape.clone());
        }
    }

    /// The shape of the schema that was opened last, if `$ref`s from within it were told right.
    pub(super) fn unless_circle(
        &self,
        ledger: &Ledger<'a>,
        told: Option<Shape>,
        shape: Shape,
        report: &mut Report,
    ) -> Option<Shape> {
        if told.is_none_or(|told| self.is_the_type(&told, &shape)) {
            return Some(shape);
        }
        report
            .fault(&ledger.spot.place, "leads back to itself, and says more than its type")
            .cure("put an object with `properties` in between, or take out what it says besides");
        None
    }

    /// Whether a schema has become what was told of it: a type that has a name, or that and `null`.
    fn is_the_type(&self, told: &Shape, shape: &Shape) -> bool {
        match (told, shape) {
            (Shape::Named(told), Shape::Named(id)) => {
                told == id && !matches!(self.model.get(*id).body, Body::Pending)
            }
            (Shape::Nullable(told), Shape::Nullable(shape)) => self.is_the_type(told, shape),
            _ => false,
        }
    }
}

/// Reports types that their own values would have to be checked against, and again, without end.
/// What is asked of the parts of a value comes to an end with it.
pub(super) fn report_circles(model: &Model, report: &mut Report) {
    for id in (0..model.types.len()).map(TypeId).filter(|id| leads_to_itself(model, *id)) {
        report
            .fault(&model.get(id).place, "leads back to itself, without an object in between")
            .cure("put an object with `properties` in between");
    }
}

fn leads_to_itself(model: &Model, start: TypeId) -> bool {
    let (mut seen, mut left) = (HashSet::new(), vec![start]);
    while let Some(id) = left.pop() {
        let asked = asked_by(model, id);
        if asked.contains(&start) {
            return true;
        }
        left.extend(asked.into_iter().filter(|id| seen.insert(*id)));
    }
    false
}

/// The types that a value of this one is asked to be of.
fn asked_by(model: &Model, id: TypeId) -> Vec<TypeId> {
    let mut asked = Vec::new();
    match &model.get(id).body {
        Body::Newtype(shape, _) => asked_of(shape, &mut asked),
        Body::Union(union) => {
            union.members.iter().for_each(|member| asked_of(&member.shape, &mut asked));
        }
        Body::Pending | Body::Object(_) | Body::Enum(_) => {}
    }
    asked
}

fn asked_of(shape: &Shape, asked: &mut Vec<TypeId>) {
    match shape {
        Shape::Named(id) => asked.push(*id),
        Shape::Nullable(shape) => asked_of(shape, asked),
        Shape::Also(shape, claims) => {
            asked_of(shape, asked);
            let claims = claims.iter().filter(|claim| !matches!(claim, Claim::Contains { .. }));
            claims.flat_map(Claim::shapes).for_each(|shape| asked_of(shape, asked));
        }
        _ => {}
    }
}
