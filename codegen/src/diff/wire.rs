//! What goes over the wire: the types of two sides, compared in pairs from the requests and replies
//! on, whatever they are called and wherever they are described.
//!
//! ```text
//! sent:     { "type": "string" } -> { "type": "string", "maxLength": 18 }   narrower: major
//! received: the same                                                       read as before: patch
//! ```

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::Change;
use super::at::At;
use super::numbers::Bounds;
use super::side::Side;
use super::verdict::{Effect, Relation, Verdict};
use crate::model::{
    Body, Enum, Literal, TextRules, TimeUnit, Type, TypeExpr, TypeId, Union, VariantKey,
};
use wechat_bizwifi_rules::{Format, Types};

/// Compares types, and collects what has changed.
pub(super) struct Wire<'s> {
    pub(super) old: &'s Side<'s>,
    pub(super) new: &'s Side<'s>,
    pub(super) changes: Vec<Change>,
    /// The new names of types whose name has changed.
    pub(super) renamed: BTreeMap<String, String>,
    /// The pairs that were compared already: a type may contain itself.
    seen: HashSet<(TypeId, TypeId, bool)>,
}

/// A pair of types that may be the same in both.
type Pair<'t> = (&'t TypeExpr, &'t TypeExpr);

impl<'s> Wire<'s> {
    pub(super) fn new(old: &'s Side<'s>, new: &'s Side<'s>) -> Self {
        Self { old, new, changes: Vec::new(), renamed: BTreeMap::new(), seen: HashSet::new() }
    }

