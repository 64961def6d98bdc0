//! Types with a handful of values: `const`, `enum`, and `oneOf` with a title for each.
//!
//! ```text
//! { "oneOf": [{ "const": 0, "title": "InEffect" }, { "const": 2, "title": "Expired" }] }
//!
//! Enum { of_text: false, variants: [InEffect = 0, Expired = 2] }
//! ```

use std::collections::HashMap;

use super::context::{Schema, TypeResult};
use super::schema::whole_in;
use super::{Lowering, report_clash, report_reserved_variant};
use crate::diagnostics::{Reported, Reporter};
use crate::model::{Body, Enum, Integer, Literal, TypeExpr, Variant};
use crate::names;
use crate::schema::{JsonType, Keyword, KeywordReader, Located, Subject};
use crate::source::Value;

impl<'a> Lowering<'a, '_> {
    pub(super) fn enumeration(
        &mut self,
        schema: &Schema<'a>,
        json_type: JsonType,
        suggestion: &str,
    ) -> TypeResult<TypeExpr> {
        let of_text = match json_type {
            JsonType::String => true,
            JsonType::Integer => false,
            _ => return self.values_of_type(schema, json_type, suggestion),
        };
        schema.keywords.set_subject(Subject::EnumValues(Some(json_type)));
        let name = Self::type_name(schema, suggestion)?;
        let mut variants = variants(schema, of_text);
        names::settle(&mut variants);
        report_duplicates(&variants, self.reporter);
        let id = self.begin_type(schema, name);
        self.finish_type(id, Body::Enum(Enum { of_text, variants }));
        Ok(TypeExpr::Named(id))
    }

    /// Values that no Rust enum can hold: those of their type, one of these by a rule.
    fn values_of_type(
        &mut self,
        schema: &Schema<'a>,
        json_type: JsonType,
        suggestion: &str,
    ) -> TypeResult<TypeExpr> {
        let wrong = enum_values(schema)?.into_iter().find(|value| {
            !matches!(value.node.value, Value::Null) && !json_type.allows(value.node)
        });
        if let Some(wrong) = wrong {
            wrong.error("is not of the schema's own `type`");
        }
        self.plain(schema, json_type, suggestion)
    }
}

/// What `const` or `enum` lists. One of them can list values: the other is a rule.
fn enum_values<'a>(schema: &Schema<'a>) -> Result<Vec<Located<'a>>, Reported> {
    if let Some(only) = schema.keywords.peek_entry(Keyword::Const) {
        return Ok(vec![only.value]);
    }
    let several = schema.keywords.peek_entry(Keyword::Enum);
    several.map_or(Ok(Vec::new()), |several| listed(&several.value))
}

/// The values that a schema lists, in their canonical JSON.
pub(super) fn canonical_values(schema: &Schema<'_>) -> Option<Vec<String>> {
    let values = enum_values(schema).ok().filter(|values| !values.is_empty())?;
    Some(values.iter().map(|value| value.node.canonical()).collect())
}

/// The items of an array that lists what is allowed.
fn listed<'a>(located: &Located<'a>) -> Result<Vec<Located<'a>>, Reported> {
    let items = located.items();
    if items.is_empty() && matches!(located.node.value, Value::Array(_)) {
        return located.error("allows nothing").help("list the values").fail();
    }
    Ok(items)
}

/// The values that one of the three keywords lists.
fn variants(schema: &Schema<'_>, of_text: bool) -> Vec<Variant> {
    if let Some(entry) = schema.keywords.read(Keyword::OneOf) {
        let branches = listed(&entry.value).unwrap_or_default();
        return branches.iter().filter_map(|branch| titled(branch, of_text).ok()).collect();
    }
    if let Some(entry) = schema.keywords.read(Keyword::Enum) {
        let values = listed(&entry.value).unwrap_or_default();
        // `null` was handled before.
        let values = values.iter().filter(|value| !matches!(value.node.value, Value::Null));
        return values.filter_map(|value| untitled(value, of_text).ok()).collect();
    }
    let constant = schema.keywords.read(Keyword::Const);
    constant.iter().filter_map(|entry| untitled(&entry.value, of_text).ok()).collect()
}

/// A branch of `oneOf`: a value with a name and a description.
fn titled(located: &Located<'_>, of_text: bool) -> Result<Variant, Reported> {
    KeywordReader::read_all(located, |keywords| {
        let title = keywords.require(Keyword::Title);
        let docs = keywords.text(Keyword::Description).map(str::to_owned);
        keywords.text(Keyword::Comment);
        let value = keywords.require(Keyword::Const)?.value;
        let title = title?.value;
        let text = title.text()?;
        let name = names::type_name(text).unwrap_or_else(|| names::made_variant(text));
        Ok(Variant { name, value: literal(&value, of_text)?, docs, place: title.place })
    })
}

/// A value alone: its name is made of it.
fn untitled(located: &Located<'_>, of_text: bool) -> Result<Variant, Reported> {
    let value = literal(located, of_text)?;
    Ok(Variant { name: value.made_name(), value, docs: None, place: located.place.clone() })
}

fn literal(located: &Located<'_>, of_text: bool) -> Result<Literal, Reported> {
    if of_text {
        return located.text().map(|text| Literal::Text(text.to_owned()));
    }
    whole_in(Integer::I64, located).map(Literal::Number)
}

fn report_duplicates(variants: &[Variant], reporter: &Reporter) {
    let mut names: HashMap<&str, &Variant> = HashMap::new();
    let mut values: HashMap<&Literal, &Variant> = HashMap::new();
    for variant in variants {
        if let Some(other) = values.insert(&variant.value, variant) {
            reporter
                .error(&variant.place, "this value is listed twice")
                .label(&other.place, "the first");
        } else if let Some(other) = names.insert(&variant.name, variant) {
            let help = "give one of the two another `title`";
            report_clash("variant name", &variant.name, [&variant.place, &other.place], reporter)
                .help(help);
        }
        report_reserved_variant(&variant.name, &variant.place, reporter);
    }
}
