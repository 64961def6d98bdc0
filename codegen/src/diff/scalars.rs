//! Compares scalars and enums, one rule after the other.
//!
//! ```text
//! { "maxLength": 18 } -> { "maxLength": 10 }   `maxLength`: 18 -> 10, narrower
//! { "enum": [0, 1] } -> { "enum": [0, 2] }     allowed values: no longer 1; now also 2
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::at::At;
use super::numbers::{Bounds, bound, shown};
use super::verdict::{Effect, Relation, Verdict};
use super::wire::{Pair, Wire};
use crate::model::{Enum, Rule, Rules, TypeExpr, Variant};
use crate::schema::Keyword;

impl Wire<'_> {
    pub(super) fn scalars(&mut self, at: &At, (old, new): Pair<'_>) {
        if is_text(old) && is_text(new) {
            let [old_secret, new_secret] = [old, new].map(|ty| matches!(ty, TypeExpr::Secret(_)));
            let received = Relation::of_rule(old_secret, new_secret);
            let message = if new_secret { "is a secret" } else { "is no longer a secret" };
            self.relate(at, ("sensitive", message), (Relation::Same, received));
            return self.text(at, old.rules(), new.rules());
        }
        if let (TypeExpr::Time(before, _), TypeExpr::Time(after, _)) = (old, new)
            && before != after
        {
            return self.mismatch(at, (old, new));
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

    /// Reports changed rules on received numbers, which are not enforced but documented.
    fn number_docs(&mut self, at: &At, (old, new): Pair<'_>) {
        let (Some(before), Some(after)) = (Bounds::of(old, true), Bounds::of(new, true)) else {
            return;
        };
        let plain = (Bounds::of(old, false), Bounds::of(new, false));
        if before != after && plain.0 == plain.1 {
            let what = ("number", "the bounds of a number change");
            self.add(at, what, Relation::Same.of_received());
        }
    }

    fn text(&mut self, at: &At, old: &Rules, new: &Rules) {
        let lengths =
            [("min-length", Keyword::MinLength, "0"), ("max-length", Keyword::MaxLength, "none")];
        for (what, keyword, none) in lengths {
            let [before, after] = [old, new].map(|rules| shown(rules.number(keyword), none));
            let message = format!("`{}`: {before} -> {after}", keyword.name());
            self.relate(at, (what, message), (bound(keyword, (old, new)), Relation::Same));
        }
        for keyword in [Keyword::Format, Keyword::Pattern] {
            self.condition(at, keyword.name(), (text_of(old, keyword), text_of(new, keyword)));
        }
    }

    /// Compares a rule with no order: it is present or absent, and two different ones cannot be
    /// compared.
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
                let [old, new] =
                    [old, new].map(|it| shown(it.map(|it| format!("\"{it}\"")), "none"));
                let message = format!("`{keyword}`: {old} -> {new}");
                self.relate(at, (keyword, message), (relation, Relation::Same));
            }
        }
    }

    pub(super) fn enums(&mut self, at: &At, old: &Enum, new: &Enum) {
        if old.of_text != new.of_text {
            let what = ("enum", "the values are of another JSON type");
            return self.relate(at, what, (Relation::Different, Relation::Different));
        }
        let values = |of: &Enum| -> BTreeMap<String, String> {
            let pair = |it: &Variant| (it.value.as_rule().to_string(), it.name.clone());
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
                self.add(at, ("variant-renamed", message), Effect::default());
            }
        }
        let docs = |of: &Enum| -> BTreeMap<String, Option<String>> {
            of.variants.iter().map(|it| (it.value.as_rule().to_string(), it.docs.clone())).collect()
        };
        if relation == Relation::Same && docs(old) != docs(new) {
            self.documented(at, "documentation", "the description of a value changes");
        }
    }

    fn enum_values(&mut self, at: &At, (relation, message): (Relation, String)) {
        if at.is_sent() {
            return self.relate(at, ("enum", message), (relation, relation));
        }
        let note = "values that are not listed are read as `Unknown`: match arms on `Unknown` no \
                    longer match added values, and now match removed ones";
        self.add(at, ("enum", message), Effect::new(Verdict::Minor, note));
    }
}

/// The format or pattern of a rule on strings, as the schema writes it.
fn text_of(rules: &Rules, keyword: Keyword) -> Option<&str> {
    match rules.get(keyword)? {
        Rule::Format(format) => Some(format.name()),
        Rule::Pattern(pattern) => Some(&pattern.source),
        _ => None,
    }
}

pub(super) fn is_text(ty: &TypeExpr) -> bool {
    matches!(ty, TypeExpr::Text(_) | TypeExpr::Secret(_))
}

/// How two sets relate, and a message of the values that were removed and added.
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