    /// Reports a change of what goes over the wire: what it does where it is sent, and where it is
    /// received.
    pub(super) fn relate(
        &mut self,
        at: &At,
        (what, message): (&'static str, String),
        (sent, received): (Relation, Relation),
    ) {
        let relation = if at.is_sent() { sent } else { received };
        if sent == Relation::Same && received == Relation::Same {
            return;
        }
        let wire = if at.is_sent() { relation.of_sent() } else { relation.of_received() };
        self.changes.push(at.change(what, message, wire));
    }

    /// Reports what cannot be compared.
    fn unknown(&mut self, at: &At, why: &str) {
        let effect = Effect::unknown(format!("unknown: {why}"));
        self.changes.push(at.change("not-comparable", why.to_owned(), effect));
    }

    /// Compares two types.
    pub(super) fn types(&mut self, at: &At, old: &'s TypeExpr, new: &'s TypeExpr) {
        match (old, new) {
            (TypeExpr::Constrained(old, before), TypeExpr::Constrained(new, after)) => {
                self.residuals(at, before, after);
                self.types(at, old, new);
            }
            (TypeExpr::Constrained(old, before), _) => {
                self.residuals(at, before, &[]);
                self.types(at, old, new);
            }
            (_, TypeExpr::Constrained(new, after)) => {
                self.residuals(at, &[], after);
                self.types(at, old, new);
            }
            (TypeExpr::Named(old), TypeExpr::Named(new)) => self.named(at, *old, *new),
            _ => self.unwrapped(at, (old, new)),
        }
    }

    /// Compares what is in newtypes, one of which has a name and the other has none.
    fn unwrapped(&mut self, at: &At, (old, new): (&'s TypeExpr, &'s TypeExpr)) {
        if let TypeExpr::Named(id) = old
            && let Body::Newtype(inner, _) = &self.old.model().get(*id).body
        {
            return self.types(at, inner, new);
        }
        if let TypeExpr::Named(id) = new
            && let Body::Newtype(inner, _) = &self.new.model().get(*id).body
        {
            return self.types(at, old, inner);
        }
        match (old, new) {
            (TypeExpr::Named(id), ty) => self.with_named(at, ty, (*id, true)),
            (ty, TypeExpr::Named(id)) => self.with_named(at, ty, (*id, false)),
            _ => self.values(at, (old, new)),
        }
    }

    /// Compares a type with one that is one of several types.
    fn with_union(&mut self, at: &At, ty: &'s TypeExpr, (union, is_old): (&'s Union, bool)) {
        let is_same = |variant: &'s crate::model::UnionVariant| {
            if is_old { self.is_same(&variant.ty, ty) } else { self.is_same(ty, &variant.ty) }
        };
        let relation = if is_old { Relation::Narrower } else { Relation::Wider };
        let message =
            if is_old { "is no longer one of several types" } else { "is one of several types" };
        if matches!(ty, TypeExpr::Any) {
            return self.relate(at, ("type", message.to_owned()), (relation.reversed(), relation));
        }
        if at.is_sent() && !union.variants.iter().any(is_same) {
            return self.unknown(at, &format!("{message}, none of which is the same as the other"));
        }
        self.relate(at, ("type", message.to_owned()), (relation, relation));
    }

    /// Compares two types that have names, once in each direction.
    pub(super) fn named(&mut self, at: &At, old: TypeId, new: TypeId) {
        if !self.seen.insert((old, new, at.is_sent())) {
            return;
        }
        let (before, after) = (self.old.model().get(old), self.new.model().get(new));
        self.name(before, after);
        let at = &at.in_types(before, after);
        self.docs(at, before, after);
        match (&before.body, &after.body) {
            (Body::Newtype(before, _), Body::Newtype(after, _)) => self.types(at, before, after),
            (Body::Newtype(before, _), _) => self.with_named(at, before, (new, false)),
            (_, Body::Newtype(after, _)) => self.with_named(at, after, (old, true)),
            (Body::Enum(before), Body::Enum(after)) => self.enums(at, before, after),
            (Body::Union(before), Body::Union(after)) => self.unions(at, before, after),
            (Body::Object(_), Body::Object(_)) => self.objects(at, old, new),
            _ => self.mismatch(at, (&TypeExpr::Named(old), &TypeExpr::Named(new))),
        }
    }

    /// Compares a type with one that has a name and is no newtype.
    fn with_named(&mut self, at: &At, ty: &'s TypeExpr, (id, is_old): (TypeId, bool)) {
        let side = if is_old { self.old } else { self.new };
        if let Body::Union(union) = &side.model().get(id).body {
            return self.with_union(at, ty, (union, is_old));
        }
        let named = TypeExpr::Named(id);
        match ty {
            TypeExpr::Constrained(inner, residuals) => {
                if is_old {
                    self.residuals(at, &[], residuals);
                } else {
                    self.residuals(at, residuals, &[]);
                }
                self.with_named(at, inner, (id, is_old));
            }
            TypeExpr::Named(_) => self.unknown(at, "a name for a type was put in, or taken out"),
            _ if is_old => self.mismatch(at, (&named, ty)),
            _ => self.mismatch(at, (ty, &named)),
        }
    }

    /// Remembers a type's new name.
    fn name(&mut self, old: &Type, new: &Type) {
        let has = |side: &Side<'_>, name: &str| {
            side.plan.types.keys().any(|id| side.model().get(*id).name == name)
        };
        if old.name != new.name && !has(self.new, &old.name) && !has(self.old, &new.name) {
            self.renamed.entry(old.name.clone()).or_insert_with(|| new.name.clone());
        }
    }

    fn docs(&mut self, at: &At, old: &Type, new: &Type) {
        if old.docs != new.docs {
            self.documented(at, "documentation", "the description changes");
        }
    }

    /// Reports a change of documentation alone.
    pub(super) fn documented(&mut self, at: &At, what: &'static str, message: &str) {
        let mut change = at.change(what, message.to_owned(), Effect::default());
        change.code = Effect::new(Verdict::Patch, "documentation");
        self.changes.push(change);
    }

    /// Compares two types neither of which is a newtype.
    fn values(&mut self, at: &At, (old, new): (&'s TypeExpr, &'s TypeExpr)) {
        use TypeExpr::{Any, List, Map, Null, Nullable};
        match (old, new) {
            (Any | Null, Any | Null) if same_discriminant(old, new) => {}
            (Nullable(old), Nullable(new)) => self.types(at, old, new),
            (Nullable(old), _) if !holds_null(self.new, new) => {
                self.null(at, Relation::Narrower);
                self.types(at, old, new);
            }
            (_, Nullable(new)) if !holds_null(self.old, old) => {
                self.null(at, Relation::Wider);
                self.types(at, old, new);
            }
            (List(old, before), List(new, after)) => {
                self.types(&at.inside("of an item"), old, new);
                let message = "how many items there may be changes".to_owned();
                self.relate(at, ("items-count", message), (count(before, after), Relation::Same));
            }
            (Map(old, before), Map(new, after)) => {
                self.types(&at.inside("of a property"), old, new);
                let message = "how many properties there may be changes".to_owned();
                let count = count(before, after);
                self.relate(at, ("properties-count", message), (count, Relation::Same));
            }
            _ => self.scalars(at, (old, new)),
        }
    }

    fn null(&mut self, at: &At, relation: Relation) {
        let message = if relation == Relation::Wider { "may be null" } else { "may not be null" };
        // Of an optional property that is received, `null` is absence.
        let received = if at.null_is_absent { Relation::Wider } else { relation };
        self.relate(at, ("null", message.to_owned()), (relation, received));
    }

    fn scalars(&mut self, at: &At, (old, new): Pair<'_>) {
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
        let patterns = (&old.pattern, &new.pattern);
        let source = |pattern: &'_ Option<crate::model::Pattern>| {
            pattern.as_ref().map(|pattern| pattern.source.clone())
        };
        let (before, after) = (source(patterns.0), source(patterns.1));
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

    fn enums(&mut self, at: &At, old: &Enum, new: &Enum) {
        if old.of_text != new.of_text {
            let message = "the values are of another JSON type".to_owned();
            let relation = (Relation::Different, Relation::Different);
            return self.relate(at, ("enum", message), relation);
        }
        let values = |of: &Enum| -> BTreeMap<String, String> {
            let pair = |it: &crate::model::Variant| (literal(&it.value), it.name.clone());
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

    fn unions(&mut self, at: &At, old: &'s Union, new: &'s Union) {
        if old.tag != new.tag {
            let message = "what distinguishes the variants changes".to_owned();
            let relation = (Relation::Different, Relation::Different);
            self.relate(at, ("union", message), relation);
        }
        for variant in &old.variants {
            match new.variants.iter().find(|other| other.key == variant.key) {
                Some(other) => {
                    let at =
                        at.variant((&variant.name, &variant.place), (&other.name, &other.place));
                    self.types(&at, &variant.ty, &other.ty);
                }
                None => {
                    let message = format!("the variant `{}` is removed", variant.name);
                    let relation = (Relation::Narrower, Relation::Wider);
                    self.relate(at, ("variant-removed", message), relation);
                }
            }
        }
        for variant in &new.variants {
            if !old.variants.iter().any(|other| other.key == variant.key) {
                let message = format!("the variant `{}` is added", variant.name);
                self.relate(at, ("variant-added", message), (Relation::Wider, Relation::Wider));
            }
        }
    }

    /// Types of different forms.
    fn mismatch(&mut self, at: &At, (old, new): Pair<'_>) {
        let message = || format!("{} -> {}", form(self.old, old), form(self.new, new));
        let (sent, received) = match (old, new) {
            (TypeExpr::Any, _) => (Some(Relation::Narrower), Some(Relation::Narrower)),
            (_, TypeExpr::Any) => (Some(Relation::Wider), Some(Relation::Wider)),
            _ => (self.sent_mismatch(old, new), self.received_mismatch(old, new)),
        };
        let relation = if at.is_sent() { sent } else { received };
        let message = message();
        match relation {
            None => self.unknown(at, &format!("{message} cannot be compared")),
            Some(relation) => {
                let effect = if at.is_sent() { relation.of_sent() } else { relation.of_received() };
                self.changes.push(at.change("type", message, effect));
            }
        }
    }

    fn sent_mismatch(&self, old: &TypeExpr, new: &TypeExpr) -> Option<Relation> {
        let (before, after) = (json_types(self.old, old), json_types(self.new, new));
        if before.and(after).is_empty() {
            return Some(Relation::Different);
        }
        match (enum_of(self.old, old), enum_of(self.new, new)) {
            (Some(values), None) => fits(values, new)
                .map(|fits| if fits { Relation::Wider } else { Relation::Different }),
            (None, Some(values)) => fits(values, old)
                .map(|fits| if fits { Relation::Narrower } else { Relation::Different }),
            _ => None,
        }
    }

    /// What is received is read tolerantly.
    fn received_mismatch(&self, old: &TypeExpr, new: &TypeExpr) -> Option<Relation> {
        let (before, after) = (read_as(self.old, old), read_as(self.new, new));
        Some(match (before, after) {
            (ReadAs::Json, ReadAs::Json) | (_, ReadAs::Json | ReadAs::OpenUnion) => Relation::Wider,
            (ReadAs::Json | ReadAs::OpenUnion, _) => Relation::Narrower,
            (ReadAs::Text, ReadAs::Text) | (ReadAs::Integer, ReadAs::Integer) => Relation::Same,
            // A number is read as the text that it would be in quotes.
            (ReadAs::Integer, ReadAs::Text | ReadAs::Number) => Relation::Wider,
            (ReadAs::Other, ReadAs::Other) => return None,
            _ => Relation::Different,
        })
    }

    /// Whether two types allow the same values.
    pub(super) fn is_same(&self, old: &'s TypeExpr, new: &'s TypeExpr) -> bool {
        let mut silent = Wire { seen: HashSet::new(), ..Wire::new(self.old, self.new) };
        silent.types(&At::nowhere(), old, new);
        silent.changes.iter().all(|change| change.wire.verdict <= Verdict::Patch)
    }
}

/// How a reader takes what it receives.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ReadAs {
    Text,
    Integer,
    Number,
    Boolean,
    /// As any JSON.
    Json,
    /// As one of several types, or as `Unknown`.
    OpenUnion,
    Other,
}

