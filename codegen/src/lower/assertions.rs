//! The keywords of a schema that no Rust type enforces, and alternatives of which several may be
//! valid. They become rules of the type, which a table checks.
//!
//! ```text
//! { "type": "integer", "not": { "const": 0 } }
//!
//! Constrained(Integer(..), Residual { keywords: [not], node: .. })
//! ```

use wechat_bizwifi_rules::Types;

use super::Lowering;
use super::context::{NoType, SchemaReader, TypeContext, TypeHint, TypeResult};
use super::enums::canonical_values;
use super::rule_docs::sentences;
use super::rules_only::report_unknown;
use super::union::why_no_enum;
use super::variants::Branch;
use crate::diagnostics::{Place, Severity};
use crate::model::{Body, Residual, TypeExpr, TypeId, TypeSet};
use crate::schema::{Keyword, Mark, On, Subject, Support, has_partner};
use crate::util::{CollectVec as _, PushAll as _};

impl<'a> Lowering<'a, '_> {
    /// A type, with those keywords of the schema as rules that the type does not enforce.
    pub(super) fn constrained(&mut self, schema: &SchemaReader<'a>, ty: TypeExpr) -> TypeExpr {
        let residuals = self.residuals(schema);
        match ty {
            ty if residuals.is_empty() => ty,
            // A named type that was made of this schema has the rules itself.
            TypeExpr::Named(id) if self.is_of(id, schema) => {
                self.model.types[id.0].residuals.push_all(residuals);
                ty
            }
            TypeExpr::Nullable(ty) => {
                if let TypeExpr::Named(id) = *ty
                    && self.is_of(id, schema)
                {
                    self.model.types[id.0].residuals.push_all(residuals.clone());
                }
                TypeExpr::Constrained(Box::new(TypeExpr::Nullable(ty)), residuals)
            }
            ty => TypeExpr::Constrained(Box::new(ty), residuals),
        }
    }

    /// The rules of a schema that its type does not enforce; empty, if there are none.
    pub(super) fn residuals(&mut self, schema: &SchemaReader<'a>) -> Vec<Residual> {
        self.residuals_of(schema, residual_keywords(schema))
    }

    /// As [`residuals`](Self::residuals), but only the keywords for objects.
    pub(super) fn residuals_on_properties(&mut self, schema: &SchemaReader<'a>) -> Vec<Residual> {
        let mut keywords = residual_keywords(schema);
        keywords.retain(|it| it.info().support == Support::Enforced(On::Objects));
        self.residuals_of(schema, keywords)
    }

    fn residuals_of(&mut self, schema: &SchemaReader<'a>, keywords: Vec<Keyword>) -> Vec<Residual> {
        for entry in keywords.iter().filter_map(|keyword| schema.keywords.read(*keyword)) {
            report_unknown(&entry);
        }
        self.residual(schema, keywords).into_iter().collect_vec()
    }

    /// The rules of some keywords of a schema; `None` without keywords.
    pub(super) fn residual(
        &mut self,
        schema: &SchemaReader<'a>,
        keywords: Vec<Keyword>,
    ) -> Option<Residual> {
        if keywords.is_empty() {
            return None;
        }
        let lists_values = keywords.iter().any(|it| matches!(it, Keyword::Const | Keyword::Enum));
        let values = if lists_values { canonical_values(schema) } else { None };
        self.residual_schemas.push(schema.keywords.located.clone());
        let index = self.residual_schemas.len() - 1;
        let docs = sentences(&schema.keywords, &keywords);
        Some(Residual { schema: index, docs, keywords, values })
    }

    /// Whether a type was made of a schema.
    fn is_of(&self, id: TypeId, schema: &SchemaReader<'a>) -> bool {
        let (place, other) = (&self.model.get(id).place, schema.place());
        place.pointer == other.pointer && place.file.path == other.file.path
    }

    /// The type of alternatives of which several may be valid: the JSON type that they have in
    /// common, or any JSON. The alternatives become a rule.
    pub(super) fn constrained_alternatives(
        &mut self,
        schema: &SchemaReader<'a>,
        branches: &[Branch<'a>],
        context: TypeContext<'_>,
    ) -> TypeResult {
        if schema.keywords.has(Keyword::Type) || context.hint.is_some() {
            return self.by_json_types(schema, context);
        }
        let types = branches.iter().map(|branch| self.json_type_of(&branch.ty)).collect_vec();
        let common = types.first().copied().flatten();
        let common = common.filter(|first| types.iter().all(|other| *other == Some(*first)));
        let Some(json_type) = common else {
            if schema.is_document() {
                let (reason, help) = why_no_enum(schema);
                self.warn_of_json(schema, (schema.place(), reason, help));
            }
            // Each of the other keywords applies to values of some JSON types.
            schema.keywords.set_subject(Subject::Types(Types::ALL));
            return Ok(TypeExpr::Any);
        };
        let or_null = branches.iter().any(|branch| self.allows_null(&branch.ty));
        let hint = Some(TypeHint { or_null, ..TypeHint::just(json_type) });
        self.by_json_types(schema, TypeContext { hint, ..context })
    }

    /// Warns of a schema that no Rust type holds.
    fn warn_of_json(
        &mut self,
        schema: &SchemaReader<'a>,
        (place, reason, help): (&Place, &str, &str),
    ) {
        let message = format!("becomes a JSON value that is checked: {reason}");
        let warning = self.reporter.lint(Severity::Warning, place, message).help(help);
        self.json_warnings.push((warning, schema.place().clone()));
    }

    /// Withdraws warnings of checked JSON that is part of no type in the end: schemas that were
    /// merged with others, alternatives that became a rule, and definitions that nothing uses.
    pub(super) fn withdraw_unused_warnings(&mut self) {
        let warnings = std::mem::take(&mut self.json_warnings);
        let used = self.json_in_use();
        for (warning, place) in warnings {
            if !used.iter().any(|it| it.file.path == place.file.path && it.pointer == place.pointer)
            {
                self.reporter.withdraw(warning);
            }
        }
    }

    /// The places of the schemas whose checked JSON is part of a type.
    fn json_in_use(&self) -> Vec<&Place> {
        let model = &self.model;
        let roots = model.roots.iter().map(|root| &root.ty).chain(&model.definitions);
        let replies = model.operations.iter().filter_map(|it| it.reply.ty());
        let requests = model.operations.iter().flat_map(|it| model.get(it.request).types());
        let mut left = roots.chain(replies).chain(requests).collect_vec();
        let (mut seen, mut used) = (TypeSet::default(), Vec::new());
        while let Some(ty) = left.pop() {
            match ty {
                TypeExpr::Named(id) if seen.insert(*id, ()).is_none() => {
                    left.push_all(self.model.get(*id).types());
                }
                TypeExpr::Constrained(json, residuals) if json.is_any() => {
                    used.push_all(
                        residuals.iter().map(|it| &self.residual_schemas[it.schema].place),
                    );
                }
                _ => left.extend(ty.part()),
            }
        }
        used
    }

    /// Checked JSON for a schema whose values no Rust type holds, with a warning. A type that was
    /// begun for the schema becomes a newtype of it.
    pub(super) fn checked_json(&mut self, schema: &SchemaReader<'a>, no_type: &NoType) -> TypeExpr {
        self.warn_of_json(schema, (&no_type.place, &no_type.reason, no_type.help));
        let keywords = schema
            .keywords
            .present()
            .flatten()
            .filter(|keyword| keyword.is_enforced())
            .collect_vec();
        for entry in keywords.iter().filter_map(|keyword| schema.keywords.read(*keyword)) {
            report_unknown(&entry);
        }
        let residuals = self.residual(schema, keywords).into_iter().collect_vec();
        let json = TypeExpr::Constrained(Box::new(TypeExpr::Any), residuals);
        let identity = schema.keywords.located.identity();
        let begun = match self.named.get(&identity) {
            Some(TypeExpr::Named(id)) if matches!(self.model.get(*id).body, Body::Pending) => *id,
            _ => return json,
        };
        self.finish_type(begun, Body::Newtype(json, Vec::new()));
        TypeExpr::Named(begun)
    }
}

/// The unused keywords of a schema that have an effect on its values.
fn residual_keywords(schema: &SchemaReader<'_>) -> Vec<Keyword> {
    let unused = schema.keywords.unused();
    let keywords = unused.filter_map(|entry| Keyword::of_schema(entry.name));
    let has_effect = |keyword: &Keyword| {
        let applies =
            keyword.is(Mark::Assertion) || schema.keywords.subject().is_affected_by(*keyword);
        applies && has_partner(&schema.keywords, *keyword)
    };
    keywords.filter(has_effect).collect_vec()
}
