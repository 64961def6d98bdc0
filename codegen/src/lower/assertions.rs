//! What a schema says of its values besides their type: `not`, `if`, `contains` and their kin, and
//! alternatives that no type can be made of.
//!
//! ```text
//! { "type": "integer", "not": { "const": 0 } }
//!
//! Constrained(Integer(..), [Not(an enum of 0)])
//! ```

use std::collections::HashSet;

use super::Lowering;
use super::array::counts_or;
use super::context::{Schema, TypeContext, TypeResult};
use super::type_hint::TypeHint;
use super::union::{Branch, not_told_apart};
use crate::diagnostics::Reported;
use crate::model::{AdditionalProperties, Assertion, Body, MapRules, PropertyRules, TypeExpr};
use crate::schema::{JsonType, Keyword, Located};
use crate::source::Value;

/// Whether a keyword is an assertion, which has its meaning for values of every type.
pub(super) fn is_assertion(keyword: Keyword) -> bool {
    matches!(
        keyword,
        Keyword::Not
            | Keyword::If
            | Keyword::Then
            | Keyword::Else
            | Keyword::Contains
            | Keyword::MinContains
            | Keyword::MaxContains
            | Keyword::DependentSchemas
            | Keyword::Dependencies
    )
}

const STATE_ADDITIONAL: &str =
    "say in the objects within what other properties there may be: `additionalProperties`";

