//! What is being compared, and where it stands in both.
//!
//! ```text
//! OpenShop.at (sent), in old/shop.json /request/properties/at and new/shop.json /request/properties/at
//! ```

use super::verdict::{Effect, Relation};
use super::{Change, Way};
use crate::diagnostics::Place;
use crate::model::{Direction, Type};

/// A type and, in it, a name: what the parts of one item of Rust code have in common.
pub(super) type Part = (String, String);

/// What is being compared, and where it stands in both.
#[derive(Clone, Debug)]
pub(super) struct At {
    pub(super) direction: Option<Direction>,
    /// What messages call it.
    subject: String,
    /// The items of Rust code that have to do with it, by their names in either.
    parts: Vec<Part>,
    pub(super) before: Option<Place>,
    pub(super) after: Option<Place>,
    /// Where in a type without a name it is.
    inside: String,
    /// Whether `null` is read as absence.
    pub(super) null_is_absent: bool,
}

impl At {
    /// Where nothing is reported.
    pub(super) fn nowhere() -> Self {
        Self::of("", Some(Direction::Sent), (None, None))
    }

    /// Something that has no direction, or goes this way.
    pub(super) fn of(
        subject: impl Into<String>,
        direction: Option<Direction>,
        (before, after): (Option<Place>, Option<Place>),
    ) -> Self {
        Self {
            direction,
            subject: subject.into(),
            parts: Vec::new(),
            before,
            after,
            inside: String::new(),
            null_is_absent: false,
        }
    }

    /// The same, with the item of Rust code that stands for it.
    pub(super) fn with_part(mut self, owner: &str, name: &str) -> Self {
        self.parts.push((owner.to_owned(), name.to_owned()));
        self
    }

    /// The same, with more of such items.
    pub(super) fn with_parts(mut self, parts: impl IntoIterator<Item = Part>) -> Self {
        self.parts.extend(parts);
        self
    }

    pub(super) fn is_sent(&self) -> bool {
        self.direction == Some(Direction::Sent)
    }

    /// In two types that have names.
    pub(super) fn in_types(&self, old: &Type, new: &Type) -> Self {
        let places = (Some(old.place.clone()), Some(new.place.clone()));
        Self {
            null_is_absent: self.null_is_absent,
            ..Self::of(new.name.clone(), self.direction, places)
                .with_part(&old.name, "")
                .with_part(&new.name, "")
        }
    }

    /// At a part of the types that it is in: its names, and its places.
    pub(super) fn part(&self, old: Option<(&str, &Place)>, new: Option<(&str, &Place)>) -> Self {
        let name = new.or(old).map_or("", |(name, _)| name);
        let place = |part: Option<(&str, &Place)>| part.map(|(_, place)| place.clone());
        let before = place(old).or_else(|| self.before.clone());
        let after = place(new).or_else(|| self.after.clone());
        let mut at = Self::of(format!("{}.{name}", self.subject), self.direction, (before, after));
        for (owner, _) in &self.parts {
            for name in [old, new].into_iter().flatten().map(|(name, _)| name) {
                at = at.with_part(owner, name);
            }
        }
        at
    }

    /// At a variant.
    pub(super) fn variant(&self, old: (&str, &Place), new: (&str, &Place)) -> Self {
        let mut at = self.part(Some(old), Some(new));
        at.subject = format!("{}::{}", self.subject, new.0);
        at
    }

    /// Further in, where nothing has a name.
    pub(super) fn inside(&self, what: &str) -> Self {
        Self { inside: format!(" {what}{}", self.inside), null_is_absent: false, ..self.clone() }
    }

    /// What it does on the wire that the values here are others.
    pub(super) fn effect(&self, relation: Relation) -> Effect {
        if self.is_sent() { relation.of_sent() } else { relation.of_received() }
    }

    /// A change here, with what it does on the wire.
    pub(super) fn change(&self, what: &'static str, message: String, wire: Effect) -> Change {
        let inside = self.inside.trim();
        Change {
            what,
            subject: self.subject.clone(),
            message: if inside.is_empty() { message } else { format!("{message} ({inside})") },
            direction: self.direction.map(Way::from),
            before: self.before.clone(),
            after: self.after.clone(),
            code: Effect::default(),
            wire,
            parts: self.parts.clone(),
        }
    }
}
