//! What a schema says of its values besides their type: `not`, `if`, `contains` and their kin, and
//! alternatives that no type can be made of.

use std::collections::HashSet;

use super::array::counts_or;
use super::type_expr::TypeContext;
use super::type_hint::TypeHint;
use super::{Lowering, Notes};
use crate::diagnostics::Diagnostics;
use crate::model::{
    AdditionalProperties, Assertion, Body, JsonType, MapRules, PropertyRules, TypeExpr,
};
use crate::schema::{KeywordReader, Located};
use crate::source::Value;

/// The words that claims are made of. Each has its meaning for values of every type.
pub(super) const ASSERTIONS: &[&str] = &[
    "not",
    "if",
    "then",
    "else",
    "contains",
    "minContains",
    "maxContains",
    "dependentSchemas",
    "dependencies",
];

const STATE_ADDITIONAL: &str =
    "say in the objects within what other properties there may be: `additionalProperties`";

impl<'a> Lowering<'a, '_> {
    /// A type, and what the schema claims of its values besides.
    pub(super) fn with_assertions(
        &mut self,
        keywords: &KeywordReader<'a>,
        base: TypeExpr,
        context: TypeContext<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        let inherited = self.hint_of(&base).or(context.inherited);
        let context = TypeContext { inherited, ..context };
        let mut assertions = Vec::new();
        if let Some(entry) = keywords.read("not") {
            assertions.push(Assertion::Not(self.within(
                &entry.value,
                "not",
                context,
                diagnostics,
            )?));
        }
        assertions.extend(self.condition(keywords, context, diagnostics)?);
        assertions.extend(self.contains(keywords, context, diagnostics)?);
        for word in ["dependentSchemas", "dependencies"] {
            assertions.extend(self.dependents(keywords, word, context, diagnostics)?);
        }
        self.constrained(keywords, base, assertions, diagnostics)
    }

    /// A schema within a claim, named after its word.
    fn within(
        &mut self,
        located: &Located<'a>,
        word: &str,
        context: TypeContext<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        let name = format!("{} {word}", context.name);
        self.schema(located, TypeContext { name: &name, ..context }, diagnostics)
    }

    /// Adds claims to a type, whose values must be kept whole to be judged.
    pub(super) fn constrained(
        &mut self,
        keywords: &KeywordReader<'a>,
        base: TypeExpr,
        assertions: Vec<Assertion>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        if assertions.is_empty() {
            return Some(base);
        }
        if !self.keep_whole(&base) {
            diagnostics
                .error(&keywords.schema.place, "claims something of values that are not kept whole")
                .help(STATE_ADDITIONAL);
            return None;
        }
        Some(TypeExpr::Constrained(Box::new(base), assertions))
    }

    /// Two items differ if they differ in what the schema does not list. Their types may have been
    /// unfinished when the list was lowered.
    pub(super) fn keep_what_is_compared(&mut self, diagnostics: &mut Diagnostics) {
        for (place, items) in std::mem::take(&mut self.compared) {
            if !self.keep_whole(&items) {
                diagnostics
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
        keywords: &KeywordReader<'a>,
        context: TypeContext<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Option<Assertion>> {
        if !keywords.has("then") && !keywords.has("else") {
            return Some(None);
        }
        let Some(condition) = keywords.read("if") else { return Some(None) };
        let condition = self.within(&condition.value, "if", context, diagnostics)?;
        let mut branch = |word: &'static str| match keywords.read(word) {
            Some(entry) => self.within(&entry.value, word, context, diagnostics).map(Some),
            None => Some(None),
        };
        Some(Some(Assertion::If { condition, then: branch("then")?, otherwise: branch("else")? }))
    }

    fn contains(
        &mut self,
        keywords: &KeywordReader<'a>,
        context: TypeContext<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Option<Assertion>> {
        let Some(entry) = keywords.read("contains") else { return Some(None) };
        let context = TypeContext { inherited: None, ..context };
        let ty = self.within(&entry.value, "contained", context, diagnostics)?;
        let count = counts_or(keywords, "minContains", "maxContains", 1, diagnostics);
        Some(Some(Assertion::Contains { ty, count }))
    }

    fn dependents(
        &mut self,
        keywords: &KeywordReader<'a>,
        word: &'static str,
        context: TypeContext<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<Assertion>> {
        let Some(entry) = keywords.read(word) else { return Some(Vec::new()) };
        let mut assertions = Vec::new();
        for (property, located) in entry.value.properties(diagnostics) {
            let ty = match &located.node.value {
                Value::Array(_) if word == "dependencies" => {
                    required_properties(&located, diagnostics)
                }
                _ => self.within(&located, &format!("with {property}"), context, diagnostics)?,
            };
            assertions.push(Assertion::Dependent(property.to_owned(), ty));
        }
        Some(assertions)
    }

    /// Alternatives that cannot be told apart by looking at the value: it is of their common type,
    /// and whether it keeps one of them is a claim.
    pub(super) fn constrained_alternatives(
        &mut self,
        keywords: &KeywordReader<'a>,
        lowered: Vec<(Located<'a>, TypeExpr)>,
        context: TypeContext<'_>,
        notes: &Notes<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        let base = self.base_of(keywords, &lowered, context, notes, diagnostics)?;
        let types_within = lowered.into_iter().map(|(_, ty)| ty).collect();
        let assertion = if keywords.has("anyOf") {
            Assertion::AnyOf(types_within)
        } else {
            Assertion::OneOf(types_within)
        };
        self.constrained(keywords, base, vec![assertion], diagnostics)
    }

    /// What the schema says beside its alternatives; or else the type that they have in common.
    fn base_of(
        &mut self,
        keywords: &KeywordReader<'a>,
        lowered: &[(Located<'a>, TypeExpr)],
        context: TypeContext<'_>,
        notes: &Notes<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        if keywords.has("type") || context.inherited.is_some() {
            return self.own_types(keywords, context, notes, diagnostics);
        }
        let types: Vec<Option<JsonType>> =
            lowered.iter().map(|(_, ty)| self.json_type_of(ty)).collect();
        let common = types.first().copied().flatten();
        let common = common.filter(|first| types.iter().all(|other| *other == Some(*first)));
        if let Some(json_type) = common {
            let or_null = lowered.iter().any(|(_, ty)| self.allows_null(ty));
            let context =
                TypeContext { inherited: Some(TypeHint { json_type, or_null }), ..context };
            return self.own_types(keywords, context, notes, diagnostics);
        }
        if self.is_document {
            return Some(TypeExpr::Any);
        }
        diagnostics
            .error(&keywords.schema.place, "the types listed here cannot be told apart")
            .help("list types of different JSON types, or give each object a required property of one name with a `const` of its own");
        None
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
                        left.extend(union.members.iter().map(|member| &member.ty));
                    }
                    Body::Object(object)
                        if matches!(object.additional, AdditionalProperties::Ignored) =>
                    {
                        return false;
                    }
                    Body::Object(object) => left.extend(object.types_within()),
                },
                _ => {}
            }
        }
        true
    }
}

/// An object that has these properties.
fn required_properties(located: &Located<'_>, diagnostics: &mut Diagnostics) -> TypeExpr {
    let names = located.items(diagnostics);
    let required =
        names.iter().filter_map(|name| name.text(diagnostics)).map(str::to_owned).collect();
    let members = PropertyRules { required, ..PropertyRules::default() };
    TypeExpr::Map(Box::new(TypeExpr::Any), Box::new(MapRules { members, names: None }))
}
