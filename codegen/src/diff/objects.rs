//! Compares objects: their properties, additional properties and residual rules.
//!
//! ```text
//! sent:     { "properties": {} } -> { "properties": { "a": .. }, "required": ["a"] }   major
//! sent:     the same without `required`                                               minor
//! received: with `required` it is major too, since a reply without `a` is not read
//! ```

use std::collections::BTreeSet;

use super::at::At;
use super::matched::Matched;
use super::scalars::{allowed_values, sets};
use super::side::KeywordRules;
use super::verdict::{Effect, Relation};
use super::wire::Wire;
use crate::model::{AdditionalProperties, Object, Property, Residual, TypeExpr, TypeId};
use crate::schema::Keyword;

/// The properties that an object has in a direction.
fn properties<'s>(object: &'s Object, at: &At) -> Vec<&'s Property> {
    let is_there = |property: &&Property| property.only.is_none() || property.only == at.direction;
    object.properties.iter().filter(is_there).collect()
}

impl<'s> Wire<'s> {
    /// Compares two objects.
    pub(super) fn objects(&mut self, at: &At, old: TypeId, new: TypeId) {
        let (old, new) = (self.old.model().get(old).object(), self.new.model().get(new).object());
        let (Some(before), Some(after)) = (old, new) else { return };
        let (old, new) = (properties(before, at), properties(after, at));
        let matched = Matched::of(&old, &new, &SAME_PROPERTY);
        for (old, new) in matched.pairs {
            self.property(at, old, new);
        }
        for property in matched.removed {
            self.removed(at, property, &after.additional);
        }
        for property in matched.added {
            self.added(at, property, &before.additional);
        }
        self.additional(at, &before.additional, &after.additional);
        self.residuals(at, &before.residuals, &after.residuals);
    }

    fn property(&mut self, at: &At, old: &'s Property, new: &'s Property) {
        let mut at = at.part(Some((&old.field, &old.place)), Some((&new.field, &new.place)));
        if old.name != new.name {
            self.name_of_property(&at, old, new);
        }
        if old.field != new.field {
            let message = format!("the field `{}` is now `{}`", old.field, new.field);
            self.add(&at, ("field-renamed", message), Effect::default());
        }
        self.presence(&at, old, new);
        self.aliases(&at, old, new);
        if old.docs != new.docs || old.default != new.default {
            self.documented(&at, "documentation", "the documentation of the property changes");
        }
        at.null_is_absent = !new.required;
        self.types(&at, &old.ty, &new.ty);
    }

    fn name_of_property(&mut self, at: &At, old: &Property, new: &Property) {
        let message = format!("the property `{}` is now `{}`", old.name, new.name);
        let is_still_read = new.aliases.contains(&old.name);
        let received = if is_still_read { Relation::Wider } else { Relation::Narrower };
        self.relate(at, ("property-renamed", message), (Relation::Different, received));
    }

    fn presence(&mut self, at: &At, old: &Property, new: &Property) {
        let relation = Relation::of_rule(old.required, new.required);
        let message = if new.required { "is now required" } else { "is now optional" };
        self.relate(at, ("required", message), (relation, relation));
    }

    /// Compares the other spellings of a name that are read. None is sent.
    fn aliases(&mut self, at: &At, old: &Property, new: &Property) {
        let spellings = |property: &Property| -> BTreeSet<String> {
            std::iter::once(&property.name).chain(&property.aliases).cloned().collect()
        };
        let (before, after) = (spellings(old), spellings(new));
        let removed: Vec<&str> = before.difference(&after).map(String::as_str).collect();
        let added: Vec<&str> = after.difference(&before).map(String::as_str).collect();
        // A new name was reported as `property-renamed`.
        if removed.iter().any(|name| *name != old.name) {
            let message = format!("is no longer read as `{}`", removed.join("`, `"));
            self.relate(at, ("alias-removed", message), (Relation::Same, Relation::Narrower));
        }
        if added.iter().any(|name| *name != new.name) {
            let message = format!("is read as `{}` too", added.join("`, `"));
            self.relate(at, ("alias-added", message), (Relation::Same, Relation::Wider));
        }
    }

    fn removed(&mut self, at: &At, property: &Property, additional: &AdditionalProperties) {
        let at = at.part(Some((&property.field, &property.place)), None);
        let message = format!("the property `{}` is removed", property.name);
        let sent = match additional {
            AdditionalProperties::Refused => Relation::Narrower,
            _ => Relation::Different,
        };
        self.relate(&at, ("property-removed", message), (sent, Relation::Wider));
    }

    fn added(&mut self, at: &At, property: &'s Property, additional: &'s AdditionalProperties) {
        let at = at.part(None, Some((&property.field, &property.place)));
        let necessity = if property.required { "required" } else { "optional" };
        let message = format!("the {necessity} property `{}` is added", property.name);
        let relation = match (property.required, additional) {
            (true, AdditionalProperties::Refused) => Relation::Different,
            (true, _) => Relation::Narrower,
            (false, AdditionalProperties::Refused) => Relation::Wider,
            (false, _) if property.ty.is_any() => Relation::Wider,
            // Before, an additional property of this name could have any value.
            (false, _) => Relation::Different,
        };
        let received = if property.required { Relation::Narrower } else { Relation::Wider };
        self.relate(&at, ("property-added", message), (relation, received));
    }