fn read_as(side: &Side<'_>, ty: &TypeExpr) -> ReadAs {
    match ty {
        TypeExpr::Text(_) => ReadAs::Text,
        TypeExpr::Integer(..) | TypeExpr::Time(..) => ReadAs::Integer,
        TypeExpr::Number(_) => ReadAs::Number,
        TypeExpr::Boolean => ReadAs::Boolean,
        TypeExpr::Any => ReadAs::Json,
        TypeExpr::Named(id) => match &side.model().get(*id).body {
            Body::Enum(values) if values.of_text => ReadAs::Text,
            Body::Enum(_) => ReadAs::Integer,
            Body::Union(_) => ReadAs::OpenUnion,
            _ => ReadAs::Other,
        },
        _ => ReadAs::Other,
    }
}

fn enum_of<'m>(side: &Side<'m>, ty: &TypeExpr) -> Option<&'m Enum> {
    let TypeExpr::Named(id) = ty else { return None };
    match &side.model().get(*id).body {
        Body::Enum(values) => Some(values),
        _ => None,
    }
}

/// Whether all values of an enum are allowed by a type without a list; nothing, where its rules
/// cannot be compared.
fn fits(values: &Enum, ty: &TypeExpr) -> Option<bool> {
    let mut values = values.variants.iter().map(|variant| &variant.value);
    if let Some(rules) = text_rules(ty) {
        if rules.format.is_some() || rules.pattern.is_some() {
            return None;
        }
        return Some(values.all(|value| match value {
            Literal::Text(text) => {
                let length = text.chars().count();
                length >= rules.min_length && rules.max_length.is_none_or(|most| length <= most)
            }
            _ => false,
        }));
    }
    let bounds = Bounds::of(ty, true)?;
    Some(values.all(|value| match value {
        Literal::Number(number) => bounds.allows(*number),
        _ => false,
    }))
}

