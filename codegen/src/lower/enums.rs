//! Types with a handful of values: `const`, `enum`, and `oneOf` with a title for each.

use std::collections::HashMap;

use super::{Lowering, Notes, report_clash};
use crate::diagnostics::Diagnostics;
use crate::model::{Body, Enum, Integer, JsonType, Literal, TypeExpr, Variant};
use crate::names;
use crate::schema::{KeywordReader, Located};
use crate::source::Value;

impl<'a> Lowering<'a, '_> {
    pub(super) fn enumeration(
        &mut self,
        keywords: &KeywordReader<'a>,
        json_type: JsonType,
        suggestion: &str,
        notes: &Notes<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        keywords.set_subject("a list of values");
        let of_text = match json_type {
            JsonType::String => true,
            JsonType::Integer => false,
            _ => return listed(keywords, json_type, diagnostics),
        };
        let name = Self::type_name(keywords, suggestion, diagnostics)?;
        let variants = variants(keywords, of_text, diagnostics);
        report_duplicates(&variants, diagnostics);
        let id = self.begin_type(&keywords.schema, name, notes);
        self.finish_type(id, Body::Enum(Enum { of_text, variants }));
        Some(TypeExpr::Named(id))
    }
}

impl Lowering<'_, '_> {
    /// Values of several types: JSON, one of these.
    pub(super) fn mixed_values(
        keywords: &KeywordReader<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<TypeExpr> {
        keywords.set_subject("a list of values");
        let values = listed_spots(keywords, diagnostics);
        let values: Vec<String> = values.iter().map(|located| located.node.canonical()).collect();
        (!values.is_empty()).then_some(TypeExpr::EnumValues(values))
    }
}

/// The located value of what `const` or `enum` lists. One of them can list values: the other is left.
fn listed_spots<'a>(
    keywords: &KeywordReader<'a>,
    diagnostics: &mut Diagnostics,
) -> Vec<Located<'a>> {
    if let Some(only) = keywords.read("const") {
        return vec![only.value];
    }
    let Some(several) = keywords.read("enum") else { return Vec::new() };
    let values = several.value.items(diagnostics);
    report_empty(&several.value, values.len(), diagnostics);
    values
}

/// Values that no Rust enum can hold: JSON, one of these.
fn listed(
    keywords: &KeywordReader<'_>,
    json_type: JsonType,
    diagnostics: &mut Diagnostics,
) -> Option<TypeExpr> {
    let mut values = listed_spots(keywords, diagnostics);
    let is_null = |located: &Located<'_>| matches!(located.node.value, Value::Null);
    values.retain(|located| json_type == JsonType::Null || !is_null(located));
    let is_of_type = |located: &&Located<'_>| json_type.allows(located.node);
    if let Some(stray) = values.iter().find(|located| !is_of_type(located)) {
        diagnostics.error(&stray.place, "is not of the schema's own `type`");
    }
    match (json_type, values.as_slice()) {
        (JsonType::Null, _) => Some(TypeExpr::Null),
        (JsonType::Boolean, values) => Some(TypeExpr::Boolean(only_boolean(values))),
        (_, []) => None,
        (_, values) => Some(TypeExpr::EnumValues(
            values.iter().map(|located| located.node.canonical()).collect(),
        )),
    }
}