    fn additional(
        &mut self,
        at: &At,
        old: &'s AdditionalProperties,
        new: &'s AdditionalProperties,
    ) {
        use AdditionalProperties::{Ignored, Kept, Refused};
        if let (Kept(old), Kept(new)) = (old, new) {
            return self.types(&at.inside("of an additional property"), old, new);
        }
        let (sent, received) = match (old, new) {
            (Refused, Refused) | (Ignored, Ignored) | (Kept(_), Kept(_)) => return,
            (Refused, Ignored) => (Relation::Wider, Relation::Same),
            (Ignored, Refused) => (Relation::Narrower, Relation::Same),
            (Refused, Kept(ty)) => (Relation::Wider, read_as(ty)),
            (Kept(_), Refused) => (Relation::Narrower, Relation::Wider),
            (Ignored, Kept(ty)) if ty.is_any() => (Relation::Wider, Relation::Wider),
            (Ignored, Kept(ty)) => (Relation::Narrower, read_as(ty)),
            (Kept(_), Ignored) => (Relation::Wider, Relation::Wider),
        };
        let word = |additional: &AdditionalProperties| match additional {
            Ignored => "ignored",
            Refused => "refused",
            Kept(_) => "kept",
        };
        let message = format!("additional properties: {} -> {}", word(old), word(new));
        self.relate(at, ("additional-properties", message), (sent, received));
    }

    /// Compares residual rules: which keywords there are, and the rules of those that both sides
    /// have.
    pub(super) fn residuals(&mut self, at: &At, old: &[Residual], new: &[Residual]) {
        let keywords = |residuals: &[Residual]| -> BTreeSet<Keyword> {
            residuals.iter().flat_map(|it| &it.keywords).copied().collect()
        };
        let (before, after) = (keywords(old), keywords(new));
        let both = before.intersection(&after).copied().collect();
        self.changed_rules(at, &both, [self.old.rules(old), self.new.rules(new)]);
        let stated = |residuals: &[Residual]| -> Vec<String> {
            residuals.iter().filter_map(|it| it.values.as_ref()).flatten().cloned().collect()
        };
        if both.contains(&Keyword::Const) || both.contains(&Keyword::Enum) {
            let (relation, message) = sets(stated(old).iter(), stated(new).iter());
            self.relate(at, ("enum", allowed_values(&message)), (relation, Relation::Same));
        }
        if both.contains(&Keyword::PropertyOrder) {
            // More orders allow fewer values.
            let (relation, message) = sets(self.old.orders(old), self.new.orders(new));
            let message = format!("properties in order: {message}");
            self.relate(at, ("property-order", message), (relation.reversed(), Relation::Same));
        }
        let (removed, added) = (names(before.difference(&both)), names(after.difference(&both)));
        let (message, relation) = match (removed.is_empty(), added.is_empty()) {
            (true, true) => return,
            (false, false) => return self.assertion_changes(at, &format!("{removed} is changed")),
            (false, true) => (format!("{removed} is removed"), Relation::Wider),
            (true, false) => (format!("{added} is added"), Relation::Narrower),
        };
        self.relate(at, ("assertion", message), (relation, Relation::Same));
    }

    /// Reports the keywords of both sides whose rules differ.
    fn changed_rules(
        &mut self,
        at: &At,
        both: &BTreeSet<Keyword>,
        [old, new]: [BTreeSet<KeywordRules<'s>>; 2],
    ) {
        let changed = old.symmetric_difference(&new).map(|(keyword, _)| keyword);
        let changed: BTreeSet<&Keyword> = changed.filter(|it| both.contains(it)).collect();
        if !changed.is_empty() {
            self.assertion_changes(at, &format!("{} is changed", names(changed)));
        }
    }

    fn assertion_changes(&mut self, at: &At, message: &str) {
        let effect = if at.is_sent() {
            Effect::unknown(format!("unknown: {message}, and cannot be compared"))
        } else {
            Relation::Same.of_received()
        };
        self.add(at, ("assertion", message), effect);
    }
}

/// The names of keywords for a message, sorted; empty if there are none.
fn names<'k>(keywords: impl IntoIterator<Item = &'k Keyword>) -> String {
    let names: BTreeSet<String> =
        keywords.into_iter().map(|it| format!("`{}`", it.name())).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// How the replies that are read change if additional properties are now read as this type.
fn read_as(ty: &TypeExpr) -> Relation {
    if ty.is_any() { Relation::Wider } else { Relation::Narrower }
}

/// How properties are matched: by name, else by a common spelling, else by field.
const SAME_PROPERTY: [fn(&Property, &Property) -> bool; 3] = [
    |old, new| old.name == new.name,
    |old, new| new.aliases.contains(&old.name) || old.aliases.contains(&new.name),
    |old, new| old.field == new.field,
];
