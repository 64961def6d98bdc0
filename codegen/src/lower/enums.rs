//! Enums: `const`, `enum`, and `oneOf` with a title for each value.
//!
//! ```text
//! { "oneOf": [{ "const": 0, "title": "InEffect" }, { "const": 2, "title": "Expired" }] }
//!
//! Enum { of_text: false, variants: [InEffect = 0, Expired = 2], .. }
//! ```

use wechat_bizwifi_rules::JsonType;

use super::context::{SchemaReader, TypeContext, TypeResult};
use super::enum_values::{enum_values, is_null, values_of_branch};
use super::named_values::whole_in;
use super::scalar::beyond;
use super::type_hint::stated_hint;
use super::{Lowering, report_variant_names};
use crate::diagnostics::{Place, Reported};
use crate::model::{Body, Enum, Integer, Literal, TypeExpr, Variant};
use crate::names;
use crate::schema::{Draft, Keyword, KeywordReader, Located, Subject};
use crate::source::{Node, Value};
use crate::util::{CollectVec as _, Map, Set};

impl<'a> Lowering<'a, '_> {
    /// The type of a schema that lists values of one JSON type.
    pub(super) fn enumeration(
        &mut self,
        schema: &SchemaReader<'a>,
        json_type: JsonType,
        suggestion: &str,
    ) -> TypeResult {
        let of_text = match json_type {
            JsonType::String => true,
            JsonType::Integer => false,
            _ => return self.values_of_type(schema, json_type, suggestion),
        };
        if !of_text && has_far_number(schema) {
            return beyond(schema);
        }
        schema.keywords.set_subject(Subject::EnumValues(json_type.types()));
        let mut variants = variants(schema, of_text);
        if variants.is_empty() && schema.is_document() {
            return schema.no_type(
                "no value that it lists is of its type",
                "change the list, or the `type`",
            );
        }
        if schema.is_document() {
            drop_shared_titles(&mut variants);
        }
        names::make_unique(&mut variants);
        report_duplicates(&mut variants, schema);
        let name = Self::type_name(schema, suggestion)?;
        let id = self.begin_type(schema, name);
        let is_typed = schema.keywords.has(Keyword::Type);
        let in_digits = is_typed && schema.keywords.located.draft == Draft::Draft4;
        self.finish_type(id, Body::Enum(Enum { of_text, in_digits, variants }));
        Ok(TypeExpr::Named(id))
    }

    /// The type of enum values that no Rust enum can hold: all values of their JSON type. The
    /// list becomes a rule.
    fn values_of_type(
        &mut self,
        schema: &SchemaReader<'a>,
        json_type: JsonType,
        suggestion: &str,
    ) -> TypeResult {
        if let (None, Some(several)) =
            (schema.keywords.peek(Keyword::Const), schema.keywords.peek_entry(Keyword::Enum))
        {
            items_of(&several.value)?;
        }
        let is_wrong = |value: &Located<'_>| {
            let is_elsewhere = is_null(value) || is_of_another(schema, value, json_type);
            !is_elsewhere && !value.node.is_of(json_type)
        };
        let wrong = enum_values(schema).unwrap_or_default().into_iter().find(is_wrong);
        if let Some(wrong) = wrong {
            wrong.lint("is not of the schema's own `type`");
        }
        self.without_enum(schema, json_type, TypeContext::named(suggestion))
    }
}

/// Whether an enum value is an integer that `i64` does not hold.
fn has_far_number(schema: &SchemaReader<'_>) -> bool {
    let is_far = |value: &Located<'_>| {
        let Value::Number(number) = value.node.value else { return false };
        number.is_integer() && number.to_i128().is_none_or(|whole| i64::try_from(whole).is_err())
    };
    all_enum_values(schema).iter().any(is_far)
}

/// The values that `oneOf`, `const` and `enum` list.
fn all_enum_values<'a>(schema: &SchemaReader<'a>) -> Vec<Located<'a>> {
    let branches = schema.keywords.peek_items(Keyword::OneOf);
    let of_branches = branches.iter().flat_map(values_of_branch);
    of_branches.chain(enum_values(schema).unwrap_or_default()).collect_vec()
}

/// The values that a schema lists, in their canonical JSON.
pub(super) fn canonical_values(schema: &SchemaReader<'_>) -> Option<Vec<String>> {
    let values = enum_values(schema).filter(|values| !values.is_empty())?;
    Some(values.iter().map(|value| value.node.canonical()).collect_vec())
}

/// The items of an array that lists values.
fn items_of<'a>(located: &Located<'a>) -> Result<Vec<Located<'a>>, Reported> {
    let items = located.items();
    if items.is_empty() && located.node.is_array() {
        return located.error("allows nothing").help("list the values").fail();
    }
    Ok(items)
}

/// The variants for the values that `oneOf`, `enum` or `const` lists.
fn variants(schema: &SchemaReader<'_>, of_text: bool) -> Vec<Variant> {
    if let Some(entry) = schema.keywords.read(Keyword::OneOf) {
        let branches = items_of(&entry.value).unwrap_or_default();
        if entry.value.is_document() {
            return branches.iter().flat_map(|branch| described(branch, of_text)).collect_vec();
        }
        return branches.iter().filter_map(|branch| titled(branch, of_text).ok()).collect_vec();
    }
    if let Some(entry) = schema.keywords.read(Keyword::Enum) {
        let values = items_of(&entry.value).unwrap_or_default();
        // `null` was handled before.
        let json_type = if of_text { JsonType::String } else { JsonType::Integer };
        let is_here =
            |value: &&Located<'_>| !is_null(value) && !is_of_another(schema, value, json_type);
        return values
            .iter()
            .filter(is_here)
            .filter_map(|value| untitled(value, of_text))
            .collect_vec();
    }
    let constant = schema.keywords.read(Keyword::Const);
    constant.iter().filter_map(|entry| untitled(&entry.value, of_text)).collect_vec()
}

