//! Lets objects within other values keep the properties that rules around them ask about.
//!
//! ```text
//! { "properties": { "a": { "properties": { "x": .. } } },
//!   "anyOf": [{ "properties": { "a": { "required": ["y"] } } }, { "required": ["b"] }] }
//!
//! the object under `a` keeps `y`: without it, what is written might not be valid
//! ```

use crate::collect_vec::CollectVec as _;
use std::collections::HashSet;

use super::Lowering;
use super::unlisted::{IN_PLACE, keywords, names_unlisted};
use crate::model::{AdditionalProperties, Body, Residual, TypeExpr, TypeId};
use crate::schema::{Holds, Keyword, Located, Mark, SameValue};
use crate::source::{Node, Value};

/// A schema that a rule has for a value.
#[derive(Clone)]
struct Asked<'a> {
    schema: Located<'a>,
    /// The keywords that count, if not all do: those of a schema that its own type does not enforce.
    only: Option<Vec<Keyword>>,
}

/// A type and the schemas that it was looked through for.
type Seen = HashSet<(TypeId, Vec<*const Node>)>;

impl<'a> Lowering<'a, '_> {
    /// Looks through all rules that no type enforces.
    pub(super) fn keep_what_is_asked_within(&mut self) {
        let mut seen = Seen::new();
        for (ty, residuals) in self.with_rules() {
            let is_union = matches!(self.model.body(ty.peeled()), Some(Body::Union(_)));
            // An alternative is valid by what it says itself, whatever the others ask.
            let counts = |keyword: &Keyword| {
                !is_union || !matches!(keyword, Keyword::AnyOf | Keyword::OneOf)
            };
            let of_residual = |residual: &Residual| Asked {
                schema: self.constrained[residual.schema].clone(),
                only: Some(residual.keywords.iter().copied().filter(counts).collect_vec()),
            };
            let asked = residuals.iter().map(of_residual).collect_vec();
            self.keep_asked(&ty, &asked, &mut seen);
        }
    }

    /// All types with rules that they do not enforce themselves.
    fn with_rules(&self) -> Vec<(TypeExpr, Vec<Residual>)> {
        let mut found = Vec::new();
        let mut left: Vec<&TypeExpr> = Vec::new();
        for (index, ty) in self.model.types.iter().enumerate() {
            let residuals = ty.residuals().cloned().collect_vec();
            left.extend(ty.types());
            if !residuals.is_empty() {
                found.push((TypeExpr::Named(TypeId(index)), residuals));
            }
        }
        while let Some(ty) = left.pop() {
            if let TypeExpr::Constrained(inner, residuals) = ty {
                found.push(((**inner).clone(), residuals.clone()));
            }
            left.extend(ty.parts());
        }
        found
    }

    fn keep_asked(&mut self, ty: &TypeExpr, asked: &[Asked<'a>], seen: &mut Seen) {
        let asked = self.in_place(asked);
        if asked.is_empty() {
            return;
        }
        match ty.peeled() {
            TypeExpr::List(items, _) => self.keep_asked(items, &of_items(&asked), seen),
            TypeExpr::Map(values, _) => self.keep_asked(values, &of_values(&asked, None), seen),
            TypeExpr::Named(id) => {
                let schemas = asked.iter().map(|it| std::ptr::from_ref(it.schema.node));
                if seen.insert((*id, schemas.collect_vec())) {
                    self.keep_asked_of(*id, &asked, seen);
                }
            }
            _ => {}
        }
    }

    fn keep_asked_of(&mut self, id: TypeId, asked: &[Asked<'a>], seen: &mut Seen) {
        let within: Vec<(TypeExpr, Vec<Asked<'a>>)> = match &mut self.model.types[id.0].body {
            Body::Object(object) => {
                let names = object.properties.iter().map(|property| &*property.name);
                let listed: HashSet<&str> = names.collect();
                let asks = asked.iter().any(|schema| schema.asks_about_unlisted(&listed));
                if asks && matches!(object.additional, AdditionalProperties::Ignored) {
                    object.additional = AdditionalProperties::Kept(TypeExpr::Any);
                }
                let properties = object.properties.iter();
                properties.map(|it| (it.ty.clone(), of_values(asked, Some(&it.name)))).collect()
            }
            Body::Newtype(inner, _) => vec![(inner.clone(), asked.to_vec())],
            Body::Union(union) => union
                .variants
                .iter()
                .map(|variant| (variant.ty.clone(), asked.to_vec()))
                .collect_vec(),
            Body::Pending | Body::Enum(_) => Vec::new(),
        };
        for (ty, asked) in within {
            self.keep_asked(&ty, &asked, seen);
        }
    }

    /// The schemas, and all that they say of the same value by other schemas.
    fn in_place(&self, asked: &[Asked<'a>]) -> Vec<Asked<'a>> {
        let known = |schema: &Located<'a>| {
            let found = asked.iter().find(|it| std::ptr::eq(it.schema.node, schema.node));
            found.cloned().unwrap_or_else(|| whole(schema.clone()))
        };
        let same = SameValue {
            keywords: &[&IN_PLACE[..], &[Keyword::DependentSchemas, Keyword::Dependencies]]
                .concat(),
            get: |schema: &_, keyword| known(schema).get(keyword),
            target: |_: &_, reference: &_| self.references.known_target(reference)?.ok(),
        };
        let found = same.of(asked.iter().map(|it| it.schema.clone()).collect_vec());
        found.iter().map(known).collect_vec()
    }
}

impl<'a> Asked<'a> {
    /// Whether it asks about properties that an object does not list. What a schema says of its own
    /// object was looked at when that became a type.
    fn asks_about_unlisted(&self, listed: &HashSet<&str>) -> bool {
        let Value::Object(object) = &self.schema.node.value else { return false };
        let is_about_all = |it: Keyword| it != Keyword::Ref && it.is(Mark::OnAllProperties);
        self.only.is_none()
            && (keywords(object).any(is_about_all) || names_unlisted(object, listed))
    }

    fn get(&self, keyword: Keyword) -> Option<Located<'a>> {
        let counts = self.only.as_ref().is_none_or(|only| only.contains(&keyword));
        self.schema.keyword(keyword).filter(|_| counts)
    }

    /// The schema that a keyword holds, or several of them.
    fn schemas(&self, keyword: Keyword) -> Vec<Self> {
        let schemas = self.get(keyword).map(|value| value.subschemas(Holds::Schemas));
        schemas.into_iter().flatten().map(whole).collect_vec()
    }

    /// The schemas that a keyword holds by names: all, or that of one name.
    fn named(&self, keyword: Keyword, name: Option<&str>) -> Vec<Self> {
        let value = self.get(keyword).filter(|it| it.node.is_object());
        let named = value.into_iter().flat_map(|value| value.properties());
        let named = named.filter(|(found, _)| name.is_none_or(|name| name == *found));
        named.map(|(_, schema)| whole(schema)).collect_vec()
    }
}

const fn whole(schema: Located<'_>) -> Asked<'_> {
    Asked { schema, only: None }
}

/// What schemas say of an array's items.
fn of_items<'a>(asked: &[Asked<'a>]) -> Vec<Asked<'a>> {
    const OF_ITEMS: [Keyword; 5] = [
        Keyword::Items,
        Keyword::PrefixItems,
        Keyword::AdditionalItems,
        Keyword::UnevaluatedItems,
        Keyword::Contains,
    ];
    let schemas = |schema: &Asked<'a>| OF_ITEMS.map(|keyword| schema.schemas(keyword)).concat();
    asked.iter().flat_map(schemas).collect_vec()
}

/// What schemas say of a property, or of all.
fn of_values<'a>(asked: &[Asked<'a>], name: Option<&str>) -> Vec<Asked<'a>> {
    let schemas = |schema: &Asked<'a>| {
        let mut schemas = schema.named(Keyword::Properties, name);
        schemas.extend(schema.named(Keyword::PatternProperties, None));
        schemas.extend(schema.schemas(Keyword::AdditionalProperties));
        schemas.extend(schema.schemas(Keyword::UnevaluatedProperties));
        schemas
    };
    asked.iter().flat_map(schemas).collect_vec()
}
