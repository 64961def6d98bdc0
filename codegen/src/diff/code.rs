//! Compares the public items of the generated code, on which callers' Rust code relies.
//!
//! ```text
//! getter Shop.id: i64 -> Option<i64>   does not compile: major
//! getter Shop.name is new              minor
//! ```

use std::collections::BTreeMap;

use super::Change;
use super::at::{At, Part};
use super::surface::{Item, ItemKey, Role, Surface, surface};
use super::verdict::{Effect, Verdict};
use super::wire::Wire;

/// Compares the items, and adds each effect to the change on the wire that is its cause. An effect
/// without a cause becomes a change of its own.
pub(super) fn compare(wire: Wire<'_>) -> Vec<Change> {
    let (old, new) = (surface(wire.old), surface(wire.new));
    let names = Names(&wire.renamed);
    let mut changes = wire.changes;
    names.report(&old, &new, &mut changes);
    let old = names.translated(old);
    for (key, before) in &old {
        let effect = match new.get(key) {
            Some(after) => changed(key, before, after),
            None => Some(removed(key)),
        };
        if let Some(effect) = effect {
            attach(&mut changes, &names, (key, Some(before), new.get(key)), effect);
        }
    }
    for (key, after) in new.iter().filter(|(key, _)| !old.contains_key(key)) {
        let effect = Effect::new(Verdict::Minor, added(key));
        attach(&mut changes, &names, (key, None, Some(after)), effect);
    }
    changes
}

fn removed(key: &ItemKey) -> Effect {
    let note = match key.role {
        Role::Exhaustive => {
            format!("{} no longer compiles: there is `Unknown` as well", key.shown())
        }
        Role::Build => format!("{} no longer compiles", key.shown()),
        _ => format!("{} is gone", key.shown()),
    };
    Effect::new(Verdict::Major, note)
}

fn added(key: &ItemKey) -> String {
    match key.role {
        Role::Build => format!("{} compiles", key.shown()),
        _ => format!("{} is added", key.shown()),
    }
}

fn changed(key: &ItemKey, old: &Item, new: &Item) -> Option<Effect> {
    if old.signature != new.signature {
        let note = match key.role {
            Role::Exhaustive => format!("{} no longer compiles", key.shown()),
            _ => format!("{}: `{}` -> `{}`", key.shown(), old.signature, new.signature),
        };
        return Some(Effect::new(Verdict::Major, note));
    }
    match (old.deprecated, new.deprecated) {
        (false, true) => {
            let note = format!("{} is deprecated: using it is a warning", key.shown());
            Some(Effect::new(Verdict::Minor, note))
        }
        (true, false) => {
            let note = format!("{} is no longer deprecated", key.shown());
            Some(Effect::new(Verdict::Patch, note))
        }
        _ => None,
    }
}

/// Adds an effect to the change that is its cause.
fn attach(
    changes: &mut Vec<Change>,
    names: &Names<'_>,
    (key, old, new): (&ItemKey, Option<&Item>, Option<&Item>),
    effect: Effect,
) {
    let parts = names.parts(key);
    let is_cause = |change: &&mut Change| {
        change.what != "documentation" && change.parts.iter().any(|part| parts.contains(part))
    };
    if let Some(change) = changes.iter_mut().find(is_cause) {
        return change.code.add(effect);
    }
    let place = |item: Option<&Item>| item.and_then(|item| item.place.clone());
    let at = At::of(subject(key), None, (place(old), place(new)));
    let mut change = at.change("rust-item", effect.notes.join("; "), Effect::default());
    change.code = effect;
    change.parts = parts;
    changes.push(change);
}

fn subject(key: &ItemKey) -> String {
    match (key.owner.as_str(), key.name.as_str()) {
        (owner, "") => owner.to_owned(),
        ("", name) => name.to_owned(),
        (owner, _) if matches!(key.role, Role::Trait | Role::Conversion) => owner.to_owned(),
        (owner, name) => format!("{owner}::{name}"),
    }
}

/// The new names of renamed types, by their old names.
struct Names<'n>(&'n BTreeMap<String, String>);

impl Names<'_> {
    /// Reports the renamed types.
    fn report(&self, old: &Surface, new: &Surface, changes: &mut Vec<Change>) {
        let place = |surface: &Surface, owner: &str| {
            let key = ItemKey { owner: owner.to_owned(), role: Role::Type, name: String::new() };
            surface.get(&key).and_then(|item| item.place.clone())
        };
        for (before, after) in self.0 {
            let at = At::of(after, None, (place(old, before), place(new, after)));
            let message = format!("the type `{before}` is now called `{after}`");
            let mut change = at.change("type-renamed", message.clone(), Effect::default());
            change.code = Effect::new(Verdict::Major, message);
            changes.push(change);
        }
    }

    /// Replaces old names of types by the new ones in all items, so that a renamed type is reported
    /// once, and not again for each item that mentions it.
    fn translated(&self, surface: Surface) -> Surface {
        surface
            .into_iter()
            .map(|(key, item)| {
                let key = ItemKey {
                    owner: self.text(&key.owner),
                    name: if key.role == Role::Conversion {
                        self.text(&key.name)
                    } else {
                        key.name
                    },
                    ..key
                };
                (key, Item { signature: self.text(&item.signature), ..item })
            })
            .collect()
    }

    fn text(&self, text: &str) -> String {
        let is_in_name = |c: char| c.is_alphanumeric() || c == '_';
        let translated = |part: &str| {
            let name = part.trim_end_matches(|c| !is_in_name(c));
            self.0.get(name).map_or(name, String::as_str).to_owned() + &part[name.len()..]
        };
        text.split_inclusive(|c| !is_in_name(c)).map(translated).collect()
    }

    /// The parts of changes that can be the cause of a change of this item, by the old name of its
    /// type and by the new one.
    fn parts(&self, key: &ItemKey) -> Vec<Part> {
        let old = self.0.iter().find(|(_, new)| **new == key.owner).map(|(old, _)| old.clone());
        let owners = std::iter::once(key.owner.clone()).chain(old);
        let names: &[&str] = match key.role {
            Role::Variant => &["", &key.name],
            Role::Type | Role::Conversion | Role::Exhaustive => &[""],
            Role::Trait if key.name != "Endpoint" => &[""],
            Role::Function if key.name != "new" => &[""],
            _ => &[&key.name],
        };
        owners
            .flat_map(|owner| names.iter().map(move |name| (owner.clone(), (*name).to_owned())))
            .collect()
    }
}