fn text_rules(ty: &TypeExpr) -> Option<&TextRules> {
    match ty {
        TypeExpr::Text(rules) | TypeExpr::Secret(rules) => Some(rules),
        _ => None,
    }
}

/// The JSON types that a value of the type may have.
fn json_types(side: &Side<'_>, ty: &TypeExpr) -> Types {
    match ty {
        TypeExpr::Any => Types::ALL,
        TypeExpr::Null => Types::NULL,
        TypeExpr::Boolean => Types::BOOLEAN,
        TypeExpr::Text(_) | TypeExpr::Secret(_) => Types::STRING,
        TypeExpr::Integer(..) | TypeExpr::Time(..) | TypeExpr::Number(_) => Types::NUMBER,
        TypeExpr::List(..) => Types::ARRAY,
        TypeExpr::Map(..) => Types::OBJECT,
        TypeExpr::Constrained(ty, _) => json_types(side, ty),
        TypeExpr::Nullable(ty) => json_types(side, ty).or(Types::NULL),
        TypeExpr::Named(id) => match &side.model().get(*id).body {
            Body::Pending => Types::NONE,
            Body::Newtype(ty, _) => json_types(side, ty),
            Body::Object(_) => Types::OBJECT,
            Body::Enum(values) if values.of_text => Types::STRING,
            Body::Enum(_) => Types::NUMBER,
            Body::Union(union) => union.variants.iter().fold(Types::NONE, |all, variant| {
                all.or(match &variant.key {
                    VariantKey::Type(json_type) => json_type.types(),
                    VariantKey::Tag(_) | VariantKey::Required(_) => Types::OBJECT,
                })
            }),
        },
    }
}

