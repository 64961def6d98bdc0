//! Schemas made of others: `$ref`, with the keywords beside it, and `allOf`.
//!
//! ```text
//! { "$ref": "#/$defs/Name", "maxLength": 18 }       where Name is { "type": "string", "minLength": 1 }
//!
//! Text([Number(MinLength, 1), Number(MaxLength, 18)])
//! ```

use wechat_bizwifi_rules::JsonType;

use super::annotations::{read_property_keywords, values};
use super::context::{SchemaReader, TypeContext, TypeHint, TypeResult};
use super::merge::{Merge, Part};
use super::type_hint::stated_hint;
use super::{Lowering, file_name, stem};
use crate::diagnostics::Reported;
use crate::model::{Body, TypeExpr, TypeId};
use crate::names;
use crate::schema::{Keyword, Located, Subject};
use crate::source::uri;
use crate::util::{CollectVec as _, PushAll as _};

/// What a schema is composed of.
struct Composition<'a> {
    reference: Option<Located<'a>>,
    /// The schemas of its `allOf`.
    branches: Vec<Located<'a>>,
    /// Whether it has other keywords that its type depends on.
    has_other_keywords: bool,
}

impl<'a> Lowering<'a, '_> {
    /// The type for values that all parts of a schema allow: the target of its `$ref`, the branches
    /// of its `allOf`, and its own keywords.
    pub(super) fn composed(
        &mut self,
        schema: &SchemaReader<'a>,
        context: TypeContext<'_>,
    ) -> TypeResult {
        let composition = Composition {
            reference: schema.keywords.read(Keyword::Ref).map(|entry| entry.value),
            branches: schema.keywords.items(Keyword::AllOf),
            has_other_keywords: has_other_keywords(schema),
        };
        let is_alone = composition.branches.is_empty() && !composition.has_other_keywords;
        schema.keywords.set_subject(Subject::Reference);
        match &composition.reference {
            Some(reference) if is_alone => self.target_type(reference, context),
            _ => self.merged(schema, &composition, context),
        }
    }

    /// Lowers each part, and merges their types.
    fn merged(
        &mut self,
        schema: &SchemaReader<'a>,
        composition: &Composition<'a>,
        context: TypeContext<'_>,
    ) -> TypeResult {
        let name = Self::type_name(schema, context.name)?;
        let id = self.begin_type(schema, name.clone());
        let mut parts = Vec::new();
        let stated = || composition.branches.iter().find_map(stated_hint);
        let hint = stated_hint(&schema.keywords.located).or(context.hint).or_else(stated);
        if let Some(reference) = &composition.reference {
            let context = TypeContext { hint, ..context };
            parts.push(Part::Type(self.target_type(reference, context)?));
        }
        for (index, branch) in composition.branches.iter().enumerate() {
            let name = format!("{name} part {index}");
            let hint = self.hint_beside(&parts, hint);
            let context = TypeContext { name: &name, hint, ..context };
            parts.push(Part::Type(self.branch(branch, context)?));
        }
        if composition.has_other_keywords {
            let hint = self.hint_beside(&parts, hint);
            let uncomposed =
                self.uncomposed(schema, TypeContext { name: &name, hint, ..context })?;
            parts.insert(0, Part::Type(uncomposed));
        }
        self.add_shared_defaults(&schema.keywords.located);
        self.finish_parts(schema, (id, &name), parts)
    }

    /// Lowers a branch of `allOf`. It may have keywords about the property whose schema has the
    /// `allOf`.
    fn branch(
        &mut self,
        branch: &Located<'a>,
        context: TypeContext<'_>,
    ) -> Result<TypeExpr, Reported> {
        self.read(branch, |lowering, schema| {
            if context.is_property {
                read_property_keywords(&schema.keywords);
            }
            let ty = lowering.type_expr(schema, context)?;
            // The merged type gets the named values of its parts.
            if lowering.json_type_of(&ty) == Some(JsonType::Integer) {
                schema.keywords.read(Keyword::NamedValues);
            }
            lowering.add_samples(schema);
            Ok(ty)
        })
    }

    fn finish_parts(
        &mut self,
        schema: &SchemaReader<'a>,
        (id, name): (TypeId, &str),
        parts: Vec<Part>,
    ) -> TypeResult {
        let mut merge = Merge::new(self, name);
        let merged = merge.parts(parts);
        let is_exact = merge.is_exact;
        let composed = [Keyword::Ref, Keyword::AllOf];
        let composed = composed.into_iter().filter(|it| !is_exact && schema.keywords.has(*it));
        let residual = self.residual(schema, composed.collect_vec());
        match merged {
            Ok(Part::Object(mut object)) => {
                object.residuals.push_all(residual);
                self.finish_type(id, Body::Object(object));
                Ok(TypeExpr::Named(id))
            }
            Ok(Part::Type(ty)) => {
                self.named.remove(&schema.keywords.located.identity());
                let ty = match residual {
                    Some(residual) => TypeExpr::Constrained(Box::new(ty), vec![residual]),
                    None => ty,
                };
                self.with_named_values(schema, ty, name)
            }
            Err(why) => schema.no_type(
                format!("the parts of this schema cannot be put together: {why}"),
                "describe the one form that is sent",
            ),
        }
    }

    /// The merged type, as a newtype if parts of the schema have `namedValues`.
    fn with_named_values(
        &mut self,
        schema: &SchemaReader<'a>,
        ty: TypeExpr,
        name: &str,
    ) -> TypeResult {
        let parts = self.references.parts_of(&schema.keywords.located);
        if values(&parts, Keyword::NamedValues).is_empty() {
            return Ok(ty);
        }
        self.newtype(schema, ty, name)
    }

    /// The hint for lowering the next part: the known one, or else that of the parts before it. The
    /// type of an array's items may come from these parts in any case.
    fn hint_beside(&self, parts: &[Part], known: Option<TypeHint>) -> Option<TypeHint> {
        let of_parts = self.hint_of_parts(parts);
        match (known, of_parts) {
            (Some(known), Some(of_parts)) if known.json_type == of_parts.json_type => {
                Some(TypeHint { items: known.items.or(of_parts.items), ..known })
            }
            _ => known.or(of_parts),
        }
    }

    /// The hint that the parts before give: that of the first with a type.
    fn hint_of_parts(&self, parts: &[Part]) -> Option<TypeHint> {
        let ty = parts.iter().find_map(|part| match part {
            Part::Type(TypeExpr::Any) | Part::Object(_) => None,
            Part::Type(ty) => Some(ty),
        })?;
        self.hint_of(ty)
    }

    /// The type of a `$ref`'s target, by the hint. A definition without `type`, which is checked
    /// JSON elsewhere, is lowered as an object where all values are objects.
    fn target_type(&mut self, reference: &Located<'a>, context: TypeContext<'_>) -> TypeResult {
        let ty = self.reference(reference, context)?;
        let is_json = matches!(&ty, TypeExpr::Constrained(inner, _) if inner.is_any());
        let is_object = context.hint == Some(TypeHint::just(JsonType::Object));
        let target = self.references.target(reference)?;
        let identity = target.identity();
        if !is_json || !is_object || !target.is_document() || self.is_entered(&identity) {
            return Ok(ty);
        }
        self.named.remove(&identity);
        self.untyped_definitions.insert(identity, ty.clone());
        let name = name_of_definition(&target).unwrap_or_else(|| context.name.to_owned());
        let here = self.read(&target, |lowering, schema| {
            read_property_keywords(&schema.keywords);
            lowering.type_expr(schema, TypeContext { name: &name, ..context })
        });
        self.named.insert(identity, ty);
        Ok(here?)
    }

    /// The type of a `$ref`'s target.
    fn reference(&mut self, reference: &Located<'a>, context: TypeContext<'_>) -> TypeResult {
        let target = self.references.target(reference)?;
        let identity = target.identity();
        if let Some(ty) = self.untyped_definitions.get(&identity) {
            return Ok(ty.clone());
        }
        if let Some(ty) = self.named.get(&identity) {
            let ty = ty.clone();
            self.note_assumed(&target, &ty);
            return Ok(ty);
        }
        if let Some(reported) = self.failed_targets.get(&identity) {
            return Err((*reported).into());
        }
        if self.is_entered(&identity) {
            return Ok(self.begin_recursive(&target));
        }
        match self.follow(reference, &target, context) {
            Ok(ty) => {
                self.named.insert(identity, ty.clone());
                Ok(ty)
            }
            Err(reported) => {
                self.failed_targets.insert(identity, reported);
                Err(reported.into())
            }
        }
    }

    /// Lowers the target of a `$ref`.
    fn follow(
        &mut self,
        reference: &Located<'a>,
        target: &Located<'a>,
        context: TypeContext<'_>,
    ) -> Result<TypeExpr, Reported> {
        if let Some(name) = name_of_definition(target) {
            return self.definition(target, &name);
        }
        if self.is_named_by_file(target) {
            return self.document(target, &names::type_name_for(file_name(target)));
        }
        let name = self.name_of_place(target).unwrap_or_else(|| context.name.to_owned());
        let ty = self.read(target, |lowering, schema| {
            // The target may be a property's schema.
            read_property_keywords(&schema.keywords);
            let ty = lowering.type_expr(schema, TypeContext { name: &name, ..context })?;
            lowering.add_samples(schema);
            Ok(ty)
        })?;
        let is_named = matches!(ty, TypeExpr::Named(_));
        if is_named && !target.is_document() && target.node.at("/rustName").is_none() {
            reference
                .error("leads to a schema that has no name of its own")
                .help("move it to `$defs`, or give it a `rustName`")
                .label(&target.place, "this one");
        }
        Ok(ty)
    }

    /// The name that the place of a property's schema suggests for its type, wherever the `$ref`
    /// is.
    fn name_of_place(&self, schema: &Located<'a>) -> Option<String> {
        let mut steps = schema.place.pointer.split('/').skip(1).peekable();
        let mut name = match steps.peek()? {
            &"$defs" | &"definitions" => definition_name(steps.nth(1)?),
            &"components" => definition_name(steps.nth(2)?),
            _ => self.document_name(schema),
        };
        while let Some(keyword) = steps.next() {
            let property = steps.next().filter(|_| keyword == Keyword::Properties.name())?;
            name = format!("{name} {}", uri::unescaped(property));
        }
        Some(name)
    }
}

