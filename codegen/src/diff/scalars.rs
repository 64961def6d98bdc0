//! Scalars and lists of values: their rules, compared one by one.
//!
//! ```text
//! { "maxLength": 18 } -> { "maxLength": 10 }   `maxLength`: 18 -> 10, narrower
//! { "enum": [0, 1] } -> { "enum": [0, 2] }     allowed values: no longer 1; now also 2
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::at::At;
use super::numbers::Bounds;
use super::verdict::{Effect, Relation, Verdict};
use super::wire::{Pair, Wire};
use crate::model::{Enum, Literal, TextRules, TypeExpr, Variant};
use wechat_bizwifi_rules::Format;

impl Wire<'_> {
    pub(super) fn scalars(&mut self, at: &At, (old, new): Pair<'_>) {
        if let (Some(before), Some(after)) = (text_rules(old), text_rules(new)) {
            let (old_secret, new_secret) =
                (matches!(old, TypeExpr::Secret(_)), matches!(new, TypeExpr::Secret(_)));
            let received = Relation::of_sets(new_secret && !old_secret, old_secret && !new_secret);
            if received != Relation::Same {
                let message = if new_secret { "is a secret" } else { "is no longer a secret" };
                let mut change = at.change("sensitive", message.to_owned(), Effect::default());
                if !at.is_sent() {
                    change.wire = received.of_received();
                }
                self.changes.push(change);
            }
            return self.text(at, before, after);
        }
        let rules = at.is_sent();
        if let (Some(before), Some(after)) = (Bounds::of(old, rules), Bounds::of(new, rules)) {
            for (message, relation) in Bounds::changes(&before, &after) {
                self.relate(at, ("number", message), (relation, relation));
            }
            if !rules {
                self.number_docs(at, (old, new));
            }
            return;
        }
        match (old, new) {
            (TypeExpr::Boolean, TypeExpr::Boolean) => {}
            _ => self.mismatch(at, (old, new)),
        }
    }

    /// Rules on numbers that are received are documentation.
    fn number_docs(&mut self, at: &At, (old, new): Pair<'_>) {
        let (Some(before), Some(after)) = (Bounds::of(old, true), Bounds::of(new, true)) else {
            return;
        };
        let plain = (Bounds::of(old, false), Bounds::of(new, false));
        if before != after && plain.0 == plain.1 {
            let message = "the bounds of a number change".to_owned();
            self.changes.push(at.change("number", message, Relation::Same.of_received()));
        }
    }

    fn text(&mut self, at: &At, old: &TextRules, new: &TextRules) {
        let least = Relation::of_upper(Some(old.min_length), Some(new.min_length)).reversed();
        let message = format!("`minLength`: {} -> {}", old.min_length, new.min_length);
        self.relate(at, ("min-length", message), (least, Relation::Same));
        let most = Relation::of_upper(old.max_length, new.max_length);
        let message =
            format!("`maxLength`: {} -> {}", shown(old.max_length), shown(new.max_length));
        self.relate(at, ("max-length", message), (most, Relation::Same));
        let formats = (old.format.map(Format::name), new.format.map(Format::name));
        self.condition(at, "format", formats);
        let source = |rules: &'_ TextRules| rules.pattern.as_ref().map(|it| it.source.clone());
        let (before, after) = (source(old), source(new));
        self.condition(at, "pattern", (before.as_deref(), after.as_deref()));
    }

    /// A rule that is there, or is not: two different ones cannot be compared.
    fn condition(
        &mut self,
        at: &At,
        keyword: &'static str,
        (old, new): (Option<&str>, Option<&str>),
    ) {
        match (old, new) {
            _ if old == new => {}
            (Some(old), Some(new)) if at.is_sent() => {
                self.unknown(
                    at,
                    &format!("`{keyword}`: \"{old}\" -> \"{new}\" cannot be compared"),
                );
            }
            _ => {
                let relation = Relation::of_sets(new.is_some(), old.is_some());
                let message = format!("`{keyword}`: {} -> {}", quoted(old), quoted(new));
                self.relate(at, (keyword, message), (relation, Relation::Same));
            }
        }
    }

    pub(super) fn enums(&mut self, at: &At, old: &Enum, new: &Enum) {
        if old.of_text != new.of_text {
            let message = "the values are of another JSON type".to_owned();
            let relation = (Relation::Different, Relation::Different);
            return self.relate(at, ("enum", message), relation);
        }
        let values = |of: &Enum| -> BTreeMap<String, String> {
            let pair = |it: &Variant| (literal(&it.value), it.name.clone());
            of.variants.iter().map(pair).collect()
        };
        let (before, after) = (values(old), values(new));
        let (relation, message) = sets(before.keys(), after.keys());
        if relation != Relation::Same {
            self.enum_values(at, (relation, allowed_values(&message)));
        }
        for (value, name) in &before {
            if after.get(value).is_some_and(|new| new != name) {
                let message = format!("the variant of {value}: `{name}` -> `{}`", after[value]);
                let change = at.change("variant-renamed", message, Effect::default());
                self.changes.push(change);
            }
        }
        let docs = |of: &Enum| -> BTreeMap<String, Option<String>> {
            of.variants.iter().map(|it| (literal(&it.value), it.docs.clone())).collect()
        };
        if relation == Relation::Same && docs(old) != docs(new) {
            self.documented(at, "documentation", "the description of a value changes");
        }
    }

    fn enum_values(&mut self, at: &At, (relation, message): (Relation, String)) {
        if at.is_sent() {
            return self.relate(at, ("enum", message), (relation, relation));
        }
        let note = "values that are not listed are read as `Unknown`: an arm on such a value no \
                    longer matches one that is listed now, and the other way round";
        let effect = Effect::new(Verdict::Minor, note);
        self.changes.push(at.change("enum", message, effect));
    }
}

pub(super) fn text_rules(ty: &TypeExpr) -> Option<&TextRules> {
    match ty {
        TypeExpr::Text(rules) | TypeExpr::Secret(rules) => Some(rules),
        _ => None,
    }
}

/// How two sets relate, and what was added and taken out.
pub(super) fn sets<'v>(
    old: impl Iterator<Item = &'v String>,
    new: impl Iterator<Item = &'v String>,
) -> (Relation, String) {
    let (old, new): (BTreeSet<_>, BTreeSet<_>) = (old.collect(), new.collect());
    let removed: Vec<&str> = old.difference(&new).map(|value| value.as_str()).collect();
    let added: Vec<&str> = new.difference(&old).map(|value| value.as_str()).collect();
    let part = |verb: &str, values: &[&str]| {
        (!values.is_empty()).then(|| format!("{verb} {}", values.join(", ")))
    };
    let parts: Vec<String> =
        part("no longer", &removed).into_iter().chain(part("now also", &added)).collect();
    let relation = Relation::of_sets(!removed.is_empty(), !added.is_empty());
    (relation, parts.join("; "))
}

pub(super) fn allowed_values(change: &str) -> String {
    format!("allowed values: {change}")
}

fn literal(value: &Literal) -> String {
    match value {
        Literal::Bool(flag) => flag.to_string(),
        Literal::Number(number) => number.to_string(),
        Literal::Text(text) => format!("{text:?}"),
    }
}

fn shown(bound: Option<usize>) -> String {
    bound.map_or_else(|| "none".to_owned(), |bound| bound.to_string())
}

fn quoted(text: Option<&str>) -> String {
    text.map_or_else(|| "none".to_owned(), |text| format!("\"{text}\""))
}
