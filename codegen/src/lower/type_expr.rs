//! From a schema to the set of values that it allows.

use std::cell::Cell;

use super::enum_values::{allows_null_value, allows_only_null, has_mixed_values, only_null};
use super::type_hint::{TypeHint, json_types};
use super::{Lowering, Notes, identity, scalar};
use crate::diagnostics::Diagnostics;
use crate::model::{Body, Integer, JsonType, Literal, NamedValue, TypeExpr};
use crate::schema::{KeywordReader, Located, is_constant_name, is_never_used, report_unused};
use crate::source::{Node, Object, Value};

/// The drafts that a document may state; nothing that stands beside a `$ref` counts in the last two.
const DRAFTS: &[(&str, bool)] = &[
    ("https://json-schema.org/draft/2020-12/schema", false),
    ("https://json-schema.org/draft/2019-09/schema", false),
    ("http://json-schema.org/draft-07/schema", true),
    ("http://json-schema.org/draft-06/schema", true),
];

/// Where a schema stands, as far as it matters to what it means.
#[derive(Clone, Copy, Debug)]
pub(super) struct TypeContext<'s> {
    /// The name that its place suggests for a type.
    pub(super) name: &'s str,
    /// What its values are if it states no type: that of the schema whose `allOf` it is part of.
    pub(super) inherited: Option<TypeHint>,
}

impl<'s> TypeContext<'s> {
    pub(super) fn named(name: &'s str) -> Self {
        Self { name, inherited: None }
    }
}

/// Schemas within schemas, counted through `$ref`s too: what the stack bears, and then some more.
const DEEPEST: usize = 1000;

