//! Unions: `oneOf`, `anyOf`, or a `type` with several types.
//!
//! ```text
//! { "oneOf": [{ "type": "string" }, { "type": "integer" }, { "type": "null" }] }
//!
//! Nullable(Union { tag: None, variants: [String(Text(..)), Integer(Integer(..))] })
//! ```
//!
//! Each step takes what only the step before it makes: the type is [`Begun`], so that branches can
//! refer to it; the branches are lowered; they are found to be [`Distinct`]; the type is finished.

use wechat_bizwifi_rules::{JsonType, Types};

use super::Lowering;
use super::branch_names::branch_names;
use super::context::{SchemaReader, TypeContext, TypeResult};
use super::type_hint::stated_hint;
use super::variants::{Branch, Distinct};
use crate::model::{Body, Type, TypeExpr, TypeId};
use crate::names;
use crate::schema::{Keyword, KeywordReader, Located, Mark, On, Subject, Support};
use crate::util::{CollectVec as _, PushAll as _};

/// A schema with `oneOf` or `anyOf`.
struct Alternatives<'s, 'a> {
    schema: &'s SchemaReader<'a>,
    keyword: Keyword,
    context: TypeContext<'s>,
}

/// The type that was begun for a union. The schema may become another type.
struct Begun(TypeId);

