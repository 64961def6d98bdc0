//! Unions: `oneOf`, `anyOf`, or a `type` with several types.
//!
//! ```text
//! { "oneOf": [{ "type": "string" }, { "type": "integer" }] }
//!
//! Union { tag: None, variants: [String(Text(..)), Integer(Integer(..))] }
//! ```

use wechat_bizwifi_rules::{JsonType, Types};

use super::Lowering;
use super::context::{SchemaReader, TypeContext, TypeResult};
use super::type_hint::stated_hint;
use crate::diagnostics::Reported;
use crate::model::{Body, Type, TypeExpr, TypeId};
use crate::names;
use crate::schema::{Keyword, Located, Mark, On, Subject, Support};
use crate::source::Node;
use crate::util::{CollectVec as _, PushAll as _};

/// A schema of `oneOf` or `anyOf`, and its type.
pub(super) type Branch<'a> = (Located<'a>, TypeExpr);

impl<'a> Lowering<'a, '_> {
    /// The type of `oneOf` or `anyOf`: a union, if no value is valid against two branches. Then
    /// both keywords mean the same.
    pub(super) fn union(
        &mut self,
        schema: &SchemaReader<'a>,
        context: TypeContext<'_>,
    ) -> TypeResult {
        schema.keywords.set_subject(Subject::Union);
        let has_any_of = schema.keywords.has(Keyword::AnyOf);
        let keyword = if has_any_of { Keyword::AnyOf } else { Keyword::OneOf };
        let branches = schema.keywords.peek_items(keyword);
        if branches.iter().any(states_null) {
            self.or_null.insert(schema.keywords.located.identity());
        }
        let id = self.begin_union(schema, context)?;
        let hint = stated_hint(schema.keywords.located.node).or(context.hint);
        let mut lowered = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let name = format!("{} {}", context.name, branch_name(branch, index));
            lowered.push((
                branch.clone(),
                self.schema(branch, TypeContext { name: &name, hint, is_property: false })?,
            ));
        }
        let branches = self.with_shared_required(schema, keyword, &lowered);
        let distinct = match branches {
            Some(branches) => self.distinct(&(schema, keyword), &branches, context)?,
            None => None,
        };
        let Some((rest, or_null)) = distinct else {
            self.forget_type(id, &schema.keywords.located);
            return self.constrained_alternatives(schema, &lowered, context);
        };
        let types = rest.iter().filter_map(|(_, ty)| self.json_type_of(ty)).map(JsonType::types);
        schema.keywords.set_subject(Subject::Types(types.fold(Types::NONE, Types::or)));
        let ty = self.finish_union(schema, id, rest)?;
        schema.keywords.mark_enforced(Keyword::Type);
        schema.keywords.mark_enforced(Keyword::Required);
        if !self.is_distinguished_by_required(&ty) {
            schema.keywords.mark_enforced(keyword);
        }
        Ok(if or_null && !matches!(ty, TypeExpr::Null) {
            TypeExpr::Nullable(Box::new(ty))
        } else {
            ty
        })
    }

    /// The branches, with the `required` properties of the schema that has them. `None`, if a
    /// branch does not list these, or if the schema has other keywords than `required` and the
    /// `type` of objects.
    fn with_shared_required(
        &mut self,
        schema: &SchemaReader<'a>,
        keyword: Keyword,
        branches: &[Branch<'a>],
    ) -> Option<Vec<Branch<'a>>> {
        if !has_other_than(schema, &[keyword]) {
            return Some(branches.to_vec());
        }
        let types = schema.keywords.peek(Keyword::Type);
        if has_other_than(schema, &[keyword, Keyword::Type, Keyword::Required])
            || types.is_some_and(|types| types.as_text() != Some("object"))
        {
            return None;
        }
        let required = schema.keywords.peek_items(Keyword::Required);
        let required: Vec<&str> = required.iter().filter_map(|it| it.node.as_text()).collect_vec();
        let branches = branches.iter();
        let with =
            |(branch, ty): &Branch<'a>| Some((branch.clone(), self.with_required(ty, &required)?));
        branches.map(with).collect_some()
    }

    /// A copy of an object's type that requires these properties too; `None`, if it does not list
    /// them.
    fn with_required(&mut self, ty: &TypeExpr, names: &[&str]) -> Option<TypeExpr> {
        let TypeExpr::Named(id) = ty else { return None };
        let named_type = self.model.get(*id);
        let mut object = named_type.object()?.clone();
        for name in names {
            object.properties.iter_mut().find(|it| it.name == *name)?.required = true;
        }
        let Type { name, docs, deprecated, residuals, .. } = named_type;
        let (head, residuals) = ((name.clone(), docs.clone(), *deprecated), residuals.clone());
        let id = self.push_type(&self.schemas[id.0].clone(), head);
        self.model.types[id.0].residuals = residuals;
        self.finish_type(id, Body::Object(object));
        Some(TypeExpr::Named(id))
    }

    /// The branches without `null`, and whether any of them allows it. `None`, if a value may be
    /// valid against two branches; for `null` with `anyOf`, that makes no difference.
    fn distinct(
        &mut self,
        (schema, keyword): &(&SchemaReader<'a>, Keyword),
        branches: &[Branch<'a>],
        context: TypeContext<'_>,
    ) -> TypeResult<Option<(Vec<Branch<'a>>, bool)>> {
        let (mut rest, mut nulls) = (Vec::new(), 0);
        for (located, ty) in branches {
            let ty = match ty {
                TypeExpr::Null | TypeExpr::Nullable(_) => {
                    nulls += 1;
                    ty.part()
                }
                _ => Some(ty),
            };
            rest.push_all(ty.map(|ty| (located.clone(), ty.clone())));
        }
        let is_in_two = nulls > 1 && *keyword == Keyword::OneOf;
        let is_hidden = rest.iter().any(|(_, ty)| self.allows_null(ty));
        if is_in_two || is_hidden {
            return Ok(None);
        }
        if rest.len() < 2 && nulls > 0 || self.keys(&rest).is_some() {
            return Ok(Some((rest, nulls > 0)));
        }
        let grouped = self.with_objects_grouped((schema, *keyword), rest, context)?;
        Ok(grouped.map(|grouped| (grouped, nulls > 0)))
    }

    /// The branches, with one union of all objects in place of these. `None`, if the JSON type does
    /// not distinguish the branches then.
    fn with_objects_grouped(
        &mut self,
        (schema, keyword): (&SchemaReader<'a>, Keyword),
        branches: Vec<Branch<'a>>,
        context: TypeContext<'_>,
    ) -> TypeResult<Option<Vec<Branch<'a>>>> {
        let is_object = |(_, ty): &Branch<'a>| self.json_type_of(ty) == Some(JsonType::Object);
        let (objects, mut others): (Vec<_>, Vec<_>) = branches.into_iter().partition(is_object);
        let Some(entry) = schema.keywords.peek_entry(keyword) else { return Ok(None) };
        if objects.len() < 2 || others.is_empty() || self.keys(&objects).is_none() {
            return Ok(None);
        }
        let Some(name) = names::type_name(&format!("{} object", context.name)) else {
            return Ok(None);
        };
        let id = self.push_type(&schema.keywords.located, (name, None, false));
        self.model.types[id.0].place = entry.value.place.clone();
        let ty = self.variants(schema, id, objects)?;
        if self.is_distinguished_by_required(&ty) {
            let rule = self.residual(schema, vec![keyword]);
            self.model.types[id.0].residuals.push_all(rule);
        }
        others.push((entry.value, ty));
        Ok(self.keys(&others).is_some().then_some(others))
    }

    /// The type of a `type` with several types: each has the keywords that apply to it.
    pub(super) fn union_of_types(
        &mut self,
        schema: &SchemaReader<'a>,
        types: &[JsonType],
        context: TypeContext<'_>,
    ) -> TypeResult {
        let id = self.begin_union(schema, context)?;
        let mut branches = Vec::new();
        for json_type in types.iter().filter(|json_type| **json_type != JsonType::Null) {
            let name = format!("{} {json_type:?}", context.name);
            let ty = self.typed(schema, *json_type, TypeContext { name: &name, ..context })?;
            branches.push((schema.keywords.located.clone(), ty));
        }
        let all = types.iter().map(|json_type| json_type.types()).fold(Types::NONE, Types::or);
        schema.keywords.set_subject(Subject::Types(all));
        self.finish_union(schema, id, branches)
    }

    fn begin_union(
        &mut self,
        schema: &SchemaReader<'a>,
        context: TypeContext<'_>,
    ) -> Result<TypeId, Reported> {
        let name = Self::type_name(schema, context.name)?;
        Ok(self.begin_type(schema, name))
    }

    fn finish_union(
        &mut self,
        schema: &SchemaReader<'a>,
        id: TypeId,
        mut branches: Vec<Branch<'a>>,
    ) -> TypeResult {
        let ty = match branches.len() {
            0 => TypeExpr::Null,
            1 => branches.remove(0).1,
            _ => self.variants(schema, id, branches)?,
        };
        if !matches!(ty, TypeExpr::Named(named) if named == id) {
            self.forget_type(id, &schema.keywords.located);
        }
        Ok(ty)
    }
}

/// Why alternatives become no Rust enum, and what to do.
pub(super) fn why_no_enum(schema: &SchemaReader<'_>) -> (&'static str, &'static str) {
    if [Keyword::AnyOf, Keyword::OneOf].iter().all(|keyword| has_other_than(schema, &[*keyword])) {
        let help = "move them into the alternatives whose values they are about";
        return ("other keywords stand beside its alternatives", help);
    }
    (NOT_DISTINCT, DISTINGUISH)
}

const NOT_DISTINCT: &str = "the types listed here cannot be distinguished";
const DISTINGUISH: &str = "list types of different JSON types, or give each object a required property of one name with a `const` of its own";

/// No Rust enum can be made of branches that have values in common.
pub(super) fn not_distinguished<T>(schema: &SchemaReader<'_>) -> TypeResult<T> {
    schema.no_type(NOT_DISTINCT, DISTINGUISH)
}

/// Whether a branch itself states that it allows `null`.
fn states_null(branch: &Located<'_>) -> bool {
    match branch.node.at("/type").map(Node::named_types) {
        Some(types) => types.unwrap_or_default().contains(&JsonType::Null),
        None => branch.node.at("/const").is_some_and(Node::is_null),
    }
}

/// Whether the schema has enforced keywords besides these. Assertions and keywords for strings and
/// numbers do not count: they become rules of the enum.
fn has_other_than(schema: &SchemaReader<'_>, known: &[Keyword]) -> bool {
    let is_other = |found: Keyword| {
        let is_of_scalars = [On::Strings, On::Numbers]
            .iter()
            .any(|on| found.info().support == Support::Enforced(*on));
        !known.contains(&found) && !is_of_scalars && !found.is(Mark::Assertion)
    };
    schema.keywords.enforced().any(|found| found.is_none_or(is_other))
}

/// The name that a branch's place suggests: its title, or its number.
fn branch_name(located: &Located<'_>, index: usize) -> String {
    located.node.text_at("/title").map_or_else(|| format!("variant {index}"), str::to_owned)
}