/// Whether a document's draft has it that what stands beside a `$ref` does not count.
fn has_lone_references(
    keywords: &KeywordReader<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<bool> {
    let Some(entry) = keywords.read("$schema") else { return Some(false) };
    let stated = entry.value.text(diagnostics)?;
    let stated = stated.strip_suffix('#').unwrap_or(stated);
    let known = DRAFTS.iter().find(|(draft, _)| *draft == stated);
    if known.is_none() {
        let known: Vec<&str> = DRAFTS.iter().map(|(draft, _)| *draft).collect();
        diagnostics
            .error(&entry.value.place, "is no draft of JSON Schema that is known here")
            .help(format!("take it out, or state one of {}", known.join(", ")));
    }
    known.map(|(_, lone)| *lone)
}

/// What `true` says: nothing.
static ANYTHING: Node = Node { value: Value::Object(Object::new()), span: 0..0 };

impl<'a> Lowering<'a, '_> {
    /// Lowers a schema that stands for itself, such as an array's items.
    pub(super) fn schema(
        &mut self,
        located: &Located<'a>,
        context: TypeContext<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        self.read(located, diagnostics, |lowering, keywords, diagnostics| {
            let notes = lowering.notes(keywords, diagnostics);
            let ty = lowering.ty(keywords, context, &notes, diagnostics)?;
            lowering.sample(&notes, &ty);
            Some(ty)
        })
    }

    /// Opens a schema's keyword reader, and reports what nobody takes from it.
    pub(super) fn read<T>(
        &mut self,
        located: &Located<'a>,
        diagnostics: &mut Diagnostics,
        read: impl FnOnce(&mut Self, &KeywordReader<'a>, &mut Diagnostics) -> Option<T>,
    ) -> Option<T> {
        let located = match &located.node.value {
            Value::Bool(true) => &Located { node: &ANYTHING, ..located.clone() },
            Value::Bool(false) => {
                diagnostics.error(&located.place, "allows nothing").help("take it out");
                return None;
            }
            _ => located,
        };
        if self.depth == DEEPEST {
            diagnostics
                .error(
                    &located.place,
                    format!("lies deeper than {DEEPEST} schemas, through `$ref`s"),
                )
                .help("let fewer schemas lead to each other");
            return None;
        }
        self.depth += 1;
        let before = diagnostics.all().len();
        // A schema that was refused halfway leaves words that it would have taken.
        let is_refused = Cell::new(false);
        let result = KeywordReader::open_with(
            located,
            diagnostics,
            |keywords, diagnostics| {
                let result = read(self, keywords, diagnostics);
                is_refused.set(result.is_none() && diagnostics.all().len() > before);
                result
            },
            |keywords, left, diagnostics| {
                if !is_refused.get() || is_never_used(left) {
                    report_unused(keywords, left, diagnostics);
                }
            },
        );
        self.depth -= 1;
        result?
    }

    /// Lowers a schema of `$defs`: a named type, unless a name would add nothing.
    pub(super) fn definition(
        &mut self,
        located: &Located<'a>,
        name: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        if let Some(ty) = self.named.get(&identity(located)) {
            return Some(ty.clone());
        }
        if self.refused.contains(&identity(located)) {
            return None;
        }
        let ty = self.read(located, diagnostics, |lowering, keywords, diagnostics| {
            let notes = lowering.notes(keywords, diagnostics);
            let ty = lowering.ty(keywords, TypeContext::named(name), &notes, diagnostics)?;
            let ty = match ty {
                TypeExpr::Text(_) | TypeExpr::Integer(..) => {
                    lowering.newtype(keywords, ty, name, &notes, diagnostics)?
                }
                _ => ty,
            };
            lowering.sample(&notes, &ty);
            Some(ty)
        })?;
        self.named.insert(identity(located), ty.clone());
        Some(ty)
    }

    /// Lowers a plain JSON Schema document: a type named `Root`, whatever it is.
    pub(super) fn document(
        &mut self,
        located: &Located<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        self.is_document = true;
        self.read(located, diagnostics, |lowering, keywords, diagnostics| {
            lowering.lone_references = has_lone_references(keywords, diagnostics)?;
            keywords.text("$id", diagnostics);
            let notes = lowering.notes(keywords, diagnostics);
            let ty = lowering.ty(keywords, TypeContext::named("Root"), &notes, diagnostics)?;
            let ty = if matches!(ty, TypeExpr::Named(_)) {
                ty
            } else {
                lowering.make_room_for_root(&ty);
                lowering.newtype(keywords, ty, "Root", &notes, diagnostics)?
            };
            lowering.sample(&notes, &ty);
            Some(ty)
        })
    }

    /// A document that is a type or `null`, or a type and more that its values must keep, is a type
    /// around that: what is within cannot be `Root` too.
    fn make_room_for_root(&mut self, ty: &TypeExpr) {
        match ty {
            TypeExpr::Nullable(inner) | TypeExpr::Constrained(inner, _) => {
                self.make_room_for_root(inner)
            }
            TypeExpr::Named(id) if self.model.get(*id).name == "Root" => {
                "RootValue".clone_into(&mut self.model.types[id.0].name);
            }
            _ => {}
        }
    }

    /// The set of values that a schema allows. What it says to people was taken before.
    pub(super) fn ty(
        &mut self,
        keywords: &KeywordReader<'a>,
        context: TypeContext<'_>,
        notes: &Notes<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        if lists_no_schemas(keywords, diagnostics) {
            return None;
        }
        self.open.push((identity(&keywords.schema), None));
        let ty = if keywords.has("$ref") || keywords.has("allOf") {
            self.composed(keywords, context, notes, diagnostics)
        } else {
            self.own_type(keywords, context, notes, diagnostics)
        };
        let assumed = self.open.pop().and_then(|(_, assumed)| assumed);
        self.unless_recursive(keywords, assumed, ty?, diagnostics)
    }

    /// What a schema allows, but for its `$ref` and its `allOf`.
    pub(super) fn own_type(
        &mut self,
        keywords: &KeywordReader<'a>,
        context: TypeContext<'_>,
        notes: &Notes<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        if is_empty(keywords) && context.inherited.is_none() {
            return Some(TypeExpr::Any);
        }
        let base = self.base_type(keywords, context, notes, diagnostics)?;
        self.with_assertions(keywords, base, context, diagnostics)
    }

    /// What a schema allows, but for what it claims besides.
    fn base_type(
        &mut self,
        keywords: &KeywordReader<'a>,
        context: TypeContext<'_>,
        notes: &Notes<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        if keywords.has("anyOf") || is_union(keywords) {
            return self.union(keywords, context, notes, diagnostics);
        }
        if only_assertions(keywords) && context.inherited.is_none() {
            return Some(TypeExpr::Any);
        }
        if has_mixed_values(keywords, context) {
            return Self::mixed_values(keywords, diagnostics);
        }
        self.own_types(keywords, context, notes, diagnostics)
    }

    /// What the types that a schema states allow, with the keywords that apply to each.
    pub(super) fn own_types(
        &mut self,
        keywords: &KeywordReader<'a>,
        context: TypeContext<'_>,
        notes: &Notes<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        let types = json_types(keywords, context, diagnostics)?;
        if allows_only_null(keywords) {
            return only_null(keywords, &types, diagnostics);
        }
        let or_null =
            types.len() > 1 && types.contains(&JsonType::Null) && allows_null_value(keywords);
        if or_null {
            self.or_null.insert(identity(&keywords.schema));
        }
        let ty = match types.as_slice() {
            [json_type] | [JsonType::Null, json_type] | [json_type, JsonType::Null] => {
                self.typed(keywords, *json_type, context, notes, diagnostics)?
            }
            _ => self.union_of_types(keywords, &types, context, notes, diagnostics)?,
        };
        Some(if or_null { TypeExpr::Nullable(Box::new(ty)) } else { ty })
    }

    pub(super) fn typed(
        &mut self,
        keywords: &KeywordReader<'a>,
        json_type: JsonType,
        context: TypeContext<'_>,
        notes: &Notes<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        match json_type {
            _ if ENUM_KEYWORDS.iter().any(|word| keywords.has(word)) && !is_union(keywords) => {
                self.enumeration(keywords, json_type, context.name, notes, diagnostics)
            }
            JsonType::Null => {
                keywords.set_subject("null");
                Some(TypeExpr::Null)
            }
            JsonType::Boolean => {
                keywords.set_subject("a boolean");
                Some(TypeExpr::Boolean(None))
            }
            JsonType::Integer => scalar::integer(keywords, diagnostics),
            JsonType::Number => Some(scalar::number(keywords, diagnostics)),
            JsonType::String => Some(scalar::text(keywords, diagnostics)),
            JsonType::Array => self.list(keywords, context.name, diagnostics),
            JsonType::Object => self.object_or_map(keywords, context.name, notes, diagnostics),
        }
    }

    /// Gives a type a type of its own, so that its name says what it is.
    fn newtype(
        &mut self,
        keywords: &KeywordReader<'a>,
        ty: TypeExpr,
        suggestion: &str,
        notes: &Notes<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        let name = Self::type_name(keywords, suggestion, diagnostics)?;
        let values = keywords.read("namedValues");
        let values =
            values.map_or_else(Vec::new, |entry| self.named_values(&entry.value, &ty, diagnostics));
        let id = self.begin_type(&keywords.schema, name, notes);
        self.finish_type(id, Body::Newtype(ty, values));
        Some(TypeExpr::Named(id))
    }

    fn named_values(
        &mut self,
        located: &Located<'a>,
        ty: &TypeExpr,
        diagnostics: &mut Diagnostics,
    ) -> Vec<NamedValue> {
        let mut values = Vec::new();
        for (name, located) in located.properties(diagnostics) {
            if !is_constant_name(name) {
                diagnostics
                    .error(&located.place, format!("`{name}` is no constant's name"))
                    .help("use capitals, as in `ALL`");
            }
            values.extend(
                KeywordReader::open(&located, diagnostics, |keywords, diagnostics| {
                    let docs = keywords.text("description", diagnostics).map(str::to_owned);
                    let value = keywords.require("value", diagnostics)?.value;
                    let literal = constant(&value, ty, diagnostics)?;
                    self.samples.push(super::Sample { value, ty: ty.clone() });
                    Some(NamedValue { name: name.to_owned(), value: literal, docs })
                })
                .flatten(),
            );
        }
        values
    }
}

/// A named value: only numbers can be constants, because strings are owned.
fn constant(
    located: &Located<'_>,
    ty: &TypeExpr,
    diagnostics: &mut Diagnostics,
) -> Option<Literal> {
    if let TypeExpr::Integer(kind, _) = ty {
        return whole_in(*kind, located, diagnostics).map(Literal::Number);
    }
    diagnostics
        .error(&located.place, "only a whole number can have a name")
        .help("use `oneOf` with titles");
    None
}

fn whole_in(
    kind: Integer,
    located: &Located<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<crate::source::Number> {
    let whole = located.whole(diagnostics)?;
    let (least, most) = kind.range();
    if whole < least || whole > most {
        return located.wants(&format!("a number that fits {}", kind.name()), diagnostics);
    }
    Some(crate::source::Number::whole(whole))
}

/// The words that list the values.
const ENUM_KEYWORDS: &[&str] = &["const", "enum", "oneOf"];

/// Whether a schema says nothing of the type, only of what values must keep besides.
fn only_assertions(keywords: &KeywordReader<'_>) -> bool {
    keywords.names().all(|word| {
        !crate::schema::is_enforced(word) || super::assertions::ASSERTIONS.contains(&word)
    })
}

/// Whether a schema says nothing but to people.
fn is_empty(keywords: &KeywordReader<'_>) -> bool {
    keywords.names().all(|word| !crate::schema::is_enforced(word))
}

/// Whether one of the words that list schemas lists none.
fn lists_no_schemas(keywords: &KeywordReader<'_>, diagnostics: &mut Diagnostics) -> bool {
    let lists_some = |node: &Node| match &node.value {
        Value::Array(schemas) => !schemas.is_empty(),
        _ => false,
    };
    let mut lists_none = false;
    for word in ["allOf", "anyOf", "oneOf"] {
        if keywords.schema.node.at(&format!("/{word}")).is_some_and(|node| !lists_some(node))
            && let Some(entry) = keywords.read(word)
        {
            diagnostics
                .error(&entry.value.place, "must be an array of one schema or more")
                .help("list schemas, or take it out");
            lists_none = true;
        }
    }
    lists_none
}

/// Whether `oneOf` lists types, not values.
fn is_union(keywords: &KeywordReader<'_>) -> bool {
    match keywords.schema.node.at("/oneOf").map(|node| &node.value) {
        Some(Value::Array(members)) => {
            !members.is_empty() && !members.iter().any(|member| member.at("/const").is_some())
        }
        _ => false,
    }
}