/// The one of `true` and `false` that is listed, unless both are.
fn only_boolean(values: &[Located<'_>]) -> Option<bool> {
    let lists = |wanted| {
        values.iter().any(|located| matches!(located.node.value, Value::Bool(it) if it == wanted))
    };
    (lists(true) != lists(false)).then_some(lists(true))
}

/// The listed values. Only one of the three words can list them.
fn variants(
    keywords: &KeywordReader<'_>,
    of_text: bool,
    diagnostics: &mut Diagnostics,
) -> Vec<Variant> {
    if let Some(entry) = keywords.read("oneOf") {
        let members = entry.value.items(diagnostics);
        report_empty(&entry.value, members.len(), diagnostics);
        return members.iter().filter_map(|member| titled(member, of_text, diagnostics)).collect();
    }
    if let Some(entry) = keywords.read("enum") {
        let values = entry.value.items(diagnostics);
        report_empty(&entry.value, values.len(), diagnostics);
        // `null` is told apart before.
        let values = values.iter().filter(|value| !matches!(value.node.value, Value::Null));
        return values.filter_map(|value| untitled(value, of_text, diagnostics)).collect();
    }
    let constant = keywords.read("const");
    constant.iter().filter_map(|entry| untitled(&entry.value, of_text, diagnostics)).collect()
}

fn report_empty(located: &Located<'_>, count: usize, diagnostics: &mut Diagnostics) {
    if count == 0 && matches!(located.node.value, Value::Array(_)) {
        diagnostics.error(&located.place, "allows nothing").help("list the values");
    }
}

/// A member of `oneOf`: a value with a name and a description.
fn titled(located: &Located<'_>, of_text: bool, diagnostics: &mut Diagnostics) -> Option<Variant> {
    KeywordReader::open(located, diagnostics, |keywords, diagnostics| {
        let title = keywords.require("title", diagnostics);
        let docs = keywords.text("description", diagnostics).map(str::to_owned);
        keywords.text("$comment", diagnostics);
        let value = keywords.require("const", diagnostics)?.value;
        let title = title?.value;
        let Some(name) = names::type_name(title.text(diagnostics)?) else {
            return title.wants("a name that Rust can have, such as \"InEffect\"", diagnostics);
        };
        Some(Variant {
            name,
            value: literal(&value, of_text, diagnostics)?,
            docs,
            place: title.place,
        })
    })?
}

/// A value alone: its name is made of it.
fn untitled(
    located: &Located<'_>,
    of_text: bool,
    diagnostics: &mut Diagnostics,
) -> Option<Variant> {
    let value = literal(located, of_text, diagnostics)?;
    let name = match &value {
        Literal::Text(text) => names::type_name(text),
        Literal::Number(number) => Some(format!("Value{number}").replace('-', "Minus")),
        Literal::Bool(_) => None,
    };
    let Some(name) = name else {
        diagnostics
            .error(
                &located.place,
                format!("no Rust name can be made of {}", located.node.describe()),
            )
            .help("list the values with `oneOf`, each a `const` with a `title`");
        return None;
    };
    Some(Variant { name, value, docs: None, place: located.place.clone() })
}

fn literal(located: &Located<'_>, of_text: bool, diagnostics: &mut Diagnostics) -> Option<Literal> {
    if of_text {
        return located.text(diagnostics).map(|text| Literal::Text(text.to_owned()));
    }
    let (least, most) = Integer::I64.range();
    match located.whole(diagnostics)? {
        whole if whole < least || whole > most => {
            located.wants("a number that fits i64", diagnostics)
        }
        whole => Some(Literal::Number(crate::source::Number::whole(whole))),
    }
}

fn report_duplicates(variants: &[Variant], diagnostics: &mut Diagnostics) {
    let mut names: HashMap<&str, &Variant> = HashMap::new();
    let mut values: HashMap<&Literal, &Variant> = HashMap::new();
    for variant in variants {
        if let Some(other) = values.insert(&variant.value, variant) {
            diagnostics
                .error(&variant.place, "this value is listed twice")
                .label(&other.place, "the first");
        } else if let Some(other) = names.insert(&variant.name, variant) {
            let help = "list the values under `oneOf`, each with a `title` that makes its name";
            let places = [&variant.place, &other.place];
            report_clash("variant name", &variant.name, places, help, diagnostics);
        }
        if variant.name == "Unknown" {
            diagnostics
                .error(
                    &variant.place,
                    "the variant name `Unknown` is kept for values that are not listed",
                )
                .help("give it another title");
        }
    }
}