impl<'a> Lowering<'a, '_> {
    /// A type, and the assertions of the schema.
    pub(super) fn with_assertions(
        &mut self,
        schema: &Schema<'a>,
        base: TypeExpr,
        context: TypeContext<'_>,
    ) -> TypeResult<TypeExpr> {
        let hint = self.hint_of(&base).or(context.hint);
        let context = TypeContext { hint, ..context };
        let mut assertions = Vec::new();
        if let Some(entry) = schema.keywords.read(Keyword::Not) {
            assertions.push(Assertion::Not(self.within(&entry.value, "not", context)?));
        }
        assertions.extend(self.condition(schema, context)?);
        assertions.extend(self.contains(schema, context)?);
        for keyword in [Keyword::DependentSchemas, Keyword::Dependencies] {
            assertions.extend(self.dependents(schema, keyword, context)?);
        }
        self.constrained(schema, base, assertions)
    }

    /// A schema within an assertion, named after its keyword.
    fn within(
        &mut self,
        located: &Located<'a>,
        keyword: &str,
        context: TypeContext<'_>,
    ) -> Result<TypeExpr, Reported> {
        let name = format!("{} {keyword}", context.name);
        self.schema(located, TypeContext { name: &name, ..context })
    }

    /// Adds assertions to a type, whose values must be kept whole to be checked.
    fn constrained(
        &mut self,
        schema: &Schema<'a>,
        base: TypeExpr,
        assertions: Vec<Assertion>,
    ) -> TypeResult<TypeExpr> {
        if assertions.is_empty() {
            return Ok(base);
        }
        if !self.keep_whole(&base) {
            return schema
                .no_type("has assertions on values that are not kept whole", STATE_ADDITIONAL);
        }
        Ok(TypeExpr::Constrained(Box::new(base), assertions))
    }

    /// Two items differ if they differ in what the schema does not list. Their types may have been
    /// unfinished when the list was lowered.
    pub(super) fn keep_what_is_compared(&mut self) {
        for (place, items) in std::mem::take(&mut self.compared) {
            if !self.keep_whole(&items) {
                self.reporter
                    .error(&place, "compares values that are not kept whole")
                    .help(STATE_ADDITIONAL);
            }
        }
    }

    /// Lets an object keep what it does not list. What is nested in it has to do so by itself.
    fn keep_whole(&mut self, ty: &TypeExpr) -> bool {
        if let TypeExpr::Named(id) = ty
            && let Body::Object(object) = &mut self.model.types[id.0].body
            && matches!(object.additional, AdditionalProperties::Ignored)
        {
            object.additional = AdditionalProperties::Kept(TypeExpr::Any);
        }
        self.is_lossless(ty)
    }

    fn condition(
        &mut self,
        schema: &Schema<'a>,
        context: TypeContext<'_>,
    ) -> Result<Option<Assertion>, Reported> {
        if !schema.keywords.has(Keyword::Then) && !schema.keywords.has(Keyword::Else) {
            return Ok(None);
        }
        let Some(condition) = schema.keywords.read(Keyword::If) else { return Ok(None) };
        let condition = self.within(&condition.value, "if", context)?;
        let mut branch = |keyword: Keyword| match schema.keywords.read(keyword) {
            Some(entry) => self.within(&entry.value, keyword.name(), context).map(Some),
            None => Ok(None),
        };
        let (then, otherwise) = (branch(Keyword::Then)?, branch(Keyword::Else)?);
        Ok(Some(Assertion::If { condition, then, otherwise }))
    }

    fn contains(
        &mut self,
        schema: &Schema<'a>,
        context: TypeContext<'_>,
    ) -> Result<Option<Assertion>, Reported> {
        let Some(entry) = schema.keywords.read(Keyword::Contains) else { return Ok(None) };
        let context = TypeContext { hint: None, ..context };
        let ty = self.within(&entry.value, "contained", context)?;
        let count = counts_or(schema, (Keyword::MinContains, 1), Keyword::MaxContains);
        Ok(Some(Assertion::Contains { ty, count }))
    }

    fn dependents(
        &mut self,
        schema: &Schema<'a>,
        keyword: Keyword,
        context: TypeContext<'_>,
    ) -> Result<Vec<Assertion>, Reported> {
        let mut assertions = Vec::new();
        for (property, located) in schema.keywords.properties(keyword) {
            let ty = match &located.node.value {
                Value::Array(_) if keyword == Keyword::Dependencies => {
                    required_properties(located.texts())
                }
                _ => self.within(&located, &format!("with {property}"), context)?,
            };
            assertions.push(Assertion::Dependent(property.to_owned(), ty));
        }
        Ok(assertions)
    }

    /// Alternatives that may both hold: it is of their common type,
    /// and that it is valid against one of them is an assertion.
    pub(super) fn constrained_alternatives(
        &mut self,
        schema: &Schema<'a>,
        branches: Vec<Branch<'a>>,
        context: TypeContext<'_>,
    ) -> TypeResult<TypeExpr> {
        let base = self.base_of(schema, &branches, context)?;
        let types = branches.into_iter().map(|(_, ty)| ty).collect();
        let is_any_of = schema.keywords.has(Keyword::AnyOf);
        let assertion = if is_any_of { Assertion::AnyOf(types) } else { Assertion::OneOf(types) };
        self.constrained(schema, base, vec![assertion])
    }

    /// What the schema says beside its alternatives; or else the type that they have in common.
    fn base_of(
        &mut self,
        schema: &Schema<'a>,
        branches: &[Branch<'a>],
        context: TypeContext<'_>,
    ) -> TypeResult<TypeExpr> {
        if schema.keywords.has(Keyword::Type) || context.hint.is_some() {
            return self.own_types(schema, context);
        }
        let types: Vec<Option<JsonType>> =
            branches.iter().map(|(_, ty)| self.json_type_of(ty)).collect();
        let common = types.first().copied().flatten();
        let common = common.filter(|first| types.iter().all(|other| *other == Some(*first)));
        if let Some(json_type) = common {
            let or_null = branches.iter().any(|(_, ty)| self.allows_null(ty));
            let hint = Some(TypeHint { json_type, or_null });
            return self.own_types(schema, TypeContext { hint, ..context });
        }
        if self.is_document {
            return Ok(TypeExpr::Any);
        }
        not_told_apart(schema)
    }

    /// Whether a value of the type, written again, is the value that was read.
    fn is_lossless(&self, ty: &TypeExpr) -> bool {
        let mut seen = HashSet::new();
        let mut left = vec![ty];
        while let Some(ty) = left.pop() {
            match ty {
                TypeExpr::Secret(_) => return false,
                TypeExpr::List(ty, _)
                | TypeExpr::Map(ty, _)
                | TypeExpr::Nullable(ty)
                | TypeExpr::Constrained(ty, _) => left.push(ty),
                TypeExpr::Named(id) if seen.insert(*id) => match &self.model.get(*id).body {
                    Body::Pending => return false,
                    Body::Enum(_) => {}
                    Body::Newtype(ty, _) => left.push(ty),
                    Body::Union(union) => {
                        left.extend(union.variants.iter().map(|variant| &variant.ty));
                    }
                    Body::Object(object)
                        if matches!(object.additional, AdditionalProperties::Ignored) =>
                    {
                        return false;
                    }
                    Body::Object(object) => left.extend(object.types()),
                },
                _ => {}
            }
        }
        true
    }
}

/// An object that has these properties.
fn required_properties(required: Vec<String>) -> TypeExpr {
    let properties = PropertyRules { required, ..PropertyRules::default() };
    let rules = MapRules { properties, names: None };
    TypeExpr::Map(Box::new(TypeExpr::Any), Box::new(rules))
}