/// The name of a definition, or of a schema among an OpenAPI document's components; `None`, if the
/// schema is neither.
pub(crate) fn name_of_definition(schema: &Located<'_>) -> Option<String> {
    let mut steps = schema.place.pointer.rsplit('/');
    let name = steps.next().unwrap_or_default();
    let is_definition = match steps.next()? {
        "$defs" | "definitions" => true,
        "schemas" => steps.next() == Some("components"),
        _ => false,
    };
    is_definition.then(|| definition_name(name))
}

/// The name of a definition. In a bundled document it may be a URL: then the name of its file.
fn definition_name(step: &str) -> String {
    let name = uri::unescaped(step);
    let file = name.split_once("://").and_then(|(_, path)| path.rsplit('/').next());
    match file {
        Some(file) if !file.is_empty() => stem(file).to_owned(),
        _ => name,
    }
}

/// Whether a schema has keywords besides `$ref` and `allOf` that its type depends on.
fn has_other_keywords(schema: &SchemaReader<'_>) -> bool {
    schema.keywords.present().any(|keyword| match keyword {
        Some(Keyword::Ref | Keyword::AllOf) => false,
        Some(Keyword::Sensitive | Keyword::NamedValues) => true,
        Some(keyword) => keyword.is_enforced(),
        // The type might depend on an unknown keyword.
        None => true,
    })
}