/// Whether a value is not of this type, but of another one that the schema's `type` lists.
fn is_of_another(schema: &SchemaReader<'_>, value: &Located<'_>, this: JsonType) -> bool {
    let stated = schema.keywords.peek(Keyword::Type).filter(|it| it.is_array());
    let stated = stated.and_then(Node::named_types).unwrap_or_default();
    !value.node.is_of(this) && stated.iter().any(|other| value.node.is_of(*other))
}

/// The variant for a branch of `oneOf` in a description: a value with a title, and perhaps with
/// documentation.
fn titled(located: &Located<'_>, of_text: bool) -> Result<Variant, Reported> {
    KeywordReader::read_all(located, |keywords| {
        let title = keywords.require(Keyword::Title);
        let docs = keywords.docs();
        keywords.text(Keyword::Comment);
        let value = keywords.require(Keyword::Const)?.value;
        let title = title?.value;
        let text = title.text()?;
        let name = names::type_name(text).unwrap_or_else(|| names::variant_name_for(text));
        Ok(Variant { name, value: literal(&value, of_text)?, docs, place: title.place })
    })
}

/// The variants for a branch of `oneOf` in a document, which may list several values. A title names
/// the variant if there is only one value.
fn described(located: &Located<'_>, of_text: bool) -> Vec<Variant> {
    let values = values_of_branch(located);
    let title = located.node.text_at("/title").filter(|_| values.len() == 1);
    let name = title.and_then(names::type_name).filter(|name| name != "Unknown");
    let docs = located.node.text_at("/description").map(str::to_owned);
    let variant = |value: &Located<'_>| {
        let variant = untitled(value, of_text)?;
        let name = name.clone().unwrap_or(variant.name);
        Some(Variant { name, docs: docs.clone(), ..variant })
    };
    values.iter().filter_map(variant).collect_vec()
}

/// The variant for a value without a title, named after the value. `None`, if the value is not of
/// the schema's type, and so never valid.
fn untitled(located: &Located<'_>, of_text: bool) -> Option<Variant> {
    let is_of_type = match located.node.value {
        Value::String(_) => of_text,
        Value::Number(number) => !of_text && number.is_integer(),
        _ => false,
    };
    if !is_of_type && located.is_document() {
        located.lint("is not of the schema's own `type`");
        return None;
    }
    let value = literal(located, of_text).ok()?;
    Some(Variant { name: value.variant_name(), value, docs: None, place: located.place.clone() })
}

fn literal(located: &Located<'_>, of_text: bool) -> Result<Literal, Reported> {
    if of_text {
        return located.text().map(|text| Literal::Text(text.to_owned()));
    }
    whole_in(Integer::I64, located).map(Literal::Number)
}

/// Names variants after their values where another variant has their title. In documents, titles
/// are for people and need not differ.
fn drop_shared_titles(variants: &mut [Variant]) {
    let mut taken = Set::default();
    for variant in variants {
        if !taken.insert(variant.name.clone()) {
            variant.name = variant.value.variant_name();
        }
    }
}

/// Reports values that are listed twice, and keeps the first of each; reports names that are taken.
fn report_duplicates(variants: &mut Vec<Variant>, schema: &SchemaReader<'_>) {
    let mut values: Map<Literal, Place> = Map::default();
    variants.retain(|variant| match values.entry(variant.value.clone()) {
        first @ None => {
            *first = Some(variant.place.clone());
            true
        }
        Some(first) => {
            let lint = schema.lint_at(&variant.place, "this value is listed twice");
            lint.label(first, "the first");
            false
        }
    });
    let reporter = schema.keywords.located.reporter;
    let named = variants.iter().map(|variant| (&*variant.name, &variant.place));
    report_variant_names(&named.collect_vec(), reporter);
}

/// Whether `oneOf` lists values, and not types. A value that is listed twice would be valid against
/// two branches: then the list is no enum.
pub(super) fn are_values(branches: &[Located<'_>]) -> bool {
    let is_document = branches.first().is_some_and(Located::is_document);
    if !is_document {
        let types = |branch: &Located<'_>| branch.node.at("/const").map(Node::json_type);
        let is_enum_value = |it| matches!(it, Some(JsonType::String | JsonType::Integer));
        return branches.iter().map(types).any(is_enum_value);
    }
    let values = branches.iter().map(values_of_branch).collect_vec();
    let canonical = values.iter().flatten().map(|value| value.node.canonical());
    let mut seen = Set::default();
    !values.is_empty()
        && values.iter().all(|values| !values.is_empty())
        && branches.iter().all(has_only_values)
        && canonical.into_iter().all(|value| seen.insert(value))
}

/// Whether a branch has no enforced keywords but those that list its values, and the `type` of
/// these.
fn has_only_values(branch: &Located<'_>) -> bool {
    let Value::Object(object) = &branch.node.value else { return false };
    let is_enforced = |name: &str| Keyword::of_schema(name).is_some_and(Keyword::is_enforced);
    let hint = stated_hint(branch);
    let is_of_type = |value: &Located<'_>| match hint {
        Some(hint) => !hint.or_null && value.node.is_of(hint.json_type),
        None => object.get("type").is_none(),
    };
    let both = object.get("const").is_some() && object.get("enum").is_some();
    let names = object.entries.iter().map(|entry| &*entry.key);
    !both
        && names.filter(|name| is_enforced(name)).all(|it| ["type", "const", "enum"].contains(&it))
        && values_of_branch(branch).iter().all(is_of_type)
}