impl<'a> Lowering<'a, '_> {
    /// The type of `oneOf` or `anyOf`: a union, if no value is valid against two branches. Then
    /// both keywords mean the same.
    pub(super) fn union(
        &mut self,
        schema: &SchemaReader<'a>,
        context: TypeContext<'_>,
    ) -> TypeResult {
        let has_any_of = schema.keywords.has(Keyword::AnyOf);
        let keyword = if has_any_of { Keyword::AnyOf } else { Keyword::OneOf };
        let alternatives = &Alternatives { schema, keyword, context };
        let (begun, branches) = self.lower_branches(alternatives)?;
        let Some((distinct, or_null)) = self.distinct(alternatives, &branches) else {
            self.forget_type(begun.0, &schema.keywords.located);
            return self.constrained_alternatives(schema, &branches, context);
        };
        let ty = self.finish_union(schema, begun, distinct);
        schema.keywords.set_subject(Subject::Types(self.types_of(&ty)));
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

    /// Begins the type, and lowers the branches, which may refer to it.
    fn lower_branches(
        &mut self,
        &Alternatives { schema, keyword, context }: &Alternatives<'_, 'a>,
    ) -> TypeResult<(Begun, Vec<Branch<'a>>)> {
        let branches = schema.keywords.peek_items(keyword);
        if branches.iter().any(states_null) {
            self.or_null.insert(schema.keywords.located.identity());
        }
        let begun = Begun(self.begin_type(schema, Self::type_name(schema, context.name)?));
        let hint = stated_hint(&schema.keywords.located).or(context.hint);
        let mut lowered = Vec::new();
        for (located, name) in branches.iter().zip(branch_names(&branches)) {
            let of_type = &format!("{} {name}", context.name);
            let context = TypeContext { name: of_type, hint, is_property: false };
            let ty = self.schema(located, context)?;
            lowered.push(Branch { located: located.clone(), ty, name });
        }
        Ok((begun, lowered))
    }

    /// The branches without `null`, and whether any of them allows it. `None`, if a value may be
    /// valid against two branches; for `null` with `anyOf`, that makes no difference.
    fn distinct(
        &mut self,
        alternatives: &Alternatives<'_, 'a>,
        branches: &[Branch<'a>],
    ) -> Option<(Distinct<'a>, bool)> {
        let branches = self.with_shared_required(alternatives, branches)?;
        let is_null = |it: &&Branch<'_>| matches!(it.ty, TypeExpr::Null | TypeExpr::Nullable(_));
        let nulls = branches.iter().filter(is_null).count();
        let without_null = |branch: Branch<'a>| match branch.ty {
            TypeExpr::Null => None,
            TypeExpr::Nullable(ty) => Some(Branch { ty: *ty, ..branch }),
            _ => Some(branch),
        };
        let rest = branches.into_iter().filter_map(without_null).collect_vec();
        let is_in_two = nulls > 1 && alternatives.keyword == Keyword::OneOf;
        if is_in_two || rest.iter().any(|it| self.allows_null(&it.ty)) {
            return None;
        }
        let distinct = self.distinguish(&rest);
        let distinct = distinct.or_else(|| self.with_objects_grouped(alternatives, rest))?;
        Some((distinct, nulls > 0))
    }

    /// The branches, with the `required` properties of the schema that has them. `None`, if a
    /// branch does not list these, or if the schema has other keywords than `required` and the
    /// `type` of objects.
    fn with_shared_required(
        &mut self,
        &Alternatives { schema, keyword, .. }: &Alternatives<'_, 'a>,
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
        let with = |branch: &Branch<'a>| {
            Some(Branch { ty: self.with_required(&branch.ty, &required)?, ..branch.clone() })
        };
        branches.iter().map(with).collect_some()
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

    /// The branches, with one union of all objects in place of these. `None`, if the JSON type does
    /// not distinguish the branches then.
    fn with_objects_grouped(
        &mut self,
        &Alternatives { schema, keyword, context }: &Alternatives<'_, 'a>,
        branches: Vec<Branch<'a>>,
    ) -> Option<Distinct<'a>> {
        let is_object = |it: &Branch<'a>| self.json_type_of(&it.ty) == Some(JsonType::Object);
        let (objects, mut grouped): (Vec<_>, Vec<_>) = branches.into_iter().partition(is_object);
        if objects.len() < 2 || grouped.is_empty() {
            return None;
        }
        let objects = self.distinguish(&objects)?;
        let place = schema.keywords.peek_entry(keyword)?.value;
        let name = names::type_name(&format!("{} object", context.name))?;
        let id = self.push_type(&schema.keywords.located, (name, None, false));
        self.model.types[id.0].place = place.place.clone();
        let ty = self.variants(id, objects);
        if self.is_distinguished_by_required(&ty) {
            let rule = self.residual(schema, vec![keyword]);
            self.model.types[id.0].residuals.push_all(rule);
        }
        grouped.push(Branch { located: place, ty, name: "object".to_owned() });
        self.distinguish(&grouped)
    }

    /// The type of a `type` with several types: each has the keywords that apply to it.
    pub(super) fn union_of_types(
        &mut self,
        schema: &SchemaReader<'a>,
        types: &[JsonType],
        context: TypeContext<'_>,
    ) -> TypeResult {
        let begun = Begun(self.begin_type(schema, Self::type_name(schema, context.name)?));
        let mut branches = Vec::new();
        for json_type in types.iter().filter(|json_type| **json_type != JsonType::Null) {
            let name = format!("{json_type:?}");
            let of_type = &format!("{} {name}", context.name);
            let ty = self.for_one_json_type(
                schema,
                *json_type,
                TypeContext { name: of_type, ..context },
            )?;
            branches.push(Branch { located: schema.keywords.located.clone(), ty, name });
        }
        let all = types.iter().map(|json_type| json_type.types()).fold(Types::NONE, Types::or);
        schema.keywords.set_subject(Subject::Types(all));
        let Some(distinct) = self.distinguish(&branches) else {
            return schema.no_type(NOT_DISTINCT, DISTINGUISH);
        };
        Ok(self.finish_union(schema, begun, distinct))
    }

    /// The union of branches, or the type of the only one.
    fn finish_union(
        &mut self,
        schema: &SchemaReader<'a>,
        Begun(id): Begun,
        distinct: Distinct<'a>,
    ) -> TypeExpr {
        let ty = self.variants(id, distinct);
        if !ty.is_named(id) {
            self.forget_type(id, &schema.keywords.located);
        }
        ty
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

/// Whether a branch itself states that it allows `null`.
fn states_null(branch: &Located<'_>) -> bool {
    match KeywordReader::peek_at(branch, Keyword::Type) {
        Some(types) => types.node.named_types().unwrap_or_default().contains(&JsonType::Null),
        None => KeywordReader::peek_at(branch, Keyword::Const).is_some_and(|it| it.node.is_null()),
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