fn holds_null(side: &Side<'_>, ty: &TypeExpr) -> bool {
    json_types(side, ty).contains(Types::NULL)
}

fn same_discriminant(old: &TypeExpr, new: &TypeExpr) -> bool {
    std::mem::discriminant(old) == std::mem::discriminant(new)
}

/// What a type is, in a word.
fn form(side: &Side<'_>, ty: &TypeExpr) -> &'static str {
    match ty {
        TypeExpr::Any => "any JSON",
        TypeExpr::Null => "null",
        TypeExpr::Boolean => "boolean",
        TypeExpr::Text(_) | TypeExpr::Secret(_) => "string",
        TypeExpr::Integer(..) => "integer",
        TypeExpr::Time(TimeUnit::Seconds, _) => "integer (unix-time)",
        TypeExpr::Time(TimeUnit::Milliseconds, _) => "integer (unix-time-ms)",
        TypeExpr::Number(_) => "number",
        TypeExpr::List(..) => "array",
        TypeExpr::Map(..) => "object without listed properties",
        TypeExpr::Nullable(_) => "something or null",
        TypeExpr::Constrained(ty, _) => form(side, ty),
        TypeExpr::Named(id) => match &side.model().get(*id).body {
            Body::Pending => "nothing",
            Body::Newtype(ty, _) => form(side, ty),
            Body::Object(_) => "object",
            Body::Enum(values) if values.of_text => "enum of strings",
            Body::Enum(_) => "enum of integers",
            Body::Union(_) => "one of several types",
        },
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

pub(super) fn count(old: &crate::model::CountRules, new: &crate::model::CountRules) -> Relation {
    let least = Relation::of_upper(Some(old.least), Some(new.least)).reversed();
    let most = Relation::of_upper(old.most, new.most);
    match (least, most) {
        (Relation::Same, relation) | (relation, Relation::Same) => relation,
        (a, b) if a == b => a,
        _ => Relation::Different,
    }
}

pub(super) fn literal(value: &Literal) -> String {
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
