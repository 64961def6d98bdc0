//! Schemas made of others: `$ref`, with the keywords beside it, and `allOf`.
//!
//! ```text
//! { "$ref": "#/$defs/Name", "maxLength": 18 }       where Name is { "type": "string", "minLength": 1 }
//!
//! Text(TextRules { min_length: 1, max_length: Some(18), .. })
//! ```

use super::context::{Schema, TypeContext, TypeResult};
use super::type_hint::{TypeHint, stated_hint, states_one_type};
use super::{Lowering, merge};
use crate::diagnostics::Reported;
use crate::model::{Body, Object, TypeExpr, TypeId};
use crate::schema::{JsonType, Keyword, Located, Subject};

/// One of the schemas that all hold.
pub(super) enum Part {
    Type(TypeExpr),
    Object(Object),
}

/// What a schema is made of.
struct Parts<'a> {
    reference: Option<Located<'a>>,
    /// The schemas of its `allOf`.
    branches: Vec<Located<'a>>,
    /// Whether it has other keywords besides.
    says_more: bool,
}

impl<'a> Lowering<'a, '_> {
    /// What all of a schema's parts allow: the target of its `$ref`, the branches of its `allOf`,
    /// and what it says itself.
    pub(super) fn composed(
        &mut self,
        schema: &Schema<'a>,
        context: TypeContext<'_>,
    ) -> TypeResult<TypeExpr> {
        let parts = Parts {
            reference: schema.keywords.read(Keyword::Ref).map(|entry| entry.value),
            branches: schema.keywords.items(Keyword::AllOf),
            says_more: says_more(schema),
        };
        let is_alone = parts.branches.is_empty() && !parts.says_more;
        schema.keywords.set_subject(Subject::Reference);
        match &parts.reference {
            Some(reference) if is_alone => self.reference(reference, context),
            Some(reference) if self.ignores_siblings => Ok(reference
                .error("in drafts up to 7, keywords beside `$ref` are ignored")
                .help("take them out, or state draft 2020-12, where both hold")
                .fail()?),
            _ => self.together(schema, &parts, context),
        }
    }

    fn together(
        &mut self,
        schema: &Schema<'a>,
        of: &Parts<'a>,
        context: TypeContext<'_>,
    ) -> TypeResult<TypeExpr> {
        let name = Self::type_name(schema, context.name)?;
        let id = self.begin_type(schema, name.clone());
        let mut parts = Vec::new();
        if let Some(reference) = &of.reference {
            parts.push(Part::Type(self.reference(reference, context)?));
        }
        let hint = stated_hint(schema).or(context.hint);
        for (index, branch) in of.branches.iter().enumerate() {
            let name = format!("{name} part {index}");
            parts.push(Part::Type(self.schema(branch, TypeContext { name: &name, hint })?));
        }
        if of.says_more {
            let hint = hint.or_else(|| self.hint_of_parts(&parts));
            parts.insert(0, self.own_part(schema, TypeContext { name: &name, hint })?);
        }
        self.finish_parts(schema, id, parts)
    }

    /// What the schema says itself. An object is not made a type of its own: that is what the
    /// parts make together.
    fn own_part(&mut self, schema: &Schema<'a>, context: TypeContext<'_>) -> TypeResult<Part> {
        let is_object = context.hint == Some(TypeHint::just(JsonType::Object));
        if is_object && states_one_type(schema) && schema.keywords.has(Keyword::Properties) {
            schema.keywords.read(Keyword::Type);
            schema.keywords.set_subject(Subject::Type(JsonType::Object));
            let mut object = self.object(schema, context.name);
            object.residuals.extend(self.residuals(schema));
            return Ok(Part::Object(object));
        }
        self.own_type(schema, context).map(Part::Type)
    }

    fn finish_parts(
        &mut self,
        schema: &Schema<'a>,
        id: TypeId,
        parts: Vec<Part>,
    ) -> TypeResult<TypeExpr> {
        match merge::parts(&self.model, parts) {
            Ok(Part::Object(object)) => {
                self.finish_type(id, Body::Object(object));
                Ok(TypeExpr::Named(id))
            }
            Ok(Part::Type(ty)) => {
                self.named.remove(&schema.keywords.located.identity());
                Ok(ty)
            }
            Err(why) => schema.no_type(
                format!("the parts of this schema cannot be put together: {why}"),
                "describe the one form that is sent",
            ),
        }
    }

    /// What the keywords beside a `$ref` are about: the type of its target.
    fn hint_of_parts(&self, parts: &[Part]) -> Option<TypeHint> {
        let ty = parts.iter().find_map(|part| match part {
            Part::Type(TypeExpr::Any) | Part::Object(_) => None,
            Part::Type(ty) => Some(ty),
        })?;
        self.hint_of(ty)
    }

    /// What a `$ref` leads to.
    fn reference(
        &mut self,
        reference: &Located<'a>,
        context: TypeContext<'_>,
    ) -> TypeResult<TypeExpr> {
        let target = self.references.target(reference)?;
        let identity = target.identity();
        if let Some(ty) = self.named.get(&identity) {
            let ty = ty.clone();
            self.note_assumed(&target, &ty);
            return Ok(ty);
        }
        if let Some(reported) = self.refused.get(&identity) {
            return Err((*reported).into());
        }
        match self.follow_once(reference, &target, context) {
            Ok(ty) => {
                self.named.insert(identity, ty.clone());
                Ok(ty)
            }
            Err(reported) => {
                self.refused.insert(identity, reported);
                Err(reported.into())
            }
        }
    }

    pub(super) fn follow(
        &mut self,
        reference: &Located<'a>,
        target: &Located<'a>,
        context: TypeContext<'_>,
    ) -> Result<TypeExpr, Reported> {
        let mut steps = target.place.pointer.rsplit('/');
        let name = steps.next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
        if matches!(steps.next(), Some("$defs" | "definitions")) {
            return self.definition(target, &name);
        }
        let ty = self.schema(target, context)?;
        let is_named = matches!(ty, TypeExpr::Named(_));
        if is_named && !self.is_document && target.node.at("/rustName").is_none() {
            reference
                .error("leads to a schema that has no name of its own")
                .help("move it to `$defs`, or give it a `rustName`")
                .label(&target.place, "this one");
        }
        Ok(ty)
    }
}

/// Whether a schema has keywords besides `$ref` and `allOf` that restrict values.
fn says_more(schema: &Schema<'_>) -> bool {
    schema.keywords.present().any(|keyword| match keyword {
        Some(Keyword::Ref | Keyword::AllOf) => false,
        Some(keyword) => keyword.is_enforced(),
        // It is unknown, and might.
        None => true,
    })
}

/// Deeper, and rustdoc finds no end of the traits that such a type might have.
const DEEPEST: usize = 32;

/// Refuses an array or a map in too many others, none of which is a type of its own.
pub(super) fn refuse_deep(schema: &Schema<'_>, inner: &TypeExpr) -> TypeResult<()> {
    if depth(inner) < DEEPEST {
        return Ok(());
    }
    schema.no_type(
        format!("is nested too deep: {DEEPEST} arrays or {} maps are the most", DEEPEST / MAP),
        "put an object in between, which is a type of its own",
    )
}

/// How many arrays a map is worth: its type has more parameters, each with traits of its own.
const MAP: usize = 4;

fn depth(ty: &TypeExpr) -> usize {
    match ty {
        TypeExpr::List(inner, _) | TypeExpr::Nullable(inner) => 1 + depth(inner),
        TypeExpr::Map(inner, _) => MAP + depth(inner),
        TypeExpr::Constrained(inner, _) => depth(inner),
        _ => 0,
    }
}
