//! Schemas made of others: `$ref`, with what stands beside it, and `allOf`.

use super::type_expr::TypeContext;
use super::type_hint::{TypeHint, stated_hint, states_one_type};
use super::{Lowering, Notes, identity, merge};
use crate::diagnostics::Diagnostics;
use crate::model::{Body, JsonType, Object, TypeExpr};
use crate::schema::{KeywordReader, Located, is_enforced};

/// One of the schemas that all hold.
pub(super) enum Part {
    TypeExpr(TypeExpr),
    Object(Object),
}

impl<'a> Lowering<'a, '_> {
    /// What all of a schema's parts allow: the target of its `$ref`, the members of its `allOf`,
    /// and what it says itself.
    pub(super) fn composed(
        &mut self,
        keywords: &KeywordReader<'a>,
        context: TypeContext<'_>,
        notes: &Notes<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        let reference = keywords.read("$ref").map(|entry| entry.value);
        let members = keywords.items("allOf", diagnostics);
        let says_more =
            keywords.names().any(|word| is_enforced(word) && word != "$ref" && word != "allOf");
        if let Some(reference) = reference.as_ref().filter(|_| says_more || !members.is_empty())
            && self.lone_references
        {
            diagnostics
                .error(&reference.place, "hides what stands beside it, in this `$schema`'s draft")
                .help("take that out, or state draft 2020-12, where both hold");
            return None;
        }
        keywords.set_subject("what a `$ref` leads to");
        if let (Some(reference), [], false) = (&reference, members.as_slice(), says_more) {
            return self.reference(reference, context, diagnostics);
        }
        self.together(
            keywords,
            reference.as_ref(),
            &members,
            says_more,
            context,
            notes,
            diagnostics,
        )
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one schema")]
    fn together(
        &mut self,
        keywords: &KeywordReader<'a>,
        reference: Option<&Located<'a>>,
        members: &[Located<'a>],
        says_more: bool,
        context: TypeContext<'_>,
        notes: &Notes<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        let name = Self::type_name(keywords, context.name, diagnostics)?;
        let id = self.begin_type(&keywords.schema, name.clone(), notes);
        let mut parts = Vec::new();
        if let Some(reference) = reference {
            parts.push(Part::TypeExpr(self.reference(reference, context, diagnostics)?));
        }
        let inherited = stated_hint(keywords).or(context.inherited);
        for (index, member) in members.iter().enumerate() {
            let name = format!("{name} part {index}");
            parts.push(Part::TypeExpr(self.schema(
                member,
                TypeContext { name: &name, inherited },
                diagnostics,
            )?));
        }
        if says_more {
            let inherited = inherited.or_else(|| self.hint_of_parts(&parts));
            parts.insert(
                0,
                self.own_part(
                    keywords,
                    TypeContext { name: &name, inherited },
                    notes,
                    diagnostics,
                )?,
            );
        }
        self.finish_parts(keywords, id, parts, diagnostics)
    }

    /// What the schema says itself. An object is not made a type of its own: that is what the
    /// parts make together.
    fn own_part(
        &mut self,
        keywords: &KeywordReader<'a>,
        context: TypeContext<'_>,
        notes: &Notes<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Part> {
        let is_object = context.inherited == Some(TypeHint::just(JsonType::Object));
        if is_object && states_one_type(keywords) && keywords.has("properties") {
            keywords.read("type");
            keywords.set_subject("an object");
            return Some(Part::Object(self.object(keywords, context.name, diagnostics)));
        }
        self.own_type(keywords, context, notes, diagnostics).map(Part::TypeExpr)
    }

    fn finish_parts(
        &mut self,
        keywords: &KeywordReader<'a>,
        id: crate::model::TypeId,
        parts: Vec<Part>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        let merged = merge::parts(&mut self.model, parts);
        match merged {
            Ok(Part::Object(object)) => {
                self.finish_type(id, Body::Object(object));
                Some(TypeExpr::Named(id))
            }
            Ok(Part::TypeExpr(ty)) => {
                self.named.remove(&identity(&keywords.schema));
                Some(ty)
            }
            Err(why) => {
                diagnostics
                    .error(
                        &keywords.schema.place,
                        format!("the parts of this schema cannot be put together: {why}"),
                    )
                    .help("describe the one form that is sent");
                None
            }
        }
    }

    /// The type that what stands beside a `$ref` is about: the type of its target.
    fn hint_of_parts(&self, parts: &[Part]) -> Option<TypeHint> {
        let ty = parts.iter().find_map(|part| match part {
            Part::TypeExpr(TypeExpr::Any) | Part::Object(_) => None,
            Part::TypeExpr(ty) => Some(ty),
        })?;
        self.hint_of(ty)
    }

    /// What a `$ref` leads to. A type that has no name is written out wherever it is referred
    /// to, so references to references can make it as large as they like.
    pub(super) fn reference(
        &mut self,
        reference: &Located<'a>,
        context: TypeContext<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        let ty = self.referenced(reference, context, diagnostics)?;
        if is_too_large(&ty) {
            diagnostics
                .error(
                    &reference.place,
                    format!("stands for more than {MOST_PARTS} schemas without a name"),
                )
                .help("put an object with `properties` in between");
            return None;
        }
        Some(ty)
    }

    fn referenced(
        &mut self,
        reference: &Located<'a>,
        context: TypeContext<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        let target = self.references.target(reference, diagnostics)?;
        if let Some(ty) = self.named.get(&identity(&target)) {
            let ty = ty.clone();
            self.note_assumed(&target, &ty);
            return Some(ty);
        }
        if self.refused.contains(&identity(&target)) {
            return None;
        }
        if self.following.contains(&identity(&target)) {
            diagnostics
                .error(&reference.place, "leads back to itself, without an object in between")
                .help("put an object with `properties` in between");
            return None;
        }
        self.following.push(identity(&target));
        let ty = self.follow(reference, &target, context, diagnostics);
        self.following.pop();
        match &ty {
            Some(ty) => drop(self.named.insert(identity(&target), ty.clone())),
            None => drop(self.refused.insert(identity(&target))),
        }
        ty
    }

    fn follow(
        &mut self,
        reference: &Located<'a>,
        target: &Located<'a>,
        context: TypeContext<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        let mut steps = target.place.pointer.rsplit('/');
        let name = steps.next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
        if matches!(steps.next(), Some("$defs" | "definitions")) {
            return self.definition(target, &name, diagnostics);
        }
        let ty = self.schema(target, context, diagnostics)?;
        let is_named = matches!(ty, TypeExpr::Named(_));
        if is_named && !self.is_document && target.node.at("/rustName").is_none() {
            diagnostics
                .error(&reference.place, "leads to a schema that has no name of its own")
                .help("move it to `$defs`, or give it a `rustName`")
                .label(&target.place, "this one");
        }
        Some(ty)
    }
}

/// More parts than any schema has that people write, and as deep as Rust likes its types.
const MOST_PARTS: usize = 100;

/// Whether a type is made of more parts than that.
fn is_too_large(ty: &TypeExpr) -> bool {
    let mut left = vec![ty];
    let mut count = 0;
    while let Some(ty) = left.pop() {
        count += 1;
        left.extend(ty.parts());
        if count > MOST_PARTS {
            return true;
        }
    }
    false
}
